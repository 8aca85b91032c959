//go:build !js

package minutes

import (
	"cmp"
	"context"
	"encoding/json"
	"time"

	"chibo/account"
	"chibo/collective"
	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/head"
	"chibo/kit/id"
	"chibo/kit/text"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/organization"
	"chibo/proceedings"
	"chibo/room"
)

// What may be done with minutes, and by whom: see app/rights.go.
const (
	MayRead  access.Need = "minutes.read"  // read minutes and resolutions, open the papers
	MayWrite access.Need = "minutes.write" // word, read back, have adopted, sign, seal, add
)

// Service writes, signs and seals minutes.
type Service struct {
	DB       *db.DB
	Now      func() time.Time
	Audit    audit.Log
	Room     *room.Service
	Accounts *account.Service
	// Base is the address people reach the program by, "https://chibo.example"; the
	// QR code on paper begins with it. Where it is not known papers carry the code
	// alone.
	Base string
	// Heads gives the signed end of the log of a base organisation, which sealed papers
	// carry; nil: they carry none.
	Heads func(ctx context.Context, q db.Q, root string) (head.Head, bool, error)
	// Sealed is run within the transaction that seals the minutes of a meeting: a feature
	// that waits for them settles what was treated there; nil: none does.
	Sealed func(ctx context.Context, tx *db.Tx, root, meeting string) error
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

// Dossier is all that is known about the minutes of one meeting.
type Dossier struct {
	Meeting      meeting.Meeting
	Organization organization.Organization
	Record       Record
	Signatures   []Signature
	// Missing is what stands between the minutes and their seal.
	Missing []Step
	// Seals holds the sealed minutes and their additions; empty before sealing.
	Seals []Seal

	superior string // line at the head of the papers
	parent   string // name of the đảng bộ above
	acts     []proceedings.Act
	// speakers are those who may object: the members who came.
	speakers []proceedings.Attendee
}

// Sealed reports whether the minutes are sealed.
func (d Dossier) Sealed() bool { return len(d.Seals) > 0 }

// letterhead is what the papers of the cell have in common.
func (d Dossier) letterhead() letterhead {
	return letterhead{d.Organization, d.superior, d.parent}
}

// Load returns the minutes of a meeting, for whoever has the need there, as they stand; there
// are none before it opens.
func (s *Service) Load(ctx context.Context, q db.Q, who access.Person, need access.Need, meetingID string) (Dossier, error) {
	m, o, err := meeting.VisibleAny(ctx, q, who, need, meetingID)
	if err != nil {
		return Dossier{}, err
	}
	if !m.State.Reached(meeting.Open) {
		return Dossier{}, fault.New(fault.NotFound, "minutes.problem.not_open")
	}
	d := Dossier{Meeting: m, Organization: o}
	if o.Parent != "" {
		parent, err := organization.Find(ctx, q, o.Root, o.Parent)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return Dossier{}, err // a parent with a root of its own is not found, and the line at the head of the unit serves
		}
		d.parent = parent.Name
	}
	d.superior = cmp.Or(o.Superior, d.parent)
	if m.Kind.Beside() {
		body, err := collective.Find(ctx, q, m.Root, m.Organization, m.Kind)
		if err != nil {
			return Dossier{}, err
		}
		d.superior = body.Superior
	}
	state, err := s.Room.StateOf(ctx, q, m.Root, m.ID)
	if err != nil {
		return Dossier{}, err
	}
	if d.acts, err = s.Room.Log(ctx, q, m.Root, m.ID, 0); err != nil {
		return Dossier{}, err
	}
	for _, a := range state.Roll {
		if a.Came() {
			d.speakers = append(d.speakers, a)
		}
	}
	d.Record = Compose(state)
	if d.Signatures, err = signatures(ctx, q, m.Root, m.ID); err != nil {
		return Dossier{}, err
	}
	d.Missing = Missing(d.Record, d.Signatures)
	d.Seals, err = Seals(ctx, q, m.Root, m.ID)
	return d, err
}

