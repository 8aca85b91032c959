package rating

import (
	"context"
	"slices"
	"strings"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/search"
	"chibo/meeting"
	"chibo/proceedings"
)

// Held is a vote on ratings that a meeting of the cell has held and closed. It asks for
// one level: who was against it has not voted for another.
type Held struct {
	ID, Question     string
	Meeting          meeting.Meeting
	For, Against, Of int
	// Level is the one that the question names, empty where it names none; Names says
	// that it names the subject. People choose; this is where the choice begins.
	Level Level
	Names bool
}

// levelIn returns the level that a question names. "Hoàn thành nhiệm vụ" also stands
// inside the name of the worst level, so that one is looked for first.
func levelIn(question string) Level {
	said := search.Fold(question)
	for _, l := range []Level{NotDone, Excellent, Good, Done} {
		if strings.Contains(said, search.Fold(l.Name())) || strings.Contains(said, search.Fold(strings.TrimSuffix(l.Name(), " nhiệm vụ"))) && l != Done {
			return l
		}
	}
	return ""
}

// heldVotes returns the votes on ratings of the meetings of the cell on the day of the
// review, as their rooms have counted them.
func (s *Service) heldVotes(ctx context.Context, q db.Q, r Round, name string) ([]Held, error) {
	all, err := meeting.Around(ctx, q, r.Root, r.Organization, r.ReviewOn.In())
	if err != nil {
		return nil, err
	}
	var out []Held
	for _, m := range all {
		if m.Day() != r.ReviewOn || !m.State.Reached(meeting.Open) {
			continue
		}
		state, err := s.Room.StateOf(ctx, q, m.Root, m.ID)
		if err != nil {
			return nil, err
		}
		for _, v := range state.Votes {
			if v.Rule.Matter != proceedings.MatterRating || !v.IsClosed() || !v.Counted() || !v.Possible() {
				continue
			}
			out = append(out, Held{
				ID: v.ID, Question: v.Question, Meeting: m, For: v.Last().For, Against: v.Last().Against, Of: v.Result.Base,
				Level: levelIn(v.Question), Names: strings.Contains(search.Fold(v.Question), search.Fold(name)),
			})
		}
	}
	return out, nil
}

// Taking says which vote of the room gives a line its figure, and for which level it was.
type Taking struct {
	Vote  string `form:"vote"`
	Level Level  `form:"level"`
}

// TakeVotes writes what a vote of the room has counted for a level into a line, in place of
// typing it. What is proposed is then entered as ever.
func (s *Service) TakeVotes(ctx context.Context, who access.Person, roundID, subject string, f Taking) error {
	round, _, _, err := s.round(ctx, s.DB, who, roundID)
	if err != nil {
		return err
	}
	all, err := s.heldVotes(ctx, s.DB, round, "")
	if err != nil {
		return err
	}
	return s.change(ctx, who, roundID, subject, "rating.votes_taken", func(r Round, may right, line *Rating) error {
		if err := leadsIn(r, may, Voting); err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(h Held) bool { return h.ID == f.Vote })
		var c fault.Check
		c.That(i >= 0, "vote", "rating.problem.choice")
		c.That(slices.Contains(Levels, f.Level), "level", "rating.problem.choice")
		if err := c.Err(); err != nil {
			return err
		}
		line.Votes, line.VotedIn = line.Votes.with(f.Level, all[i].For), all[i].Meeting.ID
		return r.Rule().Check(line.Votes)
	})
}

// takingOf is the vote with which the choice begins: the first that names the subject.
func (c Card) takingOf() Taking {
	for _, h := range c.Held {
		if h.Names {
			return Taking{h.ID, h.Level}
		}
	}
	return Taking{}
}

// with returns the votes with n for a level.
func (v Votes) with(l Level, n int) Votes {
	switch l {
	case Excellent:
		v.Excellent = n
	case Good:
		v.Good = n
	case Done:
		v.Done = n
	case NotDone:
		v.NotDone = n
	}
	return v
}
