package directive

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/library"
	"chibo/notice"
	"chibo/organization"
	"chibo/room"
)

// The needs of directives. See opens those that were sent to one's cell, Take lays them
// before it, Send marks and sends them for a committee.
const (
	See  access.Need = "directive.see"
	Take access.Need = "directive.take"
	Send access.Need = "directive.send"
)

// Service does what people do with directives.
type Service struct {
	DB    *db.DB
	Now   func() time.Time
	Audit audit.Log
	Room  *room.Service
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

func (s *Service) today() when.Date { return s.now().Date() }

// Order is what the form of a directive asks for. Document is the id of one in the
// library, else Number and Date name one that comes with the program.
type Order struct {
	Organization string              `form:"organization"`
	Document     string              `form:"document"`
	Number       string              `form:"number"`
	Date         when.Date           `form:"date"`
	Origin       Origin              `form:"origin"`
	Form         Form                `form:"form"`
	Title        string              `form:"title"`
	Text         string              `form:"text"`
	Month        when.Month          `form:"month"`
	Due          when.Date           `form:"due"`
	Kinds        []organization.Kind `form:"kinds"`
	Cells        []string            `form:"cells"`
}

// cite returns the document that an order rests on.
func cite(ctx context.Context, q db.Q, who access.Person, o Order) (library.Source, error) {
	if o.Document != "" {
		d, err := library.GetDocument(ctx, q, who, o.Document)
		return d.Source, err
	}
	found, ok := library.Find(o.Number, o.Date)
	if !ok {
		return found, invalid("document", "directive.problem.document")
	}
	return found, nil
}

func invalid(field, key string) error {
	return &fault.Error{Kind: fault.Invalid, Key: "fault.form", Fields: map[string]string{field: key}}
}

// Send sends a paragraph of a document to cells below a committee. They have it at once;
// it is laid before them cell by cell, a few in one turn of the writer.
func (s *Service) Send(ctx context.Context, who access.Person, o Order) (Directive, error) {
	var d Directive
	var cells []organization.Organization
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		sender, err := organization.GetCommittee(ctx, tx, who.Scope(Send), o.Organization)
		if err != nil {
			return err
		}
		source, err := cite(ctx, tx, who, o)
		if err != nil {
			return err
		}
		d = Directive{
			Root: sender.Root, ID: id.New(), Organization: sender.ID, Document: o.Document, Citation: source.String(), Origin: o.Origin,
			Form: o.Form, Title: o.Title, Text: o.Text, Month: o.Month, Due: o.Due, SentAt: s.now(), SentBy: who.Member,
		}
		if err := cmp.Or(d.Validate(s.today()), library.RefuseMarked("text", d.Text)); err != nil {
			return err
		}
		below, err := organization.Under(ctx, tx, access.Whole("", sender.Path))
		if err != nil {
			return err
		}
		if cells = (Addressees{o.Kinds, o.Cells}).Of(below, s.today()); len(cells) == 0 {
			return invalid("kinds", "directive.problem.nobody")
		}
		if err := insert(ctx, tx, d); err != nil {
			return err
		}
		if err := insertDeliveries(ctx, tx, deliver(d, cells)); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, d.Root, "directive.sent", d.ID, map[string]any{"cells": len(cells), "origin": d.Origin, "form": d.Form})
	})
	if err != nil {
		return d, library.Marked(ctx, s.DB, s.Audit, who, d.Root, library.Use{Kind: "directive", Subject: d.ID}, err)
	}
	return d, s.spread(ctx, d, cells)
}

// deliver returns a delivery to each of the cells.
func deliver(d Directive, cells []organization.Organization) []Delivery {
	out := make([]Delivery, len(cells))
	for i, o := range cells {
		out[i] = Delivery{Root: o.Root, Directive: d.ID, Organization: o.ID}
	}
	return out
}

// inOneTurn is how many cells are given a directive in one turn of the writer.
const inOneTurn = 50

