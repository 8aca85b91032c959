package staging

import (
	"context"
	"slices"

	"chibo/conference"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/meeting"
	"chibo/member"
	"chibo/notice"
	"chibo/organization"
)

// Name names the master of ceremonies of a sitting, in words, as a member, or both. A
// member who was not it before is told.
func (s *Service) Name(ctx context.Context, who access.Person, conferenceID, sittingID string, to Script) error {
	return s.onScript(ctx, who, conference.Keep, conferenceID, sittingID, "staging.script.named", func(tx *db.Tx, b book) error {
		if len([]rune(to.Master)) > longest {
			return wrong("master", "staging.problem.long")
		}
		if to.Member != "" {
			people, err := s.staff(ctx, tx, b.x)
			if err != nil {
				return err
			}
			if !slices.ContainsFunc(people, func(p Person) bool { return p.Root == to.MemberRoot && p.Member == to.Member }) {
				return wrong("person", "staging.problem.person")
			}
		}
		before := b.script.Member
		b.script.Master, b.script.MemberRoot, b.script.Member = to.Master, to.MemberRoot, to.Member
		if err := putScript(ctx, tx, b.script); err != nil || to.Member == "" || to.Member == before {
			return err
		}
		return notice.Tell(ctx, tx, notice.Message{
			Root: to.MemberRoot, Organization: b.x.Organization, Key: "staging.told.master", At: s.now(), URL: ScriptPath(b.x.ID, b.y.ID),
			Args: notice.Args{"Title": b.y.Title, "Day": b.y.StartsAt.Date().Slashed(), "Clock": b.y.StartsAt.HHMM()},
		}, to.Member)
	})
}

// Write drafts the cards of a sitting; where there are some, those of programme and agenda
// are brought up to date and the others stay.
func (s *Service) Write(ctx context.Context, who access.Person, conferenceID, sittingID string) error {
	return s.onScript(ctx, who, conference.Keep, conferenceID, sittingID, "staging.script.drafted", func(tx *db.Tx, b book) error {
		f, err := frame(ctx, tx, b.x, b.y)
		if err != nil {
			return err
		}
		deck := Draft(f)
		if len(b.deck) > 0 {
			deck = b.deck.Renewed(f)
		}
		return putCards(ctx, tx, b.x.Root, b.y.ID, deck)
	})
}

// frame reads what a script is drafted from.
func frame(ctx context.Context, q db.Q, x conference.Conference, y conference.Sitting) (Frame, error) {
	f := Frame{Sitting: y}
	unit, err := organization.Find(ctx, q, x.Root, x.Organization)
	if err != nil {
		return f, err
	}
	f.Unit = unit.Name
	if f.Programme, err = conference.ProgrammeOf(ctx, q, y); err != nil {
		return f, err
	}
	if y.Host == "" {
		return f, nil
	}
	host, err := organization.Find(ctx, q, y.HostRoot, y.Host)
	if err != nil {
		return f, err
	}
	f.Host = host.Name
	if f.Items, err = agenda(ctx, q, y); err != nil {
		return f, err
	}
	var presenters []string
	for _, i := range f.Items {
		presenters = append(presenters, i.Presenter)
	}
	f.Names, err = member.Names(ctx, q, y.HostRoot, presenters...)
	return f, err
}

// agenda returns what the host has laid for a sitting, once it has named its meeting.
func agenda(ctx context.Context, q db.Q, y conference.Sitting) ([]meeting.Item, error) {
	if y.Meeting == "" {
		return nil, nil
	}
	return meeting.Items(ctx, q, y.HostRoot, y.Meeting)
}

// PutCard adds a card or changes the one of its id, and puts it at its position.
func (s *Service) PutCard(ctx context.Context, who access.Person, conferenceID, sittingID string, to Card) error {
	return s.onScript(ctx, who, conference.Keep, conferenceID, sittingID, "staging.script.written", func(tx *db.Tx, b book) error {
		if err := to.check(); err != nil {
			return err
		}
		to.Root, to.Sitting, to.Kind = b.x.Root, b.y.ID, Other
		if to.ID == "" {
			to.ID = id.New()
		} else {
			k, err := b.card(to.ID)
			if err != nil {
				return err
			}
			to.Kind, to.ItemID, to.Wording = k.Kind, k.ItemID, k.Wording
		}
		return putCards(ctx, tx, b.x.Root, b.y.ID, b.deck.placed(to))
	})
}

// DropCard takes a card out of the script.
func (s *Service) DropCard(ctx context.Context, who access.Person, conferenceID, sittingID, cardID string) error {
	return s.onScript(ctx, who, conference.Keep, conferenceID, sittingID, "staging.script.written", func(tx *db.Tx, b book) error {
		if _, err := b.card(cardID); err != nil {
			return err
		}
		return putCards(ctx, tx, b.x.Root, b.y.ID, slices.DeleteFunc(b.deck, func(k Card) bool { return k.ID == cardID }).counted())
	})
}

// Approve makes the cards as they stand the approved ones, where they are not yet. Where the
// contents are being appraised, every item must be agreed first.
func (s *Service) Approve(ctx context.Context, who access.Person, conferenceID, sittingID string) error {
	return s.onScript(ctx, who, conference.Direct, conferenceID, sittingID, "staging.script.approved", func(tx *db.Tx, b book) error {
		if len(b.deck) == 0 {
			return fault.New(fault.Conflict, "staging.problem.no_cards")
		}
		if b.script.Version > 0 && len(b.deck.Since(b.script.Approved)) == 0 {
			return fault.New(fault.Conflict, "staging.problem.unchanged")
		}
		if a, err := appraisalOf(ctx, tx, who, b.y); err != nil {
			return err
		} else if a.Asked && !a.Done() {
			return fault.New(fault.Conflict, "staging.problem.appraising", "Agreed", a.Agreed, "Of", a.Of)
		}
		b.script.Version++
		b.script.Approved, b.script.ApprovedAt, b.script.ApprovedBy = b.deck, s.now(), who.Member
		return putScript(ctx, tx, b.script)
	})
}

// book is a script with what it belongs to.
type book struct {
	x      conference.Conference
	y      conference.Sitting
	script Script
	deck   Deck
}

func (b book) card(id string) (Card, error) {
	if i := slices.IndexFunc(b.deck, func(k Card) bool { return k.ID == id }); i >= 0 {
		return b.deck[i], nil
	}
	return Card{}, fault.New(fault.NotFound, "fault.not_found")
}

// onScript does something with the script of a sitting of a conference that is not closed,
// and writes it down.
func (s *Service) onScript(ctx context.Context, who access.Person, need access.Need, conferenceID, sittingID, action string, do func(*db.Tx, book) error) error {
	return s.on(ctx, who, need, conferenceID, action, sittingID, func(tx *db.Tx, x conference.Conference) error {
		y, err := conference.SittingOf(ctx, tx, x, sittingID)
		if err != nil {
			return err
		}
		b := book{x: x, y: y}
		if b.script, b.deck, err = open(ctx, tx, x, y); err != nil {
			return err
		}
		return do(tx, b)
	})
}

// open returns the script of a sitting, one that was not begun where there is none, and its
// cards.
func open(ctx context.Context, q db.Q, x conference.Conference, y conference.Sitting) (Script, Deck, error) {
	script, begun, err := scriptOf(ctx, q, x.Root, y.ID)
	if err != nil {
		return script, nil, err
	}
	if !begun {
		script = Script{Root: x.Root, Sitting: y.ID, Conference: x.ID}
	}
	deck, err := cardsOf(ctx, q, x.Root, y.ID)
	return script, deck, err
}
