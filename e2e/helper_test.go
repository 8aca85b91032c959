package e2e

import (
	"strings"
	"testing"

	"chibo/e2e/browser"
)

// TestSecondDevice invites somebody without an account to take the roll. The secretary
// writes on one telephone, the helper marks on another, for a while without a network.
// Both then show the same roll, the log names both, and the helper is told nothing of what
// is said. Taken out, the second telephone is out at its next request.
func TestSecondDevice(t *testing.T) {
	t.Parallel()
	const name = "Nguyễn Thị Cháu"
	one := newHall(t)
	one.ready()
	one.Press("Mời máy thứ hai")
	one.Tick("Điểm danh")
	one.Type("Ai giữ máy", name)
	one.Press("Lấy mã")
	one.See("chờ nhập mã")
	code := browser.Run[string](one.Page, `document.querySelector("#helpers .big").textContent`)

	two := *one
	two.Page = browser.New(t, one.server.URL, browser.Phone)
	two.Go("/sign-in")
	two.Press("Tôi được mời giúp một buổi họp")
	two.Type("Mã 8 chữ số", "1111 1111")
	two.Press("Vào giúp")
	two.See("Mã chưa đúng, đã có máy dùng, hoặc đã quá 10 phút")
	two.Type("Mã 8 chữ số", code)
	two.Press("Vào giúp")
	two.ready()
	two.See("Máy thứ hai: " + name + " (điểm danh)")
	one.See("đang giúp") // by itself

	one.Go(one.path())
	one.ready()
	one.say("Thư ký ghi câu này")
	one.delivered()
	two.Offline(true)
	gone, left := two.first(), two.second()
	two.marks(gone, "Về sớm")
	two.marks(left, "Về sớm")
	one.say("Thư ký ghi câu nữa")
	one.See("Thư ký ghi câu nữa")
	one.delivered()
	one.server.Kill()
	two.Offline(false)
	two.Go(two.path()) // loaded again without a server
	two.ready()
	two.In(gone).See("Về sớm")
	one.server.Again()
	two.delivered()

	const roll = `[...document.querySelectorAll("#room-roll li")].map((e) => e.querySelector("b").textContent + " " + (e.querySelector(".tag")?.textContent ?? "")).join("\n")`
	one.Press("Điểm danh")
	one.In(gone).See("Về sớm")
	one.In(left).See("Về sớm")
	if a, b := browser.Run[string](one.Page, roll), browser.Run[string](two.Page, roll); a != b {
		t.Errorf("one shows\n%s\n\ntwo shows\n%s", a, b)
	}
	if text := two.Read(); strings.Contains(text, "Thư ký ghi câu này") {
		t.Errorf("the helper at the roll is told what is said: %s", text)
	}

	one.Go(one.path() + "/log")
	one.See("Máy thứ hai: " + name + " (điểm danh), do đồng chí")
	one.See(one.name)
	one.Go(one.path() + "/helpers")
	one.Press("Cho máy này ra: " + name)
	one.See("Cho máy của " + name + " ra?")
	one.Press("Cho máy này ra")
	one.See("Máy ấy không còn trong buổi họp.")
	two.marks(gone, "Có mặt")
	two.See("Máy này không còn giúp buổi họp")
}

// second returns the name of the second member of the roll.
func (h *hall) second() string {
	h.t.Helper()
	return browser.Run[string](h.Page, `document.querySelectorAll("#room-roll li b")[1].textContent`)
}

// marks gives a member a mark behind the second key.
func (h *hall) marks(name, mark string) {
	h.t.Helper()
	h.In(name).Press("Khác")
	h.Press(mark + ": " + name)
	h.In(name).See(mark)
}