// spread lays a directive before its cells and tells those who lead them.
func (s *Service) spread(ctx context.Context, d Directive, cells []organization.Organization) error {
	for some := range slices.Chunk(cells, inOneTurn) {
		err := s.DB.Tx(ctx, func(tx *db.Tx) error {
			for _, o := range some {
				if err := s.bring(ctx, tx, d, o); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// bring lays a directive before one cell.
func (s *Service) bring(ctx context.Context, tx *db.Tx, d Directive, cell organization.Organization) error {
	leaders, err := leadersOf(ctx, tx, cell.Root, cell.ID, s.today())
	if err != nil {
		return err
	}
	v := Delivery{Root: cell.Root, Directive: d.ID, Organization: cell.ID}
	if d.Form == ForWork {
		if len(leaders) == 0 {
			return nil // waits until somebody leads the cell and takes it
		}
		if err := s.give(ctx, tx, d, v, leaders[0]); err != nil {
			return err
		}
		leaders = leaders[1:] // the task has told its owner
	} else if m, found, err := s.nextDraft(ctx, tx, d, cell.Root, cell.ID); err != nil {
		return err
	} else if found {
		if err := lay(ctx, tx, d, v, m); err != nil {
			return err
		}
	}
	return s.tell(ctx, tx, d, v, "directive.told.sent", leaders...)
}

// leadersOf returns who leads a cell on a day, the secretary first.
func leadersOf(ctx context.Context, q db.Q, root, cell string, day when.Date) ([]string, error) {
	offices, err := organization.OfficesOn(ctx, q, root, cell, day)
	var out []string
	for _, post := range []organization.Post{organization.Secretary, organization.Deputy} {
		for _, o := range offices {
			if o.Post == post && !slices.Contains(out, o.Member) {
				out = append(out, o.Member)
			}
		}
	}
	return out, err
}

func (s *Service) tell(ctx context.Context, tx *db.Tx, d Directive, v Delivery, key string, members ...string) error {
	return notice.Tell(ctx, tx, notice.Message{
		Root: v.Root, Organization: v.Organization, Key: key, Args: notice.Args{"Title": d.Title}, URL: d.Path(), At: s.now(),
	}, members...)
}

// Remind reminds those who lead cells that have not handled a directive, each at most once
// a day, and returns how many cells were reminded.
func (s *Service) Remind(ctx context.Context, who access.Person, directiveID string) (int, error) {
	n := 0
	err := s.onSent(ctx, who, directiveID, "directive.reminded", func(tx *db.Tx, d Directive, all []Placed) error {
		for _, p := range all {
			if p.Stage() == Handled || p.RemindedAt.Date() == s.today() {
				continue
			}
			leaders, err := leadersOf(ctx, tx, p.Root, p.Organization, s.today())
			if err != nil {
				return err
			}
			if err := s.tell(ctx, tx, d, p.Delivery, "directive.told.reminded", leaders...); err != nil {
				return err
			}
			p.RemindedAt = s.now()
			if err := updateDelivery(ctx, tx, p.Delivery); err != nil {
				return err
			}
			n++
		}
		if n == 0 {
			return fault.New(fault.Conflict, "directive.problem.reminded")
		}
		return nil
	})
	return n, err
}

// onSent does something to a directive that stands, for a committee that sends.
func (s *Service) onSent(ctx context.Context, who access.Person, directiveID, action string, do func(tx *db.Tx, d Directive, all []Placed) error) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		d, found, err := sentBy(ctx, tx, who.Scope(Send), directiveID)
		if err != nil {
			return err
		}
		if !found {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		if d.Withdrawn() {
			return fault.New(fault.Conflict, "directive.problem.withdrawn")
		}
		all, err := deliveriesOf(ctx, tx, access.Whole("", d.Path), d.ID)
		if err != nil {
			return err
		}
		if err := do(tx, d.Directive, all); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, d.Root, action, d.ID, nil)
	})
}

// Withdraw takes a directive back with a reason: it leaves the drafts of agendas, its open
// tasks are withdrawn. What was announced or done stays.
func (s *Service) Withdraw(ctx context.Context, who access.Person, directiveID, reason string) error {
	if strings.TrimSpace(reason) == "" {
		return invalid("reason", "directive.problem.reason")
	}
	if len([]rune(reason)) > maxText {
		return invalid("reason", fault.TooLong(maxText))
	}
	return s.onSent(ctx, who, directiveID, "directive.withdrawn", func(tx *db.Tx, d Directive, all []Placed) error {
		for _, p := range all {
			if err := s.recall(ctx, tx, who, d, p, reason); err != nil {
				return err
			}
		}
		d.WithdrawnAt, d.WithdrawnBy, d.Reason = s.now(), who.Member, reason
		return withdraw(ctx, tx, d)
	})
}

// Read notes that somebody has opened a directive.
func (s *Service) Read(ctx context.Context, who access.Person, directiveID string) error {
	all, err := deliveriesOf(ctx, s.DB, who.Scope(See), directiveID)
	if err != nil {
		return err
	}
	return s.acknowledge(ctx, who, all)
}

// acknowledge notes that somebody has opened a directive, for the cell in which they are at home;
// what was sent to others is not theirs to acknowledge.
func (s *Service) acknowledge(ctx context.Context, who access.Person, all []Placed) error {
	home, ok := who.Home()
	at := slices.IndexFunc(all, func(p Placed) bool { return ok && p.Organization == home.Organization && p.Root == home.Root })
	if at < 0 || who.Member == "" {
		return nil
	}
	if known, err := hasRead(ctx, s.DB, all[at].Delivery, who.Member); err != nil || known {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error { return read(ctx, tx, all[at].Delivery, who.Member, s.now()) })
}
