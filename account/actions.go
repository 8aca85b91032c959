package account

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/limit"
	"chibo/kit/text"
	"chibo/kit/when"
)

// Service lets people in and says what they may do.
type Service struct {
	DB     *db.DB
	Now    func() time.Time
	Audit  audit.Log
	Log    *slog.Logger
	Rights access.Rights // which role may do what
	Duties Duties        // which duty of a department lets people do what
	Never  []access.Need // what nobody does in another's place
	Lives  Lives         // zero: DefaultLives
	Secure bool          // reached by https
	// Address returns the address a request comes from, for the count of failures;
	// nil takes the connection's own. Behind a proxy it must read what that proxy,
	// and nobody else, says.
	Address func(*http.Request) string
	// Keys keeps what the passwords open; nil where nothing does.
	Keys Keyring
	// Second asks for more than a password; nil where nothing does.
	Second Second
	// Drop takes away the second factors of an account, and Warn tells its owner that
	// somebody works on getting into it; nil where nothing does.
	Drop func(ctx context.Context, tx *db.Tx, root, account string) error
	Warn func(ctx context.Context, tx *db.Tx, a Account) error
	// Demo lists people of the demo world whom the sign-in page offers by one press;
	// empty anywhere else.
	Demo []Demo

	limits limit.Limiter
	memory memory
	uses   uses
	sets   sync.Map // what grants hold → map[access.Need]bool, see needs
}

// Demo is a person of the demo world.
type Demo struct {
	Name, Password string
	Role           access.Role
	FullName, Unit string
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

// Enroll makes an account for a person of the roll within tx. passwordHash comes
// from Hash, or is empty for somebody who will be given a code. member may be empty
// for somebody who is on no roll.
func Enroll(ctx context.Context, tx *db.Tx, root, member, fullName, passwordHash string, at when.Instant) (Account, error) {
	name, err := freeName(ctx, tx, fullName)
	if err != nil {
		return Account{}, err
	}
	a := Account{
		Root: root, ID: id.New(), Member: member, FullName: fullName, SignName: name, Password: passwordHash, CreatedAt: at,
	}
	return a, insertAccount(ctx, tx, a)
}

// Hash returns what is stored of a password. It is slow: never call it inside a
// transaction.
func Hash(ctx context.Context, password string) (string, error) { return hash(ctx, password) }

// freeName returns the name under which somebody will sign in: the full name, with
// the first number that is free where others have it.
func freeName(ctx context.Context, tx *db.Tx, fullName string) (string, error) {
	base := SignName(fullName, 0)
	if base == "" {
		return "", fault.New(fault.Invalid, "account.problem.name")
	}
	taken, err := takenNames(ctx, tx, base)
	if err != nil {
		return "", err
	}
	name := base
	for n := 2; slices.Contains(taken, name); n++ {
		name = SignName(fullName, n)
	}
	return name, nil
}

// Give gives a role by hand. Only an administrator of the unit may.
func (s *Service) Give(ctx context.Context, who access.Person, fullName, organization string, role access.Role) (Slip, error) {
	fullName = text.Line(fullName)
	var c fault.Check
	c.That(fullName != "" && SignName(fullName, 0) != "", "full_name", "account.problem.name")
	c.That(len([]rune(fullName)) <= 100, "full_name", "account.problem.name_long")
	c.That(slices.Contains(GivenRoles, role), "role", "fault.choice")
	if err := c.Err(); err != nil {
		return Slip{}, err
	}
	unit, err := unitInScope(ctx, s.DB, who.Scope(Manage), organization)
	if err != nil {
		return Slip{}, err
	}
	if !isAt(who, access.Administrator, unit.Path) {
		return Slip{}, fault.New(fault.Forbidden, "account.problem.give")
	}
	return s.enrollWithRole(ctx, who, unit, fullName, role)
}

// First makes the first account of a new program: an administrator of the unit, who
// is let in by the code on the slip. Once there is any account it is refused.
func (s *Service) First(ctx context.Context, fullName, organization string) (Slip, error) {
	n, err := countAccounts(ctx, s.DB)
	if err != nil {
		return Slip{}, err
	}
	if n > 0 {
		return Slip{}, fault.New(fault.Conflict, "account.problem.not_first")
	}
	unit, err := unitByID(ctx, s.DB, organization)
	if err != nil {
		return Slip{}, err
	}
	return s.enrollWithRole(ctx, access.Person{Name: "chibo account"}, unit, text.Line(fullName), access.Administrator)
}

func (s *Service) enrollWithRole(ctx context.Context, who access.Person, unit place, fullName string, role access.Role) (Slip, error) {
	fresh, err := s.newSecret(ctx)
	if err != nil {
		return Slip{}, err
	}
	now := s.now()
	var slip Slip
	err = s.DB.Tx(ctx, func(tx *db.Tx) error {
		a, err := Enroll(ctx, tx, unit.Root, "", fullName, "", now)
		if err != nil {
			return err
		}
		g := Given{Root: a.Root, ID: id.New(), Account: a.ID, Organization: unit.ID, Role: role, GivenAt: now}
		if err := insertGiven(ctx, tx, g); err != nil {
			return err
		}
		if err := s.Audit.Write(ctx, tx, who, a.Root, "account.granted", a.ID, map[string]any{"role": role, "organization": unit.ID}); err != nil {
			return err
		}
		slip, err = s.issue(ctx, tx, who, a, unit.Name, fresh)
		return err
	})
	return slip, err
}

// Revoke takes back a role that was given by hand.
func (s *Service) Revoke(ctx context.Context, who access.Person, given string) error {
	all, err := givenInScope(ctx, s.DB, who.Scope(Manage))
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(g givenIn) bool { return g.ID == given })
	switch {
	case i < 0:
		return fault.New(fault.NotFound, "fault.not_found")
	case !isAt(who, access.Administrator, all[i].Path):
		return fault.New(fault.Forbidden, "account.problem.give")
	case all[i].Account == who.Account:
		return fault.New(fault.Conflict, "account.problem.own_role")
	}
	now := s.now()
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if n, err := revokeGiven(ctx, tx, all[i].Root, given, now); err != nil || n == 0 {
			return err
		}
		return s.Audit.Write(ctx, tx, who, all[i].Root, "account.revoked", all[i].Account, map[string]any{"role": all[i].Role})
	})
}

