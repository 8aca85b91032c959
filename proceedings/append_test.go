package proceedings

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// evenings is a log of which most acts fit and come at its end, and the others are any
// acts at all.
func evenings(t *rapid.T) []Act {
	acts := []Act{{ID: uuid(1), Kind: KindOpen, At: began, Seq: 1, Body: []byte(`{}`)}}
	s := Replay(setup(), acts)
	for n := range rapid.IntRange(1, 120).Draw(t, "acts") {
		a := draw(t, n)
		a.Device = rapid.SampledFrom([]string{"", uuid(0xd1), uuid(0xd2)}).Draw(t, "device")
		a.Seen = int64(rapid.IntRange(0, n+1).Draw(t, "seen"))
		if rapid.IntRange(0, 29).Draw(t, "usual") > 0 {
			a.ID, a.Seq = uuid(len(acts)+1), int64(len(acts)+1)
			a.At = began.Add(time.Duration(n) * time.Minute)
			if a.Kind == KindClose && len(acts) < 30 || Accept(s, a) != nil {
				continue
			}
		}
		acts, s = append(acts, a), Fold(s, a)
	}
	return acts
}

// Whether an act is added at the end or everything is derived anew, the meeting is the
// same, and the one before it stays as it was.
func TestFoldIsReplay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		acts := evenings(t)
		states := []State{Begin(setup())}
		for _, a := range acts {
			states = append(states, Fold(states[len(states)-1], a))
		}
		for n, s := range states {
			same(t, "folded, and not replayed", Replay(setup(), acts[:n]), s)
		}
		same(t, "folded at once", states[len(acts)], Fold(states[0], acts...))
	})
}

// An evening on one device is added to act by act: only a correction derives it anew.
func TestEveningIsAppended(t *testing.T) {
	t.Parallel()
	e := whole(t)
	s := Begin(setup())
	for _, a := range e.acts {
		next, ok := s.appended(a)
		if !ok {
			t.Errorf("%s %s is not added at the end", a.Kind, a.Body)
			next = Fold(s, a)
		}
		s = next
	}
	same(t, "appended", Replay(setup(), e.acts), s)
	fix := e.act(KindCorrect, CorrectBody{Corrects: e.acts[0].ID, Void: true})
	if _, ok := s.appended(fix); ok {
		t.Error("a correction changes what stands before it")
	}
}

// A list of the state that is not copied would be shared between a state and the one
// before it.
func TestEveryListIsCopied(t *testing.T) {
	t.Parallel()
	var s State
	fields := reflect.ValueOf(&s).Elem()
	lists := map[string]uintptr{}
	for n := range fields.NumField() {
		f, name := fields.Field(n), fields.Type().Field(n).Name
		if !f.CanSet() || name == "Setup" || name == "Conflicts" { // the one is frozen, the other put together anew
			continue
		}
		switch f.Kind() {
		case reflect.Slice:
			f.Set(reflect.MakeSlice(f.Type(), 1, 1))
			lists[name] = f.Pointer()
		case reflect.Map:
			f.Set(reflect.MakeMap(f.Type()))
			lists[name] = f.Pointer()
		}
	}
	s.copy()
	if len(lists) < 15 {
		t.Fatalf("only %d lists", len(lists))
	}
	for name, before := range lists {
		if fields.FieldByName(name).Pointer() == before {
			t.Errorf("%s is shared", name)
		}
	}
}

// What a device has taken, entered and taken back leaves what the acts say.
func TestNotebookIsReplay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := NewNotebook(setup(), nil, "a", "")
		var server, own []Act
		for n, a := range evenings(t) {
			a.By = "a"
			a.ID = uuid(n + 1)
			switch rapid.SampledFrom([]string{"take", "take", "keep", "sent", "drop"}).Draw(t, "what") {
			case "take":
				a.Seq = int64(len(server) + 1)
				server = append(server, a)
				d.Take([]Act{a})
			case "keep":
				a.Seq = 0
				own = append(own, a)
				d.Keep(a)
			case "sent":
				if len(own) > 0 {
					sent := own[0]
					sent.Seq = int64(len(server) + 1)
					server, own = append(server, sent), own[1:]
					d.Take([]Act{sent})
				}
			case "drop":
				if len(own) > 0 {
					d.Drop(own[0].ID)
					own = own[1:]
				}
			}
			if diff := cmp.Diff(Replay(setup(), append(append([]Act{}, server...), own...)), d.State(), cmp.AllowUnexported(State{}, logged{}, Item{})); diff != "" {
				t.Fatalf("the device has another meeting:\n%s", diff)
			}
		}
	})
}

// What a device has entered and not sent yet is known to whoever writes on it: an act
// that does not fit is refused for what is wrong with it.
func TestNotebookKnowsItsOwn(t *testing.T) {
	t.Parallel()
	s := Replay(setup(), []Act{{ID: uuid(1), Kind: KindOpen, At: began, Seq: 1, By: "other", Device: uuid(0xd2), Body: []byte(`{}`)}})
	d := NewNotebook(s.Setup, s.Acts(), "a", "")
	enter := func(n int, kind ActKind, body any) error {
		a := arrived(t, n, kind, body)
		a.By, a.Seq, a.Received, a.Seen, a.Device = "", 0, 0, 0, uuid(0xd1)
		return d.Enter(a)
	}
	if err := enter(2, KindVoteOpen, VoteOpenBody{Matter: MatterResolution, Question: "Thông qua"}); err != nil {
		t.Fatal(err)
	}
	if err := enter(3, KindVoteCount, VoteCountBody{Vote: uuid(1002), For: 99}); !strings.Contains(fmt.Sprint(err), "room.problem.sum") {
		t.Errorf("a count beyond all who are there: %v", err)
	}
}
