package member

import (
	"slices"
	"strings"
	"unicode"

	"chibo/kit/fault"
	"chibo/kit/search"
	"chibo/kit/sheet"
	"chibo/kit/text"
	"chibo/kit/when"
)

// Severity says what a problem means for its line.
type Severity string

// The severities.
const (
	Refusal Severity = "error"   // the line is not taken in
	Remark  Severity = "warning" // the line is taken in; a person should look
)

// Problem is something about a cell that a person should know before a sheet is
// taken in.
type Problem struct {
	// Cell is the address, "C7"; empty when the whole sheet is meant.
	Cell     string   `json:"cell"`
	Severity Severity `json:"severity"`
	// Key names the message, Args fill it; Message holds it in words once somebody
	// has spoken it.
	Key     string         `json:"code"`
	Args    map[string]any `json:"-"`
	Message string         `json:"message"`
}

// Line is one person as a sheet has them.
type Line struct {
	Row int
	Member
	// Standing is what the sheet says or what follows from its dates; Said tells
	// the two apart.
	Standing Standing
	Said     bool
	Problems []Problem
	places   places // of the sheet
	unit     string // the cell that the sheet says the person is of
	born     Column // that of men or of women, where the date of birth stands there
}

// cell returns the address of the cell in which the line says what stands in column, empty
// where the sheet has no such column.
func (l Line) cell(column Column) string {
	if column == ColBorn && l.born != "" {
		column = l.born
	}
	if at := l.places[column]; len(at) > 0 {
		return sheet.Address(at[0], l.Row)
	}
	if column == ColName && len(l.places[ColFamily]) > 0 {
		return l.cell(ColFamily)
	}
	return ""
}

// Refused reports whether a problem keeps the line out.
func (l Line) Refused() bool {
	for _, p := range l.Problems {
		if p.Severity == Refusal {
			return true
		}
	}
	return false
}

// problem adds a problem with the cell of column.
func (l *Line) problem(severity Severity, column Column, key string, args ...any) {
	p := Problem{Cell: l.cell(column), Severity: severity, Key: key, Args: map[string]any{}}
	for i := 0; i+1 < len(args); i += 2 {
		p.Args[args[i].(string)] = args[i+1]
	}
	l.Problems = append(l.Problems, p)
}

// SheetRoll is a sheet read as a roll.
type SheetRoll struct {
	Sheet    string
	Sheets   []string // those of the file that have people in them, where there is more than one
	Columns  []Understood
	Lines    []Line
	Problems []Problem // of the sheet as a whole
	titles   []string  // what stands above the table
}

// Cards returns the numbers of the cards in the sheet.
func (r SheetRoll) Cards() []string {
	var all []string
	for _, l := range r.Lines {
		if l.CardNumber != "" {
			all = append(all, l.CardNumber)
		}
	}
	return all
}

// ReadRolls finds the rolls among the sheets of a file and reads them as of today.
// What cannot be read of a person is a problem of the line; that no sheet has a
// header with names is a fault.
func ReadRolls(sheets []sheet.Sheet, today when.Date) (Rolls, error) {
	var all Rolls
	for _, s := range sheets {
		h, ok := findHeader(s)
		if !ok {
			continue
		}
		h.above(s)
		r := reader{header: h, places: h.places(), today: today, adults: when.On(today.Year-youngest, today.Month, today.Day), lines: make([]Line, 0, len(s.Rows)-h.last-1)}
		for _, row := range s.Rows[h.last+1:] {
			r.read(row)
		}
		r.checkDates()
		all = append(all, SheetRoll{Sheet: s.Name, Columns: h.columns, Lines: r.lines, Problems: r.problems, titles: titlesOf(s.Rows[:h.first])})
	}
	if len(all) == 0 {
		return nil, fault.New(fault.Invalid, "member.roll.no_header")
	}
	return all, nil
}

// reader reads the rows under a header.
type reader struct {
	header
	places   places
	today    when.Date
	adults   when.Date // the last day on which somebody was born who may be admitted today
	group    Standing  // said by the last row that heads a group
	unit     string    // the cell that the last row that heads a group names
	ended    bool      // a total or a signature has come
	lines    []Line
	problems []Problem
	dates    [2]dateStyle // of dates typed as text and of dates that Excel took
}

// dateStyle counts dates and those whose day could be a month.
type dateStyle struct{ all, ambiguous int }

// read reads one row: a person, or something that stands between them.
func (r *reader) read(row sheet.Row) {
	text, alone := r.onlyText(row)
	switch {
	case alone && isFooter(text):
		r.ended = true
		return
	case alone && r.heads(row, text):
		r.group = standingOf(text)
		if _, unit, ok := strings.Cut(" "+plainWords(text)+" ", " chi bo "); ok {
			r.unit = strings.TrimSpace(unit)
		}
		return
	}
	line := r.line(row)
	name := search.Fold(line.FullName)
	switch {
	case isHeader(line.FullName), r.isCount(row):
		return // the header again on a new page, or the numbers of the columns
	case isFooter(line.FullName), isFooter(r.text(row, ColNumber)):
		r.ended = true
		return
	case name == "" && !r.identified(row):
		return
	case r.ended && !r.identified(row) && r.text(row, ColNumber) == "":
		return // the name under a signature
	}
	r.check(&line)
	line.Problems = slices.Clip(line.Problems) // plans that are made of it add their own
	r.lines = append(r.lines, line)
}

