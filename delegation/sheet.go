package delegation

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"chibo/conference"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/locale"
	"chibo/kit/search"
	"chibo/kit/sheet"
	"chibo/kit/when"
)

// The columns of a list of delegates as people write it: the words of its head, folded, by
// which each is known.
var columnsOfSheet = []struct {
	title string
	known []string
	width float64
	into  func(*Entry) *string
}{
	{"Thành phần", []string{"thanh phan", "dien", "thanh phan tham du", "thanh phan dai bieu"}, 34, func(e *Entry) *string { return &e.Line }},
	{"Đơn vị", []string{"don vi", "co quan", "chi bo", "don vi cong tac", "ten don vi", "co quan don vi", "don vi co quan", "chi bo don vi", "don vi cu"}, 34, func(e *Entry) *string { return &e.Unit }},
	{"Họ và tên", []string{"ho va ten", "ho ten", "ten", "ho va ten dai bieu", "ho ten dai bieu", "dai bieu", "ho", "ho dem", "ho va dem", "ho va ten dem", "ho va chu dem", "ho lot"}, 28, func(e *Entry) *string { return &e.Name }},
	{"Chức vụ", []string{"chuc vu", "chuc danh", "chuc vu chuc danh"}, 26, func(e *Entry) *string { return &e.Post }},
	{"Điện thoại", []string{"dien thoai", "so dien thoai", "sdt", "so dt", "dt", "sdt lien he", "dien thoai lien he", "so dien thoai lien he", "di dong"}, 15, func(e *Entry) *string { return &e.Phone }},
	{"Thư điện tử", []string{"thu dien tu", "email", "e mail", "gmail", "dia chi email"}, 26, func(e *Entry) *string { return &e.Email }},
}

// Entry is a row of a list of delegates that the office brings.
type Entry struct {
	Row                                  int      // as the sheet counts
	Sheet                                string   `json:",omitempty"` // its name, where several sheets of the file have rows
	Left                                 []string `json:",omitempty"` // the headers that are not taken in, with the first row of each sheet
	Line, Unit, Name, Post, Phone, Email string
	Problem                              string // key of what is wrong; empty: it can be taken
}

// nameColumn is the place of the name among the columns of a list.
const nameColumn = 2

// numberings are the heads of columns that count the rows: nothing is lost with them.
var numberings = []string{"tt", "stt", "so tt", "so thu tu"}

// readSheet reads the rows under the heads of all sheets of a file: offices keep a sheet for each
// kind of delegate. Columns may stand in any order; the name, the unit and the line must be there.
func readSheet(data []byte) ([]Entry, error) {
	sheets, err := sheet.Read(data)
	if err != nil {
		return nil, err
	}
	var all []Entry
	heads, filled := 0, 0
	for _, s := range sheets {
		for n, row := range s.Rows {
			at := headOf(row)
			if len(at[0]) == 0 || len(at[1]) == 0 || len(at[nameColumn]) == 0 {
				continue
			}
			heads++
			rows := entriesIn(s.Rows[n+1:], at)
			if len(rows) > 0 {
				filled++
				rows[0].Left = left(row, at)
			}
			for i := range rows {
				rows[i].Sheet = s.Name
			}
			all = append(all, rows...)
			break
		}
	}
	if heads == 0 {
		return nil, fault.New(fault.Invalid, "delegation.problem.head")
	}
	if filled < 2 {
		for i := range all {
			all[i].Sheet = ""
		}
	}
	return all, nil
}

// headOf returns in which columns of a row each of ours stands.
func headOf(row sheet.Row) [][]int {
	at := make([][]int, len(columnsOfSheet))
	for c, cell := range row.Cells {
		if i := columnAt(cell); i >= 0 {
			at[i] = append(at[i], c)
		}
	}
	return at
}

// columnAt returns which of our columns a cell heads, -1 when none.
func columnAt(c sheet.Cell) int {
	words := strings.TrimSpace(search.Words(c.Text))
	for i, k := range columnsOfSheet {
		if slices.Contains(k.known, words) {
			return i
		}
	}
	return -1
}

// left returns the headers of a head that are not taken in.
func left(row sheet.Row, at [][]int) []string {
	var out []string
	for c, cell := range row.Cells {
		taken := slices.ContainsFunc(at, func(columns []int) bool { return slices.Contains(columns, c) })
		if words := strings.TrimSpace(search.Words(cell.Text)); !taken && words != "" && !slices.Contains(numberings, words) {
			out = append(out, cell.Text)
		}
	}
	return slices.Compact(out)
}

