package privacy

import "chibo/member"

// Kind is one kind of data that the program keeps of a person. Its texts stand in the
// locale: what it is, for what, who may see it, for how long.
type Kind string

// The kinds, in the order of the page.
const (
	Profile  Kind = "profile"
	Meetings Kind = "meetings"
	Tasks    Kind = "tasks"
	Turns    Kind = "turns"
	Study    Kind = "study"
	Ratings  Kind = "ratings"
	Care     Kind = "care"
	Notebook Kind = "notebook"
	Account  Kind = "account"
	Notices  Kind = "notices"
	Deeds    Kind = "deeds"
	Requests Kind = "requests"
)

// Kinds of the inventory that speak of no person in the first place, though they may say
// who has entered something: they stand on nobody's page.
const (
	Unit    Kind = "unit"
	Machine Kind = "machine"
)

var upkeep = []Kind{Unit, Machine}

// Kinds lists the kinds in the order of the page.
var Kinds = []Kind{Profile, Meetings, Tasks, Turns, Study, Ratings, Care, Notebook, Account, Notices, Deeds, Requests}

// Basis names the documents on which a kind rests, number and body and date; empty where
// it serves the program alone.
func (k Kind) Basis() string {
	switch k {
	case Profile:
		return "Điều lệ Đảng (19/01/2011); 294-QĐ/TW (26/5/2025)"
	case Meetings, Turns:
		return "42-HD/BTCTW (28/10/2025)"
	case Tasks:
		return "Điều lệ Đảng (19/01/2011); 42-HD/BTCTW (28/10/2025)"
	case Study:
		return "Điều lệ Đảng (19/01/2011), điều 2"
	case Ratings:
		return "366-QĐ/TW (30/8/2025); 43-HD/BTCTW (31/10/2025)"
	case Care:
		return "213-QĐ/TW (02/01/2020)"
	case Deeds:
		return "379-QĐ/TW (22/10/2025)"
	case Requests:
		return "Luật 91/2025/QH15; NĐ 356/2025/NĐ-CP"
	case Unit:
		return "Điều lệ Đảng (19/01/2011); 399-QĐ/TW (2026)"
	case Account:
		return "379-QĐ/TW (22/10/2025)"
	case Notebook, Notices, Machine:
	}
	return ""
}

// Column is one column of a Table. The values of one with Of are the ends of locale keys
// that begin so; those of At are moments.
type Column struct {
	Key string
	Of  string
	At  bool
}

// Table is one list of a kind.
type Table struct {
	Kind    Kind
	Name    string
	Columns []Column
	Rows    [][]string
}

func text(keys ...string) []Column {
	out := make([]Column, len(keys))
	for i, k := range keys {
		out[i] = Column{Key: k}
	}
	return out
}

func at(key string) Column { return Column{Key: key, At: true} }

func of(key, prefix string) Column { return Column{Key: key, Of: prefix} }

// Field is a list of what is kept of a person: keys of its name and of its columns.
type Field struct {
	Table   string
	Columns []string
}

// FieldsOf returns the lists of a kind.
func FieldsOf(k Kind) []Field {
	var out []Field
	if k == Profile {
		f := Field{Table: "privacy.table.profile"}
		for _, c := range member.Correctable {
			f.Columns = append(f.Columns, "member.fact."+string(c))
		}
		out = append(out, f)
	}
	for _, r := range records {
		if r.kind != k {
			continue
		}
		f := Field{Table: "privacy.table." + r.name}
		for _, c := range r.columns {
			f.Columns = append(f.Columns, "privacy.column."+c.Key)
		}
		out = append(out, f)
	}
	return out
}
