package member

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"

	"chibo/kit/fault"
	"chibo/kit/search"
	"chibo/kit/sheet"
	"chibo/kit/text"
	"chibo/kit/when"
)

// line reads the person in a row.
func (r *reader) line(row sheet.Row) Line {
	l := Line{Row: row.Number, places: r.places}
	for i, c := range r.columns {
		if c.Column != "" && row.Cell(i).Kind == sheet.Error {
			l.problem(Remark, c.Column, "member.roll.formula")
		}
	}
	l.FullName = r.name(row)
	for _, column := range textColumns {
		*l.words(column) = r.text(row, column)
	}
	if schooling := r.text(row, ColSchooling); schooling != "" {
		l.Education = strings.Trim(schooling+"; "+l.Education, "; ")
	}
	l.unit = cmp.Or(r.text(row, ColUnit), r.unit)
	r.numbers(row, &l)
	r.sex(row, &l)
	r.day(row, &l, ColBorn, "", &l.BornOn, &l.BornKnown)
	r.day(row, &l, ColBornMale, Male, &l.BornOn, &l.BornKnown)
	r.day(row, &l, ColBornFemale, Female, &l.BornOn, &l.BornKnown)
	r.bornInCross(row, &l)
	r.day(row, &l, ColAdmitted, "", &l.AdmittedOn, &l.AdmittedKnown)
	r.day(row, &l, ColOfficial, "", &l.OfficialOn, &l.OfficialKnown)
	r.standing(row, &l)
	l.Member = l.Filed()
	return l
}

// textColumns are the columns whose words are taken as they are, in the order in which changes
// are shown.
var textColumns = []Column{
	ColEthnicity, ColHometown, ColCard, ColCitizen, ColPhone, ColEmail, ColEducation, ColTheory,
	ColPosition, ColWorkplace, ColResidence, ColGroup, ColField, ColArea, ColNote,
}

// words returns where the words of one of the text columns are kept.
func (m *Member) words(column Column) *string {
	switch column {
	case ColEthnicity:
		return &m.Ethnicity
	case ColHometown:
		return &m.Hometown
	case ColCard:
		return &m.CardNumber
	case ColCitizen:
		return &m.CitizenID
	case ColPhone:
		return &m.Phone
	case ColEmail:
		return &m.Email
	case ColEducation:
		return &m.Education
	case ColTheory:
		return &m.Theory
	case ColPosition:
		return &m.Position
	case ColWorkplace:
		return &m.Workplace
	case ColResidence:
		return &m.Residence
	case ColGroup:
		return &m.Group
	case ColField:
		return &m.Field
	case ColArea:
		return &m.Area
	case ColNote:
		return &m.Note
	}
	panic("member: no words in column " + string(column)) // not one of textColumns
}

// numbers mends numbers whose zeros at the front Excel has taken, and leaves out
// those that are none.
func (r *reader) numbers(row sheet.Row, l *Line) {
	phone := number(l.Phone)
	if len(phone) == 9 && strings.ContainsRune("35789", rune(phone[0])) { // how mobile numbers go on after the zero
		phone = "0" + phone
	}
	l.Phone = r.fit(l, ColPhone, phone, digits(strings.TrimPrefix(phone, "+"), 8, 15))
	citizen := number(l.CitizenID)
	if at := r.place(ColCitizen); at >= 0 && row.Cell(at).Kind == sheet.Number && (len(citizen) == 10 || len(citizen) == 11) {
		citizen = strings.Repeat("0", 12-len(citizen)) + citizen
		l.problem(Remark, ColCitizen, "member.roll.zeros")
	}
	l.CitizenID = r.fit(l, ColCitizen, citizen, citizen == "" || digits(citizen, 9, 12))
	card := number(l.CardNumber)
	l.CardNumber = r.fit(l, ColCard, card, digits(card, 1, 14))
	l.Email = r.fit(l, ColEmail, l.Email, l.Email == "" || text.Mailable(l.Email))
}

