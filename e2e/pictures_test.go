package e2e

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"chibo/e2e/browser"
	"chibo/e2e/program"
)

// pictures writes the pictures of the README and of the guides into doc/pictures;
// make pictures sets it.
var pictures = flag.Bool("pictures", false, "write doc/pictures")

// heaviest is how many bytes a picture may have: the guides are read on
// telephones.
const heaviest = 150 << 10

// album takes the pictures.
type album struct {
	t    *testing.T
	dir  string
	demo program.Demo
	page *browser.Page
}

// TestPictures goes through the guides step by step and takes their pictures,
// which are kept when the flag says so. A step that is no longer as the guide
// tells it fails here.
func TestPictures(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	p, demo := program.StartDemo(t, "--cells", "3", "--members", "45", "--months", "4", "--seed", "7", "--data", data)
	p.Stop()
	server := program.StartServe(t, data)
	a := &album{t: t, dir: t.TempDir(), demo: demo, page: browser.New(t, server.URL, browser.Phone)}
	if *pictures {
		a.dir = "../doc/pictures"
	}
	a.signingIn()
	a.preparing()
	a.holding()
	a.finishing()
	a.office()
}

func (a *album) signingIn() {
	p := a.page
	p.Go("/start")
	a.take("start", "Mã trên phiếu")
	name, password := a.demo.Account(a.t, "secretary")
	signIn(p, name, password)
	a.take("home", "Việc của chi ủy lúc này")
}

func (a *album) preparing() {
	p := a.page
	p.Go("/meetings/" + a.demo.Meeting(a.t, "draft"))
	a.take("prepare", "Còn phải làm trước khi gửi")
	p.Press("Gửi thông báo họp")
	a.take("notice", "Gửi đến")
	p.Go("/meetings/" + a.demo.Meeting(a.t, "noticed") + "/told")
	a.take("told", "Ghi đã báo")
}

func (a *album) holding() {
	p := a.page
	room := "/rooms/" + a.demo.Meeting(a.t, "open")
	p.Go(room)
	p.Press("Điểm danh")
	a.take("roll", "được biểu quyết")
	p.Press("Ghi chép")
	a.take("opinion", "Người phát biểu")
	p.Press("Biểu quyết", "Mở biểu quyết")
	a.take("vote", "Nội dung biểu quyết")
	a.take("close", "Trước khi bế mạc")
	here := browser.Run[string](p, present)
	p.Offline(true)
	p.Press("Điểm danh")
	p.In("Khác").Press("Khác")
	p.Press("Xóa dấu")
	p.See("Đang mất mạng, cứ ghi tiếp")
	a.take("offline", "Đang mất mạng")
	p.Offline(false)
	p.Wait("waiting for one less", present+` !== "`+here+`"`)
	p.Press("Có mặt: ")
	p.Wait("waiting for all", present+` === "`+here+`"`)
	p.Press("Ghi chép")
	p.Press("Sang phần tiếp")
	p.Wait("waiting for the next item", `document.querySelector("#room-item h2").textContent.includes("3. ")`)
	a.say(1, "Ý kiến khác", "Tuần tra cả tuần thì nhiều đồng chí cao tuổi không theo được.")
	a.say(2, "Đề xuất", "Đề nghị chia ba tổ, mỗi tổ hai tối một tuần.")
	a.say(3, "Đồng tình", "Nhất trí chia ba tổ.")
	p.Resize(browser.Desk)
	p.Go(room)
	a.take("room", "Đang họp")
	p.Go("/rooms/" + a.demo.Meeting(a.t, "noticed") + "/paper")
	a.take("paper", "In phiếu")
	p.Resize(browser.Phone)
}

// present is how many people the room counts.
const present = `document.querySelector("[data-tab=people] .num").textContent`

// say records an opinion of the nth who can speak.
func (a *album) say(nth int, stance, text string) {
	a.t.Helper()
	browser.Run[bool](a.page, fmt.Sprintf(`(document.getElementById("opinion-speaker").selectedIndex = %d, true)`, nth))
	form := a.page.In("Người phát biểu", "Đồng tình")
	form.Tick(stance)
	form.Type("Nội dung", text)
	form.Send("Ghi ý kiến")
	a.page.In("Sửa", stance).See(text)
	a.page.Wait("waiting for the form to be free", `document.getElementById("opinion-text").value === ""`)
}

