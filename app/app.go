// Package app puts the features together. It is the only package that knows all
// of them: it wires what one hands to another, joins the routes, says which role
// may do what, and draws the home page and the navigation around every page.
package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

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
	"chibo/kit/audit"
	"chibo/kit/bus"
	"chibo/kit/db"
	"chibo/kit/head"
	"chibo/kit/job"
	"chibo/kit/limit"
	"chibo/kit/live"
	"chibo/kit/outside"
	"chibo/kit/post"
	"chibo/kit/scan"
	"chibo/kit/secret"
	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/lesson"
	"chibo/library"
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

// DatabaseFile is the name of the SQLite database in a data directory.
const DatabaseFile = "chibo.db"

// Directories in a data directory: of stored files, and of the keys of secret polls,
// which no backup copies.
const (
	filesDir = "files"
	vaultDir = "vault"
)

// ownKey is the name of the program's own key in the vault.
const ownKey = "chibo.key"

// VaultIn returns the directory of the keys of secret polls that belongs to a data
// directory where no other is named.
func VaultIn(data string) string { return filepath.Join(data, vaultDir) }

// Config is what a program is started with.
type Config struct {
	Database string            // "postgres://…" or the path of a SQLite file
	Data     string            // directory in which uploaded and sealed files are kept
	Vault    string            // directory of the keys of secret polls, of the signing key and of the program's own key, see ballot.Vault, kit/secret; empty: in Data
	Listen   string            // address and port it listens on; empty where somebody else holds the socket
	Base     string            // address people reach it by, "https://chibo.example"; may be empty
	SMTP     string            // mail server, see notice.Mailer; empty: no mail is sent
	From     string            // address of the sender of mails
	Provider provider.Settings // the identity provider that lets people in besides; none: empty
	Quiet    bool              // no device is called by its push service: nothing goes out of the house
	Secure   bool              // reached by https
	Reading  bool              // leave the data directory as it lies: for commands that look or copy
	Copies   Copies            // copies that are made by themselves
	Proxy    bool              // a proxy stands in front and says in X-Forwarded-For who asks
	NATS     string            // "nats://…" by which several processes tell each other what changed; empty: through PostgreSQL, else within one process
	Now      func() time.Time
	Log      *slog.Logger
	Meter    web.Meter // counts requests; may be nil
	// ListsPerHour is how many lists of people an account may take in an hour; 0: 40.
	ListsPerHour int
	// Scanner looks into every file that comes in; zero: nothing does. TakeUnscanned lets files
	// in while it is silent.
	Scanner       scan.Scanner
	TakeUnscanned bool
}

// App is the running program.
type App struct {
	Config
	DB    *db.DB
	Audit audit.Log
	Bus   bus.Bus
	Live  *live.Hub

	Organizations *organization.Service
	Members       *member.Service
	Accounts      *account.Service
	Library       *library.Service
	Documents     *document.Service
	Notices       *notice.Service
	Permits       *permit.Service
	Passkeys      *passkey.Service
	Providers     *provider.Service
	Factors       *factor.Service
	Tasks         *task.Service
	Matters       *matter.Service
	Meetings      *meeting.Service
	Ballots       *ballot.Service
	Rooms         *room.Service
	Briefings     *briefing.Service
	Themes        *theme.Service
	Directives    *directive.Service
	Halls         *hall.Service
	Helpers       *helper.Service
	Screens       *screen.Service
	Minutes       *minutes.Service
	Rubrics       *rubric.Service
	Quality       *quality.Service
	News          *news.Service
	Ratings       *rating.Service
	Lessons       *lesson.Service
	Visits        *visit.Service
	Pilots        *pilot.Service
	Plans         *plan.Service
	Conferences   *conference.Service
	Delegations   *delegation.Service
	Receptions    *reception.Service
	Stagings      *staging.Service
	Feedback      *feedback.Service
	Care          *care.Service
	Notebooks     *notebook.Service
	Collectives   *collective.Service
	Study         *study.Service
	Training      *training.Service
	Reports       *report.Service
	Privacy       *privacy.Service
	Supervision   *supervision.Service
	Digests       *digest.Service
	Witnesses     *witness.Service
	Dossiers      *dossier.Service

	lists limit.Limiter // of lists of people that accounts take

	arrival *arrival // how the data directory was found
}

