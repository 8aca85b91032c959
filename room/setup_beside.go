//go:build !js

package room

import (
	"cmp"
	"context"

	"chibo/collective"
	"chibo/kit/db"
	"chibo/meeting"
	"chibo/proceedings"
)

// beside completes the setup of a meeting of a collective beside the cell: its own people,
// its own way of voting, and what its last meeting has left. Nothing of the cell's own
// meetings is in it.
func beside(ctx context.Context, q db.Q, m meeting.Meeting, s proceedings.Setup) (proceedings.Setup, error) {
	body, err := collective.Find(ctx, q, m.Root, m.Organization, m.Kind)
	if err != nil {
		return s, err
	}
	s.Cell = cmp.Or(body.Name, s.Cell)
	s.Rules = proceedings.RulesBeside()
	people, err := collective.People(ctx, q, m.Root, m.Organization, m.Kind)
	if err != nil {
		return s, err
	}
	for _, p := range people {
		s.Roll = append(s.Roll, proceedings.Person{ID: p.ID, Name: p.Name, Post: p.Office, Votes: true, Counts: true})
	}
	if err := addAgenda(ctx, q, m, &s); err != nil {
		return s, err
	}
	return s, addLeft(ctx, q, m, &s)
}

// addLeft adds what the meeting of the collective before this one has left: the tasks it gave
// or found undone, and what it promised to answer. The log of that meeting tells it, because
// tasks of others than Party members are in no ledger.
func addLeft(ctx context.Context, q db.Q, m meeting.Meeting, s *proceedings.Setup) error {
	last, there, err := meeting.BesideBefore(ctx, q, m)
	if err != nil || !there {
		return err
	}
	kept, err := replay(ctx, q, last)
	if err != nil {
		return err
	}
	for _, j := range kept.Judged {
		if j.Verdict == "" || j.Verdict == proceedings.NotDone {
			s.Tasks = append(s.Tasks, j.DueTask)
		}
	}
	for _, t := range kept.Tasks {
		s.Tasks = append(s.Tasks, proceedings.DueTask{
			ID: t.ID, Title: t.Title, Owners: t.Owners, Due: t.Due, DoneWhen: t.DoneWhen, Target: t.Target, Unit: t.Unit,
		})
	}
	s.Carried = kept.Unsettled()
	return nil
}

// replay reads the log of a meeting whose setup is frozen.
func replay(ctx context.Context, q db.Q, m meeting.Meeting) (proceedings.State, error) {
	setup, err := frozen(ctx, q, m)
	if err != nil {
		return proceedings.State{}, err
	}
	acts, err := after(ctx, q, m.Root, m.ID, 0, 0)
	return proceedings.Replay(setup, acts), err
}
