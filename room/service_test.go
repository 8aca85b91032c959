package room_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/proceedings"
	"chibo/room"
	"chibo/task"
)

func TestAppendNumbersWithoutGaps(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		const posts = 200
		var acts [posts]proceedings.Act
		for n := range acts {
			acts[n] = h.present(n)
			if n >= posts/2 {
				acts[n].ID = acts[n-posts/2].ID // the same act from a second device
			}
		}
		var answers [posts]room.Answer
		var wg sync.WaitGroup
		for n := range acts {
			wg.Go(func() {
				got, err := h.room.Append(h.Context(), operator(), h.meeting.ID, acts[n:n+1])
				if err != nil {
					h.Error(err)
					return
				}
				answers[n] = got[0]
			})
		}
		wg.Wait()
		h.gapless(posts / 2)
		for n := range posts / 2 {
			if a, b := answers[n], answers[n+posts/2]; a.Err != nil || b.Err != nil || a.Seq != b.Seq {
				h.Errorf("act %s was answered with %d (%v) and %d (%v)", a.ID, a.Seq, a.Err, b.Seq, b.Err)
			}
		}
		if err := audit.Verify(h.Context(), h.d); err != nil {
			h.Error(err)
		}
	})
}

func TestOneRefusalKeepsNobodyOut(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		stranger := h.act(proceedings.KindAttendance, proceedings.AttendanceBody{Member: id.New(), Status: proceedings.Present})
		first, last := h.present(0), h.present(1)
		answers := h.append(first, stranger, last, first)
		if answers[0].Seq != 1 || answers[2].Seq != 2 || answers[3].Seq != 1 {
			h.Errorf("answers: %+v", answers)
		}
		if f := fault.Of(answers[1].Err); f.Kind != fault.Conflict || f.Key != "room.problem.not_on_roll" {
			h.Errorf("stranger: %v", answers[1].Err)
		}
		h.gapless(2)
	})
}

func TestEveningReachesTheOtherFeatures(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		for n := range 3 {
			h.append(h.present(n))
		}
		h.do(proceedings.KindOpen, proceedings.OpenBody{Chair: h.roll[0].ID})
		if m := must(meeting.Find(h.Context(), h.d, h.org.Root, h.meeting.ID))(h.T); m.State != meeting.Open {
			h.Errorf("after the opening the meeting is %s", m.State)
		}
		given := h.do(proceedings.KindTask, proceedings.TaskBody{Title: "Tuyên truyền ngõ 45", Source: "mục II.2 của nghị quyết", Owners: []string{h.roll[0].ID}, Due: when.On(2026, 12, 28)})
		study := h.do(proceedings.KindOpinion, proceedings.OpinionBody{Speaker: h.roll[1].ID, Stance: proceedings.Propose, Text: "Sửa đèn ngõ"})
		h.do(proceedings.KindDestiny, proceedings.DestinyBody{Opinion: study, Fate: proceedings.ToStudy, Who: h.roll[0].ID, Due: when.On(2027, 1, 3)})
		h.do(proceedings.KindClose, proceedings.CloseBody{})

		if m := must(meeting.Find(h.Context(), h.d, h.org.Root, h.meeting.ID))(h.T); m.State != meeting.Closed {
			h.Errorf("after the closing the meeting is %s", m.State)
		}
		if tasks := must(task.OfMeeting(h.Context(), h.d, h.org.Root, h.meeting.ID))(h.T); len(tasks) != 1 || tasks[0].ID != given || tasks[0].Source != "mục II.2 của nghị quyết" {
			h.Errorf("tasks: %+v", tasks)
		}
		january := when.Month{Year: 2027, Month: 1}
		next := must(meeting.Between(h.Context(), h.d, h.org.Root, h.org.ID, january, january))(h.T)
		if len(next) != 1 {
			h.Fatalf("next month: %+v", next)
		}
		fresh := &room.Service{DB: h.d, Now: h.now}
		if a, b := h.state(), must(fresh.StateOf(h.Context(), h.d, h.org.Root, h.meeting.ID))(h.T); !reflect.DeepEqual(a, b) {
			h.Error("what is remembered differs from what the log says")
		}
		carried := must(meeting.CarriedTo(h.Context(), h.d, h.org.Root, next[0].ID))(h.T)
		if len(carried) != 1 || carried[0].Subject != study || carried[0].Member != h.roll[0].ID {
			h.Errorf("carried: %+v", carried)
		}
	})
}

