package digest

import (
	"slices"
	"strings"

	"chibo/kit/access"
	"chibo/kit/locale"
	"chibo/kit/when"
	"chibo/matter"
	"chibo/quality"
	"chibo/rubric"
	"chibo/supervision"
	"chibo/theme"
)

// Entry is one thing that a figure counts: of which cell and month, by which meeting.
type Entry struct {
	Cell    string     `json:"c"`
	Month   when.Month `json:"m,omitzero"`
	Meeting string     `json:"g,omitempty"`
	// N is what it adds to the figure, Of of how many where the figure is a share.
	N  int `json:"n"`
	Of int `json:"o,omitempty"`
	// Text is what it says, in Vietnamese: a day, a level.
	Text string `json:"t,omitempty"`
}

// kind says what a figure makes of its entries.
type kind string

// The kinds.
const (
	count kind = "count" // the sum of N
	share kind = "share" // N of Of, in percent
	mean  kind = "mean"  // N/Of, hundredths of a point
	words kind = "words" // the texts themselves
)

// figure is something that reports name. Names are Vietnamese, as those who write a report use
// them.
type figure struct {
	name string
	kind kind
	// need is what one must have to see it of the cells.
	need access.Need
	// rolls says that it reads the rolls of the cells.
	rolls bool
	draw  func(f facts, add func(Entry))
}

// figures are all of them, in the order in which they are offered.
var figures = slices.Concat(formFigures, scoreFigures, []figure{
	{name: "hạn chế", kind: count, need: quality.MayRead, draw: ofCells(func(c supervision.Cell) int { return c.Remedies })},
	{name: "phản ánh chờ", kind: count, need: matter.MayRead, draw: ofCells(func(c supervision.Cell) int { return c.Matters })},
})

// formFigures speak of form and dates.
var formFigures = []figure{
	{name: "chi bộ", kind: count, need: supervision.MayOversee, draw: func(f facts, add func(Entry)) {
		for _, c := range f.cells {
			add(Entry{Cell: c.ID, N: 1})
		}
	}},
	{name: "đảng viên", kind: count, need: supervision.MayOversee, rolls: true, draw: func(f facts, add func(Entry)) {
		for _, c := range f.cells {
			add(Entry{Cell: c.ID, N: f.rolls[c.ID]})
		}
	}},
	{name: "phải họp", kind: count, need: supervision.MayOversee, draw: func(f facts, add func(Entry)) {
		f.due(func(cell string, m when.Month) { add(Entry{Cell: cell, Month: m, N: 1}) })
	}},
	{name: "đã họp", kind: count, need: supervision.MayOversee, draw: standing(supervision.Met, supervision.Late)},
	{name: "họp muộn", kind: count, need: supervision.MayOversee, draw: standing(supervision.Late)},
	{name: "đã báo lịch", kind: count, need: supervision.MayOversee, draw: standing(supervision.Planned)},
	{name: "không họp", kind: count, need: supervision.MayOversee, draw: missed},
	{name: "ngày họp", kind: words, need: supervision.MayOversee, draw: standing(supervision.Met, supervision.Late, supervision.Planned)},
	{name: "biên bản đã nộp", kind: count, need: supervision.MayOversee, draw: months(func(_ facts, m supervision.Month) (Entry, bool) {
		return Entry{N: 1, Text: m.SealedOn.Slashed()}, !m.SealedOn.IsZero()
	})},
	{name: "biên bản quá hạn", kind: count, need: supervision.MayOversee, draw: months(func(f facts, m supervision.Month) (Entry, bool) {
		return Entry{N: 1, Text: m.FileBy.Slashed()}, m.Unfiled(f.day)
	})},
	{name: "chuyên đề", kind: count, need: supervision.MayOversee, draw: months(func(_ facts, m supervision.Month) (Entry, bool) {
		return Entry{N: 1, Text: m.Day.Slashed()}, m.Theme == theme.Done
	})},
	{name: "thiếu chuyên đề", kind: count, need: supervision.MayOversee, draw: withoutTheme},
}

// scoreFigures speak of what was scored, and of what the receipts of scores measured.
var scoreFigures = []figure{
	{name: "đã chấm", kind: count, need: quality.MayRead, draw: scores(func(facts, quality.Dated) (Entry, bool) { return Entry{N: 1}, true })},
	{name: "đã xác nhận", kind: count, need: quality.MayRead, draw: scores(func(_ facts, s quality.Dated) (Entry, bool) { return Entry{N: 1}, s.State.Decided() })},
	{name: "tốt", kind: count, need: quality.MayRead, draw: level(rubric.Good)},
	{name: "khá", kind: count, need: quality.MayRead, draw: level(rubric.Fair)},
	{name: "trung bình", kind: count, need: quality.MayRead, draw: level(rubric.Average)},
	{name: "kém", kind: count, need: quality.MayRead, draw: level(rubric.Poor)},
	{name: "điểm", kind: mean, need: quality.MayRead, draw: scores(func(_ facts, s quality.Dated) (Entry, bool) {
		return Entry{N: int(s.Points()), Of: 1, Text: s.Points().Text(locale.Vietnamese)}, true
	})},
	{name: "mức", kind: words, need: quality.MayRead, draw: scores(func(_ facts, s quality.Dated) (Entry, bool) {
		return Entry{N: 1, Text: locale.Vietnamese.Of("rubric.level", string(s.Level()))}, s.Level() != ""
	})},
	{name: "điểm trừ", kind: words, need: quality.MayRead, draw: scores(func(f facts, s quality.Dated) (Entry, bool) {
		text := f.taken[s.Meeting]
		return Entry{N: 1, Text: text}, text != ""
	})},
	{name: "dự họp", kind: share, need: quality.MayRead, draw: measured(rubric.Attendance)},
	{name: "phát biểu", kind: share, need: quality.MayRead, draw: measured(rubric.SpeakingShare)},
}

