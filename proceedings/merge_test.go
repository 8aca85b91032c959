package proceedings

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// written is an act as the test saw it being written: what it puts where, and which
// acts were on the device before it.
type written struct {
	place, content string
	knew           map[string]bool
}

// sea is some devices that write one meeting, each out of reach now and then, with
// clocks that disagree, and what the test knows of it without asking the room.
type sea struct {
	*table
	phones []*phone
	acts   map[string]written
	vote   string
}

func newSea(t *rapid.T) *sea {
	one, two, vote := open(t)
	s := &sea{table: one.table, phones: []*phone{one, two}, acts: map[string]written{}, vote: vote}
	for range rapid.IntRange(0, 2).Draw(t, "more devices") {
		s.phones = append(s.phones, s.phone(rapid.SampledFrom([]string{"secretary", "taker"}).Draw(t, "account")))
	}
	for n, p := range s.phones {
		p.slow = time.Duration(rapid.IntRange(-10, 10).Draw(t, fmt.Sprint("clock", n))) * time.Minute
	}
	return s
}

// step lets one device do one thing.
func (s *sea) step(t *rapid.T) {
	p := rapid.SampledFrom(s.phones).Draw(t, "device")
	switch rapid.SampledFrom([]string{"send", "take", "write", "write", "write", "choose"}).Draw(t, "what") {
	case "send":
		p.send()
	case "take":
		p.take()
	case "choose":
		s.choose(t, p)
	case "write":
		n := rapid.IntRange(1, 3).Draw(t, "figure")
		switch rapid.SampledFrom([]string{"count", "a", "b", "task"}).Draw(t, "place") {
		case "count":
			s.write(p, KindVoteCount, VoteCountBody{Vote: s.vote, For: n}, "count", n)
		case "a":
			s.write(p, KindWording, WordingBody{Passage: "a", Text: fmt.Sprint(n)}, "a", n)
		case "b":
			s.write(p, KindWording, WordingBody{Passage: "b", Text: fmt.Sprint(n)}, "b", n)
		case "task":
			s.write(p, KindVerdict, VerdictBody{Task: "viec-cu", Verdict: DoneFine, Report: fmt.Sprint(n)}, "task", n)
		}
	}
}

func (s *sea) write(p *phone, kind ActKind, body any, place string, n int) {
	knew := map[string]bool{}
	for _, a := range p.State().Acts() {
		knew[a.ID] = true
	}
	s.acts[p.do(kind, body)] = written{place, fmt.Sprint(n), knew}
}

// choose settles one conflict as the device sees it.
func (s *sea) choose(t *rapid.T, p *phone) bool {
	open := p.State().Conflicts
	if len(open) == 0 {
		return false
	}
	side := rapid.SampledFrom(rapid.SampledFrom(open).Draw(t, "conflict").Sides).Draw(t, "side")
	of := s.acts[side.Act]
	var n int
	if _, err := fmt.Sscan(of.content, &n); err != nil {
		t.Fatalf("chosen %s: %v", side.Act, err)
	}
	s.write(p, KindChoose, ChooseBody{Chosen: side.Act}, of.place, n)
	return true
}

// want returns for each place what nobody has replaced, as the test knows it.
func (s *sea) want() map[string][]string {
	all := map[string][]string{}
	for id, a := range s.acts {
		replaced := false
		for _, b := range s.acts {
			replaced = replaced || b.place == a.place && b.knew[id]
		}
		if !replaced && !slices.Contains(all[a.place], a.content) {
			all[a.place] = append(all[a.place], a.content)
		}
	}
	for _, contents := range all {
		slices.Sort(contents)
	}
	return all
}

// got is what a state says holds in each place, and what there is to choose from.
func (s *sea) got(state State) (holds map[string]string, sides map[string][]string) {
	holds, sides = map[string]string{}, map[string][]string{}
	for p, w := range state.Wordings {
		holds[p] = w.Text
	}
	if v, _ := state.Vote(s.vote); v.Counted() {
		holds["count"] = fmt.Sprint(v.Last().For)
	}
	if j := state.Judged[0]; j.Verdict != "" {
		holds["task"] = j.Report
	}
	for _, c := range state.Conflicts {
		place := map[PlaceKind]string{CountPlace: "count", WordingPlace: c.Place.Ref, VerdictPlace: "task"}[c.Place.Kind]
		for _, side := range c.Sides {
			sides[place] = append(sides[place], s.acts[side.Act].content)
			if side.Holds && holds[place] != s.acts[side.Act].content {
				holds[place] += " and not what is said to hold"
			}
		}
		slices.Sort(sides[place])
	}
	return holds, sides
}

