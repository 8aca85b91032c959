package task

import (
	"context"

	"chibo/kit/when"
)

// Sitting is a meeting to which a unit has been called.
type Sitting struct {
	Root         string `db:"root_id"`
	Organization string `db:"organization_id"`
	StartsAt     when.Instant
}

// callsForReports reports whether those in charge of a field or an area are reminded of
// their report on day: three days and one day before the unit meets.
func (s Sitting) callsForReports(day when.Date) bool {
	left := day.DaysUntil(s.StartsAt.Date())
	return left == 3 || left == 1
}

// unreported returns those who are in charge of a field or an area, are called on day,
// and have not reported since their unit last met.
func (s *Service) unreported(ctx context.Context, day when.Date) ([]reminder, error) {
	sittings, err := s.Called(ctx, s.DB, day.Start(), day.AddDays(4).Start())
	if err != nil {
		return nil, err
	}
	var out []reminder
	for _, x := range sittings {
		if !x.callsForReports(day) {
			continue
		}
		since, err := s.LastMet(ctx, s.DB, x.Root, x.Organization)
		if err != nil {
			return nil, err
		}
		all, err := Charges(ctx, s.DB, x.Root, x.Organization, since, day)
		if err != nil {
			return nil, err
		}
		for _, c := range all {
			if !c.Reported() {
				out = append(out, reminder{root: x.Root, organization: x.Organization, owner: c.Member, report: true})
			}
		}
	}
	return out, nil
}
