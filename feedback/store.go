package feedback

import (
	"context"
	"fmt"

	"chibo/kit/db"
	"chibo/kit/fault"
)

const (
	roundColumns  = `r.root_id, r.sitting_id, r.conference_id, r.named, r.opens_at, r.closes_at, r.code, r.secret, r.opened_at, r.opened_by`
	sheetColumns  = `s.root_id, s.id, s.sitting_id, s.given_on, s.given_at, s.number, s.name, s.unit, s.delegate_id, s.member_root, s.member_id`
	remarkColumns = `m.root_id, m.id, m.sheet_id, m.sitting_id, m.phase, m.head, m.item, m.text, m.group_id`
)

// roundOf returns the round of a sitting, and whether there is one.
func roundOf(ctx context.Context, q db.Q, root, sitting string) (Round, bool, error) {
	return db.Maybe[Round](ctx, q, `SELECT `+roundColumns+` FROM feedback_round r WHERE r.root_id = $1 AND r.sitting_id = $2`, root, sitting)
}

// byCode returns the round to which a code leads.
func byCode(ctx context.Context, q db.Q, code string) (Round, error) {
	return db.One[Round](ctx, q, `SELECT `+roundColumns+` FROM feedback_round r WHERE r.code = $1`, code)
}

// roundOfMeeting returns the round of the sitting at which a meeting is performed.
func roundOfMeeting(ctx context.Context, q db.Q, hostRoot, meeting string) (Round, bool, error) {
	return db.Maybe[Round](ctx, q, `SELECT `+roundColumns+` FROM feedback_round r
		JOIN conference_sitting x ON x.root_id = r.root_id AND x.id = r.sitting_id
		WHERE x.host_root = $1 AND x.meeting_id = $2`, hostRoot, meeting)
}

func updateRound(ctx context.Context, tx *db.Tx, r Round) error {
	_, err := db.Exec(ctx, tx, `UPDATE feedback_round SET named = $3, opens_at = $4, closes_at = $5, code = $6 WHERE root_id = $1 AND sitting_id = $2`,
		r.Root, r.Sitting, r.Named, r.OpensAt, r.ClosesAt, r.Code)
	return err
}

// Counted says how much has come in.
type Counted struct {
	Sheets, Papers, Remarks, Alone int
	Aside                          int // sheets that were set aside; the others are counted without them
}

// Given is how many sheets have come, counted or not.
func (n Counted) Given() int { return n.Sheets + n.Aside }

func count(ctx context.Context, q db.Q, r Round) (Counted, error) {
	return db.One[Counted](ctx, q, `SELECT
		(SELECT COUNT(*) FROM feedback_sheet s WHERE s.root_id = $1 AND s.sitting_id = $2`+counts("s.id")+`) AS sheets,
		(SELECT COUNT(*) FROM feedback_sheet s WHERE s.root_id = $1 AND s.sitting_id = $2 AND s.number > 0`+counts("s.id")+`) AS papers,
		(SELECT COUNT(*) FROM feedback_remark m WHERE m.root_id = $1 AND m.sitting_id = $2`+counts("m.sheet_id")+`) AS remarks,
		(SELECT COUNT(*) FROM feedback_remark m WHERE m.root_id = $1 AND m.sitting_id = $2 AND m.group_id = ''`+counts("m.sheet_id")+`) AS alone,
		(SELECT COUNT(*) FROM feedback_aside a WHERE a.root_id = $1 AND a.sitting_id = $2) AS aside`, r.Root, r.Sitting)
}

// lastNumber returns the number of the last sheet of paper, 0 where there is none.
func lastNumber(ctx context.Context, q db.Q, r Round) (int, error) {
	return db.One[int](ctx, q, `SELECT COALESCE(MAX(s.number), 0) FROM feedback_sheet s WHERE s.root_id = $1 AND s.sitting_id = $2`, r.Root, r.Sitting)
}

func sheetByID(ctx context.Context, q db.Q, r Round, id string) (Sheet, bool, error) {
	return db.Maybe[Sheet](ctx, q, `SELECT `+sheetColumns+` FROM feedback_sheet s WHERE s.root_id = $1 AND s.sitting_id = $2 AND s.id = $3`, r.Root, r.Sitting, id)
}

