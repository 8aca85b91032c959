package theme

import (
	"context"
	"slices"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/library"
	"chibo/meeting"
	"chibo/member"
	"chibo/organization"
)

// The needs of themes.
const (
	// Follow sees of each cell whether a quarter has its theme: form and dates.
	Follow access.Need = "theme.follow"
	// Read sees the plan of a cell and its themes, and sends the own report.
	Read access.Need = "theme.read"
	// Arrange plans, approves and rates themes.
	Arrange access.Need = "theme.arrange"
)

// Service does what people do with the plan of themes.
type Service struct {
	DB       *db.DB
	Now      func() time.Time
	Audit    audit.Log
	Files    *library.Service
	Meetings *meeting.Service
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

// Draft is what is planned of a theme.
type Draft struct {
	Month     when.Month   `form:"month"`
	Kind      meeting.Kind `form:"kind"`
	Title     string       `form:"title"`
	Presenter string       `form:"presenter"`
	Questions string       `form:"questions"`
	Due       when.Date    `form:"due"`
}

// Draft returns what was planned of the theme.
func (t Theme) Draft() Draft {
	return Draft{t.Month, t.Kind, t.Title, t.Presenter, t.Questions, t.Due}
}

// put writes the draft into the theme. Another title, month, presenter or other
// questions take the approval back.
func (d Draft) put(t *Theme) {
	before := t.Draft()
	t.Month, t.Kind, t.Title, t.Presenter, t.Questions, t.Due = d.Month, d.Kind, d.Title, d.Presenter, d.Questions, d.Due
	before.Kind, before.Due, d.Kind, d.Due = "", when.Date{}, "", when.Date{}
	if before != d {
		t.ApprovedOn, t.ApprovedAt, t.ApprovedBy = when.Date{}, 0, ""
	}
}

// Add plans a theme.
func (s *Service) Add(ctx context.Context, who access.Person, cell string, d Draft) (Theme, error) {
	t := Theme{ID: id.New(), CreatedAt: s.now(), CreatedBy: who.Member}
	d.put(&t)
	if err := t.Validate(); err != nil {
		return Theme{}, err
	}
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		o, err := organization.Get(ctx, tx, who.Scope(Arrange), cell)
		if err != nil {
			return err
		}
		if o.Level != organization.Cell {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		t.Root, t.Organization = o.Root, o.ID
		if err := presents(ctx, tx, t, s.now().Date()); err != nil {
			return err
		}
		if t.Due.IsZero() {
			if t.Due, err = lastDay(ctx, tx, t); err != nil {
				return err
			}
		}
		if err := insert(ctx, tx, t); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, t.Root, "theme.planned", t.ID, map[string]any{"month": t.Month})
	})
	return t, err
}

// lastDay is the day for the report where none is named: as long before the usual
// day of the meeting as documents are to be there.
func lastDay(ctx context.Context, q db.Q, t Theme) (when.Date, error) {
	settings, err := organization.SettingsOn(ctx, q, t.Root, t.Organization, t.Month.First())
	if err != nil {
		return when.Date{}, err
	}
	return meeting.DocumentsBefore(settings.StartsAt(t.Month), settings).Date(), nil
}

// presents refuses a presenter who is not on the roll of the cell.
func presents(ctx context.Context, q db.Q, t Theme, day when.Date) error {
	if t.Presenter == "" {
		return nil
	}
	_, there, err := member.EntryOn(ctx, q, t.Root, t.Organization, t.Presenter, day)
	if err == nil && !there {
		err = &fault.Error{Kind: fault.Invalid, Key: "fault.form", Fields: map[string]string{"presenter": "theme.problem.presenter"}}
	}
	return err
}

// change does something to a theme that those who plan may change.
func (s *Service) change(ctx context.Context, who access.Person, themeID, action string, do func(tx *db.Tx, e *Entry) error) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		e, _, err := inScope(ctx, tx, who.Scope(Arrange), themeID)
		if err != nil {
			return err
		}
		if err := do(tx, &e); err != nil {
			return err
		}
		if err := update(ctx, tx, e.Theme); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, e.Root, action, e.ID, nil)
	})
}

