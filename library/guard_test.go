package library

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"chibo/kit/fault"
)

type entry struct{ name, text string }

func office(t testing.TB, parts ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		w, err := z.Create(p.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(p.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var types = entry{"[Content_Types].xml", "<Types/>"}

func word1(t testing.TB, paragraphs ...string) []byte {
	t.Helper()
	text := "<w:document xmlns:w='w'>"
	for _, p := range paragraphs {
		text += "<w:p><w:r><w:t>" + p + "</w:t></w:r></w:p>"
	}
	return office(t, types, entry{"word/document.xml", text + "</w:document>"})
}

func photo(t testing.TB, w, h, orientation int) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.Set(x, y, color.White)
		}
	}
	for y := range h / 4 { // the upper left corner is black
		for x := range w / 4 {
			m.Set(x, y, color.Black)
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	exif := []byte("Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00")
	exif = append(exif, byte(orientation), 0, 0, 0, 0, 0, 0, 0)
	head := []byte{0xff, 0xd8, 0xff, 0xe1}
	head = binary.BigEndian.AppendUint16(head, uint16(len(exif)+2))
	return append(append(head, exif...), b.Bytes()[2:]...)
}

func drawn(t testing.TB, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestCheckTakes(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file string
		data []byte
		want Type
		as   string
	}{
		"pdf":              {"Kế hoạch 12.pdf", []byte("%PDF-1.7\n%%EOF\n"), PDF, "Kế hoạch 12.pdf"},
		"word":             {"du thao.DOCX", word1(t, "Chi bộ"), DOCX, "du thao.docx"},
		"excel":            {"danh sách.xlsx", office(t, types, entry{"xl/workbook.xml", "<x/>"}), XLSX, "danh sách.xlsx"},
		"a table within":   {"a.docx", office(t, types, entry{"word/document.xml", "<w/>"}, entry{"word/embeddings/a.xlsx", string(office(t, types, entry{"xl/workbook.xml", "<x/>"}))}), DOCX, "a.docx"},
		"a link":           {"a.docx", office(t, types, entry{"word/document.xml", "<w/>"}, entry{"word/_rels/document.xml.rels", `<Relationships><Relationship Type="http://x/hyperlink" Target="https://chibo.invalid/" TargetMode="External"/></Relationships>`}), DOCX, "a.docx"},
		"photograph":       {"anh.jpeg", photo(t, 8, 8, 1), JPEG, "anh.jpg"},
		"drawing":          {"so do.png", drawn(t, 4, 4), PNG, "so do.png"},
		"secrets as topic": {"Luật bảo vệ bí mật nhà nước.docx", word1(t, "Phổ biến Luật Bảo vệ bí mật nhà nước", "GIỮ GÌN BÍ MẬT"), DOCX, "Luật bảo vệ bí mật nhà nước.docx"},
	} {
		got, err := Check(c.file, c.data)
		if err != nil || got.Type != c.want || got.Name != c.as {
			t.Errorf("%s: %s %q, %v", name, got.Type, got.Name, err)
		}
	}
}

func TestCheckRefuses(t *testing.T) {
	t.Parallel()
	many := []entry{types, {"word/document.xml", "<w/>"}}
	for i := range maxEntries {
		many = append(many, entry{fmt.Sprintf("word/media/%d.bin", i), ""})
	}
	deep := strings.Repeat("<a>", maxDepth+1) + strings.Repeat("</a>", maxDepth+1)
	for name, c := range map[string]struct {
		file string
		data []byte
		key  string
	}{
		"nothing":               {"a.pdf", nil, "library.refused.empty"},
		"too large":             {"a.pdf", make([]byte, MaxBytes+1), "library.refused.large"},
		"a page of a browser":   {"a.pdf", []byte("<html><script>"), "library.refused.type"},
		"a drawing with script": {"a.svg", []byte("<svg/>"), "library.refused.type"},
		"a program":             {"a.docx", []byte("MZ\x90"), "library.refused.type"},
		"a PDF called a photo":  {"a.jpg", []byte("%PDF-1.7\n%%EOF"), "library.refused.ending"},
		"no ending":             {"a", []byte("%PDF-1.7\n%%EOF"), "library.refused.ending"},
		"another ending last":   {"a.pdf.exe", []byte("%PDF-1.7\n%%EOF"), "library.refused.ending"},
		"a cut-off PDF":         {"a.pdf", []byte("%PDF-1.7\n1 0 obj"), "library.refused.broken"},
		"a cut-off picture":     {"a.png", drawn(t, 4, 4)[:20], "library.refused.broken"},
		"a cut-off archive":     {"a.docx", word1(t, "x")[:40], "library.refused.broken"},
		"an archive":            {"a.docx", office(t, entry{"a.txt", "x"}), "library.refused.type"},
		"macros":                {"a.docx", office(t, types, entry{"word/document.xml", "<w/>"}, entry{"word/vbaProject.bin", "x"}), "library.refused.macro"},
		"too many parts":        {"a.docx", office(t, many...), "library.refused.inside"},
		"a part twice":          {"a.docx", office(t, types, types, entry{"word/document.xml", "<w/>"}), "library.refused.inside"},
		"a part above":          {"a.docx", office(t, types, entry{"word/document.xml", "<w/>"}, entry{"../x", "x"}), "library.refused.inside"},
		"a document type":       {"a.docx", office(t, types, entry{"word/document.xml", "<!DOCTYPE a><w/>"}), "library.refused.inside"},
		"too deep":              {"a.docx", office(t, types, entry{"word/document.xml", deep}), "library.refused.inside"},
		"torn XML":              {"a.docx", office(t, types, entry{"word/document.xml", "<w><v></w>"}), "library.refused.broken"},
		"inflates too much":     {"a.docx", office(t, types, entry{"word/document.xml", "<w/>"}, entry{"word/a.bin", strings.Repeat("0", 8<<20)}), "library.refused.inflates"},
		"inflates without end":  {"a.docx", office(t, types, entry{"word/document.xml", "<w/>"}, entry{"word/a.bin", strings.Repeat("0", maxInflated+1)}), "library.refused.inflates"},
		"too many pixels":       {"a.png", wide(t), "library.refused.pixels"},
		"an archive in a part":  {"a.docx", office(t, types, entry{"word/document.xml", "<w/>"}, entry{"word/a.bin", string(office(t, entry{"x", "y"}))}), "library.refused.inside"},
		"three deep":            {"a.docx", office(t, types, entry{"word/document.xml", "<w/>"}, entry{"word/a.docx", string(office(t, types, entry{"word/document.xml", "<w/>"}, entry{"word/b.docx", string(word1(t, "x"))}))}), "library.refused.inside"},
		"inflates in a part":    {"a.docx", office(t, types, entry{"word/document.xml", "<w/>"}, entry{"word/a.docx", string(office(t, types, entry{"word/document.xml", "<w/>"}, entry{"word/a.bin", strings.Repeat("0", 8<<20)}))}), "library.refused.inflates"},
		"macros by declaration": {"a.docx", office(t, entry{"[Content_Types].xml", `<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>`}, entry{"word/document.xml", "<w/>"}), "library.refused.macro"},
		"a template far away":   {"a.docx", office(t, types, entry{"word/document.xml", "<w/>"}, entry{"word/_rels/settings.xml.rels", `<Relationships><Relationship Type="http://x/attachedTemplate" Target="https://chibo.invalid/a.dotm" TargetMode="External"/></Relationships>`}), "library.refused.inside"},
		"a page in a part":      {"a.docx", office(t, types, entry{"word/document.xml", "<w/>"}, entry{"word/a.htm", "<html>"}), "library.refused.macro"},
		"a PDF and an archive":  {"a.pdf", append([]byte("%PDF-1.7\n%%EOF\n"), office(t, types)...), "library.refused.inside"},
		"an archive and a PDF":  {"a.docx", office(t, entry{"%PDF-1.7", ""}, types, entry{"word/document.xml", "<w/>"}), "library.refused.type"},
		"a stamp in a cell":     {"a.xlsx", office(t, types, entry{"xl/workbook.xml", "<x/>"}, entry{"xl/sharedStrings.xml", "<sst><si><t>STT</t></si><si><t>MẬT</t></si></sst>"}), "library.refused.secret"},
		"a stamp":               {"a.docx", word1(t, "ĐẢNG BỘ PHƯỜNG SÔNG XANH", " MẬT "), "library.refused.secret"},
		"a stamp in a name":     {"KH 12 (Mật).pdf", []byte("%PDF-1.7\n%%EOF"), "library.refused.secret"},
	} {
		_, err := Check(c.file, c.data)
		if err == nil || fault.Of(err).Key != c.key {
			t.Errorf("%s: %v, want %s", name, err, c.key)
		}
	}
}

// wide returns a small PNG file whose head claims a huge picture.
func wide(t *testing.T) []byte {
	b := drawn(t, 1, 1)
	at := bytes.Index(b, []byte("IHDR")) + 4
	binary.BigEndian.PutUint32(b[at:], 20_000)
	binary.BigEndian.PutUint32(b[at+4:], 20_000)
	binary.BigEndian.PutUint32(b[at+13:], crc32.ChecksumIEEE(b[at-4:at+13]))
	return b
}

func TestPhotographsAreTurnedAndForget(t *testing.T) {
	t.Parallel()
	corner := map[int]image.Point{1: {2, 2}, 2: {61, 2}, 3: {61, 29}, 4: {2, 29}, 5: {2, 2}, 6: {29, 2}, 7: {29, 61}, 8: {2, 61}}
	for o := 1; o <= 8; o++ {
		got, err := Check("a.jpg", photo(t, 64, 32, o))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(got.Data, []byte("Exif")) {
			t.Errorf("orientation %d: the marks of the camera are still there", o)
		}
		m, err := jpeg.Decode(bytes.NewReader(got.Data))
		if err != nil {
			t.Fatal(err)
		}
		if wide := m.Bounds().Dx() > m.Bounds().Dy(); wide != (o < 5) {
			t.Errorf("orientation %d: bounds %v", o, m.Bounds())
		}
		p := corner[o]
		if r, _, _, _ := m.At(p.X, p.Y).RGBA(); r > 0x4000 {
			t.Errorf("orientation %d: the dark corner is not at %v", o, p)
		}
	}
}

func TestLargePicturesAreKeptSmaller(t *testing.T) {
	t.Parallel()
	got, err := Check("a.png", drawn(t, 5000, 10))
	if err != nil {
		t.Fatal(err)
	}
	c, err := png.DecodeConfig(bytes.NewReader(got.Data))
	if err != nil || c.Width != longEdge {
		t.Errorf("width %d, %v", c.Width, err)
	}
}

func TestMarks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{name: "TUYET_MAT_05.pdf", want: topSecret},
		{name: "Kế hoạch tuyệt mật.pdf", want: topSecret},
		{name: "bc Tối mật.pdf", want: highlySecret},
		{name: "BC-TOI-MAT.pdf", want: highlySecret},
		{name: "Tôi mất thẻ.pdf"},
		{name: "toi mat the.pdf"},
		{name: "05 MẬT.pdf", want: secretMark},
		{name: "Kế hoạch (mật).docx", want: secretMark},
		{name: "Quy chế bảo vệ BÍ MẬT nhà nước.pdf"},
		{name: "Đổi MẬT KHẨU.pdf"},
		{name: "DANH SACH VANG MAT.xlsx"},
		{name: "Chuong trinh MAT TRAN.docx"},
		{name: "Vắng mặt.xlsx"},
		{text: "MẬT", want: secretMark},
		{text: "  [ TỐI   MẬT ] ", want: highlySecret},
		{text: "Độ mật: Mật"},
		{text: "ĐỘ MẬT: TUYỆT MẬT", want: topSecret},
		{text: "MẬT", want: secretMark},
		{text: "Số 05-KH/ĐU\nMẬT\n", want: secretMark},
		{text: "Chi bộ học Luật Bảo vệ bí mật nhà nước"},
		{text: "HỎA TỐC"},
		{text: "mật"},
	} {
		got := markInText(c.text)
		if c.name != "" {
			got = markInName(c.name)
		}
		if got != c.want {
			t.Errorf("%q %q: %q, want %q", c.name, c.text, got, c.want)
		}
	}
}

