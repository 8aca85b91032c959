package member

import (
	"slices"
	"strings"

	"chibo/kit/sheet"
)

// Rolls are the rolls of a file, one for each of its sheets that has a header with names: the file of
// a ward often has a sheet for each cell.
type Rolls []SheetRoll

// Of returns the roll of the sheet that is named. Where none is, or no sheet has that name, it is the
// one that says by its name or title that it is of the cell, else the first with people in it. Lines and
// titles that name another of the cells of the base organisation are told: cells are their names, cell is
// that of the cell into which the roll is to be taken.
func (all Rolls) Of(tab, cell string, cells []string) SheetRoll {
	people := all.withPeople()
	at := slices.IndexFunc(all, func(r SheetRoll) bool { return tab != "" && r.Sheet == tab })
	if at < 0 {
		at = slices.IndexFunc(all, func(r SheetRoll) bool { return len(r.Lines) > 0 && slices.Contains(r.unitsNamed(cells), cell) })
	}
	if at < 0 {
		at = max(0, slices.IndexFunc(all, func(r SheetRoll) bool { return len(r.Lines) > 0 }))
	}
	r := all[at]
	if len(people) > 1 {
		r.Sheets = people
	}
	return r.within(cell, cells)
}

// withPeople returns the names of the sheets that have people in them.
func (all Rolls) withPeople() []string {
	var names []string
	for _, r := range all {
		if len(r.Lines) > 0 {
			names = append(names, r.Sheet)
		}
	}
	return names
}

// unitsNamed returns the cells that the name of the sheet or a title above its table names.
func (r SheetRoll) unitsNamed(cells []string) []string {
	var named []string
	if unit := unitOf(r.Sheet, cells); unit != "" {
		named = append(named, unit)
	}
	for _, title := range r.titles {
		if _, after, ok := strings.Cut(" "+plainWords(title), " chi bo "); ok {
			if unit := unitOf(after, cells); unit != "" {
				named = append(named, unit)
			}
		}
	}
	return named
}

// within returns the roll with what it says against being taken into a cell. Somebody whom
// it gives to another cell stays out: two thirds of a ward in one cell are worse than none.
func (r SheetRoll) within(cell string, cells []string) SheetRoll {
	if named := r.unitsNamed(cells); len(named) > 0 && !slices.Contains(named, cell) {
		r.Problems = append(slices.Clip(r.Problems), Problem{Severity: Remark, Key: "member.roll.other_title", Args: map[string]any{"Unit": named[0], "Cell": cell}})
	}
	said := map[string]string{} // the cell that a text names, by the text
	for _, l := range r.Lines {
		if _, asked := said[l.unit]; !asked && l.unit != "" {
			said[l.unit] = unitOf(l.unit, cells)
		}
	}
	if len(said) == 0 {
		return r
	}
	r.Lines = slices.Clone(r.Lines)
	for n := range r.Lines {
		l := &r.Lines[n]
		switch unit := said[l.unit]; {
		case l.unit == "" || unit == cell || unit == "" && len(said) == 1:
		case unit == "":
			l.problem(Refusal, l.unitColumn(), "member.roll.unknown_unit", "Text", l.unit, "Cell", cell)
		default:
			l.problem(Refusal, l.unitColumn(), "member.roll.other_unit", "Unit", unit, "Cell", cell)
		}
	}
	return r
}

// unitColumn is the column at which what a line says of its cell is shown.
func (l Line) unitColumn() Column {
	if len(l.places[ColUnit]) > 0 {
		return ColUnit
	}
	return ColName
}

// unitOf returns the one of cells that a text names: all its words stand in the name of that
// cell and of no other, or it is that name. Empty where it names none, or more than one.
func unitOf(text string, cells []string) string {
	words := unitWords(text)
	if len(words) == 0 {
		return ""
	}
	found, several := "", false
	for _, cell := range cells {
		name := unitWords(cell)
		if slices.Equal(name, words) {
			return cell
		}
		if !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(name, w) }) {
			found, several = cell, several || found != ""
		}
	}
	if several {
		return ""
	}
	return found
}

// unitWords are the words by which the names of cells are compared: "CB TDP số 03" is "Chi bộ Tổ dân
// phố 3".
func unitWords(text string) []string {
	words := " " + plainWords(text) + " "
	for _, same := range [...][2]string{{" chi bo ", " "}, {" cb ", " "}, {" tdp ", " to dan pho "}, {" kp ", " khu pho "}, {" so ", " "}, {" dang vien ", " "}, {" danh sach ", " "}, {" ds ", " "}} {
		words = strings.ReplaceAll(words, same[0], same[1])
	}
	all := strings.Fields(words)
	for i, w := range all {
		if number := strings.TrimLeft(w, "0"); number != "" && number[0] <= '9' {
			all[i] = number
		}
	}
	return all
}

// titlesOf returns the texts that stand above a header.
func titlesOf(rows []sheet.Row) []string {
	var all []string
	for _, row := range rows {
		for _, c := range row.Cells {
			if c.Kind == sheet.Text && !slices.Contains(all, c.Text) {
				all = append(all, c.Text)
			}
		}
	}
	return all
}

// births returns the dates of birth in the sheet that are known to the day, as they are stored.
func (r SheetRoll) births() []string {
	var all []string
	for _, l := range r.Lines {
		if !l.BornOn.IsZero() && l.BornKnown == Full {
			all = append(all, l.BornOn.String())
		}
	}
	return all
}
