package e2e

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/conference"
	"chibo/delegation"
	"chibo/e2e/browser"
	"chibo/feedback"
	"chibo/kit/id"
	"chibo/kit/sheet"
	"chibo/meeting"
	"chibo/minutes"
	"chibo/news"
	"chibo/organization"
	"chibo/proceedings"
	"chibo/reception"
	"chibo/staging"
)

// event is the way of one conference through the program.
type event struct {
	*testing.T
	w      *worldtest.World
	in     func(role string, size [2]int64) *browser.Page
	office *browser.Page // of the committee
	conference.Conference
	Sitting conference.Sitting // the first one
	people  []delegation.Delegate
}

// The case is that of a plan of the field, 82-KH/ĐU of 2024: two sittings, two hosts, the
// committees of sixty units with five people each. The people are made up.
const units, perUnit = 60, 5

// TestAConferenceFromPlanToLesson runs a conference from its plan to the lesson on the next
// agenda of a cell and to the file that is kept of it.
func TestAConferenceFromPlanToLesson(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		in := open(t, w)
		s := &event{T: t, w: w, in: in, office: in("clerk", browser.Desk)}
		s.found()
		s.open()
		s.issue()
		s.name()
		s.invite()
		s.rehearse()
		s.receive()
		s.perform("secretary", 0)
		s.perform("other secretary", 1)
		s.photograph()
		s.hear()
		s.keep()
	})
}

// found founds the units that the small ward lacks.
func (s *event) found() {
	for n := 3; n <= units; n++ {
		o := organization.Organization{Name: fmt.Sprintf("Chi bộ Tổ dân phố %d", 100+n), Level: organization.Cell, Kind: organization.Kinds[0]}
		if n%10 == 0 {
			o = organization.Organization{Name: fmt.Sprintf("Đảng bộ bộ phận %d", n), Level: organization.BaseCommittee}
		}
		if _, err := s.w.App.Organizations.Add(s.Context(), s.w.Person("administrator"), s.w.Account("clerk").Organization, o); err != nil {
			s.Fatal(err)
		}
	}
}

// open opens the conference with its sittings and its composition.
func (s *event) open() {
	p, today := s.office, worldtest.Now.Date()
	p.Go("/conferences")
	p.Press("Mở hội nghị")
	p.Choose("Cấp ủy tổ chức", s.w.Account("clerk").Unit)
	p.Type("Trích yếu", "Tổ chức hội nghị chuyên đề sinh hoạt chi bộ mẫu")
	p.Type("Hạn cử đại biểu", today.String())
	p.Send("Mở hội nghị")
	page := p.At()
	for _, y := range []struct{ title, kind, host, starts, ends string }{
		{"Hội nghị “sinh hoạt chi bộ thường kỳ” mẫu", "Sinh hoạt thường kỳ", "secretary", "08:00", "11:00"},
		{"Hội nghị “sinh hoạt chi bộ chuyên đề” mẫu", "Sinh hoạt chuyên đề", "other secretary", "14:00", "17:00"},
	} {
		p.Press("Thêm buổi hội nghị")
		p.Type("Tên buổi", y.title)
		p.Choose("Loại sinh hoạt", y.kind)
		p.Choose("Chi bộ thực hiện", s.w.Account(y.host).Unit)
		p.Type("Ngày", today.String())
		p.Type("Bắt đầu lúc", y.starts)
		p.Type("Kết thúc lúc", y.ends)
		p.Type("Địa điểm", "Hội trường phường")
		p.Send("Lưu")
		p.See(y.title)
	}
	p.Press("Thêm thành phần")
	p.Type("Thành phần", "Cấp ủy đảng bộ, chi bộ cơ sở")
	p.Tick("Đơn vị trực thuộc cử")
	p.Type("Số người", fmt.Sprint(perUnit))
	p.Send("Lưu")
	p.See("Cấp ủy đảng bộ, chi bộ cơ sở")
	var err error
	if s.Conference, err = conference.Get(s.Context(), s.w.App.DB, s.w.Person("clerk").Scope(conference.Keep), strings.TrimPrefix(page, "/conferences/")); err != nil {
		s.Fatal(err)
	}
	sittings, err := conference.Sittings(s.Context(), s.w.App.DB, s.Conference)
	if err != nil || len(sittings) != 2 {
		s.Fatal(sittings, err)
	}
	s.Sitting = sittings[0]
}

