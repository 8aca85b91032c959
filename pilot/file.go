package pilot

import (
	"context"
	"maps"
	"slices"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/lesson"
	"chibo/meeting"
	"chibo/member"
	"chibo/organization"
)

// Item is an item of the agenda with how it stands in the appraisal, and what was said of it.
type Item struct {
	meeting.Item

	Standing Standing
	Words    []Word // in the order of time
}

// File is a pilot meeting with all that belongs to it, as far as a reader may see it.
type File struct {
	Pilot

	Series     Series
	Host       organization.Organization
	Meeting    meeting.Meeting // zero until the host has named it
	Appraisers []string        // ids
	Items      []Item
	Stage      Stage
	Guests     []Guest
	Comments   []Comment
	Lessons    map[string]lesson.Counted // the cards, by comment
	Names      map[string]string         // of people, by id
	// What the reader is to it.
	Keeps, Directs, Hosts, Appraises, Invited bool
}

// begun reports whether people have come to the meeting.
func (f File) begun() bool { return f.Pilot.Meeting != "" && f.Meeting.State.Reached(meeting.Open) }

// ahead reports whether the meeting is still to be held and has come to one of the stages: its
// contents are appraised before it, and not while people sit in it.
func (f File) ahead(stages ...Stage) bool { return !f.begun() && slices.Contains(stages, f.Stage) }

// Reads reports whether the reader sees what is said while the contents are appraised.
func (f File) Reads() bool { return f.Directs || f.Hosts || f.Appraises }

// Listens reports whether the reader sees what is said of the meeting afterwards.
func (f File) Listens() bool { return f.Directs || f.Hosts || f.Invited }

// Count returns how many of the items are agreed.
func (f File) Count() (agreed, of int) {
	for _, i := range f.Items {
		if i.Standing == Agreed {
			agreed++
		}
	}
	return agreed, len(f.Items)
}

// load puts together what belongs to a pilot meeting.
func load(ctx context.Context, q db.Q, who access.Person, p Pilot) (File, error) {
	f := File{Pilot: p}
	var err error
	read := func(do func() error) {
		if err == nil {
			err = do()
		}
	}
	read(func() (e error) { f.Series, e = seriesOf(ctx, q, p); return e })
	read(func() (e error) { f.Host, e = organization.Find(ctx, q, p.HostRoot, p.Host); return e })
	read(func() (e error) { f.Appraisers, e = appraisers(ctx, q, f.Series); return e })
	read(func() error { return f.readMeeting(ctx, q) })
	read(func() (e error) { f.Guests, e = guests(ctx, q, p); return e })
	read(func() (e error) { f.Comments, e = comments(ctx, q, p); return e })
	read(func() (e error) {
		ids := make([]string, len(f.Comments))
		for i, c := range f.Comments {
			ids[i] = c.ID
		}
		f.Lessons, e = lesson.Of(ctx, q, p.Root, ids...)
		return e
	})
	read(func() error { return f.readNames(ctx, q) })
	read(func() error { return f.place(ctx, q, who) })
	return f, err
}

// readMeeting reads the meeting with its items and what was said of them. A draft that
// was deleted is as if it had not been named.
func (f *File) readMeeting(ctx context.Context, q db.Q) error {
	var state meeting.State
	if f.Pilot.Meeting != "" {
		m, err := meeting.Find(ctx, q, f.HostRoot, f.Pilot.Meeting)
		if fault.Is(err, fault.NotFound) {
			f.Pilot.Meeting = ""
		} else if err != nil {
			return err
		}
		f.Meeting, state = m, m.State
	}
	said, err := words(ctx, q, f.Pilot)
	if err != nil {
		return err
	}
	items, err := meeting.Items(ctx, q, f.HostRoot, f.Pilot.Meeting)
	if err != nil {
		return err
	}
	var stands []Standing
	for _, i := range items {
		own := slices.DeleteFunc(slices.Clone(said), func(w Word) bool { return w.Item != i.ID })
		x := Item{i, StandingOf(Wording(i), f.Appraisers, own), own}
		f.Items, stands = append(f.Items, x), append(stands, x.Standing)
	}
	f.Stage = StageOf(f.Pilot, state, stands)
	return nil
}

