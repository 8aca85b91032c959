package staging

import (
	"context"
	"slices"

	"chibo/conference"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/member"
	"chibo/organization"
)

// Path returns the address of the list of duties of a conference.
func Path(conferenceID string) string {
	return conference.Conference{ID: conferenceID}.Path() + "/work"
}

// Work is the list of duties of a conference, as far as a reader finds them.
type Work struct {
	conference.Conference

	Sittings []conference.Sitting
	Duties   []Duty            // in the order of time
	Names    map[string]string // of those in charge, by id
	// What the reader is to it. Knows: whether the page of the conference opens.
	Keeps, Hosts, Knows bool
}

// Of returns the duties of a sitting.
func (w Work) Of(sitting string) []Duty {
	return slices.DeleteFunc(slices.Clone(w.Duties), func(d Duty) bool { return d.Sitting != sitting })
}

// Late returns the duties that are late.
func (w Work) Late(now when.Instant) []Duty {
	return slices.DeleteFunc(slices.Clone(w.Duties), func(d Duty) bool { return d.StateAt(now) != Late })
}

// Count returns how many duties are done.
func (w Work) Count() (done, of int) {
	for _, d := range w.Duties {
		if !d.DoneAt.IsZero() {
			done++
		}
	}
	return done, len(w.Duties)
}

// Charge returns who is in charge of a duty: the member, the unit, or both.
func (w Work) Charge(d Duty) string {
	name := w.Names[d.Member]
	if name == "" || d.Charge == "" {
		return name + d.Charge
	}
	return name + " (" + d.Charge + ")"
}

// View returns the duties of a conference: all of them for those who keep it, those of its
// sittings for the cell that performs, one's own for whoever is in charge. Who is none of
// these does not find the list.
func (s *Service) View(ctx context.Context, who access.Person, conferenceID string) (Work, error) {
	var w Work
	duties, err := found(ctx, s.DB, who, conferenceID)
	if err != nil {
		return w, err
	}
	w.Duties = duties
	if err := s.place(ctx, who, conferenceID, &w); err != nil {
		return w, err
	}
	if w.Sittings, err = conference.Sittings(ctx, s.DB, w.Conference); err != nil {
		return w, err
	}
	w.Names, err = names(ctx, s.DB, duties)
	return w, err
}

// place says what the reader is to the conference.
func (s *Service) place(ctx context.Context, who access.Person, conferenceID string, w *Work) error {
	f, err := s.Conferences.View(ctx, who, conferenceID)
	switch {
	case fault.Is(err, fault.NotFound) && len(w.Duties) > 0:
		w.Conference, err = conference.Of(ctx, s.DB, w.Duties[0].Root, conferenceID)
		return err
	case err != nil:
		return err
	}
	w.Conference, w.Keeps, w.Hosts, w.Knows = f.Conference, f.Keeps, f.Hosts(), true
	if !w.Keeps && !w.Hosts && len(w.Duties) == 0 {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return nil
}

func names(ctx context.Context, q db.Q, duties []Duty) (map[string]string, error) {
	ids := map[string][]string{}
	for _, d := range duties {
		if d.Member != "" {
			ids[d.MemberRoot] = append(ids[d.MemberRoot], d.Member)
		}
	}
	out := map[string]string{}
	for root, members := range ids {
		named, err := member.Names(ctx, q, root, members...)
		if err != nil {
			return nil, err
		}
		for id, name := range named {
			out[id] = name
		}
	}
	return out, nil
}

// Person is a member who can be put in charge.
type Person struct{ Root, Member, Name, Unit string }

// Key names a person in a form.
func (p Person) Key() string { return p.Root + "/" + p.Member }

// staff returns who can be put in charge: the committee and its office, and the members of
// the cells that perform.
func (s *Service) staff(ctx context.Context, q db.Q, x conference.Conference) ([]Person, error) {
	today := s.now().Date()
	o, err := organization.Find(ctx, q, x.Root, x.Organization)
	if err != nil {
		return nil, err
	}
	offices, err := organization.OfficesOn(ctx, q, o.Root, o.ID, today)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, f := range offices {
		ids = append(ids, f.Member)
	}
	named, err := member.Names(ctx, q, o.Root, ids...)
	if err != nil {
		return nil, err
	}
	var out []Person
	add := func(p Person) {
		if !slices.ContainsFunc(out, func(b Person) bool { return b.Key() == p.Key() }) {
			out = append(out, p)
		}
	}
	for _, id := range ids {
		add(Person{o.Root, id, named[id], o.Name})
	}
	sittings, err := conference.Sittings(ctx, q, x)
	for _, y := range sittings {
		if y.Host == "" {
			continue
		}
		cell, err := organization.Find(ctx, q, y.HostRoot, y.Host)
		if err != nil {
			return nil, err
		}
		roll, err := member.Roll(ctx, q, y.HostRoot, y.Host, today)
		if err != nil {
			return nil, err
		}
		for _, e := range roll {
			add(Person{y.HostRoot, e.ID, e.FullName, cell.Name})
		}
	}
	return out, err
}
