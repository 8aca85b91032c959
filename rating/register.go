package rating

import (
	"context"
	"slices"
	"strings"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/search"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/member"
	"chibo/organization"
	"chibo/proceedings"
)

// lookedAtRegister stands in the log when somebody opens the register; object: the cell.
const lookedAtRegister = "rating.register_viewed"

// Register is what a cell keeps of praise and of years.
type Register struct {
	Cell organization.Organization
	// Remarks are those of the year, of meetings and between them; Titles names their
	// meetings.
	Year    int
	Remarks []Remark
	Titles  map[string]string
	Awards  []member.Award // of the members, the last first
	Given   []organization.Title
	// Years holds the levels of years by subject, Names the subjects.
	Years map[string][]Past
	Names map[string]string
	Roll  []member.Entry
	// Long names those whose last years run long enough to be proposed for, with the
	// years; Model the years running in which the cell was a model one.
	Long  map[string][]int
	Model []int
}

// modelCell is what a title of the cell is called in the years that are counted for
// "năm năm liền", without marks and in small letters.
const modelCell = "trong sach vung manh tieu bieu"

// Register returns the register of a cell for a year to its committee, and notes that
// they looked.
func (s *Service) Register(ctx context.Context, who access.Person, organizationID string, year int) (Register, error) {
	o, err := cell(ctx, s.DB, who, organizationID)
	if err != nil {
		return Register{}, err
	}
	r := Register{Cell: o, Year: year, Titles: map[string]string{}, Years: map[string][]Past{}, Long: map[string][]int{}}
	first, last := when.On(year, 1, 1), when.On(year, 12, 31)
	if r.Remarks, err = remarks(ctx, s.DB, o.Root, o.ID, first, last); err != nil {
		return r, err
	}
	meetings, err := meeting.Between(ctx, s.DB, o.Root, o.ID, first.In().Add(-1), last.In().Add(1))
	if err != nil {
		return r, err
	}
	for _, m := range meetings {
		r.Titles[m.ID] = m.Title
	}
	if r.Roll, err = member.Roll(ctx, s.DB, o.Root, o.ID, s.today()); err != nil {
		return r, err
	}
	if r.Awards, err = member.AwardsIn(ctx, s.DB, o.Root, o.ID); err != nil {
		return r, err
	}
	if r.Given, err = organization.Titles(ctx, s.DB, o.Root, o.ID); err != nil {
		return r, err
	}
	all, err := pasts(ctx, s.DB, o.Root, o.ID)
	if err != nil {
		return r, err
	}
	r.years(all)
	if r.Names, err = r.names(ctx, s.DB); err != nil {
		return r, err
	}
	return r, s.DB.Tx(ctx, func(tx *db.Tx) error {
		return s.Audit.Write(ctx, tx, who, o.Root, lookedAtRegister, o.ID, map[string]int{"year": year})
	})
}

// years sorts the levels by subject and finds the long runs of excellent years. A year
// decided in a round goes before one entered from paper.
func (r *Register) years(all []Past) {
	best := map[string][]int{}
	for _, p := range all {
		if slices.ContainsFunc(r.Years[p.Subject], func(q Past) bool { return q.Year == p.Year }) {
			continue
		}
		r.Years[p.Subject] = append(r.Years[p.Subject], p)
		if p.Level == Excellent {
			best[p.Subject] = append(best[p.Subject], p.Year)
		}
	}
	for subject, years := range best {
		if run := Run(years); Long(run) {
			r.Long[subject] = run
		}
	}
	var model []int
	for _, t := range r.Given {
		if strings.Contains(search.Fold(t.Title), modelCell) {
			model = append(model, t.Year)
		}
	}
	r.Model = Run(model)
}

// names returns the names of all who are spoken of.
func (r *Register) names(ctx context.Context, q db.Q) (map[string]string, error) {
	var people []string
	for _, m := range r.Remarks {
		people = append(people, m.Member)
	}
	for _, a := range r.Awards {
		people = append(people, a.Member)
	}
	for subject := range r.Years {
		people = append(people, subject)
	}
	out, err := member.Names(ctx, q, r.Cell.Root, people...)
	if err == nil {
		out[Cell] = r.Cell.Name
	}
	return out, err
}

// Saying is what the committee writes down between two meetings.
type Saying struct {
	Organization string           `form:"unit"`
	Member       string           `form:"member"`
	Form         proceedings.Form `form:"form"`
	Text         string           `form:"text"`
	On           when.Date        `form:"on"`
}

// Say enters praise, a reminder or criticism of somebody on the roll.
func (s *Service) Say(ctx context.Context, who access.Person, f Saying) error {
	o, err := cell(ctx, s.DB, who, f.Organization)
	if err != nil {
		return err
	}
	var c fault.Check
	c.That(slices.Contains(sayings, f.Form), "form", "rating.problem.choice")
	c.That(f.Text != "", "text", "rating.problem.words")
	c.AtMost(f.Text, maxText, "text")
	c.That(!f.On.IsZero(), "on", "rating.problem.day")
	c.That(!s.today().Before(f.On), "on", "rating.problem.future")
	_, listed, err := member.EntryOn(ctx, s.DB, o.Root, o.ID, f.Member, s.today())
	if err != nil {
		return err
	}
	c.That(listed, "member", "rating.problem.member")
	if err := c.Err(); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		r := Remark{
			Root: o.Root, ID: id.New(), Organization: o.ID, Member: f.Member, Form: f.Form, Text: f.Text, On: f.On,
			EnteredBy: who.Member, EnteredAt: s.now(),
		}
		if err := insertRemark(ctx, tx, r); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, o.Root, "rating.said", r.ID, map[string]string{"member": f.Member})
	})
}

// sayings are the forms in the order in which people choose them.
var sayings = []proceedings.Form{proceedings.Praise, proceedings.Reminder, proceedings.Criticism}

// Unsay takes out what was entered by mistake; what a meeting has said stays.
func (s *Service) Unsay(ctx context.Context, who access.Person, organizationID, remark string) error {
	o, err := cell(ctx, s.DB, who, organizationID)
	if err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		n, err := deleteRemark(ctx, tx, o.Root, o.ID, remark)
		if err == nil && n == 0 {
			err = fault.New(fault.NotFound, "fault.not_found")
		}
		if err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, o.Root, "rating.unsaid", remark, nil)
	})
}

// Year is the level of a year before the rounds of the program.
type Year struct {
	Organization string `form:"unit"`
	Subject      string `form:"subject"`
	Year         int    `form:"year"`
	Level        Level  `form:"level"`
	Source       string `form:"source"`
}

// PutYear enters the level of an earlier year from its decision.
func (s *Service) PutYear(ctx context.Context, who access.Person, f Year) error {
	o, err := cell(ctx, s.DB, who, f.Organization)
	if err != nil {
		return err
	}
	var c fault.Check
	c.That(f.Year >= 1990 && f.Year < s.today().Year, "year", "rating.problem.year")
	c.That(slices.Contains(Levels, f.Level), "level", "rating.problem.level")
	c.That(f.Source != "", "source", "rating.problem.number")
	c.AtMost(f.Source, maxLine, "source")
	listed := f.Subject == Cell
	if !listed {
		if _, listed, err = member.EntryOn(ctx, s.DB, o.Root, o.ID, f.Subject, s.today()); err != nil {
			return err
		}
	}
	c.That(listed, "subject", "rating.problem.member")
	if err := c.Err(); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := putPast(ctx, tx, Past{o.Root, o.ID, f.Subject, f.Year, f.Level, f.Source}); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, o.Root, "rating.year_put", f.Subject, map[string]int{"year": f.Year})
	})
}
