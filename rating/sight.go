package rating

import (
	"context"
	"slices"
	"strings"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/member"
	"chibo/organization"
	"chibo/room"
	"chibo/task"
)

// What stands in the log when somebody looks at ratings that are not their own.
const (
	lookedAtLine = "rating.viewed"      // object: the member
	lookedAtList = "rating.list_viewed" // object: the round
)

// Card is a line of a round with all that belongs to it, as far as somebody may see it.
type Card struct {
	Round      Round
	Cell       organization.Organization
	Line       Rating
	Name       string
	Evidence   Evidence
	Complaints []Complaint
	// Looks says who else has looked, the last first; on one's own card only.
	Looks []Look
	// Own says that the line is that of who looks; Leads, Reads and Decides what they are
	// to the round.
	Own, Leads, Reads, Decides bool
	// Held are the votes of the room that may give the line its figures; VotedIn is the
	// title of the meeting that has given them.
	Held    []Held
	VotedIn string
	// Next is the subject whose turn is next in the step of the round, for those who
	// lead; empty where none is left.
	Next string
}

// Look is one look of somebody at a rating.
type Look struct {
	Name string
	At   when.Instant
}

// View returns a line for who, and notes that they looked when it is not their own.
func (s *Service) View(ctx context.Context, who access.Person, roundID, subject string) (Card, error) {
	r, o, may, err := s.round(ctx, s.DB, who, roundID)
	if err != nil {
		return Card{}, err
	}
	c := Card{Round: r, Cell: o, Own: subject == who.Member && subject != "", Leads: may.leads, Reads: may.reads, Decides: may.decides}
	if c.Line, err = lineFor(ctx, s.DB, who, r, subject); err != nil {
		return Card{}, err
	}
	if !may.reads {
		c.Line = c.Line.hidden(r.State)
	}
	if c.Complaints, err = complaints(ctx, s.DB, r.Root, r.ID); err != nil {
		return Card{}, err
	}
	c.Complaints = slices.DeleteFunc(c.Complaints, func(k Complaint) bool { return k.Subject != subject })
	if c.Evidence, err = s.evidence(ctx, s.DB, r, subject); err != nil {
		return Card{}, err
	}
	if c.Line.Person() {
		m, err := member.Find(ctx, s.DB, r.Root, subject)
		if err != nil {
			return Card{}, err
		}
		c.Name = m.FullName
	} else {
		c.Name = o.Name
	}
	if may.leads {
		if err := s.voted(ctx, &c); err != nil {
			return Card{}, err
		}
		if c.Next, err = s.next(ctx, r, subject); err != nil {
			return Card{}, err
		}
	}
	if c.Own {
		c.Looks, err = looks(ctx, s.DB, r, subject)
		return c, err
	}
	return c, s.note(ctx, who, r, lookedAtLine, subject)
}

// voted fills in which votes of the room belong to the line.
func (s *Service) voted(ctx context.Context, c *Card) (err error) {
	if c.Round.State == Voting {
		if c.Held, err = s.heldVotes(ctx, s.DB, c.Round, c.Name); err != nil {
			return err
		}
	}
	if c.Line.VotedIn != "" {
		m, err := meeting.Find(ctx, s.DB, c.Round.Root, c.Line.VotedIn)
		c.VotedIn = m.Title
		return err
	}
	return nil
}

// note writes down that somebody looked.
func (s *Service) note(ctx context.Context, who access.Person, r Round, action, object string) error {
	if object == Cell {
		return nil // nobody's own
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		return s.Audit.Write(ctx, tx, who, r.Root, action, object, map[string]string{"round": r.ID})
	})
}

// next returns the subject after the given one that the step of the round still waits
// for.
func (s *Service) next(ctx context.Context, r Round, subject string) (string, error) {
	all, err := lines(ctx, s.DB, r.Root, r.ID)
	at := slices.IndexFunc(all, func(g Rating) bool { return g.Subject == subject })
	for n := range all {
		if g := all[(at+1+n)%len(all)]; g.Subject != subject && g.waits(r.State) {
			return g.Subject, err
		}
	}
	return "", err
}

