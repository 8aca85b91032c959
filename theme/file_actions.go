package theme

import (
	"context"
	"slices"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/library"
	"chibo/meeting"
)

// FileUse names themes among the uses of kept files; its gate is Gate.
const FileUse = "theme"

// mostFiles bounds the files of one report.
const mostFiles = 5

// Send keeps the report of a theme, from its presenter or from those who plan. A
// meeting that treats the theme and may still be changed has it among its papers.
// unmarked is the statement that the paper carries no mark of secrecy.
func (s *Service) Send(ctx context.Context, who access.Person, themeID, name string, data []byte, unmarked bool) error {
	if err := library.RefuseStated(unmarked); err != nil {
		return err
	}
	e, path, err := inScope(ctx, s.DB, who.Scope(Read), themeID)
	if err != nil {
		return err
	}
	if err := sends(who, path, e); err != nil {
		return err
	}
	if e.Reports >= mostFiles {
		return fault.New(fault.Conflict, "theme.problem.many_files", "Count", mostFiles)
	}
	use := library.Use{Kind: FileUse, Subject: e.ID, Organization: e.Organization}
	_, err = s.Files.Keep(ctx, who, e.Root, name, data, use, func(tx *db.Tx, _ library.File) error {
		if e.Meeting == "" {
			return nil
		}
		return s.fill(ctx, tx, e.Theme, e.Presenter)
	})
	return err
}

// sends refuses who may not send the report of a theme.
func sends(who access.Person, path string, e Entry) error {
	switch {
	case !who.MayAt(Arrange, path) && (who.Member == "" || who.Member != e.Presenter):
		return fault.New(fault.NotFound, "fault.not_found")
	case e.State == meeting.Sealed:
		return fault.New(fault.Conflict, "theme.problem.sealed")
	}
	return nil
}

// Withdraw takes a report away again, and out of the papers of the meeting, until
// people have come together over it.
func (s *Service) Withdraw(ctx context.Context, who access.Person, themeID, fileID string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		e, path, err := inScope(ctx, tx, who.Scope(Read), themeID)
		if err != nil {
			return err
		}
		if err := sends(who, path, e); err != nil {
			return err
		}
		if e.State.Reached(meeting.Open) {
			return fault.New(fault.Conflict, "theme.problem.treated")
		}
		files, err := library.Files(ctx, tx, e.Root, FileUse, e.ID)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(files, func(f library.File) bool { return f.ID == fileID }) {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		if e.Meeting != "" {
			if err := meeting.Unclose(ctx, tx, e.Root, e.Meeting, fileID); err != nil {
				return err
			}
		}
		if err := s.Files.Remove(ctx, tx, who, e.Root, fileID); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, e.Root, "theme.withdrawn", e.ID, nil)
	})
}

// Gate lets those open a report who may read it: its presenter and those who plan,
// and the cell once notice of the meeting is given.
func Gate(ctx context.Context, q db.Q, who access.Person, path string, use library.Use) error {
	e, _, err := inScope(ctx, q, who.Scope(Read), use.Subject)
	if err == nil && !opens(who, path, e) {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	return err
}

func opens(who access.Person, path string, e Entry) bool {
	return e.State.Reached(meeting.Noticed) || who.MayAt(Arrange, path) || who.Member != "" && who.Member == e.Presenter
}
