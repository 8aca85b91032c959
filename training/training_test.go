package training_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/organization"
	"chibo/training"
)

var first = when.On(2026, 12, 10)

func TestCheckOfACourse(t *testing.T) {
	t.Parallel()
	whole := training.Course{Title: "Nghiệp vụ công tác đảng", Body: "Trung tâm chính trị", From: first, Until: first.AddDays(1), Posts: training.PostList{organization.Secretary}}
	for _, tt := range []struct {
		name  string
		wrong func(*training.Course)
		want  map[string]string
	}{
		{"whole", func(*training.Course) {}, nil},
		{"one day", func(c *training.Course) { c.Until = c.From }, nil},
		{"no name", func(c *training.Course) { c.Title = " " }, map[string]string{"title": "training.problem.title"}},
		{"nobody holds it", func(c *training.Course) { c.Body = "" }, map[string]string{"body": "training.problem.body"}},
		{"ends before it begins", func(c *training.Course) { c.Until = first.AddDays(-1) }, map[string]string{"until": "training.problem.order"}},
		{"longer than a year", func(c *training.Course) { c.Until = first.AddDays(366) }, map[string]string{"until": "training.problem.order"}},
		{"for a post of a committee", func(c *training.Course) { c.Posts = training.PostList{organization.Clerk} }, map[string]string{"posts": "training.problem.posts"}},
		{"worth less than nothing", func(c *training.Course) { c.Years = -1 }, map[string]string{"years": "training.problem.years"}},
	} {
		c := whole
		tt.wrong(&c)
		var got map[string]string
		if err := c.Check(); err != nil {
			got = fault.Of(err).Fields
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

func TestWorthUntil(t *testing.T) {
	t.Parallel()
	for years, want := range map[int]when.Date{0: {}, 1: when.On(2027, 12, 9), 5: when.On(2031, 12, 9)} {
		if got := (training.Course{Until: first, Years: years}).WorthUntil(); got != want {
			t.Errorf("%d years: %s, want %s", years, got, want)
		}
	}
}

func TestGaps(t *testing.T) {
	t.Parallel()
	holders := []training.Holder{
		{Member: "deputy", Post: organization.Deputy},
		{Member: "both", Post: organization.CommitteeMember},
		{Member: "both", Post: organization.Secretary},
		{Member: "came", Post: organization.Secretary},
		{Member: "taker", Post: organization.MinuteTaker},
		{Member: "absent", Post: organization.Secretary},
	}
	seats := []training.Seat{{Member: "came", State: training.Attended}, {Member: "absent", State: training.Absent}}
	for _, tt := range []struct {
		name  string
		posts training.PostList
		want  []string
	}{
		{"of one post", training.PostList{organization.Secretary}, []string{"both"}},
		{"of several, each once", training.PostList{organization.Secretary, organization.CommitteeMember, organization.Deputy}, []string{"both", "deputy"}},
		{"of none: whoever holds one", nil, []string{"both", "deputy", "taker"}},
	} {
		var got []string
		for _, h := range training.Gaps(training.Course{Posts: tt.posts}, holders, seats) {
			got = append(got, h.Member)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}
