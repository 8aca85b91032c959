package reception

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"chibo/kit/when"
)

// few is a small world of delegates, names and desks, so that events meet.
var few = struct{ delegates, names, desks []string }{
	[]string{"d1", "d2", "d3"}, []string{"Trần Văn An", "TRAN VAN AN", "Lê Thị Bình"}, []string{"Bàn 1", "Bàn 2", "Bàn 3"},
}

// logs draws the log of a sitting: what three desks with clocks of their own may say.
var logs = rapid.Custom(func(t *rapid.T) []Event {
	n := rapid.IntRange(0, 14).Draw(t, "events")
	all := make([]Event, n)
	for i := range all {
		e := Event{ID: fmt.Sprintf("e%02d", i), Desk: rapid.SampledFrom(few.desks).Draw(t, "desk"), At: when.Instant(rapid.IntRange(1, 6).Draw(t, "at"))}
		e.Kind = rapid.SampledFrom([]Kind{Came, Came, Came, Came, Back, Same, Apart}).Draw(t, "kind")
		other := func(what string) string { return fmt.Sprintf("e%02d", rapid.IntRange(0, n-1).Draw(t, what)) }
		switch e.Kind {
		case Came:
			drawArrival(t, &e)
		case Back:
			e.Of = other("of")
		default:
			e.Of, e.With = other("of"), other("with")
			if rapid.Bool().Draw(t, "with a delegate") {
				e.With, e.Delegate = "", rapid.SampledFrom(few.delegates).Draw(t, "delegate")
			}
		}
		all[i] = e
	}
	return all
})

func drawArrival(t *rapid.T, e *Event) {
	e.Way = rapid.SampledFrom([]Way{ByCode, ByName, WalkIn, Replacement}).Draw(t, "way")
	if e.Way == ByCode || e.Way == ByName {
		e.Delegate = rapid.SampledFrom(few.delegates).Draw(t, "delegate")
		return
	}
	e.Name, e.Unit, e.Category = rapid.SampledFrom(few.names).Draw(t, "name"), "Chi bộ 5", "k"
	if e.Way == Replacement {
		e.Replaces = rapid.SampledFrom(few.delegates).Draw(t, "replaces")
	}
}

// TestEveryOrderIsOneLog: whatever the order in which desks are heard, and however often,
// the state is the same, and so are its doubts.
func TestEveryOrderIsOneLog(t *testing.T) {
	t.Parallel()
	listed := map[string]string{nameKey("Lê Thị Bình", "Chi bộ 5"): "d1"}
	rapid.Check(t, func(t *rapid.T) {
		events := logs.Draw(t, "log")
		want := Fold(events)
		heard := slices.Concat(events, rapid.SliceOfN(rapid.SampledFrom(append(events, Event{ID: "f", Kind: Back})), 0, 9).Draw(t, "sent again"))
		heard = slices.DeleteFunc(heard, func(e Event) bool { return e.ID == "f" })
		heard = rapid.Permutation(heard).Draw(t, "order")
		got := Fold(heard)
		if !reflect.DeepEqual(got.Arrivals, want.Arrivals) {
			t.Fatalf("%+v\n\nwant %+v", got.Arrivals, want.Arrivals)
		}
		if got, want := got.Doubts(listed), want.Doubts(listed); !reflect.DeepEqual(got, want) {
			t.Fatalf("doubts %+v\n\nwant %+v", got, want)
		}
	})
}

// TestEveryScanIsCountedOnce: each arrival that stands belongs to exactly one person, no
// person is counted twice, and the earliest word on a person is the one that stands.
func TestEveryScanIsCountedOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		events := logs.Draw(t, "log")
		gone, left := map[string]bool{}, map[string]bool{}
		for _, e := range events {
			gone[e.Of] = gone[e.Of] || e.Kind == Back
		}
		for _, e := range events {
			if e.Kind == Came && !gone[e.ID] {
				left[e.ID] = true
			}
		}
		people := map[string]bool{}
		for _, a := range Fold(events).Arrivals {
			if people[a.Person] {
				t.Fatalf("%s is counted twice", a.Person)
			}
			people[a.Person] = true
			for _, e := range a.events() {
				if !left[e.ID] {
					t.Fatalf("%s is counted twice, or was taken back", e.ID)
				}
				delete(left, e.ID)
				if e.compare(a.Event) < 0 {
					t.Fatalf("%s was earlier than %s", e.ID, a.Event.ID)
				}
			}
		}
		if len(left) > 0 {
			t.Fatalf("%v are not counted", left)
		}
	})
}

