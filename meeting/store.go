package meeting

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/organization"
	"chibo/task"
)

const columns = `m.root_id, m.id, m.organization_id, m.kind, m.month, m.title, m.theme, m.starts_at, m.place, m.state, m.chair, m.minute_taker,
	m.preparer, m.template, m.min_minutes, m.revision, m.noticed_at, m.opened_at, m.closed_at, m.sealed_at, m.created_at, m.created_by`

func insert(ctx context.Context, tx *db.Tx, m Meeting) error {
	return db.Insert(ctx, tx, "meeting", m)
}

// OfCell is the condition that leaves out the meetings of collectives beside the cell, m being
// meetings: see Kind.Beside.
const OfCell = `m.kind NOT IN ('professional', 'union')`

// Find returns a meeting of the cells of a base organisation.
func Find(ctx context.Context, q db.Q, root, id string) (Meeting, error) {
	return db.One[Meeting](ctx, q, `SELECT `+columns+` FROM meeting m WHERE m.root_id = $1 AND m.id = $2 AND `+OfCell, root, id)
}

// FindAny is Find for what serves every meeting: the room, its screens, the minutes. Whoever
// asks for a meeting of the cell asks Find.
func FindAny(ctx context.Context, q db.Q, root, id string) (Meeting, error) {
	return db.One[Meeting](ctx, q, `SELECT `+columns+` FROM meeting m WHERE m.root_id = $1 AND m.id = $2`, root, id)
}

// StateOf returns how far a meeting has come on its road.
func StateOf(ctx context.Context, q db.Q, root, id string) (State, error) {
	return db.One[State](ctx, q, `SELECT state FROM meeting WHERE root_id = $1 AND id = $2`, root, id)
}

// inScope returns a meeting of a cell of the scope with its organisation.
func inScope(ctx context.Context, q db.Q, sc access.Scope, id string) (Meeting, organization.Organization, error) {
	return heldByCell(anyInScope(ctx, q, sc, id))
}

// heldByCell does not find the meeting of a collective beside the cell.
func heldByCell(m Meeting, o organization.Organization, err error) (Meeting, organization.Organization, error) {
	if err == nil && m.Kind.Beside() {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	if err != nil {
		return Meeting{}, organization.Organization{}, err
	}
	return m, o, nil
}

// anyInScope is inScope with the meetings of collectives beside the cell.
func anyInScope(ctx context.Context, q db.Q, sc access.Scope, id string) (Meeting, organization.Organization, error) {
	args := []any{id}
	m, err := db.One[Meeting](ctx, q, `SELECT `+columns+` FROM meeting m
		JOIN organization o ON o.root_id = m.root_id AND o.id = m.organization_id
		WHERE m.id = $1 AND `+sc.Where("o", &args), args...)
	if err != nil {
		return m, organization.Organization{}, err
	}
	o, err := organization.Find(ctx, q, m.Root, m.Organization)
	return m, o, err
}

// update writes what may change of a meeting, unless somebody else has moved it
// on its road or given another notice in the meantime.
func update(ctx context.Context, tx *db.Tx, before, m Meeting) error {
	n, err := db.Exec(ctx, tx, `UPDATE meeting SET kind = $3, title = $4, theme = $5, starts_at = $6, place = $7, state = $8, chair = $9,
		minute_taker = $10, preparer = $11, template = $12, min_minutes = $13, revision = $14, noticed_at = $15, opened_at = $16, closed_at = $17, sealed_at = $18, month = $21
		WHERE root_id = $1 AND id = $2 AND state = $19 AND revision = $20`,
		m.Root, m.ID, m.Kind, m.Title, m.Theme, m.StartsAt, m.Place, m.State, m.Chair,
		m.MinuteTaker, m.Preparer, m.Template, m.MinMinutes, m.Revision, m.NoticedAt, m.OpenedAt, m.ClosedAt, m.SealedAt,
		before.State, before.Revision, m.Month)
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "meeting.problem.meanwhile")
	}
	return err
}

// lock makes other writers of the meeting wait until the transaction ends.
func lock(ctx context.Context, tx *db.Tx, root, id string) error {
	_, err := db.Exec(ctx, tx, `UPDATE meeting SET state = state WHERE root_id = $1 AND id = $2`, root, id)
	return err
}