// issue writes the plan, has it approved and issues it; the host names its meeting.
func (s *event) issue() {
	p := s.office
	p.Press("Mở kế hoạch")
	p.Press("Sửa kế hoạch")
	p.Type("Căn cứ", "Căn cứ Hướng dẫn số 42-HD/BTCTW, ngày 28/10/2025 của Ban Tổ chức Trung ương")
	p.Type("Người ký", "Lê Văn Thảo")
	p.Send("Lưu")
	p.Send("Gửi cấp ủy duyệt")
	committee := s.in("committee", browser.Phone)
	committee.Go(s.PlanPath())
	committee.Tick("Duyệt")
	committee.Send("Trả lời")
	committee.Press("Ban hành, lấy số")
	committee.Send("Đồng ý, ban hành")
	committee.See("Đã ban hành")
	p.Go(s.Path())
	p.Press("Lập chương trình")
	p.Send("Lưu")
	p.See("Chi bộ thực hiện kỳ sinh hoạt mẫu")
	host := s.in("secretary", browser.Phone)
	host.Go(s.Path())
	host.Choose("Kỳ sinh hoạt", titled(s.T, s.w, meeting.Draft))
	host.Send("Chọn kỳ này")

	ctx, other := s.Context(), s.w.Person("other secretary")
	sittings, err := conference.Sittings(ctx, s.w.App.DB, s.Conference)
	if err != nil {
		s.Fatal(err)
	}
	themed, err := s.w.App.Meetings.Convene(ctx, other, s.w.Account("other secretary").Organization, meeting.Convening{
		Kind: meeting.Thematic, Month: worldtest.Now.Date().In(), StartsAt: sittings[1].StartsAt, Theme: "Nêu gương của đảng viên",
	})
	if err != nil {
		s.Fatal(err)
	}
	s.w.As("other secretary").Sends(s.Path()+"/sittings/"+sittings[1].ID+"/meeting", "meeting", themed.ID)
}

// rehearse drafts the cards, runs through them, and has them approved.
func (s *event) rehearse() {
	p, script := s.office, staging.ScriptPath(s.ID, s.Sitting.ID)
	p.Go(script)
	p.Send("Soạn thẻ từ chương trình")
	p.See("Chi bộ thực hiện kỳ sinh hoạt mẫu")
	p.Press("Ghi lịch tổng duyệt")
	p.Type("Ngày tổng duyệt", worldtest.Now.Date().String())
	p.Type("Giờ", "00:30")
	p.Send("Lưu")
	p.See("Duyệt từng thẻ")
	p.Type("Thực tế, số phút: Đón tiếp, ổn định tổ chức", "9")
	p.Send("Lưu số phút")
	p.See("Thực tế 9 phút, dự kiến 15 phút.")
	p.Type("Sửa gì", "Đón đại biểu sớm hơn")
	p.Type("Đơn vị hoặc người phụ trách", "Văn phòng")
	p.Send("Ghi việc phải sửa")
	p.See("Đã ghi vào bảng phân công.")
	p.Tick("Đạt")
	p.Send("Kết luận")
	p.See("Đã kết luận.")
	s.w.As("committee").Sends(script + "/approve")
}

// perform lets the host of a sitting hold the meeting that it has named, from its opening to
// the seal.
func (s *event) perform(host string, n int) {
	ctx, w := s.Context(), s.w
	who := w.Person(host)
	sittings, err := conference.Sittings(ctx, w.App.DB, s.Conference)
	if err != nil {
		s.Fatal(err)
	}
	at := sittings[n].Meeting
	if err := w.App.Meetings.Notify(ctx, who, at, "Hội nghị đã ấn định ngày"); err != nil {
		s.Fatal(err)
	}
	state, err := w.App.Rooms.StateOf(ctx, w.App.DB, sittings[n].HostRoot, at)
	if err != nil {
		s.Fatal(err)
	}
	var acts []proceedings.Act
	put := func(k proceedings.ActKind, body any) {
		raw, err := json.Marshal(body)
		if err != nil {
			s.Fatal(err)
		}
		acts = append(acts, proceedings.Act{ID: id.New(), Meeting: at, Kind: k, At: worldtest.Now, Body: raw})
	}
	put(proceedings.KindOpen, proceedings.OpenBody{Began: worldtest.Now})
	here := 0
	for _, m := range state.Setup.Roll {
		if m.Counts {
			here++
			put(proceedings.KindAttendance, proceedings.AttendanceBody{Member: m.ID, Status: proceedings.Present})
		}
	}
	put(proceedings.KindReadback, proceedings.ReadbackBody{})
	put(proceedings.KindAdopt, proceedings.AdoptBody{For: here})
	put(proceedings.KindClose, proceedings.CloseBody{})
	answers, err := w.App.Rooms.Append(ctx, who, at, acts)
	for i, a := range answers {
		err = errors.Join(err, a.Err)
		if a.Err != nil {
			s.Errorf("%s: %v", acts[i].Kind, a.Err)
		}
	}
	if err != nil {
		s.Fatal(err)
	}
	secrets := map[string]string{}
	for _, a := range w.Accounts {
		secrets[a.Member] = a.Password
	}
	for part, member := range map[minutes.Part]string{minutes.MinuteTaker: state.Setup.MinuteTaker, minutes.Chair: state.Setup.Chair} {
		if err := w.App.Minutes.Sign(ctx, who, at, minutes.Signing{Part: part, Secret: secrets[member]}); err != nil {
			s.Fatal(part, err)
		}
	}
	if err := w.App.Minutes.Seal(ctx, who, at, minutes.Sealing{}); err != nil {
		s.Fatal(err)
	}
}

