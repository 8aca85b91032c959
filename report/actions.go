package report

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"sync"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/job"
	"chibo/kit/when"
	"chibo/library"
	"chibo/minutes"
	"chibo/organization"
	"chibo/quality"
	"chibo/rating"
	"chibo/room"
)

// Needs of this package.
const (
	MayRead access.Need = "report.read" // the figures of a year
	MayOpen access.Need = "report.open" // the year book for everybody on the roll
	MayBind access.Need = "report.bind" // have year books made, open the one of the committee
)

// Service makes year books.
type Service struct {
	DB      *db.DB
	Now     func() time.Time
	Audit   audit.Log
	Room    *room.Service
	Minutes *minutes.Service
	Quality *quality.Service
	Ratings *rating.Service
	Library *library.Service
	// Extra are parts that later features add to every book.
	Extra []Extra

	sealed sync.Map // Evening by root and meeting, of those whose record no longer changes
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

// FileUse is the use under which the library keeps year books. It has no gate: they are
// opened here alone.
const FileUse = "year_book"

// BindJob is the kind of the job that makes a year book; its arguments are an order.
const BindJob = "report.bind"

// order names the book that a job makes.
type order struct {
	Root         string  `json:"root"`
	Organization string  `json:"organization"`
	Year         int     `json:"year"`
	Version      Version `json:"version"`
}

// mostBooks is how many year books one member has made at a time: those of ten cells, or of five in
// both versions.
const mostBooks = 10

// Ask has the year book of a cell made in the background. Where it is being made already,
// nothing more is asked for: everybody waits for the same book. Whoever has many made waits
// until one is done; a book that waits stands behind what takes a moment, such as mails.
func (s *Service) Ask(ctx context.Context, who access.Person, organizationID string, year int, v Version) error {
	o, err := organization.Get(ctx, s.DB, who.Scope(MayBind), organizationID)
	if err != nil {
		return err
	}
	if o.Level != organization.Cell || !possible(year) || v != Open && v != Full {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		b, _, err := book(ctx, tx, o.Root, o.ID, year, v)
		if err != nil || b.Running(s.now()) {
			return err
		}
		n, err := runningFor(ctx, tx, o.Root, who.Member, s.now())
		if err != nil {
			return err
		}
		if n >= mostBooks {
			return fault.New(fault.TooMany, "report.problem.many", "Most", mostBooks)
		}
		b = Book{Root: o.Root, Organization: o.ID, Year: year, Version: v, AskedAt: s.now(), AskedBy: who.Member}
		if err := ask(ctx, tx, b); err != nil {
			return err
		}
		key := fmt.Sprintf("%s/%s/%d/%s", o.Root, o.ID, year, v)
		if err := job.Enqueue(ctx, tx, BindJob, order{o.Root, o.ID, year, v}, job.Unique(key), job.At(s.now())); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, o.Root, "report.book_asked", o.ID, map[string]any{"year": year, "version": v})
	})
}

// possible reports whether there can be papers of a year.
func possible(year int) bool { return year >= 1930 && year <= 2200 }

// Bind does a job of kind BindJob. What goes wrong is written down where whoever waits
// sees it; only a program that stops lets the job come back.
func (s *Service) Bind(ctx context.Context, j job.Job) error {
	var o order
	if err := j.Decode(&o); err != nil {
		return err
	}
	b, found, err := book(ctx, s.DB, o.Root, o.Organization, o.Year, o.Version)
	if err != nil || !found || b.State != Asked {
		return err
	}
	err = s.bind(ctx, b)
	if err == nil || ctx.Err() != nil {
		return err
	}
	slog.ErrorContext(ctx, "a year book is not made", "organization", o.Organization, "year", o.Year, "error", err)
	b.State, b.Progress = Failed, 0
	return s.DB.Tx(ctx, func(tx *db.Tx) error { return finish(ctx, tx, b) })
}

// The stations of the making, in hundredths.
const (
	gathered = 30
	laidOut  = 80
	written  = 95
)

