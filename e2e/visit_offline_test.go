package e2e

import (
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/e2e/browser"
	"chibo/kit/web/assets"
	"chibo/meeting"
)

// TestTheSheetOpensWithoutAServer opens a sheet once, takes the server away and loads the
// page again: it stands there with what was written before, and takes more. When the
// server is back, it has everything once.
func TestTheSheetOpensWithoutAServer(t *testing.T) {
	t.Parallel()
	if err := assets.Load(); err != nil {
		t.Fatal(err)
	}
	w := worldtest.OnSQLite(t)
	var away atomic.Bool
	program := w.App.Handler()
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if away.Load() {
			panic(http.ErrAbortHandler)
		}
		program.ServeHTTP(rw, r)
	}))
	t.Cleanup(server.Close)
	who := w.Person("committee")
	v, err := w.App.Visits.Assign(t.Context(), who, w.Meeting(meeting.Open), who.Member, "")
	if err != nil {
		t.Fatal(err)
	}
	sheet := v.Path() + "/sheet"
	phone := browser.New(t, server.URL, browser.Phone)
	a := w.Account("committee")
	signIn(phone, a.Name, a.Password)
	phone.Go(sheet)
	phone.Wait("the worker holds the sheet", `caches.match(location.pathname).then(Boolean)`)
	phone.Wait("the worker is there", `navigator.serviceWorker.ready.then(Boolean)`)

	away.Store(true)
	note := func(text string) {
		conduct := phone.In("Nội dung, diễn biến")
		conduct.Tick("Làm tốt")
		conduct.Type("Nhận xét", text)
		conduct.Press("Ghi nhận xét")
		phone.See(text)
	}
	note("Trước khi tải lại")
	phone.Go(sheet)
	phone.See("Trước khi tải lại")
	note("Sau khi tải lại")
	phone.See("2 nhận xét đang giữ trên máy này")

	away.Store(false)
	phone.Go(sheet)
	phone.See("Đã lưu hết về máy chủ")
	kept, err := w.App.Visits.Load(t.Context(), w.App.DB, who, v.ID)
	if err != nil || len(kept.Remarks) != 2 {
		t.Errorf("the server has %d remarks, %v", len(kept.Remarks), err)
	}
}
