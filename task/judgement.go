package task

import (
	"slices"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/when"
)

// Judgement is the verdict of a meeting on a task. Its zero Verdict takes an
// earlier verdict back.
type Judgement struct {
	Verdict       Verdict
	Cause, Remedy string
	// Report is what the owner told the meeting; Reached the count then, 0 where the
	// last report stands.
	Report  string
	Reached int
	// Due is the new day for a task that is not done; the zero Date keeps the old.
	Due     when.Date
	Meeting string
	By      string // id of the member who entered it
	At      when.Instant
}

// Check says what is wrong with a judgement: work that came late needs its
// cause, work that is not done its cause and its remedy.
func (j Judgement) Check() error {
	var c fault.Check
	c.That(j.Verdict == "" || slices.Contains(Verdicts, j.Verdict), "verdict", "task.problem.verdict")
	c.That(j.Verdict != Late && j.Verdict != NotDone || strings.TrimSpace(j.Cause) != "", "cause", "task.problem.cause")
	c.That(j.Verdict != NotDone || strings.TrimSpace(j.Remedy) != "", "remedy", "task.problem.remedy")
	c.AtMost(j.Cause, maxText, "cause")
	c.AtMost(j.Remedy, maxText, "remedy")
	c.AtMost(j.Report, maxText, "report")
	c.That(j.Reached >= 0 && j.Reached <= maxTarget, "reached", "task.problem.reached")
	return c.Err()
}

func (j Judgement) event() Event {
	kind := WasJudged
	if j.Verdict == "" {
		kind = WasReopened
	}
	return Event{
		Kind: kind, At: j.At, By: j.By, Meeting: j.Meeting, Verdict: j.Verdict, Cause: j.Cause, Remedy: j.Remedy,
		Text: j.Report, Reached: j.Reached, Due: j.Due,
	}
}
