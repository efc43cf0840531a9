package corpus

import (
	"testing"
	"time"
)

func TestParseDate(t *testing.T) {
	tests := []struct{ in, at, day string }{
		{"2020-01-13T23:30:00-05:00", "2020-01-14T04:30:00Z", "2020-01-13"}, // the day as printed
		{"2020-01-13T23:30:00Z", "2020-01-13T23:30:00Z", "2020-01-13"},
		{"2020-01-13T23:30:00.123456+0000", "2020-01-13T23:30:00Z", "2020-01-13"},
		{"2020-01-13 10:05:07", "2020-01-13T10:05:07Z", "2020-01-13"},
		{"2020-01-13 10:05:07+01:00", "2020-01-13T09:05:07Z", "2020-01-13"},
		{"Mon, 13 Jan 2020 10:05:07 +0100", "2020-01-13T09:05:07Z", "2020-01-13"},
		{"Mon, 13 Jan 2020 10:05:07 GMT", "2020-01-13T10:05:07Z", "2020-01-13"},
		{"Mon Jan 13 10:05:07 2020", "2020-01-13T10:05:07Z", "2020-01-13"},
		{"January 13, 2020 4:05 PM EST", "2020-01-13T21:05:00Z", "2020-01-13"},
		{"Jan. 13, 2020 at 4:05 p.m. ET", "", "2020-01-13"}, // winter or summer time
		{"20200113T100507Z", "2020-01-13T10:05:07Z", "2020-01-13"},
		{"2020-01-13 00:00:00", "", "2020-01-13"}, // a midnight that an exporter added
		{"2020-01-13", "", "2020-01-13"},
		{"20200113", "", "2020-01-13"},
		{"January 13, 2020", "", "2020-01-13"},
		{"Monday, January 13th, 2020", "", "2020-01-13"},
		{"Sept. 3, 2020", "", "2020-09-03"},
		{"13 January 2020", "", "2020-01-13"},
		{"1/13/2020", "", "2020-01-13"},
		{"13/1/2020", "", "2020-01-13"},
		{"2/2/2020", "", "2020-02-02"},
		{"1/2/2020", "", ""}, // in January or in February
		{"January 2020", "", ""},
		{"1578909600", "", ""},
		{"0001-01-01T00:00:00Z", "", ""},
		{"yesterday", "", ""},
		{"", "", ""},
	}
	for _, test := range tests {
		got := parseDate(test.in)
		if at, day := show(got.at, time.RFC3339), show(got.day, time.DateOnly); at != test.at || day != test.day {
			t.Errorf("%q: got %q on %q, want %q on %q", test.in, at, day, test.at, test.day)
		}
	}
}

func show(t time.Time, layout string) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(layout)
}

func FuzzParseDate(f *testing.F) {
	f.Add("Mon, 13 Jan 2020 10:05:07 +0100")
	f.Add("Jan. 13, 2020 at 4:05 p.m. ET")
	f.Fuzz(func(t *testing.T, s string) {
		if got := parseDate(s); !got.at.IsZero() && (got.day.IsZero() || got.at.Sub(got.day).Abs() > 48*time.Hour) {
			t.Errorf("%q: %v on %v", s, got.at, got.day)
		}
	})
}

// The lines at the top of a text: headline, day of publication, day of the
// crawl.
func TestTopOfText(t *testing.T) {
	const prose = "\n\nThe council of the harbour asked the sailors on Monday to stay until the spring, Ms. Park said.\n"
	const head = "Council asks sailors to stay"
	tests := []struct{ text, title, published, crawled string }{
		{head + prose, head, "", ""},
		{head + "\n\nJanuary 13, 2020" + prose, head, "2020-01-13", ""},
		{head + "\nPublished: 13 January 2020 10:30 GMT" + prose, head, "2020-01-13", ""},
		{head + "\nMonday, January 13, 2020" + prose, head, "2020-01-13", ""},
		{head + "\nBy Edda Lindqvist | 2020-01-13" + prose, head, "2020-01-13", ""},
		{head + "\nUpdated January 13, 2020" + prose, head, "", ""},
		{head + "\nRetrieved January 13, 2020" + prose, head, "", "2020-01-13"},
		{head + "\nPrinted on 13 January 2020" + prose, head, "", "2020-01-13"},
		{head + "\nCopyright January 13, 2020" + prose, head, "", ""},
		{head + "\nJanuary 13, 2020\n\nNORRVIK, March 3, 2019 (Wire) - The council met.", head, "", ""}, // two days
		{"January 13, 2020\n\n" + head + prose, head, "", ""},                                           // whose?
		{"Dark Mode\nSaturday, 02 November 2024\n" + head + prose, head, "", "2024-11-02"},
		{"Menu\n\nWorld News\n\n" + head + prose, head, "", ""},
		{"Sailors may stay" + prose, "Sailors may stay", "", ""},
		{"Ms. Park spoke on Jan. 6, 2020 to the council of the town.\n\nIt met again.", "", "", ""},
		{"The council asked the sailors to stay.", "", "", ""},
		{"The envoy left for the U.S." + prose, "The envoy left for the U.S.", "", ""},
		{"", "", "", ""},
	}
	for _, test := range tests {
		var a Article
		a.Body = test.text
		a.readTop()
		published, crawled := show(a.PublishedDay, time.DateOnly), show(a.CrawledAt, time.DateOnly)
		if a.Title != test.title || published != test.published || crawled != test.crawled {
			t.Errorf("%q:\n got %q, published %q, crawled %q\nwant %q, published %q, crawled %q",
				test.text, a.Title, published, crawled, test.title, test.published, test.crawled)
		}
	}
}
