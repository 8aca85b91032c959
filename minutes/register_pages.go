//go:build !js

package minutes

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/search"
	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/organization"
)

// Book is the register of minutes and resolutions of a cell (sổ biên bản, nghị
// quyết), of one year or, where words are looked for, of all years.
type Book struct {
	Organization organization.Organization
	Year         int
	Years        []int // with minutes, and this year; newest first
	Words        string
	Entries      []Entry
	// Open are meetings that were opened and whose minutes are not sealed yet.
	Open []meeting.Meeting
}

// Register returns the register of a cell of the scope.
func (s *Service) Register(ctx context.Context, q db.Q, scope access.Scope, organizationID string, year int, words string) (Book, error) {
	o, err := organization.Get(ctx, q, scope, organizationID)
	if err != nil {
		return Book{}, err
	}
	now := when.DateOf(s.Now())
	if year < 1900 || year > 9999 {
		year = now.Year
	}
	b := Book{Organization: o, Year: year, Words: words}
	if b.Years, err = s.years(ctx, q, o, now.Year); err != nil {
		return Book{}, err
	}
	first, last := when.On(year, time.January, 1), when.On(year, time.December, 31)
	looked := search.Asked(words)
	if words != "" && len(looked) == 0 {
		return b, nil // nothing but signs: they are not searched
	}
	if len(looked) > 0 {
		first, last = when.On(1900, time.January, 1), when.On(9999, time.December, 31)
	}
	if b.Entries, err = entries(ctx, q, o.Root, o.ID, first, last, looked); err != nil || len(looked) > 0 {
		return b, err
	}
	meetings, err := meeting.Between(ctx, q, o.Root, o.ID, when.Month{Year: year, Month: 1}, when.Month{Year: year, Month: 12})
	for _, m := range meetings {
		if m.State == meeting.Open || m.State == meeting.Closed {
			b.Open = append(b.Open, m)
		}
	}
	return b, err
}

func (s *Service) years(ctx context.Context, q db.Q, o organization.Organization, now int) ([]int, error) {
	texts, err := years(ctx, q, o.Root, o.ID)
	if err != nil {
		return nil, err
	}
	out := []int{now}
	for _, t := range texts {
		var y int
		if _, err := fmt.Sscan(t, &y); err == nil && y != now {
			out = append(out, y)
		}
	}
	return out, nil
}

// Bundle returns every sealed paper of a cell and a year as one zip file, in
// which names sort by day. The same year gives the same bytes but
// for the comment of the file, taken, which says who has taken it.
func (s *Service) Bundle(ctx context.Context, who access.Person, organizationID string, year int, taken string) (name string, data []byte, err error) {
	o, err := organization.Get(ctx, s.DB, who.Scope(MayRead), organizationID)
	if err != nil {
		return "", nil, err
	}
	files, err := filesOfYear(ctx, s.DB, o.Root, o.ID, when.On(year, time.January, 1), when.On(year, time.December, 31))
	if err != nil {
		return "", nil, err
	}
	if len(files) == 0 {
		return "", nil, fault.New(fault.NotFound, "minutes.problem.no_year")
	}
	if err := s.Audit.Took(ctx, s.DB, who, o.Root, "minutes.bundle_taken", o.ID); err != nil {
		return "", nil, err
	}
	data, err = zipped(files, year, taken)
	return fmt.Sprintf("%d Biên bản, nghị quyết - %s.zip", year, o.Name), data, err
}

func zipped(files []File, year int, taken string) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	seen := map[string]int{}
	for _, f := range files {
		name := f.Name
		if seen[name]++; seen[name] > 1 { // two meetings on one day
			name = strings.TrimSuffix(name, "."+string(f.Form)) + fmt.Sprintf(" (%d).%s", seen[name], f.Form)
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store, Modified: time.Date(year, time.December, 31, 12, 0, 0, 0, time.UTC)})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(f.Data); err != nil {
			return nil, err
		}
	}
	err := errors.Join(z.SetComment(taken), z.Close())
	return b.Bytes(), err
}

// home leads to the register of the cell in which the person works first.
func (p Pages) home(c *web.Ctx) error {
	home, ok := c.Who.Home()
	if !ok {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return c.See(registerAddress(home.Organization))
}

func registerAddress(organization string) string { return "/minutes/" + escape(organization) }

func (p Pages) register(c *web.Ctx) error {
	b, err := p.Register(c.Context(), p.DB, c.Who.Scope(MayRead), c.Param("organization"), c.QueryInt("year", 0), c.Query("q"))
	if err != nil {
		return err
	}
	return c.Page(web.Page{Title: c.L.T("minutes.register.title"), Lead: b.Organization.Name, Section: "minutes", Body: registerView(c.L, b)})
}

func (p Pages) bundle(c *web.Ctx) error {
	var year int
	if _, err := fmt.Sscan(c.Param("year"), &year); err != nil || year < 1900 || year > 9999 {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	name, data, err := p.Bundle(c.Context(), c.Who, c.Param("organization"), year, c.Taken())
	if err != nil {
		return err
	}
	return c.Download(name, "application/zip", data)
}
