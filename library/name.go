package library

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"chibo/kit/text"
)

// maxName is the longest name in bytes that every file system takes, with room
// for the marks that browsers add to copies.
const maxName = 150

// reserved are names that Windows gives to devices; a file of that name cannot be
// opened there.
var reserved = text.Pattern(`(?i)^(con|prn|aux|nul|com\d|lpt\d)$`)

// hidden finds an ending inside a name, as in "bang.exe.pdf", that some desktops
// show as the only one.
var hidden = text.Pattern(`\.([A-Za-z]{2,5})$`)

// cleanName returns the name as it is shown and saved under: composed, without
// folders, control and direction marks, with the ending of the type.
func cleanName(name string, t Type) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = norm.NFC.String(strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		case strings.ContainsRune(`<>:"|?*`, r), unicode.IsSpace(r):
			return ' '
		}
		return r
	}, name))
	name = strings.TrimRight(name, ". ")
	stem := strings.TrimSuffix(name, path.Ext(name))
	stem = hidden().ReplaceAllString(strings.Join(strings.Fields(stem), " "), "_$1")
	stem = strings.Trim(stem, ". ")
	if stem == "" || reserved().MatchString(stem) {
		stem = strings.TrimSpace("tai-lieu " + stem)
	}
	ending := "." + string(t)
	return cut(stem, maxName-len(ending)) + ending
}

// cut shortens s to at most n bytes without breaking a letter.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return strings.TrimRight(s[:n], ". ")
}
