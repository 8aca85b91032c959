package document

import (
	"slices"

	"chibo/kit/when"
)

// Kind is a kind of paper; its text is what is stored.
type Kind string

// The kinds that a cell meets (399-QĐ/TW, 09/01/2026).
const (
	Resolution   Kind = "resolution"
	Decision     Kind = "decision"
	Regulation   Kind = "regulation"
	Directive    Kind = "directive"
	Conclusion   Kind = "conclusion"
	WorkingRules Kind = "working_rules"
	Guidance     Kind = "guidance"
	Notice       Kind = "notice"
	Report       Kind = "report"
	Plan         Kind = "plan"
	Programme    Kind = "programme"
	Submission   Kind = "submission"
	Letter       Kind = "letter"
	Minutes      Kind = "minutes"
	Project      Kind = "project"
	Scheme       Kind = "scheme"
	Invitation   Kind = "invitation"
	Introduction Kind = "introduction"
	Agenda       Kind = "agenda"
)

// kinds gives symbol and name of each kind in the order of the registers. The
// symbols of invitation and introduction are habit: HD 05-HD/VPTW (27/5/2026)
// gives them none. A decision and a regulation share theirs.
var kinds = []struct {
	kind         Kind
	symbol, name string
}{
	{Resolution, "NQ", "Nghị quyết"},
	{Conclusion, "KL", "Kết luận"},
	{Minutes, "BB", "Biên bản"},
	{Notice, "TB", "Thông báo"},
	{Report, "BC", "Báo cáo"},
	{Plan, "KH", "Kế hoạch"},
	{Programme, "CTr", "Chương trình"},
	{Decision, "QĐ", "Quyết định"},
	{WorkingRules, "QC", "Quy chế"},
	{Submission, "TTr", "Tờ trình"},
	{Letter, "CV", "Công văn"},
	{Project, "ĐA", "Đề án"},
	{Scheme, "PA", "Phương án"},
	{Invitation, "GM", "Giấy mời"},
	{Introduction, "GGT", "Giấy giới thiệu"},
	{Regulation, "QĐ", "Quy định"},
	{Guidance, "HD", "Hướng dẫn"},
	{Directive, "CT", "Chỉ thị"},
	{Agenda, "", "Chương trình"},
}

// Symbol returns the letters in the number, "NQ"; empty where the kind has no
// number.
func (k Kind) Symbol() string {
	for _, r := range kinds {
		if r.kind == k {
			return r.symbol
		}
	}
	return ""
}

// Name returns the name of the kind in Vietnamese, "Nghị quyết".
func (k Kind) Name() string {
	for _, r := range kinds {
		if r.kind == k {
			return r.name
		}
	}
	return ""
}

// Valid reports whether papers of the kind carry a number.
func (k Kind) Valid() bool { return k.Symbol() != "" }

// authority lists what a cell may not issue, with the day from which that
// holds. Between the two documents working rules, notices and conclusions came
// within a cell's authority (66-QĐ/TW, 06/02/2017; 399-QĐ/TW, 09/01/2026,
// articles 11 and 13).
var authority = []struct {
	from      when.Date
	forbidden []Kind
}{
	{when.On(2026, 1, 9), []Kind{Regulation, Guidance, Directive}},
	{when.Date{}, []Kind{Regulation, Guidance, Directive, WorkingRules, Notice, Conclusion}},
}

// CellMayIssue reports whether a cell may issue papers of kind k on the day.
func CellMayIssue(k Kind, day when.Date) bool {
	for _, a := range authority {
		if !day.Before(a.from) {
			return k.Valid() && !slices.Contains(a.forbidden, k)
		}
	}
	return false
}

// CellKinds returns the numbered kinds that a cell may issue on the day, in the
// order of the registers.
func CellKinds(day when.Date) []Kind {
	var out []Kind
	for _, r := range kinds {
		if CellMayIssue(r.kind, day) {
			out = append(out, r.kind)
		}
	}
	return out
}
