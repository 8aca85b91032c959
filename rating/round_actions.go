package rating

import (
	"context"
	"slices"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/member"
	"chibo/organization"
)

// move brings a round to another state. do gets the round and its lines, says what
// stands against it and what changes besides.
func (s *Service) move(ctx context.Context, who access.Person, roundID string, to State, do func(*db.Tx, *Round, right, []Rating) error) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		r, may, err := s.steered(ctx, tx, who, roundID)
		if err != nil {
			return err
		}
		all, err := lines(ctx, tx, r.Root, r.ID)
		if err != nil {
			return err
		}
		from := r.State
		if err := do(tx, &r, may, all); err != nil {
			return err
		}
		r.State = to
		if err := advance(ctx, tx, r, from); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, r.Root, "rating.moved", r.ID, map[string]State{"from": from, "to": to})
	})
}

// Review ends the self-rating: the cell talks.
func (s *Service) Review(ctx context.Context, who access.Person, roundID string) error {
	return s.move(ctx, who, roundID, Discussion, func(_ *db.Tx, r *Round, may right, _ []Rating) error {
		return leadsIn(*r, may, SelfRating)
	})
}

// Gathering is what is known of the sitting when the vote is opened.
type Gathering struct {
	Chair   string `form:"chair"`
	Taker   string `form:"taker"`
	Place   string `form:"place"`
	Present int    `form:"present"`
	// ExemptPresent is how many exempt members came: they count in the base.
	ExemptPresent int    `form:"exempt_present"`
	Course        string `form:"course"`
}

func (f Gathering) sitting() Sitting {
	return Sitting{Present: f.Present, Place: f.Place, Chair: f.Chair, Taker: f.Taker, Course: f.Course}
}

func gatheringOf(s Sitting) Gathering {
	return Gathering{Chair: s.Chair, Taker: s.Taker, Place: s.Place, Present: s.Present, Course: s.Course}
}

func (f Gathering) check() error {
	var c fault.Check
	c.That(f.Place != "", "place", "rating.problem.words")
	c.That(f.Chair != "", "chair", "rating.problem.words")
	c.That(f.Taker != "", "taker", "rating.problem.words")
	for field, text := range map[string]string{"place": f.Place, "chair": f.Chair, "taker": f.Taker} {
		c.AtMost(text, maxLine, field)
	}
	c.AtMost(f.Course, maxText, "course")
	return c.Err()
}

// OpenVote fixes the base of the votes: all official members on the roll of the day of
// the review and the exempt ones who came. Whoever lives Party life elsewhere for a
// time is rated after the comment from there (HD 43-HD/BTCTW, 31/10/2025, 7.6).
func (s *Service) OpenVote(ctx context.Context, who access.Person, roundID string, f Gathering) error {
	if err := f.check(); err != nil {
		return err
	}
	return s.move(ctx, who, roundID, Voting, func(tx *db.Tx, r *Round, may right, all []Rating) error {
		if err := leadsIn(*r, may, Discussion); err != nil {
			return err
		}
		if slices.ContainsFunc(all, func(g Rating) bool { return g.Case == Away && g.Note == "" }) {
			return fault.New(fault.Conflict, "rating.refused.away")
		}
		roll, err := member.Roll(ctx, tx, r.Root, r.Organization, r.ReviewOn)
		if err != nil {
			return err
		}
		n := member.Count(roll)
		var c fault.Check
		c.That(f.ExemptPresent >= 0 && f.ExemptPresent <= n.Exempt, "exempt_present", "rating.problem.exempt")
		base := n.Voters + f.ExemptPresent
		c.That(f.Present > 0 && f.Present <= base, "present", "rating.problem.present")
		r.Base, r.Sitting = base, f.sitting()
		return c.Err()
	})
}

// Propose sends the list to the level that decides: every line has its proposal, and
// no more are excellent than the cap allows.
func (s *Service) Propose(ctx context.Context, who access.Person, roundID string) error {
	return s.move(ctx, who, roundID, Proposed, func(tx *db.Tx, r *Round, may right, all []Rating) error {
		if err := leadsIn(*r, may, Voting); err != nil {
			return err
		}
		for _, line := range all {
			if line.Rated() && line.Proposal == "" {
				return fault.New(fault.Conflict, "rating.refused.unproposed")
			}
		}
		n := CountOf(all, func(g Rating) Level { return g.Proposal })
		if r.Over(n) > 0 {
			return fault.New(fault.Conflict, "rating.refused.cap", "Words", r.Cap.Words(n))
		}
		return s.tell(ctx, tx, *r, all, "rating.told.proposed")
	})
}

