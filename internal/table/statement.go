package table

import "time"

// A Statement is a row of statements: one statement for one holder and one
// host country.
type Statement struct {
	PublishedDay   *time.Time `col:"published_day,day"`
	Outlet         string     `col:"outlet,dict"`
	HostCountry    string     `col:"host_country,dict"`
	Holder         string     `col:"holder,dict"`
	HolderSide     string     `col:"holder_side,enum=side"`
	Stance         string     `col:"stance,enum=stance"`
	Abstained      bool       `col:"abstained"`
	StanceStrength int32      `col:"stance_strength"`
	Sentiment      string     `col:"sentiment,enum=sentiment"`
	Kind           string     `col:"kind,enum=kind"`
	Quote          string     `col:"quote,long"`
	Title          string     `col:"title,dict long"`
	URL            string     `col:"url,dict long"`

	Before      string `col:"before,long"`
	After       string `col:"after,long"`
	IsHeadline  bool   `col:"is_headline"`
	Voice       string `col:"voice,enum=voice"`
	IsSecondary bool   `col:"is_secondary"`
	Field       string `col:"field,enum=field"`

	Speaker          string  `col:"speaker,dict long"`
	Actor            string  `col:"actor,dict"`
	ActorType        string  `col:"actor_type,enum=actor_type"`
	HolderType       string  `col:"holder_type,enum=actor_type"`
	HolderCountry    string  `col:"holder_country,dict"`
	HolderGroup      string  `col:"holder_group,dict"`
	OwnWords         bool    `col:"own_words"`
	ReportedBy       string  `col:"reported_by,dict"`
	ActorID          string  `col:"actor_id,dict"`
	HolderID         string  `col:"holder_id,dict"`
	ReportedByID     string  `col:"reported_by_id,dict"`
	AttributionRule  string  `col:"attribution_rule,dict"`
	AttributionScore float64 `col:"attribution_score"`

	StanceScore        float64 `col:"stance_score"`
	StancePFavor       float64 `col:"stance_p_favor"`
	StancePAgainst     float64 `col:"stance_p_against"`
	StancePMixed       float64 `col:"stance_p_mixed"`
	StancePNeutral     float64 `col:"stance_p_neutral"`
	StancePUnrelated   float64 `col:"stance_p_unrelated"`
	SentimentPPositive float64 `col:"sentiment_p_positive"`
	SentimentPNeutral  float64 `col:"sentiment_p_neutral"`
	SentimentPNegative float64 `col:"sentiment_p_negative"`

	PublishedAt        *time.Time `col:"published_at,instant"`
	PublishedPrecision string     `col:"published_precision,enum=precision"`

	Text             string `col:"text,long"`
	StartChar        int32  `col:"start_char"`
	EndChar          int32  `col:"end_char"`
	StartByte        int32  `col:"start_byte"`
	EndByte          int32  `col:"end_byte"`
	Cue              string `col:"cue,dict long"`
	CueStartChar     int32  `col:"cue_start_char"`
	CueEndChar       int32  `col:"cue_end_char"`
	CueStartByte     int32  `col:"cue_start_byte"`
	CueEndByte       int32  `col:"cue_end_byte"`
	SpeakerStartChar int32  `col:"speaker_start_char"`
	SpeakerEndChar   int32  `col:"speaker_end_char"`
	SpeakerStartByte int32  `col:"speaker_start_byte"`
	SpeakerEndByte   int32  `col:"speaker_end_byte"`
	Segments         string `col:"segments,long"`

	RowID       string `col:"row_id"`
	StatementID string `col:"statement_id"`
	UtteranceID string `col:"utterance_id"`
	ArticleID   string `col:"article_id,dict"`
	Input       string `col:"input,dict long"`
	InputID     string `col:"input_id,dict long"`

	LabelSource   string  `col:"label_source,enum=label_source"`
	LabelledBy    string  `col:"labelled_by,dict"`
	Sample        string  `col:"sample,enum=sample"`
	SampleWeight  float64 `col:"sample_weight"`
	Model         string  `col:"model,dict"`
	ModelDigest   string  `col:"model_digest,dict"`
	SchemaVersion string  `col:"schema_version,dict"`
}

// StanceP is the model's probabilities of the stances, in the order of Stances.
func (s *Statement) StanceP() [5]float64 {
	return [5]float64{s.StancePFavor, s.StancePAgainst, s.StancePMixed, s.StancePNeutral, s.StancePUnrelated}
}
