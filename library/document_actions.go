package library

import (
	"context"
	"net/url"
	"slices"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/organization"
)

// Register is the need to enter governing documents for a unit and all below it.
const Register access.Need = "library.register"

// DocumentUse names governing documents among the uses of kept files. They go down the
// tree: whoever works under a document may open its file.
const DocumentUse = "document"

// Entry is what the form of a document asks for. Sure says that its writer has looked at
// the paper again where something stood against it.
type Entry struct {
	Organization string    `form:"organization"`
	Level        Level     `form:"level"`
	Number       string    `form:"number"`
	Kind         string    `form:"kind"`
	Body         string    `form:"body"`
	Date         when.Date `form:"date"`
	Title        string    `form:"title"`
	From         when.Date `form:"from"`
	Until        when.Date `form:"until"`
	ReplacedBy   string    `form:"replaced_by"`
	ReplacedOn   when.Date `form:"replaced_on"`
	Text         string    `form:"text"`
	Sure         bool      `form:"sure"`
}

// EntryOf returns a document as the form shows it.
func EntryOf(d Document) Entry {
	return Entry{
		Organization: d.Organization, Level: d.Level, Number: d.Number, Kind: d.Kind, Body: d.Body, Date: d.Date, Title: d.Title,
		From: d.From, Until: d.Until, ReplacedBy: d.ReplacedBy, ReplacedOn: d.ReplacedOn, Text: d.Text,
	}
}

// onto returns d as the entry wants it. A document is in force from its own day unless
// another is named.
func (e Entry) onto(d Document) Document {
	if e.From.IsZero() {
		e.From = e.Date
	}
	d.Level, d.Text = e.Level, e.Text
	d.Source = Source{
		Subject: d.Subject, Number: canonical(e.Number), Kind: e.Kind, Body: e.Body, Date: e.Date, Title: e.Title,
		From: e.From, Until: e.Until, ReplacedBy: e.ReplacedBy, ReplacedOn: e.ReplacedOn,
	}
	return d
}

// PathOf returns where a document that comes with the program stands: it has no page of its
// own.
func PathOf(d Source) string { return "/library?" + url.Values{"q": {d.Number}}.Encode() }

// Doubtful returns what stands against an entry; of names the document that is being
// changed, empty for a new one.
func (s *Service) Doubtful(ctx context.Context, q db.Q, who access.Person, of string, e Entry) ([]Suspicion, error) {
	entered, err := Entered(ctx, q, who)
	if err != nil {
		return nil, err
	}
	known := Sources()
	for _, d := range entered {
		if d.ID != of {
			known = append(known, d.Source)
		}
	}
	return e.onto(Document{}).Suspicions(known, when.DateOf(s.Now())), nil
}

// look refuses an entry against which something stands until its writer is sure.
func (s *Service) look(ctx context.Context, q db.Q, who access.Person, of string, e Entry) error {
	if e.Sure {
		return nil
	}
	against, err := s.Doubtful(ctx, q, who, of, e)
	if err == nil && len(against) > 0 {
		err = &fault.Error{Kind: fault.Invalid, Key: "fault.form", Fields: map[string]string{"sure": "library.problem.sure"}}
	}
	return err
}

// registers returns the root of a committee for which somebody enters documents.
func registers(ctx context.Context, q db.Q, who access.Person, organizationID string) (string, error) {
	o, err := organization.GetCommittee(ctx, q, who.Scope(Register), organizationID)
	return o.Root, err
}

// Enter adds a document to the library of a unit and all below it.
func (s *Service) Enter(ctx context.Context, who access.Person, e Entry) (Document, error) {
	d := e.onto(Document{ID: id.New(), Organization: e.Organization, EnteredAt: when.At(s.Now()), EnteredBy: who.Member})
	if err := RefuseMarked("text", d.Text); err != nil {
		return d, s.marked(ctx, who, e.Organization, d.ID, err)
	}
	if err := d.Validate(when.DateOf(s.Now())); err != nil {
		return d, err
	}
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		root, err := registers(ctx, tx, who, e.Organization)
		if err != nil {
			return err
		}
		if err := s.look(ctx, tx, who, "", e); err != nil {
			return err
		}
		d.Root = root
		if err := insertDocument(ctx, tx, d); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, d.Root, "library.document.entered", d.ID, nil)
	})
	return d, err
}

// marked is Marked for a text of a document of somebody who may enter it.
func (s *Service) marked(ctx context.Context, who access.Person, organizationID, documentID string, refused error) error {
	root, err := registers(ctx, s.DB, who, organizationID)
	if err != nil {
		return err
	}
	return Marked(ctx, s.DB, s.Audit, who, root, Use{Kind: DocumentUse, Subject: documentID}, refused)
}

// Amend changes a document that was entered.
func (s *Service) Amend(ctx context.Context, who access.Person, documentID string, e Entry) error {
	if err := RefuseMarked("text", e.Text); err != nil {
		d, missing := documentFor(ctx, s.DB, who.Scope(Register), documentID)
		if missing != nil {
			return missing
		}
		return Marked(ctx, s.DB, s.Audit, who, d.Root, Use{Kind: DocumentUse, Subject: d.ID}, err)
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		d, err := documentFor(ctx, tx, who.Scope(Register), documentID)
		if err != nil {
			return err
		}
		d = e.onto(d)
		d.EnteredAt, d.EnteredBy = when.At(s.Now()), who.Member
		if err := d.Validate(when.DateOf(s.Now())); err != nil {
			return err
		}
		if err := s.look(ctx, tx, who, d.ID, e); err != nil {
			return err
		}
		if err := updateDocument(ctx, tx, d); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, d.Root, "library.document.amended", d.ID, nil)
	})
}

// mostDocumentFiles bounds the files of one document.
const mostDocumentFiles = 5

// Attach keeps a file of a document. unmarked is the statement that the paper carries no
// mark of secrecy.
func (s *Service) Attach(ctx context.Context, who access.Person, documentID, name string, data []byte, unmarked bool) error {
	if err := RefuseStated(unmarked); err != nil {
		return err
	}
	d, err := documentFor(ctx, s.DB, who.Scope(Register), documentID)
	if err != nil {
		return err
	}
	there, err := Files(ctx, s.DB, d.Root, DocumentUse, d.ID)
	if err != nil {
		return err
	}
	if len(there) >= mostDocumentFiles {
		return fault.New(fault.Conflict, "library.problem.many_files", "Count", mostDocumentFiles)
	}
	_, err = s.Keep(ctx, who, d.Root, name, data, Use{Kind: DocumentUse, Subject: d.ID, Organization: d.Organization})
	return err
}

// Detach takes a file of a document away.
func (s *Service) Detach(ctx context.Context, who access.Person, documentID, fileID string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		d, err := documentFor(ctx, tx, who.Scope(Register), documentID)
		if err != nil {
			return err
		}
		files, err := Files(ctx, tx, d.Root, DocumentUse, d.ID)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(files, func(f File) bool { return f.ID == fileID }) {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		return s.Remove(ctx, tx, who, d.Root, fileID)
	})
}
