package meeting

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"

	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/library"
	"chibo/organization"
)

// Part says who presents an item, before people are known.
type Part string

// The parts; an empty Part is the whole cell.
const (
	TheChair       Part = "chair"
	TheDeputy      Part = "deputy"
	TheBriefer     Part = "briefer" // whose turn it is, see package briefing
	ThePreparer    Part = "preparer"
	TheMinuteTaker Part = "minute_taker"
)

// Template is the order of proceedings for a kind of meeting of a kind of cell,
// with the document it rests on.
type Template struct {
	Source library.Source
	Kind   Kind
	Items  []TemplateItem
}

// TemplateItem is one line of a template.
type TemplateItem struct {
	Kind      ItemKind
	Title     string
	Minutes   int
	Presenter Part
	Note      string
	// Elastic items give way when a cell has a length of its own.
	Elastic bool
	// Dwells marks the item that takes up what this kind of cell dwells on, Sources
	// the one that takes up where its contents come from.
	Dwells, Sources bool
}

//go:embed agenda.toml
var agendaFile string

type order struct {
	Source string
	Date   when.Date
	Kind   Kind
	Items  []TemplateItem
}

type dwell struct {
	Source  string
	Date    when.Date
	Cells   []organization.Kind
	Text    string
	Sources string
}

// agendas reads the templates when one is first asked for: a start need not wait for it.
var agendas = sync.OnceValues(func() ([]order, []dwell) { return mustAgenda(agendaFile) })

func mustAgenda(text string) ([]order, []dwell) {
	var f struct {
		Order []order
		Dwell []dwell
	}
	if _, err := toml.Decode(text, &f); err != nil {
		panic(err) // linked in and read by every test
	}
	return f.Order, f.Dwell
}

// TemplateOn returns the template for a kind of meeting and a kind of cell that
// is in force on day. Before the oldest guidance that is known, its order is
// offered.
func TemplateOn(kind Kind, cell organization.Kind, day when.Date) Template {
	var found Template
	orders, dwells := agendas()
	for _, o := range orders {
		source, _ := library.Find(o.Source, o.Date)
		if o.Kind == kind && (source.InForce(day) || found.Kind == "" || source.Date.Before(found.Source.Date) && !found.Source.InForce(day)) {
			found = Template{source, kind, slices.Clone(o.Items)}
		}
	}
	for _, d := range dwells {
		if source, _ := library.Find(d.Source, d.Date); source.InForce(day) && slices.Contains(d.Cells, cell) {
			found.dwell(d)
		}
	}
	return found
}

func (t *Template) dwell(d dwell) {
	for i := range t.Items {
		item := &t.Items[i]
		if item.Dwells {
			item.Note = join(item.Note, d.Text)
		}
		if item.Sources {
			item.Note = join(item.Note, d.Sources)
		}
	}
}

func join(a, b string) string { return strings.TrimSpace(a + " " + b) }

// ID names the template as a meeting keeps it: "42-HD/BTCTW 28/10/2025 ordinary".
func (t Template) ID() string {
	return fmt.Sprintf("%s %s %s", t.Source.Number, library.Short(t.Source.Date), t.Kind)
}

// Fill makes the agenda of the meeting from t, with the people who are known by
// part and with the minutes that the meeting needs.
func (t Template) Fill(cast map[Part]string, settings organization.Settings) []Item {
	items := make([]Item, len(t.Items))
	elastic := make([]int, 0, len(t.Items))
	for i, from := range t.Items {
		items[i] = Item{Position: i + 1, Kind: from.Kind, Title: from.Title, Minutes: from.Minutes, Presenter: cast[from.Presenter], Note: from.Note}
		if from.Elastic {
			elastic = append(elastic, i)
		}
	}
	stretch(items, elastic, planned(t.Kind, settings)-standardMinutes(t.Kind))
	return items
}

// shortest is the least that an elastic item keeps.
const shortest = 5

