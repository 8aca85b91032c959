package e2e

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/conference"
	"chibo/delegation"
	"chibo/e2e/browser"
	"chibo/feedback"
	"chibo/kit/id"
	"chibo/meeting"
	"chibo/organization"
	"chibo/reception"
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
		s.receive()
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
}

// name has one unit name people on a telephone; the others hand in their names by the
// actions behind the same pages.
func (s *event) name() {
	phone := s.in("secretary", browser.Phone)
	phone.Go("/conferences/" + s.ID + "/delegates/units/" + s.w.Account("secretary").Organization)
	phone.Type("Tìm trong danh sách đảng viên", s.w.Person("secretary").Name)
	phone.Send("Tìm")
	phone.Send("Cử")
	phone.See("Đã cử 1/5 đồng chí")
	phone.Press("Tự ghi tên người được cử")
	phone.Type("Họ và tên", "Lý Thị Gõ Tay")
	phone.Send("Cử người này")
	phone.See("Đã cử 2/5 đồng chí")

	ctx, d, clerk := s.Context(), s.w.App.Delegations, s.w.Person("clerk")
	shares, err := delegation.Shares(ctx, s.w.App.DB, s.Conference)
	if err != nil || len(shares) != units {
		s.Fatal(len(shares), err)
	}
	n := 0
	for _, x := range shares {
		places := x.Places
		if x.Unit.ID == s.w.Account("secretary").Organization {
			places -= 2
		}
		for range places {
			if _, err := d.Send(ctx, clerk, s.ID, x.Unit.ID, delegation.Delegate{Category: x.Line.ID, Name: fmt.Sprintf("Đại biểu số %dx", n), Post: "Cấp ủy viên"}); err != nil {
				s.Fatal(x.Unit.Name, err)
			}
			n++
		}
	}
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
	s.office.See(s.numbered(297).Name)
}

// others sends what a third device has written down, by the session of a page.
func (s *event) others(p *browser.Page, path string) {
	marked, missing := map[string]bool{}, s.numbered(297).ID
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
	for _, want := range []string{"01-ke-hoach-so-", "-chuong-trinh-", "-danh-sach-dai-bieu.pdf", "-giay-moi-300.pdf", "-diem-danh-", "-y-kien-gop-y-", "-tong-hop-y-kien-gop-y-", "-rut-kinh-nghiem-", "00-muc-luc.pdf"} {
		if !strings.Contains(all, want) {
			s.Errorf("%s is missing in %s", want, all)
		}
	}
}
