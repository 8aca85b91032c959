package proceedings

import (
	"fmt"
	"slices"
	"time"

	"chibo/kit/fault"
	"chibo/kit/when"
)

// The kinds of act with which people get to speak.
const (
	KindSpeakAsk      ActKind = "speak.ask"
	KindSpeakWithdraw ActKind = "speak.withdraw"
	KindSpeakStart    ActKind = "speak.start"
	KindSpeakEnd      ActKind = "speak.end"
)

// SpeakAskBody raises a hand: somebody asks to speak.
type SpeakAskBody struct {
	Speaker string `json:"speaker" form:"speaker"` // member or guest
	Item    string `json:"item" form:"item"`
}

// SpeakWithdrawBody takes a hand down.
type SpeakWithdrawBody struct {
	Request string `json:"request" form:"request"` // act that raised it
}

// SpeakStartBody gives somebody the floor, whose turn has the id of the act;
// whoever had it has finished.
type SpeakStartBody struct {
	Speaker string `json:"speaker" form:"speaker"` // member or guest
	Item    string `json:"item" form:"item"`
	Request string `json:"request" form:"request"` // act of the hand that is answered; empty: called without one
}

// SpeakEndBody ends a turn.
type SpeakEndBody struct {
	Turn string `json:"turn" form:"turn"` // act that gave the floor
}

// Request is a raised hand: somebody has asked to speak.
type Request struct {
	Entry
	Speaker, Item string
	Withdrawn     Entry // zero: not taken down
}

// Turn is the time for which somebody had the floor. Its ID is the id of its act.
type Turn struct {
	Entry
	ID            string
	Speaker, Item string
	Request       string       // act of the hand it answers, empty for most who were called without one
	Ended         when.Instant // zero: still speaks
}

// Lasted returns how long the turn has been by now, or how long it was.
func (t Turn) Lasted(now when.Instant) time.Duration {
	if !t.Ended.IsZero() {
		now = t.Ended
	}
	return max(0, now.Sub(t.At))
}

// Floor returns the turn of whoever speaks now.
func (s State) Floor() (Turn, bool) {
	if s.Phase != Open {
		return Turn{}, false
	}
	return find(s.Turns, func(t Turn) bool { return t.Ended.IsZero() })
}

// Queue returns the hands that are up, in the order in which they were raised, one
// for each speaker. Nobody is passed over: the order is that of asking, and whom to
// call next the chair decides, see Suggested.
func (s State) Queue() []Request {
	var up []Request
	for _, r := range s.Requests {
		if s.waits(r) && !slices.ContainsFunc(up, func(o Request) bool { return o.Speaker == r.Speaker }) {
			up = append(up, r)
		}
	}
	return up
}

// waits reports whether a hand is still up: not taken down, not called, and its
// owner has not left. A hand that was called under another id, on a device that did
// not know it, comes down by the clock.
func (s State) waits(r Request) bool {
	if s.Phase != Open || !r.Withdrawn.At.IsZero() {
		return false
	}
	if a, ok := find(s.Roll, func(a Attendee) bool { return a.ID == r.Speaker }); ok && !a.Here() && a.Status != Unmarked {
		return false
	}
	return !slices.ContainsFunc(s.Turns, func(t Turn) bool { return t.Request == r.Act || t.Speaker == r.Speaker && t.At >= r.At })
}

// SpeakerOf returns who raised a hand or had a turn, by its act; empty for any other.
func (s State) SpeakerOf(act string) string {
	if r, ok := find(s.Requests, func(r Request) bool { return r.Act == act }); ok {
		return r.Speaker
	}
	t, _ := find(s.Turns, func(t Turn) bool { return t.ID == act })
	return t.Speaker
}

// Suggested returns the hand that the page puts forward: the first of those who
// have not spoken tonight, else the first. It changes nothing in the Queue.
func (s State) Suggested() (Request, bool) {
	q, times := s.Queue(), s.times()
	if r, ok := find(q, func(r Request) bool { return times[r.Speaker] == 0 }); ok {
		return r, true
	}
	if len(q) == 0 {
		return Request{}, false
	}
	return q[0], true
}

