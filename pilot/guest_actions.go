package pilot

import (
	"context"
	"slices"
	"strings"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/lesson"
	"chibo/meeting"
	"chibo/notice"
	"chibo/organization"
)

// Invitable returns who can be invited to a pilot meeting: the members of the committee
// and its office, then the secretaries of the cells below it, but not of the host.
func (s *Service) Invitable(ctx context.Context, q db.Q, f File) ([]Person, error) {
	o, err := organization.Find(ctx, q, f.Root, f.Series.Organization)
	if err != nil {
		return nil, err
	}
	out, err := s.Staff(ctx, q, o)
	if err != nil {
		return nil, err
	}
	heads, err := holders(ctx, q, access.Whole("", o.Path), s.now().Date(), organization.Secretary, organization.Secretary)
	for _, p := range heads {
		if p.Path != f.Host.Path && !slices.ContainsFunc(out, func(x Person) bool { return x.Member == p.Member }) {
			out = append(out, p)
		}
	}
	return out, err
}

// Invite invites people by id and tells them; those who are invited already are not told
// twice.
func (s *Service) Invite(ctx context.Context, who access.Person, pilotID string, members []string) error {
	return s.onPilot(ctx, who, pilotID, "pilot.invited", keeps, func(tx *db.Tx, f File) error {
		people, err := s.Invitable(ctx, tx, f)
		if err != nil {
			return err
		}
		told := map[string][]string{}
		for _, p := range people {
			known := slices.ContainsFunc(f.Guests, func(g Guest) bool { return g.Member == p.Member })
			if known || !slices.Contains(members, p.Member) {
				continue
			}
			g := Guest{Root: f.Root, Pilot: f.ID, MemberRoot: p.Root, Member: p.Member, Unit: p.Unit, InvitedAt: s.now()}
			if err := db.Insert(ctx, tx, "pilot_guest", g); err != nil {
				return err
			}
			told[p.Root] = append(told[p.Root], p.Member)
		}
		var c fault.Check
		c.That(len(told) > 0, "members", "pilot.problem.guests")
		if err := c.Err(); err != nil {
			return err
		}
		for root, ids := range told {
			if err := s.tell(ctx, tx, f.Pilot, root, "pilot.told.invited", notice.Args{"Cell": f.Host.Name, "When": day(f.Meeting.StartsAt)}, ids...); err != nil {
				return err
			}
		}
		return nil
	})
}

// day is the day of a moment as it stands in a notice, empty while there is none.
func day(at when.Instant) string {
	if at.IsZero() {
		return ""
	}
	return at.Date().Slashed()
}

// Tick says which of the guests came, by id; the others did not.
func (s *Service) Tick(ctx context.Context, who access.Person, pilotID string, came []string) error {
	return s.onPilot(ctx, who, pilotID, "pilot.ticked", keeps, func(tx *db.Tx, f File) error {
		if !f.begun() {
			return fault.New(fault.Conflict, "pilot.problem.not_held")
		}
		for _, g := range f.Guests {
			if is := slices.Contains(came, g.Member); is != g.Came {
				g.Came = is
				if err := setCame(ctx, tx, g); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// Say adds what somebody who was there says of the meeting.
func (s *Service) Say(ctx context.Context, who access.Person, pilotID string, k Comment) error {
	return s.onPilot(ctx, who, pilotID, "pilot.commented", speaks, func(tx *db.Tx, f File) error {
		if !f.begun() {
			return fault.New(fault.Conflict, "pilot.problem.not_held")
		}
		if err := k.check(); err != nil {
			return err
		}
		k.Root, k.ID, k.Pilot, k.SaidAt, k.SaidBy, k.SaidRoot = f.Root, id.New(), f.ID, s.now(), who.Member, who.Root
		if at := slices.IndexFunc(f.Items, func(i Item) bool { return i.ID == k.ItemID }); at >= 0 {
			k.Item = f.Items[at].Title
		} else {
			k.ItemID = ""
		}
		return db.Insert(ctx, tx, "pilot_comment", k)
	})
}

// Learn makes a lesson card of a comment, once; what was seen is its text. It returns the
// card.
func (s *Service) Learn(ctx context.Context, who access.Person, pilotID, commentID string) (lesson.Lesson, error) {
	var k lesson.Lesson
	err := s.onPilot(ctx, who, pilotID, "pilot.learned", directs, func(tx *db.Tx, f File) error {
		at := slices.IndexFunc(f.Comments, func(c Comment) bool { return c.ID == commentID })
		if at < 0 {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		if known, is := f.Lessons[commentID]; is {
			k = known.Lesson
			return nil
		}
		place := f.Host.Name
		if f.Meeting.Title != "" {
			place = f.Meeting.Title + ", " + place
		}
		var err error
		k, err = s.Lessons.Draft(ctx, tx, who, lesson.Lesson{
			Root: f.Root, Organization: f.Series.Organization, Seen: f.Comments[at].Text, Origin: lesson.FromPilot, Subject: commentID, Place: place,
		})
		return err
	})
	return k, err
}

// Conclude ends a pilot meeting with what the committee concludes; nothing of it changes
// afterwards.
func (s *Service) Conclude(ctx context.Context, who access.Person, pilotID, text string) error {
	return s.onPilot(ctx, who, pilotID, "pilot.concluded", directs, func(tx *db.Tx, f File) error {
		if !f.Meeting.State.Reached(meeting.Closed) || f.Pilot.Meeting == "" {
			return fault.New(fault.Conflict, "pilot.problem.not_held")
		}
		text = strings.TrimSpace(text)
		var c fault.Check
		c.That(text != "", "conclusion", "pilot.problem.conclusion")
		c.AtMost(text, longest, "conclusion")
		if err := c.Err(); err != nil {
			return err
		}
		p := f.Pilot
		p.Conclusion, p.ConcludedAt, p.ConcludedBy = text, s.now(), who.Member
		if err := update(ctx, tx, f.Pilot, p); err != nil {
			return err
		}
		return s.tellHost(ctx, tx, p, "pilot.told.concluded", notice.Args{})
	})
}