// stretch gives the elastic items more minutes, the shortest first, or takes some
// from them, the longest first, five at a time.
func stretch(items []Item, elastic []int, by int) {
	byLength := func(a, b int) int { return items[a].Minutes - items[b].Minutes }
	for len(elastic) > 0 && by != 0 {
		at := slices.MinFunc(elastic, byLength)
		if by < 0 {
			at = slices.MaxFunc(elastic, byLength)
		}
		step := max(-shortest, min(shortest, by))
		if items[at].Minutes+step < shortest {
			return
		}
		items[at].Minutes += step
		by -= step
	}
}

// standardMinutes is the least length that the national guidance asks for: 90
// minutes, 120 for an ordinary and a thematic meeting in one sitting
// (42-HD/BTCTW, 28/10/2025; 90 already in 12-HD/BTCTW, 06/7/2018). None is known
// for an extraordinary meeting or a congress.
func standardMinutes(k Kind) int {
	switch k {
	case Combined:
		return organization.CombinedMinutes
	case Extraordinary, Congress:
		return 0
	case Ordinary, Thematic:
	}
	return 90
}

// MinMinutes is the least length of a meeting of that day in a cell of these settings.
// A cell with few members may have a smaller figure from its committee; it then holds
// for a combined sitting too. Of a sitting in one before 42-HD/BTCTW (28/10/2025) the
// guidance named no figure of its own: it needs what an ordinary meeting does.
func MinMinutes(k Kind, s organization.Settings, day when.Date) int {
	if k == Combined && day.Before(combinedFrom) {
		k = Ordinary
	}
	return planned(k, s)
}

// combinedFrom is the day of 42-HD/BTCTW, which asks 120 minutes of two meetings held
// in one sitting.
var combinedFrom = when.On(2025, 10, 28)

// planned is the length for which an agenda is laid out: that of two meetings in one
// sitting has room for both, whatever was asked for on its day.
func planned(k Kind, s organization.Settings) int {
	switch {
	case !k.Regular() || s.MinMinutes == 0:
		return standardMinutes(k)
	case k == Combined && s.MinMinutes >= standardMinutes(Ordinary):
		return max(s.MinMinutes, organization.CombinedMinutes)
	}
	return s.MinMinutes
}

// Total adds up the planned minutes.
func Total(items []Item) int {
	n := 0
	for _, i := range items {
		n += i.Minutes
	}
	return n
}

// Validate checks what the form of an item brings.
func (i Item) Validate() error {
	var c fault.Check
	c.That(i.Title != "", "title", "meeting.problem.title")
	c.AtMost(i.Title, maxTitle, "title")
	c.That(slices.Contains(ItemKinds, i.Kind), "kind", "meeting.problem.item_kind")
	c.That(i.Minutes >= 0 && i.Minutes <= 600, "minutes", "meeting.problem.minutes")
	c.AtMost(i.Note, maxNote, "note")
	return c.Err()
}

// numbered sets the positions to 1, 2, 3 …
func numbered(items []Item) []Item {
	for i := range items {
		items[i].Position = i + 1
	}
	return items
}

// placed returns the agenda with the new item before the closing steps: minutes
// and closing end a meeting.
func placed(items []Item, item Item) []Item {
	at := len(items)
	for at > 0 && (items[at-1].Kind == Minutes || items[at-1].Kind == Closing || items[at-1].Kind == Scoring) && item.Kind != Minutes && item.Kind != Closing {
		at--
	}
	return numbered(slices.Insert(slices.Clone(items), at, item))
}

// behindKind returns the agenda with the new item behind the last one of its kind, else
// before the closing steps.
func behindKind(items []Item, item Item) []Item {
	for at := len(items); at > 0; at-- {
		if items[at-1].Kind == item.Kind {
			return numbered(slices.Insert(slices.Clone(items), at, item))
		}
	}
	return placed(items, item)
}

// moved returns the agenda with the item of this id one step up (by -1) or down
// (by +1); at the ends it stays.
func moved(items []Item, id string, by int) []Item {
	items = slices.Clone(items)
	at := slices.IndexFunc(items, func(i Item) bool { return i.ID == id })
	if to := at + by; at >= 0 && to >= 0 && to < len(items) {
		items[at], items[to] = items[to], items[at]
	}
	return numbered(items)
}

// without returns the agenda without the item of this id.
func without(items []Item, id string) []Item {
	return numbered(slices.DeleteFunc(slices.Clone(items), func(i Item) bool { return i.ID == id }))
}