func (a *album) finishing() {
	p := a.page
	p.Go("/meetings/" + a.demo.Meeting(a.t, "closed") + "/minutes")
	a.take("steps", "Các bước hoàn tất")
	p.Go("/meetings/" + a.demo.Meeting(a.t, "closed") + "/minutes/read")
	a.take("read", "Đoạn 1/")
	p.Go("/meetings/" + a.demo.Meeting(a.t, "sealed") + "/minutes")
	a.take("sealed", "Niêm phong lúc")
	a.firstPage("minutes", p.Fetch("Tải Biên bản, tệp PDF"))
	p.Go("/accounts")
	a.take("accounts", "In mã đăng nhập")
	p.Go("/me")
	a.take("pin", "Mã PIN để ký")
	p.Go("/")
	p.Press("Mục khác")
	a.take("others", "Mục khác")
	p.In("Mục khác").Press("Đăng xuất")
	p.Wait("waiting for the sign-in page", `location.pathname === "/sign-in"`)
}

func (a *album) office() {
	p := a.page
	p.Resize(browser.Desk)
	name, password := a.demo.Account(a.t, "clerk")
	signIn(p, name, password)
	p.Press("Tổ chức đảng")
	a.take("tree", "Đảng bộ phường Sông Xanh")
	p.Press("Đảng viên")
	p.Press("Nhập từ Excel")
	p.Attach("Tệp danh sách", writeRoll(a.t, "31/11/2001"))
	p.Press("Xem trước")
	a.take("import", "Chưa ghi gì vào danh sách")
}

// take takes a picture of what the window shows with the words in it.
func (a *album) take(name, words string) {
	a.t.Helper()
	a.page.See(words)
	a.page.Show(words)
	path := filepath.Join(a.dir, name+".png")
	a.page.Shot(path, false)
	a.lighten(path)
}

// firstPage draws the first page of a PDF.
func (a *album) firstPage(name string, pdf []byte) {
	a.t.Helper()
	cmd := exec.Command("pdftoppm", "-png", "-r", "90", "-f", "1", "-l", "1", "-singlefile", "-", filepath.Join(a.dir, name))
	cmd.Stdin = bytes.NewReader(pdf)
	if out, err := cmd.CombinedOutput(); err != nil {
		a.t.Fatalf("pdftoppm: %v\n%s", err, out)
	}
	a.lighten(filepath.Join(a.dir, name+".png"))
}

// lighten writes a picture again with the colours that it needs most: screens and
// papers have few.
func (a *album) lighten(path string) {
	a.t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		a.t.Fatal(err)
	}
	full, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		a.t.Fatal(err)
	}
	small := image.NewPaletted(full.Bounds(), commonest(full))
	near := map[color.Color]uint8{}
	for y := full.Bounds().Min.Y; y < full.Bounds().Max.Y; y++ {
		for x := full.Bounds().Min.X; x < full.Bounds().Max.X; x++ {
			at := full.At(x, y)
			i, known := near[at]
			if !known {
				i = uint8(small.Palette.Index(at))
				near[at] = i
			}
			small.SetColorIndex(x, y, i)
		}
	}
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, small); err != nil {
		a.t.Fatal(err)
	}
	if b.Len() > heaviest {
		a.t.Errorf("%s has %d KiB", path, b.Len()>>10)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		a.t.Fatal(err)
	}
}

// commonest returns the 128 colours that most of the picture has.
func commonest(m image.Image) color.Palette {
	count := map[color.Color]int{}
	for y := m.Bounds().Min.Y; y < m.Bounds().Max.Y; y++ {
		for x := m.Bounds().Min.X; x < m.Bounds().Max.X; x++ {
			count[m.At(x, y)]++
		}
	}
	all := make(color.Palette, 0, len(count))
	for c := range count {
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b color.Color) int {
		ar, ag, ab, _ := a.RGBA()
		br, bg, bb, _ := b.RGBA()
		return cmp.Or(count[b]-count[a], cmp.Compare(ar<<16|ag<<8|ab, br<<16|bg<<8|bb))
	})
	return all[:min(len(all), 128)]
}
