package labels

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
)

const goodLine = `{"id":"u1","article_id":"a_1","start_byte":3,"end_byte":8,"text":"stays","segments":[[3,5],[6,8]],"kind":"direct","speaker":null,"actor":"Hana Park","holder":"Hana Park","reported_by":null,"voice":null,"host_country":"Iraq","stance":"favor","stance_strength":2,"sentiment":"neutral","certain":0.8}`

func TestReadJSONL(t *testing.T) {
	units, err := Read(strings.NewReader("\ufeff"+goodLine+"\n\n"+goodLine), "gold.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	if len(units) != 2 || units[0].Holder != "Hana Park" || units[0].Certain != 0.8 || len(units[0].Segments) != 2 {
		t.Errorf("units %+v", units)
	}
}

func TestReadNamesTheLine(t *testing.T) {
	for _, c := range []struct{ name, from, to, want string }{
		{"stance", `"favor"`, `"favour"`, `gold.jsonl:2: stance "favour" is not one of favor, against, mixed, neutral, unrelated`},
		{"sentiment", `"neutral"`, `"good"`, `gold.jsonl:2: sentiment "good"`},
		{"kind", `"direct"`, `"quote"`, `gold.jsonl:2: kind "quote"`},
		{"strength", `strength":2`, `strength":-2`, `gold.jsonl:2: stance_strength -2 does not go with stance "favor" (1 to 2)`},
		{"span", `"end_byte":8`, `"end_byte":2`, `gold.jsonl:2: span bytes 3-2 are out of order`},
		{"segments", `[6,8]`, `[4,8]`, `gold.jsonl:2: segments`},
		{"certain", `0.8`, `8`, `gold.jsonl:2: certain 8`},
		{"type", `"start_byte":3`, `"start_byte":"x"`, `gold.jsonl:2: json`},
		{"swap", `"id":"u1"`, `"swap":[[1]]`, `gold.jsonl:2: swap [1] is not`},
	} {
		_, err := Read(strings.NewReader(goodLine+"\n"+strings.Replace(goodLine, c.from, c.to, 1)), "gold.jsonl")
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v, not %s", c.name, err, c.want)
		}
	}
}

func TestReadTables(t *testing.T) {
	want := Unit{ArticleID: "a_1", StartByte: 10, EndByte: 16, Text: "“ok” …", Kind: "direct", Holder: "Marek Wolny", Actor: "Marek Wolny",
		HostCountry: "Poland", Stance: "against", StanceStrength: -1, Sentiment: "negative", Certain: 1, IsHeadline: true, Segments: [][2]int{{10, 18}, {19, 22}}}
	want.EndByte = 22
	for name, b := range map[string]string{
		"csv": "article_id,start_byte,end_byte,start_char,text,segments,kind,holder,actor,voice,host_country,stance,stance_strength,sentiment,is_headline,extra\n" +
			"a_1,10,22,8,“ok” …,8-12;13-14,direct,Marek Wolny,Marek Wolny,none,Poland,against,-1,negative,TRUE,x\n",
		"semicolons": "article_id;start_byte;end_byte;start_char;text;segments;kind;holder;actor;host_country;stance;stance_strength;sentiment;is_headline\n" +
			"a_1;10;22;8;“ok” …;\"8-12;13-14\";direct;Marek Wolny;Marek Wolny;Poland;against;-1;negative;true\n",
	} {
		units, err := Read(strings.NewReader(b), name)
		if err != nil || len(units) != 1 {
			t.Errorf("%s: %v %v", name, units, err)
			continue
		}
		if !reflect.DeepEqual(units[0], want) {
			t.Errorf("%s:\n%+v, not\n%+v", name, units[0], want)
		}
	}
	_, err := Read(strings.NewReader("article_id,stance,sentiment\na_1,favor,neutral\n"), "x.csv")
	if err == nil || !strings.HasPrefix(err.Error(), "x.csv:2: stance_strength 0 does not go") {
		t.Errorf("a row without strength: %v", err)
	}
	if _, err := Read(strings.NewReader("no table at all\n"), "x.txt"); err == nil {
		t.Error("prose was read as units")
	}
}

