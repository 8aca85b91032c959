package web

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"path"
	"slices"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/text"
)

// Takes says which files a route takes. A route that has none takes no file, and no more
// bytes than a form without one has.
type Takes struct {
	// Endings are those that the name of a file may have, in small letters and without the
	// point; what the content is, the feature finds out.
	Endings []string
	// Max is the most bytes of a file.
	Max int64
}

// Accept names the endings as a field for files wants them: ".xlsx,.csv".
func (t Takes) Accept() string {
	return "." + strings.Join(t.Endings, ",.")
}

// allows reports whether a file of this name may come in. Desktops do not show points and
// blanks at the end.
func (t Takes) allows(name string) bool {
	ending := strings.ToLower(strings.TrimPrefix(path.Ext(strings.TrimRight(name, ". ")), "."))
	return slices.Contains(t.Endings, ending)
}

// Upload is a file that came with a form.
type Upload struct {
	Name string // as the person's device calls it, cleaned
	Data []byte
}

// Upload returns the file of the named field, if it is one that the route takes and that the
// scanner lets in. No file, and one of another kind, are faults that name the field. It must come before Decode and
// Values.
func (c *Ctx) Upload(field string) (Upload, error) {
	if c.takes.Max == 0 {
		return Upload{}, fmt.Errorf("%s does not say which files it takes", c.Request.Pattern)
	}
	if _, err := c.Values(); err != nil {
		return Upload{}, err
	}
	f, head, err := c.Request.FormFile(field)
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) {
		return Upload{}, refuseFile(fault.Invalid, field, "fault.upload_missing")
	}
	if err != nil {
		return Upload{}, unreadable(err)
	}
	defer func() { _ = f.Close() }() // it was only read
	name := text.Line(head.Filename)
	switch {
	case head.Size > c.takes.Max:
		return Upload{}, refuseFile(fault.TooLarge, field, "fault.upload_large", "Most", most(c.takes.Max))
	case !c.takes.allows(name):
		return Upload{}, refuseFile(fault.Invalid, field, "fault.upload_ending", "Endings", "."+strings.Join(c.takes.Endings, ", ."))
	}
	data, err := io.ReadAll(f)
	if err != nil || c.server.Scan == nil {
		return Upload{name, data}, err
	}
	problem, err := c.server.Scan(c.Context(), c.Who, c.Request.Pattern, data)
	if err == nil && problem != "" {
		err = refuseFile(fault.Invalid, field, problem)
	}
	if err != nil {
		return Upload{}, err
	}
	return Upload{name, data}, nil
}

// refuseFile is a fault that stands above the form and beside the field.
func refuseFile(k fault.Kind, field, key string, args ...any) error {
	e := fault.Of(fault.New(k, key, args...))
	e.Fields = map[string]string{field: key}
	return e
}

// most says a number of bytes as people read it.
func most(bytes int64) string {
	if bytes < 1<<20 {
		return fmt.Sprintf("%d KB", bytes>>10)
	}
	return fmt.Sprintf("%d MB", bytes>>20)
}
