// Package account lets people in: names and passwords, one-time codes on paper,
// sessions on devices, and what each person may do today.
//
// Its story: a meeting needs no accounts, so few people have one. The secretary
// prints a sheet with a code for a comrade; the comrade scans or types it once,
// chooses a password and is in. Whoever forgets it asks the secretary or the
// office in person for another sheet: there is no mail to wait for and no
// question to remember. Secretary and minute-taker choose a PIN of six digits to
// sign the minutes on the one device in the room.
//
// An account holds no rights. What a person may do follows, at every request, from
// the offices held and the standing in a cell on that day, and from the few roles
// that are given by hand. Who moves away or is removed from the roll has lost
// access at the next press of a button.
package account

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"chibo/kit/access"
	"chibo/kit/search"
	"chibo/kit/when"
	"chibo/member"
	"chibo/organization"
)

// Manage is the need to print codes, close accounts and end sessions of others.
const Manage access.Need = "account.manage"

// Account is a person who may sign in.
type Account struct {
	Root string `db:"root_id"`
	ID   string
	// Member is the person on the roll, empty for somebody who is on none, such as
	// a technician.
	Member   string `db:"member_id"`
	FullName string
	// SignName is what the person types to sign in: see SignName.
	SignName string
	// Password and PIN are argon2id hashes, empty when none is set.
	Password, PIN string
	// Letters is the size of letters that the person wants on every device.
	Letters   Letters
	CreatedAt when.Instant
	// PasswordAt is when the password was set; zero for one that is as old as the account, and
	// for none.
	PasswordAt when.Instant
	// DisabledAt is when the account was closed; zero while it is open.
	DisabledAt when.Instant
}

// Letters is a size of letters.
type Letters string

// The sizes. Who has said nothing has the size that the device is set to.
const (
	Unsaid       Letters = ""
	LargeLetters Letters = "large"
	UsualLetters Letters = "usual"
)

// Session is a device on which a person is signed in.
type Session struct {
	Root    string `db:"root_id"`
	ID      string
	Account string `db:"account_id"`
	// TokenHash and DeviceHash are SHA-256 in hex of what the two cookies hold.
	TokenHash, DeviceHash string
	Device                string // in words: "Chrome, Android"
	// Shared says that several people use the device: the session is short.
	Shared    bool
	Proof     Proof
	CreatedAt when.Instant
	SeenAt    when.Instant
	EndedAt   when.Instant
}

// Code is a one-time code printed for a person.
type Code struct {
	Root     string `db:"root_id"`
	ID       string
	Account  string `db:"account_id"`
	LinkHash string
	// Code is an argon2id hash of what can be typed instead of scanned.
	Code     string
	IssuedBy string // account
	IssuedAt when.Instant
	UntilAt  when.Instant
	UsedAt   when.Instant
}

// CodeLife is how long a printed code is good.
const CodeLife = 72 * time.Hour

// Given is a role that was given by hand.
type Given struct {
	Root         string `db:"root_id"`
	ID           string
	Account      string `db:"account_id"`
	Organization string `db:"organization_id"`
	Role         access.Role
	GivenAt      when.Instant
	RevokedAt    when.Instant
}

// GivenRoles lists the roles that are given by hand. All others follow from
// offices and standing, where everybody can see who appointed whom.
var GivenRoles = []access.Role{access.Administrator, access.Clerk}

// Life says how long a session lives: Idle after the last request, Whole after the
// signing-in.
type Life struct{ Idle, Whole time.Duration }

// Lives are the lives of the sessions of a program.
type Lives struct {
	Own    Life // on a person's own device
	Staff  Life // on the device of an administrator or clerk
	Shared Life // on a device that several people use
}

// DefaultLives are used where nothing else is set. A device that several people
// use is left alone for five minutes at most.
var DefaultLives = Lives{
	Own:    Life{12 * time.Hour, 30 * 24 * time.Hour},
	Staff:  Life{30 * time.Minute, 12 * time.Hour},
	Shared: Life{5 * time.Minute, 12 * time.Hour},
}

// Of returns the life of a session by what kind of session it is and whether its
// person has a role of staff.
func (l Lives) Of(shared, staff bool) Life {
	switch {
	case shared:
		return l.Shared
	case staff:
		return l.Staff
	}
	return l.Own
}

// Alive reports whether a session lives at now.
func (l Life) Alive(s Session, now when.Instant) bool {
	return s.EndedAt.IsZero() && now < s.SeenAt.Add(l.Idle) && now < s.CreatedAt.Add(l.Whole)
}

// SignName returns what stands for a name in the directory: letters and digits
// without accents, spaces and case, so that "Trần Văn Hòa", "tran van hoa" and
// "tranvanhoa" are one name. n tells people of the same name apart: 2 gives
// "tranvanhoa2", 0 and 1 nothing.
func SignName(name string, n int) string {
	folded := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, search.Fold(name))
	if n > 1 {
		folded += strconv.Itoa(n)
	}
	return folded
}

// RoleOf returns the role that a post gives in a unit of level l; the second result
// is false where it gives none beyond that of a member.
//
// A member of a cell's committee shares the work of the deputy, because the
// committee prepares the meeting together (HD 42-HD/BTCTW, 28/10/2025). The
// secretary of a committee above cells is to the cells a member of that committee.
func RoleOf(l organization.Level, p organization.Post) (access.Role, bool) {
	roles := cellRoles
	if l.Committee() {
		roles = committeeRoles
	}
	r, ok := roles[p]
	return r, ok
}

