package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"chibo/app"
	"chibo/member"
)

// imports is chibo import.
type imports struct {
	Roll importRoll `cmd:"" help:"Read the roll of a cell from an .xlsx or .csv file. Reading the same file twice changes nothing."`
}

// importRoll is chibo import roll.
type importRoll struct {
	store        `embed:""`
	File         string `arg:"" help:"The sheet." type:"existingfile"`
	Organization string `help:"Id of the cell." required:"" placeholder:"ID"`
	DryRun       bool   `help:"Say what would be done and write nothing."`
	JSON         bool   `help:"Print the report as JSON." name:"json"`
}

// Run reads the file and prints what became of it.
func (i *importRoll) Run(c console) error {
	data, err := os.ReadFile(i.File)
	if err != nil {
		return err
	}
	a, err := i.open(c, false, nil)
	if err != nil {
		return err
	}
	report, err := a.Members.ImportRoll(c.ctx, app.Operator(), i.Organization, filepath.Base(i.File), data, i.DryRun)
	if err := errors.Join(err, a.Close()); err != nil {
		return err
	}
	if i.JSON {
		out := json.NewEncoder(c.out)
		out.SetIndent("", "  ")
		return out.Encode(report)
	}
	return tell(c.out, report)
}

func tell(out io.Writer, r member.Report) error {
	for _, p := range r.Problems {
		if _, err := fmt.Fprintf(out, "%s\t%s\t%s\n", p.Severity, p.Cell, p.Message); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(out, "added %d, changed %d, unchanged %d, refused %d of %d people\n",
		r.Added, r.Changed, r.Unchanged, r.Refused, r.Rows)
	return err
}

// export is chibo export.
type export struct {
	Roll exportRoll `cmd:"" help:"Write the roll of a cell to an .xlsx or .csv file that can be imported again."`
}

// exportRoll is chibo export roll.
type exportRoll struct {
	store        `embed:""`
	Organization string `help:"Id of the cell." required:"" placeholder:"ID"`
	Out          string `help:"File to write, .xlsx or .csv; it must not exist yet." required:"" type:"path"`
}

// Run writes the file.
func (e *exportRoll) Run(c console) error {
	a, err := e.open(c, false, nil)
	if err != nil {
		return err
	}
	return errors.Join(e.write(c, a), a.Close())
}

func (e *exportRoll) write(c console, a *app.App) error {
	table, _, err := a.Members.Export(c.ctx, app.Operator(), e.Organization)
	if err != nil {
		return err
	}
	data := table.CSV()
	if !strings.EqualFold(filepath.Ext(e.Out), ".csv") {
		if data, err = table.XLSX(); err != nil {
			return err
		}
	}
	f, err := os.OpenFile(e.Out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}
