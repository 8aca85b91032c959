package app_test

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"chibo/app/world/worldtest"
	"chibo/conference"
	"chibo/delegation"
	"chibo/kit/access"
	"chibo/meeting"
	"chibo/organization"
	"chibo/staging"
)

// conferenceStates are conferences of the ward, by how far the plan is: đang soạn, đã gửi
// duyệt, bị trả lại, đã duyệt, đã ban hành; and đã kết thúc. The first cell performs, the second
// sends delegates; somebody is in charge of a duty.
var conferenceStates = kind{
	name: "conferences", letters: "sgtdbx", aside: "far",
	relations: []string{"chi bộ thực hiện", "chi bộ cử đại biểu", "người được mời", "người được giao việc"},
	record: func(t *testing.T, h *house, state, path string) record {
		t.Helper()
		k := &convened{t: t, h: h, clerk: h.known["clerk"], committee: h.known["committee"]}
		of := record{places: map[string]string{}, form: k.form, as: k.as}
		if path == "" || strings.Contains(path, "{id}") {
			k.open()
			of.places["{id}"] = k.id
			k.bring(state)
			k.plain = k.version()
		}
		if path == "" || !strings.Contains(path, "{id}") {
			k.open()
			k.people()
			of.places["{with}"], of.places["{sitting}"], of.places["{line}"], of.places["{unit}"] = k.id, k.sitting, k.lines[conference.FromBases], k.unit()
			of.places["{delegate}"], of.places["{code}"], of.places["{duty}"] = k.sent.ID, k.sent.Code, k.duty
			k.bring(state)
		}
		return of
	},
}

// convened is a conference that is brought from one state to the next.
type convened struct {
	t                *testing.T
	h                *house
	clerk, committee access.Person
	id, sitting      string
	lines            map[conference.Source]string
	sent             delegation.Delegate // of the second cell
	duty             string
	plain            int // version of the plan of the conference without delegates
}

// as lets the roles of a cell be those of the cell that a relation names, and makes somebody
// the one who was given a duty.
func (k *convened) as(who access.Person, relation string) access.Person {
	role := who.Grants[0].Role
	switch {
	case relation == "chi bộ cử đại biểu" && !slices.Contains(ofWard, role):
		return k.h.known["aside "+string(role)]
	case relation == "người được giao việc":
		who.Root, who.Member = k.h.known["member"].Root, k.h.known["member"].Member
	}
	return who
}

// unit is the cell that sends delegates.
func (k *convened) unit() string { return k.h.known["aside secretary"].Grants[0].Organization }

// open opens a conference with a sitting at which the first cell performs and to which cells
// send delegates.
func (k *convened) open() {
	k.t.Helper()
	ctx, s := k.t.Context(), k.h.w.App.Conferences
	x, err := s.Open(ctx, k.clerk, conference.Conference{Organization: k.clerk.Grants[0].Organization, Title: "Hội nghị mẫu", NamesBy: worldtest.Now.Date().AddDays(10)})
	must(k.t, err)
	start := worldtest.Now.Date().AddDays(30).At(8, 0)
	y, err := s.AddSitting(ctx, k.clerk, x.ID, conference.Sitting{
		Title: "Buổi mẫu", Kind: meeting.Ordinary, Host: k.h.cell, StartsAt: start, EndsAt: start.Add(3 * time.Hour), Venue: "Hội trường",
	})
	must(k.t, err)
	k.id, k.sitting, k.lines = x.ID, y.ID, map[conference.Source]string{}
	for source, quota := range map[conference.Source]int{conference.FromBases: 5, conference.FromOffice: 50} {
		line, err := s.AddCategory(ctx, k.clerk, x.ID, conference.Category{Title: "Đại biểu " + string(source), Source: source, Quota: quota})
		must(k.t, err)
		k.lines[source] = line.ID
	}
}

// people gives the conference a delegate of the second cell, an invitation and a duty.
func (k *convened) people() {
	k.t.Helper()
	ctx := k.t.Context()
	var err error
	k.sent, err = k.h.w.App.Delegations.Send(ctx, k.h.known["other secretary"], k.id, k.unit(), delegation.Delegate{Category: k.lines[conference.FromBases], Name: "Lê Văn Cử", Post: "Phó bí thư"})
	must(k.t, err)
	_, err = k.h.w.App.Delegations.Issue(ctx, k.clerk, k.id)
	must(k.t, err)
	_, err = k.h.w.App.Delegations.Enter(ctx, k.clerk, k.id, delegation.Delegate{Category: k.lines[conference.FromOffice], Name: "Vũ Thị Mời", Unit: "Báo Sông Xanh"})
	must(k.t, err)
	d, err := k.h.w.App.Stagings.Add(ctx, k.clerk, k.id, staging.Duty{
		Sitting: k.sitting, DueAt: worldtest.Now, What: "Mở cửa", Charge: "Văn phòng", MemberRoot: k.h.known["member"].Root, Member: k.h.known["member"].Member,
	})
	must(k.t, err)
	k.duty = d.ID
}

