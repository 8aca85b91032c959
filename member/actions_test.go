package member_test

import (
	"strings"
	"testing"
	"time"

	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/member"
)

func TestRollOfADay(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		hoa := w.add("Trần Văn Hòa", nil)
		w.add("Đỗ Thị Ánh", func(_ *member.Member, r *member.Record) { r.Standing = member.Probationary })
		w.add("Lê Văn An", func(_ *member.Member, r *member.Record) { r.From = when.On(2026, time.May, 1) })
		record := func(day when.Date, s member.Standing) {
			t.Helper()
			r := member.Record{Organization: w.one.ID, Member: hoa.ID, From: day, Standing: s, Note: "QĐ 12"}
			if err := w.s.Record(t.Context(), w.secretary(), r); err != nil {
				t.Fatal(err)
			}
		}
		record(when.On(2026, time.June, 1), member.Exempt)
		record(when.On(2026, time.July, 1), member.Died)
		record(when.On(2026, time.July, 1), member.Moved) // mends the line before
		for day, want := range map[when.Date]string{
			when.On(2019, time.December, 31): "",
			when.On(2026, time.April, 30):    "Đỗ Thị Ánh probationary, Trần Văn Hòa official",
			when.On(2026, time.May, 31):      "Lê Văn An official, Đỗ Thị Ánh probationary, Trần Văn Hòa official",
			when.On(2026, time.June, 30):     "Lê Văn An official, Đỗ Thị Ánh probationary, Trần Văn Hòa exempt",
			today:                            "Lê Văn An official, Đỗ Thị Ánh probationary",
		} {
			if got := w.roll(w.one, day); got != want {
				t.Errorf("on %v: %q, want %q", day, got, want)
			}
		}
		if got := w.actions("ward", hoa.ID); got != "member.added member.standing member.standing member.standing" {
			t.Errorf("audit of the person: %s", got)
		}
	})
}

func TestAddRefuses(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		w.add("Trần Văn Hòa", func(m *member.Member, _ *member.Record) { m.CardNumber = "38.000 001" })
		official := member.Record{Standing: member.Official, From: today}
		for name, tt := range map[string]struct {
			who   access.Person
			cell  string
			m     member.Member
			first member.Record
			kind  fault.Kind
			field string
		}{
			"a card twice":         {w.secretary(), "one", member.Member{FullName: "Lê An", CardNumber: "38000001"}, official, fault.Invalid, "card_number"},
			"no name, no standing": {w.secretary(), "one", member.Member{}, member.Record{From: today}, fault.Invalid, "standing"},
			"into another cell":    {w.secretary(), "two", member.Member{FullName: "Lê An"}, official, fault.NotFound, ""},
			"into a committee":     {w.clerk(), "ward", member.Member{FullName: "Lê An"}, official, fault.Conflict, ""},
			"by a reader":          {w.reader(), "one", member.Member{FullName: "Lê An"}, official, fault.NotFound, ""},
		} {
			_, err := w.s.Add(t.Context(), tt.who, tt.cell, tt.m, tt.first)
			if !fault.Is(err, tt.kind) || tt.field != "" && fault.Of(err).Fields[tt.field] == "" {
				t.Errorf("%s: %v", name, err)
			}
		}
		if got := w.roll(w.one, today); got != "Trần Văn Hòa official" {
			t.Errorf("the roll has become %s", got)
		}
	})
}

func TestPrivateFactsStayWithThoseWhoMaySeeThem(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		m := w.add("Trần Văn Hòa", func(m *member.Member, _ *member.Record) {
			m.CardNumber, m.Phone, m.Note = "38000001", "0912345678", "đang điều trị"
		})
		writer := person("writer", w.one.Path, member.Read, member.Write)
		changed := member.Member{ID: m.ID, FullName: m.FullName, Phone: "0999999999", Position: "Tổ trưởng dân phố"}
		if err := w.s.Change(t.Context(), writer, changed); err != nil {
			t.Fatal(err)
		}
		got, err := member.Find(t.Context(), w.db, "ward", m.ID)
		if err != nil || got.Phone != m.Phone || got.CardNumber != m.CardNumber || got.Note != m.Note || got.Position != "Tổ trưởng dân phố" {
			t.Errorf("kept %+v, %v", got, err)
		}
		for who, private := range map[*access.Person]bool{ptr(w.secretary()): true, ptr(w.reader()): false, ptr(person(m.ID, "/nowhere/")): true} {
			p, err := w.s.View(t.Context(), *who, m.ID)
			if err != nil || p.Private != private || (p.Phone != "") != private {
				t.Errorf("%s sees %+v, %v", who.Name, p.Member, err)
			}
		}
		if _, err := w.s.View(t.Context(), person("stranger", w.two.Path, member.Read, member.Private), m.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("another cell finds the person: %v", err)
		}
		if got := w.actions("ward", m.ID); strings.Count(got, "member.viewed") != 2 {
			t.Errorf("audit of the person: %s", got)
		}
		own, err := w.s.View(t.Context(), person(m.ID, "/nowhere/"), m.ID)
		if err != nil || len(own.Looks) != 2 {
			t.Errorf("the person sees %d looks, %v", len(own.Looks), err)
		}
	})
}

