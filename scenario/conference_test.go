package scenario_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"chibo/app/world/worldtest"
	"chibo/conference"
	"chibo/delegation"
	"chibo/kit/fault"
	"chibo/meeting"
)

// openedConference opens a conference of the ward with one sitting, at which the first cell performs.
func openedConference(t *testing.T, w *worldtest.World) (conference.Conference, conference.Sitting) {
	t.Helper()
	ctx, s, clerk := t.Context(), w.App.Conferences, w.Person("clerk")
	x, err := s.Open(ctx, clerk, conference.Conference{Organization: w.Account("clerk").Organization, Title: "Tổ chức hội nghị chuyên đề sinh hoạt chi bộ mẫu"})
	if err != nil {
		t.Fatal(err)
	}
	start := worldtest.Now.Date().AddDays(30).At(8, 0)
	y, err := s.AddSitting(ctx, clerk, x.ID, conference.Sitting{
		Title: "Hội nghị “sinh hoạt chi bộ thường kỳ” mẫu", Kind: meeting.Ordinary, Host: w.Account("secretary").Organization,
		StartsAt: start, EndsAt: start.Add(3 * time.Hour), Venue: "Hội trường",
	})
	if err != nil || y.HostRoot == "" {
		t.Fatal(y, err)
	}
	return x, y
}

func TestAConferenceHasSittingsAndAComposition(t *testing.T) {
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		ctx, s, clerk := t.Context(), w.App.Conferences, w.Person("clerk")
		x, y := openedConference(t, w)
		if _, err := s.AddSitting(ctx, w.Person("secretary"), x.ID, y); !fault.Is(err, fault.NotFound) {
			t.Error("a cell changes the conference of the committee:", err)
		}
		alone, err := s.AddCategory(ctx, clerk, x.ID, conference.Category{Title: "Đảng viên chi bộ thực hiện", Source: conference.FromHosts, Sitting: y.ID})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.RemoveSitting(ctx, clerk, x.ID, y.ID); !fault.Is(err, fault.Conflict) {
			t.Error("a sitting is removed that a line attends alone:", err)
		}
		if err := s.RemoveCategory(ctx, clerk, x.ID, alone.ID); err != nil {
			t.Fatal(err)
		}
		if err := s.RemoveSitting(ctx, clerk, x.ID, y.ID); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(ctx, clerk, x.ID); !fault.Is(err, fault.NotFound) {
			t.Error("the office closes a conference:", err)
		}
		if err := s.Close(ctx, w.Person("committee"), x.ID); err != nil {
			t.Fatal(err)
		}
		if err := s.Change(ctx, clerk, x.ID, x); !fault.Is(err, fault.Conflict) {
			t.Error("a closed conference is changed:", err)
		}
	})
}

// Who finds a conference: who keeps or directs it, who leads the host, and once units are
// to name delegates by an issued plan whoever leads such a unit; nobody else.
func TestWhoFindsAConference(t *testing.T) {
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		x, _ := openedConference(t, w)
		finds := func(name string) bool {
			a := w.As(name).Get(x.Path())
			if listed := strings.Contains(w.As(name).Get("/conferences").Body, x.Path()); listed != (a.Status == http.StatusOK) {
				t.Errorf("%s: the page answers %d, listed is %t", name, a.Status, listed)
			}
			return a.Status == http.StatusOK
		}
		for name, want := range map[string]bool{"clerk": true, "committee": true, "secretary": true, "member": false, "other secretary": false, "other member": false} {
			if finds(name) != want {
				t.Errorf("%s finds the conference: %t", name, !want)
			}
		}
		written(t, w, x)
		if finds("other secretary") {
			t.Error("a unit finds a conference whose plan is not issued")
		}
		issued(t, w, x)
		for name, want := range map[string]bool{"other secretary": true, "other member": false, "member": false} {
			if finds(name) != want {
				t.Errorf("%s finds the conference once it is issued: %t", name, !want)
			}
		}
	})
}

func TestAConferenceIsTakenBackWhileNothingRestsOnIt(t *testing.T) {
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		ctx, s := t.Context(), w.App.Conferences
		x, _ := openedConference(t, w)
		line, err := s.AddCategory(ctx, w.Person("clerk"), x.ID, conference.Category{Title: "Khách mời", Source: conference.FromOffice, Quota: 2})
		if err != nil {
			t.Fatal(err)
		}
		kept, _ := openedConference(t, w)
		if line, err = s.AddCategory(ctx, w.Person("clerk"), kept.ID, line); err != nil {
			t.Fatal(err)
		}
		if _, err := w.App.Delegations.Enter(ctx, w.Person("clerk"), kept.ID, delegation.Delegate{Category: line.ID, Name: "Trần Thị Bưởi", Unit: "Hội Khuyến học"}); err != nil {
			t.Fatal(err)
		}
		if err := s.Drop(ctx, w.Person("committee"), kept.ID); !fault.Is(err, fault.Conflict) {
			t.Error("a conference with a delegate is taken back:", err)
		}
		if err := s.Drop(ctx, w.Person("committee"), x.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := s.View(ctx, w.Person("clerk"), x.ID); !fault.Is(err, fault.NotFound) {
			t.Error("it is still there:", err)
		}
	})
}

