package e2e

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"chibo/e2e/browser"
	"chibo/e2e/program"
)

// TestEveningWithoutNetwork opens the room of a meeting, takes the server away and
// holds the rest of the evening on the telephone alone: roll, agenda, opinions, a
// hand vote, a task, a conclusion, a correction, a photograph, the closing. The
// page is loaded again and the telephone started anew in between. When the server
// is back, its log holds what the people did, in their order.
func TestEveningWithoutNetwork(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	h.ready()
	before := len(h.acts())
	h.server.Kill()

	h.leaves(h.first())
	h.next()
	h.say("Ý kiến khi không có mạng")
	h.See("Ý kiến khi không có mạng")
	h.correct("Ý kiến khi không có mạng", "Ý kiến đã sửa khi không có mạng")
	h.count("Thông qua nghị quyết tháng này")
	h.give("Vận động các hộ ký cam kết")
	h.photograph("Chi bộ biểu quyết")

	// Loaded again without a server, then started anew.
	h.Go(h.path())
	h.ready()
	h.See("Ý kiến đã sửa khi không có mạng")
	h.See("Vận động các hộ ký cam kết")
	h.sees("Chi bộ biểu quyết")
	h.Go(h.path() + "/log")
	h.See("Nhật ký phòng họp")
	h.See("Thông qua nghị quyết tháng này")
	h.Restart()
	h.Go(h.path())
	h.ready()
	h.sees("Chi bộ biểu quyết")
	h.say("Ý kiến sau khi máy khởi động lại")
	h.See("Ý kiến sau khi máy khởi động lại")

	h.close()
	h.adopt()

	h.server.Again()
	h.delivered()
	want := []string{
		"attendance", "item.start", "opinion", "correct", "vote.open", "vote.count", "vote.close", "task", "photo", "opinion",
		"close", "readback", "adopt",
	}
	got := kindsOf(h.acts()[before:])
	if !slices.Equal(got, want) {
		t.Errorf("the server has %q, entered was %q", got, want)
	}
	h.Press("Về phòng họp")
	h.Wait("waiting for the picture of the server", `document.querySelector('#room-photos a[href^="/files/"]') !== null && !document.querySelector("#room-photos img")`)
	h.Go("/meetings/" + h.meeting + "/minutes")
	h.See("Ý kiến đã sửa khi không có mạng")
	h.See("xác nhận") // what is left is to sign
}

// TestNobodyWritesUnderAnotherName lets somebody else sign in on a telephone that
// still holds what its owner has written: it goes out under the owner's name or not
// at all, and the other one finds nothing of the owner's on the telephone.
func TestNobodyWritesUnderAnotherName(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	h.ready()
	before := len(h.acts())
	owner := browser.Run[string](h.Page, `document.getElementById("room").dataset.account`)
	h.server.Kill()
	h.write("Chỉ bí thư mới nói câu này")
	h.send()
	h.Offline(true) // or it goes out before the session ends
	h.server.Again()
	h.endSessions()
	h.Offline(false)
	h.See("Đăng nhập lại để ghi tiếp")
	name, password := h.demo.Account(t, "deputy")
	h.Type("Tên đăng nhập", name)
	h.Type("Mật khẩu", password)
	h.Press("Đăng nhập")
	h.Wait("waiting for the deputy's room", fmt.Sprintf(`document.getElementById("room")?.dataset.account !== %q && document.documentElement.dataset.device === "ready"`, owner))
	h.Miss("Chỉ bí thư mới nói câu này")
	if n := len(h.acts()); n != before {
		t.Errorf("the server took %d acts of somebody who was not there", n-before)
	}
	h.Go("/")
	h.Press("Mục khác")
	signOut(h.Page)
	signIn(h.Page, h.name, h.password)
	h.Go(h.path())
	h.See("Chỉ bí thư mới nói câu này")
	h.delivered()
	if acts := h.acts(); len(acts) != before+1 || acts[before].Kind != "opinion" {
		t.Errorf("the server has %d acts more than before", len(acts)-before)
	}
}

// ready waits until the telephone can go on by itself.
func (h *hall) ready() {
	h.t.Helper()
	h.runs()
	h.Wait("waiting for the page to be kept", fmt.Sprintf(`caches.open("chibo-room").then((shelf) => shelf.match(%q)).then((page) => !!page && !!navigator.serviceWorker.controller)`, h.path()))
}

// runs waits until the telephone works by itself: from then on it asks for a session
// only when it has something to send.
func (h *hall) runs() {
	h.t.Helper()
	h.Wait("waiting for the room's own program", `document.documentElement.dataset.device === "ready"`)
}

// acts returns the log of the server.
func (h *hall) acts() []program.Act {
	h.t.Helper()
	return program.ReadLog(h.t, program.SignIn(h.t, h.server.URL, h.name, h.password), h.server.URL, h.meeting)
}

