package digest

import (
	"embed"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"

	"chibo/kit/access"
	"chibo/kit/fault"
)

// Template is the form of a report.
type Template struct {
	Name string
	// Span is what it looks back on.
	Span Span
	// Subject is the trích yếu; "{kỳ}" stands for the period.
	Subject string
	// Source says where the form comes from.
	Source  string
	Section []Section
}

// Section is a part of a report: a paragraph, rows of figures, a table of the cells; each may be
// absent.
type Section struct {
	Title string
	// Text is the paragraph that people begin with; names in braces are figures, {kỳ} is the
	// period.
	Text   string
	Row    []Row
	Column []Column
}

// Row is a figure of all cells together.
type Row struct{ Title, Figure string }

// Column is a figure of each cell in the table of a section.
type Column struct{ Title, Figure string }

// period is the name that stands for the period in texts.
const period = "kỳ"

// maxTemplate is the most bytes that a form may have.
const maxTemplate = 64 << 10

// ParseTemplate reads a form and judges it: a field that is not known, a figure that there is
// not or a form without sections is refused, with where.
func ParseTemplate(text string) (Template, error) {
	var t Template
	if len(text) > maxTemplate {
		return t, fault.New(fault.TooLarge, "digest.problem.large")
	}
	meta, err := toml.Decode(text, &t)
	if err != nil {
		return t, fault.New(fault.Invalid, "digest.problem.toml", "Where", strings.TrimPrefix(err.Error(), "toml: "))
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return t, fault.New(fault.Invalid, "digest.problem.unknown", "Name", unknown[0].String())
	}
	if t.Name == "" || t.Subject == "" || t.Span.months() == 0 || len(t.Section) == 0 {
		return t, fault.New(fault.Invalid, "digest.problem.lacks")
	}
	for _, name := range t.figures(nil) {
		if _, ok := figureOf(name); !ok {
			return t, fault.New(fault.Invalid, "digest.problem.figure", "Name", name)
		}
	}
	return t, nil
}

// figures returns the names of the figures that the form uses, with those of texts by section
// in place of its own, each once, in their order.
func (t Template) figures(texts []string) []string {
	var out []string
	add := func(name string) {
		if name != period && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	for i, s := range t.Section {
		text := s.Text
		if i < len(texts) {
			text = texts[i]
		}
		for n, name := range tokens(text) {
			if n%2 == 1 {
				add(name)
			}
		}
		for _, r := range s.Row {
			add(r.Figure)
		}
		for _, c := range s.Column {
			add(c.Figure)
		}
	}
	return out
}

// mayRead reports whether somebody may see every figure among names of a committee's cells.
func mayRead(who access.Person, path string, names []string) bool {
	return !slices.ContainsFunc(names, func(name string) bool {
		f, ok := figureOf(name)
		return ok && !who.MayAt(f.need, path)
	})
}

//go:embed templates/*.toml
var shippedFiles embed.FS

// Shipped is a form that comes with the program; its ID is the name of its file.
type Shipped struct {
	ID, Text string
	Template Template
}

// shipped are the forms that come with the program, read when somebody looks at them.
var shipped = sync.OnceValue(mustShipped)

func mustShipped() []Shipped {
	names, err := fs.Glob(shippedFiles, "templates/*.toml")
	if err != nil {
		panic(err) // the pattern is linked in
	}
	var out []Shipped
	for _, name := range names {
		text, err := fs.ReadFile(shippedFiles, name)
		if err != nil {
			panic(err)
		}
		t, err := ParseTemplate(string(text))
		if err != nil {
			panic(name + ": " + err.Error()) // linked in and read by every test
		}
		out = append(out, Shipped{strings.TrimSuffix(strings.TrimPrefix(name, "templates/"), ".toml"), string(text), t})
	}
	return out
}
