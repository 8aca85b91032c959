package e2e

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"chibo/e2e/browser"
	"chibo/e2e/program"
	"chibo/kit/db/dbtest"
)

// TestMeetingFromExcelToSealedPaper walks the whole road on the real binary in a
// real browser, from an empty directory: the first administrator, the roll out of
// Excel, this month's meeting prepared, noticed, held from one telephone, read
// back, adopted, signed and sealed, once of it all by a keyboard and without a mouse; papers that a stranger can check; and the next
// month, which has started itself.
func TestMeetingFromExcelToSealedPaper(t *testing.T) {
	t.Parallel()
	t.Run("sqlite, by keyboard", func(t *testing.T) {
		t.Parallel()
		walk(t, true)
	})
	t.Run("postgres, by hand", func(t *testing.T) {
		t.Parallel()
		walk(t, false, "--database-url", dbtest.Postgres(t))
	})
}

// evening is one walk along the road.
type evening struct {
	t     *testing.T
	store []string // flags that name the data
	base  string
	now   time.Time // in Viet Nam

	phone *browser.Page
}

// Passwords of the people of the walk; the secretary also has a PIN.
const (
	adminPassword  = "thuyền giấy qua cầu nhỏ"
	clerkPassword  = "ruộng lúa chín vàng sớm"
	leaderPassword = "con đò bến sông quê"
	takerPassword  = "tiếng gà gáy đầu thôn"
	leaderPIN      = "404251"
)

const (
	admin = "Vũ Thị Hạnh"
	clerk = "Ngô Văn Tám"
	place = "Nhà văn hóa Tổ dân phố 17"
)

func walk(t *testing.T, keyboard bool, database ...string) {
	t.Helper()
	data := filepath.Join(t.TempDir(), "data")
	e := &evening{t: t, store: append([]string{"--data", data}, database...), now: time.Now().In(time.FixedZone("", 7*3600))}
	out, err := program.Run(t, append([]string{"account", "--name", admin, "--unit", "Đảng bộ phường Sông Xanh"}, e.store...)...)
	if err != nil {
		t.Fatalf("account: %v\n%s", err, out)
	}
	server := program.StartServe(t, data, database...)
	e.base = server.URL

	desk := browser.New(t, e.base, browser.Desk)
	e.found(desk, field(t, out, "code"))
	e.importRoll(desk)
	e.appoint(desk)
	e.codes(desk)

	e.open()
	e.prepare()
	e.giveNotice()
	if keyboard {
		e.phone.ByKeyboard()
	}
	e.takeRoll()
	e.discuss()
	e.decide()
	e.closeMeeting()
	e.readBack()
	code := e.seal()
	e.papers(code)
	e.nextMonth()
	e.again(desk)

	server.Stop()
	if out, err := program.Run(t, append([]string{"verify"}, e.store...)...); err != nil {
		t.Errorf("verify: %v\n%s", err, out)
	}
}

// field returns what stands behind name in lines of "name: value".
func field(t *testing.T, text, name string) string {
	t.Helper()
	m := regexp.MustCompile(`(?m)^` + name + `: (.*)$`).FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("no %s in:\n%s", name, text)
	}
	return m[1]
}

// start enters a code from paper and chooses a password.
func start(p *browser.Page, name, code, password string) {
	p.Go("/sign-in")
	p.Press("Tôi có mã in trên giấy")
	p.Type("Tên đăng nhập", name)
	p.Type("Mã trên phiếu", code)
	p.Type("Mật khẩu mới", password)
	p.Press("Đặt mật khẩu và vào")
	p.See("Đã đặt mật khẩu.")
}

// signOut waits for the end: the device first forgets what it kept of meetings.
func signOut(p *browser.Page) {
	p.Press("Đăng xuất")
	p.Wait("waiting for the sign-in page", `location.pathname === "/sign-in"`)
}

func signIn(p *browser.Page, name, password string) {
	p.Go("/sign-in")
	p.Type("Tên đăng nhập", name)
	p.Type("Mật khẩu", password)
	p.Press("Đăng nhập")
	p.See("Chào đồng chí")
}

var paperCode = regexp.MustCompile(`\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b`)