// written fills what the plan still lacks, as the office does.
func written(t *testing.T, w *worldtest.World, x conference.Conference) {
	t.Helper()
	if _, err := w.App.Conferences.AddCategory(t.Context(), w.Person("clerk"), x.ID, conference.Category{Title: "Cấp ủy các chi bộ trực thuộc", Source: conference.FromBases, Quota: 2}); err != nil {
		t.Fatal(err)
	}
	v := latest(t, w, x)
	words := v.Facts.Words
	words.Name = "Lê Văn Thảo"
	if err := w.App.Conferences.Write(t.Context(), w.Person("clerk"), x.ID, v.N, words, []string{"42-HD/BTCTW 2025-10-28"}); err != nil {
		t.Fatal(err)
	}
}

func latest(t *testing.T, w *worldtest.World, x conference.Conference) conference.Version {
	t.Helper()
	f, err := w.App.Conferences.View(t.Context(), w.Person("clerk"), x.ID)
	if err != nil {
		t.Fatal(err)
	}
	return f.Plan.Latest()
}

// issued writes, approves and issues the plan as it stands.
func issued(t *testing.T, w *worldtest.World, x conference.Conference) conference.Version {
	t.Helper()
	ctx, s, n := t.Context(), w.App.Conferences, latest(t, w, x).N
	if err := s.Send(ctx, w.Person("clerk"), x.ID, n); err != nil {
		t.Fatal(err)
	}
	if err := s.Answer(ctx, w.Person("committee"), x.ID, n, conference.Reply{Answer: conference.Approved}); err != nil {
		t.Fatal(err)
	}
	if err := s.Issue(ctx, w.Person("committee"), x.ID, n); err != nil {
		t.Fatal(err)
	}
	return latest(t, w, x)
}

// From the first words to the number: a plan with a gap is not sent, one that was returned is
// sent again, nobody else than the committee answers, and only what was approved is issued.
func TestAPlanIsWrittenApprovedAndIssued(t *testing.T) {
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		x, _ := openedConference(t, w)
		plan := x.PlanPath()
		send := func(n int) int { return w.As("clerk").Post(plan+"/send", "version", strconv.Itoa(n)).Status }
		if got := send(latest(t, w, x).N); got != http.StatusConflict {
			t.Error("a plan without bases is sent:", got)
		}
		written(t, w, x)
		v := latest(t, w, x)
		w.As("clerk").Reads(plan, "Căn cứ Hướng dẫn số 42-HD/BTCTW", "Chi bộ", "Dự thảo")
		if a := w.As("secretary").Get(plan); a.Status != http.StatusNotFound {
			t.Error("the host reads a plan that is not issued:", a.Status)
		}
		if got := send(v.N); got != http.StatusSeeOther {
			t.Fatal("it is not sent:", got)
		}
		number := strconv.Itoa(v.N)
		for _, c := range []struct {
			who    string
			fields []string
			status int
		}{
			{"clerk", []string{"version", number, "answer", "approved"}, http.StatusForbidden},
			{"committee", []string{"version", number, "answer", "returned"}, http.StatusUnprocessableEntity},
			{"committee", []string{"version", "1", "answer", "approved"}, http.StatusConflict},
			{"committee", []string{"version", number, "answer", "returned", "note", "Ghi rõ hạn cử đại biểu"}, http.StatusSeeOther},
		} {
			if a := w.As(c.who).Post(plan+"/answer", c.fields...); a.Status != c.status {
				t.Errorf("%s answers %v: %d, want %d", c.who, c.fields, a.Status, c.status)
			}
		}
		w.As("clerk").Reads(plan, "Ghi rõ hạn cử đại biểu")
		words := v.Facts.Words
		words.Duties[2].Lines += "\nGửi danh sách trước ngày họp 10 ngày."
		if err := w.App.Conferences.Write(t.Context(), w.Person("clerk"), x.ID, v.N, words, nil); err != nil {
			t.Fatal(err)
		}
		if err := w.App.Conferences.Write(t.Context(), w.Person("clerk"), x.ID, v.N, words, nil); !fault.Is(err, fault.Conflict) {
			t.Error("an older version is written upon:", err)
		}
		w.As("clerk").Reads(plan, "<ins>- Gửi danh sách trước ngày họp 10 ngày.</ins>")
		if err := w.App.Conferences.Issue(t.Context(), w.Person("committee"), x.ID, v.N+1); !fault.Is(err, fault.Conflict) {
			t.Error("what was not approved is issued:", err)
		}
		if v = issued(t, w, x); v.Number == "" || v.Dated != worldtest.Now.Date() {
			t.Errorf("issued as %q on %s", v.Number, v.Dated)
		}
		w.As("secretary").Reads(plan, "Số "+v.Number, "Gửi danh sách trước ngày họp 10 ngày")
		w.As("secretary").Reads("/inbox", "Kế hoạch đã ban hành")
		w.As("other secretary").Reads("/inbox", "Kế hoạch đã ban hành")
		if a := w.As("other secretary").Get(plan + "/paper/pdf?version=1"); a.Status != http.StatusOK || !strings.HasPrefix(a.Body, "%PDF") {
			t.Error("a unit does not get the paper:", a.Status)
		}
		if err := w.App.Conferences.Drop(t.Context(), w.Person("committee"), x.ID); !fault.Is(err, fault.Conflict) {
			t.Error("an issued plan is taken back:", err)
		}
	})
}