// version is the number of the latest version of the plan.
func (k *convened) version() int {
	k.t.Helper()
	f, err := k.h.w.App.Conferences.View(k.t.Context(), k.clerk, k.id)
	must(k.t, err)
	return f.Plan.Latest().N
}

// bring brings a conference to a state.
func (k *convened) bring(state string) {
	k.t.Helper()
	ctx, s := k.t.Context(), k.h.w.App.Conferences
	if state == "s" {
		k.write()
		return
	}
	k.write()
	n := k.version()
	must(k.t, s.Send(ctx, k.clerk, k.id, n))
	switch state {
	case "t":
		must(k.t, s.Answer(ctx, k.committee, k.id, n, conference.Reply{Answer: conference.Returned, Note: "Viết rõ hơn"}))
	case "d", "b", "x":
		must(k.t, s.Answer(ctx, k.committee, k.id, n, conference.Reply{Answer: conference.Approved}))
	}
	if state == "b" || state == "x" {
		must(k.t, s.Issue(ctx, k.committee, k.id, n))
	}
	if state == "x" {
		must(k.t, s.Close(ctx, k.committee, k.id))
	}
}

// write writes what a plan must say before it may be sent.
func (k *convened) write() {
	k.t.Helper()
	o, err := organization.Get(k.t.Context(), k.h.w.App.DB, everywhere, k.clerk.Grants[0].Organization)
	must(k.t, err)
	words := conference.Skeleton(o)
	words.Bases, words.Name = "Căn cứ Hướng dẫn số 42-HD/BTCTW, ngày 28/10/2025", "Trần Văn Ký"
	must(k.t, k.h.w.App.Conferences.Write(k.t.Context(), k.clerk, k.id, k.version(), words, nil))
}

func (k *convened) form(path string) url.Values {
	k.t.Helper()
	day := worldtest.Now.Date().AddDays(30).String()
	switch strings.NewReplacer("/conferences/{id}", "", "/conferences/{with}", "").Replace(path) {
	case "/edit":
		return url.Values{"title": {"Hội nghị khác"}, "names_by": {worldtest.Now.Date().AddDays(12).String()}}
	case "/sittings", "/sittings/{sitting}/edit":
		return url.Values{"title": {"Buổi khác"}, "kind": {"ordinary"}, "host": {k.h.cell}, "day": {day}, "starts": {"08:30"}, "ends": {"11:00"}, "venue": {"Hội trường lớn"}}
	case "/sittings/{sitting}/programme":
		return url.Values{"content_1": {"Đón tiếp"}, "minutes_1": {"15"}, "position_1": {"1"}, "person_1": {"Văn phòng"}}
	case "/composition", "/composition/{line}":
		return url.Values{"title": {"Thành phần khác"}, "source": {string(conference.FromBases)}, "quota": {"6"}}
	case "/plan/edit":
		return url.Values{"version": {strconv.Itoa(k.plain)}, "issuer": {"Đảng ủy phường"}, "purpose": {"Mục đích khác"}}
	case "/plan/send", "/plan/issue":
		return url.Values{"version": {strconv.Itoa(k.plain)}}
	case "/plan/answer":
		return url.Values{"version": {strconv.Itoa(k.plain)}, "answer": {string(conference.Approved)}}
	case "/sittings/{sitting}/meeting":
		return url.Values{"meeting": {k.h.w.Meeting(meeting.Draft)}}
	case "/delegates":
		return url.Values{"category": {k.lines[conference.FromOffice]}, "name": {"Đỗ Văn Khách"}, "unit": {"Ban Tổ chức"}}
	case "/delegates/quota":
		return url.Values{"category": {k.lines[conference.FromBases]}, "unit": {k.unit()}, "places": {"7"}, "reason": {"Chi bộ đông"}}
	case "/delegates/note":
		return url.Values{"words": {"Mời đến đúng giờ"}}
	case "/delegates/units/{unit}":
		return url.Values{"category": {k.lines[conference.FromBases]}, "name": {"Đỗ Văn Đi"}, "post": {"Bí thư"}}
	case "/delegates/people/{delegate}", "/delegates/people/{delegate}/replace":
		return url.Values{"name": {"Đỗ Văn Thay"}, "post": {"Bí thư"}}
	case "/delegates/seats/{sitting}/blocks":
		return url.Values{"name": {"A"}, "rows": {"2"}, "seats": {"6"}}
	case "/i/{code}":
		return url.Values{"answer": {string(delegation.Coming)}}
	case "/work", "/work/{duty}":
		return url.Values{"sitting": {k.sitting}, "what": {"Kê ghế"}, "charge": {"Văn phòng"}, "day": {day}, "clock": {"07:00"}}
	case "/helpers":
		return url.Values{"name": {"Người trực bàn"}, "desk": {"Bàn 1"}}
	case "/desk/{sitting}/arrivals":
		return url.Values{"way": {"name"}, "delegate": {k.sent.ID}, "desk": {"Bàn 1"}}
	}
	return url.Values{}
}
