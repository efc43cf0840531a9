package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"standpoint/internal/similar"
	"standpoint/internal/text"
)

// Identities depend on what is identified alone: never on path, night, order,
// run or model.

// statementID identifies a span of a field of an article.
func statementID(articleID, field string, s text.Span) string {
	return "s_" + hash(articleID, field, fmt.Sprint(s.Start), fmt.Sprint(s.End))
}

// rowID identifies a statement for one holder and host country.
func rowID(statementID, holderID, host string) string {
	return "r_" + hash(statementID, holderID, host)
}

// utteranceID identifies words of a holder, wherever they are printed.
func utteranceID(holderID, quote string) string {
	return "u_" + hash(holderID, similar.Normalise(quote))
}

// hash is 16 hex digits of SHA-256 over the parts.
func hash(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:8])
}
