package app

import (
	"cmp"
	"context"
	"time"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/limit"
	"chibo/kit/when"
)

// listsPerHour is how many lists of people an account may take in an hour where nothing else
// is set: a clerk who prepares a conference takes a dozen, a thief wants them all.
const listsPerHour = 40

// ration counts the lists of people that an account takes (web.Route.Mass): so many at once,
// and then one after the other as an hour goes by. Whoever wants more is told from when, and
// the log of deeds says so once an hour.
func (a *App) ration(ctx context.Context, who access.Person, route string) (again when.Instant, err error) {
	most := cmp.Or(a.ListsPerHour, listsPerHour)
	again, err = a.lists.Take(ctx, a.DB, a.Now(), limit.Bucket{Key: "list:" + who.Account, Allowance: limit.Allowance{Burst: most, Every: time.Hour / time.Duration(most)}})
	if err != nil || again.IsZero() {
		return 0, err
	}
	told, err := a.lists.Take(ctx, a.DB, a.Now(), limit.Bucket{Key: "list told:" + who.Account, Allowance: limit.Allowance{Burst: 1, Every: time.Hour}})
	if err != nil || !told.IsZero() {
		return again, err
	}
	return again, a.DB.Tx(ctx, func(tx *db.Tx) error {
		return a.Audit.Write(ctx, tx, who, who.Root, "app.rationed", who.Account, map[string]any{"route": route, "most": most})
	})
}
