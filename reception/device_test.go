package reception

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"

	"chibo/e2e/browser"
	"chibo/kit/search"
)

// folded is a person who came, as both sides tell it.
type folded struct {
	Person string   `json:"person"`
	Event  string   `json:"event"`
	Again  []string `json:"again"`
}

// program returns what a module of the desk exports, as a script for the browser.
func program(t *testing.T, name string) string {
	t.Helper()
	built := api.Build(api.BuildOptions{
		EntryPoints: []string{"../kit/web/assets/src/desk/" + name + ".js"}, Bundle: true, Format: api.FormatIIFE, GlobalName: name,
	})
	if len(built.Errors) > 0 {
		t.Fatal(built.Errors)
	}
	return string(built.OutputFiles[0].Contents)
}

// TestTheDeviceFoldsAlike has the desk in a browser read logs drawn at random, and find
// people by what was typed: it says what the server says.
func TestTheDeviceFoldsAlike(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("<!doctype html><title>desk</title>"))
	}))
	t.Cleanup(server.Close)
	page := browser.New(t, server.URL, browser.Phone)
	page.Go("/")

	all := make([][]Event, 300)
	for i := range all {
		all[i] = logs.Example(i)
	}
	got := browser.Run[[][]folded](page, script(t, "fold", all, `input.map((log) => fold.fold(log.map(fold.heard)).map(({ person, event, again }) => ({ person, event: event.id, again: again.map(({ id }) => id) })))`))
	for i, log := range all {
		want := []folded{}
		for _, a := range Fold(log).Arrivals {
			f := folded{a.Person, a.Event.ID, []string{}}
			for _, e := range a.Again {
				f.Again = append(f.Again, e.ID)
			}
			want = append(want, f)
		}
		if !reflect.DeepEqual(got[i], want) {
			t.Fatalf("log %d: the device says %+v, the server %+v, of %+v", i, got[i], want, log)
		}
	}

	texts := []string{"nguyen v a", "Nguyễn Văn An", "an nguyen", "v  A", "chi bo 5 an", "an 5", "5 5", "ĐỖ ĐÌNH", "do dinh", "", " ", "n"}
	people := [][2]string{{"Nguyễn Văn An", "Chi bộ 5"}, {"Đỗ Đình Ấn", "Đảng ủy"}, {"Nguyễn Thị Vân Anh", "Chi bộ 15"}, {"Vũ An", "5"}}
	found := browser.Run[[][]bool](page, script(t, "find", map[string]any{"texts": texts, "people": people},
		`input.texts.map((text) => input.people.map((words) => words.map((w) => find.plain(w).split(" "))).map(([name, unit]) => find.matches(find.plain(text).split(" ").filter(Boolean), name, unit)))`))
	for i, text := range texts {
		for k, p := range people {
			if want := matches(strings.Fields(search.Fold(text)), search.Fold(p[0]), search.Fold(p[1])); found[i][k] != want {
				t.Errorf("%q for %s: the device says %v, the server %v", text, p, found[i][k], want)
			}
		}
	}
}

// script runs an expression on a module and an input.
func script(t *testing.T, module string, input any, expression string) string {
	t.Helper()
	b, err := json.Marshal(input)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("(() => { %s; const input = %s; return %s; })()", program(t, module), b, expression)
}
