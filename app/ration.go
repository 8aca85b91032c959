package app

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/limit"
	"chibo/kit/meter"
	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/notice"
	"chibo/organization"
)

// listsPerHour is how many lists of people an account may take in an hour where nothing else
// is set: a clerk who prepares a conference takes a dozen, a thief wants them all.
const listsPerHour = 40

// searchesPerHour is how often an account may search in an hour: far more than anybody types,
// far less than it takes to read everything out.
const searchesPerHour = 300

// recordsPerHour is how many records of people an account may open at once and then in an hour:
// one every nine seconds is more than anybody reads, and less than a program wants.
const recordsPerHour = 400

// What is rationed.
const (
	rationList   = meter.List
	rationSearch = meter.Search
	rationRecord = meter.Record
)

// alerts are the notices of what tells of people that somebody takes too fast; searches have
// none, for what they find is opened as a record or taken as a list.
var alerts = map[string]string{rationList: "app.rationed.list", rationRecord: "app.rationed.record"}

// ration counts the lists of people that an account takes (web.Route.Mass), the records of people
// that it opens (web.Route.Record), and its searches: so
// many at once, and then one after the other as an hour goes by. Whoever wants more is told from
// when, and once an hour the log of deeds says so and those who keep watch are told.
func (a *App) ration(ctx context.Context, who access.Person, r web.Route) (again when.Instant, err error) {
	what, most := rationList, cmp.Or(a.ListsPerHour, listsPerHour)
	switch {
	case r.Searches:
		what, most = rationSearch, searchesPerHour
	case r.Record:
		what, most = rationRecord, recordsPerHour
	}
	again, err = a.lists.Take(ctx, a.DB, a.Now(), limit.Bucket{Key: what + ":" + who.Account, Allowance: limit.Allowance{Burst: most, Every: time.Hour / time.Duration(most)}})
	if err != nil || again.IsZero() {
		return 0, err
	}
	if a.Meter != nil {
		a.Meter.Rationed(what)
	}
	said := []limit.Bucket{hourly(what + " told:" + who.Account)}
	if told, err := a.lists.Take(ctx, a.DB, a.Now(), said[0]); err != nil || !told.IsZero() {
		return again, err
	}
	alert := alerts[what]
	if alert != "" {
		b := hourly("alert:" + who.Account) // of lists and records together
		told, err := a.lists.Take(ctx, a.DB, a.Now(), b)
		switch {
		case err != nil:
			return again, err
		case told.IsZero():
			said = append(said, b)
		default:
			alert = ""
		}
	}
	err = a.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := a.Audit.Write(ctx, tx, who, who.Root, "app.rationed", who.Account, map[string]any{"route": r.Pattern, "most": most}); err != nil || alert == "" {
			return err
		}
		return a.alert(ctx, tx, who, alert)
	})
	if err != nil { // nobody has heard of it: the next try says it
		err = errors.Join(err, a.lists.Clear(context.WithoutCancel(ctx), a.DB, said...))
	}
	return again, err
}

// hourly is a bucket for what is said once an hour.
func hourly(key string) limit.Bucket {
	return limit.Bucket{Key: key, Allowance: limit.Allowance{Burst: 1, Every: time.Hour}}
}

// alert tells those who keep watch over somebody that they were slowed: who, when, and of what
// kind; never whose data it was.
func (a *App) alert(ctx context.Context, tx *db.Tx, who access.Person, key string) error {
	unit, leads, err := worksIn(ctx, tx, who)
	if err != nil {
		return err
	}
	told, err := a.watch(ctx, tx, who, unit, leads)
	if err != nil {
		return err
	}
	now := a.now()
	m := notice.Message{
		Root: unit.Root, Organization: unit.ID, Key: key, At: now,
		Args: notice.Args{"Name": who.Name, "At": now.HHMM() + ", " + now.Date().Slashed()},
	}
	for _, member := range slices.Sorted(maps.Keys(told)) {
		m.URL = told[member]
		if err := notice.Tell(ctx, tx, m, member); err != nil {
			return err
		}
	}
	return nil
}

// worksIn returns the widest unit in which somebody has a role of their own, the base
// organisation where they have none, and whether they are more there than people of a cell
// whom its secretary leads.
func worksIn(ctx context.Context, tx *db.Tx, who access.Person) (unit organization.Organization, leads bool, err error) {
	own := slices.DeleteFunc(slices.Clone(who.Grants), func(g access.Grant) bool { return g.For != "" })
	if len(own) == 0 {
		unit, err = organization.Find(ctx, tx, who.Root, who.Root)
		return unit, true, err
	}
	rank := func(r access.Role) int { return slices.Index(access.Roles, r) }
	widest := slices.MinFunc(own, func(a, b access.Grant) int {
		return cmp.Or(cmp.Compare(len(a.Path), len(b.Path)), cmp.Compare(rank(a.Role), rank(b.Role)))
	})
	// A committee is a base organisation of its own; its grant names none.
	unit, err = organization.Find(ctx, tx, cmp.Or(widest.Root, widest.Organization), widest.Organization)
	return unit, rank(widest.Role) <= rank(access.Secretary), err
}

// watch returns who keeps watch over somebody who works in a unit, with the page that says
// more to them: its secretary, and over whoever leads there, or where there is none, the secretary
// and the clerks of the unit above; where nobody is to be found up to the one above the base
// organisation, the administrators. Nobody keeps watch over themselves.
func (a *App) watch(ctx context.Context, tx *db.Tx, who access.Person, unit organization.Organization, leads bool) (map[string]string, error) {
	told := map[string]string{}
	add := func(o organization.Organization, posts ...organization.Post) error {
		offices, err := organization.OfficesOn(ctx, tx, o.Root, o.ID, a.now().Date())
		for _, f := range offices {
			if !slices.Contains(posts, f.Post) || f.Member == who.Member {
				continue
			}
			if f.Post == organization.Clerk || told[f.Member] == "" { // who is both reads more as a clerk
				told[f.Member] = a.moreFor(o.Level, f.Post, who.Account)
			}
		}
		return err
	}
	if err := add(unit, organization.Secretary); err != nil || len(told) > 0 && !leads {
		return told, err
	}
	for at := unit; at.Root == unit.Root; {
		above, higher, err := organization.Above(ctx, tx, at)
		if err != nil {
			return nil, err
		}
		if !higher {
			break
		}
		if err := add(above, organization.Secretary, organization.Clerk); err != nil || len(told) > 0 {
			return told, err
		}
		at = above
	}
	if len(told) > 0 {
		return told, nil
	}
	root, err := organization.Find(ctx, tx, unit.Root, unit.Root)
	if err != nil {
		return nil, err
	}
	return told, add(root, organization.Administrator)
}

// moreFor is the page for the holder of a post who was told that an account was slowed: clerks
// may see whom it has reached in the last hour, secretaries of cells and administrators may close
// it; the secretary of a committee, who has neither right, has read all in the inbox.
func (a *App) moreFor(l organization.Level, p organization.Post, account string) string {
	switch {
	case p == organization.Clerk:
		now := a.now()
		return "/dossiers/breach?from=" + now.Add(-time.Hour).String() + "&until=" + now.String() + "&account=" + account
	case p == organization.Secretary && l.Committee():
		return "/inbox"
	}
	return "/accounts"
}
