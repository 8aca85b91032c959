package app

import (
	"context"
	"net/http"
	"slices"

	g "maragu.dev/gomponents"

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
	"chibo/factor"
	"chibo/feedback"
	"chibo/hall"
	"chibo/helper"
	"chibo/kit/access"
	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/lesson"
	"chibo/library"
	"chibo/lookup"
	"chibo/matter"
	"chibo/meeting"
	"chibo/member"
	"chibo/minutes"
	"chibo/news"
	"chibo/notebook"
	"chibo/notice"
	"chibo/organization"
	"chibo/passkey"
	"chibo/permit"
	"chibo/pilot"
	"chibo/plan"
	"chibo/privacy"
	"chibo/provider"
	"chibo/quality"
	"chibo/rating"
	"chibo/reception"
	"chibo/report"
	"chibo/room"
	"chibo/rubric"
	"chibo/screen"
	"chibo/staging"
	"chibo/study"
	"chibo/supervision"
	"chibo/task"
	"chibo/theme"
	"chibo/training"
	"chibo/visit"
	"chibo/witness"
)

// pages are the pages of the features, each with the panels that others hand it.
type pages struct {
	accounts    *account.Pages
	passkeys    *passkey.Pages
	providers   *provider.Pages
	factors     *factor.Pages
	notices     *notice.Pages
	permits     *permit.Pages
	tasks       *task.Pages
	ballots     *ballot.Pages
	briefings   *briefing.Pages
	themes      *theme.Pages
	directive   *directive.Pages
	halls       *hall.Pages
	screens     *screen.Pages
	meetings    *meeting.Pages
	news        *news.Pages
	ratings     *rating.Pages
	matters     *matter.Pages
	quality     quality.Pages
	lessons     *lesson.Pages
	visits      *visit.Pages
	pilots      *pilot.Pages
	conferences *conference.Pages
	delegations *delegation.Pages
	receptions  *reception.Pages
	stagings    *staging.Pages
	feedbacks   *feedback.Pages
	plans       *plan.Pages
	care        *care.Pages
	notebooks   *notebook.Pages
	collectives *collective.Pages
	studies     *study.Pages
	training    *training.Pages
	reports     *report.Pages
	privacy     *privacy.Pages
	boards      *supervision.Pages
	digests     *digest.Pages
	lookups     *lookup.Pages
	witnesses   *witness.Pages
	dossiers    *dossier.Pages
}

