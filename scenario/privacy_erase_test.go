package scenario_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/delegation"
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

// TestHowDelegatesAreReachedGoesByNight: once months are laid down, and not before, telephones,
// mails and reasons go in the night after they are over, counted from the last sitting, whether or
// not somebody has closed the conference; who was named and what they answered stays, and so does
// all of a conference that is still to come.
func TestHowDelegatesAreReachedGoesByNight(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		ctx, clerk, office, me := t.Context(), w.As("clerk"), w.Person("clerk"), w.Person("member")
		x := openedDelegation(t, w)
		clerk.Sends(x.at(""), "category", x.guests, "name", "Đặng Khách Mời", "unit", "Thành ủy", "phone", "0900000001")
		clerk.Sends(x.at(""), "category", x.press, "name", "Mai Phóng Viên", "unit", "Báo Sông Xanh", "email", "mai@bao.example")
		clerk.Sends(x.at(""), "category", x.guests, "name", "Lý Vắng Mặt", "unit", "Thành ủy")
		clerk.Sends(x.at("/issue"))
		away := standing(t, w, x)["Lý Vắng Mặt"]
		w.Browser().Post(away.Invitation(), "answer", string(delegation.Declined), "reason", "Nằm viện", "proposed", "Võ Đi Thay")
		next := openedDelegation(t, w) // whose sitting is put off, and which has been closed
		clerk.Sends(next.at(""), "category", next.guests, "name", "Khách Sang Năm", "unit", "Thành ủy", "phone", "0900000002")
		vain := openedDelegation(t, w) // which has no sitting any more and stays open
		clerk.Sends(vain.at(""), "category", vain.guests, "name", "Khách Chờ", "unit", "Thành ủy", "phone", "0900000003")
		clerk.Sends(vain.at("/units/"+w.Account("secretary").Organization), "category", vain.cells, "member", me.Member, "phone", "0900000004")
		over := x.sitting.EndsAt.Date()
		exec := func(sql string, args ...any) {
			t.Helper()
			if err := w.App.DB.Tx(ctx, func(tx *db.Tx) error {
				_, err := db.Exec(ctx, tx, sql, args...)
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
		exec(`UPDATE conference_sitting SET ends_at = $2 WHERE id = $1`, next.sitting.ID, over.AddDays(300).Start())
		exec(`UPDATE conference SET closed_at = $2 WHERE id = $1`, next.ID, worldtest.Now)
		exec(`DELETE FROM conference_sitting WHERE id = $1`, vain.sitting.ID)
		left := func() []string {
			t.Helper()
			all, err := db.All[string](ctx, w.App.DB, `SELECT name || phone || email || reason || proposed FROM delegate WHERE conference_id IN ($1, $2, $3) AND member_id = '' ORDER BY name`, x.ID, next.ID, vain.ID)
			if err != nil {
				t.Fatal(err)
			}
			return all
		}
		kept := []string{"Khách Chờ0900000003", "Khách Sang Năm0900000002", "Lý Vắng MặtNằm việnVõ Đi Thay", "Mai Phóng Viênmai@bao.example", "Đặng Khách Mời0900000001"}
		gone := []string{kept[0], kept[1], "Lý Vắng Mặt", "Mai Phóng Viên", "Đặng Khách Mời"}
		night := func(day when.Date, want []string) {
			t.Helper()
			w.Clock.Set(day.At(4, 0))
			if err := w.App.WorkDue(ctx); err != nil {
				t.Fatal(err)
			}
			got := left()
			slices.Sort(got)
			want = slices.Sorted(slices.Values(want))
			if !slices.Equal(got, want) {
				t.Errorf("after the night of %s there is %q, want %q", day, got, want)
			}
		}
		clerk.Reads(x.at("/list"), "chưa quy định thời hạn giữ")
		clerk.Reads(away.Path(), "Nằm viện", "chưa quy định thời hạn giữ")
		says(t, clerk.Post("/privacy/retention", "unit", x.Root, "item", "delegates", "months", "1", "source", "06-QC/ĐU (01/6/2026)"), http.StatusSeeOther)
		clerk.Reads("/privacy/retention", "1 tháng (06-QC/ĐU (01/6/2026)), 0 dòng đến hạn", "tự xóa trong đêm")
		clerk.Reads(x.at("/list"), "tự xóa 1 tháng sau buổi cuối (06-QC/ĐU (01/6/2026))")
		w.As("member").Reads("/me/data", "0900000004")
		says(t, clerk.Post("/privacy/retention", "unit", x.Root, "item", "delegates", "months", "0"), http.StatusSeeOther)
		says(t, clerk.Post("/privacy/retention", "unit", x.Root, "item", "hardships", "months", "600", "source", "06-QC/ĐU"), http.StatusSeeOther)

		if err := w.App.Privacy.Schedule(ctx); err != nil {
			t.Fatal(err)
		}
		last := over.In().Add(1).Day(over.Day)
		night(last.AddDays(-1), kept)
		night(last.AddDays(3), kept) // nothing is laid down
		if err := w.App.Privacy.SetPeriod(ctx, office, x.Root, privacy.Period{Item: "delegates", Months: 2, Source: "07-QC/ĐU"}); err != nil {
			t.Fatal(err)
		}
		last = over.In().Add(2).Day(over.Day)
		night(last, kept)
		night(last.AddDays(1), gone)
		night(last.AddDays(2), gone)
		if d := standing(t, w, x)["Lý Vắng Mặt"]; d.Answer != delegation.Declined || d.Unit != "Thành ủy" || d.Number == 0 {
			t.Errorf("of the answer is left %+v", d)
		}
		details, err := db.All[string](ctx, w.App.DB, "SELECT detail FROM audit WHERE root_id = $1 AND action = 'privacy.discarded' AND account_id = ''", x.Root)
		if err != nil || len(details) != 1 || !strings.Contains(details[0], `"rows":3`) || !strings.Contains(details[0], `"item":"delegates"`) {
			t.Errorf("the log says %s, %v", details, err)
		}
		if told, err := db.One[int](ctx, w.App.DB, `SELECT COUNT(*) FROM notice WHERE message_key = 'privacy.notice.due'`); err != nil || told != 0 {
			t.Errorf("somebody was told %d times to confirm what goes by itself, %v", told, err)
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
