package corpus

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// page is the article of an HTML page.
func page(t testing.TB, html string) Article {
	t.Helper()
	return readAll(t, Options{Stdin: strings.NewReader(html)}, "-")[0]
}

func TestPageBody(t *testing.T) {
	got := readAll(t, Options{}, "testdata/good/page.html")[0]
	want := "Island votes on the base\n\n" +
		"The people of the island voted on Thursday to keep the base, the election office said.\n\n" +
		"“We want them to stay,” said Marek Wolny, a café owner in the old town, who has sold coffee to the soldiers for twenty years.\n\n" +
		"His neighbour disagreed. “They should have left long ago,” she said, and closed the door of her shop behind her."
	if got.Body != want || got.URL != "https://post.example/island-votes" {
		t.Errorf("got %q\nof %s", got.Body, got.URL)
	}
	if latin1 := readAll(t, Options{}, "testdata/good/latin1.html")[0]; latin1.Body != want {
		t.Errorf("latin-1: got %q", latin1.Body)
	}
}

func TestPageDates(t *testing.T) {
	tests := []struct{ head, body, want string }{
		{`<meta name="date" content="2020-01-13">`, "", "2020-01-13"},
		{`<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2020-01-13T10:00:00Z"}</script>`, "", "2020-01-13"},
		{"", `<time pubdate datetime="2020-01-13T10:00:00Z">today</time>`, "2020-01-13"},
		{`<link rel="canonical" href="https://post.example/2020/01/13/council">`, "", "2020-01-13"},
		{`<meta property="article:modified_time" content="2023-05-01T10:00:00Z"><meta property="article:published_time" content="2020-01-13T10:00:00Z">`, "", "2020-01-13"},
		{"", `<footer>Copyright 2024</footer>`, ""},
		{"", "", ""},
	}
	for _, test := range tests {
		a := page(t, "<html><head><title>x</title>"+test.head+"</head><body><article><p>The council asked the sailors to stay until the spring.</p></article>"+test.body+"</body></html>")
		if got := show(a.PublishedDay, time.DateOnly); got != test.want {
			t.Errorf("%s%s: got %q, want %q", test.head, test.body, got, test.want)
		}
	}
}

// Markup that makes a parser or an extractor quadratic takes no longer than
// a page may.
func TestHostilePages(t *testing.T) {
	const n = 100_000
	words := "<p>The council asked the sailors to stay.</p>"
	tests := []struct{ name, html string }{
		{"nested div", "<html><body>" + strings.Repeat("<div>", n) + "x"},
		{"nested p and b", "<html><body>" + strings.Repeat("<p><b>", n) + "x"},
		{"open formatting", "<html><body>" + strings.Repeat("<a><b><i><u>", n/10) + "x"},
		{"nested tables", "<html><body>" + strings.Repeat("<table><tr><td>", n) + "x"},
		{"many attributes", "<html><body><p " + strings.Repeat("a=b ", n) + ">x" + words},
		{"entities", "<html><body><p>" + strings.Repeat("&amp;&#0;&#xd800;&unknown;", n/10) + words},
		{"an open comment", "<html><body>" + words + "<!--" + strings.Repeat("<!-- -", n)},
		{"an open script", "<html><body>" + words + "<script>" + strings.Repeat("</scrip", n)},
		{"nested frames", "<html><frameset>" + strings.Repeat("<frameset>", n)},
		{"nested lists", "<html><body>" + strings.Repeat("<ul><li>", 200) + words},
	}
	for _, test := range tests {
		start := time.Now()
		a := page(t, test.html)
		took := time.Since(start)
		t.Logf("%s: %v, %s %s", test.name, took.Round(time.Millisecond), a.Status, a.Reason)
		if took > 30*time.Second { // a quiet machine needs one; what is not linear takes minutes
			t.Errorf("%s: %v", test.name, took)
		}
	}
}

func FuzzPage(f *testing.F) {
	for _, name := range []string{"page.html", "latin1.html", "captcha.html"} {
		data, err := os.ReadFile("testdata/good/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		all := readAll(t, Options{Stdin: bytes.NewReader(append([]byte("<html>"), data...))}, "-")
		if len(all) != 1 || all[0].ID == "" {
			t.Fatalf("%d articles", len(all))
		}
	})
}

func BenchmarkPage(b *testing.B) {
	raw := bytes.Replace(mustRead(b, "testdata/good/page.html"), []byte("<p>His"), []byte(strings.Repeat(
		"<p>The council asked the sailors to stay until the spring, and the sailors said that they would think about it.</p>\n", 25)+"<p>His"), 1)
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		a := Article{opt: Options{}.filled(), pending: func(a *Article) { a.extract(raw) }}
		if a.Decode(); a.Status != OK {
			b.Fatal(a.Reason)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pages/s")
}

func mustRead(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// article500 is a text of 500 words.
func article500() string {
	var b strings.Builder
	b.WriteString("Council asks sailors to stay\n\n")
	for i := range 25 {
		fmt.Fprintf(&b, "The council of ward %d asked the sailors on Monday to stay until the spring, Ms. Park said, “or %d days.”\n\n", i, i*7)
	}
	return b.String()
}
