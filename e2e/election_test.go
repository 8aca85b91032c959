package e2e

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"chibo/e2e/browser"
)

// TestElectionOnAPhone elects a cell committee of three from four, on paper ballots,
// held from one telephone: figures that cannot be are refused with plain words, two
// are equal at the last seat, a second vote between them decides, the head of the
// counting team confirms with a secret, and the minutes of the count come as a file
// of Word.
func TestElectionOnAPhone(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	h.ready()
	e := &election{hall: h, head: h.demo.FullName(t, "deputy")}
	e.everybodyComes()
	e.Press("Bầu chi ủy, bí thư, phó bí thư")
	e.nominate()

	seats := h.In("Danh sách bầu cử", "Số lượng cần bầu")
	seats.Type("Số lượng cần bầu", "3")
	seats.Press("Mở bỏ phiếu")
	h.See("đang biểu quyết")
	e.wrongSheet()
	most, equal := e.firstRound()
	e.again(equal)
	e.confirmed()

	for _, name := range append(most, equal[1]) {
		h.In("Bầu cử", "Chi ủy giới thiệu").In(name).See("trúng cử")
	}
	paper := docxText(t, h.In("bầu lại giữa các").Fetch("Biên bản kiểm phiếu (Word)"))
	for _, want := range []string{
		"BIÊN BẢN", "bầu lại giữa các đồng chí bằng phiếu", e.head + ", tổ trưởng", fmt.Sprintf("phát ra: %d; thu về: %d; hợp lệ: %d; không hợp lệ: 1", e.voters, e.voters, e.voters-1),
		"gạch cả hai tên", "Trúng cử 1 đồng chí: " + equal[1], "TỔ TRƯỞNG TỔ KIỂM PHIẾU", "CHỦ TRÌ HỘI NGHỊ", "Đã xác nhận trên phần mềm",
	} {
		if !strings.Contains(paper, want) {
			t.Errorf("the minutes of the count lack %q:\n%s", want, paper)
		}
	}
	if n := len(h.In("bầu lại giữa các").Fetch("Biên bản kiểm phiếu (PDF)")); n < 10_000 {
		t.Errorf("the PDF has %d bytes", n)
	}
}

// election is the election of a committee in a hall.
type election struct {
	*hall
	head       string // of the counting team
	voters     int    // in the room
	candidates []string
}

// everybodyComes marks everybody present, so that a tie over half is possible.
func (e *election) everybodyComes() {
	e.t.Helper()
	e.Press("Điểm danh")
	const absent = `document.querySelectorAll('#room-roll button[value="present"]').length`
	for n := browser.Run[int](e.Page, absent); n > 0; n-- {
		browser.Run[bool](e.Page, `(document.querySelector('#room-roll button[value="present"]').click(), true)`)
		e.Wait("waiting for the roll", fmt.Sprintf("%s < %d", absent, n))
	}
	e.Press("Ghi chép")
}

// nominate puts four on the list: the committee proposes them, each found by a few
// letters of the name.
func (e *election) nominate() {
	e.t.Helper()
	form := e.In("Thêm người vào danh sách", "Bầu chi ủy")
	form.Press("Thêm người vào danh sách")
	names := browser.Run[[]string](e.Page, `[...document.querySelectorAll("#post-committee_member [data-pick] label.choice")].map((l) => l.textContent.trim())`)
	for _, name := range names {
		if name != e.head && len(e.candidates) < 4 {
			e.candidates = append(e.candidates, name)
		}
	}
	for _, name := range e.candidates {
		form.Type("Ai được giới thiệu: Tìm tên", name)
		form.Tick(name)
	}
	form.Send("Thêm vào danh sách")
	e.In("Danh sách bầu cử").See(e.candidates[3])
}

// sheet fills in the count sheet of the vote that is open.
func (e *election) sheet(invalid int, votes map[string]int) *browser.Page {
	e.t.Helper()
	p := e.In("đang biểu quyết", "Số phiếu phát ra")
	p.Type("Số phiếu phát ra", strconv.Itoa(e.voters))
	p.Type("Số phiếu thu về", strconv.Itoa(e.voters))
	p.Type("Số phiếu không hợp lệ", strconv.Itoa(invalid))
	for name, n := range votes {
		p.Type(name, strconv.Itoa(n))
	}
	return p
}

