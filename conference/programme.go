package conference

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"chibo/document"
	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/organization"
)

// Part is a line of the programme of a sitting (chương trình hội nghị): time, content and
// person in charge.
type Part struct {
	Root     string `db:"root_id"`
	ID       string
	Sitting  string `db:"sitting_id"`
	Position int    // from 1
	Content  string
	Minutes  int
	Person   string
}

// Programme is the parts of a sitting in their order.
type Programme []Part

// mostParts is how many lines a programme may have, longestPart how many minutes one.
const mostParts, longestPart = 60, 600

// Names of the fields of the nth part.
func partField(what string, n int) string { return fmt.Sprintf("%s_%d", what, n+1) }

func (p Programme) check() error {
	var c fault.Check
	c.That(len(p) <= mostParts, "", "conference.problem.parts")
	for n, x := range p {
		c.That(x.Content != "", partField("content", n), "conference.problem.content")
		c.That(x.Minutes >= 1 && x.Minutes <= longestPart, partField("minutes", n), "conference.problem.minutes")
		long(&c, map[string]string{partField("content", n): x.Content, partField("person", n): x.Person})
	}
	return c.Err()
}

// Starts returns when each part begins, and when the last one ends.
func (p Programme) Starts(first when.Instant) (starts []when.Instant, end when.Instant) {
	for _, x := range p {
		starts = append(starts, first)
		first = first.Add(time.Duration(x.Minutes) * time.Minute)
	}
	return starts, first
}

// Over returns by how many minutes the programme is longer than its sitting; below zero
// there is time left.
func (p Programme) Over(y Sitting) int {
	_, end := p.Starts(y.StartsAt)
	return int(end.Sub(y.EndsAt) / time.Minute)
}

// sorted sets the parts in the order of the numbers that were typed; those of one number
// stay as they are.
func (p Programme) sorted() Programme {
	p = slices.Clone(p)
	slices.SortStableFunc(p, func(a, b Part) int { return a.Position - b.Position })
	for i := range p {
		p[i].Position = i + 1
	}
	return p
}

// Paper sets the programme of a sitting as a document: time, content, person in charge.
func (p Programme) Paper(o organization.Organization, issuer string, y Sitting) document.Doc {
	starts, end := p.Starts(y.StartsAt)
	t := document.Table{Columns: []document.Column{
		{Title: "TT", Share: 0.07, Align: document.Center}, {Title: "Thời gian", Share: 0.2, Align: document.Center}, {Title: "Nội dung", Share: 0.45}, {Title: "Người phụ trách", Share: 0.28},
	}}
	for n, x := range p {
		until := end
		if n+1 < len(starts) {
			until = starts[n+1]
		}
		t.Rows = append(t.Rows, []document.Text{
			document.Plain(strconv.Itoa(n + 1)), document.Plain(starts[n].HHMM() + " – " + until.HHMM()), document.Plain(x.Content), document.Plain(x.Person),
		})
	}
	day := y.StartsAt.Date()
	place := "Địa điểm: " + y.Venue
	if y.Address != "" {
		place += ", " + y.Address
	}
	return document.Doc{
		Layout: document.LayoutOn(day), Superior: o.Superior, Issuer: issuer, Place: o.Town, Date: day, Kind: document.Agenda, Subject: y.Title,
		Body: []document.Block{
			document.Para(fmt.Sprintf("Thời gian: %s, %s, %s.", y.StartsAt.Clock(), document.Weekday(day), day.Long())), document.Para(place + "."), t,
		},
	}
}
