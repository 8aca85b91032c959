package conference_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"chibo/app/world/worldtest"
	"chibo/conference"
	"chibo/delegation"
	"chibo/kit/fault"
	"chibo/meeting"
)

// opened opens a conference of the ward with one sitting, at which the first cell performs.
func opened(t *testing.T, w *worldtest.World) (conference.Conference, conference.Sitting) {
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
		x, y := opened(t, w)
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
// to name delegates whoever leads such a unit; nobody else.
func TestWhoFindsAConference(t *testing.T) {
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		x, _ := opened(t, w)
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
		line := conference.Category{Title: "Cấp ủy các chi bộ trực thuộc", Source: conference.FromBases, Quota: 2}
		if _, err := w.App.Conferences.AddCategory(t.Context(), w.Person("clerk"), x.ID, line); err != nil {
			t.Fatal(err)
		}
		for name, want := range map[string]bool{"other secretary": true, "other member": false, "member": false} {
			if finds(name) != want {
				t.Errorf("%s finds the conference once units name delegates: %t", name, !want)
			}
		}
	})
}

func TestAConferenceIsTakenBackWhileNothingRestsOnIt(t *testing.T) {
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		ctx, s := t.Context(), w.App.Conferences
		x, _ := opened(t, w)
		line, err := s.AddCategory(ctx, w.Person("clerk"), x.ID, conference.Category{Title: "Khách mời", Source: conference.FromOffice, Quota: 2})
		if err != nil {
			t.Fatal(err)
		}
		kept, _ := opened(t, w)
		line.ID = ""
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
