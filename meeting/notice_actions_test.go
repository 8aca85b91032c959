package meeting_test

import (
	"testing"

	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/notice"
)

func TestNotice(t *testing.T) {
	t.Parallel()
	each(t, func(c *cell) {
		m := c.noticed()
		if m.State != meeting.Noticed || m.Revision != 1 || m.NoticedAt != c.now {
			t.Errorf("noticed as %+v", m)
		}
		given, err := meeting.Notices(t.Context(), c.DB, "r", m.ID)
		c.must(err)
		if len(given) != 1 || given[0].Late || given[0].StartsAt != m.StartsAt || given[0].GivenBy != "hoa" {
			t.Errorf("notices %+v", given)
		}
		for id, want := range map[string]int{"hoa": 1, "lan": 1, "minh": 1, "thanh": 1, "xuan": 1, "tue": 1, "long": 0, "nga": 0} {
			n, err := notice.Unread(t.Context(), c.DB, access.Person{Member: id})
			c.must(err)
			if n != want {
				t.Errorf("%s was told %d times", id, n)
			}
		}
		if err := c.Pages.Notify(t.Context(), secretary, m.ID, ""); key(err) != "meeting.problem.noticed" {
			t.Errorf("a second notice: %v", err)
		}
		if err := c.Pages.Delete(t.Context(), secretary, m.ID); key(err) != "meeting.problem.noticed" {
			t.Errorf("deleted after the notice: %v", err)
		}
	})
}

func TestLateNotice(t *testing.T) {
	t.Parallel()
	each(t, func(c *cell) {
		m := c.opened()
		c.at(when.On(2026, 11, 30), 19, 31)
		err := c.Pages.Notify(t.Context(), secretary, m.ID, "")
		if fault.Of(err).Fields["reason"] != "meeting.problem.late_reason" {
			t.Fatalf("late without a reason: %v", err)
		}
		c.must(c.Pages.Notify(t.Context(), secretary, m.ID, "chờ văn bản của đảng ủy"))
		given, err := meeting.Notices(t.Context(), c.DB, "r", m.ID)
		c.must(err)
		if !given[0].Late || given[0].Reason != "chờ văn bản của đảng ủy" {
			t.Errorf("notice %+v", given[0])
		}
	})
}

func TestNoticeAtTheLastMoment(t *testing.T) {
	t.Parallel()
	each(t, func(c *cell) {
		m := c.opened()
		c.at(when.On(2026, 11, 30), 19, 30)
		c.must(c.Pages.Notify(t.Context(), secretary, m.ID, "not needed"))
		given, err := meeting.Notices(t.Context(), c.DB, "r", m.ID)
		c.must(err)
		if given[0].Late || given[0].Reason != "" {
			t.Errorf("notice %+v", given[0])
		}
	})
}

func TestMove(t *testing.T) {
	t.Parallel()
	each(t, func(c *cell) {
		m := c.noticed()
		move := func(to meeting.Moving) error { return c.Pages.Move(t.Context(), secretary, m.ID, to) }
		for field, to := range map[string]meeting.Moving{
			"change":    {StartsAt: m.StartsAt + 1, Place: m.Place},
			"place":     {StartsAt: m.StartsAt + 1, Change: "x"},
			"starts_at": {StartsAt: m.StartsAt, Place: m.Place, Change: "x"},
			"reason":    {StartsAt: c.now + 1000, Place: m.Place, Change: "x"},
		} {
			if err := move(to); fault.Of(err).Fields[field] == "" {
				t.Errorf("%s: %v", field, err)
			}
		}
		c.must(c.Pages.Answer(t.Context(), lan, m.ID, meeting.Response{Member: "lan", Reply: meeting.Coming}))
		to := when.On(2026, 12, 5).At(8, 0)
		c.must(move(meeting.Moving{StartsAt: to, Place: "Trường Hoa Sen", Change: "hội trường có việc"}))
		m = c.again(m)
		given, err := meeting.Notices(t.Context(), c.DB, "r", m.ID)
		c.must(err)
		if m.StartsAt != to || m.Place != "Trường Hoa Sen" || m.Revision != 2 || len(given) != 2 || given[1].Change != "hội trường có việc" || given[0].Place != "Nhà văn hóa Tổ 17" {
			t.Errorf("moved to %+v, notices %+v", m, given)
		}
		if n, err := notice.Unread(t.Context(), c.DB, access.Person{Member: "minh"}); err != nil || n != 2 {
			t.Errorf("told %d times, %v", n, err)
		}
	})
}

