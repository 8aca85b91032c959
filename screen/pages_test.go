package screen_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/proceedings"
)

// evening is the open meeting of the world's first cell.
type evening struct {
	*worldtest.World
	t       *testing.T
	meeting string
}

func open(t *testing.T, w *worldtest.World) evening {
	t.Helper()
	return evening{w, t, w.Meeting(meeting.Open)}
}

// enter adds an act and returns its id.
func (e evening) enter(kind proceedings.ActKind, body any) string {
	e.t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		e.t.Fatal(err)
	}
	act := proceedings.Act{ID: id.New(), Kind: kind, At: when.At(e.Clock.Now()), Body: raw}
	acts, err := json.Marshal([]proceedings.Act{act})
	if err != nil {
		e.t.Fatal(err)
	}
	a := e.As("secretary").PostJSON("/rooms/"+e.meeting+"/acts", string(acts))
	if a.Status != http.StatusOK || strings.Contains(a.Body, "error") {
		e.t.Fatalf("%s: %d %s", kind, a.Status, a.Body)
	}
	return act.ID
}

func (e evening) shows(who, path string, there []string, absent ...string) {
	e.t.Helper()
	a := e.As(who).Get(path + e.meeting)
	if a.Status != http.StatusOK {
		e.t.Fatalf("%s%s: %d", who, path, a.Status)
	}
	for _, text := range there {
		if !strings.Contains(a.Body, text) {
			e.t.Errorf("%s lacks %q", path, text)
		}
	}
	for _, text := range absent {
		if strings.Contains(a.Body, text) {
			e.t.Errorf("%s shows %q", path, text)
		}
	}
}

// ahead returns an item that has not been started.
func (e evening) ahead() proceedings.Item {
	e.t.Helper()
	home, _ := e.Person("secretary").Home()
	s, err := e.App.Rooms.StateOf(e.t.Context(), e.App.DB, home.Root, e.meeting)
	if err != nil {
		e.t.Fatal(err)
	}
	i, ok := s.Next()
	if !ok {
		e.t.Fatal("no item is ahead")
	}
	return i
}

func TestTheHallSeesTheVote(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		e := open(t, w)
		i := e.ahead()
		e.enter(proceedings.KindItemStart, proceedings.ItemStartBody{Item: i.ID})
		e.shows("member", "/screens/", []string{i.Title, "Có mặt", `data-stage="talking"`}, "Biểu quyết", `name="password"`, "<nav")
		e.shows("member", "/phones/", []string{i.Title, "Đang bàn"})

		vote := e.enter(proceedings.KindVoteOpen, proceedings.VoteOpenBody{Item: i.ID, Matter: proceedings.MatterResolution, Question: "Thông qua việc quét ngõ?", Method: proceedings.Hand})
		e.shows("member", "/screens/", []string{"Đang biểu quyết", "Thông qua việc quét ngõ?", "quá 1/2"}, "Được thông qua")
		e.shows("member", "/phones/", []string{"Đang biểu quyết", "giơ tay"})
		e.enter(proceedings.KindVoteCount, proceedings.VoteCountBody{Vote: vote, For: 1})
		e.shows("member", "/screens/", []string{`<div class="wall-figure num">1</div>`})
		e.enter(proceedings.KindVoteClose, proceedings.VoteCloseBody{Vote: vote})
		e.shows("member", "/screens/", []string{"Không được thông qua", "Cần quá 1/2"}, "Đang biểu quyết")

		secret := e.enter(proceedings.KindVoteOpen, proceedings.VoteOpenBody{Item: i.ID, Matter: proceedings.MatterDiscipline, Question: "Khiển trách?", Method: proceedings.Ballot})
		e.enter(proceedings.KindVoteSheet, proceedings.VoteSheetBody{Vote: secret, Issued: 1, Returned: 1, For: 1, Head: w.Person("secretary").Member})
		e.shows("member", "/screens/", []string{"Khiển trách?", "Bỏ phiếu kín"}, "wall-figure")
	})
}

