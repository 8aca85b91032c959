package notebook

import (
	"context"

	"chibo/kit/db"
	"chibo/kit/when"
)

func lockOf(ctx context.Context, q db.Q, root, account string) (lockRow, bool, error) {
	return db.Maybe[lockRow](ctx, q, `SELECT root_id, account_id, salt, by_password, by_words, made_at, reset_at
		FROM notebook_key WHERE root_id = $1 AND account_id = $2`, root, account)
}

func insertLock(ctx context.Context, tx *db.Tx, r lockRow) error {
	return db.Insert(ctx, tx, "notebook_key", r)
}

func updateLock(ctx context.Context, tx *db.Tx, r lockRow) error {
	_, err := db.Exec(ctx, tx, `UPDATE notebook_key SET salt = $3, by_password = $4, by_words = $5, reset_at = $6
		WHERE root_id = $1 AND account_id = $2`, r.Root, r.Account, r.Salt, r.ByPassword, r.ByWords, r.ResetAt)
	return err
}

func markReset(ctx context.Context, tx *db.Tx, root, account string, at when.Instant) error {
	_, err := db.Exec(ctx, tx, `UPDATE notebook_key SET reset_at = $3 WHERE root_id = $1 AND account_id = $2`, root, account, at)
	return err
}

func openedOf(ctx context.Context, q db.Q, root, session string) (openedRow, bool, error) {
	return db.Maybe[openedRow](ctx, q, `SELECT root_id, session_id, account_id, by_session
		FROM notebook_opened WHERE root_id = $1 AND session_id = $2`, root, session)
}

// putOpened opens the key for a session, and drops what sessions have left that have
// ended.
func putOpened(ctx context.Context, tx *db.Tx, r openedRow) error {
	if _, err := db.Exec(ctx, tx, `DELETE FROM notebook_opened WHERE root_id = $1 AND account_id = $2
		AND (session_id = $3 OR session_id IN (SELECT id FROM account_session WHERE root_id = $1 AND account_id = $2 AND ended_at <> 0))`,
		r.Root, r.Account, r.Session); err != nil {
		return err
	}
	return db.Insert(ctx, tx, "notebook_opened", r)
}

// deleteAll deletes the key of an account with all notes, and returns how many.
func deleteAll(ctx context.Context, tx *db.Tx, root, account string) (int64, error) {
	n, err := db.Exec(ctx, tx, `DELETE FROM notebook_note WHERE root_id = $1 AND account_id = $2`, root, account)
	if err != nil {
		return 0, err
	}
	if _, err := db.Exec(ctx, tx, `DELETE FROM notebook_opened WHERE root_id = $1 AND account_id = $2`, root, account); err != nil {
		return 0, err
	}
	_, err = db.Exec(ctx, tx, `DELETE FROM notebook_key WHERE root_id = $1 AND account_id = $2`, root, account)
	return n, err
}

// noteRow is a note as it is stored.
type noteRow struct {
	Root      string `db:"root_id"`
	Account   string `db:"account_id"`
	Meeting   string `db:"meeting_id"`
	Sealed    string
	ChangedAt when.Instant
	Session   string `db:"session_id"`
}

const noteColumns = `root_id, account_id, meeting_id, sealed, changed_at, session_id`

func noteOf(ctx context.Context, q db.Q, root, account, meeting string) (noteRow, bool, error) {
	return db.Maybe[noteRow](ctx, q, `SELECT `+noteColumns+` FROM notebook_note
		WHERE root_id = $1 AND account_id = $2 AND meeting_id = $3`, root, account, meeting)
}

func notesOf(ctx context.Context, q db.Q, root, account string) ([]noteRow, error) {
	return db.All[noteRow](ctx, q, `SELECT `+noteColumns+` FROM notebook_note
		WHERE root_id = $1 AND account_id = $2 ORDER BY meeting_id`, root, account)
}

func putNote(ctx context.Context, tx *db.Tx, r noteRow) error {
	if _, err := deleteNote(ctx, tx, r.Root, r.Account, r.Meeting); err != nil {
		return err
	}
	return db.Insert(ctx, tx, "notebook_note", r)
}

// deleteNote deletes a note; 0 rows say that there was none.
func deleteNote(ctx context.Context, tx *db.Tx, root, account, meeting string) (int64, error) {
	return db.Exec(ctx, tx, `DELETE FROM notebook_note WHERE root_id = $1 AND account_id = $2 AND meeting_id = $3`, root, account, meeting)
}
