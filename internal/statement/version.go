package statement

// Version numbers the rules of text, topic, actor and statement: a folder
// labelled under another version is not added to.
//
//	1  first rules: quotes, reported clauses, acts of the closed list
//	2  texts printed under a name, transcripts; sources and groups by any
//	   noun; apposed names; polls, viewpoints, adjectives, deeds, light verbs;
//	   where clauses end; larger lexicons
const Version = 2