// found is the work of the administrator: a cell and a clerk.
func (e *evening) found(p *browser.Page, code string) {
	start(p, admin, code, adminPassword)
	p.Press("Tổ chức đảng")
	p.Press("Đảng bộ phường Sông Xanh")
	p.Press("Thêm tổ chức trực thuộc")
	p.Tick("Chi bộ")
	p.Choose("Loại hình chi bộ", "Thôn, bản, tổ dân phố")
	p.Type("Tên *", "Chi bộ Tổ dân phố 17")
	p.Type("Tên cấp trên ở đầu văn bản", "ĐẢNG BỘ PHƯỜNG SÔNG XANH")
	p.Type("Địa danh", "Sông Xanh")
	p.Send("Thêm tổ chức")
	p.See("Đã thêm tổ chức.")
	p.Press("Tài khoản")
	p.Press("Giao vai trò cho người không có trong danh sách")
	p.Tick("Văn phòng đảng ủy")
	p.Type("Họ và tên", clerk)
	p.Send("Giao vai trò và in mã")
	p.See("Phiếu mã đăng nhập")
	slip := paperCode.FindString(p.Read())
	p.Press("Về danh sách")
	signOut(p)
	start(p, "ngovantam", slip, clerkPassword)
}

// importRoll is the clerk's: look first, then write. A date that no calendar has
// is named with its cell and keeps one person out until the file is mended.
func (e *evening) importRoll(p *browser.Page) {
	e.preview(p, writeRoll(e.t, "31/11/2001"))
	p.See("có 12 đồng chí")
	p.See("E15")
	p.In("Đỗ Văn Út").See("01/06/1966")
	p.In(exempt).See("Miễn sinh hoạt")
	p.In(minuteTaker).See("30/04/1979")
	p.Press("Ghi vào danh sách: thêm 11")
	p.See("11 đã có trong danh sách, 1 chưa nhận")
	e.preview(p, writeRoll(e.t, "30/11/2001"))
	p.Press("Ghi vào danh sách: thêm 1")
	p.See("12 đồng chí trong tệp đều có trong danh sách")
}

func (e *evening) preview(p *browser.Page, file string) {
	p.Press("Đảng viên")
	p.Press("Nhập từ Excel")
	p.Attach("Tệp danh sách", file)
	p.Press("Xem trước")
}

// again imports the same file once more: nothing changes.
func (e *evening) again(p *browser.Page) {
	signIn(p, clerk, clerkPassword)
	e.preview(p, writeRoll(e.t, "30/11/2001"))
	p.In("Giữ nguyên").See("12")
	p.Miss("Ghi vào danh sách: thêm")
}

// appoint gives the cell its officers and its habits: the meeting is today.
func (e *evening) appoint(p *browser.Page) {
	p.Press("Tổ chức đảng")
	p.Press("Chi bộ Tổ dân phố 17")
	for post, name := range map[string]string{"Bí thư": secretary, "Phó bí thư": deputy, "Thư ký kỳ sinh hoạt": minuteTaker} {
		p.Press("Phân công")
		p.Choose("Chức vụ", post)
		p.Choose("Đồng chí", name)
		p.Send("Phân công")
		p.See("Đã phân công.")
	}
	p.Press("Thay đổi nền nếp")
	p.Type("Ngày trong tháng", fmt.Sprint(e.now.Day()))
	p.Type("Giờ bắt đầu", e.start().Format("15:04"))
	p.Type("Địa điểm", place)
	p.In("Thay đổi nền nếp").Type("Từ ngày", e.now.Format("2006-01")+"-01")
	p.Press("Lưu nền nếp")
	p.See("Đã lưu nền nếp")
}

// start is when the meeting is to begin: later today.
func (e *evening) start() time.Time {
	midnight := time.Date(e.now.Year(), e.now.Month(), e.now.Day()+1, 0, 0, 0, 0, e.now.Location())
	if later := e.now.Add(2 * time.Hour); later.Before(midnight) {
		return later
	}
	return midnight.Add(-time.Minute)
}

