package member

import (
	"context"
	"slices"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/organization"
)

const columns = `m.root_id, m.id, m.organization_id, m.full_name, m.name_key, m.folded, m.sex, m.born_on, m.born_known, m.ethnicity, m.hometown,
	m.card_number, m.citizen_id, m.phone, m.email, m.admitted_on, m.admitted_known, m.official_on, m.official_known,
	m.education, m.theory, m.position, m.workplace, m.residence, m.party_group, m.field, m.area, m.note`

// Roll returns the people on the roll of a cell on day, in the order of their
// given names.
func Roll(ctx context.Context, q db.Q, root, organization string, day when.Date) ([]Entry, error) {
	all, err := everyoneOn(ctx, q, root, organization, day)
	var listed []Entry
	for _, e := range all {
		if e.Standing.Listed() {
			listed = append(listed, e)
		}
	}
	return listed, err
}

// everyoneOn returns all who stand in a cell on day, those who have left too.
func everyoneOn(ctx context.Context, q db.Q, root, organization string, day when.Date) ([]Entry, error) {
	return db.All[Entry](ctx, q, `
		SELECT `+columns+`, s.standing, s.from_on AS since
		FROM member_standing s JOIN member m ON m.root_id = s.root_id AND m.id = s.member_id
		WHERE s.root_id = $1 AND s.organization_id = $2`+latest+`
		ORDER BY m.name_key, m.born_on, m.id`, root, organization, day)
}

// JoinedOn returns since when those on the roll of a cell on day have been on it
// without a break, by id.
func JoinedOn(ctx context.Context, q db.Q, root, organization string, day when.Date) (map[string]when.Date, error) {
	records, err := db.All[Record](ctx, q, `
		SELECT `+recordColumns+` FROM member_standing s
		WHERE s.root_id = $1 AND s.organization_id = $2 AND s.from_on <= $3 ORDER BY s.member_id, s.from_on`, root, organization, day)
	joined := map[string]when.Date{}
	for _, r := range records {
		_, there := joined[r.Member]
		switch {
		case !r.Standing.Listed():
			delete(joined, r.Member)
		case !there:
			joined[r.Member] = r.From
		}
	}
	return joined, err
}

// Listed is who stands on a roll, with the numbers by which a person is known.
type Listed struct {
	ID, CardNumber, Phone string
	Standing              Standing
}

// ListOn returns the roll of a cell on day in no order.
func ListOn(ctx context.Context, q db.Q, root, organization string, day when.Date) ([]Listed, error) {
	all, err := db.All[Listed](ctx, q, `
		SELECT m.id, m.card_number, m.phone, s.standing
		FROM member_standing s JOIN member m ON m.root_id = s.root_id AND m.id = s.member_id
		WHERE s.root_id = $1 AND s.organization_id = $2`+latest, root, organization, day)
	return slices.DeleteFunc(all, func(l Listed) bool { return !l.Standing.Listed() }), err
}

// latest are the standings of a cell that hold on day $3.
const latest = `
			AND s.from_on = (SELECT max(l.from_on) FROM member_standing l
				WHERE l.root_id = s.root_id AND l.organization_id = s.organization_id AND l.member_id = s.member_id AND l.from_on <= $3)`

// EntryOn returns one person of the roll of a cell on day; false for somebody who does
// not stand on it.
func EntryOn(ctx context.Context, q db.Q, root, organization, id string, day when.Date) (Entry, bool, error) {
	e, found, err := db.Maybe[Entry](ctx, q, `
		SELECT `+columns+`, s.standing, s.from_on AS since
		FROM member_standing s JOIN member m ON m.root_id = s.root_id AND m.id = s.member_id
		WHERE s.root_id = $1 AND s.organization_id = $2 AND s.member_id = $3 AND s.from_on <= $4
		ORDER BY s.from_on DESC LIMIT 1`, root, organization, id, day)
	return e, found && e.Standing.Listed(), err
}

// Find returns a person by id, whoever asks: for features that have checked their
// own scope.
func Find(ctx context.Context, q db.Q, root, id string) (Member, error) {
	return db.One[Member](ctx, q, `SELECT `+columns+` FROM member m WHERE m.root_id = $1 AND m.id = $2`, root, id)
}

// Names returns the full names of people by id: of those on the rolls of root and
// of those of other base organisations who hold an office in its units, such as
// the superior who follows a cell. Ids of nobody are left out; empty ones and those
// that come twice do no harm.
func Names(ctx context.Context, q db.Q, root string, ids ...string) (map[string]string, error) {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	if len(ids) > 0 && ids[0] == "" {
		ids = ids[1:]
	}
	names := make(map[string]string, len(ids))
	if len(ids) == 0 {
		return names, nil
	}
	args := []any{root}
	rows, err := db.All[struct{ ID, FullName string }](ctx, q, `
		SELECT m.id, m.full_name FROM member m
		WHERE m.id IN `+db.In(&args, ids...)+`
			AND (m.root_id = $1 OR EXISTS (SELECT 1 FROM organization_office f WHERE f.root_id = $1 AND f.member_id = m.id))`, args...)
	for _, r := range rows {
		names[r.ID] = r.FullName
	}
	return names, err
}