// delivered waits until the server has it all. A browser that was started anew may
// have forgotten its session and is given it again.
func (h *hall) delivered() {
	h.t.Helper()
	const all, asks = `document.querySelector("#room-saved .waiting").textContent === ""`, `document.getElementById("room-sign-in").open`
	h.Wait("waiting for the server", all+" || "+asks)
	if browser.Run[bool](h.Page, asks) {
		h.signInAgain()
	}
	h.Wait("waiting for the server to have it all", all)
}

// next goes on to the next item.
func (h *hall) next() {
	h.t.Helper()
	const heading = `document.querySelector("#room-item h2").textContent`
	before := browser.Run[string](h.Page, heading)
	h.Press("Sang phần tiếp")
	h.Wait("waiting for the next item", fmt.Sprintf(`%s !== %q`, heading, before))
}

// close ends the meeting.
func (h *hall) close() {
	h.t.Helper()
	h.Press("Bế mạc buổi sinh hoạt")
	h.See("Bế mạc buổi sinh hoạt bây giờ?")
	h.Press("Bế mạc buổi sinh hoạt")
	h.See("Buổi sinh hoạt đã bế mạc")
}

// adopt reads the minutes to the meeting and has them adopted.
func (h *hall) adopt() {
	h.t.Helper()
	h.Press("Đọc và thông qua biên bản")
	h.See("Biên bản do máy này ghép từ những gì đã ghi.")
	h.Press("Đọc lại trước chi bộ")
	h.Wait("waiting for the first passage", `document.querySelector("#room .tag")?.textContent.includes("/")`)
	of := browser.Run[int](h.Page, `Number(document.querySelector("#room .tag").textContent.split("/")[1])`)
	for n := 2; n <= of; n++ {
		h.Press("Đoạn sau")
		h.See(fmt.Sprintf("Đoạn %d/%d", n, of))
	}
	h.Press("Đã đọc xong")
	h.Type("Tán thành", "10")
	h.Press("Ghi chi bộ đã thông qua")
	h.See("10 đồng chí tán thành")
}

// first returns the name of the first member of the roll.
func (h *hall) first() string {
	h.t.Helper()
	return browser.Run[string](h.Page, `document.querySelector("#room-roll li b").textContent`)
}

// correct puts an opinion into other words, on its own page.
func (h *hall) correct(old, words string) {
	h.t.Helper()
	h.In(old).Press("Sửa")
	h.Type("Nội dung", words)
	h.Type("Vì sao sửa", "Ghi nhầm.")
	h.Press("Ghi lại")
	h.See(words)
	h.Miss(old)
}

// count puts a question and counts hands: everybody is for it.
func (h *hall) count(question string) {
	h.t.Helper()
	h.Press("Mở biểu quyết")
	h.Type("Nội dung biểu quyết", question)
	h.Send("Mở biểu quyết")
	h.In(question).Type("Tán thành", "1")
	h.In(question).Press("Ghi số đếm")
	h.In(question).Press("Kết thúc biểu quyết")
	h.In(question).See("thông qua")
}

// give gives a task to the first on the roll.
func (h *hall) give(title string) {
	h.t.Helper()
	h.Press("Giao việc")
	form := h.In("Thế nào là xong")
	form.Type("Việc", title)
	form.Type("Hạn", time.Now().AddDate(0, 1, 0).Format(time.DateOnly))
	browser.Run[bool](h.Page, `(document.querySelector('#more-task-add input[name="owners"], form input[name="owners"]').click(), true)`)
	form.Press("Ghi việc")
	h.See(title)
}

// photograph takes a picture.
func (h *hall) photograph(caption string) {
	h.t.Helper()
	path := filepath.Join(h.t.TempDir(), "anh.png")
	f, err := os.Create(path)
	if err != nil {
		h.t.Fatal(err)
	}
	picture := image.NewRGBA(image.Rect(0, 0, 40, 30))
	picture.Set(1, 1, color.White)
	if err := png.Encode(f, picture); err != nil {
		h.t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		h.t.Fatal(err)
	}
	h.Press("Thêm ảnh")
	h.Attach("Ảnh (JPEG hoặc PNG)", path)
	h.Type("Chú thích", caption)
	h.Tick("Ảnh không có dấu mật")
	h.Press("Lưu ảnh")
	h.sees(caption)
}

// sees waits until the picture that is only here can be seen.
func (h *hall) sees(caption string) {
	h.t.Helper()
	h.Wait("waiting for the picture", fmt.Sprintf(`[...document.querySelectorAll("#room-photos img")].some((image) => image.alt === %q && image.naturalWidth === 40)`, caption))
}
