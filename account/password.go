package account

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"chibo/kit/search"
	"chibo/kit/when"
)

// Lengths of passwords, in letters.
const (
	shortest     = 8
	shortestLead = 12 // secretaries, clerks, administrators
	longest      = 128
	pinLength    = 6
)

// Facts are what others know of a person: no password, no PIN.
type Facts struct {
	FullName, SignName string
	Units              []string // names of the units the person belongs to
	Phone              string
	BornOn             when.Date
	Leads              bool // the password must be longer
}

// composed returns a secret in the one form in which it is hashed and compared:
// composed Unicode, as keyboards differ in how they write "ộ". Nothing else is
// changed: spaces at the ends count.
func composed(secret string) string { return norm.NFC.String(secret) }

// problemOfPassword returns the key of what is wrong with a new password, or
// nothing. There are no rules about kinds of letters: length and not being guessed
// are what counts.
func problemOfPassword(password string, f Facts) string {
	password = composed(password)
	n := utf8.RuneCountInString(password)
	switch {
	case f.Leads && n < shortestLead:
		return "account.problem.short_lead"
	case n < shortest:
		return "account.problem.short"
	case n > longest:
		return "account.problem.long"
	case guessable(password, f):
		return "account.problem.weak"
	}
	return ""
}

// problemOfPIN returns the key of what is wrong with a new PIN, or nothing.
func problemOfPIN(pin string, f Facts) string {
	if !isPIN(pin) {
		return "account.problem.pin"
	}
	if slices.Contains(dates(f.BornOn), pin) || slices.Contains(weakPINs, pin) ||
		strings.HasSuffix(f.Phone, pin) || variety(pin) < 3 || isRun(pin) {
		return "account.problem.pin_weak"
	}
	return ""
}

func isPIN(s string) bool {
	return len(s) == pinLength && strings.Trim(s, "0123456789") == ""
}

// weakPINs are days that everybody in the Party knows: its founding and three
// national days.
var weakPINs = []string{"030230", "030219", "020945", "300475", "190590", "070554", "123321", "112233", "121212"}

// mustRemain is how many letters of a password must be left when all that others
// could guess is taken out.
const mustRemain = 4

// guessable reports whether hardly anything of the password is left when common
// words, years, runs and what others know of the person are taken out of it.
func guessable(password string, f Facts) bool {
	rest := plain(password)
	if rest == "" {
		// Only signs or letters of no alphabet: judge it by its variety alone.
		return variety(password) < mustRemain
	}
	if variety(rest) < 4 {
		return true
	}
	for _, word := range known(f) {
		rest = strings.ReplaceAll(rest, word, " ")
	}
	for _, word := range weakWords {
		rest = strings.ReplaceAll(rest, word, " ")
	}
	left := 0
	for piece := range strings.FieldsSeq(rest) {
		left += remaining(piece)
	}
	return left < mustRemain
}

// remaining counts what is hard to guess in a piece of a password: a run such as
// 1234, a year or a short number are not.
func remaining(piece string) int {
	if strings.Trim(piece, "0123456789") == "" && len(piece) <= 4 {
		return 0
	}
	if isRun(piece) || variety(piece) == 1 {
		return 0
	}
	return utf8.RuneCountInString(piece)
}

// plain returns the letters and digits of s without accents, case and spaces.
func plain(s string) string { return SignName(s, 0) }

// known lists what others know of a person, in plain form, the longest first.
func known(f Facts) []string {
	words := append([]string{plain(f.FullName), f.SignName, plain(f.Phone)}, dates(f.BornOn)...)
	for _, u := range f.Units {
		words = append(words, plain(u))
	}
	for _, name := range strings.Fields(search.Fold(f.FullName)) {
		words = append(words, plain(name))
	}
	words = slices.DeleteFunc(words, func(w string) bool { return utf8.RuneCountInString(w) < 2 })
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
	return words
}

// dates lists the ways in which people type a day.
func dates(d when.Date) []string {
	if d.IsZero() {
		return nil
	}
	iso := d.String() // 1985-02-03
	y, m, day := iso[:4], iso[5:7], iso[8:]
	return []string{day + m + y, y + m + day, day + m + y[2:], y[2:] + m + day, m + y, day + m, y}
}

// variety counts the different letters of s.
func variety(s string) int {
	seen := map[rune]bool{}
	for _, r := range s {
		seen[r] = true
	}
	return len(seen)
}

// isRun reports whether the letters of s follow each other up or down: 45678, fedcba.
func isRun(s string) bool {
	runes := []rune(s)
	if len(runes) < 3 {
		return false
	}
	step := runes[1] - runes[0]
	if step != 1 && step != -1 {
		return false
	}
	for i := 2; i < len(runes); i++ {
		if runes[i]-runes[i-1] != step {
			return false
		}
	}
	return true
}

//go:embed weak.txt
var weakText string

// weakWords are the words that people here make passwords of, in plain form, the
// longest first.
var weakWords = readWords(weakText)

func readWords(text string) []string {
	words := strings.FieldsFunc(text, unicode.IsSpace)
	slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) })
	return words
}
