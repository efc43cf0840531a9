// Package similar tells what was printed before: near copies of articles, and
// the same utterance in other words.
//
// Articles: Sign makes a MinHash signature of a text's word shingles, an Index
// groups signatures that agree. Utterances: short texts are too short for
// shingles; Utterances compares their content words, brought to one form by a
// stemmer and a list of synonyms, after a blocking by rare words.
//
//	var x similar.Index
//	x.Add("a_1", similar.Sign(body1))
//	x.Add("a_2", similar.Sign(body2))
//	x.Groups() // ["a_1" "a_1"] if they are near copies
//
// A group is named by its smallest member, so that names depend neither on the
// order of adding nor on anything but the members. Package similar drops
// nothing and doesn't say which copy came first.
package similar
