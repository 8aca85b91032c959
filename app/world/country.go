package world

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"chibo/account"
	"chibo/app"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/member"
	"chibo/organization"
	"chibo/supervision"
)

// Country says how large a made-up country is. One ward in it is the ward of the demo, with all
// that people see of it; every other cell has its place in the tree, its people with their
// standing, its offices and its meetings of twelve months, with the figures that the boards keep
// of them.
type Country struct {
	Provinces, Communes int
	Cells, People       int // of the whole country
	Ward                Size
}

// Nation is the country of that many cells and people, in as many provinces and communes as
// there are, or fewer where it is small.
func Nation(cells, people int, ward Size) Country {
	c := Country{Provinces: 34, Communes: min(3321, max(34, cells/75)), Cells: cells, People: people, Ward: ward}
	c.Provinces = min(c.Provinces, c.Communes)
	return c
}

// FillCountry makes a country in the empty program a as Fill makes a ward. What is not of the
// ward is written commune by commune, each in a transaction of its own, so that no more than a
// commune is ever held; progress is told how many cells are there.
func FillCountry(ctx context.Context, a *app.App, clock *Clock, c Country, now when.Instant, progress func(cells int)) (Facts, error) {
	n := &nation{Country: c, app: a, now: now, year: now.Date().In().Add(-11), r: rand.New(rand.NewPCG(c.Ward.Seed, 3))} // #nosec G404 -- made-up people, the same for the same seed
	n.names = &namer{r: n.r}
	clock.Set(n.year.First().AddDays(-60).At(8, 0))
	if err := n.top(ctx); err != nil {
		return Facts{}, err
	}
	facts, ward, err := fillUnder(ctx, a, clock, c.Ward, now, n.provinces[0])
	if err != nil {
		return facts, err
	}
	n.cells, n.people = c.Ward.Cells, c.Ward.People
	for commune := 1; commune < c.Communes; commune++ {
		if err := n.commune(ctx, commune); err != nil {
			return facts, fmt.Errorf("commune %d: %w", commune, err)
		}
		progress(n.cells)
	}
	if err := a.Supervision.Recount(ctx, access.Whole("", "/")); err != nil {
		return facts, err
	}
	for _, o := range []organization.Organization{n.central, n.provinces[0]} {
		one, err := ward.openReader(ctx, o)
		if err != nil {
			return facts, err
		}
		facts.Accounts, facts.Readers = append(facts.Accounts, one), append(facts.Readers, one)
	}
	return facts, nil
}

// nation writes a country.
type nation struct {
	Country
	app       *app.App
	now       when.Instant
	year      when.Month // the first of the twelve
	r         *rand.Rand
	names     *namer
	central   organization.Organization
	provinces []organization.Organization
	cells     int // that are there
	people    int
	cards     int
}

// top writes the central committee and the provinces.
func (n *nation) top(ctx context.Context) error {
	n.central = organization.Place(organization.Organization{ID: id.New(), Level: organization.Central, Name: "Ban Chấp hành Trung ương"}, organization.Organization{})
	all := []organization.Organization{n.central}
	for p := range n.Provinces {
		name := "Bến Hồ"
		if p > 0 {
			name = fmt.Sprintf("%s %d", provinceNames[p%len(provinceNames)], p+1)
		}
		o := organization.Place(organization.Organization{ID: id.New(), Level: organization.Province, Name: "Đảng bộ tỉnh " + name, Town: name}, n.central)
		all, n.provinces = append(all, o), append(n.provinces, o)
	}
	return n.app.DB.Tx(ctx, func(tx *db.Tx) error { return db.InsertAll(ctx, tx, "organization", all) })
}

var provinceNames = []string{"Núi Ngọc", "Sông Vàng", "Đồng Lúa", "Hồ Sen", "Biển Xanh", "Cao Nguyên", "Suối Mây"}

// baseCommittees is how many base organisations a commune has besides itself, two fifths of
// whose cells stand under them.
const baseCommittees = 3

// due is how many of the country there are when so many communes are written.
func (n *nation) due(whole, ward, commune int) int {
	return ward + (whole-ward)*commune/(n.Communes-1)
}

// commune writes one commune with its base organisations, cells, people and meetings.
func (n *nation) commune(ctx context.Context, commune int) error {
	province := n.provinces[commune*len(n.provinces)/n.Communes]
	name := fmt.Sprintf("%s %d", hometowns[commune%len(hometowns)], commune)
	top := organization.Place(organization.Organization{
		ID: id.New(), Level: organization.Ward, Name: "Đảng bộ " + name, Town: name, Superior: "ĐẢNG BỘ TỈNH",
	}, province)
	w := &written{units: []organization.Organization{top}}
	var bases []organization.Organization
	for b := range baseCommittees {
		bases = append(bases, organization.Place(organization.Organization{
			ID: id.New(), Level: organization.BaseCommittee, Name: fmt.Sprintf("Đảng bộ cơ sở %d, %s", b+1, name), Town: name,
		}, top))
	}
	w.units = append(w.units, bases...)
	cells, people := n.due(n.Cells, n.Ward.Cells, commune)-n.cells, n.due(n.People, n.Ward.People, commune)-n.people
	for c, p := range plan(n.r, cells, people) {
		above := top
		if c%5 < 2 {
			above = bases[c%baseCommittees]
		}
		n.cell(w, p, above)
	}
	n.cells, n.people = n.cells+cells, n.people+people
	return n.app.DB.Tx(ctx, func(tx *db.Tx) error { return w.write(ctx, tx, top.Path) })
}