// waits reports whether the line still waits for what its round does in a state.
func (r Rating) waits(s State) bool {
	if !r.Rated() {
		return false
	}
	switch s {
	case SelfRating:
		return !r.Said()
	case Discussion:
		return r.Discussed == ""
	case Voting:
		return r.Proposal == ""
	case Proposed:
		return r.Level == ""
	case Decided, Told:
	}
	return false
}

// mostLooks is how many looks are shown.
const mostLooks = 20

// looks returns who has looked at the line of a member, at the list it stands in or,
// since the round was opened, at the register of the cell.
func looks(ctx context.Context, q db.Q, r Round, subject string) ([]Look, error) {
	lines, err := audit.Of(ctx, q, r.Root, subject)
	if err != nil {
		return nil, err
	}
	lists, err := audit.Of(ctx, q, r.Root, r.ID)
	if err != nil {
		return nil, err
	}
	registers, err := audit.Of(ctx, q, r.Root, r.Organization)
	if err != nil {
		return nil, err
	}
	registers = slices.DeleteFunc(registers, func(e audit.Entry) bool {
		return e.Action != lookedAtRegister || e.Member == subject || e.At < r.OpenedAt
	})
	lines = slices.DeleteFunc(lines, func(e audit.Entry) bool {
		return e.Action != lookedAtLine || !strings.Contains(e.Detail, `{"round":"`+r.ID+`"}`)
	})
	lists = slices.DeleteFunc(lists, func(e audit.Entry) bool { return e.Action != lookedAtList || e.Member == subject })
	all := slices.Concat(lines, lists, registers)
	slices.SortFunc(all, func(a, b audit.Entry) int { return int(b.Seq - a.Seq) })
	var out []Look
	var who []string
	for _, e := range all[:min(mostLooks, len(all))] {
		out, who = append(out, Look{At: e.At}), append(who, e.Member)
	}
	names, err := member.Names(ctx, q, r.Root, who...)
	for i := range out {
		out[i].Name = names[who[i]]
	}
	return out, err
}

// evidence reads what the meetings of the round's period have shown of a subject.
func (s *Service) evidence(ctx context.Context, q db.Q, r Round, subject string) (Evidence, error) {
	first, last := r.Period().First(), r.Period().Last()
	tasks, err := task.OutcomesIn(ctx, q, r.Root, r.Organization, first, last)
	if err != nil {
		return Evidence{}, err
	}
	e := Evidence{Tasks: slices.DeleteFunc(tasks, func(t task.Outcome) bool {
		return subject != Cell && !t.OwnedBy(subject) || t.Said == "" && s.today().Before(t.Due)
	})}
	meetings, err := meeting.Between(ctx, q, r.Root, r.Organization, first.In().Add(-1), last.In().Add(1))
	if err != nil {
		return e, err
	}
	e.Titles = map[string]string{}
	for _, m := range meetings {
		e.Titles[m.ID] = m.Title
		if day := m.StartsAt.Date(); (m.State == meeting.Closed || m.State == meeting.Sealed) && !day.Before(first) && !last.Before(day) {
			e.Meetings = append(e.Meetings, Attended{Meeting: m.ID, Title: m.Title, On: day})
		}
	}
	if subject == Cell {
		return e, nil
	}
	if err := s.attendance(ctx, q, r, subject, e.Meetings); err != nil {
		return e, err
	}
	e.Remarks, err = remarks(ctx, q, r.Root, r.Organization, first, last)
	e.Remarks = slices.DeleteFunc(e.Remarks, func(m Remark) bool { return m.Member != subject })
	return e, err
}

