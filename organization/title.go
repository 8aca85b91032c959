package organization

import (
	"chibo/kit/fault"
	"chibo/kit/when"
)

// Title is what a unit was given for a year: "trong sạch vững mạnh tiêu biểu",
// "hoàn thành xuất sắc nhiệm vụ".
type Title struct {
	Root         string `db:"root_id"`
	ID           string
	Organization string `db:"organization_id"`
	Year         int
	Title        string
	Giver        string
}

// Check returns the problems of what was typed for t on day today.
func (t Title) Check(today when.Date) error {
	var c fault.Check
	c.That(t.Year >= 1930 && t.Year <= today.Year, "year", "organization.problem.year")
	c.That(t.Title != "", "title", "organization.problem.title")
	c.AtMost(t.Title, 200, "title")
	c.AtMost(t.Giver, 200, "giver")
	return c.Err()
}
