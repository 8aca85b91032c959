package rating

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/when"
)

// Cell is the subject of the line of the cell itself; all others are ids of members.
const Cell = "cell"

// Rating is one line of a round: what became of a person or of the cell.
type Rating struct {
	Root  string `db:"root_id"`
	Round string `db:"round_id"`
	// Subject is the id of a member, or Cell.
	Subject string
	// Position orders the list: the cell before persons, its committee before the
	// others (366-QĐ/TW, 30/8/2025, art. 7).
	Position int
	Form     Form
	Case     Case `db:"special"`
	// Note says more of the case: the comment of the temporary cell, the leave.
	Note string
	Self
	SelfAt when.Instant
	SelfBy string // id of the member who entered it
	// Discussed is what was said at the review, in a few lines.
	Discussed string
	Votes
	// VotedIn is the meeting in whose room the votes were taken, empty where they were
	// typed in.
	VotedIn string
	// Proposal is the level that the cell proposes, empty while it has not; Reason why.
	Proposal Level
	Reason   string
	// Level is the one decided, with the decision; empty before.
	Level Level
	Ruling
	DecidedBy string // id of the member who entered the decision
}

// Self is how somebody rates themselves.
type Self struct {
	Points Points
	// Claim is the level they give themselves.
	Claim Level `db:"self_level"`
	// What the self-review says: strengths, faults, their causes, remedies.
	Strengths, Faults, Causes, Remedies string
	// Observance is what a member says of having kept to the list of things that members
	// may not do (207-QĐ/TW, 26/7/2026); the cell has none.
	Observance string
	// Remark is what the person says to the facts that the program shows.
	Remark string
}

// Ruling is a decision on ratings.
type Ruling struct {
	Number string    `db:"decision_number" form:"number"`
	On     when.Date `db:"decision_on" form:"on"`
	Body   string    `db:"decision_body" form:"body"` // who decided
}

// Rated reports whether the line takes part in the round.
func (r Rating) Rated() bool { return r.Case.Rated() }

// Person reports whether the line is that of a person.
func (r Rating) Person() bool { return r.Subject != Cell }

// Path returns the page of the line.
func (r Rating) Path() string { return "/ratings/" + r.Round + "/of/" + r.Subject }

// Said reports whether the person has rated themselves.
func (r Rating) Said() bool { return r.SelfAt != 0 }

// hidden returns the line as the person may see it while the round stands so: what the
// cell says of it once the list is sent, the decision once it is told.
func (r Rating) hidden(s State) Rating {
	if !s.Reached(Proposed) {
		r.Discussed, r.Votes, r.VotedIn, r.Proposal, r.Reason = "", Votes{}, "", "", ""
	}
	if s != Told {
		r.Level, r.Ruling, r.DecidedBy = "", Ruling{}, ""
	}
	return r
}

// Check says what is wrong with a self-rating on lines of a form. Whoever gives
// themselves fewer points than a level needs has not reached it.
func (s Self) Check(of []Line) error {
	err := CheckPoints(of, s.Points)
	if err != nil {
		return err
	}
	var c fault.Check
	general, results := Sums(of, s.Points)
	c.That(slices.Contains(Levels, s.Claim), "claim", "rating.problem.level")
	c.That(!slices.Contains(Levels, s.Claim) || general+results >= s.Claim.Least(), "claim", "rating.problem.band")
	for field, text := range map[string]string{
		"strengths": s.Strengths, "faults": s.Faults, "causes": s.Causes, "remedies": s.Remedies, "observance": s.Observance, "remark": s.Remark,
	} {
		c.AtMost(text, maxText, field)
	}
	return c.Err()
}

// Check says what is wrong with a decision on day today.
func (r Ruling) Check(today when.Date) error {
	var c fault.Check
	c.That(r.Number != "", "number", "rating.problem.number")
	c.AtMost(r.Number, maxLine, "number")
	c.That(r.Body != "", "body", "rating.problem.body")
	c.AtMost(r.Body, maxLine, "body")
	c.That(!r.On.IsZero(), "on", "rating.problem.day")
	c.That(!today.Before(r.On), "on", "rating.problem.future")
	return c.Err()
}

// CountOf counts the levels of lines of persons, as level gives them.
func CountOf(lines []Rating, level func(Rating) Level) Count {
	n := Count{}
	for _, r := range lines {
		if r.Person() && r.Rated() {
			n[level(r)]++
		}
	}
	return n
}

// Points are the points somebody gives, in the order of the lines of the form.
type Points []int

// Value stores the points as "10,9,8".
func (p Points) Value() (driver.Value, error) {
	said := make([]string, len(p))
	for i, n := range p {
		said[i] = strconv.Itoa(n)
	}
	return strings.Join(said, ","), nil
}

// Scan reads what Value wrote.
func (p *Points) Scan(src any) error {
	*p = nil
	s, ok := src.(string)
	if !ok {
		return fmt.Errorf("points: %T is no text", src)
	}
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' }) {
		n, err := strconv.Atoi(word)
		if err != nil {
			return fmt.Errorf("points %q: %w", s, err)
		}
		*p = append(*p, n)
	}
	return nil
}

// Scheme is the points that a committee has set for the criteria of forms.
type Scheme map[Form]Points

// Value stores the scheme as JSON.
func (s Scheme) Value() (driver.Value, error) {
	if len(s) == 0 {
		return "", nil
	}
	b, err := json.Marshal(s)
	return string(b), err
}

// Scan reads what Value wrote.
func (s *Scheme) Scan(src any) error {
	*s = nil
	text, ok := src.(string)
	if !ok {
		return fmt.Errorf("scheme: %T is no text", src)
	}
	if text == "" {
		return nil
	}
	return json.Unmarshal([]byte(text), s)
}
