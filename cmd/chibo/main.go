// Chibo is the program for the monthly meeting of a Party cell (sinh hoạt chi bộ).
//
// One binary serves the pages, fills a demo world, reads rolls, and keeps the
// data safe: chibo serve, demo, import, export, key, backup, restore, verify,
// doctor, rubric, account.
// Every flag is also an environment variable, CHIBO_ and its name; but for --from of restore
// and verify, because CHIBO_FROM is the sender of mails.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"syscall"

	"github.com/alecthomas/kong"

	"chibo/app"
	"chibo/kit/fault"
	"chibo/kit/locale"
)

// commands is the whole command line.
type commands struct {
	Serve   serve   `cmd:"" help:"Serve the program."`
	Demo    demo    `cmd:"" help:"Fill a made-up ward and serve it. The first line on standard output is JSON with its address, accounts and meetings."`
	Import  imports `cmd:"" help:"Read the roll of a cell from a file."`
	Export  export  `cmd:"" help:"Write the roll of a cell to a file."`
	Backup  backup  `cmd:"" help:"Write a consistent copy of a data directory to one file, while the program runs."`
	Restore restore `cmd:"" help:"Put a copy back into an empty data directory."`
	Verify  verify  `cmd:"" help:"Check every seal, every stored file, the chain of the log and the heads that are kept of it, in a data directory or a copy. Exit status 0; 3 and the first thing that does not hold; 1 where it could not be checked."`
	Key     keys    `cmd:"" help:"The key to which copies are encrypted, and the one that signs the heads of the logs."`
	Doctor  doctor  `cmd:"" help:"Look at settings, disk, clock, address, mail and copies, and say what is to be done. Exit status 1 where something is broken."`
	Rubric  rubrics `cmd:"" help:"Sheets for the quality of a meeting: list them, show one, check a file."`
	Hash    hash    `cmd:"" hidden:"" help:"Compute what passwords are stored as, for a program that serves and starts this by itself."`
	Account account `cmd:"" help:"Make the first unit of new data and the account of its administrator, and print a one-time code for it."`

	Log string `help:"How the log is written to standard error: text for people, json for programs, auto by what standard error is." enum:"auto,text,json" default:"auto"`
}

// console is where a command writes and what ends it.
type console struct {
	ctx         context.Context
	out, errors io.Writer
	log         *slog.Logger
	self        string // file of this program; empty: nothing is done by a process of its own
}

// Exit statuses besides 0.
const (
	failed = 1 // the command could not do it
	usage  = 2 // the command line cannot be understood
	broken = 3 // the data does not hold
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	self, _ := os.Executable() // where it cannot be told, everything is done in this process
	status := run(console{ctx: ctx, out: os.Stdout, errors: os.Stderr, self: self}, os.Args[1:])
	stop()
	os.Exit(status)
}

// exit carries the status that kong asks for through its call of Exit.
type exit int

// run does the command of args and returns the exit status.
func run(c console, args []string) (status int) {
	defer func() {
		if e, ok := recover().(exit); ok {
			status = int(e)
		}
	}()
	usual := debug.SetGCPercent(gcPercent) // nothing that was needed so far is worth clearing
	var cmd commands
	parser := kong.Must(&cmd,
		kong.Name("chibo"),
		kong.Description("Chi bộ: from the notice to the sealed minutes of a cell's monthly meeting."),
		kong.DefaultEnvars("CHIBO"),
		kong.Writers(c.out, c.errors),
		kong.Exit(func(code int) { panic(exit(code)) }),
		kong.UsageOnError(),
	)
	chosen, err := parser.Parse(args)
	if err != nil {
		_, _ = fmt.Fprintf(c.errors, "chibo: %v\n", err)
		return usage
	}
	c.log = logger(c.errors, cmd.Log)
	slog.SetDefault(c.log)
	debug.SetGCPercent(usual)
	if err := chosen.Run(c); err != nil {
		_, _ = fmt.Fprintf(c.errors, "chibo: %s\n", explain(err))
		if _, found := errors.AsType[altering](err); found {
			return broken
		}
		return failed
	}
	return 0
}

// explain says an error to the person at the terminal; refusals have words of
// their own.
func explain(err error) string {
	e, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return err.Error()
	}
	text := locale.English.Fill(e.Key, e.Args)
	for field, key := range e.Fields {
		text += fmt.Sprintf("\n  %s: %s", field, locale.English.Fill(key, e.Args))
	}
	return text
}

// store names the data that a command works on.
type store struct {
	Data        string `help:"Data directory (SQLite database and files)." default:"data" type:"path"`
	DatabaseURL string `help:"PostgreSQL database, postgres://…, in place of the SQLite file in the data directory." placeholder:"URL"`
	Vault       string `help:"Directory of the keys of running secret votes; it belongs into no backup. Programs that serve one PostgreSQL database share it." placeholder:"DIR" type:"path"`
}

// open opens the program on s. A directory that does not exist is made when make
// is set.
func (s store) open(c console, make bool, more func(*app.Config)) (*app.App, error) {
	if make {
		if err := os.MkdirAll(s.Data, 0o700); err != nil {
			return nil, err
		}
	} else if _, err := os.Stat(s.Data); err != nil {
		return nil, fmt.Errorf("no data directory %s", s.Data)
	}
	cfg := app.Config{Database: s.DatabaseURL, Data: s.Data, Vault: s.Vault, Log: c.log}
	if cfg.Database == "" {
		cfg.Database = filepath.Join(s.Data, app.DatabaseFile)
		if _, err := os.Stat(cfg.Database); err != nil && !make {
			return nil, fmt.Errorf("no database in %s", s.Data)
		}
	}
	if more != nil {
		more(&cfg)
	}
	return app.Open(c.ctx, cfg)
}

// logger writes the log to out: a line each, in which a line break that somebody has sent
// is written as \n and begins no line of its own.
func logger(out io.Writer, form string) *slog.Logger {
	if form == "text" || form == "auto" && terminal(out) {
		return slog.New(slog.NewTextHandler(out, nil))
	}
	return slog.New(slog.NewJSONHandler(out, nil))
}

// terminal reports whether people read what is written to out.
func terminal(out io.Writer) bool {
	f, ok := out.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
