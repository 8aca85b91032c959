package library

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chibo/kit/fault"
	"chibo/kit/when"
)

var today = when.On(2026, 12, 3)

func entered() Document {
	return Document{Level: Base, Source: Source{
		Number: "12-KH/ĐU", Kind: "Kế hoạch", Body: "Đảng ủy phường Sông Xanh", Date: when.On(2026, 11, 10), From: when.On(2026, 11, 10), Title: "về sinh hoạt chi bộ",
	}}
}

func TestDocumentValidate(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		field string
		wrong func(*Document)
	}{
		{"", func(*Document) {}},
		{"level", func(d *Document) { d.Level = "village" }},
		{"number", func(d *Document) { d.Number = "KH/ĐU" }},
		{"kind", func(d *Document) { d.Kind = "" }},
		{"body", func(d *Document) { d.Body = "" }},
		{"title", func(d *Document) { d.Title = "" }},
		{"date", func(d *Document) { d.Date = when.Date{} }},
		{"date", func(d *Document) { d.Date, d.From = today.AddDays(1), today.AddDays(1) }},
		{"date", func(d *Document) { d.Date = when.On(1926, 11, 10) }},
		{"from", func(d *Document) { d.From = d.Date.AddDays(-1) }},
		{"until", func(d *Document) { d.Until = d.From.AddDays(-1) }},
	} {
		d := entered()
		tt.wrong(&d)
		err := d.Validate(today)
		if tt.field == "" && err != nil || tt.field != "" && (err == nil || fault.Of(err).Fields[tt.field] == "" || fault.Status(err) != http.StatusUnprocessableEntity) {
			t.Errorf("%q of %+v: %v", tt.field, d, err)
		}
	}
}

// A wrong year leads to another document: seed 004 cites one of 2017 that is of 2018.
func TestSuspicions(t *testing.T) {
	t.Parallel()
	kinds := func(level Level, number, body string, date, until when.Date) []SuspicionKind {
		d := Document{Level: level, Source: Source{Number: number, Kind: "Hướng dẫn", Body: body, Date: date, From: date, Until: until}}
		var out []SuspicionKind
		for _, s := range d.Suspicions(Sources(), today) {
			out = append(out, s.Kind)
		}
		return out
	}
	none := when.Date{}
	for _, tt := range []struct {
		name string
		got  []SuspicionKind
		want []SuspicionKind
	}{
		{"of one's own", kinds(Base, "12-KH/ĐU", "Đảng ủy phường Sông Xanh", when.On(2026, 11, 10), none), nil},
		{"a wrong year", kinds(Central, "12-HD/BTCTW", "Ban Tổ chức Trung ương", when.On(2017, 7, 6), none), []SuspicionKind{OtherDate, OtherDate}},
		{"of another body", kinds(Province, "42-HD/BTCTW", "Ban Tổ chức Tỉnh ủy", when.On(2025, 1, 2), none), nil},
		{"known, in force", kinds(Central, "42-HD/BTCTW", "ban tổ chức trung ương", when.On(2025, 10, 28), none), []SuspicionKind{Twice}},
		{"a ward before there was one", kinds(Base, "1-KH/ĐU", "Đảng ủy phường Sông Xanh", when.On(2025, 6, 30), none), []SuspicionKind{NoSuch}},
		{"a district after there was one", kinds(District, "1-HD/HU", "Huyện ủy Bến Hồ", when.On(2025, 7, 1), none), []SuspicionKind{NoSuch}},
		{"a district in its time", kinds(District, "01-HD/HU", "Huyện ủy Kỳ Anh", when.On(2020, 9, 28), none), nil},
		{"no longer in force", kinds(Base, "12-KH/ĐU", "Đảng ủy phường Sông Xanh", when.On(2026, 1, 10), when.On(2026, 6, 30)), []SuspicionKind{Replaced}},
	} {
		if diff := cmp.Diff(tt.want, tt.got); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
	old := Document{Level: Central, Source: Source{Number: "10-CT/TW", Body: "Ban Bí thư", Date: when.On(2007, 3, 30)}}
	var stands []string
	for _, s := range old.Suspicions(Sources(), today) {
		if s.Kind == Replaced {
			stands = append(stands, s.Known.Number)
		}
	}
	if diff := cmp.Diff([]string{"50-CT/TW"}, stands); diff != "" {
		t.Error("what stands in its place:", diff)
	}
}

func TestParagraphs(t *testing.T) {
	t.Parallel()
	d := Document{Text: "\n\nMột\nhai\n \n\nBa\n"}
	if diff := cmp.Diff([]string{"Một\nhai", "Ba"}, d.Paragraphs()); diff != "" {
		t.Error(diff)
	}
	if (Document{}).Paragraphs() != nil {
		t.Error("no text has paragraphs")
	}
}
