package lesson

import (
	"context"
	"slices"
	"strings"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/notice"
	"chibo/organization"
)

// The needs of the feature.
const (
	// MayRead opens the pages; what stands there is said by the others.
	MayRead access.Need = "lesson.read"
	// See reads the cards of a cell.
	See access.Need = "lesson.see"
	// Learn writes cards of a cell for itself and ticks those that it was sent.
	Learn access.Need = "lesson.learn"
	// Oversee reads the cards of a committee and how far they have come.
	Oversee access.Need = "lesson.oversee"
	// Teach writes the cards of a committee and sends them.
	Teach access.Need = "lesson.teach"
)

// Service does what people do with cards.
type Service struct {
	DB    *db.DB
	Now   func() time.Time
	Audit audit.Log
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

// Write writes a card: of a committee as a draft that is sent later, of a cell for
// itself after one of its meetings, whose id is k.Subject.
func (s *Service) Write(ctx context.Context, who access.Person, k Lesson) (Lesson, error) {
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		var err error
		if k.Subject != "" {
			return s.writeOwn(ctx, tx, who, &k)
		}
		o, err := committee(ctx, tx, who, k.Organization)
		if err != nil {
			return err
		}
		if err := k.check(); err != nil {
			return err
		}
		k.Root, k.Origin = o.Root, Free
		k, err = s.Draft(ctx, tx, who, k)
		return err
	})
	return k, err
}

// committee returns a unit above the cells for which somebody writes cards.
func committee(ctx context.Context, q db.Q, who access.Person, organizationID string) (organization.Organization, error) {
	return organization.GetCommittee(ctx, q, who.Scope(Teach), organizationID)
}

// writeOwn writes a card of a cell for itself; it waits there at once.
func (s *Service) writeOwn(ctx context.Context, tx *db.Tx, who access.Person, k *Lesson) error {
	m, o, err := meeting.Get(ctx, tx, who.Scope(Learn), k.Subject)
	if err != nil {
		return err
	}
	if err := k.check(); err != nil {
		return err
	}
	if !m.State.Reached(meeting.Open) {
		return fault.New(fault.Conflict, "lesson.problem.not_held")
	}
	k.Root, k.Organization, k.Origin = o.Root, o.ID, OwnMeeting
	if k.Place == "" {
		k.Place = m.Title
	}
	if *k, err = s.Draft(ctx, tx, who, *k); err != nil {
		return err
	}
	return db.Insert(ctx, tx, "lesson_carry", Carry{Root: o.Root, Organization: o.ID, LessonRoot: k.Root, Lesson: k.ID, SentAt: s.now(), SentBy: who.Member})
}

// Draft writes a card within tx for a caller who has checked who may: the finding of a
// pilot meeting or a visit, of which only what was seen need be known.
func (s *Service) Draft(ctx context.Context, tx *db.Tx, who access.Person, k Lesson) (Lesson, error) {
	k.ID, k.WrittenAt, k.WrittenBy = id.New(), s.now(), who.Member
	if err := db.Insert(ctx, tx, "lesson", k); err != nil {
		return k, err
	}
	return k, s.Audit.Write(ctx, tx, who, k.Root, "lesson.written", k.ID, nil)
}

// written returns a card that somebody may change: their committee's, or their cell's own.
func written(ctx context.Context, q db.Q, who access.Person, lessonID string) (Lesson, organization.Organization, error) {
	k, err := find(ctx, q, who, lessonID)
	if err != nil {
		return k, organization.Organization{}, err
	}
	o, err := organization.Find(ctx, q, k.Root, k.Organization)
	if err != nil {
		return k, o, err
	}
	if need := needOf(k); !who.MayAt(need, o.Path) {
		return k, o, fault.New(fault.Forbidden, "fault.forbidden")
	}
	return k, o, nil
}

// needOf is what it takes to change a card.
func needOf(k Lesson) access.Need {
	if k.Own() {
		return Learn
	}
	return Teach
}

// untouched refuses a change to a card that a cell has taken up as it stands.
func untouched(ctx context.Context, q db.Q, k Lesson) error {
	all, err := carriesOf(ctx, q, access.Whole("", "/"), k)
	if err == nil && slices.ContainsFunc(all, func(c cellCarry) bool { return !c.Open() }) {
		err = fault.New(fault.Conflict, "lesson.problem.learned")
	}
	return err
}

// Rewrite changes the words of a card that no cell has taken up yet.
func (s *Service) Rewrite(ctx context.Context, who access.Person, lessonID string, words Lesson) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		k, _, err := written(ctx, tx, who, lessonID)
		if err != nil {
			return err
		}
		if err := untouched(ctx, tx, k); err != nil {
			return err
		}
		k.Seen, k.Why, k.Act, k.Place = words.Seen, words.Why, words.Act, words.Place
		if err := k.check(); err != nil {
			return err
		}
		if err := update(ctx, tx, k); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, k.Root, "lesson.rewritten", k.ID, nil)
	})
}

// Drop takes a card back that no cell has taken up yet, out of all agendas.
func (s *Service) Drop(ctx context.Context, who access.Person, lessonID string) error {
	var cells []cellCarry
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		k, _, err := written(ctx, tx, who, lessonID)
		if err != nil {
			return err
		}
		if err := untouched(ctx, tx, k); err != nil {
			return err
		}
		if cells, err = carriesOf(ctx, tx, access.Whole("", "/"), k); err != nil {
			return err
		}
		if err := remove(ctx, tx, k); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, k.Root, "lesson.dropped", k.ID, nil)
	})
	if err != nil {
		return err
	}
	return s.layAll(ctx, cells)
}

