package actor

import (
	"slices"
	"strings"
	"testing"
	"time"

	"standpoint/internal/text"
)

// A marked is a phrase marked up in a test's text: [words=actor] or
// [words=actor/rule]; joint actors are joined by " & ", nobody is empty.
type marked struct {
	text.Span
	actors []string
	rule   string
}

// unmark strips the marks from s.
func unmark(s string) (string, []marked) {
	var b strings.Builder
	var marks []marked
	for {
		before, rest, ok := strings.Cut(s, "[")
		b.WriteString(before)
		if !ok {
			return b.String(), marks
		}
		inner, after, _ := strings.Cut(rest, "]")
		words, want, _ := strings.Cut(inner, "=")
		names, rule, _ := strings.Cut(want, "/")
		m := marked{Span: text.Span{Start: b.Len(), End: b.Len() + len(words)}, rule: rule}
		if names != "" {
			m.actors = strings.Split(names, " & ")
		}
		marks = append(marks, m)
		b.WriteString(words)
		s = after
	}
}

func TestResolve(t *testing.T) {
	reg := loadRegistry(t)
	for _, c := range []struct{ name, host, day, text string }{
		{"full name", "Iraq", "", `[Marek Wolny=Marek Wolny/name] said the base would close.`},
		{"title stripped", "Iraq", "", `[Lt. Gen. Marek Wolny=Marek Wolny] said no. [Wolny=Marek Wolny/surname] left. [The general=Marek Wolny/description] was tired.`},
		{"middle initial", "Iraq", "", `[Sen. Peter Q. Holm=Peter Holm], a farmer, disagreed.`},
		{"state before title", "Iraq", "", `[Arizona Sen. Peter Holm=Peter Holm] disagreed. [The Arizona Republican=Peter Holm] voted no.`},
		{"body before role", "Iraq", "", `[House Fisheries Committee Chairman Peter Holm=Peter Holm] disagreed with those who would rather leave.`},
		{"role before name", "Iraq", "", `[ministry spokeswoman Anna Holm=Anna Holm] said so, and [she=Anna Holm/pronoun] repeated it.`},
		{"name after a comma", "Iraq", "", `The mayor spoke. [Her spokesman, Jan Nowak=Jan Nowak], agreed.`},
		{"Arabic article", "Iraq", "", `[Karim al-Tamimi=Karim al-Tamimi] said no. [Tamimi=Karim al-Tamimi/surname] left, and [al-Tamimi=Karim al-Tamimi/surname] returned.`},
		{"family name first", "South Korea", "", `[Bae Jong-ho=Bae Jong-ho] said no, and [Bae=Bae Jong-ho/surname] left.`},
		{"spelling variant", "Iraq", "", `[Adel Abdul Mahdi=Adil Abdul-Mahdi/registry] met reporters.`},
		{"surname known", "Iraq", "2020-01-10", `[Pompeo=Mike Pompeo/surname] spoke.`},
		{"surname by date, before", "Iraq", "1992-01-10", `[Bush=George H. W. Bush] spoke.`},
		{"surname by date, after", "Iraq", "2003-01-10", `[Bush=George W. Bush] spoke.`},
		{"article's own surname first", "Iraq", "2020-01-10", `Anna Pompeo, a baker, said hello. [Pompeo=Anna Pompeo/surname] smiled.`},
		{"office, holder named", "Iraq", "", `Iraqi Prime Minister Karim Tamimi spoke. [The premier=Karim Tamimi/office] left.`},
		{"office, holder named in the registry only", "Iraq", "2020-01-10", `Pompeo came. [The secretary of state=Mike Pompeo/office] left.`},
		{"office, nobody named", "Iraq", "2020-01-10", `[The secretary of state=US Secretary of State/office] left. [The Iraqi prime minister=Iraqi Prime Minister/office] stayed.`},
		{"office of another country", "Iraq", "2020-01-10", `Iraqi Prime Minister Karim Tamimi spoke. [The Polish prime minister=Polish Prime Minister/office] left.`},
		{"office ended", "Iraq", "2012-01-10", `Pompeo came. [The secretary of state=US Secretary of State/office] left.`},
		{"former holder", "Iraq", "2022-06-01", `Pompeo came. [The former secretary of state=Mike Pompeo/office] left.`},
		{"leader", "Afghanistan", "2013-10-01", `Hamid Karzai met guests. [The Afghan leader=Hamid Karzai/description] left.`},
		{"bare office takes the host", "Poland", "", `[The prime minister=Polish Prime Minister/office] hopes for more troops.`},
		{"pronoun, not in the quote", "Iraq", "", `Marek Wolny said: "Jan Nowak is late." [He=Marek Wolny/pronoun] left.`},
		{"pronoun, gender", "Iraq", "", `Marek Wolny met Anna Holm. [She=Anna Holm/pronoun] left and [he=Marek Wolny] stayed.`},
		{"pronoun, subject before object", "Iraq", "", `Marek Wolny met Jan Nowak. [He=Marek Wolny/pronoun] left.`},
		{"pronoun, embedded subject", "Iraq", "", `Marek Wolny said Jan Nowak was late. [He=Marek Wolny/pronoun] left.`},
		{"they", "Iraq", "", `Sunni lawmakers stayed away. [They=Sunni lawmakers (Iraq)/pronoun] feared a gap.`},
		{"it", "Iraq", "", `The State Department answered. [It=US State Department/pronoun] denied the report.`},
		{"nobody to go back to", "Iraq", "", `[She=] left.`},
		{"capital", "Iraq", "", `[Washington=US government/metonym] hopes to stay. [Baghdad=Iraqi government/metonym] wants talks. [Tehran=Iranian government] objects.`},
		{"country", "Iraq", "", `[The United States=US government] refused. [Iraq=Iraqi government] asked again. [The U.S.=US government] agreed.`},
		{"us is no country", "Iraq", "", `They told [us=] nothing.`},
		{"bodies by metonym", "Iraq", "", `[The Pentagon=US Department of Defense/registry] and [the White House=White House/registry] agreed. [The Kremlin=Kremlin] did not.`},
		{"administration", "Iraq", "", `[The administration=US government] agreed; [the Obama administration=Obama administration] had not.`},
		{"parliament", "Iraq", "", `[Iraq's parliament=Iraqi parliament] met. [Parliament=Iraqi parliament] voted. [The Iraqi parliament=Iraqi parliament] rose.`},
		{"curly apostrophe", "Iraq", "", `[Iraq’s parliament=Iraqi parliament] met.`},
		{"ministry", "Iraq", "", `[Iraq's Foreign Ministry=Iraqi Foreign Ministry] wrote. [The ministry=Iraqi Foreign Ministry/body] repeated it.`},
		{"ministry of nobody", "Iraq", "", `[The ministry=] repeated it.`},
		{"MPs", "Iraq", "", `[MPs=Iraqi parliament] voted to end the mission.`},
		{"the lawmakers again", "Iraq", "", `Iraq's parliament met. [The lawmakers=Iraqi parliament/description] voted.`},
		{"group of a country", "Iraq", "", `[US leaders=Leaders (US)/group+country] agreed with [many political leaders=Political leaders (Iraq)].`},
		{"sect", "Iraq", "", `[Sunni lawmakers=Sunni lawmakers (Iraq)] stayed away. [The Sunnis=Sunnis (Iraq)] feared a gap.`},
		{"joint modifiers", "Iraq", "", `[Sunni and Kurdish lawmakers=Sunni lawmakers (Iraq) & Kurdish lawmakers (Iraq)] stayed away.`},
		{"first of joint modifiers alone", "Iraq", "", `[Sunni=Sunni lawmakers (Iraq)] and Kurdish lawmakers stayed away.`},
		{"joint countries", "Iraq", "", `[US and Iraqi officials=US officials (unnamed) & Iraqi officials (unnamed)] met.`},
		{"joint nouns", "Iraq", "", `[Pentagon officials and generals=US Department of Defense officials (unnamed) & Generals (unnamed)] met.`},
		{"joint names", "Iraq", "", `[Marek Wolny and Anna Holm=Marek Wolny & Anna Holm] agreed.`},
		{"two countries", "Poland", "", `Warsaw and Washington signed. [The two countries=Polish government & US government/pair] cheered.`},
		{"unnamed", "Iraq", "", `[a senior US official who asked not to be named=US official (unnamed)/unnamed] said so.`},
		{"unnamed of a body", "Iraq", "", `[a State Department official=US State Department official (unnamed)] said so, and [the official=US State Department official (unnamed)/description] left.`},
		{"unnamed without country", "Iraq", "", `[Some analysts=Analysts (unnamed)] disagree.`},
		{"unnamed, complement", "Iraq", "", `Marek Wolny left. [A source close to Wolny=Source close to Wolny (unnamed)] said so.`},
		{"spokesman without a name", "Iraq", "", `[A White House spokeswoman=White House/spokesman] said so. [A spokesman for the Pentagon=US Department of Defense] agreed.`},
		{"spokesman of a person", "Iraq", "", `Peter Holm left early. [A spokesman for Mr. Holm=Office of Peter Holm/spokesman] said so.`},
		{"spokesman of an office", "Iraq", "", `Iraqi Prime Minister Karim Tamimi spoke. [His office=Office of the Iraqi Prime Minister/spokesman] repeated it.`},
		{"office without a name", "Iraq", "", `[The prime minister's office=Office of the Iraqi Prime Minister/spokesman] said so. [The statement=Office of the Iraqi Prime Minister/document] went on.`},
		{"statement of a body", "Iraq", "", `The White House issued a statement. "No," [the statement=White House/document] said.`},
		{"statement with its maker", "Iraq", "", `[A statement from US Central Command=US Central Command/document] said so. [An Iraqi Foreign Ministry statement=Iraqi Foreign Ministry] agreed.`},
		{"poll", "Germany", "", `[Respondents=respondents (Germany)] agreed. In the poll [Germans=respondents (Germany)/poll] disagreed.`},
		{"people", "Germany", "", `[Germans=Germans/people] disagreed.`},
		{"forces of a people", "Iraq", "", `[Kurdish forces=Kurdish forces (Iraq)] left, and [Islamic State fighters=Islamic State fighters] came.`},
		{"forces of nobody", "Iraq", "", `They met [troops=] and [forces=] there.`},
		{"the same in capitals", "Iraq", "", `[MR. WOLNY=Wolny]: No. [ANNA HOLM=Anna Holm]: Yes.`},
		{"contraction", "Iraq", "", `Then [I’ve=] said that [We've=] left.`},
		{"treaty", "Iraq", "", `They signed [the Wolny Treaty=] at [Wolny Bay=] in spring.`},
		{"body by its full name", "Iraq", "", `[the French Ministry of Lakes=French Ministry of Lakes] and [the Holm Study Group=Holm Study Group] agreed.`},
		{"brackets before the verb", "Iraq", "", `Answering Jan Nowak, Sen. Peter Holm (D-Conn.) spoke first. [He=Peter Holm/pronoun] left.`},
		{"his plan is not him", "Iraq", "", `Jan Nowak came. [His plan=] failed.`},
		{"the president in the US", "Iraq", "", `Congress met. [The president=US President/office] was late.`},
		{"the president elsewhere", "Poland", "", `The brigade came. [The president=Polish President/office] was late.`},
		{"general named Hill", "Iraq", "", `[Gen. Anna Hill=Anna Hill] agreed with those who had come.`},
		{"news media", "Iraq", "", `[Reuters=Reuters] reported it.`},
		{"part of a word", "Iraq", "2020-01-10", `A [Trump=Donald Trump]-ordered pullout began.`},
	} {
		t.Run(c.name, func(t *testing.T) {
			body, marks := unmark(c.text + " Talks went on for two more days, as both delegations had planned it weeks before.")
			var day time.Time
			if c.day != "" {
				day, _ = time.Parse(time.DateOnly, c.day)
			}
			r := NewResolver(reg, text.New("", body), []string{c.host}, day, "", "")
			for _, m := range marks {
				var got []string
				rule := ""
				for _, x := range r.ResolveAll(m.Span) {
					got = append(got, x.Actor.Name)
					rule = x.Rule
				}
				if !slices.Equal(got, m.actors) {
					t.Errorf("%q -> %q (%s), want %q", m.In(body), got, rule, m.actors)
				} else if m.rule != "" && rule != m.rule {
					t.Errorf("%q by rule %q, want %q", m.In(body), rule, m.rule)
				}
			}
		})
	}
}

