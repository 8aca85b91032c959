// Package access says who is asking and how far they reach.
//
// Access is two halves. A need stands on the route line and says who may knock;
// a scope goes into the query and says which rows exist for them: a row outside
// it is not found. A grant ties a role to an organisation and everything below
// it; which role has which needs is one table, app/rights.go.
package access

import (
	"context"
	"fmt"
	"strings"

	"chibo/kit/fault"
)

// Role is what a person is to an organisation.
type Role string

// The roles.
const (
	Administrator Role = "administrator" // keeps accounts and organisations, reads no contents
	Clerk         Role = "clerk"         // văn phòng: the office of a committee
	Committee     Role = "committee"     // đảng ủy viên, and who follows a cell for it
	Department    Role = "department"    // works in a department of a committee; the duties of the department say what they may do
	Secretary     Role = "secretary"
	Deputy        Role = "deputy"
	MinuteTaker   Role = "minute-taker"
	Member        Role = "member"
	Probationary  Role = "probationary"
)

// Reading is what a clerk may do besides where the committee has decided that its clerks
// read minutes. Nobody holds it as a role.
const Reading Role = "clerk reading minutes"

// Roles lists all roles, widest first.
var Roles = []Role{Administrator, Clerk, Committee, Department, Secretary, Deputy, MinuteTaker, Member, Probationary}

// Need is a thing to be done that some may do, such as "meeting.prepare".
type Need string

// The needs that no role is asked for.
const (
	Public   Need = "public"
	SignedIn Need = "signed-in"
)

// Rights says which needs a role has.
type Rights map[Role][]Need

// Set returns the needs of role r for a Grant.
func (r Rights) Set(role Role) map[Need]bool {
	set := make(map[Need]bool, len(r[role]))
	for _, n := range r[role] {
		set[n] = true
	}
	return set
}

// Grant gives a role in an organisation and all that is below it.
type Grant struct {
	Role         Role
	Root         string // base organisation, empty above the base organisations
	Organization string // id
	Name         string // of the organisation, to be shown
	Path         string // of the organisation: "/a/b/", see package organization
	Needs        map[Need]bool
	// Upper says that the organisation stands above those that lead cells, as a province does:
	// too many cells lie below it to be read for one page, see Scope.Near.
	Upper bool
	// For is the member in whose place the grant is held for a while, ForName their name;
	// empty for what is one's own.
	For, ForName string
}

// covers reports whether path is the grant's organisation or below it.
func (g Grant) covers(path string) bool { return strings.HasPrefix(path, g.Path) }

// Seat is the place of somebody without an account in one meeting, or at the desks of one
// conference: see packages helper and reception. It reaches no organisation: whatever asks
// for a scope finds nothing.
type Seat struct {
	Meeting    string // one of the two; both are empty for all others
	Conference string
	Place      string // address of the page to which the seat belongs
	Duty       string // what they help with in a meeting: see package room
	Needs      map[Need]bool
}

// Person is who makes a request. The zero Person has not signed in.
type Person struct {
	Account string // id of the account, or of the seat
	Member  string // id of the member, empty for people who are on no roll
	Name    string
	Root    string // base organisation of the account
	Session string // id of the session
	Shared  bool   // signed in on a device that several people use
	Grants  []Grant
	Seat    Seat // of a helper, who has no grants
	// For are the members in whose place p does what is being done: it goes into the log.
	For []string
}

// SignedIn reports whether somebody is signed in to an account.
func (p Person) SignedIn() bool { return p.Account != "" && !p.Helps() }

// Helps reports whether p was let into one meeting, or to the desks of one conference, to
// help there.
func (p Person) Helps() bool { return p.Seat.Meeting != "" || p.Seat.Conference != "" }

// Seated reports whether p was let into the meeting and has need n there.
func (p Person) Seated(meeting string, n Need) bool {
	return p.Seat.Meeting != "" && p.Seat.Meeting == meeting && p.Seat.Needs[n]
}

// Serves reports whether p was let to the desks of the conference and has need n there.
func (p Person) Serves(conference string, n Need) bool {
	return p.Seat.Conference != "" && p.Seat.Conference == conference && p.Seat.Needs[n]
}

// Check refuses p unless p has need n somewhere. For a helper nothing is there but the
// one place.
func (p Person) Check(n Need) error {
	switch {
	case n == Public, p.Helps() && p.Seat.Needs[n]:
		return nil
	case p.Helps():
		return fault.New(fault.NotFound, "fault.not_found")
	case !p.SignedIn():
		return fault.New(fault.SignIn, "fault.sign_in")
	case n == SignedIn, p.May(n):
		return nil
	}
	return fault.New(fault.Forbidden, "fault.forbidden")
}

