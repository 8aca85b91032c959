package app_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/access"
	"chibo/kit/id"
	"chibo/kit/web"
	"chibo/organization"
)

// visitors are all who may knock and have come in by the program's own door: nobody, the
// roles of the first cell and the ward, people of another cell, and helpers.
var visitors = []string{
	"stranger", "helper desk", "helper roll", "helper writing",
	"other member", "other minute-taker", "other secretary",
	"probationary", "member", "minute-taker", "deputy", "secretary", "committee", "clerk", "department", "administrator",
}

// visitor is somebody who knocks.
type visitor struct {
	name string
	who  access.Person
}

// house is a world with more people at its door than have accounts there: of another ward,
// of a group below the first cell, with two offices at once. They come in as persons; the
// door itself is tested with package account.
type house struct {
	*sweep

	theirs *sweep // the records of the second cell
	people []visitor
	known  map[string]access.Person // who they are, by name
	// canaries stand in records of the first cell, besides the name sweep.canary.
	canaries []string
	server   *web.Server
	door     http.Handler
}

// asking names who makes a request.
const asking = "X-Visitor"

func newHouse(t *testing.T, w *worldtest.World) *house {
	t.Helper()
	h := &house{sweep: newSweep(t, w), canaries: []string{ofMatter, ofHardship, ofStudy, ofPoll}}
	h.theirs = h.second(t)
	for _, name := range visitors {
		v := visitor{name: name}
		if name != "stranger" {
			v.who = w.Person(name)
		}
		h.people = append(h.people, v)
	}
	h.people = append(h.people, h.others(t)...)
	h.known = map[string]access.Person{}
	for _, v := range h.people {
		h.known[v.name] = v.who
	}
	w.App.ListsPerHour = 1 << 20
	h.server = w.App.Server()
	h.server.Second = nil // who asks for every list of a day wants to see them
	h.server.Base, h.server.Secure, w.App.Accounts.Secure, w.App.Helpers.Secure = "https://chibo.example", true, true, true
	h.server.Identify = func(r *http.Request) (access.Person, error) { return h.known[r.Header.Get(asking)], nil }
	h.door = h.server.Handler()
	return h
}

// others makes the people without accounts, in units of their own.
func (h *house) others(t *testing.T) []visitor {
	t.Helper()
	w := h.w
	unit := func(parent string, o organization.Organization) organization.Organization {
		o, err := w.App.Organizations.Add(t.Context(), access.Person{Name: "test", Account: "test", Grants: []access.Grant{
			{Role: access.Clerk, Path: "/", Needs: w.App.Accounts.Rights.Set(access.Clerk)},
		}}, parent, o)
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	far := unit("", organization.Organization{Level: organization.Ward, Name: "Đảng bộ phường Bến Đỗ", Superior: "ĐẢNG BỘ TỈNH BẾN HỒ", Town: "Bến Đỗ"})
	farCell := unit(far.ID, organization.Organization{Level: organization.Cell, Kind: organization.Residential, Name: "Chi bộ khu phố Bến Đỗ", Superior: "ĐẢNG BỘ PHƯỜNG BẾN ĐỖ", Town: "Bến Đỗ"})
	group := unit(h.cell, organization.Organization{Level: organization.PartyGroup, Name: "Tổ đảng số 1", Superior: "CHI BỘ", Town: "Sông Xanh"})
	cell, err := organization.Get(t.Context(), w.App.DB, access.Whole("", "/"), h.cell)
	if err != nil {
		t.Fatal(err)
	}
	ward, err := organization.Get(t.Context(), w.App.DB, access.Whole("", "/"), w.Account("clerk").Organization)
	if err != nil {
		t.Fatal(err)
	}
	other, err := organization.Get(t.Context(), w.App.DB, access.Whole("", "/"), w.Account("other secretary").Organization)
	if err != nil {
		t.Fatal(err)
	}
	var out []visitor
	for _, r := range columns {
		there, here := farCell, cell
		if slices.Contains([]access.Role{access.Administrator, access.Clerk, access.Committee, access.Department}, r) {
			there, here = far, ward
		}
		out = append(out, h.person("far "+string(r), h.grant(r, there)), h.person("mere "+string(r), h.grant(r, here)))
	}
	self := h.person(themselves, h.grant(access.Member, cell))
	self.who.Member = h.subject()
	return append(
		out, self,
		h.person("group secretary", h.grant(access.Secretary, group)),
		h.person("group member", h.grant(access.Member, group)),
		h.person("other deputy", h.grant(access.Deputy, other)),
		h.person("other probationary", h.grant(access.Probationary, other)),
		h.person("administrator of the cell", h.grant(access.Administrator, cell)),
		h.person("secretary on the committee", h.grant(access.Secretary, other), h.grant(access.Committee, ward)),
		h.person("secretary here, on the committee above", h.grant(access.Secretary, cell), h.grant(access.Committee, ward)),
		h.person("clerk elsewhere, member here", h.grant(access.Clerk, far), h.grant(access.Member, cell)),
		h.person("member of two cells", h.grant(access.Member, other), h.grant(access.Probationary, cell)),
		h.person("without an office", access.Grant{Role: "none", Path: cell.Path, Organization: cell.ID, Name: cell.Name}),
	)
}

// grant is a role in a unit, with what the program lets the role do.
func (h *house) grant(r access.Role, o organization.Organization) access.Grant {
	g := access.Grant{Role: r, Organization: o.ID, Name: o.Name, Path: o.Path, Needs: h.w.App.Accounts.Rights.Set(r)}
	if !o.Level.Committee() {
		g.Root = o.Root
	}
	if r == access.Department {
		g.Needs = h.w.Person("department").Grants[0].Needs
		for _, own := range h.w.Person("department").Grants {
			if own.Role == r {
				g.Needs = own.Needs
			}
		}
	}
	return g
}

func (h *house) person(name string, grants ...access.Grant) visitor {
	root := grants[0].Root
	if root == "" {
		root = grants[0].Organization
	}
	return visitor{name, access.Person{Account: id.New(), Member: id.New(), Name: "Người thử", Root: root, Session: id.New(), Grants: grants}}
}

// ask makes one request of a route as somebody.
func (h *house) ask(door http.Handler, name, method, address string) worldtest.Answer {
	body, kind := "", ""
	switch {
	case method == http.MethodGet:
		address += map[bool]string{true: "&", false: "?"}[strings.Contains(address, "?")] + lure
	case strings.HasSuffix(address, "/acts"):
		body, kind = "[]", "application/json"
	default:
		body, kind = "way=phone", "application/x-www-form-urlencoded"
	}
	r := httptest.NewRequest(method, address, strings.NewReader(body))
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	r.Host = evil
	r.Header.Set("Origin", "https://"+evil)
	r.Header.Set("X-Forwarded-Host", evil)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set(asking, name)
	return knock(door, r)
}

// knock makes a request and returns the answer.
func knock(door http.Handler, r *http.Request) worldtest.Answer {
	out := httptest.NewRecorder()
	door.ServeHTTP(out, r)
	return worldtest.Answer{Status: out.Code, Body: out.Body.String(), Header: out.Header()}
}
