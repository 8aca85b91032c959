package account

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"chibo/kit/access"
	"chibo/kit/when"
	"chibo/organization"
)

// TestLend says what goes over with a delegation: no more than the giver has, of the one
// role in the one unit, and never what is nobody else's.
func TestLend(t *testing.T) {
	t.Parallel()
	needs := func(all ...access.Need) map[access.Need]bool {
		set := map[access.Need]bool{}
		for _, n := range all {
			set[n] = true
		}
		return set
	}
	theirs := []access.Grant{
		{Role: access.Secretary, Organization: "c", Needs: needs("meeting.prepare", "task.give", "ballot.vote", "other.thing")},
		{Role: access.Committee, Organization: "w", Needs: needs("matter.answer")},
		{Role: access.Member, Organization: "c", Needs: needs("meeting.read")},
		{Role: access.Administrator, Organization: "w", Needs: needs("account.manage")},
	}
	for name, tt := range map[string]struct {
		d    Delegation
		want []access.Need
	}{
		"all of an office":         {Delegation{Role: access.Secretary, Organization: "c"}, []access.Need{"meeting.prepare", "other.thing", "task.give"}},
		"a part of it":             {Delegation{Role: access.Secretary, Organization: "c", Parts: Handed{Work}}, []access.Need{"task.give"}},
		"a part that is empty":     {Delegation{Role: access.Secretary, Organization: "c", Parts: Handed{Above}}, nil},
		"an office no longer held": {Delegation{Role: access.Deputy, Organization: "c"}, nil},
		"in another unit":          {Delegation{Role: access.Secretary, Organization: "d"}, nil},
		"what one is as a member":  {Delegation{Role: access.Member, Organization: "c"}, nil},
		"the machine":              {Delegation{Role: access.Administrator, Organization: "w"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tt.d.Giver = "hoa"
			var got []access.Need
			for _, g := range tt.d.lend(theirs, "Trần Văn Hòa", []access.Need{"ballot.vote"}) {
				if g.For != "hoa" || g.ForName != "Trần Văn Hòa" {
					t.Errorf("in whose place: %q, %q", g.For, g.ForName)
				}
				got = append(got, slices.Sorted(maps.Keys(g.Needs))...)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	if !theirs[0].Needs["ballot.vote"] {
		t.Error("the giver has lost a right")
	}
}

func TestDelegationCheck(t *testing.T) {
	t.Parallel()
	today := when.On(2026, time.December, 2)
	good := Delegation{Giver: "hoa", Receiver: "minh", From: today, Until: today.AddDays(7)}
	for name, tt := range map[string]struct {
		change func(*Delegation)
		ok     bool
	}{
		"a week":            {func(*Delegation) {}, true},
		"one day":           {func(d *Delegation) { d.Until = today }, true},
		"to oneself":        {func(d *Delegation) { d.Receiver = "hoa" }, false},
		"to nobody":         {func(d *Delegation) { d.Receiver = "" }, false},
		"from yesterday":    {func(d *Delegation) { d.From = today.AddDays(-1) }, false},
		"backwards":         {func(d *Delegation) { d.Until = today.AddDays(-1) }, false},
		"without an end":    {func(d *Delegation) { d.Until = when.Date{} }, false},
		"for half a year":   {func(d *Delegation) { d.Until = today.AddDays(180) }, false},
		"an unknown part":   {func(d *Delegation) { d.Parts = Handed{"votes"} }, false},
		"of two known ones": {func(d *Delegation) { d.Parts = Handed{Work, People} }, true},
	} {
		d := good
		tt.change(&d)
		if err := d.check(today); (err == nil) != tt.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestADepartmentsPeopleDoItsDuties gives a person the needs of the duties of the department
// where they work, and minutes only where the committee lets its clerks read them.
func TestADepartmentsPeopleDoItsDuties(t *testing.T) {
	t.Parallel()
	s := &Service{
		Rights: access.Rights{access.Reading: {"minutes.read"}, access.Clerk: {"x.clerk"}},
		Duties: Duties{organization.FollowsMeetings: {"meeting.follow"}, organization.KeepsRolls: {"member.write"}},
	}
	ward := place{Root: "w", ID: "w", Path: "/w/", Level: organization.Ward}
	for name, tt := range map[string]struct {
		tie  tie
		want []access.Need
	}{
		"follows meetings":                {tie{place: ward, Duties: organization.Duties{organization.FollowsMeetings}}, []access.Need{"meeting.follow"}},
		"and reads where that is decided": {tie{place: ward, ClerkReads: true, Duties: organization.Duties{organization.FollowsMeetings}}, []access.Need{"meeting.follow", "minutes.read"}},
		"keeps rolls, reads no minutes":   {tie{place: ward, ClerkReads: true, Duties: organization.Duties{organization.KeepsRolls}}, []access.Need{"member.write"}},
	} {
		gs := s.grants([]tie{tt.tie})
		if len(gs) != 1 || gs[0].Role != access.Department {
			t.Errorf("%s: %+v", name, gs)
			continue
		}
		if diff := cmp.Diff(tt.want, slices.Sorted(maps.Keys(gs[0].Needs))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
