package topic

import (
	"slices"
	"strings"
	"testing"
	"time"

	"standpoint/internal/text"
)

func TestGate(t *testing.T) {
	for _, c := range []struct {
		body string
		want bool
	}{
		{"The premier wants American troops out.", true},
		{"They ask the foreign soldiers to leave.", true},
		{"US bases are not welcome, he said.", true},
		{"The bus company hired more drivers.", false},
		{"The team from Washington won again.", false},
		{"He told us about the force of the storm.", false},
		{"Futenma must close, the base committee said.", true},
		{"The rotation of crops is the base of his method.", false},
		{"", false},
	} {
		if got := Gate("", c.body); got != c.want {
			t.Errorf("%q: %v", c.body, got)
		}
	}
}

func TestRead(t *testing.T) {
	for _, c := range []struct {
		name, title, body string
		hosts             []string
		passages          int
	}{
		{"one host", "", "The premier asked US troops to leave Iraq.\n\nHe had lunch.", []string{"Iraq"}, 1},
		{"capital and demonym", "", "American forces should stay, the Polish minister said in Warsaw.", []string{"Poland"}, 1},
		{"two hosts", "", "Washington will withdraw 4,000 soldiers from Germany and Italy.", []string{"Germany", "Italy"}, 1},
		{"region", "", "US bases on Okinawa should go, the governor said.", []string{"Japan/Okinawa"}, 1},
		{"base", "", "The American presence at Incirlik will end.", []string{"Turkey"}, 1},
		{"area", "Pentagon to send more troops to Middle East", "The additional US forces will leave on Monday.", []string{"Middle East"}, 1},
		{"from the title", "US troops to stay in Niger", "The forces will remain, she said.", []string{"Niger"}, 1},
		{"carried on", "", "US troops will leave Syria.\n\nThe withdrawal takes months.", []string{"Syria"}, 2},
		{"bases", "", "The council wants the American airfield at Illesheim closed.\n\nThe base is loud, Ms. Park said.", []string{"Germany"}, 2},
		{"a base by name", "", "The Marines keep forty planes at Futenma.\n\nThe mayor demanded the closure of Futenma.", []string{"Japan/Okinawa"}, 2},
		{"no further units", "", "The council asked Berlin that no more American units be stationed there.", []string{"Germany"}, 1},
		{"machines", "", "Mayor Wolny of Lodz wants U.S. Army helicopters moved out of Poland.", []string{"Poland"}, 1},
		{"Americans", "", "LODZ, Poland - The American garrison is small.\n\nShe would like to see the Americans gone.", []string{"Poland"}, 2},
		{"sent from", "", "GAO, Mali (CEW) - The last American soldiers went home.", []string{"Mali"}, 1},
		{"in capitals", "U.S. TROOPS TO STAY IN POLAND", "The forces will remain, she said.", []string{"Poland"}, 1},
		{"foreign in Iraq", "", "The sheikh wants all foreign troops to leave Iraq.", []string{"Iraq"}, 1},
		{"foreign elsewhere", "", "The sheikh wants all foreign troops to leave Chad.", nil, 0},
		{"a crime", "", "A court fined a pilot from the Aviano air base. The American broke a window, it said.", nil, 0},
		{"at a base", "", "The prisoners at the U.S. naval base in Guantanamo Bay ate nothing.", nil, 0},
		{"arms", "", "Warsaw will lease six American planes.", nil, 0},
		{"the army of others", "", "The American envoy welcomed the withdrawal of the Russian troops from Moldova.", nil, 0},
		{"another army", "", "Russian troops will leave Georgia.", nil, 0},
		{"strike only", "", "The United States imposed sanctions on Iran.", nil, 0},
		{"place of talk", "", "US troops will leave Syria, he told reporters in Ankara.", []string{"Syria"}, 1},
	} {
		top := Read(text.New(c.title, c.body))
		if !slices.Equal(top.Hosts, c.hosts) || len(top.Passages) != c.passages {
			t.Errorf("%s: hosts %q, %d passages", c.name, top.Hosts, len(top.Passages))
		}
	}
}

func TestGivenHosts(t *testing.T) {
	doc := text.New("", "US troops will leave Iraq, the minister said.\n\nUS troops in Okinawa remain, and those in Iraq too.")
	for _, c := range []struct {
		only     []string
		want     []string
		passages int
	}{
		{[]string{"Iraq"}, []string{"Iraq"}, 2},
		{[]string{"Japan", "Iraq"}, []string{"Iraq", "Japan"}, 2},
		{[]string{"Japan/Okinawa"}, []string{"Japan/Okinawa"}, 1},
		{[]string{"Syria"}, nil, 0},
	} {
		if top := Read(doc).Only(c.only); !slices.Equal(top.Hosts, c.want) || len(top.Passages) != c.passages {
			t.Errorf("only %v: %+v", c.only, top)
		}
	}
}

func TestCountries(t *testing.T) {
	if len(countries) < 60 {
		t.Errorf("%d countries", len(countries))
	}
	seen := map[string]bool{}
	for _, c := range countries {
		if seen[c.name] || !slices.Contains([]string{"country", "region", "area", "rival"}, c.kind) {
			t.Errorf("%+v", c)
		}
		seen[c.name] = true
	}
}

func FuzzRead(f *testing.F) {
	f.Add("US troops to stay", "American troops in Iraq, and Syria's, will leave.", "Iraq")
	f.Fuzz(func(t *testing.T, title, body, host string) {
		Gate(title, body)
		doc := text.New(title, body)
		top := Read(doc)
		for _, top := range []Topic{top, top.Only([]string{host})} {
			for _, p := range top.Passages {
				if p.Span != doc.Paragraphs[p.Paragraph].Span || p.Context.End > p.Start {
					t.Fatalf("%+v", p)
				}
			}
		}
	})
}

// Hostile texts must take time in line with their length.
func TestLinear(t *testing.T) {
	for _, unit := range []string{"US troops in Iraq and ", "US troops, Iraq, Syria, ", "troops leave Iraqi base, ", "bases Iraq "} {
		body := "US troops stay. " + strings.Repeat(unit, (1<<20)/len(unit))
		start := time.Now()
		Read(text.New("", body))
		if d := time.Since(start); d > 30*time.Second {
			t.Errorf("%q: 1 MiB took %v", unit, d)
		}
	}
}

var offTopic = strings.Repeat("The council met on Monday to talk about the school budget, and the mayor of the town said that prices rose again. ", 27)

func BenchmarkGate(b *testing.B) {
	b.SetBytes(int64(len(offTopic)))
	for b.Loop() {
		Gate("Council meets", offTopic)
	}
}
