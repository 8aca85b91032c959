package hall

import (
	"context"
	"slices"
	"sync"
	"time"

	"chibo/kit/db"
	"chibo/kit/when"
)

// register finds doors by typed digits. In an evening of thousands of meetings the
// digits of all of them are worked out once in a window and not for each who types.
//
// A door that was opened on another node is found a moment later; whether a door is
// open is asked of the database all the same.
type register struct {
	mu     sync.Mutex
	turn   int64
	readAt when.Instant
	doors  map[string][]string // meetings by digits
}

const (
	// registerLife is how long what was read is used.
	registerLife = 5 * time.Second
	// registerRest is how long digits that lead nowhere are not looked for again: the door may
	// have been opened by another program.
	registerRest = time.Second
	// lasts is how long before its meeting a door may have been opened to be found.
	lasts = 60 * 24 * time.Hour
)

// find returns the meetings at whose doors the digits are good now.
func (r *register) find(ctx context.Context, q db.Q, digits string, now when.Instant) ([]string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	age := now.Sub(r.readAt)
	if r.doors == nil || r.turn != turn(now) || age >= registerLife || r.doors[digits] == nil && age >= registerRest {
		all, err := unshut(ctx, q, now.Add(-lasts))
		if err != nil {
			return nil, err
		}
		r.doors, r.turn, r.readAt = byDigits(all, now), turn(now), now
	}
	return r.doors[digits], nil
}

// forget lets the doors be read anew.
func (r *register) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.doors = nil
}

func byDigits(all []Entrance, now when.Instant) map[string][]string {
	doors := map[string][]string{}
	for _, e := range all {
		if e.Ajar(now) != nil {
			continue
		}
		e.each(now, func(_ []byte, digits string) bool {
			if !slices.Contains(doors[digits], e.Meeting) {
				doors[digits] = append(doors[digits], e.Meeting)
			}
			return false
		})
	}
	return doors
}
