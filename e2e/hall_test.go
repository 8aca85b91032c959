package e2e

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"chibo/e2e/browser"
	"chibo/e2e/program"
	"chibo/kit/when"
)

// TestPeopleCheckIn follows people who come in: the projector shows a code, two phones
// without an account check in by it, a third person is refused on the phone of the
// first, and the secretary sees both live, with their way. A projector whose clock goes
// past the end of its code covers it.
func TestPeopleCheckIn(t *testing.T) {
	t.Parallel()
	p, demo := program.StartDemo(t, "--cells", "1", "--members", "12", "--months", "2")
	d := newDoorway(t, p.URL, demo)

	secretary := browser.New(t, p.URL, [2]int64{1280, 800})
	signIn(secretary, d.name, d.password)
	// A member follows on the own phone, which hears nothing of the roll and looks by itself.
	own, me := browser.New(t, p.URL, browser.Phone), demo.FullName(t, "member")
	own.Before(`(() => { const often = window.setInterval; window.setInterval = (f, pause) => often(f, pause / 10) })()`)
	ownName, ownPassword := demo.Account(t, "member")
	signIn(own, ownName, ownPassword)
	own.Go("/phones/" + d.meeting)
	own.See("Đồng chí chưa được điểm danh")
	own.Miss("Nhập mã điểm danh")

	secretary.Go("/rooms/" + d.meeting)
	secretary.Press("Mã và cách điểm danh")
	secretary.Press("Mở tự điểm danh")
	secretary.See("Tự đóng khi bế mạc.")
	secretary.Go("/rooms/" + d.meeting)
	own.See("Nhập mã điểm danh")
	own.Go("/")
	own.See("Nhập mã điểm danh")
	own.Go("/phones/" + d.meeting)
	own.See("Nhập mã điểm danh")
	secretary.In(me).Press("Có mặt")
	own.See("Đồng chí đã được điểm danh: có mặt")
	own.Miss("Nhập mã điểm danh")

	wall := browser.New(t, p.URL, [2]int64{1920, 1080})
	signIn(wall, d.name, d.password)
	wall.Go("/screens/" + d.meeting)
	wall.See("gõ 6 chữ số")
	code := func() string { return browser.Run[string](wall, `document.querySelector(".door-digits").textContent`) }

	first, second := browser.New(t, p.URL, browser.Phone), browser.New(t, p.URL, browser.Phone)
	second.ByKeyboard()
	d.checkIn(first, code(), d.people[4])
	d.checkIn(second, code(), d.people[5])
	secretary.See("tự điểm danh 2")
	secretary.In(d.people[5].name).See("tự điểm danh")
	wall.See("2/")

	first.Go("/vao")
	first.Type("Mã 6 chữ số", code())
	first.Press("Tiếp tục")
	first.See("Mỗi máy điểm danh cho một người")
	first.Miss("4 số cuối")

	browser.Run[bool](wall, `(() => { const now = Date.now.bind(Date); Date.now = () => now() + 120_000; return true })()`)
	wall.Wait("waiting for the old code to be covered", `getComputedStyle(document.querySelector(".door-digits")).visibility === "hidden"`)
}

// doorway is a meeting that begins in half an hour, and who comes to it.
type doorway struct {
	meeting, name, password string
	people                  []comrade
}

// comrade is somebody of the roll with the last digits of their telephone.
type comrade struct{ name, digits string }

func newDoorway(t *testing.T, base string, demo program.Demo) doorway {
	t.Helper()
	d := doorway{meeting: demo.Meeting(t, "noticed")}
	d.name, d.password = demo.Account(t, "secretary")
	client := program.SignIn(t, base, d.name, d.password)
	form := url.Values{"starts_at": {when.At(time.Now().Add(30 * time.Minute)).String()}, "place": {"Nhà văn hóa"}, "change": {"Họp ngay"}, "reason": {"Việc gấp"}}
	moved, err := client.PostForm(base+"/meetings/"+d.meeting+"/move", form)
	if err != nil {
		t.Fatal(err)
	}
	_ = moved.Body.Close()
	if moved.StatusCode != http.StatusSeeOther {
		t.Fatalf("the meeting was not moved: %d", moved.StatusCode)
	}
	sheet, err := client.Get(base + "/members/export.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = sheet.Body.Close() }()
	body, err := io.ReadAll(sheet.Body)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(body, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows = rows[1:] // the first says who has taken the list
	column := map[string]int{}
	for n, title := range rows[0] {
		column[title] = n
	}
	for _, row := range rows[1:] {
		phone := row[column["Điện thoại"]]
		d.people = append(d.people, comrade{row[column["Họ và tên"]], phone[len(phone)-4:]})
	}
	return d
}

// checkIn is what somebody does who has just come in.
func (d doorway) checkIn(phone *browser.Page, code string, who comrade) {
	phone.Go("/vao")
	phone.Type("Mã 6 chữ số", code)
	phone.Press("Tiếp tục")
	phone.Type("Tên của đồng chí", who.name[strings.LastIndexByte(who.name, ' ')+1:])
	phone.Press("Tìm tên")
	phone.Press(who.name)
	phone.Type("4 số cuối", who.digits)
	phone.Press("Tôi có mặt")
	phone.See(fmt.Sprintf("Đồng chí %s đã được điểm danh lúc", who.name))
}
