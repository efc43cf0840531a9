package statement

// Version numbers the rules of text, topic, actor and statement: a folder
// labelled under another version is not added to.
//
//	1  first rules: quotes, reported clauses, acts of the closed list
const Version = 1