// attendance fills in to which meetings somebody came and how often they spoke.
func (s *Service) attendance(ctx context.Context, q db.Q, r Round, subject string, meetings []Attended) error {
	heard, err := room.HeardIn(ctx, q, r.Root, r.Organization, r.Period().First(), r.Period().Last())
	if err != nil {
		return err
	}
	records, err := member.Records(ctx, q, r.Root, r.Organization, subject)
	if err != nil {
		return err
	}
	times := map[string]int{}
	for _, h := range heard {
		if h.Member == subject {
			times[h.Meeting] = h.Times
		}
	}
	for i := range meetings {
		m := &meetings[i]
		m.Times, m.Came = times[m.Meeting], false
		if _, came := times[m.Meeting]; came {
			m.Came = true
		}
		m.Expected = expectedOn(records, m.On)
	}
	return nil
}

// remarks returns what was said of the members of a cell between two days, in
// meetings and between them, the last first.
func remarks(ctx context.Context, q db.Q, root, organizationID string, first, last when.Date) ([]Remark, error) {
	all, err := remarksBetween(ctx, q, root, organizationID, first, last)
	if err != nil {
		return nil, err
	}
	said, err := room.CommendedIn(ctx, q, root, organizationID, first, last)
	for _, c := range said {
		all = append(all, Remark{Root: root, Organization: organizationID, Member: c.Member, Form: c.Form, Text: c.Text, On: c.HeldOn, Meeting: c.Meeting})
	}
	slices.SortStableFunc(all, func(a, b Remark) int { return b.On.Compare(a.On) })
	return all, err
}

// Overview is a round with its lines, for those who lead it or decide on it.
type Overview struct {
	Round Round
	Cell  organization.Organization
	Lines []Rating
	Names map[string]string // by subject, the cell's too
	// Rooms are the titles of the meetings in whose rooms votes were taken.
	Rooms                 map[string]string
	Complaints            []Complaint
	Leads, Reads, Decides bool
}

// Look returns a round for those who read it as a whole; anybody else who has a line in it
// gets only the round itself. With list the levels are meant to be shown: the look is
// noted.
func (s *Service) Look(ctx context.Context, who access.Person, roundID string, list bool) (Overview, error) {
	r, o, may, err := s.round(ctx, s.DB, who, roundID)
	v := Overview{Round: r, Cell: o, Leads: may.leads, Reads: may.reads, Decides: may.decides}
	if err != nil || !may.reads {
		return v, err
	}
	if v.Lines, err = linesFor(ctx, s.DB, who, r); err != nil {
		return v, err
	}
	if v.Names, err = names(ctx, s.DB, o, v.Lines); err != nil {
		return v, err
	}
	if v.Rooms, err = s.rooms(ctx, r, v.Lines); err != nil {
		return v, err
	}
	if v.Complaints, err = complaints(ctx, s.DB, r.Root, r.ID); err != nil || !list {
		return v, err
	}
	return v, s.note(ctx, who, r, lookedAtList, r.ID)
}

// rooms returns the titles of the meetings in whose rooms votes of lines were taken.
func (s *Service) rooms(ctx context.Context, r Round, all []Rating) (map[string]string, error) {
	out := map[string]string{}
	for _, g := range all {
		if _, known := out[g.VotedIn]; known || g.VotedIn == "" {
			continue
		}
		m, err := meeting.Find(ctx, s.DB, r.Root, g.VotedIn)
		if err != nil {
			return nil, err
		}
		out[m.ID] = m.Title
	}
	return out, nil
}

// names returns the names of the subjects of lines.
func names(ctx context.Context, q db.Q, o organization.Organization, all []Rating) (map[string]string, error) {
	var people []string
	for _, g := range all {
		if g.Person() {
			people = append(people, g.Subject)
		}
	}
	out, err := member.Names(ctx, q, o.Root, people...)
	if err == nil {
		out[Cell] = o.Name
	}
	return out, err
}
