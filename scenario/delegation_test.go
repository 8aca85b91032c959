package scenario_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"chibo/app/world/worldtest"
	"chibo/conference"
	"chibo/delegation"
	"chibo/kit/fault"
	"chibo/kit/post"
	"chibo/kit/post/posttest"
	"chibo/kit/sheet"
	"chibo/kit/when"
	"chibo/meeting"
)

// gathering is a conference of the ward: the first cell performs, every cell sends two, the
// office invites guests and the press.
type gathering struct {
	conference.Conference
	sitting                     conference.Sitting
	cells, hosts, guests, press string // lines
}

func openedDelegation(t *testing.T, w *worldtest.World) gathering {
	t.Helper()
	ctx, clerk, s := t.Context(), w.Person("clerk"), w.App.Conferences
	today := worldtest.Now.Date()
	x, err := s.Open(ctx, clerk, conference.Conference{
		Organization: w.Account("clerk").Organization, Title: "Tổ chức hội nghị sinh hoạt chi bộ mẫu", NamesBy: today.AddDays(10),
	})
	if err != nil {
		t.Fatal(err)
	}
	out := gathering{Conference: x}
	start := today.AddDays(30).At(8, 0)
	out.sitting, err = s.AddSitting(ctx, clerk, x.ID, conference.Sitting{
		Title: "Buổi mẫu", Kind: meeting.Ordinary, Host: w.Account("secretary").Organization, StartsAt: start, EndsAt: start.Add(3 * time.Hour), Venue: "Hội trường phường", Address: "12 Bến Nước",
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, y := range []struct {
		id *string
		conference.Category
	}{
		{&out.cells, conference.Category{Title: "Cấp ủy các chi bộ", Source: conference.FromCells, Quota: 2}},
		{&out.hosts, conference.Category{Title: "Đảng viên chi bộ thực hiện", Source: conference.FromHosts}},
		{&out.guests, conference.Category{Title: "Đại biểu mời", Source: conference.FromOffice, Quota: 3}},
		{&out.press, conference.Category{Title: "Cơ quan báo chí", Source: conference.FromPress, Quota: 1}},
	} {
		made, err := s.AddCategory(ctx, clerk, x.ID, y.Category)
		if err != nil {
			t.Fatal(err)
		}
		*y.id = made.ID
	}
	return out
}

func (x gathering) at(more string) string { return x.Path() + "/delegates" + more }

// standing returns the delegates who stand, by name.
func standing(t *testing.T, w *worldtest.World, x gathering) map[string]delegation.Delegate {
	t.Helper()
	all, err := delegation.Standing(t.Context(), w.App.DB, x.Conference)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]delegation.Delegate{}
	for _, d := range all {
		out[d.Name] = d
	}
	return out
}

// TestFromCompositionToSeat: units name from the roll and by hand, no more than their
// quota; the office enters guests, issues, prints, seats; a delegate answers without an
// account and is replaced; numbers are never given twice.
func TestFromCompositionToSeat(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		x := openedDelegation(t, w)
		mine := x.at("/units/" + w.Account("secretary").Organization)
		w.As("secretary").Reads("/", "cử đại biểu", "còn thiếu 2 đại biểu")
		w.As("member").Reads("/")
		w.As("member").Refused(http.StatusForbidden, mine, "category", x.cells, "name", "Ai đó")
		w.As("other secretary").Refused(http.StatusNotFound, mine, "category", x.cells, "name", "Ai đó")
		w.As("secretary").Refused(http.StatusNotFound, mine, "category", x.cells, "member", w.Account("other secretary").Member)
		w.As("secretary").Refused(http.StatusNotFound, mine, "category", x.guests, "name", "Khách")
		w.As("secretary").Refused(http.StatusUnprocessableEntity, mine, "category", x.cells, "name", " ")
		w.As("secretary").Sends(mine, "category", x.cells, "member", w.Account("secretary").Member, "phone", "0900000001")
		w.As("secretary").Refused(http.StatusConflict, mine, "category", x.cells, "member", w.Account("secretary").Member)
		w.As("secretary").Sends(mine, "category", x.cells, "name", "Lý Thị Gõ Tay", "post", "Chi ủy viên", "phone", "0900000002")
		w.As("secretary").Refused(http.StatusConflict, mine, "category", x.cells, "name", "Người Thứ Ba")
		w.As("secretary").Reads(mine, "Lý Thị Gõ Tay", "Đã cử 2/2")
		if a := w.As("secretary").Get("/"); strings.Contains(a.Body, "còn thiếu") {
			t.Error("the home page asks a unit that has named all")
		}
		w.As("other secretary").Reads("/", "còn thiếu 2 đại biểu")

		theirs := x.at("/units/" + w.Account("other secretary").Organization)
		other := w.As("other secretary").Reads(theirs, "Đã cử 0/2")
		gone := standing(t, w, x)["Lý Thị Gõ Tay"]
		for _, page := range []string{other, w.As("other secretary").Get(gone.Path()).Body, w.As("other secretary").Get(x.Path()).Body} {
			if strings.Contains(page, "Lý Thị Gõ Tay") || strings.Contains(page, "0900000002") {
				t.Error("a unit sees the delegates of another")
			}
		}
		w.As("other secretary").Refused(http.StatusNotFound, gone.Path()+"/withdraw")

		w.As("secretary").Refused(http.StatusForbidden, x.at(""), "category", x.guests, "name", "Khách", "unit", "Thành ủy")
		w.As("clerk").Refused(http.StatusUnprocessableEntity, x.at(""), "category", x.guests, "name", "Khách", "unit", "")
		w.As("clerk").Sends(x.at(""), "category", x.guests, "name", "Đặng Khách Mời", "unit", "Ban Tổ chức Thành ủy", "email", "khach@thanhuy.example")
		w.As("clerk").Sends(x.at(""), "category", x.press, "name", "Mai Phóng Viên", "unit", "Báo Sông Xanh")
		w.As("clerk").Sends(x.at("/hosts"))
		w.As("clerk").Sends(x.at("/hosts")) // once more adds nobody
		w.As("clerk").Sends(x.at("/remind"))
		w.As("other secretary").Reads("/inbox", "còn thiếu 2")
		w.As("clerk").Refused(http.StatusUnprocessableEntity, x.at("/quota"), "category", x.cells, "unit", w.Account("other secretary").Organization, "places", "1", "reason", "")
		w.As("clerk").Sends(x.at("/quota"), "category", x.cells, "unit", w.Account("other secretary").Organization, "places", "1", "reason", "Chi bộ ít người")
		w.As("other secretary").Reads(theirs, "Đã cử 0/1")

		w.As("clerk").Sends(x.Path()+"/sittings/"+x.sitting.ID+"/programme", "content_1", "Tuyên bố lý do", "minutes_1", "10", "content_2", "Chi bộ thực hiện", "minutes_2", "90")
		w.As("clerk").Refused(http.StatusUnprocessableEntity, x.at("/note"), "words", strings.Repeat("a", 601))
		w.As("clerk").Sends(x.at("/note"), "answer_by", worldtest.Now.Date().AddDays(20).String(), "words", "Đề nghị mang theo thẻ Đảng.")
		w.As("secretary").Refused(http.StatusForbidden, x.at("/issue"))
		w.As("clerk").Sends(x.at("/issue"))
		people := standing(t, w, x)
		numbers := map[int]bool{}
		for _, d := range people {
			if numbers[d.Number] || d.Number < 1 || d.Number > len(people) {
				t.Errorf("%s has number %d of %d", d.Name, d.Number, len(people))
			}
			numbers[d.Number] = true
		}
		answers(t, w, x)
		seats(t, w, x)
		sheets(t, w, x)
		mail(t, w, x)
		late(t, w, x)
		over(t, w, x)
	})
}