// Times returns how often a member or guest has spoken tonight.
func (s State) Times(speaker string) int {
	turns, opinions := 0, 0
	for _, t := range s.Turns {
		if t.Speaker == speaker {
			turns++
		}
	}
	for _, o := range s.Opinions {
		if o.Speaker == speaker {
			opinions++
		}
	}
	return max(turns, opinions)
}

// times counts for everybody how often they have spoken. What is said in a turn is
// often written down as an opinion, and an opinion is often given without a turn, so
// it is the greater of both numbers.
func (s *State) times() map[string]int {
	turns, opinions := map[string]int{}, map[string]int{}
	for _, t := range s.Turns {
		turns[t.Speaker]++
	}
	for _, o := range s.Opinions {
		opinions[o.Speaker]++
	}
	for speaker, n := range opinions {
		turns[speaker] = max(n, turns[speaker])
	}
	return turns
}

// Silent returns those in the room who have not spoken yet, for the eyes of the
// chair.
func (s State) Silent() []Attendee {
	var quiet []Attendee
	for _, a := range s.Roll {
		if a.Here() && a.Spoke == 0 {
			quiet = append(quiet, a)
		}
	}
	return quiet
}

// Earlier is what the meetings of this quarter before this one have shown, told to
// whoever may hold the meeting and to nobody else: so that the chair can draw out
// those who have been silent. It is no part of the Setup, which others read.
type Earlier struct {
	Meetings int      `json:"meetings"`
	Spoke    []string `json:"spoke"` // members who spoke at one of them
}

// Quiet returns those of the silent who have not spoken earlier in the quarter.
func (e Earlier) Quiet(silent []Attendee) []Attendee {
	return slices.DeleteFunc(slices.Clone(silent), func(a Attendee) bool { return slices.Contains(e.Spoke, a.ID) })
}

// Voices is the share of those who came that have spoken, with what it is made of:
// a line of the rubric for the quality of a meeting (HD 42-HD/BTCTW, 28/10/2025;
// KH 08-KH/ĐU, Đảng ủy phường An Phú, 19/09/2025, line 4.5: more than half gives
// full marks). Members of the roll who took part are counted, be it late or not to
// the end; guests are not.
type Voices struct {
	Spoke []string // members who came and have spoken, in the order of the roll
	Came  int
}

// Voices counts who has spoken.
func (s State) Voices() Voices {
	var v Voices
	for _, a := range s.Roll {
		if !a.Came() {
			continue
		}
		v.Came++
		if a.Spoke > 0 {
			v.Spoke = append(v.Spoke, a.ID)
		}
	}
	return v
}

// Words is the share with its arithmetic: "19/28 đồng chí dự họp đã phát biểu, đạt
// 67,9%".
func (v Voices) Words() string {
	return fmt.Sprintf("%d/%d đồng chí dự họp đã phát biểu, đạt %s", len(v.Spoke), v.Came, Percent(len(v.Spoke), v.Came))
}

// OwnHand is the body with which a member raises or takes down their own hand; nil
// where it is so already.
func (s State) OwnHand(k ActKind, member string) (Body, error) {
	if s.attendee(member) == nil {
		return nil, fault.New(fault.NotFound, "fault.not_found")
	}
	if s.Phase != Open {
		return nil, fault.New(fault.Conflict, "room.problem.not_open_now")
	}
	up := s.asked(member)
	switch {
	case k == KindSpeakAsk && up == nil:
		item, _ := s.Current()
		return &SpeakAskBody{Speaker: member, Item: item.ID}, nil
	case k == KindSpeakWithdraw && up != nil:
		return &SpeakWithdrawBody{Request: up.Act}, nil
	case k == KindSpeakAsk || k == KindSpeakWithdraw:
		return nil, nil
	}
	return nil, fault.New(fault.NotFound, "fault.not_found")
}