// inScope returns a person who stands, or has stood, in a cell of the scope.
func inScope(ctx context.Context, q db.Q, sc access.Scope, id string) (Member, error) {
	args := []any{id}
	return db.One[Member](ctx, q, `
		SELECT `+columns+` FROM member m
		WHERE m.id = $1 AND EXISTS (
			SELECT 1 FROM member_standing s JOIN organization o ON o.root_id = s.root_id AND o.id = s.organization_id
			WHERE s.root_id = m.root_id AND s.member_id = m.id AND `+sc.Where("o", &args)+`)`, args...)
}

func insert(ctx context.Context, q db.Q, m Member) error {
	return taken(db.Insert(ctx, q, "member", m))
}

// newcomers are people who enter a roll together with their first records.
type newcomers struct{ people, records db.Rows }

func newcomersOf(people []Member, records []Record) (n newcomers, err error) {
	if n.people, err = db.RowsOf("member", people, "root_id", "organization_id"); err == nil {
		n.records, err = db.RowsOf("member_standing", records, "root_id", "organization_id", "note", "recorded_at", "recorded_by")
	}
	return n, err
}

func (n newcomers) insert(ctx context.Context, q db.Q) error {
	if err := n.people.Insert(ctx, q); err != nil {
		return taken(err)
	}
	return n.records.Insert(ctx, q)
}

func update(ctx context.Context, q db.Q, m Member) error {
	_, err := db.Exec(ctx, q, `
		UPDATE member SET organization_id = $3, full_name = $4, name_key = $5, folded = $6, sex = $7, born_on = $8, born_known = $9,
			ethnicity = $10, hometown = $11, card_number = $12, citizen_id = $13, phone = $14, email = $15,
			admitted_on = $16, admitted_known = $17, official_on = $18, official_known = $19, education = $20, theory = $21,
			position = $22, workplace = $23, residence = $24, field = $25, area = $26, note = $27, party_group = $28
		WHERE root_id = $1 AND id = $2`,
		m.Root, m.ID, m.Organization, m.FullName, m.NameKey, m.Folded, m.Sex, m.BornOn, m.BornKnown,
		m.Ethnicity, m.Hometown, m.CardNumber, m.CitizenID, m.Phone, m.Email,
		m.AdmittedOn, m.AdmittedKnown, m.OfficialOn, m.OfficialKnown, m.Education, m.Theory,
		m.Position, m.Workplace, m.Residence, m.Field, m.Area, m.Note, m.Group)
	return taken(err)
}

// taken says in words that another person has the card already.
func taken(err error) error {
	if db.IsUnique(err) {
		return &fault.Error{Kind: fault.Invalid, Key: "fault.form", Fields: map[string]string{"card_number": "member.problem.card_taken"}}
	}
	return err
}

const recordColumns = `s.root_id, s.organization_id, s.member_id, s.from_on, s.standing, s.note, s.recorded_at, s.recorded_by`

// Records returns how a person has stood in a cell, newest first.
func Records(ctx context.Context, q db.Q, root, organization, member string) ([]Record, error) {
	return db.All[Record](ctx, q, `
		SELECT `+recordColumns+` FROM member_standing s
		WHERE s.root_id = $1 AND s.organization_id = $2 AND s.member_id = $3 ORDER BY s.from_on DESC`, root, organization, member)
}

// recordsOf returns how a person has stood in the cells of a scope, newest first.
func recordsOf(ctx context.Context, q db.Q, sc access.Scope, root, member string) ([]Record, error) {
	args := []any{root, member}
	return db.All[Record](ctx, q, `
		SELECT `+recordColumns+` FROM member_standing s JOIN organization o ON o.root_id = s.root_id AND o.id = s.organization_id
		WHERE s.root_id = $1 AND s.member_id = $2 AND `+sc.Where("o", &args)+` ORDER BY s.from_on DESC, o.path`, args...)
}

// putRecord writes a record in place of one of the same day.
func putRecord(ctx context.Context, q db.Q, r Record) error {
	_, err := db.Exec(ctx, q, `
		INSERT INTO member_standing (root_id, organization_id, member_id, from_on, standing, note, recorded_at, recorded_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (root_id, organization_id, member_id, from_on)
		DO UPDATE SET standing = excluded.standing, note = excluded.note, recorded_at = excluded.recorded_at, recorded_by = excluded.recorded_by`,
		r.Root, r.Organization, r.Member, r.From, r.Standing, r.Note, r.RecordedAt, r.RecordedBy)
	return err
}