func (a *App) pages() pages {
	tasks := &task.Pages{Service: a.Tasks}
	matters := &matter.Pages{Service: a.Matters}
	ballots := &ballot.Pages{Service: a.Ballots}
	briefings := &briefing.Pages{Service: a.Briefings, Room: a.Rooms}
	scores := quality.Pages{Service: a.Quality}
	themes := &theme.Pages{Service: a.Themes}
	directives := &directive.Pages{Service: a.Directives}
	halls := &hall.Pages{Service: a.Halls}
	visits := &visit.Pages{Service: a.Visits}
	telling := &news.Pages{Service: a.News}
	caring := &care.Pages{Service: a.Care}
	lessons := &lesson.Pages{Service: a.Lessons}
	pilots := &pilot.Pages{Service: a.Pilots}
	stagings := &staging.Pages{Service: a.Stagings}
	feedbacks := &feedback.Pages{Service: a.Feedback}
	receptions := &reception.Pages{Service: a.Receptions, Asides: []reception.Aside{feedbacks.DeskAside}}
	mine := &privacy.Pages{Service: a.Privacy}
	delegates := &delegation.Pages{Service: a.Delegations, Accounts: a.Accounts, Asides: []delegation.Aside{feedbacks.InvitationPanel}, Kept: mine.ContactsNote}
	conferences := &conference.Pages{
		Service: a.Conferences, Panels: []conference.Panel{delegates.Panel, receptions.ConferencePanel, stagings.Panel, feedbacks.ConferencePanel},
		Papers: []conference.Papers{delegates.Papers, stagings.Papers, receptions.Papers, feedbacks.Papers},
		Hosted: conference.Hosted{Minutes: a.Minutes, Files: a.Library},
	}
	studies := &study.Pages{Service: a.Study}
	screens := &screen.Pages{Service: a.Screens, Door: halls.Panel, Way: halls.OwnPanel, Panels: []meeting.Panel{ballots.MeetingPanel, halls.MeetingPanel}}
	passkeys := &passkey.Pages{Service: a.Passkeys}
	providers := &provider.Pages{Service: a.Providers}
	factors := &factor.Pages{Service: a.Factors}
	return pages{
		notices:   &notice.Pages{Service: a.Notices, Mails: a.SMTP != "", Calls: !a.Quiet, Sources: []notice.Source{a.Meetings.Events, a.Visits.Events, a.Conferences.Events}},
		permits:   &permit.Pages{Service: a.Permits},
		accounts:  &account.Pages{Service: a.Accounts, Panels: []account.Panel{passkeys.MePanel, providers.MePanel, factors.MePanel, mine.MePanel}, Asides: []account.Panel{factors.RulePanel}, Ways: []account.Way{passkeys.Way, providers.Way}},
		passkeys:  passkeys,
		providers: providers,
		factors:   factors,
		tasks:     tasks,
		ballots:   ballots,
		briefings: briefings,
		themes:    themes,
		directive: directives,
		halls:     halls,
		screens:   screens,
		matters:   matters,
		quality:   scores,
		news:      telling,
		meetings: &meeting.Pages{Service: a.Meetings, Panels: []meeting.Panel{
			ballots.MeetingPanel,
			halls.MeetingPanel,
			screens.MeetingPanel,
			room.Pages{Service: a.Rooms}.MeetingPanel,
			visits.MeetingPanel,
			scores.MeetingPanel,
			pilots.MeetingPanel,
			feedbacks.MeetingPanel,
			conferences.MeetingPanel,
			lessons.MeetingPanel,
			briefings.MeetingPanel,
			themes.MeetingPanel,
			telling.MeetingPanel,
			directives.MeetingPanel,
			a.beforeMeeting(matters.PreparationPanel),
			a.beforeMeeting(tasks.ChargePanel),
			func(_ context.Context, c *web.Ctx, id string) (g.Node, error) { return tasks.MeetingPanel(c, id) },
		}},
		ratings:     &rating.Pages{Service: a.Ratings, Asides: []rating.Aside{studies.RatingPanel, caring.YearPanel}},
		lessons:     lessons,
		visits:      visits,
		pilots:      pilots,
		conferences: conferences,
		delegations: delegates,
		receptions:  receptions,
		stagings:    stagings,
		feedbacks:   feedbacks,
		plans:       &plan.Pages{Service: a.Plans},
		care:        caring,
		notebooks:   &notebook.Pages{Service: a.Notebooks},
		collectives: &collective.Pages{Service: a.Collectives},
		studies:     studies,
		training:    &training.Pages{Service: a.Training},
		reports:     &report.Pages{Service: a.Reports},
		privacy:     mine,
		boards:      &supervision.Pages{Service: a.Supervision, Panels: []func(*web.Ctx, organization.Organization) (g.Node, error){lessons.BoardPanel}},
		digests:     &digest.Pages{Service: a.Digests},
		lookups:     &lookup.Pages{Service: &lookup.Service{DB: a.DB}},
		dossiers:    &dossier.Pages{Service: a.Dossiers},
		witnesses:   &witness.Pages{Service: a.Witnesses, LastCopy: a.lastCopy},
	}
}

// preparing is a piece of the page of a meeting that is still to be held: what has
// come to a cell since the last one.
type preparing func(ctx context.Context, c *web.Ctx, root, cell string, since when.Instant) (g.Node, error)

// beforeMeeting hands a preparing piece the cell of the meeting and when it last
// met; nothing is shown once the meeting has been held.
func (a *App) beforeMeeting(show preparing) meeting.Panel {
	return func(ctx context.Context, c *web.Ctx, id string) (g.Node, error) {
		m, o, err := meeting.Get(ctx, a.DB, c.Who.Scope(meeting.Read), id)
		if err != nil || m.State.Reached(meeting.Closed) {
			return nil, err
		}
		since, err := meeting.LastClosed(ctx, a.DB, o.Root, o.ID)
		if err != nil {
			return nil, err
		}
		return show(ctx, c, o.Root, o.ID, since)
	}
}

