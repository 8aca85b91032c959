// Package text cleans what comes in from forms, files and programs, so that
// everything behind the door is composed Unicode without control characters.
package text

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Clean returns s as it is stored: valid UTF-8, composed (NFC: decomposed letters
// draw wrongly and compare unequal), lines ended by "\n", without control
// characters (PostgreSQL refuses NUL, XML most others) and without the marks that
// turn the direction of the text around them. Space at the ends is cut.
func Clean(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	// Composed last: a mark may have stood behind a control character.
	return strings.TrimSpace(norm.NFC.String(strings.Map(keep, s)))
}

// Line is Clean for a field of one line: breaks and tabs become spaces, runs of
// space become one.
func Line(s string) string { return strings.Join(strings.Fields(Clean(s)), " ") }

func keep(r rune) rune {
	switch {
	case r == '\n' || r == '\t':
		return r
	case r == '\r' || r == '\u2028' || r == '\u2029' || r == '\u0085':
		return '\n'
	case unicode.IsControl(r), r >= '\u202A' && r <= '\u202E', r >= '\u2066' && r <= '\u2069', r == '\uFEFF', r >= '\uFFF9' && r <= '\uFFFB', r == '\uFFFE', r == '\uFFFF':
		return -1
	}
	return r
}

// Lines returns the lines of a text that say something, without the space around them.
func Lines(s string) []string {
	var out []string
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// Short returns s cut to the given number of letters, the last of them "…" where something
// was left out.
func Short(s string, letters int) string {
	r := []rune(s)
	if len(r) <= letters {
		return s
	}
	return string(r[:letters-1]) + "…"
}

// Joined puts the texts that are not empty in one line: "Bí thư · Chi bộ 3".
func Joined(texts ...string) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(texts), func(s string) bool { return s == "" }), " · ")
}

// Mailable reports whether s looks like an address of mail; whether it is one only a letter
// can tell.
func Mailable(s string) bool { return strings.Count(s, "@") == 1 && !strings.ContainsAny(s, " <>,;") }
