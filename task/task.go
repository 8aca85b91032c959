// Package task keeps the work that a cell has given to people: chỉ tiêu, nhiệm
// vụ được giao.
//
// A task is given at a meeting, or between two meetings by a leader who cannot
// wait. It has owners, a day by which it is due, words for what counts as done
// and, where it can be counted, a target: nine of twelve households. The owner
// reports from the phone, or somebody enters it for him; difficulties are said
// aloud so that the committee of the cell can help. At the next meeting the cell
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
	AtMeeting Origin = "meeting" // by the meeting named in Task.Meeting
	ByLeader  Origin = "leader"  // between two meetings, by a leader of the cell
)

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
	// Target and Reached count Unit ("hộ"); Target 0 says that nothing is counted.
	Target, Reached int
	Unit            string
	State           State
	// Verdict is the cell's word on the task, empty while none stands. Cause and
	// Remedy are those of the last verdict: they stay when the task is carried over.
	Verdict       Verdict
	Cause, Remedy string
	// Difficulty is what the last report names as being in the way.
	Difficulty string
	Origin     Origin
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

// EventKind says what happened to a task.
type EventKind string

// The kinds of events.
const (
	WasGiven     EventKind = "given"
	WasChanged   EventKind = "changed"
	WasUrged     EventKind = "urged"
	Progress     EventKind = "progress"
	ReportedDone EventKind = "done_reported"
	WasJudged    EventKind = "judged"
	WasReopened  EventKind = "reopened" // a verdict or a withdrawal was taken back
	WasCarried   EventKind = "carried"
	WasWithdrawn EventKind = "withdrawn"
)

// Event is one line of a task's history. Which fields say something depends on
// Kind.
type Event struct {
	Root string `db:"root_id"`
	Task string `db:"task_id"`
	// Seq counts from 1.
	Seq  int
	Kind EventKind
	At   when.Instant
	// By is the id of the member who did it; For the owner for whom a report was
	// entered, when that is somebody else.
	By  string `db:"by_member"`
	For string `db:"for_member"`
	// Meeting is where it was judged, or to which meeting it was carried.
	Meeting string `db:"meeting_id"`
	Reached int
	// Text is the words of a report, of an urging, or the reason of a withdrawal.
	Text          string
	Difficulty    string
	Verdict       Verdict
	Cause, Remedy string
	// Due is the new day where a judgement, a carrying over or a change sets one.
	Due when.Date
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
	c.That(len([]rune(t.Title)) <= maxTitle, "title", "task.problem.long")
	c.That(len([]rune(t.DoneWhen)) <= maxText, "done_when", "task.problem.long")
	c.That(len(t.Owners) > 0, "owners", "task.problem.owners")
	c.That(t.Target >= 0 && t.Target <= maxTarget, "target", "task.problem.target")
	c.That(t.Target == 0 || strings.TrimSpace(t.Unit) != "", "unit", "task.problem.unit")
	c.That(len([]rune(t.Unit)) <= maxUnit, "unit", "task.problem.long")
	given := t.GivenAt.Date()
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

// Overdue reports whether the task should have been done before day and nobody
// has said that it is.
func (t Task) Overdue(day when.Date) bool {
	return t.Open() && t.State != DoneReported && !t.Due.IsZero() && t.Due.Before(day)
}

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

// Urgent reports whether a leader gave the task between two meetings.
func (t Task) Urgent() bool { return t.Origin == ByLeader }

// Judgement is the verdict of a meeting on a task. Its zero Verdict takes an
// earlier verdict back.
type Judgement struct {
	Verdict       Verdict
	Cause, Remedy string
	// Report is what the owner told the meeting; Reached the count then, 0 where the
	// last report stands.
	Report  string
	Reached int
	// Due is the new day for a task that is not done; the zero Date keeps the old.
	Due     when.Date
	Meeting string
	By      string // id of the member who entered it
	At      when.Instant
}

// Check says what is wrong with a judgement: work that came late needs its
// cause, work that is not done its cause and its remedy.
func (j Judgement) Check() error {
	var c fault.Check
	c.That(j.Verdict == "" || slices.Contains(Verdicts, j.Verdict), "verdict", "task.problem.verdict")
	c.That(j.Verdict != Late && j.Verdict != NotDone || strings.TrimSpace(j.Cause) != "", "cause", "task.problem.cause")
	c.That(j.Verdict != NotDone || strings.TrimSpace(j.Remedy) != "", "remedy", "task.problem.remedy")
	c.That(len([]rune(j.Cause)) <= maxText, "cause", "task.problem.long")
	c.That(len([]rune(j.Remedy)) <= maxText, "remedy", "task.problem.long")
	c.That(len([]rune(j.Report)) <= maxText, "report", "task.problem.long")
	c.That(j.Reached >= 0 && j.Reached <= maxTarget, "reached", "task.problem.reached")
	return c.Err()
}

func (j Judgement) event() Event {
	kind := WasJudged
	if j.Verdict == "" {
		kind = WasReopened
	}
	return Event{
		Kind: kind, At: j.At, By: j.By, Meeting: j.Meeting, Verdict: j.Verdict, Cause: j.Cause, Remedy: j.Remedy,
		Text: j.Report, Reached: j.Reached, Due: j.Due,
	}
}

// After returns the task as event e leaves it, with e's place in the history, or
// the reason why e cannot happen now.
func (t Task) After(e Event) (Task, Event, error) {
	if err := t.refuse(e); err != nil {
		return t, e, err
	}
	t.Seq++
	e.Root, e.Task, e.Seq = t.Root, t.ID, t.Seq
	if !e.Due.IsZero() {
		t.Due = e.Due
	}
	switch e.Kind {
	case WasGiven:
		t.State, t.GivenAt, t.GivenBy = Given, e.At, e.By
	case Progress, ReportedDone:
		t = t.reported(e)
	case WasJudged:
		t.State, t.Verdict, t.Cause, t.Remedy = Judged, e.Verdict, e.Cause, e.Remedy
		if e.Reached > 0 {
			t.Reached = e.Reached
		}
	case WasReopened:
		t.State, t.Verdict, t.Cause, t.Remedy = t.working(), "", "", ""
	case WasCarried:
		t.State, t.Verdict, t.NextMeeting = Carried, "", e.Meeting
		t.CarriedTimes++
	case WasWithdrawn:
		t.State = Withdrawn
	}
	return t, e, nil
}

func (t Task) reported(e Event) Task {
	t.State, t.Verdict, t.Reached, t.Difficulty = Doing, "", e.Reached, e.Difficulty
	if e.Kind == ReportedDone {
		t.State = DoneReported
	}
	return t
}

// working is the state of a task on which no verdict stands.
func (t Task) working() State {
	switch {
	case t.CarriedTimes > 0:
		return Carried
	case t.Reached > 0:
		return Doing
	}
	return Given
}

func (t Task) refuse(e Event) error {
	settled := !t.Open()
	switch {
	case (e.Kind == WasGiven) != (t.Seq == 0):
		return fault.New(fault.Conflict, "task.refused.given")
	case e.Kind == WasReopened && t.State != Judged && t.State != Withdrawn:
		return fault.New(fault.Conflict, "task.refused.not_judged")
	case settled && e.Kind == WasJudged && t.State == Judged: // a verdict may be corrected
		return nil
	case settled && e.Kind != WasReopened && e.Kind != WasGiven:
		return fault.New(fault.Conflict, "task.refused.settled", "Title", t.Title)
	case e.Kind == WasWithdrawn && strings.TrimSpace(e.Text) == "":
		return fault.New(fault.Invalid, "task.refused.reason")
	}
	return nil
}
