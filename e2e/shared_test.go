package e2e

import (
	"fmt"
	"strings"
	"testing"

	"chibo/e2e/browser"
	"chibo/e2e/program"
)

// TestADevicePassedAround lets two people use one telephone, one after the other: the
// second finds nothing of the first, neither on pages nor in what the browser keeps; what
// the first has not sent is not left behind unasked; and who puts the telephone down is
// signed out after five minutes.
func TestADevicePassedAround(t *testing.T) {
	t.Parallel()
	server, demo := program.StartDemo(t, "--cells", "1", "--members", "12", "--months", "2")
	p := browser.New(t, server.URL, browser.Phone)
	p.Before(`{ const now = Date.now.bind(Date); Date.now = () => now() + (window.later ?? 0); }`)

	first := borrow(t, p, demo, "secretary")
	h := &hall{Page: p, t: t, server: server, meeting: demo.Meeting(t, "open"), demo: demo, name: first.name, password: first.password}
	p.Go(h.path())
	h.ready()
	h.say(canary)
	h.holds()
	h.write(canary + " gõ dở")
	p.Go("/")
	if kept := browser.Run[string](p, keptHere); !strings.Contains(kept, canary) || !strings.Contains(kept, first.account) {
		t.Fatalf("the test sees nothing of what the device keeps: %.300s", kept)
	}
	browser.Run[bool](p, fmt.Sprintf(unsent, first.account))
	p.Press("Mục khác")
	p.Press("Đăng xuất")
	p.See("còn 1 mục chưa gửi")
	p.Press("Ở lại để gửi")
	if at := browser.Run[string](p, `fetch("/me").then((answer) => new URL(answer.url).pathname)`); at != "/me" {
		t.Errorf("who stays is sent to %s", at)
	}
	browser.Run[bool](p, sent)
	signOut(p)
	first.gone(p)
	browser.Run[bool](p, `(history.back(), true)`)
	p.Wait("waiting for the page before", `location.pathname !== "/sign-in" || document.readyState === "complete"`)
	first.gone(p)
	p.Miss("Chào đồng chí")

	second := borrow(t, p, demo, "clerk")
	first.gone(p)
	browser.Run[bool](p, `(window.later = 5 * 60_000 + 1_000, true)`)
	p.Wait("waiting for the session to end", `location.pathname === "/sign-in"`)
	second.gone(p)
	if at := browser.Run[string](p, `fetch("/me").then((answer) => new URL(answer.url).pathname)`); at != "/sign-in" {
		t.Errorf("after five minutes the device still comes to %s", at)
	}
}

const canary = "Chỉ người viết được đọc câu này"

// borrower is somebody who signs in on a device of others.
type borrower struct {
	t                       *testing.T
	name, password, account string
}

func borrow(t *testing.T, p *browser.Page, demo program.Demo, role string) borrower {
	t.Helper()
	b := borrower{t: t}
	b.name, b.password = demo.Account(t, role)
	p.Go("/sign-in")
	p.Type("Tên đăng nhập", b.name)
	p.Type("Mật khẩu", b.password)
	p.Tick("Máy này dùng chung")
	p.Press("Đăng nhập")
	p.See("Chào đồng chí")
	b.account = browser.Run[string](p, `document.documentElement.dataset.who`)
	return b
}

// gone fails when the page or the browser still holds something of b.
func (b borrower) gone(p *browser.Page) {
	b.t.Helper()
	p.Arrive()
	kept := browser.Run[string](p, keptHere) + browser.Run[string](p, `document.documentElement.outerHTML`)
	for _, trace := range []string{canary, b.account} {
		if at := strings.Index(kept, trace); at >= 0 {
			b.t.Errorf("at %s the device still has %q: …%.200s", p.At(), trace, kept[max(0, at-100):])
		}
	}
}

// keptHere is everything that scripts can read of what the browser keeps.
const keptHere = `(async () => {
	const asked = (request) => new Promise((yes, no) => { request.onsuccess = () => yes(request.result); request.onerror = () => no(request.error) });
	const all = [document.cookie, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
	for (const { name } of await indexedDB.databases()) {
		const db = await asked(indexedDB.open(name));
		for (const store of db.objectStoreNames) all.push(JSON.stringify(await asked(db.transaction(store).objectStore(store).getAll())));
		db.close();
	}
	for (const name of await caches.keys()) {
		const shelf = await caches.open(name);
		for (const request of await shelf.keys()) {
			if (!request.url.includes("/a/")) all.push(request.url, await (await shelf.match(request)).text());
		}
	}
	return all.join("\n");
})()`

// unsent puts an act of an account into what waits for the server; sent takes it out.
const inOutbox = `new Promise((answer) => {
		const open = indexedDB.open("chibo-room");
		open.onsuccess = () => {
			const change = open.result.transaction("outbox", "readwrite");
			change.objectStore("outbox").%s;
			change.oncomplete = () => { open.result.close(); answer(true) };
		};
	})`

var (
	unsent = fmt.Sprintf(inOutbox, `put({ id: "waiting", meeting: "elsewhere", account: "%s", kind: "note" })`)
	sent   = fmt.Sprintf(inOutbox, `delete("waiting")`)
)
