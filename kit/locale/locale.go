//go:build !js

// Package locale holds every text that the program shows on screen, Vietnamese
// first, English second.
//
// Texts live in vi/<feature>.toml and en/<feature>.toml under keys such as
// "meeting.notice.sent". A test finds keys that are missing in one language or
// used nowhere. The texts of official documents are not here: they are
// Vietnamese whoever reads the screen.
package locale

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

//go:embed vi/*.toml en/*.toml
var files embed.FS

// The languages, the preferred one first.
var languages = []language.Tag{language.Vietnamese, language.English}

var matcher = language.NewMatcher(languages)

// Load reads the texts of the program's language, so that nobody has to wait for them
// later.
func Load() { Vietnamese.text() }

// load reads the texts of a language when the first is asked for: it takes a third of the
// time in which the program starts, and 3 MB.
func load(tag language.Tag) *i18n.Localizer {
	b := i18n.NewBundle(tag)
	for key, text := range must(Texts(tag.String())) {
		if err := b.AddMessages(tag, &i18n.Message{ID: key, Other: text}); err != nil {
			panic(fmt.Errorf("text %s: %w", key, err)) // the embedded files are part of the program
		}
	}
	return i18n.NewLocalizer(b, tag.String())
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// Texts returns all texts of a language, "vi" or "en", by key. A key that stands
// in two files is an error.
func Texts(lang string) (map[string]string, error) {
	names, err := fs.Glob(files, path.Join(lang, "*.toml"))
	if err != nil {
		return nil, err
	}
	all := map[string]string{}
	for _, name := range names {
		var texts map[string]string
		if _, err := toml.DecodeFS(files, name, &texts); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for key, text := range texts {
			if _, twice := all[key]; twice {
				return nil, fmt.Errorf("%s: %s stands in another file too", name, key)
			}
			all[key] = text
		}
	}
	return all, nil
}

// L speaks one language. Its zero value is not ready: use Vietnamese, English or
// Of.
type L struct {
	tag     language.Tag
	text    func() *i18n.Localizer
	printer *message.Printer
	called
}

var (
	// Vietnamese is the language of the program.
	Vietnamese = in(language.Vietnamese)
	// English is for those who help and do not read Vietnamese.
	English = in(language.English)
)

func in(tag language.Tag) L {
	return L{tag: tag, text: sync.OnceValue(func() *i18n.Localizer { return load(tag) }), printer: message.NewPrinter(tag)}
}

// Cookie names the cookie that holds a chosen language, "vi" or "en".
const Cookie = "lang"

// Of returns the language of a request: the one chosen, else Vietnamese. The
// browser's own language is not asked: many phones here are set to English by
// their seller.
func Of(r *http.Request) L {
	if c, err := r.Cookie(Cookie); err == nil {
		if tag, _, sure := matcher.Match(language.Make(c.Value)); sure >= language.High && tag == language.English {
			return English
		}
	}
	return Vietnamese
}

// Tag returns the language tag for the page, "vi" or "en".
func (l L) Tag() string { return l.tag.String() }

// T returns the text of key with its placeholders filled from args, pairs of name
// and value. An unknown key is returned as it is: the test of the keys keeps that
// from happening.
func (l L) T(key string, args ...any) string {
	var data map[string]any
	if len(args) > 0 {
		data = make(map[string]any, len(args)/2)
		for i := 0; i+1 < len(args); i += 2 {
			data[args[i].(string)] = args[i+1]
		}
	}
	return l.Fill(key, data)
}

// Fill is T with the placeholders in a map.
func (l L) Fill(key string, data map[string]any) string {
	return l.in(data, func(data map[string]any) string {
		s, err := l.text().Localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: data})
		if err != nil && s == "" {
			return key
		}
		return s
	})
}

// Texts returns the texts whose keys begin with one of the prefixes, for a device
// that is to speak without the server.
func (l L) Texts(prefixes ...string) map[string]string {
	all := must(Texts(l.Tag())) // read at the start: the embedded files are part of the program
	maps.DeleteFunc(all, func(key, _ string) bool {
		return !slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(key, p) })
	})
	return all
}

// Number writes n with the thousands marks of the language: 1.234.
func (l L) Number(n int) string { return l.printer.Sprint(number.Decimal(n)) }

// Percent writes part of whole with one place: "91,4%"; nothing of nothing is "–".
func (l L) Percent(part, whole int) string {
	if whole == 0 {
		return "–"
	}
	return l.printer.Sprint(number.Decimal(100*float64(part)/float64(whole), number.MaxFractionDigits(1))) + "%"
}

// Size writes a number of bytes: "1,2 MB".
func (l L) Size(bytes int64) string {
	units := []string{"B", "kB", "MB", "GB"}
	v, u := float64(bytes), 0
	for v >= 1000 && u < len(units)-1 {
		v, u = v/1000, u+1
	}
	return l.printer.Sprint(number.Decimal(v, number.MaxFractionDigits(1))) + " " + units[u]
}
