// Package feedback asks those who attended a sitting of a conference what they say of it,
// and makes of their answers what the committee concludes: góp ý, tổng hợp ý kiến.
//
// Its story: delegates give their opinion of the preparation, the conduct and the chairing,
// "chỉ ra những mặt làm được để tiếp tục phát huy, mặt hạn chế, chưa đúng để khắc phục, bổ
// sung những thiếu sót" (82-KH/ĐU of 2024, a plan of the field, III.3): three phases and four
// heads. They come by one code on the wall, without an account, or write on paper that the
// office types in. The office says beforehand whether names are kept; what it has said then
// cannot change while an answer is there. Where they are not kept, a sheet holds no name, no
// account, no device and no hour (doc/adr/0048-feedback.md).
//
// The office puts remarks that say the same into groups; the program proposes, people decide,
// and the words that were given stay below. The committee writes conclusions: limits, causes,
// remedies ("chỉ rõ những hạn chế, nguyên nhân và giải pháp khắc phục"). Each becomes a lesson
// card that goes to the cells.
package feedback

import (
	"cmp"
	"slices"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/when"
)

// Phase is what a remark is about.
type Phase string

// The phases.
const (
	Preparation Phase = "preparation" // quá trình chuẩn bị
	Conduct     Phase = "conduct"     // tổ chức sinh hoạt
	Chairing    Phase = "chairing"    // công tác điều hành
)

// Phases lists the phases in their order.
var Phases = []Phase{Preparation, Conduct, Chairing}

// Head is what a remark says of its phase.
type Head string

// The heads.
const (
	Done    Head = "done"    // mặt làm được
	Limit   Head = "limit"   // mặt hạn chế
	Wrong   Head = "wrong"   // chưa đúng
	Missing Head = "missing" // thiếu sót cần bổ sung
)

// Heads lists the heads in their order.
var Heads = []Head{Done, Limit, Wrong, Missing}

// Cell is one head of one phase.
type Cell struct {
	Phase Phase
	Head  Head
}

// Cells lists the twelve cells in their order.
func Cells() []Cell {
	var out []Cell
	for _, p := range Phases {
		for _, h := range Heads {
			out = append(out, Cell{p, h})
		}
	}
	return out
}

// Valid reports whether the cell is one of the twelve.
func (x Cell) Valid() bool { return slices.Contains(Phases, x.Phase) && slices.Contains(Heads, x.Head) }

// Limits of what one person gives.
const (
	longest   = 1000 // letters of a remark and of every other text
	shortName = 200  // letters of a name and of a unit
	perHead   = 3    // fields of one head in the form
	mostTyped = 40   // remarks that are taken at a time
)

// Round is the feedback of one sitting.
type Round struct {
	Root       string `db:"root_id" form:"-"`
	Sitting    string `db:"sitting_id" form:"-"`
	Conference string `db:"conference_id" form:"-"`
	// Named says whether whoever gives writes their name. It does not change while a
	// sheet is there.
	Named    bool         `form:"-"`
	OpensAt  when.Instant `form:"opens_at"`
	ClosesAt when.Instant `form:"closes_at"`
	Code     string       `form:"-"`
	Secret   string       `form:"-"`
	OpenedAt when.Instant `form:"-"`
	OpenedBy string       `form:"-"` // id of the member
}

// Path returns the address at which people give feedback.
func (r Round) Path() string { return "/y/" + r.Code }

// Grouped returns the code in two halves, as it is read from a wall.
func (r Round) Grouped() string {
	half := len(r.Code) / 2
	return r.Code[:half] + " " + r.Code[half:]
}

// State is whether feedback is taken.
type State string

// The states.
const (
	Waiting State = "waiting"
	Open    State = "open"
	Closed  State = "closed"
)

// StateAt returns the state at a moment.
func (r Round) StateAt(now when.Instant) State {
	switch {
	case now < r.OpensAt:
		return Waiting
	case now >= r.ClosesAt:
		return Closed
	}
	return Open
}

func (r Round) check() error {
	var c fault.Check
	c.That(!r.OpensAt.IsZero(), "opens_at", "feedback.problem.opens")
	c.That(r.ClosesAt > r.OpensAt, "closes_at", "feedback.problem.closes")
	return c.Err()
}

// Sheet is what one person gave.
type Sheet struct {
	Root    string       `db:"root_id"`
	ID      string       // random
	Sitting string       `db:"sitting_id"`
	GivenOn when.Date    // of paper: when it was typed in
	GivenAt when.Instant // zero where the round is not named
	Number  int          // of a sheet of paper; 0: given by a device
	Name    string
	Unit    string
	// Delegate and Member say who it was where the round is named and the person came by
	// their invitation or with their account; MemberRoot is the key of Member.
	Delegate   string `db:"delegate_id"`
	MemberRoot string
	Member     string `db:"member_id"`
}

