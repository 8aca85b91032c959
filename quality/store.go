package quality

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/rubric"
)

// scoreRow is a Score as it is kept.
type scoreRow struct {
	Root          string `db:"root_id"`
	Meeting       string `db:"meeting_id"`
	Organization  string `db:"organization_id"`
	Month         when.Month
	State         State
	Scorer        string
	Sheet         string
	Receipts      string
	Marks         string
	Above         string
	Most          rubric.Points
	OwnPoints     rubric.Points
	OwnLevel      rubric.Level
	OwnAt         when.Instant
	OwnBy         string
	VotesFor      int
	VotesAgainst  int
	VotesEntitled int
	Vote          string `db:"vote_id"`
	VotedAt       when.Instant
	VotedBy       string
	SubmittedAt   when.Instant
	SubmittedBy   string
	DecidedPoints rubric.Points
	DecidedLevel  rubric.Level
	DecidedAt     when.Instant
	DecidedBy     string
	Reason        string
	Seq           int
}

const scoreColumns = `s.root_id, s.meeting_id, s.organization_id, s.month, s.state, s.scorer, s.sheet, s.receipts, s.marks, s.above, s.most,
	s.own_points, s.own_level, s.own_at, s.own_by, s.votes_for, s.votes_against, s.votes_entitled, s.vote_id, s.voted_at, s.voted_by,
	s.submitted_at, s.submitted_by, s.decided_points, s.decided_level, s.decided_at, s.decided_by, s.reason, s.seq`

// shortColumns leave out the texts, which lists of scores do not show.
var shortColumns = strings.Replace(scoreColumns, "s.sheet, s.receipts, s.marks, s.above,", "'' AS sheet, '' AS receipts, '' AS marks, '' AS above,", 1)

func (r scoreRow) score() (Score, error) {
	s := Score{
		Root: r.Root, Meeting: r.Meeting, Organization: r.Organization, Month: r.Month, State: r.State, Scorer: r.Scorer, Sheet: r.Sheet,
		Own: Verdict{r.OwnPoints, r.OwnLevel, r.OwnAt, r.OwnBy}, Of: r.Most,
		Decision: Verdict{r.DecidedPoints, r.DecidedLevel, r.DecidedAt, r.DecidedBy}, Reason: r.Reason,
		Ballot:      Ballot{r.VotesFor, r.VotesAgainst, r.VotesEntitled, r.Vote, r.VotedAt, r.VotedBy},
		SubmittedAt: r.SubmittedAt, SubmittedBy: r.SubmittedBy, Seq: r.Seq,
	}
	for _, x := range []struct {
		text string
		into any
	}{{r.Receipts, &s.Receipts}, {r.Marks, &s.Marks}, {r.Above, &s.Above}} {
		if x.text == "" {
			continue
		}
		if err := json.Unmarshal([]byte(x.text), x.into); err != nil {
			return s, fmt.Errorf("score of meeting %s: %w", r.Meeting, err)
		}
	}
	return s, nil
}

func rowOf(s Score) (scoreRow, error) {
	r := scoreRow{
		Root: s.Root, Meeting: s.Meeting, Organization: s.Organization, Month: s.Month, State: s.State, Scorer: s.Scorer, Sheet: s.Sheet, Most: s.Of,
		OwnPoints: s.Own.Points, OwnLevel: s.Own.Level, OwnAt: s.Own.At, OwnBy: s.Own.By,
		VotesFor: s.Ballot.For, VotesAgainst: s.Ballot.Against, VotesEntitled: s.Ballot.Entitled, Vote: s.Ballot.Vote, VotedAt: s.Ballot.At, VotedBy: s.Ballot.By,
		SubmittedAt: s.SubmittedAt, SubmittedBy: s.SubmittedBy,
		DecidedPoints: s.Decision.Points, DecidedLevel: s.Decision.Level, DecidedAt: s.Decision.At, DecidedBy: s.Decision.By, Reason: s.Reason, Seq: s.Seq,
	}
	for _, x := range []struct {
		from any
		n    int
		into *string
	}{{s.Receipts, len(s.Receipts), &r.Receipts}, {s.Marks, len(s.Marks), &r.Marks}, {s.Above, len(s.Above), &r.Above}} {
		if x.n == 0 {
			continue
		}
		text, err := json.Marshal(x.from)
		if err != nil {
			return r, err
		}
		*x.into = string(text)
	}
	return r, nil
}