// heads reports whether a row that says one thing alone heads a group: "I. Đảng
// viên chính thức", "II" beside "Tổ đảng số 2".
func (r *reader) heads(row sheet.Row, text string) bool {
	if strings.Contains(plainWords(text), "dang vien") {
		return true
	}
	if n := r.text(row, ColNumber); n != "" && n != text {
		return !strings.ContainsFunc(n, unicode.IsDigit)
	}
	for i, c := range row.Cells {
		if c.Kind != sheet.Empty && !c.Merged && i < len(r.columns) && r.columns[i].Column == ColName {
			return false
		}
	}
	return !r.identified(row)
}

// onlyText returns the text of a row that says one thing alone beside its number,
// in one cell or in a merged range.
func (r *reader) onlyText(row sheet.Row) (string, bool) {
	text, number := "", r.place(ColNumber)
	for i, c := range row.Cells {
		if c.Kind == sheet.Empty || i == number && !c.Merged && len(row.Cells) > i+1 {
			continue
		}
		if text != "" && c.Text != text {
			return "", false
		}
		text = c.Text
	}
	return text, text != ""
}

// identified reports whether a row holds what tells one person from another: a
// date of birth, a card, a date of the Party.
func (r *reader) identified(row sheet.Row) bool {
	for _, c := range []Column{ColBorn, ColBornMale, ColBornFemale, ColCard, ColCitizen, ColAdmitted, ColOfficial} {
		if strings.ContainsFunc(r.text(row, c), unicode.IsDigit) {
			return true
		}
	}
	// A sheet of names and numbers: the number makes the person.
	return strings.ContainsFunc(r.text(row, ColNumber), unicode.IsDigit) && len([]rune(r.name(row))) > 1
}

var footer = text.Pattern(`^(tong( so| cong| hop| dang vien|$)|cong( \d|$)|danh sach nay|danh sach co|danh sach gom|nguoi lap|nguoi tong hop|t m |tm |thay mat|bi thu\b|pho bi thu\b|xac nhan|noi nhan|k t |ky ten|.{0,40}ngay \d* ?thang \d* ?nam)`)

// footing are the first words of what stands under a table, unless it is a place and a day.
var footing = map[string]bool{
	"tong": true, "cong": true, "danh": true, "nguoi": true, "t": true, "tm": true, "thay": true, "bi": true, "pho": true,
	"xac": true, "noi": true, "k": true, "ky": true,
}

// isFooter reports whether a text stands under a table. Hardly any name is asked by the pattern.
func isFooter(text string) bool {
	words := plainWords(text)
	first, _, _ := strings.Cut(words, " ")
	return (footing[first] || strings.Contains(words, "ngay")) && footer().MatchString(words)
}

// isCount reports whether a row numbers the columns: 1 2 3, (1) (2) (3), A B 1.
func (r *reader) isCount(row sheet.Row) bool {
	for _, c := range row.Cells {
		if len(plainWords(c.Text)) > 2 {
			return false
		}
	}
	return true
}

// text returns the text of the columns that hold what, put together where there
// are several; a failed formula holds nothing.
func (r *reader) text(row sheet.Row, what Column) string {
	all := ""
	for _, i := range r.places[what] {
		cell := row.Cell(i)
		switch {
		case cell.Text == "" || cell.Kind == sheet.Error || cell.Kind == sheet.Bool:
		case all == "":
			all = cell.Text
		default:
			all += "; " + cell.Text
		}
	}
	return all
}

var (
	counted = text.Pattern(`^\d+\s*[.)/]\s*`)
	address = text.Pattern(`(?i)^(đ/c|đ\.c|đc|đồng chí)[.:]?\s+`)
)

// name returns the name in a row as it is written in lists: without the number or
// the form of address before it, in small letters after capitals.
func (r *reader) name(row sheet.Row) string {
	name := r.text(row, ColName)
	if name == "" || r.place(ColGiven) >= 0 && r.place(ColFamily) < 0 {
		name += " " + r.text(row, ColFamily) + " " + r.text(row, ColGiven)
	}
	name = search.Clean(name)
	if name != "" && name[0] >= '0' && name[0] <= '9' {
		name = counted().ReplaceAllString(name, "")
	}
	if strings.HasPrefix(name, "đ") || strings.HasPrefix(name, "Đ") {
		name = address().ReplaceAllString(name, "")
	}
	if strings.ToUpper(name) == name {
		return capitalized(name)
	}
	return name
}

// capitalized returns TRẦN VĂN HÒA as Trần Văn Hòa.
func capitalized(name string) string {
	before := ' '
	return strings.Map(func(r rune) rune {
		first := !unicode.IsLetter(before)
		before = r
		if first {
			return r
		}
		return unicode.ToLower(r)
	}, name)
}

// checkDates warns of a sheet whose days and months Excel has turned round: where
// 3/2 became a date of its own in the order of another country, 25/2 could not
// and stayed text.
func (r *reader) checkDates() {
	typed, taken := r.dates[0], r.dates[1]
	if typed.all >= 2 && typed.ambiguous == 0 && taken.all >= 2 && taken.ambiguous == taken.all {
		r.problems = append(r.problems, Problem{Severity: Remark, Key: "member.roll.turned"})
	}
	if r.place(ColStanding) < 0 && r.place(ColOfficial) < 0 && len(r.lines) > 0 {
		r.problems = append(r.problems, Problem{Severity: Remark, Key: "member.roll.no_standing"})
	}
}
