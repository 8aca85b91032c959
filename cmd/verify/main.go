// Verify checks what Chibo has kept, without Chibo: it shares no package with the program,
// so that a mistake in one is not in both.
//
//	verify [-witness heads.txt] [-key PUBLIC] DIRECTORY    a data directory with its SQLite database
//
// It only reads. It ends with 0 when everything holds, 3 when something does not, 1 when it
// could not look. What the forms of hashes, codes, heads, marks and introductions of keys are
// stands in doc/adr/0006-sealing.md, 0054-heads-and-witnesses.md and 0067-renewing-the-key.md.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Exit statuses.
const (
	holds  = 0
	failed = 1
	broken = 3
)

// finding is something that does not hold.
type finding string

func (f finding) Error() string { return string(f) }

func found(format string, args ...any) error { return finding(fmt.Sprintf(format, args...)) }

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, out, complaints io.Writer) int {
	flags := flag.NewFlagSet("verify", flag.ContinueOnError)
	flags.SetOutput(complaints)
	witness := flags.String("witness", "", "file of heads that was kept outside")
	key := flags.String("key", "", "public key that must have signed, or introduced the one that has, whole or its first twenty signs")
	if err := flags.Parse(args); err != nil || flags.NArg() != 1 {
		_, _ = fmt.Fprintln(complaints, "usage: verify [-witness FILE] [-key PUBLIC] DIRECTORY")
		return failed
	}
	var kept []head
	if *witness != "" {
		b, err := os.ReadFile(*witness)
		if err == nil {
			kept, err = readHeads(string(b))
		}
		if err != nil {
			_, _ = fmt.Fprintln(complaints, "verify:", err)
			return failed
		}
	}
	told, err := verify(flags.Arg(0), kept, *key)
	for _, note := range told {
		_, _ = fmt.Fprintln(complaints, "note:", note)
	}
	switch _, wrong := errors.AsType[finding](err); {
	case wrong:
		_, _ = fmt.Fprintln(complaints, err)
		return broken
	case err != nil:
		_, _ = fmt.Fprintln(complaints, "verify:", err)
		return failed
	}
	_, _ = fmt.Fprintln(out, "everything holds")
	return holds
}

// verify checks a data directory. What it found is a finding; notes are what could not be
// compared.
func verify(dir string, kept []head, key string) (notes []string, err error) {
	if _, err := os.Stat(dir); err != nil {
		return nil, err
	}
	if _, err := os.Stat(filepath.Join(dir, databaseFile)); err != nil {
		return nil, found("the database is gone")
	}
	signer, err := verifyRest(dir)
	if signer == "" && err == nil {
		notes = append(notes, "the data is in use or was not closed by the program; what is neither logged nor sealed cannot be compared")
	}
	if err != nil {
		return notes, err
	}
	d, err := open(dir)
	if err != nil {
		return notes, unreadable(err)
	}
	defer func() { _ = d.Close() }()                                                 // it was only read
	if b, err := os.ReadFile(filepath.Join(dir, "vault", "heads.txt")); err == nil { // #nosec G304 -- the directory that the operator names
		beside, err := readHeads(string(b))
		if err != nil {
			return notes, found("the heads beside the key do not hold: %v", err)
		}
		kept = append(kept, beside...)
	}
	if err := verifyDatabase(d, dir, kept, key, signer); err != nil {
		return notes, err
	}
	all, err := readTurns(d)
	return append(notes, all.lost()...), err
}
