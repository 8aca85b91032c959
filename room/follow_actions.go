//go:build !js

package room

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"chibo/meeting"
	"chibo/proceedings"
	"chibo/task"
)

// follow carries into the other features what an act brings about: the meeting
// moves on its road, tasks are given and judged, the next meeting is opened, what is
// passed up goes to the superior, who came and spoke is kept, which the next meeting
// may ask for. next is the state with the act.
func (b *book) follow(ctx context.Context, a proceedings.Act, next proceedings.State) error {
	if b.state.Phase == proceedings.Waiting && next.Phase != proceedings.Waiting {
		if err := b.freeze(ctx, next); err != nil {
			return err
		}
	}
	if b.m.Kind.Beside() { // the cell's ledgers know nothing of it
		if b.state.Phase != proceedings.Closed && next.Phase == proceedings.Closed {
			return b.move(ctx, meeting.Closed, next)
		}
		return nil
	}
	if err := b.hear(ctx, next); err != nil {
		return err
	}
	if b.state.Phase != proceedings.Closed && next.Phase == proceedings.Closed {
		if err := b.finish(ctx, next); err != nil {
			return err
		}
	}
	if err := b.poll(ctx, next); err != nil {
		return err
	}
	if err := b.passUp(ctx, next); err != nil {
		return err
	}
	if err := b.giveTasks(ctx, a, next); err != nil {
		return err
	}
	return b.judgeTasks(ctx, next)
}

// freeze keeps what was known at the opening.
func (b *book) freeze(ctx context.Context, next proceedings.State) error {
	setup, err := json.Marshal(next.Setup)
	if err != nil {
		return fmt.Errorf("setup of meeting %s: %w", b.m.ID, err)
	}
	if err := keepSetup(ctx, b.tx, b.org.Root, b.m.ID, string(setup)); err != nil {
		return err
	}
	return b.move(ctx, meeting.Open, next)
}

// finish closes the meeting and opens the next one with what this one leaves to
// it.
func (b *book) finish(ctx context.Context, next proceedings.State) error {
	if err := b.move(ctx, meeting.Closed, next); err != nil {
		return err
	}
	var carried []meeting.Carried
	for _, p := range next.Unsettled() {
		carried = append(carried, meeting.Carried{
			Kind: meeting.CarriedKind(p.Kind), Text: p.Text, Subject: p.Subject, Member: p.Member, Due: p.Due, From: p.From,
		})
	}
	_, err := b.meetings.OpenNext(ctx, b.tx, b.who, b.org.Root, b.m.ID, carried...)
	return err
}

func (b *book) move(ctx context.Context, to meeting.State, next proceedings.State) error {
	at := next.Opening.Began
	if to == meeting.Closed {
		at = next.Closing.Ended
	}
	if err := meeting.Advance(ctx, b.tx, b.org.Root, b.m.ID, b.m.State, to, at); err != nil {
		return err
	}
	b.m.State = to
	return nil
}

// giveTasks brings the ledger to the tasks of the new state: a task that is new is
// given, one that was corrected is changed, one that was taken back withdrawn.
func (b *book) giveTasks(ctx context.Context, a proceedings.Act, next proceedings.State) error {
	for _, t := range next.Tasks {
		was, there := b.state.Given(t.ID)
		switch {
		case !there && a.ID == t.ID:
			if err := task.Give(ctx, b.tx, b.ledger(t, next)); err != nil {
				return err
			}
		case !there:
			if err := task.Reopen(ctx, b.tx, b.org.Root, t.ID, b.who.Member, b.now); err != nil {
				return err
			}
			if err := task.Change(ctx, b.tx, b.ledger(t, next), task.Changing{By: b.who.Member, At: b.now}); err != nil {
				return err
			}
		case !sameTask(was, t):
			if err := task.Change(ctx, b.tx, b.ledger(t, next), task.Changing{By: b.who.Member, At: b.now}); err != nil {
				return err
			}
		}
	}
	return b.withdrawTasks(ctx, a, next)
}

func (b *book) withdrawTasks(ctx context.Context, a proceedings.Act, next proceedings.State) error {
	for _, t := range b.state.Tasks {
		if _, there := next.Given(t.ID); there {
			continue
		}
		var fix proceedings.CorrectBody
		if err := json.Unmarshal(a.Body, &fix); err != nil {
			return fmt.Errorf("act %s: %w", a.ID, err)
		}
		reason := fix.Because
		if reason == "" {
			reason = "Ghi nhầm tại " + b.state.Gathering() + "."
		}
		if err := task.Withdraw(ctx, b.tx, b.org.Root, t.ID, reason, b.who.Member, b.now); err != nil {
			return err
		}
	}
	return nil
}

func sameTask(a, b proceedings.Given) bool {
	return a.Title == b.Title && a.Due == b.Due && a.DoneWhen == b.DoneWhen && a.Target == b.Target && a.Unit == b.Unit && a.Source == b.Source &&
		slices.Equal(a.Owners, b.Owners)
}

// ledger is the task as the ledger keeps it. It is given on the day of the meeting,
// also where paper was typed in later.
func (b *book) ledger(t proceedings.Given, next proceedings.State) task.Task {
	return task.Task{
		Root: b.org.Root, ID: t.ID, Organization: b.org.ID, Title: t.Title, DoneWhen: t.DoneWhen, Source: t.Source, Owners: t.Owners,
		Due: t.Due, Target: t.Target, Unit: t.Unit, Origin: task.AtMeeting, Meeting: b.m.ID, GivenBy: b.who.Member, GivenAt: next.Opening.Began,
	}
}

// judgeTasks brings the verdicts of the new state into the ledger; one that was
// taken back is taken back there.
func (b *book) judgeTasks(ctx context.Context, next proceedings.State) error {
	for n, j := range next.Judged {
		was := b.state.Judged[n]
		if was.Verdict == j.Verdict && was.Cause == j.Cause && was.Remedy == j.Remedy && was.Report == j.Report && was.Reached == j.Reached {
			continue
		}
		err := task.Judge(ctx, b.tx, b.org.Root, j.ID, task.Judgement{
			Verdict: task.Verdict(j.Verdict), Cause: j.Cause, Remedy: j.Remedy, Report: j.Report, Reached: j.Reached,
			Meeting: b.m.ID, By: b.who.Member, At: b.now,
		})
		if err != nil {
			return err
		}
	}
	return nil
}
