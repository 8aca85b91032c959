// Package matter keeps what a cell has found at the grassroots and passed up to
// its superior: vấn đề phản ánh cấp trên.
//
// A matter comes from an opinion of a meeting whose destiny is to be passed up, or
// is entered between two meetings; a member raises it, or residents do. It gets a
// number within its cell and year, is sent to the committee above and waits. Thirty
// working days are what a base organisation has to answer a question of a member
// (294-QĐ/TW, point 3); silence beyond them shows where it is silent, at the
// superior, and is no fault of the cell. The committee enters it in its own book, and
// where several cells have found the same it treats their matters as one (a bundle).
// The answer comes with its day, and lands on the next agenda of every cell that
// asked, where it stays until somebody has said it.
package matter

import (
	"fmt"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/organization"
)

// State says where a matter stands.
type State string

// The states of a matter.
const (
	Waiting   State = "waiting"
	Answered  State = "answered"
	Withdrawn State = "withdrawn" // taken back by the cell, with a reason
)

// Raiser says who found it.
type Raiser string

// The raisers.
const (
	ByMember    Raiser = "member"
	ByResidents Raiser = "residents"
)

// Raisers lists the raisers in the order of the form.
var Raisers = []Raiser{ByMember, ByResidents}

// days is how many working days the superior has for an answer.
const days = 30

// Matter is one matter that was passed up.
type Matter struct {
	Root         string `db:"root_id"`
	ID           string
	Organization string `db:"organization_id"` // id of the cell
	// Number counts within Year and cell, from 1.
	Year, Number int
	Text         string
	Raiser       Raiser
	Member       string `db:"member_id"`  // who raised it, where one member did
	Meeting      string `db:"meeting_id"` // where it was raised; empty between two meetings
	// Subject is the act of the opinion that was passed up, empty where there is none.
	Subject string
	SentAt  when.Instant
	SentBy  string
	// AnswerBy is the last day on which an answer is in time.
	AnswerBy when.Date
	State    State
	Answer   string
	// AnsweredOn is the day of the answer, AnsweredAt when it was entered, AnsweredBy
	// the member who did it; empty for accounts without a member.
	AnsweredOn when.Date
	AnsweredAt when.Instant
	AnsweredBy string
	// OnPaper says that the cell has entered an answer that came outside the program.
	OnPaper bool
	// Reason is why it was taken back.
	Reason string
	// ReceivedBy is the committee above, empty where there is none; Received is the
	// number in its book of the Year, from 1.
	ReceivedBy string
	Received   int
	// Bundle is the same for all matters that the committee treats as one; empty for
	// a matter on its own.
	Bundle string
}

// Name returns the number as people cite it: "03/2026".
func (m Matter) Name() string { return fmt.Sprintf("%02d/%d", m.Number, m.Year) }

// Entered returns the number in the book of the committee: "07/2026"; empty where it
// stands in none.
func (m Matter) Entered() string {
	if m.Received == 0 {
		return ""
	}
	return fmt.Sprintf("%02d/%d", m.Received, m.Year)
}

// Path returns the page of the matter.
func (m Matter) Path() string { return "/matters/" + m.ID }

// Overdue reports whether the superior has been silent for longer than it may.
func (m Matter) Overdue(day when.Date) bool { return m.State == Waiting && m.AnswerBy.Before(day) }

// Left returns how many working days are left for the answer after day; none on the
// last one, and less than none says how many the superior is late.
func (m Matter) Left(day when.Date) int {
	if m.AnswerBy.Before(day) {
		return -organization.WorkingDays(m.AnswerBy, day)
	}
	return organization.WorkingDays(day, m.AnswerBy)
}

// Key is what an agenda names the matter by: the act of the opinion, else its id.
func (m Matter) Key() string {
	if m.Subject != "" {
		return m.Subject
	}
	return m.ID
}

// sent returns the matter as it waits from the moment at on.
func (m Matter) sent(at when.Instant) Matter {
	m.State, m.SentAt, m.Year = Waiting, at, at.Date().Year
	m.AnswerBy = organization.WorkingDaysAfter(at.Date(), days)
	return m
}

const maxText = 4000

// check says what is wrong with a matter that is to be passed up.
func (m Matter) check() error {
	var c fault.Check
	c.That(strings.TrimSpace(m.Text) != "", "text", "matter.problem.text")
	c.AtMost(m.Text, maxText, "text")
	c.That(m.Raiser == ByMember || m.Raiser == ByResidents, "raiser", "matter.problem.raiser")
	c.That(m.Raiser == ByMember || m.Member == "", "member", "matter.problem.member")
	return c.Err()
}

// Reply is the superior's answer.
type Reply struct {
	Text string    `form:"text"`
	On   when.Date `form:"on"` // the day of the answer
}

// answered returns the matter with an answer that is entered at the moment at.
func (m Matter) answered(r Reply, by string, at when.Instant) (Matter, error) {
	var c fault.Check
	c.That(strings.TrimSpace(r.Text) != "", "text", "matter.problem.answer")
	c.AtMost(r.Text, maxText, "text")
	c.That(!r.On.IsZero() && !r.On.Before(m.SentAt.Date()) && !at.Date().Before(r.On), "on", "matter.problem.on")
	if err := c.Err(); err != nil {
		return m, err
	}
	if m.State != Waiting {
		return m, fault.New(fault.Conflict, "matter.refused.settled", "Name", m.Name())
	}
	m.State, m.Answer, m.AnsweredOn, m.AnsweredAt, m.AnsweredBy = Answered, r.Text, r.On, at, by
	return m, nil
}

// withdrawn returns the matter as taken back.
func (m Matter) withdrawn(reason string) (Matter, error) {
	var c fault.Check
	c.That(strings.TrimSpace(reason) != "", "reason", "matter.problem.reason")
	c.AtMost(reason, maxText, "reason")
	if err := c.Err(); err != nil {
		return m, err
	}
	if m.State != Waiting {
		return m, fault.New(fault.Conflict, "matter.refused.settled", "Name", m.Name())
	}
	m.State, m.Reason = Withdrawn, reason
	return m, nil
}
