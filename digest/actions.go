package digest

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"chibo/document"
	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/text"
	"chibo/kit/when"
	"chibo/organization"
	"chibo/supervision"
)

// MayCompose is to draw up the reports of a committee, to issue them and to read those of the
// committees below. What a report says of scores and matters is for those alone who may see
// these.
const MayCompose access.Need = "digest.compose"

// Service makes reports.
type Service struct {
	DB    *db.DB
	Now   func() time.Time
	Audit audit.Log
	Board *supervision.Service
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

// Report is a report with all that its page shows.
type Report struct {
	Digest
	Unit  organization.Organization
	Form  Template
	Texts []string // paragraphs by section
	Sheet Sheet
}

// Load returns a report of somebody's scope. What a draft counts is counted now; a report with
// figures that the reader may not see is not found.
func (s *Service) Load(ctx context.Context, who access.Person, id string) (Report, error) {
	r, err := s.open(ctx, s.DB, who, id)
	if err != nil {
		return r, err
	}
	if r.State == Issued {
		r.Sheet, err = frozen(ctx, s.DB, r.Digest)
		return r, err
	}
	if err := s.Board.Recount(ctx, access.Whole("", r.Unit.Path)); err != nil {
		return r, err
	}
	names := r.Form.figures(r.Texts)
	f, err := s.gather(ctx, s.DB, r.Unit, r.Period(), names)
	r.Sheet = f.draw(names)
	return r, err
}

// open reads a report without its figures.
func (s *Service) open(ctx context.Context, q db.Q, who access.Person, id string) (Report, error) {
	sc := who.Scope(MayCompose)
	d, err := get(ctx, q, sc, id)
	if err != nil {
		return Report{}, err
	}
	r := Report{Digest: d}
	if r.Unit, err = organization.Get(ctx, q, sc, d.Organization); err != nil {
		return r, err
	}
	if r.Form, err = ParseTemplate(d.Template); err != nil {
		return r, err
	}
	if err := json.Unmarshal([]byte(d.Texts), &r.Texts); err != nil {
		return r, err
	}
	if !mayRead(who, r.Unit.Path, r.Form.figures(r.Texts)) {
		return r, fault.New(fault.NotFound, "fault.not_found")
	}
	return r, nil
}

// All returns the newest reports of somebody's scope, without those whose figures the reader may
// not see.
func (s *Service) All(ctx context.Context, who access.Person, most int) ([]Named, error) {
	found, err := all(ctx, s.DB, who.Scope(MayCompose).Near(), most)
	return slices.DeleteFunc(found, func(d Named) bool {
		var texts []string
		t, err := ParseTemplate(d.Template)
		if err == nil {
			err = json.Unmarshal([]byte(d.Texts), &texts)
		}
		return err != nil || !mayRead(who, d.UnitPath, t.figures(texts))
	}), err
}

// Start is what the form of a new report brings.
type Start struct {
	Unit  string     `form:"unit"`
	Form  string     `form:"form"`  // id of a shipped form, or of one of the committee
	Month when.Month `form:"month"` // any month of the period
}

// Begin begins a report, with the paragraphs of its form, and returns its id.
func (s *Service) Begin(ctx context.Context, who access.Person, f Start) (string, error) {
	var d Digest
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		o, err := committee(ctx, tx, who, f.Unit)
		if err != nil {
			return err
		}
		body, t, err := s.form(ctx, tx, who, o, f.Form)
		if err != nil {
			return err
		}
		if f.Month.IsZero() {
			return &fault.Error{Kind: fault.Invalid, Key: "fault.form", Fields: map[string]string{"month": "digest.problem.month"}}
		}
		p := PeriodOf(t.Span, f.Month)
		texts := make([]string, len(t.Section))
		for i, section := range t.Section {
			texts[i] = section.Text
		}
		d = Digest{Root: o.Root, ID: id.New(), Organization: o.ID, Span: p.Span, First: p.First, Name: t.Name, Template: body, State: Draft, CreatedAt: s.now(), CreatedBy: who.Account}
		if err := d.write(texts); err != nil {
			return err
		}
		if err := put(ctx, tx, d); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, d.Root, "digest.begun", d.ID, map[string]any{"span": d.Span, "month": d.First})
	})
	return d.ID, err
}

// committee returns a committee whose reports somebody may draw up.
func committee(ctx context.Context, q db.Q, who access.Person, unit string) (organization.Organization, error) {
	return organization.GetCommittee(ctx, q, who.Scope(MayCompose), unit)
}

// form returns a form that somebody may use for a committee, with its text.
func (s *Service) form(ctx context.Context, q db.Q, who access.Person, o organization.Organization, formID string) (string, Template, error) {
	all, err := s.Forms(ctx, q, who, o)
	if err != nil {
		return "", Template{}, err
	}
	i := slices.IndexFunc(all, func(f Shipped) bool { return f.ID == formID })
	if i < 0 {
		return "", Template{}, &fault.Error{Kind: fault.Invalid, Key: "fault.form", Fields: map[string]string{"form": "digest.problem.form"}}
	}
	return all[i].Text, all[i].Template, nil
}