// Revise changes what is planned, until the theme has been treated. A meeting that
// takes the theme already and may still be changed takes presenter and questions.
func (s *Service) Revise(ctx context.Context, who access.Person, themeID string, d Draft) error {
	return s.change(ctx, who, themeID, "theme.revised", func(tx *db.Tx, e *Entry) error {
		if e.Treated() {
			return fault.New(fault.Conflict, "theme.problem.treated")
		}
		if e.Meeting != "" {
			d.Month, d.Kind, d.Title = e.Month, e.Kind, e.Title // the meeting says so
		}
		before := e.Presenter
		d.put(&e.Theme)
		if err := e.Validate(); err != nil {
			return err
		}
		if before != e.Presenter {
			if err := presents(ctx, tx, e.Theme, s.now().Date()); err != nil {
				return err
			}
		}
		if e.Meeting == "" {
			return nil
		}
		return s.fill(ctx, tx, e.Theme, before)
	})
}

// Delete takes a theme off the plan that no meeting treats.
func (s *Service) Delete(ctx context.Context, who access.Person, themeID string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		e, _, err := inScope(ctx, tx, who.Scope(Arrange), themeID)
		if err != nil {
			return err
		}
		if e.Meeting != "" {
			return fault.New(fault.Conflict, "theme.problem.in_meeting")
		}
		files, err := library.Files(ctx, tx, e.Root, FileUse, e.ID)
		if err != nil {
			return err
		}
		for _, f := range files {
			if err := s.Files.Remove(ctx, tx, who, e.Root, f.ID); err != nil {
				return err
			}
		}
		if err := remove(ctx, tx, e.Theme); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, e.Root, "theme.deleted", e.ID, map[string]any{"month": e.Month})
	})
}

// Approve records that the committee of the cell has approved a theme on a day. It
// is entered by somebody of the committee; where the cell has none, by its
// secretary (42-HD/BTCTW, 28/10/2025).
func (s *Service) Approve(ctx context.Context, who access.Person, themeID string, on when.Date) error {
	return s.change(ctx, who, themeID, "theme.approved", func(tx *db.Tx, e *Entry) error {
		if on.IsZero() {
			on = s.now().Date()
		}
		if s.now().Date().Before(on) {
			return &fault.Error{Kind: fault.Invalid, Key: "fault.form", Fields: map[string]string{"approved_on": "theme.problem.approved_on"}}
		}
		offices, err := organization.OfficesOn(ctx, tx, e.Root, e.Organization, s.now().Date())
		if err != nil {
			return err
		}
		if !approves(offices, who.Member) {
			return fault.New(fault.Forbidden, "theme.problem.approver")
		}
		e.ApprovedOn, e.ApprovedAt, e.ApprovedBy = on, s.now(), who.Member
		return nil
	})
}

// approves reports whether a member may enter the approval of the cell's committee.
func approves(offices []organization.Office, member string) bool {
	return slices.ContainsFunc(offices, func(o organization.Office) bool {
		return o.Member == member && member != "" && (o.Post == organization.Secretary || o.Post.Leads() && Committee(offices))
	})
}

// Committee reports whether the cell has a committee besides secretary and deputy.
func Committee(offices []organization.Office) bool {
	return slices.ContainsFunc(offices, func(o organization.Office) bool { return o.Post == organization.CommitteeMember })
}

// Judge writes what the cell says of a theme after its meeting.
func (s *Service) Judge(ctx context.Context, who access.Person, themeID string, j Judgement) error {
	if err := j.Validate(); err != nil {
		return err
	}
	return s.change(ctx, who, themeID, "theme.rated", func(_ *db.Tx, e *Entry) error {
		if !e.Treated() {
			return fault.New(fault.Conflict, "theme.problem.not_treated")
		}
		e.Rating, e.Remark, e.Result, e.RatedAt, e.RatedBy = j.Rating, j.Remark, j.Result, s.now(), who.Member
		return nil
	})
}

// QuarterOf returns how a quarter of a cell stands on a day.
func QuarterOf(ctx context.Context, q db.Q, root, organization string, quarter when.Quarter, today when.Date) (Quarter, error) {
	first, last := quarter.First(), quarter.First().Add(2)
	meetings, err := meeting.Between(ctx, q, root, organization, first, last)
	if err != nil {
		return Quarter{}, err
	}
	plan, err := Plan(ctx, q, root, organization, first, last)
	return quarterOf(quarter, meetings, plan, today), err
}
