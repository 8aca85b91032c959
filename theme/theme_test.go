package theme

import (
	"strings"
	"testing"

	"chibo/kit/when"
	"chibo/meeting"
)

func TestQuarters(t *testing.T) {
	t.Parallel()
	today := when.On(2026, 8, 20)
	month := func(n int) when.Month { return when.Month{Year: 2026, Month: 1}.Add(n - 1) }
	held := func(kind meeting.Kind, n int, state meeting.State) meeting.Meeting {
		return meeting.Meeting{Kind: kind, Month: month(n), State: state, StartsAt: month(n).Day(3).At(19, 30)}
	}
	planned := func(n int) Entry { return Entry{Theme: Theme{Month: month(n)}} }
	for name, c := range map[string]struct {
		meetings []meeting.Meeting
		plan     []Entry
		want     string // duties of the four quarters
	}{
		"nothing":                              {nil, nil, "missed missed open open"},
		"a plan that was not kept":             {nil, []Entry{planned(2), planned(6)}, "missed missed open open"},
		"a plan for what is to come":           {nil, []Entry{planned(9), planned(12)}, "missed missed set set"},
		"an ordinary meeting has no theme":     {[]meeting.Meeting{held(meeting.Ordinary, 2, meeting.Sealed)}, nil, "missed missed open open"},
		"ordinary and thematic in one sitting": {[]meeting.Meeting{held(meeting.Combined, 2, meeting.Sealed)}, nil, "done missed open open"},
		"closed is held":                       {[]meeting.Meeting{held(meeting.Thematic, 8, meeting.Closed)}, nil, "missed missed done open"},
		"a meeting that is called":             {[]meeting.Meeting{held(meeting.Thematic, 9, meeting.Noticed)}, nil, "missed missed set open"},
		"called and never held":                {[]meeting.Meeting{held(meeting.Thematic, 6, meeting.Noticed)}, nil, "missed missed open open"},
		"held once and called again":           {[]meeting.Meeting{held(meeting.Thematic, 7, meeting.Sealed), held(meeting.Combined, 9, meeting.Draft)}, []Entry{planned(9)}, "missed missed done open"},
	} {
		var got []string
		for _, q := range Quarters(2026, c.meetings, c.plan, today) {
			got = append(got, string(q.Duty))
			if q.Met() != (q.Duty == Done) {
				t.Errorf("%s: %s is met: %v", name, q.Quarter, q.Met())
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %s, want %s", name, strings.Join(got, " "), c.want)
		}
	}
	q := Quarters(2026, []meeting.Meeting{held(meeting.Combined, 9, meeting.Sealed), held(meeting.Thematic, 8, meeting.Sealed)}, nil, when.On(2026, 9, 30))[2]
	if q.On != when.On(2026, 8, 3) {
		t.Errorf("the day of the quarter is %s, not that of its first theme", q.On)
	}
}

func TestApprovalIsTakenBack(t *testing.T) {
	t.Parallel()
	draft := Draft{Month: when.Month{Year: 2026, Month: 12}, Kind: meeting.Combined, Title: "Chuyển đổi số", Presenter: "a", Questions: "Làm gì?", Due: when.On(2026, 12, 1)}
	for name, c := range map[string]struct {
		change func(d *Draft)
		keeps  bool
	}{
		"nothing":   {func(*Draft) {}, true},
		"day":       {func(d *Draft) { d.Due = when.On(2026, 11, 30) }, true},
		"way":       {func(d *Draft) { d.Kind = meeting.Thematic }, true},
		"title":     {func(d *Draft) { d.Title = "Khác" }, false},
		"presenter": {func(d *Draft) { d.Presenter = "b" }, false},
		"month":     {func(d *Draft) { d.Month = d.Month.Next() }, false},
		"questions": {func(d *Draft) { d.Questions += "\nVì sao?" }, false},
	} {
		theme, d := Theme{}, draft
		d.put(&theme)
		theme.ApprovedAt, theme.ApprovedOn, theme.ApprovedBy = 1, when.On(2026, 1, 5), "s"
		c.change(&d)
		d.put(&theme)
		if theme.Approved() != c.keeps || theme.ApprovedOn.IsZero() == c.keeps || theme.Draft() != d {
			t.Errorf("%s: approved %v, %+v", name, theme.Approved(), theme)
		}
	}
}

func TestStages(t *testing.T) {
	t.Parallel()
	e := Entry{Theme: Theme{Due: when.On(2026, 12, 1)}}
	if e.Stage() != Planned || e.Late(when.On(2026, 12, 1)) || !e.Late(when.On(2026, 12, 2)) {
		t.Errorf("new: %s", e.Stage())
	}
	e.ApprovedAt = 1
	if e.Stage() != Approved {
		t.Errorf("approved: %s", e.Stage())
	}
	e.State = meeting.Closed
	if e.Stage() != Treated || e.Late(when.On(2026, 12, 9)) {
		t.Errorf("closed: %s", e.Stage())
	}
	e.Rating = Useful
	if e.Stage() != Rated {
		t.Errorf("rated: %s", e.Stage())
	}
}
