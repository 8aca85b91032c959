package conference

import (
	"context"
	"slices"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/meeting"
	"chibo/organization"
)

// SetProgramme writes the programme of a sitting. A part that was there keeps its id.
func (s *Service) SetProgramme(ctx context.Context, who access.Person, conferenceID, sittingID string, p Programme) error {
	return s.change(ctx, who, Keep, conferenceID, "conference.programme.set", func(tx *db.Tx, x Conference) error {
		y, err := SittingOf(ctx, tx, x, sittingID)
		if err != nil {
			return err
		}
		if err := p.check(); err != nil {
			return err
		}
		before, err := ProgrammeOf(ctx, tx, y)
		if err != nil {
			return err
		}
		p = p.sorted()
		for i := range p {
			known := slices.ContainsFunc(before, func(b Part) bool { return b.ID == p[i].ID })
			if !known || slices.ContainsFunc(p[:i], func(b Part) bool { return b.ID == p[i].ID }) {
				p[i].ID = id.New()
			}
			p[i].Root, p[i].Sitting = y.Root, y.ID
		}
		return replaceProgramme(ctx, tx, y, p)
	})
}

// Meet names the meeting of the host at which it performs: one of its own that is being
// prepared and is of the kind of the sitting.
func (s *Service) Meet(ctx context.Context, who access.Person, conferenceID, sittingID, meetingID string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		x, err := find(ctx, tx, who, conferenceID)
		if err != nil {
			return err
		}
		y, err := SittingOf(ctx, tx, x, sittingID)
		if err != nil {
			return err
		}
		if y.Host == "" {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		if _, err := organization.GetCell(ctx, tx, who.Scope(Host), y.Host); err != nil {
			return err
		}
		if err := x.CheckOpen(); err != nil {
			return err
		}
		m, err := meeting.Find(ctx, tx, y.HostRoot, meetingID)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		var c fault.Check
		c.That(err == nil && fitting(y, m), "meeting", "conference.problem.meeting")
		if err := c.Err(); err != nil {
			return err
		}
		y.Meeting = m.ID
		if err := updateSitting(ctx, tx, y); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, x.Root, "conference.meeting.named", x.ID, nil)
	})
}

// fitting reports whether a meeting can be the one that is performed at a sitting. One of
// both kinds may stand for either.
func fitting(y Sitting, m meeting.Meeting) bool {
	return m.Organization == y.Host && m.Editable() && (m.Kind == y.Kind || m.Kind == meeting.Combined)
}
