//go:build !js

package minutes

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"chibo/document"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/head"
	"chibo/kit/id"
	"chibo/kit/search"
	"chibo/kit/text"
	"chibo/meeting"
	"chibo/member"
	"chibo/organization"
	"chibo/room"
)

// Sealing is what the form of the seal brings.
type Sealing struct {
	// SignFor is the line above the office under the second paper: most cells write
	// T/M CHI BỘ, some T/M CHI ỦY.
	SignFor string `form:"sign_for"`
}

// signFors are the lines to choose from.
var signFors = []string{"T/M CHI BỘ", "T/M CHI ỦY"}

// Seal makes the adopted and signed minutes and the second paper what they will
// be for ever: numbers are issued, the papers made and kept, the record hashed
// and tied into the audit chain. Sealing again what is sealed is a conflict.
func (s *Service) Seal(ctx context.Context, who access.Person, meetingID string, f Sealing) error {
	d, err := s.Load(ctx, s.DB, who, MayWrite, meetingID)
	if err != nil {
		return err
	}
	switch {
	case d.Sealed():
		return fault.New(fault.Conflict, "minutes.problem.sealed")
	case len(d.Missing) > 0:
		return fault.New(fault.Conflict, "minutes.problem.missing")
	}
	record, err := s.number(ctx, d)
	if err != nil {
		return err
	}
	if f.SignFor == signFors[1] && !record.Congress && !record.Beside {
		record.SignFor = f.SignFor
	}
	seal, files, err := s.make(ctx, d, record)
	if err != nil {
		return err
	}
	seal.By = who.Member
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := room.Freeze(ctx, tx, seal.Root, seal.Meeting); err != nil {
			return err
		}
		late, err := s.Room.Log(ctx, tx, seal.Root, seal.Meeting, int64(record.ActCount))
		if err != nil {
			return err
		}
		if len(late) > 0 { // something was entered while the papers were made
			return fault.New(fault.Conflict, "minutes.problem.meanwhile")
		}
		if err := meeting.Advance(ctx, tx, seal.Root, seal.Meeting, meeting.Closed, meeting.Sealed, seal.At); err != nil {
			return err
		}
		if err := s.keep(ctx, tx, who, seal, files); err != nil || record.Beside {
			return err
		}
		if err := insertEntry(ctx, tx, entryOf(record, seal)); err != nil || s.Sealed == nil {
			return err
		}
		return s.Sealed(ctx, tx, seal.Root, seal.Meeting)
	})
}

// number completes the record that is sealed: signatures and issued numbers. The
// numbers are reserved in a transaction of their own, because the papers that
// carry them are made outside any; a second try finds the same ones, and who presses at
// the same time waits for them.
func (s *Service) number(ctx context.Context, d Dossier) (Sealed, error) {
	record := sealedOf(d.letterhead(), d.Record, d.acts)
	for i := range record.Signatures {
		for _, sign := range d.Signatures {
			if sign.Part == record.Signatures[i].Part {
				record.Signatures[i].At = sign.At
			}
		}
	}
	if record.Beside { // no register of the cell numbers it
		return record, nil
	}
	err := s.DB.Tx(ctx, func(tx *db.Tx) (err error) {
		if err := room.Freeze(ctx, tx, d.Meeting.Root, d.Meeting.ID); err != nil {
			return err
		}
		if record.Number, err = reserve(ctx, tx, d, document.Minutes); err != nil || record.SecondKind == "" {
			return err
		}
		record.Second, err = reserve(ctx, tx, d, document.Kind(record.SecondKind))
		return err
	})
	return record, err
}

// reserve returns the number of a paper of the meeting, issuing it the first
// time.
func reserve(ctx context.Context, tx *db.Tx, d Dossier, kind document.Kind) (string, error) {
	m := d.Meeting
	row, found, err := reserved(ctx, tx, m.Root, m.ID, kind)
	if err != nil || found {
		return row.String(), err
	}
	n, err := issue(ctx, tx, m, kind)
	if err != nil {
		return "", err
	}
	if err := document.Enter(ctx, tx, n, m.Day(), d.Record.Title, address(m.ID)); err != nil {
		return "", err
	}
	return n.String(), insertReserved(ctx, tx, numberRow{m.Root, m.ID, kind, n.Term, n.N, n.Symbol})
}

// issue takes the next number of the term; the papers of a congress have a series of
// their own.
func issue(ctx context.Context, tx *db.Tx, m meeting.Meeting, kind document.Kind) (document.Number, error) {
	if m.Kind == meeting.Congress {
		return document.IssueOfCongress(ctx, tx, m.Root, m.Organization, kind, m.ID)
	}
	term, _, err := organization.TermOn(ctx, tx, m.Root, m.Organization, m.Day())
	if err != nil {
		return document.Number{}, err
	}
	return document.Issue(ctx, tx, m.Root, m.Organization, kind, term.ID)
}

