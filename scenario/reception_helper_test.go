package scenario_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"chibo/app/world/worldtest"
	"chibo/conference"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/reception"
)

// asks sends events as a device does and returns the problems by event.
func (e *receptionEvening) asks(v *worldtest.Visitor, events ...reception.Event) map[string]string {
	e.Helper()
	body, _ := json.Marshal(reception.Sent{Now: worldtest.Now, Events: events})
	a := v.PostJSON("/conferences/"+e.x.ID+"/desk/"+e.y.ID+"/events", string(body))
	var heard struct {
		Refused []struct{ ID, Problem string }
	}
	if err := json.Unmarshal([]byte(a.Body), &heard); err != nil || a.Status != http.StatusOK {
		e.Fatalf("%d %s", a.Status, a.Body)
	}
	out := map[string]string{}
	for _, r := range heard.Refused {
		out[r.ID] = r.Problem
	}
	return out
}

// TestAHelperAtTheDesk serves without an account: marks, takes back what is their own and
// nothing else, and finds nothing but the desk.
func TestAHelperAtTheDesk(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		e := newEvening(t, w, 3)
		v, path := w.As("helper desk"), "/conferences/"+e.x.ID
		desk := path + "/desk/" + e.y.ID
		if body := v.Reads(path+"/desk", e.y.Title); strings.Contains(body, "arrivals") {
			t.Error("a helper is led to the board")
		}
		for _, page := range []string{desk + "?q=nguyen+v+a", desk + "/list"} {
			body := v.Reads(page, e.delegates[0].Name, e.delegates[0].Unit)
			if strings.Contains(body, e.delegates[0].Phone) || strings.Contains(body, e.delegates[0].Code) || strings.Contains(body, "arrivals/") {
				t.Errorf("%s tells more than a desk needs", page)
			}
		}
		other, err := w.App.Conferences.Open(t.Context(), w.Person("clerk"), conference.Conference{Organization: e.x.Organization, Title: "Hội nghị khác"})
		if err != nil {
			t.Fatal(err)
		}
		for _, page := range []string{path, path + "/arrivals/" + e.y.ID, path + "/helpers", "/conferences/" + other.ID + "/desk", "/conferences", "/"} {
			if a := v.Get(page); a.Status < 400 {
				t.Errorf("a helper reads %s: %d", page, a.Status)
			}
		}
		if _, err := w.App.Receptions.Board(t.Context(), w.Person("helper desk"), e.x.ID, e.y.ID); !fault.Is(err, fault.NotFound) {
			t.Error("a helper reads the board:", err)
		}

		theirs := e.came(0, "Bàn 1")
		e.sync(theirs)
		own, slip := e.came(1, "Bàn 4"), e.came(2, "Bàn 4")
		back := func(of string) reception.Event {
			return reception.Event{ID: id.New(), Kind: reception.Back, Of: of, Desk: "Bàn 4", At: worldtest.Now}
		}
		foreign, verdict := back(theirs.ID), reception.Event{ID: id.New(), Kind: reception.Same, Of: theirs.ID, With: own.ID, Desk: "Bàn 4", At: worldtest.Now}
		forged := theirs // says again, under its own number, what the office has written, to take it back then
		if refused := e.asks(v, own, slip, back(slip.ID), foreign, verdict); len(refused) != 2 || refused[foreign.ID] == "" || refused[verdict.ID] == "" {
			t.Errorf("refused are %v", refused)
		}
		if refused := e.asks(v, forged, back(forged.ID)); len(refused) != 1 {
			t.Errorf("what others wrote was taken back: %v", refused)
		}
		if b := e.board(); b.Total.Came != 2 {
			t.Errorf("the sitting stands at %+v", b.Total)
		}
		w.As("clerk").Reads(path+"/arrivals/"+e.y.ID, "Bàn 4 (Người trực bàn)")
	})
}

// TestTheSeatAtADeskEnds when the office says so, after twelve hours, and with the
// conference; a code is good once, and the office alone gives one.
func TestTheSeatAtADeskEnds(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	e := newEvening(t, w, 1)
	s, ctx, clerk := w.App.Receptions, t.Context(), w.Person("clerk")
	for _, name := range []string{"secretary", "member", "administrator", "other secretary", "helper desk"} {
		if _, err := s.Invite(ctx, w.Person(name), e.x.ID, reception.Invitation{Name: "Cháu", Desk: "Bàn 2"}); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s invites: %v", name, err)
		}
	}
	if _, err := s.Invite(ctx, clerk, e.x.ID, reception.Invitation{Desk: "Bàn 2"}); !fault.Is(err, fault.Invalid) {
		t.Errorf("nobody is invited: %v", err)
	}
	invite := func() reception.Helper {
		t.Helper()
		h, err := s.Invite(ctx, clerk, e.x.ID, reception.Invitation{Name: "Cháu", Desk: "Bàn 2"})
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	begin := when.At(w.Clock.Now())
	holds := func(token string) bool {
		t.Helper()
		r, _ := http.NewRequestWithContext(ctx, http.MethodGet, "/", nil)
		r.AddCookie(&http.Cookie{Name: "chibo_helper", Value: token})
		p, err := w.App.Helpers.Identify(r)
		if err != nil {
			t.Fatal(err)
		}
		return p.Serves(e.x.ID, reception.Serve)
	}
	join := func(h reception.Helper) string {
		t.Helper()
		to, token, err := w.App.Helpers.Join(ctx, "here", h.Code)
		if err != nil || !strings.HasPrefix(to, "/conferences/"+e.x.ID+"/desk/"+e.y.ID) || !holds(token) {
			t.Fatalf("%s, %v", to, err)
		}
		return token
	}
	one, two := invite(), invite()
	first, second := join(one), join(two)
	if _, _, err := w.App.Helpers.Join(ctx, "here", one.Code); !fault.Is(err, fault.Invalid) {
		t.Errorf("a code is good twice: %v", err)
	}
	if err := s.Remove(ctx, clerk, e.x.ID, one.ID); err != nil || holds(first) || !holds(second) {
		t.Errorf("sent out: %v", err)
	}
	late := invite()
	w.Clock.Set(begin.Add(11 * time.Minute))
	if _, _, err := w.App.Helpers.Join(ctx, "here", late.Code); !fault.Is(err, fault.Invalid) {
		t.Errorf("a late code lets in: %v", err)
	}
	w.Clock.Set(begin.Add(13 * time.Hour))
	if holds(second) {
		t.Error("a seat lasts longer than twelve hours")
	}
	third := join(invite())
	if err := w.App.Conferences.Close(ctx, w.Person("committee"), e.x.ID); err != nil {
		t.Fatal(err)
	}
	if holds(third) {
		t.Error("a seat outlives the conference")
	}
}
