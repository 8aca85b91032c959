package delegation

import (
	"context"
	"net/url"

	"chibo/conference"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/notice"
)

// Pick chooses delegates of a conference: of one line, of one unit by its name, of one id;
// what is empty chooses all.
type Pick struct {
	Line string `form:"line"`
	Unit string `form:"unit"`
	One  string `form:"-"`
}

// Has reports whether a delegate is chosen.
func (p Pick) Has(d Delegate) bool {
	return (p.Line == "" || p.Line == d.Category) && (p.Unit == "" || p.Unit == d.Unit) && (p.One == "" || p.One == d.ID)
}

// Issue gives everybody who stands without an invitation the next number of the conference,
// in the order of the list, tells those who have an account, and returns how many got one.
// A number is never given twice. Those written at the desk need no invitation any more.
func (s *Service) Issue(ctx context.Context, who access.Person, conferenceID string) (n int, err error) {
	err = s.keep(ctx, who, conferenceID, "delegation.issued", "", func(tx *db.Tx, x conference.Conference) error {
		sittings, err := conference.Sittings(ctx, tx, x)
		if err != nil {
			return err
		}
		if len(sittings) == 0 {
			return fault.New(fault.Conflict, "delegation.problem.no_sitting")
		}
		all, err := Standing(ctx, tx, x)
		if err != nil {
			return err
		}
		last, err := highest(ctx, tx, x)
		if err != nil {
			return err
		}
		for _, d := range all {
			if d.Number > 0 || d.WalkedIn {
				continue
			}
			n++
			d.Number, d.IssuedAt = last+n, s.now()
			if err := number(ctx, tx, d); err != nil {
				return err
			}
			if err := s.tell(ctx, tx, x, d); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

// tell says to a delegate who is a member that they are invited. The address leads to the
// invitation of whoever has signed in: the code stands in no notice.
func (s *Service) tell(ctx context.Context, tx *db.Tx, x conference.Conference, d Delegate) error {
	if d.Member == "" {
		return nil
	}
	unit := d.UnitID
	if unit == "" {
		unit = x.Organization
	}
	return notice.Tell(ctx, tx, notice.Message{
		Root: d.MemberRoot, Organization: unit, Key: "delegation.told.invited", Args: notice.Args{"Title": occasion(x)},
		URL: "/invitations/" + d.ID, Subject: d.ID, At: s.now(),
	}, d.Member)
}

// Print notes that invitations are written for printing, and returns how many.
func (s *Service) Print(ctx context.Context, who access.Person, conferenceID string, p Pick) (n int64, err error) {
	err = s.keep(ctx, who, conferenceID, "delegation.printed", "", func(tx *db.Tx, x conference.Conference) (err error) {
		if n, err = markPrinted(ctx, tx, x, p, s.now()); err == nil && n == 0 {
			err = fault.New(fault.Conflict, "delegation.problem.none_issued")
		}
		return err
	})
	return n, err
}

// Reply writes down what the holder of a code answers. Whoever was replaced, and who
// answers after all is over, is told so. The log says who without an account: the person
// invited.
func (s *Service) Reply(ctx context.Context, code string, r Reply) error {
	if err := r.check(); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		d, err := ByCode(ctx, tx, code)
		if err != nil {
			return err
		}
		inv, err := invitationOf(ctx, tx, d)
		if err != nil {
			return err
		}
		if inv.Over(s.now()) || !d.Stands() {
			return fault.New(fault.Conflict, "delegation.problem.over")
		}
		if r.Answer == Coming {
			r.Reason, r.Proposed = "", ""
		}
		if err := reply(ctx, tx, d, r, s.now()); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, access.Person{Name: d.Name, Member: d.Member}, d.Root, "delegation.answered", d.ID, nil)
	})
}

// query is what is chosen as it stands behind the question mark of an address.
func (p Pick) query() string {
	q := url.Values{}
	for name, value := range map[string]string{"line": p.Line, "unit": p.Unit, "one": p.One} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return q.Encode()
}
