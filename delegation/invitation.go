package delegation

import (
	"context"
	"slices"

	"chibo/conference"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/organization"
)

// Invitation is all that stands on the invitation of a delegate (giấy mời).
type Invitation struct {
	Delegate
	Conference conference.Conference
	Committee  organization.Organization
	Line       conference.Category
	Attends    []Attended
	Note       Note
}

// Attended is a sitting that somebody attends, the name of the cell that performs there,
// the seat where one was given, and the programme as far as there is one.
type Attended struct {
	conference.Sitting
	HostName  string
	Seat      string
	Programme conference.Programme
}

// course returns the programme line by line: "08:15 Tuyên bố lý do".
func (y Attended) course() []string {
	starts, _ := y.Programme.Starts(y.StartsAt)
	out := make([]string, len(y.Programme))
	for n, x := range y.Programme {
		out[n] = starts[n].HHMM() + " " + x.Content
	}
	return out
}

// Over reports whether the last of the sittings has ended.
func (v Invitation) Over(now when.Instant) bool {
	for _, y := range v.Attends {
		if y.EndsAt >= now {
			return !v.Conference.Open()
		}
	}
	return true
}

// frame is what the invitations to a conference have in common.
type frame struct {
	conference conference.Conference
	committee  organization.Organization
	lines      []conference.Category
	sittings   []Attended
	labels     []map[string]string // of each sitting: the seat by delegate
	note       Note
}

// frameOf reads the frame of invitations, with the seats of one delegate or, where no id is
// given, of all.
func frameOf(ctx context.Context, q db.Q, x conference.Conference, delegate string) (f frame, err error) {
	f.conference = x
	if f.committee, err = organization.Find(ctx, q, x.Root, x.Organization); err != nil {
		return f, err
	}
	if f.lines, err = conference.Categories(ctx, q, x); err != nil {
		return f, err
	}
	if f.note, err = noteOf(ctx, q, x); err != nil {
		return f, err
	}
	sittings, err := conference.Sittings(ctx, q, x)
	for _, y := range sittings {
		a := Attended{Sitting: y}
		if y.Host != "" {
			host, err := organization.Find(ctx, q, y.HostRoot, y.Host)
			if err != nil {
				return f, err
			}
			a.HostName = host.Name
		}
		if a.Programme, err = conference.ProgrammeOf(ctx, q, y); err != nil {
			return f, err
		}
		labels, err := labelsOf(ctx, q, y, delegate)
		if err != nil {
			return f, err
		}
		f.sittings, f.labels = append(f.sittings, a), append(f.labels, labels)
	}
	return f, err
}

// of returns the invitation of one delegate.
func (f frame) of(d Delegate) Invitation {
	v := Invitation{Delegate: d, Conference: f.conference, Committee: f.committee, Note: f.note}
	if n := slices.IndexFunc(f.lines, func(y conference.Category) bool { return y.ID == d.Category }); n >= 0 {
		v.Line = f.lines[n]
	}
	for i, y := range f.sittings {
		if v.Line.Attends(y.ID) {
			y.Seat = f.labels[i][d.ID]
			v.Attends = append(v.Attends, y)
		}
	}
	return v
}

// invitationOf returns the invitation of a delegate.
func invitationOf(ctx context.Context, q db.Q, d Delegate) (Invitation, error) {
	x, err := conference.Of(ctx, q, d.Root, d.Conference)
	if err != nil {
		return Invitation{}, err
	}
	f, err := frameOf(ctx, q, x, d.ID)
	return f.of(d), err
}

// Invitations returns the invitations of those chosen who stand and have a number, in the
// order of the list.
func Invitations(ctx context.Context, q db.Q, x conference.Conference, p Pick) ([]Invitation, error) {
	f, err := frameOf(ctx, q, x, "")
	if err != nil {
		return nil, err
	}
	all, err := Standing(ctx, q, x)
	var out []Invitation
	for _, d := range all {
		if d.Number > 0 && p.Has(d) {
			out = append(out, f.of(d))
		}
	}
	if err == nil && len(out) == 0 {
		err = fault.New(fault.NotFound, "delegation.problem.none_issued")
	}
	return out, err
}
