package meeting

import (
	"context"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/library"
	"chibo/organization"
)

// The needs of meetings. Whoever has one of the others has Follow too.
const (
	// Follow sees that a meeting is held: its form, its dates, its road.
	Follow access.Need = "meeting.follow"
	// Read sees the contents of a meeting once notice is given, and answers.
	Read access.Need = "meeting.read"
	// Prepare opens months, writes drafts and gives notice.
	Prepare access.Need = "meeting.prepare"
	// Hold leads the meeting in the room.
	Hold access.Need = "meeting.hold"
)

// Service does what people do with meetings before and around the room.
type Service struct {
	DB    *db.DB
	Now   func() time.Time
	Audit audit.Log
	Files *library.Service
	// Themes knows the theme that is planned for a month; nil: nobody does.
	Themes Themes
	// Laid is run whenever the agenda of a draft was laid, or the draft is handed what
	// an earlier meeting left: features that come after meetings fill in what they know.
	Laid []Laid
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

// Get returns a meeting within the scope, and its organisation.
func Get(ctx context.Context, q db.Q, sc access.Scope, id string) (Meeting, organization.Organization, error) {
	return inScope(ctx, q, sc, id)
}

// Visible returns the meeting if who may see it: a draft is there only for those
// who prepare it.
func Visible(ctx context.Context, q db.Q, who access.Person, id string) (Meeting, organization.Organization, error) {
	return VisibleTo(ctx, q, who, Follow, id)
}

// VisibleTo returns the meeting if who may see it and has a need there.
func VisibleTo(ctx context.Context, q db.Q, who access.Person, need access.Need, id string) (Meeting, organization.Organization, error) {
	return heldByCell(VisibleAny(ctx, q, who, need, id))
}

// VisibleAny is VisibleTo with the meetings of collectives beside the cell, which only those
// who hold the meetings of the cell see.
func VisibleAny(ctx context.Context, q db.Q, who access.Person, need access.Need, id string) (Meeting, organization.Organization, error) {
	m, o, err := anyInScope(ctx, q, who.Scope(need), id)
	if err == nil && !m.SeenBy(who, o) {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	return m, o, err
}

// SeenBy reports whether who may see the meeting of o: see Visible.
func (m Meeting) SeenBy(who access.Person, o organization.Organization) bool {
	if m.Kind.Beside() {
		return who.MayAt(Hold, o.Path)
	}
	return who.MayAt(Follow, o.Path) && (m.State != Draft || who.MayAt(Prepare, o.Path))
}

// Convening says which meeting is to be opened.
type Convening struct {
	Kind  Kind
	Month when.Month
	// StartsAt is zero where the cell's settings say when.
	StartsAt when.Instant
	Theme    string
}

// Convene opens a meeting of an organisation: a draft, filled with the agenda of
// the day, people and guests.
func (s *Service) Convene(ctx context.Context, who access.Person, organizationID string, c Convening) (Meeting, error) {
	var m Meeting
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		o, err := organization.Get(ctx, tx, who.Scope(Prepare), organizationID)
		if err != nil {
			return err
		}
		if o.Level != organization.Cell {
			return fault.New(fault.Conflict, "meeting.problem.no_cell")
		}
		if m, err = s.lay(ctx, tx, o, c, who.Member, s.now()); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, m.Root, "meeting.opened_month", m.ID, map[string]any{"kind": m.Kind, "month": m.Month})
	})
	return m, err
}

