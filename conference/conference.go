// Package conference stages conferences: hội nghị, chuyên đề sinh hoạt chi bộ mẫu.
//
// Its story: a committee wants cells to see how a good meeting goes. It writes a plan
// with a number: on what bases, to what end, which cell performs which kind of meeting,
// when and where, who attends, who does what (82-KH/ĐU of 2024, a plan of the field). A
// conference is all that stands under one plan. It has one sitting or several, each with
// its host; and a composition, lines that say who attends and where the names come from.
package conference

import (
	"net/url"
	"slices"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/meeting"
)

// longest is how long a text may be, in letters.
const longest = 2000

// Conference is what a committee stages under one plan.
type Conference struct {
	Root         string `db:"root_id" form:"-"`
	ID           string `form:"-"`
	Organization string `db:"organization_id" form:"organization"` // the committee
	Title        string `form:"title"`                             // trích yếu: "Tổ chức hội nghị …"
	// NamesBy is the last day on which units name their delegates; zero: not set.
	NamesBy  when.Date    `form:"names_by"`
	MadeAt   when.Instant `form:"-"`
	MadeBy   string       `form:"-"`
	ClosedAt when.Instant `form:"-"` // zero until all is done
}

// Path returns the address of the page of a conference.
func (x Conference) Path() string { return "/conferences/" + x.ID }

// PlanPath returns the address of the page of its plan.
func (x Conference) PlanPath() string { return x.Path() + "/plan" }

// Open reports whether x may still be changed: its office has not closed it.
func (x Conference) Open() bool { return x.ClosedAt.IsZero() }

// CheckOpen refuses to change what is closed.
func (x Conference) CheckOpen() error {
	if !x.Open() {
		return fault.New(fault.Conflict, "conference.problem.closed")
	}
	return nil
}

func (x Conference) check() error {
	var c fault.Check
	c.That(strings.TrimSpace(x.Title) != "", "title", "conference.problem.title")
	long(&c, map[string]string{"title": x.Title})
	return c.Err()
}

func long(c *fault.Check, texts map[string]string) {
	for field, text := range texts {
		c.That(len([]rune(text)) <= longest, field, "conference.problem.long")
	}
}

// Sitting is one gathering of a conference.
type Sitting struct {
	Root       string       `db:"root_id" form:"-"`
	ID         string       `form:"-"`
	Conference string       `db:"conference_id" form:"-"`
	Position   int          `form:"-"`
	Title      string       `form:"title"`
	Kind       meeting.Kind `form:"kind"` // of the meeting that is performed; empty: none is
	// HostRoot and Host are the cell that performs; empty where nothing is performed.
	HostRoot string       `form:"-"`
	Host     string       `db:"host_id" form:"host"`
	StartsAt when.Instant `form:"-"`
	EndsAt   when.Instant `form:"-"`
	Venue    string       `form:"venue"`
	Address  string       `form:"address"`
	Map      string       `form:"map"` // https address of a map, may be empty
	// Meeting is the host's meeting once it is named; its root is HostRoot.
	Meeting string `db:"meeting_id" form:"-"`
}

func (s Sitting) check() error {
	var c fault.Check
	c.That(strings.TrimSpace(s.Title) != "", "title", "conference.problem.sitting")
	c.That(s.Kind == "" || s.Kind.Regular(), "kind", "conference.problem.kind")
	c.That((s.Kind == "") == (s.Host == ""), "host", "conference.problem.host")
	c.That(!s.StartsAt.IsZero(), "day", "conference.problem.day")
	c.That(s.EndsAt > s.StartsAt, "ends", "conference.problem.ends")
	c.That(strings.TrimSpace(s.Venue) != "", "venue", "conference.problem.venue")
	c.That(s.Map == "" || onTheWeb(s.Map), "map", "conference.problem.map")
	long(&c, map[string]string{"title": s.Title, "venue": s.Venue, "address": s.Address, "map": s.Map})
	return c.Err()
}

func onTheWeb(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Scheme == "https" && u.Host != ""
}

// Source says where the names of a line of the composition come from.
type Source string

// The sources.
const (
	FromOffice Source = "office" // the office of the committee enters them
	FromBases  Source = "bases"  // each base committee and cell directly under the committee names its own
	FromCells  Source = "cells"  // each cell further down names its own
	FromHosts  Source = "hosts"  // the members of the cells that perform
	FromPress  Source = "press"  // the office invites the press
)

// Sources lists the sources in the order in which people choose them.
var Sources = []Source{FromOffice, FromBases, FromCells, FromHosts, FromPress}

// Category is a line of the composition (thành phần tham dự).
type Category struct {
	Root       string `db:"root_id" form:"-"`
	ID         string `form:"-"`
	Conference string `db:"conference_id" form:"-"`
	Position   int    `form:"-"`
	Title      string `form:"title"`
	Source     Source `form:"source"`
	// Quota is how many people: of each unit where units name them, else of the line. Of
	// the hosts it is 0: all their members.
	Quota int `form:"quota"`
	// Sitting is the one sitting the line attends; empty: all.
	Sitting string `db:"sitting_id" form:"sitting"`
}

func (x Category) check() error {
	var c fault.Check
	c.That(strings.TrimSpace(x.Title) != "", "title", "conference.problem.category")
	c.That(slices.Contains(Sources, x.Source), "source", "conference.problem.source")
	c.That(x.Quota >= 0 && x.Quota <= 5000 && (x.Quota > 0 || x.Source == FromHosts), "quota", "conference.problem.quota")
	long(&c, map[string]string{"title": x.Title})
	return c.Err()
}

// Attends reports whether a line attends a sitting.
func (x Category) Attends(sitting string) bool { return x.Sitting == "" || x.Sitting == sitting }
