package directive

import (
	"context"
	"fmt"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/search"
	"chibo/kit/when"
)

const columns = `d.root_id, d.id, d.organization_id, d.document_id, d.citation, d.origin, d.form, d.title, d.text, d.month, d.due,
	d.sent_at, d.sent_by, d.withdrawn_at, d.withdrawn_by, d.reason`

// deliveries reads what became of directives: where the item stands, how the task is, who
// has read. A meeting that was deleted and an item that was taken off leave nothing.
const deliveries = `SELECT v.root_id, v.directive_id, v.organization_id, v.meeting_id, v.item_id, v.task_id, v.handled_at, v.reminded_at,
	o.name AS cell, o.path, i.id IS NOT NULL AS on_agenda, COALESCE(m.state, '') AS meet, COALESCE(m.starts_at, 0) AS meet_at,
	COALESCE(t.state, '') AS task_state, COALESCE(t.verdict, '') AS verdict,
	COALESCE((SELECT MIN(r.read_at) FROM directive_reading r WHERE r.root_id = v.root_id AND r.directive_id = v.directive_id AND r.organization_id = v.organization_id), 0) AS read_at,
	(SELECT COUNT(*) FROM directive_reading r WHERE r.root_id = v.root_id AND r.directive_id = v.directive_id AND r.organization_id = v.organization_id) AS readers
	FROM directive_delivery v
	JOIN organization o ON o.root_id = v.root_id AND o.id = v.organization_id
	LEFT JOIN meeting m ON m.root_id = v.root_id AND m.id = v.meeting_id
	LEFT JOIN meeting_item i ON i.root_id = v.root_id AND i.meeting_id = v.meeting_id AND i.id = v.item_id
	LEFT JOIN task t ON t.root_id = v.root_id AND t.id = v.task_id`

// sentBy returns a directive whose sender lies in the scope, with the name and path of
// the sender.
func sentBy(ctx context.Context, q db.Q, sc access.Scope, id string) (sent, bool, error) {
	args := []any{id}
	return db.Maybe[sent](ctx, q, `SELECT `+columns+`, o.name AS sender, o.path FROM directive d
		JOIN organization o ON o.root_id = d.root_id AND o.id = d.organization_id
		WHERE d.id = $1 AND `+sc.Where("o", &args), args...)
}

// sent is a directive with its sender.
type sent struct {
	Directive
	Sender string
	Path   string
}

// sentIn returns the newest directives of senders in the scope.
func sentIn(ctx context.Context, q db.Q, sc access.Scope, most int) ([]sent, error) {
	var args []any
	where := sc.Where("o", &args)
	args = append(args, most)
	return db.All[sent](ctx, q, `SELECT `+columns+`, o.name AS sender, o.path FROM directive d
		JOIN organization o ON o.root_id = d.root_id AND o.id = d.organization_id
		WHERE `+where+fmt.Sprintf(` ORDER BY d.sent_at DESC, d.id LIMIT $%d`, len(args)), args...)
}

// Received is a directive as a cell has it.
type Received struct {
	Directive
	Sender string
	Placed Placed `db:"-"`
}

// received returns a directive that was sent to a cell of the scope.
func received(ctx context.Context, q db.Q, sc access.Scope, id string) (sent, bool, error) {
	args := []any{id}
	return db.Maybe[sent](ctx, q, `SELECT `+columns+`, s.name AS sender, s.path FROM directive d
		JOIN organization s ON s.root_id = d.root_id AND s.id = d.organization_id
		WHERE d.id = $1 AND EXISTS (SELECT 1 FROM directive_delivery v
			JOIN organization o ON o.root_id = v.root_id AND o.id = v.organization_id WHERE v.directive_id = d.id AND `+sc.Where("o", &args)+`)`, args...)
}

// deliveriesOf returns the deliveries of a directive to cells of the scope, in the order
// of the tree.
func deliveriesOf(ctx context.Context, q db.Q, sc access.Scope, id string) ([]Placed, error) {
	args := []any{id}
	return db.All[Placed](ctx, q, deliveries+` WHERE v.directive_id = $1 AND `+sc.Where("o", &args)+` ORDER BY o.path, o.id`, args...)
}

// deliveriesFrom returns the deliveries of all directives that senders of the scope have
// sent since a moment.
func deliveriesFrom(ctx context.Context, q db.Q, sc access.Scope, since when.Instant) ([]Placed, error) {
	args := []any{since}
	return db.All[Placed](ctx, q, deliveries+` WHERE v.directive_id IN (SELECT d.id FROM directive d
		JOIN organization s ON s.root_id = d.root_id AND s.id = d.organization_id WHERE d.sent_at >= $1 AND `+sc.Where("s", &args)+`)`, args...)
}

// deliveriesIn returns the deliveries to one cell.
func deliveriesIn(ctx context.Context, q db.Q, root, cell string) ([]Placed, error) {
	return db.All[Placed](ctx, q, deliveries+` WHERE v.root_id = $1 AND v.organization_id = $2`, root, cell)
}

// directivesIn returns the directives that one cell has received, the newest first.
func directivesIn(ctx context.Context, q db.Q, root, cell string) ([]Received, error) {
	return db.All[Received](ctx, q, `SELECT `+columns+`, s.name AS sender FROM directive_delivery v
		JOIN directive d ON d.id = v.directive_id
		JOIN organization s ON s.root_id = d.root_id AND s.id = d.organization_id
		WHERE v.root_id = $1 AND v.organization_id = $2 ORDER BY d.sent_at DESC, d.id`, root, cell)
}

