package ballot_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"chibo/ballot"
	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/id"
	"chibo/kit/when"
)

// hall is a cell with people who may vote, and polls held in it.
type hall struct {
	*ballot.Service
	root, cell string
	vault      string // directory
}

var now = when.Date{Year: 2026, Month: time.December, Day: 3}.At(20, 0)

// newHall makes a cell whose rule allows secret votes by phone.
func newHall(t testing.TB, d *db.DB) hall {
	t.Helper()
	h := hall{root: id.New(), vault: filepath.Join(t.TempDir(), "vault")}
	h.cell = h.root
	h.Service = serviceOn(t, d, h.vault)
	h.tx(t, func(ctx context.Context, tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `INSERT INTO organization (root_id, id, path, level, name) VALUES ($1, $1, $2, 'base_committee', 'Chi bộ thử')`, h.root, "/"+h.root+"/")
		return err
	})
	h.settle(t, true, false)
	return h
}

func serviceOn(t testing.TB, d *db.DB, vault string) *ballot.Service {
	t.Helper()
	v, err := ballot.OpenVault(vault)
	if err != nil {
		t.Fatal(err)
	}
	return &ballot.Service{DB: d, Now: now.Time, Audit: audit.Log{Now: func() when.Instant { return now }}, Vault: v}
}

// settle says what the rule of the cell is.
func (h hall) settle(t testing.TB, sealed, fewShown bool) {
	t.Helper()
	h.tx(t, func(ctx context.Context, tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `DELETE FROM organization_settings WHERE root_id = $1`, h.root); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, `
			INSERT INTO organization_settings (root_id, organization_id, from_on, meeting_day, day_rule, notice_days, document_days, filing_days, min_minutes,
				sealed_votes, sealed_votes_source, few_votes_shown)
			VALUES ($1, $2, '2026-01-01', 3, 'keep', 3, 1, 2, 90, $3, 'Quy chế', $4)`, h.root, h.cell, sealed, fewShown)
		return err
	})
}

func (h hall) tx(t testing.TB, f func(context.Context, *db.Tx) error) {
	t.Helper()
	if err := h.try(f); err != nil {
		t.Fatal(err)
	}
}

func (h hall) try(f func(context.Context, *db.Tx) error) error {
	ctx := context.Background()
	return h.DB.Tx(ctx, func(tx *db.Tx) error { return f(ctx, tx) })
}

// people returns the ids of n members.
func people(n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = fmt.Sprintf("m%03d", i)
	}
	return ids
}

// yesNo is a poll with two answers of equal length.
func (h hall) yesNo(secret bool, entitled ...string) ballot.Poll {
	return ballot.Poll{
		Root: h.root, Meeting: "evening", ID: id.New(), Organization: h.cell, Question: "Thông qua nghị quyết?", Secret: secret,
		Options: []ballot.Option{{ID: "aye", Text: "Tán thành"}, {ID: "nay", Text: "Không tán thành"}}, Choose: 1, Entitled: entitled,
	}
}

func (h hall) open(t testing.TB, p ballot.Poll) ballot.Poll {
	t.Helper()
	h.tx(t, func(ctx context.Context, tx *db.Tx) error { return h.Open(ctx, tx, p) })
	return p
}

func (h hall) cast(member string, p ballot.Poll, choices ...string) error {
	return h.Cast(context.Background(), h.person(member), p.ID, choices)
}

func (h hall) person(member string) access.Person {
	return access.Person{Account: "a-" + member, Member: member, Root: h.root}
}

func (h hall) close(p ballot.Poll) (tally ballot.Tally, err error) {
	err = h.try(func(ctx context.Context, tx *db.Tx) error {
		tally, err = h.Close(ctx, tx, p.Root, p.ID)
		return err
	})
	return tally, err
}
