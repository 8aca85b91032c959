package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"chibo/app/world/worldtest"
	"chibo/conference"
	"chibo/delegation"
	"chibo/e2e/browser"
	"chibo/kit/web/assets"
	"chibo/reception"
)

// thirds marks a third of the delegates as a desk does: it types a name, and Enter.
const thirds = `(async () => {
	const field = document.getElementById("desk-q");
	for (let n = %d; n < %d; n++) {
		field.value = "dai bieu so " + n + "x";
		field.dispatchEvent(new Event("input", { bubbles: true }));
		field.form.requestSubmit();
		for (let tries = 0; field.value !== "" && tries < 500; tries++) await new Promise((done) => setTimeout(done, 5));
		if (field.value !== "") return "stuck at " + field.value;
	}
	return "";
})()`

// TestThreeDesksMerge receives three hundred delegates at three desks. One of them loses
// the network, is loaded again without it, and goes on; when it is back every delegate
// is counted once, whoever was marked at two desks too.
func TestThreeDesksMerge(t *testing.T) {
	t.Parallel()
	if err := assets.Load(); err != nil {
		t.Fatal(err)
	}
	w := worldtest.OnSQLite(t)
	x, y, line := sittingOf(t, w, 300)
	var away atomic.Bool // the network of the third desk
	program := w.App.Handler()
	serve := func(cut *atomic.Bool) string {
		server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			if cut != nil && cut.Load() {
				panic(http.ErrAbortHandler)
			}
			program.ServeHTTP(rw, r)
		}))
		t.Cleanup(server.Close)
		return server.URL
	}
	a := w.Account("clerk")
	desks := make([]*browser.Page, 3)
	path := "/conferences/" + x.ID + "/desk"
	for i := range desks {
		url := serve(nil)
		if i == 2 {
			url = serve(&away)
		}
		desks[i] = browser.New(t, url, browser.Phone)
		signIn(desks[i], a.Name, a.Password)
		desks[i].Go(path + "/" + y.ID + fmt.Sprintf("?desk=B%%C3%%A0n+%d", i+1))
		desks[i].Wait("the desk has its list", `document.getElementById("desk").dataset.ready === "yes"`)
	}
	lost := desks[2]
	lost.Wait("the worker holds the desk", `caches.match(location.pathname).then(Boolean)`)
	lost.Wait("the worker is there", `navigator.serviceWorker.ready.then(Boolean)`)
	receive := func(desk *browser.Page, from, to int) {
		t.Helper()
		if stuck := browser.Run[string](desk, fmt.Sprintf(thirds, from, to)); stuck != "" {
			t.Fatal(stuck)
		}
	}

	away.Store(true)
	receive(lost, 200, 250)
	lost.Go(path + "/" + y.ID)
	lost.See("Bàn 3")
	lost.See("50 lượt chưa gửi")
	receive(lost, 250, 300)
	receive(lost, 0, 3) // are marked at the first desk too
	receive(desks[0], 0, 100)
	receive(desks[1], 100, 200)
	desks[1].Type("Quét mã, hoặc gõ tên, đơn vị, số giấy mời", "dai bieu so 100x")
	desks[1].Key("\r")
	desks[1].See("Đã có mặt từ")
	desks[1].Press("Ghi nhầm, lấy lại")
	desks[1].See("Đã lấy lại")
	desks[1].Press("Không có trong danh sách")
	form := desks[1].In("Không có trong danh sách")
	form.Type("Họ tên", "Lý Thị Hoa")
	form.Type("Đơn vị", "Chi bộ 9")
	form.Choose("Thành phần", line.Title)
	form.Press("Ghi có mặt")
	desks[1].See("Có mặt, ngoài danh sách")

	away.Store(false)
	lost.Go(path + "/" + y.ID)
	lost.Wait("everything is at the server", `document.querySelector("#desk-saved .there").textContent !== "" && document.querySelector("#desk-saved .waiting").textContent === ""`)
	for _, desk := range desks {
		desk.Wait("every desk counts alike", `document.querySelector("[data-count]").textContent === "300"`)
	}
	b, err := w.App.Receptions.Board(t.Context(), w.Person("clerk"), x.ID, y.ID)
	if err != nil || b.Total.Came != 299 || b.Total.Beyond != 1 || b.Absent() != 1 {
		t.Errorf("the sitting stands at %+v, %v", b.Total, err)
	}
	desks[0].Go("/conferences/" + x.ID + "/arrivals")
	desks[0].See("Đại biểu số 100x")

	seen := eyes(t)
	for _, page := range []string{path, path + "/" + y.ID + "?q=dai+bieu+so+1", "/conferences/" + x.ID + "/arrivals/" + y.ID, "/conferences/" + x.ID + "/arrivals/" + y.ID + "/screen"} {
		seen.look(t, desks[0], page)
	}
}

