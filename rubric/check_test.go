package rubric

import (
	"slices"
	"strings"
	"testing"
)

// TestCheckFindsWhatIsWrong breaks the sheet of An Phú in one place at a time.
func TestCheckFindsWhatIsWrong(t *testing.T) {
	t.Parallel()
	sound, _ := Sheet("an-phu-2025")
	text, err := sound.Text()
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ old, fresh, key string }{
		{"total: 100", "total: 90", "total_sum"},
		{"id: \"3.1\"\n        text: Nội dung đúng, đủ, có trọng tâm\n        max: 3", "id: \"3.1\"\n        text: x\n        max: 4", "sum"},
		{"points: 5\n        text: đủ thời lượng", "points: 6\n        text: đủ thời lượng", "beyond"},
		{"points: 1\n        text: dưới một nửa", "points: 0\n        text: dưới một nửa", "below"},
		{"from: 75\n            under: 90", "from: 75\n            under: 89", "hole"},
		{"from: 75\n            under: 90", "from: 75\n            to: 90", "overlap"},
		{"points: 30\n        text: từ 90", "points: 29\n        text: từ 90", "unreached"},
		{"fact: speaking_share", "fact: speaking", "fact"},
		{"fact: ideology_minutes\n            from: 15", "fact: ideology_minutes", "range"},
		{"- level: fair\n    from: 70", "- level: fair\n    from: 95", "level_order"},
		{"- level: poor\n    from: 0", "- level: poor\n    from: 10", "level_hole"},
		{"- level: good\n    from: 90", "- level: good\n    from: 101", "threshold"},
		{"- level: poor", "- level: bad", "level"},
		{"from: \"2025-10-28\"", "from: 2025-10-28\nuntil: 2025-10-27", "until"},
		{"date: \"2025-09-19\"", "date: \"\"", "source"},
		{"id: \"3.2\"", "id: \"3.1\"", "twice"},
		{"policy: take", "policy: give", "policy"},
		{"policy: take\n  line: \"4.2\"", "policy: take\n  line: \"4.5\"", "taker_form"},
		{"policy: take\n  line: \"4.2\"", "policy: take\n  line: \"9.9\"", "taker"},
		{"counts_in: [thematic, combined]", "counts_in: [thematic, weekly]", "kind"},
		{"form: slider\n        step: 0.5", "form: slider\n        step: 0.3", "step"},
		{"form: yes_no", "form: maybe", "form"},
		{"max: 5\n    floor: 1", "max: 5\n    floor: 6", "floor"},
	} {
		if !strings.Contains(string(text), tc.old) {
			t.Errorf("%s: the sheet has no %q", tc.key, tc.old)
			continue
		}
		r, err := Parse([]byte(strings.Replace(string(text), tc.old, tc.fresh, 1)))
		if err != nil {
			t.Errorf("%s: %v", tc.key, err)
			continue
		}
		if !slices.ContainsFunc(Wrong(Check(r)), func(f Finding) bool { return strings.TrimSuffix(f.Key, "_of") == tc.key }) {
			t.Errorf("%s is not found, but %v", tc.key, Check(r))
		}
	}
}

// TestCutConditionStaysOpen: what the source does not tell is named and not wrong.
func TestCutConditionStaysOpen(t *testing.T) {
	t.Parallel()
	all := Check(testSheet(t, "phu-tho.yaml"))
	if len(Wrong(all)) > 0 || len(all) != 1 || all[0].Key != "year_also" {
		t.Errorf("%v", all)
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"nothing":         "",
		"unknown field":   "id: x\nbonus: 3\n",
		"two sheets":      "id: x\n---\nid: y\n",
		"a wrong number":  "id: x\ntotal: lots\n",
		"a wrong date":    "id: x\nfrom: 2025-02-30\n",
		"too large":       strings.Repeat("#", MaxSheet+1),
		"no YAML":         "id: [",
		"growing aliases": "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a]\n",
	} {
		if r, err := Parse([]byte(text)); err == nil {
			t.Errorf("%s is read as %v", name, r)
		}
	}
}

// FuzzParse: whatever comes in is read or refused, checked without harm, and what was
// read survives being written.
func FuzzParse(f *testing.F) {
	for _, r := range Sheets() {
		text, err := r.Text()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Add("id: x\nlines: [{id: 1, max: 5, form: steps, fact: attendance, bands: [{from: '50%', points: 5}]}]\n")
	f.Fuzz(func(t *testing.T, text string) {
		r, err := Parse([]byte(text))
		if err != nil {
			return
		}
		sound := len(Wrong(Check(r))) == 0
		written, err := r.Text()
		if err != nil {
			t.Fatal(err)
		}
		again, err := Parse(written)
		if err != nil {
			t.Fatalf("%v in\n%s", err, written)
		}
		if (len(Wrong(Check(again))) == 0) != sound {
			t.Fatalf("sound %v, and again it is not:\n%s", sound, written)
		}
	})
}
