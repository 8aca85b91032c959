package proceedings

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/when"
)

// ActKind names what happened; the body of the act is the type of its kind.
type ActKind string

// The kinds of act.
const (
	KindOpen        ActKind = "open"
	KindAttendance  ActKind = "attendance"
	KindGuest       ActKind = "guest"
	KindItemStart   ActKind = "item.start"
	KindItemFinish  ActKind = "item.finish"
	KindItemAdd     ActKind = "item.add"
	KindItemSkip    ActKind = "item.skip"
	KindNote        ActKind = "note"
	KindDues        ActKind = "dues"
	KindOpinion     ActKind = "opinion"
	KindDestiny     ActKind = "destiny"
	KindGuidance    ActKind = "guidance"
	KindCommend     ActKind = "commend"
	KindVerdict     ActKind = "verdict"
	KindTask        ActKind = "task"
	KindVoteOpen    ActKind = "vote.open"
	KindVoteCount   ActKind = "vote.count"
	KindVoteTally   ActKind = "vote.tally"
	KindVoteSheet   ActKind = "vote.sheet"
	KindVoteConfirm ActKind = "vote.confirm"
	KindVoteClose   ActKind = "vote.close"
	KindNominate    ActKind = "nominate"
	KindWithdraw    ActKind = "withdraw"
	KindConclude    ActKind = "conclude"
	KindResolution  ActKind = "resolution"
	KindPhoto       ActKind = "photo"
	KindWording     ActKind = "wording"
	KindReadback    ActKind = "readback"
	KindObjection   ActKind = "objection"
	KindAdopt       ActKind = "adopt"
	KindClose       ActKind = "close"
	KindCorrect     ActKind = "correct"
	KindChoose      ActKind = "choose"
)

// Limits of what an act may carry, in letters.
const (
	maxLine       = 300
	maxText       = 4_000
	maxUnit       = 40
	maxResolution = 60_000
	maxNames      = 1_000
	maxNumber     = 1_000_000
)

// Body is what an act of one kind says. Bodies are flat: their fields are text,
// numbers, yes or no, and lists of text, under the same names in JSON and in
// forms, so that a plain form can become an act.
type Body interface {
	// shape checks the body by itself.
	shape(c *fault.Check)
	// fits says why the act may not be added to s now; nil when it may.
	fits(s *State) error
	// apply adds the effect to s and reports whether what it speaks of is there.
	apply(s *State, e Entry) bool
}

// kind says how a body is made and whether its act still may come after the
// meeting was closed, or before it was opened.
type kind struct {
	make          func() Body
	before, after bool
}

func of[T any, P interface {
	*T
	Body
}]() func() Body {
	return func() Body { return P(new(T)) }
}

var kinds = map[ActKind]kind{
	KindOpen:        {make: of[OpenBody](), before: true},
	KindAttendance:  {make: of[AttendanceBody](), before: true},
	KindGuest:       {make: of[GuestBody](), before: true},
	KindItemStart:   {make: of[ItemStartBody]()},
	KindItemFinish:  {make: of[ItemFinishBody]()},
	KindItemAdd:     {make: of[ItemAddBody]()},
	KindItemSkip:    {make: of[ItemSkipBody]()},
	KindNote:        {make: of[NoteBody]()},
	KindDues:        {make: of[DuesBody]()},
	KindOpinion:     {make: of[OpinionBody]()},
	KindDestiny:     {make: of[DestinyBody](), after: true}, // an opinion may arrive late
	KindGuidance:    {make: of[GuidanceBody]()},
	KindCommend:     {make: of[CommendBody]()},
	KindVerdict:     {make: of[VerdictBody]()},
	KindTask:        {make: of[TaskBody]()},
	KindVoteOpen:    {make: of[VoteOpenBody]()},
	KindVoteCount:   {make: of[VoteCountBody]()},
	KindVoteTally:   {make: of[VoteTallyBody]()},
	KindVoteSheet:   {make: of[VoteSheetBody]()},
	KindVoteConfirm: {make: of[VoteConfirmBody](), after: true},
	KindVoteClose:   {make: of[VoteCloseBody]()},
	KindNominate:    {make: of[NominateBody]()},
	KindWithdraw:    {make: of[WithdrawBody]()},
	KindConclude:    {make: of[ConcludeBody]()},
	KindResolution:  {make: of[ResolutionBody]()},
	KindPhoto:       {make: of[PhotoBody](), after: true},
	KindWording:     {make: of[WordingBody](), after: true},
	KindReadback:    {make: of[ReadbackBody](), after: true},
	KindObjection:   {make: of[ObjectionBody](), after: true},
	KindAdopt:       {make: of[AdoptBody](), after: true},
	KindClose:       {make: of[CloseBody]()},
	KindCorrect:     {make: of[CorrectBody](), before: true, after: true},
	KindChoose:      {make: of[ChooseBody](), before: true, after: true},

	KindSpeakAsk:      {make: of[SpeakAskBody]()},
	KindSpeakWithdraw: {make: of[SpeakWithdrawBody]()},
	KindSpeakStart:    {make: of[SpeakStartBody]()},
	KindSpeakEnd:      {make: of[SpeakEndBody]()},
}

