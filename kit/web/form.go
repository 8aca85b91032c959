package web

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/go-playground/form/v4"

	"chibo/kit/fault"
	"chibo/kit/text"
	"chibo/kit/web/part"
	"chibo/kit/when"
)

// Form is a form to be shown: values by field, problems by field, a message above.
type Form = part.Form

const (
	maxForm = 1 << 20 // bytes of a form besides its file
)

var (
	decoder = newDecoder()
	encoder = newEncoder()
)

func newDecoder() *form.Decoder {
	d := form.NewDecoder()
	d.SetMode(form.ModeExplicit)
	d.RegisterTagNameFunc(tagged)
	d.RegisterCustomTypeFunc(func(v []string) (any, error) { return readDate(v[0]) }, when.Date{})
	d.RegisterCustomTypeFunc(func(v []string) (any, error) { return readInstant(v[0]) }, when.Instant(0))
	d.RegisterCustomTypeFunc(func(v []string) (any, error) { return readMonth(v[0]) }, when.Month{})
	return d
}

// tagged names the field of a form by its tag. A struct that is part of another without a
// name brings its own fields.
func tagged(f reflect.StructField) string {
	if tag := f.Tag.Get("form"); tag != "" || !f.Anonymous {
		return tag
	}
	return f.Name
}

func readDate(s string) (when.Date, error) {
	if s == "" {
		return when.Date{}, nil
	}
	return when.ParseDate(s)
}

func readMonth(s string) (when.Month, error) {
	if s == "" {
		return when.Month{}, nil
	}
	return when.ParseMonth(s)
}

func readInstant(s string) (when.Instant, error) {
	if s == "" {
		return 0, nil
	}
	return when.ParseInstant(s)
}

func newEncoder() *form.Encoder {
	e := form.NewEncoder()
	e.SetMode(form.ModeExplicit)
	e.RegisterTagNameFunc(tagged)
	e.RegisterCustomTypeFunc(func(x any) ([]string, error) { return []string{x.(when.Date).String()}, nil }, when.Date{})
	e.RegisterCustomTypeFunc(func(x any) ([]string, error) { return []string{x.(when.Instant).String()}, nil }, when.Instant(0))
	e.RegisterCustomTypeFunc(func(x any) ([]string, error) { return []string{x.(when.Month).String()}, nil }, when.Month{})
	return e
}

// Values returns what was posted, every text cleaned; fields whose name ends in
// "password" are left as typed.
func (c *Ctx) Values() (url.Values, error) {
	if c.form != nil {
		return c.form, nil
	}
	if err := c.parse(); err != nil {
		return nil, err
	}
	return c.form, nil
}

// parse reads the body, of at most as many bytes as the route takes: nothing of it is
// written to a disk.
func (c *Ctx) parse() error {
	r := c.Request
	multi := strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/")
	max := int64(maxForm)
	if multi {
		max += c.takes.Max
	}
	r.Body = http.MaxBytesReader(c.Writer, r.Body, max)
	var err error
	if multi {
		err = r.ParseMultipartForm(max)
	} else {
		err = r.ParseForm()
	}
	if err != nil {
		return unreadable(err)
	}
	c.form = make(url.Values, len(r.PostForm))
	for k, vs := range r.PostForm {
		for _, v := range vs {
			if !strings.HasSuffix(k, "password") {
				v = text.Clean(v)
			}
			c.form[k] = append(c.form[k], v)
		}
	}
	var files []string
	if multi {
		for field, all := range r.MultipartForm.File {
			for _, f := range all {
				files = append(files, field, f.Filename, strconv.FormatInt(f.Size, 10))
			}
		}
	}
	c.nameThePress(files)
	return nil
}

// Decode reads the posted form into dst, a pointer to a struct whose fields carry
// `form:"name"`. A number or date that cannot be read is a fault that names its
// field. A box that is not ticked gives false.
func (c *Ctx) Decode(dst any) error {
	values, err := c.Values()
	if err != nil {
		return err
	}
	err = decoder.Decode(dst, forDecoder(dst, values))
	if problems, ok := errors.AsType[form.DecodeErrors](err); ok {
		e := &fault.Error{Kind: fault.Invalid, Key: "fault.form", Fields: map[string]string{}}
		for field := range problems {
			e.Fields[field] = unreadableField(dst, field)
		}
		return e
	}
	return err
}

// forDecoder takes the empty values of numbers out (they mean "not given") and
// says what a ticked box says in the decoder's words.
func forDecoder(dst any, values url.Values) url.Values {
	values = maps.Clone(values)
	for name, t := range fieldTypes(dst) {
		v := values.Get(name)
		switch {
		case t.Kind() == reflect.Bool && v != "":
			values.Set(name, "true")
		case v == "" && t.Kind() != reflect.String:
			delete(values, name)
		}
	}
	return values
}

func unreadableField(dst any, field string) string {
	t := fieldTypes(dst)[field]
	switch {
	case t == reflect.TypeFor[when.Date](), t == reflect.TypeFor[when.Month]():
		return "fault.date"
	case t == reflect.TypeFor[when.Instant](), t == reflect.TypeFor[time.Time]():
		return "fault.time"
	}
	return "fault.number"
}

// fieldTypes returns the type of each field of a form, by its name.
func fieldTypes(dst any) map[string]reflect.Type {
	t := reflect.TypeOf(dst).Elem()
	if known, ok := forms.Load(t); ok {
		return known.(map[string]reflect.Type)
	}
	out := map[string]reflect.Type{}
	for _, f := range reflect.VisibleFields(t) {
		if name := f.Tag.Get("form"); name != "" && name != "-" {
			out[name] = f.Type
		}
	}
	forms.Store(t, out)
	return out
}

var forms sync.Map // type of a struct → fieldTypes of it

// Fill returns a form that shows the fields of src, a struct with `form:"name"`.
func (c *Ctx) Fill(src any) Form {
	values, err := encoder.Encode(src)
	if err != nil {
		panic(err) // a struct that no form can hold is a bug
	}
	for name, v := range values {
		if len(v) == 1 && v[0] == "0" {
			if t, ok := valueTypes(src)[name]; ok && t.Kind() != reflect.String {
				values.Set(name, "") // an empty number is shown empty
			}
		}
	}
	return Form{Values: values}
}

func valueTypes(src any) map[string]reflect.Type {
	p := reflect.New(reflect.TypeOf(src))
	return fieldTypes(p.Interface())
}

// Refill returns the form as it was posted, with the problems of err beside its
// fields and its message above.
func (c *Ctx) Refill(err error) Form {
	e := fault.Of(err)
	f := Form{Values: c.form, Problems: map[string]string{}, Message: c.L.Fill(e.Key, e.Args)}
	if f.Values == nil {
		f.Values = url.Values{}
	}
	for field, key := range e.Fields {
		f.Problems[field] = c.L.Fill(key, e.Args)
	}
	return f
}
