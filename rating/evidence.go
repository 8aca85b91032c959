package rating

import (
	"chibo/kit/when"
	"chibo/member"
	"chibo/proceedings"
	"chibo/task"
)

// Evidence is what the meetings of a period have shown of somebody. It is read from
// the records of the meetings each time and never copied.
type Evidence struct {
	Meetings []Attended
	Tasks    []task.Outcome
	Remarks  []Remark
	// Titles names the meetings that are spoken of, by id.
	Titles map[string]string
}

// Attended is one closed meeting of the period.
type Attended struct {
	Meeting string // id
	Title   string
	On      when.Date
	// Expected says that the person counted in the attendance on that day; Came that
	// they came; Times how often they spoke.
	Expected, Came bool
	Times          int
}

// Remark is praise, a reminder or criticism (E64 of the elements of the field).
type Remark struct {
	Root         string `db:"root_id"`
	ID           string
	Organization string `db:"organization_id"`
	Member       string `db:"member_id"`
	Form         proceedings.Form
	Text         string
	On           when.Date `db:"said_on"`
	// Meeting is the id of the meeting that said it, empty between two meetings.
	Meeting   string       `db:"-"`
	EnteredBy string       // id of the member
	EnteredAt when.Instant // zero for those of a meeting
}

// Attendance returns to how many of the meetings to which they were expected the
// person came, and how often they spoke.
func (e Evidence) Attendance() (came, expected, spoke int) {
	for _, m := range e.Meetings {
		if m.Expected {
			expected++
		}
		if m.Came {
			came++
		}
		spoke += m.Times
	}
	return came, expected, spoke
}

// Facts counts the tasks for the conditions of the levels.
func (e Evidence) Facts() Facts {
	var f Facts
	by := map[task.Verdict]*int{task.Well: &f.Well, task.Done: &f.Done, task.Late: &f.Late, task.NotDone: &f.NotDone, "": &f.Waiting}
	for _, t := range e.Tasks {
		if n := by[t.Said]; n != nil {
			*n++
		}
		if t.Target > 0 {
			f.Countable++
			if t.Reached > t.Target && t.Said != task.NotDone && t.Said != "" {
				f.Beyond++
			}
		}
	}
	return f
}

// expectedOn reports whether somebody with the records counts in the attendance on a
// day.
func expectedOn(records []member.Record, day when.Date) bool {
	r, found := member.On(records, day)
	return found && r.Standing.CountsInAttendance()
}