// answers lets the one who was typed decline without an account; the unit names another,
// who gets a new number.
func answers(t *testing.T, w *worldtest.World, x gathering) {
	t.Helper()
	old := standing(t, w, x)["Lý Thị Gõ Tay"]
	page := w.As("stranger").Reads(old.Invitation(), "Lý Thị Gõ Tay", "Hội trường phường, 12 Bến Nước", "Thứ Năm",
		"08:10 Chi bộ thực hiện", "Đề nghị mang theo thẻ Đảng.", "Đề nghị trả lời trước hết ngày")
	if strings.Contains(page, old.Phone) || strings.Contains(page, "Đặng Khách Mời") {
		t.Error("an invitation says more than its own")
	}
	if a := w.As("stranger").Get(old.Invitation()); a.Header.Get("X-Robots-Tag") == "" || a.Header.Get("Cache-Control") != "no-store" {
		t.Error("an invitation may be found and kept:", a.Header)
	}
	if a := w.As("stranger").Get("/i/" + strings.Repeat("A", 26)); a.Status != http.StatusNotFound {
		t.Error("a wrong code:", a.Status)
	}
	if ics := w.As("stranger").Get(old.Invitation() + "/calendar.ics"); !strings.Contains(ics.Body, "BEGIN:VEVENT") || !strings.Contains(ics.Body, "Hội trường phường") {
		t.Error("the calendar:", ics.Body)
	}
	w.As("stranger").Refused(http.StatusUnprocessableEntity, old.Invitation(), "answer", "declined", "reason", "")
	w.As("stranger").Sends(old.Invitation(), "answer", "declined", "reason", "Đi công tác", "proposed", "Hồ Đi Thay")
	w.As("secretary").Reads(old.Path(), "Đi công tác", `value="Hồ Đi Thay"`)
	w.As("secretary").Sends(old.Path()+"/replace", "name", "Hồ Đi Thay", "post", "Chi ủy viên")
	w.As("stranger").Reads(old.Invitation(), "không còn hiệu lực")
	w.As("stranger").Refused(http.StatusConflict, old.Invitation(), "answer", "coming")
	w.As("clerk").Sends(x.at("/issue"))
	came := standing(t, w, x)["Hồ Đi Thay"]
	if came.Replaces != old.ID || came.Number <= old.Number || came.Number != len(standing(t, w, x))+1 {
		t.Errorf("the replacement: %+v of %+v", came, old)
	}
	w.As("stranger").Sends(came.Invitation(), "answer", "coming")
	w.As("clerk").Reads(x.at("/list?state=coming"), "Hồ Đi Thay")
	if body := w.As("clerk").Reads(x.at("/list?q=ho+di")); strings.Contains(body, "Đặng Khách Mời") || !strings.Contains(body, "Hồ Đi Thay") {
		t.Error("the search finds others")
	}
	own := 0
	for _, d := range standing(t, w, x) {
		if d.Member == w.Account("member").Member {
			own++
			w.As("member").Reads("/inbox", "Mời đồng chí dự")
			if a := w.As("member").Get("/invitations/" + d.ID); a.Location() != d.Invitation() {
				t.Error("the member's own invitation:", a.Status, a.Location())
			}
			if a := w.As("other member").Get("/invitations/" + d.ID); a.Status != http.StatusNotFound {
				t.Error("the invitation of another:", a.Status)
			}
		}
	}
	if own != 1 {
		t.Errorf("the member has %d invitations", own)
	}
	if strings.Contains(w.Logged(), old.Code) {
		t.Error("a code stands in the log")
	}
	guessed(t, w, standing(t, w, x))
}

