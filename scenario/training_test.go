package scenario_test

import (
	"net/http"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/access"
)

// lacking says of how many who lead cells a course is due.
func lacking(t *testing.T, w *worldtest.World) int {
	t.Helper()
	all, err := w.App.Study.Trained(t.Context(), access.Whole("", "/"))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, due := range all.Due {
		if due {
			n++
		}
	}
	return n
}

// TestACourse takes a course from its opening to the records of those who came.
func TestACourse(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		ward := w.Account("committee").Organization
		deputy := w.Account("deputy")
		before := lacking(t, w)
		course := []string{"organization", ward, "title", "Nghiệp vụ của phó bí thư", "body", "Trung tâm chính trị", "place", "Hội trường", "from", "2026-11-30", "until", "2026-12-01", "posts", "deputy", "years", "3"}
		w.As("secretary").Refused(http.StatusForbidden, "/training", course...)
		w.As("clerk").Refused(http.StatusUnprocessableEntity, "/training", course[:4]...)
		path := w.As("clerk").Sends("/training", course...)
		w.As("committee").Reads(path, deputy.FullName, "Phải dự, chưa mời")
		w.As("clerk").Refused(http.StatusUnprocessableEntity, path+"/invite")
		w.As("clerk").Refused(http.StatusUnprocessableEntity, path+"/invite", "members", w.Account("member").Member)
		named := func(page, text string) int { return strings.Count(w.As("deputy").Get(page).Body, text) }
		w.As("clerk").Sends(path+"/invite", "members", deputy.Member)
		told := named("/inbox", "Mời đồng chí dự lớp Nghiệp vụ")
		w.As("clerk").Sends(path+"/invite", "members", deputy.Member)
		w.As("deputy").Reads("/training/mine", "Nghiệp vụ của phó bí thư", "Được mời")
		if n := named("/inbox", "Mời đồng chí dự lớp Nghiệp vụ"); told == 0 || n != told {
			t.Errorf("invited twice: told %d, before %d", n, told)
		}
		if a := w.As("deputy").Get(path); a.Status != http.StatusForbidden {
			t.Errorf("somebody invited opens the list: %d", a.Status)
		}

		mark := func(state string) {
			w.As("committee").Sends(path+"/marks", "s_"+deputy.Member, state, "c_"+deputy.Member, "07/2026")
		}
		mark("attended")
		kept := named("/study/courses", "Nghiệp vụ của phó bí thư")
		mark("attended")
		if n := lacking(t, w); n != before-1 {
			t.Errorf("%d are due, before %d", n, before)
		}
		w.As("deputy").Reads("/training/mine", "Đã dự", "07/2026", "có giá trị đến 30/11/2029")
		if n := named("/study/courses", "Nghiệp vụ của phó bí thư"); kept == 0 || n != kept {
			t.Errorf("marked twice: the record has it %d times, before %d", n, kept)
		}
		w.As("committee").Refused(http.StatusConflict, path+"/cancel")
		mark("absent") // was a mistake
		if n := lacking(t, w); n != before {
			t.Errorf("%d are due, before %d", n, before)
		}
		w.As("committee").Refused(http.StatusConflict, path+"/cancel") // it was held
		course[9], course[11] = "2027-01-05", "2027-01-06"
		path = w.As("clerk").Sends("/training", course...)
		w.As("committee").Sends(path + "/cancel")
		w.As("committee").Refused(http.StatusConflict, path+"/invite", "members", deputy.Member)
		if a := w.As("clerk").Get(path + "/list.xlsx"); a.Status != http.StatusOK || len(a.Body) < 1000 {
			t.Errorf("the list: %d", a.Status)
		}
	})
}

// TestNobodyIsMarkedBeforehand wants the last day to have come.
func TestNobodyIsMarkedBeforehand(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	path := w.As("committee").Sends("/training", "organization", w.Account("committee").Organization, "title", "Lớp", "body", "Trung tâm", "from", "2026-12-02", "until", "2026-12-03")
	member := w.Account("secretary").Member
	w.As("committee").Sends(path+"/invite", "members", member)
	w.As("committee").Refused(http.StatusConflict, path+"/marks", "s_"+member, "attended")
	w.As("secretary").Reads("/", "Đồng chí được mời dự lớp bồi dưỡng")
	w.As("committee").Sends(path + "/cancel")
	if body := w.As("secretary").Get("/").Body; strings.Contains(body, "Đồng chí được mời dự lớp bồi dưỡng") {
		t.Error("a course that was called off still invites")
	}
}
