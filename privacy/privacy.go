// Package privacy answers people who ask about their own data (dữ liệu của tôi).
//
// Its story: who signs in for the first time reads for what their data are kept, and by
// pressing a button says that they have read it. On their page they see every kind of
// data that the program holds of them: for what, by which rule, who may see it, for how
// long, the rows themselves, and who has looked at their file. They take all of it with
// them as one file for machines and one to read. They may ask: to know, to correct, to
// restrict, to delete, to object, to withdraw consent (Luật 91/2025/QH15, art. 4; in
// force since 01/01/2026 with Nghị định 356/2025/NĐ-CP). A request has a clock, goes to
// the secretary and the office of the committee, and is answered with words; a correction
// is taken over at one press.
//
// Political opinions are sensitive data (NĐ 356/2025/NĐ-CP, art. 4): that is why the list
// of kinds says who sees each, and why a test knows every column that names a person.
package privacy

import (
	"slices"

	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/member"
)

// Handle is the need to answer what people ask about their data.
const Handle access.Need = "privacy.handle"

// Claim is what somebody asks for.
type Claim string

// The claims, as Luật 91/2025/QH15, art. 4, names the rights.
const (
	Know     Claim = "know"
	Correct  Claim = "correct"
	Restrict Claim = "restrict"
	Delete   Claim = "delete"
	Object   Claim = "object"
	Withdraw Claim = "withdraw"
)

// Claims lists the claims in the order of the form.
var Claims = []Claim{Know, Correct, Restrict, Delete, Object, Withdraw}

// Stops reports whether the claim asks to stop or undo something.
func (c Claim) Stops() bool { return c != Know && c != Correct }

// State is how far a request is.
type State string

// The states.
const (
	Waiting  State = "waiting"
	Accepted State = "accepted"
	Done     State = "done"
	Refused  State = "refused"
)

// Request is what a member asks about their data.
type Request struct {
	Root         string `db:"root_id"`
	ID           string
	Organization string `db:"organization_id"`
	Member       string `db:"member_id"`
	Claim        Claim
	// Field and Value say what is to stand there instead; of a correction only.
	Field      member.Column
	Value      string
	Text       string
	MadeAt     when.Instant
	AcceptBy   when.Instant // until when somebody has to say that it has come
	AcceptedAt when.Instant
	AcceptedBy string       // id of the member
	Others     bool         // a third party has to take part
	DueAt      when.Instant // until when it has to be done with
	// ExtendedAt and ExtendedWhy tell of the one extension; zero where there was none.
	ExtendedAt  when.Instant
	ExtendedWhy string
	State       State
	Answer      string
	AnsweredAt  when.Instant
	AnsweredBy  string // id of the member
}

// longestText is the most letters that a request or an answer has.
const longestText = 2000

// Asking is what the form of a request brings.
type Asking struct {
	Claim Claim         `form:"claim"`
	Field member.Column `form:"field"`
	Value string        `form:"value"`
	Text  string        `form:"text"`
}

// Validate says what is wrong with a request of m on a day.
func (f Asking) Validate(m member.Member, today when.Date) error {
	var c fault.Check
	c.That(slices.Contains(Claims, f.Claim), "claim", "fault.choice")
	c.That(len([]rune(f.Text)) <= longestText, "text", "privacy.problem.long")
	if f.Claim != Correct {
		c.That(f.Text != "", "text", "privacy.problem.text")
		return c.Err()
	}
	c.That(slices.Contains(member.Correctable, f.Field), "field", "privacy.problem.field")
	if err := c.Err(); err != nil {
		return err
	}
	if _, err := m.With(f.Field, f.Value, today); err != nil {
		for _, key := range fault.Of(err).Fields {
			c.That(false, "value", key)
		}
		if c.Err() == nil {
			return err
		}
	}
	return c.Err()
}

// noticeVersion numbers the text that people acknowledge: raise it when the kinds or
// their purposes change, and everybody is asked to read it again.
const noticeVersion = 2
