package rating

import (
	"context"
	"slices"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/member"
	"chibo/notice"
	"chibo/organization"
	"chibo/room"
)

// The needs of the feature. See opens the door to one's own ratings; Lead shows those
// of a cell to its committee, Decide to the level that decides, once the list is sent;
// Oversee reads with the level that decides, for its department, and decides nothing.
const (
	See     access.Need = "rating.see"
	Lead    access.Need = "rating.lead"
	Decide  access.Need = "rating.decide"
	Oversee access.Need = "rating.oversee"
)

// Service does what people do with ratings.
type Service struct {
	DB    *db.DB
	Now   func() time.Time
	Audit audit.Log
	Room  *room.Service
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

func (s *Service) today() when.Date { return s.now().Date() }

// cell returns a cell that somebody leads.
func cell(ctx context.Context, q db.Q, who access.Person, id string) (organization.Organization, error) {
	return organization.GetCell(ctx, q, who.Scope(Lead), id)
}

// Settle sets the policy of a cell for rounds that are opened from now on.
func (s *Service) Settle(ctx context.Context, who access.Person, organizationID string, p Policy) error {
	o, err := cell(ctx, s.DB, who, organizationID)
	if err != nil {
		return err
	}
	p.Root, p.Organization = o.Root, o.ID
	if err := p.Check(); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := putPolicy(ctx, tx, p); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, o.Root, "rating.settled", o.ID, p)
	})
}

// Opening is what a secretary says when a round is opened.
type Opening struct {
	Organization string     `form:"organization"`
	Span         Span       `form:"span"`
	Month        when.Month `form:"month"` // any month of the period
	SelfBy       when.Date  `form:"self_by"`
	ReviewOn     when.Date  `form:"review_on"`
}

// Open opens a round for a cell, with a line for each person on the roll and one for
// the cell, and asks those who are rated to rate themselves.
func (s *Service) Open(ctx context.Context, who access.Person, f Opening) (Round, error) {
	o, err := cell(ctx, s.DB, who, f.Organization)
	if err != nil {
		return Round{}, err
	}
	p := PeriodOf(f.Span, f.Month)
	r := Round{
		Root: o.Root, ID: id.New(), Organization: o.ID, Span: p.Span, Month: p.Month, State: SelfRating,
		SelfBy: f.SelfBy, ReviewOn: f.ReviewOn, OpenedAt: s.now(), OpenedBy: who.Member,
	}
	if err := r.Check(s.today()); err != nil {
		return r, err
	}
	return r, s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := s.freeze(ctx, tx, &r); err != nil {
			return err
		}
		all, err := s.draw(ctx, tx, o, r)
		if err != nil {
			return err
		}
		if err := insertRound(ctx, tx, r, all); err != nil {
			return err
		}
		if err := s.Audit.Write(ctx, tx, who, o.Root, "rating.opened", r.ID, map[string]string{"period": r.Period().Name()}); err != nil {
			return err
		}
		return s.tell(ctx, tx, r, all, "rating.told.opened")
	})
}

// freeze puts the rules of today into a round.
func (s *Service) freeze(ctx context.Context, tx *db.Tx, r *Round) error {
	p, err := PolicyOf(ctx, tx, r.Root, r.Organization)
	if err != nil {
		return err
	}
	if r.Span == Monthly && !p.Monthly {
		return fault.New(fault.Conflict, "rating.refused.monthly")
	}
	set, err := organization.SettingsOn(ctx, tx, r.Root, r.Organization, s.today())
	if err != nil {
		return err
	}
	r.Cap, r.InCell, r.Scheme = p.Cap, p.InCell, p.Scheme
	r.Hand, r.TwoThird = set.RatingByHand, set.RatingTwoThirds
	return nil
}

// draw makes the lines of a round: the cell, its committee, the others as the roll has
// them on the last day of the period, or today where that has not come.
func (s *Service) draw(ctx context.Context, tx *db.Tx, o organization.Organization, r Round) ([]Rating, error) {
	day := r.Period().Last()
	if today := s.today(); today.Before(day) {
		day = today
	}
	roll, err := member.Roll(ctx, tx, o.Root, o.ID, day)
	if err != nil {
		return nil, err
	}
	offices, err := organization.OfficesOn(ctx, tx, o.Root, o.ID, day)
	if err != nil {
		return nil, err
	}
	rank := map[string]int{}
	for n, post := range []organization.Post{organization.CommitteeMember, organization.Deputy, organization.Secretary} {
		for _, held := range offices {
			if held.Post == post {
				rank[held.Member] = n + 1
			}
		}
	}
	slices.SortStableFunc(roll, func(a, b member.Entry) int { return rank[b.ID] - rank[a.ID] })
	all := []Rating{{Root: r.Root, Round: r.ID, Subject: Cell, Form: Collective}}
	for _, e := range roll {
		all = append(all, Rating{
			Root: r.Root, Round: r.ID, Subject: e.ID, Position: len(all),
			Form: FormFor(o.Kind, rank[e.ID] > 0), Case: CaseOf(e, r.Period().Last()),
		})
	}
	return all, nil
}

// tell sends each person of a list who is rated to their own line.
func (s *Service) tell(ctx context.Context, tx *db.Tx, r Round, all []Rating, key string) error {
	for _, line := range all {
		if !line.Person() || !line.Rated() {
			continue
		}
		if err := notice.Tell(ctx, tx, notice.Message{
			Root: r.Root, Organization: r.Organization, Key: key,
			Args: notice.Args{"Period": r.Period().Name(), "Day": r.SelfBy.Slashed()}, URL: line.Path(), At: s.now(),
		}, line.Subject); err != nil {
			return err
		}
	}
	return nil
}