func TestCorrectionsReachTheLedger(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		h.do(proceedings.KindOpen, proceedings.OpenBody{})
		work := proceedings.TaskBody{Title: "Tuyên truyền", Owners: []string{h.roll[0].ID}, Due: when.On(2026, 12, 28)}
		given := h.do(proceedings.KindTask, work)
		ledger := func() task.Task {
			h.Helper()
			return must(task.Find(h.Context(), h.d, h.org.Root, given))(h.T)
		}
		fix := func(title string) map[string]any {
			return map[string]any{"corrects": given, "title": title, "owners": []string{h.roll[1].ID}, "due": "2026-12-30"}
		}
		h.do(proceedings.KindCorrect, fix("Tuyên truyền ngõ 45"))
		if got := ledger(); got.Title != "Tuyên truyền ngõ 45" || got.Owners[0] != h.roll[1].ID || got.Due != when.On(2026, 12, 30) {
			h.Errorf("changed: %+v", got)
		}
		h.do(proceedings.KindCorrect, proceedings.CorrectBody{Corrects: given, Void: true, Because: "ghi nhầm"})
		if got := ledger(); got.State != task.Withdrawn {
			h.Errorf("taken back: %s", got.State)
		}
		h.do(proceedings.KindCorrect, fix("Tuyên truyền cả tổ"))
		if got := ledger(); got.State == task.Withdrawn || got.Title != "Tuyên truyền cả tổ" {
			h.Errorf("given again: %+v", got)
		}
	})
}

func TestVerdictsReachTheLedger(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		h.do(proceedings.KindOpen, proceedings.OpenBody{})
		given := h.do(proceedings.KindTask, proceedings.TaskBody{Title: "Thu gom rác", Owners: []string{h.roll[0].ID}, Due: when.On(2026, 12, 28)})
		h.do(proceedings.KindClose, proceedings.CloseBody{})

		january := when.Month{Year: 2027, Month: 1}
		h.meeting = must(meeting.Between(h.Context(), h.d, h.org.Root, h.org.ID, january, january))(h.T)[0]
		h.clock.Store(int64(h.meeting.StartsAt))
		h.do(proceedings.KindOpen, proceedings.OpenBody{})
		verdict := h.do(proceedings.KindVerdict, proceedings.VerdictBody{Task: given, Verdict: proceedings.DoneLate, Cause: "Mưa"})
		if got := must(task.Find(h.Context(), h.d, h.org.Root, given))(h.T); got.Verdict != task.Late || got.Cause != "Mưa" {
			h.Errorf("judged: %+v", got)
		}
		h.do(proceedings.KindCorrect, proceedings.CorrectBody{Corrects: verdict, Void: true})
		if got := must(task.Find(h.Context(), h.d, h.org.Root, given))(h.T); got.Verdict != "" {
			h.Errorf("taken back: %+v", got)
		}
	})
}

// A refusal that comes from another feature, after the act had begun to take
// effect, leaves no trace and keeps nobody else out.
func TestRefusalFromAnotherFeatureIsRolledBack(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		h.advance(meeting.Noticed, meeting.Open) // opened behind the room's back
		open, arrival := h.act(proceedings.KindOpen, proceedings.OpenBody{}), h.present(0)
		answers := h.append(arrival, open)
		if answers[0].Seq != 1 || fault.Of(answers[1].Err).Kind != fault.Conflict {
			h.Errorf("answers: %+v", answers)
		}
		h.gapless(1)
		if s := h.state(); s.Phase != proceedings.Waiting || s.Tally().Here != 1 {
			h.Errorf("phase %s, %d here", s.Phase, s.Tally().Here)
		}
	})
}

func TestSetupIsFrozenAtTheOpening(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		h.do(proceedings.KindOpen, proceedings.OpenBody{})
		before := h.state().Setup
		h.clock.Add(int64(time.Hour / time.Millisecond))
		h.do(proceedings.KindTask, proceedings.TaskBody{Title: "Mới", Owners: []string{h.roll[0].ID}, Due: when.On(2026, 12, 28)})
		after := h.state().Setup
		a, b := must(json.Marshal(before))(h.T), must(json.Marshal(after))(h.T)
		if !bytes.Equal(a, b) || len(after.Roll) != 4 || !after.Roll[0].Votes {
			h.Errorf("setup moved:\n%s\n%s", a, b)
		}
	})
}

