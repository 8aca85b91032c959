package permit

import (
	"context"
	"slices"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/notice"
	"chibo/organization"
)

// Service lets lists of people go, and asks for second persons.
type Service struct {
	DB    *db.DB
	Now   func() time.Time
	Audit audit.Log
	// Person returns what an account may do today.
	Person func(ctx context.Context, root, account string) (access.Person, bool, error)
	// Alert tells those who keep watch over somebody what the key says of them.
	Alert func(ctx context.Context, tx *db.Tx, who access.Person, key string) error
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

func (s *Service) today() when.Date { return s.now().Date() }

// longestAddress is far more than the address of any list has.
const longestAddress = 500

// Admit lets a list go that who is about to take from an address, or returns the page that says
// what is lacking. It is web.Server.Second: the first list of a day goes, and all that tell of the
// same people; any other one by a permit, which is used up by it.
func (s *Service) Admit(ctx context.Context, who access.Person, r web.Route, l web.List, address string) (page string, err error) {
	if !who.SignedIn() {
		return "", nil
	}
	today := s.today()
	subject, found, err := firstOf(ctx, s.DB, who, today)
	if err != nil || found && subject == l.Subject {
		return "", err
	}
	if len(address) > longestAddress {
		return "", fault.New(fault.NotFound, "fault.not_found")
	}
	p, waits, err := latest(ctx, s.DB, who.Account, address, today)
	if err != nil {
		return "", err
	}
	if waits && (p.State == Begun || p.State == Asked) {
		return p.Path(), nil
	}
	err = s.DB.Tx(ctx, func(tx *db.Tx) error {
		page = ""
		n, err := putFirst(ctx, tx, first{who.Root, who.Account, today, l.Subject})
		if err != nil || n > 0 {
			return err
		}
		if subject, _, err := firstOf(ctx, tx, who, today); err != nil || subject == l.Subject { // the same list was quicker by another press
			return err
		}
		if p.Good(today) {
			switch n, err := take(ctx, tx, p); {
			case err != nil:
				return err
			case n > 0:
				return s.Audit.Write(ctx, tx, who, l.Root, "permit.taken", p.ID, nil)
			}
		}
		fresh := Permit{
			Root: who.Root, ID: id.New(), Account: who.Account, Member: who.Member, FullName: who.Name, Organization: l.Unit,
			Kind: l.Kind, Need: string(r.Need), Address: address, AskedOn: today, State: Begun,
		}
		page = fresh.Path()
		if err := forgetBegun(ctx, tx, fresh); err != nil {
			return err
		}
		return db.Insert(ctx, tx, "permit", fresh)
	})
	return page, err
}

// over refuses what is no longer to be done with a permit: it was done, or its day has gone by.
func (s *Service) over(p Permit, state State) error {
	if p.State != state || p.AskedOn != s.today() {
		return fault.New(fault.Conflict, "permit.problem.over")
	}
	return nil
}

// Ask says why a list is wanted, and asks those who may say yes. Where there is nobody the reason
// is enough, and those who keep watch are told.
func (s *Service) Ask(ctx context.Context, who access.Person, permit string, w Words) error {
	p, err := forAccount(ctx, s.DB, who.Account, permit)
	if err == nil && !p.Own {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	if err != nil {
		return err
	}
	if err := s.over(p.Permit, Begun); err != nil {
		return err
	}
	if err := w.CheckReason(); err != nil {
		return err
	}
	others, err := s.seconds(ctx, p)
	if err != nil {
		return err
	}
	p.State, p.Reason, p.AskedAt = Asked, w.Reason, s.now()
	if len(others) == 0 {
		p.State = Alone
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		switch n, err := ask(ctx, tx, p.Permit); {
		case err != nil:
			return err
		case n == 0:
			return fault.New(fault.Conflict, "permit.problem.over")
		case len(others) == 0:
			if err := s.Alert(ctx, tx, who, "permit.told.alone"); err != nil {
				return err
			}
			return s.Audit.Write(ctx, tx, who, p.UnitRoot, "permit.alone", p.ID, map[string]string{"organization": p.Organization})
		}
		rows, members := make([]askedRow, len(others)), make([]string, 0, len(others))
		for n, o := range others {
			rows[n] = askedRow{p.Root, p.ID, o.Account}
			if o.Member != "" {
				members = append(members, o.Member)
			}
		}
		if err := db.InsertAll(ctx, tx, "permit_asked", rows); err != nil {
			return err
		}
		if err := s.tell(ctx, tx, p, "asked", notice.Args{"Name": who.Name}, members...); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, p.UnitRoot, "permit.asked", p.ID, map[string]any{"organization": p.Organization, "people": len(others)})
	})
}

func (s *Service) tell(ctx context.Context, tx *db.Tx, p shown, words string, args notice.Args, members ...string) error {
	return notice.Tell(ctx, tx, notice.Message{
		Root: p.UnitRoot, Organization: p.Organization, Key: "permit.told." + words, Args: args, URL: p.Path(), At: s.now(),
	}, members...)
}

