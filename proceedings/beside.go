package proceedings

import (
	"slices"

	"chibo/kit/fault"
)

// The meetings of collectives beside the cell: its people write down those of their office
// (sinh hoạt chuyên môn) and of their trade union (sinh hoạt công đoàn) as they write down
// their own. What the Party's rules order is not there: no dues, no elections, no secret
// ballots, no resolution of the cell, nothing that goes up to the superior. Hands are counted against those in the room.

// Beside reports whether the setup is that of the meeting of a collective beside the cell.
func (s Setup) Beside() bool { return s.Kind == ProfessionalMeeting || s.Kind == UnionMeeting }

// Page is the page on which the meeting is prepared.
func (s Setup) Page() string {
	if s.Beside() {
		return "/collectives/meetings/" + s.Meeting
	}
	return "/meetings/" + s.Meeting
}

// Beside reports whether the meeting is that of a collective beside the cell.
func (s State) Beside() bool { return s.Setup.Beside() }

// ofPresent is what a rule of voting says of a base of those in the room.
const ofPresent = "người có mặt"

// RulesBeside are the rules of voting in meetings beside the cell. What their own statutes ask
// for is not known here: more than half of those in the room is what a meeting does that has
// agreed nothing else, and the source says so.
func RulesBeside() []Rule {
	const source = "nền nếp của cuộc họp; quy định riêng, nếu có, do người chủ trì áp dụng"
	var rules []Rule
	for _, m := range []Matter{MatterResolution, MatterProgramme, MatterMinutes} {
		rules = append(rules, Rule{Matter: m, Num: 1, Den: 2, Strict: true, Method: Hand, Source: source, Of: ofPresent})
	}
	return rules
}

// ofCell are the acts that only meetings of the cell have.
var ofCell = []ActKind{KindDues, KindNominate, KindWithdraw, KindVoteSheet, KindVoteTally, KindVoteConfirm, KindResolution}

// Takes reports whether acts of a kind belong to meetings like this one.
func (s State) Takes(k ActKind) bool { return !s.Beside() || !slices.Contains(ofCell, k) }

// Methods are the ways in which this meeting may vote.
func (s State) Methods() []Method {
	switch {
	case s.Beside():
		return []Method{Hand}
	case s.Setup.SealedVotes:
		return []Method{Hand, Ballot, Phone, Sealed}
	}
	return []Method{Hand, Ballot, Phone}
}

// Fates are what may become of an opinion in this meeting.
func (s State) Fates() []Fate {
	if s.Beside() {
		return []Fate{IntoConclusion, Explained, ToStudy}
	}
	return []Fate{IntoConclusion, Explained, PassedUp, ToStudy}
}

// belongs refuses what only meetings of the cell have.
func (s State) belongs(k ActKind, b Body) error {
	ok := s.Takes(k)
	switch b := b.(type) {
	case *VoteOpenBody:
		ok = ok && (!s.Beside() || b.Method == "" || b.Method == Hand)
	case *DestinyBody:
		ok = ok && slices.Contains(s.Fates(), b.Fate)
	}
	if !ok {
		return fault.New(fault.Conflict, "room.problem.beside")
	}
	return nil
}

// Body is who decides and assigns, within a sentence of the record.
func (s State) Body() string {
	switch {
	case s.Congress():
		return "đại hội"
	case s.Beside():
		return "cuộc họp"
	}
	return "chi bộ"
}

// People is how the record counts who took part: "12 đồng chí", "12 người".
func (s State) People() string {
	if s.Beside() {
		return "người"
	}
	return "đồng chí"
}
