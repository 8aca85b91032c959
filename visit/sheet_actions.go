package visit

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/meeting"
	"chibo/quality"
)

// Sheet is a visit with what was written of it, as far as somebody may read it.
type Sheet struct {
	Entry
	// Own says that the reader is the visitor, Shown that they may read the remarks.
	Own, Shown bool
	Remarks    []Remark
	// Remedies are those of a finished sheet, open or done.
	Remedies []quality.Remedy
}

// Load returns a visit: when and who for whoever follows the cell, the remarks for the
// visitor, and once the sheet is finished for the cell and the committee above.
func (s *Service) Load(ctx context.Context, q db.Q, who access.Person, visitID string) (Sheet, error) {
	e, err := inScope(ctx, q, who.Scope(Follow), visitID)
	if err != nil {
		return Sheet{}, err
	}
	sheet := Sheet{Entry: e, Own: who.Member != "" && e.Member == who.Member && who.MayAt(Write, e.CellPath)}
	sheet.Shown = sheet.Own || e.State == Finished && who.MayAt(Read, e.CellPath)
	if !sheet.Shown {
		return sheet, nil
	}
	if sheet.Remarks, err = remarksOf(ctx, q, e.Root, e.ID); err != nil {
		return sheet, err
	}
	sheet.Remedies, err = quality.RemediesOfVisit(ctx, q, e.Root, e.ID)
	return sheet, err
}

// writing returns one's own visit whose sheet is not finished.
func writing(ctx context.Context, q db.Q, who access.Person, visitID string) (Entry, error) {
	e, err := own(ctx, q, who, visitID)
	if err == nil && e.State != Assigned {
		err = fault.New(fault.Conflict, "visit.problem.ended")
	}
	return e, err
}

// Note adds a remark to the sheet of one's own visit; the same id again adds nothing.
func (s *Service) Note(ctx context.Context, who access.Person, visitID string, r Remark) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		e, err := writing(ctx, tx, who, visitID)
		if err != nil {
			return err
		}
		if err := r.Check(e.Day()); err != nil {
			return err
		}
		r.Root, r.Visit = e.Root, e.ID
		if r.At.IsZero() || r.At > s.now() {
			r.At = s.now()
		}
		if err := add(ctx, tx, r); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, e.Root, "visit.noted", e.ID, map[string]string{"remark": r.ID})
	})
}

// Strike takes a remark from the sheet of one's own visit.
func (s *Service) Strike(ctx context.Context, who access.Person, visitID, remarkID string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		e, err := writing(ctx, tx, who, visitID)
		if err != nil {
			return err
		}
		if err := strike(ctx, tx, e.Root, e.ID, remarkID, s.now()); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, e.Root, "visit.struck", e.ID, map[string]string{"remark": remarkID})
	})
}

// Echoes returns the remarks of one's own sheet that stand word for word in an earlier one.
func (s *Service) Echoes(ctx context.Context, q db.Q, sheet Sheet) ([]Echo, error) {
	past, err := pastOf(ctx, q, sheet.Member, sheet.ID)
	return Echoes(sheet.Remarks, past), err
}

// Finish gives the sheet to the cell: its committee is told, and what is to be mended
// stands on the next agenda until it is done.
func (s *Service) Finish(ctx context.Context, who access.Person, visitID string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		e, err := own(ctx, tx, who, visitID)
		if err != nil {
			return err
		}
		remarks, err := remarksOf(ctx, tx, e.Root, e.ID)
		if err != nil {
			return err
		}
		v, err := e.Visit.Finish(remarks, e.StartsAt, s.now(), who.Member)
		if err != nil {
			return err
		}
		if err := update(ctx, tx, e.Visit, v); err != nil {
			return err
		}
		m, err := meeting.Find(ctx, tx, v.Root, v.Meeting)
		if err != nil {
			return err
		}
		if err := s.giveRemedies(ctx, tx, m, v, remarks); err != nil {
			return err
		}
		committee, err := meeting.CommitteeOf(ctx, tx, m)
		if err != nil {
			return err
		}
		if err := s.tell(ctx, tx, v, "finished", committee...); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, v.Root, "visit.finished", v.ID, map[string]int{"remarks": len(remarks)})
	})
}

// giveRemedies hands the cell what is to be mended, and the next meeting that is being
// prepared with it.
func (s *Service) giveRemedies(ctx context.Context, tx *db.Tx, m meeting.Meeting, v Visit, remarks []Remark) error {
	for _, r := range remarks {
		if !r.Mends() {
			continue
		}
		if err := quality.Find(ctx, tx, quality.Remedy{
			Root: v.Root, ID: r.ID, Organization: v.Organization, Meeting: v.Meeting, Visit: v.ID,
			Weakness: r.Text, Remedy: r.Remedy, Due: r.Due, NotedAt: s.now(), NotedBy: v.Member,
		}); err != nil {
			return err
		}
	}
	next, found, err := meeting.Upcoming(ctx, tx, m.Root, m.Organization, m.StartsAt)
	if err != nil || !found {
		return err
	}
	return leave(ctx, tx, next)
}

// leave puts what visits have found and is not mended yet among the matters left to a
// meeting.
func leave(ctx context.Context, tx *db.Tx, m meeting.Meeting) error {
	open, err := quality.OpenRemedies(ctx, tx, m.Root, m.Organization)
	if err != nil {
		return err
	}
	var carried []meeting.Carried
	for _, r := range open {
		if r.Visit == "" || r.Meeting == m.ID {
			continue
		}
		carried = append(carried, meeting.Carried{
			Kind: meeting.ToMend, Text: r.Weakness + " – " + r.Remedy, Subject: r.ID, Due: r.Due, From: r.Meeting,
		})
	}
	return meeting.Leave(ctx, tx, m, carried...)
}

// Reply is the answer of the cell to a finished sheet.
func (s *Service) Reply(ctx context.Context, who access.Person, visitID, answer string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		e, err := inScope(ctx, tx, who.Scope(Answer), visitID)
		if err != nil {
			return err
		}
		v, err := e.Visit.Reply(answer, s.now(), who.Member)
		if err != nil {
			return err
		}
		if err := update(ctx, tx, e.Visit, v); err != nil {
			return err
		}
		if err := s.tell(ctx, tx, v, "answered", v.Member); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, v.Root, "visit.answered", v.ID, nil)
	})
}
