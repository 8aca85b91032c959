package app

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"chibo/kit/when"
)

// A copy is one gzipped tar file: manifest.json first, then the database and the
// stored files by their names in the data directory. The manifest gives the
// length and SHA-256 of each, so that a copy that is cut short or altered is found
// before anything is put back.
const (
	manifestName   = "manifest.json"
	manifestFormat = 1
)

type manifest struct {
	Format int          `json:"format"`
	MadeAt when.Instant `json:"made_at"`
	Files  []copied     `json:"files"`
}

type copied struct {
	Name string `json:"name"` // slash-separated, below the data directory
	Size int64  `json:"size"`
	Hash string `json:"sha256"`
}

// Backup writes a consistent copy of the data directory to out while the program
// runs. Files are stored under names that follow from their content and are never
// changed, so those that the copied database speaks of are all there when it has
// been copied first. A PostgreSQL database is refused: pg_dump copies it.
func (a *App) Backup(ctx context.Context, out io.Writer) error {
	work, err := os.MkdirTemp(a.Data, "backup-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(work) }()
	snapshot := filepath.Join(work, DatabaseFile)
	if err := a.DB.Snapshot(ctx, snapshot); err != nil {
		return fmt.Errorf("copy database: %w", err)
	}
	sources := map[string]string{DatabaseFile: snapshot}
	if err := a.storedFiles(func(name, path string) { sources[name] = path }); err != nil {
		return err
	}
	m := manifest{Format: manifestFormat, MadeAt: a.now()}
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		size, sum, err := checksum(sources[name])
		if err != nil {
			return err
		}
		m.Files = append(m.Files, copied{name, size, sum})
	}
	return writeCopy(out, m, sources)
}

// storedFiles calls each for every stored file with its name in the copy and its
// path.
func (a *App) storedFiles(each func(name, path string)) error {
	return filepath.WalkDir(filepath.Join(a.Data, filesDir), func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		rel, err := filepath.Rel(a.Data, path)
		each(filepath.ToSlash(rel), path)
		return err
	})
}

func writeCopy(out io.Writer, m manifest, sources map[string]string) error {
	zipped := gzip.NewWriter(out)
	t := tar.NewWriter(zipped)
	text, err := json.MarshalIndent(m, "", "\t")
	if err != nil {
		return err
	}
	made := m.MadeAt.Time()
	if err := t.WriteHeader(&tar.Header{Name: manifestName, Mode: 0o600, Size: int64(len(text)), ModTime: made}); err != nil {
		return err
	}
	if _, err := t.Write(text); err != nil {
		return err
	}
	for _, f := range m.Files {
		if err := t.WriteHeader(&tar.Header{Name: f.Name, Mode: 0o600, Size: f.Size, ModTime: made}); err != nil {
			return err
		}
		if err := pour(t, sources[f.Name]); err != nil {
			return err
		}
	}
	return errors.Join(t.Close(), zipped.Close())
}

func pour(w io.Writer, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only read
	_, err = io.Copy(w, f)
	return err
}

func checksum(path string) (size int64, sum string, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, "", err
	}
	h := sha256.New()
	if err := pour(h, path); err != nil {
		return 0, "", err
	}
	return info.Size(), hex.EncodeToString(h.Sum(nil)), nil
}

// Restore puts the copy read from in into dir, which must be empty or not exist,
// and returns when the copy was made. It puts nothing there unless the whole copy
// agrees with its manifest; the caller then opens and verifies it.
func Restore(in io.Reader, dir string) (made when.Instant, err error) {
	if err := wantEmpty(dir); err != nil {
		return 0, err
	}
	work, err := os.MkdirTemp(filepath.Dir(filepath.Clean(dir)), ".restore-")
	if err != nil {
		return 0, err
	}
	defer func() { _ = os.RemoveAll(work) }()
	m, err := readCopy(in, work)
	if err != nil {
		return 0, fmt.Errorf("the copy does not hold: %w", err)
	}
	if err := os.Remove(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, err
	}
	return m.MadeAt, os.Rename(work, dir)
}

func wantEmpty(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil && len(entries) > 0 {
		return fmt.Errorf("%s is not empty: a copy is put back into an empty directory only", dir)
	}
	return err
}

func readCopy(in io.Reader, dir string) (manifest, error) {
	zipped, err := gzip.NewReader(in)
	if err != nil {
		return manifest{}, err
	}
	t := tar.NewReader(zipped)
	m, err := readManifest(t)
	if err != nil {
		return m, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return m, err
	}
	defer func() { _ = root.Close() }()
	for _, f := range m.Files {
		head, err := t.Next()
		if err != nil {
			return m, fmt.Errorf("%s: %w", f.Name, err)
		}
		if head.Name != f.Name {
			return m, fmt.Errorf("%s stands where %s is wanted", head.Name, f.Name)
		}
		if err := unpack(root, f, t); err != nil {
			return m, err
		}
	}
	if head, err := t.Next(); !errors.Is(err, io.EOF) {
		return m, fmt.Errorf("something stands past the end: %v %w", head, err)
	}
	return m, nil
}

// maxManifest is the length in bytes past which a manifest is not one of ours: a
// million files.
const maxManifest = 200 << 20

func readManifest(t *tar.Reader) (m manifest, err error) {
	head, err := t.Next()
	if err != nil {
		return m, err
	}
	if head.Name != manifestName || head.Size > maxManifest {
		return m, errors.New("this is no copy made by chibo backup")
	}
	if err := json.NewDecoder(t).Decode(&m); err != nil {
		return m, fmt.Errorf("manifest: %w", err)
	}
	if m.Format != manifestFormat {
		return m, fmt.Errorf("the copy has format %d, this program reads %d", m.Format, manifestFormat)
	}
	return m, nil
}

// unpack writes one file below root, which keeps names such as ../x out.
func unpack(root *os.Root, f copied, in io.Reader) error {
	if at := strings.LastIndex(f.Name, "/"); at > 0 {
		if err := root.MkdirAll(f.Name[:at], 0o700); err != nil {
			return err
		}
	}
	out, err := root.OpenFile(f.Name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	h := sha256.New()
	n, err := io.Copy(io.MultiWriter(out, h), in)
	if err := errors.Join(err, out.Sync(), out.Close()); err != nil {
		return fmt.Errorf("%s: %w", f.Name, err)
	}
	if n != f.Size || hex.EncodeToString(h.Sum(nil)) != f.Hash {
		return fmt.Errorf("%s was altered", f.Name)
	}
	return nil
}
