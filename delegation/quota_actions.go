package delegation

import (
	"context"
	"slices"

	"chibo/conference"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/notice"
	"chibo/organization"
)

// SetQuota changes how many a unit sends in a line.
func (s *Service) SetQuota(ctx context.Context, who access.Person, conferenceID string, k Quota) error {
	return s.keep(ctx, who, conferenceID, "delegation.quota_changed", "", func(tx *db.Tx, x conference.Conference) error {
		if err := k.check(); err != nil {
			return err
		}
		all, err := Shares(ctx, tx, x)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(all, func(h Share) bool { return h.Line.ID == k.Category && h.Unit.ID == k.Unit }) {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		k.Root, k.ChangedAt, k.ChangedBy = x.Root, s.now(), who.Member
		return putQuota(ctx, tx, k)
	})
}

// Remind tells those who lead the units that have not named all their delegates, and
// returns how many units that are.
func (s *Service) Remind(ctx context.Context, who access.Person, conferenceID string) (n int, err error) {
	err = s.keep(ctx, who, conferenceID, "delegation.reminded", "", func(tx *db.Tx, x conference.Conference) error {
		if x.NamesBy.IsZero() {
			return fault.New(fault.Conflict, "delegation.problem.no_deadline")
		}
		behind, err := s.behind(ctx, tx, x)
		if err != nil {
			return err
		}
		for _, u := range behind {
			leaders, err := leaders(ctx, tx, u.Unit, s.now().Date())
			if err != nil {
				return err
			}
			m := notice.Message{
				Root: u.Unit.Root, Organization: u.Unit.ID, Key: "delegation.told.name", At: s.now(), URL: unitPath(x.ID, u.Unit.ID),
				Args: notice.Args{"Title": x.Title, "Missing": u.Missing(), "Day": x.NamesBy.Slashed()},
			}
			if err := notice.Tell(ctx, tx, m, leaders...); err != nil {
				return err
			}
		}
		n = len(behind)
		return nil
	})
	return n, err
}

// behind returns the units that have not named all, each once with what it lacks in all
// lines.
func (s *Service) behind(ctx context.Context, q db.Q, x conference.Conference) ([]Sent, error) {
	lines, err := Board(ctx, q, x)
	var out []Sent
	for _, y := range lines {
		for _, u := range y.Units {
			if !u.Names() || u.Missing() == 0 {
				continue
			}
			n := slices.IndexFunc(out, func(o Sent) bool { return o.Unit.ID == u.Unit.ID })
			if n < 0 {
				out = append(out, Sent{Share: u.Share})
				n = len(out) - 1
			}
			out[n].Count.Places += u.Missing()
		}
	}
	return out, err
}

// Board returns the lines of a conference with what each unit has done.
func Board(ctx context.Context, q db.Q, x conference.Conference) ([]Line, error) {
	lines, err := conference.Categories(ctx, q, x)
	if err != nil {
		return nil, err
	}
	shares, err := Shares(ctx, q, x)
	if err != nil {
		return nil, err
	}
	all, err := Delegates(ctx, q, x)
	return tally(lines, shares, all), err
}

// leaders returns who is told for a unit: secretary and deputies of a cell, of a committee
// its office too.
func leaders(ctx context.Context, q db.Q, o organization.Organization, day when.Date) ([]string, error) {
	offices, err := organization.OfficesOn(ctx, q, o.Root, o.ID, day)
	var out []string
	for _, f := range offices {
		if f.Post == organization.Secretary || f.Post == organization.Deputy || f.Post == organization.Clerk {
			out = append(out, f.Member)
		}
	}
	return out, err
}