// TestDoubts goes through what machines cannot know.
func TestDoubts(t *testing.T) {
	t.Parallel()
	came := func(id, delegate string) Event {
		return Event{ID: id, Kind: Came, Way: ByName, Delegate: delegate, At: 1}
	}
	wrote := func(id, name, replaces string) Event {
		return Event{ID: id, Kind: Came, Way: WalkIn, Name: name, Unit: "Chi bộ 5", Replaces: replaces, At: 2}
	}
	said := func(kind Kind, of, with, delegate string) Event {
		return Event{ID: "v", Kind: kind, Of: of, With: with, Delegate: delegate, At: 3}
	}
	listed := map[string]string{nameKey("Lê Thị Bình", "Chi bộ 5"): "d2"}
	for name, x := range map[string]struct {
		log    []Event
		doubts []Why
		people int
	}{
		"one of the list":                         {[]Event{came("a", "d1")}, nil, 1},
		"the same at two desks":                   {[]Event{came("a", "d1"), came("b", "d1")}, nil, 1},
		"taken back at one of them":               {[]Event{came("a", "d1"), came("b", "d1"), {ID: "c", Kind: Back, Of: "a"}}, nil, 1},
		"taken back":                              {[]Event{came("a", "d1"), {ID: "c", Kind: Back, Of: "a"}}, nil, 0},
		"two walk in":                             {[]Event{wrote("a", "Vũ Hà", ""), wrote("b", "Vũ Hạnh", "")}, nil, 2},
		"written twice, with and without accents": {[]Event{wrote("a", "Vũ Hà", ""), wrote("b", "VU HA", "")}, []Why{Twins}, 2},
		"settled as one":                          {[]Event{wrote("a", "Vũ Hà", ""), wrote("b", "VU HA", ""), said(Same, "a", "b", "")}, nil, 1},
		"settled as two":                          {[]Event{wrote("a", "Vũ Hà", ""), wrote("b", "VU HA", ""), said(Apart, "b", "a", "")}, nil, 2},
		"walks in with a name of the list":        {[]Event{wrote("a", "Le Thi Binh", "")}, []Why{Listed}, 1},
		"is that delegate":                        {[]Event{wrote("a", "Le Thi Binh", ""), came("b", "d2"), said(Same, "a", "", "d2")}, nil, 1},
		"came, and sent somebody too":             {[]Event{came("a", "d1"), wrote("b", "Vũ Hà", "d1")}, []Why{BothCame}, 2},
		"two in one place":                        {[]Event{wrote("a", "Vũ Hà", "d1"), wrote("b", "Vũ Hạnh", "d1")}, []Why{TwoStand}, 2},
		"one in one place, written twice":         {[]Event{wrote("a", "Vũ Hà", "d1"), wrote("b", "Vũ Hà", "d1")}, []Why{Twins}, 2},
	} {
		s := Fold(x.log)
		var got []Why
		for _, d := range s.Doubts(listed) {
			got = append(got, d.Why)
		}
		if !slices.Equal(got, x.doubts) || len(s.Arrivals) != x.people {
			t.Errorf("%s: %v and %d people, want %v and %d", name, got, len(s.Arrivals), x.doubts, x.people)
		}
	}
}

// BenchmarkFold folds what a thousand people at three desks leave, each scanned thrice.
func BenchmarkFold(b *testing.B) {
	var events []Event
	for i := range 3000 {
		events = append(events, Event{ID: fmt.Sprintf("e%04d", (i*7919)%3000), Kind: Came, Way: ByCode, Delegate: fmt.Sprintf("d%03d", i%1000), At: when.Instant(i * 200), Desk: few.desks[i/1000]})
	}
	for b.Loop() {
		if s := Fold(events); len(s.Arrivals) != 1000 {
			b.Fatal(len(s.Arrivals))
		}
	}
}