// What was issued stays as it was; a later change is an amendment that takes its place with
// a number of its own.
func TestAnIssuedPlanIsFrozenUntilAnotherTakesItsPlace(t *testing.T) {
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		x, y := openedConference(t, w)
		written(t, w, x)
		first := issued(t, w, x)
		y.Venue = "Nhà văn hóa khu phố 5"
		if err := w.App.Conferences.ChangeSitting(t.Context(), w.Person("clerk"), x.ID, y.ID, y); err != nil {
			t.Fatal(err)
		}
		paper := func() string { return w.As("other secretary").Get(x.PlanPath()).Body }
		if body := paper(); !strings.Contains(body, first.Number) || strings.Contains(body, y.Venue) {
			t.Error("what was issued has changed")
		}
		second := issued(t, w, x)
		if body := paper(); second.Number == first.Number || !strings.Contains(body, y.Venue) || !strings.Contains(body, "thay thế Kế hoạch số "+first.Number) {
			t.Errorf("the amendment %s of %s:\n%s", second.Number, first.Number, body)
		}
	})
}

// The office makes the programme, the host reads it and names its meeting, whose page says
// what it is for; once issued the sitting stands in the calendars of the members.
func TestTheHostReadsTheProgrammeAndNamesItsMeeting(t *testing.T) {
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		x, y := openedConference(t, w)
		sitting := x.Path() + "/sittings/" + y.ID
		parts := []string{"content_1", "Đón tiếp", "minutes_1", "20", "position_1", "1", "content_2", "Sinh hoạt mẫu", "minutes_2", "90", "person_2", "Đồng chí Thảo", "position_2", "2"}
		if a := w.As("clerk").Post(sitting+"/programme", append(parts, "minutes_3", "5")...); a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Body, "Đồng chí Thảo") {
			t.Error("a part without contents:", a.Status)
		}
		w.As("clerk").Sends(sitting+"/programme", parts...)
		w.As("clerk").Reads(sitting+"/programme", "Bắt đầu lúc 08 giờ 20")
		w.As("secretary").Reads(x.Path(), "08:20", "Đồng chí Thảo")
		if a := w.As("secretary").Get(sitting + "/programme/pdf"); a.Status != http.StatusOK || !strings.HasPrefix(a.Body, "%PDF") {
			t.Error("the host does not get the programme:", a.Status)
		}
		for who, status := range map[string]int{"clerk": http.StatusForbidden, "other secretary": http.StatusNotFound, "member": http.StatusForbidden} {
			if a := w.As(who).Post(sitting+"/meeting", "meeting", w.Meeting(meeting.Draft)); a.Status != status {
				t.Errorf("%s names the meeting: %d, want %d", who, a.Status, status)
			}
		}
		if a := w.As("secretary").Post(sitting+"/meeting", "meeting", w.Meeting(meeting.Sealed)); a.Status != http.StatusUnprocessableEntity {
			t.Error("a sealed meeting is named:", a.Status)
		}
		w.As("secretary").Sends(sitting+"/meeting", "meeting", w.Meeting(meeting.Draft))
		w.As("secretary").Reads("/meetings/"+w.Meeting(meeting.Draft), "sinh hoạt mẫu của hội nghị", x.Path())
		if body := w.As("member").Get("/meetings/" + w.Meeting(meeting.Draft)).Body; strings.Contains(body, x.Path()) {
			t.Error("a member is led to a conference that they do not find")
		}
		events := func(name string) int {
			who := w.Person(name)
			all, err := w.App.Conferences.Events(t.Context(), w.App.DB, who.Root, who.Member)
			if err != nil {
				t.Fatal(err)
			}
			return len(all)
		}
		if events("member") != 0 {
			t.Error("a conference that is not issued stands in calendars")
		}
		written(t, w, x)
		issued(t, w, x)
		for name, want := range map[string]int{"member": 1, "committee": 1, "other member": 0} {
			if got := events(name); got != want {
				t.Errorf("%s has %d sittings in the calendar", name, got)
			}
		}
	})
}