func TestWhatIsTakenFromADevice(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		refusal := func(a proceedings.Act) string {
			h.Helper()
			return fault.Of(h.append(a)[0].Err).Key
		}
		tomorrow := h.present(0)
		tomorrow.At = tomorrow.At.Add(25 * time.Hour)
		if got := refusal(tomorrow); got != "room.problem.clock" {
			h.Error(got)
		}
		elsewhere := h.present(0)
		elsewhere.Meeting = id.New()
		if got := refusal(elsewhere); got != "room.problem.other_meeting" {
			h.Error(got)
		}
		claimed := h.present(0)
		claimed.By, claimed.Seq, claimed.Received = "somebody", 77, 1
		h.append(claimed)
		if got := h.log()[0]; got.By != "operator" || got.Seq != 1 || got.Received != when.Instant(h.clock.Load()) {
			h.Errorf("what the server knows is the server's: %+v", got)
		}
		h.do(proceedings.KindOpen, proceedings.OpenBody{})
		h.do(proceedings.KindNote, proceedings.NoteBody{Text: "  Nghi\u0323 quye\u0302\u0301t\u0000\u202e "})
		if got := h.state().Notes[0].Text; got != "Nghị quyết" {
			h.Errorf("cleaned: %q", got)
		}
	})
}

func TestDraftAndSealedMeetings(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		h.do(proceedings.KindOpen, proceedings.OpenBody{})
		h.do(proceedings.KindClose, proceedings.CloseBody{})
		h.advance(meeting.Closed, meeting.Sealed)
		if got := fault.Of(h.append(h.act(proceedings.KindWording, proceedings.WordingBody{Passage: "a", Text: "b"}))[0].Err).Key; got != "room.problem.sealed" {
			h.Error(got)
		}
		january := when.Month{Year: 2027, Month: 1}
		h.meeting = must(meeting.Between(h.Context(), h.d, h.org.Root, h.org.ID, january, january))(h.T)[0]
		if got := fault.Of(h.append(h.present(0))[0].Err).Key; got != "room.problem.draft" {
			h.Error(got)
		}
		h.do(proceedings.KindOpen, proceedings.OpenBody{}) // people came all the same
	})
}

func TestForeignMeetingsAreNotThere(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		neighbour := operator()
		neighbour.Grants[0].Path = strings.TrimSuffix(h.org.Path, h.org.ID+"/") + id.New() + "/"
		_, err := h.room.Append(h.Context(), neighbour, h.meeting.ID, []proceedings.Act{h.present(0)})
		if !fault.Is(err, fault.NotFound) {
			h.Errorf("neighbour: %v", err)
		}
		reader := operator()
		reader.Grants[0].Needs = map[access.Need]bool{room.Watch: true, meeting.Follow: true}
		if _, err := h.room.Append(h.Context(), reader, h.meeting.ID, []proceedings.Act{h.present(0)}); !fault.Is(err, fault.NotFound) {
			h.Errorf("reader: %v", err)
		}
		h.gapless(0)
	})
}

// TestWhatIsHeldIsRememberedForItsHoldersAlone has the keeper of a meeting write, so
// that the meeting is remembered, and then others of the same đảng bộ try.
func TestWhatIsHeldIsRememberedForItsHoldersAlone(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		h.do(proceedings.KindOpen, proceedings.OpenBody{})
		holder, stranger, reader := keeper(), keeper(), reader()
		holder.Grants[0].Path, stranger.Grants[0].Path = h.org.Path, "/elsewhere/"
		for _, who := range []*access.Person{&holder, &stranger, &reader} {
			who.Root = h.meeting.Root
		}
		for range 2 {
			if _, err := h.room.Append(h.Context(), holder, h.meeting.ID, []proceedings.Act{h.present(0)}); err != nil {
				h.Error(err)
			}
			for _, who := range []access.Person{stranger, reader} {
				if _, err := h.room.Append(h.Context(), who, h.meeting.ID, []proceedings.Act{h.present(1)}); !fault.Is(err, fault.NotFound) {
					h.Errorf("somebody else: %v", err)
				}
			}
		}
		// The cell is moved below another unit: whoever holds what is there, holds its meetings.
		err := h.d.Tx(h.Context(), func(tx *db.Tx) error {
			_, err := db.Exec(h.Context(), tx, `UPDATE organization SET path = '/elsewhere' || path WHERE id = $1`, h.meeting.Organization)
			return err
		})
		if err != nil {
			h.Fatal(err)
		}
		if _, err := h.room.Append(h.Context(), holder, h.meeting.ID, []proceedings.Act{h.present(1)}); !fault.Is(err, fault.NotFound) {
			h.Errorf("after the move the old keeper: %v", err)
		}
		if _, err := h.room.Append(h.Context(), stranger, h.meeting.ID, []proceedings.Act{h.present(1)}); err != nil {
			h.Error(err)
		}
	})
}
