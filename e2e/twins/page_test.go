package twins

import (
	"bytes"
	"fmt"
	mathrand "math/rand/v2"
	"mime/multipart"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"chibo/app/world/worldtest"
	"chibo/kit/when"
)

// page is what can be done on a page.
type page struct {
	links []string
	forms []form
}

// form is a form as it stands on a page.
type form struct {
	action   string
	files    bool // carries files
	controls []control
}

// control is what a form asks.
type control struct {
	name, kind, value string
	options           []string
	ticked            bool
}

// isPage reports whether an answer is a page, not a file or data.
func isPage(body string) bool {
	return strings.HasPrefix(strings.ToLower(body[:min(len(body), 9)]), "<!doctype")
}

// wordsOf returns what a page says, a line each.
func wordsOf(body string) (all []string) {
	n, err := html.Parse(strings.NewReader(body))
	if err != nil {
		return []string{err.Error()}
	}
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if text := strings.TrimSpace(n.Data); n.Type == html.TextNode && text != "" {
			all = append(all, text)
		}
		for c := range n.ChildNodes() {
			walk(c)
		}
	}
	walk(n)
	return all
}

// away are addresses that nobody follows: who signs out does nothing more, what is not a page
// is compared elsewhere, codes of seals differ, and streams do not end.
func away(path string) bool {
	path, _, _ = strings.Cut(path, "?")
	return !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.HasPrefix(path, "/assets") || path == "/sign-out" || strings.HasPrefix(path, "/check") || strings.HasPrefix(path, "/me/p") ||
		strings.Contains(path[strings.LastIndex(path, "/"):], ".") || strings.HasSuffix(path, "/live")
}

// read reads a page.
func read(at worldtest.Page) (p page) {
	root, err := html.Parse(strings.NewReader(at.Body))
	if err != nil {
		return p
	}
	for n := range root.Descendants() {
		switch n.Data {
		case "a":
			if path := attr(n, "href"); !away(path) && !slices.Contains(p.links, path) {
				p.links = append(p.links, path)
			}
		case "form":
			f := form{action: attr(n, "action"), files: attr(n, "enctype") != ""}
			if f.action == "" {
				f.action = at.Path
			}
			if strings.EqualFold(attr(n, "method"), "post") && !away(f.action) {
				f.read(n)
				p.forms = append(p.forms, f)
			}
		}
	}
	return p
}

