package library

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
)

// Read is the need to open kept files.
const Read access.Need = "library.read"

// Gate decides for the feature that a file was kept for whether who may open it;
// path is that of the file's organisation. It answers not found to those who may
// not know that the file is there.
type Gate func(ctx context.Context, q db.Q, who access.Person, path string, use Use) error

// Service keeps files and opens them.
type Service struct {
	DB    *db.DB
	Now   func() time.Time
	Audit audit.Log
	// Dir is the folder of the bytes. Nothing serves it.
	Dir string
	// Before returns once bytes may come and go: whoever still looks at what lay there has done so.
	// May be nil.
	Before func()
	// Gates holds the gate of each kind of use; what has none opens for nobody.
	Gates map[string]Gate
}

func (s *Service) write(hash string, data []byte) error {
	s.wait()
	return writeBytes(s.Dir, hash, data)
}

func (s *Service) remove(hash string) error {
	s.wait()
	return removeBytes(s.Dir, hash)
}

func (s *Service) wait() {
	if s.Before != nil {
		s.Before()
	}
}

// lockName is what those share who keep a file of these bytes, and whoever removes them
// holds alone: the bytes of a file must not go while another file of the same bytes is
// being kept, by whatever program.
func lockName(hash string) string { return "library/" + hash }

// Keep checks a file and keeps it. also runs in the same transaction, so that the
// file and what it stands for come about together or not at all.
func (s *Service) Keep(ctx context.Context, who access.Person, root, name string, data []byte, use Use, also ...func(tx *db.Tx, f File) error) (File, error) {
	checked, err := Check(name, data)
	if err != nil {
		return File{}, Marked(ctx, s.DB, s.Audit, who, root, use, err)
	}
	f := File{
		Root: root, ID: id.New(), Use: use, Name: checked.Name, Type: checked.Type, Hash: hashOf(checked.Data),
		Size: int64(len(checked.Data)), KeptAt: when.At(s.Now()), KeptBy: who.Member,
	}
	if err := s.write(f.Hash, checked.Data); err != nil {
		return File{}, err
	}
	err = s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Share(ctx, lockName(f.Hash)); err != nil {
			return err
		}
		// They stand there already, unless they have just been removed.
		if err := s.write(f.Hash, checked.Data); err != nil {
			return err
		}
		if err := insertFile(ctx, tx, f); err != nil {
			return err
		}
		if err := s.Audit.Write(ctx, tx, who, root, "library.kept", f.ID, map[string]any{"type": f.Type, "hash": f.Hash, "use": use.Kind, "subject": use.Subject}); err != nil {
			return err
		}
		for _, g := range also {
			if err := g(tx, f); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return File{}, errors.Join(err, s.forget(context.WithoutCancel(ctx), f.Hash))
	}
	return f, nil
}

// Open returns a file and its bytes. The caller has checked who asks.
func (s *Service) Open(ctx context.Context, root, id string) (File, []byte, error) {
	f, err := findFile(ctx, s.DB, root, id)
	if err != nil {
		return File{}, nil, err
	}
	data, err := readBytes(s.Dir, f.Hash)
	return f, data, err
}

// Kept returns what is known of a file, without its bytes.
func (s *Service) Kept(ctx context.Context, root, id string) (File, error) {
	return findFile(ctx, s.DB, root, id)
}

// OpenFor returns a file and its bytes to who, if the gate of its use lets them in.
func (s *Service) OpenFor(ctx context.Context, who access.Person, id string) (File, []byte, error) {
	f, err := findPlaced(ctx, s.DB, id)
	if err != nil {
		return File{}, nil, err
	}
	if f.Use.Kind == DocumentUse { // goes down the tree, where the file lies above its readers
		if _, err := GetDocument(ctx, s.DB, who, f.Use.Subject); err != nil {
			return File{}, nil, err
		}
		return s.Open(ctx, f.Root, id)
	}
	gate, ok := s.Gates[f.Use.Kind]
	if !ok || !who.MayAt(Read, f.Path) {
		return File{}, nil, fault.New(fault.NotFound, "fault.not_found")
	}
	if err := gate(ctx, s.DB, who, f.Path, f.Use); err != nil {
		return File{}, nil, err
	}
	return s.Open(ctx, f.Root, id)
}

// Files returns the files kept for a record.
func Files(ctx context.Context, q db.Q, root, kind, subject string) ([]File, error) {
	return filesOf(ctx, q, root, kind, subject)
}

// Remove takes a file away within tx; its bytes go after the commit unless another
// file has the same.
func (s *Service) Remove(ctx context.Context, tx *db.Tx, who access.Person, root, id string) error {
	f, err := findFile(ctx, tx, root, id)
	if err != nil {
		return err
	}
	if err := deleteFile(ctx, tx, root, id); err != nil {
		return err
	}
	tx.AfterCommit(func() {
		if err := s.forget(context.WithoutCancel(ctx), f.Hash); err != nil {
			slog.ErrorContext(ctx, "the bytes of a removed file stay", "hash", f.Hash, "err", err)
		}
	})
	return s.Audit.Write(ctx, tx, who, root, "library.removed", id, map[string]any{"hash": f.Hash})
}

// forget removes bytes that no file has.
func (s *Service) forget(ctx context.Context, hash string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Alone(ctx, lockName(hash)); err != nil {
			return err
		}
		n, err := named(ctx, tx, hash)
		if err != nil || n > 0 {
			return err
		}
		return s.remove(hash)
	})
}

// Note records within tx where a paper lies that must not be kept here.
func (s *Service) Note(ctx context.Context, tx *db.Tx, who access.Person, stub Stub) error {
	if err := stub.Validate(when.DateOf(s.Now())); err != nil {
		return err
	}
	stub.ID, stub.NotedAt, stub.NotedBy = id.New(), when.At(s.Now()), who.Member
	if err := insertStub(ctx, tx, stub); err != nil {
		return err
	}
	return s.Audit.Write(ctx, tx, who, stub.Root, "library.stub", stub.ID, map[string]any{"use": stub.Use.Kind, "subject": stub.Subject})
}

// Stubs returns the stubs noted for a record.
func Stubs(ctx context.Context, q db.Q, root, kind, subject string) ([]Stub, error) {
	return stubsOf(ctx, q, root, kind, subject)
}

// Verify checks that the bytes of every file are there and are what they were when
// the file was kept. It returns the first that does not hold.
func (s *Service) Verify(ctx context.Context) error {
	const page = 500
	for after := (fileKey{}); ; {
		files, err := filesAfter(ctx, s.DB, after, page)
		if err != nil || len(files) == 0 {
			return err
		}
		for _, f := range files {
			if _, err := readBytes(s.Dir, f.Hash); err != nil {
				return fmt.Errorf("file %s of %s does not hold: %w", f.ID, f.Root, err)
			}
			after = fileKey{f.Root, f.ID}
		}
	}
}
