package locale

import (
	"strings"
	"testing"
)

// TestDeviceSaysTheSame holds what a browser is given to the words of the server:
// every text that a room may show, and numbers.
func TestDeviceSaysTheSame(t *testing.T) {
	t.Parallel()
	for _, l := range []L{Vietnamese, English} {
		texts, err := Texts(l.Tag())
		if err != nil {
			t.Fatal(err)
		}
		for key, text := range texts {
			if strings.Contains(text, "{{if") {
				continue // none of the room's, see TestRoomsTextsAreSimple
			}
			data := map[string]any{}
			for n, name := range placeholders(text) {
				data[name] = n*1000 + 7
			}
			if got, want := fill(text, data), l.Fill(key, data); got != want {
				t.Errorf("%s %s: a device says %q, the server %q", l.Tag(), key, got, want)
			}
		}
		for _, n := range []int{0, 7, 999, 1000, 12345, 1234567, -4200} {
			if got, want := decimal(l.Tag(), float64(n)), l.Number(n); got != want {
				t.Errorf("%s %d: a device writes %q, the server %q", l.Tag(), n, got, want)
			}
		}
		for whole := 1; whole < 60; whole++ {
			for part := range whole + 1 {
				if got, want := decimal(l.Tag(), 100*float64(part)/float64(whole))+"%", l.Percent(part, whole); got != want {
					t.Errorf("%s %d/%d: a device writes %q, the server %q", l.Tag(), part, whole, got, want)
				}
			}
		}
	}
}

// TestRoomsTextsAreSimple keeps out of the texts of a device what it cannot fill.
func TestRoomsTextsAreSimple(t *testing.T) {
	t.Parallel()
	for _, l := range []L{Vietnamese, English} {
		for key, text := range l.Texts("room.", "minutes.", "part.", "kit.", "fault.") {
			if strings.Contains(strings.NewReplacer("{{.", "", "}}", "").Replace(text), "{{") {
				t.Errorf("%s: %s holds more than placeholders: %q", l.Tag(), key, text)
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
	c := called{"buổi sinh hoạt", "đại hội"}
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