// Send sends a card of a committee to cells below it; those that have it already are not
// sent it twice. It returns to how many more it goes. Their agendas follow one by one:
// whatever keeps one from following now, it does when it is laid again.
func (s *Service) Send(ctx context.Context, who access.Person, lessonID string, to Address) (int, error) {
	var fresh []cellCarry
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		k, o, err := written(ctx, tx, who, lessonID)
		if err != nil {
			return err
		}
		if k.Own() || !k.Whole() {
			return fault.New(fault.Conflict, "lesson.problem.not_whole")
		}
		below, err := organization.Under(ctx, tx, access.Whole("", o.Path))
		if err != nil {
			return err
		}
		cells, err := to.Picks(below, s.now().Date())
		if err != nil {
			return err
		}
		if fresh, err = s.carry(ctx, tx, who, k, cells); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, k.Root, "lesson.sent", k.ID, map[string]int{"cells": len(fresh)})
	})
	if err != nil {
		return 0, err
	}
	return len(fresh), s.layAll(ctx, fresh)
}

// carry writes the ways of a card in the cells that have it not yet, and tells those who
// lead them.
func (s *Service) carry(ctx context.Context, tx *db.Tx, who access.Person, k Lesson, cells []organization.Organization) ([]cellCarry, error) {
	there, err := carriesOf(ctx, tx, access.Whole("", "/"), k)
	if err != nil {
		return nil, err
	}
	var fresh []cellCarry
	var rows []Carry
	for _, o := range cells {
		if slices.ContainsFunc(there, func(c cellCarry) bool { return c.Organization == o.ID }) {
			continue
		}
		row := Carry{Root: o.Root, Organization: o.ID, LessonRoot: k.Root, Lesson: k.ID, SentAt: s.now(), SentBy: who.Member}
		rows, fresh = append(rows, row), append(fresh, cellCarry{Carry: row, Name: o.Name, Path: o.Path})
		if err := s.tell(ctx, tx, k, o); err != nil {
			return nil, err
		}
	}
	if len(rows) == 0 {
		return nil, fault.New(fault.Conflict, "lesson.problem.all_have_it")
	}
	return fresh, db.InsertAll(ctx, tx, "lesson_carry", rows)
}

// tell tells those who lead a cell that a card has come.
func (s *Service) tell(ctx context.Context, tx *db.Tx, k Lesson, o organization.Organization) error {
	offices, err := organization.OfficesOn(ctx, tx, o.Root, o.ID, s.now().Date())
	if err != nil {
		return err
	}
	var leaders []string
	for _, f := range offices {
		if f.Post.Leads() {
			leaders = append(leaders, f.Member)
		}
	}
	return notice.Tell(ctx, tx, notice.Message{
		Root: o.Root, Organization: o.ID, Key: "lesson.told.sent", Args: notice.Args{"Seen": short(k.Seen)}, URL: k.Path(), At: s.now(),
	}, leaders...)
}

// Taking says at which meeting a cell has taken a card up, and what it does about it.
type Taking struct {
	Cell    string `form:"cell"`    // id
	Meeting string `form:"meeting"` // id; empty: not taken up after all
	Note    string `form:"note"`
}

// Tick says that a cell has taken a card up at one of its meetings, or, without a
// meeting, that it has not after all.
func (s *Service) Tick(ctx context.Context, who access.Person, lessonID string, t Taking) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		k, err := find(ctx, tx, who, lessonID)
		if err != nil {
			return err
		}
		o, err := organization.Get(ctx, tx, who.Scope(Learn), t.Cell)
		if err != nil {
			return err
		}
		before, err := carryIn(ctx, tx, k, o.Root, o.ID)
		if err != nil {
			return err
		}
		switch ticks := t.Meeting != ""; {
		case ticks && !before.Open():
			return fault.New(fault.Conflict, "lesson.problem.ticked")
		case !ticks && before.Open():
			return fault.New(fault.Conflict, "lesson.problem.not_ticked")
		}
		after := before
		after.DoneAt, after.DoneBy, after.Meeting, after.Note = 0, "", "", ""
		action := "lesson.unticked"
		if t.Meeting != "" {
			if err := heldSince(ctx, tx, before, t); err != nil {
				return err
			}
			action = "lesson.ticked"
			after.DoneAt, after.DoneBy, after.Meeting, after.Note = s.now(), who.Member, t.Meeting, strings.TrimSpace(t.Note)
		}
		if err := mark(ctx, tx, before, after); err != nil {
			return err
		}
		if err := s.layNext(ctx, tx, o.Root, o.ID); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, k.Root, action, k.ID, map[string]string{"cell": o.ID, "meeting": t.Meeting})
	})
}

// heldSince refuses a meeting at which the card cannot have been taken up.
func heldSince(ctx context.Context, q db.Q, k Carry, t Taking) error {
	m, err := meeting.Find(ctx, q, k.Root, t.Meeting)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	var c fault.Check
	c.That(err == nil && m.Organization == k.Organization && k.reaches(m), "meeting", "lesson.problem.meeting")
	c.That(len([]rune(t.Note)) <= longest, "note", "lesson.problem.long")
	return c.Err()
}
