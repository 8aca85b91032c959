package document

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"chibo/kit/when"
)

func TestLayoutOn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		day     when.Date
		leading float64
	}{
		{when.On(2018, 5, 1), 18},
		{when.On(2026, 1, 8), 18},
		{when.On(2026, 1, 9), 19},
		{when.On(2026, 12, 3), 19},
		{when.Date{}, 19},
	} {
		if got := LayoutOn(c.day).Leading; got != c.leading {
			t.Errorf("line spacing on %s: %v, want %v", c.day, got, c.leading)
		}
	}
	for _, l := range layouts {
		if l.Top != 20 || l.Bottom != 20 || l.Left != 30 || l.Right != 15 || l.Body != 14 || l.Rule != "-----" || l.Source == "" {
			t.Errorf("layout from %s: %+v", l.From, l)
		}
	}
}

func TestCellMayIssue(t *testing.T) {
	t.Parallel()
	before, after := when.On(2026, 1, 8), when.On(2026, 1, 9)
	for _, c := range []struct {
		kind          Kind
		before, after bool
	}{
		{Resolution, true, true},
		{Decision, true, true},
		{Minutes, true, true},
		{Letter, true, true},
		{Conclusion, false, true},
		{Notice, false, true},
		{WorkingRules, false, true},
		{Regulation, false, false},
		{Guidance, false, false},
		{Directive, false, false},
		{Invitation, true, true},
		{Agenda, false, false}, // carries no number
		{Kind("poem"), false, false},
	} {
		if got := CellMayIssue(c.kind, before); got != c.before {
			t.Errorf("%s under 66-QĐ/TW: %v", c.kind, got)
		}
		if got := CellMayIssue(c.kind, after); got != c.after {
			t.Errorf("%s under 399-QĐ/TW: %v", c.kind, got)
		}
	}
	if n := len(CellKinds(after)); n != 15 {
		t.Errorf("a cell has %d kinds of numbered papers, want 15", n)
	}
}

func TestSymbols(t *testing.T) {
	t.Parallel()
	for kind, want := range map[Kind]string{Resolution: "NQ", Minutes: "BB", Programme: "CTr", Submission: "TTr", Project: "ĐA", Regulation: "QĐ", Decision: "QĐ", Agenda: ""} {
		if got := kind.Symbol(); got != want {
			t.Errorf("symbol of %s: %q, want %q", kind, got, want)
		}
	}
}

func TestNumbering(t *testing.T) {
	t.Parallel()
	var n numbering
	var got []string
	for _, h := range []Heading{{Level: 1}, {Level: 2}, {Level: 3}, {Level: 3}, {Level: 2}, {Level: 3}, {Level: 1}, {Level: 2}, {Level: 1, Label: "-"}, {Level: 1, Label: "Phụ lục"}, {Level: 1}} {
		got = append(got, n.label(h, h.Level))
	}
	want := []string{"I-", "1.", "a)", "b)", "2.", "a)", "II-", "1.", "", "Phụ lục", "III-"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for n, want := range map[int]string{1: "I", 4: "IV", 9: "IX", 14: "XIV", 40: "XL"} {
		if got := roman(n); got != want {
			t.Errorf("roman(%d) = %s", n, got)
		}
	}
	if letter(5) != "đ" || letter(23) != "y" || letter(24) != "aa" {
		t.Errorf("letters: %s %s %s", letter(5), letter(23), letter(24))
	}
}

func TestClean(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Nghị quyết":                   "Nghị quyết",
		"Nghi\u0323 quye\u0302\u0301t": "Nghị quyết", // decomposed
		"a\u0000b\u0008c\u001bd":       "abcd",
		"một\r\nhai\rba":               "một\nhai\nba",
		"thẻ\tcột":                     "thẻ cột",
		"gạch\u200bkhông\ufeff":        "gạchkhông",
		"an\u202egnoht\u2066":          "angnoht",
		"hỏng\xff":                     "hỏng\uFFFD",
		"\ufffe\ufdd0x":                "x",
		"đ\u00a0/c":                    "đ\u00a0/c",
		"😀 <w:p/> & \"":                "😀 <w:p/> & \"",
	} {
		if got := clean(in); got != want {
			t.Errorf("clean(%q) = %q, want %q", in, got, want)
		}
	}
	if got := drawable("đ😀漢a\ufe0f"); got != "đ□□a" {
		t.Errorf("drawable: %q", got)
	}
}

func TestEnumerationMarks(t *testing.T) {
	t.Parallel()
	d := Doc{Bases: []string{"Căn cứ một.", "Căn cứ hai;"}, Recipients: []string{"Đảng ủy;", "Lưu Chi bộ"}}
	if got := []string{d.bases()[0].String(), d.bases()[1].String()}; !cmp.Equal(got, []string{"- Căn cứ một;", "- Căn cứ hai."}) {
		t.Error(got)
	}
	if got := d.recipients(); !cmp.Equal(got, []string{"- Đảng ủy,", "- Lưu Chi bộ."}) {
		t.Error(got)
	}
}

func TestHeading(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		doc  Doc
		want string
	}{
		{Doc{Kind: Resolution}, "NGHỊ QUYẾT"},
		{Doc{Kind: Letter}, ""},
		{Doc{Kind: Agenda, Title: "Chương trình sinh hoạt"}, "CHƯƠNG TRÌNH SINH HOẠT"},
	} {
		if got := c.doc.Heading(); got != c.want {
			t.Errorf("heading %q, want %q", got, c.want)
		}
	}
}

func TestPlaceAndDate(t *testing.T) {
	t.Parallel()
	d := Doc{Place: "Sông Xanh", Date: when.On(2026, 2, 5)}
	if got := d.placeAndDate(); got != "Sông Xanh, ngày 05 tháng 02 năm 2026" {
		t.Error(got)
	}
	d.Place = ""
	if got := d.placeAndDate(); got != "Ngày 05 tháng 02 năm 2026" {
		t.Error(got)
	}
}
