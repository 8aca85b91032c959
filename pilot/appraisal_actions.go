package pilot

import (
	"context"
	"strings"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/meeting"
	"chibo/notice"
)

// onPilot changes a pilot meeting that somebody finds; may says who may.
func (s *Service) onPilot(ctx context.Context, who access.Person, pilotID, action string, may func(File) bool, do func(*db.Tx, File) error) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		p, err := find(ctx, tx, who, pilotID)
		if err != nil {
			return err
		}
		f, err := load(ctx, tx, who, p)
		if err != nil {
			return err
		}
		if !may(f) {
			return fault.New(fault.Forbidden, "fault.forbidden")
		}
		if f.Stage == Concluded {
			return fault.New(fault.Conflict, "pilot.problem.concluded")
		}
		if err := do(tx, f); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, p.Root, action, p.ID, nil)
	})
}

func hosts(f File) bool     { return f.Hosts }
func directs(f File) bool   { return f.Directs }
func keeps(f File) bool     { return f.Keeps }
func appraises(f File) bool { return f.Appraises }
func speaks(f File) bool    { return f.Directs || f.Invited }

// Meet names the meeting of the host that is the pilot: one that may still be prepared.
func (s *Service) Meet(ctx context.Context, who access.Person, pilotID, meetingID string) error {
	return s.onPilot(ctx, who, pilotID, "pilot.meeting", hosts, func(tx *db.Tx, f File) error {
		m, err := meeting.Find(ctx, tx, f.HostRoot, meetingID)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		var c fault.Check
		c.That(err == nil && m.Organization == f.Host.ID && m.Editable() && f.fits(f.Series, m), "meeting", "pilot.problem.meeting")
		if err := c.Err(); err != nil {
			return err
		}
		if f.Round > 0 {
			return fault.New(fault.Conflict, "pilot.problem.sent")
		}
		p := f.Pilot
		p.Meeting = m.ID
		return update(ctx, tx, f.Pilot, p)
	})
}

// Submit sends the contents in to be appraised: the first time as they are, later with an
// answer to every item that was to be changed, by item.
func (s *Service) Submit(ctx context.Context, who access.Person, pilotID string, answers map[string]string) error {
	return s.onPilot(ctx, who, pilotID, "pilot.submitted", hosts, func(tx *db.Tx, f File) error {
		if !f.ahead(Preparing, Changing) || len(f.Items) == 0 {
			return fault.New(fault.Conflict, "pilot.problem.not_to_send")
		}
		p := f.Pilot
		p.Round, p.SentAt = p.Round+1, s.now()
		var c fault.Check
		for _, i := range f.Items {
			text := strings.TrimSpace(answers[i.ID])
			if i.Standing != ToChange {
				continue
			}
			c.That(text != "", textField+i.ID, "pilot.problem.answer")
			c.AtMost(text, longest, textField+i.ID)
			if c.Err() != nil {
				continue
			}
			if err := s.say(ctx, tx, who, p, i.Item, Answer, text); err != nil {
				return err
			}
		}
		if err := c.Err(); err != nil {
			return err
		}
		if err := update(ctx, tx, f.Pilot, p); err != nil {
			return err
		}
		return s.tell(ctx, tx, p, p.Root, "pilot.told.submitted", notice.Args{"Cell": f.Host.Name, "Round": p.Round}, f.Appraisers...)
	})
}

// say adds a word of the appraisal.
func (s *Service) say(ctx context.Context, tx *db.Tx, who access.Person, p Pilot, i meeting.Item, kind WordKind, text string) error {
	return db.Insert(ctx, tx, "pilot_word", Word{
		Root: p.Root, ID: id.New(), Pilot: p.ID, Item: i.ID, Wording: Wording(i), Round: p.Round, Kind: kind, Text: text, SaidAt: s.now(), SaidBy: who.Member,
	})
}

// Appraise says of items, by id, what an appraiser thinks of them; the host is told, and
// told again when the last item is agreed by all.
func (s *Service) Appraise(ctx context.Context, who access.Person, pilotID string, verdicts map[string]Verdict) error {
	return s.onPilot(ctx, who, pilotID, "pilot.appraised", appraises, func(tx *db.Tx, f File) error {
		if !f.ahead(Appraising, Changing) {
			return fault.New(fault.Conflict, "pilot.problem.not_to_appraise")
		}
		if err := checkVerdicts(verdicts); err != nil {
			return err
		}
		changes := 0
		for _, i := range f.Items {
			v := verdicts[i.ID]
			if v.Kind == "" {
				continue
			}
			if v.Kind == Change {
				changes++
			}
			if err := s.say(ctx, tx, who, f.Pilot, i.Item, v.Kind, strings.TrimSpace(v.Text)); err != nil {
				return err
			}
		}
		after, err := load(ctx, tx, who, f.Pilot)
		if err != nil {
			return err
		}
		switch {
		case after.Stage == Appraised:
			return s.tellHost(ctx, tx, f.Pilot, "pilot.told.agreed", notice.Args{})
		case changes > 0:
			return s.tellHost(ctx, tx, f.Pilot, "pilot.told.changes", notice.Args{"Count": changes})
		}
		return nil
	})
}

// Cancel takes back the choice of a host that has not sent anything in.
func (s *Service) Cancel(ctx context.Context, who access.Person, pilotID string) error {
	return s.onPilot(ctx, who, pilotID, "pilot.cancelled", directs, func(tx *db.Tx, f File) error {
		if f.Round > 0 || len(f.Comments) > 0 {
			return fault.New(fault.Conflict, "pilot.problem.begun")
		}
		return remove(ctx, tx, f.Pilot)
	})
}
