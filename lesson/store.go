package lesson

import (
	"context"
	"fmt"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/when"
)

const (
	columns      = `x.root_id, x.id, x.organization_id, x.seen, x.why, x.act, x.origin, x.subject, x.place, x.written_at, x.written_by`
	carryColumns = `k.root_id, k.organization_id, k.lesson_root, k.lesson_id, k.sent_at, k.sent_by, k.done_at, k.done_by, k.meeting_id, k.note`
	ofUnit       = ` JOIN organization o ON o.root_id = x.root_id AND o.id = x.organization_id `
	// visible is the one condition of who may read a card: those who oversee the committee
	// that wrote it, those who teach there, and those who see a cell that has it.
	visible = `(o.level <> 'cell' AND %s OR %s OR EXISTS (SELECT 1 FROM lesson_carry k
		JOIN organization c ON c.root_id = k.root_id AND c.id = k.organization_id
		WHERE k.lesson_root = x.root_id AND k.lesson_id = x.id AND %s))`
)

// find returns a card that somebody may read.
func find(ctx context.Context, q db.Q, who access.Person, id string) (Lesson, error) {
	args := []any{id}
	where := fmt.Sprintf(visible, who.Scope(Oversee).Where("o", &args), who.Scope(Learn).Where("o", &args), who.Scope(See).Where("c", &args))
	return db.One[Lesson](ctx, q, `SELECT `+columns+` FROM lesson x`+ofUnit+`WHERE x.id = $1 AND `+where, args...)
}

// Counted is a card with how far it has come.
type Counted struct {
	Lesson
	Learned, Sent int
}

// Count returns how far the card has come.
func (k Counted) Count() Count { return Count{k.Learned, k.Sent} }

const counts = `(SELECT COUNT(*) FROM lesson_carry k WHERE k.lesson_root = x.root_id AND k.lesson_id = x.id AND k.done_at <> 0) AS learned,
	(SELECT COUNT(*) FROM lesson_carry k WHERE k.lesson_root = x.root_id AND k.lesson_id = x.id) AS sent`

// ofCommittees returns the cards of the committees of a scope, the newest first.
func ofCommittees(ctx context.Context, q db.Q, sc access.Scope, most int) ([]Counted, error) {
	var args []any
	where := sc.Where("o", &args)
	args = append(args, most)
	// The few cards first, then their committees: a country has thousands of these.
	return db.All[Counted](ctx, q, `SELECT `+columns+`, `+counts+` FROM lesson x CROSS JOIN organization o
		WHERE o.root_id = x.root_id AND o.id = x.organization_id AND o.level <> 'cell' AND `+where+
		fmt.Sprintf(` ORDER BY x.written_at DESC, x.id DESC LIMIT $%d`, len(args)), args...)
}

// Of returns the cards that came from a subject, such as the findings of a pilot meeting,
// by the id of the subject.
func Of(ctx context.Context, q db.Q, root string, subjects ...string) (map[string]Counted, error) {
	out := map[string]Counted{}
	if len(subjects) == 0 {
		return out, nil
	}
	for piece := range db.Pieces(subjects) {
		var args []any
		for _, s := range piece {
			args = append(args, s)
		}
		args = append(args, root)
		all, err := db.All[Counted](ctx, q, `SELECT `+columns+`, `+counts+` FROM lesson x WHERE x.subject IN `+db.Tuples(1, len(piece))+
			fmt.Sprintf(` AND x.root_id = $%d`, len(args)), args...)
		if err != nil {
			return nil, err
		}
		for _, k := range all {
			out[k.Subject] = k
		}
	}
	return out, nil
}

// Learned counts, of the cards that a committee sent between two moments, the ticks.
func Learned(ctx context.Context, q db.Q, root, organization string, first, last when.Instant) (Count, error) {
	n, err := db.One[struct{ Learned, Sent int }](ctx, q, `SELECT COUNT(CASE WHEN k.done_at <> 0 AND k.done_at <= $4 THEN 1 END) AS learned, COUNT(*) AS sent
		FROM lesson_carry k JOIN lesson x ON x.root_id = k.lesson_root AND x.id = k.lesson_id
		WHERE x.root_id = $1 AND x.organization_id = $2 AND k.sent_at >= $3 AND k.sent_at <= $4`, root, organization, first, last)
	return Count{n.Learned, n.Sent}, err
}

// Held is a card in one cell.
type Held struct {
	Lesson
	Carry Carry `db:"-"`
}

