package app_test

import (
	"bufio"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"chibo/app"
	"chibo/app/world/worldtest"
	"chibo/kit/id"
	"chibo/meeting"
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

// TestAViewFollowsWithoutABus watches the projector of one node while the other writes and
// neither hears a word: it follows before the first sign of life.
func TestAViewFollowsWithoutABus(t *testing.T) {
	t.Parallel()
	here := worldtest.OnPostgres(t)
	there := here.Node(deaf)
	at := here.Meeting(meeting.Open)
	server := httptest.NewServer(there.App.Handler())
	defer server.Close()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/screens/"+at+"/live", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	here.As("secretary").Do(r) // who watches
	r.Header.Set("Accept", "text/event-stream")
	answer, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	lines := bufio.NewScanner(answer.Body)
	lines.Buffer(nil, 1<<20)
	next := func() string {
		for lines.Scan() {
			if strings.HasPrefix(lines.Text(), "id: ") || lines.Text() == "event: beat" {
				return lines.Text()
			}
		}
		t.Fatal("the stream has ended", lines.Err())
		return ""
	}
	next()
	act := `[{"id":"` + id.New() + `","meeting":"` + at + `","kind":"guest","at":"` + here.Clock.Now().Format(time.RFC3339) + `","body":{"name":"Lê Thị Khách","office":"Trưởng ban","organisation":"Ban công tác Mặt trận"}}]`
	if a := here.As("secretary").PostJSON("/rooms/"+at+"/acts", act); a.Status != http.StatusOK || strings.Contains(a.Body, `"error":{`) {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	written := time.Now()
	if told := next(); told == "event: beat" {
		t.Fatal("nothing was shown before the first sign of life")
	}
	t.Logf("shown %v after it was written", time.Since(written).Round(time.Millisecond))
}
