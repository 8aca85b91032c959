package main

import (
	"database/sql"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"maps"
	"strconv"
	"strings"
)

// crockford is the alphabet of check codes.
var crockford = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// codeOf returns the check code of a hash: its first sixty bits.
func codeOf(hash string) string {
	raw, err := hex.DecodeString(hash)
	if err != nil || len(raw) != 32 {
		return ""
	}
	return crockford.EncodeToString(raw)[:12]
}

// seal is a sealed record with what stands beside it.
type seal struct {
	root, id, organization, meeting, n, code, hash, record, at, by string
	files                                                          map[string]string // "minutes.pdf" → hash
}

// told is what the log tells of a seal.
type told struct {
	Meeting, Code, Hash string
	N                   int
	Files               map[string]string
}

// verifySeals compares every seal with its record, its papers, its code, the log and the room.
func verifySeals(d *sql.DB) error {
	var all []seal
	err := each(d, func(r []string) error {
		all = append(all, seal{r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9], nil})
		return nil
	}, `SELECT root_id, id, organization_id, meeting_id, n, code, hash, record, sealed_at, sealed_by FROM seal ORDER BY root_id, meeting_id, n`)
	if err != nil {
		return err
	}
	for n := range all {
		if err := all[n].verify(d); err != nil {
			return err
		}
	}
	for _, lost := range []struct{ query, what string }{
		{`SELECT count(*) FROM check_code`, "a seal is gone, but its check code was given out"},
		{`SELECT count(*) FROM audit WHERE action = 'minutes.sealed'`, "a seal is gone, but the log knows it"},
		{`SELECT count(DISTINCT root_id || seal_id) FROM seal_file`, "papers have lost their seal"},
	} {
		err := each(d, func(row []string) error {
			if row[0] != strconv.Itoa(len(all)) {
				return found("%s", lost.what)
			}
			return nil
		}, lost.query)
		if err != nil {
			return err
		}
	}
	return each(d, func([]string) error { return found("a meeting is called sealed and has no seal") },
		`SELECT 1 FROM meeting m LEFT JOIN seal s ON s.root_id = m.root_id AND s.meeting_id = m.id AND s.n = 0 WHERE m.state = 'sealed' AND s.id IS NULL`)
}

func (s *seal) verify(d *sql.DB) error {
	if hashOf([]byte(s.record)) != s.hash {
		return found("the record of seal %s was changed", s.id)
	}
	if codeOf(s.hash) != s.code {
		return found("the code of seal %s is not that of its hash", s.id)
	}
	s.files = map[string]string{}
	err := each(d, func(r []string) error {
		if hashOf([]byte(r[3])) != r[2] {
			return found("the paper %s.%s of seal %s was changed", r[0], r[1], s.id)
		}
		s.files[r[0]+"."+r[1]] = r[2]
		return nil
	}, `SELECT paper, form, hash, data FROM seal_file WHERE root_id = $1 AND seal_id = $2`, s.root, s.id)
	if err != nil {
		return err
	}
	for _, check := range []func(*sql.DB) error{s.verifyCode, s.verifyLog, s.verifyRoom} {
		if err := check(d); err != nil {
			return err
		}
	}
	return nil
}

func (s *seal) verifyCode(d *sql.DB) error {
	err := found("the code of seal %s leads elsewhere", s.id)
	failed := each(d, func(r []string) error {
		if r[0] == s.root && r[1] == s.id && r[2] == s.at {
			err = nil
		}
		return nil
	}, `SELECT root_id, seal_id, sealed_at FROM check_code WHERE code = $1`, s.code)
	if failed != nil {
		return failed
	}
	return err
}

func (s *seal) verifyLog(d *sql.DB) error {
	err := found("the log does not know seal %s", s.id)
	failed := each(d, func(r []string) error {
		var detail struct {
			told
			Detail *told // of what was done in the place of others
		}
		if json.Unmarshal([]byte(r[0]), &detail) != nil {
			return found("what the log tells of seal %s cannot be read", s.id)
		}
		w := detail.told
		if detail.Detail != nil {
			w = *detail.Detail
		}
		if w.Hash == s.hash && w.Code == s.code && w.Meeting == s.meeting && strconv.Itoa(w.N) == s.n && r[1] == s.by && maps.Equal(w.Files, s.files) {
			err = nil
			return nil
		}
		return found("the log tells of another seal %s, or of other papers", s.id)
	}, `SELECT detail, member_id FROM audit WHERE root_id = $1 AND object_id = $2 AND action = 'minutes.sealed'`, s.root, s.id)
	if failed != nil {
		return failed
	}
	return err
}

// verifyRoom compares a record with its meeting: the state, the unit, and the log of the room,
// whose acts the record counts and sums up.
func (s *seal) verifyRoom(d *sql.DB) error {
	var record struct {
		Form, Organization, Meeting, Acts, Of string
		ActCount                              int `json:"act_count"`
	}
	if json.Unmarshal([]byte(s.record), &record) != nil || record.Meeting != s.meeting || record.Organization != s.organization {
		return found("the record of seal %s is that of another meeting", s.id)
	}
	state := ""
	if err := each(d, func(r []string) error { state = r[0]; return nil }, `SELECT state FROM meeting WHERE root_id = $1 AND id = $2`, s.root, s.meeting); err != nil {
		return err
	}
	if state != "sealed" {
		return found("the meeting of seal %s is not sealed any more", s.id)
	}
	if s.n != "0" {
		first := ""
		err := each(d, func(r []string) error { first = r[0]; return nil }, `SELECT hash FROM seal WHERE root_id = $1 AND meeting_id = $2 AND n = 0`, s.root, s.meeting)
		if err == nil && !strings.EqualFold(first, record.Of) {
			err = found("the minutes to which seal %s adds are gone or changed", s.id)
		}
		return err
	}
	count, all := 0, strings.Builder{}
	err := each(d, func(r []string) error { count++; all.WriteString(counted(r...)); return nil },
		`SELECT id, meeting_id, kind, at, account_id, body, seq, received, via, device, seen FROM act WHERE root_id = $1 AND meeting_id = $2 ORDER BY seq`, s.root, s.meeting)
	if err == nil && (count != record.ActCount || hashOf([]byte(all.String())) != record.Acts) {
		err = found("the log of the room was changed after seal %s", s.id)
	}
	return err
}
