package e2e

import (
	"fmt"
	"testing"

	"chibo/e2e/browser"
)

// TestTwoDevicesCountDifferently puts a question, takes the server away and lets two
// telephones count the same hands differently. When both are back, both show what
// was written on which of them; one chooses, the vote closes, and the minutes have
// the figure that was chosen.
func TestTwoDevicesCountDifferently(t *testing.T) {
	t.Parallel()
	const question = "Thông qua nghị quyết tháng này"
	one := newHall(t)
	one.ready()
	one.Press("Mở biểu quyết")
	one.Type("Nội dung biểu quyết", question)
	one.Send("Mở biểu quyết")
	one.In("Biểu quyết", question).See("Tán thành")
	one.delivered()
	two := one.another(t, "deputy")
	two.In(question).See("Tán thành")

	one.server.Kill()
	one.counts(question, 3)
	two.counts(question, 2)
	for _, h := range []*hall{one, two} {
		h.Miss("Hai máy ghi khác nhau")
	}
	one.server.Again()
	one.delivered()
	two.delivered()

	for _, h := range []*hall{one, two} {
		h.See("Hai máy ghi khác nhau")
		card := h.In("Số đếm biểu quyết: " + question)
		card.See("Tán thành 3 · không tán thành 0")
		card.See("Tán thành 2 · không tán thành 0")
		card.See("máy này")
		card.See("máy khác")
		h.In(question, "hands").Miss("Kết thúc biểu quyết")
		h.See("Hai máy đếm khác nhau, chưa chọn: " + question)
	}
	// Out of reach again: choosing needs no server.
	one.server.Kill()
	one.Press("Chọn bản này: Tán thành 3")
	one.settles()
	one.In(question).Press("Kết thúc biểu quyết")
	one.In(question).See("thông qua")
	one.server.Again()
	one.delivered()
	two.settles()
	two.In(question).See("3")
	one.Go("/meetings/" + one.meeting + "/minutes")
	one.See(fmt.Sprintf("Tán thành: %d/", 3))
}

// another is a second telephone in the same room, of somebody else.
func (h *hall) another(t *testing.T, office string) *hall {
	t.Helper()
	two := *h
	two.name, two.password = h.demo.Account(t, office)
	two.Page = browser.New(t, h.server.URL, browser.Phone)
	signIn(two.Page, two.name, two.password)
	two.Go(two.path())
	two.ready()
	return &two
}

// settles waits until nothing is left to choose.
func (h *hall) settles() {
	h.t.Helper()
	h.Wait("waiting for the choice", `!document.getElementById("room-conflicts")`)
}

// counts enters the hands in favour.
func (h *hall) counts(question string, n int) {
	h.t.Helper()
	form := h.In(question)
	form.Type("Tán thành", fmt.Sprint(n))
	form.Press("Ghi số đếm")
	form.See("Kết thúc biểu quyết")
}
