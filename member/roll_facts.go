package member

import (
	"strconv"
)

// apartBy parts the facts of one row. No stored text holds it: Clean leaves no control characters.
const apartBy = "\x1f"

// appendFacts appends all that is stored of m, in the order of columns, as the database puts it together.
func (m *Member) appendFacts(to []byte) []byte {
	return appendApart(to,
		m.Root, m.ID, m.Organization, m.FullName, m.NameKey, m.Folded, string(m.Sex), m.BornOn.String(), string(m.BornKnown), m.Ethnicity, m.Hometown,
		m.CardNumber, m.CitizenID, m.Phone, m.Email, m.AdmittedOn.String(), string(m.AdmittedKnown), m.OfficialOn.String(), string(m.OfficialKnown),
		m.Education, m.Theory, m.Position, m.Workplace, m.Residence, m.Group, m.Field, m.Area, m.Note,
	)
}

// appendFacts appends all that is stored of r, in the order of recordColumns.
func (r *Record) appendFacts(to []byte) []byte {
	return appendApart(to,
		r.Root, r.Organization, r.Member, r.From.String(), string(r.Standing), r.Note, strconv.FormatInt(int64(r.RecordedAt), 10), r.RecordedBy,
	)
}

func appendApart(to []byte, facts ...string) []byte {
	for i, fact := range facts {
		if i > 0 {
			to = append(to, apartBy...)
		}
		to = append(to, fact...)
	}
	return to
}

// factsOf returns what is stored of those who stand or have stood in a cell, row by row.
func factsOf(known []Known) map[string]bool {
	all := make(map[string]bool, 3*len(known))
	for i := range known {
		k := &known[i]
		if len(k.Records) == 0 {
			continue // somebody of another cell
		}
		all[string(k.appendFacts(nil))] = true
		for i := range k.Records {
			all[string(k.Records[i].appendFacts(nil))] = true
		}
	}
	return all
}
