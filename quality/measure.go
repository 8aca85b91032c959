package quality

import (
	"slices"
	"strings"
	"time"

	"chibo/kit/when"
	"chibo/meeting"
	"chibo/member"
	"chibo/notice"
	"chibo/proceedings"
	"chibo/rubric"
	"chibo/task"
)

// Evening is all that is known of one meeting when it is scored.
type Evening struct {
	meeting.Preparation
	State  proceedings.State
	Agenda meeting.Template
	// Committee are the members of the cell committee, by id.
	Committee []string
	Audience  []member.Entry
	Notices   []meeting.Notice
	Told      map[string]notice.Tick
	// FirstDraft is when the first version of the draft resolution was kept.
	FirstDraft when.Instant
	// Before are the tasks that last month's meeting gave; Done of Called have been
	// fulfilled of those called to account.
	Before       []task.Task
	Done, Called int
	// LongAway are members absent with reason more than three times running in the year.
	LongAway []string
	// AwayKnown is false where the year cannot be told yet.
	AwayKnown bool
}

// Measure reads every fact of an evening.
func Measure(e Evening) []Receipt {
	return []Receipt{
		e.length(), e.attendance(), e.unexcused(), e.steady(),
		e.committeeMet(), e.noticeGiven(), e.papersInTime(), e.draftPrepared(),
		e.stepsComplete(), e.themeTreated(), e.praised(), e.speaking(), e.ideology(),
		e.minutesComplete(), e.papersKept(), e.targets(), e.concluded(), e.tasksGiven(), e.sealing(),
	}
}

func (e Evening) url(rest string) string { return e.Meeting.Path() + rest }

// minutesOf counts a length in whole minutes, as minutes do.
func minutesOf(d time.Duration) int { return int(d.Round(time.Minute).Minutes()) }

// length is how many minutes the meeting fell short of what the rules ask for.
func (e Evening) length() Receipt {
	s, least := e.State, e.Meeting.MinMinutes
	if least == 0 {
		return unknown(rubric.LengthShort, says("no_length"))
	}
	lasted := minutesOf(s.Lasted(s.Closing.Ended))
	short := max(0, least-lasted)
	said := says("length", "Lasted", lasted, "Least", least)
	if short > 0 {
		said = says("length_short", "Lasted", lasted, "Least", least, "Short", short)
	}
	r := known(rubric.LengthShort, rubric.Count(short), said,
		Evidence{At: s.Opening.Began, URL: e.url("/minutes"), Says: says("began")},
		Evidence{At: s.Closing.Ended, URL: e.url("/minutes"), Says: says("ended"), Against: short > 0})
	r.Scale = least
	return r
}

// attendance leaves out whom the roll of the meeting leaves out: exempt members, those
// away for a time, those suspended. Members of the armed forces on special duty are not
// to be counted either; the roll does not tell them from others absent with reason, so
// that the people who score put the line right.
func (e Evening) attendance() Receipt {
	t := e.State.Tally()
	if t.Counted == 0 {
		return unknown(rubric.Attendance, says("no_roll"))
	}
	r := known(rubric.Attendance, rubric.Share(t.CountedCame, t.Counted), says("attendance", "Came", t.CountedCame, "Counted", t.Counted, "Percent", proceedings.Percent(t.CountedCame, t.Counted)))
	if out := t.Listed - t.Counted; out > 0 {
		r.Evidence = append(r.Evidence, Evidence{URL: e.url("/minutes"), Says: says("not_counted", "Count", out)})
	}
	for _, a := range e.State.Roll {
		if !a.Counts || a.Came() {
			continue
		}
		r.Evidence = append(r.Evidence, Evidence{At: a.At, Says: says(awayKey(a), "Name", a.Name), Against: true})
	}
	return r
}

func awayKey(a proceedings.Attendee) string {
	switch a.Status {
	case proceedings.Excused:
		return "excused"
	case proceedings.Unexcused:
		return "unexcused"
	}
	return "unmarked"
}

func (e Evening) unexcused() Receipt {
	var who []Evidence
	for _, a := range e.State.Roll {
		if a.Counts && a.Status == proceedings.Unexcused {
			who = append(who, Evidence{At: a.At, Says: says("unexcused", "Name", a.Name), Against: true})
		}
	}
	if len(who) == 0 {
		return known(rubric.UnexcusedAway, rubric.Count(0), says("nobody_unexcused"))
	}
	return known(rubric.UnexcusedAway, rubric.Count(len(who)), says("some_unexcused", "Count", len(who)), who...)
}

func (e Evening) steady() Receipt {
	if !e.AwayKnown {
		return unknown(rubric.SteadyComing, says("no_year"))
	}
	if len(e.LongAway) == 0 {
		return known(rubric.SteadyComing, rubric.Yes(true), says("steady"))
	}
	return known(rubric.SteadyComing, rubric.Yes(false), says("long_away", "Names", e.names(e.LongAway)))
}

func (e Evening) names(ids []string) string {
	var out []string
	for _, id := range ids {
		out = append(out, e.State.Name(id))
	}
	return strings.Join(out, ", ")
}

