//go:build !js

package minutes

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"chibo/document"
	"chibo/kit/when"
	"chibo/organization"
	"chibo/proceedings"
)

// The forms of sealed texts. A later program that writes other fields gives its
// form another number and goes on reading this one.
const (
	formMinutes  = "chibo/minutes/1"
	formAddition = "chibo/addition/1"
)

// Sealed is what a seal holds: the whole record of a meeting, by itself readable
// without the program. Its canonical text is JSON in UTF-8 (RFC 8259) with the
// fields in the order of this type, none left out but counts where no ballots were
// counted and the marks of a congress and of a meeting beside the cell where it was none, no white space between tokens, only the escapes that JSON demands,
// moments in UTC with milliseconds. The hash of the seal is the SHA-256 of that
// text.
type Sealed struct {
	Form         string `json:"form"`
	Root         string `json:"root"`
	Organization string `json:"organization"`
	Meeting      string `json:"meeting"`
	Cell         string `json:"cell"`
	Superior     string `json:"superior"`
	// Committee is the superior to whom the second paper is sent.
	Committee string `json:"committee"`
	Place     string `json:"place"` // địa danh
	Title     string `json:"title"`
	Congress  bool   `json:"congress,omitempty"`
	// Beside: of a collective beside the cell, whose name stands in Cell and whose superior
	// in Superior; it has neither number nor second paper.
	Beside bool         `json:"beside,omitempty"`
	Began  when.Instant `json:"began"`
	Ended  when.Instant `json:"ended"`
	// Number and Second are the numbers of the minutes and of the second paper,
	// whose kind is SecondKind; empty where there is none.
	Number     string          `json:"number"`
	Second     string          `json:"second"`
	SecondKind string          `json:"second_kind"`
	Passages   []SealedPassage `json:"passages"`
	Resolution string          `json:"resolution"`
	Passed     string          `json:"passed"`
	Conclusion []string        `json:"conclusion"`
	Tasks      *Table          `json:"tasks"`
	Judged     *Table          `json:"judged"`
	Roll       SealedCount     `json:"roll"`
	// Counts are the minutes of the counts of secret ballots.
	Counts     []BallotCount `json:"counts,omitempty"`
	Signatures []SealedHand  `json:"signatures"`
	// SignFor and SignAs stand above the name under the second paper.
	SignFor string `json:"sign_for"`
	SignAs  string `json:"sign_as"`
	// Acts is the SHA-256 of the log of the room, ActCount the number of its acts.
	Acts     string `json:"acts"`
	ActCount int    `json:"act_count"`
}

// SealedPassage is a passage as it was adopted. Composed says what the facts said
// where the minute-taker used other words.
type SealedPassage struct {
	Key      string `json:"key"`
	Heading  string `json:"heading"`
	Level    int    `json:"level"`
	Text     string `json:"text"`
	Composed string `json:"composed"`
	Table    *Table `json:"table"`
}

// SealedCount is the roll in numbers.
type SealedCount struct {
	Listed     int `json:"listed"`
	Counted    int `json:"counted"`
	Came       int `json:"came"`
	Excused    int `json:"excused"`
	Unexcused  int `json:"unexcused"`
	NotCounted int `json:"not_counted"`
}

// SealedHand is a signature as the papers show it.
type SealedHand struct {
	Part   Part         `json:"part"`
	Member string       `json:"member"`
	Name   string       `json:"name"`
	At     when.Instant `json:"at"`
}

// SealedAddition is what the seal of an addition holds, in the same canonical
// form. Of is the hash of the minutes' own seal.
type SealedAddition struct {
	Form         string       `json:"form"`
	Root         string       `json:"root"`
	Organization string       `json:"organization"`
	Meeting      string       `json:"meeting"`
	Cell         string       `json:"cell"`
	Superior     string       `json:"superior"`
	Place        string       `json:"place"`
	Title        string       `json:"title"`
	Number       string       `json:"number"`
	Beside       bool         `json:"beside,omitempty"`
	Of           string       `json:"of"`
	N            int          `json:"n"`
	Text         string       `json:"text"`
	Reason       string       `json:"reason"`
	Member       string       `json:"member"`
	Name         string       `json:"name"`
	At           when.Instant `json:"at"`
}

// canonical returns the text of a sealed record.
func canonical(v any) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return "", fmt.Errorf("canonical record: %w", err)
	}
	return strings.TrimSuffix(b.String(), "\n"), nil
}