// Given lists the roles given by hand in the units that who manages as an
// administrator.
func (s *Service) given(ctx context.Context, who access.Person) ([]givenIn, error) {
	if !who.Is(access.Administrator) {
		return nil, nil
	}
	return givenInScope(ctx, s.DB, who.Scope(Manage))
}

// Close closes an account and ends its sessions; open opens it again.
func (s *Service) Close(ctx context.Context, who access.Person, account string) error {
	return s.setClosed(ctx, who, account, s.now(), "account.closed")
}

// Reopen opens an account that was closed.
func (s *Service) Reopen(ctx context.Context, who access.Person, account string) error {
	return s.setClosed(ctx, who, account, 0, "account.opened")
}

func (s *Service) setClosed(ctx context.Context, who access.Person, account string, at when.Instant, action string) error {
	a, err := s.managed(ctx, who, account)
	if err != nil {
		return err
	}
	if a.ID == who.Account {
		return fault.New(fault.Conflict, "account.problem.close_own")
	}
	if a.DisabledAt.IsZero() == at.IsZero() {
		return fault.New(fault.Conflict, "account.problem.as_it_is")
	}
	now := s.now()
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := setDisabled(ctx, tx, a, at); err != nil {
			return err
		}
		if _, err := endSessions(ctx, tx, a.Root, a.ID, "", now); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, a.Root, action, a.ID, nil)
	})
}