// scoreOf returns the score of a meeting, and whether one was begun.
func scoreOf(ctx context.Context, q db.Q, root, meeting string) (Score, bool, error) {
	r, found, err := db.Maybe[scoreRow](ctx, q, `SELECT `+scoreColumns+` FROM score s WHERE s.root_id = $1 AND s.meeting_id = $2`, root, meeting)
	if err != nil || !found {
		return Score{}, false, err
	}
	s, err := r.score()
	return s, true, err
}

// put writes a score over the one with the number before it; 0 is a new one. What
// somebody else has written meanwhile is a conflict.
func put(ctx context.Context, tx *db.Tx, s Score) error {
	s.Seq++
	r, err := rowOf(s)
	if err != nil {
		return err
	}
	meanwhile := fault.New(fault.Conflict, "quality.problem.meanwhile")
	if s.Seq > 1 {
		n, err := db.Exec(ctx, tx, `DELETE FROM score WHERE root_id = $1 AND meeting_id = $2 AND seq = $3`, s.Root, s.Meeting, s.Seq-1)
		if err != nil {
			return err
		}
		if n == 0 {
			return meanwhile
		}
	}
	if err := db.Insert(ctx, tx, "score", r); db.IsUnique(err) {
		return meanwhile
	} else if err != nil {
		return err
	}
	return nil
}

// Between returns the scores of a cell's meetings that stand for the months from first
// to last, without sheets, receipts and marks.
func Between(ctx context.Context, q db.Q, root, organization string, first, last when.Month) ([]Score, error) {
	rows, err := db.All[scoreRow](ctx, q, `SELECT `+shortColumns+` FROM score s
		WHERE s.root_id = $1 AND s.organization_id = $2 AND s.month >= $3 AND s.month <= $4 ORDER BY s.month, s.meeting_id`, root, organization, first, last)
	return scores(rows, err)
}

// Dated is a score with its meeting: a month may have two.
type Dated struct {
	Score
	Kind     meeting.Kind
	Title    string
	StartsAt when.Instant
}

// Day returns the day of the meeting.
func (d Dated) Day() when.Date { return d.StartsAt.Date() }

// datedOf returns the scores of a scope, o being their cells and m their meetings, with what
// columns say of them.
func datedOf(ctx context.Context, q db.Q, sc access.Scope, columns, condition string, args ...any) ([]Dated, error) {
	rows, err := db.All[struct {
		scoreRow
		Kind     meeting.Kind
		Title    string
		StartsAt when.Instant
	}](ctx, q, `SELECT `+columns+`, m.kind, m.title, m.starts_at FROM score s
		JOIN meeting m ON m.root_id = s.root_id AND m.id = s.meeting_id
		JOIN organization o ON o.root_id = s.root_id AND o.id = s.organization_id
		WHERE `+sc.Where("o", &args)+` AND `+condition, args...)
	out := make([]Dated, len(rows))
	for i, r := range rows {
		out[i] = Dated{Kind: r.Kind, Title: r.Title, StartsAt: r.StartsAt}
		if out[i].Score, err = r.score(); err != nil {
			return nil, err
		}
	}
	return out, err
}

// waiting returns the scores of the scope that wait for the committee above with all that
// stands in them, at most the given number, oldest month first.
func waiting(ctx context.Context, q db.Q, sc access.Scope, most int) ([]Dated, error) {
	return datedOf(ctx, q, sc, scoreColumns, `s.state = 'submitted' ORDER BY s.month, o.path, s.meeting_id LIMIT $1`, most)
}

