package app_test

import (
	"slices"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/conference"
	"chibo/kit/db"
	"chibo/kit/locale"
)

// TestUploadsGoAtNight leaves a roll and a list of delegates lying: they hold what is personal,
// and nobody may use them after a day. What was done with a roll stays.
func TestUploadsGoAtNight(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		ctx, who, clerk := t.Context(), w.Person("secretary"), w.Person("clerk")
		home, _ := who.Home()
		load := func(name, text string) string {
			t.Helper()
			id, err := w.App.Members.Upload(ctx, who, home.Organization, name, []byte("Họ và tên\n"+text+"\n"))
			must(t, err)
			return id
		}
		load("de-lai.csv", "Đinh Văn Nạp")
		done := load("ghi.csv", "Đinh Thị Nhận")
		p, err := w.App.Members.Preview(ctx, who, done, "")
		must(t, err)
		_, err = w.App.Members.Confirm(ctx, who, done, "", p.Plan.Digest(), locale.Vietnamese)
		must(t, err)
		x, err := w.App.Conferences.Open(ctx, clerk, conference.Conference{Organization: clerk.Grants[0].Organization, Title: "Hội nghị mẫu", NamesBy: worldtest.Now.Date().AddDays(10)})
		must(t, err)
		_, err = w.App.Delegations.Bring(ctx, clerk, x.ID, []byte("Họ và tên;Đơn vị;Thành phần\nĐinh Văn Báo;Báo Sông Xanh;Khách mời\n"))
		must(t, err)
		must(t, w.App.Privacy.Schedule(ctx))
		night := func(day int) []string {
			t.Helper()
			w.Clock.Set(worldtest.Now.Date().AddDays(day).At(4, 0))
			must(t, w.App.WorkDue(ctx))
			left, err := db.All[string](ctx, w.App.DB, `SELECT name FROM member_import UNION ALL SELECT 'delegates' FROM delegate_import ORDER BY 1`)
			must(t, err)
			return left
		}
		if left := night(1); !slices.Equal(left, []string{"de-lai.csv", "delegates", "ghi.csv"}) {
			t.Errorf("in the first night, of uploads not a day old, %q are left", left)
		}
		if left := night(2); !slices.Equal(left, []string{"ghi.csv"}) {
			t.Errorf("in the second night %q are left", left)
		}
	})
}