func remove(ctx context.Context, tx *db.Tx, m Meeting) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM meeting WHERE root_id = $1 AND id = $2`, m.Root, m.ID)
	return err
}

func monthly(ctx context.Context, q db.Q, root, organization string, month when.Month) (Meeting, bool, error) {
	return db.Maybe[Meeting](ctx, q, `SELECT `+columns+` FROM meeting m
		WHERE m.root_id = $1 AND m.organization_id = $2 AND m.month = $3 AND m.kind IN ('ordinary', 'combined')`, root, organization, month)
}

// Between returns the meetings of an organisation that stand for the months from
// first to last.
func Between(ctx context.Context, q db.Q, root, organization string, first, last when.Month) ([]Meeting, error) {
	return db.All[Meeting](ctx, q, `SELECT `+columns+` FROM meeting m
		WHERE m.root_id = $1 AND m.organization_id = $2 AND m.month >= $3 AND m.month <= $4 AND `+OfCell+` ORDER BY m.starts_at, m.id`, root, organization, first, last)
}

// Around returns the meetings of an organisation that may be held in a month: one may stand for
// the month before or after.
func Around(ctx context.Context, q db.Q, root, organization string, month when.Month) ([]Meeting, error) {
	return Between(ctx, q, root, organization, month.Add(-1), month.Add(1))
}

// BesideOf returns the meetings of a collective beside a cell, the newest first, at most most.
func BesideOf(ctx context.Context, q db.Q, root, organization string, kind Kind, most int) ([]Meeting, error) {
	return db.All[Meeting](ctx, q, `SELECT `+columns+` FROM meeting m
		WHERE m.root_id = $1 AND m.organization_id = $2 AND m.kind = $3 ORDER BY m.starts_at DESC, m.id LIMIT $4`, root, organization, kind, most)
}

// BesideUnfinished returns the meetings of the collectives beside a cell whose minutes are not
// sealed, the next one first.
func BesideUnfinished(ctx context.Context, q db.Q, root, organization string) ([]Meeting, error) {
	return db.All[Meeting](ctx, q, `SELECT `+columns+` FROM meeting m
		WHERE m.root_id = $1 AND m.organization_id = $2 AND m.kind IN ('professional', 'union') AND m.state <> 'sealed'
		ORDER BY m.starts_at, m.id`, root, organization)
}

// BesideBefore returns the last meeting that the collective of m closed before m begins, and
// whether there is one.
func BesideBefore(ctx context.Context, q db.Q, m Meeting) (Meeting, bool, error) {
	return db.Maybe[Meeting](ctx, q, `SELECT `+columns+` FROM meeting m
		WHERE m.root_id = $1 AND m.organization_id = $2 AND m.kind = $3 AND m.closed_at > 0 AND m.starts_at < $4
		ORDER BY m.starts_at DESC, m.id LIMIT 1`, m.Root, m.Organization, m.Kind, m.StartsAt)
}

// unfinished returns the meetings of an organisation whose minutes are not sealed,
// the next one first.
func unfinished(ctx context.Context, q db.Q, root, organization string) ([]Meeting, error) {
	return db.All[Meeting](ctx, q, `SELECT `+columns+` FROM meeting m
		WHERE m.root_id = $1 AND m.organization_id = $2 AND m.state <> 'sealed' AND `+OfCell+` ORDER BY m.starts_at, m.id`, root, organization)
}

// dated is a meeting with what a calendar needs besides.
type dated struct {
	Meeting
	Planned int          // minutes of the agenda
	ToldAt  when.Instant // the newest notice
}

func noticedSince(ctx context.Context, q db.Q, root, organization string, since when.Instant) ([]dated, error) {
	return db.All[dated](ctx, q, `SELECT `+columns+`,
		(SELECT CAST(COALESCE(SUM(i.minutes), 0) AS BIGINT) FROM meeting_item i WHERE i.root_id = m.root_id AND i.meeting_id = m.id) AS planned,
		(SELECT COALESCE(MAX(n.given_at), 0) FROM meeting_notice n WHERE n.root_id = m.root_id AND n.meeting_id = m.id) AS told_at
		FROM meeting m WHERE m.root_id = $1 AND m.organization_id = $2 AND m.state <> 'draft' AND m.starts_at >= $3 AND `+OfCell+`
		ORDER BY m.starts_at, m.id`, root, organization, since)
}

// LastClosed returns when a cell closed its last meeting, zero where it has not held
// one.
func LastClosed(ctx context.Context, q db.Q, root, organization string) (when.Instant, error) {
	return db.One[when.Instant](ctx, q, `SELECT COALESCE(MAX(m.closed_at), 0) FROM meeting m
		WHERE m.root_id = $1 AND m.organization_id = $2 AND `+OfCell, root, organization)
}

// CalledBetween returns the meetings to which cells have been called and that begin from
// first on, before last.
func CalledBetween(ctx context.Context, q db.Q, first, last when.Instant) ([]task.Sitting, error) {
	return db.All[task.Sitting](ctx, q, `SELECT m.root_id, m.organization_id, m.starts_at FROM meeting m
		WHERE m.state = 'noticed' AND m.starts_at >= $1 AND m.starts_at < $2 AND `+OfCell+` ORDER BY m.starts_at, m.id`, first, last)
}

// Items returns the agenda of a meeting in its order.
func Items(ctx context.Context, q db.Q, root, meeting string) ([]Item, error) {
	return db.All[Item](ctx, q, `SELECT root_id, meeting_id, id, position, kind, title, minutes, presenter, note
		FROM meeting_item WHERE root_id = $1 AND meeting_id = $2 ORDER BY position`, root, meeting)
}

// replaceItems writes the whole agenda anew: it is short, and its order is one
// fact.
func replaceItems(ctx context.Context, tx *db.Tx, m Meeting, all []Item) error {
	if _, err := db.Exec(ctx, tx, `DELETE FROM meeting_item WHERE root_id = $1 AND meeting_id = $2`, m.Root, m.ID); err != nil {
		return err
	}
	for _, i := range all {
		i.Root, i.Meeting = m.Root, m.ID
		if err := db.Insert(ctx, tx, "meeting_item", i); err != nil {
			return err
		}
	}
	return nil
}

// setPresenter names who presents an item.
func setPresenter(ctx context.Context, tx *db.Tx, m Meeting, item, member string) error {
	n, err := db.Exec(ctx, tx, `UPDATE meeting_item SET presenter = $4 WHERE root_id = $1 AND meeting_id = $2 AND id = $3`, m.Root, m.ID, item, member)
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return err
}

// CarriedTo returns what earlier meetings left to a meeting.
func CarriedTo(ctx context.Context, q db.Q, root, meeting string) ([]Carried, error) {
	return db.All[Carried](ctx, q, `SELECT root_id, meeting_id, id, position, kind, text, subject, member_id, due, from_meeting_id
		FROM meeting_carried WHERE root_id = $1 AND meeting_id = $2 ORDER BY position`, root, meeting)
}

// lastHeld returns when the last closed meeting of an organisation was opened: what came
// later was not known in its room.
func lastHeld(ctx context.Context, q db.Q, root, organization string) (when.Instant, error) {
	return db.One[when.Instant](ctx, q, `SELECT COALESCE(MAX(m.opened_at), 0) FROM meeting m
		WHERE m.root_id = $1 AND m.organization_id = $2 AND m.closed_at > 0 AND `+OfCell, root, organization)
}

// carriedToComing returns the subjects of what the meetings of an organisation that are
// still to be held have been handed.
func carriedToComing(ctx context.Context, q db.Q, root, organization string) ([]string, error) {
	return db.All[string](ctx, q, `SELECT c.subject FROM meeting_carried c JOIN meeting m ON m.root_id = c.root_id AND m.id = c.meeting_id
		WHERE c.root_id = $1 AND m.organization_id = $2 AND m.state IN ('draft', 'noticed')`, root, organization)
}

// dropCarried takes a subject from what the meetings of an organisation that may still be
// prepared were left.
func dropCarried(ctx context.Context, tx *db.Tx, root, organization, subject string) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM meeting_carried WHERE root_id = $1 AND subject = $3 AND meeting_id IN
		(SELECT id FROM meeting WHERE root_id = $1 AND organization_id = $2 AND state IN ('draft', 'noticed'))`, root, organization, subject)
	return err
}

