package app

import (
	"context"
	"errors"
	"fmt"

	"chibo/kit/disk"
	"chibo/kit/fault"
	"chibo/kit/web"
)

// health answers a watchman that the process lives; it asks nothing of the database, so
// that a slow disk makes nobody start the program anew.
func (a *App) health(c *web.Ctx) error { return c.JSON(map[string]string{"status": "ok"}) }

// ready answers who shares requests out: 200 when the program can do its work, 503 when it
// should be left alone for now. Why stands in the log and not in the answer.
func (a *App) ready(c *web.Ctx) error {
	if err := a.Ready(c.Context()); err != nil {
		a.Log.WarnContext(c.Context(), "not ready", "error", err)
		return fault.New(fault.Busy, "health.not_ready")
	}
	return c.JSON(map[string]string{"status": "ready"})
}

// Ready reports whether the program can do its work: the database answers and has every
// migration, and there is room to write.
func (a *App) Ready(ctx context.Context) error {
	if err := a.DB.Ready(ctx); err != nil {
		return err
	}
	s, err := disk.Of(a.Data)
	if errors.Is(err, disk.ErrUnknown) {
		return nil
	}
	if err == nil && s.Free < disk.Tight {
		err = fmt.Errorf("%d MiB are left on the disk of the data directory", s.Free>>20)
	}
	return err
}
