package account

import (
	"database/sql/driver"
	"fmt"
	"slices"
	"strings"

	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/organization"
)

// Duties says what the duties of a department let its people do.
type Duties map[organization.Duty][]access.Need

// Part is a part of what somebody may do, as people speak of it when they hand it over.
type Part string

// The parts. What stands in none of them goes along only where all is handed over.
const (
	Meetings Part = "meetings" // chuẩn bị, tổ chức sinh hoạt, biên bản
	Work     Part = "work"     // nhiệm vụ, kiến nghị, văn bản
	People   Part = "people"   // danh sách, chăm lo, học tập
	Above    Part = "above"    // theo dõi, chấm điểm, báo cáo
)

// Parts lists the parts in the order of the form.
var Parts = []Part{Meetings, Work, People, Above}

// features are the features whose needs belong to a part: the word before the dot.
var features = map[Part][]string{
	Meetings: {"meeting", "room", "minutes", "briefing", "theme", "screen"},
	Work:     {"task", "matter", "document", "library", "directive"},
	People:   {"member", "care", "study", "training", "notebook", "rating"},
	Above:    {"supervision", "quality", "report", "privacy", "organization", "lesson", "visit"},
}

// holds reports whether a need belongs to the part.
func (p Part) holds(n access.Need) bool {
	feature, _, _ := strings.Cut(string(n), ".")
	return slices.Contains(features[p], feature)
}

// Handed are the parts that are handed over; none means all. In the database they are
// one text: "work,people".
type Handed []Part

// Value stores the parts as text.
func (h Handed) Value() (driver.Value, error) {
	names := make([]string, len(h))
	for n, p := range h {
		names[n] = string(p)
	}
	return strings.Join(names, ","), nil
}

// Scan reads the parts from text.
func (h *Handed) Scan(src any) error {
	text, ok := src.(string)
	if b, bytes := src.([]byte); bytes {
		text, ok = string(b), true
	}
	if !ok {
		return fmt.Errorf("parts: %T", src)
	}
	*h = nil
	for name := range strings.SplitSeq(text, ",") {
		if name != "" {
			*h = append(*h, Part(name))
		}
	}
	return nil
}

// Delegation lets somebody do for a while, in the place of another of the same unit, what
// that one may do by a role there (ủy quyền khi vắng). It never reaches beyond the rights
// that the giver has at the moment, is never handed on, and ends by itself.
type Delegation struct {
	Root         string `db:"root_id"`
	ID           string
	Organization string `db:"organization_id"`
	Role         access.Role
	// Giver and Receiver are ids of members.
	Giver, Receiver string
	Parts           Handed
	Reason          string
	From            when.Date `db:"from_on"`
	Until           when.Date `db:"until_on"` // the last day
	GivenAt         when.Instant
	// EndedAt is when one of the two ended it before its time; zero while neither has.
	EndedAt when.Instant
}

// longestAbsence is how many days a delegation lasts at most: who is away for longer is
// released from the office and somebody else appointed.
const longestAbsence = 92

// Holds reports whether the delegation is in force on day.
func (d Delegation) Holds(day when.Date) bool {
	return d.EndedAt.IsZero() && !day.Before(d.From) && !d.Until.Before(day)
}

// Lendable reports whether what a role lets people do may be handed over: what somebody is
// as a member is theirs alone, and whoever keeps the machine is no office of the Party.
func Lendable(r access.Role) bool {
	return r != access.Member && r != access.Probationary && r != access.Administrator
}

// check returns the problems of what was typed for d on the day it is given.
func (d Delegation) check(today when.Date) error {
	var c fault.Check
	c.That(d.Receiver != "" && d.Receiver != d.Giver, "receiver", "account.problem.receiver")
	c.That(!d.From.IsZero() && !d.From.Before(today), "from", "account.problem.from")
	c.That(!d.Until.IsZero() && !d.Until.Before(d.From) && d.Until.Before(d.From.AddDays(longestAbsence)), "until", "account.problem.until")
	c.That(len([]rune(d.Reason)) <= 200, "reason", "account.problem.reason_long")
	for _, p := range d.Parts {
		c.That(slices.Contains(Parts, p), "parts", "fault.choice")
	}
	return c.Err()
}

// lend returns what of the giver's grants goes over to the receiver.
func (d Delegation) lend(theirs []access.Grant, name string, never []access.Need) []access.Grant {
	var out []access.Grant
	for _, g := range theirs {
		if g.Role != d.Role || g.Organization != d.Organization || !Lendable(g.Role) {
			continue
		}
		needs := map[access.Need]bool{}
		for n := range g.Needs {
			if !slices.Contains(never, n) && d.hands(n) {
				needs[n] = true
			}
		}
		if len(needs) > 0 {
			g.Needs, g.For, g.ForName = needs, d.Giver, name
			out = append(out, g)
		}
	}
	return out
}

// hands reports whether the parts that are handed over hold a need.
func (d Delegation) hands(n access.Need) bool {
	return len(d.Parts) == 0 || slices.ContainsFunc(d.Parts, func(p Part) bool { return p.holds(n) })
}
