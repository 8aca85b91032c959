package staging

import (
	"cmp"
	"context"

	"chibo/conference"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/meeting"
	"chibo/organization"
	"chibo/pilot"
)

// Appraisal is how far the contents of the meeting that is performed are appraised, by the
// organisation board of the committee, item by item ("Thẩm định nội dung sinh hoạt chi bộ
// mẫu", 82-KH/ĐU of 2024, III.1). It is that of a pilot meeting; the zero Appraisal says
// that none was asked for.
type Appraisal struct {
	Asked      bool
	Path       string // of the pilot meeting, where the reader finds it
	Stage      pilot.Stage
	Agreed, Of int // items
}

// Done reports whether every item is agreed.
func (a Appraisal) Done() bool {
	return a.Stage == pilot.Appraised || a.Stage == pilot.Held || a.Stage == pilot.Concluded
}

// appraisalOf returns the appraisal of the meeting that the host has named for a sitting.
func appraisalOf(ctx context.Context, q db.Q, who access.Person, y conference.Sitting) (Appraisal, error) {
	if y.Meeting == "" {
		return Appraisal{}, nil
	}
	f, is, err := pilot.OfMeeting(ctx, q, who, y.HostRoot, y.Meeting)
	if err != nil || !is {
		return Appraisal{}, err
	}
	a := Appraisal{Asked: true, Stage: f.Stage}
	a.Agreed, a.Of = f.Count()
	if f.Keeps || f.Reads() || f.Listens() {
		a.Path = f.Path()
	}
	return a, nil
}

// Appraise has the contents of the meeting that the host has named appraised by those named,
// of the committee or its office, by id: a pilot meeting is opened for it.
func (s *Service) Appraise(ctx context.Context, who access.Person, conferenceID, sittingID string, named []string) error {
	x, err := conference.Get(ctx, s.DB, who.Scope(conference.Direct), conferenceID)
	if err != nil {
		return err
	}
	if err := x.CheckOpen(); err != nil {
		return err
	}
	y, err := conference.SittingOf(ctx, s.DB, x, sittingID)
	if err != nil {
		return err
	}
	if y.Meeting == "" {
		return fault.New(fault.Conflict, "staging.problem.no_meeting")
	}
	if a, err := appraisalOf(ctx, s.DB, who, y); err != nil || a.Asked {
		return cmp.Or(err, fault.New(fault.Conflict, "staging.problem.appraised"))
	}
	m, err := meeting.Find(ctx, s.DB, y.HostRoot, y.Meeting)
	if err != nil {
		return err
	}
	series := pilot.Series{Organization: x.Organization, Title: "Thẩm định: " + y.Title, Purpose: x.Title, From: s.now().Date(), Until: y.StartsAt.Date()}
	if m.Day().Before(series.From) {
		series.From = m.Day()
	}
	if series.Until.Before(m.Day()) {
		series.Until = m.Day()
	}
	kind := y.Kind
	if kind == meeting.Combined {
		kind = meeting.Ordinary
	}
	_, err = s.Pilots.Open(ctx, who, series, pilot.Choice{Hosts: []string{y.Host}, Kind: kind, Meeting: m.ID}, named)
	return err
}

// appraisers returns who can be named to appraise.
func (s *Service) appraisers(ctx context.Context, x conference.Conference) ([]pilot.Person, error) {
	o, err := organization.Find(ctx, s.DB, x.Root, x.Organization)
	if err != nil {
		return nil, err
	}
	return s.Pilots.Staff(ctx, s.DB, o)
}
