// Package organization is the tree of Party organisations (cây tổ chức đảng), the
// kind of every cell, its terms, the offices its people hold and the settings
// its meetings follow.
//
// Its story: under the central committee stand provinces, under the province wards, under a ward base committees or
// cells, under a base committee cells, under a large cell its groups (tổ đảng).
// The tree is of free depth, because a ward may itself be the base organisation
// or stand above several (294-QĐ/TW, 26/5/2025). Every unit knows its path from
// the top, so that a right given on a unit reaches all that is below it, and its
// root, the base organisation whose data it belongs to. Nothing here is simply
// so: a term, an office, a setting is true from a day on, and a meeting is judged
// by what was true on its day.
package organization

import (
	"slices"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/when"
)

// Level says where a unit may stand in the tree.
type Level string

// The levels, from the top.
const (
	Central       Level = "central"        // Trung ương
	Province      Level = "province"       // đảng bộ tỉnh, thành phố
	Ward          Level = "ward"           // đảng bộ xã, phường, đặc khu
	BaseCommittee Level = "base_committee" // đảng bộ cơ sở
	Cell          Level = "cell"           // chi bộ
	PartyGroup    Level = "party_group"    // tổ đảng
)

// Levels lists the levels from the top.
var Levels = []Level{Central, Province, Ward, BaseCommittee, Cell, PartyGroup}

// MayStandUnder reports whether a unit of level l may stand directly under one
// of level parent. Depth is free: base committees may stand under each other,
// cells under any committee; only a group stands under a cell.
func (l Level) MayStandUnder(parent Level) bool {
	at, above := slices.Index(Levels, l), slices.Index(Levels, parent)
	switch {
	case at < 0 || above < 0:
		return false
	case l == PartyGroup:
		return parent == Cell
	case l == BaseCommittee && parent == BaseCommittee:
		return true
	}
	return above < at && parent != Cell
}

// Committee reports whether units of level l have a Party committee (đảng ủy)
// and cells below them.
func (l Level) Committee() bool {
	return l == Central || l == Province || l == Ward || l == BaseCommittee
}

// Upper reports whether a unit of the level stands above the committees that lead cells:
// one page does not read all that lies below it.
func (l Level) Upper() bool { return l == Central || l == Province }

func (l Level) isCell() bool { return l == Cell }

// Kind is the sort of cell (loại hình chi bộ); it decides what the meeting
// dwells on. Units that are not cells have none.
type Kind string

// The kinds, after HD 42-HD/BTCTW (28/10/2025), part 4.
const (
	Residential       Kind = "residential"        // thôn, bản, tổ dân phố
	Agency            Kind = "agency"             // cơ quan hành chính
	School            Kind = "school"             // trường học
	Health            Kind = "health"             // trạm y tế, bệnh viện
	StateEnterprise   Kind = "state_enterprise"   // doanh nghiệp nhà nước
	PrivateEnterprise Kind = "private_enterprise" // doanh nghiệp ngoài nhà nước
	Student           Kind = "student"            // học sinh, sinh viên
	ArmedForces       Kind = "armed_forces"       // quân đội, công an
)

// Kinds lists the kinds in the order in which people choose them.
var Kinds = []Kind{Residential, Agency, School, Health, StateEnterprise, PrivateEnterprise, Student, ArmedForces}

// Organization is one unit of the tree.
type Organization struct {
	// Root is the base organisation whose data the unit belongs to: the nearest at
	// or above it; units above the base organisations are their own.
	Root string `db:"root_id"`
	ID   string
	// Parent is the unit directly above, empty at the top.
	Parent string `db:"parent_id"`
	// Path holds the ids from the top down to the unit itself: "/a/b/c/".
	Path  string
	Level Level
	// Kind is empty unless Level is Cell.
	Kind Kind
	Name string
	// Superior is the name of the superior body as it stands at the head of the
	// unit's documents: "ĐẢNG BỘ PHƯỜNG SÔNG XANH".
	Superior string
	// Town is the place name of the date line: "Sông Xanh".
	Town string
	// Code is the code of the organisation in the national numbering, where it is
	// known: "38.168.053.000.001".
	Code string
	// ClosedOn is the day from which the unit no longer exists; zero while it does.
	ClosedOn when.Date
}

// Place returns o with Path and Root set for its place under parent. The zero
// parent puts it at the top.
//
// A cell directly under a province or the central committee is itself a base organisation (chi bộ cơ sở,
// Điều lệ Đảng 19/01/2011, art. 21).
func Place(o, parent Organization) Organization {
	o.Parent, o.Path, o.Root = parent.ID, parent.Path+o.ID+"/", o.ID
	if parent.ID == "" {
		o.Path = "/" + o.ID + "/"
		return o
	}
	if o.Level == PartyGroup || o.Level == Cell && parent.Level != Province && parent.Level != Central {
		o.Root = parent.Root
	}
	return o
}

// Above returns the ids of the units above o, from the top.
func (o Organization) Above() []string {
	ids := strings.Split(strings.Trim(o.Path, "/"), "/")
	return ids[:len(ids)-1]
}

// OpenOn reports whether the unit exists on day.
func (o Organization) OpenOn(day when.Date) bool { return openOn(o.ClosedOn, day) }