// countWaiting counts them all.
func countWaiting(ctx context.Context, q db.Q, sc access.Scope) (int, error) {
	var args []any
	return db.One[int](ctx, q, `SELECT COUNT(*) FROM score s
		JOIN organization o ON o.root_id = s.root_id AND o.id = s.organization_id
		WHERE s.state = 'submitted' AND `+sc.Where("o", &args), args...)
}

// wholeMonths returns the scores of the scope of the months from first to last with all that
// stands in them.
func wholeMonths(ctx context.Context, q db.Q, sc access.Scope, first, last when.Month) ([]Dated, error) {
	return datedOf(ctx, q, sc, scoreColumns, `s.month >= $1 AND s.month <= $2 ORDER BY o.path, m.starts_at, s.meeting_id`, first, last)
}

// inMonths returns the scores of the scope of the months from first to last, without sheets,
// receipts and marks.
func inMonths(ctx context.Context, q db.Q, sc access.Scope, first, last when.Month) ([]Dated, error) {
	return datedOf(ctx, q, sc, shortColumns, `s.month >= $1 AND s.month <= $2 ORDER BY s.month, m.starts_at, s.meeting_id`, first, last)
}

func scores(rows []scoreRow, err error) ([]Score, error) {
	if err != nil {
		return nil, err
	}
	out := make([]Score, len(rows))
	for i, r := range rows {
		if out[i], err = r.score(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

const remedyColumns = `root_id, id, organization_id, meeting_id, line, weakness, remedy, due, member_id, noted_at, noted_by, done_at, done_by, outcome, visit_id`

// OpenRemedies returns what a cell has still to mend, what is due first first.
func OpenRemedies(ctx context.Context, q db.Q, root, organization string) ([]Remedy, error) {
	return db.All[Remedy](ctx, q, `SELECT `+remedyColumns+` FROM remedy
		WHERE root_id = $1 AND organization_id = $2 AND done_at = 0 ORDER BY due, noted_at, id`, root, organization)
}

// remediesOf returns the remedies that a meeting found.
func remediesOf(ctx context.Context, q db.Q, root, meeting string) ([]Remedy, error) {
	return db.All[Remedy](ctx, q, `SELECT `+remedyColumns+` FROM remedy WHERE root_id = $1 AND meeting_id = $2 ORDER BY noted_at, id`, root, meeting)
}

// RemediesOfVisit returns what the visit of a superior has found to be mended.
func RemediesOfVisit(ctx context.Context, q db.Q, root, visit string) ([]Remedy, error) {
	return db.All[Remedy](ctx, q, `SELECT `+remedyColumns+` FROM remedy WHERE root_id = $1 AND visit_id = $2 ORDER BY noted_at, id`, root, visit)
}

func insertRemedy(ctx context.Context, tx *db.Tx, r Remedy) error {
	return db.Insert(ctx, tx, "remedy", r)
}

// remedyInScope returns a remedy of the scope with the path of its cell.
func remedyInScope(ctx context.Context, q db.Q, sc access.Scope, id string) (Remedy, error) {
	args := []any{id}
	return db.One[Remedy](ctx, q, `SELECT r.root_id, r.id, r.organization_id, r.meeting_id, r.line, r.weakness, r.remedy, r.due, r.member_id,
		r.noted_at, r.noted_by, r.done_at, r.done_by, r.outcome, r.visit_id FROM remedy r
		JOIN organization o ON o.root_id = r.root_id AND o.id = r.organization_id
		WHERE r.id = $1 AND `+sc.Where("o", &args), args...)
}

func tick(ctx context.Context, tx *db.Tx, r Remedy) error {
	n, err := db.Exec(ctx, tx, `UPDATE remedy SET done_at = $3, done_by = $4, outcome = $5 WHERE root_id = $1 AND id = $2 AND done_at = 0`,
		r.Root, r.ID, r.DoneAt, r.DoneBy, r.Outcome)
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "quality.problem.meanwhile")
	}
	return err
}
