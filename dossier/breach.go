package dossier

import (
	"slices"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/privacy"
)

// Span asks what some accounts have reached between two moments, both included.
type Span struct {
	From     when.Instant `form:"from"`
	Until    when.Instant `form:"until"`
	Accounts []string     `form:"account"` // none: all
}

// longestSpan is the most days that are asked for at once.
const longestSpan = 366

// mostAccounts is how many accounts are asked about by name at most.
const mostAccounts = 50

// Validate says what is wrong with a span.
func (s Span) Validate() error {
	var c fault.Check
	c.That(!s.From.IsZero(), "from", "dossier.problem.from")
	c.That(s.Until >= s.From, "until", "dossier.problem.until")
	c.That(len(s.Accounts) <= mostAccounts, "account", "dossier.problem.accounts")
	c.That(s.From.Date().DaysUntil(s.Until.Date()) <= longestSpan, "until", "dossier.problem.long")
	return c.Err()
}

// Touch is what one account has reached of one person by one kind of deed.
type Touch struct {
	Root    string `db:"root_id"`
	Account string `db:"account_id"`
	Action  string
	Member  string `db:"member_id"`
	Times   int
	First   when.Instant
	Last    when.Instant
}

// Victim is one person whose data were within reach.
type Victim struct {
	Root, Member, Name, Unit string
	Kinds                    []privacy.Kind // of data that deeds in the log have reached, in the order of privacy.Kinds
	Open                     []privacy.Kind // that the accounts asked about could read without a trace
	Times                    int
	First, Last              when.Instant // zero where the log has nothing
}

// All are the kinds of data that were reached or open.
func (v Victim) All() []privacy.Kind { return ordered(slices.Concat(v.Kinds, v.Open)) }

// Sensitive reports whether sensitive data were within reach.
func (v Victim) Sensitive() bool {
	return slices.ContainsFunc(v.All(), func(k privacy.Kind) bool {
		return slices.ContainsFunc(privacy.Held(k), func(h privacy.Holding) bool { return h.Count(privacy.Sensitive) > 0 })
	})
}

// Actor is one account that did something in the span.
type Actor struct {
	Root   string `db:"root_id"`
	ID     string `db:"account_id"`
	Name   string
	Deeds  int // entries of the log
	People int // whose data were within reach
}

// Breach is the answer: whose data were within reach, of which kinds. It says too much
// rather than too little: who looked at a list reached everybody who stands in it today, a
// deed counts for all data of its kind, and what an account may read without a look being
// written down counts as open where the account is asked about by name.
type Breach struct {
	Span    Span
	At      when.Instant
	Units   []string // names of the base organisations that were asked
	Actors  []Actor  // everybody who did something in the span
	Victims []Victim // by unit and name
}

// Kinds returns the kinds of data that were within reach of anybody, with how many people.
func (b Breach) Kinds() map[privacy.Kind]int {
	out := map[privacy.Kind]int{}
	for _, v := range b.Victims {
		for _, k := range v.All() {
			out[k]++
		}
	}
	return out
}

// Sensitive returns of how many people sensitive data were within reach.
func (b Breach) Sensitive() int {
	n := 0
	for _, v := range b.Victims {
		if v.Sensitive() {
			n++
		}
	}
	return n
}

// kindsOf says which kinds of data a deed reaches, by the feature that writes it. A year
// book holds most of what a cell has.
func kindsOf(action string) []privacy.Kind {
	feature, _, _ := strings.Cut(action, ".")
	switch feature {
	case "member", "organization", "visit":
		return []privacy.Kind{privacy.Profile}
	case "rating":
		return []privacy.Kind{privacy.Profile, privacy.Ratings}
	case "care":
		return []privacy.Kind{privacy.Profile, privacy.Care}
	case "notebook":
		return []privacy.Kind{privacy.Notebook}
	case "study", "training":
		return []privacy.Kind{privacy.Study}
	case "task", "lesson", "remedy":
		return []privacy.Kind{privacy.Tasks}
	case "account", "passkey", "factor", "provider":
		return []privacy.Kind{privacy.Account}
	case "privacy":
		return []privacy.Kind{privacy.Profile, privacy.Requests}
	case "report":
		return []privacy.Kind{privacy.Profile, privacy.Meetings, privacy.Tasks, privacy.Turns, privacy.Study, privacy.Ratings}
	case "briefing", "theme":
		return []privacy.Kind{privacy.Turns}
	case "notice":
		return []privacy.Kind{privacy.Notices}
	case "dossier":
		return []privacy.Kind{privacy.Profile}
	case "directive", "library", "document", "rubric", "digest", "witness", "plan":
		return nil // papers and figures: nobody's data
	}
	return []privacy.Kind{privacy.Meetings}
}

// gather joins what was touched, and what was open, to one line a person. names, units and
// open are by member.
func gather(root string, touched []Touch, open map[string][]privacy.Kind, names, units map[string]string) []Victim {
	byMember := map[string]*Victim{}
	line := func(member string) *Victim {
		if byMember[member] == nil {
			byMember[member] = &Victim{Root: root, Member: member, Name: names[member], Unit: units[member]}
		}
		return byMember[member]
	}
	for member, kinds := range open {
		line(member).Open = ordered(kinds)
	}
	for _, t := range touched {
		if len(kindsOf(t.Action)) == 0 {
			continue
		}
		v := line(t.Member)
		if v.Times == 0 {
			v.First = t.First
		}
		v.Times += t.Times
		v.First, v.Last = min(v.First, t.First), max(v.Last, t.Last)
		v.Kinds = append(v.Kinds, kindsOf(t.Action)...)
	}
	out := make([]Victim, 0, len(byMember))
	for _, v := range byMember {
		v.Kinds = ordered(v.Kinds)
		out = append(out, *v)
	}
	slices.SortFunc(out, func(a, b Victim) int {
		return strings.Compare(a.Unit+"\x00"+a.Name+"\x00"+a.Member, b.Unit+"\x00"+b.Name+"\x00"+b.Member)
	})
	return out
}

// ordered returns kinds once each, in the order of privacy.Kinds.
func ordered(kinds []privacy.Kind) []privacy.Kind {
	var out []privacy.Kind
	for _, k := range privacy.Kinds {
		if slices.Contains(kinds, k) {
			out = append(out, k)
		}
	}
	return out
}

// counted says of every actor how many people they have reached.
func counted(actors []Actor, touched []Touch) []Actor {
	people := map[string]map[string]bool{}
	for _, t := range touched {
		if people[t.Account] == nil {
			people[t.Account] = map[string]bool{}
		}
		people[t.Account][t.Member] = true
	}
	for i, a := range actors {
		actors[i].People = len(people[a.ID])
	}
	return actors
}

// asked reports whether the span asks about an actor.
func (b Breach) asked(a Actor) bool {
	return len(b.Span.Accounts) == 0 || slices.Contains(b.Span.Accounts, a.ID)
}
