package member

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/locale"
	"chibo/kit/sheet"
	"chibo/kit/when"
	"chibo/organization"
)

// Report says what an import did, or would do. Its JSON is what
// chibo import roll --json prints.
type Report struct {
	Organization string `json:"organization"`
	File         string `json:"file"`
	Hash         string `json:"sha256"` // of the file
	Sheet        string `json:"sheet"`
	DryRun       bool   `json:"dry_run"`
	// Rows is the number of people in the file: the sum of the four that follow.
	Rows      int `json:"rows"`
	Added     int `json:"added"`
	Changed   int `json:"changed"`
	Unchanged int `json:"unchanged"`
	Refused   int `json:"refused"`
	// Missing is the number of people on the roll of whom the file says nothing.
	Missing  int          `json:"missing"`
	Columns  []Understood `json:"columns"`
	Problems []Problem    `json:"problems"`
	// Whole says how the file was divided where all its sheets were taken in, each into its cell.
	Whole *Shares `json:"whole,omitempty"`
}

// report puts a plan into figures, its problems in the words of l.
func (p Plan) report(organization, name string, data []byte, l locale.L) Report {
	r := Report{
		Organization: organization, File: name, Hash: hashOf(data), Sheet: p.Roll.Sheet, Rows: len(p.Steps),
		Added: p.Count(Add), Changed: p.Count(Change), Unchanged: p.Count(Leave), Refused: p.Count(Refuse),
		Missing: len(p.Missing), Columns: []Understood{}, Problems: []Problem{},
	}
	for _, c := range p.Roll.Columns {
		if c.Header != "" {
			r.Columns = append(r.Columns, c)
		}
	}
	for _, problem := range p.Problems() {
		problem.Message = l.Fill(problem.Key, problem.Args)
		r.Problems = append(r.Problems, problem)
	}
	return r
}

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// ImportRoll takes a sheet in as the roll of a cell, whole or not at all; with
// dryRun it only says what it would do. Lines with a refusal stay out, all others
// go in.
func (s *Service) ImportRoll(ctx context.Context, who access.Person, organizationID, name string, data []byte, dryRun bool) (Report, error) {
	rolls, err := s.readSheets(data)
	if err != nil {
		return Report{}, err
	}
	if dryRun {
		plan, _, err := s.plan(ctx, s.DB, who, organizationID, rolls, "")
		report := plan.report(organizationID, name, data, locale.Vietnamese)
		report.DryRun = true
		return report, err
	}
	plan, o, err := s.plan(ctx, s.DB, who, organizationID, rolls, "")
	if err != nil {
		return Report{}, err
	}
	ready, err := s.prepare(who, o, &plan)
	if err != nil {
		return Report{}, err
	}
	report := plan.report(o.ID, name, data, locale.Vietnamese)
	err = s.DB.Tx(ctx, func(tx *db.Tx) error { return s.carryOut(ctx, tx, who, ready, report) })
	return report, err
}

func (s *Service) readSheets(data []byte) (Rolls, error) {
	sheets, err := sheet.Read(data)
	if err != nil {
		return nil, err
	}
	return ReadRolls(sheets, s.today())
}

// uploads remembers what was read of the sheets that wait to be confirmed, by the hash of the
// file: it is looked at at least twice more, and to read a workbook takes longer than all the rest. What is read
// depends on the day, on which it is forgotten.
type uploads struct{ rolls db.Memory[string, Rolls] }

// mostLines is how many lines are remembered of all sheets together, the largest that is taken: some 20 MB.
const mostLines = 20_000

// read reads the sheet of a file whose hash is known, or finds it read.
func (u *uploads) read(hash string, today when.Date, read func() (Rolls, error)) (Rolls, error) {
	day := int64(today.Year*10_000 + int(today.Month)*100 + today.Day)
	if rolls, found := u.rolls.Get(hash, day); found {
		return rolls, nil
	}
	rolls, err := read()
	n := 0
	for _, r := range rolls {
		n += len(r.Lines)
	}
	if err == nil && n <= mostLines {
		u.rolls.Put(hash, day, rolls, n, mostLines)
	}
	return rolls, err
}

