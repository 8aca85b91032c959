package app

import (
	"context"

	"chibo/kit/disk"
	"chibo/kit/job"
	"chibo/kit/meter"
)

// Figures are what a watchman reads of the running program beside what it was asked.
func (a *App) Figures() []meter.Figure {
	jobs := func(read func(job.Standing) float64) func(context.Context) (float64, error) {
		return func(ctx context.Context) (float64, error) {
			s, err := job.StandingAt(ctx, a.DB, a.now())
			return read(s), err
		}
	}
	figures := []meter.Figure{
		{Name: "chibo_writes_waiting", Help: "Transactions that have begun and not ended.", Read: func(context.Context) (float64, error) { return float64(a.DB.Waiting()), nil }},
		{Name: "chibo_jobs_waiting", Help: "Jobs that are due and not done.", Read: jobs(func(s job.Standing) float64 { return float64(s.Waiting) })},
		{Name: "chibo_jobs_failed", Help: "Jobs that were given up.", Read: jobs(func(s job.Standing) float64 { return float64(s.Failed) })},
		{Name: "chibo_jobs_oldest_seconds", Help: "How long the oldest job that is due has waited.", Read: jobs(func(s job.Standing) float64 {
			if s.Oldest == 0 {
				return 0
			}
			return a.now().Time().Sub(s.Oldest.Time()).Seconds()
		})},
		{Name: "chibo_watchers", Help: "Pages that are kept up to date.", Read: func(context.Context) (float64, error) { return float64(a.Live.Watching()), nil }},
		{Name: "chibo_rooms_open", Help: "Rooms of meetings that were in use in this process in the last half hour.", Read: func(context.Context) (float64, error) { return float64(a.Rooms.InUse()), nil }},
		{Name: "chibo_database_bytes", Help: "Bytes that the database takes.", Read: func(ctx context.Context) (float64, error) {
			n, err := a.DB.Size(ctx)
			return float64(n), err
		}},
		{Name: "chibo_disk_free_bytes", Help: "Bytes left on the disk of the data directory.", Read: func(context.Context) (float64, error) {
			s, err := disk.Of(a.Data)
			return float64(s.Free), err
		}},
		{Name: "chibo_disk_free_share", Help: "Part of the disk of the data directory that is left, 0 to 1.", Read: func(context.Context) (float64, error) {
			s, err := disk.Of(a.Data)
			return s.Share(), err
		}},
	}
	if a.DB.Postgres() {
		return figures // which is copied by its own means
	}
	return append(figures, meter.Figure{Name: "chibo_copy_age_seconds", Help: "How long ago the last copy was made; since 1970 where there is none.", Read: func(context.Context) (float64, error) {
		at, _, err := a.LastCopy()
		return a.Now().Sub(at.Time()).Seconds(), err
	}})
}
