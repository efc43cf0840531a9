// Package table keeps the output folder's rows as Parquet: statements,
// articles, actors, positions, series and links.
//
// A row is a Go struct whose fields are the columns in the contract's order;
// the struct alone decides the Parquet schema, the Arrow schema that readers
// of data frames look for, writing and reading. The flow: a struct's fields
// become columns (columnsOf), columns become both schemas (schema.go,
// arrow.go), and rows pass through the columns value by value (write.go,
// read.go). Before a file is decoded its bytes are checked (check.go).
//
//	err := table.WriteStatements(".work/statements-part-00000.parquet", rows, meta)
//	for row, err := range table.Rows[table.Statement](path, "stance", "quote") {
//		...
//	}
//
// docs/schema.md says what each column means. Package table computes no
// column, knows no folder layout, and imports no other package of the
// project; package pipeline tests that the lists of values agree.
package table

// SchemaVersion is the version of the columns. Versions only add columns: a
// file of an earlier version reads with zero values in the columns it lacks.
//
//	1  first columns
const SchemaVersion = "1"

// Meta is what a file says of itself, as Parquet key-value metadata.
type Meta struct {
	SchemaVersion  string   // of the file read; a file is always written under SchemaVersion
	Settings       string   // the settings of the run in one canonical form
	SettingsDigest string   // their digest
	ArticlesDigest string   // digest of the part's articles; "" in run-wide tables
	NumericPath    string   // the kernels that computed the numbers, such as "avx512"
	Kept           []string // names of the input columns kept in articles, without "in_"
}

// A Row is a row of one of the tables.
type Row interface {
	Statement | Article | Actor | Position | Series | Link
}

// keptPrefix marks the input columns kept in articles.
const keptPrefix = "in_"
