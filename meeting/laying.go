package meeting

import (
	"context"
	"slices"

	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/matter"
	"chibo/organization"
)

// Themes returns the theme that is planned for a month of an organisation and that
// no meeting treats yet; the zero Planned says that there is none.
type Themes func(ctx context.Context, q db.Q, root, organization string, month when.Month) (Planned, error)

// Planned is a theme of the year's plan: its title, and whether it is treated in
// the meeting of the month (Combined) or in one of its own (Thematic).
type Planned struct {
	Kind  Kind
	Title string
}

// Laid fills in what a feature knows of a meeting whose agenda has been laid. It
// may be run again, and must then leave what people have chosen as it is.
type Laid func(ctx context.Context, tx *db.Tx, m Meeting) error

// planned lets a meeting take its theme from the year's plan: the meeting of a
// month for which a theme is planned treats it too.
func (s *Service) planned(ctx context.Context, q db.Q, o organization.Organization, c Convening) (Convening, error) {
	if s.Themes == nil || c.Theme != "" || c.Kind == Extraordinary {
		return c, nil
	}
	p, err := s.Themes(ctx, q, o.Root, o.ID, c.Month)
	if err != nil || p.Title == "" || c.Kind == Ordinary && p.Kind != Combined {
		return c, err
	}
	if c.Kind == Ordinary {
		c.Kind = Combined
	}
	c.Theme = p.Title
	return c, nil
}

// laid lets the features that come after meetings fill in what they know of a draft.
func (s *Service) laid(ctx context.Context, tx *db.Tx, m Meeting) error {
	if m.State != Draft {
		return nil
	}
	if err := carryAnswers(ctx, tx, m); err != nil {
		return err
	}
	for _, f := range s.Laid {
		if err := f(ctx, tx, m); err != nil {
			return err
		}
	}
	return nil
}

// CarryAnswers lays on the next agenda of an organisation what its superior has answered
// since it last met; without a meeting that is still to be held, the next one takes it
// when it is laid.
func (s *Service) CarryAnswers(ctx context.Context, tx *db.Tx, root, organization string) error {
	all, err := unfinished(ctx, tx, root, organization)
	if err != nil {
		return err
	}
	for _, m := range all {
		if m.Editable() {
			return carryAnswers(ctx, tx, m)
		}
	}
	return nil
}

// carryAnswers hands a meeting the answers that no meeting to come has been handed. From
// there the room takes them on until somebody has said what they are.
func carryAnswers(ctx context.Context, tx *db.Tx, m Meeting) error {
	since, err := lastHeld(ctx, tx, m.Root, m.Organization)
	if err != nil {
		return err
	}
	answers, err := matter.AnsweredSince(ctx, tx, m.Root, m.Organization, since)
	if err != nil || len(answers) == 0 {
		return err
	}
	coming, err := carriedToComing(ctx, tx, m.Root, m.Organization)
	if err != nil {
		return err
	}
	var carried []Carried
	for _, a := range answers {
		if !slices.Contains(coming, a.Key()) {
			carried = append(carried, Carried{Kind: PassedUp, Text: a.Text, Subject: a.Key(), From: a.Meeting})
		}
	}
	return handOver(ctx, tx, Meeting{}, m, carried)
}

// fresh gives the items of a new agenda their ids.
func fresh(agenda []Item) []Item {
	for i := range agenda {
		agenda[i].ID = id.New()
	}
	return agenda
}

// Charge names within tx who presents an item of a meeting that may still be
// changed; the empty member nobody.
func Charge(ctx context.Context, tx *db.Tx, root, meetingID, itemID, member string) error {
	m, err := Find(ctx, tx, root, meetingID)
	if err != nil {
		return err
	}
	if !m.Editable() {
		return fault.New(fault.Conflict, "meeting.problem.not_editable")
	}
	if member != "" {
		if err := invited(ctx, tx, m, member); err != nil {
			return err
		}
	}
	return setPresenter(ctx, tx, m, itemID, member)
}

