package proceedings

import (
	"encoding/json"
	"slices"

	"chibo/kit/fault"
	"chibo/kit/when"
)

// Accept says whether the act may be added to the meeting as it stands: nil, or a
// fault of kind Invalid (the act itself is wrong) or Conflict (it does not fit
// the meeting now). What others did meanwhile and its writer could not know is no
// reason to refuse it: then it need only fit what they knew. It does not look at who
// is signed in.
func Accept(s State, a Act) error {
	if !ValidID(a.ID) {
		return fault.New(fault.Invalid, "room.problem.id")
	}
	if a.At <= 0 {
		return fault.New(fault.Invalid, "room.problem.at")
	}
	if a.Device != "" && !ValidID(a.Device) || a.Seen < 0 {
		return fault.New(fault.Invalid, "room.problem.device")
	}
	b, err := decode(a.Kind, a.Body, true)
	if err != nil {
		return err
	}
	var c fault.Check
	if b.shape(&c); c.Err() != nil {
		return c.Err()
	}
	if err := s.belongs(a.Kind, b); err != nil {
		return err
	}
	if err := s.timely(a); err != nil {
		return err
	}
	if err := s.fit(b, a); err != nil {
		if then, less := s.knownTo(a); less {
			return then.fit(b, a)
		}
		return err
	}
	return nil
}

// Fits says why an act that says b may not be added now; nil when it may. Accept looks at
// the act too.
func (s State) Fits(b Body) error { return b.fits(&s) }

func (s *State) fit(b Body, a Act) error {
	if fix, ok := b.(*CorrectBody); ok {
		return s.mends(fix, a)
	}
	return b.fits(s)
}

// knownTo returns the meeting as the writer of an act knew it, and whether that was
// less than what is here.
func (s *State) knownTo(a Act) (State, bool) {
	late := s.inTurn(a)
	var known []*logged
	for _, l := range s.log {
		if late.knew(l) {
			known = append(known, l)
		}
	}
	if len(known) == len(s.log) || a.Device == "" && a.Seen == 0 {
		return State{}, false
	}
	return rebuild(s.Setup, known), true
}

// timely refuses what comes before the opening or after the closing. An act that
// was entered before the closing on a device out of reach is still taken, and a
// second closing by one who did not know of the first.
func (s *State) timely(a Act) error {
	switch {
	case s.Phase == Waiting && !a.Kind.In(Waiting):
		return fault.New(fault.Conflict, "room.problem.not_open")
	case a.Kind == KindClose && s.Phase == Closed && !s.knows(a, s.Closing.Act):
		return nil
	case s.Phase == Closed && !a.Kind.In(Closed) && a.At > s.Closing.At:
		return fault.New(fault.Conflict, "room.problem.closed")
	}
	return nil
}

// mends says whether a correction may be added: the act it corrects exists, what
// it puts in its place would have been accepted there, nothing stands on what it
// takes away, and a closed meeting stays whole.
func (s *State) mends(fix *CorrectBody, a Act) error {
	n := slices.IndexFunc(s.log, func(l *logged) bool { return l.act.ID == fix.Corrects })
	if n < 0 {
		return fault.New(fault.Conflict, "room.problem.gone")
	}
	target := s.log[n].act
	if target.Kind == KindVoteConfirm && !fix.Void {
		return fault.New(fault.Conflict, "room.problem.confirm_alone")
	}
	if target.Kind == KindVoteTally || target.Kind == KindVoteOpen && !fix.Void && s.byPhone(target.ID) {
		return fault.New(fault.Conflict, "room.problem.tally")
	}
	if target.Kind == KindCorrect || target.Kind == KindChoose {
		return fault.New(fault.Invalid, "room.problem.correct_correction")
	}
	if fix.Void {
		if err := s.voidable(target); err != nil {
			return err
		}
	} else if err := s.wouldFit(n, a.Body); err != nil {
		return err
	}
	after := Fold(*s, a)
	_, already := s.Blocked()
	if g, bad := after.Blocked(); bad && !already && s.Phase == Closed {
		return fault.New(fault.Conflict, "room.problem.leaves_gap", "Name", g.Name)
	}
	return nil
}

// byPhone reports whether ballots for a vote are taken by phone.
func (s *State) byPhone(vote string) bool {
	v := s.vote(vote)
	return v != nil && v.Method.Electronic()
}

func (s *State) voidable(target Act) error {
	if target.Kind == KindOpen || target.Kind == KindClose {
		return fault.New(fault.Conflict, "room.problem.void_frame")
	}
	for _, l := range s.log {
		if l.act.ID != target.ID && l.told != nil && mentions(l.told, target.ID) {
			return fault.New(fault.Conflict, "room.problem.in_use")
		}
	}
	return nil
}

// mentions reports whether a body names the id in one of its fields.
func mentions(b Body, id string) bool {
	switch b.(type) {
	case *CorrectBody, *ChooseBody:
		return false
	}
	raw, err := json.Marshal(b)
	if err != nil {
		return false
	}
	var fields map[string]any
	if json.Unmarshal(raw, &fields) != nil {
		return false
	}
	for _, v := range fields {
		if v == id {
			return true
		}
	}
	return false
}

// wouldFit says whether the corrected body would have been accepted in the place
// of act n of the log.
func (s *State) wouldFit(n int, raw json.RawMessage) error {
	b, err := Corrected(s.log[n].act.Kind, raw, true)
	if err != nil {
		return err
	}
	var c fault.Check
	if b.shape(&c); c.Err() != nil {
		return c.Err()
	}
	var before []*logged
	for m, l := range s.log {
		if m < n || m > n && l.act.Kind == KindCorrect {
			before = append(before, l)
		}
	}
	then := rebuild(s.Setup, before)
	return b.fits(&then)
}

// ValidID reports whether id is a UUID in its lower-case form of 36 letters.
func ValidID(id string) bool {
	if len(id) != 36 {
		return false
	}
	for n, r := range id {
		dash := n == 8 || n == 13 || n == 18 || n == 23
		hex := '0' <= r && r <= '9' || 'a' <= r && r <= 'f'
		if dash != (r == '-') || !dash && !hex {
			return false
		}
	}
	return true
}

// onRoll refuses members that are not on the roll; an empty id is left to the
// shape of the body.
func (s *State) onRoll(members ...string) error {
	for _, m := range members {
		if m != "" && s.attendee(m) == nil {
			return fault.New(fault.Conflict, "room.problem.not_on_roll")
		}
	}
	return nil
}

// known refuses a speaker who is neither member nor guest. Whether the member was
// marked present is not asked: the roll may be kept on another device.
func (s *State) known(speaker string) error {
	if s.Name(speaker) == "" {
		return fault.New(fault.Conflict, "room.problem.not_on_roll")
	}
	return nil
}

func (s *State) onAgenda(item string) error {
	if item != "" && s.item(item) == nil {
		return fault.New(fault.Conflict, "room.problem.no_item")
	}
	return nil
}

// notPast refuses a deadline before the day of the meeting.
func (s *State) notPast(due when.Date) error {
	if !due.IsZero() && due.Before(s.Day()) {
		var c fault.Check
		c.That(false, "due", "room.problem.due_past")
		return c.Err()
	}
	return nil
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
