package e2e

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
	"golang.org/x/text/unicode/norm"

	"chibo/e2e/browser"
	"chibo/e2e/program"
)

// TestLongRoll calls the roll of a large cell: a name is typed without accents and
// marked by the keyboard, a group is called by finger, a mark is taken back, and
// the server holds what was done.
func TestLongRoll(t *testing.T) {
	t.Parallel()
	server, demo := program.StartDemo(t, "--cells", "1", "--members", "240", "--months", "2")
	name, password := demo.Account(t, "secretary")
	p := browser.New(t, server.URL, browser.Phone)
	signIn(p, name, password)
	meeting := demo.Meeting(t, "noticed")
	p.Go("/rooms/" + meeting)
	p.Wait("waiting for the room's own program", `document.documentElement.dataset.device === "ready"`)
	p.Press("Điểm danh")

	// No more than a page of names is drawn.
	const rows = `document.querySelectorAll(".room-roll > li").length`
	if n := browser.Run[int](p, rows); n != 40 {
		t.Errorf("%d names are drawn at once", n)
	}

	// A whole name, typed without accents, then Enter.
	full := browser.Run[string](p, `document.querySelector(".room-roll > li:nth-child(7) b").textContent`)
	find(p, plain(full))
	p.Wait("waiting for few names", rows+` < 5`)
	if n := browser.Run[int](p, rows); n == 1 {
		p.Key(kb.Enter)
	} else {
		p.Press("Có mặt: " + full) // two of one name
	}
	p.See("Vừa ghi: " + full + " – Có mặt")

	// A group, and somebody marked in it by finger; then it is taken back.
	p.Press("Tổ đảng 2: 0/")
	p.Wait("waiting for the group", `document.querySelector(".room-picks a[aria-current]").textContent.startsWith("Tổ đảng 2")`)
	second := browser.Run[string](p, `document.querySelector(".room-roll > li:nth-child(2) b").textContent`)
	p.In(second).Press("Có mặt: " + second)
	p.See("Vừa ghi: " + second + " – Có mặt")
	p.See("Tổ đảng 2: 1/")
	p.Press("Hoàn tác: " + second)
	p.See("Tổ đảng 2: 0/")
	p.See("Vừa ghi: " + full)

	// Those who are missing: a mark does not take the name away.
	p.Press("Chưa điểm danh 23")
	first := browser.Run[string](p, `document.querySelector(".room-roll > li b").textContent`)
	p.In(first).Press("Có mặt: " + first)
	p.See("Vừa ghi: " + first + " – Có mặt")
	p.Wait("waiting for the name to stay", fmt.Sprintf(`document.querySelector(".room-roll > li b").textContent === %q`, first))

	// Who speaks is typed, not looked for among two hundred and forty.
	p.Press("Ghi chép")
	p.Press("Khai mạc buổi sinh hoạt")
	p.Press("Sang phần tiếp")
	p.Wait("waiting for the first item", `document.querySelector("#room-item h2").textContent.startsWith("1. ")`)
	p.Press("Ghi ý kiến")
	form := p.In("Người phát biểu", "Đồng tình")
	form.Type("Người phát biểu", first)
	form.Tick("Thông tin")
	form.Type("Nội dung", "Ngõ 12 đã lắp đèn")
	form.Send("Ghi ý kiến")
	p.In("Ngõ 12 đã lắp đèn").See(first)

	p.Wait("waiting for the server", `document.querySelector("#room-saved .waiting").textContent === ""`)
	var got []string
	for _, a := range program.ReadLog(t, program.SignIn(t, server.URL, name, password), server.URL, meeting) {
		got = append(got, a.Kind)
	}
	if fmt.Sprint(got) != "[attendance attendance correct attendance open item.start opinion]" {
		t.Errorf("the log holds %q", got)
	}
}

// find types into the search of the roll.
func find(p *browser.Page, text string) {
	p.Wait("waiting for the search", `document.getElementById("roll-find") !== null`)
	browser.Run[bool](p, fmt.Sprintf(`(() => {
		const box = document.getElementById("roll-find");
		box.focus();
		box.value = %q;
		box.dispatchEvent(new Event("input", { bubbles: true }));
		return true;
	})()`, text))
}

var marks = regexp.MustCompile(`\pM`)

// plain is a name as people type it in a hurry.
func plain(name string) string {
	return strings.ToLower(marks.ReplaceAllString(norm.NFD.String(strings.ReplaceAll(strings.ReplaceAll(name, "Đ", "d"), "đ", "d")), ""))
}
