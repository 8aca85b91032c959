package dossier

import (
	"slices"
	"testing"
	"time"

	"chibo/kit/when"
	"chibo/privacy"
)

// TestGather: one line a person, with every kind of data that a deed has reached, from the
// first to the last.
func TestGather(t *testing.T) {
	t.Parallel()
	all := gather("r", []Touch{
		{Member: "b", Action: "member.viewed", Times: 2, First: 20, Last: 30},
		{Member: "a", Action: "member.list_viewed", Times: 1, First: 15, Last: 15},
		{Member: "b", Action: "rating.viewed", Times: 1, First: 10, Last: 40},
		{Member: "c", Action: "directive.sent", Times: 1, First: 1, Last: 1}, // reaches nobody's data
	}, map[string][]privacy.Kind{"a": {privacy.Meetings, privacy.Profile, privacy.Meetings}}, map[string]string{"a": "Trần Văn An", "b": "Lê Thị Bình"}, map[string]string{"a": "Chi bộ 2", "b": "Chi bộ 1"})
	if len(all) != 2 || all[0].Name != "Lê Thị Bình" || all[1].Name != "Trần Văn An" {
		t.Fatalf("%+v", all)
	}
	if a := all[1]; !slices.Equal(a.Open, []privacy.Kind{privacy.Profile, privacy.Meetings}) || !slices.Equal(a.Kinds, []privacy.Kind{privacy.Profile}) {
		t.Errorf("%+v", a)
	}
	b := all[0]
	if !slices.Equal(b.Kinds, []privacy.Kind{privacy.Profile, privacy.Ratings}) || b.Times != 3 || b.First != 10 || b.Last != 40 || !b.Sensitive() {
		t.Errorf("%+v", b)
	}
	if got := (Breach{Victims: all}).Kinds(); got[privacy.Profile] != 2 || got[privacy.Ratings] != 1 || got[privacy.Meetings] != 1 {
		t.Errorf("%v", got)
	}
}

// TestWaysToSignIn: whatever somebody does with another's ways to sign in reaches their account,
// not the meetings that stand for what no feature claims.
func TestWaysToSignIn(t *testing.T) {
	t.Parallel()
	for _, deed := range []string{"account.granted", "passkey.added", "factor.reset", "provider.linked"} {
		if got := kindsOf(deed); !slices.Equal(got, []privacy.Kind{privacy.Account}) {
			t.Errorf("%s reaches %v", deed, got)
		}
	}
}

func TestSpan(t *testing.T) {
	t.Parallel()
	from := when.On(2026, time.November, 3).At(8, 0)
	for _, tt := range []struct {
		span Span
		want bool
	}{
		{Span{From: from, Until: from}, true},
		{Span{From: from, Until: from - 1}, false},
		{Span{Until: from}, false},
		{Span{From: from, Until: from.Add(366 * 24 * time.Hour)}, true},
		{Span{From: from, Until: from.Add(367 * 24 * time.Hour)}, false},
	} {
		if err := tt.span.Validate(); (err == nil) != tt.want {
			t.Errorf("%+v: %v", tt.span, err)
		}
	}
}

// TestControls: what the configuration lacks is said, and nothing is said to be met that the
// program cannot know.
func TestControls(t *testing.T) {
	t.Parallel()
	now := when.On(2026, time.November, 3).At(8, 0)
	whole := Running{
		Secure: true, VaultApart: true, FactorFrom: now.Date(), Idle: Idle{Staff: 30 * time.Minute, Shared: 5 * time.Minute},
		Copies: Copies{On: true, Every: 24 * time.Hour, Encrypted: true, Last: now.Add(-20 * time.Hour)},
	}
	if unmet := with(whole.Controls(now.Date(), now), NotMet); len(unmet) > 0 {
		t.Errorf("not met: %v", unmet)
	}
	for key, lacking := range map[string]func(*Running){
		"second_factor": func(r *Running) { r.FactorFrom = now.Date().AddDays(1) },
		"idle":          func(r *Running) { r.Idle.Staff = time.Hour },
		"transfer":      func(r *Running) { r.Secure = false },
		"keys_apart":    func(r *Running) { r.VaultApart = false },
		"copies":        func(r *Running) { r.Copies.Last = now.Add(-49 * time.Hour) },
		"copies_sealed": func(r *Running) { r.Copies.Encrypted = false },
	} {
		r := whole
		lacking(&r)
		if unmet := with(r.Controls(now.Date(), now), NotMet); !slices.Equal(unmet, []string{key}) {
			t.Errorf("without %s: not met %v", key, unmet)
		}
	}
	whole.Postgres = true
	if people := with(whole.Controls(now.Date(), now), ByPeople); !slices.Contains(people, "copies") || !slices.Contains(people, "copies_sealed") {
		t.Errorf("of PostgreSQL only %v is for people to say", people)
	}
}

// with returns the keys of the controls that have a verdict.
func with(all []Control, v Verdict) (keys []string) {
	for _, c := range all {
		if c.Verdict == v {
			keys = append(keys, c.Key)
		}
	}
	return keys
}
