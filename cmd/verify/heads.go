package main

import (
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// head is the signed end of a log.
type head struct {
	root string
	seq  int64
	hash string
	at   int64
	key  string
}

// readHead reads CHIBO/HEAD/1:ROOT:SEQ:HASH:AT:KEY:SIGNATURE; the signature is over all before
// the last colon.
func readHead(line string) (head, error) {
	words := strings.Split(strings.ToUpper(strings.TrimSpace(line)), ":")
	if len(words) != 7 || words[0] != "CHIBO/HEAD/1" {
		return head{}, fmt.Errorf("%.40q is no head", line)
	}
	seq, err := strconv.ParseInt(words[2], 10, 64)
	hash, failed := base.DecodeString(words[3])
	at, late := strconv.ParseInt(words[4], 10, 64)
	if err != nil || failed != nil || late != nil {
		return head{}, fmt.Errorf("%.40q is no head", line)
	}
	if !signed(words[5], strings.Join(words[:6], ":"), words[6]) {
		return head{}, found("the signature of the head of entry %d does not hold", seq)
	}
	return head{strings.ToLower(words[1]), seq, hex.EncodeToString(hash), at, words[5]}, nil
}

func readHeads(text string) (all []head, err error) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		h, err := readHead(line)
		if err != nil {
			return nil, err
		}
		all = append(all, h)
	}
	return all, nil
}

// verifyHeads compares heads from outside, those in the table of witnesses and those that the
// logs tell of with the logs. A head of before a settlement by the committee above is passed
// over: it has written down why.
func verifyHeads(d *sql.DB, kept []head, key, signer, vault string) error {
	all, err := readTurns(d)
	if err != nil {
		return err
	}
	err = each(d, func(row []string) error {
		hash, err := hex.DecodeString(row[2])
		if err != nil {
			return found("a witness of %s cannot be read", row[0])
		}
		h, err := readHead(strings.Join([]string{"CHIBO/HEAD/1", row[0], row[1], base.EncodeToString(hash), row[3], row[4], row[5]}, ":"))
		kept = append(kept, h)
		return err
	}, `SELECT subject_id, seq, hash, signed_at, key, signature FROM witness`)
	if err != nil {
		return err
	}
	settled := map[string]int64{}
	err = each(d, func(row []string) error {
		var detail struct{ Head string }
		if json.Unmarshal([]byte(row[1]), &detail) != nil {
			return found("a log tells of a head that cannot be read")
		}
		h, err := readHead(detail.Head)
		if row[0] == "witness.settled" {
			settled[h.root] = max(settled[h.root], h.at)
		}
		kept = append(kept, h)
		return err
	}, `SELECT action, detail FROM audit WHERE action IN ('witness.taken', 'witness.settled')`)
	if err != nil {
		return err
	}
	if signer != "" && !mayMark(signer, all, kept, vault) {
		return found("the mark of who closed the data was signed by a key of which nothing here knows, %s", signer)
	}
	trusts := all.trusted(key)
	for _, h := range kept {
		if h.at < settled[h.root] {
			continue
		}
		if !trusts(h.key) {
			return found("the head of entry %d was signed by another key, %s", h.seq, h.key)
		}
		if err := compare(d, h, all); err != nil {
			return err
		}
	}
	return nil
}

// mayMark reports whether a key may have signed the mark of who closed the data: that in the
// vault, the last of which any log tells, or, where none tells of any, that of a known head.
// Where nothing is known any key may.
func mayMark(signer string, all turns, kept []head, vault string) bool {
	var keys []string
	for _, log := range all {
		keys = append(keys, log[len(log)-1].key)
	}
	if len(all) == 0 {
		for _, h := range kept {
			keys = append(keys, h.key)
		}
	}
	if vault != "" {
		keys = append(keys, vault)
	}
	return len(keys) == 0 || slices.Contains(keys, signer)
}

func compare(d *sql.DB, h head, all turns) error {
	hash := ""
	if err := each(d, func(row []string) error { hash = row[0]; return nil }, `SELECT hash FROM audit WHERE root_id = $1 AND seq = $2`, h.root, h.seq); err != nil {
		return err
	}
	switch hash {
	case h.hash:
		if key := all.signer(h.root, h.seq); key != "" && key != h.key {
			return found("the head of entry %d was signed by a key that did not sign then, %s", h.seq, h.key)
		}
		return nil
	case "":
		return found("the data of %s is older than its witness, who knew entry %d", h.root, h.seq)
	}
	return found("the log of %s was written anew: entry %d is not the one that its witness knew", h.root, h.seq)
}