func sheetOfDelegate(ctx context.Context, q db.Q, r Round, delegate string) (Sheet, bool, error) {
	return db.Maybe[Sheet](ctx, q, `SELECT `+sheetColumns+` FROM feedback_sheet s WHERE s.root_id = $1 AND s.sitting_id = $2 AND s.delegate_id = $3`, r.Root, r.Sitting, delegate)
}

func sheetOfMember(ctx context.Context, q db.Q, r Round, member string) (Sheet, bool, error) {
	return db.Maybe[Sheet](ctx, q, `SELECT `+sheetColumns+` FROM feedback_sheet s WHERE s.root_id = $1 AND s.sitting_id = $2 AND s.member_id = $3`, r.Root, r.Sitting, member)
}

// sheets returns the sheets of a round in the order of their random keys, those of paper
// last by their numbers.
func sheets(ctx context.Context, q db.Q, r Round) ([]Sheet, error) {
	return db.All[Sheet](ctx, q, `SELECT `+sheetColumns+` FROM feedback_sheet s WHERE s.root_id = $1 AND s.sitting_id = $2 ORDER BY s.number, s.id`, r.Root, r.Sitting)
}

// remarks returns the remarks of a round that count, in the order of their keys, which tells
// nothing.
func remarks(ctx context.Context, q db.Q, r Round) ([]Remark, error) {
	return db.All[Remark](ctx, q, `SELECT `+remarkColumns+` FROM feedback_remark m WHERE m.root_id = $1 AND m.sitting_id = $2`+counts("m.sheet_id")+` ORDER BY m.id`, r.Root, r.Sitting)
}

func remarksOfSheet(ctx context.Context, q db.Q, r Round, sheet string) ([]Remark, error) {
	return db.All[Remark](ctx, q, `SELECT `+remarkColumns+` FROM feedback_remark m WHERE m.root_id = $1 AND m.sheet_id = $2 ORDER BY m.id`, r.Root, sheet)
}

func hasRemark(ctx context.Context, q db.Q, root, id string) (bool, error) {
	_, is, err := db.Maybe[string](ctx, q, `SELECT m.id FROM feedback_remark m WHERE m.root_id = $1 AND m.id = $2`, root, id)
	return is, err
}

func removeSheet(ctx context.Context, tx *db.Tx, s Sheet) error {
	for _, table := range []string{"feedback_remark", "feedback_aside"} {
		if _, err := db.Exec(ctx, tx, `DELETE FROM `+table+` WHERE root_id = $1 AND sheet_id = $2`, s.Root, s.ID); err != nil {
			return err
		}
	}
	_, err := db.Exec(ctx, tx, `DELETE FROM feedback_sheet WHERE root_id = $1 AND id = $2`, s.Root, s.ID)
	return err
}

func groups(ctx context.Context, q db.Q, r Round) ([]Group, error) {
	return db.All[Group](ctx, q, `SELECT g.root_id, g.id, g.sitting_id, g.phase, g.head, g.words, g.made_at, g.made_by
		FROM feedback_group g WHERE g.root_id = $1 AND g.sitting_id = $2 ORDER BY g.id`, r.Root, r.Sitting)
}

func groupByID(ctx context.Context, q db.Q, r Round, id string) (Group, error) {
	return db.One[Group](ctx, q, `SELECT g.root_id, g.id, g.sitting_id, g.phase, g.head, g.words, g.made_at, g.made_by
		FROM feedback_group g WHERE g.root_id = $1 AND g.sitting_id = $2 AND g.id = $3`, r.Root, r.Sitting, id)
}

func rewordGroup(ctx context.Context, tx *db.Tx, x Group) error {
	_, err := db.Exec(ctx, tx, `UPDATE feedback_group SET words = $3, made_at = $4, made_by = $5 WHERE root_id = $1 AND id = $2`, x.Root, x.ID, x.Words, x.MadeAt, x.MadeBy)
	return err
}

// dissolve lets the remarks of a group stand alone again.
func dissolve(ctx context.Context, tx *db.Tx, x Group) error {
	if _, err := db.Exec(ctx, tx, `UPDATE feedback_remark SET group_id = '' WHERE root_id = $1 AND group_id = $2`, x.Root, x.ID); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx, `DELETE FROM feedback_group WHERE root_id = $1 AND id = $2`, x.Root, x.ID)
	return err
}

