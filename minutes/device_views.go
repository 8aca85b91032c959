package minutes

import (
	"io"
	"strconv"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/id"
	"chibo/kit/locale"
	"chibo/kit/web/part"
	"chibo/proceedings"
	"chibo/room"
)

// The minutes on a device without a network: looked at, read back to the meeting
// and adopted there. Their forms are those of the room, so that they become acts;
// the papers, the signatures and the seal need the server.

// title names the page: a meeting beside the cell has minutes alone.
func title(l locale.L, r Record) string {
	if r.Beside {
		return l.T("minutes.title_beside")
	}
	return l.T("minutes.title")
}

// DrawOnDevice writes a page of the minutes in the place of the room, for an address
// within it: "/rooms/ID/minutes", and "/rooms/ID/minutes/read" with the number of
// the passage. False: not a page of the minutes.
func DrawOnDevice(w io.Writer, d *room.Device, path, passage string) (bool, error) {
	if d.Helps() {
		return false, nil
	}
	s := d.State()
	v := deviceView{l: d.Language(), s: s, r: Compose(s), base: "/rooms/" + s.Setup.Meeting, may: d.Holds()}
	switch strings.TrimPrefix(path, v.base) {
	case "/minutes":
		return true, d.Inside(title(v.l, v.r), v.whole()).Render(w)
	case "/minutes/read":
		n, _ := strconv.Atoi(passage) // what is no number is the first passage
		return true, d.Inside(v.l.T("minutes.read.title"), v.reading(n)).Render(w)
	}
	return false, nil
}

type deviceView struct {
	l    locale.L
	s    proceedings.State
	r    Record
	base string
	may  bool
}

func (v deviceView) t(key string, args ...any) string { return v.l.T(key, args...) }

// whole is the minutes as they stand, with the next step above them.
func (v deviceView) whole() g.Node {
	return part.Stack(
		part.Note(part.Info, g.Text(v.t("minutes.device.what"))),
		v.step(),
		part.Card(part.Long, h.Article(h.Class("paper"), h.Lang("vi"), g.Map(v.r.Passages, func(p Passage) g.Node {
			return g.Group{g.If(p.Heading != "", h.H2(g.Text(p.Heading))), passageOnDevice(p)}
		}))))
}

// step is what the meeting does next with its minutes.
func (v deviceView) step() g.Node {
	a := v.s.Adoption
	switch {
	case v.s.Adopted():
		return part.Note(part.OK, g.Text(v.t("minutes.device.adopted", "Time", v.l.Clock(a.At), "For", a.For)))
	case !v.may:
		return nil
	case v.s.Phase == proceedings.Waiting:
		return part.Note(part.Warn, g.Text(v.t("minutes.step.close_first")))
	case !v.r.ReadBack:
		return part.Actions(part.LinkButton(v.base+"/minutes/read", v.t("minutes.read.open"), part.Primary, part.IconSpeech))
	}
	f := part.Form{ID: "adopt"}
	return part.Card(
		part.CardHead(v.t("minutes.step.adopted")),
		v.act(proceedings.KindAdopt, "/minutes",
			part.Muted(g.Text(v.t("minutes.adopt.how"))),
			part.Fields(f.Number("for", v.t("minutes.adopt.for")), f.Number("against", v.t("minutes.adopt.against"))),
			part.Actions(
				part.Button(v.t("minutes.adopt.do"), part.Primary, part.IconHand),
				part.LinkButton(v.base+"/minutes/read", v.t("minutes.read.again"), part.IconSpeech))))
}

// act is a form that makes an act of the room; then is where the page goes on.
func (v deviceView) act(k proceedings.ActKind, then string, children ...g.Node) g.Node {
	return part.Post(v.base+"/form/"+string(k), h.Data("then", v.base+then), part.HiddenValue("act", id.New()), g.Group(children))
}

