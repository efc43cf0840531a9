package report

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"strings"

	"standpoint/internal/table"
)

//go:embed page.html page.css js/*.js lib/*.js
var files embed.FS

// Licences is the licences of the libraries inside a page.
//
//go:embed lib/LICENSES.txt
var Licences string // scripts/notices.sh prints them too

// scripts are the page's scripts, in the order they run.
var scripts = []string{"lib/d3.min.js", "lib/plot.min.js", "js/data.js", "js/stats.js", "js/charts.js", "js/statements.js", "js/views.js", "js/main.js"}

// Write writes the page of the finished folder dir. It returns ErrNoFolder
// where none is.
func Write(w io.Writer, dir string, opt Options) error {
	p, err := read(dir, cmp.Or(opt.Rows, DefaultRows))
	if err != nil {
		return err
	}
	return p.write(w, cmp.Or(opt.Title, DefaultTitle))
}

// write renders the page. Everything from the tables goes through the JSON
// encoder, which leaves no <, > or & in it, and into the document by
// textContent alone.
func (p *page) write(w io.Writer, title string) error {
	var data bytes.Buffer
	err := json.NewEncoder(&data).Encode(struct {
		*page
		Enums map[string][]string `json:"enums"`
	}{p, map[string][]string{"side": table.Sides, "stance": table.Stances, "position": table.Positions, "sentiment": table.Sentiments, "kind": table.Kinds}})
	if err != nil {
		return err
	}
	var code []template.JS
	var allowed []string
	for _, name := range scripts {
		source := file(name)
		code = append(code, template.JS(source))
		allowed = append(allowed, "'"+digest(source)+"'")
	}
	t, err := template.New("page").Parse(file("page.html"))
	if err != nil {
		return err
	}
	return t.Execute(w, map[string]any{
		"Title": title, "Style": template.CSS(file("page.css")), "Scripts": code, "Data": template.JS(data.String()),
		"Policy": fmt.Sprintf("default-src 'none'; style-src 'unsafe-inline'; script-src %s; img-src data:; base-uri 'none'; form-action 'none'", strings.Join(allowed, " ")),
	})
}

// file is an embedded file.
func file(name string) string {
	b, err := files.ReadFile(name)
	if err != nil {
		panic(err) // not in the binary: a mistake in this file
	}
	return string(b)
}

// digest names a script in the page's content security policy.
func digest(source string) string {
	sum := sha256.Sum256([]byte(source))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
