package app_test

import (
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"chibo/app"
	"chibo/app/world/worldtest"
	"chibo/kit/db"
	"chibo/meeting"
)

// TestTheServingRoleCannotChangeWhatIsSealed makes the role of deploy/roles.sql and lets a node
// serve by it: the program starts, reads and writes as usual; what is sealed the database
// refuses to change, whatever it is asked.
func TestTheServingRoleCannotChangeWhatIsSealed(t *testing.T) {
	t.Parallel()
	w := worldtest.OnPostgres(t)
	script, err := os.ReadFile("../deploy/roles.sql")
	if err != nil {
		t.Fatal(err)
	}
	role, rest, _ := strings.Cut(string(script), "END $$;")
	err = w.App.DB.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, role+"END $$")
		for statement := range strings.SplitSeq(strings.TrimSpace(rest), ";\n") { // as psql would: one after the other
			if err == nil {
				_, err = db.Exec(t.Context(), tx, strings.TrimSuffix(statement, ";"))
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	node := w.Node(func(cfg *app.Config) {
		at, err := url.Parse(cfg.Database)
		if err != nil {
			t.Fatal(err)
		}
		q := at.Query()
		q.Set("options", "-c role=chibo_app")
		at.RawQuery = strings.ReplaceAll(q.Encode(), "+", "%20")
		cfg.Database = at.String()
	})
	if role, err := db.One[string](t.Context(), node.App.DB, `SELECT CURRENT_USER`); err != nil || role != "chibo_app" {
		t.Fatalf("it serves as %q, %v", role, err)
	}
	secretary := node.As("secretary")
	secretary.Sends("/tasks", "organization", homeOf(w), "title", "Treo cờ", "done_when", "Đủ 12 ngõ", "target", "12", "unit", "ngõ", "due", "2026-12-20", "owners", w.Person("member").Member)
	for _, at := range []string{"/", "/members", "/meetings", "/meetings/" + w.Meeting(meeting.Sealed) + "/minutes"} {
		if a := secretary.Get(at); a.Status != http.StatusOK {
			t.Errorf("%s: %d", at, a.Status)
		}
	}
	if err := node.App.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	for _, statement := range []string{
		`UPDATE audit SET action = 'x'`, `DELETE FROM audit`, `TRUNCATE audit`, `UPDATE act SET body = '{}'`, `DELETE FROM act`, `TRUNCATE act CASCADE`,
		`UPDATE seal SET code = 'x'`, `DELETE FROM seal`, `UPDATE seal_file SET hash = 'x'`, `DELETE FROM seal_file`, `TRUNCATE seal_file`,
		`ALTER TABLE audit DISABLE TRIGGER ALL`, `DROP TRIGGER audit_stays ON audit`, `DROP TABLE seal_file`, `CREATE TABLE other (id TEXT)`,
		`DELETE FROM goose_db_version`, `SET session_replication_role = 'replica'`, `ALTER ROLE chibo_app SUPERUSER`,
	} {
		err := node.App.DB.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := db.Exec(t.Context(), tx, statement)
			return err
		})
		if err == nil || !strings.Contains(err.Error(), "42501") { // insufficient privilege
			t.Errorf("%s: %v", statement, err)
		}
	}
}