// Kinds lists every kind, in the order of their names.
func Kinds() []ActKind { return slices.Sorted(maps.Keys(kinds)) }

// In reports whether acts of the kind may be entered in a phase of the meeting.
func (k ActKind) In(p Phase) bool {
	switch p {
	case Waiting:
		return kinds[k].before
	case Closed:
		return kinds[k].after
	}
	return true
}

// NewBody returns a pointer to an empty body of the kind, for decoding; false
// for a kind that does not exist.
func NewBody(k ActKind) (Body, bool) {
	of, ok := kinds[k]
	if !ok {
		return nil, false
	}
	return of.make(), true
}

// decode reads the body of an act. Strict refuses fields that the kind does not
// have: a program that misspells one must hear of it.
func decode(k ActKind, raw json.RawMessage, strict bool) (Body, error) {
	b, ok := NewBody(k)
	if !ok {
		return nil, fault.New(fault.Invalid, "room.problem.kind", "Kind", string(k))
	}
	if k == KindCorrect {
		strict = false // it also carries the fields of the act it corrects
	}
	read := func() error { return json.Unmarshal(raw, b) }
	if strict {
		d := json.NewDecoder(bytes.NewReader(raw))
		d.DisallowUnknownFields()
		read = func() error { return d.Decode(b) }
	}
	if err := read(); err != nil {
		return nil, fault.New(fault.Invalid, "room.problem.body", "Detail", err.Error())
	}
	return b, nil
}

// Status is where a member of the roll is.
type Status string

// The statuses of attendance. Leaving early keeps the time of arrival.
const (
	Unmarked  Status = "unmarked"
	Present   Status = "present"
	Late      Status = "late"
	Left      Status = "left"
	Excused   Status = "excused"   // vắng có lý do
	Unexcused Status = "unexcused" // vắng không có lý do
)

// Stance is how an opinion stands to what is discussed.
type Stance string

// The stances.
const (
	Agree   Stance = "agree"
	Differ  Stance = "differ"
	Propose Stance = "propose"
	Ask     Stance = "ask"
	Inform  Stance = "inform"
)

// NeedsAnswer reports whether the meeting owes such an opinion a destiny.
func (s Stance) NeedsAnswer() bool { return s == Differ || s == Propose || s == Ask }

// Fate is what becomes of an opinion.
type Fate string

// The fates of an opinion.
const (
	IntoConclusion Fate = "conclusion"
	Explained      Fate = "explained"
	PassedUp       Fate = "passed_up"
	ToStudy        Fate = "study"
)

// Form is the form in which the meeting speaks of a member's work.
type Form string

// The forms: biểu dương, nhắc nhở, phê bình.
const (
	Praise    Form = "praise"
	Reminder  Form = "reminder"
	Criticism Form = "criticism"
)

// Verdict is the meeting's judgement of a task.
type Verdict string

// The verdicts.
const (
	DoneWell Verdict = "well"
	DoneFine Verdict = "done"
	DoneLate Verdict = "late"
	NotDone  Verdict = "not_done"
)

// OpenBody opens the meeting. Empty fields stay as prepared.
type OpenBody struct {
	Chair       string       `json:"chair" form:"chair"`
	MinuteTaker string       `json:"minute_taker" form:"minute_taker"`
	Place       string       `json:"place" form:"place"`
	Paper       bool         `json:"paper" form:"paper"`
	Began       when.Instant `json:"began" form:"began"` // zero: now
}

