package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"chibo/app"
	"chibo/kit/db"
	"chibo/kit/locale"
	"chibo/rubric"
)

// rubrics is chibo rubric.
type rubrics struct {
	List  listRubrics `cmd:"" help:"List the sheets that come with the program, and those kept in the data: id, in force from and until, name, document, owner."`
	Show  showRubric  `cmd:"" help:"Write a sheet as YAML."`
	Check checkRubric `cmd:"" help:"Say what does not sum, what overlaps and what is left open in a sheet. Exit status 0: it can be put in force."`
}

// sheets are those of the program and, where a database is named, those kept in it.
type sheets struct {
	Data        string `help:"Data directory whose sheets are listed too." type:"path"`
	DatabaseURL string `help:"PostgreSQL database, postgres://…, in place of the SQLite file in the data directory." placeholder:"URL"`
}

// all returns the sheets, those of the program first.
func (s sheets) all(c console) ([]rubric.Rubric, error) {
	out := rubric.Sheets()
	if s.Data == "" && s.DatabaseURL == "" {
		return out, nil
	}
	at := s.DatabaseURL
	if at == "" {
		at = filepath.Join(s.Data, app.DatabaseFile)
		if _, err := os.Stat(at); err != nil {
			return nil, fmt.Errorf("no database in %s", s.Data)
		}
	}
	d, err := db.Open(c.ctx, at)
	if err != nil {
		return nil, err
	}
	kept, err := rubric.AllSheets(c.ctx, d)
	return append(out, kept...), errors.Join(err, d.Close())
}

// listRubrics is chibo rubric list.
type listRubrics struct {
	sheets `embed:""`
}

// Run prints one sheet a line, with tabs between the columns.
func (cmd *listRubrics) Run(c console) error {
	all, err := cmd.all(c)
	if err != nil {
		return err
	}
	for _, r := range all {
		_, err := fmt.Fprintf(c.out, "%s\t%s\t%s\t%s\t%s, %s, %s\t%s\n", r.ID, r.From, r.Until, r.Name, r.Source.Number, r.Source.Body, r.Source.Date, r.Owner)
		if err != nil {
			return err
		}
	}
	return nil
}

// showRubric is chibo rubric show.
type showRubric struct {
	sheets `embed:""`
	ID     string `arg:"" help:"Id of the sheet, as list names it."`
}

// Run prints the sheet.
func (cmd *showRubric) Run(c console) error {
	all, err := cmd.all(c)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(r rubric.Rubric) bool { return r.ID == cmd.ID })
	if i < 0 {
		return fmt.Errorf("no sheet %s; chibo rubric list names them", cmd.ID)
	}
	text, err := all[i].Text()
	if err != nil {
		return err
	}
	_, err = c.out.Write(text)
	return err
}

// checkRubric is chibo rubric check.
type checkRubric struct {
	File string `arg:"" help:"The sheet, YAML." type:"existingfile"`
}

// Run prints what is left open on standard output and what is wrong on standard error.
func (k *checkRubric) Run(c console) error {
	text, err := os.ReadFile(k.File)
	if err != nil {
		return err
	}
	r, err := rubric.Parse(text)
	if err != nil {
		return err
	}
	all := rubric.Check(r)
	for _, f := range all {
		out := c.errors
		if f.Open {
			out = c.out
		}
		if _, err := fmt.Fprintln(out, f.Text(locale.English)); err != nil {
			return err
		}
	}
	if wrong := rubric.Wrong(all); len(wrong) > 0 {
		return errors.New(locale.English.T("rubric.check.refused", "Count", len(wrong)))
	}
	_, err = fmt.Fprintf(c.out, "%s: %s\n", r.ID, locale.English.T("rubric.check.sound"))
	return err
}
