package features

import "standpoint/internal/text"

// places adds where forces, their owner, their moves and the host are named:
// in the span, in its passage, in the sentence before, in the headline or
// nowhere. A statement far from all of them fails the forces test.
func (x *extractor) places() {
	span, left, right, before := x.classesIn(x.zones.span), x.classesIn(x.zones.left), x.classesIn(x.zones.right), x.classesIn(x.zones.before)
	head := x.headClasses()
	where := func(c classes) atom {
		switch {
		case span&c != 0:
			return word("span")
		case left&c != 0:
			return word("left")
		case right&c != 0:
			return word("right")
		case before&c != 0:
			return word("before")
		case head&c != 0:
			return word("head")
		}
		return word("nowhere")
	}
	forces, moves := where(clsForces.bit()), where(moving)
	x.put(tPlace, word("forces"), forces, none)
	x.put(tPlace, word("moves"), moves, none)
	x.put(tPlace, word("ours"), where(clsOurs.bit()), none)
	x.put(tPlace, forces, moves, none)
	x.put(tPlace, word("exit"), where(clsExit.bit()), none)
	x.put(tPlace, word("stay"), where(clsStay.bit()|clsEntry.bit()), none)
	x.put(tPlace, word("unrelated"), where(clsUnrelated.bit()), forces)
	x.put(tPlace, word("host"), x.hostPlace(), none)
	if span.has(clsOtherArmy) && !span.has(clsOurs) {
		x.put(tPlace, word("other-army"), forces, none)
	}
	x.put(tPlace, word("count"), bin(x.count(clsForces.bit()|moving)), none)
}

// moving are the classes of coming, staying and leaving.
const moving = classes(1<<clsExit | 1<<clsReduce | 1<<clsStay | 1<<clsEntry)

func (x *extractor) hostPlace() atom {
	for i := range x.tokens {
		if x.tokens[i].host {
			if i >= x.zones.span[0] && i < x.zones.span[1] {
				return word("span")
			}
			return word("passage")
		}
	}
	return word("nowhere")
}

// count is the number of words of a class in and beside the span.
func (x *extractor) count(c classes) int {
	n := 0
	for i := range x.tokens {
		if x.tokens[i].classes&c != 0 {
			n++
		}
	}
	return n
}

var binAtoms = [...]atom{word("0"), word("1"), word("2"), word("3-4"), word("5-8"), word("9-16"), word("17-32"), word("33-64"), word("65+")}

// bin puts a count into one of nine.
func bin(n int) atom {
	switch {
	case n <= 2:
		return binAtoms[max(n, 0)]
	case n <= 4:
		return binAtoms[3]
	case n <= 8:
		return binAtoms[4]
	case n <= 16:
		return binAtoms[5]
	case n <= 32:
		return binAtoms[6]
	case n <= 64:
		return binAtoms[7]
	}
	return binAtoms[8]
}

// headClasses is the classes of the article's headline.
func (x *extractor) headClasses() classes {
	d := x.in.Doc
	var c classes
	if len(d.Paragraphs) > 0 && d.Paragraphs[0].Class == text.Headline {
		lo, hi := d.TokensIn(d.Paragraphs[0].Span)
		for i := lo; i < min(hi, lo+contextWords); i++ {
			if d.Tokens[i].Kind == text.Word {
				c |= words.words[stemHash(d.Word(i))]
			}
		}
		return c
	}
	if d.Head != nil {
		for i := 0; i < min(len(d.Head.Tokens), contextWords); i++ {
			if d.Head.Tokens[i].Kind == text.Word {
				c |= words.words[stemHash(d.Head.Word(i))]
			}
		}
	}
	return c
}
