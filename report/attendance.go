package report

import (
	"cmp"
	"fmt"
	"slices"

	"chibo/document"
	"chibo/kit/search"
	"chibo/proceedings"
)

// signs are how the list of attendance marks a person on an evening.
var signs = map[proceedings.Status]string{proceedings.Present: "x", proceedings.Late: "m", proceedings.Left: "s", proceedings.Excused: "P", proceedings.Unexcused: "K"}

// attendance is who came to which meeting of the year: everybody who stood on the roll of
// one of them, in Vietnamese order of names; false where no meeting was held.
func (g *gathering) attendance() (document.Doc, bool) {
	var held []Evening
	names := map[string]string{}
	for _, e := range g.Evenings() {
		if !e.Held() || len(e.Roll) == 0 {
			continue
		}
		held = append(held, e)
		for id, m := range e.Roll {
			names[id] = m.Name
		}
	}
	if len(held) == 0 {
		return document.Doc{}, false
	}
	var body []document.Block
	for part := range slices.Chunk(held, 12) {
		body = append(body, attendanceTable(part, sorted(names)), document.Para("x: có mặt; m: đến muộn; s: về sớm; P: vắng có lý do; K: vắng không có lý do; ngoặc: không tính vào tỷ lệ (miễn sinh hoạt và diện được trừ)."))
	}
	return g.paper("Bảng theo dõi", g.ofYear("dự sinh hoạt chi bộ"), body...), true
}

type named struct{ id, name string }

func sorted(names map[string]string) []named {
	out := make([]named, 0, len(names))
	for id, name := range names {
		out = append(out, named{id, name})
	}
	slices.SortFunc(out, func(a, b named) int {
		return cmp.Or(cmp.Compare(search.NameKey(a.name), search.NameKey(b.name)), cmp.Compare(a.id, b.id))
	})
	return out
}

func attendanceTable(held []Evening, people []named) document.Table {
	t := table("TT", .07, "Họ và tên", .27)
	for _, e := range held {
		t.Columns = append(t.Columns, document.Column{Title: fmt.Sprintf("%d/%d", e.Day().Day, e.Day().Month), Share: .048, Align: document.Center})
	}
	t.Columns = append(t.Columns, document.Column{Title: "Dự", Share: .09, Align: document.Center})
	for _, p := range people {
		cells := row(len(t.Rows)+1, p.name)
		of := Share{}
		for _, e := range held {
			m, listed := e.Roll[p.id]
			cells = append(cells, document.Plain(m.sign(listed)))
			if m.Counts {
				of = of.Plus(m.share())
			}
		}
		t.Rows = append(t.Rows, append(cells, document.Plain(fmt.Sprintf("%d/%d", of.Part, of.Whole))))
	}
	return t
}

// sign is the mark as it is printed; empty for somebody who stood on no roll or got no
// mark.
func (m Mark) sign(listed bool) string {
	s := signs[m.Status]
	if listed && !m.Counts && s != "" {
		return "(" + s + ")"
	}
	return s
}

func (m Mark) share() Share {
	if m.Status == proceedings.Present || m.Status == proceedings.Late || m.Status == proceedings.Left {
		return Share{1, 1}
	}
	return Share{0, 1}
}