// knownFor returns those with whom a sheet for a cell is compared: everybody who stands or has
// stood in the cell, with their records there, and those of other cells of the base organisation
// who have one of the cards.
func knownFor(ctx context.Context, q db.Q, root, organization string, roll SheetRoll) ([]Known, error) {
	people, err := db.All[Member](ctx, q, `
		SELECT `+columns+` FROM member m
		WHERE m.root_id = $1 AND m.id IN (SELECT s.member_id FROM member_standing s WHERE s.root_id = $1 AND s.organization_id = $2)
		ORDER BY m.name_key, m.id`, root, organization)
	if err != nil {
		return nil, err
	}
	records, err := db.All[Record](ctx, q, `
		SELECT `+recordColumns+` FROM member_standing s WHERE s.root_id = $1 AND s.organization_id = $2`, root, organization)
	if err != nil {
		return nil, err
	}
	of := map[string][]Record{}
	for _, r := range records {
		of[r.Member] = append(of[r.Member], r)
	}
	known, here := make([]Known, 0, len(people)), map[string]bool{}
	for _, m := range people {
		known, here[m.CardNumber] = append(known, Known{Member: m, Records: of[m.ID]}), true
	}
	cards := slices.DeleteFunc(roll.Cards(), func(card string) bool { return here[card] }) // no two have one card
	for some := range db.Pieces(cards) {
		args := []any{root}
		elsewhere, err := db.All[Member](ctx, q, `
			SELECT `+columns+` FROM member m WHERE m.root_id = $1 AND m.card_number <> '' AND m.card_number IN `+db.In(&args, some...), args...)
		if err != nil {
			return nil, err
		}
		for _, m := range elsewhere {
			known = append(known, Known{Member: m})
		}
	}
	for some := range db.Pieces(roll.births()) {
		args := []any{root, organization}
		elsewhere, err := db.All[Member](ctx, q, `
			SELECT `+columns+` FROM member m WHERE m.root_id = $1 AND m.organization_id <> $2 AND m.born_on IN `+db.In(&args, some...)+`
			AND m.id NOT IN (SELECT s.member_id FROM member_standing s WHERE s.root_id = $1 AND s.organization_id = $2)`, args...)
		if err != nil {
			return nil, err
		}
		for _, m := range elsewhere {
			known = append(known, Known{Member: m})
		}
	}
	return known, nil
}

// cellNames returns the names of the cells of a base organisation.
func cellNames(ctx context.Context, q db.Q, root string) ([]string, error) {
	return db.All[string](ctx, q, `SELECT name FROM organization WHERE root_id = $1 AND level = 'cell' AND closed_on = '' ORDER BY name`, root)
}

// unitsIn returns the cells of a base organisation within a scope that still exist, in the order of the tree.
func unitsIn(ctx context.Context, q db.Q, sc access.Scope, root string) ([]Unit, error) {
	args := []any{root}
	where := sc.Where("o", &args)
	return db.All[Unit](ctx, q, `SELECT o.id, o.name FROM organization o WHERE o.root_id = $1 AND o.level = 'cell' AND o.closed_on = '' AND `+where+` ORDER BY o.path`, args...)
}

// holds reports whether what is stored of those who stand or have stood in a cell is just what
// facts say: see factsOf. One text a row is read in a fifth of the time that its columns take.
func holds(ctx context.Context, q db.Q, root, organization string, facts map[string]bool) (bool, error) {
	rows := 0
	for _, query := range []string{
		`SELECT concat_ws($1, ` + columns + `) FROM member m
		WHERE m.root_id = $2 AND m.id IN (SELECT s.member_id FROM member_standing s WHERE s.root_id = $2 AND s.organization_id = $3)`,
		`SELECT concat_ws($1, ` + recordColumns + `) FROM member_standing s WHERE s.root_id = $2 AND s.organization_id = $3`,
	} {
		all, err := db.All[string](ctx, q, query, apartBy, root, organization)
		if err != nil {
			return false, err
		}
		for _, text := range all {
			if !facts[text] {
				return false, nil
			}
		}
		rows += len(all)
	}
	return rows == len(facts), nil
}

const awardColumns = `root_id, id, member_id, given_on, title, giver`

func awards(ctx context.Context, q db.Q, root, member string) ([]Award, error) {
	return db.All[Award](ctx, q, `
		SELECT `+awardColumns+` FROM member_award WHERE root_id = $1 AND member_id = $2 ORDER BY given_on DESC, id`, root, member)
}

