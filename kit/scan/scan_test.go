package scan_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"testing"

	"chibo/kit/scan"
	"chibo/kit/scan/scantest"
)

// TestScan asks a real clamd: about nothing, a text, the file by which scanners are tried,
// the same within an archive, more than it takes; and once it has gone.
func TestScan(t *testing.T) {
	t.Parallel()
	d := scantest.Start(t)
	found := func(err error) bool { _, is := errors.AsType[*scan.Found](err); return is }
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	w, err := z.Create("word/media/a.bin")
	if err == nil {
		_, err = w.Write(scantest.EICAR)
	}
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name         string
		data         []byte
		clean, found bool
	}{
		{"nothing", nil, true, false},
		{"a text", []byte("Biên bản"), true, false},
		{"ten million bytes", make([]byte, 10<<20), true, false},
		{"the file of scanners", scantest.EICAR, false, true},
		{"within an archive", packed.Bytes(), false, true},
		{"more than it takes", make([]byte, 13<<20), false, false},
	} {
		if err := d.Scan(t.Context(), tt.data); (err == nil) != tt.clean || found(err) != tt.found {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	if version, signatures, err := d.Version(t.Context()); err != nil || !strings.HasPrefix(version, "ClamAV ") || !signatures.IsZero() {
		t.Errorf("it is %q of %v, %v", version, signatures, err)
	}
	d.Stop()
	if err := d.Scan(t.Context(), []byte("Biên bản")); err == nil || found(err) {
		t.Errorf("one that has gone says %v", err)
	}
	if _, _, err := d.Version(t.Context()); err == nil {
		t.Error("one that has gone has a version")
	}
}

// TestWhatIsNotSaidToBeClean: no answer but the one is taken for clean, and who does not wait
// any more is let go.
func TestWhatIsNotSaidToBeClean(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	s, err := scan.At("tcp:" + l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	for _, answer := range []string{"", "stream: OK", "stream: OK ERROR\x00", "OK\x00", "stream: FOUND\x00", "INSTREAM size limit exceeded. ERROR\x00", strings.Repeat("x", 10_000)} {
		go func() {
			if c, err := l.Accept(); err == nil {
				_, _ = io.WriteString(c, answer)
				_ = c.(*net.TCPConn).CloseWrite()
				_, _ = io.Copy(io.Discard, c)
				_ = c.Close()
			}
		}()
		if err := s.Scan(t.Context(), []byte("x")); err == nil {
			t.Errorf("%q is taken for clean", answer)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		if c, err := l.Accept(); err == nil {
			cancel()
			_, _ = io.Copy(io.Discard, c) // says nothing until the other side goes
			_ = c.Close()
		}
	}()
	if err := s.Scan(ctx, []byte("x")); !errors.Is(err, context.Canceled) {
		t.Errorf("one that is silent: %v", err)
	}
}

func TestAt(t *testing.T) {
	t.Parallel()
	for address, good := range map[string]bool{
		"": true, "unix:/run/clamav/clamd.ctl": true, "tcp:127.0.0.1:3310": true, "scanner.example:3310": true, "[::1]:3310": true,
		"unix:": false, "/run/clamav/clamd.ctl": false, "scanner.example": false, "tcp:scanner.example": false, "scanner.example:": false,
	} {
		if _, err := scan.At(address); (err == nil) != good {
			t.Errorf("%q: %v", address, err)
		}
	}
}