// Open opens the database and wires the features.
func Open(ctx context.Context, cfg Config) (opened *App, err error) {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	seen, err := cfg.arrive(ctx)
	if err != nil {
		return nil, fmt.Errorf("data directory: %w", err)
	}
	defer func() {
		if err != nil {
			seen.state() // nobody is left with the database in use
		}
	}()
	d, err := db.Open(ctx, cfg.Database)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Join(cfg.Data, filesDir), 0o700); err != nil {
		return nil, errors.Join(fmt.Errorf("files: %w", err), d.Close())
	}
	if cfg.Vault == "" {
		cfg.Vault = VaultIn(cfg.Data)
	}
	vault, err := ballot.OpenVault(cfg.Vault)
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	_, missing := head.ReadKey(cfg.Vault) // in a new vault
	key, err := head.OpenKey(cfg.Vault)
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	own, err := secret.File(filepath.Join(cfg.Vault, ownKey))
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	b, err := openBus(cfg, d)
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	a := &App{Config: cfg, DB: d, Bus: b, Live: &live.Hub{Bus: b, Log: cfg.Log}, arrival: seen}
	if d.Postgres() {
		a.Live.Look = look
	}
	a.wire(vault, own)
	if err := a.markedBy(ctx, key, missing == nil); err != nil {
		return nil, errors.Join(err, b.Close(), d.Close())
	}
	return a, nil
}

// look is how old a screen may become where several programs share a database and the word
// that something has changed is lost: two seconds, with the time it takes to draw it.
const look = 1500 * time.Millisecond

// openBus returns the bus that fits where the program runs.
func openBus(cfg Config, d *db.DB) (bus.Bus, error) {
	switch {
	case cfg.NATS != "":
		return bus.NewNATS(cfg.NATS, cfg.Log)
	case d.Postgres():
		return bus.NewPostgres(cfg.Database, cfg.Log), nil
	}
	return bus.NewLocal(), nil
}

func (a *App) now() when.Instant { return when.At(a.Now()) }