// codes prints codes for the two who sign, who choose their passwords.
func (e *evening) codes(p *browser.Page) {
	p.Press("Tài khoản")
	p.Tick(secretary)
	p.Tick(minuteTaker)
	p.Press("In mã đăng nhập")
	p.See("Phiếu mã đăng nhập")
	text := p.Read()
	slip := func(name string) string {
		_, after, _ := strings.Cut(text, "Đồng chí "+name)
		return paperCode.FindString(after)
	}
	leader, taker := slip(secretary), slip(minuteTaker)
	p.Press("Về danh sách")
	signOut(p)
	start(p, "phamquangdung", taker, takerPassword)
	signOut(p)

	e.phone = browser.New(e.t, e.base, browser.Phone)
	start(e.phone, "Tran Van Hoa", leader, leaderPassword)
	e.phone.Press("Mục khác")
	e.phone.Press("Tôi")
	pin := e.phone.In("Mã PIN để ký")
	pin.Type("Mật khẩu", leaderPassword)
	pin.Type("Mã PIN mới", leaderPIN)
	pin.Press("Đặt mã PIN")
	e.phone.See("Đã đặt mã PIN.")
}

// open opens this month's meeting in one press, and gives a task that it is to
// judge.
func (e *evening) open() {
	p := e.phone
	p.Press("Nhiệm vụ")
	p.Press("Giao việc")
	p.See("Giao việc giữa hai kỳ sinh hoạt")
	p.Type("Việc cần làm", "Vận động 12 hộ ngõ 45 ký cam kết phân loại rác")
	p.Tick("Đặng Thị Ngọc")
	p.Type("Hạn hoàn thành", e.now.Format("2006-01-02"))
	p.Type("Chỉ tiêu", "12")
	p.Type("Đơn vị đếm", "hộ")
	p.Send("Giao việc")
	p.See("Đã giao việc")
	p.Press("Trang chủ")
	p.Press("Mở kỳ sinh hoạt tháng " + e.now.Format("1/2006"))
	p.See("Đã mở kỳ sinh hoạt")
	p.See("theo 42-HD/BTCTW")
	p.See("1 việc đến kỳ báo cáo")
}

// prepare records the meeting of the committee, writes the draft and a question.
func (e *evening) prepare() {
	p := e.phone
	p.Press("Ghi họp chi ủy")
	p.Type("Thời gian", e.now.AddDate(0, 0, -2).Format("2006-01-02T15:04"))
	p.Tick(secretary)
	p.Tick(deputy)
	p.Send("Lưu")
	p.See("Hãy ghi nội dung đã thống nhất.")
	p.Type("Những điều đã thống nhất", "Thống nhất chương trình; trọng tâm là vệ sinh ngõ xóm.")
	p.Send("Lưu")
	p.See("chi ủy đã thống nhất")
	p.Press("Soạn dự thảo")
	p.Type("Nội dung dự thảo", "- Ra quân vệ sinh ngõ 45 vào sáng thứ Bảy hằng tuần.\n- Mỗi đảng viên vận động một hộ phân loại rác.")
	p.Press("Lưu thành bản mới")
	p.Press("Sinh hoạt thường kỳ")
	p.Press("Thêm câu hỏi")
	p.Type("Câu hỏi", "Vì sao rác vẫn để đầu ngõ 45 sau 18 giờ?")
	p.Send("Thêm")
	p.See("Vì sao rác vẫn để đầu ngõ 45")
}

// giveNotice gives notice late, with a reason, and ticks who was told in person.
func (e *evening) giveNotice() {
	p := e.phone
	p.Press("Gửi thông báo họp")
	p.Send("Gửi thông báo")
	p.See("Hãy ghi lý do gửi muộn")
	p.Type("Lý do gửi muộn", "Tháng đầu dùng sổ trên máy.")
	p.Send("Gửi thông báo")
	p.See("0/12 người đã được báo")
	p.Tick("gặp trực tiếp")
	for _, name := range []string{deputy, "Đặng Thị Ngọc", "Bùi Thị Hải Yến"} {
		p.In("Những ai").Tick(name)
	}
	p.Press("Ghi đã báo")
	p.See("3/12 người đã được báo")
	p.In("Hoàng Văn Sáu").Press("Ghi trả lời")
	p.Tick("xin vắng")
	p.Tick("Ốm đau")
	p.Send("Lưu")
	p.In("Hoàng Văn Sáu").See("vắng có lý do")
	p.Press("Sinh hoạt thường kỳ")
	p.See("Thông báo gửi muộn")
}

