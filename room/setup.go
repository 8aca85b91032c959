//go:build !js

package room

import (
	"context"
	"encoding/json"
	"fmt"

	"chibo/ballot"
	"chibo/kit/db"
	"chibo/kit/text"
	"chibo/matter"
	"chibo/meeting"
	"chibo/member"
	"chibo/organization"
	"chibo/proceedings"
	"chibo/task"
)

// setupOf returns what was frozen at the opening, or before it what stands
// prepared now.
func setupOf(ctx context.Context, q db.Q, m meeting.Meeting, o organization.Organization) (proceedings.Setup, error) {
	s, err := frozen(ctx, q, m)
	if err == nil && s.Meeting == "" {
		return gather(ctx, q, m, o)
	}
	return s, err
}

// frozen returns what was known at the opening, the zero Setup before it.
func frozen(ctx context.Context, q db.Q, m meeting.Meeting) (proceedings.Setup, error) {
	var s proceedings.Setup
	kept, err := keptSetup(ctx, q, m.Root, m.ID)
	if err != nil || kept == "" {
		return s, err
	}
	if err := json.Unmarshal([]byte(kept), &s); err != nil {
		return s, fmt.Errorf("setup of meeting %s: %w", m.ID, err)
	}
	text.Pack(&s)
	return s, nil
}

// gather puts together what is known before the opening.
func gather(ctx context.Context, q db.Q, m meeting.Meeting, o organization.Organization) (proceedings.Setup, error) {
	s := proceedings.Setup{
		Meeting: m.ID, Title: m.Title, Kind: string(m.Kind), Organization: o.ID, Cell: o.Name,
		StartsAt: m.StartsAt, Place: m.Place, Chair: m.Chair, MinuteTaker: m.MinuteTaker,
	}
	set, err := organization.SettingsOn(ctx, q, m.Root, o.ID, m.Day())
	if err != nil {
		return s, err
	}
	s.SpeakingMinutes = set.SpeakingMinutes
	if m.Kind.Beside() {
		return beside(ctx, q, m, s)
	}
	s.Rules = settled(proceedings.RulesOn(m.Day()), set)
	if s.SealedVotes, err = ballot.Allowed(ctx, q, m.Root, o.ID, m.Day()); err != nil {
		return s, err
	}
	for _, add := range []func(context.Context, db.Q, meeting.Meeting, *proceedings.Setup) error{addRoll, addAgenda, addGuests, addTasks, addCarried, addDraft} {
		if err := add(ctx, q, m, &s); err != nil {
			return s, err
		}
	}
	return s, nil
}

func addRoll(ctx context.Context, q db.Q, m meeting.Meeting, s *proceedings.Setup) error {
	roll, err := member.Roll(ctx, q, m.Root, m.Organization, m.Day())
	if err != nil {
		return err
	}
	posts, err := postsOf(ctx, q, m)
	if err != nil {
		return err
	}
	excuses, err := excusesOf(ctx, q, m)
	if err != nil {
		return err
	}
	for _, e := range roll {
		s.Roll = append(s.Roll, proceedings.Person{
			ID: e.ID, Name: e.FullName, Standing: string(e.Standing), Post: posts[e.ID], Group: e.Group,
			Votes: e.Standing.MayVote(), Summoned: e.Standing.InVoteBase(false), Counts: e.Standing.CountsInAttendance(),
			Excuse: excuses[e.ID],
		})
	}
	return nil
}

// postsOf returns the highest post of each office holder of the cell.
func postsOf(ctx context.Context, q db.Q, m meeting.Meeting) (map[string]string, error) {
	offices, err := organization.OfficesOn(ctx, q, m.Root, m.Organization, m.Day())
	if err != nil {
		return nil, err
	}
	posts := map[string]string{}
	for _, want := range []organization.Post{organization.Secretary, organization.Deputy, organization.CommitteeMember} {
		for _, f := range offices {
			if f.Post == want && posts[f.Member] == "" {
				posts[f.Member] = string(want)
			}
		}
	}
	return posts, nil
}

