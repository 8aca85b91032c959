package feedback

import (
	"context"
	"strings"

	"chibo/conference"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/member"
)

// SetAside sets the sheets aside on which remarks of a cell stand, with all that is on them.
func (s *Service) SetAside(ctx context.Context, who access.Person, conferenceID, sittingID string, x Cell, remarks []string, reason string) error {
	return s.change(ctx, who, conferenceID, sittingID, "feedback.set_aside", func(tx *db.Tx, r Round) error {
		a := Aside{Root: r.Root, Sitting: r.Sitting, Reason: strings.TrimSpace(reason), SetAt: s.now(), SetBy: who.Member}
		if len(remarks) == 0 {
			return fault.New(fault.Invalid, "feedback.problem.none_chosen")
		}
		if err := a.check(); err != nil {
			return err
		}
		n, err := setAside(ctx, tx, a, x, remarks)
		if err == nil && n == 0 {
			err = fault.New(fault.NotFound, "fault.not_found")
		}
		return err
	})
}

// TakeIn counts a sheet again that was set aside.
func (s *Service) TakeIn(ctx context.Context, who access.Person, conferenceID, sittingID, sheetID string) error {
	return s.change(ctx, who, conferenceID, sittingID, "feedback.taken_in", func(tx *db.Tx, r Round) error {
		n, err := takeIn(ctx, tx, r, sheetID)
		if err == nil && n == 0 {
			err = fault.New(fault.NotFound, "fault.not_found")
		}
		return err
	})
}

// Asides returns what was set aside of a sitting, the latest first.
func (s *Service) Asides(ctx context.Context, who access.Person, conferenceID, sittingID string) (Place, []PutAside, error) {
	p, err := find(ctx, s.DB, who.Scope(conference.Keep), conferenceID, sittingID)
	if err == nil && !p.Opened {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	if err != nil {
		return p, nil, err
	}
	all, err := asides(ctx, s.DB, p.Round)
	if err != nil {
		return p, nil, err
	}
	var by []string
	for _, a := range all {
		by = append(by, a.SetBy)
	}
	names, err := member.Names(ctx, s.DB, p.Round.Root, by...)
	for i := range all {
		all[i].By = names[all[i].SetBy]
	}
	return p, all, err
}
