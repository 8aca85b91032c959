package locale

import (
	"strings"
	"testing"
	"text/template"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// TestFilledAsTemplates holds every text to what text/template makes of it, with something for
// each placeholder and with nothing.
func TestFilledAsTemplates(t *testing.T) {
	t.Parallel()
	for _, l := range []L{Vietnamese, English} {
		for key, text := range l.texts() {
			whole, blank := map[string]any{}, map[string]any{}
			for n, name := range placeholders(text) {
				whole[name], blank[name] = n*1000+7, ""
			}
			for _, data := range []map[string]any{whole, blank} {
				if got, want := l.Fill(key, data), templated(t, text, data); got != want {
					t.Errorf("%s %s with %v: said as %q, want %q", l.Tag(), key, data, got, want)
				}
			}
		}
	}
}

func templated(t *testing.T, text string, data map[string]any) string {
	t.Helper()
	var b strings.Builder
	if err := template.Must(template.New("").Parse(text)).Execute(&b, data); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestNumbersAsElsewhere holds the marks of numbers to those of the CLDR.
func TestNumbersAsElsewhere(t *testing.T) {
	t.Parallel()
	for l, tag := range map[L]language.Tag{Vietnamese: language.Vietnamese, English: language.English} {
		p := message.NewPrinter(tag)
		for _, n := range []int{0, 7, 999, 1000, 12345, 1234567, -4200} {
			if got, want := l.Number(n), p.Sprint(number.Decimal(n)); got != want {
				t.Errorf("%s %d: written as %q, want %q", l.Tag(), n, got, want)
			}
		}
		for whole := 1; whole < 60; whole++ {
			for part := range whole + 1 {
				want := p.Sprint(number.Decimal(100*float64(part)/float64(whole), number.MaxFractionDigits(1))) + "%"
				if got := l.Percent(part, whole); got != want {
					t.Errorf("%s %d/%d: written as %q, want %q", l.Tag(), part, whole, got, want)
				}
			}
		}
	}
}

func placeholders(text string) []string {
	var names []string
	for {
		_, rest, ok := strings.Cut(text, "{{.")
		if !ok {
			return names
		}
		name, after, _ := strings.Cut(rest, "}}")
		names, text = append(names, name), after
	}
}

// TestACongressIsCalledOne: the texts say another word, what people have written stays.
func TestACongressIsCalledOne(t *testing.T) {
	t.Parallel()
	c := called{{"buổi sinh hoạt", "đại hội"}}
	for text, want := range map[string]string{
		"Bế mạc buổi sinh hoạt":       "Bế mạc đại hội",
		"Buổi sinh hoạt đã bế mạc":    "Đại hội đã bế mạc",
		"Ghi: {{.Text}}":              "Ghi: Buổi sinh hoạt hay, buổi sinh hoạt vui",
		"Kỳ sinh hoạt sau: {{.None}}": "Kỳ sinh hoạt sau: {{.None}}",
	} {
		got := c.in(map[string]any{"Text": "Buổi sinh hoạt hay, buổi sinh hoạt vui"}, func(data map[string]any) string { return fill(text, data) })
		if got != want {
			t.Errorf("%q is said as %q, want %q", text, got, want)
		}
	}
	if got := Vietnamese.Congress().T("room.close.button"); got != "Bế mạc đại hội" {
		t.Errorf("the button of a congress says %q", got)
	}
}