// The home page leads members to the meeting that is going on, and whoever holds it
// into the room alone.
func TestHomeLeadsToTheMeeting(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		phone := "/phones/" + open(t, w).meeting
		for who, want := range map[string]bool{"member": true, "probationary": true, "secretary": false, "deputy": false} {
			if got := strings.Contains(w.As(who).Get("/").Body, phone); got != want {
				t.Errorf("%s: leads to the phone's page: %v, want %v", who, got, want)
			}
		}
	})
}

// TestTheWallLeadsBack: who holds the meeting finds the way back into the room on the page that they
// have opened for the hall; what is sent to the hall later does not have it.
func TestTheWallLeadsBack(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	id := open(t, w).meeting
	for who, want := range map[string]bool{"secretary": true} {
		a := w.As(who).Get("/screens/" + id)
		if a.Status != http.StatusOK || strings.Contains(a.Body, `class="wall-back" href="/rooms/`+id+`"`) != want {
			t.Errorf("%s: %d, the way back: want %t", who, a.Status, want)
		}
	}
}

// The hall sees how many have voted by phone, and the words of the ballot nowhere; once the
// vote is taken back it sees nothing of it.
func TestAPollTellsItsTurnoutOnly(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		e := open(t, w)
		member := w.Person("member")
		e.enter(proceedings.KindAttendance, proceedings.AttendanceBody{Member: member.Member, Status: proceedings.Present})
		const question, answer = "Chọn ngày đi thực tế?", "Không tán thành"
		vote := e.enter(proceedings.KindVoteOpen, proceedings.VoteOpenBody{Matter: proceedings.MatterResolution, Question: question, Method: proceedings.Phone})
		home, _ := w.Person("secretary").Home()
		state, err := w.App.Rooms.StateOf(t.Context(), w.App.DB, home.Root, e.meeting)
		if err != nil {
			t.Fatal(err)
		}
		of := fmt.Sprintf("/%d<", len(state.Entitled()))
		e.shows("secretary", "/screens/", []string{question, ">0" + of}, answer)
		e.shows("member", "/phones/", []string{`id="ballots" role="alert"`, question}, answer)
		if err := w.App.Ballots.Cast(t.Context(), member, vote, []string{proceedings.OptionAgainst}); err != nil {
			t.Fatal(err)
		}
		e.shows("secretary", "/screens/", []string{question, ">1" + of}, answer)
		e.shows("member", "/phones/", []string{`id="ballots"`}, `id="ballots" role="alert"`)
		e.enter(proceedings.KindCorrect, proceedings.CorrectBody{Corrects: vote, Void: true, Because: "hỏi nhầm"})
		e.shows("secretary", "/screens/", nil, question)
	})
}

// TestTheStreamFollows watches through a real server: an act is shown, and a session
// that has ended sees nothing more.
func TestTheStreamFollows(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		e := open(t, w)
		for _, page := range []string{"/screens/", "/phones/"} {
			if a := w.As("member").Get(page + e.meeting + "/live"); a.Location() != page+e.meeting {
				t.Errorf("a browser that opens the stream is sent to %q", a.Location())
			}
		}
		server := httptest.NewServer(w.App.Handler())
		defer server.Close()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/screens/"+e.meeting+"/live", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept", "text/event-stream")
		r.Header.Set("Accept-Language", "vi")
		r.Header.Set("Cookie", cookies(t, w))
		answer, err := server.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = answer.Body.Close() }()
		if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Security-Policy") == "" {
			t.Fatalf("%d %v", answer.StatusCode, answer.Header)
		}
		i := e.ahead()
		e.enter(proceedings.KindItemStart, proceedings.ItemStartBody{Item: i.ID})
		lines := bufio.NewScanner(answer.Body)
		for lines.Scan() && !strings.Contains(lines.Text(), fmt.Sprintf("<h1>%s</h1>", i.Title)) {
		}
		if lines.Err() != nil {
			t.Error("the item never came: ", lines.Err())
		}
		if n := w.App.Live.Watching(); n != 1 {
			t.Errorf("%d watch", n)
		}
	})
}

// cookies signs a member in and returns what their browser sends.
func cookies(t *testing.T, w *worldtest.World) string {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/me", http.NoBody)
	w.As("member").Do(r)
	return r.Header.Get("Cookie")
}
