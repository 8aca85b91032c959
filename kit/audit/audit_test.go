package audit_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/db/dbtest"
	"chibo/kit/when"
)

var log = audit.Log{Now: func() when.Instant { return 1_700_000_000_000 }}

func write(t *testing.T, d *db.DB, root string, n int) {
	t.Helper()
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			err := d.Tx(t.Context(), func(tx *db.Tx) error {
				return log.Write(t.Context(), tx, access.Person{Account: "a"}, root, "test.done", fmt.Sprint("o", i), map[string]int{"n": i})
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func TestChainHoldsUnderManyWriters(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		write(t, d, "r1", 50)
		write(t, d, "r2", 5)
		if err := audit.Verify(t.Context(), d); err != nil {
			t.Error(err)
		}
		entries, err := audit.Of(t.Context(), d, "r1", "o7")
		if err != nil || len(entries) != 1 || entries[0].Detail != `{"n":7}` {
			t.Errorf("Of = %v, %v", entries, err)
		}
	})
}

// TestVerifyFindsTampering opens the file behind the program's back, as a thief
// would, takes the guards away and changes one thing.
func TestVerifyFindsTampering(t *testing.T) {
	t.Parallel()
	for name, sqlText := range map[string]string{
		"an entry is changed":       `UPDATE audit SET detail = '{}' WHERE seq = 3`,
		"an entry is dropped":       `DELETE FROM audit WHERE seq = 3`,
		"the last entry is dropped": `DELETE FROM audit WHERE seq = 5`,
		"the end is cut off":        `DELETE FROM audit WHERE seq = 5; UPDATE audit_head SET seq = 4`,
		"an entry is added":         `INSERT INTO audit SELECT root_id, 6, at, account_id, member_id, action, object_id, detail, hash FROM audit WHERE seq = 5`,
		"two entries are swapped":   `UPDATE audit SET seq = -seq WHERE seq IN (2, 3); UPDATE audit SET seq = 5 + seq WHERE seq < 0`,
		"the head is changed":       `UPDATE audit_head SET hash = 'x'`,
		"a chain loses its head":    `DELETE FROM audit_head`,
		"an account is exchanged":   `UPDATE audit SET account_id = 'b' WHERE seq = 1`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "chibo.db")
			d, err := db.Open(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			write(t, d, "r", 5)
			if err := d.Close(); err != nil {
				t.Fatal(err)
			}
			s, err := sql.Open("sqlite", path)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.Exec(`DROP TRIGGER audit_no_UPDATE; DROP TRIGGER audit_no_DELETE; ` + sqlText); err != nil {
				t.Fatal(err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			err = audit.Verify(t.Context(), dbtest.Open(t, path))
			if err == nil || !strings.Contains(err.Error(), "audit chain of r breaks") {
				t.Errorf("not found: %v", err)
			}
		})
	}
}
