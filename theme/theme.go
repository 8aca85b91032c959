// Package theme is the plan of a cell's thematic meetings for a year (sinh hoạt
// chuyên đề).
//
// Its story: at the start of the year the secretary lays out the themes, at least
// one a quarter, each with its month and the member who knows the subject. The
// committee of the cell approves them. The member writes the report and sends it
// as a file before its day. When the meeting of the month is opened it takes the
// theme by itself: title, presenter, the questions to be discussed, the report
// among the papers. After the meeting the cell says in words what the theme was
// worth to it, and what came of it is written down. Whether the quarter has its
// theme is seen by the cell and, as form and dates, by the level above.
//
// Rules rest on 50-CT/TW (23/7/2025), point 2: a thematic meeting at least once a
// quarter; and on 42-HD/BTCTW (28/10/2025): planned from the start of the year or
// quarter, written by a member who knows the subject, approved by the committee of
// the cell, sent at least a day before.
package theme

import (
	"slices"

	"chibo/kit/fault"
	"chibo/kit/text"
	"chibo/kit/when"
	"chibo/meeting"
)

// Theme is one theme of the plan. Members are named by their id.
type Theme struct {
	Root         string `db:"root_id"`
	ID           string
	Organization string `db:"organization_id"`
	Month        when.Month
	// Kind says whether the theme is treated in the meeting of its month
	// (meeting.Combined) or in one of its own (meeting.Thematic).
	Kind      meeting.Kind
	Title     string
	Presenter string
	// Questions are what the cell is to discuss, one a line.
	Questions string
	// Due is the last day for the report.
	Due when.Date
	// ApprovedOn is the day on which the committee of the cell approved, ApprovedAt and
	// ApprovedBy when and by whom that was entered; zero until then.
	ApprovedOn when.Date
	ApprovedAt when.Instant
	ApprovedBy string
	// Meeting is the one that treats the theme, empty while none does.
	Meeting string `db:"meeting_id"`
	// Rating is what the cell says of the theme, Remark its line, Result what came of
	// it.
	Rating    Rating
	Remark    string
	Result    string
	RatedAt   when.Instant
	RatedBy   string
	CreatedAt when.Instant
	CreatedBy string
}

// Path returns the address of the theme.
func (t Theme) Path() string { return "/themes/" + t.ID }

// Approved reports whether the committee of the cell has approved the theme.
func (t Theme) Approved() bool { return !t.ApprovedAt.IsZero() }

// Asked returns the questions one by one.
func (t Theme) Asked() []string { return text.Lines(t.Questions) }

// Rating is what the cell says of a theme, never of the person who presented it.
type Rating string

// The ratings, the best first.
const (
	Practical Rating = "practical" // thiết thực, làm được ngay
	Useful    Rating = "useful"    // bổ ích
	General   Rating = "general"   // còn chung chung
	Unfit     Rating = "unfit"     // chưa sát chi bộ
)

// Ratings lists the ratings in the order of the form.
var Ratings = []Rating{Practical, Useful, General, Unfit}

// Stage says how far a theme has come.
type Stage string

// The stages.
const (
	Planned  Stage = "planned"
	Approved Stage = "approved"
	Treated  Stage = "treated" // its meeting is closed
	Rated    Stage = "rated"
)

// Entry is a theme with the meeting that treats it; a State that is empty says that
// there is none.
type Entry struct {
	Theme
	State    meeting.State
	StartsAt when.Instant
	Reports  int // files
}

// Treated reports whether the meeting of the theme is over.
func (e Entry) Treated() bool { return e.State.Reached(meeting.Closed) }

// Stage returns how far the theme has come.
func (e Entry) Stage() Stage {
	switch {
	case e.Treated() && e.Rating != "":
		return Rated
	case e.Treated():
		return Treated
	case e.Approved():
		return Approved
	}
	return Planned
}

// Late reports whether the report should be there and is not.
func (e Entry) Late(today when.Date) bool {
	return e.Reports == 0 && !e.Treated() && !e.Due.IsZero() && e.Due.Before(today)
}

// Duty says how a quarter stands: a cell holds a thematic meeting at least once a
// quarter (50-CT/TW, 23/7/2025, point 2).
type Duty string

// The duties.
const (
	Done   Duty = "done"
	Set    Duty = "set"    // a theme is planned or a meeting is called
	Open   Duty = "open"   // nothing yet, and the quarter is not over
	Missed Duty = "missed" // the quarter is over
)

// Quarter is how one quarter of a cell stands. On is the day of the meeting that was
// held first, or of the one that is called; the zero Date where only a month is
// planned, or nothing.
type Quarter struct {
	Quarter when.Quarter
	Duty    Duty
	On      when.Date
	Month   when.Month
}

// Met reports whether the duty is met.
func (q Quarter) Met() bool { return q.Duty == Done }

// Quarters returns the four quarters of a year of one cell, by its meetings and its
// plan, on the day today.
func Quarters(year int, meetings []meeting.Meeting, plan []Entry, today when.Date) []Quarter {
	out := make([]Quarter, 4)
	for i := range out {
		out[i] = quarterOf(when.Quarter{Year: year, N: i + 1}, meetings, plan, today)
	}
	return out
}

func quarterOf(q when.Quarter, meetings []meeting.Meeting, plan []Entry, today when.Date) Quarter {
	out := Quarter{Quarter: q, Duty: Open}
	over := q.First().Add(2).Last().Before(today)
	for _, m := range meetings {
		switch {
		case !m.Kind.HasTheme() || m.Month.Quarter() != q || out.Duty == Done && !m.Day().Before(out.On):
		case m.State.Reached(meeting.Closed):
			out.Duty, out.On, out.Month = Done, m.Day(), m.Month
		case out.Duty == Open && !over:
			out.Duty, out.On, out.Month = Set, m.Day(), m.Month
		}
	}
	for _, e := range plan {
		if out.Duty == Open && !over && e.Month.Quarter() == q {
			out.Duty, out.Month = Set, e.Month
		}
	}
	if out.Duty == Open && over {
		out.Duty = Missed
	}
	return out
}

const (
	maxTitle     = 300
	maxQuestions = 4_000
	maxLine      = 500
	maxResult    = 4_000
)

// Validate checks what the form of a theme brings.
func (t Theme) Validate() error {
	var c fault.Check
	c.That(t.Title != "", "title", "theme.problem.title")
	c.AtMost(t.Title, maxTitle, "title")
	c.That(!t.Month.IsZero() && t.Month.Year >= 1930 && t.Month.Year <= 2200, "month", "theme.problem.month")
	c.That(t.Kind.HasTheme(), "kind", "theme.problem.kind")
	c.AtMost(t.Questions, maxQuestions, "questions")
	c.That(t.Due.IsZero() || t.Month.IsZero() || !t.Month.Last().Before(t.Due), "due", "theme.problem.due")
	return c.Err()
}

// Judgement is what the cell says after the meeting.
type Judgement struct {
	Rating Rating `form:"rating"`
	Remark string `form:"remark"`
	Result string `form:"result"`
}

// Validate checks what the form of a judgement brings.
func (j Judgement) Validate() error {
	var c fault.Check
	c.That(slices.Contains(Ratings, j.Rating), "rating", "theme.problem.rating")
	c.AtMost(j.Remark, maxLine, "remark")
	c.AtMost(j.Result, maxResult, "result")
	return c.Err()
}