// photograph lets the first host tell of its meeting, with a picture in which nobody is.
func (s *event) photograph() {
	ctx, secretary := s.Context(), s.w.Person("secretary")
	sittings, err := conference.Sittings(ctx, s.w.App.DB, s.Conference)
	if err != nil {
		s.Fatal(err)
	}
	i, err := s.w.App.News.Begin(ctx, secretary, sittings[0].Meeting)
	if err != nil {
		s.Fatal(err)
	}
	var drawn bytes.Buffer
	if err := png.Encode(&drawn, image.NewGray(image.Rect(0, 0, 64, 40))); err != nil {
		s.Fatal(err)
	}
	if err := s.w.App.News.AddPicture(ctx, secretary, i.ID, "hoi-truong.png", drawn.Bytes(), "Quang cảnh hội nghị"); err != nil {
		s.Fatal(err)
	}
	pictures, err := news.Pictures(ctx, s.w.App.DB, i.Root, i.ID)
	if err != nil || len(pictures) != 1 {
		s.Fatal(len(pictures), err)
	}
	if err := s.w.App.News.Name(ctx, secretary, i.ID, pictures[0].ID, news.Naming{Caption: "Quang cảnh hội nghị", Nobody: true}); err != nil {
		s.Fatal(err)
	}
	if err := s.w.App.News.Publish(ctx, secretary, i.ID); err != nil {
		s.Fatal(err)
	}
}

// name has three units name people in a browser and a fourth by a workbook; the others hand
// in their names by the handlers behind the same pages.
func (s *event) name() {
	phone := s.in("secretary", browser.Phone)
	phone.Go(s.unit(s.w.Account("secretary").Organization))
	phone.Type("Tìm trong danh sách đảng viên", s.w.Person("secretary").Name)
	phone.Send("Tìm")
	phone.Send("Cử")
	phone.See("Đã cử 1/5 đồng chí")
	s.types(phone, "Lý Thị Gõ Tay", "Đã cử 2/5 đồng chí")
	shares, err := delegation.Shares(s.Context(), s.w.App.DB, s.Conference)
	if err != nil || len(shares) != units {
		s.Fatal(len(shares), err)
	}
	other, desk := s.w.Account("other secretary").Organization, shares[len(shares)-1].Unit.ID
	phone = s.in("other secretary", browser.Phone)
	phone.Go(s.unit(other))
	s.types(phone, "Hồ Thị Gõ Tay", "Đã cử 1/5 đồng chí")
	s.office.Go(s.unit(desk))
	s.types(s.office, "Võ Thị Gõ Tay", "Đã cử 1/5 đồng chí")

	named := map[string]int{s.w.Account("secretary").Organization: 2, other: 1, desk: 1}
	unit, names, n := "", []string(nil), 0
	next := func() string { n++; return fmt.Sprintf("Đại biểu số %dx", n-1) }
	for _, x := range shares {
		if named[x.Unit.ID] == 0 && unit == "" {
			unit = x.Unit.Name
			for range x.Places {
				names = append(names, next())
			}
			continue
		}
		for range x.Places - named[x.Unit.ID] {
			s.w.As("clerk").Sends(s.unit(x.Unit.ID), "category", x.Line.ID, "name", next(), "post", "Cấp ủy viên")
		}
	}
	s.imports(unit, names)
}

// unit is the page on which a unit names its delegates.
func (s *event) unit(id string) string { return "/conferences/" + s.ID + "/delegates/units/" + id }

