package access_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"chibo/kit/access"
	"chibo/kit/fault"
)

const read, write access.Need = "x.read", "x.write"

var rights = access.Rights{access.Secretary: {read, write}, access.Member: {read}}

func person(grants ...access.Grant) access.Person {
	for i := range grants {
		grants[i].Needs = rights.Set(grants[i].Role)
	}
	return access.Person{Account: "a", Grants: grants}
}

func TestReach(t *testing.T) {
	t.Parallel()
	secretary := access.Grant{Role: access.Secretary, Root: "w", Path: "/w/c1/"}
	member := access.Grant{Role: access.Member, Root: "w", Path: "/w/c2/"}
	for _, tt := range []struct {
		name string
		who  access.Person
		need access.Need
		path string
		want bool
	}{
		{"own cell", person(secretary), write, "/w/c1/", true},
		{"a group below", person(secretary), write, "/w/c1/g/", true},
		{"the ward above", person(secretary), write, "/w/", false},
		{"a sibling cell", person(secretary), write, "/w/c2/", false},
		{"a sibling whose id begins alike", person(secretary), write, "/w/c10/", false},
		{"reads here, writes there", person(secretary, member), write, "/w/c2/", false},
		{"reads in both", person(secretary, member), read, "/w/c2/", true},
		{"a need that nobody declared", person(secretary), "x.unknown", "/w/c1/", false},
		{"nobody", access.Person{}, read, "/w/c1/", false},
	} {
		if got := tt.who.MayAt(tt.need, tt.path); got != tt.want {
			t.Errorf("%s: MayAt(%s, %s) = %v", tt.name, tt.need, tt.path, got)
		}
		if got := tt.who.Scope(tt.need).Covers(tt.path); got != tt.want {
			t.Errorf("%s: Scope(%s).Covers(%s) = %v", tt.name, tt.need, tt.path, got)
		}
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	member := person(access.Grant{Role: access.Member, Path: "/w/"})
	for _, tt := range []struct {
		who  access.Person
		need access.Need
		want fault.Kind
	}{
		{access.Person{}, access.Public, ""},
		{access.Person{}, access.SignedIn, fault.SignIn},
		{access.Person{}, read, fault.SignIn},
		{member, access.SignedIn, ""},
		{member, read, ""},
		{member, write, fault.Forbidden},
		{member, "", fault.Forbidden},
	} {
		err := tt.who.Check(tt.need)
		if (tt.want == "") != (err == nil) || err != nil && !fault.Is(err, tt.want) {
			t.Errorf("Check(%q) of %q = %v, want %q", tt.need, tt.who.Account, err, tt.want)
		}
	}
}

func TestWhere(t *testing.T) {
	t.Parallel()
	args := []any{"id"}
	who := person(access.Grant{Role: access.Member, Root: "w", Path: "/w/c/"}, access.Grant{Role: access.Member, Path: "/p/"})
	got := who.Scope(read).Where("o", &args)
	want := "(o.root_id = $4 AND o.path >= $2 AND o.path < $3 OR o.path >= $5 AND o.path < $6)"
	if got != want {
		t.Errorf("Where = %s, want %s", got, want)
	}
	if diff := cmp.Diff([]any{"id", "/w/c/", "/w/c0", "w", "/p/", "/p0"}, args); diff != "" {
		t.Error(diff)
	}
	if got := who.Scope(write).Where("o", &args); got != "1 = 0" {
		t.Errorf("an empty scope gives %s", got)
	}
}

func TestNear(t *testing.T) {
	t.Parallel()
	upper := access.Grant{Role: access.Member, Path: "/c/p/", Upper: true}
	ward := access.Grant{Role: access.Member, Path: "/c/q/w/"}
	sc := person(upper, ward).Scope(read)
	for path, want := range map[string][2]bool{
		"/c/": {}, "/c/p/": {true, true}, "/c/p/w/": {true, true}, "/c/p/w/x/": {true, false}, "/c/q/": {}, "/c/q/w/": {true, true}, "/c/q/w/x/y/": {true, true},
	} {
		if got := [2]bool{sc.Covers(path), sc.Near().Covers(path)}; got != want {
			t.Errorf("%s: %v, want %v", path, got, want)
		}
	}
	if !sc.Upper() || person(ward).Scope(read).Upper() {
		t.Error("Upper is for whoever reads from above alone")
	}
	var args []any
	if got := sc.Near().Where("o", &args); got != "(o.id = $1 OR o.parent_id = $1 OR o.path >= $2 AND o.path < $3)" {
		t.Error(got)
	}
	if diff := cmp.Diff([]any{"p", "/c/q/w/", "/c/q/w0"}, args); diff != "" {
		t.Error(diff)
	}
	args = nil
	if got := access.Around("/c/p/").Where("o", &args); got != "(o.id = $1 OR o.parent_id = $1)" || args[0] != "p" {
		t.Error(got, args)
	}
}
