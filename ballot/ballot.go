// Package ballot takes votes by phone: phiếu điện tử.
//
// A poll is a question put to people who are named when it opens; each has one
// ballot, and it counts once however often it is sent. In an open poll the choice
// stands beside the name. In a secret poll nobody shall ever be able to put the two
// together, and that is harder than leaving the name out: rows of a table, pages of
// a file, the journal of a database and every copy of it remember in which order
// they were written, and the order in which people voted is no secret. So three
// things are kept in three places:
//
//   - who has voted: a mark beside each entitled person, without a time;
//   - what was voted: nothing but ciphertext, each ballot of the same length, in the
//     order of random bytes, under a key that belongs to this poll alone;
//   - the key: a file in the Vault, outside the database, its journal, its replicas
//     and its backups.
//
// Closing a poll reads the ballots in a shuffled order in memory, keeps the totals,
// drops the ciphertext and, once that is durable, destroys the key. From then on
// nobody can open a ballot, whatever copies they hold. What is not defended against
// is whoever rules the running server while the poll is open; the page says so to
// everybody who votes. The reasons stand in doc/adr/0015-secret-ballots.md.
//
// The package knows polls, the people who may vote and their ballots. It knows
// nothing of the room in which the question is put, nor of the rule by which totals
// become a decision.
package ballot

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/text"
)

// Vote is the need of those who may have a ballot; which polls they have one in is
// laid down when a poll opens.
const Vote access.Need = "ballot.vote"

// FewestEntitled is the number of people below which no secret poll is held: with
// four, two who compare notes know the rest.
const FewestEntitled = 5

// FewestCast is the number of ballots below which a secret poll is not counted, unless
// the cell had decided otherwise when it opened.
const FewestCast = 5

// mostOptions is what a ballot has room for; see slip.
const mostOptions = 256

// State says how far a poll is.
type State string

// The states.
const (
	Running   State = "open"
	Closed    State = "closed"
	Withdrawn State = "withdrawn" // ended without a count
)

// Poll is a question that people answer on their phones.
type Poll struct {
	Root         string `db:"root_id"`
	Meeting      string `db:"meeting_id"`
	ID           string
	Organization string `db:"organization_id"`
	Question     string
	Secret       bool
	Options      Options
	// Choose is how many options one ballot may name at most.
	Choose int
	// Entitled are the members who have a ballot; it is read when the poll opens.
	Entitled []string `db:"-"`
	// Fewest is the number of ballots below which the poll is not counted; it is laid
	// down when the poll opens, so that nobody can count early by a change of the rule.
	Fewest int
	State  State
	// Voted says whether the member for whom the poll was read has voted.
	Voted bool
}

// Underway is a poll that runs, with how many have voted; more is not known of it before
// it ends.
type Underway struct {
	Poll
	Cast int `db:"cast_so_far"`
	Of   int `db:"entitled"`
}

// Option is one of the answers.
type Option struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// Options are the answers in the order in which people read them, stored as JSON.
type Options []Option

// Value stores the options as text.
func (o Options) Value() (driver.Value, error) {
	b, err := json.Marshal([]Option(o))
	return string(b), err
}

// Scan reads the options from text.
func (o *Options) Scan(src any) error { return scanJSON(src, o) }

// Tally is what came out of a poll.
type Tally struct {
	Entitled int `json:"entitled"` // people who had a ballot
	Cast     int `json:"cast"`     // ballots handed in
	Invalid  int `json:"invalid"`  // of these, ballots that name no option
	// Votes counts the ballots that name an option, by its ID; every option is there.
	Votes map[string]int `json:"votes"`
}

// Value stores the tally as text.
func (t Tally) Value() (driver.Value, error) {
	b, err := json.Marshal(t)
	return string(b), err
}

// Scan reads the tally from text; a poll that runs has none.
func (t *Tally) Scan(src any) error {
	if src == "" {
		*t = Tally{}
		return nil
	}
	return scanJSON(src, t)
}

func scanJSON(src, dst any) error {
	s, ok := src.(string)
	if !ok {
		return fmt.Errorf("%T cannot hold %T", dst, src)
	}
	return json.Unmarshal([]byte(s), dst)
}

// Path returns the address of the page on which p is answered.
func (p Poll) Path() string { return "/ballots/" + p.ID }

// Check refuses a poll that cannot be held.
func (p Poll) Check() error {
	ids := map[string]bool{}
	for _, o := range p.Options {
		ids[o.ID] = true
	}
	people := slices.Compact(slices.Sorted(slices.Values(p.Entitled)))
	switch {
	case len(p.Options) > mostOptions:
		return fault.New(fault.Invalid, "ballot.refused.many", "Most", mostOptions)
	case text.Line(p.Question) == "", len(p.Options) < 2, len(ids) != len(p.Options), ids[""],
		slices.ContainsFunc(p.Options, func(o Option) bool { return text.Line(o.Text) == "" }), p.Choose < 1, p.Choose > len(p.Options), len(people) != len(p.Entitled):
		return fault.New(fault.Invalid, "ballot.refused.poll")
	case len(people) == 0:
		return fault.New(fault.Conflict, "ballot.refused.nobody")
	case p.Secret && len(people) < FewestEntitled:
		return fault.New(fault.Conflict, "ballot.refused.few", "Count", len(people), "Least", FewestEntitled)
	}
	return nil
}

// slip is a filled-in ballot: one bit for each option. Every slip is equally long,
// so that no ballot can be told from another by its length.
type slip [mostOptions / 8]byte

func (b slip) has(i int) bool { return b[i/8]&(1<<(i%8)) != 0 }

// fill returns the slip that names the options of choices, none for a blank ballot.
// Naming an option twice is naming it once.
func (p Poll) fill(choices []string) (b slip, err error) {
	n := 0
	for i, o := range p.Options {
		if slices.Contains(choices, o.ID) {
			b[i/8] |= 1 << (i % 8)
			n++
		}
	}
	for _, c := range choices {
		if !slices.ContainsFunc(p.Options, func(o Option) bool { return o.ID == c }) {
			return b, fault.New(fault.Invalid, "ballot.refused.unknown")
		}
	}
	if n > p.Choose {
		return b, fault.New(fault.Invalid, "ballot.refused.too_many", "Count", p.Choose)
	}
	return b, nil
}

// count adds up slips.
func (p Poll) count(entitled int, slips []slip) Tally {
	t := Tally{Entitled: entitled, Cast: len(slips), Votes: make(map[string]int, len(p.Options))}
	for _, o := range p.Options {
		t.Votes[o.ID] = 0
	}
	for _, b := range slips {
		if b == (slip{}) {
			t.Invalid++
		}
		for i, o := range p.Options {
			if b.has(i) {
				t.Votes[o.ID]++
			}
		}
	}
	return t
}

// named is a slip in the words of an open poll: the IDs of its options, one a line.
func (p Poll) named(b slip) string {
	var ids []string
	for i, o := range p.Options {
		if b.has(i) {
			ids = append(ids, o.ID)
		}
	}
	return strings.Join(ids, "\n")
}

// choices reads what named has written.
func choices(named string) []string {
	return strings.FieldsFunc(named, func(c rune) bool { return c == '\n' })
}
