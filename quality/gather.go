package quality

import (
	"context"
	"slices"

	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/notice"
	"chibo/organization"
	"chibo/proceedings"
	"chibo/room"
	"chibo/task"
)

// gather reads all that is known of a meeting that has closed.
func (s *Service) gather(ctx context.Context, q db.Q, m meeting.Meeting, o organization.Organization) (Evening, error) {
	e := Evening{Agenda: meeting.TemplateOn(m.Kind, o.Kind, m.Day())}
	var err error
	if e.Preparation, err = meeting.PreparationOf(ctx, q, m); err != nil {
		return e, err
	}
	if e.State, _, err = s.Room.Look(ctx, q, m, o); err != nil {
		return e, err
	}
	if e.Committee, err = meeting.CommitteeOf(ctx, q, m); err != nil {
		return e, err
	}
	for _, add := range []func(context.Context, db.Q, meeting.Meeting, *Evening) error{addNotices, addFirstDraft, addTargets, s.addAbsences} {
		if err := add(ctx, q, m, &e); err != nil {
			return e, err
		}
	}
	return e, nil
}

func addNotices(ctx context.Context, q db.Q, m meeting.Meeting, e *Evening) (err error) {
	if e.Notices, err = meeting.Notices(ctx, q, m.Root, m.ID); err != nil || len(e.Notices) == 0 {
		return err
	}
	if e.Audience, err = meeting.Audience(ctx, q, m); err != nil {
		return err
	}
	ticks, err := notice.Ticks(ctx, q, m.Root, e.Notices[len(e.Notices)-1].ID)
	e.Told = notice.Told(ticks)
	return err
}

func addFirstDraft(ctx context.Context, q db.Q, m meeting.Meeting, e *Evening) error {
	versions, err := meeting.Versions(ctx, q, m.Root, m.ID)
	if len(versions) > 0 {
		e.FirstDraft = versions[0].SavedAt
	}
	return err
}

// before returns the monthly meeting that was held before m.
func before(ctx context.Context, q db.Q, m meeting.Meeting) (meeting.Meeting, bool, error) {
	all, err := meeting.Between(ctx, q, m.Root, m.Organization, m.Month.Add(-6), m.Month)
	for _, b := range slices.Backward(all) {
		if b.Kind.Monthly() && b.StartsAt < m.StartsAt && b.State.Reached(meeting.Closed) {
			return b, true, err
		}
	}
	return meeting.Meeting{}, false, err
}

func addTargets(ctx context.Context, q db.Q, m meeting.Meeting, e *Evening) error {
	last, found, err := before(ctx, q, m)
	if err != nil || !found {
		return err
	}
	if e.Before, err = task.OfMeeting(ctx, q, m.Root, last.ID); err != nil {
		return err
	}
	e.Done, e.Called, err = task.Share(ctx, q, m.Root, last.ID)
	return err
}

// running is how often running somebody may be absent with reason: "quá 3 lần liên
// tiếp trong năm" (12-HD/BTCTW, 06/7/2018; KH 08-KH/ĐU, Đảng ủy phường An Phú,
// 19/9/2025, line 2.2).
const running = 3

// addAbsences looks for members absent with reason more than three times running in the
// year of the meeting. Who came is known without the logs; only the meetings that
// somebody may have missed so often are read.
func (s *Service) addAbsences(ctx context.Context, q db.Q, m meeting.Meeting, e *Evening) error {
	year := m.Month.Year
	all, err := meeting.Between(ctx, q, m.Root, m.Organization, when.Month{Year: year, Month: 1}, m.Month)
	if err != nil {
		return err
	}
	came, err := room.CameTo(ctx, q, m.Root, m.Organization, year)
	if err != nil {
		return err
	}
	var held []meeting.Meeting
	for _, b := range all {
		if b.Kind.Monthly() && b.StartsAt <= m.StartsAt && len(came[b.ID]) > 0 {
			held = append(held, b)
		}
	}
	e.AwayKnown = true
	states := map[string]proceedings.State{m.ID: e.State}
	for _, a := range e.State.Roll {
		missed := func(b meeting.Meeting) bool { return !slices.Contains(came[b.ID], a.ID) }
		if !a.Counts || longest(held, missed) <= running {
			continue
		}
		for _, b := range held {
			if _, ok := states[b.ID]; !ok && missed(b) {
				if states[b.ID], err = s.Room.StateOf(ctx, q, b.Root, b.ID); err != nil {
					return err
				}
			}
		}
		if longest(held, func(b meeting.Meeting) bool { return missed(b) && excusedAt(states[b.ID], a.ID) }) > running {
			e.LongAway = append(e.LongAway, a.ID)
		}
	}
	return nil
}

func excusedAt(s proceedings.State, member string) bool {
	return slices.ContainsFunc(s.Roll, func(a proceedings.Attendee) bool {
		return a.ID == member && a.Counts && a.Status == proceedings.Excused
	})
}

// longest is the greatest number of meetings one after the other that are so.
func longest(held []meeting.Meeting, is func(meeting.Meeting) bool) int {
	most, n := 0, 0
	for _, m := range held {
		n++
		if !is(m) {
			n = 0
		}
		most = max(most, n)
	}
	return most
}