// SignOutOther ends all sessions of an account that who manages.
func (s *Service) SignOutOther(ctx context.Context, who access.Person, account string) error {
	a, err := s.managed(ctx, who, account)
	if err != nil {
		return err
	}
	return s.endAll(ctx, who, a, "")
}

// managed returns an account that who may manage; any other is not found.
func (s *Service) managed(ctx context.Context, who access.Person, account string) (Account, error) {
	a, err := accountByID(ctx, s.DB, account)
	if err != nil {
		return a, err
	}
	gs, err := s.grantsOf(ctx, a)
	if err != nil {
		return a, err
	}
	reach := len(gs) > 0
	if !reach { // somebody who has left: whoever manages the cell of the roll may still close the account
		_, err := memberInScope(ctx, s.DB, who.Scope(Manage), a.Member)
		reach = err == nil
	}
	if !reach || !MayManage(who, gs) {
		return a, fault.New(fault.NotFound, "fault.not_found")
	}
	return a, nil
}

// Person returns what an account of a base organisation may do today, as if its person had
// signed in; false where there is no such account.
func (s *Service) Person(ctx context.Context, root, account string) (access.Person, bool, error) {
	a, err := accountByID(ctx, s.DB, account)
	if fault.Is(err, fault.NotFound) || err == nil && a.Root != root {
		return access.Person{}, false, nil
	}
	if err != nil {
		return access.Person{}, false, err
	}
	gs, err := s.grantsOf(ctx, a)
	return access.Person{Account: a.ID, Member: a.Member, Name: a.FullName, Root: a.Root, Grants: gs}, err == nil, err
}

// grantsOf returns what the person of an account may do today. What was lent ends with the place in
// the unit of either of the two: whoever has moved away or left the Party does nobody's work there.
func (s *Service) grantsOf(ctx context.Context, a Account) ([]access.Grant, error) {
	day := s.now().Date()
	own, err := s.ownGrants(ctx, s.DB, a, day)
	if err != nil || a.Member == "" || len(own) == 0 {
		return own, err
	}
	all := slices.Clip(own)
	lent, err := delegationsTo(ctx, s.DB, a.Root, a.Member, day)
	for _, d := range lent {
		if !d.Seated && !slices.ContainsFunc(own, func(g access.Grant) bool { return g.Organization == d.Organization }) {
			continue
		}
		giver, found, err := accountOfMember(ctx, s.DB, d.Giver)
		if err != nil {
			return nil, err
		}
		if !found || !giver.DisabledAt.IsZero() {
			continue
		}
		theirs, err := s.ownGrants(ctx, s.DB, giver, day)
		if err != nil {
			return nil, err
		}
		all = append(all, d.lend(theirs, giver.FullName, s.Never)...)
	}
	return all, err
}

// ownGrants returns what a person may do by what they are themselves.
func (s *Service) ownGrants(ctx context.Context, q db.Q, a Account, day when.Date) ([]access.Grant, error) {
	ties, err := tiesOf(ctx, q, a, day)
	if err != nil {
		return nil, err
	}
	return s.grants(ties), nil
}

// facts returns what no secret of the account's person, who has these grants, may be made of.
func (s *Service) facts(ctx context.Context, a Account, gs []access.Grant) (Facts, error) {
	row, err := factsOf(ctx, s.DB, a)
	if err != nil {
		return Facts{}, err
	}
	f := Facts{FullName: a.FullName, SignName: a.SignName, Phone: row.Phone, BornOn: row.BornOn, Leads: leads(gs)}
	for _, g := range gs {
		f.Units = append(f.Units, g.Name)
	}
	return f, nil
}

