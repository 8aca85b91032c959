package minutes

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"chibo/kit/when"
	"chibo/organization"
	"chibo/proceedings"
)

// evening is a made-up meeting: a clock that runs with every act, a state that
// takes only what the room accepts.
type evening struct {
	t     *testing.T
	now   when.Instant
	n     int
	state proceedings.State
}

var began = when.On(2026, 12, 3).At(19, 30)

func uuid(n int) string { return fmt.Sprintf("00000000-0000-7000-8000-%012x", n) }

func setup() proceedings.Setup {
	s := proceedings.Setup{
		Meeting: uuid(0xa000), Title: "Sinh hoạt thường kỳ tháng 12/2026", Kind: "ordinary", Organization: uuid(0xa001),
		Cell: "Chi bộ Tổ dân phố 5", StartsAt: began, Place: "Nhà văn hóa tổ dân phố 5", Chair: "ha", MinuteTaker: "minh",
		Agenda: []proceedings.Planned{
			{ID: "mo-dau", Kind: "opening", Title: "Ổn định, điểm danh, thông qua chương trình", Minutes: 10},
			{ID: "thoi-su", Kind: "information", Title: "Thông tin thời sự, chính sách mới", Minutes: 15, Presenter: "Trần Văn Hòa"},
			{ID: "thang-truoc", Kind: "review", Title: "Đánh giá việc thực hiện nghị quyết tháng 11", Minutes: 20},
			{ID: "thao-luan", Kind: "discussion", Title: "Thảo luận nhiệm vụ tháng 12", Minutes: 30},
			{ID: "viec", Kind: "tasks", Title: "Phân công nhiệm vụ", Minutes: 10},
			{ID: "nghi-quyet", Kind: "resolution", Title: "Biểu quyết nghị quyết", Minutes: 5},
			{ID: "cham-diem", Kind: "scoring", Title: "Đánh giá chất lượng buổi sinh hoạt", Minutes: 5},
			{ID: "ket-thuc", Kind: "closing", Title: "Thông qua biên bản, bế mạc", Minutes: 5},
		},
		Guests: []proceedings.Visitor{{ID: "khach", Name: "Vũ Đình Phong", Office: "Ủy viên Ban Thường vụ", Organisation: "Đảng ủy phường Sông Xanh"}},
		Tasks: []proceedings.DueTask{
			{ID: "rac", Title: "Vận động hộ dân phân loại rác", Owners: []string{"hoa"}, Target: 46, Unit: "hộ"},
			{ID: "den", Title: "Rà soát đèn chiếu sáng ngõ 3, 5, 9", Owners: []string{"lam"}, Due: when.On(2026, 11, 28)},
			{ID: "the", Title: "Lập danh sách đổi thẻ đảng viên", Owners: []string{"minh", "khanh"}},
		},
		Draft: "dự thảo", Rules: proceedings.RulesOn(began.Date()),
	}
	for _, p := range []struct{ id, name, standing, post string }{
		{"ha", "Nguyễn Thu Hà", "official", "secretary"},
		{"hoa", "Trần Văn Hòa", "official", ""},
		{"minh", "Lê Thị Minh", "official", "committee_member"},
		{"khanh", "Đỗ Quốc Khánh", "official", "deputy"},
		{"lam", "Phạm Văn Lâm", "official", ""},
		{"lan", "Vũ Thị Lan", "official", ""},
		{"thang", "Ngô Bá Thắng", "official", ""},
		{"tu", "Hoàng Văn Tư", "exempt", ""},
		{"mai", "Phạm Mai", "probationary", ""},
		{"son", "Bùi Sơn", "away", ""},
		{"quy", "Trương Quỳ", "exempt", ""},
	} {
		s.Roll = append(s.Roll, proceedings.Person{
			ID: p.id, Name: p.name, Standing: p.standing, Post: p.post, Votes: p.standing == "official" || p.standing == "exempt",
			Summoned: p.standing == "official", Counts: p.standing == "official" || p.standing == "probationary",
		})
	}
	return s
}

func newEvening(t *testing.T) *evening {
	return &evening{t: t, now: began.Add(-20 * time.Minute), state: proceedings.Begin(setup())}
}