// Routes returns every route of the program.
func (a *App) Routes() []web.Route {
	p := a.pages()
	return slices.Concat(
		[]web.Route{
			{Pattern: "GET /{$}", Need: access.SignedIn, Do: a.home(
				p.lookups.HomePanel,
				p.accounts.RecoveryPanel, p.accounts.HomePanel, p.factors.HomePanel, p.witnesses.HomePanel, p.permits.HomePanel, p.news.HomePanel,
				p.ballots.HomePanel, p.screens.HomePanel, p.meetings.NextPanel, p.collectives.HomePanel, p.privacy.NoticePanel, p.visits.HomePanel, p.boards.HomePanel, p.privacy.HomePanel, p.quality.HomePanel, p.digests.HomePanel, p.directive.HomePanel,
				p.briefings.HomePanel, p.themes.HomePanel, p.ratings.HomePanel, p.reports.HomePanel,
				p.matters.HomePanel, p.tasks.HelpPanel, p.tasks.HomePanel, p.tasks.OwnChargePanel, p.care.HomePanel, p.studies.HomePanel, p.training.HomePanel, p.notebooks.HomePanel,
				p.pilots.HomePanel, p.conferences.HomePanel, p.delegations.HomePanel, p.stagings.HomePanel, p.plans.HomePanel, p.lessons.HomePanel, p.dossiers.HomePanel,
			)},
			{Pattern: "GET /healthz", Need: access.Public, Do: a.health, Nameless: true},
			{Pattern: "GET /readyz", Need: access.Public, Do: a.ready, Nameless: true},
		},
		(&organization.Pages{Service: a.Organizations, People: member.People, Names: member.Names, Panels: []func(*web.Ctx, organization.Organization) g.Node{p.ratings.UnitPanel, p.lessons.UnitPanel, p.care.UnitPanel, p.studies.UnitPanel, p.training.UnitPanel, p.reports.UnitPanel, p.boards.UnitPanel, p.accounts.UnitPanel, p.visits.UnitPanel}}).Routes(),
		(&member.Pages{Service: a.Members}).Routes(),
		p.accounts.Routes(),
		p.passkeys.Routes(),
		p.providers.Routes(),
		p.factors.Routes(),
		library.Pages{Service: a.Library, Aside: p.directive.DocumentPanel}.Routes(),
		document.Pages{Service: a.Documents}.Routes(),
		p.notices.Routes(),
		p.permits.Routes(),
		p.tasks.Routes(),
		p.matters.Routes(),
		p.meetings.Routes(),
		p.collectives.Routes(),
		p.ballots.Routes(),
		room.Pages{Service: a.Rooms}.Routes(),
		p.briefings.Routes(),
		p.themes.Routes(),
		p.directive.Routes(),
		p.halls.Routes(),
		(&helper.Pages{Service: a.Helpers}).Routes(),
		p.screens.Routes(),
		minutes.Pages{Service: a.Minutes, Advice: p.quality.CopiedPanel}.Routes(),
		rubric.Pages{Service: a.Rubrics, Trials: a.Quality.Try}.Routes(),
		p.quality.Routes(),
		p.news.Routes(),
		p.ratings.Routes(),
		p.lessons.Routes(),
		p.visits.Routes(),
		p.pilots.Routes(),
		p.plans.Routes(),
		p.conferences.Routes(),
		p.delegations.Routes(),
		p.receptions.Routes(),
		p.stagings.Routes(),
		p.feedbacks.Routes(),
		p.care.Routes(),
		p.notebooks.Routes(),
		p.studies.Routes(),
		p.training.Routes(),
		p.reports.Routes(),
		p.privacy.Routes(),
		p.boards.Routes(),
		p.digests.Routes(),
		p.lookups.Routes(),
		p.witnesses.Routes(),
		p.dossiers.Routes(),
	)
}

// identify returns who makes a request: who has signed in, else who was let in by a code
// to help.
func (a *App) identify(r *http.Request) (access.Person, error) {
	who, err := a.Accounts.Identify(r)
	if err != nil || who.SignedIn() {
		return who, err
	}
	return a.Helpers.Identify(r)
}

// Server is what serves the program: its routes, and who comes.
func (a *App) Server() *web.Server {
	return &web.Server{
		Routes: a.Routes(), Identify: a.identify, Nav: a.nav, Now: a.now, DB: a.DB, Busy: a.DB.Busy, Ration: a.ration, Second: a.Permits.Admit, Scan: a.scan, Secure: a.Secure, Base: a.Base, Meter: a.Meter, Log: a.Log,
	}
}

// Handler serves the program.
func (a *App) Handler() http.Handler { return a.Server().Handler() }
