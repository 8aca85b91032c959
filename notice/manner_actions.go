package notice

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
)

// MannerOf returns how a person wants to be reminded.
func MannerOf(ctx context.Context, q db.Q, root, member string) (Manner, error) {
	m, found, err := mannerOf(ctx, q, root, member)
	if !found {
		m = mannerByDefault(root, member)
	}
	return m, err
}

// SetManner keeps how the person wants to be reminded.
func (s *Service) SetManner(ctx context.Context, who access.Person, m Manner) error {
	if err := onRoll(who); err != nil {
		return err
	}
	m.Root, m.Member = who.Root, who.Member
	if err := m.check(); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := putManner(ctx, tx, m); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, who.Root, "notice.manner", who.Member, map[string]bool{"reminders": m.Reminders})
	})
}

// Remind tells a member of something that is due, unless the member does not want to
// be reminded or was reminded on that day already, of whatever. It reports whether
// it did.
func Remind(ctx context.Context, tx *db.Tx, m Message, member string) (bool, error) {
	manner, err := MannerOf(ctx, tx, m.Root, member)
	if err != nil || !manner.Reminders {
		return false, err
	}
	first, err := putReminder(ctx, tx, m.Root, member, m.At.Date())
	if err != nil || !first {
		return false, err
	}
	return true, Tell(ctx, tx, m, member)
}