// cell makes one cell.
func (n *nation) cell(w *written, p plannedCell, above organization.Organization) {
	o := organization.Place(organization.Organization{ID: id.New(), Level: organization.Cell, Kind: p.kind, Name: p.name, Town: above.Town}, above)
	w.units = append(w.units, o)
	day := n.year.First().AddDays(-40)
	set := organization.Defaults(o.Root, o.ID)
	set.From, set.Start, set.Place = day, p.start, p.place
	w.settings = append(w.settings, set)
	n.roll(w, o, p, day)
	f := supervision.Founded{Cell: o, Settings: []organization.Settings{set}}
	for m := range 12 {
		if one, ok := n.meeting(o, set, n.year.Add(m)); ok {
			f.Meetings = append(f.Meetings, one)
		}
	}
	w.meetings = append(w.meetings, f.Meetings...)
	w.cells = append(w.cells, f)
}

// roll puts the people of a cell on its roll, the first of them into its offices.
func (n *nation) roll(w *written, o organization.Organization, p plannedCell, day when.Date) {
	posts := [elected]organization.Post{organization.Secretary, organization.Deputy, organization.CommitteeMember, organization.MinuteTaker}
	for i := range p.size {
		who := n.names.throw() // a country has namesakes
		n.cards++
		age := 22 + n.r.IntN(60)
		m := member.Member{
			Root: o.Root, ID: id.New(), Organization: o.ID, FullName: who.name, Sex: who.sex, Ethnicity: "Kinh", Hometown: hometowns.pick(n.r),
			BornOn: when.On(day.Year-age, time.Month(1+n.r.IntN(12)), 1+n.r.IntN(28)), CardNumber: fmt.Sprintf("98%08d", n.cards),
			AdmittedOn: when.On(day.Year-1-n.r.IntN(max(1, age-19)), time.March, 3),
		}.Filed()
		s := member.Record{Root: o.Root, Organization: o.ID, Member: m.ID, From: day, Standing: member.Official, RecordedAt: n.now}
		if i == p.size-1 {
			s.Standing = member.Probationary
		} else {
			m.OfficialOn = when.On(m.AdmittedOn.Year+1, m.AdmittedOn.Month, m.AdmittedOn.Day)
		}
		w.members, w.standings = append(w.members, m), append(w.standings, s)
		if i < elected {
			w.offices = append(w.offices, organization.Office{Root: o.Root, ID: id.New(), Organization: o.ID, Member: m.ID, Post: posts[i], From: day})
		}
	}
}

// meeting makes the meeting of a month as it stands now; one in forty was not called, one in
// twenty-five waits for its minutes, one in thirty was held after its month.
func (n *nation) meeting(o organization.Organization, set organization.Settings, m when.Month) (meeting.Meeting, bool) {
	at := set.StartsAt(m)
	chance := n.r.IntN(600)
	if chance < 15 {
		return meeting.Meeting{}, false
	}
	if chance < 35 {
		at = at.Add(30 * 24 * time.Hour)
	}
	noticed := at.Add(-5 * 24 * time.Hour)
	if noticed > n.now {
		return meeting.Meeting{}, false
	}
	one := meeting.Meeting{
		Root: o.Root, ID: id.New(), Organization: o.ID, Kind: meeting.Ordinary, Month: m, Title: "Sinh hoạt thường kỳ tháng " + m.Slashed(),
		StartsAt: at, Place: set.Place, State: meeting.Noticed, Revision: 1, NoticedAt: noticed, CreatedAt: noticed,
	}
	if at.Add(evening) < n.now {
		one.State, one.OpenedAt, one.ClosedAt = meeting.Closed, at, at.Add(evening)
	}
	if sealed := at.Add(30 * time.Hour); one.State == meeting.Closed && sealed < n.now && chance >= 59 {
		one.State, one.SealedAt = meeting.Sealed, sealed
	}
	return one, true
}

// written is what one transaction writes.
type written struct {
	units     []organization.Organization
	settings  []organization.Settings
	offices   []organization.Office
	members   []member.Member
	standings []member.Record
	meetings  []meeting.Meeting
	cells     []supervision.Founded
}

func (w *written) write(ctx context.Context, tx *db.Tx, path string) error {
	for _, insert := range []func() error{
		func() error { return db.InsertAll(ctx, tx, "organization", w.units) },
		func() error { return db.InsertAll(ctx, tx, "organization_settings", w.settings) },
		func() error { return db.InsertAll(ctx, tx, "member", w.members) },
		func() error { return db.InsertAll(ctx, tx, "member_standing", w.standings) },
		func() error { return db.InsertAll(ctx, tx, "organization_office", w.offices) },
		func() error { return db.InsertAll(ctx, tx, "meeting", w.meetings) },
	} {
		if err := insert(); err != nil {
			return err
		}
	}
	return supervision.Found(ctx, tx, path, w.cells)
}

// openReader lets somebody in who reads the boards of a unit and of all below it.
func (b *builder) openReader(ctx context.Context, o organization.Organization) (Account, error) {
	one, err := b.openAccount(ctx, access.Clerk, o, resident{Member: member.Member{Root: o.Root, FullName: b.names.next().name}})
	if err != nil {
		return one, err
	}
	return one, b.app.DB.Tx(ctx, func(tx *db.Tx) error {
		return db.Insert(ctx, tx, "account_grant", account.Given{
			Root: o.Root, ID: id.New(), Account: one.account.ID, Organization: o.ID, Role: access.Clerk, GivenAt: when.At(b.clock.Now()),
		})
	})
}