func (f *form) read(root *html.Node) {
	for n := range root.Descendants() {
		c := control{name: attr(n, "name"), kind: attr(n, "type"), value: attr(n, "value"), ticked: has(n, "checked")}
		switch {
		case c.name == "" || has(n, "disabled"):
			continue
		case n.Data == "button":
			c.kind = "submit"
		case n.Data == "textarea":
			c.kind = "text"
			if n.FirstChild != nil {
				c.value = n.FirstChild.Data
			}
		case n.Data == "select":
			c.kind = "select"
			for o := range n.Descendants() {
				if o.Data == "option" && o.Type == html.ElementNode {
					c.options = append(c.options, attr(o, "value"))
				}
			}
		case n.Data != "input":
			continue
		}
		f.controls = append(f.controls, c)
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

// words are what people write into fields, right and wrong.
var words = []string{
	"", "Đặng Thị Ánh", "đặng văn ơn", "Ủy ban", "Tổ chức ngày hội", "100%_", "O'Neil \"x\"", "  cách  ", "Thịt ba chỉ\ngiá rẻ", "12", "0", "-3", "2026-12-20", "20/12/2026", "19:30", "0912 345 678",
	"😀", "Nguyễn", "nguyễn", "Ngữ", strings.Repeat("rất dài ", 60), "Hết", "\u200bẩn", "a@b.vn",
}

// hand fills forms in.
type hand struct {
	*mathrand.Rand
	password string
	now      when.Instant
}

func (h hand) one(all []string) string {
	if len(all) == 0 {
		return ""
	}
	return all[h.IntN(len(all))]
}

// write returns what is typed into a control, and whether anything is sent of it.
func (h hand) write(c control) (string, bool) {
	day := h.now.Date().AddDays([]int{-400, -30, -1, 0, 1, 7, 30}[h.IntN(7)])
	switch c.kind {
	case "hidden":
		return c.value, true
	case "checkbox":
		return c.value, h.IntN(2) == 0
	case "select":
		return h.one(c.options), true
	case "password":
		return h.password, true
	}
	if c.value != "" && h.IntN(4) > 0 || h.IntN(40) == 0 {
		return c.value, true
	}
	if h.IntN(12) == 0 {
		return h.one(words), true
	}
	switch c.kind {
	case "date":
		return day.String(), true
	case "month":
		return day.In().String(), true
	case "datetime-local":
		return day.At(h.IntN(24), 0).String(), true
	case "time":
		return fmt.Sprintf("%02d:30", h.IntN(24)), true
	case "number":
		return strconv.Itoa(h.IntN(14)), true
	case "email":
		return h.one([]string{"", "an@song-xanh.vn", "không phải"}), true
	}
	return h.one(words), true
}

// fill fills a form in and returns its fields; of radios and of buttons with names one is
// pressed.
func (h hand) fill(f form) [][2]string {
	var out [][2]string
	groups := map[string][]string{}
	var order, presses []string
	for _, c := range f.controls {
		switch c.kind {
		case "radio":
			if groups[c.name] == nil {
				order = append(order, c.name)
			}
			groups[c.name] = append(groups[c.name], c.value)
		case "submit":
			presses = append(presses, c.name+"="+c.value)
		case "file", "button":
		default:
			if v, sent := h.write(c); sent {
				out = append(out, [2]string{c.name, v})
			}
		}
	}
	for _, name := range order {
		if h.IntN(12) > 0 {
			out = append(out, [2]string{name, h.one(groups[name])})
		}
	}
	if len(presses) > 0 && h.IntN(6) > 0 {
		name, value, _ := strings.Cut(h.one(presses), "=")
		out = append(out, [2]string{name, value})
	}
	return out
}

// body returns the fields of a form as a browser sends them, with the roll in each file.
func (h hand) body(f form) (kind, body string) {
	fields := h.fill(f)
	if !f.files {
		values := url.Values{}
		for _, v := range fields {
			values.Add(v[0], v[1])
		}
		return "application/x-www-form-urlencoded", values.Encode()
	}
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	_ = w.SetBoundary("the-same-for-both") // letters and dashes are taken
	for _, v := range fields {
		_ = w.WriteField(v[0], v[1]) // to memory
	}
	for _, c := range f.controls {
		if c.kind == "file" {
			if to, err := w.CreateFormFile(c.name, "danh sách.csv"); err == nil {
				_, _ = to.Write(h.roll())
			}
		}
	}
	_ = w.Close()
	return w.FormDataContentType(), b.String()
}

// roll is a sheet of members as an office sends it, with mistakes in it.
func (h hand) roll() []byte {
	var b strings.Builder
	b.WriteString("STT,Họ và tên,Ngày sinh,Giới tính,Ngày vào Đảng,Ngày chính thức,Số thẻ,Điện thoại\n")
	for n := range h.IntN(6) {
		fmt.Fprintf(&b, "%d,%s,%s,%s,%s,%s,%d,%s\n", n+1,
			h.one([]string{"Đặng Thị Ánh", "Lê Văn Bảy", "Ông Thị Ơn", "Trần Ích", "", "Nguyễn Văn An"}),
			h.one([]string{"03/02/1960", "1971", "31/02/1980", "12/2026", ""}), h.one([]string{"Nam", "Nữ", "x"}),
			h.one([]string{"19/05/1999", "19/05/2030", "2001"}), h.one([]string{"19/05/2000", "", "19/05/1990"}),
			100_000+h.IntN(5), h.one([]string{"0912345678", "12", ""}))
	}
	return []byte(b.String())
}
