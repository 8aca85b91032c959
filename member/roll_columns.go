package member

import (
	"cmp"
	"regexp"
	"strings"
	"sync"

	"chibo/kit/search"
	"chibo/kit/sheet"
)

// Column is what a column of a roll sheet holds; empty says that it is not taken
// in.
type Column string

// The columns. Some sheets split a name or a date of birth over two columns, mark
// the sex by a cross, or write schooling beside the degree.
const (
	ColNumber     Column = "number"
	ColName       Column = "full_name"
	ColFamily     Column = "family_name" // họ và tên đệm, with ColGiven
	ColGiven      Column = "given_name"
	ColSex        Column = "sex"
	ColMale       Column = "male"   // a cross for men
	ColFemale     Column = "female" // a cross for women
	ColBorn       Column = "born_on"
	ColBornMale   Column = "born_male"   // the date of birth of men
	ColBornFemale Column = "born_female" // the date of birth of women
	ColEthnicity  Column = "ethnicity"
	ColHometown   Column = "hometown"
	ColCard       Column = "card_number"
	ColCitizen    Column = "citizen_id"
	ColPhone      Column = "phone"
	ColEmail      Column = "email"
	ColAdmitted   Column = "admitted_on"
	ColOfficial   Column = "official_on"
	ColStanding   Column = "standing"
	ColSchooling  Column = "schooling" // trình độ văn hóa: 12/12
	ColEducation  Column = "education"
	ColTheory     Column = "theory"
	ColPosition   Column = "position"
	ColWorkplace  Column = "workplace"
	ColResidence  Column = "residence"
	ColUnit       Column = "unit"        // chi bộ, in the roll of a ward
	ColGroup      Column = "party_group" // tổ đảng
	ColField      Column = "field"
	ColArea       Column = "area"
	ColNote       Column = "note"
)

// headerRule reads the header of a column, folded and with spaces for signs.
type headerRule struct {
	column Column
	words  *regexp.Regexp
}

// headerRules are the rules, of which the first that matches counts; they are compiled
// with the first sheet.
var headerRules = sync.OnceValue(func() []headerRule {
	return []headerRule{
		{"", regexp.MustCompile(`so qd|so quyet dinh|quyet dinh so|noi ket nap|noi vao dang|nguoi gioi thieu|noi sinh|ngay cap|noi cap|tuoi dang|huy hieu|ho (va )?ten (bo|cha|me|vo|chong|con|nguoi)\b`)},
		{ColNumber, regexp.MustCompile(`^(s ?t ?t|t ?t|so tt|so thu tu|thu tu|no|tt so)$`)},
		{ColStanding, regexp.MustCompile(`^(tinh trang|trang thai|dien dang vien|dien|loai dang vien|tinh trang (sinh hoat|dang vien).*|(dang vien |dv )?chinh thuc (hay |hoac )?du bi)$`)},
		{ColOfficial, regexp.MustCompile(`chinh thuc|^(ngay )?(vao dang )?ct$`)},
		{ColAdmitted, regexp.MustCompile(`vao dang|ket nap|ngay du bi|vao dcsvn|^ngay vao$|^(dang vien |dv )?du bi$`)},
		{ColBornMale, regexp.MustCompile(`^(ngay |ngay thang )?(nam )?sinh nam$`)},
		{ColBornFemale, regexp.MustCompile(`^(ngay |ngay thang )?(nam )?sinh nu$`)},
		{ColFamily, regexp.MustCompile(`^ho( (va )?(ten )?(dem|lot|chu dem|chu lot))?$`)},
		{ColName, regexp.MustCompile(`\bho (va )?ten\b|^(ten )?dang vien$`)},
		{ColGiven, regexp.MustCompile(`^ten( goi)?$`)},
		{ColBorn, regexp.MustCompile(`\b(ngay|thang|nam) sinh\b|^sinh ngay|^sinh nam|^ngay thang nam sinh|^nt?ns$|^nam sn$|^sn$|^sinh$`)},
		{ColMale, regexp.MustCompile(`^(gioi tinh |gioi |phai )?nam$`)},
		{ColFemale, regexp.MustCompile(`^(gioi tinh |gioi |phai )?nu$`)},
		{ColSex, regexp.MustCompile(`^(gioi tinh|gioi|phai|gt|nam nu)\b`)},
		{ColEthnicity, regexp.MustCompile(`dan toc`)},
		{ColHometown, regexp.MustCompile(`que quan|nguyen quan|^que$`)},
		{ColCitizen, regexp.MustCompile(`can cuoc|cccd|cmnd|cmtnd|chung minh|dinh danh|ddcn`)},
		{ColCard, regexp.MustCompile(`so the|the dang|the dv|so tdv|ma dang vien|so hieu dang vien`)},
		{ColPhone, regexp.MustCompile(`dien thoai|\bsdt\b|\bso dt\b|\bdtdd\b|di dong|^(dt|so may|tel|phone|mobile)$`)},
		{ColEmail, regexp.MustCompile(`\be ?mail\b|gmail|thu dien tu`)},
		{ColTheory, regexp.MustCompile(`ly luan|\bllct\b|chinh tri`)},
		{ColSchooling, regexp.MustCompile(`van hoa|hoc van|pho thong|gdpt`)},
		{ColEducation, regexp.MustCompile(`chuyen mon|trinh do|bang cap|hoc vi|hoc ham`)},
		{ColUnit, regexp.MustCompile(`^(ten |thuoc )?chi bo( sinh hoat| truc thuoc)?$|^sinh hoat (tai )?chi bo$`)},
		{ColGroup, regexp.MustCompile(`^(thuoc )?to (dang|sinh hoat)\b`)},
		{ColArea, regexp.MustCompile(`dia ban|khu vuc phu trach|nhom ho`)},
		{ColField, regexp.MustCompile(`linh vuc|phu trach|nhiem vu`)},
		{ColPosition, regexp.MustCompile(`chuc vu|chuc danh|nghe nghiep|cong viec`)},
		{ColWorkplace, regexp.MustCompile(`noi cong tac|don vi cong tac|noi lam viec|co quan|^don vi$|^cong tac tai`)},
		{ColResidence, regexp.MustCompile(`noi o|cho o|dia chi|thuong tru|cu tru|ho khau|tam tru`)},
		{ColNote, regexp.MustCompile(`ghi chu|luu y`)},
	}
})

