package notebook

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"chibo/document"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/member"
	"chibo/organization"
)

// Inspection is that a member has shown their notebook to the cell (E82 of the elements
// of the field): when, to whom, whether it was in order. What stood in it is not kept.
type Inspection struct {
	Root         string `db:"root_id"`
	ID           string
	Organization string `db:"organization_id"`
	Member       string `db:"member_id"`
	ShownOn      when.Date
	InOrder      bool
	Remark       string
	EnteredBy    string // id of the member
	EnteredAt    when.Instant
}

// defaultEvery is how often a cell looks at the notebooks where it has settled nothing,
// in months. The documents that Chibo knows say "from time to time" and no figure.
const defaultEvery = 3

// longestRemark is the most letters that a remark has.
const longestRemark = 500

// Showing is what the form of an inspection brings: several may show theirs at once.
type Showing struct {
	Cell    string    `form:"cell"`
	Members []string  `form:"members"`
	ShownOn when.Date `form:"shown_on"`
	InOrder string    `form:"in_order"` // yes, no
	Remark  string    `form:"remark"`
}

// Validate says what is wrong with what was entered on a day.
func (f Showing) Validate(today when.Date) error {
	var c fault.Check
	c.That(len(f.Members) > 0, "members", "notebook.problem.nobody")
	c.That(!f.ShownOn.IsZero() && !today.Before(f.ShownOn), "shown_on", "notebook.problem.day")
	c.That(f.InOrder == "yes" || f.InOrder == "no", "in_order", "fault.choice")
	c.That(len([]rune(f.Remark)) <= longestRemark, "remark", "notebook.problem.remark")
	return c.Err()
}

// Stand is how the notebook of one member of the roll stands with the cell.
type Stand struct {
	member.Entry
	Last Inspection // the zero Inspection: never shown
	// Due says that it is time to show it again.
	Due bool
}

// stands lays the last inspections beside the roll. Whoever need not attend is never
// due.
func stands(roll []member.Entry, last map[string]Inspection, every int, today when.Date) []Stand {
	out := make([]Stand, len(roll))
	for i, e := range roll {
		s := Stand{Entry: e, Last: last[e.ID]}
		s.Due = e.Standing.CountsInAttendance() && (s.Last.ID == "" || !s.Last.InOrder || !today.Before(after(s.Last.ShownOn, every)))
		out[i] = s
	}
	return out
}

// after returns the first day of the month that lies so many months behind that of day.
func after(day when.Date, months int) when.Date { return day.In().Add(months).First() }

// Show enters who has shown a notebook.
func (s *Service) Show(ctx context.Context, who access.Person, f Showing) error {
	if err := f.Validate(s.now().Date()); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		o, err := organization.Get(ctx, tx, who.Scope(Inspect), f.Cell)
		if err != nil {
			return err
		}
		for _, m := range slices.Compact(slices.Sorted(slices.Values(f.Members))) {
			if _, there, err := member.EntryOn(ctx, tx, o.Root, o.ID, m, f.ShownOn); err != nil || !there {
				return cmp.Or(err, fault.New(fault.NotFound, "fault.not_found"))
			}
			i := Inspection{
				Root: o.Root, ID: id.New(), Organization: o.ID, Member: m, ShownOn: f.ShownOn, InOrder: f.InOrder == "yes", Remark: f.Remark,
				EnteredBy: who.Member, EnteredAt: s.now(),
			}
			if err := db.Insert(ctx, tx, "notebook_inspection", i); err != nil {
				return err
			}
			if err := s.Audit.Write(ctx, tx, who, o.Root, "notebook.shown", m, map[string]any{"on": f.ShownOn, "in_order": i.InOrder}); err != nil {
				return err
			}
		}
		return nil
	})
}

// Unshow takes back what was entered by mistake.
func (s *Service) Unshow(ctx context.Context, who access.Person, inspection string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		i, err := inspectionInScope(ctx, tx, who.Scope(Inspect), inspection)
		if err != nil {
			return err
		}
		if err := deleteInspection(ctx, tx, i); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, i.Root, "notebook.unshown", i.Member, map[string]any{"on": i.ShownOn})
	})
}

// Settle says how often a cell looks at the notebooks, in months.
func (s *Service) Settle(ctx context.Context, who access.Person, cell string, every int) error {
	var c fault.Check
	c.That(every >= 1 && every <= 24, "every", "notebook.problem.every")
	if err := c.Err(); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		o, err := organization.Get(ctx, tx, who.Scope(Inspect), cell)
		if err != nil {
			return err
		}
		if err := putEvery(ctx, tx, o.Root, o.ID, every); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, o.Root, "notebook.settled", o.ID, map[string]any{"every_months": every})
	})
}

// Stands returns how the notebooks of a cell stand today, and how often it looks at
// them.
func (s *Service) Stands(ctx context.Context, q db.Q, root, cell string) (all []Stand, every int, err error) {
	today := s.now().Date()
	if every, err = everyOf(ctx, q, root, cell); err != nil {
		return nil, 0, err
	}
	roll, err := member.Roll(ctx, q, root, cell, today)
	if err != nil {
		return nil, every, err
	}
	shown, err := inspections(ctx, q, root, cell, when.Date{}, today)
	if err != nil {
		return nil, every, err
	}
	last := map[string]Inspection{}
	for _, i := range shown { // the last first
		if _, found := last[i.Member]; !found {
			last[i.Member] = i
		}
	}
	return stands(roll, last, every, today), every, nil
}

// register is the list of a year, to be printed.
type register struct {
	Cell  organization.Organization
	Year  int
	Today when.Date
	Shown []Inspection // the last first
	Names map[string]string
	Due   []string // names of those who have to show theirs
}

func (r register) doc() document.Doc {
	d := document.Doc{
		Layout: document.LayoutOn(r.Today), Superior: r.Cell.Superior, Issuer: r.Cell.Name, Place: r.Cell.Town, Date: r.Today,
		Title: "Danh sách", Subject: "kiểm tra sổ tay đảng viên năm " + strconv.Itoa(r.Year),
		Signatures: []document.Signature{{For: "T/M CHI BỘ", As: "BÍ THƯ"}},
	}
	t := document.Table{Columns: []document.Column{
		{Title: "TT", Share: 0.07, Align: document.Center},
		{Title: "Họ và tên", Share: 0.28},
		{Title: "Ngày xem", Share: 0.16, Align: document.Center},
		{Title: "Ghi chép", Share: 0.17},
		{Title: "Nhận xét", Share: 0.32},
	}}
	for i, s := range slices.Backward(r.Shown) {
		t.Rows = append(t.Rows, []document.Text{
			document.Plain(strconv.Itoa(len(r.Shown) - i)), document.Plain(r.Names[s.Member]), document.Plain(s.ShownOn.Slashed()),
			document.Plain(vietnamese.Of("notebook.order", yes(s.InOrder))), document.Plain(s.Remark),
		})
	}
	d.Body = []document.Block{document.Para(fmt.Sprintf("Trong năm đã xem sổ %d lượt. Chi bộ ghi việc kiểm tra, không ghi nội dung trong sổ.", len(r.Shown))), t}
	if len(r.Due) > 0 {
		d.Body = append(d.Body, document.Para("Đến hạn xem: "+strings.Join(r.Due, ", ")+"."))
	}
	return d
}

// yes names an answer as forms and texts do.
func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
