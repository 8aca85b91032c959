package meeting

import (
	"context"
	"slices"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/library"
	"chibo/member"
	"chibo/organization"
)

// mostRows bounds the questions, guests, agreements and papers of a meeting.
const mostRows = 100

// PreparationOf gathers what is laid together for a meeting.
func PreparationOf(ctx context.Context, q db.Q, m Meeting) (p Preparation, err error) {
	p.Meeting = m
	read := func(f func() error) {
		if err == nil {
			err = f()
		}
	}
	read(func() (e error) {
		p.Settings, e = organization.SettingsOn(ctx, q, m.Root, m.Organization, m.Day())
		return e
	})
	read(func() (e error) { p.Items, e = Items(ctx, q, m.Root, m.ID); return e })
	read(func() (e error) { p.Carried, e = CarriedTo(ctx, q, m.Root, m.ID); return e })
	read(func() (e error) { p.Focus, e = Questions(ctx, q, m.Root, m.ID); return e })
	read(func() (e error) { p.Agreements, e = Agreements(ctx, q, m.Root, m.ID); return e })
	read(func() (e error) { p.Premeeting, e = PremeetingOf(ctx, q, m.Root, m.ID); return e })
	read(func() (e error) { p.Guests, e = Guests(ctx, q, m.Root, m.ID); return e })
	read(func() (e error) { p.Papers, e = Papers(ctx, q, m.Root, m.ID); return e })
	read(func() (e error) { p.Draft, _, e = DraftOf(ctx, q, m.Root, m.ID); return e })
	read(func() (e error) { p.Known, e = library.KnownTo(ctx, q, m.Root, m.Organization); return e })
	read(func() (e error) { p.Followers, e = Followers(ctx, q, m.Root, m.Organization, m.Day()); return e })
	return p, err
}

// RecordPremeeting writes the record of the committee's own meeting, in the place
// of an earlier one.
func (s *Service) RecordPremeeting(ctx context.Context, who access.Person, meetingID string, p Premeeting) error {
	return s.change(ctx, who, meetingID, "meeting.premeeting", func(tx *db.Tx, m Meeting) (any, error) {
		p.Root, p.Meeting, p.RecordedAt, p.RecordedBy = m.Root, m.ID, s.now(), who.Member
		if err := p.Validate(m); err != nil {
			return nil, err
		}
		committee, err := CommitteeOf(ctx, tx, m)
		if err != nil {
			return nil, err
		}
		p.Present, p.Absent = attendance(committee, p.Present)
		if len(p.Present) == 0 {
			return nil, p.Validate(m)
		}
		return map[string]any{"present": len(p.Present), "absent": len(p.Absent)}, putPremeeting(ctx, tx, p)
	})
}

// CommitteeOf returns who belongs to the committee of the cell on the day of the
// meeting, by member id: secretary, deputy, members of the committee.
func CommitteeOf(ctx context.Context, q db.Q, m Meeting) ([]string, error) {
	offices, err := organization.OfficesOn(ctx, q, m.Root, m.Organization, m.Day())
	var out []string
	seen := map[string]bool{}
	for _, o := range offices {
		if o.Post.Leads() && !seen[o.Member] {
			out, seen[o.Member] = append(out, o.Member), true
		}
	}
	return out, err
}

// attendance parts the committee into those named as present and the others.
func attendance(committee, named []string) (present, absent []string) {
	was := map[string]bool{}
	for _, n := range named {
		was[n] = true
	}
	for _, c := range committee {
		if was[c] {
			present = append(present, c)
		} else {
			absent = append(absent, c)
		}
	}
	return present, absent
}

// AddQuestion adds a focus question.
func (s *Service) AddQuestion(ctx context.Context, who access.Person, meetingID string, f Focus) error {
	if err := f.Validate(); err != nil {
		return err
	}
	return s.change(ctx, who, meetingID, "meeting.question.added", func(tx *db.Tx, m Meeting) (any, error) {
		there, err := Questions(ctx, tx, m.Root, m.ID)
		if err == nil {
			err = few(len(there))
		}
		if err != nil {
			return nil, err
		}
		f.Root, f.Meeting, f.ID, f.Position = m.Root, m.ID, id.New(), len(there)+1
		return nil, db.Insert(ctx, tx, "meeting_focus", f)
	})
}

// few refuses one row more than a meeting may have.
func few(n int) error {
	if n >= mostRows {
		return fault.New(fault.Conflict, "meeting.problem.many", "Count", mostRows)
	}
	return nil
}

// RemoveQuestion takes a focus question away.
func (s *Service) RemoveQuestion(ctx context.Context, who access.Person, meetingID, questionID string) error {
	return s.removeRow(ctx, who, meetingID, "meeting.question.removed", "meeting_focus", questionID)
}

func (s *Service) removeRow(ctx context.Context, who access.Person, meetingID, action, table, rowID string) error {
	return s.change(ctx, who, meetingID, action, func(tx *db.Tx, m Meeting) (any, error) {
		return map[string]string{"row": rowID}, deleteRow(ctx, tx, table, m, rowID)
	})
}

// AddAgreement records what was agreed with the head of a unit or a hamlet.
func (s *Service) AddAgreement(ctx context.Context, who access.Person, meetingID string, a Agreement) error {
	if err := a.Validate(); err != nil {
		return err
	}
	return s.change(ctx, who, meetingID, "meeting.agreement.added", func(tx *db.Tx, m Meeting) (any, error) {
		there, err := Agreements(ctx, tx, m.Root, m.ID)
		if err == nil {
			err = few(len(there))
		}
		if err != nil {
			return nil, err
		}
		a.Root, a.Meeting, a.ID = m.Root, m.ID, id.New()
		return nil, db.Insert(ctx, tx, "meeting_agreement", a)
	})
}

