package corpus

import (
	"regexp"
	"strings"
	"time"
)

// A stamp is a date as a source printed it.
type stamp struct {
	at  time.Time // UTC; zero unless there is a time of day
	day time.Time // midnight UTC of the printed day; zero: no date
}

// published sets the date of publication.
func (a *Article) published(s stamp) {
	a.PublishedAt, a.PublishedDay, a.Precision = s.at, s.day, None
	switch {
	case !s.at.IsZero():
		a.Precision = Second
	case !s.day.IsZero():
		a.Precision = Day
	}
}

// zones are the abbreviations that news prints. time.Parse takes any other
// for UTC.
var zones = map[string]int{
	"UTC": 0, "GMT": 0, "Z": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6,
	"PST": -8, "PDT": -7, "BST": 1, "CET": 1, "CEST": 2, "MSK": 3,
}

// Layouts of a date with a time of day, and without. Days of the week are cut
// off before, commas and "at" dropped, months and zones as Go writes them.
var (
	timeLayouts = []string{
		time.RFC3339Nano, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04",
		"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 -0700 MST", "2006-01-02 15:04:05 MST",
		"2006-01-02 15:04:05", "2006-01-02 15:04", "20060102T150405Z0700", "20060102T150405", "20060102150405",
		"2006/01/02 15:04:05", "2006/01/02 15:04",
		"2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 MST", "2 Jan 2006 15:04:05", "2 Jan 2006 15:04 -0700", "2 Jan 2006 15:04 MST", "2 Jan 2006 15:04",
		"2 January 2006 15:04 MST", "2 January 2006 15:04", "2 January 2006 15:04:05 MST",
		"Jan 2 2006 15:04:05", "Jan 2 2006 15:04 MST", "Jan 2 2006 15:04", "Jan 2 2006 3:04 PM MST", "Jan 2 2006 3:04 PM",
		"January 2 2006 15:04:05", "January 2 2006 15:04 MST", "January 2 2006 15:04", "January 2 2006 3:04 PM MST", "January 2 2006 3:04 PM",
		"Jan 2 15:04:05 2006", "Jan 2 15:04:05 MST 2006", "Jan 2 15:04:05 -0700 2006",
	}
	dayLayouts = []string{
		"2006-01-02", "2006/01/02", "20060102", "2006.01.02",
		"January 2 2006", "Jan 2 2006", "2 January 2006", "2 Jan 2006", "2-Jan-2006",
	}
	weekday  = regexp.MustCompile(`(?i)^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+`)
	ordinal  = regexp.MustCompile(`\b(\d{1,2})(?:st|nd|rd|th)\b`)
	clock    = regexp.MustCompile(`(?i)(\d)\s*([ap])\.?m\b\.?`)
	slashed  = regexp.MustCompile(`^(\d{1,2})/(\d{1,2})/(\d{4})$`)
	hasYear  = regexp.MustCompile(`\d{4}`)
	dropping = strings.NewReplacer(",", " ", " at ", " ", "Sept.", "Sep", "Sept ", "Sep ", " - ", " ", " | ", " ")
)

// parseDate reads the forms in which dumps, pages and articles print a date.
// What it is unsure of (1/2/2020, a month without a year, a number of
// seconds) is no date. A time of exactly midnight is a day: exporters add it.
func parseDate(s string) stamp {
	s = strings.TrimSpace(s)
	if len(s) < 8 || len(s) > 64 || !hasYear.MatchString(s) {
		return stamp{}
	}
	for _, layout := range timeLayouts[:6] { // the usual forms of machines, before any rewriting
		if t, err := time.Parse(layout, s); err == nil {
			return stampOf(t)
		}
	}
	if m := slashed.FindStringSubmatch(s); m != nil {
		return slashedDate(m[1], m[2], m[3])
	}
	s, vague := plainDate(s)
	for _, layout := range dayLayouts {
		if t, err := time.Parse(layout, s); err == nil && plausible(t) {
			return stamp{day: t}
		}
	}
	for _, layout := range timeLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return zoned(t, vague, strings.Contains(layout, "MST"))
		}
	}
	return stamp{}
}

// plainDate is s in the form of the layouts. vague says that its time is of a
// zone such as ET, which leaves open whether it is summer time.
func plainDate(s string) (plain string, vague bool) {
	s = weekday.ReplaceAllString(s, "")
	s = dropping.Replace(s)
	s = ordinal.ReplaceAllString(s, "$1")
	s = clock.ReplaceAllStringFunc(s, func(m string) string {
		sub := clock.FindStringSubmatch(m)
		return sub[1] + " " + strings.ToUpper(sub[2]) + "M"
	})
	fields := strings.Fields(s)
	for i, f := range fields {
		if len(f) == 4 && strings.HasSuffix(f, ".") { // "Jan."
			fields[i] = f[:3]
		}
		if f == "ET" || f == "CT" || f == "MT" || f == "PT" {
			return strings.Join(fields[:i], " "), true
		}
	}
	return strings.Join(fields, " "), false
}

// zoned gives a time with a named zone its real offset.
func zoned(t time.Time, vague, named bool) stamp {
	switch {
	case vague && plausible(t):
		return stamp{day: dayOf(t)}
	case !named:
		return stampOf(t)
	}
	name, _ := t.Zone()
	hours, known := zones[name]
	if !known {
		return zoned(t, true, false)
	}
	return stampOf(time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.FixedZone(name, hours*3600)))
}

// stampOf is the stamp of a time with its zone.
func stampOf(t time.Time) stamp {
	if !plausible(t) {
		return stamp{}
	}
	s := stamp{day: dayOf(t)}
	if t.Hour() != 0 || t.Minute() != 0 || t.Second() != 0 {
		s.at = t.UTC().Truncate(time.Second)
	}
	return s
}

func dayOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// plausible is a year in which an article may have been published.
func plausible(t time.Time) bool { return t.Year() >= 1800 && t.Year() <= 2200 }

// slashedDate reads 1/13/2020 and 13/1/2020, not 1/2/2020.
func slashedDate(a, b, year string) stamp {
	us, errUS := time.Parse("1/2/2006", a+"/"+b+"/"+year)
	eu, errEU := time.Parse("2/1/2006", a+"/"+b+"/"+year)
	switch {
	case errUS == nil && (errEU != nil || us.Equal(eu)) && plausible(us):
		return stamp{day: us}
	case errEU == nil && errUS != nil && plausible(eu):
		return stamp{day: eu}
	}
	return stamp{}
}
