// Package notice tells people things: thông báo.
//
// Every fact that concerns somebody becomes a line of the inbox of that person,
// written in the transaction of the fact. Whoever has left an address of mail
// gets one more line there, "you have a notice", with a link and never with the
// contents, for mail passes through machines of strangers; so does a call of the
// telephone, for whoever has asked for it. The sittings of the
// cell can be followed from the calendar of a phone by an address that each
// person may make and revoke.
//
// Much is told outside any machine: in person, by telephone, on paper. Those
// told so count as told, so each way is a tick that says who was told, how, by
// whom and when.
package notice

import (
	"bytes"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/when"
)

// Message is what is told. The text is made when it is read, in the language of
// the reader, from a key of kit/locale and its placeholders.
type Message struct {
	Root, Organization string
	// Key names the text, Args fill it. Args are kept as JSON: give texts and
	// numbers only.
	Key  string
	Args Args
	// URL is the page of the program that says more: "/meetings/…".
	URL string
	// Subject is the id of what the message is about; opening a message with a
	// subject ticks its reader as told in the app. May be empty.
	Subject string
	// At is the moment of the fact.
	At when.Instant
}

// Args are the placeholders of a message, stored as JSON.
type Args map[string]any

// Value stores the placeholders as text.
func (a Args) Value() (driver.Value, error) {
	if a == nil {
		return "{}", nil
	}
	b, err := json.Marshal(a)
	return string(b), err
}

// Scan reads the placeholders from text; numbers come back as they were
// written.
func (a *Args) Scan(src any) error {
	text, ok := src.(string)
	if !ok {
		return fmt.Errorf("placeholders from %T", src)
	}
	return json.Unmarshal([]byte(text), a)
}

// UnmarshalJSON keeps numbers as they were written, so that a text shows 1200000
// and not 1.2e+06.
func (a *Args) UnmarshalJSON(b []byte) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	var m map[string]any
	if err := d.Decode(&m); err != nil {
		return err
	}
	*a = m
	return nil
}

// Check says why a message cannot be told: these are mistakes of the program.
func (m Message) Check() error {
	switch {
	case m.Root == "" || m.Organization == "" || m.Key == "":
		return fault.New(fault.Invalid, "notice.problem.message")
	case m.At.IsZero():
		return fault.New(fault.Invalid, "notice.problem.message")
	case !strings.HasPrefix(m.URL, "/") || strings.HasPrefix(m.URL, "//") || strings.Contains(m.URL, `\`):
		return fault.New(fault.Invalid, "notice.problem.message")
	}
	return nil
}

// Notice is a message in the inbox of one member.
type Notice struct {
	Root         string `db:"root_id"`
	ID           string
	Organization string `db:"organization_id"`
	Member       string `db:"member_id"`
	Key          string `db:"message_key"`
	Args         Args
	URL, Subject string
	ToldAt       when.Instant
	ReadAt       when.Instant
}

// Read reports whether the person has opened the notice.
func (n Notice) Read() bool { return !n.ReadAt.IsZero() }

// Way is how somebody was told.
type Way string

// The ways of telling.
const (
	App    Way = "app"    // opened in the program
	Person Way = "person" // face to face
	Phone  Way = "phone"  // by telephone or a message on it
	Paper  Way = "paper"  // a printed sheet
)

// Ways lists the ways in the order in which pages show them.
var Ways = []Way{App, Person, Phone, Paper}

// ParseWay reads a way.
func ParseWay(s string) (Way, error) {
	if w := Way(s); slices.Contains(Ways, w) {
		return w, nil
	}
	return "", fault.New(fault.Invalid, "notice.problem.way")
}

// Tick says that a member was told of a subject, how, by whom and when.
type Tick struct {
	Root    string `db:"root_id"`
	Subject string
	Member  string `db:"member_id"`
	Way     Way
	By      string       `db:"ticked_by"` // id of the member who ticked
	At      when.Instant `db:"ticked_at"`
}

// Told returns the first tick of each member: when somebody first heard of it.
func Told(ticks []Tick) map[string]Tick {
	first := make(map[string]Tick, len(ticks))
	for _, t := range ticks {
		if f, ok := first[t.Member]; !ok || t.At < f.At {
			first[t.Member] = t
		}
	}
	return first
}

// Event is one entry of a calendar feed. It says that there is something, when
// and where; never what it is about.
type Event struct {
	// UID stays the same for the same sitting, also when its time changes.
	UID        string
	Start, End when.Instant
	Title      string
	Place, URL string
	// Changed is the moment of the last change; phones refresh by it.
	Changed   when.Instant
	Cancelled bool
}