var (
	cellRoles = map[organization.Post]access.Role{
		organization.Secretary:       access.Secretary,
		organization.Deputy:          access.Deputy,
		organization.CommitteeMember: access.Deputy,
		organization.GroupLeader:     access.Deputy,
		organization.MinuteTaker:     access.MinuteTaker,
		organization.Supervisor:      access.Committee,
	}
	committeeRoles = map[organization.Post]access.Role{
		organization.Secretary:      access.Committee,
		organization.Deputy:         access.Committee,
		organization.PartyCommittee: access.Committee,
		organization.Clerk:          access.Clerk,
		organization.Administrator:  access.Administrator,
	}
)

// roleOfStanding returns the role of a person who stands so in a cell; none for
// those who are off the roll or barred from its meetings.
func roleOfStanding(s member.Standing) (access.Role, bool) {
	switch {
	case !s.Listed() || s == member.Suspended:
		return "", false
	case s == member.Probationary:
		return access.Probationary, true
	}
	return access.Member, true
}

// place is a unit in which a person has something today.
type place struct {
	Root  string `db:"root_id"`
	ID    string
	Name  string
	Path  string
	Level organization.Level
}

// tie is one reason for a grant: an office held today, the standing in a cell
// today, a role given by hand, or work in a department; the others are empty.
type tie struct {
	place
	ClerkReads bool // the committee there lets its clerks read minutes
	Post       organization.Post
	Standing   member.Standing
	Role       access.Role
	Duties     organization.Duties // of the department in which they work
}

// grants returns what the ties of one person give. An office does not outlive its
// holder's place on the roll: it counts no more in a cell that the person has left,
// nor anywhere once the person is on no roll at all.
func (s *Service) grants(ties []tie) []access.Grant {
	left, onRoll, everOnRoll := map[string]bool{}, false, false
	for _, t := range ties {
		if t.Standing == "" {
			continue
		}
		everOnRoll = true
		_, in := roleOfStanding(t.Standing)
		onRoll = onRoll || in
		left[t.ID] = !in
	}
	var out []access.Grant
	for _, t := range ties {
		role, ok := t.Role, t.Role != ""
		switch {
		case t.Standing != "":
			role, ok = roleOfStanding(t.Standing)
		case t.Post != "":
			role, ok = RoleOf(t.Level, t.Post)
			ok = ok && !left[t.ID] && (onRoll || !everOnRoll)
		case len(t.Duties) > 0:
			role, ok = access.Department, onRoll || !everOnRoll
		}
		if !ok {
			continue
		}
		follows := role == access.Department && slices.Contains(t.Duties, organization.FollowsMeetings)
		reads := (role == access.Clerk || follows) && t.ClerkReads
		out = append(out, access.Grant{
			Role: role, Root: rootOf(t.place), Organization: t.ID, Name: t.Name, Path: t.Path, Upper: t.Level.Upper(), Needs: s.needs(role, t.Duties, reads),
		})
	}
	return out
}

// needs returns what a role gives with the duties of a department, and with the right to
// read. Those who have the same share it: it must not be changed.
func (s *Service) needs(role access.Role, duties organization.Duties, reads bool) map[access.Need]bool {
	key := fmt.Sprint(role, duties, reads)
	if known, ok := s.sets.Load(key); ok {
		return known.(map[access.Need]bool)
	}
	set := s.Rights.Set(role)
	for _, d := range duties {
		for _, n := range s.Duties[d] {
			set[n] = true
		}
	}
	if reads {
		maps.Copy(set, s.Rights.Set(access.Reading))
	}
	s.sets.Store(key, set)
	return set
}

// rootOf returns the root of a grant: none above the base organisations, where it
// reaches the data of several.
func rootOf(p place) string {
	if p.Level == organization.Central || p.Level == organization.Province || p.Level == organization.Ward {
		return ""
	}
	return p.Root
}

// MayManage reports whether who may print codes for, close or open the account of
// a person who has the given grants: only where who manages every unit in which
// that person has something, so that nobody comes by wider rights through another's
// account; and an administrator's account is kept by administrators.
func MayManage(who access.Person, target []access.Grant) bool {
	for _, g := range target {
		if !who.MayAt(Manage, g.Path) {
			return false
		}
		if g.Role == access.Administrator && !isAt(who, access.Administrator, g.Path) {
			return false
		}
	}
	return true
}

// isAt reports whether who has the role at path.
func isAt(who access.Person, role access.Role, path string) bool {
	return slices.ContainsFunc(who.Grants, func(g access.Grant) bool {
		return g.Role == role && strings.HasPrefix(path, g.Path)
	})
}

// staff reports whether a person has a role whose sessions are short.
func staff(gs []access.Grant) bool {
	return slices.ContainsFunc(gs, func(g access.Grant) bool { return slices.Contains(GivenRoles, g.Role) })
}

// leads reports whether a person has a role whose password must be long: any but that of a
// member, for who holds an office reads or writes what belongs to others.
func leads(gs []access.Grant) bool {
	return slices.ContainsFunc(gs, func(g access.Grant) bool { return g.Role != access.Member && g.Role != access.Probationary })
}
