// Package pipeline takes articles to rows: it alone knows both wings, reading
// and judging.
//
// The flow of a night (Run): the folder is locked and its state read
// (openFolder); inputs are read in order and decoded by workers (intake); each
// new article joins the next part; a full part is labelled (labelPart) and
// committed; at the end the finishing step (finish) makes everything run-wide
// from the parts alone.
//
// The part, 1,000 consecutive new articles, is the unit of work, of writing
// and of resuming: a pure function of its articles and the Settings. That is
// why a killed night, a second night, any number of workers and any number of
// shards end in the same rows.
//
// Package pipeline reads no flags, prints nothing and ends no process.
package pipeline
