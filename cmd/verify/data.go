package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"database/sql"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the database
)

const databaseFile = "chibo.db"

// open opens the database for reading. One that lies at rest is not even locked.
func open(dir string) (*sql.DB, error) {
	name := filepath.Join(dir, databaseFile)
	options := url.Values{"mode": {"ro"}}
	if _, err := os.Stat(name + "-wal"); errors.Is(err, fs.ErrNotExist) {
		options.Set("immutable", "1")
	}
	return sql.Open("sqlite", "file:"+(&url.URL{Path: name}).EscapedPath()+"?"+options.Encode())
}

// unreadable makes a finding of an error of the database: what cannot be read does not hold.
func unreadable(err error) error {
	if _, known := errors.AsType[finding](err); err == nil || known {
		return err
	}
	return found("the database cannot be read: %v", err)
}

// each calls f with the columns of every row.
func each(d *sql.DB, f func(row []string) error, query string, args ...any) (err error) {
	rows, err := d.Query(query, args...)
	if err != nil {
		return unreadable(err)
	}
	defer func() { err = errors.Join(err, unreadable(rows.Close())) }()
	names, err := rows.Columns()
	if err != nil {
		return unreadable(err)
	}
	cells, into := make([]sql.NullString, len(names)), make([]any, len(names))
	for n := range cells {
		into[n] = &cells[n]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return unreadable(err)
		}
		row := make([]string, len(cells))
		for n, c := range cells {
			row[n] = c.String
		}
		if err := f(row); err != nil {
			return err
		}
	}
	return unreadable(rows.Err())
}

func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

var base = base32.StdEncoding.WithPadding(base32.NoPadding)

// signed reports whether a signature of a text is that of a public key, all in base 32 as it
// is written by who signs.
func signed(key, text, signature string) bool {
	public, err := base.DecodeString(key)
	raw, failed := base.DecodeString(signature)
	return err == nil && failed == nil && len(public) == ed25519.PublicKeySize &&
		base.EncodeToString(public) == key && base.EncodeToString(raw) == signature && ed25519.Verify(public, []byte(text), raw)
}

// verifyRest compares the directory with the mark of who closed it last, and returns the public
// key by which that is signed; empty where there is no mark that could be compared.
func verifyRest(dir string) (signer string, err error) {
	const form = "chibo/rest/1"
	b, err := os.ReadFile(filepath.Join(dir, "rest.json")) // #nosec G304 -- the directory that the operator names
	if _, used := os.Stat(filepath.Join(dir, databaseFile+"-wal")); errors.Is(err, fs.ErrNotExist) || err == nil && used == nil {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	var mark struct {
		Rest      string `json:"rest"`
		Key       string `json:"key"`
		Signature string `json:"signature"`
	}
	var rest struct{ Form, Database, Files string }
	if json.Unmarshal(b, &mark) != nil || json.Unmarshal([]byte(mark.Rest), &rest) != nil || rest.Form != form {
		return "", found("the mark of who closed the data cannot be read")
	}
	if again, err := json.MarshalIndent(mark, "", "\t"); err != nil || !bytes.Equal(again, b) { // a name in other letters reads the same
		return "", found("the mark of who closed the data is not as it was written")
	}
	if !signed(mark.Key, form+"\n"+mark.Rest, mark.Signature) {
		return "", found("the mark of who closed the data bears a signature that does not hold")
	}
	sum, err := fileHash(filepath.Join(dir, databaseFile))
	if err != nil {
		return "", err
	}
	if sum != rest.Database {
		return "", found("the database was changed while the program did not run")
	}
	names, err := list(dir)
	if err == nil && hashOf([]byte(names)) != rest.Files {
		err = found("stored files came, went or changed their size while the program did not run")
	}
	return mark.Key, err
}

// vaultKey is the public key of the seed beside the database; empty where there is none.
func vaultKey(dir string) string {
	b, err := os.ReadFile(filepath.Join(dir, "vault", "signing.seed")) // #nosec G304 -- the directory that the operator names
	if err != nil {
		return ""
	}
	seed, err := hex.DecodeString(strings.TrimSpace(string(b)))
	if err != nil || len(seed) != ed25519.SeedSize {
		return ""
	}
	return base.EncodeToString(ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey))
}

func fileHash(name string) (string, error) {
	f, err := os.Open(name) // #nosec G304 -- the directory that the operator names
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }() // it was only read
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// list returns name and size of every stored file, a line each.
func list(dir string) (string, error) {
	var names strings.Builder
	err := filepath.WalkDir(filepath.Join(dir, "files"), func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		fmt.Fprintf(&names, "%s %d\n", filepath.ToSlash(rel), info.Size())
		return err
	})
	return names.String(), err
}
