package conference

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/organization"
)

// Duty is what one body of the committee does: Ban Tổ chức, Văn phòng, the units.
type Duty struct {
	Body  string
	Lines string // one duty a line
}

// Words are what people write into a plan; the rest of it is counted from the sittings and
// the composition.
type Words struct {
	Issuer     string // "Đảng ủy phường …"
	Bases      string // one a line
	Purpose    string // one paragraph a line
	Duties     []Duty
	Recipients string // one a line, the archive copy last
	For        string // "T/M BAN THƯỜNG VỤ"
	As         string // "BÍ THƯ"
	Name       string
}

// mostDuties is how many bodies a plan may name.
const mostDuties = 20

func (w Words) check() error {
	var c fault.Check
	c.That(strings.TrimSpace(w.Issuer) != "", "issuer", "conference.problem.issuer")
	long(&c, map[string]string{"issuer": w.Issuer, "for": w.For, "as": w.As, "name": w.Name})
	for field, text := range map[string]string{"bases": w.Bases, "purpose": w.Purpose, "recipients": w.Recipients} {
		c.That(len([]rune(text)) <= longestText, field, "conference.problem.long_text")
	}
	c.That(len(w.Duties) <= mostDuties, "duties", "conference.problem.duties")
	for n, d := range w.Duties {
		c.That(d.Body != "", bodyField(n), "conference.problem.body")
		c.That(len([]rune(d.Body+d.Lines)) <= longestText, linesField(n), "conference.problem.long_text")
	}
	return c.Err()
}

// longestText is how long a text of several lines may be, in letters.
const longestText = 20_000

// Names of the fields of the nth duty.
func bodyField(n int) string  { return fmt.Sprintf("body_%d", n+1) }
func linesField(n int) string { return fmt.Sprintf("lines_%d", n+1) }

// lines returns the lines of a text that say something, without a dash before them.
func lines(text string) []string {
	var out []string
	for l := range strings.Lines(text) {
		if l = strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(l), "-–+• ")); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// Gathering is a sitting as it stands in a plan.
type Gathering struct {
	Title          string
	Kind           meeting.Kind
	Host           string // name of the cell that performs
	StartsAt       when.Instant
	EndsAt         when.Instant
	Venue, Address string
}

// Facts are all that stands in one version of a plan.
type Facts struct {
	Words

	Title       string
	Level       organization.Level
	Superior    string
	Town        string
	Sittings    []Gathering
	Composition []string
}

// Value stores the facts as text.
func (f Facts) Value() (driver.Value, error) {
	b, err := json.Marshal(f)
	return string(b), err
}

// Scan reads the facts from text.
func (f *Facts) Scan(src any) error {
	switch s := src.(type) {
	case string:
		return json.Unmarshal([]byte(s), f)
	case []byte:
		return json.Unmarshal(s, f)
	}
	return fmt.Errorf("the facts of a plan in %T", src)
}

// Gaps names what a plan lacks before it may be sent for approval, as keys of texts.
func (f Facts) Gaps() []string {
	var out []string
	for _, x := range []struct {
		gap string
		is  bool
	}{
		{"bases", len(lines(f.Bases)) == 0},
		{"purpose", len(lines(f.Purpose)) == 0},
		{"sittings", len(f.Sittings) == 0},
		{"composition", len(f.Composition) == 0},
		{"duties", len(f.Duties) == 0},
		{"recipients", len(lines(f.Recipients)) == 0},
		{"archive", len(lines(f.Recipients)) > 0 && !slices.ContainsFunc(lines(f.Recipients), func(l string) bool { return strings.HasPrefix(l, "Lưu") })},
		{"signature", f.For == "" && f.As == "" || f.Name == ""},
		{"weekdays", len(Weekdays(f.texts())) > 0},
	} {
		if x.is {
			out = append(out, x.gap)
		}
	}
	return out
}

// texts are all texts that people have typed, one below the other.
func (f Facts) texts() string {
	all := []string{f.Title, f.Bases, f.Purpose, f.Recipients}
	for _, d := range f.Duties {
		all = append(all, d.Body, d.Lines)
	}
	for _, y := range f.Sittings {
		all = append(all, y.Title, y.Venue, y.Address)
	}
	return strings.Join(append(all, f.Composition...), "\n")
}

// Version is a plan as it stood when it was saved.
type Version struct {
	Root       string `db:"root_id"`
	Conference string `db:"conference_id"`
	N          int    // from 1
	Facts      Facts
	SavedAt    when.Instant
	SavedBy    string
	SentAt     when.Instant // zero: not sent for approval
	SentBy     string
	Answer     Approval
	Note       string // with which it was returned
	AnsweredAt when.Instant
	AnsweredBy string
	IssuedAt   when.Instant // zero: not issued
	IssuedBy   string
	Number     string
	Dated      when.Date
}

// Approval is what the committee said to a version; empty: nothing yet.
type Approval string

// The answers.
const (
	Approved Approval = "approved"
	Returned Approval = "returned"
)

// Stage says how far a plan is.
type Stage string

// The stages, in their order.
const (
	Writing   Stage = "writing"
	Sent      Stage = "sent"
	SentBack  Stage = "returned"
	ToIssue   Stage = "approved"
	IssuedNow Stage = "issued"
)

// Stage returns how far the version is.
func (v Version) Stage() Stage {
	switch {
	case !v.IssuedAt.IsZero():
		return IssuedNow
	case v.Answer == Approved:
		return ToIssue
	case v.Answer == Returned:
		return SentBack
	case !v.SentAt.IsZero():
		return Sent
	}
	return Writing
}

// Plan is the plan of a conference: its versions in their order, at least one.
type Plan []Version

// Latest returns the version on which people work.
func (p Plan) Latest() Version {
	if len(p) == 0 {
		return Version{}
	}
	return p[len(p)-1]
}

// Issued returns the version that is in force: the last that was issued.
func (p Plan) Issued() (Version, bool) { return p.issuedBefore(len(p) + 1) }

// issuedBefore returns the last version before n that was issued: what n takes the place
// of.
func (p Plan) issuedBefore(n int) (Version, bool) {
	for _, v := range slices.Backward(p) {
		if v.N < n && !v.IssuedAt.IsZero() {
			return v, true
		}
	}
	return Version{}, false
}

// At returns version n.
func (p Plan) At(n int) (Version, bool) {
	at := slices.IndexFunc(p, func(v Version) bool { return v.N == n })
	if at < 0 {
		return Version{}, false
	}
	return p[at], true
}
