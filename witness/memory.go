package witness

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"chibo/kit/head"
)

// headsFile is the name of the file of the newest heads, beside the key.
const headsFile = "heads.txt"

// Remember writes the newest heads to the file beside the key. What the file knows and the
// chain does not have stays there until the committee above has settled it.
func (s *Service) Remember(ctx context.Context) error {
	lost, err := s.lost(ctx)
	if err != nil {
		return err
	}
	heads, err := s.All(ctx)
	if err != nil {
		return err
	}
	stays := map[string]bool{}
	var all []head.Head
	for _, f := range lost {
		stays[f.Head.Root] = true
		all = append(all, f.Head)
	}
	for _, h := range heads {
		if !stays[h.Root] {
			all = append(all, h)
		}
	}
	return write(filepath.Join(s.Dir, headsFile), head.Format(all))
}

// Recall compares the heads of the file with the chains when the program starts, and puts
// the red note up where they do not agree.
func (s *Service) Recall(ctx context.Context) error {
	lost, err := s.lost(ctx)
	if err != nil {
		return err
	}
	for _, f := range lost {
		s.Log.ErrorContext(ctx, "data does not agree with its witness", "error", f.Error())
	}
	return s.keep(ctx, lost)
}

// lost returns the heads of the file that do not agree and that nobody has settled.
func (s *Service) lost(ctx context.Context) ([]*Finding, error) {
	known, err := s.Remembered()
	if err != nil {
		return nil, err
	}
	return s.unsettled(ctx, known)
}

// Remembered returns the heads of the file beside the key, none where there is no file.
func (s *Service) Remembered() ([]head.Head, error) {
	b, err := os.ReadFile(filepath.Join(s.Dir, headsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	heads, err := head.ParseAll(string(b))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", headsFile, err)
	}
	return heads, nil
}

// write replaces a file whole.
func write(name, text string) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".heads-*")
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return os.Rename(f.Name(), name)
}
