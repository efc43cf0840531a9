package table

import "time"

// An Actor is a row of actors: one actor seen as actor, holder or reporter.
type Actor struct {
	ID          string   `col:"id"`
	Name        string   `col:"name"`
	Type        string   `col:"type,enum=actor_type"`
	Country     string   `col:"country,dict"`
	Side        string   `col:"side,enum=side"`
	Group       string   `col:"group,dict"`
	Parent      string   `col:"parent,dict"`
	Aliases     []string `col:"aliases"` // as seen
	Known       bool     `col:"known"`   // in the registry
	NStatements int32    `col:"n_statements"`
}

// A Position is a row of positions: the position of one holder towards one
// host country in one article.
type Position struct {
	HolderID     string     `col:"holder_id,dict"`
	Holder       string     `col:"holder,dict"`
	HolderSide   string     `col:"holder_side,enum=side"`
	HolderGroup  string     `col:"holder_group,dict"`
	HostCountry  string     `col:"host_country,dict"`
	ArticleID    string     `col:"article_id"`
	Position     string     `col:"position,enum=position"`
	Score        float64    `col:"score"`
	Low          float64    `col:"low"`
	High         float64    `col:"high"`
	NStatements  int32      `col:"n_statements"`
	NFavor       int32      `col:"n_favor"`
	NAgainst     int32      `col:"n_against"`
	NMixed       int32      `col:"n_mixed"`
	NNeutral     int32      `col:"n_neutral"`
	NAbstained   int32      `col:"n_abstained"`
	OwnWords     bool       `col:"own_words"`
	PublishedDay *time.Time `col:"published_day,day"`
	Outlet       string     `col:"outlet,dict"`
}

// A Series is a row of series: the stances of one holder, or of one side,
// towards one host country in one month. The corrected shares are nil unless
// a person checked enough rows.
type Series struct {
	Level       string     `col:"level,enum=level"`
	HolderID    string     `col:"holder_id,dict"` // "" at level side
	Holder      string     `col:"holder,dict"`    // "" at level side
	HolderSide  string     `col:"holder_side,enum=side"`
	HostCountry string     `col:"host_country,dict"`
	Month       *time.Time `col:"month,day"` // its first day

	ShareFavor       float64 `col:"share_favor"`
	ShareFavorLow    float64 `col:"share_favor_low"`
	ShareFavorHigh   float64 `col:"share_favor_high"`
	ShareAgainst     float64 `col:"share_against"`
	ShareAgainstLow  float64 `col:"share_against_low"`
	ShareAgainstHigh float64 `col:"share_against_high"`
	ShareMixed       float64 `col:"share_mixed"`
	ShareMixedLow    float64 `col:"share_mixed_low"`
	ShareMixedHigh   float64 `col:"share_mixed_high"`
	ShareNeutral     float64 `col:"share_neutral"`
	ShareNeutralLow  float64 `col:"share_neutral_low"`
	ShareNeutralHigh float64 `col:"share_neutral_high"`
	ShareAbstained   float64 `col:"share_abstained"`

	CorrectedFavor       *float64 `col:"corrected_favor"`
	CorrectedFavorLow    *float64 `col:"corrected_favor_low"`
	CorrectedFavorHigh   *float64 `col:"corrected_favor_high"`
	CorrectedAgainst     *float64 `col:"corrected_against"`
	CorrectedAgainstLow  *float64 `col:"corrected_against_low"`
	CorrectedAgainstHigh *float64 `col:"corrected_against_high"`
	CorrectedMixed       *float64 `col:"corrected_mixed"`
	CorrectedMixedLow    *float64 `col:"corrected_mixed_low"`
	CorrectedMixedHigh   *float64 `col:"corrected_mixed_high"`
	CorrectedNeutral     *float64 `col:"corrected_neutral"`
	CorrectedNeutralLow  *float64 `col:"corrected_neutral_low"`
	CorrectedNeutralHigh *float64 `col:"corrected_neutral_high"`

	NUtterances   int32 `col:"n_utterances"`
	NChecked      int32 `col:"n_checked"`
	NArticlesRead int32 `col:"n_articles_read"`
}

// A Link is a row of links: an utterance and the group of the same utterance
// in other words, or an article and the story of its near copies.
type Link struct {
	Kind       string `col:"kind,enum=link_kind"`
	ID         string `col:"id"`         // utterance_id or article_id
	GroupID    string `col:"group_id"`   // of an utterance
	StoryID    string `col:"story_id"`   // of an article
	IsFirst    bool   `col:"is_first"`   // the article is its story's first
	Supersedes string `col:"supersedes"` // the article_id that this article's text replaced at its url
}