// wire makes the services and hands each what it needs of the others.
func (a *App) wire(vault *ballot.Vault, own secret.Key) {
	a.Audit = audit.Log{Now: a.now}
	a.Witnesses = &witness.Service{DB: a.DB, Now: a.Now, Audit: a.Audit, Log: a.Log, Dir: a.Vault}
	a.Organizations = &organization.Service{DB: a.DB, Now: a.Now, Audit: a.Audit}
	a.Members = &member.Service{DB: a.DB, Now: a.Now, Audit: a.Audit}
	a.Accounts = &account.Service{DB: a.DB, Now: a.Now, Audit: a.Audit, Log: a.Log, Rights: rights, Duties: duties, Never: never, Secure: a.Secure}
	if a.Proxy {
		a.Accounts.Address = forwarded
	}
	a.Library = &library.Service{DB: a.DB, Now: a.Now, Audit: a.Audit, Dir: filepath.Join(a.Data, filesDir), Before: a.arrival.listed}
	a.Documents = &document.Service{DB: a.DB, Now: a.Now, Audit: a.Audit}
	a.Notices = &notice.Service{DB: a.DB, Now: a.Now, Audit: a.Audit}
	a.Permits = &permit.Service{DB: a.DB, Now: a.Now, Audit: a.Audit, Person: a.Accounts.Person, Alert: a.alert}
	a.Passkeys = &passkey.Service{DB: a.DB, Now: a.Now, Audit: a.Audit, Accounts: a.Accounts, Key: own, Base: a.Base}
	a.Providers = &provider.Service{DB: a.DB, Now: a.Now, Audit: a.Audit, Log: a.Log, Accounts: a.Accounts, Key: own, Base: a.Base, Settings: a.Provider}
	a.Factors = &factor.Service{DB: a.DB, Now: a.Now, Audit: a.Audit, Accounts: a.Accounts, Key: own}
	a.Accounts.Second = a.Factors
	a.Accounts.Drop = dropFactors
	a.Accounts.Warn = a.warnOwner
	a.Tasks = &task.Service{DB: a.DB, Now: a.Now, Audit: a.Audit, LastMet: meeting.LastClosed, Called: meeting.CalledBetween}
	a.Matters = &matter.Service{DB: a.DB, Now: a.Now, Audit: a.Audit}
	a.Meetings = &meeting.Service{DB: a.DB, Now: a.Now, Audit: a.Audit, Files: a.Library}
	a.Matters.Carry = a.Meetings.CarryAnswers
	a.Ballots = &ballot.Service{
		DB: a.DB, Now: a.Now, Audit: a.Audit, Vault: vault,
		Changed: func(root, meetingID string) { a.Bus.Publish(room.Topic(root, meetingID)) },
	}
	a.Rooms = &room.Service{DB: a.DB, Now: a.Now, Audit: a.Audit, Library: a.Library, Ballots: a.Ballots, Meetings: a.Meetings, Accounts: a.Accounts, Bus: a.Bus, Live: a.Live, Helpers: helper.Named}
	a.Briefings = &briefing.Service{DB: a.DB, Now: a.Now, Audit: a.Audit, Files: a.Library}
	a.Themes = &theme.Service{DB: a.DB, Now: a.Now, Audit: a.Audit, Files: a.Library, Meetings: a.Meetings}
	a.Directives = &directive.Service{DB: a.DB, Now: a.Now, Audit: a.Audit, Room: a.Rooms}
	a.Meetings.Themes, a.Meetings.Laid = a.Themes.Next, []meeting.Laid{a.Briefings.Lay, a.Themes.Lay, a.Directives.Lay}
	a.Halls = &hall.Service{DB: a.DB, Now: a.Now, Audit: a.Audit, Room: a.Rooms, Accounts: a.Accounts}
	a.Helpers = &helper.Service{DB: a.DB, Now: a.Now, Audit: a.Audit, Accounts: a.Accounts, Secure: a.Secure}
	a.Screens = &screen.Service{DB: a.DB, Now: a.Now, Room: a.Rooms, Ballots: a.Ballots, Live: a.Live}
	a.Minutes = &minutes.Service{DB: a.DB, Now: a.Now, Audit: a.Audit, Room: a.Rooms, Accounts: a.Accounts, Base: a.Base, Heads: a.Witnesses.HeadOf, Sealed: a.Directives.Settle}
	a.Rubrics = &rubric.Service{DB: a.DB, Now: a.Now, Audit: a.Audit}
	a.Quality = &quality.Service{DB: a.DB, Now: a.Now, Audit: a.Audit, Room: a.Rooms}
	a.News = &news.Service{DB: a.DB, Now: a.Now, Audit: a.Audit, Files: a.Library, Room: a.Rooms}
	a.Ratings = &rating.Service{DB: a.DB, Now: a.Now, Audit: a.Audit, Room: a.Rooms}
	a.Lessons = &lesson.Service{DB: a.DB, Now: a.Now, Audit: a.Audit}
	a.Meetings.Laid = append(a.Meetings.Laid, a.Lessons.Lay)
	a.Visits = &visit.Service{DB: a.DB, Now: a.Now, Audit: a.Audit, Room: a.Rooms, Organizations: a.Organizations, Members: a.Members}
	a.Meetings.Laid = append(a.Meetings.Laid, a.Visits.Lay)
	a.Pilots = &pilot.Service{DB: a.DB, Now: a.Now, Audit: a.Audit, Lessons: a.Lessons}
	a.Plans = &plan.Service{DB: a.DB, Now: a.Now, Audit: a.Audit}
	a.Conferences = &conference.Service{DB: a.DB, Now: a.Now, Audit: a.Audit}
	a.Delegations = &delegation.Service{DB: a.DB, Now: a.Now, Audit: a.Audit, Base: a.Base}
	if a.SMTP != "" {
		a.Delegations.Post = a.post().Send
	}
	a.Receptions = &reception.Service{DB: a.DB, Now: a.Now, Audit: a.Audit, Bus: a.Bus, Live: a.Live, Helpers: a.Helpers}
	a.Helpers.Doors = []helper.Door{a.Receptions}
	a.Stagings = &staging.Service{DB: a.DB, Now: a.Now, Audit: a.Audit, Conferences: a.Conferences, Pilots: a.Pilots}
	a.Conferences.Clear = append(a.Conferences.Clear, a.Stagings.Clear)
	a.Feedback = &feedback.Service{DB: a.DB, Now: a.Now, Audit: a.Audit, Accounts: a.Accounts, Lessons: a.Lessons}
	a.Care = &care.Service{DB: a.DB, Now: a.Now, Audit: a.Audit}
	a.Notebooks = &notebook.Service{DB: a.DB, Now: a.Now, Audit: a.Audit, Accounts: a.Accounts, Room: a.Rooms}
	a.Accounts.Keys = a.Notebooks
	a.Collectives = &collective.Service{DB: a.DB, Now: a.Now, Audit: a.Audit}
	a.Study = &study.Service{DB: a.DB, Now: a.Now, Audit: a.Audit}
	a.Training = &training.Service{DB: a.DB, Now: a.Now, Audit: a.Audit}
	a.Reports = &report.Service{DB: a.DB, Now: a.Now, Audit: a.Audit, Room: a.Rooms, Minutes: a.Minutes, Quality: a.Quality, Ratings: a.Ratings, Library: a.Library, Extra: []report.Extra{a.inspections}}
	a.Privacy = &privacy.Service{
		DB: a.DB, Now: a.Now, Audit: a.Audit, Members: a.Members, Notebooks: a.Notebooks,
		Expire: []func(context.Context) error{a.Members.Expire, a.Delegations.Expire},
	}
	a.Dossiers = &dossier.Service{DB: a.DB, Now: a.Now, Audit: a.Audit, Running: a.running, Person: a.Accounts.Person}
	a.Supervision = &supervision.Service{DB: a.DB, Now: a.Now, Log: a.Log}
	a.Digests = &digest.Service{DB: a.DB, Now: a.Now, Audit: a.Audit, Board: a.Supervision}
	a.Library.Gates = map[string]library.Gate{meeting.FileUse: meeting.Gate, briefing.FileUse: briefing.Gate, theme.FileUse: theme.Gate}
}

