package actor

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"standpoint/internal/text"
)

func TestRegistryFacts(t *testing.T) {
	reg := loadRegistry(t)
	if reg.Len() < 600 {
		t.Errorf("%d actors", reg.Len())
	}
	for i := range reg.records {
		rec := &reg.records[i]
		if rec.ID == "" || rec.Name == "" || !slices.Contains(Types, rec.Type) {
			t.Errorf("%+v", rec.Actor)
		}
		if rec.Type == Person && rec.gender == 0 {
			t.Errorf("%s: no gender", rec.ID)
		}
	}
}

// TestOfficesNeverOverlap finds terms of one office that two persons held at
// a time. The last day of one may be the first of the next.
func TestOfficesNeverOverlap(t *testing.T) {
	reg := loadRegistry(t)
	byOffice := map[int][]term{}
	for _, terms := range reg.byHolder {
		for _, x := range terms {
			byOffice[x.office] = append(byOffice[x.office], x)
		}
	}
	for office, terms := range byOffice {
		slices.SortFunc(terms, func(a, b term) int { return a.from - b.from })
		for i := 1; i < len(terms); i++ {
			if a, b := terms[i-1], terms[i]; a.to == 0 || a.to > b.from {
				t.Errorf("%s: %s and %s overlap", reg.records[office].ID, reg.records[a.holder].ID, reg.records[b.holder].ID)
			}
		}
	}
}

// TestGovernmentsAreNamedByAdjective keeps the registry's names and those made
// by rule the same.
func TestGovernmentsAreNamedByAdjective(t *testing.T) {
	reg := loadRegistry(t)
	for i := range reg.records {
		rec := &reg.records[i]
		if strings.HasSuffix(rec.Name, " government") && rec.Country != "" && rec.Name != reg.adjective(rec.Country)+" government" && !strings.Contains(rec.Name, "prefectural") {
			t.Errorf("%s is not the %s government", rec.Name, reg.adjective(rec.Country))
		}
	}
}

func TestCanonical(t *testing.T) {
	reg := loadRegistry(t)
	for _, c := range []struct {
		name, want, typ, country, group string
		known                           bool
	}{
		{"Mike Pompeo", "Mike Pompeo", Person, "United States", "US executive", true},
		{"Adel Abdul Mahdi", "Adil Abdul-Mahdi", Person, "Iraq", "Iraqi government", true},
		{"the Pentagon", "US Department of Defense", Organisation, "United States", "US executive", true},
		{"Gen. Joseph Votel", "Joseph Votel", Person, "United States", "US executive", true},
		{"Tehran", "Iranian government", Government, "Iran", "", true},
		{"Pentagon", "US Department of Defense", Organisation, "United States", "US executive", true},
		{"iraqi  parliament", "Iraqi parliament", Legislature, "Iraq", "", true},
		{"Mongolian parliament", "Mongolian parliament", Legislature, "Mongolia", "", false},
		{"Mongolian government", "Mongolian government", Government, "Mongolia", "", false},
		{"Mongolian Foreign Ministry", "Mongolian Foreign Ministry", Organisation, "Mongolia", "Mongolian government", false},
		{"South Korean Trade Minister", "South Korean Trade Minister", Office, "South Korea", "South Korean government", false},
		{"Mongolian Prime Minister", "Mongolian Prime Minister", Office, "Mongolia", "Mongolian government", false},
		{"Sunni lawmakers (Iraq)", "Sunni lawmakers (Iraq)", Bloc, "Iraq", "", false},
		{"Protesters (US)", "Protesters (US)", People, "United States", "", false},
		{"respondents (Germany)", "respondents (Germany)", People, "Germany", "", false},
		{"US State Department officials (unnamed)", "US State Department officials (unnamed)", Unnamed, "United States", "", false},
		{"Kurdish lawmaker (Iraq, unnamed)", "Kurdish lawmaker (Iraq, unnamed)", Unnamed, "Iraq", "", false},
		{"Unnamed people", "Unnamed people", Unnamed, "", "", false},
		{"Article author", "Article author", Author, "", "", false},
		{"Anna Holm", "Anna Holm", Person, "", "", false},
		{"Holm Institute", "Holm Institute", Organisation, "", "", false},
		{"Office of the Mongolian President", "Office of the Mongolian President", Office, "Mongolia", "Mongolian government", false},
		{"", "", "", "", "", false},
	} {
		a := reg.Canonical(c.name)
		if a.Name != c.want || a.Type != c.typ || a.Country != c.country || a.Group != c.group || a.Known != c.known {
			t.Errorf("Canonical(%q) = %+v", c.name, a)
		}
		if c.name != "" && a.Known == strings.HasPrefix(a.ID, "x_") {
			t.Errorf("Canonical(%q): id %q", c.name, a.ID)
		}
	}
	if a, b := reg.Canonical("Anna Holm").ID, reg.Canonical("Anna  HOLM").ID; a != b {
		t.Errorf("ids %s and %s of one name", a, b)
	}
}

