package e2e

import (
	"fmt"
	"testing"

	"chibo/e2e/browser"
)

// TestAPressIsNotLostUnderARedraw lays a finger on a key while what was pressed before
// is still being written down: nothing moves under the finger, and what it has opened
// stays open when the roll is drawn again.
func TestAPressIsNotLostUnderARedraw(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	h.runs()
	h.Press("Điểm danh")
	name := func(n int) string {
		return browser.Run[string](h.Page, fmt.Sprintf(`document.querySelector(".room-roll > li:nth-child(%d) b").textContent`, n))
	}
	first, second := name(2), name(3)
	for _, touch := range []bool{false, true} {
		h.In(first).Press("Khác")
		browser.Run[bool](h.Page, slowStorage)
		h.In(first).Press("Vắng có lý do")
		finger := h.In(second).Finger(touch, "Khác")
		browser.Run[bool](h.Page, `(window.written(), true)`)
		h.Wait("waiting for the storage", read)
		finger.Lift()
		const open = `document.querySelector(".room-roll > li:nth-child(3) details").open`
		h.Wait("waiting for what was pressed", open)
		h.See("Vừa ghi: " + first + " – Vắng có lý do")
		h.Wait("waiting for the server", `document.querySelector("#room-saved .waiting").textContent === ""`)
		if !browser.Run[bool](h.Page, open) {
			t.Errorf("touch %v: the roll was drawn again, and what was opened is shut", touch)
		}
		h.In(second).Press("Khác") // shut
		h.Press("Hoàn tác: " + first)
		h.Wait("waiting for it to be taken back", `!document.querySelector(".room-last").innerText.includes("`+first+`")`)
	}
}

// TestMinutesKnowWhatWasJustClosed goes to the minutes while the closing of the meeting
// is still on its way: it is sent first, and the minutes know of it.
func TestMinutesKnowWhatWasJustClosed(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	h.runs()
	browser.Run[bool](h.Page, slowLine)
	h.close()
	h.Press("Đọc và thông qua biên bản")
	h.See("Đang gửi những gì vừa ghi")
	if at := h.At(); at != h.path() {
		t.Errorf("the page is %s while the closing is on its way", at)
	}
	browser.Run[bool](h.Page, `(window.send(), true)`)
	h.See("Các bước hoàn tất")
	h.Miss("Buổi sinh hoạt chưa kết thúc")
}

const (
	// slowStorage lets the page wait for its storage until written is called.
	slowStorage = `(() => {
		const slow = new Promise((free) => { window.written = free; });
		const own = window.oncompleted ??= Object.getOwnPropertyDescriptor(IDBTransaction.prototype, "oncomplete");
		Object.defineProperty(IDBTransaction.prototype, "oncomplete", { ...own, set(done) { own.set.call(this, () => slow.then(done)); } });
		return true;
	})()`
	// read holds once the storage has answered, after what was asked of it before.
	read = `new Promise((answer) => {
		const open = indexedDB.open("chibo-room");
		open.onsuccess = () => {
			const all = open.result.transaction("outbox").objectStore("outbox").count();
			all.onsuccess = () => requestAnimationFrame(() => requestAnimationFrame(() => answer(true)));
		};
	})`
	// slowLine holds back the acts that the page sends until send is called.
	slowLine = `(() => {
		const fetch = window.fetch;
		const slow = new Promise((free) => { window.send = free; });
		window.fetch = async (to, how) => {
			if (how?.method === "POST" && String(to).endsWith("/acts")) await slow;
			return fetch(to, how);
		};
		return true;
	})()`
)
