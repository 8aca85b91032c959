package scenario_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/search"
	"chibo/minutes"
)

func look(t *testing.T, w *worldtest.World, who, question string) string {
	t.Helper()
	a := w.As(who).Get("/lookup?" + url.Values{"q": {question}}.Encode())
	if a.Status != http.StatusOK {
		t.Fatalf("%s looks for %q: %d", who, question, a.Status)
	}
	return a.Body
}

// TestEverybodyFindsTheirOwn puts the same rare word into a document, a directive and a
// task, and looks for it without accents: each reader finds what they may read, and no
// more.
func TestEverybodyFindsTheirOwn(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		ward, cell := w.Account("clerk").Organization, w.Account("secretary").Organization
		posts := func(who, path string, fields ...string) string {
			t.Helper()
			a := w.As(who).Post(path, fields...)
			if a.Status != http.StatusSeeOther {
				t.Fatalf("%s, %s: %d\n%s", who, path, a.Status, a.Body)
			}
			return a.Location()
		}
		document := posts("clerk", "/library/documents", "organization", ward, "level", "base", "kind", "Kế hoạch", "number", "77-KH/ĐU", "date", "2026-11-20",
			"body", "Đảng ủy phường Sông Xanh", "title", "về bìm bịp", "text", "Bảo vệ đàn bìm bịp ven sông.")
		posts("clerk", "/directives", "organization", ward, "document", strings.TrimPrefix(document, "/library/documents/"), "origin", "front", "form", "agenda",
			"title", "Bàn việc bìm bịp", "text", "Bìm bịp cần được bảo vệ.", "cells", cell)
		posts("secretary", "/tasks", "organization", cell, "title", "Đếm bìm bịp ven hồ", "owners", w.Account("member").Member, "due", "2027-01-15")

		const word = "<mark>bìm</mark>"
		for _, tt := range []struct {
			who   string
			found []string
			not   []string
		}{
			{"member", []string{word, "77-KH/ĐU", "Bàn việc bìm bịp", "Đếm bìm bịp"}, nil},
			{"clerk", []string{word, "77-KH/ĐU", "Bàn việc bìm bịp"}, nil},
			{"other member", []string{"77-KH/ĐU"}, []string{"Bàn việc", "Đếm"}},
			{"other secretary", []string{"77-KH/ĐU"}, []string{"Bàn việc", "Đếm"}},
		} {
			page := look(t, w, tt.who, "BIM bip")
			for _, text := range tt.found {
				if !strings.Contains(page, text) {
					t.Errorf("%s does not find %q", tt.who, text)
				}
			}
			for _, text := range tt.not {
				if strings.Contains(page, text) {
					t.Errorf("%s finds %q of another cell", tt.who, text)
				}
			}
		}
		if page := look(t, w, "member", "bìm bịp bay"); !strings.Contains(page, "Không tìm thấy") {
			t.Error("something has all of three words")
		}
		if page := look(t, w, "member", "%_!"); !strings.Contains(page, "Đồng chí cần tìm gì") {
			t.Error("signs are words")
		}
		if page := look(t, w, "member", `<script>alert(1)</script>`); strings.Contains(page, "<script>alert") {
			t.Error("a question becomes a part of the page")
		}
		if page := look(t, w, "member", "42-hd btctw 2025"); !strings.Contains(page, "42-HD/BTCTW ngày 28/10/2025") {
			t.Error("a document that comes with the program is not found")
		}
		if home := w.As("member").Get("/").Body; !strings.Contains(home, `action="/lookup"`) {
			t.Error("the home page has no field to search from")
		}
	})
}

// TestMinutesAreFoundByThoseWhoReadThem looks for a word of the sealed minutes of the first
// cell.
func TestMinutesAreFoundByThoseWhoReadThem(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		root := w.Person("secretary").Root
		found, err := minutes.Search(t.Context(), w.App.DB, w.Person("member").Scope(minutes.MayRead), search.Asked("chi bộ"), 10)
		if err != nil || len(found) == 0 {
			t.Fatalf("the minutes of the first cell: %d, %v", len(found), err)
		}
		text, err := minutes.TextOf(t.Context(), w.App.DB, root, found[0].Meeting)
		if err != nil || !strings.Contains(search.Words(text), " chi bo ") {
			t.Fatalf("the words of the minutes: %q, %v", text, err)
		}
		link := "/meetings/" + found[0].Meeting + "/minutes"
		for who, reads := range map[string]bool{"member": true, "committee": true, "clerk": w.Person("clerk").May(minutes.MayRead), "other member": false, "administrator": w.Person("administrator").May(minutes.MayRead)} {
			if page := look(t, w, who, "chi bo bien ban"); strings.Contains(page, link) != reads {
				t.Errorf("%s finds the minutes: %v", who, !reads)
			}
		}
	})
}