// make hashes a record and makes its papers.
func (s *Service) make(ctx context.Context, d Dossier, record Sealed) (Seal, []File, error) {
	seal, err := s.newSeal(d, 0, record)
	if err != nil {
		return Seal{}, nil, err
	}
	printed, err := s.printedWithHead(ctx, seal)
	if err != nil {
		return Seal{}, nil, err
	}
	files, err := record.render(printed)
	return seal, files, err
}

// newSeal returns the seal over a record: its canonical text, hash and code.
func (s *Service) newSeal(d Dossier, n int, record any) (Seal, error) {
	body, err := canonical(record)
	if err != nil {
		return Seal{}, err
	}
	hash := hashOf([]byte(body))
	code, err := CodeOf(hash)
	if err != nil {
		return Seal{}, err
	}
	return Seal{
		Root: d.Meeting.Root, ID: id.New(), Organization: d.Organization.ID, Meeting: d.Meeting.ID,
		N: n, Code: code, Hash: hash, Record: body, At: s.now(),
	}, nil
}

// printed is what papers show of a seal.
func (s *Service) printed(seal Seal) document.Seal {
	out := document.Seal{Code: ShowCode(seal.Code)}
	if s.Base != "" {
		out.URL = strings.TrimRight(s.Base, "/") + "/check/" + seal.Code
	}
	return out
}

// printedWithHead adds to printed the signed end of the log as it is before the seal goes
// into it: the paper is a witness of all that came before.
func (s *Service) printedWithHead(ctx context.Context, seal Seal) (document.Seal, error) {
	out := s.printed(seal)
	if s.Heads == nil {
		return out, nil
	}
	h, found, err := s.Heads(ctx, s.DB, seal.Root)
	if err == nil && found {
		out.Head = h.Text()
		out.HeadLine = fmt.Sprintf("Dòng %d, lúc %s, khóa %s", h.Seq, h.At.Time().Format("15:04 ngày 02/01/2006"), head.Short(h.Key))
	}
	return out, err
}

// keep writes a seal with its files and its code, and ties their hashes into the
// audit chain.
func (s *Service) keep(ctx context.Context, tx *db.Tx, who access.Person, seal Seal, files []File) error {
	if err := insertSeal(ctx, tx, seal); err != nil {
		return err
	}
	for _, f := range files {
		f.Root, f.Seal = seal.Root, seal.ID
		if err := insertFile(ctx, tx, f); err != nil {
			return err
		}
	}
	if err := insertCode(ctx, tx, codeRow{seal.Code, seal.Root, seal.ID, seal.At}); err != nil {
		return err
	}
	return s.Audit.Write(ctx, tx, who, seal.Root, actionSealed, seal.ID, witnessOf(seal, files))
}

// actionSealed is the action under which a seal stands in the audit chain.
const actionSealed = "minutes.sealed"

// witness is what the audit chain keeps of a seal.
type witness struct {
	Meeting string            `json:"meeting"`
	N       int               `json:"n"`
	Code    string            `json:"code"`
	Hash    string            `json:"hash"`
	Files   map[string]string `json:"files"` // "minutes.pdf" → SHA-256
}

func witnessOf(seal Seal, files []File) witness {
	w := witness{seal.Meeting, seal.N, seal.Code, seal.Hash, map[string]string{}}
	for _, f := range files {
		w.Files[fmt.Sprintf("%s.%s", f.Paper, f.Form)] = f.Hash
	}
	return w
}

// entryOf is the line of the register for a sealed record.
func entryOf(record Sealed, seal Seal) entryRow {
	return entryRow{Entry{
		Root: seal.Root, Meeting: seal.Meeting, Organization: seal.Organization, Day: record.day(), Title: record.Title,
		Number: record.Number, Second: record.Second, SecondKind: document.Kind(record.SecondKind), SealedAt: seal.At,
	}, search.Words(record.text())}
}

// Adding is what the form of an addition brings.
type Adding struct {
	Text   string `form:"text"`
	Reason string `form:"reason"`
	Secret string `form:"secret"` // of the person who is signed in
}