// ChangePassword sets a new password; the old one is asked for, and all other
// sessions end.
func (s *Service) ChangePassword(ctx context.Context, who access.Person, old, fresh string) error {
	a, err := s.checkOwn(ctx, who, old)
	if err != nil {
		return err
	}
	f, err := s.facts(ctx, a, who.Grants)
	if err != nil {
		return err
	}
	var c fault.Check
	problem := problemOfPassword(fresh, f)
	c.That(problem == "", "new_password", problem)
	if err := c.Err(); err != nil {
		return err
	}
	hashed, err := hash(ctx, fresh)
	if err != nil {
		return err
	}
	rewrap, err := s.keys().Changing(ctx, who, old, fresh)
	if err != nil {
		return err
	}
	now := s.now()
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := setPassword(ctx, tx, a, hashed, now); err != nil {
			return err
		}
		if err := rewrap(ctx, tx); err != nil {
			return err
		}
		if _, err := endSessions(ctx, tx, a.Root, a.ID, who.Session, now); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, a.Root, "account.password_changed", a.ID, nil)
	})
}

// SetPIN sets the six digits by which the person signs on a device of others.
func (s *Service) SetPIN(ctx context.Context, who access.Person, password, pin string) error {
	a, err := s.checkOwn(ctx, who, password)
	if err != nil {
		return err
	}
	f, err := s.facts(ctx, a, who.Grants)
	if err != nil {
		return err
	}
	pin = strings.TrimSpace(pin)
	var c fault.Check
	problem := problemOfPIN(pin, f)
	c.That(problem == "", "pin_password", problem)
	if err := c.Err(); err != nil {
		return err
	}
	hashed, err := hash(ctx, pin)
	if err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := setPIN(ctx, tx, a, hashed); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, a.Root, "account.pin_changed", a.ID, nil)
	})
}

// Prove asks for the password of who again. A refusal names the field "password".
func (s *Service) Prove(ctx context.Context, who access.Person, password string) error {
	_, err := s.checkOwn(ctx, who, password)
	return err
}

// checkOwn returns the account of who after asking for its password again.
func (s *Service) checkOwn(ctx context.Context, who access.Person, password string) (Account, error) {
	a, err := accountByID(ctx, s.DB, who.Account)
	if err != nil {
		return a, err
	}
	guess := []limit.Bucket{{Key: "own:" + who.Session, Allowance: pinRate}}
	now := s.Now()
	if err := s.limits.Check(ctx, s.DB, now, fault.New(fault.TooMany, "account.problem.too_many"), guess...); err != nil {
		return a, err
	}
	ok, err := matches(ctx, password, a.Password)
	if err != nil {
		return a, err
	}
	if !ok {
		return a, cmp.Or(s.limits.Charge(ctx, s.DB, now, guess...), wrong("password", "account.problem.password"))
	}
	return a, s.limits.Clear(ctx, s.DB, guess...)
}

// wrong is a refusal that names one field.
func wrong(field, key string) error {
	var c fault.Check
	c.That(false, field, key)
	return c.Err()
}

// Confirm checks that secret is the PIN or password of a person of the roll, who
// signs on the device of who. Refusals name the field "secret".
func (s *Service) Confirm(ctx context.Context, who access.Person, member, secret string) error {
	now := s.Now()
	guess := []limit.Bucket{{Key: "sign:" + member + ":" + who.Session, Allowance: pinRate}, {Key: "sign:" + member, Allowance: nameRate}}
	if err := s.limits.Check(ctx, s.DB, now, wrong("secret", "account.problem.too_many"), guess...); err != nil {
		return err
	}
	a, found, err := accountOfMember(ctx, s.DB, member)
	if err != nil {
		return err
	}
	stored := a.Password
	if isPIN(secret) {
		stored = a.PIN
	}
	ok, err := matches(ctx, secret, stored)
	if err != nil {
		return err
	}
	if !found || a.Password == "" && a.PIN == "" {
		return wrong("secret", "account.problem.no_secret")
	}
	if !ok || !a.DisabledAt.IsZero() {
		return cmp.Or(s.limits.Charge(ctx, s.DB, now, guess...), wrong("secret", "account.problem.secret"))
	}
	return s.limits.Clear(ctx, s.DB, guess...)
}