func TestMentionsIn(t *testing.T) {
	reg := loadRegistry(t)
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Iraqi leaders want US troops in Iraq.", []string{"Leaders (Iraq)", "US forces"}},
		{"Sunni, Kurdish and Shiite leaders met in Baghdad.", []string{"Sunni leaders (Iraq)", "Kurdish leaders (Iraq)", "Shiite leaders (Iraq)"}},
		{"The request was read out.", nil},
		{"Reuters reported that the White House agreed.", []string{"White House"}},
		{"Prime Minister Karim Tamimi thanked Washington.", []string{"Karim Tamimi", "US government"}},
	} {
		body := "Nobody spoke. " + c.text + " Nobody spoke."
		r := NewResolver(reg, text.New("", body), []string{"Iraq"}, time.Time{}, "", "")
		var got []string
		for _, m := range r.MentionsIn(text.Span{Start: 14, End: 14 + len(c.text)}) {
			got = append(got, m.Actor.Name)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestMentionTells(t *testing.T) {
	reg := loadRegistry(t)
	for _, c := range []struct {
		words string
		want  Mention
	}{
		{"Gen. Anna Holm", Mention{Title: "general", Gender: "f"}},
		{"an Iraqi official", Mention{Head: "official", Country: "Iraq"}},
		{"Sunni lawmakers", Mention{Head: "lawmakers", Plural: true}},
		{"the Polish defense minister", Mention{Head: "defense minister", Country: "Poland"}},
		{"a spokeswoman for the Iraqi army", Mention{Head: "spokeswoman", Country: "Iraq", Gender: "f"}},
	} {
		body := c.words + " spoke on Monday, and the talks went on for days after that, as planned."
		r := NewResolver(reg, text.New("", body), []string{"Iraq"}, time.Time{}, "", "")
		m := r.Resolve(text.Span{End: len(c.words)})
		m.Actor, m.Span, m.Rule = Actor{}, text.Span{}, ""
		if m != c.want {
			t.Errorf("%q: %+v, want %+v", c.words, m, c.want)
		}
	}
}

func TestOutletIsMedia(t *testing.T) {
	reg := loadRegistry(t)
	body := "Jan Nowak told the Fjord Lantern that he would stay. The Fjord Lantern said so on Monday."
	r := NewResolver(reg, text.New("", body), nil, time.Time{}, "The Fjord Lantern", "")
	at := strings.LastIndex(body, "The Fjord")
	if m := r.Resolve(text.Span{Start: at, End: at + len("The Fjord Lantern")}); m.Actor.Type != Media {
		t.Errorf("the outlet is %+v", m.Actor)
	}
	for _, m := range r.MentionsIn(text.Span{Start: 0, End: len(body)}) {
		if m.Actor.Type == Media {
			t.Errorf("mention of %q", m.Actor.Name)
		}
	}
}

func TestHead(t *testing.T) {
	reg := loadRegistry(t)
	doc := text.New("Wolny Says Troops Stay", "Marek Wolny told reporters that troops would stay. Nobody asked why he thought so.\n\nHe left early, and the reporters wrote it down.")
	if doc.Head == nil {
		t.Fatal("no head")
	}
	h := NewResolver(reg, doc, nil, time.Time{}, "", "").Head()
	if m := h.Resolve(text.Span{Start: 0, End: 5}); m.Actor.Name != "Marek Wolny" {
		t.Errorf("headline's surname -> %q", m.Actor.Name)
	}
}

func TestAuthorActor(t *testing.T) {
	reg := loadRegistry(t)
	doc := text.New("", "A text.")
	for byline, want := range map[string]string{"": ArticleAuthor, " Anna  Holm ": "Anna Holm"} {
		a := NewResolver(reg, doc, nil, time.Time{}, "", byline).AuthorActor()
		if a.Name != want || a.Type != Author || a.ID == "" {
			t.Errorf("byline %q -> %+v", byline, a)
		}
	}
}

func FuzzResolver(f *testing.F) {
	reg := loadRegistry(f)
	f.Add("Gen. Marek Wolny said \"No.\" He and his spokesman, Jan Nowak, left Iraq's parliament.", 5, 40)
	f.Add("Sunni, and Kurdish,, officials of the of the U.S.'s 20 percent of", 0, 70)
	f.Add("A spokesman for", 0, 15)
	f.Add("the two countries' a the 's ’s al- -al Mr. Mr. İ É—", 3, 9)
	f.Fuzz(func(t *testing.T, body string, lo, hi int) {
		r := NewResolver(reg, text.New("", body), []string{"Japan/Okinawa"}, time.Time{}, "", "")
		lo, hi = max(0, min(lo, len(body))), max(0, min(hi, len(body)))
		span := text.Span{Start: min(lo, hi), End: max(lo, hi)}
		r.Resolve(span)
		end := 0
		for _, m := range r.MentionsIn(span) {
			if m.Start < 0 || m.End > len(body) || m.Empty() || m.Actor.Zero() || m.Actor.ID == "" {
				t.Fatalf("mention %+v of %q", m, body)
			}
			if m.Start < end && m.End != end {
				t.Fatalf("mention %+v of %q overlaps the one before", m, body)
			}
			end = m.End
		}
	})
}