func figureOf(name string) (figure, bool) {
	i := slices.IndexFunc(figures, func(f figure) bool { return f.name == name })
	if i < 0 {
		return figure{}, false
	}
	return figures[i], true
}

// ofCells counts something that stands for a cell on the whole.
func ofCells(n func(supervision.Cell) int) func(facts, func(Entry)) {
	return func(f facts, add func(Entry)) {
		for _, c := range f.cells {
			if n := n(f.whole[c.ID]); n > 0 {
				add(Entry{Cell: c.ID, N: n})
			}
		}
	}
}

// months draws an entry of each month of a cell of which something is so.
func months(entry func(facts, supervision.Month) (Entry, bool)) func(facts, func(Entry)) {
	return func(f facts, add func(Entry)) {
		for _, m := range f.months {
			if e, ok := entry(f, m); ok {
				e.Cell, e.Month, e.Meeting = m.Cell, m.Month, m.Meeting
				add(e)
			}
		}
	}
}

// standing draws the months that stand in one of some ways on the day of the report.
func standing(ways ...supervision.Standing) func(facts, func(Entry)) {
	return months(func(f facts, m supervision.Month) (Entry, bool) {
		return Entry{N: 1, Text: m.Day.Slashed()}, slices.Contains(ways, m.On(f.day))
	})
}

// missed draws the months that are over, in which a cell had to meet and neither met nor has
// called a meeting.
func missed(f facts, add func(Entry)) {
	at := map[[2]string]supervision.Standing{}
	for _, m := range f.months {
		at[[2]string{m.Cell, m.Month.String()}] = m.On(f.day)
	}
	f.due(func(cell string, m when.Month) {
		s := at[[2]string{cell, m.String()}]
		if m.Last().Before(f.day) && (s == supervision.Nothing || s == supervision.Missed) {
			add(Entry{Cell: cell, Month: m, N: 1})
		}
	})
}

// withoutTheme draws the quarters of the period that are over, that a cell had to meet in from
// their first month on, and that have no theme (50-CT/TW, 23/7/2025: at least one thematic
// meeting a quarter).
func withoutTheme(f facts, add func(Entry)) {
	done := map[[2]string]bool{}
	for _, m := range f.months {
		if m.Theme == theme.Done {
			done[[2]string{m.Cell, m.Month.Quarter().String()}] = true
		}
	}
	f.due(func(cell string, m when.Month) {
		q := m.Quarter()
		whole := q.First() == m && m.Add(2).Compare(f.period.Last()) <= 0
		if whole && m.Add(2).Last().Before(f.day) && !done[[2]string{cell, q.String()}] {
			add(Entry{Cell: cell, Month: m, N: 1, Text: q.String()})
		}
	})
}

// scores draws an entry of each score that was put forward and of which something is so.
func scores(entry func(facts, quality.Dated) (Entry, bool)) func(facts, func(Entry)) {
	return func(f facts, add func(Entry)) {
		for _, s := range f.scores {
			if e, ok := entry(f, s); ok {
				e.Cell, e.Month, e.Meeting = s.Organization, s.Month, s.Meeting
				add(e)
			}
		}
	}
}

func level(l rubric.Level) func(facts, func(Entry)) {
	return scores(func(_ facts, s quality.Dated) (Entry, bool) { return Entry{N: 1}, s.Level() == l })
}

// measured draws the shares that receipts measured, people of people.
func measured(fact rubric.Fact) func(facts, func(Entry)) {
	return scores(func(_ facts, s quality.Dated) (Entry, bool) {
		n, of, known := s.Share(fact)
		return Entry{N: n, Of: of}, known
	})
}

// Value is what a figure comes to.
type Value struct {
	kind  kind
	n, of int
	texts []string
	// Entries is how many entries it rests on.
	Entries int
}

// valueOf adds up the entries of a figure; with a cell only those of this cell.
func valueOf(f figure, all []Entry, cell string) Value {
	v := Value{kind: f.kind}
	for _, e := range all {
		if cell != "" && e.Cell != cell {
			continue
		}
		v.Entries++
		v.n, v.of = v.n+e.N, v.of+e.Of
		if e.Text != "" {
			v.texts = append(v.texts, e.Text)
		}
	}
	return v
}

// Text writes the value as reports do; a share names its two numbers.
func (v Value) Text(l locale.L) string {
	switch v.kind {
	case share:
		if v.of == 0 {
			return "–"
		}
		return l.Number(v.n) + "/" + l.Number(v.of) + " (" + l.Percent(v.n, v.of) + ")"
	case mean:
		if v.of == 0 {
			return "–"
		}
		return rubric.Points((v.n + v.of/2) / v.of).Text(l)
	case words:
		return strings.Join(v.texts, "; ")
	}
	return l.Number(v.n)
}
