package feedback

import (
	"context"

	"chibo/conference"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/lesson"
)

// direct does something with a round by the committee, and writes it down.
func (s *Service) direct(ctx context.Context, who access.Person, conferenceID, sittingID, action string, do func(*db.Tx, Place) error) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		p, err := find(ctx, tx, who.Scope(conference.Direct), conferenceID, sittingID)
		if err != nil {
			return err
		}
		if !p.Opened {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		if err := do(tx, p); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, p.Round.Root, action, p.Sitting.ID, nil)
	})
}

// Conclude writes a conclusion of the committee, or changes one that is no card yet.
func (s *Service) Conclude(ctx context.Context, who access.Person, conferenceID, sittingID string, k Conclusion) (Conclusion, error) {
	err := s.direct(ctx, who, conferenceID, sittingID, "feedback.concluded", func(tx *db.Tx, p Place) error {
		if err := k.check(); err != nil {
			return err
		}
		k.Root, k.Sitting, k.At, k.By = p.Round.Root, p.Round.Sitting, s.now(), who.Member
		if k.ID == "" {
			k.ID = id.New()
			return db.Insert(ctx, tx, "feedback_conclusion", k)
		}
		if _, err := uncarded(ctx, tx, p.Round, k.ID); err != nil {
			return err
		}
		return updateConclusion(ctx, tx, k)
	})
	return k, err
}

// uncarded returns a conclusion that has not become a card.
func uncarded(ctx context.Context, q db.Q, r Round, conclusionID string) (Conclusion, error) {
	k, err := conclusionByID(ctx, q, r, conclusionID)
	if err != nil {
		return k, err
	}
	cards, err := lesson.Of(ctx, q, r.Root, k.ID)
	if _, is := cards[k.ID]; err == nil && is {
		err = fault.New(fault.Conflict, "feedback.problem.card")
	}
	return k, err
}

// Drop removes a conclusion that is no card yet.
func (s *Service) Drop(ctx context.Context, who access.Person, conferenceID, sittingID, conclusionID string) error {
	return s.direct(ctx, who, conferenceID, sittingID, "feedback.dropped", func(tx *db.Tx, p Place) error {
		k, err := uncarded(ctx, tx, p.Round, conclusionID)
		if err != nil {
			return err
		}
		return removeConclusion(ctx, tx, k)
	})
}

// Teach makes a conclusion a lesson card, as a draft whose cells are chosen on its page.
func (s *Service) Teach(ctx context.Context, who access.Person, conferenceID, sittingID, conclusionID string) (lesson.Lesson, error) {
	var card lesson.Lesson
	err := s.direct(ctx, who, conferenceID, sittingID, "feedback.taught", func(tx *db.Tx, p Place) error {
		k, err := uncarded(ctx, tx, p.Round, conclusionID)
		if err != nil {
			return err
		}
		card, err = s.Lessons.Draft(ctx, tx, who, lesson.Lesson{
			Root: p.Conference.Root, Organization: p.Conference.Organization, Origin: lesson.FromConference, Subject: k.ID,
			Seen: k.Seen, Why: k.Why, Act: k.Act, Place: short(p.Sitting.Title, longest),
		})
		return err
	})
	return card, err
}

// TeachAll makes a conclusion a lesson card and sends it to every cell below the committee.
// It returns to how many.
func (s *Service) TeachAll(ctx context.Context, who access.Person, conferenceID, sittingID, conclusionID string) (int, error) {
	card, err := s.Teach(ctx, who, conferenceID, sittingID, conclusionID)
	if err != nil {
		return 0, err
	}
	return s.Lessons.Send(ctx, who, card.ID, lesson.Address{Reach: lesson.ToAll})
}

// short is the beginning of a text.
func short(text string, most int) string {
	if letters := []rune(text); len(letters) > most {
		return string(letters[:most-1]) + "…"
	}
	return text
}
