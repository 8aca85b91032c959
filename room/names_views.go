package room

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/web/part"
	"chibo/proceedings"
)

// Where more people are listed than fewNames, a name is typed and the browser
// offers those that fit: nobody finds one of seven hundred in a list that folds
// out.
const fewNames = 60

// namesList is the id of the list that the typed fields of the page share.
const namesList = "room-names"

// label is a person as the shared list names them, and who it is.
type label struct{ ID, Text string }

// labels names everybody on the roll and every guest, each differently.
func labels(s proceedings.State) []label {
	var all []label
	times := map[string]int{}
	add := func(id, name string) {
		if times[name]++; times[name] > 1 {
			name = fmt.Sprintf("%s (%d)", name, times[name])
		}
		all = append(all, label{id, name})
	}
	for _, a := range s.Roll {
		add(a.ID, a.Name)
	}
	for _, v := range s.Guests {
		add(v.ID, v.Name)
	}
	return all
}

// many reports whether names are typed.
func many(s proceedings.State) bool { return len(s.Roll)+len(s.Guests) > fewNames }

// nameList is the shared list; nothing where names are chosen.
func (p screen) nameList() g.Node {
	if !many(p.s) || !p.holds() && p.duty == "" {
		return nil
	}
	return h.DataList(h.ID(namesList), g.Map(labels(p.s), func(l label) g.Node {
		return h.Option(h.Value(l.Text), h.Data("id", l.ID))
	}))
}

// one asks for one of options: people, and first what stands for nobody.
func (w writer) one(name, title string, options []part.Option, children ...g.Node) g.Node {
	if !many(w.s) {
		return w.f.Select(name, title, options, children...)
	}
	f := w.f
	f.Values = url.Values{name: {f.Value(name)}}
	all := labels(w.s)
	if n := slices.IndexFunc(all, func(l label) bool { return l.ID == f.Value(name) }); n >= 0 {
		f.Values.Set(name, all[n].Text)
	}
	return f.Input(name, title, append(children, h.List(namesList), h.AutoComplete("off"), h.Placeholder(w.t("room.pick.type")))...)
}

// naming are the fields of bodies that name one person.
var naming = []string{"chair", "minute_taker", "speaker", "who", "member", "confirmed_by", "by"}

// identified is a body in which typed names are the people they stand for; a name of
// nobody stays and is refused with the act.
func identified(s proceedings.State, body json.RawMessage) json.RawMessage {
	var fields map[string]any
	if !many(s) || json.Unmarshal(body, &fields) != nil {
		return body
	}
	all := labels(s)
	for _, name := range naming {
		text, _ := fields[name].(string)
		if n := slices.IndexFunc(all, func(l label) bool { return text != "" && l.Text == text }); n >= 0 {
			fields[name] = all[n].ID
		}
	}
	out, err := json.Marshal(fields)
	if err != nil {
		return body
	}
	return out
}