func entriesIn(rows []sheet.Row, at [][]int) []Entry {
	var out []Entry
	for _, row := range rows {
		e := Entry{Row: row.Number}
		for i, k := range columnsOfSheet {
			*k.into(&e) = textIn(row, at[i], i == nameColumn)
		}
		if len(e.Phone) == 9 && strings.ContainsRune("35789", rune(e.Phone[0])) && strings.Trim(e.Phone, "0123456789") == "" {
			e.Phone = "0" + e.Phone // Excel has taken the zero of a mobile number
		}
		if e.Name+e.Unit+e.Line != "" && !slices.ContainsFunc(at[nameColumn], func(c int) bool { return columnAt(row.Cell(c)) == nameColumn }) {
			out = append(out, e)
		}
	}
	return out
}

// textIn returns what a row says in columns: in the first of them, of a name in all, for it may be
// divided.
func textIn(row sheet.Row, columns []int, joined bool) string {
	var texts []string
	for _, c := range columns {
		cell := row.Cell(c)
		if cell.Text != "" && (!cell.Merged || !slices.Contains(texts, cell.Text)) {
			texts = append(texts, cell.Text)
		}
		if !joined {
			break
		}
	}
	return strings.Join(texts, " ")
}

// delegate returns the row as a delegate of one of the lines.
func (e Entry) delegate(lines []conference.Category) (Delegate, error) {
	d := Delegate{Unit: e.Unit, Name: e.Name, Post: e.Post, Phone: e.Phone, Email: e.Email}
	n := slices.IndexFunc(lines, func(y conference.Category) bool { return search.Words(y.Title) == search.Words(e.Line) })
	if n < 0 {
		return d, fault.New(fault.Invalid, "delegation.problem.no_line")
	}
	d.Category = lines[n].ID
	return d, d.check()
}

// of returns a delegate as one of the unit that is asked in the same line under the name
// that was written; of no unit of the tree where none is.
func (d Delegate) of(shares []Share) Delegate {
	for _, s := range shares {
		if s.Line.ID == d.Category && s.Unit.ID != "" && search.Words(s.Unit.Name) == search.Words(d.Unit) {
			d.UnitRoot, d.UnitID, d.Unit = s.Unit.Root, s.Unit.ID, s.Unit.Name
		}
	}
	return d
}

// judge writes beside each row what is wrong with it: of a delegate who stands already, and
// of a name that comes twice in a unit, too.
func judge(rows []Entry, lines []conference.Category, all []Delegate) []Entry {
	type key struct{ unit, name string }
	met := map[key]bool{}
	for _, d := range all {
		if d.Stands() {
			met[key{search.Words(d.Unit), search.Words(d.Name)}] = true
		}
	}
	for i, e := range rows {
		rows[i].Problem = ""
		k := key{search.Words(e.Unit), search.Words(e.Name)}
		if _, err := e.delegate(lines); err != nil {
			rows[i].Problem = problemOf(err)
		} else if met[k] {
			rows[i].Problem = "delegation.problem.row_twice"
		}
		met[k] = true
	}
	return rows
}

// problemOf returns the key of the first thing that is wrong.
func problemOf(err error) string {
	f := fault.Of(err)
	for _, field := range []string{"name", "unit", "post", "phone", "email"} {
		if key, is := f.Fields[field]; is {
			return key
		}
	}
	return f.Key
}

func (s *Service) judged(ctx context.Context, q db.Q, x conference.Conference, rows []Entry) ([]Entry, error) {
	lines, err := conference.Categories(ctx, q, x)
	if err != nil {
		return nil, err
	}
	all, err := Delegates(ctx, q, x)
	return judge(rows, lines, all), err
}

// brought is a list of delegates that was read from a file and waits to be taken.
type brought struct {
	Root       string `db:"root_id"`
	ID         string
	Conference string `db:"conference_id"`
	Account    string `db:"account_id"`
	Hash       string // SHA-256 of the file
	Content    string // the rows as they were read
	UploadedAt when.Instant
}

// keepBrought is how long a list waits to be taken.
const keepBrought = 24 * time.Hour

// waiting is the moment since which a list still waits.
func (s *Service) waiting() when.Instant { return s.now().Add(-keepBrought) }

// rows returns the rows as they were read.
func (b brought) rows() (rows []Entry, err error) {
	return rows, json.Unmarshal([]byte(b.Content), &rows)
}

// digest binds what was seen: the file, and what was said of each of its rows.
func (b brought) digest(judged []Entry) string {
	text, err := json.Marshal(judged)
	if err != nil {
		panic(err) // texts and numbers
	}
	sum := sha256.Sum256(append([]byte(b.Hash+"\n"), text...))
	return hex.EncodeToString(sum[:])
}

// Looked is a list with what is wrong with each row, and what a press to take it says: of which
// list, and how it looked.
type Looked struct {
	ID, Digest string
	Rows       []Entry
}

