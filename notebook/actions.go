package notebook

import (
	"context"
	"slices"
	"strings"
	"time"

	"chibo/account"
	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/search"
	"chibo/kit/secret"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/room"
	"chibo/task"
)

// Service does what may be done with notebooks. It is the account.Keyring of the
// program.
type Service struct {
	DB       *db.DB
	Now      func() time.Time
	Audit    audit.Log
	Accounts *account.Service
	Room     *room.Service
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

// Writing is what the form of a note brings. Base is when the note was changed that the
// writer has before them.
type Writing struct {
	Text string `form:"text"`
	Base int64  `form:"base"`
}

// Write keeps the note of who on a meeting; an empty text deletes it. What another
// device has written since is not written over.
func (s *Service) Write(ctx context.Context, who access.Person, token, meetingID string, w Writing) (when.Instant, error) {
	k, err := s.opened(ctx, who, token)
	if err != nil {
		return 0, err
	}
	n := Note{Meeting: meetingID, Text: w.Text, ChangedAt: s.now()}
	if err := n.Validate(); err != nil {
		return 0, err
	}
	if n.Empty() {
		return n.ChangedAt, s.Delete(ctx, who, meetingID)
	}
	sealed, err := k.Seal([]byte(n.Text), "note", who.Root, who.Account, meetingID)
	if err != nil {
		return 0, err
	}
	row := noteRow{who.Root, who.Account, meetingID, sealed, n.ChangedAt, who.Session}
	return n.ChangedAt, s.DB.Tx(ctx, func(tx *db.Tx) error {
		before, found, err := noteOf(ctx, tx, who.Root, who.Account, meetingID)
		if err != nil {
			return err
		}
		if found && before.Session != who.Session && int64(before.ChangedAt) != w.Base {
			return fault.New(fault.Conflict, "notebook.problem.elsewhere")
		}
		if !found {
			m, _, err := meeting.Visible(ctx, tx, who, meetingID)
			if err != nil {
				return err
			}
			if m.Root != who.Root || m.State == meeting.Draft {
				return notFound(nil)
			}
		}
		return putNote(ctx, tx, row)
	})
}

// Delete deletes the note of who on a meeting, for which no key is needed. Where there is
// none the meeting must be one that who may see.
func (s *Service) Delete(ctx context.Context, who access.Person, meetingID string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		n, err := deleteNote(ctx, tx, who.Root, who.Account, meetingID)
		if err == nil && n == 0 {
			_, _, err = meeting.Visible(ctx, tx, who, meetingID)
		}
		return err
	})
}

// Notes returns the notes of who, which must be open on the device, by meeting.
func (s *Service) Notes(ctx context.Context, who access.Person, token string) (map[string]Note, error) {
	k, err := s.opened(ctx, who, token)
	if err != nil {
		return nil, err
	}
	rows, err := notesOf(ctx, s.DB, who.Root, who.Account)
	out := make(map[string]Note, len(rows))
	for _, r := range rows {
		if n, ok := r.read(k); ok {
			out[r.Meeting] = n
		}
	}
	return out, err
}

// note returns the note of who on one meeting.
func (s *Service) note(ctx context.Context, who access.Person, k secret.Key, meetingID string) (Note, error) {
	row, found, err := noteOf(ctx, s.DB, who.Root, who.Account, meetingID)
	if err != nil || !found {
		return Note{Meeting: meetingID}, err
	}
	n, ok := row.read(k)
	if !ok {
		return n, fault.New(fault.Conflict, "notebook.problem.damaged")
	}
	return n, nil
}

func (r noteRow) read(k secret.Key) (Note, bool) {
	text, ok := k.Open(r.Sealed, "note", r.Root, r.Account, r.Meeting)
	return Note{r.Meeting, string(text), r.ChangedAt}, ok
}

// found returns the notes that hold all words, compared without accents.
func found(all map[string]Note, words string) map[string]Note {
	wanted := strings.Fields(search.Fold(words))
	out := map[string]Note{}
	for id, n := range all {
		text := search.Fold(n.Text)
		if !slices.ContainsFunc(wanted, func(w string) bool { return !strings.Contains(text, w) }) {
			out[id] = n
		}
	}
	return out
}

// Fill returns the page of a member for a meeting.
func (s *Service) Fill(ctx context.Context, q db.Q, m meeting.Meeting, cell, member string) (Page, error) {
	p := Page{Meeting: m, Cell: cell}
	var err error
	if p.Agenda, err = meeting.Items(ctx, q, m.Root, m.ID); err != nil {
		return p, err
	}
	notices, err := meeting.Notices(ctx, q, m.Root, m.ID)
	if err != nil {
		return p, err
	}
	for _, n := range notices {
		p.NoticedAt = max(p.NoticedAt, n.GivenAt)
	}
	given, err := task.OfMeeting(ctx, q, m.Root, m.ID)
	if err != nil {
		return p, err
	}
	p.Given = slices.DeleteFunc(given, func(t task.Task) bool { return !slices.Contains(t.Owners, member) })
	if m.State.Reached(meeting.Closed) {
		state, err := s.Room.StateOf(ctx, q, m.Root, m.ID)
		if err != nil {
			return p, err
		}
		p.filled(state, member)
	}
	return p, nil
}

// held returns the meetings of a cell that members know of from one month to another,
// the last first.
func (s *Service) held(ctx context.Context, q db.Q, root, cell string, first, last when.Month) ([]meeting.Meeting, error) {
	all, err := meeting.Between(ctx, q, root, cell, first, last)
	all = slices.DeleteFunc(all, func(m meeting.Meeting) bool { return m.State == meeting.Draft })
	slices.SortFunc(all, latest)
	return all, err
}