// lay writes a new draft with everything that is known without asking anybody.
func (s *Service) lay(ctx context.Context, tx *db.Tx, o organization.Organization, c Convening, by string, at when.Instant) (Meeting, error) {
	settings, err := organization.SettingsOn(ctx, tx, o.Root, o.ID, c.Month.First())
	if err != nil {
		return Meeting{}, err
	}
	if c.StartsAt.IsZero() {
		c.StartsAt = settings.StartsAt(c.Month)
	}
	if c, err = s.planned(ctx, tx, o, c); err != nil {
		return Meeting{}, err
	}
	m := Meeting{
		Root: o.Root, ID: id.New(), Organization: o.ID, Kind: c.Kind, Month: c.Month, Theme: c.Theme,
		Title: TitleOf(c.Kind, c.Month, c.StartsAt.Date()), StartsAt: c.StartsAt, Place: settings.Place, State: Draft,
		MinMinutes: MinMinutes(c.Kind, settings, c.StartsAt.Date()), CreatedAt: at, CreatedBy: by,
	}
	cast, err := castOf(ctx, tx, m)
	if err != nil {
		return Meeting{}, err
	}
	m.Chair, m.MinuteTaker = cast[TheChair], cast[TheMinuteTaker]
	template := TemplateOn(m.Kind, o.Kind, m.Day())
	m.Template = template.ID()
	if err := m.Validate(); err != nil {
		return Meeting{}, err
	}
	if err := insert(ctx, tx, m); db.IsUnique(err) {
		return Meeting{}, fault.New(fault.Conflict, "meeting.problem.month_taken")
	} else if err != nil {
		return Meeting{}, err
	}
	if err := replaceItems(ctx, tx, m, fresh(template.Fill(cast, settings))); err != nil {
		return Meeting{}, err
	}
	if err := inviteFollowers(ctx, tx, m); err != nil {
		return Meeting{}, err
	}
	return m, s.laid(ctx, tx, m)
}

// castOf finds who has which part on the day of the meeting.
func castOf(ctx context.Context, q db.Q, m Meeting) (map[Part]string, error) {
	offices, err := organization.OfficesOn(ctx, q, m.Root, m.Organization, m.Day())
	if err != nil {
		return nil, err
	}
	cast := map[Part]string{
		TheChair: holder(offices, organization.Secretary), TheDeputy: holder(offices, organization.Deputy),
		TheMinuteTaker: holder(offices, organization.MinuteTaker),
	}
	if cast[TheDeputy] == "" { // a small cell has a secretary alone
		cast[TheDeputy] = cast[TheChair]
	}
	return cast, nil
}

func holder(offices []organization.Office, p organization.Post) string {
	for _, o := range offices {
		if o.Post == p {
			return o.Member
		}
	}
	return ""
}

// Followers returns the superiors who follow the cell on a day, by member id.
func Followers(ctx context.Context, q db.Q, root, organizationID string, day when.Date) ([]string, error) {
	offices, err := organization.OfficesOn(ctx, q, root, organizationID, day)
	var out []string
	for _, o := range offices {
		if o.Post == organization.Supervisor {
			out = append(out, o.Member)
		}
	}
	return out, err
}

// change does something to a meeting that those who prepare it may still change,
// while others who want to wait.
func (s *Service) change(ctx context.Context, who access.Person, meetingID, action string, do func(tx *db.Tx, m Meeting) (detail any, err error)) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		m, _, err := inScope(ctx, tx, who.Scope(Prepare), meetingID)
		if err != nil {
			return err
		}
		if err := lock(ctx, tx, m.Root, m.ID); err != nil {
			return err
		}
		if m, err = Find(ctx, tx, m.Root, m.ID); err != nil {
			return err
		}
		if !m.Editable() {
			return fault.New(fault.Conflict, "meeting.problem.not_editable")
		}
		detail, err := do(tx, m)
		if err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, m.Root, action, m.ID, detail)
	})
}

// Details are what may be changed of a meeting besides its agenda.
type Details struct {
	Kind     Kind         `form:"kind"`
	Title    string       `form:"title"`
	Theme    string       `form:"theme"`
	StartsAt when.Instant `form:"starts_at"`
	Place    string       `form:"place"`
	// Chair, MinuteTaker and Preparer are members.
	Chair       string `form:"chair"`
	MinuteTaker string `form:"minute_taker"`
	Preparer    string `form:"preparer"`
}

// Details returns what may be changed of m.
func (m Meeting) Details() Details {
	return Details{m.Kind, m.Title, m.Theme, m.StartsAt, m.Place, m.Chair, m.MinuteTaker, m.Preparer}
}