// wrongSheet enters figures that cannot be, and is told so.
func (e *election) wrongSheet() {
	e.t.Helper()
	said := regexp.MustCompile(`(\d+) đồng chí có mặt được bỏ phiếu`).FindStringSubmatch(e.In("đang biểu quyết").Read())
	if said == nil {
		e.t.Fatalf("the sheet does not say how many may vote:\n%s", e.Read())
	}
	e.voters, _ = strconv.Atoi(said[1])
	p := e.sheet(0, map[string]int{e.candidates[0]: e.voters + 1, e.candidates[1]: 1, e.candidates[2]: 1, e.candidates[3]: 1})
	p.See("Có đồng chí được nhiều phiếu hơn số phiếu hợp lệ.")
	p.Choose("Tổ trưởng tổ kiểm phiếu", e.head)
	p.Press("Ghi kết quả kiểm phiếu")
	p.See("Có đồng chí được nhiều phiếu hơn số phiếu hợp lệ.")
	p.Type("Số phiếu thu về", strconv.Itoa(e.voters+1))
	p.See("Thu về nhiều hơn số phiếu phát ra.")
	p.Press("Ghi kết quả kiểm phiếu")
	p.See("Thu về nhiều hơn số phiếu phát ra.")
}

// firstRound elects two and leaves two equal at the third seat.
func (e *election) firstRound() (most, equal []string) {
	e.t.Helper()
	equals := e.voters/2 + 1
	rest := 3*e.voters - 2*equals
	p := e.sheet(0, map[string]int{e.candidates[0]: rest - rest/2, e.candidates[1]: equals, e.candidates[2]: rest / 2, e.candidates[3]: equals})
	p.See("Các số khớp nhau.")
	p.Press("Ghi kết quả kiểm phiếu")
	e.See("bằng phiếu")
	e.Press("Kết thúc biểu quyết")
	e.See("Còn 1 vị trí; bầu lại giữa 2 đồng chí bằng phiếu.")
	e.delivered()
	return []string{e.candidates[0], e.candidates[2]}, []string{e.candidates[1], e.candidates[3]}
}

// again holds the vote between the two who were equal: the team is known, one
// ballot is invalid, the second of the two wins.
func (e *election) again(equal []string) {
	e.t.Helper()
	e.Press("Bầu lại giữa các đồng chí bằng phiếu")
	e.In("đang biểu quyết", "Số phiếu phát ra").See(equal[0])
	p := e.sheet(1, map[string]int{equal[0]: e.voters/2 - 2, equal[1]: e.voters/2 + 1})
	p.Press("Lý do phiếu không hợp lệ")
	p.Type("Lý do phiếu không hợp lệ", "gạch cả hai tên")
	p.Press("Ghi kết quả kiểm phiếu")
	e.In("bầu lại giữa các", "đang biểu quyết").See("trúng cử")
	e.delivered()
}

// confirmed has the head of the team confirm the figures with a secret, which needs
// the server and is wrong the first time, and ends the vote.
func (e *election) confirmed() {
	e.t.Helper()
	_, password := e.demo.Account(e.t, "deputy")
	e.Wait("waiting until the second count may be confirmed", `document.querySelectorAll('form[action$="/confirm"]').length === 2`)
	p := e.In("bầu lại giữa các", "đang biểu quyết")
	p.Press("Người thứ hai tự xác nhận")
	e.server.Kill()
	p.Type("Mã PIN hoặc mật khẩu", password)
	p.Press("Tôi xác nhận kết quả đếm")
	e.See("Máy này đang không có mạng nên không kiểm tra được mã.")
	e.server.Again()
	p.Type("Mã PIN hoặc mật khẩu", "sai rồi nhé")
	p.Press("Tôi xác nhận kết quả đếm")
	e.Wait("waiting for the refusal", `location.pathname.endsWith("/confirm")`)
	e.Type("Mã PIN hoặc mật khẩu", password)
	e.Press("Tôi xác nhận kết quả đếm")
	e.See("Đã ghi: đồng chí ấy tự xác nhận kết quả đếm.")
	e.runs()
	e.See("Đồng chí " + e.head + " tự xác nhận kết quả đếm bằng mã riêng")
	e.Press("Kết thúc biểu quyết")
	e.See("đã bầu đủ")
	e.delivered()
}