// openOn reports whether what was closed on a day, or was not, exists on another: on the day
// itself it is gone.
func openOn(closed, day when.Date) bool { return closed.IsZero() || day.Before(closed) }

// Check returns the problems of what was typed for o; parent is the zero
// Organization at the top.
func (o Organization) Check(parent Organization) error {
	var c fault.Check
	c.That(o.Name != "", "name", "organization.problem.name")
	c.That(slices.Contains(Levels, o.Level), "level", "organization.problem.level")
	if parent.ID != "" {
		c.That(o.Level.MayStandUnder(parent.Level), "level", "organization.problem.place")
	}
	c.That(o.Level != Cell || slices.Contains(Kinds, o.Kind), "kind", "organization.problem.kind")
	c.That(o.Level == Cell || o.Kind == "", "kind", "organization.problem.kind_of_other")
	for field, text := range map[string]string{"name": o.Name, "superior": o.Superior, "town": o.Town, "code": o.Code} {
		c.AtMost(text, 200, field)
	}
	return c.Err()
}

// Term is a term of office (nhiệm kỳ) from one congress to the next: a record
// with dates and never a sum of years, because terms are prolonged and shortened
// (Điều lệ Đảng, art. 22 and 24). The zero Until says that it runs on.
type Term struct {
	Root         string `db:"root_id"`
	ID           string
	Organization string    `db:"organization_id"`
	Name         string    // "2025 - 2030"
	From         when.Date `db:"from_on"`
	Until        when.Date `db:"until_on"` // the last day
}

// Holds reports whether the term covers day.
func (t Term) Holds(day when.Date) bool { return day.Within(t.From, t.Until) }

// Check returns the problems of what was typed for t.
func (t Term) Check() error {
	var c fault.Check
	c.That(t.Name != "", "name", "organization.problem.name")
	c.AtMost(t.Name, 200, "name")
	c.That(!t.From.IsZero(), "from", "organization.problem.from")
	c.That(t.Until.IsZero() || !t.Until.Before(t.From), "until", "organization.problem.until")
	return c.Err()
}

// Post is an office that a person holds in a unit.
type Post string

// The posts. Of a cell: secretary, deputy, member of its committee, minute
// taker, rapporteur; of a group its leader. Of a committee: member, clerk
// (văn phòng, ban tổ chức), administrator of the program. A supervisor is a
// member of the superior committee who follows the cell named.
const (
	Secretary       Post = "secretary"        // bí thư
	Deputy          Post = "deputy"           // phó bí thư
	CommitteeMember Post = "committee_member" // chi ủy viên
	MinuteTaker     Post = "minute_taker"     // thư ký các kỳ sinh hoạt
	Rapporteur      Post = "rapporteur"       // báo cáo viên
	GroupLeader     Post = "group_leader"     // tổ trưởng tổ đảng
	PartyCommittee  Post = "party_committee"  // đảng ủy viên
	Clerk           Post = "clerk"            // cán bộ văn phòng, ban tổ chức
	Administrator   Post = "administrator"    // quản trị phần mềm
	Supervisor      Post = "supervisor"       // cấp ủy viên phụ trách, theo dõi chi bộ
)

// Posts lists the posts in the order in which they are named.
var Posts = []Post{
	Secretary, Deputy, CommitteeMember, MinuteTaker, Rapporteur, GroupLeader,
	PartyCommittee, Clerk, Administrator, Supervisor,
}

// PostsOf returns the posts that units of level l have.
func PostsOf(l Level) []Post {
	switch {
	case l == Cell:
		return []Post{Secretary, Deputy, CommitteeMember, MinuteTaker, Rapporteur, Supervisor}
	case l == PartyGroup:
		return []Post{GroupLeader}
	case l.Committee():
		return []Post{Secretary, Deputy, PartyCommittee, Clerk, Administrator, Rapporteur}
	}
	return nil
}

// Alone reports whether one person at a time holds the post in a unit.
func (p Post) Alone() bool { return p == Secretary || p == GroupLeader }

// Leads reports whether the post is of the cell's own committee: secretary,
// deputy, committee member.
func (p Post) Leads() bool { return p == Secretary || p == Deputy || p == CommitteeMember }

// Office says that a person holds a post in a unit from a day on. The zero Until
// says that it is held still.
type Office struct {
	Root         string `db:"root_id"`
	ID           string
	Organization string `db:"organization_id"`
	Member       string `db:"member_id"`
	Post         Post
	From         when.Date `db:"from_on"`
	Until        when.Date `db:"until_on"` // the last day
}

// Holds reports whether the office is held on day.
func (o Office) Holds(day when.Date) bool { return day.Within(o.From, o.Until) }

// Check returns the problems of what was typed for o in a unit of level l.
func (o Office) Check(l Level) error {
	var c fault.Check
	c.That(o.Member != "", "member", "organization.problem.member")
	c.That(slices.Contains(PostsOf(l), o.Post), "post", "organization.problem.post")
	c.That(!o.From.IsZero(), "from", "organization.problem.from")
	c.That(o.Until.IsZero() || !o.Until.Before(o.From), "until", "organization.problem.until")
	return c.Err()
}
