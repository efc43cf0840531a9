package text

import "strings"

// phrases finds any of a list of phrases in one pass: the first two bytes of
// each tell where a comparison is worth it.
type phrases struct {
	starts [1 << 16 / 64]uint64 // a bit for each pair of bytes that begins a phrase
	by     map[uint16][]string
}

// newPhrases prepares a list of phrases of two bytes or more.
func newPhrases(list []string) *phrases {
	p := &phrases{by: map[uint16][]string{}}
	for _, s := range list {
		k := uint16(s[0])<<8 | uint16(s[1])
		p.starts[k/64] |= 1 << (k % 64)
		p.by[k] = append(p.by[k], s)
	}
	return p
}

// in reports whether s holds one of the phrases.
func (p *phrases) in(s string) bool {
	for i := 1; i < len(s); i++ {
		k := uint16(s[i-1])<<8 | uint16(s[i])
		if p.starts[k/64]&(1<<(k%64)) == 0 {
			continue
		}
		for _, phrase := range p.by[k] {
			if strings.HasPrefix(s[i-1:], phrase) {
				return true
			}
		}
	}
	return false
}

// begin reports whether s begins with one of the phrases, and with which.
func (p *phrases) begin(s string) (string, bool) {
	if len(s) < 2 {
		return "", false
	}
	for _, phrase := range p.by[uint16(s[0])<<8|uint16(s[1])] {
		if strings.HasPrefix(s, phrase) {
			return phrase, true
		}
	}
	return "", false
}