// place puts remarks of a cell into a group, or, where it is empty, out of any. It returns
// how many there were.
func place(ctx context.Context, tx *db.Tx, r Round, x Cell, group string, ids []string) (int, error) {
	var n int64
	for piece := range db.Pieces(ids) {
		args := make([]any, 0, len(piece)+5)
		for _, id := range piece {
			args = append(args, id)
		}
		k := len(args)
		args = append(args, group, r.Root, r.Sitting, x.Phase, x.Head)
		moved, err := db.Exec(ctx, tx, fmt.Sprintf(`UPDATE feedback_remark SET group_id = $%d WHERE root_id = $%d AND sitting_id = $%d AND phase = $%d AND head = $%d AND id IN `,
			k+1, k+2, k+3, k+4, k+5)+db.Tuples(1, len(piece)), args...)
		if err != nil {
			return 0, err
		}
		n += moved
	}
	return int(n), nil
}

func texts(ctx context.Context, q db.Q, r Round) ([]Text, error) {
	return db.All[Text](ctx, q, `SELECT root_id, sitting_id, phase, head, text, written_at, written_by FROM feedback_text WHERE root_id = $1 AND sitting_id = $2`, r.Root, r.Sitting)
}

func writeText(ctx context.Context, tx *db.Tx, t Text) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO feedback_text (root_id, sitting_id, phase, head, text, written_at, written_by) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (root_id, sitting_id, phase, head) DO UPDATE SET text = excluded.text, written_at = excluded.written_at, written_by = excluded.written_by`,
		t.Root, t.Sitting, t.Phase, t.Head, t.Text, t.WrittenAt, t.WrittenBy)
	return err
}

func removeText(ctx context.Context, tx *db.Tx, r Round, x Cell) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM feedback_text WHERE root_id = $1 AND sitting_id = $2 AND phase = $3 AND head = $4`, r.Root, r.Sitting, x.Phase, x.Head)
	return err
}

func refusals(ctx context.Context, q db.Q, r Round) ([]string, error) {
	return db.All[string](ctx, q, `SELECT proposal FROM feedback_refusal WHERE root_id = $1 AND sitting_id = $2`, r.Root, r.Sitting)
}

func refuse(ctx context.Context, tx *db.Tx, r Round, proposal string) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO feedback_refusal (root_id, sitting_id, proposal) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, r.Root, r.Sitting, proposal)
	return err
}

const conclusionColumns = `k.root_id, k.id, k.sitting_id, k.seen, k.why, k.act, k.concluded_at, k.concluded_by`

func conclusions(ctx context.Context, q db.Q, r Round) ([]Conclusion, error) {
	return db.All[Conclusion](ctx, q, `SELECT `+conclusionColumns+` FROM feedback_conclusion k WHERE k.root_id = $1 AND k.sitting_id = $2 ORDER BY k.concluded_at, k.id`, r.Root, r.Sitting)
}

func conclusionByID(ctx context.Context, q db.Q, r Round, id string) (Conclusion, error) {
	return db.One[Conclusion](ctx, q, `SELECT `+conclusionColumns+` FROM feedback_conclusion k WHERE k.root_id = $1 AND k.sitting_id = $2 AND k.id = $3`, r.Root, r.Sitting, id)
}

func updateConclusion(ctx context.Context, tx *db.Tx, k Conclusion) error {
	_, err := db.Exec(ctx, tx, `UPDATE feedback_conclusion SET seen = $3, why = $4, act = $5, concluded_at = $6, concluded_by = $7 WHERE root_id = $1 AND id = $2`,
		k.Root, k.ID, k.Seen, k.Why, k.Act, k.At, k.By)
	return err
}

func removeConclusion(ctx context.Context, tx *db.Tx, k Conclusion) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM feedback_conclusion WHERE root_id = $1 AND id = $2`, k.Root, k.ID)
	return err
}

// delegateBy returns the delegate of a conference whose invitation holds a code.
func delegateBy(ctx context.Context, q db.Q, r Round, code string) (invited, error) {
	if code == "" {
		return invited{}, fault.New(fault.NotFound, "fault.not_found")
	}
	return db.One[invited](ctx, q, `SELECT d.id, d.name, d.unit FROM delegate d
		WHERE d.root_id = $1 AND d.conference_id = $2 AND d.code = $3 AND d.gone_at = 0`, r.Root, r.Conference, code)
}

// invited is what is read of a delegate.
type invited struct{ ID, Name, Unit string }
