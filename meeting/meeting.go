// Package meeting is the file of a cell's meeting (kỳ sinh hoạt chi bộ) from the
// year's calendar to the hour it opens, and the state it is in ever after.
//
// Its story: the cell's settings lay out the year, one day a month. A press
// opens a month: the meeting stands there filled, with the agenda that the
// guidance in force orders for this kind of meeting and this kind of cell, with
// minutes, presenters, the briefer whose turn it is and what the last meeting
// left to be done. The committee of the cell meets first and its word is kept;
// focus questions, guests, documents and the draft resolution are added. Then
// notice is given, to every member and to the superior who follows the cell, and
// each of them is ticked as told. Members answer. On the day the room opens the
// meeting, closes it, and closing opens the next month.
//
// Rules rest on the guidance of their day: HD 12-HD/BTCTW (06/7/2018) before
// 28/10/2025, HD 42-HD/BTCTW (28/10/2025) from then on. No rule here forbids a
// late notice or a short agenda: it is said, kept and shown.
package meeting

import (
	"slices"

	"chibo/kit/fault"
	"chibo/kit/when"
)

// Kind says what sort of meeting it is.
type Kind string

// The kinds. Ordinary meetings are held once a month (Điều lệ Đảng 19/01/2011,
// art. 22), thematic ones at least once a quarter (50-CT/TW, 23/7/2025); the two
// do not replace each other but may be held in one sitting. Extraordinary
// meetings are held when needed. A congress elects the committee of the cell for a
// new term (Điều lệ, art. 24); it is no meeting of a month and is not scored.
const (
	Ordinary      Kind = "ordinary"
	Thematic      Kind = "thematic"
	Combined      Kind = "combined" // ordinary and thematic in one sitting
	Extraordinary Kind = "extraordinary"
	Congress      Kind = "congress"
)

// The kinds beside the cell: its people write down the meetings of their office and of
// their trade union in the same room. They are no Party meetings: Party rules do not
// judge them, and nothing that counts or lists the meetings of the cell knows them. See
// package collective.
const (
	Professional Kind = "professional" // sinh hoạt chuyên môn
	Union        Kind = "union"        // sinh hoạt công đoàn
)

// Beside reports whether meetings of kind k are those of a collective beside the cell.
func (k Kind) Beside() bool { return k == Professional || k == Union }

// Kinds lists the kinds of meetings of the cell in the order in which people choose them.
var Kinds = []Kind{Ordinary, Combined, Thematic, Extraordinary, Congress}

// Monthly reports whether a meeting of kind k is the meeting of its month: a
// cell has one of these a month.
func (k Kind) Monthly() bool { return k == Ordinary || k == Combined }

// HasTheme reports whether a meeting of kind k treats a theme.
func (k Kind) HasTheme() bool { return k == Thematic || k == Combined }

// Regular reports whether the guidance on meetings of cells orders meetings of kind k
// (42-HD/BTCTW, 28/10/2025): an ordinary or a thematic one, or both in one sitting.
func (k Kind) Regular() bool { return k.Monthly() || k.HasTheme() }

// State says where on its road a meeting is.
type State string

// The states, in the order of the road. Nothing goes back: a draft that is not
// wanted is deleted, a mistake in the room is mended by a later act, sealed
// minutes are never changed.
const (
	Draft   State = "draft"   // being prepared; only those who prepare see it
	Noticed State = "noticed" // notice is given; members see it and answer
	Open    State = "open"    // people are in the room
	Closed  State = "closed"  // people have stood up; the minutes are being adopted
	Sealed  State = "sealed"  // minutes are adopted, signed and sealed
)

// States lists the states in the order of the road.
var States = []State{Draft, Noticed, Open, Closed, Sealed}

// Reached reports whether s is at or behind goal on the road.
func (s State) Reached(goal State) bool {
	return slices.Index(States, s) >= slices.Index(States, goal)
}

// Next reports whether the road leads from s straight to to. A draft may be
// opened without a notice: an extraordinary meeting, or people who came because
// they always come. The record then says that there was none.
func (s State) Next(to State) bool {
	return slices.Index(States, to) == slices.Index(States, s)+1 || s == Draft && to == Open
}

