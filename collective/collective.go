// Package collective is what the people of a cell also write minutes for: the meetings of
// their office (sinh hoạt chuyên môn) and of their trade union (sinh hoạt công đoàn).
//
// Its story: a cell names the collective as it stands at the head of its papers and
// lists who belongs to it, most of them no Party members. A meeting is then a title, an
// hour, who leads and who writes, and an agenda of plain lines. It takes place in the same room
// as those of the cell, with the same acts, also without a network, and leaves the same
// minutes under a head of its own. The next one finds what this one has left to be done.
//
// They are not meetings of the cell (50-CT/TW, 23/7/2025, names it a fault to merge the two):
// no notice goes out, nobody is scored, no ledger, board, report or register of the
// cell knows of them, and only those who hold the meetings of the cell see them.
package collective

import (
	"slices"
	"strings"
	"unicode/utf8"

	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/search"
	"chibo/kit/text"
	"chibo/kit/when"
	"chibo/meeting"
)

// Kinds are the kinds of collectives in the order in which they are shown: the kinds of
// their meetings.
var Kinds = []meeting.Kind{meeting.Professional, meeting.Union}

// Collective is a body beside a cell whose meetings its people also write down.
type Collective struct {
	Root         string `db:"root_id"`
	Organization string `db:"organization_id"` // the cell
	Kind         meeting.Kind
	// Name stands at the head of its papers: "Trường THCS Sông Xanh", "Công đoàn Trường THCS
	// Sông Xanh". Empty where nobody has written it down: then the name of the cell stands there.
	Name string
	// Superior is the body above it, as it stands over the name; may be empty.
	Superior string
}

// Person is somebody who is called to the meetings of a collective. Those who belong to the
// Party are written here like all others: what they do here is not theirs as members.
type Person struct {
	Root         string `db:"root_id"`
	ID           string
	Organization string `db:"organization_id"`
	Kind         meeting.Kind
	Name         string
	Office       string // "Tổ trưởng tổ Toán", as minutes name it behind the name; may be empty
	SortKey      string
}

// Limits of what is written down.
const (
	MostPeople = 1_000
	MostItems  = 60
	maxUnit    = 200
	maxName    = 100
	maxLine    = 300
)

// Sheet is what is written down of a collective: its head, and who belongs to it, a line
// each.
type Sheet struct {
	Name     string `form:"name"`
	Superior string `form:"superior"`
	// People has a line for each: the name, then after a comma, a semicolon or a tab the office.
	People string `form:"people"`
}

// SheetOf is what stands written of a collective.
func SheetOf(c Collective, people []Person) Sheet {
	lines := make([]string, len(people))
	for n, p := range people {
		lines[n] = strings.TrimSuffix(p.Name+", "+p.Office, ", ")
	}
	return Sheet{c.Name, c.Superior, strings.Join(lines, "\n")}
}

// check returns the problems of a sheet and of the people that were read from it.
func (s Sheet) check(people []Person) error {
	var c fault.Check
	c.That(s.Name != "", "name", "collective.problem.name")
	c.AtMost(s.Name, maxUnit, "name")
	c.AtMost(s.Superior, maxUnit, "superior")
	c.That(len(people) > 0, "people", "collective.problem.people")
	c.That(len(people) <= MostPeople, "people", "collective.problem.too_many")
	for _, p := range people {
		c.That(p.Name != "" && short(p.Name, maxName), "people", "collective.problem.person_name")
		c.That(short(p.Office, maxUnit), "people", "collective.problem.person_office")
	}
	c.That(!twins(people), "people", "collective.problem.twins")
	return c.Err()
}

// twins reports whether somebody's line stands twice, however it is written: in the lists to
// choose from and in the minutes nobody could tell the two apart.
func twins(people []Person) bool {
	seen := map[[2]string]bool{}
	for _, p := range people {
		key := [2]string{search.Identity(p.Name), search.Identity(p.Office)}
		if p.Name != "" && seen[key] {
			return true
		}
		seen[key] = true
	}
	return false
}

func short(s string, most int) bool { return utf8.RuneCountInString(s) <= most }

