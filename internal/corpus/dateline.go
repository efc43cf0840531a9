package corpus

import (
	"regexp"
	"strings"
)

const months = `(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sep(?:t(?:ember|\.)?|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)`

var (
	// dateIn finds a whole date in a line.
	dateIn = regexp.MustCompile(`(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?` +
		`(?:` + months + ` \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2}(?:st|nd|rd|th)? ` + months + `,? \d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4})` +
		`(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?`)
	startsWithDay = regexp.MustCompile(`^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b`)

	publishedWords = regexp.MustCompile(`(?i)^(?:first |originally )?(?:published|posted|publication date|date published|issued|date)\b`)
	crawlWords     = regexp.MustCompile(`(?i)\b(?:print(?:ed)?|retrieved|accessed|crawled|downloaded|archived|captured|fetched)\b`)
	updateWords    = regexp.MustCompile(`(?i)\b(?:updated?|modified|revised|corrected|copyright|expires?)\b|©`)
	byline         = regexp.MustCompile(`(?i)^by\s|[|•·]`)
	wireDateline   = regexp.MustCompile(`^[A-Z][A-Z .,'/-]{2,40},? (?:` + months + ` \d{1,2}, \d{4})\b`)
	clockTail      = regexp.MustCompile(`(?i)^[ ,|•·-]*(?:at )?\d{1,2}[:.]\d{2}(?::\d{2})? ?(?:[ap]\.?m\.?)? ?(?:[A-Z]{2,4})?$`)
)

// maxDateLine is the longest line that is read as a date with a few words.
const maxDateLine = 120

// isDateLine reports a line that is about a date: one with few other words.
func isDateLine(line string) bool {
	m := findDate(line)
	return m != nil && countWords(line[:m[0]]+" "+line[m[1]:]) <= 3
}

// findDate is where a line of few words holds a date, or nil.
func findDate(line string) []int {
	if len(line) > maxDateLine || !mayHoldYear(line) {
		return nil
	}
	return dateIn.FindStringIndex(line)
}

// mayHoldYear saves the price of a search in lines without four digits.
func mayHoldYear(line string) bool {
	run := 0
	for i := range len(line) {
		if c := line[i]; c < '0' || c > '9' {
			run = 0
		} else if run++; run == 4 {
			return true
		}
	}
	return false
}

// datesOf reads the dates among the lines at the top. head is the index of
// the headline, or -1. Two days that both claim to be the day of publication
// are none.
func (a *Article) datesOf(top []topLine, head int) {
	var found []stamp
	a.Precision = None
	for i, line := range top {
		s, what := dateOfLine(line.text, i, head)
		switch what {
		case datePublished:
			found = append(found, s)
		case dateCrawled:
			if a.CrawledAt = s.at; s.at.IsZero() {
				a.CrawledAt = s.day
			}
		}
	}
	for _, s := range found {
		if !s.day.Equal(found[0].day) {
			return
		}
	}
	if len(found) > 0 {
		a.published(found[0])
	}
}

// What a line with a date dates.
type dated uint8

const (
	dateUnsure dated = iota
	datePublished
	dateCrawled
)

// dateOfLine is the date in line i of the top, and what it dates. Above the
// headline stands the clock of the site, which shows the day of the visit;
// below it the day of publication.
func dateOfLine(line string, i, head int) (stamp, dated) {
	if start := cutRunes(line, maxDateLine); mayHoldYear(start) && wireDateline.MatchString(start) {
		return parseDate(dateIn.FindString(start)), datePublished
	}
	m := findDate(line)
	if m == nil {
		return stamp{}, dateUnsure
	}
	before, date, after := line[:m[0]], line[m[0]:m[1]], line[m[1]:]
	s := parseDate(date)
	others := countWords(before)
	if !clockTail.MatchString(after) {
		others += countWords(after)
	}
	switch {
	case s.day.IsZero():
		return stamp{}, dateUnsure
	case crawlWords.MatchString(before):
		return s, dateCrawled
	case updateWords.MatchString(before):
		return stamp{}, dateUnsure
	case publishedWords.MatchString(strings.TrimSpace(before)) && others <= 4:
		return s, datePublished
	case others == 0 && head >= 0 && i < head && startsWithDay.MatchString(date):
		return s, dateCrawled
	case head < 0 || i < head || i > head+6:
		return stamp{}, dateUnsure
	case others == 0, byline.MatchString(line) && others <= 8:
		return s, datePublished
	}
	return stamp{}, dateUnsure
}