// fit returns text when it fits, else nothing and a remark. A dash stands for
// nothing in many sheets.
func (r *reader) fit(l *Line, column Column, text string, fits bool) string {
	if strings.Trim(text, "-–—.0") == "" {
		return ""
	}
	if !fits {
		l.problem(Remark, column, "member.roll.left_out", "Text", *l.words(column))
		return ""
	}
	return text
}

// sex reads the sex from its word or from a cross.
func (r *reader) sex(row sheet.Row, l *Line) {
	word := plainWords(r.text(row, ColSex))
	switch {
	case word == "nam" || word == "m" || word == "male":
		l.Sex = Male
	case word == "nu" || word == "f" || word == "female":
		l.Sex = Female
	case word != "":
		l.problem(Remark, ColSex, "member.roll.left_out", "Text", r.text(row, ColSex))
	case r.crossed(row, ColFemale):
		l.Sex = Female
	case r.crossed(row, ColMale), r.place(ColFemale) >= 0 && r.place(ColMale) < 0:
		l.Sex = Male // where only women are marked, the others are men
	}
}

func (r *reader) crossed(row sheet.Row, column Column) bool {
	at := r.place(column)
	return at >= 0 && row.Cell(at).Kind != sheet.Empty && row.Cell(at).Text != "0"
}

// day reads a date into d. Where men and women have columns of their own, a date
// in one of them tells the sex.
func (r *reader) day(row sheet.Row, l *Line, column Column, sex Sex, d *when.Date, known *Precision) {
	at := r.place(column)
	cell := row.Cell(at)
	if at < 0 || cell.Kind == sheet.Empty || cell.Kind == sheet.Error || strings.Trim(cell.Text, "-–—./ ") == "" || isCross(cell.Text) {
		return
	}
	if sex != "" {
		l.Sex, l.born = sex, column
	}
	if cell.Kind == sheet.Date {
		*d, *known = cell.Date, Full
		r.note(1, cell.Date)
		return
	}
	latest := r.today
	if column != ColAdmitted && column != ColOfficial {
		latest = r.adults
	}
	read, precision, err := ReadDate(cell.Text, latest)
	if err != nil {
		l.problem(Refusal, column, "member.roll.date", "Text", cell.Text)
		return
	}
	*d, *known = read, precision
	if cell.Kind == sheet.Text && precision == Full {
		r.note(0, read)
	}
}

// bornInCross reads a date of birth out of a column that only says who is a man
// and who a woman: "Nam", "Nữ" under a header that is lost.
func (r *reader) bornInCross(row sheet.Row, l *Line) {
	for _, cross := range [...]struct {
		column Column
		sex    Sex
	}{{ColMale, Male}, {ColFemale, Female}} {
		if at := r.place(cross.column); l.BornOn.IsZero() && at >= 0 && len(number(row.Cell(at).Text)) >= 4 {
			r.day(row, l, cross.column, cross.sex, &l.BornOn, &l.BornKnown)
		}
	}
}

// note keeps count of dates that were typed (0) or taken by Excel (1).
func (r *reader) note(how int, d when.Date) {
	r.dates[how].all++
	if d.Day <= 12 {
		r.dates[how].ambiguous++
	}
}

// exemptNote finds in a remark that the person is exempt.
var exemptNote = text.Pattern(`\b(duoc|da) mien\b|\bmien (sinh hoat|cong tac|shd)`)

