package e2e

import (
	"testing"

	"chibo/app/world/worldtest"
	"chibo/ballot"
	"chibo/e2e/browser"
	"chibo/kit/db"
	"chibo/kit/id"
	"chibo/meeting"
	"chibo/member"
	"chibo/organization"
)

// TestTwoPhonesVoteInSecret lets two members vote on their phones, one of them by
// keyboard after a change of mind, the other without paying attention; then the poll
// is counted.
func TestTwoPhonesVoteInSecret(t *testing.T) {
	t.Parallel()
	w, in, seen := ward(t)
	poll := openPoll(t, w)
	phone := func(role string) *browser.Page {
		p := in(role, browser.Phone)
		p.See("Đang bỏ phiếu")
		return p
	}
	first, second := phone("member"), phone("secretary")
	first.ByKeyboard()
	seen.look(t, first, poll.Path())
	first.Resize(browser.Phone)
	first.Go("/")
	first.Press("Bỏ phiếu")
	first.See("Ai biết được gì")
	first.See("quản trị máy chủ đang chạy")
	first.Press("Tiếp tục")
	first.See("Hãy chọn một phương án, hoặc chọn phiếu trắng.")
	first.Tick("Tán thành")
	first.Press("Tiếp tục")
	first.See("Xem lại phiếu")
	first.Press("Chọn lại")
	first.Tick("Không tán thành")
	first.Press("Tiếp tục")
	seen.here(t, first, "the last look at a ballot")
	first.Press("Gửi phiếu")
	first.See("Phiếu đã nhận")
	first.See("Đã bỏ phiếu 1/")
	first.Miss("Không tán thành")

	second.Press("Bỏ phiếu")
	second.Tick("Phiếu trắng")
	second.Press("Tiếp tục")
	second.See("Không chọn phương án nào")
	second.Press("Gửi phiếu")
	second.See("Đã bỏ phiếu 2/")
	seen.look(t, second, poll.Path())

	var tally ballot.Tally
	if err := w.App.DB.Tx(t.Context(), func(tx *db.Tx) (err error) {
		tally, err = w.App.Ballots.Close(t.Context(), tx, poll.Root, poll.ID)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if tally.Cast != 2 || tally.Votes["no"] != 1 || tally.Votes["yes"] != 0 || tally.Invalid != 1 {
		t.Errorf("counted: %+v", tally)
	}
	first.Go("/")
	first.Miss("Đang bỏ phiếu")
}

// openPoll opens a secret poll in the cell's meeting, whose few ballots may be
// counted.
func openPoll(t *testing.T, w *worldtest.World) ballot.Poll {
	t.Helper()
	secretary := w.Person("secretary")
	home, _ := secretary.Home()
	s := organization.Defaults(home.Root, home.Organization)
	s.From, s.SealedVotes, s.SealedVotesSource, s.FewVotesShown = worldtest.Now.Date(), true, "Quy chế làm việc của chi bộ", true
	if err := w.App.Organizations.Settle(t.Context(), secretary, s); err != nil {
		t.Fatal(err)
	}
	roll, err := member.Roll(t.Context(), w.App.DB, home.Root, home.Organization, worldtest.Now.Date())
	if err != nil {
		t.Fatal(err)
	}
	p := ballot.Poll{
		Root: home.Root, Meeting: w.Meeting(meeting.Open), ID: id.New(), Organization: home.Organization,
		Question: "Công nhận đồng chí Lê Thị Minh là đảng viên chính thức?", Secret: true, Choose: 1,
		Options: []ballot.Option{{ID: "yes", Text: "Tán thành"}, {ID: "no", Text: "Không tán thành"}},
	}
	for _, e := range roll {
		if e.Standing.MayVote() {
			p.Entitled = append(p.Entitled, e.ID)
		}
	}
	if err := w.App.DB.Tx(t.Context(), func(tx *db.Tx) error { return w.App.Ballots.Open(t.Context(), tx, p) }); err != nil {
		t.Fatal(err)
	}
	return p
}

// TestVoteByPhoneFromTheRoom puts a question in the room, to be answered by phone: a
// member answers on the own phone, the secretary sees how many have voted and not
// what, ends the vote, and the result is in the room and in the minutes.
func TestVoteByPhoneFromTheRoom(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	h.ready()
	phone := browser.New(t, h.server.URL, browser.Phone)
	name, password := h.demo.Account(t, "deputy")
	signIn(phone, name, password)

	h.Press("Mở biểu quyết")
	h.Type("Nội dung biểu quyết", "Tổ chức ngày hội đại đoàn kết")
	h.Tick("Bằng điện thoại, công khai")
	h.Send("Mở biểu quyết")
	h.See("0/11 đồng chí đã bỏ phiếu")

	phone.Go("/")
	phone.Press("Bỏ phiếu")
	phone.See("Tổ chức ngày hội đại đoàn kết")
	phone.Tick("Tán thành")
	phone.Press("Tiếp tục")
	phone.Press("Gửi phiếu")
	phone.See("Phiếu đã nhận")
	phone.Press("Theo dõi tiếp buổi sinh hoạt")
	phone.See("Đang bỏ phiếu")

	h.See("1/11 đồng chí đã bỏ phiếu")
	h.Press("Kết thúc và đếm phiếu")
	h.See("Tán thành: 1/11 đảng viên chính thức được triệu tập")
	h.Go("/meetings/" + h.meeting + "/minutes")
	h.See("công khai, bằng điện thoại")
}