func TestExtend(t *testing.T) {
	reg := loadRegistry(t)
	more, err := reg.Extend(strings.NewReader("name,country,aliases\nAnna Holm,Norway,A. Holm; Anna K. Holm\n"), "mine.csv")
	if err != nil {
		t.Fatal(err)
	}
	if a := more.Canonical("Anna K. Holm"); a.ID != "anna-holm" || a.Country != "Norway" || a.Type != Person || !a.Known {
		t.Errorf("%+v", a)
	}
	body := "Anna K. Holm told reporters on Monday that the talks would go on for another week."
	r := NewResolver(more, text.New("", body), nil, time.Time{}, "", "")
	if m := r.Resolve(text.Span{End: len("Anna K. Holm")}); m.Actor.ID != "anna-holm" {
		t.Errorf("alias -> %+v", m)
	}
	if more.Digest() == reg.Digest() || more.Len() != reg.Len()+1 {
		t.Errorf("digest %s, %d actors", more.Digest(), more.Len())
	}
	if reg.Canonical("Anna Holm").Known {
		t.Error("the registry that was extended has changed")
	}
}

func TestExtendErrors(t *testing.T) {
	reg := loadRegistry(t)
	for csv, want := range map[string]string{
		"":                                       "mine.csv: empty, want columns name",
		"id\nx\n":                                `mine.csv:1: no column "name"`,
		"name,type\nAnna Holm,baker\n":           `mine.csv:2: type "baker", want one of person, office`,
		"name,country\nA B,Norway\nC D,Narnia\n": `mine.csv:3: country "Narnia" is no usual English short name`,
		"name,parent\nAnna Holm,nobody\n":        `mine.csv:2: parent "nobody" is no actor's id`,
		"name,aliases\nAnna Holm,Pentagon\n":     `mine.csv:2: alias "Pentagon" already names us-department-of-defense`,
		"name\nMike Pompeo\n":                    `mine.csv:2: id "mike-pompeo" is given twice`,
		"name,id\nAnna Holm,Anna Holm\n":         `mine.csv:2: id "Anna Holm" is no slug`,
		"name,gender\nAnna Holm,x\n":             `mine.csv:2: gender "x", want m, f or nothing`,
		"name,country\nAnna Holm\n":              `mine.csv:2: 1 columns, want 2`,
		"name,id,parent\nA B,a,b\nC D,b,a\n":     `mine.csv:2: parents of a go round in a circle`,
		"name,aliases\nA B,Smithy\nC D,Smithy\n": `mine.csv:3: alias "Smithy" already names a-b`,
	} {
		if _, err := reg.Extend(strings.NewReader(csv), "mine.csv"); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s", csv, err, want)
		}
	}
}

func TestLoadErrors(t *testing.T) {
	const actors, aliases, offices = "id,name,type,country,parent,gender\na-b,A B,person,,,m\nc-d,C D,person,,,f\no,O,office,,,\n", "id,alias,from,to\n", "id,office,from,to\n"
	for _, c := range []struct{ actors, aliases, offices, want string }{
		{actors, aliases, offices, ""},
		{actors, aliases + "a-b,Smith,2000-01-01,2001-01-01\nc-d,Smith,2001-01-02,\n", offices, ""},
		{actors, aliases + "a-b,Smith,2000-01-01,2001-01-01\nc-d,Smith,2000-05-05,\n", offices, `registry: aliases.csv:3: alias "Smith" also names a-b at that time`},
		{actors, aliases + "e-f,Smith,,\n", offices, `registry: aliases.csv:2: id "e-f" is no actor's`},
		{actors, aliases + "a-b,,,\n", offices, `registry: aliases.csv:2: no alias`},
		{actors, aliases, offices + "a-b,o,2000-13-01,\n", `registry: offices.csv:2: from: "2000-13-01" is no day like 2006-01-02`},
		{actors, aliases, offices + "a-b,o,2000-01-01,1999-01-01\n", `registry: offices.csv:2: to 1999-01-01 is before from 2000-01-01`},
		{actors, aliases, offices + "a-b,c-d,,\n", `registry: offices.csv:2: office "c-d" is no office's id`},
	} {
		fsys := fstest.MapFS{"actors.csv": {Data: []byte(c.actors)}, "aliases.csv": {Data: []byte(c.aliases)}, "offices.csv": {Data: []byte(c.offices)}}
		_, err := Load(fsys)
		if got := ""; err != nil {
			got = err.Error()
			if got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		} else if c.want != "" {
			t.Errorf("no error, want %s", c.want)
		}
	}
	if _, err := Load(os.DirFS(t.TempDir())); err == nil {
		t.Error("an empty folder is a registry")
	}
}

func FuzzExtend(f *testing.F) {
	reg := loadRegistry(f)
	f.Add("name,country,aliases\nAnna Holm,Norway,A. Holm; Anna K. Holm\n")
	f.Add("\ufeffname\n\"A\nB\"\n")
	f.Fuzz(func(t *testing.T, csv string) {
		if more, err := reg.Extend(strings.NewReader(csv), "f"); err == nil && more.Len() < reg.Len() {
			t.Fatal("actors lost")
		}
	})
}

func FuzzCanonical(f *testing.F) {
	reg := loadRegistry(f)
	for _, s := range []string{"Sunni lawmakers (Iraq)", "Office of ", " (unnamed)", "US", "(", "South Korean "} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if a := reg.Canonical(name); !a.Zero() && (a.ID == "" || !slices.Contains(Types, a.Type)) {
			t.Fatalf("%q: %+v", name, a)
		}
	})
}
