package main

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"chibo/app"
	"chibo/kit/listen"
	"chibo/kit/locale"
	"chibo/kit/password"
	"chibo/kit/scan"
	"chibo/kit/web/assets"
	"chibo/provider"
)

// serve is chibo serve.
type serve struct {
	store   `embed:""`
	address `embed:""`
	copies  `embed:"" prefix:"backup-"`
	house   `embed:"" prefix:"provider-"`

	Metrics      string `name:"metrics-listen" env:"CHIBO_METRICS_LISTEN" help:"Address of its own at which Prometheus reads /metrics, as in 127.0.0.1:9464. Nobody else should reach it. Without it nothing is counted." placeholder:"ADDRESS"`
	ListsPerHour int    `help:"Lists of people (rolls, delegates, tasks and others) that one account may take as a file in an hour." default:"40"`
	PerAddress   int    `help:"Connections that one address may have open at a time, but no more than half of the files that the program may have open; 0 for any number. A whole hall may come from one address. Behind a proxy it is the proxy that counts." default:"4096"`
}

// copies is how the program makes copies of its data by itself.
type copies struct {
	Dir   string        `help:"Directory for copies that the program makes by itself; best on another disk." placeholder:"DIR" type:"path"`
	Every time.Duration `help:"How often." default:"24h"`
	To    []string      `help:"Public key of the unit, age1…; without it those kept in the data directory." placeholder:"KEY"`
	Keep  int           `help:"How many copies stay." default:"14"`
}

// of returns what the program needs to make copies of a data directory.
func (k copies) of(data string) (app.Copies, error) {
	if k.Dir == "" {
		return app.Copies{}, nil
	}
	recipients, err := app.Recipients(data, k.To)
	if err == nil && len(recipients) == 0 {
		err = errors.New("copies are encrypted: make a key by chibo key new, or name one by --backup-to")
	}
	if err == nil && k.Every < time.Minute {
		err = errors.New("--backup-every is less than a minute")
	}
	return app.Copies{Dir: k.Dir, Every: k.Every, Keep: k.Keep, Recipients: recipients}, err
}

// house is the identity provider of a ministry or province.
type house struct {
	Name   string `help:"How people know the identity provider (OpenID Connect) that lets them in besides." default:"Cổng định danh" placeholder:"NAME"`
	Issuer string `help:"Its address, below which it describes itself. Without it there is none. Register …/sign-in/provider/return there." placeholder:"URL"`
	Client string `help:"What it calls this program." placeholder:"ID"`
	Secret string `help:"File with the secret that this program shows to it." placeholder:"FILE" type:"path"`
}

// settings reads what the program needs of the provider.
func (h house) settings(base string) (provider.Settings, error) {
	s := provider.Settings{Name: h.Name, Issuer: h.Issuer, Client: h.Client}
	switch {
	case h.Issuer == "":
		return provider.Settings{}, nil
	case base == "" || h.Client == "":
		return s, errors.New("--provider-issuer goes with --provider-client and --base: the provider sends people back there")
	case !strings.HasPrefix(h.Issuer, "https://") && !strings.HasPrefix(h.Issuer, "http://localhost:"):
		return s, errors.New("--provider-issuer is not an https address: who stands in between could be anybody")
	case h.Secret == "":
		return s, nil
	}
	b, err := os.ReadFile(h.Secret) // #nosec G304 -- the file that the operator names
	s.Secret = strings.TrimSpace(string(b))
	return s, err
}

// address is how people reach the program.
type address struct {
	Listen string `help:"Address to listen on." default:"127.0.0.1:8080"`
	Base   string `help:"Address by which people reach the program, as in https://chibo.example." placeholder:"URL"`
	Secure bool   `help:"The program is reached by https (a proxy in front ends TLS)."`
	Proxy  bool   `help:"A proxy in front adds the address of who asks to X-Forwarded-For."`
	SMTP   string `help:"Mail server, smtp://name:password@host:587. Mails say only that there is a notice." placeholder:"URL"`
	NATS   string `name:"nats-url" env:"CHIBO_NATS_URL" help:"NATS server by which several processes tell each other that something has changed, nats://host:4222. Without it PostgreSQL carries the word." placeholder:"URL"`
	From   string `help:"Address of the sender of mails." placeholder:"ADDRESS"`
	Quiet  bool   `help:"Call no telephone by its push service: no request goes out."`

	Clamd       scan.Scanner `help:"Virus scanner (clamd of ClamAV) that looks into every file before it comes in: unix:/run/clamav/clamd.ctl or host:port." placeholder:"ADDRESS"`
	ClamdSilent string       `help:"What happens to files while the scanner does not answer: refuse, or take them unscanned." enum:"refuse,take" default:"refuse"`
}

