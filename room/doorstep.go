//go:build !js

package room

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"chibo/kit/text"
	"chibo/proceedings"
)

// doorstep is what whoever stands at the doors must know of a room: of whom its acts
// speak, and who is on its frozen roll. Everybody of whom no act speaks has to be marked,
// and most people at a door are such. It is some hundred bytes a person, where a state is
// kilobytes.
type doorstep struct {
	seq     int64           // of the last act that it knows
	marked  map[string]bool // members whom marks speak of
	amended string          // the bodies of all corrections, which may speak of anybody
	roll    map[string]bool // members on the frozen roll; nil before the opening
	used    bool            // since Forget was last called
}

// spokenOf reports whether an act may have said where a member is.
func (d *doorstep) spokenOf(member string) bool {
	return d.marked[member] || strings.Contains(d.amended, member)
}

// hear adds acts that say where people are.
func (d *doorstep) hear(acts []proceedings.Act) {
	for _, a := range acts {
		d.seq = max(d.seq, a.Seq)
		var b proceedings.AttendanceBody
		if a.Kind == proceedings.KindAttendance && json.Unmarshal(a.Body, &b) == nil {
			d.mark(b.Member, a.Seq)
		} else {
			d.amended += string(a.Body)
		}
	}
}

// mark adds a mark of a member, whose act has that number.
func (d *doorstep) mark(member string, seq int64) {
	if d.marked == nil {
		d.marked = map[string]bool{}
	}
	d.marked[member] = true
	d.seq = max(d.seq, seq)
}

// add adds what is known of acts that came later, and the frozen roll where it is.
func (d *doorstep) add(news doorstep) {
	for member := range news.marked {
		d.mark(member, news.seq)
	}
	d.amended += news.amended
	d.seq = max(d.seq, news.seq)
	if news.roll != nil {
		d.roll = news.roll
	}
}

// rollOf reads who is on the roll that was frozen at the opening, given as the JSON of
// its setup; nil where the text is empty.
func rollOf(setup string) (map[string]bool, error) {
	if setup == "" {
		return nil, nil //nolint:nilnil // nobody is missing from no roll
	}
	var s struct {
		Roll []struct {
			ID string `json:"id"`
		} `json:"roll"`
	}
	if err := json.Unmarshal([]byte(setup), &s); err != nil {
		return nil, fmt.Errorf("frozen roll: %w", err)
	}
	text.Pack(&s)
	roll := make(map[string]bool, len(s.Roll))
	for _, p := range s.Roll {
		roll[p.ID] = true
	}
	return roll, nil
}

// doorsteps remembers the doorsteps of rooms in use. Nothing rests on it: what is
// missing is read.
type doorsteps struct {
	mu  sync.Mutex
	all map[place]*doorstep
}

// mostDoorsteps bounds what is remembered: 2 KB each in a cell of 24.
const mostDoorsteps = 8_000

// knows reports whether a room is remembered; of an opened one, its frozen roll too.
func (m *doorsteps) knows(p place, opened bool) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	d := m.all[p]
	return d != nil && (d.roll != nil || !opened)
}

// ask calls f with what is remembered of a room, an empty doorstep where there is none.
// f must neither change nor keep it.
func (m *doorsteps) ask(p place, f func(d *doorstep)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	d := m.all[p]
	if d == nil {
		d = &doorstep{}
	}
	d.used = true
	f(d)
}

// forget lets go of the rooms at whose doors nobody has stood since it was last called.
func (m *doorsteps) forget() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for p, d := range m.all {
		if !d.used {
			delete(m.all, p)
		}
		d.used = false
	}
}

// learn remembers what is known of all acts that have come to a room since number after, once
// they are durable.
func (m *doorsteps) learn(p place, after int64, news doorstep) {
	m.mu.Lock()
	defer m.mu.Unlock()
	d := m.all[p]
	if d == nil {
		d = &doorstep{}
	}
	if after > d.seq {
		return // some are not known here: they will be read
	}
	if m.all == nil {
		m.all = map[place]*doorstep{}
	}
	for other := range m.all { // any other will do
		if len(m.all) < mostDoorsteps {
			break
		}
		delete(m.all, other)
	}
	m.all[p] = d
	d.used = true
	d.add(news)
}
