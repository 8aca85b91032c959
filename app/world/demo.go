package world

import (
	"context"
	"fmt"
	"slices"

	"chibo/account"
	"chibo/app"
	"chibo/kit/access"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/room"
)

// Size says how large a made-up ward is.
type Size struct {
	Cells  int    // at least 1
	People int    // on all rolls together; at least nine a cell
	Months int    // that have passed, counted back from the last meeting
	Seed   uint64 // the same seed makes the same ward
}

// DefaultSize is the ward of chibo demo: 24 cells as in the ward of the sources,
// 612 people, a year of meetings.
var DefaultSize = Size{Cells: 24, People: 612, Months: 12, Seed: 1}

// Meeting is a meeting of the world.
type Meeting struct {
	ID           string        `json:"id"`
	State        meeting.State `json:"state"`
	Organization string        `json:"organization"` // id
}

// Facts is what somebody who looks at a made-up ward has to know.
type Facts struct {
	URL string `json:"url"`
	// Accounts holds one person of each role, those of the first cell first, and
	// then the secretaries and minute-takers of the other cells.
	Accounts []Account `json:"accounts"`
	// Meetings holds one meeting of the first cell in each state.
	Meetings []Meeting `json:"meetings"`
}

// Fill makes a ward in the empty program a, whose clock must be clock: its people,
// the months that have passed before now, and for the first cell a meeting in each
// state. In the end the clock stands at now.
func Fill(ctx context.Context, a *app.App, clock *Clock, size Size, now when.Instant) (Facts, error) {
	b := newBuilder(a, clock, size.Seed)
	last := lastHeld(now)
	first := last.Add(1 - max(size.Months, 1))
	founded := first.First().AddDays(-40)
	clock.Set(founded.At(8, 0))
	plan := plan(b.names.r, size.Cells, size.People)
	if err := b.found(ctx, plan, size.Seed, founded); err != nil {
		return Facts{}, err
	}
	var steps []step
	for i, c := range b.cells {
		for m := first; m.Compare(last) <= 0; m = m.Next() {
			steps = append(steps, b.month(c, m, i > 0 || m != last)...)
		}
	}
	steps = append(steps, b.afterwards(b.cells[0], last, now)...)
	steps = slices.DeleteFunc(steps, func(s step) bool { return s.at > now })
	if err := b.pass(ctx, steps); err != nil {
		return Facts{}, err
	}
	clock.Set(now)
	return b.facts(ctx, first, last)
}

// lastHeld returns the last month whose meeting all cells have held before now:
// cells meet on the first days of a month.
func lastHeld(now when.Instant) when.Month {
	const latest = 9 // the fifth, moved off a week of days off
	if now.Date().Day > latest {
		return now.Date().In()
	}
	return now.Date().In().Add(-1)
}

// afterwards returns the steps that leave the cell with a meeting in each state:
// the last one stays closed, the next one gets its notice, the one after it is a
// draft, and a thematic one has begun just now.
func (b *builder) afterwards(c *cell, last when.Month, now when.Instant) []step {
	open := ""
	begins := now.Add(-openFor)
	return []step{
		{now - 3000, func(ctx context.Context) error { return b.noticeNext(ctx, c, last.Next(), now) }},
		{now - 2000, func(ctx context.Context) (err error) {
			if err = b.convene(ctx, c, meeting.Convening{Kind: meeting.Ordinary, Month: last.Add(2)}); err != nil {
				return err
			}
			open, err = b.conveneTheme(ctx, c, begins)
			return err
		}},
		{now - 1000, func(ctx context.Context) error { return b.begin(ctx, c, open) }},
	}
}

// openFor is how long the open meeting of a world has been going on.
const openFor = 40 * 60 * 1000

// facts says who can sign in and which meetings stand where.
func (b *builder) facts(ctx context.Context, first, last when.Month) (Facts, error) {
	c := b.cells[0]
	meetings, err := meeting.Between(ctx, b.app.DB, c.org.Root, c.org.ID, first, last.Add(3))
	if err != nil {
		return Facts{}, err
	}
	f := Facts{Accounts: slices.Clone(b.accounts)}
	slices.SortStableFunc(f.Accounts, func(x, y Account) int { return b.distance(x) - b.distance(y) })
	for _, s := range meeting.States {
		at := slices.IndexFunc(meetings, func(m meeting.Meeting) bool { return m.State == s })
		if at < 0 {
			return Facts{}, fmt.Errorf("the first cell has no meeting in state %s", s)
		}
		f.Meetings = append(f.Meetings, Meeting{meetings[at].ID, s, c.org.ID})
	}
	return f, nil
}

// distance orders accounts: first cell and ward, then the others.
func (b *builder) distance(a Account) int {
	if a.Organization == b.cells[0].org.ID || a.Organization == b.ward.ID {
		return slices.Index(access.Roles, a.Role) - len(access.Roles)
	}
	return 0
}

// Offered returns the people whom the sign-in page of a demo offers by one press:
// one of each role.
func (f Facts) Offered() []account.Demo {
	var out []account.Demo
	for _, r := range access.Roles {
		if i := slices.IndexFunc(f.Accounts, func(a Account) bool { return a.Role == r }); i >= 0 {
			a := f.Accounts[i]
			out = append(out, account.Demo{Name: a.Name, Password: a.Password, Role: r, FullName: a.FullName, Unit: a.Unit})
		}
	}
	return out
}

// draftAfter returns the draft that the closing of a meeting has opened.
func (b *builder) draftAfter(ctx context.Context, c *cell, m when.Month) (string, error) {
	meetings, err := meeting.Between(ctx, b.app.DB, c.org.Root, c.org.ID, m, m.Add(3))
	if err != nil {
		return "", err
	}
	for _, next := range meetings {
		if next.State == meeting.Draft && next.Kind.Monthly() {
			return next.ID, nil
		}
	}
	return "", fmt.Errorf("%s, %s: no next meeting was opened", c.name, m)
}

// noticeNext prepares the next meeting and gives notice, late where it is late.
func (b *builder) noticeNext(ctx context.Context, c *cell, m when.Month, now when.Instant) error {
	_ = m
	_ = now
	return nil
}

func (b *builder) convene(ctx context.Context, c *cell, what meeting.Convening) error {
	_, err := b.app.Meetings.Convene(ctx, c.secretary, c.org.ID, what)
	return err
}

func (b *builder) conveneTheme(ctx context.Context, c *cell, begins when.Instant) (string, error) {
	t := c.themeOf(begins.Date().In())
	m, err := b.app.Meetings.Convene(ctx, c.secretary, c.org.ID, meeting.Convening{
		Kind: meeting.Thematic, Month: begins.Date().In(), StartsAt: begins, Theme: "Nâng cao vai trò đảng viên trong " + t.title,
	})
	return m.ID, err
}

// begin opens a meeting and lets half of it happen.
func (b *builder) begin(ctx context.Context, c *cell, id string) error {
	s, err := b.sit(ctx, c, id)
	if err != nil {
		return err
	}
	for n, i := range s.state.Setup.Agenda {
		if n >= 3 || meeting.ItemKind(i.Kind) == meeting.Discussion {
			break
		}
		s.item(i)
	}
	_ = room.KindOpen
	return b.enter(ctx, s)
}