// Add seals a numbered addition to sealed minutes: who, when and why stand in it.
func (s *Service) Add(ctx context.Context, who access.Person, meetingID string, f Adding) error {
	d, err := s.Load(ctx, s.DB, who, MayWrite, meetingID)
	if err != nil {
		return err
	}
	if !d.Sealed() {
		return fault.New(fault.Conflict, "minutes.problem.not_sealed")
	}
	add := Addition{N: len(d.Seals), Text: text.Clean(f.Text), Reason: text.Clean(f.Reason), At: s.now()}
	if err := add.Validate(); err != nil {
		return err
	}
	if who.Member == "" {
		return fault.New(fault.Forbidden, "minutes.problem.no_member")
	}
	if err := s.Accounts.Confirm(ctx, who, who.Member, f.Secret); err != nil {
		return err
	}
	names, err := member.Names(ctx, s.DB, d.Meeting.Root, who.Member)
	if err != nil {
		return err
	}
	if add.Name = names[who.Member]; add.Name == "" {
		add.Name = who.Name
	}
	record, err := additionTo(d, add, who.Member)
	if err != nil {
		return err
	}
	seal, err := s.newSeal(d, add.N, record)
	if err != nil {
		return err
	}
	printed, err := s.printedWithHead(ctx, seal)
	if err != nil {
		return err
	}
	files, err := record.render(printed)
	if err != nil {
		return err
	}
	seal.By = who.Member
	err = s.DB.Tx(ctx, func(tx *db.Tx) error { return s.keep(ctx, tx, who, seal, files) })
	if db.IsUnique(err) { // somebody else added under this number at the same moment
		return fault.New(fault.Conflict, "minutes.problem.meanwhile")
	}
	return err
}

// additionTo makes the record of an addition to the sealed minutes of a dossier.
func additionTo(d Dossier, a Addition, memberID string) (SealedAddition, error) {
	first := d.Seals[0]
	var sealed Sealed
	if err := json.Unmarshal([]byte(first.Record), &sealed); err != nil {
		return SealedAddition{}, fmt.Errorf("seal %s: %w", first.ID, err)
	}
	return SealedAddition{
		Form: formAddition, Root: first.Root, Organization: first.Organization, Meeting: first.Meeting,
		Cell: sealed.Cell, Superior: sealed.Superior, Place: sealed.Place, Title: sealed.Title, Number: sealed.Number, Beside: sealed.Beside,
		Of: first.Hash, N: a.N, Text: a.Text, Reason: a.Reason, Member: memberID, Name: a.Name, At: a.At,
	}, nil
}

// Get returns a paper of a meeting: of a sealed one the very bytes that were
// sealed, before that a draft made now.
func (s *Service) Get(ctx context.Context, who access.Person, meetingID string, p Paper, f Form, taken string) (File, error) {
	d, err := s.Load(ctx, s.DB, who, MayRead, meetingID)
	if err != nil {
		return File{}, err
	}
	if d.Sealed() {
		return findFile(ctx, s.DB, d.Meeting.Root, d.Seals[0].ID, p, f)
	}
	doc, ok := sealedOf(d.letterhead(), d.Record, d.acts).doc(p, document.Seal{})
	if !ok {
		return File{}, fault.New(fault.NotFound, "minutes.problem.no_resolution")
	}
	doc.Taken = taken
	data, err := f.write(doc)
	return File{Paper: p, Form: f, Name: fileName(doc.Date, doc.Kind, doc.Number, f), Data: data}, err
}

// GetCount returns the minutes of the count of a vote: of a sealed meeting the very
// bytes that were sealed, before that as they stand now, with who has taken them.
func (s *Service) GetCount(ctx context.Context, who access.Person, meetingID, vote string, f Form, taken string) (File, error) {
	d, err := s.Load(ctx, s.DB, who, MayRead, meetingID)
	if err != nil {
		return File{}, err
	}
	record, seal := s.record(d)
	b, n := record.count(vote)
	if n == 0 {
		return File{}, fault.New(fault.NotFound, "minutes.problem.no_count")
	}
	if d.Sealed() {
		return findFile(ctx, s.DB, d.Meeting.Root, d.Seals[0].ID, countPaper(n), f)
	}
	doc := record.countDoc(b, seal)
	doc.Taken = taken
	data, err := f.write(doc)
	return File{Paper: countPaper(n), Form: f, Name: record.countName(n, f), Data: data}, err
}

// GetAddition returns the paper of addition n.
func (s *Service) GetAddition(ctx context.Context, who access.Person, meetingID string, n int, f Form) (File, error) {
	m, _, err := meeting.VisibleAny(ctx, s.DB, who, MayRead, meetingID)
	if err != nil {
		return File{}, err
	}
	seals, err := Seals(ctx, s.DB, m.Root, m.ID)
	if err != nil {
		return File{}, err
	}
	for _, seal := range seals {
		if seal.N == n && n > 0 {
			return findFile(ctx, s.DB, m.Root, seal.ID, Minutes, f)
		}
	}
	return File{}, fault.New(fault.NotFound, "fault.not_found")
}

func address(meetingID string) string { return "/meetings/" + meetingID + "/minutes" }
