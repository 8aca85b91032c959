package member

import (
	"time"

	"chibo/kit/fault"
	"chibo/kit/when"
)

// profileForm is a profile as a form holds it. Dates are text, because of old
// members a year alone may be known.
type profileForm struct {
	Organization string `form:"organization"`
	FullName     string `form:"full_name"`
	Sex          Sex    `form:"sex"`
	Born         string `form:"born_on"`
	Ethnicity    string `form:"ethnicity"`
	Hometown     string `form:"hometown"`
	CardNumber   string `form:"card_number"`
	CitizenID    string `form:"citizen_id"`
	Phone        string `form:"phone"`
	Email        string `form:"email"`
	Admitted     string `form:"admitted_on"`
	Official     string `form:"official_on"`
	Education    string `form:"education"`
	Theory       string `form:"theory"`
	Position     string `form:"position"`
	Workplace    string `form:"workplace"`
	Residence    string `form:"residence"`
	Field        string `form:"field"`
	Area         string `form:"area"`
	Group        string `form:"party_group"`
	Note         string `form:"note"`
	// Of a new person only.
	Standing Standing  `form:"standing"`
	From     when.Date `form:"from"`
}

func formOf(m Member) profileForm {
	return profileForm{
		FullName: m.FullName, Sex: m.Sex, Born: m.Born(), Ethnicity: m.Ethnicity, Hometown: m.Hometown,
		CardNumber: m.CardNumber, CitizenID: m.CitizenID, Phone: m.Phone, Email: m.Email,
		Admitted: m.Admitted(), Official: m.Official(), Education: m.Education, Theory: m.Theory, Position: m.Position,
		Workplace: m.Workplace, Residence: m.Residence, Field: m.Field, Area: m.Area, Group: m.Group, Note: m.Note,
	}
}

// member returns the profile that was typed, or the dates that cannot be read.
func (f profileForm) member(today when.Date) (Member, error) {
	m := Member{
		FullName: f.FullName, Sex: f.Sex, Ethnicity: f.Ethnicity, Hometown: f.Hometown,
		CardNumber: f.CardNumber, CitizenID: f.CitizenID, Phone: f.Phone, Email: f.Email,
		Education: f.Education, Theory: f.Theory, Position: f.Position,
		Workplace: f.Workplace, Residence: f.Residence, Field: f.Field, Area: f.Area, Group: f.Group, Note: f.Note,
	}
	var c fault.Check
	grown := when.On(today.Year-youngest, today.Month, today.Day)
	for _, d := range []struct {
		field, text string
		latest      when.Date
		to          *when.Date
		known       *Precision
	}{
		{"born_on", f.Born, grown, &m.BornOn, &m.BornKnown},
		{"admitted_on", f.Admitted, today, &m.AdmittedOn, &m.AdmittedKnown},
		{"official_on", f.Official, today, &m.OfficialOn, &m.OfficialKnown},
	} {
		if d.text == "" {
			continue
		}
		read, known, err := ReadDate(d.text, d.latest)
		c.That(err == nil, d.field, "member.problem.date")
		*d.to, *d.known = read, known
	}
	return m, c.Err()
}

// first returns the first record of a new person: from the day typed, else from
// the date of the Party that the standing rests on, else from the start of the
// year, so that this year's meetings can be entered.
func (f profileForm) first(m Member, today when.Date) (Record, error) {
	r := Record{Standing: f.Standing, From: f.From}
	switch {
	case !r.From.IsZero():
	case f.Standing == Official && !m.OfficialOn.IsZero():
		r.From = m.OfficialOn
	case f.Standing == Probationary && !m.AdmittedOn.IsZero():
		r.From = m.AdmittedOn
	default:
		r.From = when.On(today.Year, time.January, 1)
	}
	var c fault.Check
	c.That(f.Standing != "", "standing", "member.problem.standing")
	return r, c.Err()
}

// Correctable lists the fields of a profile that people may ask to have corrected.
var Correctable = []Column{
	ColName, ColBorn, ColEthnicity, ColHometown, ColCard, ColCitizen, ColPhone, ColEmail, ColAdmitted, ColOfficial,
	ColEducation, ColTheory, ColPosition, ColWorkplace, ColResidence,
}

// text returns the place of a field that is text in the form.
func (f *profileForm) text(c Column) *string {
	return map[Column]*string{
		ColName: &f.FullName, ColBorn: &f.Born, ColEthnicity: &f.Ethnicity, ColHometown: &f.Hometown, ColCard: &f.CardNumber,
		ColCitizen: &f.CitizenID, ColPhone: &f.Phone, ColEmail: &f.Email, ColAdmitted: &f.Admitted, ColOfficial: &f.Official,
		ColEducation: &f.Education, ColTheory: &f.Theory, ColPosition: &f.Position, ColWorkplace: &f.Workplace, ColResidence: &f.Residence,
	}[c]
}

// Text returns a field of the profile as its form shows it; empty for one that cannot be
// corrected.
func (m Member) Text(c Column) string {
	f := formOf(m)
	if at := f.text(c); at != nil {
		return *at
	}
	return ""
}

// With returns m with one field as it was typed, filed and checked on a day. The problem
// of a value that does not fit stands against its field.
func (m Member) With(c Column, value string, today when.Date) (Member, error) {
	f := formOf(m)
	at := f.text(c)
	if at == nil {
		return m, fault.New(fault.NotFound, "fault.not_found")
	}
	*at = value
	changed, err := f.member(today)
	if err != nil {
		return m, err
	}
	changed.Root, changed.ID, changed.Organization = m.Root, m.ID, m.Organization
	changed = changed.Filed()
	return changed, changed.Check(today)
}