// plan compares a sheet of a file with the cell as it is: the one named tab, see Rolls.Of.
func (s *Service) plan(ctx context.Context, q db.Q, who access.Person, organizationID string, rolls Rolls, tab string) (Plan, organization.Organization, error) {
	o, err := s.openCellIn(ctx, q, who.Scope(Write), organizationID)
	if err != nil {
		return Plan{}, o, err
	}
	cells, err := cellNames(ctx, q, o.Root)
	if err != nil {
		return Plan{}, o, err
	}
	roll := rolls.Of(tab, o.Name, cells)
	known, err := knownFor(ctx, q, o.Root, o.ID, roll)
	if err != nil {
		return Plan{}, o, err
	}
	return Compare(roll, o.Root, o.ID, known, s.today()), o, nil
}

// ready is a plan made ready while nobody waits: SQLite has one writer, which must have nothing
// to do but write.
type ready struct {
	root, organization string
	seen               map[string]bool // what was stored of the cell when the plan was made
	newcomers          newcomers
	changes            []*Step
}

// prepare makes a plan ready: those who are new have their ids then. It carries it out on paper
// and compares the sheet with the outcome: every line that is taken in must be unchanged then, or
// nothing will be written.
func (s *Service) prepare(who access.Person, o organization.Organization, p *Plan) (ready, error) {
	out := ready{root: o.Root, organization: o.ID, seen: factsOf(p.known)}
	at := s.now() // a roll is recorded at once
	var people []Member
	var records []Record
	for i := range p.Steps {
		step := &p.Steps[i]
		if step.Deed == Add {
			step.Member.ID = id.New()
			people = append(people, step.Member)
		}
		for n := range step.Records {
			step.Records[n].Member = step.Member.ID
			step.Records[n] = step.Records[n].recorded(who, at)
		}
		switch step.Deed {
		case Add:
			records = append(records, step.Records...)
		case Change:
			out.changes = append(out.changes, step)
		case Leave, Refuse:
		}
	}
	after := Compare(p.Roll, o.Root, o.ID, p.outcome(), s.today())
	if left, taken := after.Count(Leave), len(p.Steps)-p.Count(Refuse); left != taken {
		return out, fmt.Errorf("import into %s: %d of %d lines would be found again", o.ID, left, taken)
	}
	var err error
	out.newcomers, err = newcomersOf(people, records)
	return out, err
}

// carryOut writes what is ready, all of it or nothing. What is stored of the cell must be what it
// was when the plan was made.
func (s *Service) carryOut(ctx context.Context, tx *db.Tx, who access.Person, r ready, report Report) error {
	if _, err := cellIn(ctx, tx, who.Scope(Write), r.organization); err != nil {
		return err
	}
	if err := tx.Alone(ctx, "member.import "+r.organization); err != nil {
		return err
	}
	same, err := holds(ctx, tx, r.root, r.organization, r.seen)
	if err == nil && !same {
		err = meanwhile()
	}
	if err != nil {
		return err
	}
	if err := s.take(ctx, tx, r); err != nil {
		if fault.Is(err, fault.Invalid) { // somebody of another cell has been given one of the cards
			err = meanwhile()
		}
		return err
	}
	return s.Audit.Write(ctx, tx, who, r.root, "member.imported", r.organization, map[string]any{
		"sha256": report.Hash, "added": report.Added, "changed": report.Changed, "unchanged": report.Unchanged, "refused": report.Refused,
	})
}

// meanwhile is the refusal where the roll is no longer what the plan was made for.
func meanwhile() error { return fault.New(fault.Conflict, "member.roll.meanwhile") }

// take writes those who are known one by one, those who are new together.
func (s *Service) take(ctx context.Context, tx *db.Tx, r ready) error {
	for _, step := range r.changes {
		if err := update(ctx, tx, step.Member); err != nil {
			return err
		}
		for _, record := range step.Records {
			if err := putRecord(ctx, tx, record); err != nil {
				return err
			}
		}
	}
	return r.newcomers.insert(ctx, tx)
}

