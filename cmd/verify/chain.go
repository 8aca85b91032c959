package main

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// verifyDatabase checks a database: that it can be read at all, the chains, their witnesses,
// the acts, the seals and the stored files. signer is who signed the mark of rest, if there is one.
func verifyDatabase(d *sql.DB, dir string, kept []head, key, signer string) error {
	err := each(d, func(row []string) error {
		if row[0] != "ok" {
			return found("the database is damaged: %s", row[0])
		}
		return nil
	}, `PRAGMA integrity_check(1)`)
	for _, check := range []func() error{
		func() error { return verifyChains(d) },
		func() error { return verifyHeads(d, kept, key, signer, vaultKey(dir)) },
		func() error { return verifyActs(d) },
		func() error { return verifySeals(d) },
		func() error { return verifyFiles(d, dir) },
	} {
		if err != nil {
			return err
		}
		err = check()
	}
	return err
}

// counted writes texts with their lengths, so that no two lists read alike.
func counted(texts ...string) string {
	var all strings.Builder
	for _, s := range texts {
		fmt.Fprintf(&all, "%d:%s,", len(s), s)
	}
	return all.String()
}

// verifyChains walks every log: the hash of an entry covers the entry and the hash before it.
func verifyChains(d *sql.DB) error {
	last, number := map[string]string{}, map[string]int64{}
	err := each(d, func(row []string) error {
		root := row[0]
		number[root]++
		if row[1] != strconv.FormatInt(number[root], 10) {
			return found("entry %d of the log of %s is missing", number[root], root)
		}
		if row[8] != hashOf([]byte(counted(append([]string{last[root]}, row[:8]...)...))) {
			return found("entry %d of the log of %s was changed", number[root], root)
		}
		last[root] = row[8]
		return nil
	}, `SELECT root_id, seq, at, account_id, member_id, action, object_id, detail, hash FROM audit ORDER BY root_id, seq`)
	if err != nil {
		return err
	}
	ends := 0
	err = each(d, func(row []string) error {
		ends++
		if row[1] != strconv.FormatInt(number[row[0]], 10) || row[2] != last[row[0]] {
			return found("the log of %s does not end where its end is written down", row[0])
		}
		return nil
	}, `SELECT root_id, seq, hash FROM audit_head WHERE seq > 0`)
	if err == nil && ends != len(number) {
		err = found("a log has lost its end")
	}
	return err
}

// acts is what a log tells of acts that were entered.
type acts struct {
	Acts []struct {
		Meeting     string
		First, Last int64
	}
	Sum string
}

// verifyActs compares the acts of all meetings with the entries that bear witness to them.
func verifyActs(d *sql.DB) error {
	told := 0
	err := each(d, func(entry []string) error {
		var detail struct {
			acts
			Detail *acts // of what was done in the place of others
		}
		if json.Unmarshal([]byte(entry[2]), &detail) != nil {
			return found("entry %s of the log of %s cannot be read", entry[1], entry[0])
		}
		w := detail.acts
		if detail.Detail != nil {
			w = *detail.Detail
		}
		var all strings.Builder
		for _, span := range w.Acts {
			err := each(d, func(row []string) error {
				told++
				all.WriteString(counted(row[:7]...) + strings.Join(row[7:], ",") + ",")
				return nil
			}, `SELECT meeting_id, id, kind, account_id, body, via, device, seq, at, received, seen FROM act
				WHERE root_id = $1 AND meeting_id = $2 AND seq BETWEEN $3 AND $4 ORDER BY seq`, entry[0], span.Meeting, span.First, span.Last)
			if err != nil {
				return err
			}
		}
		if w.Sum != "" && w.Sum != hashOf([]byte(all.String())) {
			return found("acts of %s are not those to which entry %s of its log bears witness", entry[0], entry[1])
		}
		return nil
	}, `SELECT root_id, seq, detail FROM audit WHERE action = 'room.acts' ORDER BY root_id, seq`)
	if err != nil {
		return err
	}
	return each(d, func(row []string) error {
		if row[0] != strconv.Itoa(told) {
			return found("%s acts are kept, the logs tell of %d", row[0], told)
		}
		return nil
	}, `SELECT count(*) FROM act`)
}

// verifyFiles looks for the bytes of every stored file: its name is their hash.
func verifyFiles(d *sql.DB, dir string) error {
	return each(d, func(row []string) error {
		if len(row[0]) < 2 {
			return found("a stored file has no hash")
		}
		name := filepath.Join(dir, "files", row[0][:2], filepath.Base(row[0]))
		if _, err := os.Stat(name); err != nil {
			return found("the stored file %s is gone", row[0])
		}
		sum, err := fileHash(name)
		if err == nil && sum != row[0] {
			err = found("the stored file %s was changed", row[0])
		}
		return err
	}, `SELECT DISTINCT hash FROM library_file`)
}
