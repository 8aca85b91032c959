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
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
)

//go:embed vi/*.toml en/*.toml
var files embed.FS

// Load reads the texts of the program's language, so that nobody has to wait for them
// later.
func Load() { Vietnamese.texts() }

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

var (
	// Vietnamese is the language of the program.
	Vietnamese = in("vi")
	// English is for those who help and do not read Vietnamese.
	English = in("en")
)

// in returns a language whose texts are read when the first is asked for: it takes a third of
// the time in which the program starts, and a megabyte.
func in(tag string) L {
	return L{&speech{tag: tag, texts: sync.OnceValue(func() map[string]string { return must(Texts(tag)) })}} // the embedded files are part of the program
}

// Cookie names the cookie that holds a chosen language, "vi" or "en".
const Cookie = "lang"

// Of returns the language of a request: the one chosen, else Vietnamese. The
// browser's own language is not asked: many phones here are set to English by
// their seller.
func Of(r *http.Request) L {
	if c, err := r.Cookie(Cookie); err == nil && c.Value == English.tag {
		return English
	}
	return Vietnamese
}

// Texts returns the texts whose keys begin with one of the prefixes, for a device
// that is to speak without the server.
func (l L) Texts(prefixes ...string) map[string]string {
	some := map[string]string{}
	for key, text := range l.texts() {
		if slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(key, p) }) {
			some[key] = text
		}
	}
	return some
}
