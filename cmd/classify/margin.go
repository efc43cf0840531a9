package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"standpoint/internal/pipeline"
	"standpoint/internal/statement"
	"standpoint/internal/text"
)

// explainArticle prints an article with what was read of it in the margin.
func (c console) explainArticle(ctx context.Context, out, id string, s pipeline.Settings) (int, error) {
	r, err := pipeline.ReadAgain(out, id, s)
	if errors.Is(err, pipeline.ErrNoArticle) {
		err = usagef("article_id is a column of the articles table; off topic, it is kept without its text", "%s", err)
	}
	if err != nil {
		return fail(ctx, err)
	}
	printReading(c.out, r)
	return exitDone, nil
}

// classNames are the names of text's classes of lines.
var classNames = map[text.Class]string{text.Headline: "headline", text.Subhead: "subhead", text.Crosshead: "crosshead", text.Bullet: "bullet", text.Boilerplate: "boilerplate"}

func printReading(w io.Writer, r *pipeline.Reading) {
	fmt.Fprintf(w, "%s  %s  %s\n%s  hosts: %s\n", r.Article.ArticleID, r.Article.Input, r.Article.Title, r.Doc.Genre, strings.Join(r.Topic.Hosts, ", "))
	if r.Doc.Author != "" {
		fmt.Fprintln(w, "author:", r.Doc.Author)
	}
	for _, s := range r.Statements {
		if s.Field == text.FieldTitle {
			printStatement(w, r.Doc.Title, s)
		}
	}
	hosts := map[int]string{}
	for _, p := range r.Topic.Passages {
		hosts[p.Paragraph] = strings.Join(p.Hosts, ", ")
	}
	for i, p := range r.Doc.Paragraphs {
		fmt.Fprintf(w, "\n%6d %-11s %s\n       %s\n", p.Start, classNames[p.Class], hosts[i], oneLine(p.In(r.Doc.Body)))
		printMentions(w, r, p.Span)
		for _, s := range r.Statements {
			if s.Field == text.FieldBody && s.Paragraph == i {
				printStatement(w, r.Doc.Body, s)
			}
		}
	}
}

// printMentions lists who is mentioned in a paragraph, by which rule.
func printMentions(w io.Writer, r *pipeline.Reading, in text.Span) {
	var list []string
	for _, m := range r.Mentions {
		if in.Contains(m.Span) {
			list = append(list, fmt.Sprintf("%s = %s (%s)", oneLine(m.In(r.Doc.Body)), m.Actor.Name, m.Rule))
		}
	}
	if len(list) > 0 {
		fmt.Fprintln(w, "       who:", strings.Join(list, "; "))
	}
}

func printStatement(w io.Writer, body string, s statement.Statement) {
	whose := s.Holder.Name
	if s.ReportedBy.Name != "" {
		whose += ", by " + s.ReportedBy.Name
	}
	fmt.Fprintf(w, "       * %s, %s %.2f, %s: %s\n", s.Kind, s.Rule, s.Score, whose, oneLine(s.In(body)))
}
