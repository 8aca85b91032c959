package rating

import (
	"slices"

	"chibo/kit/fault"
	"chibo/organization"
)

// Form is the self-review that somebody writes, and with it the lines by which they
// give themselves points (HD 43-HD/BTCTW, 31/10/2025; 366-QĐ/TW, appendices).
type Form string

// The forms.
const (
	Leader     Form = "2A" // holds a leading post
	Serving    Form = "2B" // works in the political system without a leading post
	Outside    Form = "2C" // retired, student, private enterprise
	Collective Form = "01" // the cell itself
)

// PersonForms lists the forms of persons.
var PersonForms = []Form{Leader, Serving, Outside}

// Forms lists all forms.
var Forms = []Form{Leader, Serving, Outside, Collective}

// FormFor returns the form that a member of a cell of the kind most likely writes. It
// is a first guess of the program, which the committee of the cell mends.
func FormFor(kind organization.Kind, leads bool) Form {
	switch kind {
	case organization.Residential, organization.Student, organization.PrivateEnterprise:
		return Outside
	}
	if leads {
		return Leader
	}
	return Serving
}

// Line is one criterion of a form.
type Line struct {
	// Key names its words: "rating.line.<key>".
	Key     string
	General bool // one of the 30, else of the 70
	Max     int  // points
}

// linesOf are the criteria of each form. Of appendix 4 (Serving) and 5 (Outside) of
// 366-QĐ/TW the criteria were found, of the others the two sums only; of none the
// points of a single line, so that they are divided evenly until the committee of the
// cell sets them.
var linesOf = map[Form][]Line{
	Leader:     general("politics", "competence", "self_criticism").results("leading"),
	Serving:    general("politics", "competence", "self_criticism").results("sector"),
	Outside:    general("ideology", "self_criticism").results("duties", "study", "unexpected"),
	Collective: general("collective_general").results("collective_results"),
}

type criteria []Line

func general(keys ...string) criteria { return even(keys, GeneralPoints, true) }

func (c criteria) results(keys ...string) []Line {
	return append(c, even(keys, ResultPoints, false)...)
}

// even divides points evenly over lines; what is left goes to the first ones.
func even(keys []string, points int, general bool) criteria {
	out := make(criteria, len(keys))
	for i, k := range keys {
		out[i] = Line{k, general, points / len(keys)}
		if i < points%len(keys) {
			out[i].Max++
		}
	}
	return out
}

// LinesOf returns the criteria of a form with the points that set says, in the order
// of the lines; without a set that fits, with those of the program.
func LinesOf(f Form, set []int) []Line {
	out := slices.Clone(linesOf[f])
	if len(set) == len(out) {
		for i := range out {
			out[i].Max = set[i]
		}
	}
	return out
}

// Sums returns the points of the general criteria and of the results.
func Sums(of []Line, points []int) (general, results int) {
	for i, l := range of {
		if i >= len(points) {
			break
		}
		if l.General {
			general += points[i]
		} else {
			results += points[i]
		}
	}
	return general, results
}

// checkSet adds the problems of points that a committee sets for the lines of a form.
func checkSet(c *fault.Check, f Form, set []int) {
	general, results := Sums(linesOf[f], set)
	field := "points_" + string(f)
	c.That(len(set) == len(linesOf[f]) && general == GeneralPoints && results == ResultPoints, field, "rating.problem.sums")
	for _, n := range set {
		c.That(n >= 0, field, "rating.problem.sums")
	}
}

// CheckPoints returns what is wrong with points that somebody gives on the lines: each
// from 0 to the most of its line.
func CheckPoints(of []Line, points []int) error {
	var c fault.Check
	c.That(len(points) == len(of), "points", "rating.problem.points")
	for i, l := range of {
		if i < len(points) {
			c.That(points[i] >= 0 && points[i] <= l.Max, "p_"+l.Key, "rating.problem.points")
		}
	}
	return c.Err()
}
