package labels

import (
	"fmt"
	"slices"
	"strings"
)

var (
	kinds  = []string{"direct", "indirect", "mixed", "act"}
	voices = []string{"none", "author", "narrator"}
	fields = []string{"body", "title"}

	samples = []string{"none", "random", "uncertain"} // how a row came to be checked
)

// StrengthRange gives the least and the greatest strength of a stance.
func StrengthRange(stance int) (lo, hi int) {
	switch stance {
	case Favor:
		return 1, 2
	case Against:
		return -2, -1
	case Mixed:
		return -1, 1
	}
	return 0, 0
}

// Check finds what no unit can say: a label that is none of its list, a
// strength that disagrees with its stance, offsets out of order.
func (u *Unit) Check() error {
	if u.Stance == NoStatement {
		return u.checkSpans()
	}
	for _, f := range []struct {
		name, value string
		allowed     []string
		optional    bool
	}{
		{"stance", u.Stance, Stances, false},
		{"sentiment", u.Sentiment, Sentiments, false},
		{"kind", u.Kind, kinds, true},
		{"voice", u.Voice, voices, true},
		{"field", u.Field, fields, true},
		{"sample", u.Sample, samples, true},
		{"split", u.Split, splits, true},
	} {
		if !slices.Contains(f.allowed, f.value) && !(f.optional && f.value == "") {
			return fmt.Errorf("%s %q is not one of %s", f.name, f.value, strings.Join(f.allowed, ", "))
		}
	}
	lo, hi := StrengthRange(slices.Index(Stances, u.Stance))
	if u.StanceStrength < lo || u.StanceStrength > hi {
		return fmt.Errorf("stance_strength %d does not go with stance %q (%d to %d)", u.StanceStrength, u.Stance, lo, hi)
	}
	if !(u.Certain >= 0 && u.Certain <= 1) {
		return fmt.Errorf("certain %g is not between 0 and 1", u.Certain)
	}
	if !(u.SampleWeight >= 0) {
		return fmt.Errorf("sample_weight %g is less than 0", u.SampleWeight)
	}
	return u.checkSpans()
}

func (u *Unit) checkSpans() error {
	for _, s := range []struct {
		name       string
		start, end int
	}{
		{"span", u.StartByte, u.EndByte},
		{"speaker", u.SpeakerStartByte, u.SpeakerEndByte},
		{"cue", u.CueStartByte, u.CueEndByte},
	} {
		if s.start < 0 || s.end < s.start {
			return fmt.Errorf("%s bytes %d-%d are out of order", s.name, s.start, s.end)
		}
	}
	at := u.StartByte
	for _, s := range u.Segments {
		if s[0] < at || s[1] < s[0] || s[1] > u.EndByte {
			return fmt.Errorf("segments %v are out of order or leave the span %d-%d", u.Segments, u.StartByte, u.EndByte)
		}
		at = s[1]
	}
	return nil
}