// keepDrafts is how long an upload waits for its confirmation.
const keepDrafts = 24 * time.Hour

// waiting is the moment since which an upload still waits.
func (s *Service) waiting() when.Instant { return s.now().Add(-keepDrafts) }

// Upload keeps a sheet until it is confirmed and returns the id of the import. It
// writes nothing to the roll. A sheet that is none is refused here.
func (s *Service) Upload(ctx context.Context, who access.Person, organizationID, name string, data []byte) (string, error) {
	hash := hashOf(data)
	rolls, err := s.uploads.read(hash, s.today(), func() (Rolls, error) { return s.readSheets(data) })
	if err != nil {
		return "", err
	}
	if err := sheet.Fits(name, data); err != nil {
		return "", err
	}
	if len(rolls.withPeople()) == 0 {
		return "", fault.New(fault.Invalid, "member.roll.nobody")
	}
	d := draft{
		ID: id.New(), Account: who.Account, Name: name, Hash: hash,
		Data: base64.StdEncoding.EncodeToString(data), UploadedAt: s.now(),
	}
	return d.ID, s.DB.Tx(ctx, func(tx *db.Tx) error {
		o, err := s.openCellIn(ctx, tx, who.Scope(Write), organizationID)
		if err != nil {
			return err
		}
		d.Root, d.Organization = o.Root, o.ID
		return insertDraft(ctx, tx, d)
	})
}

// Expire deletes the uploads that nobody has confirmed in time.
func (s *Service) Expire(ctx context.Context) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error { return dropDrafts(ctx, tx, s.waiting()) })
}

// Preview is an upload with what it would do now, or with what it did.
type Preview struct {
	ID, Name string
	Cell     organization.Organization
	Plan     Plan
	// Report is what was done, nil while the upload waits.
	Report *Report
	// Whole is the id of the upload whose sheets may be taken in together, each into its cell, see Service.Whole;
	// empty where they are fewer than two. Sheets is how many they are while the upload waits.
	Whole  string
	Sheets int
}

// Preview returns an upload of who, as it would take in the sheet of the file that is named tab, see
// Rolls.Of.
func (s *Service) Preview(ctx context.Context, who access.Person, importID, tab string) (Preview, error) {
	d, err := s.draft(ctx, who, importID)
	if err != nil {
		return Preview{}, err
	}
	p := Preview{ID: d.ID, Name: d.Name}
	if !d.AppliedAt.IsZero() {
		p.Report = &Report{}
		if err := json.Unmarshal([]byte(d.Report), p.Report); err != nil {
			return Preview{}, fmt.Errorf("report of an import: %w", err)
		}
		p.Cell, err = cellIn(ctx, s.DB, who.Scope(Write), d.Organization)
		if upload, _, part := strings.Cut(d.ID, "."); part && err == nil {
			if _, none := draftOf(ctx, s.DB, who.Account, upload, s.waiting()); none == nil {
				p.Whole = upload
			}
		} else if p.Report.Whole != nil {
			p.Whole = d.ID
		}
		return p, err
	}
	rolls, _, err := s.reread(d)
	if err != nil {
		return Preview{}, err
	}
	if p.Plan, p.Cell, err = s.planOf(ctx, who, d, rolls, tab); err != nil {
		return Preview{}, err
	}
	shares, err := s.shares(ctx, who, d, rolls)
	if p.Sheets = len(shares.Sheets); err != nil || p.Sheets < 2 {
		return p, err
	}
	p.Whole, _, _ = strings.Cut(d.ID, ".")
	if d.upload == "" { // what is confirmed is a part, so that the file stays for the others
		part := partID(d.ID, d.Organization)
		_, err = draftOf(ctx, s.DB, who.Account, part, s.waiting())
		if fault.Is(err, fault.NotFound) {
			p.ID, err = part, nil
		}
	}
	return p, err
}

