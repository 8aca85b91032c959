package document

import (
	"context"
	"fmt"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/text"
	"chibo/kit/when"
	"chibo/organization"
)

// What may be done with number registers, and by whom: see app/rights.go.
const (
	MayRead   access.Need = "document.read"   // see the registers of an organisation
	MayNumber access.Need = "document.number" // set the next number, leave one blank
)

// Service keeps the number registers.
type Service struct {
	DB    *db.DB
	Now   func() time.Time
	Audit audit.Log
}

// Issue takes the next number of an organisation, a kind and a term (an id,
// empty where no term is known). It is called when a paper is issued, never for
// a draft. A number that was taken is never given again, whatever becomes of the
// paper.
func Issue(ctx context.Context, tx *db.Tx, root, organizationID string, kind Kind, term string) (Number, error) {
	if !kind.Valid() {
		return Number{}, fmt.Errorf("papers of kind %q have no number", kind)
	}
	o, err := organization.Find(ctx, tx, root, organizationID)
	if err != nil {
		return Number{}, err
	}
	return next(ctx, tx, Number{Root: root, Organization: o.ID, Kind: kind, Term: term, Symbol: SymbolOf(kind, o.Level)})
}

// IssueOfCongress takes the next number of the series that the papers of one congress
// have, apart from those of the terms: "01-NQ/ĐH" (HD 36-HD/VPTW, 03/4/2018, 1.3.1a).
// congress is the id of its meeting.
func IssueOfCongress(ctx context.Context, tx *db.Tx, root, organizationID string, kind Kind, congress string) (Number, error) {
	if !kind.Valid() {
		return Number{}, fmt.Errorf("papers of kind %q have no number", kind)
	}
	return next(ctx, tx, Number{Root: root, Organization: organizationID, Kind: kind, Term: congress, Symbol: symbolOfCongress(kind)})
}

// next takes the next number of the register of n.
func next(ctx context.Context, tx *db.Tx, n Number) (Number, error) {
	var err error
	if n.N, err = take(ctx, tx, n.Root, n.Organization, n.Kind, n.Term); err != nil {
		return Number{}, err
	}
	return n, insertNumber(ctx, tx, n)
}

// Enter writes into the register for what paper a number was issued: its date,
// its subject and its page. A number that has a paper keeps it.
func Enter(ctx context.Context, tx *db.Tx, n Number, day when.Date, subject, link string) error {
	n.Date, n.Subject, n.Link = day, subject, link
	ok, err := enter(ctx, tx, n)
	if err == nil && !ok {
		err = fault.New(fault.Conflict, "document.problem.taken", "Number", n.String())
	}
	return err
}

// Book is what stands in the registers of an organisation in one term.
type Book struct {
	Organization organization.Organization
	Term         organization.Term // the zero Term where none is known
	Day          when.Date
	Registers    []Register // one for each kind that may be issued
	Numbers      []Number
}

// Book returns the registers of an organisation of the term that runs today.
func (s *Service) Book(ctx context.Context, q db.Q, scope access.Scope, organizationID string) (Book, error) {
	o, err := organization.Get(ctx, q, scope, organizationID)
	if err != nil {
		return Book{}, err
	}
	b := Book{Organization: o, Day: when.DateOf(s.Now())}
	if b.Term, _, err = organization.TermOn(ctx, q, o.Root, o.ID, b.Day); err != nil {
		return Book{}, err
	}
	kept, err := registers(ctx, q, o.Root, o.ID, b.Term.ID)
	if err != nil {
		return Book{}, err
	}
	next := map[Kind]int{}
	for _, r := range kept {
		next[r.Kind] = r.Next
	}
	for _, k := range CellKinds(b.Day) {
		b.Registers = append(b.Registers, Register{Kind: k, Next: max(1, next[k])})
	}
	b.Numbers, err = numbers(ctx, q, o.Root, o.ID, b.Term.ID)
	return b, err
}

// Start is what the form for the next number of a register brings.
type Start struct {
	Kind Kind `form:"kind"`
	Next int  `form:"next"`
}

// SetStart says with which number a register goes on, as when a cell begins to
// use the program in the middle of a term. Numbers that were taken stay taken.
func (s *Service) SetStart(ctx context.Context, who access.Person, organizationID string, f Start) error {
	if err := mayIssue(f.Kind, s.Now()); err != nil {
		return err
	}
	return s.inRegister(ctx, who, organizationID, "document.start_set", f, func(tx *db.Tx, o organization.Organization, term string) error {
		last, err := highest(ctx, tx, o.Root, o.ID, f.Kind, term)
		if err != nil {
			return err
		}
		var c fault.Check
		c.That(f.Next > last, "next", "document.problem.used")
		c.That(f.Next <= maxNumber, "next", "document.problem.high")
		if err := c.Err(); err != nil {
			return err
		}
		return setNext(ctx, tx, o.Root, o.ID, f.Kind, term, f.Next)
	})
}

// maxNumber bounds what a register may be set to: a slip of the finger, which
// nothing could take back.
const maxNumber = 9_999

// Gap is what the form for a blank number brings.
type Gap struct {
	Kind   Kind   `form:"kind"`
	Reason string `form:"reason"`
}

// LeaveBlank takes the next number of a register for no paper (số để trống).
func (s *Service) LeaveBlank(ctx context.Context, who access.Person, organizationID string, f Gap) error {
	f.Reason = text.Line(f.Reason)
	var c fault.Check
	c.That(f.Reason != "", "reason", "document.problem.reason")
	c.AtMost(f.Reason, 300, "reason")
	if err := c.Err(); err != nil {
		return err
	}
	if err := mayIssue(f.Kind, s.Now()); err != nil {
		return err
	}
	return s.inRegister(ctx, who, organizationID, "document.left_blank", map[string]any{"kind": f.Kind}, func(tx *db.Tx, o organization.Organization, term string) error {
		n, err := take(ctx, tx, o.Root, o.ID, f.Kind, term)
		if err != nil {
			return err
		}
		return insertNumber(ctx, tx, Number{
			Root: o.Root, Organization: o.ID, Kind: f.Kind, Term: term, N: n, Symbol: SymbolOf(f.Kind, o.Level),
			Blank: true, Date: when.DateOf(s.Now()), Subject: f.Reason,
		})
	})
}

func mayIssue(k Kind, now time.Time) error {
	var c fault.Check
	c.That(CellMayIssue(k, when.DateOf(now)), "kind", "document.problem.kind")
	return c.Err()
}

// inRegister runs do in a transaction for who may keep the organisation's
// registers, in the term that runs today.
func (s *Service) inRegister(ctx context.Context, who access.Person, organizationID, action string, detail any, do func(tx *db.Tx, o organization.Organization, term string) error) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		o, err := organization.Get(ctx, tx, who.Scope(MayNumber), organizationID)
		if err != nil {
			return err
		}
		term, _, err := organization.TermOn(ctx, tx, o.Root, o.ID, when.DateOf(s.Now()))
		if err != nil {
			return err
		}
		if err := do(tx, o, term.ID); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, o.Root, action, o.ID, detail)
	})
}
