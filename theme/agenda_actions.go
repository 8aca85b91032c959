package theme

import (
	"context"
	"slices"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/library"
	"chibo/meeting"
)

// Next returns the theme that is planned for a month and that no meeting treats. It
// is a meeting.Themes.
func (s *Service) Next(ctx context.Context, q db.Q, root, organization string, month when.Month) (meeting.Planned, error) {
	e, found, err := waiting(ctx, q, root, organization, month, "")
	if err != nil || !found {
		return meeting.Planned{}, err
	}
	return meeting.Planned{Kind: e.Kind, Title: e.Title}, nil
}

// waiting returns the first theme of a month that no meeting treats: the one of this
// title, or any where the title is empty.
func waiting(ctx context.Context, q db.Q, root, organization string, month when.Month, title string) (Entry, bool, error) {
	plan, err := Plan(ctx, q, root, organization, month, month)
	if err != nil {
		return Entry{}, false, err
	}
	at := slices.IndexFunc(plan, func(e Entry) bool { return e.Meeting == "" && (title == "" || e.Title == title) })
	if at < 0 {
		return Entry{}, false, nil
	}
	return plan[at], true, nil
}

// Lay ties a meeting that treats a theme to the plan: the planned theme of its title
// fills in presenter, questions and report; a theme that people have typed enters
// the plan. It is a meeting.Laid.
func (s *Service) Lay(ctx context.Context, tx *db.Tx, m meeting.Meeting) error {
	if !m.Kind.HasTheme() {
		return release(ctx, tx, m.Root, m.ID)
	}
	if m.Theme == "" {
		return nil
	}
	e, found, err := Of(ctx, tx, m.Root, m.ID)
	if err != nil {
		return err
	}
	if found && e.Title != m.Theme {
		if err := release(ctx, tx, m.Root, m.ID); err != nil {
			return err
		}
		found = false
	}
	if !found {
		if e, found, err = waiting(ctx, tx, m.Root, m.Organization, m.Month, m.Theme); err != nil {
			return err
		}
	}
	t := e.Theme
	if !found {
		t = Theme{
			Root: m.Root, ID: id.New(), Organization: m.Organization, Month: m.Month, Kind: m.Kind, Title: m.Theme,
			Due: m.Day(), CreatedAt: s.now(), CreatedBy: m.CreatedBy,
		}
		if err := insert(ctx, tx, t); err != nil {
			return err
		}
	}
	t.Meeting, t.Kind = m.ID, m.Kind
	if err := update(ctx, tx, t); err != nil {
		return err
	}
	return s.fill(ctx, tx, t, "")
}

// fill puts presenter, questions and report of a theme into its meeting, as far as
// that may still be changed. A presenter whom people have chosen there stays:
// before names the one whom the plan named until now.
func (s *Service) fill(ctx context.Context, tx *db.Tx, t Theme, before string) error {
	m, err := meeting.Find(ctx, tx, t.Root, t.Meeting)
	if err != nil || !m.Editable() {
		return err
	}
	items, err := meeting.Items(ctx, tx, m.Root, m.ID)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(items, func(i meeting.Item) bool { return i.Kind == meeting.Theme })
	if at >= 0 && items[at].Presenter == before && t.Presenter != before {
		if err := meeting.Charge(ctx, tx, m.Root, m.ID, items[at].ID, t.Presenter); err != nil {
			return err
		}
	}
	if err := meeting.Pose(ctx, tx, m, t.Asked()...); err != nil {
		return err
	}
	return s.enclose(ctx, tx, t, items)
}

// enclose lays the report among the papers of the meeting, with the item of the
// theme.
func (s *Service) enclose(ctx context.Context, tx *db.Tx, t Theme, items []meeting.Item) error {
	files, err := library.Files(ctx, tx, t.Root, FileUse, t.ID)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(items, func(i meeting.Item) bool { return i.Kind == meeting.Theme })
	for _, f := range files {
		paper := meeting.Paper{File: f.ID, Title: f.Name, AddedAt: f.KeptAt, AddedBy: f.KeptBy}
		if at >= 0 {
			paper.Item = items[at].ID
		}
		if err := meeting.Enclose(ctx, tx, t.Root, t.Meeting, paper); err != nil {
			return err
		}
	}
	return nil
}

// Take lets the draft of the month that is there already treat the theme: an
// ordinary meeting becomes a combined one, whose agenda is laid anew.
func (s *Service) Take(ctx context.Context, who access.Person, themeID string) (meeting.Meeting, error) {
	e, _, err := inScope(ctx, s.DB, who.Scope(Arrange), themeID)
	if err != nil {
		return meeting.Meeting{}, err
	}
	m, found, err := taker(ctx, s.DB, e)
	if err != nil {
		return m, err
	}
	if !found {
		return m, fault.New(fault.Conflict, "theme.problem.no_draft")
	}
	d := m.Details()
	d.Theme = e.Title
	if !d.Kind.HasTheme() {
		d.Kind = meeting.Combined
	}
	return m, s.Meetings.Revise(ctx, who, m.ID, d)
}

// taker returns the draft that can treat a waiting theme.
func taker(ctx context.Context, q db.Q, e Entry) (meeting.Meeting, bool, error) {
	if e.Meeting != "" {
		return meeting.Meeting{}, false, nil
	}
	meetings, err := meeting.Between(ctx, q, e.Root, e.Organization, e.Month, e.Month)
	if err != nil {
		return meeting.Meeting{}, false, err
	}
	at := slices.IndexFunc(meetings, func(m meeting.Meeting) bool {
		return m.State == meeting.Draft && m.Kind.Regular() && m.Kind.Monthly() == (e.Kind == meeting.Combined)
	})
	if at < 0 {
		return meeting.Meeting{}, false, nil
	}
	return meetings[at], true, nil
}
