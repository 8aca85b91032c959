package room

import (
	"io"
	"net/url"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/fault"
	"chibo/kit/locale"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/proceedings"
)

// Scene is what the server tells a device once, so that it can hold the meeting by
// itself from then on: GET /rooms/{meeting}/device.
type Scene struct {
	Setup proceedings.Setup `json:"setup"`
	Acts  []proceedings.Act `json:"acts"` // all that the server has
	// Account tells apart what different people leave on one device.
	Account string `json:"account"`
	// Writers are the names of those who may have written, by account.
	Writers map[string]string `json:"writers"`
	// Device is the id of this device; the device itself fills it in.
	Device string           `json:"device"`
	May    bool             `json:"may"`            // may enter acts; others read along
	Duty   proceedings.Duty `json:"duty,omitempty"` // of a helper: may enter some of them
	Sealed bool             `json:"sealed"`
	// Earlier is there only for whoever may hold the meeting.
	Earlier proceedings.Earlier `json:"earlier,omitzero"`
	// Language is "vi" or "en"; Texts and Assets are what the views need of
	// kit/locale and kit/web/assets.
	Language string            `json:"language"`
	Texts    map[string]string `json:"texts"`
	Assets   map[string]string `json:"assets"`
}

// Device is the room as one device keeps it and draws it.
type Device struct {
	scene Scene
	l     locale.L
	book  *proceedings.Notebook
}

// NewDevice returns the room of a scene, in the language l.
func NewDevice(s Scene, l locale.L) *Device {
	return &Device{scene: s, l: Spoken(l, s.Setup.Kind), book: proceedings.NewNotebook(s.Setup, s.Acts, s.Account, s.Duty)}
}

// State returns the meeting as this device knows it.
func (d *Device) State() proceedings.State { return d.book.State() }

// Take adds acts that the server has.
func (d *Device) Take(acts []proceedings.Act) { d.book.Take(acts) }

// Enter adds an act that was entered on this device, or says why it does not fit.
func (d *Device) Enter(a proceedings.Act) error {
	if d.scene.Sealed || !d.scene.May && d.scene.Duty == "" {
		return fault.New(fault.Conflict, "room.problem.sealed")
	}
	return d.book.Enter(a)
}

// Keep adds an act that this device had accepted earlier and has not sent yet.
func (d *Device) Keep(a proceedings.Act) { d.book.Keep(a) }

// Drop takes back an act that the server has refused.
func (d *Device) Drop(id string) { d.book.Drop(id) }

// Draw writes the room for an address within it: the room itself, its log, the
// page that corrects an entry. query says which item's work is asked for and which
// part of the roll. False: a page that only the server has.
func (d *Device) Draw(w io.Writer, path string, query url.Values, now when.Instant) (bool, error) {
	s := screen{
		l: d.l, s: d.State(), now: now, focus: focus(d.State(), query.Get("item")), roll: rollViewOf(query),
		may: d.scene.May, sealed: d.scene.Sealed, account: d.scene.Account, device: d.scene.Device, writers: d.scene.Writers,
		earlier: d.scene.Earlier, duty: d.scene.Duty,
	}
	rest := strings.TrimPrefix(path, s.path(""))
	switch {
	case rest == "":
		return true, s.whole().Render(w)
	case rest == "/log" && s.duty == "":
		return true, s.inside(s.t("room.log"), s.logBody()).Render(w)
	}
	act, ok := strings.CutPrefix(rest, "/acts/")
	if !ok {
		return false, nil
	}
	sh, ok := s.mending(act)
	if !ok {
		return false, nil
	}
	return true, s.inside(kindText(s.l, sh.kind), sh.body()).Render(w)
}

// Language is the language of the device.
func (d *Device) Language() locale.L { return d.l }

// Holds reports whether the meeting may be held on this device.
func (d *Device) Holds() bool { return d.scene.May && !d.scene.Sealed }

// Helps reports whether this is the device of a helper, who is shown the room alone.
func (d *Device) Helps() bool { return d.scene.Duty != "" }

// Inside shows a page of another feature in the place of the room.
func (d *Device) Inside(title string, body g.Node) g.Node {
	return screen{l: d.l, s: d.State(), may: d.scene.May, sealed: d.scene.Sealed, account: d.scene.Account}.inside(title, body)
}

// inside shows a page of the room in the place of the room, with the way back.
func (p screen) inside(title string, body g.Node) g.Node {
	return p.frame(
		h.Header(h.Class("room-head"),
			h.Div(h.Class("room-title"), part.Link(p.path(""), g.Text(p.t("room.back"))), h.H1(g.Text(title)), p.saved())),
		h.Div(h.Class("room-inside"), body))
}

// Problem is a refusal as the device shows it in the form it came from.
type Problem struct {
	Kind    fault.Kind        `json:"kind"`
	Message string            `json:"message"`
	Fields  map[string]string `json:"fields,omitempty"`
}

// ProblemOf puts a refusal into words.
func ProblemOf(l locale.L, err error) *Problem {
	e := fault.Of(err)
	fields := map[string]string{}
	for field, key := range e.Fields {
		fields[field] = l.Fill(key, e.Args)
	}
	return &Problem{e.Kind, l.Fill(e.Key, e.Args), fields}
}
