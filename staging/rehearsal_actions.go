package staging

import (
	"context"
	"slices"

	"chibo/conference"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/notice"
	"chibo/organization"
)

// Rehearsing is a rehearsal as one reader finds it.
type Rehearsing struct {
	Rehearsal

	Sheet Sheet
	// Remarks are the duties that came of it, as they stand now; Names are those in charge.
	Remarks []Duty
	Names   map[string]string
}

// Path returns the address of a rehearsal.
func (r Rehearsal) Path() string {
	return ScriptPath(r.Conference, r.Sitting) + "/rehearsals/" + r.ID
}

// Edits reports whether the reader may write in the record.
func (v Rehearsing) Edits() bool { return v.Sheet.Keeps && v.Sheet.Open() && !v.Concluded() }

// Rehearsal returns a rehearsal to those who find the script of its sitting.
func (s *Service) Rehearsal(ctx context.Context, who access.Person, conferenceID, sittingID, rehearsalID string) (Rehearsing, error) {
	sheet, err := s.Sheet(ctx, who, conferenceID, sittingID)
	if err != nil {
		return Rehearsing{}, err
	}
	v := Rehearsing{Sheet: sheet}
	if v.Rehearsal, err = rehearsalOf(ctx, s.DB, sheet.At, rehearsalID); err != nil {
		return v, err
	}
	if len(v.Runs) == 0 {
		v.Runs = runsOf(sheet.Deck)
	}
	if v.Remarks, err = remarked(ctx, s.DB, v.Rehearsal); err != nil {
		return v, err
	}
	v.Names, err = names(ctx, s.DB, v.Remarks)
	return v, err
}

// Rehearse sets a rehearsal of a sitting. The master of ceremonies and those who lead the
// cell that performs are told.
func (s *Service) Rehearse(ctx context.Context, who access.Person, conferenceID, sittingID string, r Rehearsal) (Rehearsal, error) {
	err := s.onScript(ctx, who, conference.Keep, conferenceID, sittingID, "staging.rehearsal.set", func(tx *db.Tx, b book) error {
		if err := r.check(); err != nil {
			return err
		}
		r = Rehearsal{Root: b.x.Root, ID: id.New(), Conference: b.x.ID, Sitting: b.y.ID, StartsAt: r.StartsAt, Place: r.Place, Chair: r.Chair, People: r.People}
		if err := db.Insert(ctx, tx, "staging_rehearsal", r); err != nil {
			return err
		}
		return s.summon(ctx, tx, b, r)
	})
	return r, err
}

// summon tells of a rehearsal: the master of ceremonies, and the secretary and deputies of
// the cell that performs.
func (s *Service) summon(ctx context.Context, tx *db.Tx, b book, r Rehearsal) error {
	told := map[string][]string{}
	if b.script.Member != "" {
		told[b.script.MemberRoot] = append(told[b.script.MemberRoot], b.script.Member)
	}
	if b.y.Host != "" {
		offices, err := organization.OfficesOn(ctx, tx, b.y.HostRoot, b.y.Host, s.now().Date())
		if err != nil {
			return err
		}
		for _, f := range offices {
			leads := f.Post == organization.Secretary || f.Post == organization.Deputy
			if leads && !slices.Contains(told[b.y.HostRoot], f.Member) {
				told[b.y.HostRoot] = append(told[b.y.HostRoot], f.Member)
			}
		}
	}
	for root, members := range told {
		err := notice.Tell(ctx, tx, notice.Message{
			Root: root, Organization: b.x.Organization, Key: "staging.told.rehearsal", At: s.now(), URL: r.Path(),
			Args: notice.Args{"Title": b.y.Title, "Day": r.StartsAt.Date().Slashed(), "Clock": r.StartsAt.HHMM(), "Place": r.Place},
		}, members...)
		if err != nil {
			return err
		}
	}
	return nil
}

// MoveRehearsal changes day, hour, place and people of a rehearsal that is not concluded;
// whoever was told of it is told of another hour or place.
func (s *Service) MoveRehearsal(ctx context.Context, who access.Person, conferenceID, sittingID, rehearsalID string, to Rehearsal) error {
	return s.onRehearsal(ctx, who, conferenceID, sittingID, rehearsalID, "staging.rehearsal.changed", func(tx *db.Tx, b book, r Rehearsal) error {
		if err := to.check(); err != nil {
			return err
		}
		same := r.StartsAt == to.StartsAt && r.Place == to.Place
		r.StartsAt, r.Place, r.Chair, r.People = to.StartsAt, to.Place, to.Chair, to.People
		if err := updateRehearsal(ctx, tx, r); err != nil || same {
			return err
		}
		return s.summon(ctx, tx, b, r)
	})
}

