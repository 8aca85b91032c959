package ballot

import (
	"context"
	"slices"
	"strings"

	"chibo/kit/db"
	"chibo/kit/when"
)

// pollRow is a poll as it is kept.
type pollRow struct {
	Poll
	OpenedAt when.Instant
	ClosedAt when.Instant
	Tally    Tally
}

const pollColumns = `p.root_id, p.id, p.meeting_id, p.organization_id, p.question, p.secret, p.options, p.choose, p.fewest, p.state`

func insertPoll(ctx context.Context, tx *db.Tx, p Poll, at when.Instant) error {
	_, err := db.Exec(ctx, tx, `
		INSERT INTO ballot_poll (root_id, id, meeting_id, organization_id, question, secret, options, choose, fewest, state, opened_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		p.Root, p.ID, p.Meeting, p.Organization, p.Question, p.Secret, p.Options, p.Choose, p.Fewest, Running, at)
	return err
}

func insertVoter(ctx context.Context, tx *db.Tx, p Poll, member string) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO ballot_voter (root_id, poll_id, member_id, voted) VALUES ($1, $2, $3, $4)`,
		p.Root, p.ID, member, false)
	return err
}

func findPoll(ctx context.Context, q db.Q, root, id string) (pollRow, bool, error) {
	return db.Maybe[pollRow](ctx, q, `
		SELECT `+pollColumns+`, p.opened_at, p.closed_at, p.tally FROM ballot_poll p WHERE p.root_id = $1 AND p.id = $2`, root, id)
}

// pollOf returns a poll as one of its voters sees it.
func pollOf(ctx context.Context, q db.Q, root, id, member string) (Poll, error) {
	return db.One[Poll](ctx, q, `
		SELECT `+pollColumns+`, v.voted FROM ballot_poll p
		JOIN ballot_voter v ON v.root_id = p.root_id AND v.poll_id = p.id
		WHERE p.root_id = $1 AND p.id = $2 AND v.member_id = $3`, root, id, member)
}

// runningFor returns the polls that run and have this member among their voters,
// oldest first; an empty meeting stands for all meetings.
func runningFor(ctx context.Context, q db.Q, root, meeting, member string) ([]Poll, error) {
	args, in := []any{root, member}, ""
	if meeting != "" { // a text of its own: with an OR all that run in a ward would be read
		args, in = append(args, meeting), ` AND p.meeting_id = $3`
	}
	return db.All[Poll](ctx, q, `
		SELECT `+pollColumns+`, v.voted FROM ballot_poll p
		JOIN ballot_voter v ON v.root_id = p.root_id AND v.poll_id = p.id
		WHERE p.root_id = $1 AND p.state = 'open' AND v.member_id = $2`+in+`
		ORDER BY p.opened_at, p.id`, args...)
}

// running returns the polls of a meeting that run, oldest first.
func running(ctx context.Context, q db.Q, root, meeting string) ([]Underway, error) {
	return db.All[Underway](ctx, q, `SELECT `+pollColumns+`, FALSE AS voted,
			(SELECT COUNT(*) FROM ballot_voter v WHERE v.root_id = p.root_id AND v.poll_id = p.id AND v.voted) AS cast_so_far,
			(SELECT COUNT(*) FROM ballot_voter v WHERE v.root_id = p.root_id AND v.poll_id = p.id) AS entitled
		FROM ballot_poll p
		WHERE p.root_id = $1 AND p.meeting_id = $2 AND p.state = 'open' ORDER BY p.opened_at, p.id`, root, meeting)
}

