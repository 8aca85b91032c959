package scenario_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/briefing"
	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/member"
)

// briefingScene is the first cell of a world with its wheel.
type briefingScene struct{ scene }

// session returns the briefing of the meeting in a state.
func (s briefingScene) session(state meeting.State) briefing.Session {
	s.Helper()
	all, err := briefing.History(s.Context(), s.w.App.DB, s.root, s.cell)
	s.must(err)
	at := slices.IndexFunc(all, func(x briefing.Session) bool { return x.State == state && x.Monthly })
	if at < 0 {
		s.Fatalf("no monthly meeting is %s", state)
	}
	return all[at]
}

func (s briefingScene) name(id string) string {
	s.Helper()
	m, err := member.Find(s.Context(), s.w.App.DB, s.root, id)
	s.must(err)
	return m.FullName
}

// The turn of a member from the swap to the thanks: who takes a turn is told, writes
// on a phone, is read by nobody before the meeting; whose turn it was stays first.
func TestATurn(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		s := briefingScene{sceneOf(t, w)}
		s.swap()
		s.write()
		s.tellOnTheEvening()
		s.thank()
		s.excuse()
	})
}

func (s briefingScene) swap() {
	x := s.session(meeting.Noticed)
	own := s.w.Account("member").Member
	if x.Turn == "" || x.Turn != x.Presenter || x.Turn == own {
		s.Fatalf("the wheel named %q, the agenda %q", x.Turn, x.Presenter)
	}
	s.see("secretary", "/meetings/"+x.Meeting, "Thời sự", s.name(x.Presenter), "Lượt báo cáo thời sự")
	s.see("secretary", "/briefings", "Sáu kỳ tới", s.name(x.Presenter))
	if a := s.w.As("member").Get(x.Path()); a.Status != http.StatusNotFound {
		s.Errorf("a member reads a briefing before the meeting: %d", a.Status)
	}
	if a := s.w.As("member").Post(x.Path()+"/teller", "member", own); a.Status != http.StatusForbidden {
		s.Errorf("a member takes a turn without asking: %d", a.Status)
	}
	s.w.As("secretary").Sends(x.Path()+"/teller", "member", own)
	after := s.session(meeting.Noticed)
	if after.Member() != own || after.For() != x.Turn {
		s.Errorf("%s tells in the place of %s", after.Member(), after.For())
	}
	draft := s.session(meeting.Draft)
	if draft.Member() != x.Turn {
		s.Errorf("whose turn was taken is not the next: %q, want %q", draft.Member(), x.Turn)
	}
	s.see("member", "/inbox", "báo cáo thời sự")
	s.see("member", "/", "Đến lượt đồng chí báo cáo thời sự")
	s.see("secretary", "/briefings", "thay lượt đồng chí "+s.name(x.Turn))
}

func (s briefingScene) write() {
	x := s.session(meeting.Noticed)
	if a := s.w.As("member").Post(x.Path()); a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Body, "ít nhất một") {
		s.Errorf("an empty briefing: %d", a.Status)
	}
	s.w.As("member").Sends(x.Path(), "national", "Kết quả sắp xếp đơn vị hành chính.", "international", "Hội nghị khí hậu.", "local", "Phường chỉnh trang phố Cầu Gạo.")
	s.see("member", x.Path(), "Hội nghị khí hậu")
	s.see("member", x.Path()+"/edit", "Bài thời sự của tôi", "Hội nghị khí hậu")
	s.see("secretary", "/meetings/"+x.Meeting, "đã có bài")
	s.see("member", "/briefings/past?q=cau+gao", "!Phường chỉnh trang")
	for _, who := range []string{"other secretary", "probationary"} {
		if a := s.w.As(who).Post(x.Path(), "local", "x"); a.Status != http.StatusNotFound {
			s.Errorf("%s writes another's briefing: %d", who, a.Status)
		}
	}
}

// tellOnTheEvening lets the closed meeting tell what it does not know yet: the one who
// was named did not come, and somebody stepped in.
func (s briefingScene) tellOnTheEvening() {
	x := s.session(meeting.Closed)
	other := s.w.Account("minute-taker").Member
	s.must(s.w.App.Briefings.Appoint(s.Context(), s.w.Person("secretary"), x.Meeting, other))
	after := s.session(meeting.Closed)
	if after.Presenter != x.Presenter || after.Member() != other || after.For() != x.Turn {
		s.Errorf("after the evening %+v", after)
	}
	s.w.As("secretary").Sends(x.Path(), "local", "Thu ngân sách đạt 92%; phố Cầu Gạo thông xe.")
	s.see("probationary", x.Path(), "thông xe")
	s.see("probationary", "/briefings/past?q=CAU+GAO", "tháng 11/2026")
	s.see("probationary", "/briefings/past?q=khong+co", "Không bài nào")
}

func (s briefingScene) thank() {
	x := s.session(meeting.Closed)
	if a := s.w.As("secretary").Post(s.session(meeting.Noticed).Path()+"/remark", "remark", "x"); a.Status != http.StatusConflict {
		s.Errorf("thanks before the meeting: %d", a.Status)
	}
	s.w.As("secretary").Sends(x.Path()+"/remark", "remark", "Nói gọn, dễ nhớ; lần sau thêm số liệu của phường.")
	s.see("minute-taker", "/briefings/mine", "Nói gọn, dễ nhớ")
	s.see("minute-taker", x.Path(), "Nói gọn, dễ nhớ")
	s.see("probationary", x.Path(), "!Nói gọn")
}

// excuse lets the one whose turn is next ask to be excused: the reason is for few, and
// the turn comes back on the day after.
func (s briefingScene) excuse() {
	ctx, app := s.Context(), s.w.App
	draft := s.session(meeting.Draft)
	first := draft.Member()
	who := s.w.Person("secretary")
	err := app.Briefings.Excuse(ctx, who, s.cell, briefing.Excuse{Member: first, Until: worldtest.Now.Date()})
	if f, ok := errors.AsType[*fault.Error](err); !ok || f.Fields["until"] == "" || f.Fields["reason"] == "" {
		s.Errorf("an excuse of no length: %v", err)
	}
	if err := app.Briefings.Excuse(ctx, s.w.Person("member"), s.cell, briefing.Excuse{Member: first, Until: when.On(2027, 3, 1), Reason: "x"}); !fault.Is(err, fault.Forbidden) {
		s.Errorf("a member excuses another: %v", err)
	}
	s.w.As("secretary").Sends("/briefings/excuses", "cell", s.cell, "member", first, "until", "2027-02-10", "reason", "Mổ mắt, nghỉ hai tháng")
	if now := s.session(meeting.Draft).Member(); now == first || now == "" {
		s.Errorf("who is excused is still named: %q", now)
	}
	s.see("secretary", "/briefings", "Mổ mắt", "Tạm miễn đến 10/02/2027")
	s.see("member", "/briefings", "Tạm miễn đến 10/02/2027", "!Mổ mắt")
	own := s.w.Account("member").Member
	s.w.As("member").Sends("/briefings/excuses", "cell", s.cell, "until", "2027-01-15", "reason", "Đi chăm cháu", "back", "mine")
	s.see("member", "/briefings/mine", "Đi chăm cháu")
	s.see("secretary", "/briefings", "Đi chăm cháu", s.name(own))
}