// Drafts returns the drafts of a cell, the next one first.
func Drafts(ctx context.Context, q db.Q, root, organization string) ([]Meeting, error) {
	all, err := unfinished(ctx, q, root, organization)
	return slices.DeleteFunc(all, func(m Meeting) bool { return m.State != Draft }), err
}

// Place puts an item into the agenda of a draft within tx, before its closing steps;
// where an item of its id stands already, that one becomes as it says and stays in its
// place.
func Place(ctx context.Context, tx *db.Tx, m Meeting, item Item) error {
	return rearrange(ctx, tx, m, func(agenda []Item) ([]Item, error) {
		if err := item.Validate(); err != nil {
			return nil, err
		}
		if at := slices.IndexFunc(agenda, func(i Item) bool { return i.ID == item.ID }); at >= 0 {
			item.Position = agenda[at].Position
			agenda[at] = item
			return agenda, nil
		}
		return placed(agenda, item), nil
	})
}

// TakeOff takes an item off the agenda of a draft within tx.
func TakeOff(ctx context.Context, tx *db.Tx, m Meeting, itemID string) error {
	return rearrange(ctx, tx, m, func(agenda []Item) ([]Item, error) { return without(agenda, itemID), nil })
}

// rearrange changes the agenda of a draft as a whole, while others who want to wait.
func rearrange(ctx context.Context, tx *db.Tx, m Meeting, do func(agenda []Item) ([]Item, error)) error {
	if err := lock(ctx, tx, m.Root, m.ID); err != nil {
		return err
	}
	m, err := Find(ctx, tx, m.Root, m.ID)
	if err != nil {
		return err
	}
	if m.State != Draft {
		return fault.New(fault.Conflict, "meeting.problem.not_editable")
	}
	agenda, err := Items(ctx, tx, m.Root, m.ID)
	if err != nil {
		return err
	}
	if agenda, err = do(agenda); err != nil {
		return err
	}
	return replaceItems(ctx, tx, m, agenda)
}

// Pose adds focus questions to a meeting within tx; those that stand there already
// are not asked twice.
func Pose(ctx context.Context, tx *db.Tx, m Meeting, questions ...string) error {
	there, err := Questions(ctx, tx, m.Root, m.ID)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, f := range there {
		known[f.Text] = true
	}
	n := len(there)
	for _, text := range questions {
		f := Focus{Root: m.Root, Meeting: m.ID, ID: id.New(), Position: n + 1, Text: text}
		if known[text] || f.Validate() != nil || n >= mostRows {
			continue
		}
		if err := db.Insert(ctx, tx, "meeting_focus", f); err != nil {
			return err
		}
		known[text] = true
		n++
	}
	return nil
}

// Put lays within tx an item of another feature on the agenda of a meeting that may still
// be changed, behind the last item of its kind, and returns it with its id; an agenda that
// is full takes none, and the item comes back without one.
func Put(ctx context.Context, tx *db.Tx, m Meeting, item Item) (Item, error) {
	if !m.Editable() {
		return item, fault.New(fault.Conflict, "meeting.problem.not_editable")
	}
	agenda, err := Items(ctx, tx, m.Root, m.ID)
	if err != nil || len(agenda) >= mostItems {
		return item, err
	}
	item.ID = id.New()
	return item, replaceItems(ctx, tx, m, behindKind(agenda, item))
}

// Lift takes within tx an item off the agenda of a meeting that may still be changed; the
// papers that stood with it stay.
func Lift(ctx context.Context, tx *db.Tx, m Meeting, itemID string) error {
	if !m.Editable() {
		return fault.New(fault.Conflict, "meeting.problem.not_editable")
	}
	agenda, err := Items(ctx, tx, m.Root, m.ID)
	if err != nil {
		return err
	}
	return replaceItems(ctx, tx, m, without(agenda, itemID))
}
