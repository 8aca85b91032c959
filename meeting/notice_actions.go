package meeting

import (
	"context"
	"slices"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/member"
	"chibo/notice"
)

// Path returns the page of the meeting.
func (m Meeting) Path() string { return "/meetings/" + m.ID }

// Notify gives notice of a draft: to every member who is invited and to the
// superiors who follow the cell. reason is needed when the cell's days of notice
// are past; it stays with the notice.
func (s *Service) Notify(ctx context.Context, who access.Person, meetingID, reason string) error {
	return s.change(ctx, who, meetingID, "meeting.noticed", func(tx *db.Tx, m Meeting) (any, error) {
		if m.State != Draft {
			return nil, fault.New(fault.Conflict, "meeting.problem.noticed")
		}
		p, err := PreparationOf(ctx, tx, m)
		if err != nil {
			return nil, err
		}
		if err := p.Ready(s.now()); err != nil {
			return nil, err
		}
		after, err := m.Advance(Noticed, s.now())
		if err != nil {
			return nil, err
		}
		return s.give(ctx, tx, who, p, after, Notice{Reason: reason}, "meeting.told.noticed")
	})
}

// Moving is a change of time or place after notice was given.
type Moving struct {
	StartsAt when.Instant `form:"starts_at"`
	Place    string       `form:"place"`
	// Change says why; Reason why the new notice comes late, when it does.
	Change string `form:"change"`
	Reason string `form:"reason"`
}

// Move changes time or place of a meeting and gives notice anew; the earlier
// notice stays to be read.
func (s *Service) Move(ctx context.Context, who access.Person, meetingID string, to Moving) error {
	return s.change(ctx, who, meetingID, "meeting.moved", func(tx *db.Tx, m Meeting) (any, error) {
		if m.State != Noticed {
			return nil, fault.New(fault.Conflict, "meeting.problem.not_noticed")
		}
		var c fault.Check
		c.That(to.Change != "", "change", "meeting.problem.change")
		c.AtMost(to.Change, maxNote, "change")
		c.That(to.Place != "", "place", "meeting.problem.place")
		c.That(to.StartsAt > s.now(), "starts_at", "meeting.problem.past")
		c.That(to.StartsAt != m.StartsAt || to.Place != m.Place, "starts_at", "meeting.problem.same")
		if err := c.Err(); err != nil {
			return nil, err
		}
		after := m
		after.StartsAt, after.Place = to.StartsAt, to.Place
		if err := after.Validate(); err != nil {
			return nil, err
		}
		p, err := PreparationOf(ctx, tx, after)
		if err != nil {
			return nil, err
		}
		p.Meeting = m
		return s.give(ctx, tx, who, p, after, Notice{Change: to.Change, Reason: to.Reason}, "meeting.told.moved")
	})
}

// give writes the notice n of the meeting as it will be, and tells everybody.
func (s *Service) give(ctx context.Context, tx *db.Tx, who access.Person, p Preparation, after Meeting, n Notice, key string) (any, error) {
	now := s.now()
	n.Late = Late(now, after.StartsAt, p.Settings)
	var c fault.Check
	c.That(!n.Late || n.Reason != "", "reason", "meeting.problem.late_reason")
	c.AtMost(n.Reason, maxNote, "reason")
	if err := c.Err(); err != nil {
		return nil, err
	}
	if !n.Late {
		n.Reason = ""
	}
	after.Revision = p.Meeting.Revision + 1
	n.Root, n.Meeting, n.Revision, n.ID = after.Root, after.ID, after.Revision, id.New()
	n.GivenAt, n.GivenBy, n.StartsAt, n.Place = now, who.Member, after.StartsAt, after.Place
	if err := update(ctx, tx, p.Meeting, after); err != nil {
		return nil, err
	}
	if err := db.Insert(ctx, tx, "meeting_notice", n); err != nil {
		return nil, err
	}
	invited, err := Audience(ctx, tx, after)
	if err != nil {
		return nil, err
	}
	people := superiors(p.Followers, p.Guests)
	for _, e := range invited {
		people = append(people, e.ID)
	}
	message := notice.Message{
		Root: after.Root, Organization: after.Organization, Key: key, URL: after.Path(), Subject: n.ID, At: now,
		Args: notice.Args{"Title": after.Title, "Day": after.Day().Slashed(), "Clock": after.StartsAt.HHMM(), "Place": after.Place},
	}
	return map[string]any{"revision": n.Revision, "late": n.Late, "told": len(people)}, notice.Tell(ctx, tx, message, people...)
}