// mark says that members have voted, and reports of each whether the mark is new: it is
// not where the member has no ballot, has voted before, or the poll does not run.
func mark(ctx context.Context, tx *db.Tx, all []*casting) (fresh []bool, err error) {
	type key struct {
		Poll   string `db:"poll_id"`
		Member string `db:"member_id"`
	}
	for some := range db.Pieces(all) {
		args := make([]any, 0, 3*len(some))
		for _, c := range some {
			args = append(args, c.poll.Root, c.poll.ID, c.member)
		}
		marked, err := db.All[key](ctx, tx, `
			UPDATE ballot_voter SET voted = TRUE
			WHERE (root_id, poll_id, member_id) IN (VALUES `+db.Tuples(len(some), 3)+`) AND NOT voted
			AND EXISTS (SELECT 1 FROM ballot_poll p WHERE p.root_id = ballot_voter.root_id AND p.id = ballot_voter.poll_id AND p.state = 'open')
			RETURNING poll_id, member_id`, args...)
		if err != nil {
			return nil, err
		}
		for _, c := range some {
			n := slices.Index(marked, key{c.poll.ID, c.member})
			if n >= 0 {
				marked = slices.Delete(marked, n, n+1) // of two at once one is the first
			}
			fresh = append(fresh, n >= 0)
		}
	}
	return fresh, nil
}

// put stores ballots: the secret ones in the order of their random bytes, which says
// nothing of the order in which they came.
func put(ctx context.Context, tx *db.Tx, all []*casting) error {
	var sealed []sealedRow
	var named []namedRow
	for _, c := range all {
		if c.poll.Secret {
			sealed = append(sealed, sealedRow{c.poll.Root, c.poll.ID, c.sealed})
		} else {
			named = append(named, namedRow{c.poll.Root, c.poll.ID, c.member, c.poll.named(c.slip)})
		}
	}
	slices.SortFunc(sealed, func(a, b sealedRow) int { return strings.Compare(a.Sealed, b.Sealed) })
	if err := db.InsertAll(ctx, tx, "ballot_sealed", sealed); err != nil {
		return err
	}
	return db.InsertAll(ctx, tx, "ballot_named", named)
}

// voted returns whether a member has voted, and whether there is a ballot for them.
func voted(ctx context.Context, q db.Q, root, poll, member string) (has, entitled bool, err error) {
	return db.Maybe[bool](ctx, q, `SELECT voted FROM ballot_voter WHERE root_id = $1 AND poll_id = $2 AND member_id = $3`, root, poll, member)
}

// turnout is how many of how many have voted.
type turnout struct{ Voted, Entitled int }

func turnoutOf(ctx context.Context, q db.Q, root, poll string) (turnout, error) {
	return db.One[turnout](ctx, q, `
		SELECT COALESCE(SUM(CASE WHEN voted THEN 1 ELSE 0 END), 0) AS voted, COUNT(*) AS entitled
		FROM ballot_voter WHERE root_id = $1 AND poll_id = $2`, root, poll)
}

func sealedOf(ctx context.Context, q db.Q, root, poll string) ([]string, error) {
	return db.All[string](ctx, q, `SELECT sealed FROM ballot_sealed WHERE root_id = $1 AND poll_id = $2`, root, poll)
}

// sealedRow is the ballot of a secret poll.
type sealedRow struct {
	Root   string `db:"root_id"`
	Poll   string `db:"poll_id"`
	Sealed string
}

// namedRow is the ballot of an open poll.
type namedRow struct {
	Root    string `db:"root_id"`
	Poll    string `db:"poll_id"`
	Member  string `db:"member_id"`
	Choices string
}

func namedOf(ctx context.Context, q db.Q, root, poll string) ([]namedRow, error) {
	return db.All[namedRow](ctx, q, `
		SELECT root_id, poll_id, member_id, choices FROM ballot_named WHERE root_id = $1 AND poll_id = $2 ORDER BY member_id`, root, poll)
}

func choiceOf(ctx context.Context, q db.Q, root, poll, member string) (string, bool, error) {
	return db.Maybe[string](ctx, q, `
		SELECT choices FROM ballot_named WHERE root_id = $1 AND poll_id = $2 AND member_id = $3`, root, poll, member)
}

// end closes or withdraws a poll; what it keeps as tally is text, empty for none.
func end(ctx context.Context, tx *db.Tx, p Poll, state State, tally any, at when.Instant) error {
	_, err := db.Exec(ctx, tx, `UPDATE ballot_poll SET state = $3, closed_at = $4, tally = $5 WHERE root_id = $1 AND id = $2`,
		p.Root, p.ID, state, at, tally)
	return err
}

func dropSealed(ctx context.Context, tx *db.Tx, root, poll string) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM ballot_sealed WHERE root_id = $1 AND poll_id = $2`, root, poll)
	return err
}
