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

	"filippo.io/age"

	"chibo/kit/head"
	"chibo/kit/when"
	"chibo/witness"
)

// A copy is one gzipped tar file, encrypted with age to the key of the unit: manifest.json
// first, then the database and the stored files by their names in the data directory. The
// manifest gives the length and SHA-256 of each, so that a copy that is cut short or altered
// is found before anything is put back, and the signed heads of the logs.
const (
	manifestName   = "manifest.json"
	manifestFormat = 1
)

type manifest struct {
	Format int          `json:"format"`
	MadeAt when.Instant `json:"made_at"`
	Heads  []string     `json:"heads"` // as kit/head writes them
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
// been copied first. It is encrypted to the recipients; without any it is not. A
// PostgreSQL database is refused: its own tools copy it.
func (a *App) Backup(ctx context.Context, out io.Writer, recipients ...age.Recipient) error {
	work, err := os.MkdirTemp(a.Data, "backup-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(work) }()
	snapshot := filepath.Join(work, DatabaseFile)
	heads, err := a.Witnesses.All(ctx) // before the database: the copy has their entries
	if err != nil {
		return err
	}
	if err := a.DB.Snapshot(ctx, snapshot); err != nil {
		return fmt.Errorf("copy database: %w", err)
	}
	sources := map[string]string{DatabaseFile: snapshot}
	if err := a.storedFiles(func(name, path string) error { sources[name] = path; return nil }); err != nil {
		return err
	}
	m := manifest{Format: manifestFormat, MadeAt: a.now()}
	for _, h := range heads {
		m.Heads = append(m.Heads, h.Text())
	}
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		size, sum, err := checksum(sources[name])
		if err != nil {
			return err
		}
		m.Files = append(m.Files, copied{name, size, sum})
	}
	locked, err := encrypted(out, recipients)
	if err != nil {
		return err
	}
	return errors.Join(writeCopy(locked, m, sources), locked.Close())
}

// storedFiles calls each for every stored file with its name in the copy and its
// path.
func (c Config) storedFiles(each func(name, path string) error) error {
	root := filepath.Join(c.Data, filesDir)
	if !exists(root) {
		return nil
	}
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		rel, err := filepath.Rel(c.Data, path)
		if err != nil {
			return err
		}
		return each(filepath.ToSlash(rel), path)
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
	f, err := os.Open(path) // #nosec G304 -- the file that the operator names
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

// Origin says of what a data directory was put back.
type Origin struct {
	MadeAt when.Instant
	Heads  []head.Head // of the logs when the copy was made
}

// Restore puts the copy read from in into dir, which must be empty or not exist, and
// returns its origin. An encrypted copy is opened with identities. Nothing is put there
// unless the whole copy agrees with its manifest; the caller then opens and verifies it.
func Restore(in io.Reader, dir string, identities ...age.Identity) (Origin, error) {
	if err := wantEmpty(dir); err != nil {
		return Origin{}, err
	}
	opened, err := decrypted(in, identities)
	if err != nil {
		return Origin{}, err
	}
	work, err := os.MkdirTemp(filepath.Dir(filepath.Clean(dir)), ".restore-")
	if err != nil {
		return Origin{}, err
	}
	defer func() { _ = os.RemoveAll(work) }()
	m, err := readCopy(opened, work)
	var heads []head.Head
	if err == nil {
		heads, err = head.ParseAll(strings.Join(m.Heads, "\n"))
	}
	if err != nil {
		return Origin{}, fmt.Errorf("the copy does not hold: %w", err)
	}
	if err := os.Remove(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return Origin{}, err
	}
	return Origin{m.MadeAt, heads}, os.Rename(work, dir)
}

// Restored writes into every log that it goes on from a copy, and keeps the heads of outside
// witnesses that do not agree, so that the committees above see the red note. It returns what
// was found.
func (a *App) Restored(ctx context.Context, from Origin, witnesses []head.Head) ([]*witness.Finding, error) {
	found, err := a.Witnesses.Receive(ctx, witnesses)
	if err != nil {
		return nil, err
	}
	return found, a.Witnesses.Restored(ctx, from.MadeAt)
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