// guessed has somebody in the hall try codes until they are turned away: whoever holds a good one still comes in
// from the same address.
func guessed(t *testing.T, w *worldtest.World, people map[string]delegation.Delegate) {
	t.Helper()
	for n := 0; ; n++ {
		a := w.As("stranger").Get(fmt.Sprintf("/i/%026d", n))
		if a.Status == http.StatusTooManyRequests && n > 0 {
			break
		}
		if a.Status != http.StatusNotFound || n > 100 {
			t.Fatalf("wrong code %d: %d", n+1, a.Status)
		}
	}
	for _, d := range people {
		if a := w.As("stranger").Get(d.Invitation()); a.Status != http.StatusOK {
			t.Errorf("a good code after many wrong ones: %d", a.Status)
		}
		return
	}
}

// seats prints and seats: a small block for the guests, the rest for all.
func seats(t *testing.T, w *worldtest.World, x gathering) {
	t.Helper()
	at := x.at("/seats/" + x.sitting.ID)
	w.As("clerk").Refused(http.StatusConflict, at+"/give")
	w.As("clerk").Refused(http.StatusUnprocessableEntity, at+"/blocks", "name", "A", "rows", "0", "seats", "0")
	w.As("clerk").Sends(at+"/blocks", "name", "A", "rows", "1", "seats", "1", "for", x.guests)
	w.As("clerk").Sends(at+"/blocks", "name", "B", "rows", "4", "seats", "10")
	w.As("clerk").Refused(http.StatusUnprocessableEntity, at+"/blocks", "name", "B", "seats", "2")
	w.As("clerk").Sends(at + "/give")
	all, err := delegation.ExpectedIn(t.Context(), w.App.DB, x.sitting)
	if err != nil {
		t.Fatal(err)
	}
	seats := map[string]string{}
	for _, e := range all {
		if e.Seat == "" || seats[e.Seat] != "" || e.Phone+e.Email != "" {
			t.Errorf("%s sits at %q, like %q; phone %q", e.Name, e.Seat, seats[e.Seat], e.Phone)
		}
		seats[e.Seat] = e.Name
	}
	if seats["A-1"] != "Đặng Khách Mời" {
		t.Error("in the block of the guests:", seats["A-1"])
	}
	blocks, err := delegation.Blocks(t.Context(), w.App.DB, x.sitting)
	if err != nil {
		t.Fatal(err)
	}
	guest, first := standing(t, w, x)["Đặng Khách Mời"], seats["B-1-1"]
	w.As("clerk").Refused(http.StatusUnprocessableEntity, at+"/move", "delegate", guest.ID, "block", blocks[1].ID, "seat", "41")
	w.As("clerk").Sends(at+"/move", "delegate", guest.ID, "block", blocks[1].ID, "seat", "1")
	w.As("clerk").Reads(at+"/wall", "Đặng Khách Mời", "Khối A")
	w.As("clerk").Refused(http.StatusConflict, at+"/drop", "block", blocks[0].ID)
	all, err = delegation.ExpectedIn(t.Context(), w.App.DB, x.sitting)
	if err != nil {
		t.Fatal(err)
	}
	moved := slices.IndexFunc(all, func(e delegation.Expected) bool { return e.Name == first })
	if moved < 0 || all[moved].Seat != "A-1" {
		t.Errorf("%q did not change places: %+v", first, all)
	}
	if to := w.As("clerk").Sends(x.at("/print"), "line", x.press); !strings.Contains(to, "invitations.pdf?line="+x.press) {
		t.Error("printing leads to", to)
	}
	if d := standing(t, w, x)["Mai Phóng Viên"]; d.PrintedAt.IsZero() || !guest.PrintedAt.IsZero() {
		t.Error("what was printed:", d.PrintedAt, guest.PrintedAt)
	}
	if to := w.As("clerk").Sends(x.at("/print"), "unit", "Báo Sông Xanh"); !strings.Contains(to, "unit=B%C3%A1o") {
		t.Error("printed by unit:", to)
	}
	w.As("clerk").Refused(http.StatusConflict, x.at("/print"), "unit", "Không có")
	for _, file := range []string{"/invitations.pdf", "/badges.pdf", "/badges.pdf?large=true&one=" + guest.ID} {
		if a := w.As("clerk").Get(x.at(file)); !strings.HasPrefix(a.Body, "%PDF") {
			t.Error(file, a.Status)
		}
	}
}