// Left returns the headers of columns that are not taken in.
func (l Looked) Left() []string {
	var all []string
	for _, e := range l.Rows {
		for _, header := range e.Left {
			if !slices.Contains(all, header) {
				all = append(all, header)
			}
		}
	}
	return all
}

// Bring reads a file, keeps its rows until they are taken, and returns them with what is wrong
// with each.
func (s *Service) Bring(ctx context.Context, who access.Person, conferenceID string, data []byte) (Looked, error) {
	rows, err := readSheet(data)
	if err != nil {
		return Looked{}, err
	}
	content, err := json.Marshal(rows)
	if err != nil {
		return Looked{}, err
	}
	sum := sha256.Sum256(data)
	b := brought{ID: id.New(), Account: who.Account, Hash: hex.EncodeToString(sum[:]), Content: string(content), UploadedAt: s.now()}
	var out Looked
	err = s.DB.Tx(ctx, func(tx *db.Tx) error {
		x, err := conference.Get(ctx, tx, who.Scope(conference.Keep), conferenceID)
		if err != nil {
			return err
		}
		if err := x.CheckOpen(); err != nil {
			return err
		}
		b.Root, b.Conference = x.Root, x.ID
		if err := db.Insert(ctx, tx, "delegate_import", b); err != nil {
			return err
		}
		out, err = s.look(ctx, tx, x, b)
		return err
	})
	return out, err
}

// Expire deletes the lists that nobody has taken in time.
func (s *Service) Expire(ctx context.Context) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error { return dropBrought(ctx, tx, s.waiting()) })
}

// Look returns a list that who has brought, as it looks now.
func (s *Service) Look(ctx context.Context, who access.Person, conferenceID, listID string) (Looked, error) {
	x, err := conference.Get(ctx, s.DB, who.Scope(conference.Keep), conferenceID)
	if err != nil {
		return Looked{}, err
	}
	b, err := findBrought(ctx, s.DB, x, who.Account, listID, s.waiting())
	if err != nil {
		return Looked{}, err
	}
	return s.look(ctx, s.DB, x, b)
}

func (s *Service) look(ctx context.Context, q db.Q, x conference.Conference, b brought) (Looked, error) {
	rows, err := b.rows()
	if err == nil {
		rows, err = s.judged(ctx, q, x, rows)
	}
	return Looked{b.ID, b.digest(rows), rows}, err
}

// Take puts the rows of a list that can be taken on the list of the conference, the others not,
// and returns how many. digest is that of the list as it was seen: where it looks otherwise now,
// because others have written meanwhile, it is a conflict and nothing is taken.
func (s *Service) Take(ctx context.Context, who access.Person, conferenceID, listID, digest string) (n int, err error) {
	err = s.keep(ctx, who, conferenceID, "delegation.imported", "", func(tx *db.Tx, x conference.Conference) error {
		b, err := findBrought(ctx, tx, x, who.Account, listID, s.waiting())
		if err != nil {
			return err
		}
		seen, err := s.look(ctx, tx, x, b)
		if err != nil {
			return err
		}
		if seen.Digest != digest {
			return fault.New(fault.Conflict, "delegation.problem.meanwhile")
		}
		rows := seen.Rows
		lines, err := conference.Categories(ctx, tx, x)
		if err != nil {
			return err
		}
		shares, err := Shares(ctx, tx, x)
		if err != nil {
			return err
		}
		for _, e := range rows {
			if e.Problem != "" {
				continue
			}
			d, err := e.delegate(lines)
			if err == nil {
				_, err = s.add(ctx, tx, who, x, d.of(shares))
			}
			if err != nil {
				return err
			}
			n++
		}
		return removeBrought(ctx, tx, b)
	})
	return n, err
}

// listSheet is the list of those who stand, as a table for Excel.
func listSheet(l locale.L, x conference.Conference, lines []conference.Category, all []Delegate) sheet.Table {
	t := sheet.Table{Name: "Đại biểu", Titles: []string{"DANH SÁCH ĐẠI BIỂU", x.Title}, Header: []string{"TT"}, Widths: []float64{6}}
	for _, k := range columnsOfSheet {
		t.Header, t.Widths = append(t.Header, k.title), append(t.Widths, k.width)
	}
	t.Header, t.Widths = append(t.Header, "Giấy mời số", "Trả lời", "Lý do"), append(t.Widths, 12, 18, 30)
	title := map[string]string{}
	for _, y := range lines {
		title[y.ID] = y.Title
	}
	for i, d := range all {
		number, answer := "", ""
		if d.Number > 0 {
			number = numbered(d.Number)
		}
		if d.Answer != "" {
			answer = l.Of("delegation.answer", string(d.Answer))
		}
		t.Rows = append(t.Rows, []any{i + 1, title[d.Category], d.Unit, d.Name, d.Post, d.Phone, d.Email, number, answer, d.Reason})
	}
	return t
}
