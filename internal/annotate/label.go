package annotate

import (
	"fmt"
	"strconv"
	"strings"
)

// Choices are the labels of a statement as one list, so that stance and
// strength cannot disagree.
var Choices = []string{
	"favor 2", "favor 1", "mixed 1", "mixed 0", "mixed -1", "against -1", "against -2", "neutral", "unrelated", "no statement",
}

var (
	sentiments = []string{"positive", "neutral tone", "negative"} // in lists that hold stances too
	kinds      = []string{"direct", "indirect", "mixed", "act"}
)

// choice is the labels' entry of Choices.
func (l Labels) choice() string {
	switch {
	case l.Stance == NoStatement:
		return "no statement"
	case l.Stance == "neutral" || l.Stance == "unrelated" || l.Strength == nil:
		return l.Stance
	}
	return fmt.Sprintf("%s %d", l.Stance, *l.Strength)
}

// setChoice reads an entry of Choices, or a stance alone.
func (l *Labels) setChoice(s string) error {
	s = strings.ToLower(strings.TrimSpace(s))
	if s == "no statement" || s == NoStatement {
		l.Stance = NoStatement
		return nil
	}
	stance, number, _ := strings.Cut(s, " ")
	l.Stance, l.Strength = stance, nil
	if number == "" {
		return nil
	}
	n, err := strconv.Atoi(strings.TrimPrefix(strings.TrimSpace(number), "+"))
	if err != nil {
		return fmt.Errorf("label %q is none of %s", s, strings.Join(Choices, ", "))
	}
	l.Strength = &n
	return nil
}

// setMark reads an entry of a list that holds stances and sentiments.
func (l *Labels) setMark(s string) error {
	switch s {
	case "positive", "negative":
		l.Sentiment = s
		return nil
	case "neutral tone":
		l.Sentiment = "neutral"
		return nil
	}
	if l.Stance != "" {
		return fmt.Errorf("two stances: %s and %s", l.choice(), s)
	}
	return l.setChoice(s)
}

// tone is a sentiment's entry of such a list.
func tone(sentiment string) string {
	if sentiment == "neutral" {
		return "neutral tone"
	}
	return sentiment
}
