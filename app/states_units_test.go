package app_test

import (
	"net/url"
	"slices"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/access"
	"chibo/member"
	"chibo/organization"
)

// seatStates are seats in a department of the ward that writes its reports: đang làm việc ở ban,
// chưa đến ngày, đã thôi; and đang làm việc ở ban mà ban đã kết thúc. Somebody is who sits there.
var seatStates = kind{
	name: "seats", letters: "mchk", aside: "far", relations: []string{"người của ban"},
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		ctx, s, committee, of, today := t.Context(), h.w.App.Organizations, h.known["committee"], h.known["member"], worldtest.Now.Date()
		h.alter(t, []any{of.Member}, `DELETE FROM organization_seat WHERE member_id = $1`)
		d, err := s.Found(ctx, committee, organization.Department{
			Organization: committee.Grants[0].Organization, Kind: organization.OtherDepartment, Name: "Ban mẫu", Duties: organization.Duties{organization.WritesReports},
		})
		must(t, err)
		from := today.AddDays(-20)
		if state == "c" {
			from = today.AddDays(5)
		}
		must(t, s.Place(ctx, committee, organization.Seat{Department: d.ID, Member: of.Member, Rank: organization.Specialist, From: from}))
		seats, err := organization.Seats(ctx, h.w.App.DB, d.Root, d.ID)
		must(t, err)
		switch state {
		case "h":
			must(t, s.Unseat(ctx, committee, d.ID, seats[0].ID, today.AddDays(-3)))
		case "k":
			d.ClosedOn = today
			must(t, s.Redefine(ctx, committee, d))
		}
		sits, _, err := h.w.App.Accounts.Person(ctx, of.Root, of.Account)
		must(t, err)
		return record{
			places: map[string]string{"{id}": d.ID, "{seat}": seats[0].ID},
			form: func(path string) url.Values {
				switch path {
				case "/departments/{id}":
					return url.Values{"name": {"Ban khác"}, "duties": {string(organization.WritesReports), string(organization.ReadsLibrary)}}
				case "/departments/{id}/seats":
					return url.Values{"member": {h.known["secretary"].Member}, "rank": {string(organization.Head)}, "from": {today.String()}}
				}
				return url.Values{"until": {today.AddDays(6).String()}}
			},
			as: func(who access.Person, _ string) access.Person {
				lent := slices.DeleteFunc(slices.Clone(sits.Grants), func(g access.Grant) bool { return g.Role != access.Department })
				who.Root, who.Member, who.Grants = of.Root, of.Member, append(slices.Clone(who.Grants), lent...)
				return who
			},
		}
	},
}

// officeStates are offices in a cell under the ward: đang giữ, chưa đến ngày, đã thôi; and đang
// giữ mà chi bộ đã giải thể.
var officeStates = kind{
	name: "offices", letters: "gcht", aside: "far", fields: true,
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		ctx, s, clerk, today := t.Context(), h.w.App.Organizations, h.known["clerk"], worldtest.Now.Date()
		o, err := s.Add(ctx, clerk, clerk.Grants[0].Organization, organization.Organization{Level: organization.Cell, Kind: organization.Residential, Name: "Chi bộ Mẫu", Superior: "ĐẢNG BỘ PHƯỜNG SÔNG XANH", Town: "Sông Xanh"})
		must(t, err)
		on, err := h.w.App.Members.Add(ctx, clerk, o.ID, member.Member{FullName: "Hồ Thị Chức"}, member.Record{From: today.AddDays(-400), Standing: member.Official})
		must(t, err)
		from := today.AddDays(-20)
		if state == "c" {
			from = today.AddDays(5)
		}
		f, err := s.Appoint(ctx, clerk, organization.Office{Organization: o.ID, Member: on.ID, Post: organization.Deputy, From: from})
		must(t, err)
		switch state {
		case "h":
			must(t, s.Release(ctx, clerk, f.ID, today.AddDays(-3)))
		case "t":
			o.ClosedOn = today
			must(t, s.Change(ctx, clerk, o))
		}
		return record{
			places: map[string]string{"{id}": o.ID, "{office}": f.ID},
			form: func(path string) url.Values {
				switch path {
				case "/organizations/{id}":
					return url.Values{"level": {string(o.Level)}, "kind": {string(o.Kind)}, "name": {"Chi bộ Khác"}, "superior": {o.Superior}, "town": {o.Town}}
				case "/organizations/{id}/offices":
					return url.Values{"member": {on.ID}, "post": {string(organization.MinuteTaker)}, "from": {today.String()}}
				case "/organizations/{id}/settings":
					return url.Values{"from": {today.String()}, "meeting_day": {"3"}, "day_rule": {string(organization.Keep)}, "start": {"19:30"}, "min_minutes": {"90"}}
				case "/organizations/{id}/titles":
					return url.Values{"year": {"2025"}, "title": {"Chi bộ hoàn thành tốt nhiệm vụ"}, "giver": {"Đảng ủy phường"}}
				case "/members":
					return url.Values{"organization": {o.ID}, "full_name": {"Hồ Thị Mới"}, "standing": {string(member.Official)}, "from": {today.String()}}
				case "/organizations/{id}/terms":
					return url.Values{"name": {"2025 - 2030"}, "from": {today.AddDays(-300).String()}}
				}
				return url.Values{"until": {today.AddDays(6).String()}}
			},
		}
	},
}