// Remark is one opinion in the words of whoever gave it.
type Remark struct {
	Root    string `db:"root_id"`
	ID      string
	Sheet   string `db:"sheet_id"`
	Sitting string `db:"sitting_id"`
	Phase   Phase
	Head    Head
	Item    string // title of the item of the performed meeting; may be empty
	Text    string
	Group   string `db:"group_id"` // empty: stands alone
}

// Cell returns where the remark belongs.
func (r Remark) Cell() Cell { return Cell{r.Phase, r.Head} }

// Said is a remark as a form sends it; Field is the name of its field.
type Said struct {
	Cell
	Item, Text, Field string
}

// Sending is what comes from a form at once.
type Sending struct {
	ID         string // made on the device, so that sending it twice is the same as once
	Name, Unit string // where the round is named
	Said       []Said
}

// check refuses what cannot be taken.
func (s Sending) check(named bool) error {
	if len(s.Said) == 0 {
		return fault.New(fault.Invalid, "feedback.problem.empty")
	}
	if len(s.Said) > mostTyped {
		return fault.New(fault.Invalid, "feedback.problem.many", "Most", mostTyped)
	}
	var c fault.Check
	for _, r := range s.Said {
		c.That(r.Valid() && len([]rune(r.Text)) <= longest, r.Field, "feedback.problem.long")
	}
	if named {
		c.That(strings.TrimSpace(s.Name) != "", "name", "feedback.problem.name")
		c.That(len([]rune(s.Name)) <= shortName, "name", "feedback.problem.name_long")
		c.That(len([]rune(s.Unit)) <= shortName, "unit", "feedback.problem.name_long")
	}
	return c.Err()
}

// Group is remarks of one cell that say the same.
type Group struct {
	Root    string `db:"root_id"`
	ID      string
	Sitting string `db:"sitting_id"`
	Phase   Phase
	Head    Head
	Words   string
	MadeAt  when.Instant
	MadeBy  string // id of the member
}

// Text is what the office has written about a cell.
type Text struct {
	Root      string `db:"root_id"`
	Sitting   string `db:"sitting_id"`
	Phase     Phase
	Head      Head
	Text      string
	WrittenAt when.Instant
	WrittenBy string // id of the member
}

// Conclusion is what the committee concludes: a limit, its cause and the remedy for all.
type Conclusion struct {
	Root    string       `db:"root_id" form:"-"`
	ID      string       `form:"-"`
	Sitting string       `db:"sitting_id" form:"-"`
	Seen    string       `form:"seen"`
	Why     string       `form:"why"`
	Act     string       `form:"act"`
	At      when.Instant `db:"concluded_at" form:"-"`
	By      string       `db:"concluded_by" form:"-"` // id of the member
}

func (k Conclusion) check() error {
	var c fault.Check
	for field, text := range map[string]string{"seen": k.Seen, "why": k.Why, "act": k.Act} {
		c.That(strings.TrimSpace(text) != "", field, "feedback.problem."+field)
		c.That(len([]rune(text)) <= longest, field, "feedback.problem.long")
	}
	return c.Err()
}

// Bundle is a group with its remarks.
type Bundle struct {
	Group
	Remarks []Remark
}

// Block is what was said in one cell.
type Block struct {
	Cell
	Groups []Bundle // the largest first
	Alone  []Remark // in no group
	Text   Text     // what the office has written; zero: nothing yet
}

// Count returns how many remarks the block has.
func (b Block) Count() int {
	n := len(b.Alone)
	for _, x := range b.Groups {
		n += len(x.Remarks)
	}
	return n
}

// Arrange puts everything that was said into the twelve blocks. Every remark stands in
// exactly one place: in its group, or alone where the group is not there or belongs to
// another cell.
func Arrange(remarks []Remark, groups []Group, texts []Text) []Block {
	at := map[Cell]int{}
	blocks := make([]Block, 0, len(Phases)*len(Heads))
	for i, x := range Cells() {
		at[x] = i
		blocks = append(blocks, Block{Cell: x})
	}
	type place struct{ block, group int }
	places := map[string]place{}
	for _, x := range groups {
		i, is := at[Cell{x.Phase, x.Head}]
		if !is {
			continue
		}
		places[x.ID] = place{i, len(blocks[i].Groups)}
		blocks[i].Groups = append(blocks[i].Groups, Bundle{Group: x})
	}
	for _, r := range remarks {
		i, is := at[r.Cell()]
		if !is {
			continue
		}
		if p, is := places[r.Group]; is && p.block == i {
			b := &blocks[i].Groups[p.group]
			b.Remarks = append(b.Remarks, r)
			continue
		}
		blocks[i].Alone = append(blocks[i].Alone, r)
	}
	for _, x := range texts {
		if i, is := at[Cell{x.Phase, x.Head}]; is {
			blocks[i].Text = x
		}
	}
	for i := range blocks {
		slices.SortStableFunc(blocks[i].Groups, func(a, b Bundle) int {
			return cmp.Or(cmp.Compare(len(b.Remarks), len(a.Remarks)), cmp.Compare(a.Words, b.Words), cmp.Compare(a.ID, b.ID))
		})
	}
	return blocks
}
