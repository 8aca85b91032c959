package scenario_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/db"
	"chibo/kit/id"
	"chibo/meeting"
	"chibo/member"
	"chibo/notice"
	"chibo/organization"
	"chibo/quality"
	"chibo/visit"
)

// assigned sends the committee member to the noticed meeting of the first cell and
// returns the path of the visit.
func assigned(t *testing.T, w *worldtest.World, s meeting.State) visit.Visit {
	t.Helper()
	who := w.Person("committee")
	v, err := w.App.Visits.Assign(t.Context(), who, w.Meeting(s), who.Member, "Chú ý phần phê bình")
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestAVisitLeavesATrace takes a visit from its assignment to the answer of the cell, with
// everybody who may not read along.
func TestAVisitLeavesATrace(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		see := sceneOf(t, w).see
		v := assigned(t, w, meeting.Open)
		path := v.Path()
		w.As("committee").Refused(http.StatusConflict, "/visits", "meeting", v.Meeting, "member", v.Member)
		w.As("committee").Refused(http.StatusUnprocessableEntity, "/visits", "meeting", v.Meeting, "member", w.Account("member").Member)
		w.As("clerk").Refused(http.StatusForbidden, "/visits", "meeting", v.Meeting, "member", v.Member)
		see("secretary", "/inbox", "sẽ dự sinh hoạt")

		one := []string{"id", id.New(), "head", "conduct", "mark", "limited", "text", "Thảo luận còn ít", "remedy", "Gửi câu hỏi trước", "due", "2027-01-20"}
		w.As("committee").Sends(path+"/remarks", one...)
		w.As("committee").Sends(path+"/remarks", one...)
		w.As("committee").Refused(http.StatusUnprocessableEntity, path+"/remarks", "id", id.New(), "head", "conduct", "mark", "limited", "text", "x", "remedy", "y")
		w.As("secretary").Refused(http.StatusForbidden, path+"/remarks", one...)
		sheet := load(t, w, v.ID)
		if len(sheet.Remarks) != 1 {
			t.Fatalf("sent twice: %d remarks", len(sheet.Remarks))
		}
		see("secretary", path, "!Thảo luận còn ít")
		if early, err := w.App.Visits.Load(t.Context(), w.App.DB, w.Person("secretary"), v.ID); err != nil || early.Shown || len(early.Remarks) != 0 {
			t.Errorf("the cell has %d remarks of a sheet that is being written, %v", len(early.Remarks), err)
		}
		w.As("committee").Sends(path + "/finish")
		see("secretary", path, "Thảo luận còn ít", "Gửi câu hỏi trước")
		see("clerk", path, "Đã gửi phiếu", "!Thảo luận còn ít")
		for _, who := range []string{"other secretary", "member"} {
			if a := w.As(who).Get(path); a.Status == http.StatusOK {
				t.Errorf("%s reads the sheet", who)
			}
		}
		if a := w.As("clerk").Get(path + "/sheet.pdf"); a.Status != http.StatusForbidden {
			t.Errorf("the clerk has the paper: %d", a.Status)
		}
		for _, form := range []string{"docx", "pdf"} {
			if a := w.As("secretary").Get(path + "/sheet." + form); a.Status != http.StatusOK || len(a.Body) < 1000 {
				t.Errorf("the paper in %s: %d, %d bytes", form, a.Status, len(a.Body))
			}
		}
		w.As("committee").Refused(http.StatusConflict, path+"/remarks", one...)
		w.As("secretary").Sends(path+"/answer", "answer", "Chi ủy tiếp thu")
		see("committee", path, "Chi ủy tiếp thu")
	})
}

// TestWhatIsToBeMendedStaysOnTheAgenda carries a remedy from agenda to agenda until it is
// ticked.
func TestWhatIsToBeMendedStaysOnTheAgenda(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		see := sceneOf(t, w).see
		ctx, s, who := t.Context(), w.App.Visits, w.Person("committee")
		v := assigned(t, w, meeting.Open)
		r := visit.Remark{ID: id.New(), Head: visit.Chairing, Mark: visit.Missing, Text: "Kết luận thiếu thời hạn", Remedy: "Nêu rõ ngày", Due: worldtest.Now.Date().AddDays(40)}
		if err := s.Note(ctx, who, v.ID, r); err != nil {
			t.Fatal(err)
		}
		if err := s.Finish(ctx, who, v.ID); err != nil {
			t.Fatal(err)
		}
		noticed := func() bool {
			all, err := meeting.CarriedTo(ctx, w.App.DB, v.Root, w.Meeting(meeting.Noticed))
			if err != nil {
				t.Fatal(err)
			}
			return slices.ContainsFunc(all, func(c meeting.Carried) bool { return c.Subject == r.ID && c.Kind == meeting.ToMend })
		}
		if !noticed() {
			t.Error("the next agenda lacks it")
		}
		draft, err := meeting.Find(ctx, w.App.DB, v.Root, w.Meeting(meeting.Draft))
		if err != nil {
			t.Fatal(err)
		}
		lay := func() (n int) {
			if err := w.App.DB.Tx(ctx, func(tx *db.Tx) error { return s.Lay(ctx, tx, draft) }); err != nil {
				t.Fatal(err)
			}
			all, err := meeting.CarriedTo(ctx, w.App.DB, v.Root, draft.ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range all {
				if c.Subject == r.ID {
					n++
				}
			}
			return n
		}
		if n := lay() + lay(); n != 2 {
			t.Errorf("laid twice it stands there %d times in all, want once each", n)
		}
		see("secretary", "/meetings/"+w.Meeting(meeting.Noticed), "Kết luận thiếu thời hạn", "cấp trên dự sinh hoạt đề nghị")
		if err := w.App.Quality.TickRemedy(ctx, w.Person("secretary"), r.ID, "Đã làm"); err != nil {
			t.Fatal(err)
		}
		if noticed() || lay() != 0 {
			t.Error("it is done and stands on an agenda")
		}
		see("committee", v.Path(), "Đã xong")
	})
}

