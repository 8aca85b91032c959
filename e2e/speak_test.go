package e2e

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"chibo/e2e/browser"
	"chibo/e2e/program"
	"chibo/kit/when"
)

// allows sets how many minutes a speaker has in the cell of the meeting.
func (h *hall) allows(minutes int) {
	h.t.Helper()
	form := url.Values{
		"from": {when.DateOf(time.Now()).String()}, "meeting_day": {"3"}, "day_rule": {"keep"}, "start": {"19:30"}, "place": {"Nhà văn hóa"},
		"notice_days": {"3"}, "document_days": {"1"}, "filing_days": {"2"}, "min_minutes": {"90"}, "speaking_minutes": {fmt.Sprint(minutes)},
	}
	cell := h.demo.Meetings[0].Organization
	r, err := program.SignIn(h.t, h.server.URL, h.name, h.password).PostForm(h.server.URL+"/organizations/"+cell+"/settings", form)
	if err == nil {
		err = r.Body.Close()
	}
	if err == nil && r.StatusCode != http.StatusSeeOther && r.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s", r.Status)
	}
	if err != nil {
		h.t.Fatalf("settings: %v", err)
	}
}

// TestAHandGoesUp follows somebody who asks to speak on a phone: the room sees the
// hand, the chair calls, the projector and the phone say whose turn it is and for how
// long. The device of the chair is five minutes slow, the cell gives a speaker three:
// so the hall sees a turn that is over its time, in words. Then the network goes, and
// the chair calls on.
func TestAHandGoesUp(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	h.allows(3)
	h.meeting = h.demo.Meeting(t, "noticed")
	h.Clock(-5 * time.Minute)
	h.Go(h.path())
	h.runs()
	h.Press("Khai mạc buổi sinh hoạt")
	h.See("Sang phần tiếp")
	h.next()
	h.delivered()

	wall := browser.New(t, h.server.URL, [2]int64{1920, 1080})
	signIn(wall, h.name, h.password)
	wall.Go("/screens/" + h.meeting)
	phone := browser.New(t, h.server.URL, browser.Phone)
	name, password := h.demo.Account(t, "member")
	signIn(phone, name, password)
	phone.Go("/phones/" + h.meeting)

	phone.Press("Xin phát biểu")
	phone.See("thứ 1 trong 1 người chờ")
	h.Press("Điểm danh") // the tab beside
	h.See("1 chờ")
	speaker := browser.Run[string](h.Page, `document.querySelector("#room-speaking .room-queue b").textContent`)
	wall.See("Tiếp theo: " + speaker)

	h.In(speaker, "Mời phát biểu").Press("Mời phát biểu")
	wall.See("Đang phát biểu: " + speaker)
	wall.Miss("Tiếp theo")
	wall.See("quá 2 phút")
	phone.See("Đến lượt đồng chí phát biểu")
	phone.See("quá 2 phút")
	h.See("Chưa có ai xin phát biểu")
	if got := browser.Run[string](h.Page, `document.getElementById("opinion-speaker").selectedOptions[0].textContent.split(" · ")[0]`); got != speaker {
		t.Errorf("the opinion is prefilled with %q, %q speaks", got, speaker)
	}

	h.Offline(true)
	h.Press("Ghi người giơ tay")
	other := browser.Run[string](h.Page, fmt.Sprintf(`(() => {
		const choices = [...document.querySelectorAll("#more-speak-ask label.choice")];
		const other = choices.find((one) => !one.textContent.startsWith(%q));
		other.click();
		return other.textContent.split(" · ")[0];
	})()`, speaker))
	h.Send("Ghi vào danh sách chờ")
	h.In(other, "Mời phát biểu").Press("Mời phát biểu")
	h.In("Đang phát biểu").See(other)
	h.Offline(false)
	h.delivered()
	wall.See("Đang phát biểu: " + other)
	h.Press("Kết thúc")
	wall.See("Vừa phát biểu: " + other)
	phone.See("Xin phát biểu")
}
