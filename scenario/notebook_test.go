package scenario_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/db"
	"chibo/meeting"
)

// notebookDevice is a browser on which somebody is signed in.
type notebookDevice struct {
	*testing.T
	w       *worldtest.World
	cookies map[string]string
}

// signedIn is a device of the person of a role, who signs in with a password.
func signedIn(t *testing.T, w *worldtest.World, role, password string) *notebookDevice {
	t.Helper()
	d := &notebookDevice{t, w, map[string]string{}}
	if a := d.post("/sign-in", "name", w.Account(role).Name, "password", password); a.Status != http.StatusSeeOther {
		t.Fatalf("%s cannot sign in: %d", role, a.Status)
	}
	return d
}

func (d *notebookDevice) do(method, path string, fields ...string) worldtest.Answer {
	d.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	r := httptest.NewRequestWithContext(d.Context(), method, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, name := range slices.Sorted(maps.Keys(d.cookies)) {
		r.AddCookie(&http.Cookie{Name: name, Value: d.cookies[name]})
	}
	a := d.w.As("stranger").Do(r)
	for _, c := range (&http.Response{Header: a.Header}).Cookies() {
		if c.Value != "" {
			d.cookies[c.Name] = c.Value
		}
	}
	return a
}

func (d *notebookDevice) get(path string) worldtest.Answer {
	d.Helper()
	return d.do(http.MethodGet, path)
}

func (d *notebookDevice) post(path string, fields ...string) worldtest.Answer {
	d.Helper()
	return d.do(http.MethodPost, path, fields...)
}

// does sends a form that must be taken.
func (d *notebookDevice) does(path string, fields ...string) {
	d.Helper()
	if a := d.post(path, fields...); a.Status != http.StatusSeeOther && a.Status != http.StatusOK {
		d.Fatalf("%s: %d\n%s", path, a.Status, a.Body)
	}
}

// hides fails when the answer holds a text.
func (d *notebookDevice) hides(a worldtest.Answer, text string) {
	d.Helper()
	if strings.Contains(a.Body, text) {
		d.Errorf("%q is shown", text)
	}
}

var word = regexp.MustCompile(`class="big num">([a-z]+)<`)

// made makes the notes of somebody and returns the recovery words.
func (d *notebookDevice) made(password string) string {
	d.Helper()
	a := d.post("/notebook/lock", "password", password)
	if a.Status != http.StatusOK {
		d.Fatalf("the lock: %d\n%s", a.Status, a.Body)
	}
	var words []string
	for _, m := range word.FindAllStringSubmatch(a.Body, -1) {
		words = append(words, m[1])
	}
	if len(words) != 12 {
		d.Fatalf("the page shows the words %v\n%s", words, a.Body)
	}
	return strings.Join(words, " ")
}

const (
	canary = "canary-kim-tuoc-7351"
	other  = "cây cầu tre lắc lẻo gập ghềnh"
)

// TestNobodyElseReadsANote: a note stands in no table, in no file and in no copy of the
// database; other people and other devices do not get it.
func TestNobodyElseReadsANote(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		password := w.Account("member").Password
		mine := signedIn(t, w, "member", password)
		page := "/notebook/meetings/" + w.Meeting(meeting.Noticed)
		says(mine.T, mine.post(page, "text", canary), http.StatusConflict, "đang khóa")
		mine.made(password)
		mine.does(page, "text", canary+" và việc nhà")
		says(mine.T, mine.get(page), http.StatusOK, canary)
		says(mine.T, mine.post("/notebook/search", "q", "CANARY viec nha"), http.StatusOK, canary)
		says(mine.T, mine.get("/notebook/booklet?notes=true"), http.StatusOK, canary)
		mine.hides(mine.get("/notebook/booklet"), canary)

		second := signedIn(t, w, "member", password) // the password that lets in opens the notes too
		says(second.T, second.get(page), http.StatusOK, canary)
		for _, role := range []string{"secretary", "deputy", "minute-taker", "committee", "clerk", "administrator", "other secretary"} {
			v := w.As(role)
			for _, url := range []string{"/", "/notebook", page, "/notebook/inspections", "/notebook/booklet?notes=true", "/notebook/of/" + w.Person("member").Member + "/booklet.pdf"} {
				mine.hides(v.Get(url), canary)
			}
		}
		if strings.Contains(w.Logged(), canary) {
			t.Error("the log holds the note")
		}
		for name, all := range stored(t, w) {
			if bytes.Contains(all, []byte(canary)) {
				t.Errorf("the note stands in the %s", name)
			}
			if !bytes.Contains(all, []byte(w.Person("member").Member)) {
				t.Errorf("the %s was not read", name)
			}
		}

		mine.does(page + "/delete")
		mine.hides(second.get(page), canary)
	})
}