// TestADeviceSendsWhatItKept sends the remarks of a device: each counts once, one that is
// refused keeps none of the others out.
func TestADeviceSendsWhatItKept(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	v := assigned(t, w, meeting.Draft)
	good, bad := id.New(), id.New()
	body := `[{"id":"` + good + `","head":"conduct","mark":"good","text":"Thảo luận sôi nổi","at":1796200000000},{"id":"` + bad + `","head":"conduct","mark":"limited","text":""},{"id":"x"},7]`
	for range 2 {
		a := w.As("committee").PostJSON(v.Path()+"/remarks", body)
		if a.Status != http.StatusOK || !strings.Contains(a.Body, `{"id":"`+good+`"}`) || !strings.Contains(a.Body, `"id":"`+bad+`","problem":"Xin viết nhận xét."`) {
			t.Fatalf("%d %s", a.Status, a.Body)
		}
	}
	if all := load(t, w, v.ID).Remarks; len(all) != 1 || all[0].ID != good {
		t.Errorf("%+v", all)
	}
	if err := w.App.Visits.Strike(t.Context(), w.Person("committee"), v.ID, good); err != nil {
		t.Fatal(err)
	}
	w.As("committee").PostJSON(v.Path()+"/remarks", body)
	if all := load(t, w, v.ID).Remarks; len(all) != 0 {
		t.Errorf("what was struck came back: %+v", all)
	}
	if a := w.As("committee").PostJSON(v.Path()+"/remarks", "{"); a.Status != http.StatusUnprocessableEntity && a.Status != http.StatusBadRequest {
		t.Errorf("a body that is no list: %d", a.Status)
	}
}

func load(t *testing.T, w *worldtest.World, visitID string) visit.Sheet {
	t.Helper()
	s, err := w.App.Visits.Load(t.Context(), w.App.DB, w.Person("committee"), visitID)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestARefusalAndACall end visits: the reason is for the committee, the place is free for
// somebody else, and the guests of the meeting know.
func TestARefusalAndACall(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		see := sceneOf(t, w).see
		ctx := t.Context()
		v := assigned(t, w, meeting.Draft)
		if events := calendar(t, w, v); !slices.ContainsFunc(events, func(e notice.Event) bool { return e.UID == v.ID+"@chibo" }) {
			t.Error("the visit is not in the calendar")
		}
		w.As("committee").Refused(http.StatusUnprocessableEntity, v.Path()+"/refuse", "reason", " ")
		w.As("committee").Sends(v.Path()+"/refuse", "reason", "Đi công tác tỉnh")
		see("secretary", v.Path(), "Xin không dự", "!Đi công tác tỉnh")
		if events := calendar(t, w, v); slices.ContainsFunc(events, func(e notice.Event) bool { return e.UID == v.ID+"@chibo" }) {
			t.Error("a refused visit stays in the calendar")
		}
		again := assigned(t, w, meeting.Draft)
		if err := w.App.Visits.Recall(ctx, w.Person("committee"), again.ID, "Đổi người"); err != nil {
			t.Fatal(err)
		}
		guests, err := meeting.Guests(ctx, w.App.DB, v.Root, v.Meeting)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, g := range guests {
			if g.Member == v.Member {
				n++
			}
		}
		if n != 1 { // follows the cell besides
			t.Errorf("the visitor stands %d times among the guests", n)
		}
	})
}

func calendar(t *testing.T, w *worldtest.World, v visit.Visit) []notice.Event {
	t.Helper()
	events, err := w.App.Visits.Events(t.Context(), w.App.DB, v.Root, v.Member)
	if err != nil {
		t.Fatal(err)
	}
	return events
}