func TestTicks(t *testing.T) {
	t.Parallel()
	each(t, func(c *cell) {
		m := c.noticed()
		given, err := meeting.Notices(t.Context(), c.DB, "r", m.ID)
		c.must(err)
		c.must(c.Pages.Tick(t.Context(), secretary, m.ID, notice.Phone, "xuan", "tue"))
		c.must(c.Pages.Tick(t.Context(), secretary, m.ID, notice.Paper, "minh"))
		c.must(c.Pages.Untick(t.Context(), secretary, m.ID, notice.Paper, "minh"))
		c.must(c.Pages.Answer(t.Context(), lan, m.ID, meeting.Response{Member: "lan", Reply: meeting.Coming}))
		ticks, err := notice.Ticks(t.Context(), c.DB, "r", given[0].ID)
		c.must(err)
		told := map[string]notice.Way{}
		for _, tick := range ticks {
			told[tick.Member] = tick.Way
		}
		if len(told) != 3 || told["xuan"] != notice.Phone || told["tue"] != notice.Phone || told["lan"] != notice.App {
			t.Errorf("told %v", told)
		}
		for name, err := range map[string]error{
			"somebody who is away":  c.Pages.Tick(t.Context(), secretary, m.ID, notice.Phone, "long"),
			"the app by hand":       c.Pages.Tick(t.Context(), secretary, m.ID, notice.App, "minh"),
			"by a member":           c.Pages.Tick(t.Context(), lan, m.ID, notice.Phone, "minh"),
			"by another secretary":  c.Pages.Tick(t.Context(), stranger, m.ID, notice.Phone, "minh"),
			"in a way that is none": c.Pages.Tick(t.Context(), secretary, m.ID, "pigeon", "minh"),
		} {
			if err == nil {
				t.Errorf("ticked: %s", name)
			}
		}
	})
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	each(t, func(c *cell) {
		m := c.noticed()
		answer := func(who access.Person, r meeting.Response) error { return c.Pages.Answer(t.Context(), who, m.ID, r) }
		c.must(answer(lan, meeting.Response{Member: "lan", Reply: meeting.Away, Reason: meeting.Sick, Note: "mổ mắt"}))
		c.must(answer(secretary, meeting.Response{Member: "xuan", Reply: meeting.Away, Reason: meeting.Sick}))
		c.must(answer(secretary, meeting.Response{Member: "minh", Reply: meeting.Coming, Note: "gone"}))
		c.must(answer(superior, meeting.Response{Member: "tue", Reply: meeting.Coming}))
		for name, want := range map[string]struct {
			who access.Person
			r   meeting.Response
			key string
		}{
			"for somebody else":      {lan, meeting.Response{Member: "minh", Reply: meeting.Coming}, "fault.forbidden"},
			"for nobody":             {lan, meeting.Response{Reply: meeting.Coming}, "fault.forbidden"},
			"for nobody, entered":    {secretary, meeting.Response{Reply: meeting.Coming}, "fault.forbidden"},
			"by a stranger":          {stranger, meeting.Response{Member: "nga", Reply: meeting.Coming}, "fault.not_found"},
			"for who is not invited": {secretary, meeting.Response{Member: "long", Reply: meeting.Coming}, "meeting.problem.not_invited"},
			"without a reason":       {lan, meeting.Response{Member: "lan", Reply: meeting.Away}, "fault.form"},
		} {
			if err := answer(want.who, want.r); key(err) != want.key {
				t.Errorf("%s: %v", name, err)
			}
		}
		all, err := meeting.Answers(t.Context(), c.DB, "r", m.ID)
		c.must(err)
		by := map[string]meeting.Response{}
		for _, r := range all {
			by[r.Member] = r
		}
		if r := by["lan"]; r.Excused() || r.Note != "mổ mắt" || r.By != "lan" {
			t.Errorf("Lan: %+v", r)
		}
		if r := by["xuan"]; !r.Excused() || r.By != "hoa" {
			t.Errorf("Xuân: %+v", r)
		}
		if r := by["minh"]; r.Reply != meeting.Coming || r.Note != "" {
			t.Errorf("Minh: %+v", r)
		}
		guests, err := meeting.Guests(t.Context(), c.DB, "r", m.ID)
		c.must(err)
		if len(all) != 3 || guests[0].Reply != meeting.Coming {
			t.Errorf("%d answers, the superior answered %q", len(all), guests[0].Reply)
		}
		c.must(c.Pages.Acknowledge(t.Context(), secretary, m.ID, "lan"))
		c.must(c.Pages.Acknowledge(t.Context(), secretary, m.ID, "lan"))
		if r, _, err := meeting.AnswerOf(t.Context(), c.DB, "r", m.ID, "lan"); err != nil || !r.Excused() {
			t.Errorf("Lan is not excused: %+v, %v", r, err)
		}
		if err := c.Pages.Acknowledge(t.Context(), secretary, m.ID, "minh"); !fault.Is(err, fault.NotFound) {
			t.Errorf("excused who comes: %v", err)
		}
		c.must(answer(lan, meeting.Response{Member: "lan", Reply: meeting.Coming}))
		if r, _, err := meeting.AnswerOf(t.Context(), c.DB, "r", m.ID, "lan"); err != nil || r.Reply != meeting.Coming || r.Reason != "" || r.AcknowledgedAt != 0 {
			t.Errorf("the last answer does not count: %+v, %v", r, err)
		}
	})
}

func TestNothingOfADraftIsAnswered(t *testing.T) {
	t.Parallel()
	each(t, func(c *cell) {
		m := c.opened()
		if err := c.Pages.Answer(t.Context(), lan, m.ID, meeting.Response{Member: "lan", Reply: meeting.Coming}); !fault.Is(err, fault.NotFound) {
			t.Errorf("a member sees a draft: %v", err)
		}
		if err := c.Pages.Answer(t.Context(), secretary, m.ID, meeting.Response{Member: "lan", Reply: meeting.Coming}); key(err) != "meeting.problem.not_answerable" {
			t.Errorf("got %v", err)
		}
	})
}
