package account

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/limit"
	"chibo/kit/when"
)

// Slip is what is printed for one person and handed over. Its two secrets are kept
// nowhere else: who loses the paper is given another.
type Slip struct {
	FullName, Unit, SignName string
	Code                     string // to be typed: "K7M4-9QXP-2RTB"
	Link                     string // to be scanned: the path "/start/…"
	Until                    when.Instant
}

// mostSlips is how many are printed at once; each costs a slow hash.
const mostSlips = 60

// secret is a code before it belongs to anybody.
type secret struct{ code, hash, link string }

func (s *Service) newSecret(ctx context.Context) (secret, error) {
	fresh := secret{code: newCode(), link: newToken()}
	var err error
	fresh.hash, err = hash(ctx, fresh.code)
	return fresh, err
}

// IssueCodes makes one-time codes for people of the roll and, where they have none,
// accounts. Their older codes are worth nothing from then on; passwords stay. Who
// asks must manage everything the person has a role in.
func (s *Service) IssueCodes(ctx context.Context, who access.Person, members []string) ([]Slip, error) {
	if len(members) == 0 {
		return nil, wrong("members", "account.problem.nobody")
	}
	if len(members) > mostSlips {
		return nil, wrong("members", "account.problem.many")
	}
	type job struct {
		person personIn
		secret secret
	}
	jobs := make([]job, 0, len(members))
	for _, m := range members {
		p, two, err := s.codeFor(ctx, who, m)
		if err != nil {
			return nil, err
		}
		if two {
			return nil, fault.New(fault.Conflict, "account.problem.two", "Name", p.FullName)
		}
		fresh, err := s.newSecret(ctx)
		if err != nil {
			return nil, err
		}
		jobs = append(jobs, job{p, fresh})
	}
	var slips []Slip
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		slips = nil
		for _, j := range jobs {
			a, err := s.accountFor(ctx, tx, who, j.person)
			if err != nil {
				return err
			}
			slip, err := s.issue(ctx, tx, who, a, j.person.Unit, j.secret)
			if err != nil {
				return err
			}
			slips = append(slips, slip)
		}
		return nil
	})
	return slips, err
}

// codeFor returns a person of the roll for whom who may print a code, and whether that
// takes a second person.
func (s *Service) codeFor(ctx context.Context, who access.Person, memberID string) (p personIn, two bool, err error) {
	p, err = memberInScope(ctx, s.DB, who.Scope(Manage), memberID)
	if err != nil {
		return p, false, err
	}
	a, _, err := accountOfMember(ctx, s.DB, memberID)
	if err != nil {
		return p, false, err
	}
	a.Root, a.Member = p.Root, p.ID // also for a person who has no account yet
	gs, err := s.grantsOf(ctx, a)
	switch {
	case err != nil:
		return p, false, err
	case len(gs) == 0:
		return p, false, fault.New(fault.Conflict, "account.problem.no_standing", "Name", p.FullName)
	case !MayManage(who, gs):
		return p, false, fault.New(fault.Forbidden, "account.problem.wider", "Name", p.FullName)
	case a.ID == who.Account:
		return p, false, fault.New(fault.Conflict, "account.problem.recover_own")
	case !a.DisabledAt.IsZero():
		return p, false, fault.New(fault.Conflict, "account.problem.is_closed", "Name", p.FullName)
	}
	return p, needsTwo(a, gs, false), nil
}

func (s *Service) accountFor(ctx context.Context, tx *db.Tx, who access.Person, p personIn) (Account, error) {
	a, found, err := accountOfMember(ctx, tx, p.ID)
	if err != nil || found {
		return a, err
	}
	a, err = Enroll(ctx, tx, p.Root, p.ID, p.FullName, "", s.now())
	if err != nil {
		return a, err
	}
	return a, s.Audit.Write(ctx, tx, who, a.Root, "account.created", a.ID, map[string]any{"member": p.ID})
}

