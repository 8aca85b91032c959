package directive

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
	"chibo/proceedings"
	"chibo/task"
)

// Lay lays on the agenda of a draft what waits for the cell. It is a meeting.Laid.
func (s *Service) Lay(ctx context.Context, tx *db.Tx, m meeting.Meeting) error {
	if !m.Kind.Monthly() {
		return nil
	}
	waiting, err := waitingFor(ctx, tx, m.Root, m.Organization, m.Month)
	if err != nil {
		return err
	}
	for _, d := range waiting {
		if err := lay(ctx, tx, d, Delivery{Root: m.Root, Directive: d.ID, Organization: m.Organization}, m); err != nil {
			return err
		}
	}
	return nil
}

// lay lays a directive on an agenda, and its document among the papers. On an agenda that
// is full it waits.
func lay(ctx context.Context, tx *db.Tx, d Directive, v Delivery, m meeting.Meeting) error {
	item, err := meeting.Put(ctx, tx, m, d.item())
	if err != nil || item.ID == "" {
		return err
	}
	v.Meeting, v.Item = m.ID, item.ID
	if err := updateDelivery(ctx, tx, v); err != nil {
		return err
	}
	return enclose(ctx, tx, d, m, item.ID)
}

// enclose lays the files of the document with the item, or its citation where there are
// none that the meeting could keep.
func enclose(ctx context.Context, tx *db.Tx, d Directive, m meeting.Meeting, item string) error {
	var files []library.File
	if d.Document != "" && d.Root == m.Root {
		var err error
		if files, err = library.Files(ctx, tx, d.Root, library.DocumentUse, d.Document); err != nil {
			return err
		}
	}
	papers := []meeting.Paper{{Title: clipped(d.Citation, maxTitle)}}
	if len(files) > 0 {
		papers = nil
	}
	for _, f := range files {
		papers = append(papers, meeting.Paper{File: f.ID, Title: clipped(d.Citation, maxTitle)})
	}
	for _, p := range papers {
		p.Item, p.AddedAt, p.AddedBy = item, d.SentAt, d.SentBy
		if err := meeting.Enclose(ctx, tx, m.Root, m.ID, p); err != nil && !fault.Is(err, fault.Conflict) {
			return err // a meeting with too many papers goes without
		}
	}
	return nil
}

// ahead is how many months of agendas are looked through for a draft.
const ahead = 12

// nextDraft returns the first draft of a cell on which a directive can be laid.
func (s *Service) nextDraft(ctx context.Context, q db.Q, d Directive, root, cell string) (meeting.Meeting, bool, error) {
	return s.nextWith(ctx, q, d, root, cell, func(m meeting.Meeting) bool { return m.State == meeting.Draft })
}

func (s *Service) nextWith(ctx context.Context, q db.Q, d Directive, root, cell string, fits func(meeting.Meeting) bool) (meeting.Meeting, bool, error) {
	first := s.today().In().Add(-1)
	if d.Month.Compare(first) > 0 {
		first = d.Month
	}
	meetings, err := meeting.Between(ctx, q, root, cell, first, first.Add(ahead))
	if err != nil {
		return meeting.Meeting{}, false, err
	}
	at := slices.IndexFunc(meetings, func(m meeting.Meeting) bool { return m.Kind.Monthly() && fits(m) })
	if at < 0 {
		return meeting.Meeting{}, false, nil
	}
	return meetings[at], true, nil
}

// give makes a directive a task of a member of the cell.
func (s *Service) give(ctx context.Context, tx *db.Tx, d Directive, v Delivery, owner string) error {
	t := task.Task{
		Root: v.Root, ID: id.New(), Organization: v.Organization, Title: d.Title, DoneWhen: d.Text, Source: d.Citation,
		Owners: []string{owner}, Due: latest(d.Due, s.today()), Origin: task.ByDirective, GivenAt: s.now(),
	}
	if d.Root == v.Root {
		t.GivenBy = d.SentBy
	}
	if err := task.Give(ctx, tx, t); err != nil {
		return err
	}
	v.Task = t.ID
	return updateDelivery(ctx, tx, v)
}

