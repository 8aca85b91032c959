package scenario_test

import (
	"net/http"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/privacy"
)

// TestErase: what was ticked of the one who asked goes, nothing of anybody else, and the
// answer says what has to stay.
func TestErase(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		me, clerk := w.As("member"), w.As("clerk")
		id, root := w.Person("member").Member, w.Person("member").Root
		says(t, me.Post("/me/data/requests", "claim", "know", "text", "Ai giữ?"), http.StatusSeeOther)
		says(t, me.Post("/me/data/requests", "claim", "delete", "text", "Xóa thông báo cũ."), http.StatusSeeOther)
		all, err := privacy.InScope(t.Context(), w.App.DB, w.Person("clerk").Scope(privacy.Handle), when.Instant(1<<62))
		if err != nil || len(all) != 2 {
			t.Fatalf("%d requests, %v", len(all), err)
		}
		asked := map[privacy.Claim]string{all[0].Claim: "/privacy/" + all[0].ID, all[1].Claim: "/privacy/" + all[1].ID}
		says(t, clerk.Post(asked[privacy.Know]+"/answer", "state", "done", "answer", "Văn phòng."), http.StatusSeeOther)
		notices := func(condition string) int {
			n, err := db.One[int](t.Context(), w.App.DB, "SELECT COUNT(*) FROM notice WHERE root_id = $1 AND member_id "+condition+" $2", root, id)
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		others := notices("<>")
		if notices("=") == 0 || others == 0 {
			t.Fatalf("%d notices, %d of others: the test shows nothing", notices("="), others)
		}
		page := clerk.Get("/privacy")
		says(t, page, http.StatusOK, "Thông báo đã gửi", "Phải giữ")
		if strings.Contains(page.Body, " checked") {
			t.Error("something is ticked before anybody has chosen")
		}
		says(t, clerk.Post(asked[privacy.Delete]+"/erase"), http.StatusUnprocessableEntity)
		says(t, clerk.Post(asked[privacy.Delete]+"/erase", "item", "act"), http.StatusUnprocessableEntity)
		says(t, w.As("other secretary").Post(asked[privacy.Delete]+"/erase", "item", "notices"), http.StatusNotFound)
		says(t, clerk.Post(asked[privacy.Delete]+"/erase", "item", "notices"), http.StatusSeeOther)
		says(t, clerk.Post(asked[privacy.Delete]+"/erase", "item", "notices"), http.StatusConflict)
		if notices("=") != 1 || notices("<>") != others { // the one that the request was answered
			t.Errorf("%d notices are left, %d of others", notices("="), notices("<>"))
		}
		says(t, me.Get("/me/data"), http.StatusOK, "Đã xóa: Thông báo đã gửi: ", "379-QĐ/TW")
	})
}

