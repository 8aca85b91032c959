package meeting

import (
	"context"
	"slices"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/member"
	"chibo/notice"
)

// Answer records an answer to the notice: one's own, or somebody's who told the
// secretary. The last answer counts. An absence that the secretary enters is
// taken note of at once.
func (s *Service) Answer(ctx context.Context, who access.Person, meetingID string, r Response) error {
	if err := r.Validate(); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		m, o, err := Visible(ctx, tx, who, meetingID)
		if err != nil {
			return err
		}
		own, prepares := r.Member == who.Member, who.MayAt(Prepare, o.Path)
		if r.Member == "" || !prepares && (!own || !who.MayAt(Read, o.Path)) {
			return fault.New(fault.Forbidden, "fault.forbidden")
		}
		if m.State != Noticed {
			return fault.New(fault.Conflict, "meeting.problem.not_answerable")
		}
		if done, err := s.answerAsFollower(ctx, tx, who, m, r); done || err != nil {
			return err
		}
		if err := invited(ctx, tx, m, r.Member); err != nil {
			return err
		}
		r.Root, r.Meeting, r.AnsweredAt, r.By = m.Root, m.ID, s.now(), who.Member
		r.AcknowledgedAt, r.AcknowledgedBy = 0, ""
		if r.Reply == Coming {
			r.Reason, r.Note = "", ""
		} else if prepares && !own {
			r.AcknowledgedAt, r.AcknowledgedBy = s.now(), who.Member
		}
		if err := putResponse(ctx, tx, r); err != nil {
			return err
		}
		if own {
			if err := s.heard(ctx, tx, m, r); err != nil {
				return err
			}
		}
		return s.Audit.Write(ctx, tx, who, m.Root, "meeting.answered", m.ID, map[string]any{"member": r.Member, "reply": r.Reply})
	})
}

// noteReasons notes that somebody has read why others cannot come, which may be their health.
func (s *Service) noteReasons(ctx context.Context, who access.Person, m Meeting, shown []Response) error {
	if !slices.ContainsFunc(shown, func(r Response) bool { return r.Reply == Away && r.Member != who.Member }) {
		return nil
	}
	return s.Audit.Look(ctx, s.DB, who, m.Root, "meeting.reasons_viewed", m.ID)
}

// answerAsFollower records the answer of a superior who follows the cell; such
// a person stands among the guests and not on the roll.
func (s *Service) answerAsFollower(ctx context.Context, tx *db.Tx, who access.Person, m Meeting, r Response) (done bool, err error) {
	all, err := Guests(ctx, tx, m.Root, m.ID)
	if err != nil {
		return false, err
	}
	at := slices.IndexFunc(all, func(g Guest) bool { return g.Member != "" && g.Member == r.Member })
	if at < 0 {
		return false, nil
	}
	if err := setGuestReply(ctx, tx, m, all[at].ID, r.Reply); err != nil {
		return false, err
	}
	return true, s.Audit.Write(ctx, tx, who, m.Root, "meeting.guest.reply", m.ID, map[string]any{"guest": all[at].ID, "reply": r.Reply})
}

// heard ticks a person who answers as told in the app, and tells the chair of one
// who asks to be excused.
func (s *Service) heard(ctx context.Context, tx *db.Tx, m Meeting, r Response) error {
	n, err := newestNotice(ctx, tx, m)
	if err != nil {
		return err
	}
	if err := notice.PutTick(ctx, tx, notice.Tick{Root: m.Root, Subject: n.ID, Member: r.Member, Way: notice.App, By: r.Member, At: s.now()}); err != nil {
		return err
	}
	if r.Reply != Away || m.Chair == r.Member {
		return nil
	}
	names, err := member.Names(ctx, tx, m.Root, r.Member)
	if err != nil {
		return err
	}
	return s.tell(ctx, tx, m, "meeting.told.away", notice.Args{"Name": names[r.Member], "Title": m.Title}, m.Chair)
}

func (s *Service) tell(ctx context.Context, tx *db.Tx, m Meeting, key string, args notice.Args, members ...string) error {
	return notice.Tell(ctx, tx, notice.Message{Root: m.Root, Organization: m.Organization, Key: key, Args: args, URL: m.Path(), At: s.now()}, members...)
}

// invited refuses people who are not invited to the meeting; an empty id names
// nobody and passes.
func invited(ctx context.Context, q db.Q, m Meeting, members ...string) error {
	people, err := Audience(ctx, q, m)
	if err != nil {
		return err
	}
	for _, id := range members {
		if id != "" && !invites(people, id) {
			return fault.New(fault.NotFound, "meeting.problem.not_invited")
		}
	}
	return nil
}

// invites reports whether a person is on the roll that is invited.
func invites(people []member.Entry, id string) bool {
	return slices.ContainsFunc(people, func(e member.Entry) bool { return e.ID == id })
}

// Acknowledge takes note of an absence that was asked for, and tells the member.
func (s *Service) Acknowledge(ctx context.Context, who access.Person, meetingID, memberID string) error {
	return s.change(ctx, who, meetingID, "meeting.excused", func(tx *db.Tx, m Meeting) (any, error) {
		r, found, err := AnswerOf(ctx, tx, m.Root, m.ID, memberID)
		if err != nil {
			return nil, err
		}
		if !found || r.Reply != Away {
			return nil, fault.New(fault.NotFound, "fault.not_found")
		}
		if r.Excused() {
			return map[string]string{"member": memberID}, nil
		}
		r.AcknowledgedAt, r.AcknowledgedBy = s.now(), who.Member
		if err := putResponse(ctx, tx, r); err != nil {
			return nil, err
		}
		return map[string]string{"member": memberID}, s.tell(ctx, tx, m, "meeting.told.excused", notice.Args{"Title": m.Title}, memberID)
	})
}
