package e2e

import (
	"slices"
	"testing"

	"chibo/e2e/browser"
	"chibo/e2e/program"
)

// TestWhatIsToBeDoneStandsFirst: on a phone the page of a meeting being prepared shows what is
// missing before the long agenda, and that of who was told the form before the long list; on a
// desk both stand on the right. A refused form complains in the order of its fields.
func TestWhatIsToBeDoneStandsFirst(t *testing.T) {
	t.Parallel()
	server, demo := program.StartDemo(t, "--cells", "1", "--members", "12", "--months", "2")
	name, password := demo.Account(t, "secretary")
	p := browser.New(t, server.URL, browser.Phone)
	signIn(p, name, password)
	draft, noticed := "/meetings/"+demo.Meeting(t, "draft"), "/meetings/"+demo.Meeting(t, "noticed")
	p.Go(noticed + "/told")
	p.Press("Bỏ")
	p.See("Ghi đã báo")
	for _, c := range []struct{ page, lead, work string }{
		{draft, `[...document.querySelectorAll("section.card")].find((c) => c.querySelector("h2")?.textContent.startsWith("Còn phải làm"))`, `document.querySelector("#agenda")`},
		{noticed + "/told", `document.querySelector("form[action$='/told']")`, `document.querySelector("main table")`},
	} {
		where := `((lead, work) => lead.bottom <= work.top ? "above" : lead.left >= work.right && lead.top < work.top + 200 ? "beside" : "elsewhere")(` +
			c.lead + `.getBoundingClientRect(), ` + c.work + `.getBoundingClientRect())`
		for want, size := range map[string][2]int64{"above": browser.Phone, "beside": browser.Desk} {
			p.Resize(size)
			p.Go(c.page)
			if got := browser.Run[string](p, where); got != want {
				t.Errorf("%s at %d px: what is to be done stands %s of the work, want %s", c.page, size[0], got, want)
			}
		}
	}

	p.Resize(browser.Phone)
	p.Go(draft + "/premeeting")
	p.Send("Lưu")
	p.See("Còn chỗ chưa đúng")
	said := browser.Run[[]string](p, `[...document.querySelectorAll("[data-problems] li")].map((e) => e.textContent)`)
	if want := []string{"Hãy ghi ngày, giờ họp chi ủy.", "Hãy chọn những đồng chí có mặt.", "Hãy ghi nội dung đã thống nhất."}; !slices.Equal(said, want) {
		t.Errorf("the form complains %q, want %q", said, want)
	}
}

// TestATabOfTheRoomIsSeen: on a phone, with letters as usual and large, a press on a tab of the
// room brings its column into the upper half of the window, from wherever the page stood.
func TestATabOfTheRoomIsSeen(t *testing.T) {
	t.Parallel()
	server, demo := program.StartDemo(t, "--cells", "1", "--members", "12", "--months", "2")
	name, password := demo.Account(t, "secretary")
	p := browser.New(t, server.URL, browser.Phone)
	signIn(p, name, password)
	room := "/rooms/" + demo.Meeting(t, "open")
	for _, letters := range []string{"usual", "large"} {
		if letters == "large" {
			p.Go("/")
			p.Press("Chữ to")
		}
		p.Go(room)
		for _, tab := range []string{"people", "agenda", "work"} {
			browser.Run[bool](p, `document.querySelector("[data-tab=`+tab+`]").click(), true`)
			at := browser.Run[float64](p, `document.getElementById("room-`+tab+`").getBoundingClientRect().top / innerHeight`)
			if at < 0 || at > 0.5 {
				t.Errorf("letters %s: the column %s stands at %.2f of the window", letters, tab, at)
			}
			browser.Run[bool](p, `scrollTo(0, document.body.scrollHeight), true`)
		}
	}
}
