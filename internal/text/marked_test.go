package text

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// A tally is how many cases of a class come out as marked.
type tally struct{ right, all int }

// tallies counts by class, prints the counts, and holds floors.
type tallies map[string]*tally

func (ts tallies) add(class string, right bool) {
	if ts[class] == nil {
		ts[class] = &tally{}
	}
	ts[class].all++
	if right {
		ts[class].right++
	}
}

// hold fails t where less than floor of all is right, or less than 0.8 of a
// class.
func (ts tallies) hold(t *testing.T, floor float64) {
	t.Helper()
	var sum tally
	var names []string
	for name := range ts {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		c := ts[name]
		t.Logf("%-40s %3d of %3d", name, c.right, c.all)
		if float64(c.right) < 0.8*float64(c.all) {
			t.Errorf("%s: %d of %d", name, c.right, c.all)
		}
		sum.right, sum.all = sum.right+c.right, sum.all+c.all
	}
	t.Logf("%-40s %3d of %3d", "all", sum.right, sum.all)
	if float64(sum.right) < floor*float64(sum.all) {
		t.Errorf("%d of %d are right, want %.2f", sum.right, sum.all, floor)
	}
}

// markedLines are the lines of a file of marked-up texts, with the class that
// the heading ("= class") before each gives it.
func markedLines(t *testing.T, file string) (classes, lines []string) {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	class := ""
	for _, l := range strings.Split(string(data), "\n") {
		switch {
		case l == "" || l[0] == '#':
		case strings.HasPrefix(l, "= "):
			class = l[2:]
		default:
			classes, lines = append(classes, class), append(lines, l)
		}
	}
	return classes, lines
}

func TestMarkedSentences(t *testing.T) {
	ts := tallies{}
	classes, lines := markedLines(t, "testdata/sentences.txt")
	for i, want := range lines {
		got := sentences(New("", strings.ReplaceAll(strings.ReplaceAll(want, " ‖", ""), "‖", "")))
		marked := strings.Split(strings.ReplaceAll(strings.ReplaceAll(want, " ‖ ", "‖"), "‖", "\x00"), "\x00")
		right := slices.Equal(got, marked)
		if ts.add(classes[i], right); !right {
			t.Logf("%s: %q, want %s", classes[i], strings.Join(got, " ‖ "), want)
		}
	}
	ts.hold(t, 0.95)
}

func TestMarkedQuotations(t *testing.T) {
	ts := tallies{}
	classes, lines := markedLines(t, "testdata/quotations.txt")
	for i, want := range lines {
		got := markQuotations(New("", unmarkQuotations(want)))
		want = strings.ReplaceAll(want, " ⏎ ", "\n\n")
		right := got == want
		if ts.add(classes[i], right); !right {
			t.Logf("%s:\n\t got %s\n\twant %s", classes[i], got, want)
		}
	}
	ts.hold(t, 0.95)
}

// unmarkQuotations is the text of a marked line.
func unmarkQuotations(marked string) string {
	for _, f := range []string{"s", "u", "o", "c"} {
		marked = strings.ReplaceAll(marked, "⟦"+f, "⟦")
	}
	return strings.NewReplacer("⟦", "", "⟧", "", " ⏎ ", "\n\n").Replace(marked)
}

// markQuotations marks the quotations of d as the file does.
func markQuotations(d *Document) string {
	at := map[int]string{}
	for _, q := range d.Quotations {
		flag := ""
		switch {
		case q.Unclosed:
			flag = "u"
		case q.Unopened:
			flag = "o"
		case q.Continues:
			flag = "c"
		case q.Scare && q.DepthInner == 0:
			flag = "s"
		}
		at[q.Start] += "⟦" + flag
		at[q.End] = "⟧" + at[q.End]
	}
	var b strings.Builder
	for i := range len(d.Body) + 1 {
		b.WriteString(at[i])
		if i < len(d.Body) {
			b.WriteByte(d.Body[i])
		}
	}
	return b.String()
}

// A markedDocument is an article whose lines are labelled.
type markedDocument struct {
	name, title, body string
	genre, author     string
	labels            []string // of its lines
}

func markedDocuments(t *testing.T) []markedDocument {
	data, err := os.ReadFile("testdata/documents.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all []markedDocument
	for _, part := range strings.Split(string(data), "\n== ")[1:] {
		lines := strings.Split(strings.TrimRight(part, "\n"), "\n")
		m := markedDocument{name: lines[0]}
		var body []string
		for _, l := range lines[1:] {
			label, rest, tabbed := strings.Cut(l, "\t")
			key, value, _ := strings.Cut(l, ": ")
			switch {
			case tabbed:
				body, m.labels = append(body, rest), append(m.labels, label)
			case l == "-":
				body, m.labels = append(body, ""), append(m.labels, "")
			case key == "title":
				m.title = value
			case key == "genre":
				m.genre = value
			case key == "author":
				m.author = value
			}
		}
		m.body = strings.Join(body, "\n")
		all = append(all, m)
	}
	return all
}

// classesOf are the classes that a label stands for.
func classOf(label string) Class {
	switch label {
	case "":
		return Blank
	case "headline":
		return Headline
	case "subhead":
		return Subhead
	case "cross":
		return Crosshead
	case "bullet":
		return Bullet
	case "prose", "turn", "pull", "post":
		return Prose
	}
	return Boilerplate
}

func TestMarkedDocuments(t *testing.T) {
	ts := tallies{}
	for _, m := range markedDocuments(t) {
		d := New(m.title, m.body)
		if len(d.Lines) != len(m.labels) {
			t.Fatalf("%s: %d lines, want %d", m.name, len(d.Lines), len(m.labels))
		}
		for i, l := range d.Lines {
			if m.labels[i] == "" {
				continue
			}
			right := l.Class == classOf(m.labels[i])
			if ts.add("line: "+m.labels[i], right); !right {
				t.Logf("%s: class %d, want %s: %s", m.name, l.Class, m.labels[i], l.In(m.body))
			}
		}
		if ts.add("genre: "+m.genre, string(d.Genre) == m.genre); string(d.Genre) != m.genre {
			t.Logf("%s: genre %s, want %s", m.name, d.Genre, m.genre)
		}
		if m.author != "" {
			ts.add("author", d.Author == m.author)
		}
	}
	ts.hold(t, 0.95)
}