// TestRetention: nothing is due until a document lays it down; then the clerk sees how much
// and deletes it, and only what is old enough goes.
func TestRetention(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		clerk, root, member := w.As("clerk"), w.Person("clerk").Root, w.Person("member").Member
		limit := worldtest.Now.Date().In().Add(-6).Day(1).Start()
		err := w.App.DB.Tx(t.Context(), func(tx *db.Tx) error {
			for id, at := range map[string]when.Instant{"old-a": limit - 1, "old-b": limit} {
				if _, err := db.Exec(t.Context(), tx, `INSERT INTO notice (root_id, id, organization_id, member_id, message_key, url, told_at)
					VALUES ($1, $2, $1, $3, 'privacy.notice.answered', '/', $4)`, root, id, member, at); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		says(t, clerk.Get("/privacy/retention"), http.StatusOK, "chưa quy định")
		says(t, clerk.Post("/privacy/retention/discard", "unit", root, "item", "notices"), http.StatusConflict)
		says(t, clerk.Post("/privacy/retention", "unit", root, "item", "notices", "months", "6"), http.StatusUnprocessableEntity, "ghi văn bản")
		says(t, w.As("secretary").Post("/privacy/retention", "unit", root, "item", "notices", "months", "6", "source", "x"), http.StatusForbidden)
		says(t, clerk.Post("/privacy/retention", "unit", root+"x", "item", "notices", "months", "6", "source", "x"), http.StatusNotFound)
		says(t, clerk.Post("/privacy/retention", "unit", root, "item", "notices", "months", "6", "source", "05-QC/ĐU (01/6/2026)"), http.StatusSeeOther)
		says(t, clerk.Get("/privacy/retention"), http.StatusOK, "6 tháng (05-QC/ĐU (01/6/2026)), 1 dòng đến hạn", "Xóa 1 dòng đến hạn")
		says(t, clerk.Post("/privacy/retention/discard", "unit", root, "item", "notices"), http.StatusSeeOther)
		left, err := db.All[string](t.Context(), w.App.DB, "SELECT id FROM notice WHERE id IN ('old-a', 'old-b')")
		if err != nil || len(left) != 1 || left[0] != "old-b" {
			t.Errorf("%v are left, %v", left, err)
		}
		detail, err := db.One[string](t.Context(), w.App.DB, "SELECT detail FROM audit WHERE root_id = $1 AND action = 'privacy.discarded'", root)
		if err != nil || !strings.Contains(detail, `"rows":1`) {
			t.Errorf("the log says %s, %v", detail, err)
		}
	})
}

// TestWhatIsDueIsToldOnMondays lets the nights of a fortnight pass: the clerk is told on the
// Monday where something is due, nobody on other days, and nothing is deleted by itself. Where
// nothing is due any more nobody is told again.
func TestWhatIsDueIsToldOnMondays(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		ctx, clerk, s, member := t.Context(), w.Person("clerk"), w.App.Privacy, w.Person("member").Member
		old := worldtest.Now.Date().In().Add(-9).Day(1).Start()
		err := w.App.DB.Tx(ctx, func(tx *db.Tx) error {
			_, err := db.Exec(ctx, tx, `INSERT INTO notice (root_id, id, organization_id, member_id, message_key, url, told_at)
				VALUES ($1, 'old', $1, $2, 'privacy.notice.answered', '/', $3)`, clerk.Root, member, old)
			return err
		})
		if err == nil {
			err = s.Schedule(ctx)
		}
		if err != nil {
			t.Fatal(err)
		}
		night := func(day when.Date) (told int64, there int64) {
			w.Clock.Set(day.At(4, 0))
			if err := w.App.WorkDue(ctx); err != nil {
				t.Fatal(err)
			}
			count := func(where string, args ...any) int64 {
				n, err := db.One[int64](ctx, w.App.DB, `SELECT COUNT(*) FROM notice WHERE `+where, args...)
				if err != nil {
					t.Fatal(err)
				}
				return n
			}
			return count(`message_key = 'privacy.notice.due' AND member_id = $1`, clerk.Member), count(`id = 'old'`)
		}
		today := worldtest.Now.Date() // a Tuesday
		if told, _ := night(today.AddDays(6)); told != 0 {
			t.Errorf("nothing is laid down, and the clerk was told %d times", told)
		}
		if err := s.SetPeriod(ctx, clerk, clerk.Root, privacy.Period{Item: "notices", Months: 6, Source: "05-QC/ĐU (01/6/2026)"}); err != nil {
			t.Fatal(err)
		}
		for n := 7; n <= 13; n++ {
			told, there := night(today.AddDays(n))
			want := int64(0)
			if n == 13 { // the next Monday
				want = 1
			}
			if told != want || there != 1 {
				t.Errorf("after the night of %s the clerk was told %d times, want %d; %d of the old one is there", today.AddDays(n).Weekday(), told, want, there)
			}
		}
		if err := s.Discard(ctx, clerk, clerk.Root, "notices"); err != nil {
			t.Fatal(err)
		}
		if told, there := night(today.AddDays(20)); told != 1 || there != 0 {
			t.Errorf("once nothing is due: told %d times, %d of the old one is there", told, there)
		}
	})
}