// row is a card with its way in a cell, as the database gives it.
type row struct {
	Lesson
	CellRoot, Cell, SentBy, DoneBy, Meeting, Note string
	SentAt, DoneAt                                when.Instant
}

// InCell returns the cards of a cell: those that wait first, then the newest.
func InCell(ctx context.Context, q db.Q, root, cell string) ([]Held, error) {
	rows, err := db.All[row](ctx, q, `SELECT `+columns+`, k.root_id AS cell_root, k.organization_id AS cell, k.sent_at, k.sent_by, k.done_at, k.done_by, k.meeting_id AS meeting, k.note
		FROM lesson_carry k JOIN lesson x ON x.root_id = k.lesson_root AND x.id = k.lesson_id
		WHERE k.root_id = $1 AND k.organization_id = $2
		ORDER BY CASE WHEN k.done_at = 0 THEN 0 ELSE 1 END, k.sent_at DESC, x.id DESC`, root, cell)
	out := make([]Held, len(rows))
	for i, r := range rows {
		out[i] = Held{r.Lesson, Carry{r.CellRoot, r.Cell, r.Root, r.ID, r.SentAt, r.SentBy, r.DoneAt, r.DoneBy, r.Meeting, r.Note}}
	}
	return out, err
}

// cellCarry is the way of a card in one cell, with what its line says.
type cellCarry struct {
	Carry
	Name     string
	Path     string
	StartsAt when.Instant // of the meeting, zero where none is named
}

// carriesOf returns the ways of a card, the cells of the scope only, in the order of the tree.
func carriesOf(ctx context.Context, q db.Q, sc access.Scope, x Lesson) ([]cellCarry, error) {
	args := []any{x.Root, x.ID}
	return db.All[cellCarry](ctx, q, `SELECT `+carryColumns+`, c.name, c.path, COALESCE(m.starts_at, 0) AS starts_at
		FROM lesson_carry k JOIN organization c ON c.root_id = k.root_id AND c.id = k.organization_id
		LEFT JOIN meeting m ON m.root_id = k.root_id AND m.id = k.meeting_id
		WHERE k.lesson_root = $1 AND k.lesson_id = $2 AND `+sc.Where("c", &args)+` ORDER BY c.path`, args...)
}

func carryIn(ctx context.Context, q db.Q, x Lesson, root, cell string) (Carry, error) {
	return db.One[Carry](ctx, q, `SELECT `+carryColumns+` FROM lesson_carry k
		WHERE k.lesson_root = $1 AND k.lesson_id = $2 AND k.root_id = $3 AND k.organization_id = $4`, x.Root, x.ID, root, cell)
}

func update(ctx context.Context, tx *db.Tx, x Lesson) error {
	_, err := db.Exec(ctx, tx, `UPDATE lesson SET seen = $3, why = $4, act = $5, place = $6 WHERE root_id = $1 AND id = $2`, x.Root, x.ID, x.Seen, x.Why, x.Act, x.Place)
	return err
}

// mark writes whether the card was taken up in a cell, unless somebody has in the meantime.
func mark(ctx context.Context, tx *db.Tx, before, k Carry) error {
	n, err := db.Exec(ctx, tx, `UPDATE lesson_carry SET done_at = $4, done_by = $5, meeting_id = $6, note = $7
		WHERE root_id = $1 AND organization_id = $2 AND lesson_id = $3 AND done_at = $8`,
		k.Root, k.Organization, k.Lesson, k.DoneAt, k.DoneBy, k.Meeting, k.Note, before.DoneAt)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "lesson.problem.meanwhile")
	}
	return err
}

func remove(ctx context.Context, tx *db.Tx, x Lesson) error {
	if _, err := db.Exec(ctx, tx, `DELETE FROM lesson_carry WHERE lesson_root = $1 AND lesson_id = $2`, x.Root, x.ID); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx, `DELETE FROM lesson WHERE root_id = $1 AND id = $2`, x.Root, x.ID)
	return err
}

// itemOf returns the item under which a meeting takes the cards up, empty where there is
// none.
func itemOf(ctx context.Context, q db.Q, root, meeting string) (string, error) {
	item, _, err := db.Maybe[string](ctx, q, `SELECT item_id FROM lesson_item WHERE root_id = $1 AND meeting_id = $2`, root, meeting)
	return item, err
}

func putItem(ctx context.Context, tx *db.Tx, root, meeting, item string) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO lesson_item (root_id, meeting_id, item_id) VALUES ($1, $2, $3)
		ON CONFLICT (root_id, meeting_id) DO UPDATE SET item_id = excluded.item_id`, root, meeting, item)
	return err
}
