package faults

import (
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chibo/app/world/worldtest"
	"chibo/e2e/program"
	"chibo/meeting"
)

// pressKeys are the ids that forms bring along, of which no two are the same.
var pressKeys = regexp.MustCompile(`name="(press|act)" value="[^"]*"`)

// TestZonesOfMachinesDoNotMatter serves one ward by three programs whose machines stand in three
// zones, each with its connections to PostgreSQL in that zone: what they show is the same to the letter, and a
// day that one has written is the day that the others read.
func TestZonesOfMachinesDoNotMatter(t *testing.T) {
	w := worldtest.OnPostgres(t)
	secretary := w.Account("secretary")
	var nodes []place
	for _, zone := range []string{"Asia/Ho_Chi_Minh", "UTC", "America/New_York"} {
		t.Setenv("TZ", zone)
		t.Setenv("PGTZ", zone)
		p := program.StartServe(t, w.App.Data, "--database-url", w.App.Database)
		nodes = append(nodes, place{p.URL, program.SignIn(t, p.URL, secretary.Name, secretary.Password)})
	}
	for _, at := range nodes {
		answer, err := at.client.PostForm(at.url+"/tasks", url.Values{
			"organization": {secretary.Organization}, "title": {"Treo cờ"}, "done_when": {"Đủ ngõ"}, "due": {"2028-02-29"}, "owners": {w.Account("member").Member},
		})
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if answer.StatusCode != http.StatusSeeOther {
			t.Errorf("a task is answered with %s", answer.Status)
		}
	}
	for _, path := range []string{
		"/", "/meetings", "/tasks", "/meetings/" + w.Meeting(meeting.Draft), "/meetings/" + w.Meeting(meeting.Noticed), "/meetings/" + w.Meeting(meeting.Sealed) + "/minutes",
		"/rooms/" + w.Meeting(meeting.Open), "/ratings/new", "/members", "/rooms/" + w.Meeting(meeting.Closed) + "/acts?after=0",
	} {
		first := ""
		for n, at := range nodes {
			r, err := at.client.Get(at.url + path)
			if err != nil {
				t.Fatal(err)
			}
			b, err := io.ReadAll(r.Body)
			_ = r.Body.Close()
			if err != nil || r.StatusCode != http.StatusOK {
				t.Fatalf("%s: %s, %v", path, r.Status, err)
			}
			shown := pressKeys.ReplaceAllString(string(b), "")
			if n == 0 {
				first = shown
			} else if shown != first {
				t.Errorf("node %d shows another %s:\n%s", n, path, cmp.Diff(strings.SplitAfter(first, ">"), strings.SplitAfter(shown, ">")))
			}
		}
	}
}
