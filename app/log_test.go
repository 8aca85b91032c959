package app_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/db"
	"chibo/kit/web"
	"chibo/member"
)

// TestStoppedAtOnceIsNoFailure: who is told to stop before the first work is done has no
// failure to write down.
func TestStoppedAtOnceIsNoFailure(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	before := len(w.Logged())
	w.App.Work(ctx)
	if said := w.Logged()[before:]; said != "" {
		t.Error(said)
	}
}

// ofRequests are the fields of the line of a request, and of one that failed inside.
var ofRequests = []string{"time", "level", "msg", "request", "method", "route", "status", "took", "error"}

// TestLogTellsOfNobody asks every route as those whom most concerns, with canaries for
// every name, telephone, mail and text, in addresses, fields and heads. The log has a line
// for each request and not one canary, no address that was asked, no id of a person.
func TestLogTellsOfNobody(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	s := newSweep(t, w)
	canaries := append(plant(t, w), typed, s.params["/y/{code}"][0], s.params["/members/{id}"][0])
	before, asked := len(w.Logged()), 0
	for _, name := range []string{"stranger", "secretary", "clerk", "helper roll"} {
		for i, r := range w.App.Routes() {
			if i%2 == len(name)%2 && name != "secretary" {
				continue // half of the routes: what stands in a log follows from the route more than from who asks
			}
			for _, path := range s.paths(r.Pattern)[:1] {
				asked += ask(w, name, r, path)
			}
		}
	}
	lines := strings.Split(strings.TrimSpace(w.Logged()[before:]), "\n")
	requests := 0
	for _, line := range lines {
		var fields map[string]any
		if err := json.Unmarshal([]byte(line), &fields); err != nil {
			t.Fatalf("not a line of JSON: %s", line)
		}
		if fields["msg"] == "request" {
			requests++
			for f := range fields {
				if !slices.Contains(ofRequests, f) {
					t.Errorf("a request is logged with %s: %s", f, line)
				}
			}
		}
		for _, c := range canaries {
			if strings.Contains(line, c) {
				t.Errorf("the log tells of %q: %.300s", c, line)
			}
		}
	}
	if requests < asked {
		t.Errorf("%d requests, %d lines", asked, requests)
	}
}

// typed is what is sent in fields, addresses and heads; its line break must begin no line
// of the log.
const typed = "CHIMHOANGYEN"

// ask asks a route with the canary wherever something can be sent, and returns how many
// requests that were.
func ask(w *worldtest.World, name string, r web.Route, path string) int {
	method, _, _ := strings.Cut(r.Pattern, " ")
	if path == "/sign-out" || strings.HasSuffix(path, "/live") {
		return 0 // ends the session; would go on
	}
	v := w.As(name)
	if method == http.MethodGet {
		v.Get(path + "?" + url.Values{"q": {typed + "\r\nmsg=forged"}, typed: {"x"}}.Encode())
		return 1
	}
	if strings.HasSuffix(path, "/acts") {
		v.PostJSON(path, `[{"id":"`+typed+`","kind":"`+typed+`","at":1,"body":{}}]`)
		return 1
	}
	fields := []string{typed, typed}
	for _, f := range []string{"name", "text", "title", "full_name", "phone", "email", "on", "month", "member", "question", "note", "kind", "year", "amount", "password", "code"} {
		fields = append(fields, f, typed+"\r\n{\"msg\":\"forged\"}")
	}
	v.Post(path, fields...)
	return 1
}

// digits keeps the names of people short of what other lines may hold by right.
var digits = regexp.MustCompile(`^[0-9+ ]{8,}$`)

// plant gives everybody on the rolls names, telephones and mails that stand nowhere else,
// and returns them.
func plant(t *testing.T, w *worldtest.World) []string {
	t.Helper()
	err := w.App.DB.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, `UPDATE member SET full_name = 'Chim Yến ' || full_name, phone = '0999' || phone, email = 'yen.' || email WHERE email <> '' OR phone <> '' OR full_name <> ''`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	home, _ := w.Person("secretary").Home()
	roll, err := member.Roll(t.Context(), w.App.DB, home.Root, home.Organization, worldtest.Now.Date())
	if err != nil {
		t.Fatal(err)
	}
	canaries := []string{"Chim Yến", w.Person("secretary").Account, w.Person("secretary").Name}
	for _, e := range roll {
		for _, s := range []string{e.FullName, e.Phone, e.Email, e.ID} {
			if len(s) > 8 || digits.MatchString(s) {
				canaries = append(canaries, s)
			}
		}
	}
	return canaries
}