// Back takes a round one step back: what was written stays. From the level that
// decides it goes back to the vote.
func (s *Service) Back(ctx context.Context, who access.Person, roundID string) error {
	r, _, _, err := s.round(ctx, s.DB, who, roundID)
	if err != nil {
		return err
	}
	before := map[State]State{Discussion: SelfRating, Voting: Discussion, Proposed: Voting}[r.State]
	if before == "" {
		return fault.New(fault.Conflict, "rating.refused.back")
	}
	return s.move(ctx, who, roundID, before, func(_ *db.Tx, now *Round, may right, all []Rating) error {
		if now.State != r.State || slices.ContainsFunc(all, func(g Rating) bool { return g.Level != "" }) {
			return fault.New(fault.Conflict, "rating.refused.back")
		}
		return nil
	})
}

// Rule writes a decision: the levels of the subjects named. When every line has its
// level the round is decided. The level that decides enters it, or the committee of
// the cell when the paper has come; the log says who.
func (s *Service) Rule(ctx context.Context, who access.Person, roundID string, f Ruling, levels map[string]Level) error {
	if err := f.Check(s.today()); err != nil {
		return err
	}
	if len(levels) == 0 {
		return fault.New(fault.Invalid, "rating.refused.nothing")
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		r, _, err := s.steered(ctx, tx, who, roundID)
		if err != nil {
			return err
		}
		if err := in(r, Proposed); err != nil {
			return err
		}
		if err := s.noComplaintWaits(ctx, tx, r); err != nil {
			return err
		}
		all, err := lines(ctx, tx, r.Root, r.ID)
		if err != nil {
			return err
		}
		left, err := s.rule(ctx, tx, who, all, f, levels)
		if err != nil {
			return err
		}
		if left == 0 {
			r.State = Decided
		}
		if err := advance(ctx, tx, r, Proposed); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, r.Root, "rating.decided", r.ID, map[string]any{"number": f.Number, "lines": len(levels), "left": left})
	})
}

// rule writes the decision to lines and returns how many still wait for one.
func (s *Service) rule(ctx context.Context, tx *db.Tx, who access.Person, all []Rating, f Ruling, levels map[string]Level) (left int, err error) {
	for _, line := range all {
		if !line.Rated() {
			continue
		}
		level, named := levels[line.Subject]
		if line.Level == "" && !named {
			left++
		}
		if !named {
			continue
		}
		if line.Level != "" || !slices.Contains(Levels, level) {
			return left, fault.New(fault.Conflict, "rating.refused.meanwhile")
		}
		line.Level, line.Ruling, line.DecidedBy = level, f, who.Member
		if err := update(ctx, tx, line); err != nil {
			return left, err
		}
	}
	return left, nil
}

func (s *Service) noComplaintWaits(ctx context.Context, q db.Q, r Round) error {
	said, err := complaints(ctx, q, r.Root, r.ID)
	if slices.ContainsFunc(said, func(c Complaint) bool { return !c.Answered() }) {
		err = fault.New(fault.Conflict, "rating.refused.complaint")
	}
	return err
}

// Tell tells each person that their rating has been decided: it shows them from now on.
func (s *Service) Tell(ctx context.Context, who access.Person, roundID string) error {
	return s.move(ctx, who, roundID, Told, func(tx *db.Tx, r *Round, may right, all []Rating) error {
		if err := leadsIn(*r, may, Decided); err != nil {
			return err
		}
		return s.tell(ctx, tx, *r, all, "rating.told.decided")
	})
}

// Drop takes out a round that was opened by mistake: nobody has rated themselves yet.
func (s *Service) Drop(ctx context.Context, who access.Person, roundID string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		r, may, err := s.held(ctx, tx, who, roundID)
		if err != nil {
			return err
		}
		if err := leadsIn(r, may, SelfRating); err != nil {
			return err
		}
		all, err := lines(ctx, tx, r.Root, r.ID)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(all, Rating.Said) {
			return fault.New(fault.Conflict, "rating.refused.begun")
		}
		if err := remove(ctx, tx, r); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, r.Root, "rating.dropped", r.ID, map[string]string{"period": r.Period().Name()})
	})
}

// daysAhead is how long before the review the self-reviews are sent (HD 43-HD/BTCTW,
// 31/10/2025, 2.1a: three working days); the day is counted back over days off.
const daysAhead = 3

// first is what the form of a round that is opened today begins with: a review in two
// weeks, the self-reviews in time for it.
func first(organizationID string, today when.Date) Opening {
	review := today.AddDays(14)
	return Opening{Organization: organizationID, Span: Yearly, Month: today.In(), SelfBy: SentBy(review, organization.DayOff), ReviewOn: review}
}

// SentBy returns the last day on which the self-reviews of a review can be sent.
func SentBy(review when.Date, off func(when.Date) bool) when.Date {
	day := review
	for n := daysAhead; n > 0; {
		if day = day.AddDays(-1); !off(day) {
			n--
		}
	}
	return day
}
