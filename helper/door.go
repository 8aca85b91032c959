package helper

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/meeting"
)

// Door is another place than a room into which codes let devices, such as the desks of a
// conference. The digits, the page on which they are typed, the count of guesses and the
// cookie are the same for all.
type Door interface {
	// Knock returns whom a code lets in there.
	Knock(ctx context.Context, q db.Q, code string) (Entry, bool, error)
	// Holder returns who is on the device of a token at now, nobody where the seat has ended.
	Holder(ctx context.Context, tokenHash string, now when.Instant) (access.Person, error)
}

// Entry is a pass that was found by its code.
type Entry struct {
	Pass
	Table, Root, ID string        // its row
	Over            bool          // what it is a pass to has ended
	Person          access.Person // who the device will be
	Path            string        // where it goes
	Deed, Subject   string        // for the log
}

// entry is a seat in a room as it was found by its code.
func (h seat) entry() Entry {
	return Entry{
		Pass: h.Pass, Table: "helper", Root: h.Root, ID: h.ID, Over: h.State.Reached(meeting.Closed), Person: h.person(),
		Path: "/rooms/" + h.Meeting, Deed: "helper.joined", Subject: h.Meeting,
	}
}

// knock asks the rooms and then every other door.
func (s *Service) knock(ctx context.Context, q db.Q, code string) (Entry, bool, error) {
	h, found, err := byCode(ctx, q, code)
	if err != nil || found {
		return h.entry(), found, err
	}
	for _, d := range s.Doors {
		if e, found, err := d.Knock(ctx, q, code); err != nil || found {
			return e, found, err
		}
	}
	return Entry{}, false, nil
}

// FreeCode draws a code that lets nobody else in, and keeps it so until the end of tx. table
// has the passes among which it will be; the codes there that nobody can use any more are
// freed.
func (s *Service) FreeCode(ctx context.Context, tx *db.Tx, table string, now when.Instant) (string, error) {
	if err := tx.Alone(ctx, "helper/codes"); err != nil {
		return "", err
	}
	if err := forget(ctx, tx, table, now); err != nil {
		return "", err
	}
	for {
		code := newCode()
		if _, taken, err := s.knock(ctx, tx, code); err != nil || !taken {
			return code, err
		}
	}
}