// TestLoadAndGaps releases the comrade who follows a cell, which is then a gap, and puts
// them in charge again; then moves their own Party life there.
func TestLoadAndGaps(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		see := sceneOf(t, w).see
		ctx, s := t.Context(), w.App.Visits
		who := w.Person("committee")
		month := worldtest.Now.Date().In()
		of := func() visit.Charge {
			c, err := s.Charge(ctx, who, "", month)
			if err != nil {
				t.Fatal(err)
			}
			return c
		}
		before := of()
		if len(before.Gaps) != 0 || len(before.Cells) != 2 {
			t.Fatalf("%d gaps in %d cells", len(before.Gaps), len(before.Cells))
		}
		cell := w.Account("secretary").Organization
		var office string
		for _, l := range before.Loads {
			for i, o := range l.Cells {
				if o.ID == cell {
					office = l.Offices[i]
				}
			}
		}
		w.As("deputy").Refused(http.StatusForbidden, "/visits/charge/"+office+"/release")
		w.As("committee").Sends("/visits/charge/" + office + "/release")
		see("clerk", "/visits/charge", "Cả 2 chi bộ đều có người phụ trách") // today still
		see("committee", "/", "0 chi bộ chưa có người phụ trách", "Phân công dự sinh hoạt")
		w.As("committee").Refused(http.StatusUnprocessableEntity, "/visits/charge", "member", w.Account("member").Member, "cell", cell, "from", "2026-12-02")
		w.Clock.Set(worldtest.Now.Date().AddDays(1).At(9, 0))
		if gaps := of().Gaps; len(gaps) != 1 || gaps[0].ID != cell {
			t.Fatalf("gaps: %+v", gaps)
		}
		if err := s.PutInCharge(ctx, who, visit.Putting{Member: who.Member, Cell: cell, From: worldtest.Now.Date().AddDays(1)}); err != nil {
			t.Fatal(err)
		}
		if gaps := of().Gaps; len(gaps) != 0 {
			t.Errorf("gaps: %+v", gaps)
		}
		offices, err := organization.OfficesOn(ctx, w.App.DB, before.Unit.Root, cell, worldtest.Now.Date().AddDays(1))
		if err != nil || !slices.ContainsFunc(offices, func(f organization.Office) bool { return f.Member == who.Member && f.Post == organization.Supervisor }) {
			t.Error(offices, err)
		}
	})
}

// TestPartyLifeIsMoved moves the Party life of a committee member for a time: both rolls
// say so and the decision is kept.
func TestPartyLifeIsMoved(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		see := sceneOf(t, w).see
		ctx := t.Context()
		who := w.Account("committee").Member
		home, err := member.Find(ctx, w.App.DB, w.Person("committee").Root, who)
		if err != nil {
			t.Fatal(err)
		}
		to := w.Account("secretary").Organization
		if home.Organization == to {
			to = w.Account("other secretary").Organization
		}
		fields := []string{"member", who, "to", to, "from", "2026-12-01", "decision", "12-QĐ/ĐU", "decided_on", "2026-11-30"}
		w.As("committee").Refused(http.StatusForbidden, "/visits/life", fields...)
		w.As("clerk").Refused(http.StatusUnprocessableEntity, "/visits/life", append(slices.Clone(fields), "decided_on", "2026-12-02")[2:]...)
		w.As("clerk").Sends("/visits/life", fields...)
		for cell, want := range map[string]member.Standing{home.Organization: member.Away, to: member.Here} {
			e, on, err := member.EntryOn(ctx, w.App.DB, home.Root, cell, who, worldtest.Now.Date())
			if err != nil || !on || e.Standing != want {
				t.Errorf("%s: %s, want %s (%v)", cell, e.Standing, want, err)
			}
		}
		see("committee", "/visits/charge", "12-QĐ/ĐU", "Sinh hoạt tạm thời")
	})
}

// TestBefore reads the last meetings of a cell, with the figures of the room.
func TestBefore(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	v := assigned(t, w, meeting.Draft)
	b, err := w.App.Visits.Before(t.Context(), w.App.DB, w.Person("committee"), v.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Evenings) != 2 { // the world has held two months
		t.Fatalf("%d meetings", len(b.Evenings))
	}
	for _, e := range b.Evenings {
		if e.Came == 0 || e.Came > e.Expected || e.Spoke > e.Present || e.Lasted <= 0 {
			t.Errorf("%s: %d of %d, %d of %d spoke, %s", e.Title, e.Came, e.Expected, e.Spoke, e.Present, e.Lasted)
		}
	}
	if b.Evenings[0].StartsAt < b.Evenings[1].StartsAt {
		t.Error("the last one does not come first")
	}
	if e := b.Evenings[1]; e.Score.State == quality.Draft || e.Score.Meeting != e.ID {
		t.Errorf("the score of %s: %+v", e.Title, e.Score.State)
	}
	if _, err := w.App.Visits.Before(t.Context(), w.App.DB, w.Person("clerk"), v.ID); err == nil {
		t.Error("the clerk reads it")
	}
}