// isHeader reports whether a text in the column of names is its header: of names hardly any
// has a word that headers have.
func isHeader(name string) bool { return namesPeople(plainWords(name)) && columnOf(name) == ColName }

// namesPeople reports whether folded words may head a column of names: all that do have one of these.
func namesPeople(words string) bool {
	return strings.Contains(words, "ten") || strings.Contains(words, "dang vien")
}

// columnOf returns what a column with this header holds. Dates and numbers head nothing.
func columnOf(header string) Column {
	words := plainWords(header)
	if !strings.ContainsFunc(words, func(r rune) bool { return r >= 'a' }) {
		return ""
	}
	for _, rule := range headerRules() {
		if rule.words.MatchString(words) {
			return rule.column
		}
	}
	return ""
}

// plainWords folds text and leaves letters and digits, one space between words.
func plainWords(text string) string {
	folded := search.Fold(text)
	words, part := make([]byte, 0, len(folded)), false
	for i := range len(folded) {
		b := folded[i]
		if (b < 'a' || b > 'z') && (b < '0' || b > '9') {
			part = true
			continue
		}
		if part && len(words) > 0 {
			words = append(words, ' ')
		}
		words, part = append(words, b), false
	}
	return string(words)
}

// Understood says how one column of a sheet was understood.
type Understood struct {
	Letter string `json:"column"` // "C"
	Header string `json:"header"`
	Column Column `json:"field"` // empty when it is not taken in
}

// header is the head of a table within a sheet.
type header struct {
	first, last int // indexes of its rows in the sheet
	columns     []Understood
}

// place returns the index of the column that holds what, -1 when none does.
func (h header) place(what Column) int {
	for i, c := range h.columns {
		if c.Column == what {
			return i
		}
	}
	return -1
}

// places are the columns that hold what.
type places map[Column][]int

func (h header) places() places {
	all := places{}
	for i, c := range h.columns {
		if c.Column != "" {
			all[c.Column] = append(all[c.Column], i)
		}
	}
	return all
}

// plain reports whether the column of what has a header of one text: over names
// there is no second, so a row that has one is a title or a person.
func (h header) plain(what Column) bool {
	at := h.place(what)
	return at >= 0 && (!strings.Contains(h.columns[at].Header, between) || halfOf(h.columns[at].Header) == what)
}

// halfOf returns the half of a name whose header stands under that of the whole name: "Họ đệm" or "Tên" under
// "Họ và tên". It is empty for other headers.
func halfOf(text string) Column {
	whole, half, ok := strings.Cut(text, between)
	if !ok || !isHeader(whole) {
		return ""
	}
	if c := columnOf(half); c == ColFamily || c == ColGiven {
		return c
	}
	return ""
}

// between joins the texts that stand above each other in a header.
const between = " › "

// deepest is how many rows with values may stand above the header.
const deepest = 40

