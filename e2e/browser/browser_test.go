package browser_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"chibo/e2e/browser"
)

const sample = `<!doctype html><html lang="vi"><meta charset="utf-8"><title>Mẫu</title><link rel="icon" href="data:,">
<form><label for="n">Họ và tên</label><input id="n"><label for="k">Loại</label><select id="k"><option value="a">Một</option><option value="b">Hai</option></select></form>
<ul><li>Trần Văn Hòa <button type="button" onclick="this.textContent='Đã có mặt'">Có mặt</button></li>
<li>Lê Thị Minh <button type="button" onclick="this.textContent='Đã có mặt'">Có mặt</button></li></ul>
<button type="button" onclick="fetch('/ping').then(() => out.textContent = 'tới', () => out.textContent = 'mất mạng')">Gọi</button><p id="out"></p>`

// TestPageGoesByWords shows that the driver finds things as people do.
func TestPageGoesByWords(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, sample) }))
	t.Cleanup(s.Close)
	p := browser.New(t, s.URL, browser.Phone)
	p.Go("/")
	p.Type("Họ và tên", "Đặng Văn Đức")
	p.Choose("Loại", "Hai")
	p.Press("Lê Thị Minh", "Có mặt")
	p.See("Lê Thị Minh Đã có mặt")
	p.See("Trần Văn Hòa Có mặt")
	p.Miss("Trần Văn Hòa Đã có mặt")
	if got := browser.Run[string](p, `n.value + k.value`); got != "Đặng Văn Đứcb" {
		t.Errorf("typed %q", got)
	}
	p.Offline(true)
	p.Press("Gọi")
	p.See("mất mạng")
	p.Offline(false)
	p.Press("Gọi")
	p.See("tới")
}