// Questions returns the focus questions of a meeting.
func Questions(ctx context.Context, q db.Q, root, meeting string) ([]Focus, error) {
	return db.All[Focus](ctx, q, `SELECT root_id, meeting_id, id, position, text FROM meeting_focus WHERE root_id = $1 AND meeting_id = $2 ORDER BY position, id`, root, meeting)
}

// Agreements returns what was agreed beforehand with heads of units.
func Agreements(ctx context.Context, q db.Q, root, meeting string) ([]Agreement, error) {
	return db.All[Agreement](ctx, q, `SELECT root_id, meeting_id, id, name, office, agreed_on, text FROM meeting_agreement WHERE root_id = $1 AND meeting_id = $2 ORDER BY agreed_on, id`, root, meeting)
}

// Guests returns who is invited besides the members, superiors first.
func Guests(ctx context.Context, q db.Q, root, meeting string) ([]Guest, error) {
	return db.All[Guest](ctx, q, `SELECT root_id, meeting_id, id, name, office, body, superior, member_id, reply
		FROM meeting_guest WHERE root_id = $1 AND meeting_id = $2 ORDER BY superior DESC, id`, root, meeting)
}

// Papers returns the documents that stand with a meeting.
func Papers(ctx context.Context, q db.Q, root, meeting string) ([]Paper, error) {
	return db.All[Paper](ctx, q, `SELECT root_id, meeting_id, id, item_id, file_id, title, added_at, added_by
		FROM meeting_paper WHERE root_id = $1 AND meeting_id = $2 ORDER BY added_at, id`, root, meeting)
}

