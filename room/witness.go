//go:build !js

package room

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
)

// An act says by itself who has written it, when and on what device, and its row never
// changes. What the audit chain adds is the proof: one entry for all acts that a
// transaction has brought to the meetings of a base organisation, with their sum.

// actionActs is the entry in the audit chain that bears witness to acts.
const actionActs = "room.acts"

// witness is what that entry tells.
type witness struct {
	Acts []span `json:"acts"`
	Sum  string `json:"sum"` // hex SHA-256 of the acts in this order
}

// span is acts of one meeting that follow each other.
type span struct {
	Meeting string `json:"meeting"`
	First   int64  `json:"first"`
	Last    int64  `json:"last"`
}

// written is an act that is to be entered.
type written struct {
	row
	who access.Person
}

// enter puts acts away within tx, and their witnesses.
func (s *Service) enter(ctx context.Context, tx *db.Tx, all []written) error {
	if len(all) == 0 {
		return nil
	}
	slices.SortFunc(all, func(a, b written) int {
		return cmp.Or(cmp.Compare(a.Root, b.Root), cmp.Compare(a.Meeting, b.Meeting), cmp.Compare(a.Seq, b.Seq))
	})
	acts := make([]row, len(all))
	for n, w := range all {
		acts[n] = w.row
	}
	if err := insertAll(ctx, tx, acts); err != nil {
		return err
	}
	return s.Audit.WriteAll(ctx, tx, witnesses(all))
}

// witnesses returns one deed for each base organisation, of nobody where several have
// written. What is done in the place of others stands apart, for its deed says in whose.
func witnesses(all []written) (deeds []audit.Deed) {
	known := map[string]int{} // base organisation, and in whose place → deed
	var acts [][]row
	for _, w := range all {
		key := w.Root
		if len(w.who.For) > 0 {
			key += " " + w.who.Account + " " + strings.Join(w.who.For, " ")
		}
		n, found := known[key]
		if !found {
			n, known[key] = len(deeds), len(deeds)
			deeds, acts = append(deeds, audit.Deed{Who: w.who, Root: w.Root, Action: actionActs}), append(acts, nil)
		}
		if deeds[n].Who.Account != w.who.Account {
			deeds[n].Who = access.Person{}
		}
		acts[n] = append(acts[n], w.row)
	}
	for n := range deeds {
		deeds[n].Detail = witnessOf(acts[n])
	}
	return deeds
}

// witnessOf bears witness to acts in the order of their meetings and numbers.
func witnessOf(acts []row) witness {
	w := witness{Sum: sumOf(acts)}
	for _, a := range acts {
		if last := len(w.Acts) - 1; last >= 0 && w.Acts[last].Meeting == a.Meeting && w.Acts[last].Last == a.Seq-1 {
			w.Acts[last].Last = a.Seq
			continue
		}
		w.Acts = append(w.Acts, span{a.Meeting, a.Seq, a.Seq})
	}
	return w
}

// sumOf returns the hex SHA-256 of acts. Every field is written with its length, so that
// no two lists read alike.
func sumOf(acts []row) string {
	all := make([]byte, 0, 512*len(acts))
	for _, a := range acts {
		for _, s := range []string{a.Meeting, a.ID, string(a.Kind), a.By, a.Body, string(a.Via), a.Device} {
			all = strconv.AppendInt(all, int64(len(s)), 10)
			all = append(append(append(all, ':'), s...), ',')
		}
		for _, n := range []int64{a.Seq, int64(a.At), int64(a.Received), a.Seen} {
			all = append(strconv.AppendInt(all, n, 10), ',')
		}
	}
	sum := sha256.Sum256(all)
	return hex.EncodeToString(sum[:])
}

// Broken says which acts are not those that were written.
type Broken struct {
	Root string
	Seq  int64 // of the entry in the audit chain
}

func (b *Broken) Error() string {
	return fmt.Sprintf("acts of %s are not those to which entry %d of the audit chain bears witness", b.Root, b.Seq)
}

// Verify compares the acts of all meetings with the entries of the audit chain that bear
// witness to them, and returns a *Broken for the first that does not agree. The chain
// itself is checked by audit.Verify.
func Verify(ctx context.Context, q db.Q) error {
	return audit.Each(ctx, q, actionActs, func(e audit.Entry) error {
		var d struct {
			witness
			Detail *witness `json:"detail"` // of what was done in the place of others
		}
		if err := json.Unmarshal([]byte(e.Detail), &d); err != nil {
			return &Broken{e.Root, e.Seq}
		}
		w := d.witness
		if d.Detail != nil {
			w = *d.Detail
		}
		if w.Sum == "" {
			return nil // entries before there were sums named the acts only
		}
		var acts []row
		for _, s := range w.Acts {
			more, err := between(ctx, q, e.Root, s)
			if err != nil {
				return err
			}
			acts = append(acts, more...)
		}
		if sumOf(acts) != w.Sum {
			return &Broken{e.Root, e.Seq}
		}
		return nil
	})
}
