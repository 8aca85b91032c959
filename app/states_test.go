package app_test

import (
	"encoding/csv"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/access"
	"chibo/meeting"
)

// stateLetters are how testdata/states.csv calls the states of a meeting: nháp, đã báo, đang
// họp, kết thúc, đã niêm phong.
var stateLetters = map[meeting.State]string{meeting.Draft: "n", meeting.Noticed: "b", meeting.Open: "h", meeting.Closed: "k", meeting.Sealed: "p"}

// stateLine is a line of the table of states: in which of them a role may do a thing.
type stateLine struct {
	what, method, path string
	in                 map[access.Role]string
}

// readStates reads who may do what in which state of a meeting, for what the state decides.
// As with testdata/rights.csv the program does not know this table.
func readStates(t *testing.T) []stateLine {
	t.Helper()
	f, err := os.Open("testdata/states.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []stateLine
	for _, row := range rows[1:] {
		in := map[access.Role]string{}
		for n, r := range columns {
			in[r] = strings.Trim(row[3+n], "-")
			if strings.Trim(in[r], "nbhkp") != "" {
				t.Fatalf("%s: %q of %s names no states", row[0], in[r], r)
			}
		}
		for _, path := range strings.Fields(row[2]) {
			out = append(out, stateLine{row[0], methods[row[1]], path, in})
		}
	}
	return out
}

// TestEveryStateOfAMeeting asks what the state of a meeting decides, of a meeting in each
// state, as every role, with a form that would be taken in the right state: the table says
// when it is. What is refused changes nothing.
func TestEveryStateOfAMeeting(t *testing.T) {
	t.Parallel()
	h := newHouse(t, worldtest.OnSQLite(t))
	s := newSeen(t, h)
	taken, refusals := 0, 0
	var later []func()
	for _, l := range readStates(t) {
		for _, state := range meeting.States {
			for _, role := range columns {
				may := strings.Contains(l.in[role], stateLetters[state]) && l.in[role] != ""
				if may && l.method == http.MethodPost {
					later = append(later, func() { taken += h.takes(t, l, role, state) })
					continue
				}
				a := h.askIn(t, l, role, state)
				switch {
				case may && (a.Status != http.StatusOK && a.Status != http.StatusSeeOther || strings.HasPrefix(a.Location(), "/sign-in")):
					t.Errorf("%s: %s %s %s, %s: %d, is refused", l.what, l.method, l.path, state, role, a.Status)
				case !may && !slices.Contains([]int{http.StatusForbidden, http.StatusNotFound, http.StatusConflict}, a.Status):
					t.Errorf("%s: %s %s %s, %s: %d, is not refused: %s", l.what, l.method, l.path, state, role, a.Status, a.Location())
				case may:
					taken++
				default:
					refusals++
				}
			}
		}
		s.unchanged(t, l.what)
	}
	for _, f := range later {
		f()
	}
	t.Logf("%d cases are served or taken, %d refused", taken, refusals)
}

// onward are deeds after which a meeting is in another state, or gone.
var onward = []string{"/meetings/{id}/notice", "/meetings/{id}/delete", "/rooms/{id}/form/open", "/rooms/{id}/form/close", "/meetings/{id}/move"}

// takes makes the program take a form. A deed that leads the meeting on is done in a world of
// its own.
func (h *house) takes(t *testing.T, l stateLine, role access.Role, state meeting.State) int {
	t.Helper()
	if slices.Contains(onward, l.path) {
		h = newHouse(t, worldtest.OnSQLite(t))
	}
	if a := h.askIn(t, l, role, state); a.Status != http.StatusSeeOther {
		t.Errorf("%s: %s %s, %s: %d, is refused: %.3000s", l.what, l.path, state, role, a.Status, a.Body[strings.Index(a.Body, "<main")+1:])
	}
	return 1
}

// askIn asks for what a line names, of the meeting in a state.
func (h *house) askIn(t *testing.T, l stateLine, role access.Role, state meeting.State) worldtest.Answer {
	t.Helper()
	path := strings.NewReplacer("{id}", h.w.Meeting(state)).Replace(l.path)
	r := httptest.NewRequest(l.method, path, strings.NewReader(h.formIn(t, l.path, state).Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	name := "mere " + string(role)
	if strings.HasSuffix(l.path, "/answer") && l.in[role] != "" {
		name = string(role) // somebody on the roll
	}
	r.Header.Set(asking, name)
	return knock(h.door, r)
}

// formIn returns what the right form of an address sends.
func (h *house) formIn(t *testing.T, path string, state meeting.State) url.Values {
	t.Helper()
	start := worldtest.Now.Date().AddDays(20).At(19, 0)
	day := worldtest.Now.Date().String()
	m, _, err := meeting.Get(t.Context(), h.w.App.DB, access.Whole("", "/"), h.w.Meeting(state))
	if err != nil {
		t.Fatal(err)
	}
	switch path {
	case "/meetings/{id}/edit":
		return url.Values{"kind": {string(m.Kind)}, "title": {"Tên khác"}, "theme": {m.Theme}, "starts_at": {m.StartsAt.String()}, "place": {m.Place}, "chair": {m.Chair}, "minute_taker": {m.MinuteTaker}, "preparer": {m.Preparer}}
	case "/meetings/{id}/premeeting":
		return url.Values{"held_at": {day + "T07:00"}, "place": {"Nhà văn hóa"}, "present": {h.w.Account("secretary").Member}, "agreed": {"Thống nhất"}}
	case "/meetings/{id}/items":
		return url.Values{"kind": {"discussion"}, "title": {"Việc khác"}, "minutes": {"5"}}
	case "/meetings/{id}/guests":
		return url.Values{"name": {"Lê Thị Khách"}, "office": {"Trưởng ban công tác mặt trận"}, "body": {"Mặt trận"}}
	case "/meetings/{id}/agreements":
		return url.Values{"name": {"Vũ Thị Hạnh"}, "office": {"Trưởng trạm"}, "agreed_on": {day}, "text": {"Đồng ý"}}
	case "/meetings/{id}/told":
		return url.Values{"way": {"phone"}, "members": {h.subject()}}
	case "/meetings/{id}/answer":
		return url.Values{"reply": {"coming"}}
	case "/meetings/{id}/door":
		return url.Values{"projector": {"true"}}
	case "/meetings/{id}/move":
		return url.Values{"starts_at": {start.String()}, "place": {m.Place}, "change": {"hội trường có việc"}}
	case "/meetings/{id}/notice":
		return url.Values{"reason": {"Họp gấp"}}
	case "/rooms/{id}/helpers":
		return url.Values{"duty": {"roll"}, "name": {"Người giúp"}}
	case "/meetings/{id}/minutes/words":
		return url.Values{"passage": {"opening"}, "text": {"Lời khác."}}
	case "/meetings/{id}/minutes/adopt":
		return url.Values{"for": {"1"}}
	}
	return url.Values{"text": {"Nội dung"}}
}