// mail sends the invitations of those with an address, each once; who has none is left out.
func mail(t *testing.T, w *worldtest.World, x gathering) {
	t.Helper()
	office, server := w.As("clerk"), posttest.Catch(t)
	if a := office.Get(x.at("")); strings.Contains(a.Body, x.at("/mail")) {
		t.Error("mail is offered without a mail server")
	}
	w.App.Delegations.Post = post.Office{Server: server.Server, From: "chibo@songxanh.example", Now: w.App.Now}.Send
	office.Reads(x.at(""), "Gửi 1 giấy mời qua thư")
	office.Sends(x.at("/mail"))
	if err := w.App.WorkDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	guest := standing(t, w, x)["Đặng Khách Mời"]
	got := server.Take()
	if len(got) != 1 || !strings.Contains(got[0].To, "<khach@thanhuy.example>") || guest.MailedAt.IsZero() {
		t.Fatalf("caught %+v, sent at %v", got, guest.MailedAt)
	}
	if l := got[0]; l.Subject != "Giấy mời dự hội nghị sinh hoạt chi bộ mẫu" || !strings.Contains(l.Text, guest.Invitation()) || !strings.Contains(l.Text, "Hội trường phường, 12 Bến Nước") {
		t.Errorf("the letter:\n%s\n%s", l.Subject, l.Text)
	}
	office.Refused(http.StatusConflict, x.at("/mail"))
}

