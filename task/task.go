// Package task keeps the work that a cell has given to people: chỉ tiêu, nhiệm
// vụ được giao.
//
// A task is given at a meeting, or between two meetings by a leader who cannot
// wait. It has owners, a day by which it is due, words for what counts as done
// and, where it can be counted, a target: nine of twelve households. The owner
// reports from the phone, or somebody enters it for him; difficulties are said
// aloud and stay before the committee of the cell until it has answered. At the next meeting the cell
// gives its verdict in its own words: done well, done, late, not done.
//
// What is not done is never dropped in silence: it stays open and is carried to
// the next meeting with its whole history. A task given by mistake is withdrawn
// with a reason that stays to be read. All this is one list of events, and a
// task is what its events have made of it: see Task.After.
package task

import (
	"slices"
	"strings"
	"time"

	"chibo/kit/fault"
	"chibo/kit/when"
)

// State says where a task stands.
type State string

// The states of a task.
const (
	Given        State = "given"         // nobody has reported yet
	Doing        State = "doing"         // a report has come in
	DoneReported State = "done_reported" // an owner says that it is done; the cell has not judged
	Judged       State = "judged"        // the cell has given its verdict
	Carried      State = "carried"       // not done, taken over to the next meeting
	Withdrawn    State = "withdrawn"     // taken back with a reason
)

// Verdict is the cell's judgement of a task.
type Verdict string

// The verdicts, in the words that the minutes use.
const (
	Well    Verdict = "well"     // hoàn thành tốt
	Done    Verdict = "done"     // hoàn thành
	Late    Verdict = "late"     // hoàn thành nhưng chậm
	NotDone Verdict = "not_done" // chưa hoàn thành
)

// Verdicts lists the verdicts from best to worst.
var Verdicts = []Verdict{Well, Done, Late, NotDone}

// Origin says how a task came to be given.
type Origin string

// The origins.
const (
	AtMeeting   Origin = "meeting"   // by the meeting named in Task.Meeting
	ByLeader    Origin = "leader"    // between two meetings, by a leader of the cell who cannot wait
	ByDirective Origin = "directive" // between two meetings, because the superior has directed it
)

// Origins lists the origins in the order of the pages.
var Origins = []Origin{AtMeeting, ByDirective, ByLeader}

// Task is one piece of work as its events have left it.
type Task struct {
	Root         string `db:"root_id"`
	ID           string
	Organization string `db:"organization_id"`
	// Title says the work in one line, DoneWhen what counts as done.
	Title, DoneWhen string
	// Owners are ids of members.
	Owners []string `db:"-"`
	Due    when.Date
	// DueTime is the hour of the day on which an urgent task is due, "15:30"; empty
	// where the whole day is meant.
	DueTime string
	// Source is what the task rests on: the paragraph of the resolution that gave it,
	// the citation of the superior's directive.
	Source string
	// Target and Reached count Unit ("hộ"); Target 0 says that nothing is counted.
	Target, Reached int
	Unit            string
	State           State
	// Verdict is the cell's word on the task, empty while none stands. Cause and
	// Remedy are those of the last verdict: they stay when the task is carried over.
	Verdict       Verdict
	Cause, Remedy string
	// Difficulty is what the owner has last named as being in the way, Help what the
	// committee of the cell has answered to it; empty while nobody has.
	Difficulty, Help string
	Origin           Origin
	// Meeting is the id of the meeting that gave the task, empty when a leader did.
	Meeting string `db:"meeting_id"`
	// NextMeeting is the id of the meeting to which the task was carried last.
	NextMeeting string `db:"next_meeting_id"`
	// CarriedTimes counts the meetings that have taken the task over.
	CarriedTimes int
	GivenBy      string // id of the member who gave it
	GivenAt      when.Instant
	// Seq counts the events of the task.
	Seq int
}

// Limits of what people may write, in letters.
const (
	maxTitle  = 300
	maxText   = 4000
	maxUnit   = 40
	maxTarget = 1_000_000
)

// Check says what is wrong with a task that is to be given or changed.
func (t Task) Check() error {
	var c fault.Check
	c.That(strings.TrimSpace(t.Title) != "", "title", "task.problem.title")
	c.AtMost(t.Title, maxTitle, "title")
	c.AtMost(t.DoneWhen, maxText, "done_when")
	c.That(len(t.Owners) > 0, "owners", "task.problem.owners")
	c.That(t.Target >= 0 && t.Target <= maxTarget, "target", "task.problem.target")
	c.That(t.Target == 0 || strings.TrimSpace(t.Unit) != "", "unit", "task.problem.unit")
	c.AtMost(t.Unit, maxUnit, "unit")
	given := t.GivenAt.Date()
	c.AtMost(t.Source, maxText, "source")
	c.That(t.Origin != ByDirective || strings.TrimSpace(t.Source) != "", "source", "task.problem.source")
	_, err := time.Parse("15:04", t.DueTime)
	c.That(t.DueTime == "" || err == nil && !t.Due.IsZero(), "due_time", "task.problem.due_time")
	c.That(t.Due.IsZero() || given.IsZero() || !t.Due.Before(given), "due", "task.problem.due")
	return c.Err()
}

// Open reports whether the task still waits for work or for a verdict. A task
// judged as not done stays open: it will be carried over.
func (t Task) Open() bool {
	switch t.State {
	case Withdrawn:
		return false
	case Judged:
		return t.Verdict == NotDone
	}
	return true
}

// Overdue reports whether the task should have been done before the moment now and
// nobody has said that it is. A task without an hour has the whole of its day.
func (t Task) Overdue(now when.Instant) bool {
	if !t.Open() || t.State == DoneReported || t.Due.IsZero() {
		return false
	}
	day := now.Date()
	return t.Due.Before(day) || t.Due == day && t.DueTime != "" && t.DueTime < now.HHMM()
}

// DueText returns the day by which the task is due as people write it, with its
// hour where it has one: "20/12/2026, 15:30".
func (t Task) DueText() string {
	if t.DueTime == "" {
		return t.Due.Slashed()
	}
	return t.Due.Slashed() + ", " + t.DueTime
}

// NeedsHelp reports whether the owner has named something in the way to which
// nobody has answered yet.
func (t Task) NeedsHelp() bool { return t.Open() && t.Difficulty != "" && t.Help == "" }

// OwnedBy reports whether the member is one of the owners.
func (t Task) OwnedBy(member string) bool {
	return member != "" && slices.Contains(t.Owners, member)
}

// Path returns the page of the task.
func (t Task) Path() string { return "/tasks/" + t.ID }

// toCarry reports whether the meeting named from, held on day, must leave t to
// the next one.
func (t Task) toCarry(from string, day when.Date) bool {
	if !t.Open() || t.Meeting == from {
		return false
	}
	return t.Verdict == NotDone || !t.Due.IsZero() && !day.Before(t.Due)
}