// forwarded returns the address that the proxy in front has added last: whatever
// stands before it may have been sent by anybody.
func forwarded(r *http.Request) string {
	all := strings.Split(r.Header.Get("X-Forwarded-For"), ",")
	return strings.TrimSpace(all[len(all)-1])
}

// Work does the jobs that the features leave until ctx ends.
func (a *App) Work(ctx context.Context) {
	for _, first := range []struct {
		what string
		do   func(context.Context) error
	}{
		{"keys of polls that have ended", a.Ballots.Sweep},
		{"reminders of tasks", a.Tasks.ScheduleReminders},
		{"heads of the logs", func(ctx context.Context) error {
			return errors.Join(a.Witnesses.Start(ctx), a.Witnesses.Recall(ctx), a.Witnesses.Schedule(ctx), a.sayAltered(ctx))
		}},
		{"what is due to be deleted", a.Privacy.Schedule},
		{"copies", a.ScheduleCopy},
	} {
		if err := first.do(ctx); err != nil && ctx.Err() == nil { // who is told to stop at once has failed at nothing
			a.Log.ErrorContext(ctx, first.what, "error", err)
		}
	}
	var steady sync.WaitGroup
	steady.Go(func() { a.Supervision.Sweep(ctx) })
	steady.Go(func() { a.Rooms.Forget(ctx) })
	steady.Go(func() { a.Accounts.NoteUses(ctx) })
	a.queue().Run(ctx)
	steady.Wait()
}

