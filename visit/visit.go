// Package visit is the committee above among its cells: dự sinh hoạt chi bộ.
//
// Its story: every cell is followed by a member of the committee above, who is told of
// its meetings and decides on its score (42-HD/BTCTW, 28/10/2025); the committee sees
// who follows how many, and which cell nobody follows. For a meeting that is to come it
// sends one of its members, who may say why not. Before the evening the visitor reads
// the cell's last three meetings on one page. During it the visitor notes, on a phone
// and without a network, what is done well, limited, wrong or missing in the three
// heads of a meeting, and what is to be mended by which day. When the sheet is finished
// the cell reads it and may answer; what is to be mended stands on its next agendas
// until it is done (E88 to E91 of the elements of the field).
//
// How often a committee has to visit is set nowhere that could be found, so the program
// shows load and gaps and demands no number. A sheet speaks of a meeting, never of a
// member.
package visit

import (
	"slices"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/search"
	"chibo/kit/when"
	"chibo/meeting"
)

// State says how far a visit has come.
type State string

// The states. A visit that was refused or called back stays to be read; another takes
// its place.
const (
	Assigned State = "assigned" // the visitor was told
	Refused  State = "refused"  // by the visitor, with a reason
	Recalled State = "recalled" // by the committee
	Finished State = "finished" // the cell has the sheet
)

// Stands reports whether somebody comes, or has come.
func (s State) Stands() bool { return s == Assigned || s == Finished }

// Head is one of the three things that a visitor looks at.
type Head string

// The heads, in the order of an evening.
const (
	Preparation Head = "preparation" // khâu chuẩn bị
	Conduct     Head = "conduct"     // diễn biến, nội dung sinh hoạt
	Chairing    Head = "chairing"    // chủ trì, điều hành
)

// Heads lists the heads in their order.
var Heads = []Head{Preparation, Conduct, Chairing}

// Mark says how the visitor found a thing.
type Mark string

// The marks.
const (
	Good    Mark = "good"    // làm tốt
	Limited Mark = "limited" // hạn chế
	Wrong   Mark = "wrong"   // sai
	Missing Mark = "missing" // thiếu
)

// Marks lists the marks in the order of the form.
var Marks = []Mark{Good, Limited, Wrong, Missing}

// longest is how long a text may be, in letters.
const longest = 1000

// Visit says that a member of the committee attends a meeting.
type Visit struct {
	Root         string `db:"root_id"`
	ID           string
	Organization string `db:"organization_id"` // the cell
	Meeting      string `db:"meeting_id"`
	Member       string `db:"member_id"` // the visitor
	State        State
	// Note is what the committee asks the visitor to look at.
	Note       string
	AssignedAt when.Instant
	AssignedBy string
	// Reason is why the visitor refused, or the committee called the visit back.
	Reason string
	// EndedAt is when it was refused, called back or finished, EndedBy by whom.
	EndedAt when.Instant
	EndedBy string
	// Answer is what the committee of the cell says to the sheet; empty before.
	Answer     string
	AnsweredAt when.Instant
	AnsweredBy string
}

// Path returns the address of the page of a visit.
func (v Visit) Path() string { return "/visits/" + v.ID }

// Remark is one line of a sheet: what was seen, how it is found, and where something is
// to be mended, what and by when.
type Remark struct {
	Root  string `db:"root_id" json:"-" form:"-"`
	Visit string `db:"visit_id" json:"-" form:"-"`
	// ID is made by the device, so that sending it twice is the same as once.
	ID   string `json:"id" form:"id"`
	Head Head   `json:"head" form:"head"`
	Mark Mark   `json:"mark" form:"mark"`
	Text string `json:"text" form:"text"`
	// Remedy is what is to be done against it until Due; both empty where nothing is.
	Remedy string    `json:"remedy" form:"remedy"`
	Due    when.Date `json:"due" form:"due"`
	// At is when it was written, on the clock of the device.
	At       when.Instant `json:"at" form:"-"`
	StruckAt when.Instant `json:"-" form:"-"` // zero while it stands
}

// Mends reports whether something is to be mended.
func (r Remark) Mends() bool { return r.Remedy != "" }