// TestSomebodyWithoutAnAccountAtTheDesk: the office makes a code, a phone takes it and marks
// somebody; sent out, the phone has nothing any more.
func TestSomebodyWithoutAnAccountAtTheDesk(t *testing.T) {
	t.Parallel()
	w, in, seen := ward(t)
	x, y, _ := sittingOf(t, w, 3)
	office := in("clerk", browser.Desk)
	office.Go(x.Path())
	office.Press("Bàn đón tiếp")
	office.Press("Mời người trực bàn")
	office.Type("Ai giữ máy", "Lý Thị Cháu")
	office.Press("Lấy mã")
	office.See("chờ nhập mã")
	code := browser.Run[string](office, `document.querySelector("#helpers .big").textContent`)
	phone := browser.New(t, browser.Run[string](office, `location.origin`), browser.Phone)
	phone.Go("/may-2")
	phone.Type("Mã 8 chữ số", code)
	phone.Press("Vào giúp")
	phone.See(y.Title)
	phone.Wait("the desk has its list", `document.getElementById("desk").dataset.ready === "yes"`)
	phone.Type("Quét mã, hoặc gõ tên, đơn vị, số giấy mời", "dai bieu so 1x")
	phone.Key("\r")
	phone.See("Có mặt")
	phone.Wait("it is at the server", `document.querySelector("#desk-saved .there").textContent !== "" && document.querySelector("#desk-saved .waiting").textContent === ""`)
	phone.Press("Đổi bàn")
	phone.See("Đồng chí đang giúp bằng mã mời")
	phone.Press("Mở bàn")
	phone.Wait("the desk is there again", `document.getElementById("desk").dataset.ready === "yes"`)
	office.See("đang giúp") // by itself
	seen.look(t, office, "/conferences/"+x.ID+"/helpers")
	office.Resize(browser.Desk)
	office.Go("/conferences/" + x.ID + "/helpers")
	office.Press("Cho máy này ra: Lý Thị Cháu")
	office.See("Cho máy của Lý Thị Cháu ra?")
	office.Press("Cho máy này ra")
	office.See("Máy ấy không còn ở bàn đón tiếp.")
	phone.See("Máy này không còn ở bàn đón tiếp")
	phone.Wait("nothing is left on the phone", `indexedDB.databases().then((all) => all.length > 0).then(async () => {
		const db = await new Promise((done) => { const r = indexedDB.open("chibo-desk"); r.onsuccess = () => done(r.result); });
		const all = await Promise.all(["lists", "log"].map((name) => new Promise((done) => { const r = db.transaction(name).objectStore(name).count(); r.onsuccess = () => done(r.result); })));
		db.close();
		return all.every((n) => n === 0);
	})`)
	office.Go("/conferences/" + x.ID + "/arrivals/" + y.ID)
	office.Press("Xem danh sách")
	office.See("(Lý Thị Cháu)")
}

// sittingOf makes a conference with a sitting and so many delegates.
func sittingOf(t *testing.T, w *worldtest.World, people int) (conference.Conference, conference.Sitting, conference.Category) {
	t.Helper()
	ctx, clerk := t.Context(), w.Person("clerk")
	x, err := w.App.Conferences.Open(ctx, clerk, conference.Conference{Organization: w.Account("clerk").Organization, Title: "Hội nghị mẫu"})
	if err != nil {
		t.Fatal(err)
	}
	start := worldtest.Now.Date().At(8, 0)
	y, err := w.App.Conferences.AddSitting(ctx, clerk, x.ID, conference.Sitting{Title: "Buổi thường kỳ mẫu", StartsAt: start, EndsAt: start.Add(3 * time.Hour), Venue: "Hội trường"})
	if err != nil {
		t.Fatal(err)
	}
	line, err := w.App.Conferences.AddCategory(ctx, clerk, x.ID, conference.Category{Title: "Bí thư chi bộ", Source: conference.FromOffice, Quota: people})
	if err != nil {
		t.Fatal(err)
	}
	for i := range people {
		d := delegation.Delegate{Category: line.ID, Name: fmt.Sprintf("Đại biểu số %dx", i), Unit: fmt.Sprintf("Chi bộ %d", i%9+1)}
		if _, err := w.App.Delegations.Enter(ctx, clerk, x.ID, d); err != nil {
			t.Fatal(err)
		}
	}
	return x, y, line
}

// TestTheCameraOfADesk: a browser that reads no codes of its own is given what reads them,
// also without a network; the invitation before the camera is enough, and its person is here.
func TestTheCameraOfADesk(t *testing.T) {
	t.Parallel()
	if err := assets.Load(); err != nil {
		t.Fatal(err)
	}
	w := worldtest.OnSQLite(t)
	x, y, _ := sittingOf(t, w, 3)
	all, err := delegation.Standing(t.Context(), w.App.DB, x)
	if err != nil {
		t.Fatal(err)
	}
	var away atomic.Bool
	program := w.App.Handler()
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if away.Load() {
			panic(http.ErrAbortHandler)
		}
		program.ServeHTTP(rw, r)
	}))
	t.Cleanup(server.Close)
	a := w.Account("clerk")
	desk := browser.Seeing(t, server.URL, browser.Phone, server.URL+all[1].Invitation())
	desk.Before(`delete window.BarcodeDetector`)
	signIn(desk, a.Name, a.Password)
	path := "/conferences/" + x.ID + "/desk/" + y.ID
	desk.Go(path)
	desk.Wait("the worker holds the desk and what reads codes", `Promise.all([caches.match(location.pathname), caches.match(document.getElementById("desk").dataset.reader)]).then((kept) => kept.every(Boolean))`)
	desk.Wait("the worker is there", `navigator.serviceWorker.ready.then(Boolean)`)
	away.Store(true)
	desk.Go(path)
	desk.Press("Quét bằng máy ảnh")
	desk.See("Có mặt")
	desk.See(all[1].Name)
	desk.See("1 lượt chưa gửi")

	away.Store(false)
	desk.Wait("everything is at the server", `document.querySelector("#desk-saved .there").textContent !== "" && document.querySelector("#desk-saved .waiting").textContent === ""`)
	b, err := w.App.Receptions.Board(t.Context(), w.Person("clerk"), x.ID, y.ID)
	if err != nil || len(b.People) != 1 || b.People[0].Person != all[1].ID || b.People[0].Way != reception.ByCode {
		t.Errorf("here are %+v, %v", b.People, err)
	}
}