// Meeting is one meeting of a cell. Members are named by their id; an empty id
// says that nobody is named yet.
type Meeting struct {
	Root         string `db:"root_id"`
	ID           string
	Organization string `db:"organization_id"`
	Kind         Kind
	// Month is the month the meeting stands for, also when its day was moved out
	// of it.
	Month when.Month
	// Title is what people call it: "Sinh hoạt thường kỳ tháng 12/2026".
	Title string
	// Theme is the subject of a thematic meeting.
	Theme    string
	StartsAt when.Instant
	Place    string
	State    State
	// Chair leads the meeting, MinuteTaker writes, Preparer was charged with the
	// contents and the draft resolution.
	Chair, MinuteTaker, Preparer string
	// Template names the agenda template it was filled from, as in
	// 42-HD/BTCTW:ordinary.
	Template string
	// MinMinutes is the length the rules and the cell's settings ask for, 0 when
	// they ask for none.
	MinMinutes int
	// Revision counts the notices given; 0 before the first.
	Revision int
	// NoticedAt is the moment of the first notice, OpenedAt, ClosedAt and SealedAt
	// of the later steps of the road.
	NoticedAt, OpenedAt, ClosedAt, SealedAt when.Instant
	CreatedAt                               when.Instant
	CreatedBy                               string
}

// Day returns the day of the meeting in Viet Nam.
func (m Meeting) Day() when.Date { return m.StartsAt.Date() }

// Editable reports whether time, agenda and papers may still be changed.
func (m Meeting) Editable() bool { return m.State == Draft || m.State == Noticed }

// Advance returns the meeting one step on its road at the moment at, or a
// conflict when the road does not lead from its state to to.
func (m Meeting) Advance(to State, at when.Instant) (Meeting, error) {
	if !m.State.Next(to) {
		return m, fault.New(fault.Conflict, "meeting.problem.road")
	}
	m.State = to
	switch to {
	case Noticed:
		m.NoticedAt = at
	case Open:
		m.OpenedAt = at
	case Closed:
		m.ClosedAt = at
	case Sealed:
		m.SealedAt = at
	case Draft:
	}
	return m, nil
}

// ItemKind says what an item of the agenda is for. The room offers the tools of
// the kind, the minutes its passage.
type ItemKind string

// The kinds of items, in the outline of HD 42-HD/BTCTW (28/10/2025), II.2.2.
const (
	Opening     ItemKind = "opening"     // tuyên bố lý do, thư ký, điểm danh, chương trình
	Information ItemKind = "information" // thời sự, by the briefer of the month
	Directive   ItemKind = "directive"   // quán triệt văn bản cấp trên
	Report      ItemKind = "report"      // báo cáo của bí thư về tháng trước, tháng tới
	Review      ItemKind = "review"      // kết quả nhiệm vụ được giao: verdicts on tasks
	Criticism   ItemKind = "criticism"   // tự phê bình và phê bình
	Theme       ItemKind = "theme"       // trình bày chuyên đề
	Discussion  ItemKind = "discussion"  // thảo luận
	Election    ItemKind = "election"    // bầu cử
	Tasks       ItemKind = "tasks"       // phân công nhiệm vụ có thời hạn
	Answer      ItemKind = "answer"      // định hướng tư tưởng, trả lời kiến nghị
	Resolution  ItemKind = "resolution"  // kết luận hoặc biểu quyết nghị quyết
	Scoring     ItemKind = "scoring"     // đánh giá chất lượng buổi sinh hoạt
	Minutes     ItemKind = "minutes"     // thông qua biên bản
	Closing     ItemKind = "closing"     // tổng kết, bế mạc
)

// ItemKinds lists the kinds of items in the order of the guidance.
var ItemKinds = []ItemKind{
	Opening, Information, Directive, Report, Review, Criticism, Theme,
	Discussion, Election, Tasks, Answer, Resolution, Scoring, Minutes, Closing,
}

// NeedsDocument reports whether an item of kind k is prepared only when a
// document stands beside it.
func (k ItemKind) NeedsDocument() bool { return k == Directive || k == Theme }

// Item is one line of the agenda. Position counts from 1 without holes; Minutes
// is the planned length; Presenter is the id of a member, empty when the whole
// cell acts.
type Item struct {
	Root      string `db:"root_id"`
	Meeting   string `db:"meeting_id"`
	ID        string
	Position  int
	Kind      ItemKind
	Title     string
	Minutes   int
	Presenter string
	// Note is what the presenter keeps to: sources, questions, the focus that the
	// guidance names for this kind of cell.
	Note string
}

// Carried is a matter that an earlier meeting left to this one. Tasks not done
// are not among them: package task keeps them, and the review of the agenda
// shows them as they stand on the day.
type Carried struct {
	Root     string `db:"root_id"`
	Meeting  string `db:"meeting_id"`
	ID       string
	Position int
	Kind     CarriedKind
	Text     string
	// Subject is the id of the act it comes from, Member who answers for it, Due
	// its day, From the meeting that left it.
	Subject string
	Member  string `db:"member_id"`
	Due     when.Date
	From    string `db:"from_meeting_id"`
}

// CarriedKind says what is owed.
type CarriedKind string

// The kinds of carried matters.
const (
	ToStudy  CarriedKind = "study"  // an opinion to be studied, by whom and when
	ToAnswer CarriedKind = "answer" // an answer that was promised
	ToMend   CarriedKind = "remark" // a remark of the superior to be mended
	PassedUp CarriedKind = "passed" // a matter passed up that is not answered yet
)

