// Package audit keeps what was done, by whom and when, in a chain that shows
// every gap.
//
// Each base organisation has one chain. An entry's hash covers the entry and the
// hash before it, so that an entry cannot be changed, dropped or slipped in
// without breaking all that follow; the table refuses changes besides
// (379-QĐ/TW, 22/10/2025, forbids changing or deleting system logs).
package audit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/when"
)

// Entry is one thing that was done.
type Entry struct {
	Root    string       `db:"root_id"`
	Seq     int64        // from 1, without gaps, per root
	At      when.Instant // server's clock; not before the entry before, see when.Instant.Behind
	Account string       `db:"account_id"`
	Member  string       `db:"member_id"`
	Action  string       // "meeting.noticed"
	Object  string       `db:"object_id"`
	Detail  string       // JSON; ids and figures, no personal data
	Hash    string       // hex SHA-256
}

// digest returns the hash of e after the entry whose hash is before. Every field
// is written with its length, so that no two entries read alike.
func (e Entry) digest(before string) string {
	all := make([]byte, 0, 512)
	for _, s := range []string{
		before, e.Root, strconv.FormatInt(e.Seq, 10), strconv.FormatInt(int64(e.At), 10),
		e.Account, e.Member, e.Action, e.Object, e.Detail,
	} {
		all = strconv.AppendInt(all, int64(len(s)), 10)
		all = append(append(append(all, ':'), s...), ',')
	}
	sum := sha256.Sum256(all)
	return hex.EncodeToString(sum[:])
}

// Log writes and checks the chains.
type Log struct {
	Now func() when.Instant
}

// Deed is something that was done, to be written down.
type Deed struct {
	Who            access.Person
	Root           string
	Action, Object string
	Detail         any // becomes JSON
}

// detail returns the Detail as JSON; what is done in somebody's place says whose: the ids
// of the members stand with it as "in_place_of".
func (d Deed) detail() ([]byte, error) {
	if len(d.Who.For) == 0 {
		return json.Marshal(d.Detail)
	}
	return json.Marshal(struct {
		InPlaceOf []string `json:"in_place_of"`
		Detail    any      `json:"detail,omitempty"`
	}{d.Who.For, d.Detail})
}

// Write adds an entry to the chain of root within tx. detail becomes JSON.
func (l Log) Write(ctx context.Context, tx *db.Tx, who access.Person, root, action, object string, detail any) error {
	return l.WriteAll(ctx, tx, []Deed{{who, root, action, object, detail}})
}

// WriteAll adds entries to their chains within tx, in the order given.
func (l Log) WriteAll(ctx context.Context, tx *db.Tx, deeds []Deed) error {
	ends, err := lock(ctx, tx, deeds)
	if err != nil {
		return err
	}
	entries, now := make([]Entry, len(deeds)), l.Now()
	for n, d := range deeds {
		text, err := d.detail()
		if err != nil {
			return fmt.Errorf("audit %s: %w", d.Action, err)
		}
		end := ends[d.Root]
		e := Entry{
			Root: d.Root, Seq: end.Seq + 1, At: now.Behind(end.At), Account: d.Who.Account, Member: d.Who.Member,
			Action: d.Action, Object: d.Object, Detail: string(text),
		}
		e.Hash = e.digest(end.Hash)
		end.Seq, end.Hash, end.At = e.Seq, e.Hash, e.At
		entries[n] = e
	}
	return add(ctx, tx, entries, ends)
}

// Look writes down that who has looked at an object: a record of a person, or a list in
// which people stand. The same look of the same account is written once a day.
func (l Log) Look(ctx context.Context, d *db.DB, who access.Person, root, action, object string) error {
	at := l.Now()
	seen, err := lookedSince(ctx, d, Entry{Root: root, Account: who.Account, Action: action, Object: object, At: at.Date().At(0, 0)})
	if err != nil || seen {
		return err
	}
	return l.Took(ctx, d, who, root, action, object)
}

// Took writes down that who takes away a list of people, or papers that tell of them: each time.
func (l Log) Took(ctx context.Context, d *db.DB, who access.Person, root, action, object string) error {
	return d.Tx(ctx, func(tx *db.Tx) error { return l.Write(ctx, tx, who, root, action, object, nil) })
}

// Broken says where a chain does not hold.
type Broken struct {
	Root string
	Seq  int64
	What string
}

func (b *Broken) Error() string {
	return fmt.Sprintf("audit chain of %s breaks at entry %d: %s", b.Root, b.Seq, b.What)
}

// Verify walks every chain and returns a *Broken for the first entry that does
// not hold.
func Verify(ctx context.Context, q db.Q) error {
	ends, err := Ends(ctx, q)
	if err != nil {
		return err
	}
	for _, h := range ends {
		if err := verifyChain(ctx, q, h); err != nil {
			return err
		}
	}
	return strays(ctx, q)
}

func verifyChain(ctx context.Context, q db.Q, end End) error {
	const page = 2000
	before := ""
	for seq := int64(1); seq <= end.Seq; {
		entries, err := from(ctx, q, end.Root, seq, page)
		if err != nil {
			return err
		}
		if len(entries) == 0 {
			return &Broken{end.Root, seq, "the entry is missing"}
		}
		for _, e := range entries {
			if e.Seq != seq {
				return &Broken{end.Root, seq, "the entry is missing"}
			}
			if e.Hash != e.digest(before) {
				return &Broken{end.Root, seq, "the entry was changed"}
			}
			before = e.Hash
			seq++
		}
	}
	if before != end.Hash {
		return &Broken{end.Root, end.Seq, "the head does not match the last entry"}
	}
	return nil
}

// Of returns the entries about an object, oldest first.
func Of(ctx context.Context, q db.Q, root, object string) ([]Entry, error) {
	return ofObject(ctx, q, root, object)
}

// Each calls f with every entry of an action, in the order of the chains, and ends with
// the first error.
func Each(ctx context.Context, q db.Q, action string, f func(Entry) error) error {
	const page = 500
	var last Entry
	for {
		entries, err := ofAction(ctx, q, action, last, page)
		if err != nil || len(entries) == 0 {
			return err
		}
		for _, last = range entries {
			if err := f(last); err != nil {
				return err
			}
		}
	}
}
