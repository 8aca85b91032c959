package account

import (
	"context"
	"slices"

	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/id"

	"chibo/kit/db"
)

// own returns the grants that somebody may hand over: those of offices and departments
// that are their own, and not another's in whose place they stand.
func own(who access.Person) []access.Grant {
	var out []access.Grant
	for _, g := range who.Grants {
		if g.For == "" && Lendable(g.Role) {
			out = append(out, g)
		}
	}
	return out
}

// Delegate hands what who may do by a role in a unit over to another of the unit.
func (s *Service) Delegate(ctx context.Context, who access.Person, d Delegation) (Delegation, error) {
	at := slices.IndexFunc(own(who), func(g access.Grant) bool { return g.Role == d.Role && g.Organization == d.Organization })
	if at < 0 || who.Member == "" {
		return d, fault.New(fault.NotFound, "fault.not_found")
	}
	d.Root, d.ID, d.Giver, d.GivenAt = who.Root, id.New(), who.Member, s.now()
	if err := d.check(s.now().Date()); err != nil {
		return d, err
	}
	grant := own(who)[at]
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		others, err := colleagues(ctx, tx, grant, who.Root, s.now().Date())
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(others, func(c colleague) bool { return c.Member == d.Receiver }) {
			return &fault.Error{Kind: fault.Invalid, Key: "fault.form", Fields: map[string]string{"receiver": "account.problem.receiver"}}
		}
		if err := insertDelegation(ctx, tx, d); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, d.Root, "account.delegated", d.Receiver, map[string]any{
			"delegation": d.ID, "organization": d.Organization, "role": d.Role, "parts": d.Parts, "from": d.From.String(), "until": d.Until.String(),
		})
	})
	return d, err
}

// EndDelegation ends a delegation before its time: the giver is back, or the receiver
// gives it back.
func (s *Service) EndDelegation(ctx context.Context, who access.Person, delegation string) error {
	if who.Member == "" {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		n, err := endDelegation(ctx, tx, who.Root, delegation, who.Member, s.now())
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		return s.Audit.Write(ctx, tx, who, who.Root, "account.delegation_ended", delegation, nil)
	})
}
