package app

import (
	"cmp"
	"context"
	"time"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/limit"
	"chibo/kit/web"
	"chibo/kit/when"
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

// ration counts the lists of people that an account takes (web.Route.Mass), the records of people
// that it opens (web.Route.Record), and its searches: so
// many at once, and then one after the other as an hour goes by. Whoever wants more is told from
// when, and the log of deeds says so once an hour.
func (a *App) ration(ctx context.Context, who access.Person, r web.Route) (again when.Instant, err error) {
	what, most := "list", cmp.Or(a.ListsPerHour, listsPerHour)
	switch {
	case r.Searches:
		what, most = "search", searchesPerHour
	case r.Record:
		what, most = "record", recordsPerHour
	}
	again, err = a.lists.Take(ctx, a.DB, a.Now(), limit.Bucket{Key: what + ":" + who.Account, Allowance: limit.Allowance{Burst: most, Every: time.Hour / time.Duration(most)}})
	if err != nil || again.IsZero() {
		return 0, err
	}
	told, err := a.lists.Take(ctx, a.DB, a.Now(), limit.Bucket{Key: what + " told:" + who.Account, Allowance: limit.Allowance{Burst: 1, Every: time.Hour}})
	if err != nil || !told.IsZero() {
		return again, err
	}
	return again, a.DB.Tx(ctx, func(tx *db.Tx) error {
		return a.Audit.Write(ctx, tx, who, who.Root, "app.rationed", who.Account, map[string]any{"route": r.Pattern, "most": most})
	})
}