// standing reads how the person stands from the column that says it, else from
// the heading of the group, else from the dates of the Party.
func (r *reader) standing(row sheet.Row, l *Line) {
	word := r.text(row, ColStanding)
	if word == "" {
		word = r.crossedStanding(row)
	}
	if l.OfficialOn.Compare(r.today) > 0 { // the day on which probation will end
		l.OfficialOn, l.OfficialKnown = when.Date{}, Full
		l.problem(Remark, ColOfficial, "member.roll.not_yet")
	}
	switch said := standingOf(word); {
	case said != "":
		l.Standing, l.Said = said, true
	case word != "":
		l.problem(Refusal, ColStanding, "member.roll.standing", "Text", word)
	case r.group != "":
		l.Standing, l.Said = r.group, true
	case !l.OfficialOn.IsZero():
		l.Standing = Official
	case !l.AdmittedOn.IsZero() && (r.place(ColOfficial) >= 0 || r.today.AddDays(-366).Before(l.AdmittedOn)):
		l.Standing = Probationary
		if l.AdmittedOn.Before(r.today.AddDays(-2 * 366)) {
			l.problem(Remark, ColOfficial, "member.roll.long_probation")
		}
	default:
		l.Standing = Official
	}
	if l.Note != "" && l.Standing != Exempt && exemptNote().MatchString(plainWords(l.Note)) {
		l.problem(Remark, ColNote, "member.roll.exempt_note")
	}
	if l.Standing == Probationary && !l.OfficialOn.IsZero() {
		l.problem(Remark, ColStanding, "member.roll.probation_and_official")
	}
}

// crossedStanding returns the header of a column for official or probationary
// members that is crossed in the row instead of holding a date.
func (r *reader) crossedStanding(row sheet.Row) string {
	switch {
	case isCross(row.Cell(r.place(ColOfficial)).Text):
		return "ct"
	case isCross(row.Cell(r.place(ColAdmitted)).Text):
		return "db"
	}
	return ""
}

func isCross(text string) bool {
	if len(text) > len("✓ ✓ ") { // a date
		return false
	}
	switch search.Fold(text) {
	case "x", "v", "+", "✓", "✔", "√":
		return true
	}
	return false
}

// standingWords are the words for a standing, folded; the first that stands in a
// text counts.
var standingWords = []struct {
	words    []string
	standing Standing
}{
	{[]string{"tam chuyen den", "tam thoi den", "tam den", "noi khac den"}, Here},
	{[]string{"tam chuyen", "tam thoi", "tam vang", "di lam xa"}, Away},
	{[]string{"dinh chi"}, Suspended},
	{[]string{"mien"}, Exempt},
	{[]string{"chuyen di", "da chuyen", "chuyen sinh hoat"}, Moved},
	{[]string{"xoa ten", "khai tru", "xin ra", "ra khoi dang"}, Removed},
	{[]string{"tu tran", "qua doi", "da mat"}, Died},
	{[]string{"du bi", "dvdb"}, Probationary},
	{[]string{"chinh thuc", "dvct", "dang sinh hoat", "binh thuong"}, Official},
}

// standingOf returns the standing that words name, empty when they name none.
func standingOf(text string) Standing {
	words := plainWords(text)
	switch words {
	case "":
		return ""
	case "ct":
		return Official
	case "db":
		return Probationary
	}
	words = " " + words + " "
	for _, s := range standingWords {
		for _, w := range s.words {
			if strings.Contains(words, " "+w+" ") {
				return s.standing
			}
		}
	}
	return ""
}

// check adds what the rules of a profile say against the line.
func (r *reader) check(l *Line) {
	switch {
	case !strings.ContainsFunc(search.Fold(l.FullName), func(r rune) bool { return r >= 'a' && r <= 'z' }):
		l.problem(Refusal, ColName, "member.problem.name")
		return
	case sheet.Legacy(l.FullName):
		l.problem(Refusal, ColName, "member.roll.legacy")
		return
	case strings.ContainsFunc(l.FullName, unicode.IsDigit):
		l.problem(Refusal, ColName, "member.roll.name_digits")
		return
	case !strings.Contains(l.FullName, " "):
		l.problem(Remark, ColName, "member.roll.one_word")
	}
	if !l.Standing.Listed() && l.Standing != "" {
		l.problem(Refusal, ColStanding, "member.roll.gone")
	}
	if l.Refused() {
		return
	}
	if err := l.Member.Check(r.today); err != nil {
		fields := fault.Of(err).Fields
		for _, field := range slices.Sorted(maps.Keys(fields)) {
			l.problem(Refusal, Column(field), fields[field])
		}
	}
}
