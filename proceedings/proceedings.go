// Package proceedings is what takes place in a meeting, between the moment the first
// person comes in and the moment the chair closes.
//
// A meeting is a log of acts. Nothing is edited in place: people arrive, an item starts,
// somebody speaks, hands are counted, a task is given, the chair concludes. Each is an
// Act with an identifier and a time made on the device, so that appending it twice is
// the same as once and several devices may write the same evening. A mistake is mended by
// a later act that corrects the earlier one; both stay in the log.
//
// Everything else is derived. Begin makes a State out of the Setup, which is what
// was known before the opening: agenda, roll, tasks of last month, guests, rules
// of voting. Fold adds acts. It never fails and it does not depend on the
// order in which the acts arrive: the state is folded over all acts in the order
// of their times, each behind what its writer knew. Where two devices have said
// different things of one matter without knowing of each other, the State names the
// Conflict. Accept says whether an act may be added now, in words that the person at
// the device can act on.
//
// The page of the room, the minutes, the ledger of tasks and the marks for the
// quality of the meeting are all read from a State. Nothing here knows database or web,
// so that the same rules run on a device without a network.
package proceedings

import (
	"encoding/json"
	"time"

	"chibo/kit/when"
)

// Act is one thing that happened in the room.
type Act struct {
	ID      string  `json:"id"` // a UUID made on the device; two acts with one ID are one act
	Meeting string  `json:"meeting"`
	Kind    ActKind `json:"kind"`
	// At is the clock of the device on which the act was entered.
	At when.Instant `json:"at"`
	// By is the account, or the helper, that entered the act; the server sets it.
	By string `json:"by"`
	// Via is the way by which it came in; the server sets it, see Via.
	Via  Via             `json:"via,omitempty"`
	Body json.RawMessage `json:"body"` // a flat object, see the type of the kind
	// Seq numbers the acts of a meeting from 1 in the order of their arrival at
	// the server, without gaps; 0 says that the server has not seen the act.
	Seq int64 `json:"seq"`
	// Received is the clock of the server when the act arrived.
	Received when.Instant `json:"received"`
	// Device is a random id of the browser in which the act was made, empty for the
	// plain forms of the server.
	Device string `json:"device,omitempty"`
	// Seen is the number up to which the writer had the log before them. An act with
	// neither Device nor Seen says nothing of what its writer knew.
	Seen int64 `json:"seen,omitempty"`
}

// Setup is what was known when the meeting opened. It is frozen at that moment:
// whoever moves to another cell next week was still on the roll tonight.
type Setup struct {
	Meeting      string       `json:"meeting"`
	Title        string       `json:"title"`
	Kind         string       `json:"kind"` // ordinary, thematic, combined, extraordinary, congress, professional, union
	Organization string       `json:"organization"`
	Cell         string       `json:"cell"` // name of the cell
	StartsAt     when.Instant `json:"starts_at"`
	Place        string       `json:"place"`
	Chair        string       `json:"chair"`        // member
	MinuteTaker  string       `json:"minute_taker"` // member
	Agenda       []Planned    `json:"agenda"`
	Roll         []Person     `json:"roll"` // in Vietnamese order of given names
	Guests       []Visitor    `json:"guests"`
	Tasks        []DueTask    `json:"tasks"`   // given earlier and to be judged tonight
	Carried      []Pending    `json:"carried"` // matters an earlier meeting has left
	Draft        string       `json:"draft"`   // draft resolution, Markdown
	Rules        []Rule       `json:"rules"`   // in force on the day of the meeting
	// SealedVotes: the cell has decided that it may vote in secret by phone.
	SealedVotes bool `json:"sealed_votes"`
	// SpeakingMinutes is how long a speaker has, as the cell has set it; 0 where it has
	// set nothing.
	SpeakingMinutes int `json:"speaking_minutes"`
	// QuorumNum and QuorumDen are the share of official members without which this
	// cell has said it does not open; 0/0 where it has said nothing. The Party's
	// rules name no quorum for a meeting of a cell.
	QuorumNum int `json:"quorum_num"`
	QuorumDen int `json:"quorum_den"`
}

