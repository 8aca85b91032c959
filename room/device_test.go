package room_test

import (
	"log/slog"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"chibo/account"
	"chibo/e2e/browser"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/db/dbtest"
	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/library"
	"chibo/meeting"
	"chibo/organization"
	"chibo/room"
)

const password = "mưa dầm thấm lâu 1958"

// device is the secretary's telephone in the hall, signed in and in the room.
type device struct {
	*hall
	*browser.Page
	account account.Account
}

func newDevice(t *testing.T) *device {
	t.Helper()
	h := newHall(t, dbtest.Open(t, dbtest.SQLite(t)), when.At(time.Now()))
	rights := access.Rights{access.Secretary: {room.Hold, room.Write, room.Watch, meeting.Follow, meeting.Read, meeting.Prepare, library.Read}}
	quiet := slog.New(slog.DiscardHandler)
	accounts := &account.Service{DB: h.d, Now: h.now, Audit: h.room.Audit, Log: quiet, Rights: rights}
	d := &device{hall: h, account: h.secretary()}
	s := &web.Server{
		Routes:   slices.Concat(room.Pages{Service: h.room}.Routes(), (&account.Pages{Service: accounts}).Routes()),
		Identify: accounts.Identify,
		Nav:      func(*web.Ctx) web.Nav { return web.Nav{} },
		Now:      func() when.Instant { return when.At(h.now()) },
		Log:      quiet,
	}
	server := httptest.NewServer(s.Handler())
	t.Cleanup(server.Close)
	d.Page = browser.New(t, server.URL, browser.Phone)
	d.Go("/sign-in?next=" + h.path(""))
	d.Type("Tên đăng nhập", d.account.SignName)
	d.Type("Mật khẩu", password)
	d.Press("Đăng nhập")
	d.ready()
	return d
}

// secretary gives the first of the roll the office and an account.
func (h *hall) secretary() account.Account {
	h.Helper()
	hash := must(account.Hash(h.Context(), password))(h.T)
	organizations := &organization.Service{DB: h.d, Now: h.now, Audit: h.room.Audit}
	office := organization.Office{Organization: h.org.ID, Member: h.roll[0].ID, Post: organization.Secretary, From: h.start.Date().AddDays(-100)}
	must(organizations.Appoint(h.Context(), operator(), office))(h.T)
	var a account.Account
	err := h.d.Tx(h.Context(), func(tx *db.Tx) (err error) {
		a, err = account.Enroll(h.Context(), tx, h.org.Root, h.roll[0].ID, h.roll[0].FullName, hash, h.start)
		return err
	})
	if err != nil {
		h.Fatal(err)
	}
	return a
}

// open opens the meeting, goes on to the second item and writes an opinion of the
// first of the roll there.
func (d *device) open(text string) {
	d.Helper()
	d.Press("Khai mạc buổi sinh hoạt")
	for _, i := range d.state().Setup.Agenda[:2] {
		words := strings.Fields(i.Title)[:4]
		d.Press("Sang phần tiếp: " + strings.Join(words, " "))
	}
	d.See("2. " + d.state().Setup.Agenda[1].Title)
	d.write(text)
}

func (d *device) write(text string) {
	d.Helper()
	d.Choose("Người phát biểu", d.roll[0].FullName)
	d.Tick("Thông tin")
	d.Type("Nội dung", text)
}

// typed is what stands in the field of the opinion.
func (d *device) typed() string {
	d.Helper()
	return browser.Run[string](d.Page, `document.getElementById("opinion-text").value`)
}

// opinions are the texts of the opinions that the server has.
func (d *device) opinions() (texts []string) {
	d.Helper()
	for _, o := range d.state().Opinions {
		texts = append(texts, o.Text)
	}
	return texts
}

// ready waits until the device draws the room by itself.
func (d *device) ready() {
	d.Helper()
	d.Wait("waiting for the room's own program", `document.documentElement.dataset.device === "ready"`)
}

