package staging

import (
	"context"

	"chibo/conference"
	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/member"
)

// ScriptPath returns the address of the script of a sitting.
func ScriptPath(conferenceID, sittingID string) string {
	return conference.Conference{ID: conferenceID}.Path() + "/script/" + sittingID
}

// Sheet is the script of a sitting as one reader finds it.
type Sheet struct {
	Script

	Of      conference.Conference
	At      conference.Sitting
	Deck    Deck     // as it is being written
	Changes []Change // since it was approved
	Stale   []string // titles of programme and agenda that changed since the cards were drafted
	Named   string   // the master of ceremonies
	// Appraisal of the contents, for those who are more than the master.
	Appraisal Appraisal
	// Rehearsals of the sitting in the order of time.
	Rehearsals []Rehearsal
	// What the reader is to it. Knows: whether the page of the conference opens.
	Keeps, Directs, Hosts, Knows bool
}

// Path returns the address of the script.
func (v Sheet) Path() string { return ScriptPath(v.Of.ID, v.At.ID) }

// Open reports whether the script may still be changed.
func (v Sheet) Open() bool { return v.Of.Open() }

// Sheet returns the script of a sitting for those who keep or direct the conference, the
// cell that performs, and the master of ceremonies.
func (s *Service) Sheet(ctx context.Context, who access.Person, conferenceID, sittingID string) (Sheet, error) {
	var v Sheet
	err := s.placeAt(ctx, who, conferenceID, sittingID, &v)
	if err != nil {
		return v, err
	}
	if v.At, err = conference.SittingOf(ctx, s.DB, v.Of, sittingID); err != nil {
		return v, err
	}
	if v.Script, v.Deck, err = open(ctx, s.DB, v.Of, v.At); err != nil {
		return v, err
	}
	if v.Rehearsals, err = rehearsalsOf(ctx, s.DB, v.At); err != nil {
		return v, err
	}
	if v.Version > 0 {
		v.Changes = v.Deck.Since(v.Approved)
	}
	if len(v.Deck) > 0 {
		f, err := frame(ctx, s.DB, v.Of, v.At)
		if err != nil {
			return v, err
		}
		v.Stale = v.Deck.Stale(f)
	}
	if v.Keeps || v.Hosts {
		if v.Appraisal, err = appraisalOf(ctx, s.DB, who, v.At); err != nil {
			return v, err
		}
	}
	v.Named = v.Master
	if v.Member != "" {
		names, err := member.Names(ctx, s.DB, v.MemberRoot, v.Member)
		if err != nil {
			return v, err
		}
		v.Named = Work{Names: names}.Charge(Duty{Member: v.Member, Charge: v.Master})
	}
	return v, nil
}

// placeAt says what the reader is to the script of a sitting; a stranger does not find it.
func (s *Service) placeAt(ctx context.Context, who access.Person, conferenceID, sittingID string, v *Sheet) error {
	f, err := s.Conferences.View(ctx, who, conferenceID)
	if err == nil {
		v.Of, v.Keeps, v.Directs, v.Knows = f.Conference, f.Keeps, f.Directs, true
		for _, y := range f.Sittings {
			v.Hosts = v.Hosts || y.ID == sittingID && y.Hosts
		}
		if v.Keeps || v.Hosts {
			return nil
		}
	} else if !fault.Is(err, fault.NotFound) {
		return err
	}
	script, err := mastered(ctx, s.DB, who, conferenceID, sittingID)
	if err != nil {
		return err
	}
	v.Of, err = conference.Of(ctx, s.DB, script.Root, script.Conference)
	return err
}
