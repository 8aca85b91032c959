package web

import (
	"net/http"
	"strconv"

	"chibo/kit/fault"
	"chibo/kit/sheet"
)

// Taken says who takes a file away, and when, as it is printed small on what is taken; empty
// for somebody who has not signed in. What was sealed is handed over as it was sealed, without
// it.
func (c *Ctx) Taken() string {
	if c.Who.Name == "" || c.server.Now == nil {
		return ""
	}
	return c.L.T("kit.taken", "Name", c.Who.Name, "At", c.L.Moment(c.server.Now()))
}

// Sheet answers with a table as a workbook that says who has taken it.
func (c *Ctx) Sheet(name string, t sheet.Table) error {
	t.Taken = c.Taken()
	data, err := t.XLSX()
	if err != nil {
		return err
	}
	return c.Download(name, sheet.TypeXLSX, data)
}

// CSV is Sheet for programs that read no workbook.
func (c *Ctx) CSV(name string, t sheet.Table) error {
	t.Taken = c.Taken()
	return c.Download(name, sheet.TypeCSV, t.CSV())
}

// ration refuses a list of people to somebody who has just taken many, a person's record to
// somebody who goes through all of them, and a search to somebody who has searched as no hand does.
func (c *Ctx) ration(r Route) error {
	if !r.Mass && !r.Record && (!r.Searches || c.Query("q") == "") || c.server.Ration == nil {
		return nil
	}
	again, err := c.server.Ration(c.Context(), c.Who, r)
	if err != nil || again.IsZero() {
		return err
	}
	seconds := int(again.Sub(c.server.Now()).Seconds()) + 1
	c.Writer.Header().Set("Retry-After", strconv.Itoa(seconds))
	if r.Searches {
		return fault.New(fault.TooMany, "fault.searched", "Again", c.L.Moment(again))
	}
	if r.Record {
		return fault.New(fault.TooMany, "fault.opened", "Again", c.L.Moment(again))
	}
	return fault.New(fault.TooMany, "fault.rationed", "Again", c.L.Moment(again))
}

// second asks whether a list may go that tells of others than the people of the reader's own
// cell; a page says what is lacking.
func (c *Ctx) second(r Route) (page string, err error) {
	if r.Whose == nil || c.server.Second == nil || c.Request.Method == http.MethodHead { // which hands nothing over
		return "", nil
	}
	l, err := r.Whose(c)
	if err != nil || l.Subject == "" {
		return "", err
	}
	address := c.Request.URL.Path
	if asked := c.Request.URL.Query().Encode(); asked != "" {
		address += "?" + asked
	}
	return c.server.Second(c.Context(), c.Who, r, l, address)
}