func ptr[T any](v T) *T { return &v }

func TestTransfer(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		m := w.add("Cao Thị Ngân", func(_ *member.Member, r *member.Record) { r.Standing = member.Probationary })
		june := when.On(2026, time.June, 1)
		if err := w.s.Transfer(t.Context(), w.secretary(), m.ID, w.two.ID, june, ""); !fault.Is(err, fault.NotFound) {
			t.Errorf("a secretary moves people into another cell: %v", err)
		}
		if err := w.s.Transfer(t.Context(), w.clerk(), m.ID, w.one.ID, june, ""); !fault.Is(err, fault.Invalid) {
			t.Errorf("moved into the same cell: %v", err)
		}
		if err := w.s.Transfer(t.Context(), w.clerk(), m.ID, w.two.ID, june, "Giấy giới thiệu 05"); err != nil {
			t.Fatal(err)
		}
		if got := w.roll(w.one, june.AddDays(-1)) + " | " + w.roll(w.one, june) + " | " + w.roll(w.two, june); got != "Cao Thị Ngân probationary |  | Cao Thị Ngân probationary" {
			t.Errorf("rolls %s", got)
		}
		if got, err := member.Find(t.Context(), w.db, "ward", m.ID); err != nil || got.Organization != w.two.ID {
			t.Errorf("official cell %s, %v", got.Organization, err)
		}
		// The old cell keeps its history but no longer writes.
		if err := w.s.Change(t.Context(), w.secretary(), m); !fault.Is(err, fault.NotFound) {
			t.Errorf("the old cell still writes: %v", err)
		}
	})
}

func TestAwayHereAndBack(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		m := w.add("Cao Thị Ngân", nil)
		record := func(cell string, from when.Date, s member.Standing) {
			t.Helper()
			if err := w.s.Record(t.Context(), w.clerk(), member.Record{Organization: cell, Member: m.ID, From: from, Standing: s}); err != nil {
				t.Fatal(err)
			}
		}
		march, june := when.On(2026, time.March, 1), when.On(2026, time.June, 1)
		record("one", march, member.Away)
		record("two", march, member.Here)
		record("one", june, member.Official)
		record("two", june, member.Moved)
		if got := w.roll(w.one, march) + " | " + w.roll(w.two, march) + " | " + w.roll(w.one, june) + " | " + w.roll(w.two, june); got != "Cao Thị Ngân away | Cao Thị Ngân here | Cao Thị Ngân official | " {
			t.Errorf("rolls %s", got)
		}
		people, err := member.People(t.Context(), w.db, access.Whole("", w.root.Path), march)
		if err != nil || len(people) != 1 || people[0].Unit != w.one.Name {
			t.Errorf("people %v, %v", people, err)
		}
	})
}

func TestNames(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		m := w.add("Cao Thị Ngân", nil)
		for root, want := range map[string]string{"ward": "Cao Thị Ngân", "other": ""} {
			names, err := member.Names(t.Context(), w.db, root, m.ID, "nobody", "")
			if err != nil || names[m.ID] != want || len(names["nobody"]) > 0 {
				t.Errorf("of %s: %v, %v", root, names, err)
			}
		}
		if names, err := member.Names(t.Context(), w.db, "ward"); err != nil || len(names) != 0 {
			t.Errorf("names of nobody: %v, %v", names, err)
		}
	})
}

func TestAwards(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		m := w.add("Cao Thị Ngân", nil)
		a := member.Award{Member: m.ID, Title: "Bằng khen của Tỉnh ủy", GivenOn: when.On(2025, time.December, 20)}
		if err := w.s.GiveAward(t.Context(), w.secretary(), a); err != nil {
			t.Fatal(err)
		}
		if err := w.s.GiveAward(t.Context(), w.secretary(), member.Award{Member: m.ID}); fault.Of(err).Fields["title"] == "" {
			t.Errorf("an award without a title: %v", err)
		}
		p, err := w.s.View(t.Context(), w.secretary(), m.ID)
		if err != nil || len(p.Awards) != 1 || p.Awards[0].Title != a.Title {
			t.Fatalf("awards %+v, %v", p.Awards, err)
		}
		if err := w.s.DropAward(t.Context(), w.reader(), m.ID, p.Awards[0].ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("a reader drops an award: %v", err)
		}
		if err := w.s.DropAward(t.Context(), w.secretary(), m.ID, p.Awards[0].ID); err != nil {
			t.Fatal(err)
		}
		if p, err = w.s.View(t.Context(), w.secretary(), m.ID); err != nil || len(p.Awards) != 0 {
			t.Errorf("awards %+v, %v", p.Awards, err)
		}
	})
}
