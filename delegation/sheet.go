package delegation

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"chibo/conference"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/locale"
	"chibo/kit/search"
	"chibo/kit/sheet"
)

// The columns of a list of delegates as people write it: the words of its head, folded, by
// which each is known.
var columnsOfSheet = []struct {
	title string
	known []string
	width float64
	into  func(*Entry) *string
}{
	{"Thành phần", []string{"thanh phan", "dien"}, 34, func(e *Entry) *string { return &e.Line }},
	{"Đơn vị", []string{"don vi", "co quan", "chi bo", "don vi cong tac"}, 34, func(e *Entry) *string { return &e.Unit }},
	{"Họ và tên", []string{"ho va ten", "ho ten", "ten"}, 28, func(e *Entry) *string { return &e.Name }},
	{"Chức vụ", []string{"chuc vu"}, 26, func(e *Entry) *string { return &e.Post }},
	{"Điện thoại", []string{"dien thoai", "so dien thoai", "sdt"}, 15, func(e *Entry) *string { return &e.Phone }},
	{"Thư điện tử", []string{"thu dien tu", "email", "e mail"}, 26, func(e *Entry) *string { return &e.Email }},
}

// Entry is a row of a list of delegates that the office brings.
type Entry struct {
	Row                                  int // as the sheet counts
	Line, Unit, Name, Post, Phone, Email string
	Problem                              string // key of what is wrong; empty: it can be taken
}

// readSheet reads the rows under the head of a file. Columns may stand in any order; the
// name, the unit and the line must be there.
func readSheet(data []byte) ([]Entry, error) {
	sheets, err := sheet.Read(data)
	if err != nil {
		return nil, err
	}
	for _, s := range sheets {
		for n, row := range s.Rows {
			if at := headOf(row); at[0] >= 0 && at[1] >= 0 && at[2] >= 0 {
				return entriesIn(s.Rows[n+1:], at), nil
			}
		}
	}
	return nil, fault.New(fault.Invalid, "delegation.problem.head")
}

// headOf returns in which column of a row each of ours stands; -1: in none.
func headOf(row sheet.Row) []int {
	at := make([]int, len(columnsOfSheet))
	for i, k := range columnsOfSheet {
		at[i] = slices.IndexFunc(row.Cells, func(c sheet.Cell) bool {
			return slices.Contains(k.known, strings.TrimSpace(search.Words(c.Text)))
		})
	}
	return at
}

func entriesIn(rows []sheet.Row, at []int) []Entry {
	var out []Entry
	for _, row := range rows {
		e := Entry{Row: row.Number}
		for i, k := range columnsOfSheet {
			if at[i] >= 0 {
				*k.into(&e) = row.Cell(at[i]).Text
			}
		}
		if e.Name+e.Unit+e.Line != "" {
			out = append(out, e)
		}
	}
	return out
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

// Preview returns the rows of a file with what is wrong with each, and changes nothing.
func (s *Service) Preview(ctx context.Context, q db.Q, x conference.Conference, data []byte) ([]Entry, error) {
	rows, err := readSheet(data)
	if err != nil {
		return nil, err
	}
	return s.judged(ctx, q, x, rows)
}

func (s *Service) judged(ctx context.Context, q db.Q, x conference.Conference, rows []Entry) ([]Entry, error) {
	lines, err := conference.Categories(ctx, q, x)
	if err != nil {
		return nil, err
	}
	all, err := Delegates(ctx, q, x)
	return judge(rows, lines, all), err
}

// Take puts the rows that can be taken on the list, the others not, and returns how many.
func (s *Service) Take(ctx context.Context, who access.Person, conferenceID string, rows []Entry) (n int, err error) {
	err = s.keep(ctx, who, conferenceID, "delegation.imported", "", func(tx *db.Tx, x conference.Conference) error {
		lines, err := conference.Categories(ctx, tx, x)
		if err != nil {
			return err
		}
		if rows, err = s.judged(ctx, tx, x, rows); err != nil {
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
		return nil
	})
	return n, err
}

// pack is rows as a form carries them from the preview to the press; unpack reads them.
func pack(rows []Entry) string {
	b, err := json.Marshal(rows)
	if err != nil {
		panic(err) // texts and numbers
	}
	return string(b)
}

func unpack(text string) ([]Entry, error) {
	var rows []Entry
	if err := json.Unmarshal([]byte(text), &rows); err != nil {
		return nil, fault.New(fault.Invalid, "fault.unreadable")
	}
	return rows, nil
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
