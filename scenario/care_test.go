package scenario_test

import (
	"net/http"
	"path"
	"slices"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/db"
	"chibo/privacy"
)

// TestHardshipIsHelpedAndSeenByFew follows a hardship of the member who can sign in
// from the day it is written down until it is over.
func TestHardshipIsHelpedAndSeenByFew(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		me := w.Account("member")
		before := inboxes(t, w)
		sheet := w.As("deputy").Sends("/care", "organization", me.Organization, "member", me.Member, "kind", "illness",
			"what", "Mổ tim, nằm viện dài ngày", "since", "2026-10-05")
		w.As("secretary").Sends(sheet+"/deeds", "what", "Thăm tại viện", "amount", "500000", "giver", "Chi ủy", "decided_on", "2026-11-20")
		deed := deedOf(t, w, path.Base(sheet))

		w.As("secretary").Reads("/care", "Ốm đau, bệnh nặng", me.FullName, "500.000 đồng", "Đã làm")
		w.As("secretary").Reads("/", "3 việc giúp đỡ, thăm hỏi đã thống nhất mà chưa làm")
		w.As("secretary").Reads(sheet, "Mổ tim")
		w.As("secretary").Reads(sheet, "Mổ tim") // the same day is the same look
		looks, err := privacy.LooksAt(t.Context(), w.App.DB, w.Person("member").Root, me.Member)
		if n := slices.IndexFunc(looks, func(k privacy.Look) bool { return k.What == "care.viewed" }); err != nil || n < 0 ||
			slices.ContainsFunc(looks[n+1:], func(k privacy.Look) bool { return k.What == "care.viewed" }) {
			t.Errorf("a look twice on one day is told as %+v, %v", looks, err)
		}
		own := w.As("member").Reads(sheet, "Mổ tim", "Ai đã xem", w.Account("secretary").FullName, "Sẽ làm")
		if strings.Contains(own, "<form method=\"post\" action=\""+sheet) {
			t.Error("the person may write in their own sheet")
		}
		w.As("member").Reads("/care/mine", "Ốm đau, bệnh nặng")

		for _, who := range []string{"minute-taker", "probationary", "committee", "clerk", "administrator", "other secretary", "other member", "helper roll"} {
			if a := w.As(who).Get(sheet); a.Status != http.StatusNotFound {
				t.Errorf("%s: %d", who, a.Status)
			}
		}
		if a := w.As("other secretary").Post("/care/deeds/"+deed+"/given", "x", "y"); a.Status != http.StatusNotFound {
			t.Errorf("another secretary does the deed: %d", a.Status)
		}

		w.As("secretary").Sends("/care/deeds/" + deed + "/given")
		if a := w.As("secretary").Post("/care/deeds/"+deed+"/drop", "x", "y"); a.Status != http.StatusConflict {
			t.Errorf("what was done is dropped: %d", a.Status)
		}
		w.As("secretary").Sends(sheet+"/close", "on", "2026-11-30", "outcome", "Đã ra viện")
		w.As("member").Reads(sheet, "Đã ra viện", "Đã làm 01/12/2026")
		if a := w.As("secretary").Post(sheet+"/deeds", "what", "x", "decided_on", "2026-12-01"); a.Status != http.StatusConflict {
			t.Errorf("help after the end: %d", a.Status)
		}
		silent(t, w, before)
	})
}

// silent checks that nobody was told and that no log has a word of it.
func silent(t *testing.T, w *worldtest.World, before int) {
	t.Helper()
	if n := inboxes(t, w); n != before {
		t.Errorf("%d notices went out", n-before)
	}
	if strings.Contains(w.Logged(), "Mổ tim") {
		t.Error("the log of the program knows the illness")
	}
	n, err := db.One[int](t.Context(), w.App.DB, `SELECT count(*) FROM audit WHERE detail LIKE '%Mổ tim%' OR detail LIKE '%ra viện%'`)
	if err != nil || n != 0 {
		t.Errorf("%d lines of the audit know the illness, %v", n, err)
	}
	for _, url := range []string{"/members", "/members/" + w.Account("member").Member, "/members/export.csv"} {
		if strings.Contains(w.As("secretary").Get(url).Body, "Mổ tim") {
			t.Errorf("%s knows the illness", url)
		}
	}
}

