package task

import (
	"database/sql/driver"
	"fmt"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/notice"
)

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
	WasHelped    EventKind = "helped" // the committee answered to a difficulty
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
	// Text is the words of a report, of an urging, of an answer, or the reason of a
	// change or a withdrawal.
	Text          string
	Difficulty    string
	Verdict       Verdict
	Cause, Remedy string
	// Due is the new day where a judgement, a carrying over or a change sets one,
	// DueTime its hour.
	Due     when.Date
	DueTime string
	// Owners are those of the task from then on, where it was given or changed.
	Owners Owners
	// Way is how the owners were urged.
	Way notice.Way
}

// Owners are ids of members, stored as text with blanks between them.
type Owners []string

// Value stores the ids.
func (o Owners) Value() (driver.Value, error) { return strings.Join(o, " "), nil }

// Scan reads the ids.
func (o *Owners) Scan(src any) error {
	text, ok := src.(string)
	if !ok {
		return fmt.Errorf("owners from %T", src)
	}
	*o = strings.Fields(text)
	return nil
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
		t.Due, t.DueTime = e.Due, e.DueTime
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
		t.Verdict, t.NextMeeting = "", e.Meeting
		t.CarriedTimes++
		if t.State != DoneReported { // the next meeting still has the owner's word to judge
			t.State = Carried
		}
	case WasHelped:
		t.Help = e.Text
	case WasWithdrawn:
		t.State = Withdrawn
	}
	return t, e, nil
}

func (t Task) reported(e Event) Task {
	t.State, t.Verdict, t.Reached = Doing, "", e.Reached
	switch {
	case e.Difficulty != "":
		t.Difficulty, t.Help = e.Difficulty, ""
	case t.Help != "": // what was answered is over; what was not stays before the committee
		t.Difficulty, t.Help = "", ""
	}
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
	case e.Kind == WasHelped && !t.NeedsHelp():
		return fault.New(fault.Conflict, "task.refused.no_difficulty")
	case e.Kind == WasWithdrawn && strings.TrimSpace(e.Text) == "":
		return fault.New(fault.Invalid, "task.refused.reason")
	}
	return nil
}
