package faults

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"chibo/e2e/program"
)

// TestKillLosesNoAcknowledgedAct kills the server in the middle of appends, again and
// again: every act it has acknowledged is there afterwards under its number, and the
// numbers have no gaps.
func TestKillLosesNoAcknowledgedAct(t *testing.T) {
	data := t.TempDir()
	p, demo := program.StartDemo(t, "--cells", "2", "--members", "24", "--data", data)
	p.Stop()
	p = program.StartServe(t, data)
	name, password := demo.Account(t, "secretary")
	client := program.SignIn(t, p.URL, name, password)
	l := newLoad(t, demo.Meeting(t, "open"), place{p.URL, client})
	for range 4 {
		l.under(100, func() {
			p.Kill()
			p.Again()
		})
	}
	l.holds("kill -9, SQLite, 4 times", program.ReadLog(t, client, p.URL, l.meeting))
	p.Stop()
	if out, err := program.Run(t, "verify", "--data", data); err != nil {
		t.Errorf("verify: %v\n%s", err, out)
	}
}

// TestAnEarlyAnswerIsFound puts a front before the program that acknowledges acts which the
// program has not got yet: what is lost with it must be seen.
func TestAnEarlyAnswerIsFound(t *testing.T) {
	liar := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`[{"id":"never-written","seq":1}]`))
	}))
	defer liar.Close()
	l := newLoad(t, "meeting", place{liar.URL, liar.Client()})
	l.send(l.places[0], program.Guest("meeting", "Khách"))
	if len(l.lost(nil)) != 1 {
		t.Error("an act that was acknowledged and never written is not missed")
	}
}
