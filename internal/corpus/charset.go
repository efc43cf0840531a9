package corpus

import (
	"errors"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// What decodeText refuses.
var (
	errNUL     = errors.New("NUL bytes")
	errControl = errors.New("too many control characters")
)

// controlShare is the share of control characters from which data is no
// text: in random bytes it is 10 %, in old wire copy with escapes under 1 %.
const controlShare = 0.02

// decodeText is data as a string: UTF-8 as it is, byte for byte; UTF-16 where
// a mark says so; everything else as windows-1252, which contains latin-1.
func decodeText(data []byte) (string, error) {
	text := string(data)
	if hasPrefix(data, "\xff\xfe") || hasPrefix(data, "\xfe\xff") {
		decoded, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().String(text)
		if err != nil {
			return "", err
		}
		text = decoded
	}
	return validUTF8(text), checkText(text)
}

// validUTF8 is s, from windows-1252 where it is not UTF-8.
func validUTF8(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	text, err := charmap.Windows1252.NewDecoder().String(s)
	if err != nil {
		return ""
	}
	return text
}

// checkText refuses binary data.
func checkText(text string) error {
	if strings.IndexByte(text, 0) >= 0 {
		return errNUL
	}
	control := 0
	for i := range len(text) {
		if c := text[i]; c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' || c == 0x7f {
			control++
		}
	}
	if float64(control) > controlShare*float64(len(text)) {
		return errControl
	}
	return nil
}

// decodePage is the bytes of an HTML page as UTF-8, after its mark, its meta
// tag, or failing these its bytes.
func decodePage(page []byte) ([]byte, error) {
	enc, _, certain := charset.DetermineEncoding(page[:min(len(page), 1024)], "")
	if !certain && utf8.Valid(page) {
		return page, nil
	}
	return enc.NewDecoder().Bytes(page)
}
