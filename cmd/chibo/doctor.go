package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"time"

	"chibo/app"
	"chibo/kit/locale"
)

// doctor is chibo doctor.
type doctor struct {
	store   `embed:""`
	address `embed:""`

	Lang string `help:"Language of the answer: vi or en." enum:"vi,en" default:"vi"`
}

// grade is how one thing stands.
type grade string

const (
	good   grade = "good"
	look   grade = "look"   // works, and should be looked at
	ailing grade = "broken" // has to be mended
)

// finding is one line of what the doctor says: how a thing stands, and what is to be done
// where it does not stand well.
type finding struct {
	of    string // last part of the key of what was looked at: doctor.of.disk
	grade grade
	key   string // of how it stands
	args  []any
	todo  string // key of what is to be done, empty where nothing is
}

// size in bytes and share from 0 to 1 are arguments that every language writes its own way.
type (
	size  int64
	share float64
)

// said is the line of a finding, with what is to be done on a second one.
func (f finding) said(l locale.L) string {
	args := slices.Clone(f.args)
	for i, a := range args {
		switch v := a.(type) {
		case size:
			args[i] = l.Size(int64(v))
		case share:
			args[i] = l.Percent(int(v*1000), 1000)
		}
	}
	line := fmt.Sprintf("%-8s %s: %s\n", l.Of("doctor.grade", string(f.grade)), l.Of("doctor.of", f.of), l.T(f.key, args...))
	if f.todo != "" {
		line += fmt.Sprintf("%8s → %s\n", "", l.T(f.todo, args...))
	}
	return line
}

// errIll ends chibo doctor where something is broken; it has been said which.
var errIll = errors.New("something has to be mended")

// Run looks at everything and says how it stands, a line each.
func (d *doctor) Run(c console) error {
	l := locale.Vietnamese
	if d.Lang == "en" {
		l = locale.English
	}
	all := d.examine(c)
	ill := false
	for _, f := range all {
		if _, err := fmt.Fprint(c.out, f.said(l)); err != nil {
			return err
		}
		ill = ill || f.grade == ailing
	}
	if ill {
		return errIll
	}
	return nil
}

// examine looks at one thing after the other. What needs a database is left out where it
// cannot be opened: that has been said then.
func (d *doctor) examine(c console) []finding {
	all := d.configuration()
	all = append(all, d.permissions()...)
	all = append(all, d.room())
	a, err := d.open(c, false, d.config)
	if err != nil {
		all = append(all, finding{"database", ailing, "doctor.database.closed", []any{"Why", explain(err)}, "doctor.database.open"})
	} else {
		defer func() { _ = a.Close() }()
		all = append(all, databaseOf(c.ctx, a)...)
		all = append(all, clockOfDatabase(c.ctx, a)...)
		all = append(all, keyOf(c.ctx, a)...)
		all = append(all, jobsOf(c.ctx, a))
		all = append(all, copiesOf(a)...)
	}
	all = append(all, d.reach(c.ctx, &http.Client{Timeout: outsidePatience})...)
	return append(all, d.mail(c.ctx), d.calls(), d.scanner(c.ctx))
}

// outsidePatience is how long a server elsewhere may take to answer the doctor.
const outsidePatience = 10 * time.Second

// permissions looks whether other people of this machine can read what is kept, and
// whether this one can write.
func (d *doctor) permissions() []finding {
	info, err := os.Stat(d.Data)
	if err != nil {
		return []finding{{"files", ailing, "doctor.files.none", []any{"Dir", d.Data}, "doctor.files.make"}}
	}
	vault := d.Vault
	if vault == "" {
		vault = app.VaultIn(d.Data)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return []finding{{"files", ailing, "doctor.files.open", []any{"Path", d.Data, "Mode", info.Mode().Perm().String()}, "doctor.files.close"}}
	}
	if info, err := os.Stat(vault); err == nil && info.Mode().Perm()&0o077 != 0 {
		return []finding{{"files", ailing, "doctor.files.open", []any{"Path", vault, "Mode", info.Mode().Perm().String()}, "doctor.files.close"}}
	}
	f, err := os.CreateTemp(d.Data, ".doctor-*")
	if err != nil {
		return []finding{{"files", ailing, "doctor.files.unwritable", []any{"Dir", d.Data}, "doctor.files.own"}}
	}
	if err := errors.Join(f.Close(), os.Remove(f.Name())); err != nil {
		return []finding{{"files", ailing, "doctor.files.unwritable", []any{"Dir", d.Data}, "doctor.files.own"}}
	}
	return []finding{{"files", good, "doctor.files.good", []any{"Dir", filepath.Clean(d.Data)}, ""}}
}

// keyOf says where the key that signs the heads is not the one of which the logs tell.
func keyOf(ctx context.Context, a *app.App) []finding {
	lost, err := a.Witnesses.Lost(ctx)
	if err != nil {
		return []finding{{"key", ailing, "doctor.key.unreadable", []any{"Why", err.Error()}, "doctor.key.name"}}
	}
	if len(lost) > 0 {
		return []finding{{"key", ailing, "doctor.key.lost", []any{"Count", len(lost)}, "doctor.key.name"}}
	}
	return nil
}

// databaseOf looks at the database itself.
func databaseOf(ctx context.Context, a *app.App) []finding {
	if err := a.DB.Check(ctx); err != nil {
		return []finding{{"database", ailing, "doctor.database.damaged", []any{"Why", err.Error()}, "doctor.database.restore"}}
	}
	bytes, err := a.DB.Size(ctx)
	if err != nil {
		return []finding{{"database", ailing, "doctor.database.closed", []any{"Why", err.Error()}, "doctor.database.open"}}
	}
	if log, err := a.DB.LogSize(); err != nil || log > mostLog {
		return []finding{{"database", look, "doctor.database.log", []any{"Size", size(log)}, "doctor.database.again"}}
	}
	return []finding{{"database", good, "doctor.database.good", []any{"Size", size(bytes)}, ""}}
}

// mostLog is the length of SQLite's log past which a reader holds it open.
const mostLog = 256 << 20
