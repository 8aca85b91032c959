package app_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
)

var (
	ticked    = regexp.MustCompile(`<input[^>]*type="checkbox"[^>]*\schecked[^>]*>`)
	nameOfBox = regexp.MustCompile(`\sname="([^"]*)"`)
)

// kept are boxes that show what somebody has chosen before, by their names: settings and
// lists that are changed by unticking. None asks for consent.
var kept = map[string]bool{
	"owners":    true, // who has the task now
	"present":   true, // the committee of the cell, of which those are unticked who did not come
	"poster":    true, // by which ways people are counted tonight
	"projector": true,
	"reminders": true, // the program reminds of one's own work until its owner wants none
}

// TestNothingIsTickedBefore reads every page as everybody who works with one: no box is
// ticked that nobody has ticked, so that silence is never taken for consent (Luật
// 91/2025/QH15, 26/6/2025; Nghị định 356/2025/NĐ-CP, in force since 01/01/2026).
func TestNothingIsTickedBefore(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	s, boxes := newSweep(t, w), 0
	for _, name := range []string{"secretary", "clerk", "member", "administrator"} {
		for _, r := range w.App.Routes() {
			if !strings.HasPrefix(r.Pattern, "GET ") || strings.Contains(r.Pattern, ".") {
				continue
			}
			for _, path := range s.paths(r.Pattern) {
				a := w.As(name).Get(path)
				if a.Status != http.StatusOK {
					continue
				}
				boxes += strings.Count(a.Body, `type="checkbox"`)
				for _, box := range ticked.FindAllString(a.Body, -1) {
					if m := nameOfBox.FindStringSubmatch(box); m == nil || !kept[m[1]] {
						t.Errorf("%s for %s: ticked before anybody has chosen: %s", path, name, box)
					}
				}
			}
		}
	}
	if boxes < 50 {
		t.Errorf("only %d boxes were read: the test shows little", boxes)
	}
}