// reading is the n-th passage in letters for the whole room.
func (v deviceView) reading(n int) g.Node {
	slides := v.r.slides()
	if len(slides) == 0 {
		return part.Empty(v.t("minutes.read.nothing"), v.t("minutes.read.nothing_why"))
	}
	n = min(max(n, 1), len(slides))
	s := slides[n-1]
	return part.Stack(
		part.Beside(part.Tag(part.Info, v.t("minutes.read.where", "N", n, "Of", len(slides))), part.VoiceButton(v.l, v.t("minutes.read.voice"), "passage", part.Small)),
		part.Giant(
			g.Map(s.headings, func(t string) g.Node { return h.H2(g.Text(t)) }),
			h.Div(h.ID("passage"), h.Lang("vi"), h.Aria("live", "polite"), passageOnDevice(s.Passage)),
			g.Map(v.r.Objections, func(o Objection) g.Node {
				return g.If(o.Passage == s.Key, part.Note(part.Warn, h.B(g.Text(o.Speaker+": ")), g.Text(o.Text)))
			})),
		v.turning(n, len(slides)),
		v.object(n, s.Key))
}

func (v deviceView) turning(n, of int) g.Node {
	to := func(n int) string { return v.base + "/minutes/read?p=" + strconv.Itoa(n) }
	before := g.Node(h.Span())
	if n > 1 {
		before = part.LinkButton(to(n-1), v.t("minutes.read.before"), part.Wide, part.IconLeft, h.Data("key", "ArrowLeft"))
	}
	if n < of {
		return part.Giant(part.Fields(before,
			part.LinkButton(to(n+1), v.t("minutes.read.next"), part.Primary, part.Wide, part.IconRight, h.Data("key", "ArrowRight"))))
	}
	return part.Giant(part.Fields(before,
		g.If(v.may, v.act(proceedings.KindReadback, "/minutes", part.Button(v.t("minutes.read.finish"), part.Primary, part.Wide, part.IconCheck)))))
}

// object notes what somebody holds against a passage.
func (v deviceView) object(n int, key string) g.Node {
	if !v.may {
		return nil
	}
	f := part.Form{ID: "object"}
	options := []part.Option{{Text: v.t("minutes.read.choose")}}
	for _, a := range v.s.Roll {
		if a.Came() {
			options = append(options, part.Option{Value: a.ID, Text: a.Name})
		}
	}
	return part.Details(v.t("minutes.read.object"),
		v.act(proceedings.KindObjection, "/minutes/read?p="+strconv.Itoa(n),
			part.HiddenValue("passage", key),
			f.Select("speaker", v.t("minutes.read.speaker"), options),
			f.Textarea("text", v.t("minutes.read.text")),
			part.Actions(part.Button(v.t("minutes.read.note")))))
}

// passageOnDevice shows a passage line by line; the server sets it as it is
// printed.
func passageOnDevice(p Passage) g.Node {
	nodes := g.Group{}
	for line := range strings.SplitSeq(p.Text(), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			nodes = append(nodes, h.P(emphasised(line)))
		}
	}
	if p.Table != nil {
		nodes = append(nodes, part.Scroll("Bảng", h.Table(h.Class("paper-table"),
			h.THead(h.Tr(g.Map(p.Table.Columns, func(c Column) g.Node { return h.Th(g.Text(c.Title)) }))),
			h.TBody(g.Map(p.Table.Rows, func(row []string) g.Node {
				return h.Tr(g.Map(row, func(cell string) g.Node { return h.Td(g.Text(cell)) }))
			})))))
	}
	return nodes
}

// emphasised is a line with what stands between two stars in bold.
func emphasised(line string) g.Node {
	var nodes g.Group
	for n, s := range strings.Split(line, "**") {
		if n%2 == 1 {
			nodes = append(nodes, h.B(g.Text(s)))
		} else {
			nodes = append(nodes, g.Text(s))
		}
	}
	return nodes
}