// bind gathers, binds and keeps a book.
func (s *Service) bind(ctx context.Context, b Book) error {
	cell, err := organization.Find(ctx, s.DB, b.Root, b.Organization)
	if err != nil {
		return err
	}
	volume, err := s.gather(ctx, cell, b.Year, b.Version == Full, s.tell(ctx, &b, 0, gathered))
	if err != nil {
		return err
	}
	bound, err := volume.Bind(s.tell(ctx, &b, gathered, laidOut))
	if err != nil {
		return err
	}
	docx, err := volume.DOCX(bound.Places)
	if err != nil {
		return err
	}
	if err := s.tell(ctx, &b, laidOut, written)(1, 1); err != nil {
		return err
	}
	b.Pages, b.Papers = bound.Pages, len(bound.Places)
	return s.keep(ctx, b, fileName(cell, b), bound.PDF, docx)
}

// tell returns what a station of the making is told: it writes the progress down where it
// has grown by a few hundredths.
func (s *Service) tell(ctx context.Context, b *Book, from, until int) func(done, of int) error {
	const step = 5
	return func(done, of int) error {
		at := from + (until-from)*done/max(1, of)
		if at < b.Progress+step {
			return ctx.Err()
		}
		b.Progress = at
		return s.DB.Tx(ctx, func(tx *db.Tx) error { return progress(ctx, tx, *b, at, s.now()) })
	}
}

// fileName is the name under which a book is saved, without its ending.
func fileName(cell organization.Organization, b Book) string {
	name := "Sổ năm " + strconv.Itoa(b.Year) + " - " + cell.Name
	if b.Version == Full {
		name += " (cấp ủy)"
	}
	return name
}

// keep puts the files of a book in the place of those that were kept before, also of a
// making that was cut off between the two.
func (s *Service) keep(ctx context.Context, b Book, name string, pdf, docx []byte) error {
	who := access.Person{Member: b.AskedBy}
	use := library.Use{Kind: FileUse, Subject: fmt.Sprintf("%s/%d/%s", b.Organization, b.Year, b.Version), Organization: b.Organization}
	old, err := library.Files(ctx, s.DB, b.Root, FileUse, use.Subject)
	if err != nil {
		return err
	}
	first, err := s.Library.Keep(ctx, who, b.Root, name+".pdf", pdf, use)
	if err != nil {
		return err
	}
	second, err := s.Library.Keep(ctx, who, b.Root, name+".docx", docx, use)
	if err != nil {
		return err
	}
	b.State, b.Progress, b.MadeAt, b.MadeBy, b.PDF, b.DOCX = Made, 100, s.now(), b.AskedBy, first.ID, second.ID
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		for _, f := range old {
			if err := s.Library.Remove(ctx, tx, who, b.Root, f.ID); err != nil {
				return err
			}
		}
		return finish(ctx, tx, b)
	})
}

// need is what opening a version takes.
func (v Version) need() access.Need {
	if v == Full {
		return MayBind
	}
	return MayOpen
}

// Open returns a file of a year book, "pdf" or "docx". Whoever opens the one with the
// ratings is noted as having looked at them.
func (s *Service) Open(ctx context.Context, who access.Person, organizationID string, year int, v Version, form string) (name string, data []byte, err error) {
	o, err := organization.Get(ctx, s.DB, who.Scope(v.need()), organizationID)
	if err != nil {
		return "", nil, err
	}
	b, found, err := book(ctx, s.DB, o.Root, o.ID, year, v)
	if err != nil {
		return "", nil, err
	}
	file := map[string]string{"pdf": b.PDF, "docx": b.DOCX}[form]
	if !found || file == "" {
		return "", nil, fault.New(fault.NotFound, "fault.not_found")
	}
	if _, data, err = s.Library.Open(ctx, o.Root, file); err != nil {
		return "", nil, err
	}
	return fileName(o, b) + "." + form, data, s.DB.Tx(ctx, func(tx *db.Tx) error {
		if v == Full {
			if err := s.Ratings.NoteBound(ctx, tx, who, o, year); err != nil {
				return err
			}
		}
		return s.Audit.Write(ctx, tx, who, o.Root, "report.book_opened", o.ID, map[string]any{"year": year, "version": v})
	})
}
