package table

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"
)

// croissantFile describes the tables in the Croissant format: what catalogues
// and loaders of data sets read.
const croissantFile = "../../docs/croissant.json"

// TestCroissant holds the description to the columns, and its words to
// docs/schema.md. STANDPOINT_UPDATE=1 writes it again.
func TestCroissant(t *testing.T) {
	page, err := os.ReadFile("../../docs/schema.md")
	must(t, err)
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	must(t, enc.Encode(croissant(t, string(page))))
	if os.Getenv("STANDPOINT_UPDATE") != "" {
		must(t, os.WriteFile(croissantFile, b.Bytes(), 0o666))
	}
	got, err := os.ReadFile(croissantFile)
	must(t, err)
	if !bytes.Equal(got, b.Bytes()) {
		t.Error("docs/croissant.json is not what the columns say: STANDPOINT_UPDATE=1 go test -run TestCroissant ./internal/table")
	}
}

type object = map[string]any

// croissant describes an output folder; the description lies inside it.
func croissant(t *testing.T, page string) object {
	var sets, records []object
	for _, e := range []struct {
		name, glob string
		row        reflect.Type
	}{
		{"statements", "statements/*.parquet", reflect.TypeFor[Statement]()}, {"articles", "articles/*.parquet", reflect.TypeFor[Article]()},
		{"actors", "actors.parquet", reflect.TypeFor[Actor]()}, {"positions", "positions.parquet", reflect.TypeFor[Position]()},
		{"series", "series.parquet", reflect.TypeFor[Series]()}, {"links", "links.parquet", reflect.TypeFor[Link]()},
	} {
		about, meaning := section(page, e.name)
		sets = append(sets, object{"@type": "cr:FileSet", "@id": e.name + "-files", "name": e.name + "-files", "encodingFormat": "application/x-parquet", "includes": e.glob})
		cols, err := columnsOf(e.row, nil)
		must(t, err)
		var fields []object
		for _, c := range cols {
			fields = append(fields, croissantField(e.name, c, meaning[c.name]))
		}
		records = append(records, object{"@type": "cr:RecordSet", "@id": e.name, "name": e.name, "description": about, "field": fields})
	}
	return object{
		"@context": object{
			"@language": "en", "@vocab": "https://schema.org/", "sc": "https://schema.org/", "cr": "http://mlcommons.org/croissant/", "dct": "http://purl.org/dc/terms/",
			"conformsTo": "dct:conformsTo", "recordSet": "cr:recordSet", "field": "cr:field", "source": "cr:source", "fileSet": "cr:fileSet", "extract": "cr:extract", "column": "cr:column",
			"includes": "cr:includes", "repeated": "cr:repeated", "dataType": object{"@id": "cr:dataType", "@type": "@vocab"},
		},
		"@type": "sc:Dataset", "name": "standpoint-tables", "conformsTo": "http://mlcommons.org/croissant/1.0", "version": SchemaVersion + ".0.0",
		"description":  "Who stands where on US troop presence in which country: the tables of one output folder of classify. Put this file into the folder.",
		"distribution": sets, "recordSet": records,
	}
}

func croissantField(table string, c column, meaning string) object {
	types := map[form]string{textForm: "sc:Text", listForm: "sc:Text", intForm: "sc:Integer", realForm: "sc:Float", boolForm: "sc:Boolean", instantForm: "sc:DateTime", dayForm: "sc:Date"}
	if c.enum != nil {
		meaning += ". One of: " + strings.Join(c.enum, ", ")
	}
	f := object{
		"@type": "cr:Field", "@id": table + "/" + c.name, "name": c.name, "description": meaning, "dataType": types[c.form],
		"source": object{"fileSet": object{"@id": table + "-files"}, "extract": object{"column": c.name}},
	}
	if c.form == listForm {
		f["repeated"] = true
	}
	return f
}

// section is a table's first paragraph in docs/schema.md, and the meaning of
// each of its columns.
func section(page, name string) (about string, meaning map[string]string) {
	_, rest, _ := strings.Cut(page, "\n## "+name+"\n")
	text, _, _ := strings.Cut(rest, "\n## ")
	about, _, _ = strings.Cut(strings.TrimSpace(text), "\n\n")
	meaning = map[string]string{}
	for _, cells := range tableRows(text) {
		meaning[cells[0]] = cells[3]
	}
	return about, meaning
}
