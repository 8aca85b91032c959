package reception

import (
	"context"
	"net/url"
	"slices"

	"chibo/conference"
	"chibo/helper"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/text"
	"chibo/kit/when"
)

// Invite makes a code for somebody who is to serve a desk of a conference.
func (s *Service) Invite(ctx context.Context, who access.Person, conferenceID string, i Invitation) (Helper, error) {
	i.Name, i.Desk = text.Line(i.Name), text.Line(i.Desk)
	if err := i.check(); err != nil {
		return Helper{}, err
	}
	var h Helper
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		x, err := conference.Get(ctx, tx, who.Scope(Keep), conferenceID)
		if err != nil {
			return err
		}
		if !x.Open() {
			return fault.New(fault.Conflict, "reception.problem.closed")
		}
		code, err := s.Helpers.FreeCode(ctx, tx, helpers, s.now())
		if err != nil {
			return err
		}
		h = Helper{Root: x.Root, ID: id.New(), Conference: x.ID, Name: i.Name, Desk: i.Desk, Pass: helper.NewPass(who, code, s.now())}
		if err := db.Insert(ctx, tx, helpers, h); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, x.Root, "reception.invited", x.ID, map[string]any{"helper": h.ID})
	})
	return h, err
}

// Remove takes back a code or a seat: the device is out at its next request.
func (s *Service) Remove(ctx context.Context, who access.Person, conferenceID, helperID string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		x, err := conference.Get(ctx, tx, who.Scope(Keep), conferenceID)
		if err != nil {
			return err
		}
		if _, err := invitedTo(ctx, tx, x, helperID); err != nil {
			return err
		}
		if err := helper.End(ctx, tx, helpers, x.Root, helperID, s.now()); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, x.Root, "reception.removed", x.ID, map[string]any{"helper": helperID})
	})
}

// Knock returns whom a code lets to the desks of a conference: the nearest sitting is where
// they go first.
func (s *Service) Knock(ctx context.Context, q db.Q, code string) (helper.Entry, bool, error) {
	h, found, err := byCode(ctx, q, code)
	if err != nil || !found {
		return helper.Entry{}, false, err
	}
	x, err := conference.Of(ctx, q, h.Root, h.Conference)
	if err != nil {
		return helper.Entry{}, false, err
	}
	sittings, err := conference.Sittings(ctx, q, x)
	if err != nil {
		return helper.Entry{}, false, err
	}
	e := helper.Entry{
		Pass: h.Pass, Table: helpers, Root: h.Root, ID: h.ID, Over: !x.Open(), Person: h.Person(),
		Path: h.Person().Seat.Place, Deed: "reception.joined", Subject: x.ID,
	}
	if len(sittings) > 0 {
		e.Path = deskPath(nearest(sittings, s.now())) + "?" + url.Values{"desk": {h.Desk}}.Encode()
	}
	return e, true, nil
}

// Holder returns who is on the device of a token.
func (s *Service) Holder(ctx context.Context, tokenHash string, now when.Instant) (access.Person, error) {
	h, found, err := byToken(ctx, s.DB, tokenHash)
	if err != nil || !found || now >= h.SeatUntil() {
		return access.Person{}, err
	}
	return h.Person(), nil
}

// permitted returns what refuses the events that who does not write: a helper settles no
// doubt and takes back nothing that others have written.
func permitted(ctx context.Context, q db.Q, who access.Person, y conference.Sitting, sent []Event) (func(Event) error, error) {
	if !who.Helps() {
		return func(Event) error { return nil }, nil
	}
	own, asked := map[string]bool{}, slices.Clone(sent)
	for _, e := range sent {
		own[e.ID] = true
		asked = append(asked, Event{ID: e.Of})
	}
	there, err := written(ctx, q, y.Root, y.ID, asked)
	for id, account := range there {
		own[id] = account == who.Account
	}
	return func(e Event) error {
		switch {
		case e.Kind == Same, e.Kind == Apart:
			return fault.New(fault.Forbidden, "reception.problem.office")
		case e.Kind == Back && !own[e.Of]:
			return fault.New(fault.Forbidden, "reception.problem.not_own")
		}
		return nil
	}, err
}