// read returns the people of the sheet in the Vietnamese order of their given names. Whoever
// is among known under the same name and office, or else under the same name, keeps
// the id: what is prepared with it holds on.
func (s Sheet) read(known []Person) []Person {
	var people []Person
	left := slices.Clone(known)
	take := func(fits func(Person) bool) string {
		n := slices.IndexFunc(left, fits)
		if n < 0 {
			return ""
		}
		taken := left[n].ID
		left = slices.Delete(left, n, n+1)
		return taken
	}
	for _, line := range text.Lines(s.People) {
		name, office := line, ""
		if n := strings.IndexAny(line, "\t;,"); n >= 0 {
			name, office = line[:n], strings.Trim(line[n:], "\t;, ")
		}
		p := Person{Name: strings.TrimSpace(name), Office: office}
		p.ID = take(func(k Person) bool { return k.Name == p.Name && k.Office == p.Office })
		p.SortKey = search.NameKey(p.Name)
		people = append(people, p)
	}
	for n := range people {
		if p := &people[n]; p.ID == "" {
			if p.ID = take(func(k Person) bool { return k.Name == p.Name }); p.ID == "" {
				p.ID = id.New()
			}
		}
	}
	slices.SortStableFunc(people, func(a, b Person) int { return strings.Compare(a.SortKey, b.SortKey) })
	return people
}

// Plan is what a meeting of a collective is laid out with.
type Plan struct {
	Title    string       `form:"title"`
	StartsAt when.Instant `form:"starts_at"`
	Place    string       `form:"place"`
	// Chair and MinuteTaker are people of the collective.
	Chair       string `form:"chair"`
	MinuteTaker string `form:"minute_taker"`
	// Agenda has a line for each item.
	Agenda string `form:"agenda"`
}

// PlanOf is what a meeting stands laid out with.
func PlanOf(m meeting.Meeting, items []meeting.Item) Plan {
	lines := make([]string, len(items))
	for n, i := range items {
		lines[n] = i.Title
	}
	return Plan{m.Title, m.StartsAt, m.Place, m.Chair, m.MinuteTaker, strings.Join(lines, "\n")}
}

// First is what a first meeting is offered with.
func First(k meeting.Kind, day when.Date) Plan {
	return Plan{
		Title: meeting.TitleOf(k, day.In(), day),
		Agenda: strings.Join([]string{
			"Tuyên bố lý do, giới thiệu thành phần, thông qua chương trình",
			"Kết quả công việc tháng trước",
			"Công việc tháng tới, phân công thực hiện",
			"Ý kiến, kiến nghị",
			"Kết luận, thông qua biên bản",
		}, "\n"),
	}
}

// After is what the next meeting is offered with after one that was held: the same people,
// place and agenda, with the title of its own month.
func After(m meeting.Meeting, items []meeting.Item, day when.Date) Plan {
	p := PlanOf(m, items)
	p.Title, p.StartsAt = meeting.TitleOf(m.Kind, day.In(), day), 0
	return p
}

// check returns the problems of a plan and of the agenda that was read from it; people are those
// of the collective.
func (p Plan) check(items []meeting.Item, people []Person) error {
	var c fault.Check
	c.That(len(items) > 0, "agenda", "collective.problem.agenda")
	c.That(len(items) <= MostItems, "agenda", "collective.problem.agenda_long")
	for _, i := range items {
		c.That(short(i.Title, maxLine), "agenda", "collective.problem.item_long")
	}
	named := func(field, who string) {
		c.That(who == "" || slices.ContainsFunc(people, func(k Person) bool { return k.ID == who }), field, "collective.problem.who")
	}
	named("chair", p.Chair)
	named("minute_taker", p.MinuteTaker)
	c.That(p.Chair == "" || p.Chair != p.MinuteTaker, "minute_taker", "collective.problem.both")
	return c.Err()
}

// items returns the agenda. A line that stands among known keeps its id. The first opens the
// meeting and the last ends it, which is where minutes put what is entered under them.
func (p Plan) items(known []meeting.Item) []meeting.Item {
	var items []meeting.Item
	for _, line := range text.Lines(p.Agenda) {
		i := meeting.Item{ID: id.New(), Position: len(items) + 1, Kind: meeting.Discussion, Title: line}
		same := func(k meeting.Item) bool {
			return k.Title == line && !slices.ContainsFunc(items, func(j meeting.Item) bool { return j.ID == k.ID })
		}
		if n := slices.IndexFunc(known, same); n >= 0 {
			i.ID = known[n].ID
		}
		items = append(items, i)
	}
	if len(items) > 2 {
		items[0].Kind, items[len(items)-1].Kind = meeting.Opening, meeting.Closing
	}
	return items
}