// stored returns all that a thief of the database, or of a backup, holds.
func stored(t *testing.T, w *worldtest.World) map[string][]byte {
	t.Helper()
	if w.App.DB.Postgres() {
		tables, err := db.All[string](t.Context(), w.App.DB, `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()`)
		if err != nil {
			t.Fatal(err)
		}
		var all []byte
		for _, table := range tables {
			rows, err := db.All[string](t.Context(), w.App.DB, `SELECT CAST(x AS TEXT) FROM `+table+` x`)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, strings.Join(rows, "\n")...)
		}
		return map[string][]byte{"database": all}
	}
	var all []byte
	for _, suffix := range []string{"", "-wal"} {
		b, err := os.ReadFile(w.App.Database + suffix)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, b...)
	}
	var copied bytes.Buffer
	if err := w.App.Backup(t.Context(), &copied); err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(&copied)
	if err != nil {
		t.Fatal(err)
	}
	backup, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return map[string][]byte{"database": all, "backup": backup}
}

// TestPasswordAndWords: a password changed by its owner still opens the notes; one that
// was replaced by a printed code does not, and the page says so; the recovery words do.
func TestPasswordAndWords(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		first := w.Account("member").Password
		member := w.Person("member").Member
		mine := signedIn(t, w, "member", first)
		page := "/notebook/meetings/" + w.Meeting(meeting.Noticed)
		words := mine.made(first)
		mine.does(page, "text", canary)

		mine.does("/me/password", "password", first, "new_password", other)
		says(mine.T, mine.get(page), http.StatusOK, canary)
		mine = signedIn(t, w, "member", other)
		says(mine.T, mine.get(page), http.StatusOK, canary)

		const fresh = "con đò nhỏ chở trăng về"
		mine = restarted(t, w, member, fresh)
		a := mine.get(page)
		mine.hides(a, canary)
		says(mine.T, a, http.StatusOK, "được cấp lại bằng mã in", "Không ai khác, kể cả người quản trị")
		says(mine.T, mine.post("/notebook/lock/open", "password", fresh), http.StatusSeeOther)
		mine.hides(mine.get(page), canary)
		says(mine.T, mine.post("/notebook/lock/recover", "secret_password", "ba ca da", "password", fresh), http.StatusUnprocessableEntity, "không đúng")
		mine.does("/notebook/lock/recover", "secret_password", strings.ToUpper(words), "password", fresh)
		says(mine.T, mine.get(page), http.StatusOK, canary)
		mine = signedIn(t, w, "member", fresh)
		says(mine.T, mine.get(page), http.StatusOK, canary)

		mine = restarted(t, w, member, other)
		says(mine.T, mine.post("/notebook/lock/forget", "password", fresh), http.StatusUnprocessableEntity)
		mine.does("/notebook/lock/forget", "password", other)
		mine.made(other)
		mine.hides(mine.get(page), canary)
	})
}

// restarted is a device of a member, whom the secretary has given a printed code and who
// has chosen a password with it.
func restarted(t *testing.T, w *worldtest.World, member, password string) *notebookDevice {
	t.Helper()
	slips, err := w.App.Accounts.IssueCodes(t.Context(), w.Person("secretary"), []string{member})
	if err != nil {
		t.Fatal(err)
	}
	d := &notebookDevice{t, w, map[string]string{}}
	d.does(slips[0].Link, "new_password", password)
	return d
}