func TestAStampInATextBox(t *testing.T) {
	t.Parallel()
	data := office(t, types, entry{"word/document.xml", "<w:p><w:r><w:t>KẾ HOẠCH</w:t></w:r><w:txbx><w:p><w:r><w:t>MẬ</w:t></w:r><w:r><w:t>T</w:t></w:r></w:p></w:txbx></w:p>"})
	if _, err := Check("a.docx", data); err == nil || fault.Of(err).Key != "library.refused.secret" {
		t.Errorf("got %v", err)
	}
}

func TestCleanName(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, want string }{
		{`C:\Users\x\Kế hoạch.pdf`, "Kế hoạch.pdf"},
		{"../../etc/passwd.pdf", "passwd.pdf"},
		{"a.exe.pdf", "a_exe.pdf"},
		{"KH 12.2026.pdf", "KH 12.2026.pdf"},
		{"nghi\u0323 quye\u0302\u0301t.pdf", "nghị quyết.pdf"},
		{"a\u202efdp.pdf", "afdp.pdf"},
		{"a\x00b.pdf", "ab.pdf"},
		{"A\x00\u0300.pdf", "À.pdf"},
		{"con.pdf", "tai-lieu con.pdf"},
		{".pdf", "tai-lieu.pdf"},
		{"a.pdf. ", "a.pdf"},
		{"x:y?.pdf", "x y.pdf"},
		{"a\r\nb.pdf", "ab.pdf"},
	} {
		if got := cleanName(c.name, PDF); got != c.want {
			t.Errorf("%q: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestCleanNameHolds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		name := rapid.String().Draw(r, "name")
		got := cleanName(name, DOCX)
		stem := strings.TrimSuffix(got, ".docx")
		if stem == "" || stem == got || len(got) > maxName || !utf8.ValidString(got) || strings.ContainsAny(got, "/\\\x00\n\"") {
			r.Fatalf("%q from %q", got, name)
		}
		if again := cleanName(got, DOCX); again != got {
			r.Fatalf("cleaned twice: %q, then %q", got, again)
		}
	})
}