// readNames reads the names of everybody who stands in the file.
func (f *File) readNames(ctx context.Context, q db.Q) error {
	ids := map[string][]string{f.Root: slices.Clone(f.Appraisers)}
	add := func(root, member string) { ids[root] = append(ids[root], member) }
	for _, i := range f.Items {
		add(f.HostRoot, i.Presenter)
		for _, w := range i.Words {
			add(f.HostRoot, w.SaidBy)
		}
	}
	for _, g := range f.Guests {
		add(g.MemberRoot, g.Member)
	}
	for _, c := range f.Comments {
		add(c.SaidRoot, c.SaidBy)
	}
	f.Names = map[string]string{}
	for root, members := range ids {
		names, err := member.Names(ctx, q, root, members...)
		if err != nil {
			return err
		}
		maps.Copy(f.Names, names)
	}
	return nil
}

// place says what the reader is to the pilot meeting.
func (f *File) place(ctx context.Context, q db.Q, who access.Person) error {
	o, err := organization.Find(ctx, q, f.Root, f.Series.Organization)
	f.Keeps, f.Directs, f.Hosts = who.MayAt(Keep, o.Path), who.MayAt(Direct, o.Path), who.MayAt(Host, f.Host.Path)
	f.Appraises = who.Member != "" && slices.Contains(f.Appraisers, who.Member)
	f.Invited = who.Member != "" && slices.ContainsFunc(f.Guests, func(g Guest) bool { return g.Member == who.Member })
	return err
}

// OfMeeting returns the pilot meeting that a meeting is, if it is one. The caller has asked
// whether the reader may know of it; what they find of it themselves the file says.
func OfMeeting(ctx context.Context, q db.Q, who access.Person, root, meetingID string) (File, bool, error) {
	p, is, err := ofMeeting(ctx, q, root, meetingID)
	if err != nil || !is {
		return File{}, is, err
	}
	f, err := load(ctx, q, who, p)
	return f, err == nil, err
}

// View returns a pilot meeting that somebody finds.
func (s *Service) View(ctx context.Context, who access.Person, pilotID string) (File, error) {
	p, err := find(ctx, s.DB, who, pilotID)
	if err != nil {
		return File{}, err
	}
	return load(ctx, s.DB, who, p)
}

// List returns the pilot meetings that somebody finds, those of the newest series first;
// with open only those that are not concluded.
func (s *Service) List(ctx context.Context, who access.Person, open bool) ([]File, error) {
	found, err := all(ctx, s.DB, who, open)
	if err != nil {
		return nil, err
	}
	out := make([]File, len(found))
	for i, p := range found {
		if out[i], err = load(ctx, s.DB, who, p); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Sheet is a series with its pilot meetings.
type Sheet struct {
	Series

	Unit    organization.Organization
	Pilots  []File
	Names   map[string]string // of those who appraise
	Naming  []string          // their ids
	Directs bool
}

// ViewSeries returns a series of a committee that somebody keeps or directs.
func (s *Service) ViewSeries(ctx context.Context, who access.Person, seriesID string) (Sheet, error) {
	x, err := inScope(ctx, s.DB, who.Scope(Keep), seriesID)
	if err != nil {
		return Sheet{}, err
	}
	v := Sheet{Series: x}
	if v.Unit, err = organization.Find(ctx, s.DB, x.Root, x.Organization); err != nil {
		return v, err
	}
	v.Directs = who.MayAt(Direct, v.Unit.Path)
	if v.Naming, err = appraisers(ctx, s.DB, x); err != nil {
		return v, err
	}
	if v.Names, err = member.Names(ctx, s.DB, x.Root, v.Naming...); err != nil {
		return v, err
	}
	found, err := ofSeries(ctx, s.DB, x)
	for _, p := range found {
		f, err := load(ctx, s.DB, who, p)
		if err != nil {
			return v, err
		}
		v.Pilots = append(v.Pilots, f)
	}
	return v, err
}

// Figures are the numbers of a series.
type Figures struct {
	Pilots, Held, Guests, Came, Comments int
	Lessons                              int
	Learned                              lesson.Count // over all cards
}

// Figures counts what stands in the pilot meetings of a series.
func (v Sheet) Figures() Figures {
	n := Figures{Pilots: len(v.Pilots)}
	for _, f := range v.Pilots {
		if f.Stage == Held || f.Stage == Concluded {
			n.Held++
		}
		n.Guests += len(f.Guests)
		for _, g := range f.Guests {
			if g.Came {
				n.Came++
			}
		}
		n.Comments += len(f.Comments)
		for _, k := range f.Lessons {
			n.Lessons++
			n.Learned.Learned += k.Learned
			n.Learned.Of += k.Sent
		}
	}
	return n
}
