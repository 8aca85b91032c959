package document

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMarkdown(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, in string
		want     []Block
	}{
		{"empty", " \n ", nil},
		{"one line", "Chi bộ thống nhất.", []Block{Para("Chi bộ thống nhất.")}},
		{"a line end starts a paragraph", "Một.\nHai.", []Block{Para("Một."), Para("Hai.")}},
		{"bold and italic", "Giao **đồng chí Hòa** làm *ngay*.", []Block{Paragraph{Text: Text{
			{Text: "Giao "}, {Text: "đồng chí Hòa", Bold: true}, {Text: " làm "}, {Text: "ngay", Italic: true}, {Text: "."},
		}}}},
		{"list", "- một\n- hai", []Block{List{Items: []Text{Plain("một"), Plain("hai")}}}},
		{"numbers go on where they were typed", "3. ba\n4. bốn", []Block{List{Start: 3, Items: []Text{Plain("ba"), Plain("bốn")}}}},
		{"heading", "## Công tác tư tưởng", []Block{Heading{Level: 2, Text: "Công tác tư tưởng", Label: "-"}}},
		{"dashes make no heading", "Kính gửi\n-----", []Block{Para("Kính gửi"), Para("-----")}},
		{"markup stays text", "<script>alert(1)</script> [a](b) `c`", []Block{Para("<script>alert(1)</script> [a](b) `c`")}},
		{"indented text is no code", "Một.\n\n    Hai.", []Block{Para("Một."), Para("Hai.")}},
		{"table", "| TT | Việc |\n|---|---|\n| 1 | Dọn ngõ |", []Block{Table{
			Columns: []Column{{Title: "TT", Share: 1}, {Title: "Việc", Share: 1}},
			Rows:    [][]Text{{Plain("1"), Plain("Dọn ngõ")}},
		}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := Markdown(c.in)
			for i, b := range got {
				if p, ok := b.(Paragraph); ok && len(p.Text) > 1 && c.name != "bold and italic" {
					got[i] = Para(p.Text.String()) // how a text is cut into spans does not matter here
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// FuzzMarkdown checks that reading never fails and loses no letter or digit.
func FuzzMarkdown(f *testing.F) {
	for _, s := range []string{"- a\n  - b\n1. c", "|a|b|\n|-|-|\n|c|d|", "***x** y*", "# \n>", "\\*", "1)\n-\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := Doc{Body: Markdown(s)}
		var b strings.Builder
		d.bodyText(func(parts ...string) { b.WriteString(strings.Join(parts, " ")) })
		if letters := func(s string) int {
			n := 0
			for _, r := range s {
				if r >= 'a' && r <= 'z' {
					n++
				}
			}
			return n
		}; letters(b.String()) < letters(clean(s)) {
			t.Errorf("%q became %q", s, b.String())
		}
		var html strings.Builder
		if err := BodyHTML(d.Body).Render(&html); err != nil {
			t.Fatal(err)
		}
	})
}
