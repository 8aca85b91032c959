package proceedings

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"
)

// BenchmarkFold folds one act more into an evening of 500 acts, in a cell of 11 and
// in one of 700: a mark, an opinion, a count.
func BenchmarkFold(b *testing.B) {
	for _, people := range []int{11, 700} {
		s := long(b, people, 500)
		for _, c := range []struct {
			kind ActKind
			body any
		}{
			{KindAttendance, AttendanceBody{Member: uuid(people - 1), Status: Left}},
			{KindOpinion, OpinionBody{Item: "thao-luan", Speaker: uuid(people - 1), Stance: Inform, Text: "Nhất trí."}},
			{KindVoteCount, VoteCountBody{Vote: uuid(999), For: 7}},
		} {
			a := arrived(b, 501, c.kind, c.body)
			b.Run(fmt.Sprintf("%d people, %s", people, c.kind), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					Fold(s, a)
				}
			})
		}
	}
}

// BenchmarkNotebookTake takes in one act that the server has, on a device with an
// evening of 500 acts that has written three which it has not sent.
func BenchmarkNotebookTake(b *testing.B) {
	s := long(b, 11, 500)
	d := NewNotebook(s.Setup, s.Acts(), "", "")
	for n := range 3 {
		a := arrived(b, 600+n, KindNote, NoteBody{Text: "Nghỉ giải lao."})
		a.Seq, a.Device = 0, uuid(0xd1)
		d.Keep(a)
	}
	a := arrived(b, 501, KindAttendance, AttendanceBody{Member: uuid(3), Status: Left})
	before := *d
	for b.Loop() {
		*d = before
		d.Take([]Act{a})
	}
}

// long is an evening in a cell of so many: half marks, half opinions, and a vote that
// runs.
func long(b *testing.B, people, acts int) State {
	with := setup()
	with.Roll = nil
	for n := range people {
		with.Roll = append(with.Roll, Person{ID: uuid(n), Name: "Nguyễn Văn Nam", Votes: true, Summoned: true, Counts: true})
	}
	s := Begin(with)
	s = Fold(s, arrived(b, 1, KindOpen, OpenBody{}))
	vote := arrived(b, 2, KindVoteOpen, VoteOpenBody{Matter: MatterResolution, Question: "Thông qua"})
	vote.ID = uuid(999)
	s = Fold(s, vote)
	for n := 3; n <= acts; n++ {
		if n%2 == 0 {
			s = Fold(s, arrived(b, n, KindAttendance, AttendanceBody{Member: uuid(n % people), Status: Present}))
		} else {
			s = Fold(s, arrived(b, n, KindOpinion, OpinionBody{Item: "thao-luan", Speaker: uuid(n % people), Stance: Inform, Text: "Nhất trí với dự thảo nghị quyết."}))
		}
	}
	return s
}

func arrived(b testing.TB, n int, kind ActKind, body any) Act {
	raw, err := json.Marshal(body)
	if err != nil {
		b.Fatal(err)
	}
	at := began.Add(time.Duration(n) * time.Second)
	return Act{ID: uuid(1000 + n), Kind: kind, At: at, By: "account", Body: raw, Seq: int64(n), Received: at, Seen: int64(n - 1)}
}