func TestReadParquet(t *testing.T) {
	type row struct {
		ArticleID string  `parquet:"article_id,dict"`
		Start     int32   `parquet:"start_byte"`
		End       int32   `parquet:"end_byte"`
		Holder    string  `parquet:"holder"`
		Stance    string  `parquet:"stance"`
		Strength  int32   `parquet:"stance_strength"`
		Sentiment string  `parquet:"sentiment"`
		Headline  bool    `parquet:"is_headline"`
		Certain   float64 `parquet:"certain"`
		Note      *string `parquet:"note,optional"`
	}
	var b bytes.Buffer
	if err := parquet.Write(&b, []row{{"a_1", 1, 5, "Hana Park", "mixed", -1, "positive", true, 0.9, nil}}); err != nil {
		t.Fatal(err)
	}
	units, err := Read(bytes.NewReader(b.Bytes()), "x.parquet")
	if err != nil || len(units) != 1 {
		t.Fatal(units, err)
	}
	if u := units[0]; u.Holder != "Hana Park" || u.StanceStrength != -1 || !u.IsHeadline || u.Certain != 0.9 {
		t.Errorf("%+v", u)
	}
	for n := range b.Len() {
		if _, err := Read(bytes.NewReader(b.Bytes()[:n]), "x.parquet"); n > 4 && err == nil {
			t.Errorf("the first %d of %d bytes were read", n, b.Len())
		}
	}
}

func TestWriteReadsBack(t *testing.T) {
	units, err := Read(strings.NewReader(goodLine), "gold.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	units[0].Swap = []Swap{{1, 3, "Novak"}}
	var first, second bytes.Buffer
	if err := WriteJSONL(&first, units); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(first.String(), `"segments":[[3,5],[6,8]]`) || !strings.Contains(first.String(), `"swap":[[1,3,"Novak"]]`) {
		t.Errorf("printed as %s", first.String())
	}
	again, err := Read(bytes.NewReader(first.Bytes()), "again")
	if err != nil || !reflect.DeepEqual(again, units) {
		t.Errorf("%+v %v", again, err)
	}
	if err := WriteJSONL(&second, again); err != nil || first.String() != second.String() {
		t.Error("written twice, not the same")
	}
}

func TestMerge(t *testing.T) {
	unit := func(holder string, start, end int, stance string) Unit {
		return Unit{ArticleID: "a_1", Holder: holder, HostCountry: "Iraq", StartByte: start, EndByte: end, Stance: stance}
	}
	old := []Unit{unit("Park", 0, 10, "favor"), unit("Wolny", 0, 10, "favor"), unit("Park", 20, 30, "favor")}
	newer := []Unit{unit("Park", 1, 10, "against"), unit("Park", 26, 40, "mixed"), unit("Park", 0, 10, "neutral")}
	newer[2].HostCountry = "Syria"
	var got []string
	for _, u := range Merge(old, newer) {
		got = append(got, u.Stance)
	}
	if want := []string{"against", "favor", "favor", "mixed", "neutral"}; !reflect.DeepEqual(got, want) {
		t.Errorf("%v, not %v", got, want)
	}
	if old[0].Stance != "favor" {
		t.Error("the older labels were changed")
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(goodLine))
	f.Add([]byte("article_id,stance,sentiment,segments\na,favor,neutral,1-2\n"))
	f.Add([]byte(`{"stance":"none","segments":"1-2;3-9","text":"aé"}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		if bytes.HasPrefix(b, []byte("PAR1")) {
			t.Skip("the library asks for the memory that a broken file claims")
		}
		units, err := Read(bytes.NewReader(b), "fuzz")
		if err != nil {
			return
		}
		var out bytes.Buffer
		if err := WriteJSONL(&out, units); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(&out, "again"); err != nil {
			t.Errorf("what was written cannot be read: %v", err)
		}
	})
}