// RemoveAgreement takes an agreement away.
func (s *Service) RemoveAgreement(ctx context.Context, who access.Person, meetingID, agreementID string) error {
	return s.removeRow(ctx, who, meetingID, "meeting.agreement.removed", "meeting_agreement", agreementID)
}

// AddGuest invites somebody.
func (s *Service) AddGuest(ctx context.Context, who access.Person, meetingID string, g Guest) error {
	if err := g.Validate(); err != nil {
		return err
	}
	return s.change(ctx, who, meetingID, "meeting.guest.added", func(tx *db.Tx, m Meeting) (any, error) {
		there, err := Guests(ctx, tx, m.Root, m.ID)
		if err == nil {
			err = few(len(there))
		}
		if err != nil {
			return nil, err
		}
		g.Root, g.Meeting, g.ID, g.Member, g.Reply = m.Root, m.ID, id.New(), "", ""
		return nil, db.Insert(ctx, tx, "meeting_guest", g)
	})
}

// RemoveGuest takes an invitation back.
func (s *Service) RemoveGuest(ctx context.Context, who access.Person, meetingID, guestID string) error {
	return s.removeRow(ctx, who, meetingID, "meeting.guest.removed", "meeting_guest", guestID)
}

// ReplyOfGuest records what a guest has answered; an empty reply takes it back.
func (s *Service) ReplyOfGuest(ctx context.Context, who access.Person, meetingID, guestID string, r Reply) error {
	if r != "" && r != Coming && r != Away {
		return fault.New(fault.Invalid, "meeting.problem.reply")
	}
	return s.change(ctx, who, meetingID, "meeting.guest.reply", func(tx *db.Tx, m Meeting) (any, error) {
		return map[string]any{"guest": guestID, "reply": r}, setGuestReply(ctx, tx, m, guestID, r)
	})
}

// inviteFollowers puts the superiors who follow the cell among the guests.
func inviteFollowers(ctx context.Context, tx *db.Tx, m Meeting) error {
	followers, err := Followers(ctx, tx, m.Root, m.Organization, m.Day())
	if err != nil {
		return err
	}
	return inviteSuperiors(ctx, tx, m, "Cấp ủy viên phụ trách chi bộ", followers...)
}

// Expect puts a member of the superior committee who will attend among the guests of a
// meeting that may still be prepared, unless they are there already.
func Expect(ctx context.Context, tx *db.Tx, m Meeting, memberID, office string) error {
	guests, err := Guests(ctx, tx, m.Root, m.ID)
	if err != nil || !m.Editable() || slices.ContainsFunc(guests, func(g Guest) bool { return g.Member == memberID }) {
		return err
	}
	return inviteSuperiors(ctx, tx, m, office, memberID)
}

// Unexpect takes a superior who will not come after all from the guests, unless they
// follow the cell.
func Unexpect(ctx context.Context, tx *db.Tx, m Meeting, memberID string) error {
	followers, err := Followers(ctx, tx, m.Root, m.Organization, m.Day())
	if err != nil || !m.Editable() || slices.Contains(followers, memberID) {
		return err
	}
	return deleteSuperior(ctx, tx, m, memberID)
}

func inviteSuperiors(ctx context.Context, tx *db.Tx, m Meeting, office string, members ...string) error {
	names, err := member.Names(ctx, tx, m.Root, members...)
	if err != nil {
		return err
	}
	guests := make([]Guest, len(members))
	for i, superior := range members {
		guests[i] = Guest{Root: m.Root, Meeting: m.ID, ID: id.New(), Name: names[superior], Office: office, Superior: true, Member: superior}
	}
	return db.InsertAll(ctx, tx, "meeting_guest", guests)
}

// SaveDraftOn saves a new version of the draft resolution that begins with the lines by
// which it rests on documents: those of the keys, see library.Source.Key.
func (s *Service) SaveDraftOn(ctx context.Context, who access.Person, meetingID, text string, keys []string) error {
	if len(keys) > 0 {
		m, _, err := inScope(ctx, s.DB, who.Scope(Prepare), meetingID)
		if err != nil {
			return err
		}
		known, err := library.KnownTo(ctx, s.DB, m.Root, m.Organization)
		if err != nil {
			return err
		}
		text = library.WithBases(text, library.Chosen(known, keys))
	}
	return s.SaveDraft(ctx, who, meetingID, text)
}

// SaveDraft keeps a new version of the draft resolution; a text that has not
// changed makes none.
func (s *Service) SaveDraft(ctx context.Context, who access.Person, meetingID, text string) error {
	var c fault.Check
	if c.AtMost(text, maxText, "text"); c.Err() != nil {
		return c.Err()
	}
	return s.change(ctx, who, meetingID, "meeting.draft.saved", func(tx *db.Tx, m Meeting) (any, error) {
		last, _, err := DraftOf(ctx, tx, m.Root, m.ID)
		if err != nil || last.Text == text {
			return map[string]any{"version": last.Version}, err
		}
		v := Version{Root: m.Root, Meeting: m.ID, Version: last.Version + 1, Text: text, SavedAt: s.now(), SavedBy: who.Member}
		return map[string]any{"version": v.Version}, db.Insert(ctx, tx, "meeting_version", v)
	})
}
