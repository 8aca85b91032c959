package minutes

import (
	"strings"
	"testing"
)

// TestTableOnDeviceScrolls: five columns are wider than a phone, also where there is
// no network.
func TestTableOnDeviceScrolls(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	p := Passage{Table: &Table{Columns: []Column{{"TT", .1, true}, {"Nhiệm vụ", .9, false}}, Rows: [][]string{{"1", "Vận động 12 hộ"}}}}
	if err := passageOnDevice(p).Render(&b); err != nil {
		t.Fatal(err)
	}
	if html := b.String(); !strings.Contains(html, `class="scroll"`) || !strings.Contains(html, `class="paper-table"`) {
		t.Errorf("the table does not scroll by itself: %s", html)
	}
}
