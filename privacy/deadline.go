package privacy

import (
	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/organization"
)

// How long a request may take, in working days that begin the day after it came (Nghị định
// 356/2025/NĐ-CP, in force since 01/01/2026, art. 5, as reported: whether the days are
// working days stood in one source, and those are the days by which one is never late
// towards who asks as long as one answers by what the program says first).
const (
	acceptDays  = 2  // until it is said that the request has come
	provideDays = 10 // to let know, show, hand out or correct
	stopDays    = 15 // to withdraw consent, restrict, object
	eraseDays   = 20 // to delete, and where others have to take part
	// mostExtension is the most that one request is given more, once.
	mostExtension = 15
)

// Days returns how many working days a claim may take; others says that a third party has
// to take part in it.
func (c Claim) Days(others bool) int {
	switch {
	case c == Delete || others:
		return eraseDays
	case c.Stops():
		return stopDays
	}
	return provideDays
}

// endOf is the last minute of the last of n working days after the day of a moment.
func endOf(at when.Instant, n int) when.Instant {
	return organization.WorkingDaysAfter(at.Date(), n).At(23, 59)
}

// made sets when a request that has come at a moment must be accepted and done with.
func (r Request) made(at when.Instant) Request {
	r.MadeAt, r.State = at, Waiting
	r.AcceptBy, r.DueAt = endOf(at, acceptDays), endOf(at, r.Claim.Days(false))
	return r
}

// Open reports whether the request is not done with.
func (r Request) Open() bool { return r.State == Waiting || r.State == Accepted }

// Silent reports whether nobody has said in time that the request has come.
func (r Request) Silent(now when.Instant) bool { return r.State == Waiting && now > r.AcceptBy }

// Late reports whether the request waits longer than it may, for a first word or an end.
func (r Request) Late(now when.Instant) bool {
	return r.Silent(now) || r.Open() && now > r.DueAt
}

// accepted says at a moment that the request has come; others that a third party has to
// take part, which gives it the longer limit, counted from the day it came.
func (r Request) accepted(others bool, by string, at when.Instant) (Request, error) {
	if r.State != Waiting {
		return r, fault.New(fault.Conflict, "privacy.problem.accepted")
	}
	r.State, r.AcceptedAt, r.AcceptedBy, r.Others = Accepted, at, by, others
	r.DueAt = endOf(r.MadeAt, r.Claim.Days(others))
	return r, nil
}

// Extending is what the form of an extension brings.
type Extending struct {
	Days int    `form:"days"` // working days more
	Why  string `form:"why"`
}

// extended gives an open request more days, once, before its limit has passed, with a
// reason that the person who asked is told.
func (r Request) extended(f Extending, at when.Instant) (Request, error) {
	var c fault.Check
	c.That(f.Days >= 1 && f.Days <= mostExtension, "days", "privacy.problem.days")
	c.That(f.Why != "", "why", "privacy.problem.why")
	c.That(len([]rune(f.Why)) <= longestText, "why", "privacy.problem.long")
	if err := c.Err(); err != nil {
		return r, err
	}
	switch {
	case r.ExtendedAt != 0:
		return r, fault.New(fault.Conflict, "privacy.problem.extended")
	case r.State != Accepted:
		return r, fault.New(fault.Conflict, "privacy.problem.accept_first")
	case at > r.DueAt:
		return r, fault.New(fault.Conflict, "privacy.problem.too_late")
	}
	r.ExtendedAt, r.ExtendedWhy, r.DueAt = at, f.Why, endOf(r.DueAt, f.Days)
	return r, nil
}
