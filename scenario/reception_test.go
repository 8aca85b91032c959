package scenario_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"chibo/app/world/worldtest"
	"chibo/conference"
	"chibo/delegation"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/reception"
)

// receptionEvening is a conference with one sitting, whose people the desk awaits.
type receptionEvening struct {
	testing.TB
	*worldtest.World
	x         conference.Conference
	y         conference.Sitting
	line      conference.Category
	delegates []delegation.Delegate
}

func newEvening(t testing.TB, w *worldtest.World, people int) *receptionEvening {
	t.Helper()
	e := &receptionEvening{TB: t, World: w}
	ctx, clerk := t.Context(), w.Person("clerk")
	var err error
	if e.x, err = w.App.Conferences.Open(ctx, clerk, conference.Conference{Organization: w.Account("clerk").Organization, Title: "Hội nghị mẫu"}); err != nil {
		t.Fatal(err)
	}
	start := worldtest.Now.Date().At(8, 0)
	y := conference.Sitting{Title: "Buổi thường kỳ mẫu", StartsAt: start, EndsAt: start.Add(3 * time.Hour), Venue: "Hội trường"}
	if e.y, err = w.App.Conferences.AddSitting(ctx, clerk, e.x.ID, y); err != nil {
		t.Fatal(err)
	}
	if e.line, err = w.App.Conferences.AddCategory(ctx, clerk, e.x.ID, conference.Category{Title: "Bí thư chi bộ", Source: conference.FromOffice, Quota: 500}); err != nil {
		t.Fatal(err)
	}
	for i := range people {
		d := delegation.Delegate{Category: e.line.ID, Name: fmt.Sprintf("Nguyễn Văn %c%d", 'A'+i%26, i), Unit: fmt.Sprintf("Chi bộ %d", i%5+1), Phone: "0900000000"}
		if d, err = w.App.Delegations.Enter(ctx, clerk, e.x.ID, d); err != nil {
			t.Fatal(err)
		}
		e.delegates = append(e.delegates, d)
	}
	return e
}

// came is an arrival as a device writes it.
func (e *receptionEvening) came(n int, desk string) reception.Event {
	return reception.Event{ID: id.New(), Kind: reception.Came, Way: reception.ByName, Delegate: e.delegates[n].ID, Desk: desk, At: worldtest.Now}
}

func (e *receptionEvening) sync(events ...reception.Event) reception.Heard {
	e.Helper()
	h, err := e.App.Receptions.Sync(e.Context(), e.Person("clerk"), e.x.ID, e.y.ID, reception.Sent{Now: worldtest.Now, Events: events})
	if err != nil {
		e.Fatal(err)
	}
	return h
}

func (e *receptionEvening) board() reception.Board {
	e.Helper()
	b, err := e.App.Receptions.Board(e.Context(), e.Person("clerk"), e.x.ID, e.y.ID)
	if err != nil {
		e.Fatal(err)
	}
	return b
}

// TestDesksMerge goes through a morning at three desks.
func TestDesksMerge(t *testing.T) {
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		e := newEvening(t, w, 9)
		first, second := e.came(0, "Bàn 1"), e.came(1, "Bàn 2")
		e.sync(first)
		if h := e.sync(first, second, second); len(h.Refused) != 0 || len(h.Events) != 2 || h.Last != 2 {
			t.Errorf("sent again: %+v", h)
		}
		again := e.came(0, "Bàn 3")
		again.At = again.At.Add(-time.Minute)
		stranger := e.came(0, "Bàn 3")
		stranger.Delegate = id.New()
		h := e.sync(again, stranger, reception.Event{ID: id.New(), Kind: "shout", Desk: "Bàn 3"})
		if len(h.Refused) != 2 || len(h.Events) != 3 {
			t.Errorf("of three one is good: %+v", h)
		}
		walk := reception.Event{ID: id.New(), Kind: reception.Came, Way: reception.WalkIn, Name: "Lý Thị Hoa", Unit: "Chi bộ 1", Category: e.line.ID, Desk: "Bàn 2", At: worldtest.Now}
		twin := walk
		twin.ID, twin.Name, twin.Desk = id.New(), "LY THI HOA", "Bàn 1"
		stands := reception.Event{ID: id.New(), Kind: reception.Came, Way: reception.Replacement, Name: "Đỗ Nam", Unit: "Chi bộ 3", Category: e.line.ID, Replaces: e.delegates[2].ID, Desk: "Bàn 2", At: worldtest.Now}
		e.sync(walk, twin, stands, reception.Event{ID: id.New(), Kind: reception.Back, Of: second.ID, Desk: "Bàn 2", At: worldtest.Now})

		b := e.board()
		if b.Total != (reception.Line{Due: 9, Came: 1, Replaced: 1, Beyond: 3}) || b.Absent() != 7 || len(b.Settle) != 1 {
			t.Errorf("the sitting stands at %+v, %d doubts", b.Total, len(b.Settle))
		}
		if b.People[0].Desk != "Bàn 3" || len(b.People[0].Again) != 1 {
			t.Errorf("the earliest scan does not stand: %+v", b.People[0])
		}
		v := w.As("clerk")
		settle := "/conferences/" + e.x.ID + "/arrivals/" + e.y.ID + "/settle"
		if a := v.Post(settle, "kind", "same", "of", twin.ID, "with", walk.ID); a.Status != http.StatusSeeOther {
			t.Error("settling answers", a.Status)
		}
		if b := e.board(); len(b.Settle) != 0 || b.Total.Beyond != 2 {
			t.Errorf("settled as one: %+v", b.Total)
		}
	})
}

