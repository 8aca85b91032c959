package delegation

import (
	"context"

	"chibo/conference"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/when"
)

// longestWords is how long a note may be, in letters: an invitation is one sheet.
const longestWords = 600

// Note is what the office has written on all invitations to a conference: until when an
// answer is awaited, what to bring.
type Note struct {
	Root       string    `db:"root_id" form:"-"`
	Conference string    `db:"conference_id" form:"-"`
	AnswerBy   when.Date `form:"answer_by"` // zero: before the day of the sitting
	Words      string    `form:"words"`
}

func (n Note) check() error {
	var c fault.Check
	c.That(len([]rune(n.Words)) <= longestWords, "words", "delegation.problem.note_long")
	return c.Err()
}

// SetNote writes the note of all invitations to a conference, also of those that were
// issued; an empty one takes it back.
func (s *Service) SetNote(ctx context.Context, who access.Person, conferenceID string, n Note) error {
	return s.keep(ctx, who, conferenceID, "delegation.noted", "", func(tx *db.Tx, x conference.Conference) error {
		if err := n.check(); err != nil {
			return err
		}
		n.Root, n.Conference = x.Root, x.ID
		return putNote(ctx, tx, n)
	})
}
