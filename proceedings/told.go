package proceedings

import (
	"cmp"
	"encoding/json"
	"slices"
)

// reads reports whether whoever has the duty is told what acts of the kind say. At the
// roll that is who is here and whether the meeting goes on, nothing of what is said.
func (d Duty) reads(k ActKind) bool {
	return d == Writing || d.Enters(k) || k == KindOpen || k == KindClose
}

// Setup is what is told of a prepared meeting: to nobody why somebody has asked to be
// excused, and at the roll only who is expected.
func (d Duty) Setup(s Setup) Setup {
	if d == Roll {
		s = Setup{
			Meeting: s.Meeting, Title: s.Title, Kind: s.Kind, Organization: s.Organization, Cell: s.Cell,
			StartsAt: s.StartsAt, Place: s.Place, Chair: s.Chair, MinuteTaker: s.MinuteTaker,
			Roll: s.Roll, Guests: s.Guests, QuorumNum: s.QuorumNum, QuorumDen: s.QuorumDen,
		}
	}
	return s.Discreet()
}

// Discreet is what is known without why anybody has asked to be excused, for all who do
// not hold the meeting.
func (s Setup) Discreet() Setup {
	s.Roll = slices.Clone(s.Roll)
	for n := range s.Roll {
		s.Roll[n].Excuse = ""
	}
	return s
}

// Acts is what is told of the log, in the order of arrival. An act that a duty does not read keeps its number and
// its times and says nothing, so that the numbers have no gap.
func (d Duty) Acts(s State) []Act {
	acts := s.Acts()
	slices.SortFunc(acts, func(a, b Act) int { return cmp.Compare(a.Seq, b.Seq) })
	for n, a := range acts {
		switch kind := s.about(a); {
		case !d.reads(kind):
			acts[n] = Act{ID: a.ID, Meeting: a.Meeting, At: a.At, Seq: a.Seq, Received: a.Received, Device: a.Device, Seen: a.Seen, Body: json.RawMessage("{}")}
		case kind == KindAttendance:
			acts[n].Body = without(a.Body, "reason", "because")
		}
	}
	return acts
}

// about is the kind of what an act speaks of: that of the act it corrects or chooses,
// else its own; empty where that is not there.
func (s State) about(a Act) ActKind {
	for range 3 { // a choice of a correction of an act is the longest way
		id := ""
		switch b := read(a).body.(type) {
		case *CorrectBody:
			id = b.Corrects
		case *ChooseBody:
			id = b.Chosen
		default:
			return a.Kind
		}
		l, ok := s.logged(id)
		if !ok {
			break
		}
		a = l.act
	}
	return ""
}

// Reasoned is an absence that a helper excuses, with the reason with which the member
// has asked for it: a helper is not told it.
func (s State) Reasoned(a Act) Act {
	b, ok := read(a).body.(*AttendanceBody)
	if !ok || b.Status != Excused || b.Reason != "" {
		return a
	}
	who, ok := s.Attendee(b.Member)
	if !ok || who.Excuse == "" {
		return a
	}
	b.Reason = who.Excuse
	if raw, err := json.Marshal(b); err == nil {
		a.Body = raw
	}
	return a
}

// without is a body without some of its fields.
func without(body json.RawMessage, names ...string) json.RawMessage {
	fields := map[string]json.RawMessage{}
	if json.Unmarshal(body, &fields) != nil {
		return json.RawMessage("{}")
	}
	for _, name := range names {
		delete(fields, name)
	}
	out, err := json.Marshal(fields)
	if err != nil {
		return json.RawMessage("{}")
	}
	return out
}
