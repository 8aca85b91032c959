package report_test

import (
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/db"
	"chibo/rating"
	"chibo/report"
)

// jobs counts the books that wait to be made.
func jobs(t *testing.T, w *worldtest.World) int {
	return count(t, w, `SELECT COUNT(*) FROM job WHERE kind = $1`, report.BindJob)
}

// files counts the kept files of year books.
func files(t *testing.T, w *worldtest.World) int {
	return count(t, w, `SELECT COUNT(*) FROM library_file WHERE use_kind = $1`, report.FileUse)
}

func count(t *testing.T, w *worldtest.World, query string, args ...any) int {
	t.Helper()
	n, err := db.One[int](t.Context(), w.App.DB, query, args...)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// tell brings a round of ratings to its end, as if everybody had said their part.
func tell(t *testing.T, w *worldtest.World, r rating.Round) {
	t.Helper()
	err := w.App.DB.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, `UPDATE rating_round SET state = 'told' WHERE root_id = $1 AND id = $2`, r.Root, r.ID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