// Focus is a question that the meeting is to settle before all others
// (câu hỏi trọng tâm); it goes out with the notice.
type Focus struct {
	Root     string `db:"root_id"`
	Meeting  string `db:"meeting_id"`
	ID       string
	Position int
	Text     string
}

// Agreement records that contents were agreed beforehand with a head of a unit,
// a hamlet or a quarter: who, in what office, on what day, on what.
type Agreement struct {
	Root     string `db:"root_id"`
	Meeting  string `db:"meeting_id"`
	ID       string
	Name     string
	Office   string
	AgreedOn when.Date
	Text     string
}

// Premeeting is the record of the cell committee's own meeting before the
// meeting (họp chi ủy; hội ý of secretary and deputy where there is no
// committee): HD 42-HD/BTCTW, 28/10/2025.
type Premeeting struct {
	Root    string `db:"root_id"`
	Meeting string `db:"meeting_id"`
	HeldAt  when.Instant
	Place   string
	// Present and Absent are ids of members.
	Present, Absent []string `db:"-"`
	Agreed          string
	RecordedAt      when.Instant
	RecordedBy      string
}

// Guest is somebody who is invited without belonging to the cell: name, office
// and organisation as they are written in the minutes.
type Guest struct {
	Root    string `db:"root_id"`
	Meeting string `db:"meeting_id"`
	ID      string
	Name    string
	Office  string
	Body    string
	// Superior says that the guest comes from the superior committee.
	Superior bool
	// Member is the id of the superior who follows the cell, empty for others.
	Member string `db:"member_id"`
	Reply  Reply
}

// Reply is what somebody answered to the notice.
type Reply string

// The replies; an empty Reply says that there was none yet.
const (
	Coming Reply = "coming"
	Away   Reply = "away" // asks to be excused
)

// Reason is the coded ground on which a member asks to be excused.
type Reason string

// The reasons that people choose from; what they add is seen by the secretary
// only.
const (
	Sick    Reason = "sick"    // ốm đau, đi viện
	OnDuty  Reason = "duty"    // công tác, trực
	Family  Reason = "family"  // việc gia đình
	FarAway Reason = "far"     // đi xa
	Study   Reason = "study"   // đi học, tập huấn
	Another Reason = "another" // lý do khác
)

// Reasons lists the reasons in the order of the form.
var Reasons = []Reason{Sick, OnDuty, Family, FarAway, Study, Another}

// Response is a member's answer to the notice: coming, or asking to be excused
// for a coded reason. Note is for the secretary's eyes. By is the id of the
// member who entered it, who may be somebody else.
type Response struct {
	Root           string `db:"root_id"`
	Meeting        string `db:"meeting_id"`
	Member         string `db:"member_id"`
	Reply          Reply
	Reason         Reason
	Note           string
	AnsweredAt     when.Instant
	By             string `db:"answered_by"`
	AcknowledgedAt when.Instant
	AcknowledgedBy string
}

// Excused reports whether the secretary has taken note of the absence.
func (r Response) Excused() bool { return r.Reply == Away && !r.AcknowledgedAt.IsZero() }

// Validate checks what the form of an answer brings.
func (r Response) Validate() error {
	var c fault.Check
	c.That(r.Reply == Coming || r.Reply == Away, "reply", "meeting.problem.reply")
	c.That(r.Reply != Away || slices.Contains(Reasons, r.Reason), "reason", "meeting.problem.reason")
	c.AtMost(r.Note, maxNote, "note")
	return c.Err()
}

// Version is one state of the draft resolution; versions count from 1 and stay.
type Version struct {
	Root    string `db:"root_id"`
	Meeting string `db:"meeting_id"`
	Version int
	Text    string
	SavedAt when.Instant
	SavedBy string
}

// Paper is a document that stands with the meeting: a kept file, or a citation
// of a document that is read from paper. Item is empty when it belongs to the
// whole meeting.
type Paper struct {
	Root    string `db:"root_id"`
	Meeting string `db:"meeting_id"`
	ID      string
	Item    string `db:"item_id"`
	File    string `db:"file_id"`
	Title   string
	AddedAt when.Instant
	AddedBy string
}

// Notice is one notice of the meeting as it was given. Revision counts from 1;
// from 2 on a notice changes time or place and says why. Late says that it came
// after the cell's days of notice, and Reason why.
type Notice struct {
	Root     string `db:"root_id"`
	Meeting  string `db:"meeting_id"`
	Revision int
	ID       string
	GivenAt  when.Instant
	GivenBy  string
	StartsAt when.Instant
	Place    string
	Late     bool
	Reason   string
	Change   string
}

const (
	maxTitle = 300
	maxText  = 20_000
	maxNote  = 2_000
)
