// Package directive carries what a committee asks down to its cells (văn bản chỉ đạo):
// paragraph by paragraph, and with its citation.
//
// Its story: a document has come to the committee's office. Somebody marks the paragraph
// that concerns the cells, chooses kinds of cell or cells by name, and says by when. From
// then on it stands before each of these cells by itself: as an item of the agenda that
// is being prepared, or as a task of the secretary. Whoever of the cell opens it is noted
// with the first time, so that nobody has to ask whether it has arrived. It is handled
// when the item was treated in a meeting whose minutes are sealed, or when the cell has
// judged the task as done; until then it comes back on every next agenda, and the
// committee sees which cells have not handled it and reminds them at one press.
//
// Where contents of a meeting come from is said with each: the direction of the
// committee, tasks of the People's Committee, movements of the Front and the mass
// organisations, the plan of a sector, a regular resolution, a work programme.
package directive

import (
	"slices"
	"strings"
	"unicode/utf8"

	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/organization"
	"chibo/task"
)

// Origin says where the contents come from.
type Origin string

// The origins of contents.
const (
	Committee  Origin = "committee"  // chỉ đạo của đảng ủy
	Government Origin = "government" // nhiệm vụ do UBND triển khai, liên quan đến chi bộ
	Front      Origin = "front"      // phong trào do MTTQ, đoàn thể phát động
	Sector     Origin = "sector"     // kế hoạch, hướng dẫn của ngành dọc
	Resolution Origin = "resolution" // nghị quyết thường kỳ của đảng ủy
	Programme  Origin = "programme"  // chương trình công tác: việc của tháng tới
)

// Origins lists the origins in the order of the form.
var Origins = []Origin{Committee, Government, Front, Sector, Resolution, Programme}

// Form says how a directive stands before a cell.
type Form string

// The forms.
const (
	ForAgenda Form = "agenda" // an item of the agenda
	ForWork   Form = "task"   // a task of the secretary
)

// Forms lists the forms in the order of the form.
var Forms = []Form{ForAgenda, ForWork}

// Directive is one paragraph of a document as it was sent down.
type Directive struct {
	Root         string `db:"root_id"`
	ID           string
	Organization string `db:"organization_id"` // the committee that sends
	Document     string `db:"document_id"`     // of the library, empty for one that comes with the program
	// Citation names the document as papers do: "Hướng dẫn số 42-HD/BTCTW ngày 28/10/2025
	// của Ban Tổ chức Trung ương".
	Citation string
	Origin   Origin
	Form     Form
	Title    string // the line of the agenda, or the task
	Text     string // the marked paragraph
	// Month is the first month on whose agenda it stands; zero for the next meeting.
	Month when.Month
	// Due is the day by which it is to be handled.
	Due         when.Date
	SentAt      when.Instant
	SentBy      string
	WithdrawnAt when.Instant
	WithdrawnBy string
	Reason      string // why it was withdrawn
}

// Path returns the page of the directive.
func (d Directive) Path() string { return "/directives/" + d.ID }

// Withdrawn reports whether it was taken back.
func (d Directive) Withdrawn() bool { return !d.WithdrawnAt.IsZero() }

// Limits of what people may write, in letters.
const (
	maxTitle = 300
	maxText  = 4000
	maxNote  = 2000
)

// Validate checks what the form brings, on the day today.
func (d Directive) Validate(today when.Date) error {
	var c fault.Check
	c.That(d.Citation != "", "document", "directive.problem.document")
	c.That(slices.Contains(Origins, d.Origin), "origin", "directive.problem.origin")
	c.That(slices.Contains(Forms, d.Form), "form", "directive.problem.form")
	c.That(d.Title != "", "title", "directive.problem.title")
	c.AtMost(d.Title, maxTitle, "title")
	c.That(strings.TrimSpace(d.Text) != "", "text", "directive.problem.text")
	c.AtMost(d.Text, maxText, "text")
	c.That(d.Due.IsZero() || !d.Due.Before(today), "due", "directive.problem.due")
	c.That(d.Form == ForAgenda || !d.Due.IsZero(), "due", "directive.problem.task_due")
	c.That(d.Month.IsZero() || d.Month.Compare(today.In()) >= 0 && d.Month.Year <= today.Year+2, "month", "directive.problem.month")
	return c.Err()
}