// post is where letters are handed in.
func (a *App) post() post.Office { return post.Office{Server: a.SMTP, From: a.From, Now: a.Now} }

// queue does the jobs of the features.
func (a *App) queue() *job.Queue {
	queue := &job.Queue{DB: a.DB, Now: a.Now, Handlers: map[string]job.Handler{task.RemindJob: a.Tasks.Remind, report.BindJob: a.Reports.Bind, delegation.MailJob: a.Delegations.Deliver, witness.TakeJob: a.Witnesses.Take, privacy.RetainJob: a.Privacy.Retain, copyJob: a.makeCopy}}
	if a.SMTP != "" {
		mailer := &notice.Mailer{DB: a.DB, Post: a.post(), Base: a.Base, Address: mailAddress}
		queue.Handlers[notice.MailJob] = mailer.Send
	}
	if !a.Quiet {
		pusher := &notice.Pusher{DB: a.DB, Now: a.Now, Client: outside.Client(pushPatience), Subject: a.subject()}
		queue.Handlers[notice.PushJob] = pusher.Send
	}
	return queue
}

// WorkDue does the jobs that are due and counts the board, once, for tools that end and for
// tests.
func (a *App) WorkDue(ctx context.Context) error {
	_, err := a.queue().RunDue(ctx)
	return errors.Join(err, a.Supervision.Recount(ctx, access.Whole("", "/")))
}

// pushPatience is how long a push service may take to answer.
const pushPatience = 10 * time.Second

// subject is who answers for the calls that push services are asked to make: the
// address of the program, else that of the sender of mails. A program that has neither
// is one to try out.
func (a *App) subject() string {
	switch {
	case strings.HasPrefix(a.Base, "https://"):
		return a.Base
	case a.From != "":
		return a.From
	}
	return "https://chibo.invalid"
}

func mailAddress(ctx context.Context, q db.Q, root, id string) (string, error) {
	m, err := member.Find(ctx, q, root, id)
	return m.Email, err
}

// Verify checks the chain of the log, the heads that are kept of it, the acts to which it bears witness, every seal and
// every kept file, and returns the first thing that does not hold.
func (a *App) Verify(ctx context.Context) error {
	if err := audit.Verify(ctx, a.DB); err != nil {
		return err
	}
	if err := a.Witnesses.Verify(ctx); err != nil {
		return err
	}
	if err := room.Verify(ctx, a.DB); err != nil {
		return err
	}
	if err := minutes.Verify(ctx, a.DB); err != nil {
		return err
	}
	return a.Library.Verify(ctx)
}

// First makes the first unit of a new program and its administrator. It is
// refused once there is an account.
func (a *App) First(ctx context.Context, name string, unit organization.Organization) (account.Slip, error) {
	units, err := organization.Under(ctx, a.DB, access.Whole("", "/"))
	if err != nil {
		return account.Slip{}, err
	}
	if len(units) == 0 {
		if unit, err = a.Organizations.Add(ctx, access.Person{Name: "chibo account"}, "", unit); err != nil {
			return account.Slip{}, err
		}
	} else {
		unit = units[0]
	}
	return a.Accounts.First(ctx, name, unit.ID)
}

// Close ends the live streams, closes the bus and the database, and marks the data directory
// as it lies then.
func (a *App) Close() error {
	a.Live.Close()
	a.arrival.state()
	var err error
	if !a.Reading {
		err = a.Witnesses.Remember(context.Background())
	}
	return errors.Join(err, a.Bus.Close(), a.DB.Close(), a.leave())
}
