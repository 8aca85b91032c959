package app_test

import (
	"bufio"
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	nats "github.com/nats-io/nats-server/v2/server"

	"chibo/app"
	"chibo/app/world/worldtest"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/proceedings"
)

// deaf gives a node a bus that nobody answers on.
func deaf(cfg *app.Config) { cfg.NATS = "nats://127.0.0.1:1" }

// TestNodesGuessTogether: wrong passwords are counted wherever they are typed.
func TestNodesGuessTogether(t *testing.T) {
	t.Parallel()
	here := worldtest.OnPostgres(t)
	nodes := []*worldtest.World{here, here.Node(nil)}
	name := here.Account("member").Name
	guess := func(n int) int {
		return nodes[n%2].As("stranger").Post("/sign-in", "name", name, "password", "sai-"+strconv.Itoa(n)).Status
	}
	for n := range 10 {
		if got := guess(n); got != http.StatusUnprocessableEntity {
			t.Fatalf("guess %d is answered with %d", n+1, got)
		}
	}
	for n := range nodes {
		if got := guess(n); got != http.StatusTooManyRequests {
			t.Errorf("guess 11 is answered with %d by node %d", got, n)
		}
	}
}

// TestWhoIsOutIsOutEverywhere closes an account on one node while its owner presses on
// another, which no bus tells of it: no press that began two seconds later is answered.
func TestWhoIsOutIsOutEverywhere(t *testing.T) {
	t.Parallel()
	here := worldtest.OnPostgres(t)
	there := here.Node(deaf)
	member := here.As("member").At(there)
	if a := member.Get("/me"); a.Status != http.StatusOK {
		t.Fatalf("a session of one node is answered with %d by another", a.Status)
	}
	if err := here.App.Accounts.Close(t.Context(), here.Person("secretary"), here.Person("member").Account); err != nil {
		t.Fatal(err)
	}
	closed := time.Now()
	for begun := closed; member.Get("/me").Status == http.StatusOK; begun = time.Now() {
		if late := begun.Sub(closed); late > 2*time.Second {
			t.Fatalf("answered %v after the account was closed", late)
		}
	}
}

// view is a projector that watches a meeting at a node.
type view struct {
	t     *testing.T
	lines *bufio.Scanner
}

// watch opens the stream of a page of a meeting, "/screens/{id}", at a node, with the session of the
// secretary of here.
func watch(t *testing.T, here, node *worldtest.World, page string) *view {
	t.Helper()
	server := httptest.NewServer(node.App.Handler())
	t.Cleanup(server.Close)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+page+"/live", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	here.As("secretary").Do(r) // who watches
	r.Header.Set("Accept", "text/event-stream")
	answer, err := server.Client().Do(r) //nolint:bodyclose // by Cleanup
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = answer.Body.Close() })
	v := &view{t, bufio.NewScanner(answer.Body)}
	v.lines.Buffer(nil, 1<<20)
	v.next()
	return v
}

// next returns the next thing that is shown, or the sign of life.
func (v *view) next() string {
	v.t.Helper()
	for v.lines.Scan() {
		if strings.HasPrefix(v.lines.Text(), "id: ") || v.lines.Text() == beat {
			return v.lines.Text()
		}
	}
	v.t.Fatal("the stream has ended", v.lines.Err())
	return ""
}

const beat = "event: beat"

// enter has the secretary enter a guest at a node and returns when it was acknowledged.
func enter(t *testing.T, here, node *worldtest.World, at string) time.Time {
	t.Helper()
	appends(t, here, node, at, proceedings.KindGuest, proceedings.GuestBody{Name: "Lê Thị Khách", Office: "Trưởng ban", Organisation: "Ban công tác Mặt trận"})
	return time.Now()
}

// appends has the secretary add an act at a node and returns its id.
func appends(t *testing.T, here, node *worldtest.World, at string, kind proceedings.ActKind, body any) string {
	t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	act := proceedings.Act{ID: id.New(), Meeting: at, Kind: kind, At: when.At(here.Clock.Now()), Body: raw}
	acts, err := json.Marshal([]proceedings.Act{act})
	if err != nil {
		t.Fatal(err)
	}
	if a := here.As("secretary").At(node).PostJSON("/rooms/"+at+"/acts", string(acts)); a.Status != http.StatusOK || strings.Contains(a.Body, `"error":{`) {
		t.Fatalf("%s: %d %s", kind, a.Status, a.Body)
	}
	return act.ID
}

// shows fails unless an act is shown before the next sign of life, and returns how late.
func (v *view) shows(written time.Time) time.Duration {
	v.t.Helper()
	if v.next() == beat {
		v.t.Error("nothing was shown before the sign of life")
	}
	return time.Since(written).Round(time.Millisecond)
}

// TestAViewFollowsWithoutABus watches the projector of one node while the other writes and
// neither hears a word: it follows before the first sign of life.
func TestAViewFollowsWithoutABus(t *testing.T) {
	t.Parallel()
	here := worldtest.OnPostgres(t)
	at := here.Meeting(meeting.Open)
	v := watch(t, here, here.Node(deaf), "/screens/"+at)
	t.Logf("shown %v after it was written", v.shows(enter(t, here, here, at)))
}