// over closes the conference: who was named can be read, and nothing is offered that changes it.
func over(t *testing.T, w *worldtest.World, x gathering) {
	t.Helper()
	office, seats := w.As("clerk"), x.at("/seats/"+x.sitting.ID)
	w.As("committee").Sends(x.Path() + "/close")
	for _, page := range []string{x.at(""), seats} {
		if text := office.Reads(page, "Hội nghị đã kết thúc"); strings.Contains(text, `action="`+x.Path()) {
			t.Errorf("%s offers to change a conference that is over", page)
		}
	}
	office.Reads(x.at("/list"), "Đặng Khách Mời")
	office.Refused(http.StatusConflict, x.at(""), "category", x.guests, "name", "Khách", "unit", "Ban")
}

// late closes the naming: the unit may change nothing any more, the office may.
func late(t *testing.T, w *worldtest.World, x gathering) {
	t.Helper()
	d := standing(t, w, x)["Hồ Đi Thay"]
	x.NamesBy = worldtest.Now.Date().AddDays(-1)
	if err := w.App.Conferences.Change(t.Context(), w.Person("clerk"), x.ID, x.Conference); err != nil {
		t.Fatal(err)
	}
	w.As("secretary").Refused(http.StatusConflict, d.Path()+"/withdraw")
	w.As("secretary").Reads(x.at("/units/"+w.Account("secretary").Organization), "Đã hết hạn")
	w.As("clerk").Sends(d.Path() + "/withdraw")
	if _, is := standing(t, w, x)[d.Name]; is {
		t.Error("who was withdrawn stands still")
	}
}

// TestAUnitWithoutADeadlineIsNotAsked: before the day is set a unit finds nothing.
func TestAUnitWithoutADeadlineIsNotAsked(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	x := openedDelegation(t, w)
	x.NamesBy = when.Date{}
	if err := w.App.Conferences.Change(t.Context(), w.Person("clerk"), x.ID, x.Conference); err != nil {
		t.Fatal(err)
	}
	cell := w.Account("secretary").Organization
	if _, err := w.App.Delegations.Ask(t.Context(), w.App.DB, w.Person("secretary"), x.ID, cell); !fault.Is(err, fault.NotFound) {
		t.Error("a unit is asked:", err)
	}
	if _, err := w.App.Delegations.Remind(t.Context(), w.Person("clerk"), x.ID); !fault.Is(err, fault.Conflict) {
		t.Error("units are reminded of no day:", err)
	}
}