// Forms returns the forms that somebody may use for a committee: those that come with the
// program, those of the committee and of the committees above it.
func (s *Service) Forms(ctx context.Context, q db.Q, who access.Person, o organization.Organization) ([]Shipped, error) {
	out := slices.Clone(shipped())
	kept, err := formsOf(ctx, q, append(o.Above(), o.ID))
	if err != nil {
		return nil, err
	}
	for _, k := range kept {
		t, err := ParseTemplate(k.Text)
		if err != nil {
			return nil, err
		}
		out = append(out, Shipped{k.ID, k.Text, t})
	}
	return slices.DeleteFunc(out, func(f Shipped) bool { return !mayRead(who, o.Path, f.Template.figures(nil)) }), nil
}

// maxText is the most letters of a paragraph.
const maxText = 8000

// write puts paragraphs into a report.
func (d *Digest) write(texts []string) error {
	b, err := json.Marshal(texts)
	d.Texts = string(b)
	return err
}

// Write changes the paragraphs of a draft that stands at seq. A name in braces that is no
// figure, or one that the writer may not see, is refused.
func (s *Service) Write(ctx context.Context, who access.Person, digestID string, texts map[int]string, seq int) error {
	return s.change(ctx, who, digestID, seq, "digest.written", func(_ *db.Tx, r *Report) error {
		var c fault.Check
		for i := range r.Form.Section {
			t, given := texts[i]
			if !given || i >= len(r.Texts) {
				continue
			}
			r.Texts[i] = strings.TrimSpace(text.Clean(t))
			c.That(len([]rune(t)) <= maxText, TextField(i), "digest.problem.long")
			for n, name := range tokens(t) {
				f, known := figureOf(name)
				c.That(n%2 == 0 || name == period || known && who.MayAt(f.need, r.Unit.Path), TextField(i), "digest.problem.token")
			}
		}
		if err := c.Err(); err != nil {
			return err
		}
		return r.write(r.Texts)
	})
}

// Issue takes a number for a draft and keeps what its figures count.
func (s *Service) Issue(ctx context.Context, who access.Person, digestID string, seq int) error {
	counted, err := s.Load(ctx, who, digestID) // before the transaction, which holds up all who write
	if err != nil {
		return err
	}
	return s.change(ctx, who, digestID, seq, "digest.issued", func(tx *db.Tx, r *Report) error {
		if err := freeze(ctx, tx, &r.Digest, counted.Sheet); err != nil {
			return err
		}
		r.State, r.IssuedOn = Issued, s.now().Date()
		term, _, err := organization.TermOn(ctx, tx, r.Root, r.Unit.ID, r.IssuedOn)
		if err != nil {
			return err
		}
		n, err := document.Issue(ctx, tx, r.Unit.Root, r.Unit.ID, document.Report, term.ID)
		if err != nil {
			return err
		}
		r.Number = n.String()
		return document.Enter(ctx, tx, n, r.IssuedOn, r.subject(), r.Path())
	})
}

// change does one thing to a draft that stands at seq.
func (s *Service) change(ctx context.Context, who access.Person, digestID string, seq int, action string, do func(*db.Tx, *Report) error) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		r, err := s.open(ctx, tx, who, digestID)
		if err != nil {
			return err
		}
		if r.State != Draft || r.Seq != seq {
			return fault.New(fault.Conflict, "digest.problem.meanwhile")
		}
		if err := do(tx, &r); err != nil {
			return err
		}
		if err := put(ctx, tx, r.Digest); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, r.Root, action, r.ID, nil)
	})
}

// Drop throws a draft away.
func (s *Service) Drop(ctx context.Context, who access.Person, digestID string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		r, err := s.open(ctx, tx, who, digestID)
		if err != nil {
			return err
		}
		if err := drop(ctx, tx, r.Digest); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, r.Root, "digest.dropped", r.ID, nil)
	})
}

// AddForm adds a form to those of a committee.
func (s *Service) AddForm(ctx context.Context, who access.Person, unit, body string) error {
	t, err := ParseTemplate(body)
	if err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		o, err := committee(ctx, tx, who, unit)
		if err != nil {
			return err
		}
		k := Kept{o.Root, id.New(), o.ID, t.Name, body, s.now(), who.Account}
		if err := insertForm(ctx, tx, k); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, o.Root, "digest.form_added", k.ID, nil)
	})
}

// DropForm takes a form from those of a committee. Reports begun with it keep it.
func (s *Service) DropForm(ctx context.Context, who access.Person, unit, formID string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		o, err := committee(ctx, tx, who, unit)
		if err != nil {
			return err
		}
		found, err := dropForm(ctx, tx, o.Root, o.ID, formID)
		if err != nil {
			return err
		}
		if !found {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		return s.Audit.Write(ctx, tx, who, o.Root, "digest.form_dropped", formID, nil)
	})
}