// ofDocument returns the directives that were sent from a document to cells of the scope
// or by senders of it.
func ofDocument(ctx context.Context, q db.Q, sc access.Scope, document string) ([]sent, error) {
	args := []any{document}
	return db.All[sent](ctx, q, `SELECT `+columns+`, s.name AS sender, s.path FROM directive d
		JOIN organization s ON s.root_id = d.root_id AND s.id = d.organization_id
		WHERE d.document_id = $1 AND (`+sc.Where("s", &args)+` OR EXISTS (SELECT 1 FROM directive_delivery v
			JOIN organization o ON o.root_id = v.root_id AND o.id = v.organization_id WHERE v.directive_id = d.id AND `+sc.Where("o", &args)+`))
		ORDER BY d.sent_at, d.id`, args...)
}

// waitingFor returns the directives for the agenda that stand on none of a cell, whose
// month has come by the month given, the oldest first.
func waitingFor(ctx context.Context, q db.Q, root, cell string, month when.Month) ([]Directive, error) {
	return db.All[Directive](ctx, q, `SELECT `+columns+` FROM directive_delivery v
		JOIN directive d ON d.id = v.directive_id
		LEFT JOIN meeting_item i ON i.root_id = v.root_id AND i.meeting_id = v.meeting_id AND i.id = v.item_id
		WHERE v.root_id = $1 AND v.organization_id = $2 AND v.handled_at = 0 AND i.id IS NULL
			AND d.form = 'agenda' AND d.withdrawn_at = 0 AND d.month <= $3
		ORDER BY d.sent_at, d.id`, root, cell, month)
}

// onAgenda returns the deliveries that stand on the agenda of a meeting.
func onAgenda(ctx context.Context, q db.Q, root, meeting string) ([]Delivery, error) {
	return db.All[Delivery](ctx, q, `SELECT v.root_id, v.directive_id, v.organization_id, v.meeting_id, v.item_id, v.task_id, v.handled_at, v.reminded_at
		FROM directive_delivery v
		JOIN meeting_item i ON i.root_id = v.root_id AND i.meeting_id = v.meeting_id AND i.id = v.item_id
		WHERE v.root_id = $1 AND v.meeting_id = $2`, root, meeting)
}

func insert(ctx context.Context, tx *db.Tx, d Directive) error {
	type row struct {
		Directive
		Folded string
	}
	return db.Insert(ctx, tx, "directive", row{d, search.Words(d.Title + " " + d.Citation + " " + d.Text)})
}

// Search returns the directives that senders of one scope have sent or cells of another
// have received and that have a word that begins with each of the folded words, the newest
// first, at most most.
func Search(ctx context.Context, q db.Q, sends, sees access.Scope, words []string, most int) ([]Directive, error) {
	args := []any{most}
	return db.All[Directive](ctx, q, `SELECT `+columns+` FROM directive d
		JOIN organization s ON s.root_id = d.root_id AND s.id = d.organization_id
		WHERE `+search.Where("d.folded", words, &args)+` AND (`+sends.Where("s", &args)+` OR EXISTS (SELECT 1 FROM directive_delivery v
			JOIN organization o ON o.root_id = v.root_id AND o.id = v.organization_id WHERE v.directive_id = d.id AND `+sees.Where("o", &args)+`))
		ORDER BY d.sent_at DESC, d.id LIMIT $1`, args...)
}

func insertDeliveries(ctx context.Context, tx *db.Tx, all []Delivery) error {
	return db.InsertAll(ctx, tx, "directive_delivery", all)
}

func updateDelivery(ctx context.Context, tx *db.Tx, v Delivery) error {
	_, err := db.Exec(ctx, tx, `UPDATE directive_delivery SET meeting_id = $4, item_id = $5, task_id = $6, handled_at = $7, reminded_at = $8
		WHERE root_id = $1 AND directive_id = $2 AND organization_id = $3`,
		v.Root, v.Directive, v.Organization, v.Meeting, v.Item, v.Task, v.HandledAt, v.RemindedAt)
	return err
}

func withdraw(ctx context.Context, tx *db.Tx, d Directive) error {
	_, err := db.Exec(ctx, tx, `UPDATE directive SET withdrawn_at = $3, withdrawn_by = $4, reason = $5 WHERE root_id = $1 AND id = $2`,
		d.Root, d.ID, d.WithdrawnAt, d.WithdrawnBy, d.Reason)
	return err
}

// read notes that somebody of a cell has opened a directive; the first time stays.
func read(ctx context.Context, tx *db.Tx, v Delivery, member string, at when.Instant) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO directive_reading (root_id, directive_id, organization_id, member_id, read_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (root_id, directive_id, organization_id, member_id) DO NOTHING`, v.Root, v.Directive, v.Organization, member, at)
	return err
}

// hasRead reports whether somebody has opened a directive.
func hasRead(ctx context.Context, q db.Q, v Delivery, member string) (bool, error) {
	n, err := db.One[int](ctx, q, `SELECT count(*) FROM directive_reading
		WHERE root_id = $1 AND directive_id = $2 AND organization_id = $3 AND member_id = $4`, v.Root, v.Directive, v.Organization, member)
	return n > 0, err
}

// reader is somebody who has opened a directive.
type reader struct {
	Member string `db:"member_id"`
	ReadAt when.Instant
}

func readers(ctx context.Context, q db.Q, v Delivery) ([]reader, error) {
	return db.All[reader](ctx, q, `SELECT member_id, read_at FROM directive_reading
		WHERE root_id = $1 AND directive_id = $2 AND organization_id = $3 ORDER BY read_at, member_id`, v.Root, v.Directive, v.Organization)
}
