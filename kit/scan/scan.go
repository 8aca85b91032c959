// Package scan asks a virus scanner whether a file may come in: clamd of ClamAV, by its
// command INSTREAM, so that nothing has to be written to a disk first.
//
// Whatever is not said to be clean is not: an answer that is none, a scanner that has gone, one
// that finds a file too large. What happens then is the caller's to decide.
package scan

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"
)

// Scanner is a clamd. The zero Scanner is none.
type Scanner struct {
	network, address string
}

// At returns the scanner at an address: "unix:/run/clamav/clamd.ctl", "tcp:127.0.0.1:3310", or
// host and port alone.
func At(address string) (Scanner, error) {
	var s Scanner
	return s, s.UnmarshalText([]byte(address))
}

// UnmarshalText reads an address, see At. An empty one is no scanner.
func (s *Scanner) UnmarshalText(text []byte) error {
	network, address, found := strings.Cut(string(text), ":")
	switch {
	case len(text) == 0:
		*s = Scanner{}
		return nil
	case found && network == "unix" && address != "":
		*s = Scanner{network, address}
		return nil
	case network != "tcp":
		address = string(text)
	}
	if _, port, err := net.SplitHostPort(address); err != nil || port == "" {
		return fmt.Errorf("%q is no address of a clamd: want unix:/run/clamav/clamd.ctl or host:port", text)
	}
	*s = Scanner{"tcp", address}
	return nil
}

// Found is what a scanner has found in a file.
type Found struct{ Name string }

// Error implements error.
func (f *Found) Error() string { return "found " + f.Name }

// patience is how long a scanner may take over a file.
const patience = 20 * time.Second

// piece is how much is sent at once.
const piece = 64 << 10

// Scan returns nil for a file that the scanner says is clean, *Found for one in which it has
// found something, and any other error where it does not say.
func (s Scanner) Scan(ctx context.Context, data []byte) error {
	answer, err := s.ask(ctx, "zINSTREAM\x00", func(w io.Writer) error { return stream(w, data) })
	if err != nil {
		return err
	}
	said, is := strings.CutPrefix(answer, "stream: ")
	if name, found := strings.CutSuffix(said, " FOUND"); is && found {
		return &Found{name}
	}
	if answer != "stream: OK" {
		return fmt.Errorf("clamd says %q", answer)
	}
	return nil
}

// stream sends data in pieces, each after its length, and an empty one at the end.
func stream(w io.Writer, data []byte) error {
	for {
		n := min(len(data), piece)
		part := binary.BigEndian.AppendUint32(make([]byte, 0, n+4), uint32(n)) // #nosec G115 -- at most 64 KiB
		if _, err := w.Write(append(part, data[:n]...)); err != nil || n == 0 {
			return err
		}
		data = data[n:]
	}
}

// Version returns what the scanner says of itself: the program, and of what number and day its
// signatures are; the day is zero where it has none of the ClamAV project.
func (s Scanner) Version(ctx context.Context) (version string, signatures time.Time, err error) {
	answer, err := s.ask(ctx, "zVERSION\x00", func(io.Writer) error { return nil })
	if err != nil {
		return "", time.Time{}, err
	}
	if !strings.HasPrefix(answer, "ClamAV ") {
		return "", time.Time{}, fmt.Errorf("clamd says %q", answer)
	}
	if parts := strings.Split(answer, "/"); len(parts) == 3 {
		signatures, _ = time.Parse(time.ANSIC, parts[2]) // what is no day says nothing
	}
	return answer, signatures, nil
}

// longest is the most that a scanner may answer.
const longest = 4 << 10

// ask sends a command with what belongs to it and returns the answer.
func (s Scanner) ask(ctx context.Context, command string, send func(io.Writer) error) (string, error) {
	if s == (Scanner{}) {
		return "", errors.New("there is no scanner")
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var d net.Dialer
	conn, err := d.DialContext(ctx, s.network, s.address)
	if err != nil {
		return "", err
	}
	defer func() { _ = conn.Close() }()                         // all that was said has been heard
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })() // ends what waits
	_, sent := io.WriteString(conn, command)
	if sent == nil {
		sent = send(conn)
	}
	// One that has heard enough says so and hangs up: its answer tells more than the broken line.
	b, err := io.ReadAll(io.LimitReader(conn, longest))
	answer, _, ended := bytes.Cut(b, []byte{0})
	switch {
	case ended:
		return string(answer), nil
	case ctx.Err() != nil:
		return "", ctx.Err()
	}
	return "", errors.Join(errors.New("clamd did not answer"), sent, err)
}
