package app_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"chibo/account"
	"chibo/app/world/worldtest"
	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/member"
	"chibo/organization"
)

// TestStandingIn lets the secretary hand work over: the minute-taker does it, to the last
// day and no further, the log says in whose place, and what was handed over cannot be
// handed on.
func TestStandingIn(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		home, _ := w.Person("secretary").Home()
		giver, receiver := w.Account("secretary").Member, w.Account("minute-taker").Member
		today := worldtest.Now.Date()
		matter := func(role string) int {
			return w.As(role).Post("/matters", "organization", home.Organization, "text", "Cống tắc", "raiser", "residents").Status
		}
		hand := func(role, to, from, until string) worldtest.Answer {
			return w.As(role).Post("/delegations", "role", "secretary", "organization", home.Organization,
				"receiver", to, "from", from, "until", until, "parts", "work")
		}
		if s := matter("minute-taker"); s != http.StatusForbidden {
			t.Fatalf("before: %d", s)
		}
		if a := hand("secretary", w.Account("other member").Member, today.String(), today.String()); a.Status != http.StatusUnprocessableEntity {
			t.Errorf("to somebody of another cell: %d", a.Status)
		}
		if a := hand("member", receiver, today.String(), today.String()); a.Status != http.StatusNotFound {
			t.Errorf("an office that one has not: %d", a.Status)
		}
		if a := hand("secretary", receiver, today.String(), today.AddDays(1).String()); a.Status != http.StatusSeeOther {
			t.Fatalf("%d: %s", a.Status, a.Body)
		}
		if s := matter("minute-taker"); s != http.StatusSeeOther {
			t.Errorf("standing in: %d", s)
		}
		if a := w.As("minute-taker").Get("/"); !strings.Contains(a.Body, "Đồng chí đang làm thay") || !strings.Contains(a.Body, w.Account("secretary").FullName) {
			t.Error("the home page of the receiver says nothing")
		}
		if a := w.As("minute-taker").Get("/accounts"); a.Status != http.StatusForbidden {
			t.Errorf("what nobody does in another's place: %d", a.Status)
		}
		if a := hand("minute-taker", w.Account("member").Member, today.String(), today.String()); a.Status != http.StatusNotFound {
			t.Errorf("handed on: %d", a.Status)
		}
		entries, err := db.All[audit.Entry](t.Context(), w.App.DB, `SELECT root_id, seq, at, account_id, member_id, action, object_id, detail, hash FROM audit WHERE action = 'matter.raised' AND member_id = $1`, receiver)
		if err != nil || len(entries) != 1 || !strings.Contains(entries[0].Detail, `"in_place_of":["`+giver+`"]`) {
			t.Errorf("the log: %+v, %v", entries, err)
		}
		if err := w.App.Verify(t.Context()); err != nil {
			t.Error(err)
		}
		w.Clock.Set(worldtest.Now.Add(48 * time.Hour))
		if w.Person("minute-taker").Is(access.Secretary) {
			t.Error("it has not ended by itself")
		}
	})
}

