package hall

import (
	"context"
	"sync"

	"chibo/kit/db"
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
	mu        sync.Mutex
	entrances map[string]knownEntrance // by meeting
	entered   int64                    // the number of the watch with which all of them were read
	lists     map[cellDay]knownList
	listed    int64      // as entered
	people    int        // on all lists
	reading   sync.Mutex // held while a roll is read, which all who wait for it need
}

// Bounds of what is remembered: half a kilobyte a door, 200 bytes a person.
const (
	mostDoors  = 10_000
	mostPeople = 100_000
)

type knownEntrance struct {
	Entrance
	number int64 // of the watch before it was read
}

type cellDay struct {
	root, organization string
	day                when.Date
}

// knownList is those of a roll who may enter, by member, with what confirms them.
type knownList struct {
	ends   map[string][]string
	number int64
}

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
	m.mu.Lock()
	known, found := m.entrances[meeting]
	m.mu.Unlock()
	if found && known.number == number {
		return known.Entrance, true, nil
	}
	e, found, err := entranceOf(ctx, s.DB, meeting)
	if err != nil || !found {
		return e, found, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if number < m.entered {
		return e, true, nil // is trusted by nobody
	}
	if m.entrances == nil || len(m.entrances) >= mostDoors || number > m.entered {
		m.entrances, m.entered = map[string]knownEntrance{}, number
	}
	m.entrances[meeting] = knownEntrance{e, number}
	return e, true, nil
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
func (s *Service) list(ctx context.Context, e Entrance) (map[string][]string, error) {
	s.memory.watch(s.DB)
	at, number := cellDay{e.Root, e.Organization, e.Day()}, s.memory.rolls.Number()
	known, found := s.memory.list(at, number)
	if !found {
		s.memory.reading.Lock()
		defer s.memory.reading.Unlock()
		known, found = s.memory.list(at, number)
	}
	if found {
		return known, nil
	}
	known, err := s.readList(ctx, at)
	if err == nil {
		s.memory.put(at, knownList{known, number})
	}
	return known, err
}

func (s *Service) readList(ctx context.Context, at cellDay) (map[string][]string, error) {
	roll, err := member.ListOn(ctx, s.DB, at.root, at.organization, at.day)
	if err != nil {
		return nil, err
	}
	ends := map[string][]string{}
	for _, p := range roll {
		if mayEnter(p.Standing) {
			ends[p.ID] = lastDigits(p.CardNumber, p.Phone)
		}
	}
	return ends, nil
}

func (m *memory) list(at cellDay, number int64) (map[string][]string, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	known, found := m.lists[at]
	return known.ends, found && known.number == number
}

func (m *memory) put(at cellDay, l knownList) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if l.number < m.listed {
		return // is trusted by nobody
	}
	m.people += len(l.ends) - len(m.lists[at].ends)
	if m.lists == nil || m.people > mostPeople || l.number > m.listed {
		m.lists, m.people, m.listed = map[cellDay]knownList{}, len(l.ends), l.number
	}
	m.lists[at] = l
}
