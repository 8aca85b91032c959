package briefing

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/library"
	"chibo/meeting"
)

// Attach keeps a file beside a briefing. unmarked is the statement that the paper
// carries no mark of secrecy.
func (s *Service) Attach(ctx context.Context, who access.Person, meetingID, name string, data []byte, unmarked bool) error {
	if err := library.RefuseStated(unmarked); err != nil {
		return err
	}
	x, path, err := inScope(ctx, s.DB, who.Scope(Read), meetingID)
	if err != nil {
		return err
	}
	if !writes(who)(path, x) {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	there, err := library.Files(ctx, s.DB, x.Root, FileUse, x.Meeting)
	if err != nil {
		return err
	}
	switch {
	case x.State == meeting.Sealed:
		return fault.New(fault.Conflict, "briefing.problem.sealed")
	case len(there) >= mostFiles:
		return fault.New(fault.Conflict, "briefing.problem.many_files", "Count", mostFiles)
	}
	_, err = s.Files.Keep(ctx, who, x.Root, name, data, library.Use{Kind: FileUse, Subject: x.Meeting, Organization: x.Organization})
	return err
}

// Detach takes a file away.
func (s *Service) Detach(ctx context.Context, who access.Person, meetingID, fileID string) error {
	return s.change(ctx, who, meetingID, "briefing.detached", writes(who), func(tx *db.Tx, x *Session) error {
		if x.State == meeting.Sealed {
			return fault.New(fault.Conflict, "briefing.problem.sealed")
		}
		files, err := library.Files(ctx, tx, x.Root, FileUse, x.Meeting)
		if err != nil {
			return err
		}
		for _, f := range files {
			if f.ID == fileID {
				return s.Files.Remove(ctx, tx, who, x.Root, f.ID)
			}
		}
		return fault.New(fault.NotFound, "fault.not_found")
	})
}

// Gate lets those open the files of a briefing who may read it.
func Gate(ctx context.Context, q db.Q, who access.Person, _ string, use library.Use) error {
	_, _, err := Readable(ctx, q, who, use.Subject)
	return err
}

// Readable returns a briefing that who may read, with the path of its cell: members
// from the opening of the meeting on, before that the briefer and those who arrange
// turns.
func Readable(ctx context.Context, q db.Q, who access.Person, meetingID string) (Session, string, error) {
	x, path, err := inScope(ctx, q, who.Scope(Read), meetingID)
	if err == nil && !x.State.Reached(meeting.Open) && !writes(who)(path, x) {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	return x, path, err
}