// Answers returns the answers to the notice, the oldest first.
func Answers(ctx context.Context, q db.Q, root, meeting string) ([]Response, error) {
	return db.All[Response](ctx, q, `SELECT root_id, meeting_id, member_id, reply, reason, note, answered_at, answered_by, acknowledged_at, acknowledged_by
		FROM meeting_response WHERE root_id = $1 AND meeting_id = $2 ORDER BY answered_at, member_id`, root, meeting)
}

// AnswerOf returns the answer of one member, and whether there is one.
func AnswerOf(ctx context.Context, q db.Q, root, meeting, member string) (Response, bool, error) {
	return db.Maybe[Response](ctx, q, `SELECT root_id, meeting_id, member_id, reply, reason, note, answered_at, answered_by, acknowledged_at, acknowledged_by
		FROM meeting_response WHERE root_id = $1 AND meeting_id = $2 AND member_id = $3`, root, meeting, member)
}

func putResponse(ctx context.Context, tx *db.Tx, r Response) error {
	if _, err := db.Exec(ctx, tx, `DELETE FROM meeting_response WHERE root_id = $1 AND meeting_id = $2 AND member_id = $3`, r.Root, r.Meeting, r.Member); err != nil {
		return err
	}
	return db.Insert(ctx, tx, "meeting_response", r)
}

// Notices returns the notices of a meeting as they were given.
func Notices(ctx context.Context, q db.Q, root, meeting string) ([]Notice, error) {
	return db.All[Notice](ctx, q, `SELECT root_id, meeting_id, revision, id, given_at, given_by, starts_at, place, late, reason, change
		FROM meeting_notice WHERE root_id = $1 AND meeting_id = $2 ORDER BY revision`, root, meeting)
}

const versionColumns = `root_id, meeting_id, version, text, saved_at, saved_by`

// Versions returns the versions of the draft resolution.
func Versions(ctx context.Context, q db.Q, root, meeting string) ([]Version, error) {
	return db.All[Version](ctx, q, `SELECT `+versionColumns+` FROM meeting_version WHERE root_id = $1 AND meeting_id = $2 ORDER BY version`, root, meeting)
}

// DraftOf returns the newest version of the draft resolution, and whether there
// is one.
func DraftOf(ctx context.Context, q db.Q, root, meeting string) (Version, bool, error) {
	return db.Maybe[Version](ctx, q, `SELECT `+versionColumns+` FROM meeting_version WHERE root_id = $1 AND meeting_id = $2 ORDER BY version DESC LIMIT 1`, root, meeting)
}

