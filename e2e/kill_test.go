// Package e2e tests the program from outside: in a real browser, and as a process
// that is killed.
package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"chibo/e2e/program"
	"chibo/kit/id"
)

// act is an act as programs send and read it.
type act struct {
	ID      string          `json:"id"`
	Meeting string          `json:"meeting"`
	Kind    string          `json:"kind"`
	At      time.Time       `json:"at"`
	Body    json.RawMessage `json:"body"`
	Seq     int64           `json:"seq,omitempty"`
	// Received is the clock of the server.
	Received time.Time `json:"received,omitzero"`
}

type answer struct {
	ID    string
	Seq   int64
	Error *struct{ Kind, Message string }
}

// TestKillLosesNoAcknowledgedAct kills the server in the middle of appends, again
// and again: every act it has acknowledged is there afterwards under its number,
// and the numbers have no gaps.
func TestKillLosesNoAcknowledgedAct(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	p, demo := program.StartDemo(t, "--cells", "2", "--members", "24", "--data", data)
	name, password := demo.Account(t, "secretary")
	meeting := demo.Meeting(t, "open")
	p.Stop()

	acknowledged := map[string]int64{}
	for round := range 4 {
		p := program.StartServe(t, data)
		client := program.SignIn(t, p.URL, name, password)
		appendUntilKilled(t, p, client, meeting, 60+20*round, acknowledged)
	}
	after := program.StartServe(t, data)
	client := program.SignIn(t, after.URL, name, password)
	log := readLog(t, client, after.URL, meeting)
	stored := map[string]int64{}
	for i, a := range log {
		if a.Seq != int64(i+1) {
			t.Fatalf("number %d stands at place %d", a.Seq, i+1)
		}
		stored[a.ID] = a.Seq
	}
	for id, seq := range acknowledged {
		if stored[id] != seq {
			t.Errorf("act %s was acknowledged as %d and is stored as %d", id, seq, stored[id])
		}
	}
	if len(acknowledged) < 200 {
		t.Errorf("only %d acts were acknowledged: the test shows little", len(acknowledged))
	}
	after.Stop()
	if out, err := program.Run(t, "verify", "--data", data); err != nil {
		t.Errorf("verify: %v\n%s", err, out)
	}
}

// appendUntilKilled lets eight writers append until enough acts are acknowledged,
// and then kills the program under them.
func appendUntilKilled(t *testing.T, p *program.Process, client *http.Client, meeting string, enough int, acknowledged map[string]int64) {
	t.Helper()
	var mu sync.Mutex
	count := 0
	var killed sync.Once
	var writers sync.WaitGroup
	for w := range 8 {
		writers.Go(func() {
			for n := 0; ; n++ {
				body := json.RawMessage(fmt.Sprintf(`{"name":"Khách %d-%d","office":"Trưởng ban","organisation":"Ban công tác Mặt trận"}`, w, n))
				answers, err := post(client, p.URL, meeting, act{ID: id.New(), Meeting: meeting, Kind: "guest", At: time.Now(), Body: body})
				if err != nil {
					return // killed
				}
				mu.Lock()
				for _, a := range answers {
					if a.Error != nil {
						t.Errorf("refused: %+v", *a.Error)
						mu.Unlock()
						return
					}
					acknowledged[a.ID] = a.Seq
					count++
				}
				full := count >= enough
				mu.Unlock()
				if full {
					killed.Do(p.Kill)
				}
			}
		})
	}
	writers.Wait()
}

func post(client *http.Client, base, meeting string, acts ...act) ([]answer, error) {
	b, err := json.Marshal(acts)
	if err != nil {
		return nil, err
	}
	r, err := client.Post(base+"/rooms/"+meeting+"/acts", "application/json", bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Body.Close() }()
	if r.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("acts: %s", r.Status)
	}
	var answers []answer
	return answers, json.NewDecoder(r.Body).Decode(&answers)
}

func readLog(t *testing.T, client *http.Client, base, meeting string) []act {
	t.Helper()
	r, err := client.Get(base + "/rooms/" + meeting + "/acts?after=0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Body.Close() }()
	var acts []act
	if err := json.NewDecoder(r.Body).Decode(&acts); err != nil {
		t.Fatal(err)
	}
	return acts
}