func (b *SpeakAskBody) shape(c *fault.Check) {
	c.That(b.Speaker != "", "speaker", "room.problem.speaker")
}

func (b *SpeakWithdrawBody) shape(*fault.Check) {}

func (b *SpeakStartBody) shape(c *fault.Check) {
	c.That(b.Speaker != "", "speaker", "room.problem.speaker")
}

func (b *SpeakEndBody) shape(*fault.Check) {}

func (b *SpeakAskBody) fits(s *State) error {
	if err := first(s.onAgenda(b.Item), s.known(b.Speaker)); err != nil {
		return err
	}
	if a := s.attendee(b.Speaker); a != nil && !a.Here() && a.Status != Unmarked {
		return fault.New(fault.Conflict, "room.problem.not_here", "Name", a.Name)
	}
	if t, ok := s.Floor(); ok && t.Speaker == b.Speaker {
		return fault.New(fault.Conflict, "room.problem.speaks", "Name", s.Name(b.Speaker))
	}
	if s.asked(b.Speaker) != nil {
		return fault.New(fault.Conflict, "room.problem.hand_up", "Name", s.Name(b.Speaker))
	}
	return nil
}

func (b *SpeakWithdrawBody) fits(s *State) error {
	r, ok := find(s.Requests, func(r Request) bool { return r.Act == b.Request })
	if !ok || !s.waits(r) {
		return fault.New(fault.Conflict, "room.problem.hand_down")
	}
	return nil
}

// Whoever is called in the room need not have raised a hand.
func (b *SpeakStartBody) fits(s *State) error {
	if t, ok := s.Floor(); ok && t.Speaker == b.Speaker {
		return fault.New(fault.Conflict, "room.problem.speaks", "Name", s.Name(b.Speaker))
	}
	if _, ok := find(s.Requests, func(r Request) bool { return r.Act == b.Request }); b.Request != "" && !ok {
		return fault.New(fault.Conflict, "room.problem.gone")
	}
	return first(s.onAgenda(b.Item), s.known(b.Speaker))
}

func (b *SpeakEndBody) fits(s *State) error {
	t, ok := find(s.Turns, func(t Turn) bool { return t.ID == b.Turn })
	if !ok {
		return fault.New(fault.Conflict, "room.problem.gone")
	}
	if !t.Ended.IsZero() {
		return fault.New(fault.Conflict, "room.problem.turn_over", "Name", s.Name(t.Speaker))
	}
	return nil
}

func (b *SpeakAskBody) apply(s *State, e Entry) bool {
	s.Requests = append(s.Requests, Request{Entry: e, Speaker: b.Speaker, Item: b.Item})
	return true
}

func (b *SpeakWithdrawBody) apply(s *State, e Entry) bool {
	r := ref(s.Requests, func(r Request) bool { return r.Act == b.Request })
	if r == nil {
		return false
	}
	r.Withdrawn = e
	return true
}

func (b *SpeakStartBody) apply(s *State, e Entry) bool {
	s.hush(e.At)
	s.Turns = append(s.Turns, Turn{Entry: e, ID: e.Act, Speaker: b.Speaker, Item: b.Item, Request: b.Request})
	return true
}

func (b *SpeakEndBody) apply(s *State, e Entry) bool {
	t := ref(s.Turns, func(t Turn) bool { return t.ID == b.Turn })
	if t == nil {
		return false
	}
	t.end(e.At)
	return true
}

// hush ends the turn of whoever has the floor.
func (s *State) hush(at when.Instant) {
	for n := range s.Turns {
		s.Turns[n].end(at)
	}
}

// end ends a turn that goes on; the clock of another device may be behind.
func (t *Turn) end(at when.Instant) {
	if t.Ended.IsZero() {
		t.Ended = max(at, t.At)
	}
}

// asked is the request of a speaker that waits, nil where there is none.
func (s *State) asked(speaker string) *Request {
	return ref(s.Requests, func(r Request) bool { return r.Speaker == speaker && s.waits(r) })
}