// do adds an act, which must be accepted, and returns its id.
func (e *evening) do(kind proceedings.ActKind, body any) string {
	e.t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		e.t.Fatal(err)
	}
	e.n++
	e.now = e.now.Add(2 * time.Minute)
	a := proceedings.Act{ID: uuid(e.n), Meeting: e.state.Setup.Meeting, Kind: kind, At: e.now, By: "account", Body: raw, Seq: int64(e.n), Received: e.now.Add(time.Second)}
	if err := proceedings.Accept(e.state, a); err != nil {
		e.t.Fatalf("%s %s: %v", kind, a.Body, err)
	}
	e.state = proceedings.Fold(e.state, a)
	return a.ID
}

func (e *evening) here(members ...string) {
	for _, m := range members {
		e.do(proceedings.KindAttendance, proceedings.AttendanceBody{Member: m, Status: proceedings.Present})
	}
}

const draft = `# I- Đánh giá tháng 11

Chi bộ cơ bản hoàn thành nhiệm vụ; việc rà soát đèn chiếu sáng còn chậm.

# II- Nhiệm vụ trọng tâm tháng 12

1. Vận động **46/46 hộ** phân loại rác tại nhà.
2. Thăm các gia đình chính sách nhân dịp 22/12.
3. Rà soát quần chúng ưu tú để giới thiệu bồi dưỡng.`