func (a address) config(cfg *app.Config) {
	cfg.Listen = a.Listen
	cfg.Base, cfg.Secure, cfg.Proxy, cfg.SMTP, cfg.From, cfg.NATS, cfg.Quiet = a.Base, a.Secure, a.Proxy, a.SMTP, a.From, a.NATS, a.Quiet
	cfg.Scanner, cfg.TakeUnscanned = a.Clamd, a.ClamdSilent == "take"
}

// Run serves until the program is told to stop.
func (s *serve) Run(c console) error {
	debug.SetGCPercent(gcPercent)
	made, err := s.copies.of(s.Data)
	if err != nil {
		return err
	}
	known, err := s.settings(s.Base)
	if err != nil {
		return err
	}
	a, err := s.open(c, true, func(cfg *app.Config) {
		s.config(cfg)
		cfg.Copies, cfg.Provider, cfg.ListsPerHour = made, known, s.ListsPerHour
	})
	if err != nil {
		return err
	}
	shown, err := s.count(c, a)
	if err != nil {
		return errors.Join(err, a.Close())
	}
	err = serving(c, a, s.Listen, s.PerAddress, func(string) error { return nil })
	return errors.Join(err, shown(), a.Close())
}

// grace is how long requests and jobs may go on when the program stops.
const grace = 15 * time.Second

// serving serves a on address until the console's context ends. ready is called
// with the URL once the address is taken.
func serving(c console, a *app.App, address string, perAddress int, ready func(url string) error) error {
	if err := assets.Load(); err != nil {
		return err
	}
	l, err := listen.On(c.ctx, address)
	if err != nil {
		return err
	}
	if !a.Proxy { // else all come from the address of the proxy, which counts them itself
		l = listen.PerAddress(l, listen.Share(perAddress))
	}
	if c.self != "" {
		defer password.Apart(a.Log, c.self, "hash")()
	}
	server := patient(a)
	server.RegisterOnShutdown(a.Live.Close)
	work, stopWork := context.WithCancel(context.WithoutCancel(c.ctx))
	worked := make(chan struct{})
	go func() { defer close(worked); a.Work(work) }()

	go giveBack(work, a.Log)
	go func() {
		locale.Load()        // the watchman's question needs no texts, everybody else's does
		debug.FreeOSMemory() // what reading them needed is not needed again
	}()
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	err = ready("http://" + l.Addr().String())
	if err == nil {
		a.Log.Info("serving", "address", l.Addr().String())
		err = listen.Tell(c.ctx, listen.Ready)
	}
	if err == nil {
		select {
		case err = <-served:
		case <-c.ctx.Done():
		}
	}
	quiet, cancel := context.WithTimeout(context.WithoutCancel(c.ctx), grace)
	defer cancel()
	told := listen.Tell(quiet, listen.Stopping)
	shut := server.Shutdown(quiet)
	stopWork()
	<-worked
	if errors.Is(err, http.ErrServerClosed) {
		err = nil
	}
	return errors.Join(err, told, shut)
}

// hash is chibo hash.
type hash struct{}

// Run computes what passwords are stored as, until the program that has started it ends.
func (hash) Run(c console) error { return password.Serve(os.Stdin, c.out) }

// patient is the server of a. Slow or silent clients must not hold connections: without
// these limits a few hundred of them stop the service. A stream of events is not cut: it
// takes its connection over (kit/live), and a file that is sent piece by piece has its own
// time for each (kit/web).
func patient(a *app.App) *http.Server {
	return &http.Server{
		Handler:           a.Handler(),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(a.Log.Handler(), slog.LevelWarn),
	}
}
