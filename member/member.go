// Package member is the roll of a cell (danh sách đảng viên): people, not users.
//
// Its story: a person enters the roll by hand or by a sheet, once, with the facts
// that every list, notice and set of minutes will need. From then on only dated
// records say how the person stands in a cell: probationary, official, exempt,
// away for a time, moved. Who may vote on a day and who counts in the attendance
// of that day follow from these records alone, so that a meeting of last March
// is counted by the roll of last March.
//
// A person may stand in two cells at once: away in the one, here for a time in
// the other. That is why a record names its cell. Nothing in a sheet gives
// anybody an office or a right: offices are given by appointment.
package member

import (
	"slices"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/search"
	"chibo/kit/text"
	"chibo/kit/when"
)

// Sex is how the file of the member says it; empty when it does not.
type Sex string

// The sexes.
const (
	Male   Sex = "male"
	Female Sex = "female"
)

// Sexes lists the sexes.
var Sexes = []Sex{Male, Female}

// Member is the profile of one person (hồ sơ đảng viên). CardNumber, CitizenID,
// Phone, Email and Note are private: Public leaves them out.
type Member struct {
	Root string `db:"root_id"`
	ID   string
	// Organization is the cell to which the person officially belongs.
	Organization string `db:"organization_id"`
	FullName     string
	// NameKey orders people as lists do, by given name; Folded is what a search
	// without accents looks through. Both follow from FullName: see Filed.
	NameKey string
	Folded  string

	Sex Sex
	// Of old files often the year alone is known: BornOn is then its first day, and
	// BornKnown says so. The same holds for the two dates of the Party.
	BornOn    when.Date
	BornKnown Precision
	// Ethnicity (dân tộc) and Hometown (quê quán) in the words of the file.
	Ethnicity, Hometown string

	CardNumber string // số thẻ đảng viên
	CitizenID  string `db:"citizen_id"` // số căn cước
	Phone      string
	Email      string

	// AdmittedOn is the day on the decision of admission, from which Party age is
	// counted (Điều lệ Đảng 19/01/2011, art. 5.4); OfficialOn the day of recognition
	// as an official member, zero for a probationary one.
	AdmittedOn    when.Date
	AdmittedKnown Precision
	OfficialOn    when.Date
	OfficialKnown Precision

	// Education is the professional degree, Theory the level of political theory,
	// both in the words of the file; DegreeOf and TheoryOf sort them.
	Education, Theory string
	// Position is the post held at work or in the neighbourhood. A member is
	// followed at the workplace and at home (213-QĐ/TW, 02/01/2020).
	Position, Workplace, Residence string
	// Group is the tổ đảng of a large cell, in the words of the roll.
	Group string `db:"party_group"`
	// Field is the field of work, Area the area the member is in charge of.
	Field, Area string
	Note        string
}

// Filed returns m cleaned, in composed form, with the keys that follow from its
// name: the form in which it is stored and compared.
func (m Member) Filed() Member {
	for _, text := range m.texts() {
		*text = search.Clean(*text)
	}
	m.CardNumber, m.CitizenID, m.Phone = number(m.CardNumber), number(m.CitizenID), number(m.Phone)
	m.NameKey, m.Folded = search.NameKey(m.FullName), search.Fold(m.FullName)
	return m
}

// Public returns m without what is private.
func (m Member) Public() Member {
	m.CardNumber, m.CitizenID, m.Phone, m.Email, m.Note = "", "", "", "", ""
	return m
}

// Born, Admitted and Official return the date as far as it is known: 03/02/1985,
// 02/1985, 1985 or nothing.
func (m Member) Born() string { return m.BornKnown.Text(m.BornOn) }

// Admitted returns the day of admission as far as it is known.
func (m Member) Admitted() string { return m.AdmittedKnown.Text(m.AdmittedOn) }

// Official returns the day of recognition as far as it is known.
func (m Member) Official() string { return m.OfficialKnown.Text(m.OfficialOn) }

// PartyAge returns the full years of Party age on day, 0 when the day of
// admission is not known.
func (m Member) PartyAge(day when.Date) int {
	a := m.AdmittedOn
	if a.IsZero() || day.Before(a) {
		return 0
	}
	years := day.Year - a.Year
	if day.Before(when.Date{Year: day.Year, Month: a.Month, Day: a.Day}) {
		years--
	}
	return years
}

// Limits of what may be typed, in letters.
const (
	longestName = 100
	longestText = 300
	longestNote = 2000
)

// youngest is the age at admission (Điều lệ Đảng, art. 1; 294-QĐ/TW, 26/5/2025).
const youngest = 18

