package main

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// turn is an entry of a log from which on another key signs its ends: one that the key before
// it has introduced, or one that was found in the place of a lost one.
type turn struct {
	seq      int64
	old, key string // old is empty where the key was found
}

// turns are those of every log, in their order.
type turns map[string][]turn

// readTurns reads CHIBO/KEY/1:OLD:NEW:AT:BY-OLD:BY-NEW of every log; both keys have signed all
// up to AT. Each key must have been introduced by the one that signed before it.
func readTurns(d *sql.DB) (turns, error) {
	all := turns{}
	return all, each(d, func(row []string) error {
		root, before := row[0], all[row[0]]
		seq, err := strconv.ParseInt(row[1], 10, 64)
		var detail struct{ Introduction, Key string }
		if err != nil || json.Unmarshal([]byte(row[2]), &detail) != nil {
			return found("entry %s of the log of %s cannot be read", row[1], root)
		}
		next := turn{seq: seq, key: detail.Key}
		if detail.Introduction != "" {
			words := strings.Split(detail.Introduction, ":")
			if len(words) != 6 || words[0] != "CHIBO/KEY/1" || words[1] == words[2] {
				return found("entry %d of the log of %s is no introduction of a key", seq, root)
			}
			text := strings.Join(words[:4], ":")
			if !signed(words[1], text, words[4]) || !signed(words[2], text, words[5]) {
				return found("the introduction of a key in entry %d of the log of %s bears a signature that does not hold", seq, root)
			}
			next.old, next.key = words[1], words[2]
			if len(before) > 0 && before[len(before)-1].key != next.old {
				return found("the key of entry %d of the log of %s was introduced by one that did not sign then", seq, root)
			}
		}
		all[root] = append(before, next)
		return nil
	}, `SELECT root_id, seq, detail FROM audit WHERE object_id = 'signing.key' ORDER BY root_id, seq`)
}

// signer returns the key that signed the log of root when it ended with an entry; empty where
// nothing tells of it.
func (all turns) signer(root string, seq int64) string {
	key := ""
	for n, t := range all[root] {
		if n == 0 {
			key = t.old
		}
		if t.seq <= seq {
			key = t.key
		}
	}
	return key
}

// trusted are the keys that follow from one that was asked for, whole or its beginning in
// groups: it itself, those that it has introduced or that have introduced it, and so on. Both
// sides have signed.
func (all turns) trusted(key string) func(string) bool {
	asked := strings.ToUpper(strings.ReplaceAll(key, "-", ""))
	known := map[string]bool{}
	trusts := func(k string) bool { return strings.HasPrefix(k, asked) || known[k] }
	for more := true; more; {
		more = false
		for _, log := range all {
			for _, t := range log {
				if t.old != "" && trusts(t.old) != trusts(t.key) {
					known[t.old], known[t.key], more = true, true, true
				}
			}
		}
	}
	return trusts
}

// lost are notes about keys that nobody has introduced.
func (all turns) lost() (notes []string) {
	for root, log := range all {
		for _, t := range log {
			if t.old == "" {
				notes = append(notes, fmt.Sprintf("from entry %d on the log of %s is signed by a key that the one before it has not introduced, %s: the old key was lost, or somebody has put in one of their own; ask who keeps the keys",
					t.seq, root, short(t.key)))
			}
		}
	}
	slices.Sort(notes)
	return notes
}

// short is the beginning of a key as it is printed on paper, in groups of four.
func short(key string) string {
	var groups []string
	for group := range slices.Chunk([]byte(key[:min(20, len(key))]), 4) {
		groups = append(groups, string(group))
	}
	return strings.Join(groups, "-")
}