func inboxes(t *testing.T, w *worldtest.World) int {
	t.Helper()
	n, err := db.One[int](t.Context(), w.App.DB, `SELECT count(*) FROM notice`)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func deedOf(t *testing.T, w *worldtest.World, hardship string) string {
	t.Helper()
	id, err := db.One[string](t.Context(), w.App.DB, `SELECT id FROM care_deed WHERE hardship_id = $1`, hardship)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// TestAYearAtHome asks for the comments of the places of residence, receives one and
// writes one.
func TestAYearAtHome(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		me := w.Account("member")
		cell := me.Organization
		if a := w.As("secretary").Post("/care/homes", "organization", cell, "member", me.Member, "cell", ""); a.Status != http.StatusUnprocessableEntity {
			t.Errorf("a home without a cell: %d", a.Status)
		}
		w.As("secretary").Sends("/care/homes", "organization", cell, "member", me.Member, "cell", "Chi bộ 9, phường Cầu Gạo", "introduced_on", "2024-03-01")
		w.As("secretary").Reads("/care/residence", "Chưa lấy nhận xét", "chưa ghi chi bộ nơi cư trú")
		w.As("secretary").Sends("/care/comments", "organization", cell, "year", "2026")
		if a := w.As("secretary").Post("/care/comments", "organization", cell, "year", "2026"); a.Status != http.StatusConflict {
			t.Errorf("asked twice: %d", a.Status)
		}
		w.As("secretary").Reads("/care/residence", "Chờ đến 15/12/2026")
		id, err := db.One[string](t.Context(), w.App.DB, `SELECT id FROM care_comment WHERE member_id = $1`, me.Member)
		if err != nil {
			t.Fatal(err)
		}
		for _, form := range []string{"docx", "pdf"} {
			if a := w.As("secretary").Get("/care/comments/" + id + "/phieu." + form); a.Status != http.StatusOK {
				t.Errorf("%s: %d", form, a.Status)
			}
		}
		if a := w.As("other secretary").Get("/care/comments/" + id); a.Status != http.StatusNotFound {
			t.Errorf("another cell reads it: %d", a.Status)
		}
		w.As("secretary").Sends("/care/comments/"+id, "on", "2026-12-01", "merits", "Gương mẫu nơi ở", "faults", "")
		w.As("member").Reads("/care/mine", "Gương mẫu nơi ở")

		w.As("secretary").Sends("/care/residents", "organization", cell, "full_name", "Mai Văn Khuê", "cell", "Chi bộ Trường học", "introduced_on", "2025-01-10")
		resident, err := db.One[string](t.Context(), w.App.DB, `SELECT id FROM care_resident WHERE full_name = 'Mai Văn Khuê'`)
		if err != nil {
			t.Fatal(err)
		}
		page := "/care/residents/" + resident
		w.As("secretary").Sends(page+"/remark", "year", "2026", "came", "3", "called", "4", "merits", "Nhiệt tình", "on", "2026-11-30")
		w.As("secretary").Reads(page, "Dự họp 3/4 lần được mời")
		w.As("secretary").Reads("/care/residence", "Đã nhận xét 2026")
		if a := w.As("secretary").Get(page + "/phieu.pdf?year=2026"); a.Status != http.StatusOK {
			t.Errorf("the paper: %d", a.Status)
		}
		if a := w.As("other secretary").Post(page+"/left", "x", "y"); a.Status != http.StatusNotFound {
			t.Errorf("another cell lets them go: %d", a.Status)
		}
		w.As("secretary").Sends(page + "/left")
		if strings.Contains(w.As("secretary").Reads("/care/residence"), "Mai Văn Khuê") {
			t.Error("who has moved away is still on the list")
		}
	})
}

// TestFamiliesOfAYear ticks a family, and shows it with the comment beside the rating.
func TestFamiliesOfAYear(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	me := w.Account("member")
	w.As("secretary").Sends("/care/families", "organization", me.Organization, "year", "2026", "cultured", me.Member)
	w.As("secretary").Reads("/care/families?year=2026", "1/")
	w.As("member").Reads("/care/mine", "Được công nhận")
	w.As("probationary").Reads("/care/mine", "Không được công nhận")
	if a := w.As("secretary").Post("/care/families", "organization", me.Organization, "year", "2027"); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("a year to come: %d", a.Status)
	}
	round := w.As("secretary").Sends("/ratings", "organization", me.Organization, "span", "year", "month", "2026-05", "self_by", "2026-12-05", "review_on", "2026-12-10")
	line := round + "/of/" + me.Member
	w.As("secretary").Reads(line, "Nơi cư trú và gia đình năm 2026")
	w.As("member").Reads(line, "Nơi cư trú và gia đình năm 2026")
}