// May reports whether p has need n in some organisation.
func (p Person) May(n Need) bool {
	for _, g := range p.Grants {
		if g.Needs[n] {
			return true
		}
	}
	return false
}

// MayAt reports whether p has need n in the organisation of path.
func (p Person) MayAt(n Need, path string) bool {
	for _, g := range p.Grants {
		if g.Needs[n] && g.covers(path) {
			return true
		}
	}
	return false
}

// InPlaceOf returns the members in whose place alone p has need n: nobody where p has it
// by a grant of their own too.
func (p Person) InPlaceOf(n Need) []string {
	var others []string
	for _, g := range p.Grants {
		switch {
		case !g.Needs[n]:
		case g.For == "":
			return nil
		default:
			others = append(others, g.For)
		}
	}
	return others
}

// Is reports whether p has role r in some organisation.
func (p Person) Is(r Role) bool {
	for _, g := range p.Grants {
		if g.Role == r {
			return true
		}
	}
	return false
}

// Scope returns the organisations in which p has need n.
func (p Person) Scope(n Need) Scope {
	var s Scope
	for _, g := range p.Grants {
		if g.Needs[n] {
			s.grants = append(s.grants, g)
		}
	}
	return s
}

// Home returns the grant that says where p works first: in their own cell if they
// have one, else in the widest organisation. The second result is false when p
// has no grant.
func (p Person) Home() (Grant, bool) {
	best := -1
	for i, g := range p.Grants {
		if best < 0 || len(g.Path) > len(p.Grants[best].Path) {
			best = i
		}
	}
	if best < 0 {
		return Grant{}, false
	}
	return p.Grants[best], true
}

// Scope is a set of organisations, each with all that is below it. The zero Scope
// is empty.
type Scope struct {
	grants []Grant
	near   bool
}

// Whole returns the scope of one organisation and all below it. It is for the
// program's own work, never for a request.
func Whole(root, path string) Scope { return Scope{grants: []Grant{{Root: root, Path: path}}} }

// Around returns the scope of one organisation and those directly below it, likewise.
func Around(path string) Scope { return Scope{[]Grant{{Path: path, Upper: true}}, true} }

// Near returns what of the scope a page reads that was not asked for one organisation: of
// those that stand above others that lead cells only themselves and what stands directly
// below them. For everybody else it is the whole scope.
func (s Scope) Near() Scope { return Scope{s.grants, true} }

// Upper reports whether some of the scope is reached from above the organisations that
// lead cells.
func (s Scope) Upper() bool {
	for _, g := range s.grants {
		if g.Upper {
			return true
		}
	}
	return false
}

// Covers reports whether path lies within the scope.
func (s Scope) Covers(path string) bool {
	for _, g := range s.grants {
		deeper := s.near && g.Upper && strings.Count(path, "/") > strings.Count(g.Path, "/")+1
		if g.covers(path) && !deeper {
			return true
		}
	}
	return false
}

// Empty reports whether the scope holds nothing.
func (s Scope) Empty() bool { return len(s.grants) == 0 }

// Where returns an SQL condition that holds for the rows of the scope, on the
// organization table named alias, and appends its arguments to args. An empty
// scope gives a condition that never holds.
func (s Scope) Where(alias string, args *[]any) string {
	if s.Empty() {
		return "1 = 0"
	}
	add := func(v any) string {
		*args = append(*args, v)
		return fmt.Sprintf("$%d", len(*args))
	}
	var or []string
	for _, g := range s.grants {
		if s.near && g.Upper {
			id := add(g.Path[strings.LastIndex(strings.TrimSuffix(g.Path, "/"), "/")+1 : len(g.Path)-1])
			or = append(or, fmt.Sprintf("%s.id = %s OR %s.parent_id = %s", alias, id, alias, id))
			continue
		}
		// '0' follows '/': the half-open range holds the path and all below it.
		c := fmt.Sprintf("%s.path >= %s AND %s.path < %s", alias, add(g.Path), alias, add(strings.TrimSuffix(g.Path, "/")+"0"))
		if g.Root != "" {
			c = fmt.Sprintf("%s.root_id = %s AND %s", alias, add(g.Root), c)
		}
		or = append(or, c)
	}
	return "(" + strings.Join(or, " OR ") + ")"
}

type key struct{}

// With returns ctx carrying p.
func With(ctx context.Context, p Person) context.Context { return context.WithValue(ctx, key{}, p) }

// Who returns the person of ctx, the zero Person when there is none.
func Who(ctx context.Context) Person { p, _ := ctx.Value(key{}).(Person); return p }