// FuzzCleanName: whatever a device calls a file, it is saved under a name without folders
// and with one ending.
func FuzzCleanName(f *testing.F) {
	for _, name := range []string{"../../etc/passwd.pdf", `C:\x\Kế hoạch.pdf`, "a\u202efdp.exe", "con.pdf", "a\x00.pdf", ".", strings.Repeat("ữ", 300)} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got := cleanName(name, PDF)
		if !strings.HasSuffix(got, ".pdf") || len(got) > maxName || strings.ContainsAny(got, "/\\\x00\r\n\u202e") || cleanName(got, PDF) != got {
			t.Errorf("%q from %q", got, name)
		}
	})
}

// FuzzParagraphs: the words of what passes the guard can be read.
func FuzzParagraphs(f *testing.F) {
	f.Add(word1(f, "Chi bộ", "MẬT"))
	f.Add(office(f, types, entry{"xl/workbook.xml", "<x/>"}, entry{"xl/sharedStrings.xml", "<sst><si><t>An</t></si></sst>"}))
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := officeType(data); err != nil {
			return
		}
		if err := paragraphs(data, func(string) bool { return true }); err != nil {
			t.Errorf("cannot be read: %v", err)
		}
	})
}

func FuzzCheck(f *testing.F) {
	f.Add("a.docx", word1(f, "Chi bộ"))
	f.Add("a.pdf", []byte("%PDF-1.7\n%%EOF"))
	f.Add("a.jpg", photo(f, 8, 8, 6))
	f.Add("a.png", drawn(f, 2, 2))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		got, err := Check(name, data)
		if err != nil {
			if fault.Is(err, fault.Internal) {
				t.Errorf("a fault that says nothing: %v", err)
			}
			return
		}
		if _, err := Check(got.Name, got.Data); err != nil {
			t.Errorf("refused the second time: %v", err)
		}
	})
}