// Check returns the problems of what was typed for r at a meeting held on day.
func (r Remark) Check(day when.Date) error {
	var c fault.Check
	c.That(slices.Contains(Heads, r.Head), "head", "visit.problem.head")
	c.That(slices.Contains(Marks, r.Mark), "mark", "visit.problem.mark")
	c.That(strings.TrimSpace(r.Text) != "", "text", "visit.problem.text")
	for field, text := range map[string]string{"text": r.Text, "remedy": r.Remedy} {
		c.That(len([]rune(text)) <= longest, field, "visit.problem.long")
	}
	c.That(r.Mark != Good || !r.Mends(), "remedy", "visit.problem.good_remedy")
	c.That(!r.Mends() || !r.Due.IsZero(), "due", "visit.problem.due")
	c.That(r.Due.IsZero() || !r.Due.Before(day), "due", "visit.problem.due_past")
	c.That(r.Due.IsZero() || r.Mends(), "remedy", "visit.problem.remedy")
	return c.Err()
}

// Assign returns a visit of a member to a meeting that is still to be closed.
func Assign(m meeting.Meeting, member, note string) (Visit, error) {
	var c fault.Check
	c.That(member != "", "member", "visit.problem.member")
	c.That(len([]rune(note)) <= longest, "note", "visit.problem.long")
	if err := c.Err(); err != nil {
		return Visit{}, err
	}
	if m.State.Reached(meeting.Closed) {
		return Visit{}, fault.New(fault.Conflict, "visit.problem.held")
	}
	return Visit{Root: m.Root, Organization: m.Organization, Meeting: m.ID, Member: member, State: Assigned, Note: note}, nil
}

// End returns the visit refused or called back, with the reason.
func (v Visit) End(to State, reason string, at when.Instant, by string) (Visit, error) {
	var c fault.Check
	c.That(strings.TrimSpace(reason) != "", "reason", "visit.problem.reason")
	c.That(len([]rune(reason)) <= longest, "reason", "visit.problem.long")
	if err := c.Err(); err != nil {
		return v, err
	}
	return v.end(to, reason, at, by)
}

func (v Visit) end(to State, reason string, at when.Instant, by string) (Visit, error) {
	if v.State != Assigned {
		return v, fault.New(fault.Conflict, "visit.problem.ended")
	}
	v.State, v.Reason, v.EndedAt, v.EndedBy = to, reason, at, by
	return v, nil
}

// Finish returns the visit whose sheet goes to the cell: of a meeting that has begun,
// with something in it.
func (v Visit) Finish(remarks []Remark, begins, at when.Instant, by string) (Visit, error) {
	switch {
	case at < begins:
		return v, fault.New(fault.Conflict, "visit.problem.early")
	case len(remarks) == 0:
		return v, fault.New(fault.Conflict, "visit.problem.empty")
	}
	return v.end(Finished, "", at, by)
}

// Reply returns the visit with the answer of the cell.
func (v Visit) Reply(answer string, at when.Instant, by string) (Visit, error) {
	var c fault.Check
	c.That(strings.TrimSpace(answer) != "", "answer", "visit.problem.answer")
	c.That(len([]rune(answer)) <= longest, "answer", "visit.problem.long")
	if err := c.Err(); err != nil {
		return v, err
	}
	if v.State != Finished {
		return v, fault.New(fault.Conflict, "visit.problem.unfinished")
	}
	v.Answer, v.AnsweredAt, v.AnsweredBy = answer, at, by
	return v, nil
}

// fewestWords is from how many words on a remark that stands in an earlier sheet word
// for word says something: "làm tốt" is written by everybody.
const fewestWords = 4

// Echo is a remark that its writer has made word for word before.
type Echo struct {
	Remark Remark
	Before Past
}

// Past is a remark of an earlier sheet.
type Past struct {
	Text, Cell string
	StartsAt   when.Instant
}

// Echoes returns the remarks that stand in earlier sheets word for word, whatever their
// accents, capitals and marks, each with the newest of them. They are shown to their
// writer, who may have meant it so.
func Echoes(remarks []Remark, earlier []Past) []Echo {
	known := map[string]Past{}
	for _, p := range earlier {
		if k := bare(p.Text); known[k].StartsAt <= p.StartsAt {
			known[k] = p
		}
	}
	var out []Echo
	for _, r := range remarks {
		k := bare(r.Text)
		if before, there := known[k]; there && len(strings.Fields(k)) >= fewestWords {
			out = append(out, Echo{r, before})
		}
	}
	return out
}

// bare is a text without accents, capitals and marks between words.
func bare(text string) string {
	words := strings.FieldsFunc(search.Fold(text), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	return strings.Join(words, " ")
}
