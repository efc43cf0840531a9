package labels

import (
	"bufio"
	"encoding/json"
	"io"

	"standpoint/internal/text"
)

// WriteJSONL writes units as JSON lines, fields in the order of Unit.
func WriteJSONL(w io.Writer, units []Unit) error {
	b := bufio.NewWriter(w)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	for _, u := range units {
		if err := enc.Encode(u); err != nil {
			return err
		}
	}
	return b.Flush()
}

// MarshalJSON prints a swap as [start, end, "new"].
func (s Swap) MarshalJSON() ([]byte, error) { return json.Marshal([]any{s.Start, s.End, s.New}) }

// UnmarshalJSON reads a swap printed as [start, end, "new"].
func (s *Swap) UnmarshalJSON(b []byte) error { return (*swapWire)(s).UnmarshalJSON(b) }

// sameStatement is the least share of bytes that two labels of one statement
// have in common.
const sameStatement = 0.5

// Merge puts newer labels over older ones: a newer one replaces the older one
// of the same article, field, host country and holder whose span it overlaps
// most, by half or more. The order is that of old, then of what is new.
func Merge(old, newer []Unit) []Unit {
	out := append([]Unit(nil), old...)
	byArticle := map[string][]int{}
	for i, u := range out {
		byArticle[u.ArticleID] = append(byArticle[u.ArticleID], i)
	}
	for _, u := range newer {
		best, overlap := -1, sameStatement
		for _, i := range byArticle[u.ArticleID] {
			if o := u.overlap(&out[i]); o > overlap || o == overlap && best < 0 {
				best, overlap = i, o
			}
		}
		if best < 0 {
			byArticle[u.ArticleID] = append(byArticle[u.ArticleID], len(out))
			out = append(out, u)
			continue
		}
		out[best] = u
	}
	return out
}

// overlap is the share of bytes that two labels for the same field, host and
// holder have in common; 0 for others.
func (u *Unit) overlap(o *Unit) float64 {
	if fieldOf(u) != fieldOf(o) || u.HostCountry != o.HostCountry || u.Holder != o.Holder {
		return 0
	}
	return text.Span{Start: u.StartByte, End: u.EndByte}.IoU(text.Span{Start: o.StartByte, End: o.EndByte})
}

func fieldOf(u *Unit) string {
	if u.Field == "" {
		return text.FieldBody
	}
	return u.Field
}