// AttendanceBody says where a member is.
type AttendanceBody struct {
	Member string `json:"member" form:"member"`
	Status Status `json:"status" form:"status"`
	Reason string `json:"reason" form:"reason"` // a code, see Reasons
}

// GuestBody says that a guest has come: one who was announced, by id, or another,
// whose id is the id of the act.
type GuestBody struct {
	Guest        string `json:"guest" form:"guest"` // announced guest; empty: another
	Name         string `json:"name" form:"name"`
	Office       string `json:"office" form:"office"`
	Organisation string `json:"organisation" form:"organisation"`
}

// ItemStartBody starts an item of the agenda; the one that runs is finished.
type ItemStartBody struct {
	Item string `json:"item" form:"item"`
}

// ItemFinishBody finishes an item.
type ItemFinishBody struct {
	Item string `json:"item" form:"item"`
}

// ItemAddBody adds an item to the agenda, whose id is the id of the act.
type ItemAddBody struct {
	Title   string `json:"title" form:"title"`
	Minutes int    `json:"minutes" form:"minutes"`
	After   string `json:"after" form:"after"` // item; empty: at the end
}

// ItemSkipBody leaves an item out.
type ItemSkipBody struct {
	Item   string `json:"item" form:"item"`
	Reason string `json:"reason" form:"reason"`
}

// NoteBody is free text under an item.
type NoteBody struct {
	Item string `json:"item" form:"item"`
	Text string `json:"text" form:"text"`
}

// DuesBody reports the Party dues of the month.
type DuesBody struct {
	Paid  int    `json:"paid" form:"paid"`
	Owing int    `json:"owing" form:"owing"`
	Text  string `json:"text" form:"text"`
}

// OpinionBody records what somebody said.
type OpinionBody struct {
	Item    string `json:"item" form:"item"`
	Speaker string `json:"speaker" form:"speaker"` // member or guest
	Stance  Stance `json:"stance" form:"stance"`
	Text    string `json:"text" form:"text"`
}

// DestinyBody says what became of an opinion or of a carried matter.
type DestinyBody struct {
	Opinion string    `json:"opinion" form:"opinion"` // act of the opinion, also of an earlier meeting
	Fate    Fate      `json:"fate" form:"fate"`
	Text    string    `json:"text" form:"text"`
	Who     string    `json:"who" form:"who"` // member
	Due     when.Date `json:"due" form:"due"`
}

// GuidanceBody records the word of the superior who attends.
type GuidanceBody struct {
	Speaker string `json:"speaker" form:"speaker"` // guest or member
	Text    string `json:"text" form:"text"`
}

// CommendBody praises, reminds or criticises a member.
type CommendBody struct {
	Member string `json:"member" form:"member"`
	Form   Form   `json:"form" form:"form"`
	Text   string `json:"text" form:"text"`
}

// VerdictBody judges a task of last month.
type VerdictBody struct {
	Task    string  `json:"task" form:"task"`
	Verdict Verdict `json:"verdict" form:"verdict"`
	Report  string  `json:"report" form:"report"`
	Reached int     `json:"reached" form:"reached"` // of a countable target
	Cause   string  `json:"cause" form:"cause"`
	Remedy  string  `json:"remedy" form:"remedy"`
}

// TaskBody gives a task, whose id is the id of the act.
type TaskBody struct {
	Title    string    `json:"title" form:"title"`
	Owners   []string  `json:"owners" form:"owners"` // members
	Due      when.Date `json:"due" form:"due"`
	DoneWhen string    `json:"done_when" form:"done_when"`
	Source   string    `json:"source,omitempty" form:"source"` // the paragraph of the resolution, the directive
	Target   int       `json:"target" form:"target"`           // 0: not countable
	Unit     string    `json:"unit" form:"unit"`
	Item     string    `json:"item" form:"item"`
}