// types names somebody by hand on the page of a unit.
func (s *event) types(p *browser.Page, name, then string) {
	p.Press("Tự ghi tên người được cử")
	p.Type("Họ và tên", name)
	p.Send("Cử người này")
	p.See(then)
}

// imports takes the people of a unit from a workbook.
func (s *event) imports(unit string, names []string) {
	t := sheet.Table{Name: "Đại biểu", Header: []string{"Thành phần", "Đơn vị", "Họ và tên"}}
	for _, name := range names {
		t.Rows = append(t.Rows, []any{"Cấp ủy đảng bộ, chi bộ cơ sở", unit, name})
	}
	data, err := t.XLSX()
	if err != nil {
		s.Fatal(err)
	}
	path := filepath.Join(s.TempDir(), "dai-bieu.xlsx")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		s.Fatal(err)
	}
	p := s.office
	p.Go("/conferences/" + s.ID + "/delegates/import")
	p.Attach("Tệp Excel hoặc CSV", path)
	p.Press("Xem trước")
	p.See("Nhập được 5 trong 5 dòng")
	p.Send("Đưa 5 người vào danh sách")
	p.See("Đã đưa 5 người vào danh sách.")
}

// invite issues all invitations at once; one is opened as a paper and one is answered on a
// telephone without an account.
func (s *event) invite() {
	p := s.office
	p.Go(s.Path())
	p.Press("Mở danh sách đại biểu")
	p.Press("Phát hành 300 giấy mời")
	p.Send("Phát hành")
	p.See("Đã phát hành 300 giấy mời.")
	var err error
	if s.people, err = delegation.Standing(s.Context(), s.w.App.DB, s.Conference); err != nil || len(s.people) != units*perUnit {
		s.Fatal(len(s.people), err)
	}
	one := s.people[0]
	kind := browser.Run[string](p, fmt.Sprintf(`fetch("/conferences/%s/delegates/invitations.pdf?one=%s").then((a) => a.text()).then((words) => words.slice(0, 4))`, s.ID, one.ID))
	if kind != "%PDF" {
		s.Errorf("an invitation begins with %q", kind)
	}
	guest := s.guest(one.Invitation())
	guest.See(one.Name)
	guest.Tick("Tôi sẽ dự")
	guest.Send("Gửi trả lời")
	guest.See("Đã trả lời")
}

// guest is the telephone of somebody without an account.
func (s *event) guest(path string) *browser.Page {
	p := browser.New(s, browser.Run[string](s.office, `location.origin`), browser.Phone)
	p.Go(path)
	return p
}

// numbered finds the delegates whom the services have named, by their number.
func (s *event) numbered(n int) delegation.Delegate {
	name := fmt.Sprintf("Đại biểu số %dx", n)
	for _, d := range s.people {
		if d.Name == name {
			return d
		}
	}
	s.Fatal("nobody is", name)
	return delegation.Delegate{}
}

// receive receives the delegates at two desks, one of which loses the network; the rest come
// by what a third device sends. One delegate does not come.
func (s *event) receive() {
	var away atomic.Bool
	program := s.w.App.Handler()
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if away.Load() {
			panic(http.ErrAbortHandler)
		}
		program.ServeHTTP(rw, r)
	}))
	s.Cleanup(server.Close)
	path := "/conferences/" + s.ID + "/desk/" + s.Sitting.ID
	lost, desk, a := browser.New(s, server.URL, browser.Phone), s.in("clerk", browser.Phone), s.w.Account("clerk")
	signIn(lost, a.Name, a.Password)
	for i, p := range []*browser.Page{desk, lost} {
		p.Go(path + fmt.Sprintf("?desk=B%%C3%%A0n+%d", i+1))
		p.Wait("the desk has its list", `document.getElementById("desk").dataset.ready === "yes"`)
	}
	lost.Wait("the worker is there", `navigator.serviceWorker.ready.then(Boolean)`)
	receives := func(p *browser.Page, from, to int) {
		if stuck := browser.Run[string](p, fmt.Sprintf(thirds, from, to)); stuck != "" {
			s.Fatal(stuck)
		}
	}
	away.Store(true)
	receives(lost, 0, 10)
	receives(desk, 8, 20) // two of them at the other desk, too
	away.Store(false)
	s.others(desk, path)
	for _, p := range []*browser.Page{desk, lost} {
		p.Go(path)
		p.Wait("every desk counts alike", `document.querySelector("[data-count]").textContent === "299"`)
	}
	b, err := s.w.App.Receptions.Board(s.Context(), s.w.Person("clerk"), s.ID, s.Sitting.ID)
	if err != nil || b.Total.Due != units*perUnit || b.Total.Came != units*perUnit-1 || b.Total.Beyond != 0 || b.Absent() != 1 {
		s.Errorf("the sitting stands at %+v, %v", b.Total, err)
	}
	s.office.Go("/conferences/" + s.ID + "/arrivals/" + s.Sitting.ID)
	s.office.See(s.numbered(295).Name)
}