// committeeMet is so where the cell has a secretary alone: the sheet of An Phú, 3.3.
func (e Evening) committeeMet() Receipt {
	p := e.Premeeting
	switch {
	case len(e.Committee) == 1:
		return known(rubric.CommitteeMet, rubric.Yes(true), says("secretary_alone"))
	case p.HeldAt.IsZero():
		return known(rubric.CommitteeMet, rubric.Yes(false), says("no_committee"))
	}
	in := p.RecordedAt <= e.Meeting.StartsAt
	key := "committee"
	if !in {
		key = "committee_late"
	}
	return known(rubric.CommitteeMet, rubric.Yes(in), says(key),
		Evidence{At: p.HeldAt, URL: e.url(""), Says: says("committee_held", "Present", len(p.Present))},
		Evidence{At: p.RecordedAt, URL: e.url(""), Says: says("committee_kept"), Against: !in})
}

// noticeGiven is so when everybody invited and every superior who follows the cell was
// told before the meeting, in whatever way.
func (e Evening) noticeGiven() Receipt {
	if len(e.Notices) == 0 {
		return known(rubric.NoticeGiven, rubric.Yes(false), says("no_notice"))
	}
	last := e.Notices[len(e.Notices)-1]
	var missed []Evidence
	people := 0
	for _, m := range e.Audience {
		if !m.Standing.CountsInAttendance() {
			continue // exempt members may come and need not
		}
		people++
		if t, ok := e.Told[m.ID]; !ok || t.At > e.Meeting.StartsAt {
			missed = append(missed, Evidence{URL: e.url(""), Says: says("untold", "Name", m.FullName), Against: true})
		}
	}
	for _, id := range e.Followers {
		people++
		if t, ok := e.Told[id]; !ok || t.At > e.Meeting.StartsAt {
			missed = append(missed, Evidence{URL: e.url(""), Says: says("untold_superior"), Against: true})
		}
	}
	days := last.GivenAt.Date().DaysUntil(e.Meeting.Day())
	first := Evidence{At: last.GivenAt, URL: e.url("/notice.pdf"), Says: says("notice_at", "Days", days)}
	said := says("notice", "Told", people-len(missed), "People", people)
	return known(rubric.NoticeGiven, rubric.Yes(len(missed) == 0), said, slices.Insert(missed, 0, first)...)
}

// papersInTime asks for every document a day before the meeting (the sheet of An Phú,
// 3.5), the first version of the draft resolution among them.
func (e Evening) papersInTime() Receipt {
	limit := e.Meeting.StartsAt.Add(-24 * time.Hour)
	papers := e.papers()
	late := 0
	for i := range papers {
		if papers[i].At > limit {
			papers[i].Against = true
			late++
		}
	}
	switch {
	case len(papers) == 0:
		return known(rubric.PapersInTime, rubric.Yes(false), says("no_papers"))
	case late > 0:
		return known(rubric.PapersInTime, rubric.Yes(false), says("papers_late", "Count", late, "All", len(papers)), papers...)
	}
	return known(rubric.PapersInTime, rubric.Yes(true), says("papers_in_time", "All", len(papers)), papers...)
}

func (e Evening) papers() []Evidence {
	var out []Evidence
	if !e.FirstDraft.IsZero() {
		out = append(out, Evidence{At: e.FirstDraft, URL: e.url("/resolution.pdf"), Says: says("draft_kept")})
	}
	for _, p := range e.Papers {
		out = append(out, Evidence{At: p.AddedAt, URL: e.url(""), Says: says("paper", "Title", p.Title)})
	}
	return out
}

func (e Evening) draftPrepared() Receipt {
	if e.FirstDraft.IsZero() || e.FirstDraft > e.Meeting.StartsAt {
		return known(rubric.DraftPrepared, rubric.Yes(false), says("no_draft"))
	}
	return known(rubric.DraftPrepared, rubric.Yes(true), says("draft"), Evidence{At: e.FirstDraft, Says: says("draft_kept")})
}

func (e Evening) papersKept() Receipt {
	papers := e.papers()
	if len(papers) == 0 {
		return known(rubric.PapersKept, rubric.Yes(false), says("no_papers"))
	}
	return known(rubric.PapersKept, rubric.Yes(true), says("papers_kept", "All", len(papers)), papers...)
}

// targets is the share of last month's targets: line 7 of the sheet of An Phú.
func (e Evening) targets() Receipt {
	if e.Called == 0 {
		return unknown(rubric.TargetsDone, says("no_targets"))
	}
	var lines []Evidence
	for _, t := range e.Before {
		if t.Accounted() {
			key := "target_done"
			if !t.Fulfilled() {
				key = "target_open"
			}
			lines = append(lines, Evidence{URL: t.Path(), Says: says(key, "Title", t.Title), Against: !t.Fulfilled()})
		}
	}
	return known(rubric.TargetsDone, rubric.Share(e.Done, e.Called), says("targets", "Done", e.Done, "All", e.Called, "Percent", proceedings.Percent(e.Done, e.Called)), lines...)
}

func (e Evening) sealing() Receipt {
	at := e.Meeting.SealedAt
	if at.IsZero() {
		return unknown(rubric.DaysToSealing, says("unsealed"))
	}
	days := e.Meeting.Day().DaysUntil(at.Date())
	return known(rubric.DaysToSealing, rubric.Count(max(0, days)), says("sealed", "Days", days), Evidence{At: at, URL: e.url("/minutes"), Says: says("sealed_at")})
}