// Planned is one item of the agenda as prepared.
type Planned struct {
	ID        string `json:"id"`
	Kind      string `json:"kind"` // item kind of the meeting feature: opening, report, discussion …
	Title     string `json:"title"`
	Minutes   int    `json:"minutes"`
	Presenter string `json:"presenter"` // name as it stands in the agenda
	Note      string `json:"note"`
}

// Person is one member on the roll with the rights of the day. Rights follow
// from the standing of the member on the day of the meeting.
type Person struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Standing string `json:"standing"` // standing of the member feature: official, probationary, exempt …
	Post     string `json:"post"`     // office in the cell, empty for most
	Group    string `json:"group"`    // tổ đảng, empty where the cell has none
	// Votes: may vote when in the room.
	Votes bool `json:"votes"`
	// Summoned: stays in the base of a vote when absent. An exempt member votes
	// but is not summoned: counted only when present.
	Summoned bool `json:"summoned"`
	// Counts: belongs to the denominator of attendance.
	Counts bool `json:"counts"`
	// Excuse is the reason code with which this member asked to be excused before
	// the meeting; empty for most.
	Excuse string `json:"excuse"`
}

// Visitor is a guest: a superior or somebody invited.
type Visitor struct {
	ID           string `json:"id"`
	Name         string `json:"name"`
	Office       string `json:"office"`
	Organisation string `json:"organisation"`
}

// DueTask is a task given earlier whose result is to be judged tonight.
type DueTask struct {
	ID       string    `json:"id"`
	Title    string    `json:"title"`
	Owners   []string  `json:"owners"` // members
	Due      when.Date `json:"due"`
	DoneWhen string    `json:"done_when"`
	Target   int       `json:"target"` // 0: not countable
	Reached  int       `json:"reached"`
	Unit     string    `json:"unit"`
}

// Pending is a matter that an earlier meeting has left to this one, or that this
// one leaves to the next: an opinion to be studied, a matter passed up that has no
// answer, a remark of the superior.
type Pending struct {
	Subject string    `json:"subject"` // the act it comes from
	Kind    string    `json:"kind"`    // study, answer, remark, passed
	Text    string    `json:"text"`
	Member  string    `json:"member"` // who answers for it, may be empty
	Due     when.Date `json:"due"`
	From    string    `json:"from"` // the meeting that left it first
}

// Phase says how far the meeting has come.
type Phase string

// The phases. Before the opening only arrivals and guests are entered; after the
// closing only what belongs to the minutes.
const (
	Waiting Phase = "waiting"
	Open    Phase = "open"
	Closed  Phase = "closed"
)

// State is the meeting as the acts tell it. It is a value: Fold returns a new
// one and leaves the old as it was. Lists are in the order in which things
// happened.
type State struct {
	Setup       Setup
	Phase       Phase
	Opening     Opening
	Closing     Closing
	Items       []Item     // in the order of the agenda, items added in the room where they were put
	Roll        []Attendee // in the order of the setup
	Guests      []Guest    // announced ones first
	Dues        []Dues
	Notes       []Note
	Requests    []Request
	Turns       []Turn
	Opinions    []Opinion
	Carried     []CarriedMatter // of the setup, answered or not
	Guidance    []Guidance
	Commended   []Commendation
	Judged      []Judged // last month's tasks in the order of the setup, judged or not
	Tasks       []Given  // tasks given tonight
	Votes       []Vote
	Nominations []Nomination
	Conclusions []Conclusion
	Resolution  Resolution // the draft, until somebody amends it
	Photos      []Photo
	Wordings    map[string]Wording // by passage of the minutes
	Readbacks   []Entry
	Objections  []Objection
	Adoption    Adoption
	// Conflicts are the places which devices have filled differently without knowing
	// of each other, until somebody chooses.
	Conflicts []Conflict

	log  []*logged // every act, in canonical order; entries never change
	late bool      // some act stands before the one it speaks of and had to wait
}