// Revise changes a meeting. Once notice is given time and place stay: changing
// them needs a new notice, see Service.Move.
func (s *Service) Revise(ctx context.Context, who access.Person, meetingID string, d Details) error {
	return s.change(ctx, who, meetingID, "meeting.revised", func(tx *db.Tx, m Meeting) (any, error) {
		after := m
		if m.State == Draft {
			after.Kind, after.StartsAt, after.Place = d.Kind, d.StartsAt, d.Place
		}
		after.Title, after.Theme, after.Chair, after.MinuteTaker, after.Preparer = d.Title, d.Theme, d.Chair, d.MinuteTaker, d.Preparer
		if err := after.Validate(); err != nil {
			return nil, err
		}
		if err := invited(ctx, tx, after, changed(m.Chair, d.Chair), changed(m.MinuteTaker, d.MinuteTaker), changed(m.Preparer, d.Preparer)); err != nil {
			return nil, err
		}
		if err := s.refill(ctx, tx, m, &after); err != nil {
			return nil, err
		}
		err := update(ctx, tx, m, after)
		if db.IsUnique(err) {
			err = fault.New(fault.Conflict, "meeting.problem.month_taken")
		}
		if err == nil && after.State == Draft {
			err = s.laid(ctx, tx, after)
		}
		return map[string]any{"starts_at": after.StartsAt}, err
	})
}

// changed returns after where it differs from before: who was named earlier stays
// named, also when the roll has changed since.
func changed(before, after string) string {
	if before == after {
		return ""
	}
	return after
}

// refill lays the agenda anew when the meeting has become one of another kind, and
// names it so; a title of one's own stays.
func (s *Service) refill(ctx context.Context, tx *db.Tx, before Meeting, after *Meeting) error {
	if after.Kind == before.Kind {
		return nil
	}
	o, err := organization.Find(ctx, tx, before.Root, before.Organization)
	if err != nil {
		return err
	}
	settings, err := organization.SettingsOn(ctx, tx, o.Root, o.ID, after.Day())
	if err != nil {
		return err
	}
	cast, err := castOf(ctx, tx, *after)
	if err != nil {
		return err
	}
	cast[TheChair], cast[TheMinuteTaker], cast[ThePreparer] = after.Chair, after.MinuteTaker, after.Preparer
	if after.Title == before.Title {
		after.Title = TitleOf(after.Kind, after.Month, after.Day())
	}
	template := TemplateOn(after.Kind, o.Kind, after.Day())
	after.Template, after.MinMinutes = template.ID(), MinMinutes(after.Kind, settings, after.Day())
	return replaceItems(ctx, tx, *after, fresh(template.Fill(cast, settings)))
}

// Delete removes a draft with its papers. One that holds what an earlier meeting
// left is moved to another day instead.
func (s *Service) Delete(ctx context.Context, who access.Person, meetingID string) error {
	return s.change(ctx, who, meetingID, "meeting.deleted", func(tx *db.Tx, m Meeting) (any, error) {
		if m.State != Draft {
			return nil, fault.New(fault.Conflict, "meeting.problem.noticed")
		}
		held, err := CarriedTo(ctx, tx, m.Root, m.ID)
		if err != nil {
			return nil, err
		}
		if len(held) > 0 {
			return nil, fault.New(fault.Conflict, "meeting.problem.holds_carried", "Count", len(held))
		}
		kept, err := library.Files(ctx, tx, m.Root, FileUse, m.ID)
		if err != nil {
			return nil, err
		}
		for _, f := range kept {
			if err := s.Files.Remove(ctx, tx, who, m.Root, f.ID); err != nil {
				return nil, err
			}
		}
		return map[string]any{"month": m.Month, "kind": m.Kind}, remove(ctx, tx, m)
	})
}

// Advance moves a meeting one step on its road within tx. It is refused when the
// meeting is not in the state from, so that of two who press at once one is told.
func Advance(ctx context.Context, tx *db.Tx, root, meetingID string, from, to State, at when.Instant) error {
	before, err := FindAny(ctx, tx, root, meetingID)
	if err != nil {
		return err
	}
	if before.State != from {
		return fault.New(fault.Conflict, "meeting.problem.meanwhile")
	}
	after, err := before.Advance(to, at)
	if err != nil {
		return err
	}
	return update(ctx, tx, before, after)
}
