package news

import (
	"context"
	"fmt"
	"slices"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/when"
)

const columns = `i.root_id, i.id, i.organization_id, i.meeting_id, i.code, i.title, i.body, i.source, i.state, i.reason,
	i.created_at, i.created_by, i.published_at, i.withdrawn_at`

// placed is a piece with its cell.
type placed struct {
	Item
	Cell, Path string
}

const joined = ` FROM news_item i JOIN organization o ON o.root_id = i.root_id AND o.id = i.organization_id `

func inScope(ctx context.Context, q db.Q, sc access.Scope, id string) (placed, error) {
	args := []any{id}
	return db.One[placed](ctx, q, `SELECT `+columns+`, o.name AS cell, o.path`+joined+`WHERE i.id = $1 AND `+sc.Where("o", &args), args...)
}

// list returns the pieces of a scope, the newest first: all of the cells that the reader
// writes for, and of the others what was published.
func list(ctx context.Context, q db.Q, who access.Person, most int) ([]placed, error) {
	var args []any
	reads, writes := who.Scope(MayRead).Where("o", &args), who.Scope(MayWrite).Where("o", &args)
	args = append(args, most)
	return db.All[placed](ctx, q, `SELECT `+columns+`, o.name AS cell, o.path`+joined+`
		WHERE `+reads+` AND (i.state = 'published' OR `+writes+`) ORDER BY i.created_at DESC, i.id`+fmt.Sprintf(" LIMIT $%d", len(args)), args...)
}

// ofMeeting returns the piece about a meeting, and whether there is one.
func ofMeeting(ctx context.Context, q db.Q, root, meeting string) (Item, bool, error) {
	return db.Maybe[Item](ctx, q, `SELECT `+columns+` FROM news_item i WHERE i.root_id = $1 AND i.meeting_id = $2`, root, meeting)
}

// published returns the piece of a public address: not found unless it is published.
func published(ctx context.Context, q db.Q, code string) (Item, error) {
	return db.One[Item](ctx, q, `SELECT `+columns+` FROM news_item i WHERE i.code = $1 AND i.state = 'published'`, code)
}

func insert(ctx context.Context, tx *db.Tx, i Item) error { return db.Insert(ctx, tx, "news_item", i) }

// update writes i over the row that was read in the state was; a row that has moved on
// meanwhile is a conflict.
func update(ctx context.Context, tx *db.Tx, i Item, was State) error {
	n, err := db.Exec(ctx, tx, `UPDATE news_item SET title = $3, body = $4, source = $5, state = $6, reason = $7, published_at = $8, withdrawn_at = $9
		WHERE root_id = $1 AND id = $2 AND state = $10`,
		i.Root, i.ID, i.Title, i.Body, i.Source, i.State, i.Reason, i.PublishedAt, i.WithdrawnAt, was)
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "news.refused.meanwhile")
	}
	return err
}

const pictureColumns = `p.root_id, p.id, p.item_id, p.file_id, p.caption, p.nobody, p.added_at`

// Pictures returns the pictures of a piece with who is in each, in the order in which
// they were added.
func Pictures(ctx context.Context, q db.Q, root, item string) ([]Picture, error) {
	all, err := db.All[Picture](ctx, q, `SELECT `+pictureColumns+` FROM news_picture p WHERE p.root_id = $1 AND p.item_id = $2 ORDER BY p.added_at, p.id`, root, item)
	if err != nil {
		return nil, err
	}
	people, err := db.All[Person](ctx, q, `
		SELECT n.root_id, n.picture_id, n.member_id, n.answer, n.asked_at, n.answered_at
		FROM news_person n JOIN news_picture p ON p.root_id = n.root_id AND p.id = n.picture_id
		WHERE p.root_id = $1 AND p.item_id = $2 ORDER BY n.asked_at, n.member_id`, root, item)
	for _, one := range people {
		for n := range all {
			if all[n].ID == one.Picture {
				all[n].People = append(all[n].People, one)
			}
		}
	}
	return all, err
}

