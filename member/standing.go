package member

import (
	"slices"

	"chibo/kit/fault"
	"chibo/kit/when"
)

// Standing is how a person stands in a cell on a day.
type Standing string

// The standings. Those who moved, were removed or died are no longer on the roll.
const (
	Probationary Standing = "probationary" // dự bị
	Official     Standing = "official"     // chính thức
	Exempt       Standing = "exempt"       // được miễn công tác và sinh hoạt đảng
	Away         Standing = "away"         // chuyển sinh hoạt tạm thời đi nơi khác
	Here         Standing = "here"         // chuyển sinh hoạt tạm thời đến
	Suspended    Standing = "suspended"    // bị đình chỉ sinh hoạt đảng
	Moved        Standing = "moved"        // chuyển sinh hoạt chính thức đi
	Removed      Standing = "removed"      // bị xóa tên, khai trừ, xin ra khỏi Đảng
	Died         Standing = "died"         // từ trần
)

// Standings lists the standings in the order in which people choose them.
var Standings = []Standing{Official, Probationary, Exempt, Away, Here, Suspended, Moved, Removed, Died}

// Listed reports whether a person of standing s is on the roll of the cell.
func (s Standing) Listed() bool {
	switch s {
	case Probationary, Official, Exempt, Away, Here, Suspended:
		return true
	case Moved, Removed, Died:
	}
	return false
}

// HeadCount reports whether the person counts in the strength of the cell: one
// who is away for a time stays in the head-count of the official cell, one who
// is here for a time does not enter it.
func (s Standing) HeadCount() bool { return s.Listed() && s != Here }

// MayVote reports whether a person of standing s who is present has a vote.
//
// A probationary member has all rights but to vote, stand and elect (Điều lệ Đảng
// 19/01/2011, art. 3), until the decision on the end of probation is issued; a
// member who is here for a time has no vote here. An exempt member who comes has
// one. The vote of a member who is away is not counted, as the member is not in
// the number that votes are counted on (294-QĐ/TW, 26/5/2025, point 9.3.2).
func (s Standing) MayVote() bool { return s == Official || s == Exempt }

// InVoteBase reports whether the person is in the number that votes are counted
// on: all official members summoned, those absent too, less those away for a
// time and less exempt members who are absent (294-QĐ/TW, point 9.3.2).
func (s Standing) InVoteBase(present bool) bool { return s == Official || s == Exempt && present }

// CountsInAttendance reports whether the person is expected at a meeting and
// counted in its attendance. The exempt are not (HD 42-HD/BTCTW, 28/10/2025), nor
// are those who attend elsewhere for a time or are barred from meetings.
func (s Standing) CountsInAttendance() bool { return s == Official || s == Probationary || s == Here }

// followers says which standing may come after which in one cell; the empty
// standing is that of a person who has not stood in the cell yet.
var followers = map[Standing][]Standing{
	"":           {Probationary, Official, Exempt, Away, Here, Suspended},
	Probationary: {Official, Away, Suspended, Moved, Removed, Died},
	Official:     {Exempt, Away, Suspended, Moved, Removed, Died},
	Exempt:       {Official, Away, Suspended, Moved, Removed, Died},
	Away:         {Official, Probationary, Exempt, Suspended, Moved, Removed, Died},
	Here:         {Official, Probationary, Exempt, Moved, Removed, Died},
	Suspended:    {Official, Probationary, Exempt, Moved, Removed, Died},
	Moved:        {Official, Probationary, Exempt, Here},
	Removed:      {Official, Probationary}, // on appeal, or admitted again
}

// MayFollow reports whether a person of standing before may come to stand as s.
// Probation does not come back, and nothing comes after death; a record entered
// by mistake is mended by another of the same day.
func (s Standing) MayFollow(before Standing) bool { return slices.Contains(followers[before], s) }

// Next lists the standings that may follow s.
func (s Standing) Next() []Standing { return followers[s] }

// Record says that a person stands so in a cell from a day on, until the next
// record of that person in that cell.
type Record struct {
	Root         string    `db:"root_id"`
	Organization string    `db:"organization_id"`
	Member       string    `db:"member_id"`
	From         when.Date `db:"from_on"`
	Standing     Standing
	// Note is the decision it rests on or the place gone to; private.
	Note       string
	RecordedAt when.Instant
	RecordedBy string
}

// On returns the record that holds on day among the records of one person in one
// cell, in any order, and whether there is one.
func On(records []Record, day when.Date) (held Record, found bool) {
	for _, r := range records {
		if !day.Before(r.From) && (!found || held.From.Before(r.From)) {
			held, found = r, true
		}
	}
	return held, found
}

// CheckNext returns the problems of the record r after those that are there: it
// must be able to follow the one before it. One of the same day is replaced.
func CheckNext(records []Record, r Record, today when.Date) error {
	var c fault.Check
	c.That(!r.From.IsZero(), "from", "member.problem.from")
	c.That(!today.AddDays(366).Before(r.From), "from", "member.problem.far")
	c.That(slices.Contains(Standings, r.Standing), "standing", "member.problem.standing")
	c.AtMost(r.Note, longestText, "standing_note")
	before, _ := On(records, r.From.AddDays(-1))
	c.That(before.Standing == r.Standing || r.Standing.MayFollow(before.Standing), "standing", "member.problem.follow")
	return c.Err()
}

// Entry is one line of the roll on a day.
type Entry struct {
	Member
	Standing Standing
	// Since is the day from which the person stands so.
	Since when.Date
}

// Counts are the numbers of a roll.
type Counts struct {
	HeadCount, Official, Probationary, Exempt, Away, Here, Suspended int
	// Voters are the members in the number that votes are counted on before any
	// exempt member has come; Expected those counted in the attendance.
	Voters, Expected int
}

// Count counts a roll.
func Count(roll []Entry) Counts {
	var c Counts
	by := map[Standing]*int{
		Official: &c.Official, Probationary: &c.Probationary, Exempt: &c.Exempt,
		Away: &c.Away, Here: &c.Here, Suspended: &c.Suspended,
	}
	for _, e := range roll {
		if n := by[e.Standing]; n != nil {
			*n++
		}
		for n, counts := range map[*int]bool{
			&c.HeadCount: e.Standing.HeadCount(), &c.Voters: e.Standing.InVoteBase(false), &c.Expected: e.Standing.CountsInAttendance(),
		} {
			if counts {
				*n++
			}
		}
	}
	return c
}