// sealedText is what both forms of the minutes must say.
func (e *evening) sealedText() []string {
	day := e.now.Format("02/01/2006")
	return []string{
		"ĐẢNG BỘ PHƯỜNG SÔNG XANH", "CHI BỘ TỔ DÂN PHỐ 17", "ĐẢNG CỘNG SẢN VIỆT NAM", "BIÊN BẢN", place,

		secretary, minuteTaker, "Hoàng Văn Sáu", "Đỗ Văn Út",
		"Đề nghị lắp thêm hai thùng rác ở đầu ngõ 45.", "Vận động 12 hộ ngõ 45 ký cam kết phân loại rác",
		"Giao đồng chí Bùi Thị Hải Yến nghiên cứu", "Khảo sát chỗ đặt thùng rác", "Ngô Quốc Việt", "Đạt 7/12 hộ", "Chi bộ nghe giới thiệu bảng tin mới.",
		"trong đó 11 đồng chí có quyền biểu quyết", "Có mặt: 9/11 đồng chí, đạt 81,8%.", "Vắng có lý do: 1 đồng chí: Hoàng Văn Sáu (ốm).",
		"Tán thành: 7/10 đảng viên chính thức được triệu tập, đạt 70%; không tán thành: 0; ý kiến khác: 1.", "(tối thiểu 6): được thông qua.",
		"8 đồng chí tán thành, 0 đồng chí không tán thành", "Số 01-BB/CB", "ngày " + day,
	}
}

// papers downloads what was sealed and reads it; a stranger checks it by its code.
func (e *evening) papers(code string) {
	t, p := e.t, e.phone
	minutesPDF := p.Fetch("Tải Biên bản, tệp PDF")
	texts := map[string]string{
		"minutes.docx": docxText(t, p.Fetch("Tải Biên bản, tệp Word")),
		"minutes.pdf":  pdfText(t, minutesPDF),
	}
	for name, text := range texts {
		for _, want := range append(e.sealedText(), code) {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %q:\n%s", name, want, text)
			}
		}
	}
	if planned := "Vào hồi " + e.start().Format("15 giờ 04"); strings.Contains(texts["minutes.pdf"], planned) {
		t.Error("the minutes tell the planned time, not when the meeting began")
	}
	for name, text := range map[string]string{
		"resolution.docx": docxText(t, p.Fetch("Tải Nghị quyết, tệp Word")),
		"resolution.pdf":  pdfText(t, p.Fetch("Tải Nghị quyết, tệp PDF")),
	} {
		for _, want := range []string{"01-NQ/CB", "NGHỊ QUYẾT", "Ra quân vệ sinh ngõ 45 vào sáng thứ Bảy hằng tuần"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %q:\n%s", name, want, text)
			}
		}
	}
	e.check(code, minutesPDF)
}

// check is a stranger's: no account, only the code from the paper and a file.
func (e *evening) check(code string, paper []byte) {
	stranger := browser.New(e.t, e.base, browser.Desk)
	dir := e.t.TempDir()
	altered := bytes.Clone(paper)
	altered[len(altered)/2] ^= 1
	for name, data := range map[string][]byte{"that.pdf": paper, "other.pdf": altered} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			e.t.Fatal(err)
		}
	}
	stranger.Go("/check")
	stranger.Type("Mã kiểm tra", strings.ToLower(code))
	stranger.Press("Kiểm tra")
	stranger.See("Có một văn bản mang mã này")
	stranger.Miss(secretary)
	stranger.Attach("Tệp cần so", filepath.Join(dir, "that.pdf"))
	stranger.Press("So sánh")
	stranger.See("Tệp này đúng từng chữ với bản đã niêm phong.")
	stranger.Attach("Tệp cần so", filepath.Join(dir, "other.pdf"))
	stranger.Press("So sánh")
	stranger.See("Tệp này không phải là bản đã niêm phong.")
}

// nextMonth finds the draft of the next meeting with what this one left to it.
func (e *evening) nextMonth() {
	p := e.phone
	p.Go("/meetings")
	next := e.now.AddDate(0, 0, 1-e.now.Day()).AddDate(0, 1, 0)
	if next.Year() != e.now.Year() {
		p.Press(fmt.Sprint(next.Year()))
	}
	p.Press("Sinh hoạt thường kỳ tháng " + next.Format("1/2006"))
	p.See("đang soạn")
	p.In("Việc kỳ trước chuyển sang").See("Đề nghị lắp thêm hai thùng rác ở đầu ngõ 45.")
	p.Press("việc đang theo dõi")
	p.See("Vận động 12 hộ ngõ 45 ký cam kết phân loại rác")
}
