package e2e

import (
	"slices"
	"testing"
	"time"

	"chibo/e2e/browser"
	"chibo/e2e/program"
)

// TestServerGoesAtEachStep takes the server away before each step of an evening and
// gives it back after it: the step is done at once, and the server has it, once,
// when it is there again.
func TestServerGoesAtEachStep(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	h.ready()
	before := len(h.acts())
	var want []string
	for _, step := range []struct {
		name string
		do   func()
		acts []string
	}{
		{"an item starts", h.next, []string{"item.start"}},
		{"somebody leaves", func() { h.leaves(h.first()) }, []string{"attendance"}},
		{"an opinion", func() {
			h.say("Ý kiến giữa lúc máy chủ mất")
			h.See("Ý kiến giữa lúc máy chủ mất")
		}, []string{"opinion"}},
		{"hands are counted", func() { h.count("Nhất trí với báo cáo") }, []string{"vote.open", "vote.count", "vote.close"}},
		{"a task", func() { h.give("Treo cờ dịp lễ") }, []string{"task"}},
		{"the closing", h.close, []string{"close"}},
		{"the minutes", h.adopt, []string{"readback", "adopt"}},
	} {
		h.server.Kill()
		step.do()
		h.server.Again()
		h.delivered()
		want = append(want, step.acts...)
		if got := kindsOf(h.acts()[before:]); !slices.Equal(got, want) {
			t.Fatalf("after %s the server has %q, entered was %q", step.name, got, want)
		}
	}
}

// TestClockTenMinutesWrong holds that a device whose clock is wrong loses nothing:
// both times are in the log, the device's and the server's.
func TestClockTenMinutesWrong(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	h.ready()
	h.Clock(-10 * time.Minute)
	h.Go(h.path())
	h.ready()
	before := len(h.acts())
	h.server.Kill()
	h.say("Máy chạy chậm mười phút")
	h.See("Máy chạy chậm mười phút")
	h.server.Again()
	h.delivered()
	acts := h.acts()[before:]
	if len(acts) != 1 {
		t.Fatalf("the server has %q", kindsOf(acts))
	}
	if behind := acts[0].Received.Sub(acts[0].At); behind < 10*time.Minute || behind > 12*time.Minute {
		t.Errorf("the act is %v older than its arrival", behind)
	}
}

// TestTwoDevicesRace lets two telephones write the same meeting without a server,
// each what it sees, and gives the server back: it has what both did, and both show
// the same evening.
func TestTwoDevicesRace(t *testing.T) {
	t.Parallel()
	one := newHall(t)
	two := *one
	two.name, two.password = one.demo.Account(t, "deputy")
	two.Page = browser.New(t, one.server.URL, browser.Phone)
	signIn(two.Page, two.name, two.password)
	two.Go(two.path())
	one.ready()
	two.ready()
	before := len(one.acts())
	one.server.Kill()

	early := one.first()
	two.leaves(early)
	one.say("Bí thư ghi câu này")
	one.See("Bí thư ghi câu này")
	two.say("Phó bí thư ghi câu này")
	two.See("Phó bí thư ghi câu này")
	one.give("Việc do bí thư giao")
	two.Miss("Việc do bí thư giao")

	one.server.Again()
	one.delivered()
	two.delivered()
	for _, h := range []*hall{one, &two} {
		h.See("Bí thư ghi câu này")
		h.See("Phó bí thư ghi câu này")
		h.See("Việc do bí thư giao")
		h.Press("Điểm danh")
		h.In(early).See("Về sớm")
	}
	got := kindsOf(one.acts()[before:])
	slices.Sort(got)
	if want := []string{"attendance", "opinion", "opinion", "task"}; !slices.Equal(got, want) {
		t.Errorf("the server has %q, entered was %q", got, want)
	}
	// The order of arrival differs from device to device; what they show does not.
	const evening = `[...document.querySelectorAll("#room-work article, #room-work li, #room-roll li b, #room-roll li .tag")].map((e) => e.textContent.replace(/\d+:\d\d/g, "").replace(/\s+/g, " ")).join("\n")`
	if a, b := browser.Run[string](one.Page, evening), browser.Run[string](two.Page, evening); a != b {
		t.Errorf("one shows\n%s\n\ntwo shows\n%s", a, b)
	}
}

// leaves marks a member as gone.
func (h *hall) leaves(name string) {
	h.t.Helper()
	h.Press("Điểm danh")
	h.In(name).Press("Khác")
	h.Press("Về sớm: " + name)
	h.In(name).See("Về sớm")
	h.Press("Ghi chép")
}

func kindsOf(acts []program.Act) []string {
	kinds := make([]string, len(acts))
	for n, a := range acts {
		kinds[n] = a.Kind
	}
	return kinds
}
