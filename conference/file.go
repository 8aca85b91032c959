package conference

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/organization"
)

// Staged is a sitting with the cell that performs.
type Staged struct {
	Sitting

	HostUnit organization.Organization // zero where nothing is performed
	Hosts    bool                      // whether the reader leads the host
	// Performed is the meeting of the host that is performed; zero until it is named.
	Performed meeting.Meeting
	Programme Programme
}

// File is a conference with all that belongs to it, as one reader finds it.
type File struct {
	Conference

	Unit        organization.Organization // the committee
	Sittings    []Staged
	Composition []Category
	Plan        Plan // all its versions, whoever reads: see versionAsked
	// What the reader is to it.
	Keeps, Directs bool
}

// Hosts reports whether the reader leads a cell that performs.
func (f File) Hosts() bool {
	for _, y := range f.Sittings {
		if y.Hosts {
			return true
		}
	}
	return false
}

// Next returns the first sitting that is not over at a moment.
func (f File) Next(at when.Instant) (Staged, bool) {
	var next Staged
	for _, y := range f.Sittings {
		if y.EndsAt >= at && (next.ID == "" || y.StartsAt < next.StartsAt) {
			next = y
		}
	}
	return next, next.ID != ""
}

// View returns a conference that somebody finds.
func (s *Service) View(ctx context.Context, who access.Person, conferenceID string) (File, error) {
	x, err := find(ctx, s.DB, who, conferenceID)
	if err != nil {
		return File{}, err
	}
	return load(ctx, s.DB, who, x)
}

// List returns the conferences that somebody finds, the newest first; open leaves out those
// that are closed.
func (s *Service) List(ctx context.Context, who access.Person, open bool) ([]File, error) {
	found, err := all(ctx, s.DB, who, open)
	if err != nil {
		return nil, err
	}
	files := make([]File, len(found))
	for i, x := range found {
		if files[i], err = load(ctx, s.DB, who, x); err != nil {
			return nil, err
		}
	}
	return files, nil
}

func load(ctx context.Context, q db.Q, who access.Person, x Conference) (File, error) {
	f := File{Conference: x}
	var err error
	if f.Unit, err = organization.Find(ctx, q, x.Root, x.Organization); err != nil {
		return f, err
	}
	f.Keeps, f.Directs = who.MayAt(Keep, f.Unit.Path), who.MayAt(Direct, f.Unit.Path)
	if f.Sittings, err = staged(ctx, q, who, x); err != nil {
		return f, err
	}
	if f.Composition, err = Categories(ctx, q, x); err != nil {
		return f, err
	}
	f.Plan, err = planOf(ctx, q, x)
	return f, err
}

// staged returns the sittings of a conference with their hosts.
func staged(ctx context.Context, q db.Q, who access.Person, x Conference) ([]Staged, error) {
	sittings, err := Sittings(ctx, q, x)
	if err != nil {
		return nil, err
	}
	out := make([]Staged, len(sittings))
	for i, y := range sittings {
		out[i].Sitting = y
		if out[i].Programme, err = ProgrammeOf(ctx, q, y); err != nil {
			return nil, err
		}
		if y.Host == "" {
			continue
		}
		if out[i].HostUnit, err = organization.Find(ctx, q, y.HostRoot, y.Host); err != nil {
			return nil, err
		}
		out[i].Hosts = who.MayAt(Host, out[i].HostUnit.Path)
		if out[i].Performed, err = performed(ctx, q, y); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// performed returns the meeting that a sitting names. A draft that was deleted is as if it
// had not been named.
func performed(ctx context.Context, q db.Q, y Sitting) (meeting.Meeting, error) {
	if y.Meeting == "" {
		return meeting.Meeting{}, nil
	}
	m, err := meeting.Find(ctx, q, y.HostRoot, y.Meeting)
	if fault.Is(err, fault.NotFound) {
		return meeting.Meeting{}, nil
	}
	return m, err
}