// VoteOpenBody puts a question to the meeting; the vote's id is the id of the
// act.
type VoteOpenBody struct {
	Item     string `json:"item" form:"item"`
	Matter   Matter `json:"matter" form:"matter"`
	Question string `json:"question" form:"question"`
	Method   Method `json:"method" form:"method"` // empty: as the rule has it
	// An election also says for which post, for how many seats and between whom.
	Post       string   `json:"post" form:"post"`
	Seats      int      `json:"seats" form:"seats"`
	Candidates []string `json:"candidates" form:"candidates"` // members in the order of the ballot
	// Relative: in a vote between those who were equal, who has more votes is elected
	// also without the share that the rule asks for.
	Relative bool `json:"relative" form:"relative"`
}

// VoteCountBody enters a count of hands. Counting again replaces what was counted.
type VoteCountBody struct {
	Vote         string   `json:"vote" form:"vote"`
	For          int      `json:"for" form:"for"`
	Against      int      `json:"against" form:"against"`
	AgainstNames []string `json:"against_names" form:"against_names"` // members
	OtherNames   []string `json:"other_names" form:"other_names"`
	ConfirmedBy  string   `json:"confirmed_by" form:"confirmed_by"` // member
}

// VoteCloseBody closes a vote: its base is frozen and its result stands.
type VoteCloseBody struct {
	Vote string `json:"vote" form:"vote"`
}

// ConcludeBody is the chair's conclusion on an item, or on the meeting.
type ConcludeBody struct {
	Item string `json:"item" form:"item"`
	Text string `json:"text" form:"text"`
}

// ResolutionBody is the draft resolution as amended in the room.
type ResolutionBody struct {
	Text string `json:"text" form:"text"`
}

// PhotoBody adds a picture that the library keeps.
type PhotoBody struct {
	File    string `json:"file" form:"file"`
	Caption string `json:"caption" form:"caption"`
	Item    string `json:"item" form:"item"`
}

// WordingBody words one passage of the minutes; empty text gives the passage
// back to the composed one.
type WordingBody struct {
	Passage string `json:"passage" form:"passage"`
	Text    string `json:"text" form:"text"`
}

// ReadbackBody says that the minutes were read to the meeting.
type ReadbackBody struct{}

// ObjectionBody is an objection to the minutes as read.
type ObjectionBody struct {
	Speaker string `json:"speaker" form:"speaker"`
	Passage string `json:"passage" form:"passage"`
	Text    string `json:"text" form:"text"`
}

// AdoptBody records that the minutes were adopted, by the vote named or by so
// many hands.
type AdoptBody struct {
	Vote    string `json:"vote" form:"vote"`
	For     int    `json:"for" form:"for"`
	Against int    `json:"against" form:"against"`
}

// CloseBody closes the meeting.
type CloseBody struct {
	Ended when.Instant `json:"ended" form:"ended"` // zero: now
}

// CorrectBody corrects an earlier act. Beside these three fields it carries the
// whole body of that act as it should have been, unless the act is void.
type CorrectBody struct {
	Corrects string `json:"corrects" form:"corrects"` // act
	Because  string `json:"because" form:"because"`
	Void     bool   `json:"void" form:"void"`
}

// Corrected reads from the body of a correction, of an act of kind k, the body that holds
// now. Strict refuses fields that the kind does not have.
func Corrected(k ActKind, raw json.RawMessage, strict bool) (Body, error) {
	fields := map[string]json.RawMessage{}
	if err := json.Unmarshal(raw, &fields); err != nil {
		return nil, fmt.Errorf("correction: %w", err)
	}
	for _, own := range []string{"corrects", "because", "void"} {
		delete(fields, own)
	}
	rest, err := json.Marshal(fields)
	if err != nil {
		return nil, fmt.Errorf("correction: %w", err)
	}
	return decode(k, rest, strict)
}

func said(c *fault.Check, field, s string, limit int) {
	c.That(strings.TrimSpace(s) != "", field, "room.problem.empty")
	atMost(c, field, s, limit)
}

func atMost(c *fault.Check, field, s string, limit int) {
	c.AtMost(s, limit, field)
}

func number(c *fault.Check, field string, n int) {
	c.That(n >= 0 && n <= maxNumber, field, "room.problem.number")
}

func names(c *fault.Check, field string, ids []string) {
	c.That(len(ids) <= maxNames, field, "room.problem.long")
	seen := map[string]bool{}
	for _, id := range ids {
		c.That(!seen[id], field, "room.problem.twice")
		seen[id] = true
	}
}