// AwardsIn returns the awards of those whose official cell is the given one, the last
// first.
func AwardsIn(ctx context.Context, q db.Q, root, organization string) ([]Award, error) {
	return db.All[Award](ctx, q, `
		SELECT a.root_id, a.id, a.member_id, a.given_on, a.title, a.giver FROM member_award a
		JOIN member m ON m.root_id = a.root_id AND m.id = a.member_id
		WHERE a.root_id = $1 AND m.organization_id = $2 ORDER BY a.given_on DESC, a.id`, root, organization)
}

func insertAward(ctx context.Context, q db.Q, a Award) error {
	return db.Insert(ctx, q, "member_award", a)
}

func deleteAward(ctx context.Context, q db.Q, root, member, id string) (int64, error) {
	return db.Exec(ctx, q, `DELETE FROM member_award WHERE root_id = $1 AND member_id = $2 AND id = $3`, root, member, id)
}

// draft is an upload that waits for its confirmation.
type draft struct {
	Root         string `db:"root_id"`
	ID           string
	Organization string `db:"organization_id"`
	Account      string `db:"account_id"`
	Name         string // of the file, as the person's device calls it
	Hash         string // SHA-256 of the file in hexadecimal
	Data         string // the file in base64, empty once applied
	UploadedAt   when.Instant
	AppliedAt    when.Instant
	Report       string // JSON of a Report, empty before
	upload       string // the id of the upload of which it is a part that waits, else empty
}

func insertDraft(ctx context.Context, q db.Q, d draft) error {
	return db.Insert(ctx, q, "member_import", d)
}

// draftOf returns a draft that account has uploaded: one that waits still must not be older
// than since.
func draftOf(ctx context.Context, q db.Q, account, id string, since when.Instant) (draft, error) {
	return db.One[draft](ctx, q, `
		SELECT root_id, id, organization_id, account_id, name, hash, data, uploaded_at, applied_at, report
		FROM member_import WHERE id = $1 AND account_id = $2 AND (applied_at > 0 OR uploaded_at >= $3)`, id, account, since)
}

// applyDraft keeps the report and lets the file go. It returns 0 when the draft
// was applied before.
func applyDraft(ctx context.Context, q db.Q, d draft) (int64, error) {
	return db.Exec(ctx, q, `
		UPDATE member_import SET applied_at = $3, report = $4, data = '' WHERE root_id = $1 AND id = $2 AND applied_at = 0`,
		d.Root, d.ID, d.AppliedAt, d.Report)
}

// keepReport applies a draft. That of a part is stored now, without the file, which stays with its upload; 0 when it
// was stored before.
func keepReport(ctx context.Context, q db.Q, d draft) (int64, error) {
	if d.upload == "" {
		return applyDraft(ctx, q, d)
	}
	return db.Exec(ctx, q, `
		INSERT INTO member_import (root_id, id, organization_id, account_id, name, hash, data, uploaded_at, applied_at, report)
		VALUES ($1, $2, $3, $4, $5, $6, '', $7, $8, $9) ON CONFLICT (root_id, id) DO NOTHING`,
		d.Root, d.ID, d.Organization, d.Account, d.Name, d.Hash, d.UploadedAt, d.AppliedAt, d.Report)
}

// dropDrafts deletes drafts of before that were not confirmed, with the personal
// data in them.
func dropDrafts(ctx context.Context, q db.Q, before when.Instant) error {
	_, err := db.Exec(ctx, q, `DELETE FROM member_import WHERE applied_at = 0 AND uploaded_at < $1`, before)
	return err
}

// People returns those on the rolls of a scope on day, in the order of given
// names, as those who may be given an office.
func People(ctx context.Context, q db.Q, sc access.Scope, day when.Date) ([]organization.Person, error) {
	args := []any{day}
	rows, err := db.All[struct {
		ID, FullName, Unit string
		Standing           Standing
	}](ctx, q, `
		SELECT m.id, m.full_name, o.name AS unit, s.standing
		FROM member_standing s
		JOIN member m ON m.root_id = s.root_id AND m.id = s.member_id
		JOIN organization o ON o.root_id = s.root_id AND o.id = s.organization_id
		WHERE s.from_on = (SELECT max(l.from_on) FROM member_standing l
			WHERE l.root_id = s.root_id AND l.organization_id = s.organization_id AND l.member_id = s.member_id AND l.from_on <= $1)
			AND `+sc.Where("o", &args)+` ORDER BY m.name_key, m.id`, args...)
	var people []organization.Person
	for _, r := range rows {
		if r.Standing.HeadCount() {
			people = append(people, organization.Person{ID: r.ID, Name: r.FullName, Unit: r.Unit})
		}
	}
	return people, err
}