// Whatever some devices write, in whatever order it arrives, all end in the same
// state. Nothing is lost on the way: an act holds, or somebody who knew it has
// replaced it, or it is among those to choose from.
func TestDevicesMerge(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := newSea(t)
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			s.step(t)
		}
		for _, p := range s.phones {
			p.send()
		}
		same(t, "arrived in another order", s.server, Replay(setup(), rapid.Permutation(s.log).Draw(t, "order")))
		same(t, "arrived in batches", s.server, s.batched(t))
		for _, p := range s.phones {
			p.take()
			same(t, "on a device", s.server, p.State())
		}
		holds, sides := s.got(s.server)
		for place, want := range s.want() {
			if !slices.Contains(want, holds[place]) {
				t.Fatalf("%s: %q holds, nobody has replaced %q", place, holds[place], want)
			}
			if len(want) > 1 != (len(sides[place]) > 0) || len(want) > 1 && !slices.Equal(sides[place], want) {
				t.Fatalf("%s: to choose from %q, nobody has replaced %q", place, sides[place], want)
			}
		}
		for p := s.phones[0]; s.choose(t, p); p.send() {
			continue
		}
		s.phones[0].send()
		after, left := s.got(s.server)
		for place, want := range s.want() {
			if len(left) > 0 || !slices.Equal(want, []string{after[place]}) {
				t.Fatalf("all was chosen, and %s is %q of %q, left %v", place, after[place], want, left)
			}
		}
	})
}

// batched folds the log in any order in any batches.
func (s *sea) batched(t *rapid.T) State {
	state, left := Begin(setup()), rapid.Permutation(s.log).Draw(t, "another order")
	for len(left) > 0 {
		n := rapid.IntRange(1, len(left)).Draw(t, "batch")
		state, left = Fold(state, left[:n]...), left[n:]
	}
	return state
}

func same(t interface{ Fatalf(string, ...any) }, what string, want, got State) {
	if !reflect.DeepEqual(want, got) {
		t.Fatalf("%s:\n%s", what, cmp.Diff(want, got, cmp.AllowUnexported(State{}, logged{}, Item{})))
	}
}

// Corrections of corrections, references to nothing, two acts of one id: whatever is
// in the log, a conflict has two sides that differ, one of them holds, and choosing
// ends it.
func TestConflictsHold(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var acts []Act
		for n := range rapid.IntRange(1, 30).Draw(t, "acts") {
			a := draw(t, n)
			a.Device = rapid.SampledFrom([]string{"", uuid(0xd1), uuid(0xd2), uuid(0xd3)}).Draw(t, "device")
			a.Seen = int64(rapid.IntRange(0, 4).Draw(t, "seen"))
			acts = append(acts, a)
		}
		s := Replay(setup(), acts)
		for _, c := range s.Conflicts {
			holding := 0
			for _, side := range c.Sides {
				if side.Holds {
					holding++
				}
			}
			if len(c.Sides) < 2 || holding != 1 {
				t.Fatalf("%+v", c)
			}
			raw, err := json.Marshal(ChooseBody{Chosen: c.Sides[rapid.IntRange(0, len(c.Sides)-1).Draw(t, "side")].Act})
			if err != nil {
				t.Fatal(err)
			}
			s = Fold(s, Act{ID: uuid(0xe000 + len(s.log)), Kind: KindChoose, At: began.Add(time.Hour), Body: raw, Device: uuid(0xd9), Seen: 99})
			if at, still := s.Conflict(c.Place); still && knownToAll(s, at) {
				t.Fatalf("chosen, and still there: %+v", at)
			}
		}
	})
}

// knownToAll reports whether whoever chose last could know all sides as they stand:
// an act or a correction without a number is known to its own device alone.
func knownToAll(s State, c Conflict) bool {
	return !slices.ContainsFunc(c.Sides, func(side Side) bool {
		l, _ := find(s.log, func(l *logged) bool { return l.act.ID == side.Act })
		return side.Seq == 0 || l.fix != nil && l.fix.act.Seq == 0
	})
}

func TestPlacesAreNamed(t *testing.T) {
	t.Parallel()
	var unnamed []ActKind
	for _, k := range slices.Sorted(maps.Keys(kinds)) {
		b, _ := NewBody(k)
		if _, ok := b.(placed); !ok {
			unnamed = append(unnamed, k)
		}
	}
	// These add to the meeting and take nothing from one another; only the server enters
	// a tally and a confirmation.
	want := []ActKind{
		KindChoose, KindCommend, KindConclude, KindDues, KindGuest, KindGuidance, KindItemAdd, KindNominate, KindNote,
		KindObjection, KindOpinion, KindPhoto, KindReadback, KindSpeakAsk, KindSpeakEnd, KindSpeakStart, KindSpeakWithdraw,
		KindTask, KindVoteConfirm, KindVoteOpen, KindVoteTally,
	}
	if diff := cmp.Diff(want, unnamed); diff != "" {
		t.Errorf("a kind that replaces what was there needs a place in conflict.go:\n%s", diff)
	}
}