// findHeader finds the header of a roll under the title rows: the one to three
// rows, taken together, in which most columns are understood. It must name the
// person.
func findHeader(s sheet.Sheet) (best header, found bool) {
	most := 0
	for first := range min(len(s.Rows), deepest) {
		for last := first; last < min(first+3, len(s.Rows)); last++ {
			rows := s.Rows[first : last+1]
			if !named(rows) {
				continue
			}
			h := readHeader(rows, first)
			n := h.understood()
			if n > most || found && n == most && last-first > best.last-best.first {
				best, most, found = h, n, true
			}
		}
	}
	return best, found
}

// understood counts the columns that are understood, 0 when nobody is named. A
// name may stand with one column that is not understood, not with more.
func (h header) understood() int {
	named := h.plain(ColName) || h.plain(ColFamily) && h.plain(ColGiven)
	known, all := 0, 0
	for _, c := range h.columns {
		if c.Column != "" {
			known++
		}
		if c.Header != "" {
			all++
		}
	}
	if !named || known < 2 && all > 2 {
		return 0
	}
	return known
}

// named reports whether rows may be the head of a table of people: most rows that are asked are
// not, and to read one as a head asks thirty patterns about each of its cells.
func named(rows []sheet.Row) bool {
	for c := range widthOf(rows) {
		text := headerText(rows, c)
		if !strings.Contains(text, between) && namesPeople(plainWords(text)) || halfOf(text) != "" {
			return true
		}
	}
	return false
}

func widthOf(rows []sheet.Row) int {
	width := 0
	for _, r := range rows {
		width = max(width, len(r.Cells))
	}
	return width
}

// readHeader reads rows as the head of a table.
func readHeader(rows []sheet.Row, first int) header {
	h := header{first: first, last: first + len(rows) - 1}
	for c := range widthOf(rows) {
		text := headerText(rows, c)
		h.columns = append(h.columns, Understood{Letter: sheet.Column(c), Header: text, Column: h.next(text)})
	}
	return h
}

// above gives the columns that have no text in the head that of the row over it, where it holds more
// than a title: over "Họ đệm" and "Tên" stands "Họ và tên", and beside that what is not divided.
func (h *header) above(s sheet.Sheet) {
	if h.first == 0 || s.Rows[h.first-1].Number+1 != s.Rows[h.first].Number {
		return
	}
	row, texts := s.Rows[h.first-1], map[string]bool{}
	for _, c := range row.Cells {
		if c.Text != "" {
			texts[c.Text] = true
		}
	}
	if len(texts) < 3 {
		return
	}
	for c := range row.Cells {
		text := row.Cell(c).Text
		switch {
		case text == "" || len([]rune(text)) > 80:
		case c >= len(h.columns):
			for len(h.columns) < c {
				h.columns = append(h.columns, Understood{Letter: sheet.Column(len(h.columns))})
			}
			h.columns = append(h.columns, Understood{Letter: sheet.Column(c), Header: text, Column: h.next(text)})
		case h.columns[c].Header == "":
			h.columns[c].Header, h.columns[c].Column = text, h.next(text)
		}
	}
}

// headerText returns the header of column c. What stands above each other in several rows is
// read together: "Ngày, tháng, năm" over "vào Đảng".
func headerText(rows []sheet.Row, c int) string {
	var texts []string
	for i := range rows {
		if text := headerCell(rows, i, c); text != "" && (len(texts) == 0 || texts[len(texts)-1] != text) {
			texts = append(texts, text)
		}
	}
	return strings.Join(texts, between)
}

// headerCell returns the text of column c in row i of a header. Where cells are not
// merged, what heads a group stands over its first column alone: a column that has
// a text below and none here belongs to the group at its left.
func headerCell(rows []sheet.Row, i, c int) string {
	text := rows[i].Cell(c).Text
	for left := c; text == "" && left > 0 && i+1 < len(rows) && rows[i+1].Cell(left).Text != ""; {
		left--
		if rows[i+1].Cell(left).Text != "" {
			text = rows[i].Cell(left).Text
		}
	}
	return text
}

// joined are the columns of which a sheet may have several; their texts are put
// together.
var joined = map[Column]bool{ColPosition: true, ColNote: true, ColWorkplace: true, ColEducation: true, ColResidence: true}

// next returns what the next column holds, given those before it: a thing that is
// there already is not taken in twice.
func (h header) next(text string) Column {
	if len([]rune(text)) > 80 { // a title, a remark
		return ""
	}
	column := cmp.Or(halfOf(text), columnOf(text))
	if h.place(column) >= 0 && !joined[column] {
		return ""
	}
	return column
}
