package labels

// A Unit is one statement with its labels: a line of a units file. Offsets
// are bytes into the field (body or title) of its article, or into the text
// of its document.
type Unit struct {
	ID        string `json:"id,omitempty"`
	ArticleID string `json:"article_id,omitempty"`
	Input     string `json:"input,omitempty"` // a file beside the units file, in place of ArticleID

	// Units over text that is not in the project: where it is and what it hashes to.
	Document   string `json:"document,omitempty"`
	TextSHA256 string `json:"text_sha256,omitempty"`
	Swap       []Swap `json:"swap,omitempty"`
	Split      string `json:"split,omitempty"` // of the document, as an article's
	Story      string `json:"story,omitempty"`

	Field     string   `json:"field,omitempty"` // "" means body
	StartByte int      `json:"start_byte"`
	EndByte   int      `json:"end_byte"`
	Text      string   `json:"text,omitempty"`
	Segments  [][2]int `json:"segments,omitempty"`

	Kind             string `json:"kind"`
	Speaker          string `json:"speaker,omitempty"`
	SpeakerStartByte int    `json:"speaker_start_byte,omitempty"`
	SpeakerEndByte   int    `json:"speaker_end_byte,omitempty"`
	Cue              string `json:"cue,omitempty"`
	CueStartByte     int    `json:"cue_start_byte,omitempty"`
	CueEndByte       int    `json:"cue_end_byte,omitempty"`

	Actor       string `json:"actor"`
	Holder      string `json:"holder"`
	ReportedBy  string `json:"reported_by,omitempty"`
	Voice       string `json:"voice,omitempty"`
	IsHeadline  bool   `json:"is_headline,omitempty"`
	IsSecondary bool   `json:"is_secondary,omitempty"`
	HostCountry string `json:"host_country"`

	Stance         string  `json:"stance"` // one of Stances, or NoStatement
	StanceStrength int     `json:"stance_strength"`
	Sentiment      string  `json:"sentiment"`
	Certain        float64 `json:"certain"`

	Group        string  `json:"group,omitempty"` // the same utterance in other places
	ContrastSet  string  `json:"contrast_set,omitempty"`
	Sample       string  `json:"sample,omitempty"` // how the row came to be checked: random, uncertain
	SampleWeight float64 `json:"sample_weight,omitempty"`
	Suggested    string  `json:"suggested,omitempty"` // the stance that the checked row had
	Annotator    string  `json:"annotator,omitempty"`
	Note         string  `json:"note,omitempty"`
}

// A Swap puts other words in place of the bytes [Start, End) of a document
// before its units' offsets and digest hold. In JSON: [start, end, "new"].
type Swap struct {
	Start, End int
	New        string
}

// NoStatement is the stance of a unit that says: here is no statement. It
// removes the row it matches.
const NoStatement = "none"
