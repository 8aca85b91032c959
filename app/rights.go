package app

import (
	"slices"

	"chibo/account"
	"chibo/ballot"
	"chibo/briefing"
	"chibo/care"
	"chibo/collective"
	"chibo/conference"
	"chibo/delegation"
	"chibo/digest"
	"chibo/directive"
	"chibo/document"
	"chibo/dossier"
	"chibo/kit/access"
	"chibo/lesson"
	"chibo/library"
	"chibo/matter"
	"chibo/meeting"
	"chibo/member"
	"chibo/minutes"
	"chibo/news"
	"chibo/notebook"
	"chibo/organization"
	"chibo/pilot"
	"chibo/plan"
	"chibo/privacy"
	"chibo/quality"
	"chibo/rating"
	"chibo/reception"
	"chibo/report"
	"chibo/room"
	"chibo/rubric"
	"chibo/screen"
	"chibo/study"
	"chibo/supervision"
	"chibo/task"
	"chibo/theme"
	"chibo/training"
	"chibo/visit"
	"chibo/witness"
)

// inMeeting is what everybody on the roll of a cell may do.
var inMeeting = []access.Need{
	meeting.Follow, meeting.Read, room.Watch, minutes.MayRead, task.MayRead, task.MayReport, member.Read, library.Read,
	ballot.Vote, screen.Follow, briefing.Read, theme.Follow, theme.Read, quality.MayRead, rubric.MayRead, rating.See,
	matter.MayRead, directive.See, care.See, study.See, notebook.Own, news.MayRead, report.MayRead, report.MayOpen, training.Own,
	lesson.MayRead, lesson.See, conference.MayRead,
}

// keepsMinutes is what a minute-taker may do besides.
var keepsMinutes = append(slices.Clone(inMeeting), meeting.Hold, room.Hold, room.Write, minutes.MayWrite, collective.Keep)

// leadsCell is what the committee of a cell may do besides: they prepare the
// meeting together (HD 42-HD/BTCTW, 28/10/2025).
var leadsCell = append(slices.Clone(keepsMinutes),
	meeting.Prepare, briefing.Arrange, theme.Arrange, directive.Take, task.MayGive, member.Write, member.Private,
	organization.Read, organization.Settle, document.MayRead, document.MayNumber, quality.MayScore, rating.Lead,
	matter.MayPass, care.Lead, study.Lead, notebook.Inspect, news.MayWrite, report.MayBind,
	lesson.Learn, pilot.MayRead, pilot.Host, conference.Host, delegation.Name,
	visit.Follow, visit.Read, visit.Answer,
)

// rights is the one table of who may do what. A role reaches the organisation it
// is held in and everything below it.
//
// An administrator keeps accounts and units and reads no contents: whoever runs
// the machine is not therefore in the meeting. A clerk keeps the rolls and sees
// form and dates of the cells below, not what was said there unless the committee has
// decided otherwise, and what was passed
// up to the committee whose office it is. A member of the
// committee reads along in the cells below, because the superior follows them.
var rights = access.Rights{
	access.Administrator: {organization.Read, organization.Manage, organization.Supervise, organization.Settle, account.Manage, library.Read, rubric.MayRead, rubric.MayOwn, witness.See, witness.Run, dossier.Pack},
	access.Clerk: {
		lesson.MayRead, lesson.Oversee, pilot.MayRead, pilot.Keep, plan.Keep,
		conference.MayRead, conference.Keep, delegation.Name, reception.Keep, reception.Serve,
		organization.Read, organization.Manage, organization.Settle, account.Manage, member.Read, member.Write, member.Private,
		meeting.Follow, theme.Follow, document.MayRead, document.MayNumber, library.Read, matter.MayRead, matter.MayAnswer,
		news.MayRead, study.See, study.Oversee, privacy.Handle, privacy.Keep, supervision.MayOversee, library.Register, directive.See, directive.Send,
		organization.Supervise, visit.Follow, training.Oversee, training.Own,
		digest.MayCompose, witness.See, dossier.Pack, dossier.Trace,
	},
	access.Reading: {minutes.MayRead},
	access.Committee: {
		lesson.MayRead, lesson.See, lesson.Oversee, lesson.Teach, pilot.MayRead, pilot.Keep, pilot.Direct, plan.Keep, plan.Make,
		conference.MayRead, conference.Keep, delegation.Name, conference.Direct, reception.Keep, reception.Serve,
		organization.Read, organization.Entrust, member.Read, meeting.Follow, theme.Follow, meeting.Read, room.Watch, minutes.MayRead, library.Read, quality.MayRead, rubric.MayRead, quality.MayConfirm, rubric.MayOwn, rating.See, rating.Oversee, rating.Decide,
		matter.MayRead, matter.MayAnswer, news.MayRead, study.See, study.Oversee, report.MayRead, supervision.MayOversee,
		digest.MayCompose, witness.See, witness.Settle,
		library.Register, directive.See, directive.Send,
		organization.Supervise, visit.Follow, visit.Read, visit.Arrange, visit.Write, training.Oversee, training.Own,
	},
	access.Secretary:    append(slices.Clone(leadsCell), account.Manage, organization.Manage, organization.Supervise, privacy.Handle),
	access.Deputy:       leadsCell,
	access.MinuteTaker:  keepsMinutes,
	access.Member:       inMeeting,
	access.Probationary: inMeeting,
}

// duties is what the duties of a department let its people do in the committee and in all
// that is below it.
var duties = account.Duties{
	organization.FollowsMeetings: {organization.Read, meeting.Follow, theme.Follow, supervision.MayOversee, lesson.MayRead, lesson.Oversee, visit.Follow},
	organization.ConfirmsScores:  {organization.Read, meeting.Follow, minutes.MayRead, quality.MayRead, rubric.MayRead, quality.MayConfirm},
	organization.ReadsRatings:    {organization.Read, rating.See, rating.Oversee},
	organization.KeepsRolls:      {organization.Read, member.Read, member.Write, member.Private},
	organization.OverseesStudy:   {organization.Read, study.See, study.Oversee, training.Oversee, training.Own},
	organization.AnswersMatters:  {organization.Read, matter.MayRead, matter.MayAnswer},
	organization.NumbersPapers:   {organization.Read, document.MayRead, document.MayNumber, library.Read, library.Register, directive.See, directive.Send},
	organization.WritesReports:   {organization.Read, report.MayRead, supervision.MayOversee, digest.MayCompose},
	organization.HandlesData:     {organization.Read, privacy.Handle, privacy.Keep, dossier.Pack, dossier.Trace},
	organization.ReadsLibrary:    {organization.Read, library.Read, theme.Follow, news.MayRead},
}

// never is what nobody does in another's place: to vote, to read or show one's own
// notebook, to decide on ratings, to open accounts, and to hand out offices, duties or
// rights. Signatures need no line here: whoever signs types a secret of their own.
var never = []access.Need{
	ballot.Vote, notebook.Own, rating.Decide, account.Manage, organization.Manage, organization.Supervise, organization.Entrust,
}

// Operator is the person at the machine, who runs commands on a data directory:
// whoever can read the files needs no other right.
func Operator() access.Person {
	needs := map[access.Need]bool{}
	for _, role := range access.Roles {
		for _, n := range rights[role] {
			needs[n] = true
		}
	}
	return access.Person{
		Account: "operator", Name: "chibo",
		Grants: []access.Grant{{Role: access.Clerk, Path: "/", Needs: needs}},
	}
}
