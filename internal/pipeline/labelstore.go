package pipeline

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"slices"

	"standpoint/internal/labels"
	"standpoint/internal/table"
	"standpoint/internal/text"
)

// storedLabels is a person's labels that the folder keeps.
func (f *folder) storedLabels() ([]labels.Unit, error) {
	path := f.join(labelsFile)
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return labels.Read(bytes.NewReader(b), path)
}

// takeLabels is the folder's labels with the new ones over them. A new label
// is about the row that it matches today: if that row is an older label's, the
// older one goes, whatever holder it named.
func (n *night) takeLabels() ([]labels.Unit, error) {
	stored, err := n.f.storedLabels()
	if err != nil || len(n.opt.Labels) == 0 {
		return stored, err
	}
	newer := map[string][]*labels.Unit{}
	for i := range n.opt.Labels {
		u := &n.opt.Labels[i]
		newer[u.ArticleID] = append(newer[u.ArticleID], u)
	}
	parts, err := n.f.parts()
	if err != nil {
		return nil, err
	}
	for _, name := range parts {
		rows, err := n.touchedRows(name, newer)
		if err != nil {
			return nil, err
		}
		for id := range rows {
			stored = n.supersede(stored, id, newer[id], rows[id])
		}
	}
	stored = slices.DeleteFunc(stored, func(u labels.Unit) bool {
		return u.Stance == labels.NoStatement && slices.ContainsFunc(newer[u.ArticleID], func(o *labels.Unit) bool { return sameSpan(u, *o) })
	})
	return labels.Merge(stored, n.opt.Labels), nil
}

// touchedRows is the rows of a part whose articles have new labels.
func (n *night) touchedRows(name string, newer map[string][]*labels.Unit) (map[string][]table.Statement, error) {
	ids, err := table.ReadArticleIDs(n.f.join(articlesDir, name))
	if err != nil {
		return nil, err
	}
	rows := map[string][]table.Statement{}
	if !slices.ContainsFunc(ids, func(id string) bool { return len(newer[id]) > 0 }) {
		return rows, nil
	}
	for r, err := range table.Rows[table.Statement](n.f.join(statementsDir, name), "article_id", "field", "start_byte", "end_byte", "host_country", "holder_id", "label_source", "row_id") {
		if err != nil {
			return nil, err
		}
		if len(newer[r.ArticleID]) > 0 {
			rows[r.ArticleID] = append(rows[r.ArticleID], r)
		}
	}
	return rows, nil
}

// supersede removes from stored those labels of an article whose rows newer
// ones match; a newer one then names the row that was found in the text, as
// the older one did. Of the newer ones, it notes those that say "no statement"
// of nothing.
func (n *night) supersede(stored []labels.Unit, id string, newer []*labels.Unit, rows []table.Statement) []labels.Unit {
	places := make([]place, len(rows))
	for i, r := range rows {
		places[i] = place{text.Span{Start: int(r.StartByte), End: int(r.EndByte)}, r.Field, r.HostCountry, r.HolderID, r.RowID}
	}
	canonical := n.opt.Registry.Canonical
	matched := matchUnits(valuesOf(newer), places, canonical)
	for i, u := range newer {
		k, found := matched[i]
		over := []int{k}
		if u.Stance == labels.NoStatement {
			if over = removedBy(u, k, found, places); len(over) == 0 && len(rows) > 0 && !denied(stored, *u) {
				n.idle = append(n.idle, *u)
			}
		} else if !found {
			continue
		}
		for _, k := range over {
			stored = slices.DeleteFunc(stored, func(old labels.Unit) bool {
				gone := old.ArticleID == id && rows[k].LabelSource == "human" && overlaps(&old, places[k]) == 1 && canonical(old.Holder).ID == places[k].holderID
				if gone {
					u.ID = old.ID
				}
				return gone
			})
		}
	}
	return stored
}

// denied reports whether stored labels deny the same already.
func denied(stored []labels.Unit, u labels.Unit) bool {
	return slices.ContainsFunc(stored, func(o labels.Unit) bool {
		return o.Stance == labels.NoStatement && o.ArticleID == u.ArticleID && o.Holder == u.Holder && sameSpan(o, u)
	})
}

func valuesOf(units []*labels.Unit) []labels.Unit {
	out := make([]labels.Unit, len(units))
	for i, u := range units {
		out[i] = *u
	}
	return out
}

// sameSpan reports whether two labels are about one span and host country.
func sameSpan(a, b labels.Unit) bool {
	p := place{text.Span{Start: b.StartByte, End: b.EndByte}, b.Field, b.HostCountry, "", ""}
	if p.field == "" {
		p.field = text.FieldBody
	}
	return overlaps(&a, p) > 0
}

// writeLabels writes units to path, a file in the work folder.
func writeLabels(path string, units []labels.Unit) error {
	var b bytes.Buffer
	if err := labels.WriteJSONL(&b, units); err != nil {
		return err
	}
	return writeWhole(path, b.Bytes())
}