// PremeetingOf returns the committee's record of a meeting; a zero HeldAt says that
// there is none.
func PremeetingOf(ctx context.Context, q db.Q, root, meeting string) (Premeeting, error) {
	p, found, err := db.Maybe[Premeeting](ctx, q, `SELECT root_id, meeting_id, held_at, place, agreed, recorded_at, recorded_by
		FROM meeting_premeeting WHERE root_id = $1 AND meeting_id = $2`, root, meeting)
	if err != nil || !found {
		return p, err
	}
	type attendee struct {
		MemberID string
		Present  bool
	}
	people, err := db.All[attendee](ctx, q, `SELECT member_id, present FROM meeting_premeeting_member WHERE root_id = $1 AND meeting_id = $2 ORDER BY member_id`, root, meeting)
	for _, a := range people {
		if a.Present {
			p.Present = append(p.Present, a.MemberID)
		} else {
			p.Absent = append(p.Absent, a.MemberID)
		}
	}
	return p, err
}

func putPremeeting(ctx context.Context, tx *db.Tx, p Premeeting) error {
	if _, err := db.Exec(ctx, tx, `DELETE FROM meeting_premeeting WHERE root_id = $1 AND meeting_id = $2`, p.Root, p.Meeting); err != nil {
		return err
	}
	if err := db.Insert(ctx, tx, "meeting_premeeting", p); err != nil {
		return err
	}
	for present, people := range map[bool][]string{true: p.Present, false: p.Absent} {
		for _, member := range people {
			if _, err := db.Exec(ctx, tx, `INSERT INTO meeting_premeeting_member (root_id, meeting_id, member_id, present) VALUES ($1, $2, $3, $4)`,
				p.Root, p.Meeting, member, present); err != nil {
				return err
			}
		}
	}
	return nil
}

// deleteRow removes one row of a table that hangs on a meeting.
func deleteRow(ctx context.Context, tx *db.Tx, table string, m Meeting, id string) error {
	n, err := db.Exec(ctx, tx, `DELETE FROM `+table+` WHERE root_id = $1 AND meeting_id = $2 AND id = $3`, m.Root, m.ID, id)
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return err
}

func paperOf(ctx context.Context, q db.Q, m Meeting, id string) (Paper, error) {
	return db.One[Paper](ctx, q, `SELECT root_id, meeting_id, id, item_id, file_id, title, added_at, added_by
		FROM meeting_paper WHERE root_id = $1 AND meeting_id = $2 AND id = $3`, m.Root, m.ID, id)
}

// deletePaperOf takes a file out of the papers of a meeting.
func deletePaperOf(ctx context.Context, tx *db.Tx, root, meeting, file string) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM meeting_paper WHERE root_id = $1 AND meeting_id = $2 AND file_id = $3`, root, meeting, file)
	return err
}

func setGuestReply(ctx context.Context, tx *db.Tx, m Meeting, guest string, r Reply) error {
	n, err := db.Exec(ctx, tx, `UPDATE meeting_guest SET reply = $4 WHERE root_id = $1 AND meeting_id = $2 AND id = $3`, m.Root, m.ID, guest, r)
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return err
}

// Starting returns the meetings of all cells of the scope that begin from first on, before
// last, whatever their kind and state: of a draft only cell, time and place are for others
// than those who prepare it.
func Starting(ctx context.Context, q db.Q, sc access.Scope, first, last when.Instant) ([]Meeting, error) {
	args := []any{first, last}
	return db.All[Meeting](ctx, q, `SELECT `+columns+` FROM meeting m
		JOIN organization o ON o.root_id = m.root_id AND o.id = m.organization_id
		WHERE m.starts_at >= $1 AND m.starts_at < $2 AND `+OfCell+` AND `+sc.Where("o", &args)+` ORDER BY m.starts_at, m.id`, args...)
}

// deleteSuperior takes a member of the superior committee from the guests of a meeting.
func deleteSuperior(ctx context.Context, tx *db.Tx, m Meeting, member string) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM meeting_guest WHERE root_id = $1 AND meeting_id = $2 AND member_id = $3`, m.Root, m.ID, member)
	return err
}

// ofMonth returns the meetings of the month of all cells of the scope.
func ofMonth(ctx context.Context, q db.Q, sc access.Scope, month when.Month) ([]Meeting, error) {
	args := []any{month}
	return db.All[Meeting](ctx, q, `SELECT `+columns+` FROM meeting m
		JOIN organization o ON o.root_id = m.root_id AND o.id = m.organization_id
		WHERE m.month = $1 AND m.kind IN ('ordinary', 'combined') AND `+sc.Where("o", &args), args...)
}
