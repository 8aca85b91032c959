package organization

import (
	"database/sql/driver"
	"fmt"
	"slices"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/when"
)

// Duty is a part of a committee's work that it hands one of its departments. What a
// duty lets people do is one table: app/rights.go.
type Duty string

// The duties.
const (
	FollowsMeetings Duty = "meetings"  // theo dõi nền nếp sinh hoạt của các chi bộ
	ConfirmsScores  Duty = "scores"    // xác nhận điểm chất lượng sinh hoạt
	ReadsRatings    Duty = "ratings"   // tổng hợp, thẩm định danh sách xếp loại
	KeepsRolls      Duty = "rolls"     // hồ sơ, danh sách đảng viên
	OverseesStudy   Duty = "study"     // học tập, bồi dưỡng
	AnswersMatters  Duty = "matters"   // tiếp nhận, trả lời kiến nghị của cơ sở
	NumbersPapers   Duty = "papers"    // số, sổ văn bản, thư viện
	WritesReports   Duty = "reports"   // tổng hợp, báo cáo
	HandlesData     Duty = "data"      // yêu cầu của đảng viên về dữ liệu cá nhân
	ReadsLibrary    Duty = "documents" // văn bản, chuyên đề
)

// AllDuties lists the duties in the order of the form.
var AllDuties = []Duty{
	FollowsMeetings, ConfirmsScores, ReadsRatings, KeepsRolls, OverseesStudy, AnswersMatters, NumbersPapers, WritesReports, HandlesData, ReadsLibrary,
}

// Duties are what one department does. In the database they are one text: "rolls,study".
type Duties []Duty

// Value stores the duties as text.
func (d Duties) Value() (driver.Value, error) {
	names := make([]string, len(d))
	for n, one := range d {
		names[n] = string(one)
	}
	return strings.Join(names, ","), nil
}

// Scan reads the duties from text.
func (d *Duties) Scan(src any) error {
	text, ok := src.(string)
	if b, bytes := src.([]byte); bytes {
		text, ok = string(b), true
	}
	if !ok {
		return fmt.Errorf("duties: %T", src)
	}
	*d = nil
	for name := range strings.SplitSeq(text, ",") {
		if name != "" {
			*d = append(*d, Duty(name))
		}
	}
	return nil
}

// DepartmentKind is the sort of a department.
type DepartmentKind string

// The departments that committees commonly have; which of them one has, under which name
// and with which duties, is its own decision.
const (
	OrganizationDepartment DepartmentKind = "organization" // Ban Tổ chức, in small committees Ban Xây dựng Đảng
	PartyOffice            DepartmentKind = "office"       // Văn phòng Đảng ủy
	PropagandaDepartment   DepartmentKind = "propaganda"   // Ban Tuyên giáo và Dân vận
	InspectionCommittee    DepartmentKind = "inspection"   // Ủy ban Kiểm tra
	OtherDepartment        DepartmentKind = "other"
)

// DepartmentKinds lists the kinds in the order of the form.
var DepartmentKinds = []DepartmentKind{OrganizationDepartment, PartyOffice, PropagandaDepartment, InspectionCommittee, OtherDepartment}

// Usual are the duties that a department of a kind has unless its committee decides
// otherwise.
func (k DepartmentKind) Usual() Duties {
	switch k {
	case OrganizationDepartment:
		return Duties{FollowsMeetings, ConfirmsScores, ReadsRatings, KeepsRolls}
	case PartyOffice:
		return Duties{FollowsMeetings, AnswersMatters, NumbersPapers, WritesReports}
	case PropagandaDepartment:
		return Duties{FollowsMeetings, OverseesStudy, ReadsLibrary}
	case InspectionCommittee:
		return Duties{FollowsMeetings, AnswersMatters, HandlesData}
	}
	return nil
}

// Department is a body that advises and helps a committee (ban tham mưu, giúp việc).
type Department struct {
	Root         string `db:"root_id"`
	ID           string
	Organization string `db:"organization_id"` // id of the committee
	Kind         DepartmentKind
	Name         string
	Duties       Duties
	// ClosedOn is the day from which it no longer exists; zero while it does.
	ClosedOn when.Date
}

// Path returns the page of the department.
func (d Department) Path() string { return "/departments/" + d.ID }

// OpenOn reports whether the department exists on day.
func (d Department) OpenOn(day when.Date) bool { return openOn(d.ClosedOn, day) }

// Check returns the problems of what was typed for d.
func (d Department) Check() error {
	var c fault.Check
	c.That(slices.Contains(DepartmentKinds, d.Kind), "kind", "organization.problem.department_kind")
	c.That(d.Name != "", "name", "organization.problem.name")
	c.AtMost(d.Name, 200, "name")
	c.That(len(d.Duties) > 0, "duties", "organization.problem.duties")
	for _, one := range d.Duties {
		c.That(slices.Contains(AllDuties, one), "duties", "organization.problem.duties")
	}
	return c.Err()
}

// Rank is what somebody is in a department.
type Rank string

// The ranks.
const (
	Head        Rank = "head"         // trưởng ban, chánh văn phòng, chủ nhiệm
	DeputyHead  Rank = "deputy_head"  // phó trưởng ban
	Specialist  Rank = "specialist"   // chuyên viên
	BoardMember Rank = "board_member" // ủy viên
)

// Ranks lists the ranks in the order of the form.
var Ranks = []Rank{Head, DeputyHead, BoardMember, Specialist}

// Seat says that a person works in a department from a day on. The zero Until says
// that they do still.
type Seat struct {
	Root       string `db:"root_id"`
	ID         string
	Department string `db:"department_id"`
	Member     string `db:"member_id"`
	Rank       Rank
	From       when.Date `db:"from_on"`
	Until      when.Date `db:"until_on"` // the last day
}

// Holds reports whether the person sits there on day.
func (s Seat) Holds(day when.Date) bool { return day.Within(s.From, s.Until) }

// Check returns the problems of what was typed for s.
func (s Seat) Check() error {
	var c fault.Check
	c.That(s.Member != "", "member", "organization.problem.member")
	c.That(slices.Contains(Ranks, s.Rank), "rank", "organization.problem.rank")
	c.That(!s.From.IsZero(), "from", "organization.problem.from")
	c.That(s.Until.IsZero() || !s.Until.Before(s.From), "until", "organization.problem.until")
	return c.Err()
}
