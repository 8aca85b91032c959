package proceedings

import (
	"encoding/json"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"chibo/kit/fault"
)

// TestEveryKindHasItsHelpers: whoever adds a kind of act says who may enter it; and what
// decides is entered by no helper.
func TestEveryKindHasItsHelpers(t *testing.T) {
	t.Parallel()
	for k := range kinds {
		if _, said := helps[k]; !said {
			t.Errorf("nothing says whether a helper enters %s", k)
		}
	}
	atRoll := []ActKind{KindAttendance, KindGuest, KindCorrect}
	never := []ActKind{
		KindOpen, KindClose, KindVoteOpen, KindVoteClose, KindVoteConfirm, KindVoteTally, KindNominate, KindWithdraw,
		KindWording, KindReadback, KindObjection, KindAdopt, KindChoose, KindPhoto,
	}
	for k, duties := range helps {
		if kinds[k].make == nil {
			t.Errorf("there is no kind %s", k)
		}
		if got, want := slices.Contains(duties, Roll), slices.Contains(atRoll, k); got != want {
			t.Errorf("%s at the roll: %v", k, got)
		}
		if got, want := slices.Contains(duties, Writing), !slices.Contains(never, k); got != want {
			t.Errorf("%s by who writes: %v", k, got)
		}
	}
}

// TestWhatAHelperEnters puts every act of a whole evening to each duty: the server and
// the device refuse the same ones, before they look at anything else.
func TestWhatAHelperEnters(t *testing.T) {
	t.Parallel()
	e := whole(t)
	s := Replay(setup(), e.acts)
	for _, duty := range Duties {
		device := NewNotebook(setup(), e.acts, "helper", duty)
		for _, a := range e.acts {
			a.ID, a.At, a.Seq = uuid(900), s.Closing.At-1, 0
			want := fault.Kind("")
			if a.Kind == KindCorrect || !slices.Contains(helps[a.Kind], duty) {
				want = fault.Forbidden
			}
			if got := s.Permits(duty, "helper", a); (want == "") != (got == nil) || want != "" && !fault.Is(got, want) {
				t.Errorf("%s, %s: %v", duty, a.Kind, got)
			}
			if got := device.Enter(a); (want == fault.Forbidden) != fault.Is(got, fault.Forbidden) {
				t.Errorf("the device, %s, %s: %v", duty, a.Kind, got)
			}
			a.At = s.Closing.At + 1
			if s.Permits(duty, "helper", a) == nil {
				t.Errorf("%s, %s after the closing", duty, a.Kind)
			}
		}
	}
}

// TestAHelperCorrectsTheirOwn: a mark of one's own, and nobody else's.
func TestAHelperCorrectsTheirOwn(t *testing.T) {
	t.Parallel()
	act := func(n int, by string, kind ActKind, body any) Act {
		raw, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		return Act{ID: uuid(n), Seq: int64(n), At: began, By: by, Kind: kind, Body: raw}
	}
	mark := AttendanceBody{Member: setup().Roll[0].ID, Status: Present}
	s := Replay(setup(), []Act{
		act(1, "secretary", KindOpen, OpenBody{}),
		act(2, "secretary", KindAttendance, mark), act(3, "helper", KindAttendance, mark), act(4, "helper", KindNote, NoteBody{Text: "?"}),
	})
	for n, want := range map[int]bool{2: false, 3: true, 4: false, 99: false} {
		fix := act(5, "helper", KindCorrect, CorrectBody{Corrects: uuid(n), Void: true})
		if err := s.Permits(Roll, "helper", fix); (err == nil) != want {
			t.Errorf("taking back act %d: %v", n, err)
		}
	}
}

// TestWhatAHelperIsTold: at the roll the same people are here as for everybody else and
// nothing of what is said; to no helper any reason of an absence. The numbers have no gap.
func TestWhatAHelperIsTold(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		prepared := setup()
		for n := range prepared.Roll {
			prepared.Roll[n].Excuse = "sick"
		}
		var acts []Act
		for n, a := range evenings(t) {
			a.Seq = int64(n + 1)
			acts = append(acts, a)
		}
		s := Replay(prepared, acts)
		for _, duty := range Duties {
			told := Replay(duty.Setup(s.Setup), duty.Acts(s))
			if told.Head() != s.Head() || told.Phase != s.Phase {
				t.Fatalf("%s: up to %d, want %d", duty, told.Head(), s.Head())
			}
			for n, a := range s.Roll {
				if b := told.Roll[n]; b.Status != a.Status || b.Arrived != a.Arrived || b.CameBy != a.CameBy {
					t.Fatalf("%s: %s is %s since %v, want %s since %v", duty, a.Name, b.Status, b.Arrived, a.Status, a.Arrived)
				}
				if b := told.Roll[n]; b.Reason != "" || b.Excuse != "" {
					t.Fatalf("%s is told why %s is absent: %q %q", duty, a.Name, b.Reason, b.Excuse)
				}
			}
		}
		for _, a := range Roll.Acts(s) {
			if a.Kind != "" && !slices.Contains([]ActKind{KindAttendance, KindGuest, KindOpen, KindClose}, s.about(a)) {
				t.Fatalf("at the roll one is told of %s: %s", a.Kind, a.Body)
			}
		}
	})
}