// latest returns the later of two days: a task cannot be due before it is given.
func latest(a, b when.Date) when.Date {
	if a.Before(b) {
		return b
	}
	return a
}

// Accept lets those who lead a cell take up what waits for it: on the agenda of the next
// meeting, also where notice is given already, or as a task of their own.
func (s *Service) Accept(ctx context.Context, who access.Person, directiveID string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		all, err := deliveriesOf(ctx, tx, who.Scope(Take), directiveID)
		if err != nil {
			return err
		}
		d, found, err := received(ctx, tx, who.Scope(Take), directiveID)
		if err != nil {
			return err
		}
		if !found {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		at := slices.IndexFunc(all, func(p Placed) bool { return p.Stage() == Waiting })
		if at < 0 || d.Withdrawn() {
			return fault.New(fault.Conflict, "directive.problem.taken")
		}
		if err := s.accept(ctx, tx, who, d.Directive, all[at].Delivery); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, all[at].Root, "directive.taken", d.ID, nil)
	})
}

func (s *Service) accept(ctx context.Context, tx *db.Tx, who access.Person, d Directive, v Delivery) error {
	if d.Form == ForWork {
		if who.Member == "" {
			return fault.New(fault.Forbidden, "fault.forbidden")
		}
		return s.give(ctx, tx, d, v, who.Member)
	}
	m, found, err := s.nextWith(ctx, tx, Directive{}, v.Root, v.Organization, meeting.Meeting.Editable)
	if err != nil {
		return err
	}
	if !found {
		return fault.New(fault.Conflict, "directive.problem.no_meeting")
	}
	return lay(ctx, tx, d, v, m)
}

// Settle is run when the minutes of a meeting are sealed: what was treated there is
// handled, what was passed over waits again and goes to the next draft.
func (s *Service) Settle(ctx context.Context, tx *db.Tx, root, meetingID string) error {
	there, err := onAgenda(ctx, tx, root, meetingID)
	if err != nil || len(there) == 0 {
		return err
	}
	state, err := s.Room.StateOf(ctx, tx, root, meetingID)
	if err != nil {
		return err
	}
	for _, v := range there {
		if treated(state, v.Item) {
			v.HandledAt = s.now()
		} else {
			v.Meeting, v.Item = "", ""
		}
		if err := updateDelivery(ctx, tx, v); err != nil {
			return err
		}
	}
	return s.layNext(ctx, tx, root, there[0].Organization)
}

// layNext lays on the next draft of a cell what waits for it.
func (s *Service) layNext(ctx context.Context, tx *db.Tx, root, cell string) error {
	m, found, err := s.nextDraft(ctx, tx, Directive{}, root, cell)
	if err != nil || !found {
		return err
	}
	return s.Lay(ctx, tx, m)
}

// treated reports whether an item was treated. Minutes that were typed from paper begin no
// items: there whatever was not passed over was treated.
func treated(state proceedings.State, item string) bool {
	clocked := slices.ContainsFunc(state.Items, func(i proceedings.Item) bool { return !i.Started.IsZero() })
	i, found := state.Item(item)
	return found && (i.Progress == proceedings.Done || !clocked && i.Progress != proceedings.Skipped)
}

// recall takes a directive back from one cell.
func (s *Service) recall(ctx context.Context, tx *db.Tx, who access.Person, d Directive, p Placed, reason string) error {
	stage := p.Stage()
	if stage == Handled {
		return nil
	}
	if p.OnAgenda && p.Meet == meeting.Draft {
		m, err := meeting.Find(ctx, tx, p.Root, p.Meeting)
		if err != nil {
			return err
		}
		if err := meeting.Lift(ctx, tx, m, p.Item); err != nil {
			return err
		}
	}
	if stage == Working {
		if err := task.Withdraw(ctx, tx, p.Root, p.Task, reason, who.Member, s.now()); err != nil {
			return err
		}
	}
	leaders, err := leadersOf(ctx, tx, p.Root, p.Organization, s.today())
	if err != nil {
		return err
	}
	return s.tell(ctx, tx, d, p.Delivery, "directive.told.withdrawn", leaders...)
}