// probation is how many months lie between admission and recognition, for those admitted
// since the Charter in force (Điều lệ Đảng of 19/01/2011, art. 5.1): earlier Charters had
// other times, and some were recognised at once.
const probation = 12

var charter = when.On(2011, 1, 19)

// recognisedFrom returns the first day on which m may have been recognised, zero where no
// rule says.
func (m Member) recognisedFrom() when.Date {
	if m.AdmittedOn.IsZero() || m.AdmittedOn.Before(charter) {
		return when.Date{}
	}
	return m.AdmittedOn.In().Add(probation).Day(m.AdmittedOn.Day)
}

// Check returns the problems of m on day today. m must be Filed.
func (m Member) Check(today when.Date) error {
	var c fault.Check
	c.That(m.FullName != "", "full_name", "member.problem.name")
	c.AtMost(m.FullName, longestName, "full_name")
	c.That(m.Sex == "" || slices.Contains(Sexes, m.Sex), "sex", "member.problem.sex")
	c.AtMost(m.Note, longestNote, "note")
	for _, line := range [...]struct{ field, text string }{
		{"ethnicity", m.Ethnicity},
		{"hometown", m.Hometown},
		{"email", m.Email},
		{"education", m.Education},
		{"theory", m.Theory},
		{"position", m.Position},
		{"workplace", m.Workplace},
		{"residence", m.Residence},
		{"field", m.Field},
		{"area", m.Area},
		{"party_group", m.Group},
	} {
		c.AtMost(line.text, longestText, line.field)
	}
	c.That(digits(m.CardNumber, 1, 14), "card_number", "member.problem.card")
	c.That(m.CitizenID == "" || digits(m.CitizenID, 9, 12), "citizen_id", "member.problem.citizen")
	c.That(digits(strings.TrimPrefix(m.Phone, "+"), 8, 15), "phone", "member.problem.phone")
	c.That(m.Email == "" || text.Mailable(m.Email), "email", "member.problem.email")
	m.checkDates(&c, today)
	return c.Err()
}

func (m Member) checkDates(c *fault.Check, today when.Date) {
	c.That(!today.Before(m.BornOn), "born_on", "member.problem.future")
	c.That(!today.Before(m.AdmittedOn), "admitted_on", "member.problem.future")
	c.That(m.BornOn.IsZero() || m.BornOn.Year >= today.Year-120, "born_on", "member.problem.old")
	if !m.BornOn.IsZero() && !m.AdmittedOn.IsZero() {
		c.That(m.AdmittedOn.Year-m.BornOn.Year >= youngest, "admitted_on", "member.problem.young")
	}
	if !m.AdmittedOn.IsZero() && !m.OfficialOn.IsZero() {
		recognised := m.OfficialKnown.Ends(m.OfficialOn)
		c.That(!recognised.Before(m.AdmittedOn), "official_on", "member.problem.official")
		c.That(!recognised.Before(m.recognisedFrom()), "official_on", "member.problem.probation")
	}
	c.That(!today.Before(m.OfficialOn), "official_on", "member.problem.future")
}

// texts returns the fields that people write freely.
func (m *Member) texts() []*string {
	return []*string{
		&m.FullName, &m.Ethnicity, &m.Hometown, &m.CardNumber, &m.CitizenID, &m.Phone, &m.Email, &m.Education, &m.Theory,
		&m.Position, &m.Workplace, &m.Residence, &m.Group, &m.Field, &m.Area, &m.Note,
	}
}

// number returns s without the dots and spaces that people put between digits.
func number(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" .-()", r) {
			return -1
		}
		return r
	}, s)
}

// digits reports whether s is empty or has only digits, least to most of them.
func digits(s string, least, most int) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s == "" || len(s) >= least && len(s) <= most
}

// Precision says how much of a date is known.
type Precision string

// The precisions.
const (
	Full      Precision = ""
	MonthOnly Precision = "month"
	YearOnly  Precision = "year"
)

// Text returns d as far as it is known.
func (p Precision) Text(d when.Date) string {
	switch {
	case d.IsZero():
		return ""
	case p == YearOnly:
		return d.Slashed()[6:]
	case p == MonthOnly:
		return d.Slashed()[3:]
	}
	return d.Slashed()
}

// Ends returns the last day that d may stand for.
func (p Precision) Ends(d when.Date) when.Date {
	switch p {
	case YearOnly:
		return when.Date{Year: d.Year, Month: 12, Day: 31}
	case MonthOnly:
		return d.In().Last()
	case Full:
	}
	return d
}

// sameDate reports whether two dates, each known as far as its precision says,
// may be the same day.
func sameDate(a when.Date, p Precision, b when.Date, q Precision) bool {
	return !p.Ends(a).Before(b) && !q.Ends(b).Before(a)
}