// others sends what a third device has written down, by the session of a page.
func (s *event) others(p *browser.Page, path string) {
	marked, missing := map[string]bool{}, s.numbered(295).ID
	for n := range 20 {
		marked[s.numbered(n).ID] = true
	}
	sent := reception.Sent{Now: worldtest.Now}
	for _, d := range s.people {
		if !marked[d.ID] && d.ID != missing {
			sent.Events = append(sent.Events, reception.Event{ID: id.New(), Kind: reception.Came, Way: reception.ByCode, Delegate: d.ID, Desk: "Bàn 3", At: worldtest.Now})
		}
	}
	body, err := json.Marshal(sent)
	if err != nil {
		s.Fatal(err)
	}
	answer := browser.Run[string](p, fmt.Sprintf(`fetch(%q, { method: "POST", headers: { "Content-Type": "application/json" }, body: %q })
		.then(async (a) => a.status + " " + (await a.json()).refused.length)`, path+"/events", body))
	if answer != "200 0" {
		s.Fatal("the third device is answered", answer)
	}
}

// hear takes feedback by three telephones; the office puts together what says the same, the
// committee concludes, and the lesson stands on the next agenda of a cell.
func (s *event) hear() {
	path := "/conferences/" + s.ID + "/feedback/" + s.Sitting.ID
	s.office.Go(path)
	s.office.Tick("Không ghi tên")
	s.office.Send("Mở góp ý")
	s.office.See("Đã lưu.")
	f, err := s.w.App.Feedback.View(s.Context(), s.w.Person("clerk"), s.ID, s.Sitting.ID)
	if err != nil {
		s.Fatal(err)
	}
	for _, text := range []string{"Tài liệu gửi muộn, đại biểu chưa kịp đọc", "Đại biểu chưa kịp đọc vì tài liệu gửi muộn", "Chưa có bảng tên đại biểu"} {
		s.say(f.Round, text)
	}
	s.office.Go(path + "/cells/preparation/limit")
	s.office.See("Có thể cùng một ý")
	s.office.Send("Gộp các ý đã đánh dấu")
	s.office.See("2 ý kiến")
	committee := s.in("committee", browser.Desk)
	committee.Go(path + "/conclusions")
	committee.Type("Hạn chế", "Tài liệu gửi muộn")
	committee.Type("Nguyên nhân", "Duyệt sát ngày họp")
	committee.Type("Giải pháp khắc phục", "Gửi tài liệu trước năm ngày")
	committee.Send("Lưu kết luận")
	committee.Press("Gửi mọi chi bộ")
	committee.Send("Gửi mọi chi bộ") // in the question
	committee.See("chi bộ đã tiếp thu")
	cell := s.in("secretary", browser.Phone)
	cell.Go("/meetings/" + s.w.Meeting(meeting.Draft))
	cell.See("Gửi tài liệu trước năm ngày")
}

func (s *event) say(r feedback.Round, text string) {
	phone := s.guest(r.Path())
	phone.Type("Mặt hạn chế", text)
	phone.Press("Phần tiếp theo")
	phone.See("Trình tự, nội dung")
	phone.Press("Phần tiếp theo")
	phone.Press("Gửi góp ý")
	phone.See("Đã nhận góp ý")
}

// keep downloads the file of the conference and opens it.
func (s *event) keep() {
	s.office.Go(s.Path())
	data := s.office.Fetch("Tải hồ sơ hội nghị")
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		s.Fatal(err)
	}
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
	}
	all := strings.Join(names, " ")
	for _, want := range []string{"01-ke-hoach-so-", "-chuong-trinh-", "-danh-sach-dai-bieu.pdf", "-giay-moi-300.pdf", "-diem-danh-", "-y-kien-gop-y-", "-tong-hop-y-kien-gop-y-", "-rut-kinh-nghiem-", "-kich-ban-", "-tong-duyet-", "-bien-ban-hoi-nghi-sinh-hoat-chi-bo.pdf", "-hinh-anh-quang-canh-hoi-nghi", "00-muc-luc.pdf"} {
		if !strings.Contains(all, want) {
			s.Errorf("%s is missing in %s", want, all)
		}
	}
}