// Entry says which act something came from. The zero Entry says that it came
// from the setup.
type Entry struct {
	Act string       // id of the act; corrections speak of it
	At  when.Instant // clock of the device
	By  string       // account
	Via Via
	// Seq is the number the server gave, 0 while only this device knows the act.
	Seq int64
	// Received is the clock of the server.
	Received when.Instant
	// Corrected is when the entry was last corrected, zero for most.
	Corrected when.Instant
}

// Opening is how the meeting began.
type Opening struct {
	Entry
	Chair, MinuteTaker, Place string
	// Began is when the meeting really began; on paper evenings it is hours before
	// the act was entered.
	Began when.Instant
	// Paper: the evening was held with pen and paper and typed in afterwards.
	Paper bool
}

// Closing is how the meeting ended.
type Closing struct {
	Entry
	Ended when.Instant // when it really ended
}

// Progress says what has become of an item of the agenda.
type Progress string

// The progress of an item.
const (
	Ahead   Progress = "ahead"
	Running Progress = "running"
	Done    Progress = "done"
	Skipped Progress = "skipped"
)

// Item is one item of the agenda with its clock.
type Item struct {
	Entry // of the act that added it; zero for items of the agenda
	Planned
	Progress Progress
	Started  when.Instant  // the first time it was started
	Finished when.Instant  // the last time it was finished
	Reason   string        // why it was skipped
	spent    time.Duration // of the stretches that are over
	since    when.Instant  // start of the stretch that runs
}

// Spent returns how long the item has taken by now. Items may be interrupted and
// taken up again: the stretches are added up.
func (i Item) Spent(now when.Instant) time.Duration {
	if i.Progress != Running {
		return i.spent
	}
	return i.spent + max(0, now.Sub(i.since))
}

// Guest is somebody who is not on the roll: announced with the notice, or come
// unannounced.
type Guest struct {
	Entry
	Visitor
	// Here: came; announced guests count as absent until they are marked or speak.
	Here bool
}

// Dues is a report on the Party dues of the month.
type Dues struct {
	Entry
	Paid, Owing int // members
	Text        string
}

// Note is free text under an item of the agenda.
type Note struct {
	Entry
	Item, Text string
}

// Opinion is what somebody said, with what became of it.
type Opinion struct {
	Entry
	Item    string
	Speaker string // member or guest
	Stance  Stance
	Text    string
	Destiny Destiny // zero Fate: nothing yet
}

// Orphan reports whether the opinion still waits for its destiny. One that
// agrees or informs needs none.
func (o Opinion) Orphan() bool { return o.Stance.NeedsAnswer() && o.Destiny.Fate == "" }

// Destiny is what became of an opinion.
type Destiny struct {
	Entry
	Fate Fate
	Text string    // how it was explained, or what went into the conclusion
	Who  string    // member who studies it or carries it up
	Due  when.Date // by when
}

// CarriedMatter is a carried matter with what this meeting made of it.
type CarriedMatter struct {
	Pending
	Destiny Destiny // zero Fate: nothing
}

// Guidance is the word of the superior who attended.
type Guidance struct {
	Entry
	Speaker string // guest or member
	Text    string
}

// Commendation is praise, a reminder or criticism of a member.
type Commendation struct {
	Entry
	Member string
	Form   Form
	Text   string
}

// Judged is a task of last month with its verdict; the zero Verdict says that
// the meeting has not come to it.
type Judged struct {
	Entry
	DueTask
	Verdict       Verdict
	Report        string // what the owner told
	Cause, Remedy string
}

