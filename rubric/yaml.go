package rubric

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"

	"chibo/kit/fault"
)

// MaxSheet is the most bytes that a sheet may have.
const MaxSheet = 256 << 10

// Parse reads a sheet. A field that is not known is refused, so that a slip of the pen
// does not lose a rule in silence. What the sheet says is judged by Check.
func Parse(text []byte) (Rubric, error) {
	var r Rubric
	if len(text) > MaxSheet {
		return r, fault.New(fault.TooLarge, "rubric.problem.large")
	}
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	err := d.Decode(&r)
	if err != nil {
		if errors.Is(err, io.EOF) {
			return Rubric{}, fault.New(fault.Invalid, "rubric.problem.empty")
		}
		return Rubric{}, fault.New(fault.Invalid, "rubric.problem.yaml", "Where", plain(err))
	}
	if err := d.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return Rubric{}, fault.New(fault.Invalid, "rubric.problem.several")
	}
	Leaves(r.Lines, func(l Line) {
		for _, in := range l.ranges() {
			if in.From != nil && in.Above != nil || in.To != nil && in.Under != nil {
				err = fault.New(fault.Invalid, "rubric.problem.two_edges", "Line", l.ID)
			}
		}
	})
	return r, err
}

// plain is what the reader of YAML says, without its own name.
func plain(err error) string {
	return strings.TrimSpace(strings.TrimPrefix(strings.ReplaceAll(err.Error(), "yaml: ", ""), "unmarshal errors:"))
}

// Text writes the sheet as Parse reads it.
func (r Rubric) Text() ([]byte, error) {
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := errors.Join(e.Encode(r), e.Close()); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// MarshalYAML writes points as a number.
func (p Points) MarshalYAML() (any, error) { return number(p.String()), nil }

// MarshalYAML writes a bound as a number, or as "50%".
func (b Bound) MarshalYAML() (any, error) {
	if b.OfScale {
		return b.String(), nil
	}
	return number(b.String()), nil
}

func number(text string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Value: text}
}
