package text

import "strings"

// phrases finds any of a list of phrases in one pass: a hash of the first few
// bytes of each tells where a comparison is worth it.
type phrases struct {
	mask   uint32      // of the bytes that count: those of the shortest phrase, at most four
	starts [128]uint64 // a bit for the hash of each phrase's first bytes
	by     map[uint32][]string
}

// newPhrases prepares a list of phrases of two bytes or more.
func newPhrases(list []string) *phrases {
	p := &phrases{by: map[uint32][]string{}, mask: 1<<32 - 1}
	for _, s := range list {
		if len(s) < 4 {
			p.mask &= 1<<(8*len(s)) - 1
		}
	}
	for _, s := range list {
		k := p.key(s)
		h := hash4(k)
		p.starts[h/64] |= 1 << (h % 64)
		p.by[k] = append(p.by[k], s)
	}
	return p
}

// key is the bytes at the start of s that count.
func (p *phrases) key(s string) uint32 {
	var k uint32
	for i := range min(4, len(s)) {
		k |= uint32(s[i]) << (8 * i)
	}
	return k & p.mask
}

func hash4(k uint32) uint32 { return k * 2654435761 >> 19 }

// in reports whether s holds one of the phrases.
func (p *phrases) in(s string) bool {
	var window uint32
	if len(s) >= 4 {
		window = uint32(s[0])<<8 | uint32(s[1])<<16 | uint32(s[2])<<24
	}
	for i := 3; i < len(s); i++ {
		window = window>>8 | uint32(s[i])<<24
		if h := hash4(window & p.mask); p.starts[h/64]&(1<<(h%64)) != 0 && p.at(s[i-3:], window&p.mask) {
			return true
		}
	}
	for i := max(0, len(s)-3); i < len(s); i++ {
		if p.at(s[i:], p.key(s[i:])) {
			return true
		}
	}
	return false
}

// at reports whether s begins with one of the phrases of a key.
func (p *phrases) at(s string, key uint32) bool {
	for _, phrase := range p.by[key] {
		if strings.HasPrefix(s, phrase) {
			return true
		}
	}
	return false
}

// begin reports whether s begins with one of the phrases, and with which.
func (p *phrases) begin(s string) (string, bool) {
	for _, phrase := range p.by[p.key(s)] {
		if strings.HasPrefix(s, phrase) {
			return phrase, true
		}
	}
	return "", false
}