// settled waits until the server has acknowledged what the device has written down.
func (d *device) settled() {
	d.Helper()
	d.Wait("waiting for the server", `document.querySelector("#room-saved .waiting").textContent === "" && !document.querySelector("form[aria-busy]")`)
}

func (d *device) has(want ...string) {
	d.Helper()
	if got := d.opinions(); !slices.Equal(got, want) {
		d.Errorf("the server has %q, want %q", got, want)
	}
}

func TestDeviceKeepsWhatIsTyped(t *testing.T) {
	t.Parallel()
	d := newDevice(t)
	d.open("Chữ gõ dở dang")
	d.Press("Điểm danh")
	d.Press(d.roll[1].FullName, "Có mặt")
	d.See("1/4")
	if got := d.typed(); got != "Chữ gõ dở dang" {
		t.Errorf("after another entry: %q", got)
	}
	d.Go(d.path(""))
	d.ready()
	if got := d.typed(); got != "Chữ gõ dở dang" {
		t.Errorf("after a reload: %q", got)
	}
	d.Choose("Người phát biểu", "Chọn…")
	d.Press("Ghi ý kiến")
	d.See("Hãy chọn người phát biểu.")
	if got := d.typed(); got != "Chữ gõ dở dang" {
		t.Errorf("after a refusal: %q", got)
	}
	d.Choose("Người phát biểu", d.roll[0].FullName)
	d.Press("Ghi ý kiến")
	d.Wait("waiting for the form to be free", `document.getElementById("opinion-text").value === ""`)
	d.See("Chữ gõ dở dang")
	d.settled()
	d.has("Chữ gõ dở dang")
	if got := d.typed(); got != "" {
		t.Errorf("after it was taken: %q", got)
	}
}

func TestDeviceWritesOnWithoutNetwork(t *testing.T) {
	t.Parallel()
	d := newDevice(t)
	d.open("Trước khi mất mạng")
	d.settled()
	d.Offline(true)
	d.Press("Ghi ý kiến")
	d.See("1 mục còn trên máy này, đang chờ gửi")
	d.See("Ghi trên máy này lúc")
	browser.Run[bool](d.Page, `new Promise((free) => { const look = () => document.getElementById("opinion-text").value === "" ? free(true) : setTimeout(look, 100); look() })`)
	d.write("Khi mất mạng")
	d.Press("Ghi ý kiến")
	d.See("2 mục còn trên máy này")
	d.has()
	d.Offline(false)
	d.See("Trước khi mất mạng")
	d.See("Khi mất mạng")
	d.settled()
	d.has("Trước khi mất mạng", "Khi mất mạng")
}

func TestDeviceOutlivesItsTab(t *testing.T) {
	t.Parallel()
	d := newDevice(t)
	d.open("Trước khi tắt máy")
	d.settled()
	d.Offline(true)
	d.Press("Ghi ý kiến")
	d.See("1 mục còn trên máy này")
	d.Offline(false)
	d.Go("/sign-in") // the tab is gone
	d.Go(d.path(""))
	d.See("Trước khi tắt máy")
	d.settled()
	d.has("Trước khi tắt máy")
}

func TestDeviceSignsInAgain(t *testing.T) {
	t.Parallel()
	d := newDevice(t)
	d.open("Khi hết phiên")
	d.settled()
	everywhere := access.Person{Account: d.account.ID, Member: d.account.Member, Root: d.account.Root}
	accounts := &account.Service{DB: d.d, Now: d.now, Audit: d.room.Audit}
	if err := accounts.SignOutEverywhere(d.Context(), everywhere); err != nil {
		t.Fatal(err)
	}
	d.Press("Ghi ý kiến")
	d.See("Đăng nhập lại để ghi tiếp")
	d.has()
	d.Type("Tên đăng nhập", d.account.SignName)
	d.Type("Mật khẩu", "sai rồi")
	d.Press("Đăng nhập")
	d.See("Chưa đăng nhập được.")
	d.Type("Mật khẩu", password)
	d.Press("Đăng nhập")
	d.See("Khi hết phiên")
	d.settled()
	d.has("Khi hết phiên")
}
