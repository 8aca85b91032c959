package rubric

// Fact names a figure that the program reads from the record of a meeting. What a
// sheet makes of it is the sheet's affair.
type Fact string

// The facts.
const (
	LengthShort     Fact = "length_short"     // minutes that the meeting fell short of the length asked for; its scale
	Attendance      Fact = "attendance"       // present of those whose attendance counts
	UnexcusedAway   Fact = "unexcused_away"   // people absent without a reason
	SteadyComing    Fact = "steady_coming"    // nobody absent with reason more than three times running in the year
	CommitteeMet    Fact = "committee_met"    // the cell committee met before, with its record
	NoticeGiven     Fact = "notice_given"     // every member and the superior who follows were told
	PapersInTime    Fact = "papers_in_time"   // every document lay there at least a day before
	DraftPrepared   Fact = "draft_prepared"   // there was a draft resolution before the meeting
	StepsComplete   Fact = "steps_complete"   // every item of the agenda was gone through
	ThemeTreated    Fact = "theme_treated"    // the theme of the month was treated
	SpeakingShare   Fact = "speaking_share"   // of the members present, those who spoke
	IdeologyMinutes Fact = "ideology_minutes" // spent on ideology, criticism and self-criticism
	MinutesComplete Fact = "minutes_complete" // the minutes have all their parts
	PapersKept      Fact = "papers_kept"      // the documents of the meeting stand with it
	TargetsDone     Fact = "targets_done"     // of last month's targets, those done
	Concluded       Fact = "concluded"        // the chair concluded and the minutes were adopted
	TasksGiven      Fact = "tasks_given"      // tasks were given, each with its owner and its day
	DaysToSealing   Fact = "days_to_sealing"  // from the meeting to sealed minutes
	PraiseOrRemind  Fact = "praise_or_remind" // praise, reminders and criticism that were noted
)

// Unit says in what a fact is told.
type Unit string

// The units.
const (
	YesNo   Unit = "yes"
	Minutes Unit = "minutes"
	People  Unit = "people"
	Times   Unit = "times"
	Days    Unit = "days"
	Percent Unit = "percent"
)

// Facts lists the facts in the order of the national sheet.
var Facts = []Fact{
	LengthShort, Attendance, UnexcusedAway, SteadyComing, CommitteeMet, NoticeGiven, PapersInTime, DraftPrepared, StepsComplete, ThemeTreated,
	PraiseOrRemind, SpeakingShare, IdeologyMinutes, MinutesComplete, PapersKept, TargetsDone, Concluded, TasksGiven, DaysToSealing,
}

var units = map[Fact]Unit{
	LengthShort: Minutes, Attendance: Percent, UnexcusedAway: People, SpeakingShare: Percent, IdeologyMinutes: Minutes,
	TargetsDone: Percent, DaysToSealing: Days, PraiseOrRemind: Times,
	SteadyComing: YesNo, CommitteeMet: YesNo, NoticeGiven: YesNo, PapersInTime: YesNo, DraftPrepared: YesNo, StepsComplete: YesNo,
	ThemeTreated: YesNo, MinutesComplete: YesNo, PapersKept: YesNo, Concluded: YesNo, TasksGiven: YesNo,
}

// Unit returns the unit of the fact, empty for a name that is no fact.
func (f Fact) Unit() Unit { return units[f] }

// reach is the greatest figure that a fact can have where it has this scale.
func (f Fact) reach(scale int) Figure {
	switch f.Unit() {
	case YesNo:
		return Count(1)
	case Percent:
		return Count(100)
	}
	if f == LengthShort {
		return Count(scale)
	}
	return Count(1000)
}

// scales are the scales for which a sheet is checked: the lengths that the guidance asks
// for, 90 minutes and 120 (42-HD/BTCTW, 28/10/2025). Most facts have none.
func (f Fact) scales() []int {
	if f == LengthShort {
		return []int{90, 120}
	}
	return []int{0}
}

// Known holds the figures of one meeting that are known. A fact that is not among them
// says nothing, and a line that rests on it stays open.
type Known map[Fact]Measured

// Measured is a figure with its scale, which is 0 for most facts.
type Measured struct {
	Figure
	Scale int `json:"scale,omitempty"`
}
