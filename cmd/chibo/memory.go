package main

import (
	"context"
	"log/slog"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// gcPercent lets the heap grow to five times what is in use before it is cleared: at the usual
// two times, clearing took a fifth of the processor under load; at three, it went on for a third
// of a second in every three of an evening on which a country meets, and whoever came in
// meanwhile waited for a tenth.
const gcPercent = 400

// Memory that a burst needed goes back to the machine once the program is quiet: the
// runtime would keep five times what is in use for what may come, and a thousand people
// who sit before a page where nothing happens would seem to weigh what their coming did.
const (
	glance = 20 * time.Second
	quiet  = 80 << 20 // bytes asked for between two glances, at most: some 150 requests a second
	worth  = 8 << 20  // bytes asked for since the last time, at least
)

// giveBack gives back what is not in use whenever the program is quiet, until ctx ends.
func giveBack(ctx context.Context, log *slog.Logger) {
	tick := time.NewTicker(glance)
	defer tick.Stop()
	before, given := allocated(), uint64(0)
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		now := allocated()
		if now-before < quiet && now-given > worth {
			debug.FreeOSMemory()
			if err := leavePages(); err != nil {
				log.WarnContext(ctx, "memory", "error", err)
			}
			given = now
		}
		before = now
	}
}

// allocated returns how many bytes have ever been asked for.
func allocated() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
