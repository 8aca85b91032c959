package account

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"chibo/kit/web/assets"
	"chibo/kit/when"
)

// Lengths of passwords, in letters.
const (
	shortest     = 8
	shortestLead = 12 // whoever holds an office
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
	case tried(password):
		return "account.problem.tried"
	case guessable(password, f):
		return "account.problem.weak"
	}
	return ""
}

// tried reports whether a password is one of those that programs try first, however it is
// written: large or small, with accents or without, twice over, with digits and signs before
// and after.
func tried(password string) bool {
	text := once(plain(password))
	core := strings.TrimFunc(once(strings.ToLower(password)), func(r rune) bool { return !unicode.IsLetter(r) })
	for _, s := range []string{strings.ToLower(password), text, strings.Trim(text, "0123456789"), plain(dressedUp.Replace(core))} {
		if _, found := slices.BinarySearch(leaked(), s); found {
			return true
		}
	}
	return false
}

// dressedUp takes back what people put in the place of letters.
var dressedUp = strings.NewReplacer("@", "a", "$", "s", "0", "o", "3", "e", "1", "i")

// once returns what a text says again and again: "arsenal" of "arsenalarsenal".
func once(s string) string {
	if s == "" {
		return s
	}
	return s[:strings.Index((s + s)[1:], s)+1]
}

// leaked are the passwords that were found most often in leaks, in small letters and in order.
var leaked = sync.OnceValue(func() []string {
	b, err := assets.Read("passwords.list")
	if err != nil {
		panic(err) // a program that serves has looked for its files before
	}
	return strings.Split(string(b), "\n")
})

// problemOfPIN returns the key of what is wrong with a new PIN, or nothing.
func problemOfPIN(pin string, f Facts) string {
	if !isPIN(pin) {
		return "account.problem.pin"
	}
	if slices.Contains(dates(f.BornOn), pin) || slices.Contains(weakPINs, pin) ||
		strings.HasSuffix(f.Phone, pin) || variety(pin) < 3 || run(pin) == pinLength {
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
	text := plain(password)
	if text == "" {
		// Only signs or letters of no alphabet: judge it by its variety alone.
		return variety(password) < mustRemain
	}
	return variety(text) < mustRemain || remaining(once(text), slices.Concat(known(f), weakWords, years)) < mustRemain
}

// years are those that people put into passwords.
var years = func() []string {
	var all []string
	for y := 1900; y <= 2049; y++ {
		all = append(all, strconv.Itoa(y))
	}
	return all
}()

// A number of so many digits is a day, a telephone or an identity number, of which there are not
// many: it is worth no more than a few letters.
const (
	longNumber  = 12
	worthNumber = 3
)

// remaining counts the letters of text that are left by the best way of taking out
// words, runs such as 1234 or aaaa, and numbers. It goes from the end: left[i] is what
// remains of text[i:].
func remaining(text string, words []string) int {
	left := make([]int, len(text)+1)
	for i := len(text) - 1; i >= 0; i-- {
		if !utf8.RuneStart(text[i]) {
			left[i] = left[i+1]
			continue
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		left[i] = left[i+size] + 1
		for _, word := range words {
			if strings.HasPrefix(text[i:], word) {
				left[i] = min(left[i], left[i+len(word)])
			}
		}
		if n := run(text[i:]); n >= 3 {
			left[i] = min(left[i], left[i+n])
		}
		if n := digits(text[i:]); n > 0 && (i == 0 || digits(text[i-1:]) == 0) {
			if n <= 4 {
				left[i] = min(left[i], left[i+n])
			}
			for k := range min(n, longNumber) {
				left[i] = min(left[i], left[i+k+1]+worthNumber)
			}
		}
	}
	return left[0]
}

// run returns how many bytes at the start of s follow each other up or down or are
// alike: 5 in "45678x", 3 in "cbaz".
func run(s string) int {
	if len(s) < 2 || step(s, 1) < -1 || step(s, 1) > 1 {
		return min(len(s), 1)
	}
	n := 2
	for n < len(s) && step(s, n) == step(s, 1) {
		n++
	}
	return n
}

func step(s string, i int) int { return int(s[i]) - int(s[i-1]) }

// digits returns how many digits stand at the start of s.
func digits(s string) int { return len(s) - len(strings.TrimLeft(s, "0123456789")) }

// plain returns the letters and digits of s without accents, case and spaces.
func plain(s string) string { return SignName(s, 0) }

// known lists what others know of a person, in plain form: the parts of names, the
// last words of names and units ("songxanh" of "Đảng bộ phường Sông Xanh"), dates.
func known(f Facts) []string {
	words := append([]string{f.SignName, plain(f.Phone)}, dates(f.BornOn)...)
	for _, name := range append([]string{f.FullName}, f.Units...) {
		parts := strings.Fields(name)
		for i, part := range parts {
			words = append(words, plain(part), plain(strings.Join(parts[i:], "")))
		}
	}
	return slices.DeleteFunc(words, func(w string) bool { return utf8.RuneCountInString(w) < 2 })
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

//go:embed weak.txt
var weakText string

// weakWords are the words that people here make passwords of, in plain form.
var weakWords = strings.Fields(weakText)
