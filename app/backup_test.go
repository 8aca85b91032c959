package app_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chibo/app"
	"chibo/app/world/worldtest"
	"chibo/ballot"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/meeting"
	"chibo/organization"
)

// newData makes a data directory with one unit, one account and one stored file,
// and returns a copy of it.
func newData(t *testing.T) (dir string, backup []byte) {
	t.Helper()
	dir = t.TempDir()
	a := open(t, dir)
	if _, err := a.First(t.Context(), "Nguyễn Thị Quản", organization.Organization{Name: "Đảng bộ phường Sông Xanh", Level: organization.Ward}); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "files", "ab"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "files", "ab", "abcd"), []byte("một tệp"), 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := a.Backup(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	return dir, out.Bytes()
}

func open(t *testing.T, dir string) *app.App {
	t.Helper()
	a, err := app.Open(t.Context(), app.Config{Database: filepath.Join(dir, app.DatabaseFile), Data: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	return a
}

func TestBackupComesBackWhole(t *testing.T) {
	t.Parallel()
	_, copied := newData(t)
	dir := filepath.Join(t.TempDir(), "again")
	if _, err := app.Restore(bytes.NewReader(copied), dir); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(dir, "files", "ab", "abcd"))
	if err != nil || string(b) != "một tệp" {
		t.Errorf("the stored file: %q, %v", b, err)
	}
	a := open(t, dir)
	if err := a.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := a.First(t.Context(), "Ai Khác", organization.Organization{}); err == nil {
		t.Error("the account is not there: another first one could be made")
	}
}

// TestBackupLeavesKeysOfBallotsOut holds a secret poll while the copy is made: the
// key stays where it is, and the copy that comes back says that the poll is lost.
func TestBackupLeavesKeysOfBallotsOut(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	who := w.Person("secretary")
	home, _ := who.Home()
	s := organization.Defaults(home.Root, home.Organization)
	s.From, s.SealedVotes, s.SealedVotesSource = worldtest.Now.Date(), true, "Quy chế"
	if err := w.App.Organizations.Settle(t.Context(), who, s); err != nil {
		t.Fatal(err)
	}
	poll := ballot.Poll{
		Root: home.Root, Meeting: w.Meeting(meeting.Open), ID: id.New(), Organization: home.Organization, Question: "?", Secret: true, Choose: 1,
		Options: []ballot.Option{{ID: "a", Text: "A"}, {ID: "b", Text: "B"}}, Entitled: []string{"1", "2", "3", "4", "5"},
	}
	if err := w.App.DB.Tx(t.Context(), func(tx *db.Tx) error { return w.App.Ballots.Open(t.Context(), tx, poll) }); err != nil {
		t.Fatal(err)
	}
	for _, member := range poll.Entitled {
		if err := w.App.Ballots.Cast(t.Context(), access.Person{Member: member, Root: home.Root}, poll.ID, []string{"a"}); err != nil {
			t.Fatal(err)
		}
	}
	var copied bytes.Buffer
	if err := w.App.Backup(t.Context(), &copied); err != nil {
		t.Fatal(err)
	}
	for program, want := range map[*app.App]string{w.App: "", restored(t, copied.Bytes()): "ballot.refused.lost"} {
		err := program.DB.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := program.Ballots.Close(t.Context(), tx, poll.Root, poll.ID)
			return err
		})
		if want == "" && err != nil || want != "" && fault.Of(err).Key != want {
			t.Errorf("closed: %v, want %q", err, want)
		}
	}
}

func restored(t *testing.T, copied []byte) *app.App {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "again")
	if _, err := app.Restore(bytes.NewReader(copied), dir); err != nil {
		t.Fatal(err)
	}
	return open(t, dir)
}

func TestRestoreRefuses(t *testing.T) {
	t.Parallel()
	full, copied := newData(t)
	flipped := bytes.Clone(copied)
	flipped[len(flipped)/2] ^= 1
	for _, tt := range []struct {
		name, dir string
		copied    []byte
		want      string
	}{
		{"a directory with data in it", full, copied, "not empty"},
		{"a copy that was cut short", filepath.Join(t.TempDir(), "x"), copied[:len(copied)-40], "does not hold"},
		{"a copy that was altered", filepath.Join(t.TempDir(), "x"), flipped, "does not hold"},
		{"another file", filepath.Join(t.TempDir(), "x"), []byte("xin chào"), "does not hold"},
	} {
		_, err := app.Restore(bytes.NewReader(tt.copied), tt.dir)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
		if _, err := os.Stat(tt.dir); tt.dir != full && err == nil {
			t.Errorf("%s: something was left behind", tt.name)
		}
	}
}
