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
	"chibo/organization"
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
	// then the secretary, the minute-taker and a member of each other cell.
	Accounts []Account `json:"accounts"`
	// Meetings holds one meeting of the first cell in each state.
	Meetings []Meeting `json:"meetings"`
	// Readers holds, of a country, who reads the boards of all of it and of the province of the
	// ward; they stand last in Accounts.
	Readers []Account `json:"readers,omitempty"`
}

// Fill makes a ward in the empty program a, whose clock must be clock: its people,
// the months that have passed before now, and for the first cell a meeting in each
// state. In the end the clock stands at now.
func Fill(ctx context.Context, a *app.App, clock *Clock, size Size, now when.Instant) (Facts, error) {
	facts, _, err := fillUnder(ctx, a, clock, size, now, organization.Organization{})
	return facts, err
}

// fillUnder is Fill for a ward that stands under a province, which may be none.
func fillUnder(ctx context.Context, a *app.App, clock *Clock, size Size, now when.Instant, province organization.Organization) (Facts, *builder, error) {
	b := newBuilder(a, clock, size.Seed)
	b.province = province
	facts, err := b.fill(ctx, size, now)
	return facts, b, err
}

func (b *builder) fill(ctx context.Context, size Size, now when.Instant) (Facts, error) {
	clock := b.clock
	day := now.Date().In().Add(-max(size.Months, 1)).First().AddDays(-40)
	clock.Set(day.At(8, 0))
	if err := b.found(ctx, plan(b.names.r, size.Cells, size.People), size.Seed, day); err != nil {
		return Facts{}, err
	}
	home := b.cells[0]
	last := home.lastHeld(now)
	first := last.Add(1 - max(size.Months, 1))
	if err := each(b.cells, func(c *cell) error { return b.planThemes(ctx, c, first, last.Next()) }); err != nil {
		return Facts{}, err
	}
	var steps []step
	for n, c := range b.cells {
		held := c.lastHeld(now)
		for m := first; m.Compare(held) <= 0; m = m.Next() {
			steps = append(steps, b.month(c, m, endingOf(n, m, held))...)
		}
		steps = append(append(steps, b.work(c, held)...), b.preparation(c, held.Next())...)
	}
	steps = append(steps, b.everyState(home, last, now)...)
	steps = append(append(steps, b.care(home, now)...), b.studies(home, now)...)
	steps = append(steps, append(b.attended(now), b.training(now)...)...)
	if size.Months >= 3 { // a quarter has passed that can be looked back on
		steps = append(steps, b.congress(home, last.Next(), now)...)
		steps = append(append(steps, b.ratings(home, now)...), b.neighbours(now)...)
		steps = append(append(steps, b.own(home, now)...), b.directives(last, now)...)
		steps = append(steps, b.pilots(home, last, now)...)
		steps = append(steps, b.collectives(now)...)
		steps = append(append(append(steps, b.news(now)...), b.conferences(home, now)...), b.stagings(home, now)...)
		steps = append(append(append(steps, b.delegates(now)...), b.arrivals(now)...), b.feedback(now)...)
	}
	steps = slices.DeleteFunc(steps, func(s step) bool { return s.at > now })
	if err := b.pass(ctx, steps); err != nil {
		return Facts{}, err
	}
	clock.Set(now)
	if len(b.cells) >= manyCells {
		if err := b.goals(ctx, now); err != nil {
			return Facts{}, err
		}
	}
	if err := b.sketch(ctx, now.Date().Year); err != nil {
		return Facts{}, err
	}
	if size.Months >= 3 {
		if err := b.reports(ctx, last); err != nil {
			return Facts{}, err
		}
	}
	return b.facts(ctx, first, last)
}

// scoredCells is how many cells have their newest meeting scored, and the first all
// before it.
const scoredCells = 12

// endingOf says what becomes of the meeting of month m of cell number n, when its last
// one was in held. The newest of the first cell still waits for its minutes, and of every
// second cell for the decision on its score; some of these gave a line more than the record
// bears out.
func endingOf(n int, m, held when.Month) ending {
	newest := m == held
	if n == 0 {
		return ending{seal: !newest, score: !newest, decide: !newest, weak: m.Next() == held}
	}
	score := newest && n < scoredCells
	return ending{seal: true, score: score, decide: score && n%2 == 0, doubt: n%8 == 3, weak: score}
}

// lastHeld returns the last month whose meeting is over at now.
func (c *cell) lastHeld(now when.Instant) when.Month {
	m := now.Date().In().Next()
	for c.over(m) > now {
		m = m.Add(-1)
	}
	return m
}

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
	for _, a := range f.Readers {
		out = append(out, account.Demo{Name: a.Name, Password: a.Password, Role: a.Role, FullName: a.FullName, Unit: a.Unit})
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
