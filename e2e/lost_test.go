package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"testing"

	"chibo/e2e/browser"
	"chibo/e2e/program"
)

// hall is a telephone in a meeting of the demo that is open.
type hall struct {
	*browser.Page
	t              *testing.T
	server         *program.Process
	meeting        string
	demo           program.Demo
	name, password string
	said           []string // what was entered, in its order
}

// TestNothingTypedIsLost does to a telephone what evenings do: the network goes,
// the page is loaded again, the tab is closed, the session ends, the server dies.
// After each, the log at the server holds what was entered, each once.
func TestNothingTypedIsLost(t *testing.T) {
	t.Parallel()
	h := newHall(t)

	h.say("Trước khi mất mạng")
	h.holds()

	h.Offline(true)
	h.say("Khi mất mạng, ý thứ nhất")
	h.say("Khi mất mạng, ý thứ hai")
	h.See("2 mục còn trên máy này")
	h.write("Câu đang gõ dở")
	browser.Run[bool](h.Page, `(location.reload(), true)`)
	h.Wait("waiting for the page without a network", `!document.getElementById("room")`)
	h.Offline(false)
	h.Go(h.path())
	h.holds()
	h.typed("Câu đang gõ dở")

	h.Offline(true)
	h.send()
	h.See("1 mục còn trên máy này")
	h.Reopen()
	h.Go(h.path())
	h.said = append(h.said, "Câu đang gõ dở")
	h.holds()

	h.runs()
	h.endSessions()
	h.say("Khi phiên đã hết")
	h.signInAgain()
	h.holds()

	h.server.Kill()
	h.say("Khi máy chủ vừa chết")
	h.See("1 mục còn trên máy này")
	h.server.Again()
	h.holds()
}

func newHall(t *testing.T) *hall {
	t.Helper()
	data := t.TempDir()
	p, demo := program.StartDemo(t, "--cells", "1", "--members", "12", "--months", "2", "--data", data)
	p.Stop()
	h := &hall{t: t, server: program.StartServe(t, data), demo: demo, meeting: demo.Meeting(t, "open")}
	h.name, h.password = demo.Account(t, "secretary")
	h.Page = browser.New(t, h.server.URL, browser.Phone)
	signIn(h.Page, h.name, h.password)
	h.said = h.log()
	h.Go(h.path())
	return h
}

func (h *hall) path() string { return "/rooms/" + h.meeting }

// say records an opinion of the first who can speak.
func (h *hall) say(text string) {
	h.t.Helper()
	h.write(text)
	h.send()
	h.said = append(h.said, text)
}

func (h *hall) write(text string) {
	h.t.Helper()
	if !browser.Run[bool](h.Page, `(() => { const list = document.getElementById("opinion-speaker"); list.selectedIndex = 1; return list.value !== "" })()`) {
		h.t.Fatal("nobody can speak")
	}
	p := h.In("Người phát biểu", "Đồng tình")
	p.Tick("Thông tin")
	p.Type("Nội dung", text)
}

// send sends the opinion and waits until it is written down here at least.
func (h *hall) send() {
	h.t.Helper()
	h.In("Người phát biểu", "Đồng tình").Send("Ghi ý kiến")
	h.Wait("waiting for the form to be free", `document.getElementById("opinion-text").value === ""`)
}

// typed checks what stands in the field of the opinion.
func (h *hall) typed(want string) {
	h.t.Helper()
	if got := browser.Run[string](h.Page, `document.getElementById("opinion-text").value`); got != want {
		h.t.Errorf("the field holds %q, want %q", got, want)
	}
}

// holds waits until the telephone has nothing left to send, and compares.
func (h *hall) holds() {
	h.t.Helper()
	h.Wait("waiting for the outbox to be empty", `new Promise((answer) => {
		const open = indexedDB.open("chibo-room");
		open.onsuccess = () => {
			const all = open.result.transaction("outbox").objectStore("outbox").count();
			all.onsuccess = () => answer(all.result === 0);
		};
	})`)
	if got := h.log(); !slices.Equal(got, h.said) {
		h.t.Errorf("the server holds\n%q, entered was\n%q", got, h.said)
	}
}

// log returns the texts of the opinions in the log of the server.
func (h *hall) log() []string {
	h.t.Helper()
	client := program.SignIn(h.t, h.server.URL, h.name, h.password)
	var texts []string
	for _, a := range program.ReadLog(h.t, client, h.server.URL, h.meeting) {
		if a.Kind != "opinion" {
			continue
		}
		var body struct{ Text string }
		if err := json.Unmarshal(a.Body, &body); err != nil {
			h.t.Fatal(err)
		}
		texts = append(texts, body.Text)
	}
	return texts
}

// signInAgain answers the window that opens when the session has ended.
func (h *hall) signInAgain() {
	h.t.Helper()
	h.See("Đăng nhập lại để ghi tiếp")
	h.Type("Tên đăng nhập", h.name)
	h.Type("Mật khẩu", h.password)
	h.Press("Đăng nhập")
}

// endSessions ends the session of the telephone from another device.
func (h *hall) endSessions() {
	h.t.Helper()
	r, err := program.SignIn(h.t, h.server.URL, h.name, h.password).PostForm(h.server.URL+"/me/sessions/end", nil)
	if err == nil {
		err = r.Body.Close()
	}
	if err == nil && r.StatusCode != http.StatusSeeOther {
		err = fmt.Errorf("%s", r.Status)
	}
	if err != nil {
		h.t.Fatalf("end sessions: %v", err)
	}
}
