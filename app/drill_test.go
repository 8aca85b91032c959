package app_test

import (
	"crypto/rand"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"filippo.io/age"

	"chibo/app"
	"chibo/kit/access"
	"chibo/library"
	"chibo/organization"
)

var drillMB = flag.Int("drill", 8, "megabytes of stored files of the drill; 1024 by hand")

// TestDrill keeps files, copies everything to the key of a unit, wipes the directory, puts it
// back with the key alone, and compares.
func TestDrill(t *testing.T) {
	t.Parallel()
	unit := newIdentity(t)
	data, out := t.TempDir(), filepath.Join(t.TempDir(), "copy.chibo.age")
	a := open(t, data)
	if _, err := a.First(t.Context(), "Nguyễn Thị Quản", organization.Organization{Name: "Đảng bộ phường Sông Xanh", Level: organization.Ward}); err != nil {
		t.Fatal(err)
	}
	heads, err := a.Witnesses.All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	const size = 4 << 20
	for range *drillMB * (1 << 20) / size {
		b := make([]byte, size)
		_, _ = rand.Read(b) // it never fails
		b = append([]byte("%PDF-1.7\n"), append(b, "\n%%EOF\n"...)...)
		if _, err := a.Library.Keep(t.Context(), access.Person{Account: "operator", Name: "chibo"}, heads[0].Root, "kế hoạch.pdf", b, library.Use{Kind: "plan", Subject: "p", Organization: heads[0].Root}); err != nil {
			t.Fatal(err)
		}
	}
	if heads, err = a.Witnesses.All(t.Context()); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if err := a.BackupTo(t.Context(), out, []age.Recipient{unit.Recipient()}); err != nil {
		t.Fatal(err)
	}
	copied := time.Since(began)
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(data); err != nil {
		t.Fatal(err)
	}

	f, err := os.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	began = time.Now()
	origin, err := app.Restore(f, data, unit)
	if err != nil {
		t.Fatal(err)
	}
	again := open(t, data)
	if err := again.Verify(t.Context()); err != nil {
		t.Fatal(err)
	}
	if found, err := again.Restored(t.Context(), origin, heads); err != nil || len(found) > 0 {
		t.Errorf("found %v, %v", found, err)
	}
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d MB copied in %s, put back and verified in %s", info.Size()>>20, copied.Round(time.Millisecond), time.Since(began).Round(time.Millisecond))
}
