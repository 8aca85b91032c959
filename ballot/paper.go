package ballot

import (
	"fmt"
	"net/url"
	"slices"

	"chibo/kit/fault"
)

// A ballot is posted in numbers of equal length, and its page is equally long
// whatever is chosen on it: whoever watches the line sees how long things are even
// where he cannot read them. One option of several is one field; where several may
// be named, every option has its field, as every name on paper has its box.

// Fields of the form.
const (
	choiceField = "choice"
	stepField   = "step"
)

// blank is the choice of no option; it is said, not left out.
const blank = "000"

// Answers to a name where several may be chosen.
const (
	yes = "1"
	no  = "0"
)

func choiceValue(i int) string { return fmt.Sprintf("%03d", i+1) }
func optionField(i int) string { return fmt.Sprintf("o%03d", i+1) }

// read returns the choices that were posted.
func (p Poll) read(v url.Values) ([]string, error) {
	if p.Choose > 1 {
		return p.readMany(v)
	}
	answer := v.Get(choiceField)
	for i, o := range p.Options {
		if answer == choiceValue(i) {
			return []string{o.ID}, nil
		}
	}
	var c fault.Check
	c.That(answer == blank, choiceField, "ballot.problem.choose")
	return nil, c.Err()
}

func (p Poll) readMany(v url.Values) (choices []string, err error) {
	var c fault.Check
	for i, o := range p.Options {
		answer := v.Get(optionField(i))
		c.That(answer == yes || answer == no, optionField(i), "ballot.problem.each")
		if answer == yes {
			choices = append(choices, o.ID)
		}
	}
	if err := c.Err(); err != nil {
		return nil, err
	}
	_, err = p.fill(choices)
	return choices, err
}

// posted is the form that names the choices, as a browser would send it.
func (p Poll) posted(choices []string) url.Values {
	v := url.Values{}
	if p.Choose == 1 {
		v.Set(choiceField, blank)
	}
	for i, o := range p.Options {
		chosen := slices.Contains(choices, o.ID)
		switch {
		case p.Choose == 1 && chosen:
			v.Set(choiceField, choiceValue(i))
		case p.Choose > 1 && chosen:
			v.Set(optionField(i), yes)
		case p.Choose > 1:
			v.Set(optionField(i), no)
		}
	}
	return v
}

// empty is the form before anything is chosen.
func (p Poll) empty() url.Values {
	if p.Choose == 1 {
		return url.Values{}
	}
	return p.posted(nil)
}
