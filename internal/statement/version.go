package statement

// Version numbers the rules of text, topic, actor and statement: a folder
// labelled under another version is not added to.
//
//	1  first rules: quotes, reported clauses, acts of the closed list
//	2  texts printed under a name, transcripts; sources and groups by any
//	   noun; apposed names; polls, viewpoints, adjectives, deeds, light verbs;
//	   where clauses end; larger lexicons
//	3  layout of turns, posts, pull quotes; answers and requests as passages;
//	   descriptions, jobs and bodies that no list holds; pronouns weighed on
//	   marked passages; second rows for a reporter who judges; headlines with
//	   the body's source; scores from labelled texts
const Version = 3
