package labels

import (
	"strings"
	"testing"
)

func TestReadMentions(t *testing.T) {
	bodies := map[string]string{"a_1": "Ana Park met him.\nShare this"}
	const good = `{"article_id":"a_1","entities":[{"id":1,"name":"Ana Park","type":"person"},{"id":2,"name":"Marek Wolny","type":"person"}],` +
		`"mentions":[{"start_byte":0,"end_byte":8,"text":"Ana Park","entities":[1],"how":"full"},{"start_byte":13,"end_byte":16,"text":"him","entities":[2],"how":"pronoun"}],` +
		`"lines":[{"start_byte":18,"end_byte":28,"kind":"share"}]}`
	list, err := ReadMentions(strings.NewReader(good+"\n\n"), "m.jsonl", bodies)
	if err != nil || len(list) != 1 || list[0].Mentions[1].Entities[0] != 2 || list[0].Lines[0].Kind != "share" {
		t.Fatal(list, err)
	}
	for _, c := range []struct{ old, new, complaint string }{
		{`"a_1"`, `"a_2"`, "no article a_2"},
		{`"id":2`, `"id":3`, "entity 2"},
		{`"end_byte":16`, `"end_byte":17`, `the body has "him."`},
		{`"start_byte":13`, `"start_byte":3`, "overlaps"},
		{`"entities":[2]`, `"entities":[5]`, "entity 5 of 2"},
		{`"entities":[2]`, `"entities":[]`, "nobody"},
		{`"pronoun"`, `"noun"`, "not one of"},
		{`"share"`, `"sharing"`, "no kind"},
		{`"end_byte":28`, `"end_byte":29`, "leaves the body"},
		{`{"article`, `"article`, "m.jsonl:1"},
	} {
		_, err := ReadMentions(strings.NewReader(strings.Replace(good, c.old, c.new, 1)), "m.jsonl", bodies)
		if err == nil || !strings.Contains(err.Error(), c.complaint) {
			t.Errorf("%s for %s: %v", c.new, c.old, err)
		}
	}
}
