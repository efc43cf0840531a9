package table

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// TestSchemaPage holds docs/schema.md to the columns: names, order, types,
// which can be null, and the values of the enums.
func TestSchemaPage(t *testing.T) {
	b, err := os.ReadFile("../../docs/schema.md")
	if err != nil {
		t.Fatal(err)
	}
	intro, rest, _ := strings.Cut(string(b), "\n## ")
	listed := map[string]bool{}
	for _, cells := range tableRows(intro) {
		name := cells[0]
		listed[name] = true
		if want := strings.Join(enums[name], ", "); cells[1] != want {
			t.Errorf("enum %s: %s, want %s", name, cells[1], want)
		}
	}
	for name := range enums {
		if !listed[name] {
			t.Errorf("enum %s is not listed", name)
		}
	}
	tables := map[string]reflect.Type{
		"statements": reflect.TypeFor[Statement](), "articles": reflect.TypeFor[Article](), "actors": reflect.TypeFor[Actor](),
		"positions": reflect.TypeFor[Position](), "series": reflect.TypeFor[Series](), "links": reflect.TypeFor[Link](),
	}
	for _, section := range strings.Split(rest, "\n## ") {
		name, text, _ := strings.Cut(section, "\n")
		if tables[name] == nil {
			t.Errorf("section %q is no table", name)
			continue
		}
		checkSection(t, name, tables[name], tableRows(text))
		delete(tables, name)
	}
	for name := range tables {
		t.Errorf("no section %s", name)
	}
}

func checkSection(t *testing.T, table string, row reflect.Type, rows [][]string) {
	t.Helper()
	var got, want []string
	for _, cells := range rows {
		got = append(got, cells[0]+": "+cells[1])
		if strings.HasPrefix(cells[2], "null") {
			got[len(got)-1] += ", nullable"
		}
	}
	cols, err := columnsOf(row, []string{"*"})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cols {
		want = append(want, c.name+": "+typeName(row, c))
	}
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Fatalf("%s, column %d: the page has %v, the struct %v", table, i, got[min(i, len(got)):], want[min(i, len(want)):])
		}
	}
}

func typeName(row reflect.Type, c column) string {
	name := map[form]string{
		textForm: "string", listForm: "list of string", keptForm: "string", intForm: "int32", realForm: "double",
		boolForm: "boolean", instantForm: "timestamp[us], UTC", dayForm: "timestamp[us], no zone",
	}[c.form]
	if c.enum != nil {
		_, list, _ := strings.Cut(row.Field(c.field).Tag.Get("col"), "enum=")
		name = "enum " + list
	}
	if c.nullable {
		name += ", nullable"
	}
	return name
}

// tableRows is the cells of the tables in a page, without their heads.
func tableRows(page string) [][]string {
	var rows [][]string
	for line := range strings.Lines(page) {
		if !strings.HasPrefix(line, "| ") {
			continue
		}
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		rows = append(rows, cells)
	}
	return slices.DeleteFunc(rows, func(r []string) bool { return r[0] == "column" || r[0] == "enum" })
}