// TestAViewThatWaitsForTheBusIsFound has a node draw only when it hears something: the sign of
// life must come first.
func TestAViewThatWaitsForTheBusIsFound(t *testing.T) {
	t.Parallel()
	here := worldtest.OnPostgres(t)
	node := here.Node(deaf)
	node.App.Live.Look, node.App.Live.Beat = 0, 300*time.Millisecond
	at := here.Meeting(meeting.Open)
	v := watch(t, here, node, "/screens/"+at)
	enter(t, here, here, at)
	if told := v.next(); told != beat {
		t.Errorf("%q was shown by a node that hears nothing and looks at nothing", told)
	}
}

// TestThePagesOfARoomHearOfABallot has somebody vote by phone while the page of the room is open:
// it hears how many have, and of no vote once that is taken back.
func TestThePagesOfARoomHearOfABallot(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		at, member := w.Meeting(meeting.Open), w.Person("member")
		appends(t, w, w, at, proceedings.KindAttendance, proceedings.AttendanceBody{Member: member.Member, Status: proceedings.Present})
		v := watch(t, w, w, "/rooms/"+at)
		vote := appends(t, w, w, at, proceedings.KindVoteOpen, proceedings.VoteOpenBody{
			Matter: proceedings.MatterResolution, Question: "Chọn ngày đi thực tế?", Method: proceedings.Phone,
		})
		if told := v.next(); !strings.HasSuffix(told, ".0") {
			t.Errorf("of a vote that has begun is told %q", told)
		}
		if err := w.App.Ballots.Cast(t.Context(), member, vote, []string{proceedings.OptionFor}); err != nil {
			t.Fatal(err)
		}
		if told := v.next(); !strings.HasSuffix(told, ".1") {
			t.Errorf("of a ballot is told %q", told)
		}
		appends(t, w, w, at, proceedings.KindCorrect, proceedings.CorrectBody{Corrects: vote, Void: true, Because: "hỏi nhầm"})
		if told := v.next(); strings.Contains(told, ".") {
			t.Errorf("of a vote that was taken back is told %q", told)
		}
	})
}

// startNATS starts a server at a port, any where it is -1.
func startNATS(t *testing.T, port int) *nats.Server {
	t.Helper()
	s, err := nats.NewServer(&nats.Options{Host: "127.0.0.1", Port: port, NoLog: true, NoSigs: true, StoreDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	go s.Start()
	if !s.ReadyForConnections(20 * time.Second) {
		t.Fatal("the NATS server does not answer")
	}
	return s
}

func stopNATS(s *nats.Server) {
	s.Shutdown()
	s.WaitForShutdown()
}

// TestNATSIsKilledDuringAMeeting stops the server of the bus while one node writes and the other
// shows, and starts it again: every act is shown meanwhile, none is lost, and in the end the
// nodes speak by the bus again.
func TestNATSIsKilledDuringAMeeting(t *testing.T) {
	t.Parallel()
	server := startNATS(t, nats.RANDOM_PORT)
	t.Cleanup(func() { stopNATS(server) })
	here := worldtest.OnPostgres(t)
	byNATS := func(cfg *app.Config) { cfg.NATS = server.ClientURL() }
	writer, shower, at := here.Node(byNATS), here.Node(byNATS), here.Meeting(meeting.Open)
	v := watch(t, here, shower, "/screens/"+at)
	entered := 0
	during := func(what string) {
		t.Helper()
		var latest time.Duration
		for range 3 {
			latest = max(latest, v.shows(enter(t, here, writer, at)))
			entered++
		}
		t.Logf("%s: shown after %v at most", what, latest)
	}
	during("with the bus")
	port := server.Addr().(*net.TCPAddr).Port
	stopNATS(server)
	during("without the bus")
	server = startNATS(t, port)
	for server.NumClients() < 2 {
		<-time.After(10 * time.Millisecond) // the nodes come back by themselves, or the time of the test ends
	}
	during("with the bus again")
	if told, err := server.Varz(nil); err != nil || told.InMsgs == 0 {
		t.Errorf("nothing is said on the bus that has come back: %v", err)
	}
	for n, w := range []*worldtest.World{writer, shower} {
		if got := strings.Count(here.As("secretary").At(w).Get("/rooms/"+at+"/acts?after=0").Body, "Lê Thị Khách"); got != entered {
			t.Errorf("node %d tells %d of %d acts", n, got, entered)
		}
	}
}

// TestPostgresEndsItsConnectionsDuringAMeeting takes every connection away, those of the bus among
// them, again and again: every act is shown and none is lost.
func TestPostgresEndsItsConnectionsDuringAMeeting(t *testing.T) {
	t.Parallel()
	here := worldtest.OnPostgres(t)
	shower, at := here.Node(nil), here.Meeting(meeting.Open)
	v := watch(t, here, shower, "/screens/"+at)
	admin, err := pgx.Connect(t.Context(), here.App.Database)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = admin.Close(t.Context()) }()
	var latest time.Duration
	for range 3 {
		// The bus speaks and listens through connections of its own, which may be on their way.
		for ended := int64(0); ended == 0; <-time.After(10 * time.Millisecond) {
			done, err := admin.Exec(t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND query ~* 'listen|notify'`)
			if err != nil {
				t.Fatal(err)
			}
			ended = done.RowsAffected()
		}
		latest = max(latest, v.shows(enter(t, here, here, at)))
	}
	t.Logf("shown after %v at most", latest)
}
