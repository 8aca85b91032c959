package meeting

import (
	"context"
	"slices"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/library"
)

// FileUse names meetings among the uses of kept files; its gate is Gate.
const FileUse = "meeting"

// AddFile keeps a file with a meeting, for an item of the agenda or for the whole.
// unmarked is the statement that the paper carries no mark of secrecy.
func (s *Service) AddFile(ctx context.Context, who access.Person, meetingID string, paper Paper, name string, data []byte, unmarked bool) error {
	if err := library.RefuseStated(unmarked); err != nil {
		return err
	}
	m, _, err := inScope(ctx, s.DB, who.Scope(Prepare), meetingID)
	if err != nil {
		return err
	}
	use := library.Use{Kind: FileUse, Subject: m.ID, Organization: m.Organization}
	_, err = s.Files.Keep(ctx, who, m.Root, name, data, use, func(tx *db.Tx, f library.File) error {
		if paper.Title == "" {
			paper.Title = f.Name
		}
		paper.File = f.ID
		return s.addPaper(ctx, tx, who, m, paper)
	})
	return err
}

// Cite adds a document that is read from paper: its reference stands in the
// notice, no file is kept.
func (s *Service) Cite(ctx context.Context, who access.Person, meetingID string, paper Paper) error {
	if paper.Title == "" {
		return &fault.Error{Kind: fault.Invalid, Key: "fault.form", Fields: map[string]string{"title": "meeting.problem.citation"}}
	}
	paper.File = ""
	return s.change(ctx, who, meetingID, "meeting.paper.cited", func(tx *db.Tx, m Meeting) (any, error) {
		return nil, s.addPaper(ctx, tx, who, m, paper)
	})
}

// addPaper writes a paper; the meeting is read again, for a file was being kept
// in the meantime.
func (s *Service) addPaper(ctx context.Context, tx *db.Tx, who access.Person, m Meeting, paper Paper) error {
	m, err := Find(ctx, tx, m.Root, m.ID)
	if err != nil {
		return err
	}
	if !m.Editable() {
		return fault.New(fault.Conflict, "meeting.problem.not_editable")
	}
	there, err := Papers(ctx, tx, m.Root, m.ID)
	if err == nil {
		err = few(len(there))
	}
	if err != nil {
		return err
	}
	items, err := Items(ctx, tx, m.Root, m.ID)
	if err != nil {
		return err
	}
	if paper.Item != "" && !slices.ContainsFunc(items, func(i Item) bool { return i.ID == paper.Item }) {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	var c fault.Check
	if c.AtMost(paper.Title, maxTitle, "title"); c.Err() != nil {
		return c.Err()
	}
	paper.Root, paper.Meeting, paper.ID, paper.AddedAt, paper.AddedBy = m.Root, m.ID, id.New(), s.now(), who.Member
	return db.Insert(ctx, tx, "meeting_paper", paper)
}

// RemovePaper takes a paper away, and its file.
func (s *Service) RemovePaper(ctx context.Context, who access.Person, meetingID, paperID string) error {
	return s.change(ctx, who, meetingID, "meeting.paper.removed", func(tx *db.Tx, m Meeting) (any, error) {
		paper, err := paperOf(ctx, tx, m, paperID)
		if err != nil {
			return nil, err
		}
		own, err := library.Files(ctx, tx, m.Root, FileUse, m.ID)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(own, func(f library.File) bool { return f.ID == paper.File }) {
			return nil, deleteRow(ctx, tx, "meeting_paper", m, paperID) // cited, or the file of another feature
		}
		paper, err = s.takePaper(ctx, tx, who, m, paperID)
		return map[string]any{"file": paper.File}, err
	})
}

// takePaper takes a paper away with its file.
func (s *Service) takePaper(ctx context.Context, tx *db.Tx, who access.Person, m Meeting, paperID string) (Paper, error) {
	paper, err := paperOf(ctx, tx, m, paperID)
	if err != nil {
		return paper, err
	}
	if err := deleteRow(ctx, tx, "meeting_paper", m, paperID); err != nil || paper.File == "" {
		return paper, err
	}
	return paper, s.Files.Remove(ctx, tx, who, m.Root, paper.File)
}

// Enclose lays within tx a file that another feature keeps, or a citation, among the papers
// of a meeting that may still be changed; one that lies there already is left.
func Enclose(ctx context.Context, tx *db.Tx, root, meetingID string, paper Paper) error {
	there, err := Papers(ctx, tx, root, meetingID)
	if err == nil && !slices.ContainsFunc(there, paper.same) {
		err = few(len(there))
		if err == nil {
			paper.Root, paper.Meeting, paper.ID = root, meetingID, id.New()
			err = db.Insert(ctx, tx, "meeting_paper", paper)
		}
	}
	return err
}

// same reports whether two papers are of one file, or cite the same.
func (p Paper) same(o Paper) bool { return p.File == o.File && (p.File != "" || p.Title == o.Title) }

// Unclose takes within tx such a file out of the papers again; the file stays.
func Unclose(ctx context.Context, tx *db.Tx, root, meetingID, fileID string) error {
	return deletePaperOf(ctx, tx, root, meetingID, fileID)
}

// NoteSecret records where a paper lies that must not be kept here. A paper that
// was kept by mistake is wiped with it: paperID names it, or is empty.
func (s *Service) NoteSecret(ctx context.Context, who access.Person, meetingID, paperID string, stub library.Stub) error {
	return s.change(ctx, who, meetingID, "meeting.secret.noted", func(tx *db.Tx, m Meeting) (any, error) {
		stub.Root, stub.Use = m.Root, library.Use{Kind: FileUse, Subject: m.ID, Organization: m.Organization}
		if err := s.Files.Note(ctx, tx, who, stub); err != nil || paperID == "" {
			return nil, err
		}
		paper, err := s.takePaper(ctx, tx, who, m, paperID)
		return map[string]any{"wiped": paper.File}, err
	})
}

// Gate lets those open a meeting's files who may read the meeting: members once
// notice is given, before that only those who prepare it.
func Gate(ctx context.Context, q db.Q, who access.Person, path string, use library.Use) error {
	_, _, err := VisibleAny(ctx, q, who, Follow, use.Subject)
	if err == nil && !who.MayAt(Read, path) {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	return err
}