// hashOf returns the SHA-256 of data in hexadecimal.
func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// alphabet is Crockford's base 32: no letter that reads as a digit, none that is
// easily misheard.
var alphabet = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// codeLength is the number of signs of a check code: 60 bits, too many to try.
const codeLength = 12

// CodeOf returns the check code of a hash: its first sixty bits. A code so made
// can be checked by anybody who has the record, without the program.
func CodeOf(hash string) (string, error) {
	raw, err := hex.DecodeString(hash)
	if err != nil || len(raw) != sha256.Size {
		return "", fmt.Errorf("check code: %q is no SHA-256", hash)
	}
	return alphabet.EncodeToString(raw)[:codeLength], nil
}

// ReadCode returns a code as it is stored from what somebody typed: letters of
// any case, with or without dashes, O for 0, I and L for 1.
func ReadCode(s string) string {
	var b strings.Builder
	for _, r := range strings.ToUpper(s) {
		switch {
		case r == 'O':
			r = '0'
		case r == 'I' || r == 'L':
			r = '1'
		}
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// ShowCode returns a code as it is printed: in groups of four.
func ShowCode(code string) string {
	var groups []string
	for len(code) > 4 {
		groups, code = append(groups, code[:4]), code[4:]
	}
	return strings.Join(append(groups, code), "-")
}

// letterhead is what the papers of a cell have in common.
type letterhead struct {
	organization organization.Organization
	// Superior is the line above the cell's name.
	superior string
	// parent is the name of the đảng bộ above, in letters of both cases.
	parent string
}

// sealedOf makes the record from which drafts are printed: the names of those who
// will sign, without times, numbers still to be issued. Sealing completes it.
func sealedOf(h letterhead, r Record, acts []proceedings.Act) Sealed {
	s := Sealed{
		Form: formMinutes, Root: h.organization.Root, Organization: h.organization.ID, Meeting: r.Meeting,
		Cell: cmp.Or(r.Cell, h.organization.Name), Superior: h.superior, Committee: committee(cmp.Or(h.parent, h.superior)), Place: h.organization.Town, Title: r.Title, Congress: r.Congress, Beside: r.Beside,
		Began: r.Began, Ended: r.Ended, Passages: make([]SealedPassage, 0, len(r.Passages)), Resolution: r.Resolution, Passed: r.Passed,
		Conclusion: r.Conclusion, Tasks: r.Tasks, Judged: r.Judged, Roll: SealedCount(r.Roll), Counts: r.Counts,
		Signatures: []SealedHand{{Part: MinuteTaker, Member: r.MinuteTaker, Name: r.TakerName}, {Part: Chair, Member: r.Chair, Name: r.ChairName}},
		Acts:       actsDigest(acts), ActCount: len(acts),
	}
	for _, p := range r.Passages {
		s.Passages = append(s.Passages, p.sealed())
	}
	if s.Beside {
		s.Committee, s.SignFor, s.SignAs = "", "", ""
		return s
	}
	level := h.organization.Level
	s.Number = s.unissued(document.Minutes, level)
	if kind, ok := r.Second(); ok && document.CellMayIssue(kind, s.day()) {
		s.SecondKind, s.Second = string(kind), s.unissued(kind, level)
	}
	s.SignFor, s.SignAs = "T/M CHI BỘ", signAs(r.ChairPost)
	if s.Congress {
		s.SignFor, s.SignAs = "", presidium
	}
	return s
}

// sealed is the passage as a seal holds it.
func (p Passage) sealed() SealedPassage {
	out := SealedPassage{Key: p.Key, Heading: p.Heading, Level: p.Level, Text: p.Text(), Table: p.Table}
	if p.Worded != "" {
		out.Composed = p.Composed
	}
	return out
}

// signAs is the office under which the chair signs the second paper.
func signAs(post string) string {
	switch organization.Post(post) {
	case organization.Secretary:
		return "BÍ THƯ"
	case organization.Deputy:
		return "PHÓ BÍ THƯ"
	default:
		return "CHỦ TRÌ HỘI NGHỊ"
	}
}

// actsDigest returns the SHA-256 of a log: every field of every act with its
// length, in the order of their numbers.
func actsDigest(acts []proceedings.Act) string {
	h := sha256.New()
	for _, a := range acts {
		for _, f := range []string{a.ID, a.Meeting, string(a.Kind), fmt.Sprint(int64(a.At)), a.By, string(a.Body), fmt.Sprint(a.Seq), fmt.Sprint(int64(a.Received)), string(a.Via), a.Device, fmt.Sprint(a.Seen)} {
			_, _ = fmt.Fprintf(h, "%d:%s,", len(f), f) // a hash never fails to write
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}
