package room

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	g "maragu.dev/gomponents"

	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/proceedings"
)

// sheet is a page of its own for one form: an act that came back with something
// to mend, or an entry to be corrected.
type sheet struct {
	screen
	kind proceedings.ActKind
	f    part.Form
	// corrects is the act to be corrected, empty for a new one.
	corrects string
}

func (p sheet) body() g.Node {
	action, void := proceedings.KindCorrect, g.Node(nil)
	if p.corrects == "" {
		action = p.kind
	} else if p.kind != proceedings.KindOpen && p.kind != proceedings.KindClose {
		void = p.f.Check("void", p.t("room.field.void"), part.Help(p.t("room.field.void.help")))
	}
	w := writer{l: p.l, s: p.s, f: p.f, whole: p.corrects != ""}
	return part.Card(
		p.f.Summary(p.l),
		p.form(action, p.corrects,
			g.If(p.corrects != "", p.f.Hidden("corrects")),
			w.fields(p.kind),
			g.If(p.corrects != "", p.f.Input("because", p.t("room.field.because"))),
			void,
			part.Actions(part.Button(p.t("room.save"), part.Primary, part.IconCheck), part.LinkButton(p.path(""), p.t("room.back"), part.Quiet))))
}

// mending is the sheet on which an entry is corrected, filled with what it says
// now; false where there is no such entry.
func (p screen) mending(act string) (sheet, bool) {
	a, ok := p.s.Act(act)
	if !ok || a.Kind == proceedings.KindCorrect || a.Kind == proceedings.KindChoose || p.duty != "" && !p.mends(a.By) {
		return sheet{}, false
	}
	body := a.Body
	if says, ok := p.s.Says(act); ok {
		if now, err := json.Marshal(says); err == nil {
			body = now
		}
	}
	f := moments(fill(part.Form{}, body), "began", "ended")
	f.Values.Set("corrects", act)
	return sheet{screen: p, kind: a.Kind, f: f, corrects: act}, true
}

// fill puts what a body says into the fields of a form.
func fill(f part.Form, raw json.RawMessage) part.Form {
	var fields map[string]any
	if json.Unmarshal(raw, &fields) != nil {
		return f
	}
	if f.Values == nil {
		f.Values = url.Values{}
	}
	for name, v := range fields {
		switch v := v.(type) {
		case string:
			f.Values.Set(name, v)
		case float64:
			f.Values.Set(name, positive(int(v)))
		case bool:
			if v {
				f.Values.Set(name, "true")
			}
		case []any:
			for _, one := range v {
				f.Values.Add(name, fmt.Sprint(one))
			}
		}
	}
	return f
}

// moments turns the instants of a body into what their fields hold.
func moments(f part.Form, names ...string) part.Form {
	for _, n := range names {
		var i when.Instant
		if v := f.Value(n); v != "" && i.UnmarshalJSON([]byte(`"`+v+`"`)) == nil {
			f.Values.Set(n, i.String())
		}
	}
	return f
}

// logBody is the log as it stands: every act with both its times, the corrections
// beside what they correct.
func (p screen) logBody() g.Node {
	if p.s.Size() == 0 {
		return part.Empty(p.t("room.log.empty.title"), p.t("room.log.empty.text"))
	}
	fixed := map[string]bool{}
	for a := range p.s.Log() {
		if c, ok := a.Correction(); ok {
			fixed[c.Corrects] = true
		}
	}
	var rows []part.Row
	for a := range p.s.Log() {
		mend := g.Node(nil)
		if a.Kind != proceedings.KindCorrect && a.Kind != proceedings.KindChoose {
			mend = p.mend(proceedings.Entry{Act: a.ID, By: a.By})
		}
		rows = append(rows, part.Row{
			part.Number(fmt.Sprint(a.Seq)), part.Number(a.At.Time().Format("15:04:05")), part.Number(a.Received.Time().Format("15:04:05")),
			g.Group{g.Text(kindText(p.l, a.Kind)), g.If(fixed[a.ID], g.Group{g.Text(" "), part.Tag(part.Info, p.t("room.log.corrected"))})},
			g.Text(p.gist(a)), g.Text(p.writers[a.By]), mend,
		})
	}
	return part.Card(part.Table(p.t("room.log"), part.Heads("№", p.t("room.log.at"), p.t("room.log.received"), p.t("room.log.what"), p.t("room.log.gist"), p.t("room.log.by"), p.t("room.mend")), rows...))
}

// gist says in a few words what an act is about: names and first texts.
func (p screen) gist(a proceedings.Act) string {
	var fields map[string]any
	if json.Unmarshal(a.Body, &fields) != nil {
		return ""
	}
	var parts []string
	if id, ok := fields["item"].(string); ok && strings.HasPrefix(string(a.Kind), "item.") {
		i, _ := p.s.Item(id)
		parts = append(parts, short(i.Title, 120))
	}
	for _, name := range []string{"member", "speaker", "name", "title", "question", "text", "because"} {
		v, ok := fields[name].(string)
		if !ok || v == "" {
			continue
		}
		if who := p.s.Name(v); who != "" {
			v = who
		}
		parts = append(parts, short(v, 120))
	}
	for _, name := range []string{"request", "turn"} {
		if act, ok := fields[name].(string); ok && len(parts) == 0 {
			parts = nonEmpty(p.s.Name(p.s.SpeakerOf(act)))
		}
	}
	if status, ok := fields["status"].(string); ok {
		parts = append(parts, statusText(p.l, proceedings.Status(status)))
	}
	return strings.Join(parts, " · ")
}

// short cuts a text after so many letters.
func short(s string, letters int) string {
	n := 0
	for i := range s {
		if n++; n > letters {
			return s[:i] + "…"
		}
	}
	return s
}