func insertPicture(ctx context.Context, tx *db.Tx, p Picture) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO news_picture (root_id, id, item_id, file_id, caption, nobody, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		p.Root, p.ID, p.Item, p.File, p.Caption, p.Nobody, p.AddedAt)
	return err
}

func updatePicture(ctx context.Context, tx *db.Tx, p Picture) error {
	_, err := db.Exec(ctx, tx, `UPDATE news_picture SET caption = $3, nobody = $4 WHERE root_id = $1 AND id = $2`, p.Root, p.ID, p.Caption, p.Nobody)
	return err
}

func deletePicture(ctx context.Context, tx *db.Tx, p Picture) error {
	if _, err := db.Exec(ctx, tx, `DELETE FROM news_person WHERE root_id = $1 AND picture_id = $2`, p.Root, p.ID); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx, `DELETE FROM news_picture WHERE root_id = $1 AND id = $2`, p.Root, p.ID)
	return err
}

func insertPerson(ctx context.Context, tx *db.Tx, p Person) error {
	return db.Insert(ctx, tx, "news_person", p)
}

func deletePerson(ctx context.Context, tx *db.Tx, p Person) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM news_person WHERE root_id = $1 AND picture_id = $2 AND member_id = $3`, p.Root, p.Picture, p.Member)
	return err
}

// asked is a picture in which somebody is, as they are asked about it.
type asked struct {
	Picture    string `db:"picture_id"`
	File       string `db:"file_id"`
	Caption    string
	Answer     Answer
	Item       string `db:"item_id"`
	Title      string
	State      State
	Cell       string
	AnsweredAt when.Instant
}

const askedText = `
	SELECT n.picture_id, p.file_id, p.caption, n.answer, i.id AS item_id, i.title, i.state, o.name AS cell, n.answered_at
	FROM news_person n
	JOIN news_picture p ON p.root_id = n.root_id AND p.id = n.picture_id
	JOIN news_item i ON i.root_id = p.root_id AND i.id = p.item_id
	JOIN organization o ON o.root_id = i.root_id AND o.id = i.organization_id
	WHERE n.root_id = $1 AND n.member_id = $2 `

// askedOf returns the pictures in which somebody is, those first that wait for an answer.
func askedOf(ctx context.Context, q db.Q, root, member string) ([]asked, error) {
	return db.All[asked](ctx, q, askedText+`ORDER BY CASE WHEN n.answer = '' THEN 0 ELSE 1 END, n.asked_at DESC, n.picture_id LIMIT 100`, root, member)
}

// askedAbout returns one of them.
func askedAbout(ctx context.Context, q db.Q, root, member, picture string) (asked, error) {
	return db.One[asked](ctx, q, askedText+`AND n.picture_id = $3`, root, member, picture)
}

func putAnswer(ctx context.Context, tx *db.Tx, root, picture, member string, a Answer, at when.Instant) error {
	_, err := db.Exec(ctx, tx, `UPDATE news_person SET answer = $4, answered_at = $5 WHERE root_id = $1 AND picture_id = $2 AND member_id = $3`, root, picture, member, a, at)
	return err
}

// countAsked counts the pictures about which somebody is asked and has not answered.
func countAsked(ctx context.Context, q db.Q, root, member string) (int, error) {
	return db.One[int](ctx, q, `SELECT count(*) FROM news_person WHERE root_id = $1 AND member_id = $2 AND answer = ''`, root, member)
}

// find returns a piece by its id, for actions that have checked who asks.
func find(ctx context.Context, q db.Q, root, id string) (Item, error) {
	return db.One[Item](ctx, q, `SELECT `+columns+` FROM news_item i WHERE i.root_id = $1 AND i.id = $2`, root, id)
}

// PublishedOf returns the pictures of the piece about a meeting that may be shown, and
// whether the piece is published: its page is open to everybody then.
func PublishedOf(ctx context.Context, q db.Q, root, meeting string) ([]Picture, bool, error) {
	i, is, err := ofMeeting(ctx, q, root, meeting)
	if err != nil || !is || i.State != Published {
		return nil, false, err
	}
	all, err := Pictures(ctx, q, root, i.ID)
	return slices.DeleteFunc(all, func(p Picture) bool { return p.Gap() != "" }), true, err
}
