package main

import (
	"errors"
	"fmt"
	"os"

	"chibo/kit/locale"
	"chibo/quality"
)

// rubrics is chibo rubric.
type rubrics struct {
	List  listRubrics `cmd:"" help:"List the sheets that come with the program: id, in force from and until, name, document."`
	Show  showRubric  `cmd:"" help:"Write a sheet as YAML."`
	Check checkRubric `cmd:"" help:"Say what does not sum, what overlaps and what is left open in a sheet. Exit status 0: it can be put in force."`
}

// listRubrics is chibo rubric list.
type listRubrics struct{}

// Run prints one sheet a line, with tabs between the columns.
func (*listRubrics) Run(c console) error {
	for _, r := range quality.Sheets() {
		_, err := fmt.Fprintf(c.out, "%s\t%s\t%s\t%s\t%s, %s, %s\n", r.ID, r.From, r.Until, r.Name, r.Source.Number, r.Source.Body, r.Source.Date)
		if err != nil {
			return err
		}
	}
	return nil
}

// showRubric is chibo rubric show.
type showRubric struct {
	ID string `arg:"" help:"Id of the sheet, as list names it."`
}

// Run prints the sheet.
func (s *showRubric) Run(c console) error {
	r, ok := quality.Sheet(s.ID)
	if !ok {
		return fmt.Errorf("no sheet %s; chibo rubric list names them", s.ID)
	}
	text, err := r.Text()
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
	r, err := quality.Parse(text)
	if err != nil {
		return err
	}
	all := quality.Check(r)
	for _, f := range all {
		out := c.errors
		if f.Open {
			out = c.out
		}
		if _, err := fmt.Fprintln(out, f.Text(locale.English)); err != nil {
			return err
		}
	}
	if wrong := quality.Wrong(all); len(wrong) > 0 {
		return errors.New(locale.English.T("quality.check.refused", "Count", len(wrong)))
	}
	_, err = fmt.Fprintf(c.out, "%s: %s\n", r.ID, locale.English.T("quality.check.sound"))
	return err
}