// Given is a task given tonight. Its ID is the id of its act.
type Given struct {
	Entry
	ID       string
	Item     string
	Title    string
	Owners   []string
	Due      when.Date
	DoneWhen string
	Target   int
	Unit     string
	Source   string // the paragraph of the resolution, the directive it rests on
}

// Conclusion is what the chair concluded on an item, or on the whole meeting
// where Item is empty.
type Conclusion struct {
	Entry
	Item, Text string
}

// Resolution is the text the meeting decides on, Markdown.
type Resolution struct {
	Entry
	Text    string
	Amended bool
}

// Photo is a picture taken in the room.
type Photo struct {
	Entry
	File    string // of the library
	Caption string
	Item    string
}

// Wording replaces the composed text of one passage of the minutes.
type Wording struct {
	Entry
	Text string
}

// Objection is what somebody held against the minutes when they were read back.
type Objection struct {
	Entry
	Speaker, Passage, Text string
}

// Adoption is the assent of those present to the minutes; the zero Entry says
// that there is none yet.
type Adoption struct {
	Entry
	Vote         string // the vote by which it was adopted, where there was one
	For, Against int
}

// Adopted reports whether the minutes were adopted in the room.
func (s State) Adopted() bool { return s.Adoption.Act != "" }

// Name returns the name of a member or guest, empty for an id that is neither.
func (s State) Name(id string) string {
	for _, p := range s.Setup.Roll {
		if p.ID == id {
			return p.Name
		}
	}
	for _, g := range s.Guests {
		if g.ID == id {
			return g.Name
		}
	}
	return ""
}

// Item returns the item of the agenda with this id.
func (s State) Item(id string) (Item, bool) {
	return find(s.Items, func(i Item) bool { return i.ID == id })
}

// Vote returns the vote with this id.
func (s State) Vote(id string) (Vote, bool) {
	return find(s.Votes, func(v Vote) bool { return v.ID == id })
}

// Current returns the item that is running.
func (s State) Current() (Item, bool) {
	return find(s.Items, func(i Item) bool { return i.Progress == Running })
}

// Next returns the first item ahead that comes after the running one, or the
// first one ahead at all.
func (s State) Next() (Item, bool) {
	start := 0
	for n, i := range s.Items {
		if i.Progress == Running {
			start = n + 1
		}
	}
	ahead := func(i Item) bool { return i.Progress == Ahead }
	if i, ok := find(s.Items[start:], ahead); ok {
		return i, true
	}
	return find(s.Items, ahead)
}

// Lasted returns how long the meeting has been going on by now, or how long it
// took.
func (s State) Lasted(now when.Instant) time.Duration {
	switch s.Phase {
	case Open:
		return max(0, now.Sub(s.Opening.Began))
	case Closed:
		return max(0, s.Closing.Ended.Sub(s.Opening.Began))
	}
	return 0
}

// Attendee returns the member of the roll with this id.
func (s State) Attendee(member string) (Attendee, bool) {
	return find(s.Roll, func(a Attendee) bool { return a.ID == member })
}

// Opinion returns the opinion that was entered by an act.
func (s State) Opinion(act string) (Opinion, bool) {
	return find(s.Opinions, func(o Opinion) bool { return o.Act == act })
}

// Matter returns the carried matter that comes from an act.
func (s State) Matter(subject string) (CarriedMatter, bool) {
	return find(s.Carried, func(m CarriedMatter) bool { return m.Subject == subject })
}

// Due returns the task of last month with this id, judged or not.
func (s State) Due(task string) (Judged, bool) {
	return find(s.Judged, func(j Judged) bool { return j.ID == task })
}

// Given returns the task given tonight with this id.
func (s State) Given(task string) (Given, bool) {
	return find(s.Tasks, func(t Given) bool { return t.ID == task })
}

func find[T any](list []T, is func(T) bool) (T, bool) {
	for _, v := range list {
		if is(v) {
			return v, true
		}
	}
	var none T
	return none, false
}