// excusesOf returns the reason code of everybody who has asked to be excused.
func excusesOf(ctx context.Context, q db.Q, m meeting.Meeting) (map[string]string, error) {
	answers, err := meeting.Answers(ctx, q, m.Root, m.ID)
	if err != nil {
		return nil, err
	}
	excuses := map[string]string{}
	for _, a := range answers {
		if a.Reply == meeting.Away {
			excuses[a.Member] = string(a.Reason)
		}
	}
	return excuses, nil
}

func addAgenda(ctx context.Context, q db.Q, m meeting.Meeting, s *proceedings.Setup) error {
	items, err := meeting.Items(ctx, q, m.Root, m.ID)
	if err != nil {
		return err
	}
	for _, i := range items {
		s.Agenda = append(s.Agenda, proceedings.Planned{
			ID: i.ID, Kind: string(i.Kind), Title: i.Title, Minutes: i.Minutes, Presenter: nameOn(s.Roll, i.Presenter), Note: i.Note,
		})
	}
	return nil
}

// nameOn is the name of a member of the roll, empty for anybody else.
func nameOn(roll []proceedings.Person, id string) string {
	for _, p := range roll {
		if p.ID == id {
			return p.Name
		}
	}
	return ""
}

func addGuests(ctx context.Context, q db.Q, m meeting.Meeting, s *proceedings.Setup) error {
	guests, err := meeting.Guests(ctx, q, m.Root, m.ID)
	if err != nil {
		return err
	}
	for _, v := range guests {
		s.Guests = append(s.Guests, proceedings.Visitor{ID: v.ID, Name: v.Name, Office: v.Office, Organisation: v.Body})
	}
	return nil
}

func addTasks(ctx context.Context, q db.Q, m meeting.Meeting, s *proceedings.Setup) error {
	tasks, err := task.Open(ctx, q, m.Root, m.Organization)
	if err != nil {
		return err
	}
	for _, t := range tasks {
		if t.Meeting == m.ID {
			continue
		}
		s.Tasks = append(s.Tasks, proceedings.DueTask{
			ID: t.ID, Title: t.Title, Owners: t.Owners, Due: t.Due, DoneWhen: t.DoneWhen, Target: t.Target, Reached: t.Reached, Unit: t.Unit,
		})
	}
	return nil
}

func addCarried(ctx context.Context, q db.Q, m meeting.Meeting, s *proceedings.Setup) error {
	carried, err := meeting.CarriedTo(ctx, q, m.Root, m.ID)
	if err != nil {
		return err
	}
	for _, c := range carried {
		if c.Text, err = withAnswer(ctx, q, m.Root, c); err != nil {
			return err
		}
		s.Carried = append(s.Carried, proceedings.Pending{
			Subject: c.Subject, Kind: string(c.Kind), Text: c.Text, Member: c.Member, Due: c.Due, From: c.From,
		})
	}
	return nil
}

// withAnswer returns the words of a carried matter, with the answer of the superior
// to whom it was passed up.
func withAnswer(ctx context.Context, q db.Q, root string, c meeting.Carried) (string, error) {
	if c.Kind != meeting.PassedUp {
		return c.Text, nil
	}
	passed, there, err := matter.OfSubject(ctx, q, root, c.Subject)
	if err != nil || !there || passed.State != matter.Answered {
		return c.Text, err
	}
	return fmt.Sprintf("%s (Cấp trên trả lời ngày %s: %s)", passed.Text, passed.AnsweredOn.Slashed(), passed.Answer), nil
}

func addDraft(ctx context.Context, q db.Q, m meeting.Meeting, s *proceedings.Setup) error {
	v, _, err := meeting.DraftOf(ctx, q, m.Root, m.ID)
	s.Draft = v.Text
	return err
}
