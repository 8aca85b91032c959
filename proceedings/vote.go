package proceedings

import (
	"cmp"
	"fmt"
	"strings"

	"chibo/kit/when"
)

// Matter is what a vote decides; its rule follows from it.
type Matter string

// The matters of a cell.
const (
	MatterResolution Matter = "resolution" // nghị quyết, and every decision not named below
	MatterAdmission  Matter = "admission"  // kết nạp
	MatterOfficial   Matter = "official"   // công nhận chính thức
	MatterDiscipline Matter = "discipline" // khiển trách, cảnh cáo
	MatterExpulsion  Matter = "expulsion"  // đề nghị khai trừ
	MatterElection   Matter = "election"   // bầu cử
	MatterRating     Matter = "rating"     // xếp loại
	MatterScore      Matter = "score"      // chấm điểm buổi sinh hoạt
	MatterProgramme  Matter = "programme"  // thông qua chương trình
	MatterMinutes    Matter = "minutes"    // thông qua biên bản
)

// Method is how a vote is taken.
type Method string

// The methods. Of a ballot the room knows totals only.
const (
	Hand   Method = "hand"   // giơ tay
	Ballot Method = "ballot" // phiếu kín bằng giấy, đếm bằng biên bản kiểm phiếu
)

// Rule says how many votes a matter needs, out of the official members summoned.
type Rule struct {
	Matter Matter    `json:"matter"`
	From   when.Date `json:"from"`
	Until  when.Date `json:"until"` // first day on which it no longer holds; zero: still holds
	Num    int       `json:"num"`
	Den    int       `json:"den"`
	// Strict: more than Num/Den; otherwise at least Num/Den.
	Strict bool `json:"strict"`
	// Method is the usual way of voting on the matter.
	Method Method `json:"method"`
	Source string `json:"source"` // number, body and date of what it rests on, Vietnamese
	// Of says whom the base counts where it is not the official members summoned.
	Of string `json:"of,omitempty"`
}

// base is whom a vote is measured against, as the minutes say it.
func (r Rule) base() string {
	return cmp.Or(r.Of, "đảng viên chính thức được triệu tập")
}

// charter is the day of the Party Charter whose thresholds still hold.
var charter = when.On(2011, 1, 19)

// thresholds are the shares the Charter of 19/01/2011 asks for. Whatever it does
// not name passes as a resolution does, with more than half (point 9.5).
var thresholds = []Rule{
	{MatterResolution, charter, when.Date{}, 1, 2, true, Hand, "Điều lệ Đảng ngày 19/01/2011, Điều 9", ""},
	{MatterAdmission, charter, when.Date{}, 2, 3, false, Ballot, "Điều lệ Đảng ngày 19/01/2011, Điều 4", ""},
	{MatterOfficial, charter, when.Date{}, 2, 3, false, Ballot, "Điều lệ Đảng ngày 19/01/2011, Điều 5", ""},
	{MatterDiscipline, charter, when.Date{}, 1, 2, true, Ballot, "Điều lệ Đảng ngày 19/01/2011, Điều 9", ""},
	{MatterExpulsion, charter, when.Date{}, 2, 3, false, Ballot, "Điều lệ Đảng ngày 19/01/2011, Điều 38", ""},
	{MatterElection, charter, when.Date{}, 1, 2, true, Ballot, "Điều lệ Đảng ngày 19/01/2011, Điều 12", ""},
	{MatterRating, charter, when.Date{}, 1, 2, true, Ballot, "Điều lệ Đảng ngày 19/01/2011, Điều 9", ""},
	{MatterScore, charter, when.Date{}, 1, 2, true, Hand, "Điều lệ Đảng ngày 19/01/2011, Điều 9", ""},
	{MatterProgramme, charter, when.Date{}, 1, 2, true, Hand, "Điều lệ Đảng ngày 19/01/2011, Điều 9", ""},
	{MatterMinutes, charter, when.Date{}, 1, 2, true, Hand, "Điều lệ Đảng ngày 19/01/2011, Điều 9", ""},
}

// counting are the regulations that say whom the base leaves out: members
// introduced to temporary Party life elsewhere, and exempt members who are
// absent. The rule has stayed the same; the document to name has not.
var counting = []struct {
	from   when.Date
	source string
}{
	{when.On(2026, 7, 26), "Quy định số 208-QĐ/TW ngày 26/7/2026"},
	{when.On(2025, 7, 1), "Quy định số 294-QĐ/TW ngày 26/5/2025"},
	{when.On(2025, 1, 20), "Quy định số 232-QĐ/TW ngày 20/01/2025"},
	{when.On(2021, 7, 30), "Quy định số 24-QĐ/TW ngày 30/7/2021"},
}

// RulesOn returns the rules of voting in force on a day.
func RulesOn(day when.Date) []Rule {
	var in []Rule
	for _, r := range thresholds {
		if day.Before(r.From) || !r.Until.IsZero() && !day.Before(r.Until) {
			continue
		}
		for _, c := range counting {
			if !day.Before(c.from) {
				r.Source += "; " + c.source
				break
			}
		}
		in = append(in, r)
	}
	return in
}

// Needed returns the least number of votes in favour with which a matter passes
// when base members form its base.
func (r Rule) Needed(base int) int {
	if r.Strict {
		return base*r.Num/r.Den + 1
	}
	return (base*r.Num + r.Den - 1) / r.Den
}