// TestADelegationRestsOnTheOffice ends what was handed over with the office of the giver,
// and at a press of either.
func TestADelegationRestsOnTheOffice(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	ctx, today := t.Context(), worldtest.Now.Date()
	home, _ := w.Person("secretary").Home()
	hand := func() account.Delegation {
		d, err := w.App.Accounts.Delegate(ctx, w.Person("secretary"), account.Delegation{
			Organization: home.Organization, Role: access.Secretary, Receiver: w.Account("minute-taker").Member, From: today, Until: today.AddDays(9),
		})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	stands := func(want bool, when string) {
		t.Helper()
		if got := w.Person("minute-taker").Is(access.Secretary); got != want {
			t.Errorf("%s: stands in %v", when, got)
		}
	}
	d := hand()
	stands(true, "at first")
	if a := w.As("member").Post("/delegations/" + d.ID + "/end"); a.Status != http.StatusNotFound {
		t.Errorf("ended by a third: %d", a.Status)
	}
	if a := w.As("minute-taker").Post("/delegations/" + d.ID + "/end"); a.Status != http.StatusSeeOther {
		t.Errorf("given back: %d", a.Status)
	}
	stands(false, "given back")
	hand()
	offices, err := organization.OfficesOn(ctx, w.App.DB, home.Root, home.Organization, today)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range offices {
		if o.Post == organization.Secretary {
			if err := w.App.Organizations.Release(ctx, w.Person("clerk"), o.ID, today.AddDays(-1)); err != nil {
				t.Fatal(err)
			}
		}
	}
	stands(false, "when the secretary is none any more")
}

// TestWhoHasLeftStandsInForNobody hands the secretary's work to somebody who then moves to another
// cell, or is removed from the Party: they do nothing here any more, and who has left comes in no longer.
func TestWhoHasLeftStandsInForNobody(t *testing.T) {
	t.Parallel()
	for name, leave := range map[string]func(w *worldtest.World, cell, receiver string) error{
		"moved": func(w *worldtest.World, _, receiver string) error {
			return w.App.Members.Transfer(t.Context(), w.Person("clerk"), receiver, w.Account("other secretary").Organization, worldtest.Now.Date(), "")
		},
		"removed": func(w *worldtest.World, cell, receiver string) error {
			return w.App.Members.Record(t.Context(), w.Person("secretary"), member.Record{
				Member: receiver, Organization: cell, From: worldtest.Now.Date(), Standing: member.Removed, Note: "Khai trừ",
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
				home, _ := w.Person("secretary").Home()
				today, receiver := worldtest.Now.Date(), w.Account("member").Member
				if _, err := w.App.Accounts.Delegate(t.Context(), w.Person("secretary"), account.Delegation{
					Organization: home.Organization, Role: access.Secretary, Receiver: receiver, From: today, Until: today.AddDays(9),
				}); err != nil {
					t.Fatal(err)
				}
				raise := func() int {
					return w.As("member").Post("/matters", "organization", home.Organization, "text", "Cống tắc", "raiser", "residents").Status
				}
				if s := raise(); s != http.StatusSeeOther {
					t.Fatalf("standing in: %d", s)
				}
				if err := leave(w, home.Organization, receiver); err != nil {
					t.Fatal(err)
				}
				if s := raise(); s == http.StatusSeeOther {
					t.Error("who has left still does the secretary's work")
				}
				if a := w.As("member").Get("/members"); name == "removed" && a.Status != http.StatusSeeOther {
					t.Errorf("who is removed is let in: %d", a.Status)
				}
			})
		})
	}
}

// TestADepartmentAtWork sets up a department, places somebody there and takes a duty away:
// what they may do follows at once.
func TestADepartmentAtWork(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		ward := w.Account("committee").Organization
		member := w.Account("member").Member
		for _, role := range []string{"clerk", "secretary", "administrator"} {
			if a := w.As(role).Post("/organizations/"+ward+"/departments", "kind", "office"); a.Status != http.StatusForbidden && a.Status != http.StatusNotFound {
				t.Errorf("%s sets up a department: %d", role, a.Status)
			}
		}
		page := w.As("committee").Post("/organizations/"+ward+"/departments", "kind", "inspection").Location()
		if a := w.As("committee").Post(page+"/seats", "member", member, "rank", "specialist", "from", worldtest.Now.Date().String()); a.Status != http.StatusSeeOther {
			t.Fatalf("%d: %s", a.Status, a.Body)
		}
		reads := func(when string, want int) {
			t.Helper()
			if a := w.As("member").Get("/privacy"); a.Status != want {
				t.Errorf("%s: %d for what the duty opens, want %d", when, a.Status, want)
			}
		}
		reads("with the duty", http.StatusOK)
		for _, path := range []string{"/accounts", "/rating-summaries/" + ward} {
			if a := w.As("member").Get(path); a.Status != http.StatusForbidden {
				t.Errorf("%s, which no duty opens: %d", path, a.Status)
			}
		}
		if a := w.As("committee").Post(page, "name", "Ủy ban Kiểm tra", "duties", "matters"); a.Status != http.StatusSeeOther {
			t.Fatalf("%d: %s", a.Status, a.Body)
		}
		reads("without the duty", http.StatusForbidden)
		if a := w.As("department").Get("/rating-summaries/" + ward); a.Status != http.StatusOK {
			t.Errorf("the organisation department sums the ratings up: %d", a.Status)
		}
		if a := w.As("department").Post("/rating-summaries/"+ward+"/cap", "reading", "share"); a.Status != http.StatusForbidden {
			t.Errorf("the organisation department decides on the cap: %d", a.Status)
		}
	})
}
