package scenario_test

import (
	"net/http"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/study"
)

// TestASessionIsHeldMissedAndMadeUp follows the member who can sign in through a
// session that they missed.
func TestASessionIsHeldMissedAndMadeUp(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		me := w.Account("member")
		cell := me.Organization
		before := share(t, w)
		w.As("secretary").Refused(http.StatusUnprocessableEntity, "/study", "organization", cell, "on", "2026-12-02", "kind", "theory", "subject", "x")
		page := w.As("deputy").Sends("/study", "organization", cell, "on", "2026-11-20", "kind", "resolution", "subject", "Nghị quyết 21-NQ/TW", "document", "21-NQ/TW")
		if got := share(t, w); got.Of != before.Of+1 || got.Studied != before.Studied+1 {
			t.Errorf("who was expected came until somebody says otherwise: %+v, before %+v", got, before)
		}

		w.As("secretary").Sends(page+"/attendance", "p_"+me.Member, "absent")
		w.As("member").Reads(page, "Vắng không lý do")
		if got := share(t, w); got.Studied != before.Studied {
			t.Errorf("who was absent has studied: %+v", got)
		}
		w.As("secretary").Refused(http.StatusUnprocessableEntity, page+"/made-up", "member", me.Member, "on", "2026-11-19")
		w.As("secretary").Refused(http.StatusUnprocessableEntity, page+"/made-up", "member", w.Account("deputy").Member, "on", "2026-11-25")
		w.As("secretary").Sends(page+"/made-up", "member", me.Member, "on", "2026-11-25")
		w.As("member").Reads(page, "Học bù 25/11/2026")
		w.As("member").Reads("/study", "Nghị quyết 21-NQ/TW")
		if got := share(t, w); got.Studied != before.Studied+1 || got.MadeUp != before.MadeUp+1 {
			t.Errorf("made up: %+v, before %+v", got, before)
		}

		names := w.As("probationary").Reads(page)
		if strings.Contains(names, me.FullName) {
			t.Error("a member reads how another stood")
		}
		if a := w.As("other secretary").Get(page); a.Status != http.StatusNotFound {
			t.Errorf("another cell: %d", a.Status)
		}
		w.As("other secretary").Refused(http.StatusNotFound, page+"/attendance", "p_"+me.Member, "came")
		w.As("member").Refused(http.StatusForbidden, page+"/attendance", "p_"+me.Member, "came")
		w.As("secretary").Sends(page+"/drop", "x", "y")
		if a := w.As("secretary").Get(page); a.Status != http.StatusNotFound {
			t.Errorf("a dropped session: %d", a.Status)
		}
	})
}

// share is how the member stands in the year.
func share(t *testing.T, w *worldtest.World) study.Share {
	t.Helper()
	me := w.Person("member")
	s, err := study.ShareIn(t.Context(), w.App.DB, me.Root, w.Account("member").Organization, me.Member, when.On(2026, 1, 1), when.On(2026, 12, 31))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestWhoLeadsIsTrained writes down a course, and lets the committee above see who is
// due and say after how many years.
func TestWhoLeadsIsTrained(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		deputy, cell := w.Account("deputy"), w.Account("secretary").Organization
		w.As("committee").Reads("/study/courses", deputy.FullName, "Chưa dự", "Đến lượt")
		course := []string{"organization", cell, "member", deputy.Member, "kind", "office", "name", "Lớp chi ủy", "from", "2023-10-02", "until", "2023-10-04"}
		w.As("secretary").Sends("/study/courses", course...)
		w.As("member").Refused(http.StatusForbidden, "/study/courses", course...)
		w.As("other secretary").Refused(http.StatusNotFound, "/study/courses", course...)
		w.As("clerk").Reads("/study/courses", "Lớp chi ủy", "04/10/2023")
		w.As("deputy").Reads("/study/courses", "Lớp đồng chí đã dự", "Lớp chi ủy")

		before := due(t, w)
		w.As("secretary").Refused(http.StatusForbidden, "/study/settings", "organization", cell, "years", "2")
		ward := w.Account("clerk").Organization
		w.As("clerk").Refused(http.StatusUnprocessableEntity, "/study/settings", "organization", ward, "years", "0")
		w.As("clerk").Sends("/study/settings", "organization", ward, "years", "2")
		if after := due(t, w); after != before+1 {
			t.Errorf("%d are due where a course lasts two years, %d where it lasts five", after, before)
		}
		if body := w.As("member").Reads("/study/courses"); strings.Contains(body, "Lớp chi ủy") {
			t.Error("a member reads the courses of others")
		}
		id, err := db.One[string](t.Context(), w.App.DB, `SELECT id FROM study_course WHERE name = 'Lớp chi ủy'`)
		if err != nil {
			t.Fatal(err)
		}
		w.As("other secretary").Refused(http.StatusNotFound, "/study/courses/"+id+"/drop", "x", "y")
		w.As("secretary").Sends("/study/courses/"+id+"/drop", "x", "y")
		if strings.Contains(w.As("clerk").Reads("/study/courses"), "Lớp chi ủy") {
			t.Error("a dropped course stays")
		}
	})
}

func due(t *testing.T, w *worldtest.World) int {
	t.Helper()
	return strings.Count(w.As("clerk").Reads("/study/courses"), ">Đến lượt<")
}

// TestStudyStandsBesideTheRating shows the share on the line of a member.
func TestStudyStandsBesideTheRating(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	me := w.Account("member")
	round := w.As("secretary").Sends("/ratings", "organization", me.Organization, "span", "year", "month", "2026-05", "self_by", "2026-12-05", "review_on", "2026-12-10")
	w.As("member").Reads(round+"/of/"+me.Member, "Học tập nghị quyết, lý luận")
}
