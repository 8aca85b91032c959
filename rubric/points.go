package rubric

import (
	"fmt"
	"strconv"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/locale"
)

// Points are hundredths of a point: 250 is two and a half points. Sheets give halves
// and quarters, and scaling a sum must not drift.
type Points int

// MaxPoints is the most that a sheet may give in all.
const MaxPoints Points = 1000_00

// Whole returns n points.
func Whole(n int) Points { return Points(n * 100) }

// String writes p as sheets do, without needless noughts: "8", "2.5", "0.25".
func (p Points) String() string {
	s := strconv.FormatFloat(float64(p)/100, 'f', -1, 64)
	if s == "-0" {
		return "0"
	}
	return s
}

// MarshalText writes p as String does.
func (p Points) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// Text writes p in the language of the reader: "2,5".
func (p Points) Text(l locale.L) string {
	if l.Tag() == "vi" {
		return strings.Replace(p.String(), ".", ",", 1)
	}
	return p.String()
}

// UnmarshalText reads "8", "2.5" or "2,5". More than two digits behind the point are
// refused: they would be rounded in silence.
func (p *Points) UnmarshalText(text []byte) error {
	n, err := hundredths(string(text))
	if err != nil {
		return err
	}
	*p = Points(n)
	return nil
}

// hundredths reads a number with at most two digits behind the point as hundredths.
func hundredths(s string) (int, error) {
	s = strings.ReplaceAll(strings.TrimSpace(s), ",", ".")
	whole, rest, _ := strings.Cut(s, ".")
	refused := fault.New(fault.Invalid, "rubric.problem.number", "Text", s)
	if len(rest) > 2 || len(whole) > 9 || whole == "" || strings.ContainsAny(rest, "+-") {
		return 0, refused
	}
	n, err := strconv.Atoi(whole + (rest + "00")[:2])
	if err != nil {
		return 0, refused
	}
	return n, nil
}

// Figure is something measured or counted: Num/Den of its unit, kept as a fraction so
// that two thirds are never rounded across the edge of a band. A share is in percent.
type Figure struct {
	Num int `json:"num"`
	Den int `json:"den"`
}

// Count is a figure of whole things.
func Count(n int) Figure { return Figure{n, 1} }

// Share is part of whole, in percent. A share of nothing is no figure: whole must be
// greater than 0.
func Share(part, whole int) Figure { return Figure{part * 100, whole} }

// Yes is the figure of something that is so or is not.
func Yes(is bool) Figure {
	if is {
		return Count(1)
	}
	return Count(0)
}

// Bound is an edge of a range, in the unit of the figure, or as a share of the scale
// of the fact: "50%" of a length of 90 minutes is 45.
type Bound struct {
	Hundredths int
	OfScale    bool
}

// String writes the bound as it is read.
func (b Bound) String() string {
	if b.OfScale {
		return Points(b.Hundredths).String() + "%"
	}
	return Points(b.Hundredths).String()
}

// UnmarshalText reads "15", "12.5" or "50%".
func (b *Bound) UnmarshalText(text []byte) error {
	s, share := strings.CutSuffix(string(text), "%")
	n, err := hundredths(s)
	if err != nil {
		return err
	}
	*b = Bound{n, share}
	return nil
}

// at returns the bound as a figure where the fact has this scale.
func (b Bound) at(scale int) Figure {
	if b.OfScale {
		return Figure{b.Hundredths * scale, 100_00}
	}
	return Figure{b.Hundredths, 100}
}

// less reports whether f is smaller than g.
func (f Figure) less(g Figure) bool { return int64(f.Num)*int64(g.Den) < int64(g.Num)*int64(f.Den) }

// String writes the figure with at most two digits behind the point.
func (f Figure) String() string {
	if f.Den == 1 {
		return strconv.Itoa(f.Num)
	}
	s := fmt.Sprintf("%.2f", float64(f.Num)/float64(f.Den))
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// Range is a stretch of figures; a missing bound leaves it open on that side.
type Range struct {
	From  *Bound `yaml:"from,omitempty"`  // this and more
	Above *Bound `yaml:"above,omitempty"` // more than this
	To    *Bound `yaml:"to,omitempty"`    // this and less
	Under *Bound `yaml:"under,omitempty"` // less than this
}

// Open reports whether the range names no bound at all.
func (r Range) Open() bool { return r.From == nil && r.Above == nil && r.To == nil && r.Under == nil }

// Holds reports whether f lies in the range where the fact has this scale.
func (r Range) Holds(f Figure, scale int) bool {
	switch {
	case r.From != nil && f.less(r.From.at(scale)):
		return false
	case r.Above != nil && !r.Above.at(scale).less(f):
		return false
	case r.To != nil && r.To.at(scale).less(f):
		return false
	case r.Under != nil && !f.less(r.Under.at(scale)):
		return false
	}
	return true
}

// bounds returns the edges that the range names.
func (r Range) bounds() []Bound {
	var out []Bound
	for _, b := range []*Bound{r.From, r.Above, r.To, r.Under} {
		if b != nil {
			out = append(out, *b)
		}
	}
	return out
}