// Answer says yes or no to a list that somebody else wants.
func (s *Service) Answer(ctx context.Context, who access.Person, permit string, w Words) error {
	p, err := forAccount(ctx, s.DB, who.Account, permit)
	if err != nil {
		return err
	}
	hand, err := handed(ctx, s.DB, p.Permit, candidate{who.Root, who.Account, who.Member}, s.now().Add(-settledIn))
	if err != nil {
		return err
	}
	right, leads := standing(who, p, func(access.Grant) bool { return true })
	if p.Own || hand > 0 || !right && !leads {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	if err := s.over(p.Permit, Asked); err != nil {
		return err
	}
	if err := w.CheckAnswer(); err != nil {
		return err
	}
	p.State, p.AnsweredBy, p.AnsweredName, p.AnsweredAt, p.Answer = Refused, who.Account, who.Name, s.now(), w.Answer
	if w.Yes {
		p.State = Given
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		n, err := answer(ctx, tx, p.Permit)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Conflict, "permit.problem.over")
		}
		if p.Member != "" {
			if err := s.tell(ctx, tx, p, string(p.State), notice.Args{"Name": who.Name}, p.Member); err != nil {
				return err
			}
		}
		return s.Audit.Write(ctx, tx, who, p.UnitRoot, "permit."+string(p.State), p.ID, map[string]string{"asked_by": p.Account})
	})
}

// standing says what somebody is to a list by grants of their own: whether they may take it
// themselves, and whether they answer for the unit, in its committee or as its administrator.
func standing(who access.Person, p shown, counts func(access.Grant) bool) (right, leads bool) {
	for _, g := range who.Grants {
		own := access.Person{Grants: []access.Grant{g}}
		if g.For != "" || !counts(g) || !access.Whole("", g.Path).Covers(p.UnitPath) {
			continue
		}
		right = right || own.May(access.Need(p.Need))
		leads = leads || g.Role == access.Committee || g.Role == access.Administrator
	}
	return right, leads
}

// seconds returns those who may say yes to a list: others who may take it themselves, in the
// unit whose people stand in it (of a cell also in the unit above it); where there is nobody, the
// committee and the administrators there; where there is nobody either, those of the unit above,
// and so on. Nobody is among them whom the asker has let in, or given an office, in these days.
func (s *Service) seconds(ctx context.Context, p shown) ([]access.Person, error) {
	at, err := organization.Find(ctx, s.DB, p.UnitRoot, p.Organization)
	if err != nil {
		return nil, err
	}
	var asked []organization.Organization
	for more := true; more; {
		asked = append(asked, at)
		if at.Level.Committee() {
			found, err := s.secondsIn(ctx, p, asked)
			if err != nil || len(found) > 0 {
				return found, err
			}
			asked = nil
		}
		if at, more, err = organization.Above(ctx, s.DB, at); err != nil {
			return nil, err
		}
	}
	return s.secondsIn(ctx, p, asked)
}

func (s *Service) secondsIn(ctx context.Context, p shown, units []organization.Organization) (all []access.Person, err error) {
	var rights, leads []access.Person
	since := s.now().Add(-settledIn)
	met := map[string]bool{}
	for _, o := range units {
		known, err := candidates(ctx, s.DB, p.Permit, o.Root, o.ID, s.today(), since)
		if err != nil {
			return nil, err
		}
		for _, k := range known {
			if met[k.Account] {
				continue
			}
			met[k.Account] = true
			hand, err := handed(ctx, s.DB, p.Permit, k, since)
			if err != nil {
				return nil, err
			}
			if hand > 0 {
				continue
			}
			x, found, err := s.Person(ctx, k.Root, k.Account)
			if err != nil {
				return nil, err
			}
			right, lead := standing(x, p, func(g access.Grant) bool {
				return slices.ContainsFunc(units, func(o organization.Organization) bool { return o.ID == g.Organization })
			})
			switch {
			case found && right:
				rights = append(rights, x)
			case found && lead:
				leads = append(leads, x)
			}
		}
	}
	if len(rights) > 0 {
		return rights, nil
	}
	return leads, nil
}

// View is a permit as its page shows it.
type View struct {
	shown
	Others []string // who is asked, or would be
	Over   bool     // its day has gone by
}

// View returns a permit that who has asked for, or may answer.
func (s *Service) View(ctx context.Context, who access.Person, permit string) (View, error) {
	p, err := forAccount(ctx, s.DB, who.Account, permit)
	v := View{shown: p, Over: p.AskedOn != s.today()}
	if err != nil || v.Over {
		return v, err
	}
	if p.State != Begun {
		v.Others, err = namesOf(ctx, s.DB, p.Permit)
		return v, err
	}
	others, err := s.seconds(ctx, p)
	for _, o := range others {
		v.Others = append(v.Others, o.Name)
	}
	return v, err
}