// planOf is the plan of a draft, whose cell must be of the base organisation of the upload.
func (s *Service) planOf(ctx context.Context, who access.Person, d draft, rolls Rolls, tab string) (Plan, organization.Organization, error) {
	plan, o, err := s.plan(ctx, s.DB, who, d.Organization, rolls, tab)
	if err == nil && o.Root != d.Root {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	return plan, o, err
}

// reread reads the sheets of a draft, which must be the file that was uploaded.
func (s *Service) reread(d draft) (Rolls, []byte, error) {
	data, err := base64.StdEncoding.DecodeString(d.Data)
	if err == nil && hashOf(data) != d.Hash {
		err = errors.New("it is not the file that was uploaded")
	}
	if err != nil {
		return nil, nil, fmt.Errorf("draft of an import: %w", err)
	}
	rolls, err := s.uploads.read(d.Hash, s.today(), func() (Rolls, error) { return s.readSheets(data) })
	return rolls, data, err
}

// Confirm takes a sheet of an upload in, see Preview. digest is that of the plan that was seen: when the
// roll has changed since, so that another plan follows, it is a conflict and
// nothing is written. Confirming again returns the report of the first time.
func (s *Service) Confirm(ctx context.Context, who access.Person, importID, tab, digest string, l locale.L) (Report, error) {
	d, err := s.draft(ctx, who, importID)
	if err != nil {
		return Report{}, err
	}
	var report Report
	if !d.AppliedAt.IsZero() {
		return report, json.Unmarshal([]byte(d.Report), &report)
	}
	rolls, data, err := s.reread(d)
	if err != nil {
		return Report{}, err
	}
	plan, o, err := s.planOf(ctx, who, d, rolls, tab)
	if err != nil {
		return Report{}, err
	}
	if plan.Digest() != digest {
		return Report{}, meanwhile()
	}
	ready, err := s.prepare(who, o, &plan)
	if err != nil {
		return Report{}, err
	}
	report = plan.report(o.ID, d.Name, data, l)
	text, err := json.Marshal(report)
	if err != nil {
		return Report{}, fmt.Errorf("report of an import: %w", err)
	}
	d.AppliedAt, d.Report = s.now(), string(text)
	err = s.DB.Tx(ctx, func(tx *db.Tx) error {
		n, err := keepReport(ctx, tx, d)
		if err == nil && n == 0 {
			err = meanwhile()
		}
		if err != nil {
			return err
		}
		return s.carryOut(ctx, tx, who, ready, report)
	})
	if err == nil && d.upload == "" { // other parts still wait for the file
		s.uploads.rolls.Forget(d.Hash)
	}
	return report, err
}

// Export returns the roll of a cell as of today for who keeps it, and notes that it
// was taken: a whole roll is not for everybody who may look people up.
func (s *Service) Export(ctx context.Context, who access.Person, organizationID string) (sheet.Table, organization.Organization, error) {
	o, err := cellIn(ctx, s.DB, who.Scope(Write), organizationID)
	if err != nil {
		return sheet.Table{}, o, err
	}
	roll, err := Roll(ctx, s.DB, o.Root, o.ID, s.today())
	if err != nil {
		return sheet.Table{}, o, err
	}
	private := who.MayAt(Private, o.Path)
	err = s.DB.Tx(ctx, func(tx *db.Tx) error {
		return s.Audit.Write(ctx, tx, who, o.Root, "member.exported", o.ID, map[string]any{"people": len(roll), "private": private})
	})
	return WriteRoll(append(titles(o), "Lập "+s.today().Long()+", người lập: "+who.Name), roll, private), o, err
}

// Template returns an empty sheet to be filled in for a cell.
func (s *Service) Template(ctx context.Context, who access.Person, organizationID string) (sheet.Table, error) {
	o, err := cellIn(ctx, s.DB, who.Scope(Write), organizationID)
	return WriteRoll(titles(o), nil, true), err
}

// titles are the lines above a written roll.
func titles(o organization.Organization) []string {
	lines := []string{o.Name, "DANH SÁCH ĐẢNG VIÊN"}
	if o.Superior != "" {
		lines = append([]string{o.Superior}, lines...)
	}
	return lines
}
