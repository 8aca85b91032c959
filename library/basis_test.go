package library

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"chibo/kit/when"
)

func TestWithBases(t *testing.T) {
	t.Parallel()
	guide, _ := Find("42-HD/BTCTW", when.On(2025, 10, 28))
	directive, _ := Find("50-CT/TW", when.On(2025, 7, 23))
	const one = "- Căn cứ Hướng dẫn số 42-HD/BTCTW, ngày 28/10/2025 của Ban Tổ chức Trung ương;"
	const two = "- Căn cứ Chỉ thị số 50-CT/TW, ngày 23/7/2025 của Ban Bí thư;"
	for _, tt := range []struct {
		name, text string
		on         []Source
		want       string
	}{
		{"none", "Chi bộ quyết nghị", nil, "Chi bộ quyết nghị"},
		{"an empty draft", "", []Source{guide}, one + "\n"},
		{"before the text", "Chi bộ quyết nghị", []Source{guide}, one + "\n\nChi bộ quyết nghị"},
		{"behind those that are there", one + "\n\nChi bộ", []Source{guide, directive}, one + "\n" + two + "\n\nChi bộ"},
	} {
		if diff := cmp.Diff(tt.want, WithBases(tt.text, tt.on)); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
	if got := Chosen(Sources(), []string{guide.Key(), "1-KH/ĐU 2026-01-01", directive.Key()}); len(got) != 2 {
		t.Errorf("chosen: %v", got)
	}
}

func TestApplying(t *testing.T) {
	t.Parallel()
	old := when.On(2018, 7, 6)
	for day, want := range map[when.Date]string{when.On(2024, 1, 1): "12-HD/BTCTW", when.On(2026, 1, 1): "42-HD/BTCTW"} {
		if got := Applying("12-HD/BTCTW", old, day); got.Number != want {
			t.Errorf("on %s %s applies, want %s", day, got.Number, want)
		}
	}
}
