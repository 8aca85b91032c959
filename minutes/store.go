//go:build !js

package minutes

import (
	"context"

	"chibo/document"
	"chibo/kit/db"
	"chibo/kit/search"
	"chibo/kit/when"
)

const signatureColumns = `root_id, meeting_id, part, member_id, name, digest, signed_at, signed_by`

func signatures(ctx context.Context, q db.Q, root, meeting string) ([]Signature, error) {
	return db.All[Signature](ctx, q, `SELECT `+signatureColumns+` FROM minutes_signature WHERE root_id = $1 AND meeting_id = $2 ORDER BY part`, root, meeting)
}

// putSignature writes the signature of a part; a new one takes the place of an
// older one on another text.
func putSignature(ctx context.Context, tx *db.Tx, s Signature) error {
	_, err := db.Exec(ctx, tx, `
		INSERT INTO minutes_signature (`+signatureColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (root_id, meeting_id, part) DO UPDATE SET member_id = $4, name = $5, digest = $6, signed_at = $7, signed_by = $8`,
		s.Root, s.Meeting, s.Part, s.Member, s.Name, s.Digest, s.At, s.By)
	return err
}

// numberRow is a number reserved for a paper of a meeting.
type numberRow struct {
	Root    string `db:"root_id"`
	Meeting string `db:"meeting_id"`
	Kind    document.Kind
	Term    string `db:"term_id"`
	N       int
	Symbol  string
}

func (r numberRow) String() string { return document.Number{N: r.N, Symbol: r.Symbol}.String() }

func reserved(ctx context.Context, q db.Q, root, meeting string, kind document.Kind) (numberRow, bool, error) {
	return db.Maybe[numberRow](ctx, q, `
		SELECT root_id, meeting_id, kind, term_id, n, symbol FROM minutes_number
		WHERE root_id = $1 AND meeting_id = $2 AND kind = $3`, root, meeting, kind)
}

func insertReserved(ctx context.Context, tx *db.Tx, r numberRow) error {
	return db.Insert(ctx, tx, "minutes_number", r)
}

// Seal is a sealed record: N is 0 for the minutes and counts their additions
// from 1. Record is the canonical text of a Sealed or a SealedAddition, Hash its
// SHA-256, Code the check code printed on paper.
type Seal struct {
	Root         string `db:"root_id"`
	ID           string
	Organization string `db:"organization_id"`
	Meeting      string `db:"meeting_id"`
	N            int
	Code         string
	Hash         string
	Record       string
	At           when.Instant `db:"sealed_at"`
	By           string       `db:"sealed_by"` // member
}

const sealColumns = `root_id, id, organization_id, meeting_id, n, code, hash, record, sealed_at, sealed_by`

// Seals returns the seals of a meeting: the minutes, then their additions.
func Seals(ctx context.Context, q db.Q, root, meeting string) ([]Seal, error) {
	return db.All[Seal](ctx, q, `SELECT `+sealColumns+` FROM seal WHERE root_id = $1 AND meeting_id = $2 ORDER BY n`, root, meeting)
}

func findSeal(ctx context.Context, q db.Q, root, id string) (Seal, error) {
	return db.One[Seal](ctx, q, `SELECT `+sealColumns+` FROM seal WHERE root_id = $1 AND id = $2`, root, id)
}

func insertSeal(ctx context.Context, tx *db.Tx, s Seal) error { return db.Insert(ctx, tx, "seal", s) }

// sealKey names one seal.
type sealKey struct {
	Root string `db:"root_id"`
	ID   string
}

// sealsAfter returns the next seals of the whole program in a fixed order.
func sealsAfter(ctx context.Context, q db.Q, last sealKey, most int) ([]sealKey, error) {
	return db.All[sealKey](ctx, q, `
		SELECT root_id, id FROM seal WHERE root_id > $1 OR root_id = $1 AND id > $2 ORDER BY root_id, id LIMIT $3`, last.Root, last.ID, most)
}

// File is one paper of a seal as it was made, byte for byte.
type File struct {
	Root  string `db:"root_id"`
	Seal  string `db:"seal_id"`
	Paper Paper
	Form  Form
	Name  string // sorts by day
	Hash  string
	Data  []byte
}

const fileColumns = `root_id, seal_id, paper, form, name, hash, data`

func insertFile(ctx context.Context, tx *db.Tx, f File) error {
	return db.Insert(ctx, tx, "seal_file", f)
}

func filesOf(ctx context.Context, q db.Q, root, seal string) ([]File, error) {
	return db.All[File](ctx, q, `SELECT `+fileColumns+` FROM seal_file WHERE root_id = $1 AND seal_id = $2 ORDER BY paper, form`, root, seal)
}

func findFile(ctx context.Context, q db.Q, root, seal string, p Paper, f Form) (File, error) {
	return db.One[File](ctx, q, `SELECT `+fileColumns+` FROM seal_file WHERE root_id = $1 AND seal_id = $2 AND paper = $3 AND form = $4`, root, seal, p, f)
}

// filesOfYear returns every sealed paper of a cell whose meeting was held between
// two days, in the order of their names.
func filesOfYear(ctx context.Context, q db.Q, root, organization string, first, last when.Date) ([]File, error) {
	return db.All[File](ctx, q, `
		SELECT f.root_id, f.seal_id, f.paper, f.form, f.name, f.hash, f.data FROM seal_file f
		JOIN seal s ON s.root_id = f.root_id AND s.id = f.seal_id
		JOIN minutes_entry e ON e.root_id = s.root_id AND e.meeting_id = s.meeting_id
		WHERE e.root_id = $1 AND e.organization_id = $2 AND e.day >= $3 AND e.day <= $4
		ORDER BY f.name`, root, organization, first, last)
}

// codeRow ties a check code to its seal. It has no root first: the code is all
// that a stranger has.
type codeRow struct {
	Code string
	Root string       `db:"root_id"`
	Seal string       `db:"seal_id"`
	At   when.Instant `db:"sealed_at"`
}

func insertCode(ctx context.Context, tx *db.Tx, c codeRow) error {
	return db.Insert(ctx, tx, "check_code", c)
}

func findCode(ctx context.Context, q db.Q, code string) (codeRow, bool, error) {
	return db.Maybe[codeRow](ctx, q, `SELECT code, root_id, seal_id, sealed_at FROM check_code WHERE code = $1`, code)
}

// lostSeal returns a check code whose seal is gone.
func lostSeal(ctx context.Context, q db.Q) (codeRow, bool, error) {
	return db.Maybe[codeRow](ctx, q, `
		SELECT c.code, c.root_id, c.seal_id, c.sealed_at FROM check_code c
		LEFT JOIN seal s ON s.root_id = c.root_id AND s.id = c.seal_id
		WHERE s.id IS NULL ORDER BY c.code LIMIT 1`)
}

// hashesOf returns the SHA-256 of the papers of a seal.
func hashesOf(ctx context.Context, q db.Q, root, seal string) ([]string, error) {
	return db.All[string](ctx, q, `SELECT hash FROM seal_file WHERE root_id = $1 AND seal_id = $2`, root, seal)
}

// Entry is a line of the register of minutes and resolutions.
type Entry struct {
	Root         string `db:"root_id"`
	Meeting      string `db:"meeting_id"`
	Organization string `db:"organization_id"`
	Day          when.Date
	Title        string
	Number       string
	Second       string
	SecondKind   document.Kind
	SealedAt     when.Instant
}

// entryRow is an Entry with the text that is searched.
type entryRow struct {
	Entry
	Folded string
}

func insertEntry(ctx context.Context, tx *db.Tx, e entryRow) error {
	return db.Insert(ctx, tx, "minutes_entry", e)
}

// entries returns the sealed meetings of a cell between two days whose papers
// have a word that begins with each of words, newest first.
func entries(ctx context.Context, q db.Q, root, organization string, first, last when.Date, words []string) ([]Entry, error) {
	query := `
		SELECT root_id, meeting_id, organization_id, day, title, number, second, second_kind, sealed_at FROM minutes_entry
		WHERE root_id = $1 AND organization_id = $2 AND day >= $3 AND day <= $4`
	args := []any{root, organization, first, last}
	if len(words) > 0 {
		query += ` AND ` + search.Where("folded", words, &args)
	}
	return db.All[Entry](ctx, q, query+` ORDER BY day DESC, meeting_id DESC`, args...)
}

// years returns the years in which a cell has sealed minutes, newest first.
func years(ctx context.Context, q db.Q, root, organization string) ([]string, error) {
	return db.All[string](ctx, q, `
		SELECT DISTINCT SUBSTR(day, 1, 4) AS year FROM minutes_entry WHERE root_id = $1 AND organization_id = $2 ORDER BY year DESC`, root, organization)
}