// Audience returns the people of the roll who are invited to a meeting: those
// counted in the attendance, and exempt members, who may come.
func Audience(ctx context.Context, q db.Q, m Meeting) ([]member.Entry, error) {
	roll, err := member.Roll(ctx, q, m.Root, m.Organization, m.Day())
	return slices.DeleteFunc(roll, func(e member.Entry) bool {
		return !e.Standing.CountsInAttendance() && e.Standing != member.Exempt
	}), err
}

// newestNotice returns the notice that holds, or a conflict before the first.
func newestNotice(ctx context.Context, q db.Q, m Meeting) (Notice, error) {
	given, err := Notices(ctx, q, m.Root, m.ID)
	if err != nil {
		return Notice{}, err
	}
	if len(given) == 0 {
		return Notice{}, fault.New(fault.Conflict, "meeting.problem.not_noticed")
	}
	return given[len(given)-1], nil
}

// Tick records that people were told in person, by telephone or on paper; told in
// the app is ticked by opening the notice there and by nothing else.
func (s *Service) Tick(ctx context.Context, who access.Person, meetingID string, way notice.Way, members ...string) error {
	return s.tick(ctx, who, meetingID, way, members, func(tx *db.Tx, n Notice, memberID string) error {
		return notice.PutTick(ctx, tx, notice.Tick{Root: n.Root, Subject: n.ID, Member: memberID, Way: way, By: who.Member, At: s.now()})
	})
}

// Untick takes back a tick that was set by mistake.
func (s *Service) Untick(ctx context.Context, who access.Person, meetingID string, way notice.Way, members ...string) error {
	return s.tick(ctx, who, meetingID, way, members, func(tx *db.Tx, n Notice, memberID string) error {
		return notice.DropTick(ctx, tx, n.Root, n.ID, memberID, way)
	})
}

func (s *Service) tick(ctx context.Context, who access.Person, meetingID string, way notice.Way, members []string, set func(tx *db.Tx, n Notice, memberID string) error) error {
	if !slices.Contains([]notice.Way{notice.Person, notice.Phone, notice.Paper}, way) {
		return fault.New(fault.Invalid, "notice.problem.way")
	}
	return s.change(ctx, who, meetingID, "meeting.ticked", func(tx *db.Tx, m Meeting) (any, error) {
		n, err := newestNotice(ctx, tx, m)
		if err != nil {
			return nil, err
		}
		told, err := toBeTold(ctx, tx, m)
		if err != nil {
			return nil, err
		}
		for _, memberID := range members {
			if !slices.Contains(told, memberID) {
				return nil, fault.New(fault.NotFound, "fault.not_found")
			}
			if err := set(tx, n, memberID); err != nil {
				return nil, err
			}
		}
		return map[string]any{"way": way, "members": members}, nil
	})
}

// toBeTold returns by id whom a notice of the meeting is for.
func toBeTold(ctx context.Context, q db.Q, m Meeting) ([]string, error) {
	told, err := Followers(ctx, q, m.Root, m.Organization, m.Day())
	if err != nil {
		return nil, err
	}
	guests, err := Guests(ctx, q, m.Root, m.ID)
	if err != nil {
		return nil, err
	}
	told = superiors(told, guests)
	invited, err := Audience(ctx, q, m)
	for _, e := range invited {
		told = append(told, e.ID)
	}
	return told, err
}

// superiors returns the ids of those who follow the cell and of those whom the committee
// above sends.
func superiors(followers []string, guests []Guest) []string {
	all := slices.Clone(followers)
	for _, g := range guests {
		if g.Member != "" && !slices.Contains(all, g.Member) {
			all = append(all, g.Member)
		}
	}
	return all
}