// append adds one act of the minutes to the log of the room.
func (s *Service) append(ctx context.Context, who access.Person, meetingID string, kind proceedings.ActKind, body any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	answers, err := s.Room.Append(ctx, who, meetingID, []proceedings.Act{{ID: id.New(), Meeting: meetingID, Kind: kind, At: s.now(), Body: raw}})
	if err != nil {
		return err
	}
	return answers[0].Err
}

// Wording is what the form for a passage brings; empty text gives the passage
// back to the facts.
type Wording struct {
	Passage string `form:"passage"`
	Text    string `form:"text"`
}

// Word puts a passage into other words. The facts under it stay as they are.
func (s *Service) Word(ctx context.Context, who access.Person, meetingID string, f Wording) error {
	d, err := s.Load(ctx, s.DB, who, MayWrite, meetingID)
	if err != nil {
		return err
	}
	p, ok := d.Record.Passage(f.Passage)
	if !ok {
		return fault.New(fault.NotFound, "minutes.problem.passage")
	}
	if text.Clean(f.Text) == text.Clean(p.Composed) {
		f.Text = "" // the words of the facts: nothing to keep apart from them
	}
	return s.append(ctx, who, meetingID, proceedings.KindWording, proceedings.WordingBody{Passage: f.Passage, Text: text.Clean(f.Text)})
}

// Objecting is what the form for an objection brings.
type Objecting struct {
	Speaker string `form:"speaker"`
	Passage string `form:"passage"`
	Text    string `form:"text"`
}

// Object notes what somebody holds against the minutes as read.
func (s *Service) Object(ctx context.Context, who access.Person, meetingID string, f Objecting) error {
	return s.append(ctx, who, meetingID, proceedings.KindObjection, proceedings.ObjectionBody{Speaker: f.Speaker, Passage: f.Passage, Text: text.Clean(f.Text)})
}

// ReadBack records that the minutes were read to the meeting.
func (s *Service) ReadBack(ctx context.Context, who access.Person, meetingID string) error {
	return s.append(ctx, who, meetingID, proceedings.KindReadback, proceedings.ReadbackBody{})
}

// Adopting is what the form for the adoption brings: hands.
type Adopting struct {
	For     int `form:"for"`
	Against int `form:"against"`
}

// Adopt records that the meeting adopted the minutes.
func (s *Service) Adopt(ctx context.Context, who access.Person, meetingID string, f Adopting) error {
	return s.append(ctx, who, meetingID, proceedings.KindAdopt, proceedings.AdoptBody{For: f.For, Against: f.Against})
}

// Signing is what the form of one who signs brings.
type Signing struct {
	Part Part `form:"part"`
	// Secret is the PIN or password of the one who signs, typed on the device of
	// whoever is signed in.
	Secret string `form:"secret"`
}

// Sign records that chair or minute-taker confirm the minutes as they stand, with
// a secret of their own. Refusals name the field "secret".
func (s *Service) Sign(ctx context.Context, who access.Person, meetingID string, f Signing) error {
	d, err := s.Load(ctx, s.DB, who, MayWrite, meetingID)
	if err != nil {
		return err
	}
	sign := Signature{Root: d.Meeting.Root, Meeting: d.Meeting.ID, Part: f.Part, Digest: d.Record.Digest(), By: who.Account}
	switch f.Part {
	case Chair:
		sign.Member, sign.Name = d.Record.Chair, d.Record.ChairName
	case MinuteTaker:
		sign.Member, sign.Name = d.Record.MinuteTaker, d.Record.TakerName
	default:
		return fault.New(fault.Invalid, "minutes.problem.part")
	}
	switch {
	case d.Sealed():
		return fault.New(fault.Conflict, "minutes.problem.sealed")
	case !d.Record.Closed || !d.Record.Adopted:
		return fault.New(fault.Conflict, "minutes.problem.not_adopted")
	case sign.Member == "":
		return fault.New(fault.Conflict, "minutes.problem.nobody")
	}
	if err := s.Accounts.Confirm(ctx, who, sign.Member, f.Secret); err != nil { // hashes: outside the transaction
		return err
	}
	sign.At = s.now()
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := putSignature(ctx, tx, sign); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, sign.Root, "minutes.signed", sign.Meeting, map[string]any{"part": sign.Part, "member": sign.Member, "digest": sign.Digest})
	})
}
