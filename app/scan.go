package app

import (
	"context"
	"errors"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/scan"
)

// scan asks the virus scanner about a file that somebody brings, before anything else reads it.
// One in which something is found is refused, and the log of deeds says what was found and
// where, never in what. Where the scanner is silent nothing comes in, unless whoever runs the
// program wants it otherwise.
func (a *App) scan(ctx context.Context, who access.Person, route string, file []byte) (problem string, err error) {
	if a.Scanner == (scan.Scanner{}) {
		return "", nil
	}
	err = a.Scanner.Scan(ctx, file)
	found, is := errors.AsType[*scan.Found](err)
	switch {
	case err == nil:
		return "", nil
	case is:
		return "fault.upload_infected", a.DB.Tx(ctx, func(tx *db.Tx) error {
			return a.Audit.Write(ctx, tx, who, who.Root, "app.infected", who.Account, map[string]any{"route": route, "found": found.Name})
		})
	}
	a.Log.ErrorContext(ctx, "the virus scanner is silent", "error", err, "taken", a.TakeUnscanned)
	if a.TakeUnscanned {
		return "", nil
	}
	return "fault.upload_unscanned", nil
}
