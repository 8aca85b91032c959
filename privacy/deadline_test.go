package privacy

import (
	"testing"
	"time"

	"chibo/kit/fault"
	"chibo/kit/when"
)

func day(t *testing.T, s string) when.Date {
	t.Helper()
	d, err := when.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestLimits counts working days from the day after a request came, over weekends, New
// Year, Tết and the Hùng Kings.
func TestLimits(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		claim        Claim
		made         string
		accept, done string
	}{
		{Know, "2026-11-03", "2026-11-05", "2026-11-17"},     // a Tuesday
		{Know, "2026-11-06", "2026-11-10", "2026-11-20"},     // a Friday: Monday is the first day
		{Correct, "2026-12-31", "2027-01-05", "2027-01-15"},  // over New Year, a Friday
		{Object, "2027-02-04", "2027-02-11", "2027-03-02"},   // Tết is off from 5 to 9 February
		{Delete, "2027-02-04", "2027-02-11", "2027-03-09"},   // the same
		{Withdraw, "2027-02-06", "2027-02-11", "2027-03-02"}, // in Tết itself
		{Restrict, "2027-04-15", "2027-04-20", "2027-05-10"}, // the Hùng Kings on 16 April, 30 April
	} {
		r := Request{Claim: tt.claim}.made(day(t, tt.made).At(10, 0))
		if got := r.AcceptBy.Date().String(); got != tt.accept {
			t.Errorf("%s made on %s: accepted by %s, want %s", tt.claim, tt.made, got, tt.accept)
		}
		if got := r.DueAt.Date().String(); got != tt.done {
			t.Errorf("%s made on %s: done by %s, want %s", tt.claim, tt.made, got, tt.done)
		}
	}
}

// TestCourse follows one request: silent after two days, accepted, with a third party,
// extended once, late, done.
func TestCourse(t *testing.T) {
	t.Parallel()
	came := day(t, "2026-11-03").At(10, 0)
	r := Request{Claim: Know}.made(came)
	if r.Late(r.AcceptBy) || !r.Silent(r.AcceptBy.Add(time.Second)) || !r.Late(r.AcceptBy.Add(time.Second)) {
		t.Errorf("silence begins after %v", r.AcceptBy)
	}
	more := Extending{Days: 15, Why: "hỏi cơ quan giữ hồ sơ"}
	if _, err := r.extended(more, came); !fault.Is(err, fault.Conflict) {
		t.Errorf("extended before it was accepted: %v", err)
	}
	alone, err := r.accepted(false, "m", came)
	if err != nil || alone.DueAt != r.DueAt || alone.Late(r.AcceptBy.Add(time.Second)) {
		t.Errorf("accepted: %+v, %v", alone, err)
	}
	r, err = r.accepted(true, "m", came)
	if err != nil || r.DueAt.Date().String() != "2026-12-01" {
		t.Errorf("with a third party: %v, %v", r.DueAt, err)
	}
	if _, err := r.accepted(true, "m", came); !fault.Is(err, fault.Conflict) {
		t.Errorf("accepted twice: %v", err)
	}
	for _, wrong := range []Extending{{Days: 0, Why: "x"}, {Days: 16, Why: "x"}, {Days: 5}} {
		if _, err := r.extended(wrong, came); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: %v", wrong, err)
		}
	}
	if _, err := r.extended(more, r.DueAt.Add(time.Second)); !fault.Is(err, fault.Conflict) {
		t.Errorf("extended too late: %v", err)
	}
	r, err = r.extended(more, r.DueAt)
	if err != nil || r.DueAt.Date().String() != "2026-12-22" {
		t.Errorf("extended: %v, %v", r.DueAt, err)
	}
	if _, err := r.extended(more, came); !fault.Is(err, fault.Conflict) {
		t.Errorf("extended twice: %v", err)
	}
	if r.Late(r.DueAt) || !r.Late(r.DueAt.Add(time.Second)) {
		t.Errorf("late after %v", r.DueAt)
	}
	r.State = Done
	if r.Late(r.DueAt.Add(time.Second)) || r.Open() {
		t.Error("what is done is late")
	}
}
