package hall

import (
	"context"
	"sync"

	"chibo/kit/db"
	"chibo/kit/text"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/member"
)

// memory keeps the doors at which people stand and the rolls on which they are looked
// for, so that a check-in reads neither. It is trusted for as long as the database says
// that nothing that it rests on has changed.
type memory struct {
	once      sync.Once
	doors     *db.Watch
	rolls     *db.Watch
	entrances db.Memory[string, Entrance] // by meeting
	lists     db.Memory[cellDay, list]
	reading   sync.Mutex // held while a roll is read, which all who wait for it need
}

// Bounds of what is remembered: half a kilobyte a door, 200 bytes a person.
const (
	mostDoors  = 10_000
	mostPeople = 100_000
)

type cellDay struct {
	root, organization string
	day                when.Date
}

// list is those of a roll who may enter, by member, with what confirms them.
type list map[string][]string

func (m *memory) watch(d *db.DB) {
	m.once.Do(func() {
		m.doors = d.Watch("door", "meeting", "organization")
		m.rolls = d.Watch("member", "member_standing")
	})
}

// entrance returns the door of a meeting, whoever asks: see entranceOf.
func (s *Service) entrance(ctx context.Context, meeting string) (Entrance, bool, error) {
	m := &s.memory
	m.watch(s.DB)
	number := m.doors.Number()
	if e, known := m.entrances.Get(meeting, number); known {
		return e, true, nil
	}
	e, found, err := entranceOf(ctx, s.DB, meeting)
	if err == nil && found {
		m.entrances.Put(meeting, number, e, 1, mostDoors)
	}
	return e, found, err
}

// expect reads what must be known at a door before anybody there presses the button.
func (s *Service) expect(ctx context.Context, e Entrance) error {
	if err := s.Room.Await(ctx, e.Root, e.Meeting, e.State == meeting.Open); err != nil {
		return err
	}
	_, err := s.list(ctx, e)
	return err
}

// mayConfirm returns the last digits that confirm a member of the roll; false for
// whoever does not check in at this door.
func (s *Service) mayConfirm(ctx context.Context, e Entrance, memberID string) (ends []string, listed bool, err error) {
	all, err := s.list(ctx, e)
	ends, listed = all[memberID]
	return ends, listed, err
}

// list returns those who may check in at a door, with what confirms them.
func (s *Service) list(ctx context.Context, e Entrance) (list, error) {
	m := &s.memory
	m.watch(s.DB)
	at, number := cellDay{e.Root, e.Organization, e.Day()}, m.rolls.Number()
	known, found := m.lists.Get(at, number)
	if !found {
		m.reading.Lock()
		defer m.reading.Unlock()
		known, found = m.lists.Get(at, number)
	}
	if found {
		return known, nil
	}
	known, err := s.readList(ctx, at)
	if err == nil {
		m.lists.Put(at, number, known, len(known), mostPeople)
	}
	return known, err
}

func (s *Service) readList(ctx context.Context, at cellDay) (list, error) {
	roll, err := member.ListOn(ctx, s.DB, at.root, at.organization, at.day)
	if err != nil {
		return nil, err
	}
	type person struct {
		ID   string
		upTo int // where the numbers of the next begin
	}
	var people []person
	var numbers []string
	for _, p := range roll {
		if mayEnter(p.Standing) {
			numbers = append(numbers, lastDigits(p.CardNumber, p.Phone)...)
			people = append(people, person{p.ID, len(numbers)})
		}
	}
	text.Pack(&people, &numbers) // else the whole numbers would be kept
	ends, from := make(list, len(people)), 0
	for _, p := range people {
		ends[p.ID] = numbers[from:p.upTo:p.upTo]
		from = p.upTo
	}
	return ends, nil
}
