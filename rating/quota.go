package rating

import (
	"fmt"

	"chibo/kit/fault"
)

// Reading is how the base of the cap is understood. 366-QĐ/TW (30/8/2025, art. 11)
// says "of the total rated good" and does not settle whether the excellent ones are
// counted in it.
type Reading string

// The readings.
const (
	// Within counts the excellent ones in the base: all who are good or better.
	Within Reading = "within"
	// Beside counts only those who are finally rated good.
	Beside Reading = "beside"
)

// Readings lists the readings, the default first.
var Readings = []Reading{Within, Beside}

// The shares of excellent ratings in percent (366-QĐ/TW, art. 11): the wider one only
// where the competent level has decided so for an outstanding unit.
const (
	UsualShare = 20
	WiderShare = 25
)

// Cap is the policy on how many may be rated excellent.
type Cap struct {
	Reading Reading
	Share   int // percent: UsualShare or WiderShare
	// Source is the number of the decision on which WiderShare rests.
	Source string
}

// DefaultCap is the policy where nothing is set.
func DefaultCap() Cap { return Cap{Reading: Within, Share: UsualShare} }

// check adds the problems of the policy to c.
func (p Cap) check(c *fault.Check) {
	c.That(p.Reading == Within || p.Reading == Beside, "reading", "rating.problem.choice")
	c.That(p.Share == UsualShare || p.Share == WiderShare, "share", "rating.problem.choice")
	c.That(p.Share != WiderShare || p.Source != "", "source", "rating.problem.source")
	c.AtMost(p.Source, maxLine, "source")
}

// Count is how many of a list have each level.
type Count map[Level]int

// Base returns how many are good or better.
func (n Count) Base() int { return n[Excellent] + n[Good] }

// Allowed returns how many of base people who are good or better may be excellent,
// rounded down. With Beside it is the largest x with x ≤ share × (base − x).
func (p Cap) Allowed(base int) int {
	if base <= 0 {
		return 0
	}
	if p.Reading == Beside {
		return p.Share * base / (100 + p.Share)
	}
	return p.Share * base / 100
}

// Over returns by how many the excellent ones go beyond the cap, 0 where they keep it.
func (p Cap) Over(n Count) int { return max(0, n[Excellent]-p.Allowed(n.Base())) }

// Words is the computation, so that whoever reads it can count again. It is written
// on papers and is Vietnamese whoever reads the screen.
func (p Cap) Words(n Count) string { return p.words("đồng chí", n) }

// words is the computation for what noun names: "đồng chí", "chi bộ".
func (p Cap) words(noun string, n Count) string {
	base, allowed := n.Base(), p.Allowed(n.Base())
	how := fmt.Sprintf("%d%% của %d %s xếp loại tốt trở lên = %s", p.Share, base, noun, comma(p.Share*base, 100))
	if p.Reading == Beside {
		how = fmt.Sprintf("số xuất sắc không quá %d%% số xếp loại tốt còn lại: %d × %d : %d = %s", p.Share, base, p.Share, 100+p.Share, comma(p.Share*base, 100+p.Share))
	}
	if p.Share == WiderShare {
		how += " (tỷ lệ 25% theo " + p.Source + ")"
	}
	out := fmt.Sprintf("Tối đa %d %s: %s, làm tròn xuống. Danh sách có %d %s xuất sắc", allowed, noun, how, n[Excellent], noun)
	if over := p.Over(n); over > 0 {
		return fmt.Sprintf("%s, vượt %d.", out, over)
	}
	return out + ", trong tỷ lệ."
}

// comma writes a share with up to two decimals as Vietnamese papers do: "2,4".
func comma(num, den int) string {
	hundredths := num * 100 / den
	switch whole, rest := hundredths/100, hundredths%100; {
	case rest == 0:
		return fmt.Sprint(whole)
	case rest%10 == 0:
		return fmt.Sprintf("%d,%d", whole, rest/10)
	default:
		return fmt.Sprintf("%d,%02d", whole, rest)
	}
}