// sheets brings two people in a file, of whom one is of no line of the conference, and takes
// the whole list away.
func sheets(t *testing.T, w *worldtest.World, x gathering) {
	t.Helper()
	csv := "Danh sách khách;;;\nHọ tên;Đơn vị;Thành phần;Chức vụ\nVõ Từ Tệp;Ủy ban Mặt trận;dai bieu moi;Chủ tịch\nLạc Thành Phần;Nơi khác;Không có;\n;;;\n"
	page := upload(t, w, x.at("/import"), csv)
	for _, want := range []string{"Nhập được 1 trong 2 dòng", "Dòng 4", "Hội nghị không có thành phần tên này"} {
		if !strings.Contains(page, want) {
			t.Errorf("the preview lacks %q", want)
		}
	}
	hidden := func(page, name string) string {
		_, rest, _ := strings.Cut(page, `name="`+name+`" value="`)
		value, _, _ := strings.Cut(rest, `"`)
		return value
	}
	seen := []string{"list", hidden(page, "list"), "digest", hidden(page, "digest")}
	// Another file is another list, even where the rows read alike, and so is the list of another
	// account; what was not seen is not taken.
	other := upload(t, w, x.at("/import"), csv+"\n")
	if hidden(other, "digest") == seen[3] {
		t.Error("two files have one digest")
	}
	w.As("clerk").Refused(http.StatusConflict, x.at("/import/take"), "list", hidden(other, "list"), "digest", seen[3])
	w.As("committee").Refused(http.StatusNotFound, x.at("/import/take"), seen...)
	if _, is := standing(t, w, x)["Võ Từ Tệp"]; is {
		t.Error("somebody was taken")
	}
	w.As("clerk").Sends(x.at("/import/take"), seen...)
	w.As("clerk").Refused(http.StatusNotFound, x.at("/import/take"), seen...) // it is taken once
	// The list has changed since the other preview: it is shown anew and takes nobody.
	a := w.As("clerk").Post(x.at("/import/take"), "list", hidden(other, "list"), "digest", hidden(other, "digest"))
	if a.Status != http.StatusConflict || !strings.Contains(a.Body, "Nhập được 0 trong 2 dòng") || !strings.Contains(a.Body, "đã thay đổi") {
		t.Errorf("after the list has changed: %d\n%.1500s", a.Status, a.Body)
	}
	people := standing(t, w, x)
	if d := people["Võ Từ Tệp"]; d.Category != x.guests || d.Post != "Chủ tịch" || d.Unit != "Ủy ban Mặt trận" {
		t.Errorf("from the file: %+v", d)
	}
	if _, is := people["Lạc Thành Phần"]; is {
		t.Error("a row that is wrong was taken")
	}
	w.As("secretary").Refused(http.StatusForbidden, x.at("/import/take"), seen...)
	read, err := sheet.Read([]byte(w.As("clerk").Get(x.at("/list.xlsx")).Body))
	if err != nil || len(read) != 1 || len(read[0].Rows) != len(people)+3 {
		t.Errorf("the list as a workbook: %v, %d people", err, len(people))
	}
}

// upload sends a file by the form of a page and returns the answer.
func upload(t *testing.T, w *worldtest.World, path, contents string) string {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "khach.csv")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write([]byte(contents)); err != nil {
		t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	a := w.As("clerk").Do(r)
	if a.Status != http.StatusOK {
		t.Fatalf("%s: %d %s", path, a.Status, a.Body)
	}
	return a.Body
}
