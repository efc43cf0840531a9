package labels

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func vote(who, id, stance string, strength int) Located {
	return Located{Source: who + ":1", Unit: Unit{
		ID: id, ArticleID: "a_1", StartByte: 10, EndByte: 30, Annotator: who, Kind: "direct", Actor: "Hana Park", Holder: "Hana Park", HostCountry: "Iraq",
		Stance: stance, StanceStrength: strength, Sentiment: "neutral", Certain: 1,
	}}
}

func with(u Located, change func(*Unit)) Located {
	change(&u.Unit)
	return u
}

func TestSettle(t *testing.T) {
	lis := func(u *Unit) { u.Holder, u.Actor = "Piotr Lis", "Piotr Lis" }
	moved := func(u *Unit) { u.StartByte, u.EndByte = 12, 30 }
	for _, c := range []struct {
		name   string
		units  []Located
		expert string
		want   string
		differ string
	}{
		{"one", []Located{vote("ana", "r_1", "favor", 2)}, "", "favor 2 Hana Park 10-30 1.00 ana", ""},
		{"of one mind", []Located{vote("ana", "r_1", "favor", 2), vote("ben", "r_1", "favor", 2)}, "", "favor 2 Hana Park 10-30 1.00 ana, ben", ""},
		{"two of three", []Located{vote("ana", "r_1", "favor", 2), vote("ben", "r_1", "against", -2), vote("cy", "r_1", "favor", 1)}, "", "favor 1 Hana Park 10-30 0.67 ana, cy", "stance stance_strength"},
		{"divided", []Located{vote("ana", "r_1", "favor", 2), vote("ben", "r_1", "against", -2)}, "", "", "stance stance_strength"},
		{"an expert", []Located{vote("ana", "r_1", "favor", 2), vote("ben", "r_1", "against", -2)}, "ben", "against -2 Hana Park 10-30 1.00 ben", "stance stance_strength"},
		{"no statement, says most", []Located{vote("ana", "r_1", NoStatement, 0), vote("ben", "r_1", NoStatement, 0), vote("cy", "r_1", "favor", 1)}, "", "none 0 Hana Park 10-30 0.67 ana, ben", "stance"},
		{"holder by most", []Located{vote("ana", "r_1", "favor", 1), with(vote("ben", "r_1", "favor", 1), lis), with(vote("cy", "r_1", "favor", 1), lis)}, "", "favor 1 Piotr Lis 10-30 1.00 ana, ben, cy", "holder"},
		{"divided on the holder", []Located{vote("ana", "r_1", "favor", 1), with(vote("ben", "r_1", "favor", 1), lis)}, "", "", "holder"},
		{"the span in the middle", []Located{vote("ana", "r_1", "favor", 1), with(vote("ben", "r_1", "favor", 1), moved), with(vote("cy", "r_1", "favor", 1), moved)}, "", "favor 1 Hana Park 12-30 1.00 ana, ben, cy", "span"},
		{"a later word", []Located{vote("ana", "r_1", "favor", 2), vote("ana", "r_1", "neutral", 0)}, "", "neutral 0 Hana Park 10-30 1.00 ana", ""},
		{"two who add one", []Located{vote("ana", "", "favor", 2), with(vote("ben", "", "favor", 2), moved)}, "", "favor 2 Hana Park 10-30 1.00 ana, ben", "span"},
		{"joint holders of one person", []Located{vote("ana", "", "favor", 2), with(vote("ana", "", "favor", 2), lis)}, "", "favor 2 Hana Park 10-30 1.00 ana; favor 2 Piotr Lis 10-30 1.00 ana", ""},
		{"without names", []Located{vote("", "", "favor", 2), vote("", "", "against", -2)}, "", "favor 2 Hana Park 10-30 1.00 ; against -2 Hana Park 10-30 1.00 ", ""},
	} {
		settled, groups := Settle(slices.Clone(c.units), c.expert)
		var got, differ []string
		for _, u := range settled {
			got = append(got, fmt.Sprintf("%s %d %s %d-%d %.2f %s", u.Stance, u.StanceStrength, u.Holder, u.StartByte, u.EndByte, u.Certain, u.Annotator))
		}
		for _, g := range groups {
			differ = append(differ, g.Differ...)
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%s: %q, not %q", c.name, s, c.want)
		}
		if s := strings.Join(differ, " "); s != c.differ {
			t.Errorf("%s: they differ on %q, not %q", c.name, s, c.differ)
		}
	}
}