// whole is an evening with something of everything.
func whole(t *testing.T) *evening {
	e := newEvening(t)
	e.here("ha", "minh", "hoa", "khanh", "lam", "mai", "quy")
	e.now = began.Add(-2 * time.Minute)
	e.do(proceedings.KindOpen, proceedings.OpenBody{})
	e.do(proceedings.KindGuest, proceedings.GuestBody{Guest: "khach", Name: "Vũ Đình Phong"})
	e.do(proceedings.KindItemStart, proceedings.ItemStartBody{Item: "mo-dau"})
	e.do(proceedings.KindAttendance, proceedings.AttendanceBody{Member: "lan", Status: proceedings.Excused, Reason: "sick"})
	e.do(proceedings.KindAttendance, proceedings.AttendanceBody{Member: "thang", Status: proceedings.Unexcused})
	e.do(proceedings.KindDues, proceedings.DuesBody{Paid: 10, Owing: 1, Text: "Đồng chí còn lại đóng trước ngày 10."})
	programme := e.do(proceedings.KindVoteOpen, proceedings.VoteOpenBody{Item: "mo-dau", Matter: proceedings.MatterProgramme, Question: "Thông qua chương trình"})
	e.do(proceedings.KindVoteCount, proceedings.VoteCountBody{Vote: programme, For: 6})
	e.do(proceedings.KindVoteClose, proceedings.VoteCloseBody{Vote: programme})
	e.do(proceedings.KindItemStart, proceedings.ItemStartBody{Item: "thoi-su"})
	e.do(proceedings.KindNote, proceedings.NoteBody{Item: "thoi-su", Text: "Báo cáo tóm tắt tình hình trong nước, quốc tế và việc của phường."})
	e.do(proceedings.KindItemStart, proceedings.ItemStartBody{Item: "thang-truoc"})
	e.do(proceedings.KindVerdict, proceedings.VerdictBody{Task: "rac", Verdict: proceedings.DoneLate, Reached: 41, Cause: "mưa kéo dài", Report: "Còn 5 hộ đi vắng"})
	e.do(proceedings.KindVerdict, proceedings.VerdictBody{Task: "den", Verdict: proceedings.NotDone, Cause: "chờ đơn vị quản lý khảo sát", Remedy: "chi ủy làm việc với đơn vị quản lý trong tháng"})
	e.do(proceedings.KindVerdict, proceedings.VerdictBody{Task: "the", Verdict: proceedings.DoneWell})
	e.do(proceedings.KindItemStart, proceedings.ItemStartBody{Item: "thao-luan"})
	o := e.do(proceedings.KindOpinion, proceedings.OpinionBody{Item: "thao-luan", Speaker: "khanh", Stance: proceedings.Propose, Text: "giao rõ từng ngõ cho từng đảng viên phụ trách"})
	e.do(proceedings.KindDestiny, proceedings.DestinyBody{Opinion: o, Fate: proceedings.IntoConclusion})
	o = e.do(proceedings.KindOpinion, proceedings.OpinionBody{Item: "thao-luan", Speaker: "lam", Stance: proceedings.Differ, Text: "Chỉ tiêu 46/46 hộ là cao."})
	e.do(proceedings.KindDestiny, proceedings.DestinyBody{Opinion: o, Fate: proceedings.Explained, Text: "các hộ đã được phát thùng, hai tháng nữa có thêm hỗ trợ"})
	o = e.do(proceedings.KindOpinion, proceedings.OpinionBody{Item: "thao-luan", Speaker: "mai", Stance: proceedings.Ask, Text: "Khi nào phường sửa vỉa hè ngõ 7?"})
	e.do(proceedings.KindDestiny, proceedings.DestinyBody{Opinion: o, Fate: proceedings.ToStudy, Who: "khanh", Due: when.On(2026, 12, 20)})
	e.do(proceedings.KindOpinion, proceedings.OpinionBody{Item: "thao-luan", Speaker: "hoa", Stance: proceedings.Agree, Text: "Đồng chí Trần Văn Hòa nhất trí với nội dung đã trình bày."})
	e.do(proceedings.KindConclude, proceedings.ConcludeBody{Item: "thao-luan", Text: "Chi bộ thống nhất các nhiệm vụ trọng tâm, phân công đến từng ngõ."})
	e.do(proceedings.KindCommend, proceedings.CommendBody{Member: "minh", Form: proceedings.Praise, Text: "hoàn thành sớm danh sách đổi thẻ"})
	e.do(proceedings.KindGuidance, proceedings.GuidanceBody{Speaker: "khach", Text: "Chi bộ cần quan tâm hơn đến đảng viên cao tuổi và công tác phát triển đảng."})
	e.do(proceedings.KindItemStart, proceedings.ItemStartBody{Item: "viec"})
	e.do(proceedings.KindTask, proceedings.TaskBody{Item: "viec", Title: "Vận động 5 hộ còn lại ở ngõ 7 phân loại rác", Owners: []string{"hoa"}, Due: when.On(2026, 12, 20), Target: 5, Unit: "hộ"})
	e.do(proceedings.KindTask, proceedings.TaskBody{Item: "viec", Title: "Thăm ba gia đình chính sách", Owners: []string{"minh", "khanh"}, Due: when.On(2026, 12, 22), DoneWhen: "có báo cáo tại kỳ họp tháng 1"})
	e.do(proceedings.KindResolution, proceedings.ResolutionBody{Text: draft})
	e.do(proceedings.KindItemStart, proceedings.ItemStartBody{Item: "nghi-quyet"})
	v := e.do(proceedings.KindVoteOpen, proceedings.VoteOpenBody{Item: "nghi-quyet", Matter: proceedings.MatterResolution, Question: "Thông qua nghị quyết tháng 12"})
	e.do(proceedings.KindVoteCount, proceedings.VoteCountBody{Vote: v, For: 5, Against: 1, AgainstNames: []string{"lam"}})
	e.do(proceedings.KindVoteClose, proceedings.VoteCloseBody{Vote: v})
	e.do(proceedings.KindItemSkip, proceedings.ItemSkipBody{Item: "cham-diem", Reason: "chuyển sang họp chi ủy"})
	e.do(proceedings.KindAttendance, proceedings.AttendanceBody{Member: "mai", Status: proceedings.Left})
	e.do(proceedings.KindReadback, proceedings.ReadbackBody{})
	e.do(proceedings.KindObjection, proceedings.ObjectionBody{Speaker: "lam", Text: "Ghi rõ lý do tôi chưa tán thành là về chỉ tiêu."})
	e.do(proceedings.KindAdopt, proceedings.AdoptBody{For: 6})
	e.do(proceedings.KindClose, proceedings.CloseBody{})
	return e
}

func sampleHead() letterhead {
	return letterhead{organization.Organization{Root: "root", ID: "cell", Level: organization.Cell, Name: "Chi bộ Tổ dân phố 5", Town: "Sông Xanh"}, "Đảng bộ phường Sông Xanh", "Đảng bộ phường Sông Xanh"}
}

// sampleSealed is the evening as it would be sealed.
func sampleSealed(t *testing.T) Sealed {
	e := whole(t)
	s := sealedOf(sampleHead(), Compose(e.state), e.state.Acts())
	s.Number, s.Second = "12-BB/CB", "05-NQ/CB"
	s.Signatures[0].At, s.Signatures[1].At = e.now.Add(time.Minute), e.now.Add(2*time.Minute)
	return s
}
