package notice

import (
	"context"
	"slices"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/job"
	"chibo/kit/when"
)

// Service does what people do with their inbox.
type Service struct {
	DB    *db.DB
	Now   func() time.Time
	Audit audit.Log
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

// Tell puts the message into the inbox of each member, in the transaction of the
// fact it speaks of. Those who have asked for mail get one a little later. Naming
// a member twice tells once.
func Tell(ctx context.Context, tx *db.Tx, m Message, members ...string) error {
	if err := m.Check(); err != nil {
		return err
	}
	members = slices.Compact(slices.Sorted(slices.Values(members)))
	members = slices.DeleteFunc(members, func(m string) bool { return m == "" })
	if len(members) == 0 {
		return nil
	}
	lines := make([]Notice, len(members))
	for i, member := range members {
		lines[i] = Notice{
			Root: m.Root, ID: id.New(), Organization: m.Organization, Member: member,
			Key: m.Key, Args: m.Args, URL: m.URL, Subject: m.Subject, ToldAt: m.At,
		}
	}
	if err := insertNotices(ctx, tx, lines); err != nil {
		return err
	}
	if err := askForCalls(ctx, tx, members); err != nil {
		return err
	}
	return askForMail(ctx, tx, members)
}

// askForMail leaves a job for each of the members who wants mail. Several facts
// before the job runs make one mail.
func askForMail(ctx context.Context, tx *db.Tx, members []string) error {
	recipients, err := wantMail(ctx, tx, members)
	if err != nil {
		return err
	}
	for _, to := range recipients {
		if err := job.Enqueue(ctx, tx, MailJob, to, job.Unique(MailJob+":"+to.Member)); err != nil {
			return err
		}
	}
	return nil
}

// PutTick records that somebody was told. The first tick of a way stays.
func PutTick(ctx context.Context, tx *db.Tx, t Tick) error {
	if _, err := ParseWay(string(t.Way)); err != nil {
		return err
	}
	return putTick(ctx, tx, t)
}

// DropTick takes back a tick that was set by mistake.
func DropTick(ctx context.Context, tx *db.Tx, root, subject, member string, way Way) error {
	return dropTick(ctx, tx, root, subject, member, way)
}

// Ticks returns the ticks of a subject, oldest first.
func Ticks(ctx context.Context, q db.Q, root, subject string) ([]Tick, error) {
	return ticks(ctx, q, root, subject)
}

// Unread returns how many notices the person has not opened; it is the figure
// beside the bell.
func Unread(ctx context.Context, q db.Q, who access.Person) (int, error) {
	if who.Member == "" {
		return 0, nil
	}
	return countUnread(ctx, q, who.Member)
}

// Inbox returns the person's notices told before the given instant, newest first,
// at most the given number.
func (s *Service) Inbox(ctx context.Context, who access.Person, before when.Instant, most int) ([]Notice, error) {
	if who.Member == "" {
		return nil, nil
	}
	return inbox(ctx, s.DB, who.Member, before, most)
}

// Open marks a notice as read, ticks its reader as told in the app, and returns
// the path of the page that says more. Opening it again changes nothing.
func (s *Service) Open(ctx context.Context, who access.Person, noticeID string) (path string, err error) {
	err = s.DB.Tx(ctx, func(tx *db.Tx) error {
		n, err := ofMember(ctx, tx, who.Member, noticeID)
		path = n.URL
		if err != nil || n.Read() {
			return err
		}
		return s.read(ctx, tx, n)
	})
	return path, err
}

// ReadAll marks every notice of the person as read.
func (s *Service) ReadAll(ctx context.Context, who access.Person) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		notices, err := unread(ctx, tx, who.Member)
		for _, n := range notices {
			if err := s.read(ctx, tx, n); err != nil {
				return err
			}
		}
		return err
	})
}

func (s *Service) read(ctx context.Context, tx *db.Tx, n Notice) error {
	if err := markRead(ctx, tx, n, s.now()); err != nil || n.Subject == "" {
		return err
	}
	return putTick(ctx, tx, Tick{Root: n.Root, Subject: n.Subject, Member: n.Member, Way: App, By: n.Member, At: s.now()})
}

// WantMail turns the person's own mails on or off.
func (s *Service) WantMail(ctx context.Context, who access.Person, wanted bool) error {
	if err := onRoll(who); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := setMail(ctx, tx, who.Root, who.Member, wanted, s.now()); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, who.Root, "notice.mail", who.Member, map[string]bool{"wanted": wanted})
	})
}

// WantsMail reports whether the person has asked for mails.
func (s *Service) WantsMail(ctx context.Context, who access.Person) (bool, error) {
	recipients, err := wantMail(ctx, s.DB, []string{who.Member})
	return len(recipients) > 0, err
}

// NewFeed makes an address for the person's calendar. An earlier address stops
// working.
func (s *Service) NewFeed(ctx context.Context, who access.Person) (Feed, error) {
	if err := onRoll(who); err != nil {
		return Feed{}, err
	}
	f := Feed{Token: newToken(), Root: who.Root, Member: who.Member, MadeAt: s.now()}
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := putFeed(ctx, tx, f); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, who.Root, "notice.feed.made", who.Member, nil)
	})
	return f, err
}

// RevokeFeed makes the person's calendar address stop working.
func (s *Service) RevokeFeed(ctx context.Context, who access.Person) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := dropFeed(ctx, tx, who.Root, who.Member); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, who.Root, "notice.feed.revoked", who.Member, nil)
	})
}

// FeedOf returns the person's calendar address, and whether there is one.
func (s *Service) FeedOf(ctx context.Context, who access.Person) (Feed, bool, error) {
	return feedOfMember(ctx, s.DB, who.Root, who.Member)
}

func onRoll(who access.Person) error {
	if who.Member == "" {
		return fault.New(fault.Forbidden, "notice.refused.no_member")
	}
	return nil
}
