package proceedings

import (
	"slices"

	"chibo/kit/fault"
)

// Duty is what somebody without an account does in this one meeting on a second device,
// let in by those who hold it: see package helper. Empty for everybody else.
type Duty string

// The duties.
const (
	Roll    Duty = "roll"    // điểm danh: who comes in
	Writing Duty = "writing" // ghi chép: what is said and agreed
)

// Duties lists them.
var Duties = []Duty{Roll, Writing}

// helps says of every kind of act with which duty it may be entered. A helper writes
// down what happens. What makes it happen, decides or stands surety for it stays with
// those who hold the meeting and answer for the minutes.
var helps = map[ActKind][]Duty{
	KindAttendance: {Roll, Writing},
	KindGuest:      {Roll, Writing},

	// How far the meeting has come, and what was said in it.
	KindItemStart:     {Writing},
	KindItemFinish:    {Writing},
	KindItemAdd:       {Writing},
	KindItemSkip:      {Writing},
	KindNote:          {Writing},
	KindDues:          {Writing},
	KindSpeakAsk:      {Writing},
	KindSpeakWithdraw: {Writing},
	KindSpeakStart:    {Writing},
	KindSpeakEnd:      {Writing},
	KindOpinion:       {Writing},
	KindDestiny:       {Writing},
	KindGuidance:      {Writing},
	KindCommend:       {Writing},
	KindVerdict:       {Writing},
	KindTask:          {Writing},
	KindConclude:      {Writing},
	KindResolution:    {Writing},
	// Figures that were called out. Whether they stand is said by the close.
	KindVoteCount: {Writing},
	KindVoteSheet: {Writing},

	// Their own slip alone: see State.Permits.
	KindCorrect: {Roll, Writing},

	KindOpen:        nil, // the chair opens and closes
	KindClose:       nil,
	KindVoteOpen:    nil, // what is put to the vote, by which way and between whom, is the chair's word
	KindNominate:    nil,
	KindWithdraw:    nil,
	KindVoteClose:   nil, // the close makes a result of the figures
	KindVoteConfirm: nil, // a second person of the meeting stands by the count
	KindVoteTally:   nil, // comes from the ballots themselves
	KindPhoto:       nil, // lies in the library of the cell, which a helper cannot open
	KindWording:     nil, // the minutes are worded, read and adopted on their own page,
	KindReadback:    nil, // by those who sign them
	KindObjection:   nil,
	KindAdopt:       nil,
	KindChoose:      nil, // says which of two people was right
}

// Enters reports whether acts of the kind may be entered with the duty.
func (d Duty) Enters(k ActKind) bool { return slices.Contains(helps[k], d) }

// Permits refuses an act that is not part of a duty, a correction of what somebody else
// has entered, and what a helper has entered after the closing. by is the helper.
func (s State) Permits(d Duty, by string, a Act) error {
	kind := a.Kind
	if fix, ok := a.Correction(); ok {
		target, found := s.logged(fix.Corrects)
		if !found || target.act.By != by {
			return fault.New(fault.Forbidden, "room.problem.not_own")
		}
		kind = target.act.Kind
	}
	switch {
	case !d.Enters(kind):
		return fault.New(fault.Forbidden, "room.problem.duty")
	case s.Phase == Closed && a.At > s.Closing.At:
		return fault.New(fault.Conflict, "room.problem.closed")
	}
	return nil
}
