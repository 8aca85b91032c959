package lesson

import (
	"context"
	"slices"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/id"
	"chibo/meeting"
	"chibo/organization"
)

// Lay puts the cards that wait in a cell onto the agenda of its next draft: one item for
// all of them. It is a meeting.Laid. Title, minutes and presenter stay as people have
// chosen them; the note lists the cards as they wait now.
func (s *Service) Lay(ctx context.Context, tx *db.Tx, m meeting.Meeting) error {
	next, found, err := nextDraft(ctx, tx, m.Root, m.Organization)
	if err != nil || !found || next.ID != m.ID {
		return err
	}
	waiting, err := waitingIn(ctx, tx, m.Root, m.Organization)
	if err != nil {
		return err
	}
	known, err := itemOf(ctx, tx, m.Root, m.ID)
	if err != nil || known == "" && len(waiting) == 0 {
		return err
	}
	if len(waiting) == 0 {
		return meeting.TakeOff(ctx, tx, m, known)
	}
	items, err := meeting.Items(ctx, tx, m.Root, m.ID)
	if err != nil {
		return err
	}
	item := meeting.Item{ID: id.New(), Kind: meeting.Discussion, Title: ItemTitle, Minutes: itemMinutes}
	if at := slices.IndexFunc(items, func(i meeting.Item) bool { return i.ID == known }); at >= 0 {
		item = items[at]
	}
	item.Note = noteOf(waiting)
	if err := meeting.Place(ctx, tx, m, item); err != nil {
		return err
	}
	return putItem(ctx, tx, m.Root, m.ID, item.ID)
}

// nextDraft returns the next meeting of a cell that is being prepared. An extraordinary
// one is held for its own matter alone.
func nextDraft(ctx context.Context, q db.Q, root, cell string) (meeting.Meeting, bool, error) {
	drafts, err := meeting.Drafts(ctx, q, root, cell)
	at := slices.IndexFunc(drafts, func(m meeting.Meeting) bool { return m.Kind != meeting.Extraordinary })
	if err != nil || at < 0 {
		return meeting.Meeting{}, false, err
	}
	return drafts[at], true, nil
}

// waitingIn returns the cards of committees that wait in a cell, the oldest first.
func waitingIn(ctx context.Context, q db.Q, root, cell string) ([]Lesson, error) {
	all, err := InCell(ctx, q, root, cell)
	var out []Lesson
	for _, h := range slices.Backward(all) {
		if h.Carry.Open() && !h.Own() {
			out = append(out, h.Lesson)
		}
	}
	return out, err
}

// layNext lays the cards of a cell onto its next draft, if there is one.
func (s *Service) layNext(ctx context.Context, tx *db.Tx, root, cell string) error {
	m, found, err := nextDraft(ctx, tx, root, cell)
	if err != nil || !found {
		return err
	}
	return s.Lay(ctx, tx, m)
}

// layAll lays the cards of several cells, each in a transaction of its own.
func (s *Service) layAll(ctx context.Context, cells []cellCarry) error {
	for _, c := range cells {
		if err := s.DB.Tx(ctx, func(tx *db.Tx) error { return s.layNext(ctx, tx, c.Root, c.Organization) }); err != nil {
			return err
		}
	}
	return nil
}

// Sheet is a card with its ways, as far as somebody may read them.
type Sheet struct {
	Lesson
	Unit  string // name of who wrote it
	Cells []cellCarry
	// Oversees says that all cells of the card are shown, Writes that the reader may
	// change and send it, Ticks in which of the Cells they may tick it, by id.
	Oversees, Writes bool
	Ticks            map[string]bool
}

// Count returns how far the card has come in the cells that are shown.
func (v Sheet) Count() Count {
	n := Count{Of: len(v.Cells)}
	for _, c := range v.Cells {
		if !c.Open() {
			n.Learned++
		}
	}
	return n
}

// View returns a card: to those who oversee its committee with all its cells, to others
// with their own.
func (s *Service) View(ctx context.Context, who access.Person, lessonID string) (Sheet, error) {
	k, err := find(ctx, s.DB, who, lessonID)
	if err != nil {
		return Sheet{}, err
	}
	return s.sheetOf(ctx, who, k)
}

func (s *Service) sheetOf(ctx context.Context, who access.Person, k Lesson) (Sheet, error) {
	v := Sheet{Lesson: k, Ticks: map[string]bool{}}
	o, err := organization.Find(ctx, s.DB, k.Root, k.Organization)
	if err != nil {
		return v, err
	}
	v.Unit, v.Writes = o.Name, who.MayAt(needOf(k), o.Path)
	sc := who.Scope(See)
	if v.Oversees = !k.Own() && who.MayAt(Oversee, o.Path); v.Oversees {
		sc = access.Whole("", "/")
	}
	if v.Cells, err = carriesOf(ctx, s.DB, sc, k); err != nil {
		return v, err
	}
	for _, c := range v.Cells {
		v.Ticks[c.Organization] = who.MayAt(Learn, c.Path)
	}
	return v, nil
}
