// Package fault holds the one error type the program shows to people.
//
// A fault is a refusal that a person may read: a kind, which decides the HTTP
// status, and a message key of kit/locale. Any other error is a bug or an
// outage: it is logged once with its request id and shown as "internal error".
package fault

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Kind says what class of refusal an error is. Its text is what programs read
// in JSON answers.
type Kind string

// The kinds. Status maps each to its HTTP status.
const (
	Internal  Kind = "internal"
	Invalid   Kind = "invalid"   // what was sent cannot be understood or breaks a rule of its own
	SignIn    Kind = "sign-in"   // nobody is signed in
	Forbidden Kind = "forbidden" // signed in, but this may not be done by this person
	NotFound  Kind = "not-found" // does not exist for this person
	Conflict  Kind = "conflict"  // right in itself, but not in the present state
	TooLarge  Kind = "too-large"
	TooMany   Kind = "too-many" // rate limit; try again later
	Busy      Kind = "busy"     // more at once than the program can take; try again in a moment
)

// status has numbers and not the names of net/http: the package is also compiled
// for browsers, where net/http would be a third of what has to be fetched.
var status = map[Kind]int{
	Internal:  500,
	Invalid:   422,
	SignIn:    401,
	Forbidden: 403,
	NotFound:  404,
	Conflict:  409,
	TooLarge:  413,
	TooMany:   429,
	Busy:      503,
}

// Error is a refusal the person may read.
type Error struct {
	Kind Kind
	// Key names a message in kit/locale.
	Key string
	// Args fill the placeholders of the message.
	Args map[string]any
	// Fields maps a form field to the message key of its problem.
	Fields map[string]string
}

// New returns a refusal of kind k with the message key. args are pairs of
// placeholder name and value.
func New(k Kind, key string, args ...any) error {
	return &Error{Kind: k, Key: key, Args: pairs(args)}
}

// Error describes the refusal for logs; people read the message of Key.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", e.Kind, e.Key)
	for _, f := range slices.Sorted(maps.Keys(e.Fields)) {
		fmt.Fprintf(&b, "; %s: %s", f, e.Fields[f])
	}
	return b.String()
}

// Of returns the Error inside err, or an Internal one that hides it.
func Of(err error) *Error {
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	return &Error{Kind: Internal, Key: "fault.internal"}
}

// Is reports whether err is a refusal of kind k.
func Is(err error, k Kind) bool { return err != nil && Of(err).Kind == k }

// Status returns the HTTP status that answers err.
func Status(err error) int { return status[Of(err).Kind] }

// Check collects the problems of one form. The zero value is ready to use.
type Check struct{ fields map[string]string }

// That records the message key against field unless ok. The first problem of a
// field stays.
func (c *Check) That(ok bool, field, key string) {
	if ok {
		return
	}
	if c.fields == nil {
		c.fields = map[string]string{}
	}
	if _, seen := c.fields[field]; !seen {
		c.fields[field] = key
	}
}

// AtMost records against field that a text has more than most letters. It is counted in
// letters and not in bytes: a Vietnamese one takes up to three.
func (c *Check) AtMost(text string, most int, field string) {
	if utf8.RuneCountInString(text) > most {
		c.That(false, field, TooLong(most))
	}
}

// TooLong is the message key of a text of more than most letters.
func TooLong(most int) string { return "fault.long." + strconv.Itoa(most) }

// Err returns an Invalid error that names the fields, or nil when all is well.
func (c *Check) Err() error {
	if c.fields == nil {
		return nil
	}
	return &Error{Kind: Invalid, Key: "fault.form", Fields: c.fields}
}

func pairs(args []any) map[string]any {
	if len(args) == 0 {
		return nil
	}
	m := make(map[string]any, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		m[args[i].(string)] = args[i+1]
	}
	return m
}