// Note returns what the presenter of the item keeps to: the citation and the paragraph, as
// far as an agenda has room.
func (d Directive) Note() string { return clipped("Theo "+d.Citation+". "+d.Text, maxNote) }

// clipped cuts a text at a letter, so that it has at most most bytes.
func clipped(s string, most int) string {
	const more = "…"
	if len(s) <= most {
		return s
	}
	s = s[:most-len(more)]
	for !utf8.ValidString(s) {
		s = s[:len(s)-1]
	}
	return s + more
}

// minutes is the length that an agenda sets aside for a directive at first.
const minutes = 10

// item returns the line of an agenda.
func (d Directive) item() meeting.Item {
	return meeting.Item{Kind: meeting.Directive, Title: d.Title, Minutes: minutes, Note: d.Note()}
}

// Delivery is what became of a directive in a cell.
type Delivery struct {
	Root         string       `db:"root_id"`
	Directive    string       `db:"directive_id"`
	Organization string       `db:"organization_id"`
	Meeting      string       `db:"meeting_id"` // on whose agenda it stands
	Item         string       `db:"item_id"`
	Task         string       `db:"task_id"`
	HandledAt    when.Instant // treated in a meeting that is sealed
	RemindedAt   when.Instant
}

// Placed is a delivery with what it has come to, as pages show it.
type Placed struct {
	Delivery
	Cell      string // name
	Path      string
	OnAgenda  bool // the item stands still on the agenda of Meeting
	Meet      meeting.State
	MeetAt    when.Instant
	TaskState task.State
	Verdict   task.Verdict
	ReadAt    when.Instant // by the first of the cell
	Readers   int
}

// Stage says how far a cell has come.
type Stage string

// The stages, the furthest last.
const (
	Waiting Stage = "waiting" // neither on an agenda nor given as a task
	Laid    Stage = "laid"    // on the agenda of a meeting to come
	Working Stage = "working" // given as a task
	Met     Stage = "met"     // the meeting was held, its minutes are not sealed
	Handled Stage = "handled"
)

// Stage returns how far the cell has come.
func (p Placed) Stage() Stage {
	judged := p.TaskState == task.Judged && p.Verdict != task.NotDone
	switch {
	case !p.HandledAt.IsZero() || judged:
		return Handled
	case p.Task != "" && p.TaskState != task.Withdrawn:
		return Working
	case p.OnAgenda && p.Meet.Reached(meeting.Open):
		return Met
	case p.OnAgenda:
		return Laid
	}
	return Waiting
}

// Progress counts the cells of a directive by what they have done.
type Progress struct{ Sent, Read, Laid, Handled int }

// ProgressOf counts deliveries. Laid are those on an agenda or in work, also where they
// are handled.
func ProgressOf(all []Placed) Progress {
	p := Progress{Sent: len(all)}
	for _, d := range all {
		stage := d.Stage()
		if d.Readers > 0 {
			p.Read++
		}
		if stage != Waiting {
			p.Laid++
		}
		if stage == Handled {
			p.Handled++
		}
	}
	return p
}

// Addressees says to which cells a directive goes: those of the kinds, and those named.
type Addressees struct {
	Kinds []organization.Kind
	Cells []string // ids
}

// Of returns the cells among units that are addressed on day.
func (a Addressees) Of(units []organization.Organization, day when.Date) []organization.Organization {
	return slices.DeleteFunc(slices.Clone(units), func(o organization.Organization) bool {
		named := slices.Contains(a.Kinds, o.Kind) || slices.Contains(a.Cells, o.ID)
		return o.Level != organization.Cell || !o.OpenOn(day) || !named
	})
}