// issue puts a code in the place of the account's older ones.
func (s *Service) issue(ctx context.Context, tx *db.Tx, who access.Person, a Account, unit string, fresh secret) (Slip, error) {
	now := s.now()
	if _, err := retireCodes(ctx, tx, a.Root, a.ID, now); err != nil {
		return Slip{}, err
	}
	c := Code{
		Root: a.Root, ID: id.New(), Account: a.ID, LinkHash: hashToken(fresh.link), Code: fresh.hash,
		IssuedBy: who.Account, IssuedAt: now, UntilAt: now.Add(CodeLife),
	}
	if err := insertCode(ctx, tx, c); err != nil {
		return Slip{}, err
	}
	slip := Slip{
		FullName: a.FullName, Unit: unit, SignName: a.SignName, Code: fresh.code, Link: "/start/" + fresh.link, Until: c.UntilAt,
	}
	return slip, s.Audit.Write(ctx, tx, who, a.Root, "account.code_issued", a.ID, nil)
}

// linked returns the account and code of a scanned link that is still good.
func (s *Service) linked(ctx context.Context, v visit, link string) (Account, Code, error) {
	guess := []limit.Bucket{{Key: "address:" + v.address, Allowance: addressRate}}
	if err := s.limits.Check(ctx, s.DB, s.Now(), fault.New(fault.TooMany, "account.problem.too_many"), guess...); err != nil {
		return Account{}, Code{}, err
	}
	c, found, err := codeByLink(ctx, s.DB, hashToken(link))
	if err != nil {
		return Account{}, c, err
	}
	if !found || !c.good(s.now()) {
		if err := s.limits.Charge(ctx, s.DB, s.Now(), guess...); err != nil {
			return Account{}, c, err
		}
		return Account{}, c, fault.New(fault.Conflict, "account.problem.code_gone")
	}
	a, err := accountByID(ctx, s.DB, c.Account)
	if err == nil && !a.DisabledAt.IsZero() {
		err = fault.New(fault.Conflict, "account.problem.code_gone")
	}
	return a, c, err
}

// good reports whether the code can still be used at now.
func (c Code) good(now when.Instant) bool { return c.UsedAt.IsZero() && now < c.UntilAt }

// typed returns the account and code of a name and a code typed from paper. It does
// the same work for names that are unknown or have no code.
func (s *Service) typed(ctx context.Context, v visit, name, code string) (Account, Code, error) {
	name = SignName(name, 0)
	a, found, err := accountByName(ctx, s.DB, name)
	if err != nil {
		return a, Code{}, err
	}
	pair, all := guesses(v, "code", name)
	if err := s.slowDown(ctx, a, v, all); err != nil {
		return a, Code{}, err
	}
	c, _, err := unusedCode(ctx, s.DB, a.Root, a.ID)
	if err != nil {
		return a, c, err
	}
	ok, err := matches(ctx, readCode(code), c.Code)
	if err != nil {
		return a, c, err
	}
	if !ok || !found || !c.good(s.now()) || !a.DisabledAt.IsZero() {
		err := s.refuse(ctx, a, v, all)
		if !fault.Is(err, fault.Invalid) {
			return a, c, err
		}
		return a, c, fault.New(fault.Invalid, "account.problem.code")
	}
	return a, c, s.limits.Clear(ctx, s.DB, pair...)
}

// start uses a code: the person's new password is set, all older sessions end and
// one begins on this device.
func (s *Service) start(ctx context.Context, v visit, a Account, c Code, password string) (opened, error) {
	gs, err := s.grantsOf(ctx, a)
	if err != nil {
		return opened{}, err
	}
	if len(gs) == 0 {
		return opened{}, fault.New(fault.Forbidden, "account.problem.no_role")
	}
	f, err := s.facts(ctx, a, gs)
	if err != nil {
		return opened{}, err
	}
	if problem := problemOfPassword(password, f); problem != "" {
		return opened{}, wrong("new_password", problem)
	}
	hashed, err := hash(ctx, password)
	if err != nil {
		return opened{}, err
	}
	proof, err := s.proofOf(ctx, a, v, gs)
	if err != nil {
		return opened{}, err
	}
	var o opened
	err = s.DB.Tx(ctx, func(tx *db.Tx) error {
		now := s.now()
		n, err := useCode(ctx, tx, c, now)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Conflict, "account.problem.code_gone")
		}
		if err := setPassword(ctx, tx, a, hashed, now); err != nil {
			return err
		}
		if err := s.keys().Reset(ctx, tx, a.Root, a.ID); err != nil {
			return err
		}
		if _, err := endSessions(ctx, tx, a.Root, a.ID, "", now); err != nil {
			return err
		}
		o, err = s.begin(ctx, tx, a, v, gs, proof, "account.code_used")
		return err
	})
	return o, err
}