// TestTwoDevices: what one device has written is not written over by another that has
// not seen it, and both texts are shown.
func TestTwoDevices(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		password := w.Account("member").Password
		phone := signedIn(t, w, "member", password)
		phone.made(password)
		laptop := signedIn(t, w, "member", password)
		page := "/notebook/meetings/" + w.Meeting(meeting.Closed)
		phone.does(page, "text", "bản trên điện thoại", "base", "0")
		phone.does(page, "text", "bản trên điện thoại, viết tiếp", "base", "0")
		says(laptop.T, laptop.post(page, "text", "bản trên máy tính", "base", "0"), http.StatusConflict, "bản trên điện thoại, viết tiếp", "bản trên máy tính")
		base := regexp.MustCompile(`name="base" value="(\d+)"`).FindStringSubmatch(laptop.get(page).Body)
		laptop.does(page, "text", "cả hai bản", "base", base[1])
		says(phone.T, phone.post(page, "text", "không biết gì", "base", "0"), http.StatusConflict)
		says(phone.T, phone.get(page), http.StatusOK, "cả hai bản")
	})
}

// TestPageFillsItself: the page of a sealed meeting knows what was on the agenda and
// what was concluded; a draft and a meeting of another cell are not there.
func TestPageFillsItself(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		d := signedIn(t, w, "member", w.Account("member").Password)
		says(d.T, d.get("/notebook/meetings/"+w.Meeting(meeting.Sealed)), http.StatusOK, "Chương trình", "Kết luận của chủ trì", "Nghị quyết")
		says(d.T, d.get("/notebook/meetings/"+w.Meeting(meeting.Draft)), http.StatusNotFound)
		if a := w.As("other member").Get("/notebook/meetings/" + w.Meeting(meeting.Sealed)); a.Status != http.StatusNotFound {
			t.Errorf("for a member of another cell: %d", a.Status)
		}
		says(d.T, d.get("/notebook"), http.StatusOK, "/notebook/meetings/"+w.Meeting(meeting.Sealed))
		a := d.get("/notebook/booklet.docx?from=2026-01&to=2026-12&lines=true")
		if a.Status != http.StatusOK || !strings.HasPrefix(a.Body, "PK") {
			t.Errorf("the booklet: %d", a.Status)
		}
	})
}

// TestInspection: the secretary enters who has shown a notebook, its owner sees that,
// and nobody of another cell can.
func TestInspection(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		home, _ := w.Person("secretary").Home()
		d, member := signedIn(t, w, "secretary", w.Account("secretary").Password), w.Person("member").Member
		enter := func(day, order string) worldtest.Answer {
			return d.post("/notebook/inspections", "cell", home.Organization, "members", member, "shown_on", day, "in_order", order, "remark", "Chữ rõ, đủ các kỳ")
		}
		says(d.T, enter("2026-12-02", "yes"), http.StatusUnprocessableEntity, "hôm nay hoặc trước đó")
		says(d.T, enter("2026-11-20", "maybe"), http.StatusUnprocessableEntity)
		says(d.T, enter("2026-11-20", "yes"), http.StatusSeeOther)
		list := "/notebook/inspections?cell=" + home.Organization
		says(d.T, d.get(list), http.StatusOK, "20/11/2026", "Chữ rõ, đủ các kỳ")
		mine := signedIn(t, w, "member", w.Account("member").Password)
		says(mine.T, mine.get("/notebook"), http.StatusOK, "Chữ rõ, đủ các kỳ")
		says(mine.T, mine.get(list), http.StatusForbidden)
		if a := w.As("other secretary").Get(list); a.Status != http.StatusNotFound {
			t.Errorf("for the secretary of another cell: %d", a.Status)
		}
		if a := d.get("/notebook/inspections.pdf?cell=" + home.Organization); a.Status != http.StatusOK {
			t.Errorf("the list on paper: %d", a.Status)
		}
		d.does("/notebook/inspections/settings", "cell", home.Organization, "every", "6")
		says(mine.T, mine.get("/notebook"), http.StatusOK, "6 tháng một lần")
	})
}