// Passes reports whether so many votes in favour out of base are enough. Nothing
// passes where nobody could vote.
func (r Rule) Passes(inFavour, base int) bool { return base > 0 && inFavour >= r.Needed(base) }

// Words says the threshold as minutes do: "quá 1/2", "ít nhất 2/3".
func (r Rule) Words() string {
	if r.Strict {
		return fmt.Sprintf("quá %d/%d", r.Num, r.Den)
	}
	return fmt.Sprintf("ít nhất %d/%d", r.Num, r.Den)
}

// Vote is one question put to the meeting.
type Vote struct {
	Entry
	ID       string
	Item     string
	Question string
	Method   Method
	Rule     Rule
	Race     Race // of an election, empty for every other matter
	// Counts are all counts that were entered; the last one holds.
	Counts []Count
	// Result is what the last count says; its base is frozen when the vote closes.
	Result Result
	Closed Entry // zero while the vote is open
}

// IsClosed reports whether the result stands.
func (v Vote) IsClosed() bool { return v.Closed.Act != "" }

// Counted reports whether there is a count.
func (v Vote) Counted() bool { return len(v.Counts) > 0 }

// Last returns the count that holds; the zero Count where there is none.
func (v Vote) Last() Count {
	if !v.Counted() {
		return Count{}
	}
	return v.Counts[len(v.Counts)-1]
}

// Possible reports whether the count that holds adds up; see Count.Possible.
func (v Vote) Possible() bool { return !v.Counted() || v.Last().Possible() }

// Count is one counting of hands or ballots.
type Count struct {
	Entry
	Entitled     int // may vote and in the room at the moment of the count
	Cast         int // ballots handed in by phone; 0 for other methods
	For, Against int
	AgainstNames []string // members named as against, where the meeting wants names
	OtherNames   []string
	ConfirmedBy  string // the second person who counted, by name, where there was one
	// Confirmed is the word of a second person, given with a secret of their own.
	Confirmed Confirmation
	// Votes are the ballots for each candidate of an election, in the order of the
	// ballot.
	Votes []int
	Sheet *Sheet // of paper ballots, nil for other methods
}

// Other returns those who were neither for nor against: of the valid ballots where
// paper was counted, else of those entitled. It is never entered by hand.
func (c Count) Other() int {
	switch {
	case len(c.Votes) > 0:
		return 0
	case c.Sheet != nil:
		return c.Sheet.Valid() - c.For - c.Against
	}
	return c.Entitled - c.For - c.Against
}

// Possible reports whether the figures add up to those who could vote. Only
// corrections of the roll can make a count impossible after it was accepted.
func (c Count) Possible() bool {
	return c.For >= 0 && c.Against >= 0 && c.Other() >= 0 && (c.Sheet == nil || c.Sheet.fits(c.Entitled))
}

// Result is a count judged by the rule of the matter.
type Result struct {
	For, Against, Other int
	// Entitled is the number of those who could vote in the room.
	Entitled int
	// Base is the number of official members summoned, without those who live
	// their Party life elsewhere for a time and without exempt members who are
	// absent (294-QĐ/TW of 26/5/2025, point 9.3.2).
	Base   int
	Needed int // votes in favour with which it passes
	// Passed: enough were in favour; in an election, every seat is filled.
	Passed bool
	Rule   Rule
	// Outcome is who was elected, empty for every other matter.
	Outcome Outcome
}

// judge is what the count that holds says, measured against base.
func (v Vote) judge(base int) Result {
	c := v.Last()
	r := Result{
		For: c.For, Against: c.Against, Other: c.Other(), Entitled: c.Entitled,
		Base: base, Needed: v.Rule.Needed(base), Rule: v.Rule,
	}
	if v.Race.Held() {
		r.Outcome = v.Race.outcome(c.Votes, v.Rule, base)
		r.Passed = c.Possible() && r.Outcome.Left == 0
		return r
	}
	r.Passed = c.Possible() && v.Rule.Passes(c.For, base)
	return r
}

// Share words the arithmetic for the minutes: "27/30 đảng viên chính thức được
// triệu tập, đạt 90%".
func (r Result) Share() string {
	return r.shareOf(r.For)
}

// Words is the whole result with its explanation, for the minutes.
func (r Result) Words() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Tán thành: %s; không tán thành: %d; ý kiến khác: %d. ", r.Share(), r.Against, r.Other)
	fmt.Fprintf(&b, "Cần %s số %s (tối thiểu %d): %s.", r.Rule.Words(), r.Rule.base(), r.Needed, r.verdict())
	return b.String()
}

func (r Result) verdict() string {
	if r.Passed {
		return "được thông qua"
	}
	return "không được thông qua"
}

// Percent writes a share as documents do, with at most one decimal after a
// comma: "90%", "91,4%". A share that is not the whole never rounds up to 100%.
func Percent(part, whole int) string {
	if whole <= 0 {
		return "0%"
	}
	tenths := (part*2000 + whole) / (2 * whole)
	if part < whole && tenths >= 1000 {
		tenths = 999
	}
	if tenths%10 == 0 {
		return fmt.Sprintf("%d%%", tenths/10)
	}
	return fmt.Sprintf("%d,%d%%", tenths/10, tenths%10)
}