// Time writes down how many minutes cards took, by id; 0 takes it back. The cards that are
// run through are those that stand when the first minutes are written down.
func (s *Service) Time(ctx context.Context, who access.Person, conferenceID, sittingID, rehearsalID string, took map[string]int) error {
	return s.onRehearsal(ctx, who, conferenceID, sittingID, rehearsalID, "staging.rehearsal.timed", func(tx *db.Tx, b book, r Rehearsal) (err error) {
		if len(r.Runs) == 0 {
			r.Runs = runsOf(b.deck)
		}
		if len(r.Runs) == 0 {
			return fault.New(fault.Conflict, "staging.problem.no_cards")
		}
		if r.Runs, err = r.Runs.timed(took); err != nil {
			return err
		}
		return updateRehearsal(ctx, tx, r)
	})
}

// Remark writes down what is to be changed of a card: a duty of the list, of which whoever
// is in charge is told.
func (s *Service) Remark(ctx context.Context, who access.Person, conferenceID, sittingID, rehearsalID string, d Duty) (Duty, error) {
	err := s.onRehearsal(ctx, who, conferenceID, sittingID, rehearsalID, "staging.rehearsal.remarked", func(tx *db.Tx, b book, r Rehearsal) error {
		runs := r.Runs
		if len(runs) == 0 {
			runs = runsOf(b.deck)
		}
		if !runs.has(d.Card) {
			return wrong("card", "staging.problem.card")
		}
		d.Root, d.ID, d.Conference, d.Sitting, d.Rehearsal, d.DoneAt, d.DoneBy = b.x.Root, id.New(), b.x.ID, b.y.ID, r.ID, 0, ""
		if err := s.fit(ctx, tx, b.x, &d); err != nil {
			return err
		}
		if err := db.Insert(ctx, tx, "staging_duty", d); err != nil {
			return err
		}
		return s.tell(ctx, tx, b.x, d)
	})
	return d, err
}

// Judge concludes a rehearsal: its record keeps the minutes and what is to be changed as
// they stand, whatever becomes of the duties afterwards.
func (s *Service) Judge(ctx context.Context, who access.Person, conferenceID, sittingID, rehearsalID string, to Rehearsal) error {
	return s.onRehearsal(ctx, who, conferenceID, sittingID, rehearsalID, "staging.rehearsal.concluded", func(tx *db.Tx, _ book, r Rehearsal) error {
		duties, err := remarked(ctx, tx, r)
		if err != nil {
			return err
		}
		named, err := names(ctx, tx, duties)
		if err != nil {
			return err
		}
		if r, err = r.concluded(to, Rehearsing{Remarks: duties, Names: named}.said(), s.now()); err != nil {
			return err
		}
		r.ConcludedBy = who.Member
		return updateRehearsal(ctx, tx, r)
	})
}

// CallOff takes back a rehearsal of which nothing came yet.
func (s *Service) CallOff(ctx context.Context, who access.Person, conferenceID, sittingID, rehearsalID string) error {
	return s.onRehearsal(ctx, who, conferenceID, sittingID, rehearsalID, "staging.rehearsal.dropped", func(tx *db.Tx, _ book, r Rehearsal) error {
		duties, err := remarked(ctx, tx, r)
		if err != nil {
			return err
		}
		if len(duties) > 0 {
			return fault.New(fault.Conflict, "staging.problem.rehearsed")
		}
		return removeRehearsal(ctx, tx, r)
	})
}

// onRehearsal does something with a rehearsal that is not concluded.
func (s *Service) onRehearsal(ctx context.Context, who access.Person, conferenceID, sittingID, rehearsalID, action string, do func(*db.Tx, book, Rehearsal) error) error {
	return s.onScript(ctx, who, conference.Keep, conferenceID, sittingID, action, func(tx *db.Tx, b book) error {
		r, err := rehearsalOf(ctx, tx, b.y, rehearsalID)
		if err != nil {
			return err
		}
		if r.Concluded() {
			return fault.New(fault.Conflict, "staging.problem.concluded")
		}
		return do(tx, b, r)
	})
}
