package privacy

import (
	"context"

	"chibo/kit/db"
	"chibo/kit/when"
)

// Leftover is something that is kept of people and on which nothing else rests, so that the
// program may delete it: when its owner asks, or when its time has run out. Minutes, the
// logs, votes, ratings and the roll are none: they are the books of the Party (379-QĐ/TW,
// 22/10/2025, forbids deleting records and logs).
type Leftover struct {
	Item string // end of its keys
	Kind Kind
	// table and where say which rows; person and aged narrow them to those of a member ($2)
	// or to those from before a moment ($2). blank empties columns instead of deleting rows.
	table, where, person, aged, blank string
	byDay                             bool // aged compares with a day
	// Nightly says that what is due goes in the night, without a press: nobody would look at the
	// rows one by one, nor do those whom they concern have a page where they could ask.
	Nightly bool
}

// Leftovers lists them in the order of the pages.
var Leftovers = []Leftover{
	{Item: "notices", Kind: Notices, table: "notice", where: "TRUE", person: "member_id = $2", aged: "told_at < $2"},
	{Item: "phones", Kind: Notices, table: "notice_push", where: "TRUE", person: "member_id = $2", aged: "made_at < $2 AND called_at < $2"},
	{
		Item: "sessions", Kind: Account, table: "account_session",
		where:  "ended_at > 0 AND NOT EXISTS (SELECT 1 FROM notebook_opened p WHERE p.root_id = account_session.root_id AND p.session_id = account_session.id)",
		person: "account_id IN (SELECT a.id FROM account a WHERE a.root_id = $1 AND a.member_id = $2)", aged: "ended_at < $2",
	},
	{Item: "absences", Kind: Meetings, table: "meeting_response", where: "note <> ''", person: "member_id = $2", aged: "answered_at < $2", blank: "note = ''"},
	{
		Item: "hardships", Kind: Care, table: "care_hardship", where: "closed_on <> '' AND (what <> '' OR outcome <> '')",
		person: "member_id = $2", aged: "closed_on < $2", blank: "what = '', outcome = ''", byDay: true,
	},
	{
		Item: "delegates", Kind: Meetings, table: "delegate", where: "(phone <> '' OR email <> '' OR reason <> '' OR proposed <> '')",
		person: "member_root = $1 AND member_id = $2 AND conference_id IN (SELECT x.id FROM conference x WHERE x.root_id = $1 AND x.closed_at > 0)",
		// a conference is over with its last sitting, whether or not somebody has closed it
		aged: `conference_id IN (SELECT x.id FROM conference x WHERE x.root_id = $1 AND COALESCE(
			(SELECT MAX(y.ends_at) FROM conference_sitting y WHERE y.root_id = x.root_id AND y.conference_id = x.id), NULLIF(x.closed_at, 0)) < $2)`,
		blank: "phone = '', email = '', reason = '', proposed = ''", Nightly: true,
	},
}

// of returns how many rows there are of a member.
func (o Leftover) of(ctx context.Context, q db.Q, root, member string) (int, error) {
	return db.One[int](ctx, q, `SELECT COUNT(*) FROM `+o.table+` WHERE root_id = $1 AND `+o.person+` AND `+o.where, root, member)
}

// before returns how many rows there are from before a day.
func (o Leftover) before(ctx context.Context, q db.Q, root string, day when.Date) (int, error) {
	return db.One[int](ctx, q, `SELECT COUNT(*) FROM `+o.table+` WHERE root_id = $1 AND `+o.aged+` AND `+o.where, root, o.limit(day))
}

func (o Leftover) eraseOf(ctx context.Context, tx *db.Tx, root, member string) (int64, error) {
	return db.Exec(ctx, tx, o.erase()+` WHERE root_id = $1 AND `+o.person+` AND `+o.where, root, member)
}

func (o Leftover) eraseBefore(ctx context.Context, tx *db.Tx, root string, day when.Date) (int64, error) {
	return db.Exec(ctx, tx, o.erase()+` WHERE root_id = $1 AND `+o.aged+` AND `+o.where, root, o.limit(day))
}

func (o Leftover) erase() string {
	if o.blank != "" {
		return `UPDATE ` + o.table + ` SET ` + o.blank
	}
	return `DELETE FROM ` + o.table
}

// limit is a day as the rows say it.
func (o Leftover) limit(day when.Date) any {
	if o.byDay {
		return day
	}
	return day.Start()
}

// periodsOf returns what a base organisation has laid down, by item.
func periodsOf(ctx context.Context, q db.Q, root string) (map[string]Period, error) {
	rows, err := db.All[Period](ctx, q, `SELECT root_id, item, months, source, set_by, set_at FROM privacy_retention WHERE root_id = $1`, root)
	out := map[string]Period{}
	for _, p := range rows {
		out[p.Item] = p
	}
	return out, err
}

// ruledRoots returns the base organisations that have laid something down.
func ruledRoots(ctx context.Context, q db.Q) ([]string, error) {
	return db.All[string](ctx, q, `SELECT DISTINCT root_id FROM privacy_retention ORDER BY root_id`)
}

func putPeriod(ctx context.Context, tx *db.Tx, p Period) error {
	if err := dropPeriod(ctx, tx, p); err != nil || p.Months == 0 {
		return err
	}
	return db.Insert(ctx, tx, "privacy_retention", p)
}

func dropPeriod(ctx context.Context, tx *db.Tx, p Period) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM privacy_retention WHERE root_id = $1 AND item = $2`, p.Root, p.Item)
	return err
}