// TestManyDesksAtOnce: however desks press at the same moment, the log has every event
// once and no gaps.
func TestManyDesksAtOnce(t *testing.T) {
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		e := newEvening(t, w, 12)
		who := w.Person("clerk")
		var desks sync.WaitGroup
		for n := range 3 {
			desks.Go(func() {
				for i := range e.delegates {
					_, err := w.App.Receptions.Sync(t.Context(), who, e.x.ID, e.y.ID, reception.Sent{Now: worldtest.Now, Events: []reception.Event{e.came(i, fmt.Sprintf("Bàn %d", n+1))}})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		desks.Wait()
		h := e.sync()
		for i, x := range h.Events {
			if x.Seq != int64(i+1) {
				t.Fatalf("line %d has the number %d", i+1, x.Seq)
			}
		}
		if b := e.board(); len(h.Events) != 36 || b.Total.Came != 12 || b.Absent() != 0 {
			t.Errorf("%d lines, %+v", len(h.Events), b.Total)
		}
	})
}

// TestAWrongClockIsPutRight: what a device says of the time is judged by what it takes for
// now; nobody arrives in the future, or weeks before the sitting.
func TestAWrongClockIsPutRight(t *testing.T) {
	w := worldtest.OnSQLite(t)
	e := newEvening(t, w, 5)
	now := when.At(w.App.Now())
	for n, x := range []struct{ now, at, want time.Duration }{
		{0, -time.Minute, -time.Minute},
		{20 * time.Second, -time.Minute, -time.Minute},             // the way to the server
		{-2 * time.Hour, -2*time.Hour - time.Minute, -time.Minute}, // two hours slow
		{24 * time.Hour, 24*time.Hour - time.Minute, -time.Minute}, // a day fast
		{0, -1000 * time.Hour, 0},                                  // weeks before the sitting: nobody came then
	} {
		c := e.came(n, "Bàn 1")
		c.At = now.Add(x.at)
		if _, err := w.App.Receptions.Sync(t.Context(), w.Person("clerk"), e.x.ID, e.y.ID, reception.Sent{Now: now.Add(x.now), Events: []reception.Event{c}}); err != nil {
			t.Fatal(err)
		}
		for _, p := range e.board().People {
			if p.Person == e.delegates[n].ID && p.At.Sub(now.Add(x.want)).Abs() > time.Minute/2 {
				t.Errorf("clock off by %s: came %s after now", x.now, p.At.Sub(now))
			}
		}
	}
}

// TestTheListTellsADeviceLittle: names and marks of codes, neither codes nor telephones;
// and nothing to people of a cell.
func TestTheListTellsADeviceLittle(t *testing.T) {
	w := worldtest.OnSQLite(t)
	e := newEvening(t, w, 2)
	path := "/conferences/" + e.x.ID + "/desk/" + e.y.ID
	list := w.As("clerk").Get(path + "/list").Body
	if !strings.Contains(list, e.delegates[0].Name) {
		t.Error("the list lacks a name")
	}
	for _, secret := range []string{e.delegates[0].Code, e.delegates[0].Phone} {
		if strings.Contains(list, secret) {
			t.Errorf("the list tells %s", secret)
		}
	}
	body, _ := json.Marshal(reception.Sent{Now: worldtest.Now, Events: []reception.Event{e.came(0, "Bàn 1")}})
	for _, name := range []string{"secretary", "member", "other secretary", "administrator"} {
		if a := w.As(name).Get(path + "/list"); a.Status < 400 {
			t.Errorf("%s reads the list: %d", name, a.Status)
		}
		if a := w.As(name).PostJSON(path+"/events", string(body)); a.Status < 400 {
			t.Errorf("%s writes: %d", name, a.Status)
		}
	}
	if _, err := w.App.Receptions.Board(t.Context(), w.Person("secretary"), e.x.ID, e.y.ID); !fault.Is(err, fault.NotFound) {
		t.Error("a cell reads the board:", err)
	}
	if b := e.board(); b.Total.Came != 0 {
		t.Error("somebody else has written")
	}
}

// TestTheDeskWithoutAScript finds somebody without accents, marks them, and takes it back.
func TestTheDeskWithoutAScript(t *testing.T) {
	w := worldtest.OnSQLite(t)
	e := newEvening(t, w, 3)
	v, path := w.As("clerk"), "/conferences/"+e.x.ID+"/desk/"+e.y.ID
	v.Reads(path+"?desk=B%C3%A0n+2&q=nguyen+v+b", "Nguyễn Văn B1")
	to := v.Sends(path+"/arrivals", "desk", "Bàn 2", "way", "name", "delegate", e.delegates[1].ID)
	v.Reads(to, "Có mặt", "Nguyễn Văn B1")
	if a := v.Post(path+"/arrivals", "desk", "Bàn 2", "way", "walk_in", "name", "Lý Hoa"); a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Body, "Lý Hoa") {
		t.Errorf("a walk-in without a unit: %d", a.Status)
	}
	e.reads(v)
	v.Sends(path+"/back", "desk", "Bàn 2", "of", e.board().People[0].ID)
	if b := e.board(); b.Total.Came != 0 {
		t.Errorf("taken back: %+v", b.Total)
	}
}

// reads opens the board, the screen and the papers of a sitting at which one of three has
// come. The screen tells no name.
func (e *receptionEvening) reads(v *worldtest.Visitor) {
	e.Helper()
	board := "/conferences/" + e.x.ID + "/arrivals/" + e.y.ID
	v.Reads(board, "Nguyễn Văn B1", "tel:0900000000", "Chi bộ 3: vắng 1")
	if a := v.Get(board + "/screen"); strings.Contains(a.Body, "Nguyễn") || !strings.Contains(a.Body, "1/3") {
		e.Error("the screen tells a name, or no figures")
	}
	for name, begins := range map[string]string{"roll.docx": "PK", "roll.xlsx": "PK", "list.docx": "PK", "roll.pdf": "%PDF", "list.pdf": "%PDF"} {
		if a := v.Get(board + "/" + name); a.Status != http.StatusOK || !strings.HasPrefix(a.Body, begins) {
			e.Errorf("%s: %d", name, a.Status)
		}
	}
}

// BenchmarkSync hands in a person a time, as a desk does that has a network, at a sitting
// of a thousand: a thousand of them in ten minutes are one every 600 ms.
func BenchmarkSync(b *testing.B) {
	w := worldtest.OnSQLite(b)
	e, who := newEvening(b, w, 1000), w.Person("clerk")
	last, n := int64(0), 0
	for b.Loop() {
		sent := reception.Sent{Now: worldtest.Now, After: last, Events: []reception.Event{e.came(n%1000, "Bàn 1")}}
		h, err := w.App.Receptions.Sync(b.Context(), who, e.x.ID, e.y.ID, sent)
		if err != nil {
			b.Fatal(err)
		}
		last, n = h.Last, n+1
	}
}

// BenchmarkBoard draws the figures of a sitting of a thousand whom three desks have all
// marked.
func BenchmarkBoard(b *testing.B) {
	w := worldtest.OnSQLite(b)
	e := newEvening(b, w, 1000)
	for n := 0; n < 3000; n += 500 {
		var some []reception.Event
		for i := range 500 {
			some = append(some, e.came((n+i)%1000, fmt.Sprintf("Bàn %d", n/1000+1)))
		}
		e.sync(some...)
	}
	for b.Loop() {
		if x := e.board(); x.Total.Came != 1000 {
			b.Fatal(x.Total)
		}
	}
}
