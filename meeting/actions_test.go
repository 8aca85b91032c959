package meeting_test

import (
	"context"
	"slices"
	"testing"

	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/member"
	"chibo/organization"
	"chibo/task"
)

func key(err error) string {
	if err == nil {
		return ""
	}
	return fault.Of(err).Key
}

func TestConveneFillsTheMeeting(t *testing.T) {
	t.Parallel()
	each(t, func(c *cell) {
		m := c.opened()
		if m.State != meeting.Draft || m.StartsAt != when.On(2026, 12, 3).At(19, 30) || m.Place != "Nhà văn hóa Tổ 17" || m.Chair != "hoa" || m.MinuteTaker != "lan" || m.MinMinutes != 90 {
			t.Errorf("opened as %+v", m)
		}
		p, err := meeting.PreparationOf(t.Context(), c.DB, c.again(m))
		c.must(err)
		if len(p.Items) < 10 || meeting.Total(p.Items) < 90 || m.Template != "42-HD/BTCTW 28/10/2025 ordinary" {
			t.Errorf("%d items, %d minutes, after %s", len(p.Items), meeting.Total(p.Items), m.Template)
		}
		for i, item := range p.Items {
			if item.Position != i+1 {
				t.Errorf("item %d stands at %d", item.Position, i+1)
			}
		}
		if len(p.Guests) != 1 || p.Guests[0].Name != "Phan Đình Tuệ" || !p.Guests[0].Superior || !slices.Equal(p.Followers, []string{"tue"}) {
			t.Errorf("guests %+v, followers %v", p.Guests, p.Followers)
		}
		c.must(audit.Verify(t.Context(), c.DB))
	})
}

func TestOneMeetingOfAMonth(t *testing.T) {
	t.Parallel()
	each(t, func(c *cell) {
		c.opened()
		for kind, want := range map[meeting.Kind]string{
			meeting.Ordinary: "meeting.problem.month_taken", meeting.Combined: "meeting.problem.month_taken",
			meeting.Thematic: "", meeting.Extraordinary: "",
		} {
			_, err := c.Pages.Convene(t.Context(), secretary, "cell", meeting.Convening{Kind: kind, Month: december, Theme: "x"})
			if key(err) != want {
				t.Errorf("%s: %v", kind, err)
			}
		}
		if _, err := c.Pages.Convene(t.Context(), secretary, "r", meeting.Convening{Kind: meeting.Ordinary, Month: december}); !fault.Is(err, fault.NotFound) {
			t.Errorf("a committee out of reach: %v", err)
		}
		if _, err := c.Pages.Convene(t.Context(), stranger, "cell", meeting.Convening{Kind: meeting.Ordinary, Month: december.Next()}); !fault.Is(err, fault.NotFound) {
			t.Errorf("the secretary of another cell: %v", err)
		}
		if _, err := c.Pages.Convene(t.Context(), secretary, "cell", meeting.Convening{Kind: "party", Month: december.Next()}); !fault.Is(err, fault.Invalid) {
			t.Errorf("a kind that is none: %v", err)
		}
	})
}

// What later features know is filled in when the agenda is laid, again when it
// becomes another, and when a meeting before it was closed.
func TestLaid(t *testing.T) {
	t.Parallel()
	each(t, func(c *cell) {
		var laid []meeting.Kind
		c.Pages.Laid = []meeting.Laid{func(_ context.Context, _ *db.Tx, m meeting.Meeting) error {
			laid = append(laid, m.Kind)
			return nil
		}}
		plan := map[when.Month]meeting.Planned{
			december:        {Kind: meeting.Combined, Title: "Giữ sạch ngõ phố"},
			december.Next(): {Kind: meeting.Thematic, Title: "Chuyển đổi số"},
		}
		c.Pages.Themes = func(_ context.Context, _ db.Q, _, _ string, month when.Month) (meeting.Planned, error) {
			return plan[month], nil
		}
		m := c.opened()
		if m.Kind != meeting.Combined || m.Theme != "Giữ sạch ngõ phố" || m.MinMinutes != 120 {
			t.Errorf("the month of a planned theme has the %s meeting of theme %q", m.Kind, m.Theme)
		}
		d := m.Details()
		d.Kind = meeting.Ordinary
		c.must(c.Pages.Revise(t.Context(), secretary, m.ID, d))
		january, err := c.Pages.Convene(t.Context(), secretary, "cell", meeting.Convening{Kind: meeting.Ordinary, Month: december.Next()})
		c.must(err)
		if january.Kind != meeting.Ordinary || january.Theme != "" {
			t.Errorf("a theme with a meeting of its own has gone to the %s meeting", january.Kind)
		}
		apart, err := c.Pages.Convene(t.Context(), secretary, "cell", meeting.Convening{Kind: meeting.Thematic, Month: december.Next()})
		c.must(err)
		if apart.Theme != "Chuyển đổi số" {
			t.Errorf("the thematic meeting treats %q", apart.Theme)
		}
		c.advance(m, meeting.Draft, meeting.Open)
		c.advance(m, meeting.Open, meeting.Closed)
		c.write(func(tx *db.Tx) error {
			_, err := c.Pages.OpenNext(t.Context(), tx, secretary, "r", m.ID)
			return err
		})
		want := []meeting.Kind{meeting.Combined, meeting.Ordinary, meeting.Ordinary, meeting.Thematic, meeting.Ordinary}
		if !slices.Equal(laid, want) {
			t.Errorf("laid %v, want %v", laid, want)
		}
	})
}

// advance moves a meeting on by what the room does.
func (c *cell) advance(m meeting.Meeting, from, to meeting.State) {
	c.Helper()
	c.write(func(tx *db.Tx) error { return meeting.Advance(c.Context(), tx, m.Root, m.ID, from, to, c.now) })
}

func TestAdvance(t *testing.T) {
	t.Parallel()
	each(t, func(c *cell) {
		m := c.noticed()
		c.advance(m, meeting.Noticed, meeting.Open)
		err := c.DB.Tx(t.Context(), func(tx *db.Tx) error {
			return meeting.Advance(t.Context(), tx, "r", m.ID, meeting.Noticed, meeting.Open, c.now)
		})
		if key(err) != "meeting.problem.meanwhile" {
			t.Errorf("opened twice: %v", err)
		}
		for name, err := range map[string]error{
			"item":     c.Pages.AddItem(t.Context(), secretary, m.ID, meeting.Item{Kind: meeting.Discussion, Title: "x"}),
			"question": c.Pages.AddQuestion(t.Context(), secretary, m.ID, meeting.Focus{Text: "x"}),
			"draft":    c.Pages.SaveDraft(t.Context(), secretary, m.ID, "x"),
			"paper":    c.Pages.Cite(t.Context(), secretary, m.ID, meeting.Paper{Title: "x"}),
			"details":  c.Pages.Revise(t.Context(), secretary, m.ID, m.Details()),
		} {
			if key(err) != "meeting.problem.not_editable" {
				t.Errorf("%s changed while people are in the room: %v", name, err)
			}
		}
	})
}

func TestOpenNext(t *testing.T) {
	t.Parallel()
	each(t, func(c *cell) {
		m := c.noticed()
		c.write(func(tx *db.Tx) error {
			return task.Give(t.Context(), tx, task.Task{
				Root: "r", ID: "t1", Organization: "cell", Title: "Vận động 12 hộ", Owners: []string{"lan"},
				Due: when.On(2026, 12, 2), Meeting: "earlier", GivenBy: "hoa", GivenAt: when.On(2026, 11, 3).At(20, 0),
			})
		})
		next := func(carried ...meeting.Carried) (meeting.Meeting, error) {
			var out meeting.Meeting
			err := c.DB.Tx(t.Context(), func(tx *db.Tx) (err error) {
				out, err = c.Pages.OpenNext(t.Context(), tx, secretary, "r", m.ID, carried...)
				return err
			})
			return out, err
		}
		if _, err := next(); key(err) != "meeting.problem.not_closed" {
			t.Errorf("before the close: %v", err)
		}
		c.at(when.On(2026, 12, 3), 19, 30)
		c.advance(m, meeting.Noticed, meeting.Open)
		c.at(when.On(2026, 12, 3), 21, 10)
		c.advance(m, meeting.Open, meeting.Closed)
		study := meeting.Carried{Kind: meeting.ToStudy, Text: "Mở lớp học bơi cho trẻ", Subject: "o1", Member: "minh", Due: when.On(2027, 1, 3)}
		january, err := next(study, study, meeting.Carried{Kind: meeting.ToAnswer, Text: "Đèn đường ngõ 5", Subject: "o2"})
		c.must(err)
		if january.Month != december.Next() || january.State != meeting.Draft || january.StartsAt != when.On(2027, 1, 3).At(19, 30) {
			t.Errorf("next is %+v", january)
		}
		carried, err := meeting.CarriedTo(t.Context(), c.DB, "r", january.ID)
		c.must(err)
		if len(carried) != 2 || carried[0].Subject != "o1" || carried[1].Position != 2 || carried[0].From != m.ID || carried[0].Due != study.Due {
			t.Errorf("carried %+v", carried)
		}
		open, err := task.Open(t.Context(), c.DB, "r", "cell")
		c.must(err)
		if len(open) != 1 || open[0].NextMeeting != january.ID || open[0].CarriedTimes != 1 {
			t.Errorf("tasks %+v", open)
		}
		if err := c.Pages.Delete(t.Context(), secretary, january.ID); key(err) != "meeting.problem.holds_carried" {
			t.Errorf("what was carried is lost: %v", err)
		}
	})
}

// A thematic meeting before the ordinary one of its month hands over to that.
func TestOpenNextAfterATheme(t *testing.T) {
	t.Parallel()
	each(t, func(c *cell) {
		m, err := c.Pages.Convene(t.Context(), secretary, "cell", meeting.Convening{Kind: meeting.Thematic, Month: december, StartsAt: when.On(2026, 12, 1).At(19, 0), Theme: "x"})
		c.must(err)
		c.at(when.On(2026, 12, 1), 20, 30)
		c.advance(m, meeting.Draft, meeting.Open)
		c.advance(m, meeting.Open, meeting.Closed)
		c.write(func(tx *db.Tx) error {
			next, err := c.Pages.OpenNext(t.Context(), tx, secretary, "r", m.ID)
			if err == nil && (next.Month != december || next.Kind != meeting.Ordinary) {
				t.Errorf("next is the %s meeting of %s", next.Kind, next.Month)
			}
			return err
		})
	})
}

func TestReviseDraft(t *testing.T) {
	t.Parallel()
	each(t, func(c *cell) {
		m := c.opened()
		d := m.Details()
		d.Kind, d.Theme, d.Preparer, d.Place = meeting.Combined, "Học và làm theo Bác", "minh", "Trường Hoa Sen"
		c.must(c.Pages.Revise(t.Context(), secretary, m.ID, d))
		m = c.again(m)
		items, err := meeting.Items(t.Context(), c.DB, "r", m.ID)
		c.must(err)
		at := slices.IndexFunc(items, func(i meeting.Item) bool { return i.Kind == meeting.Theme })
		if m.Kind != meeting.Combined || m.MinMinutes != 120 || meeting.Total(items) < 120 || at < 0 || items[at].Presenter != "minh" || m.Title != "Sinh hoạt thường kỳ và chuyên đề tháng 12/2026" {
			t.Errorf("%+v with %d minutes", m, meeting.Total(items))
		}
		c.must(c.Pages.Notify(t.Context(), secretary, m.ID, ""))
		d = c.again(m).Details()
		d.StartsAt, d.Place, d.Chair = d.StartsAt.Add(1), "nowhere", "minh"
		c.must(c.Pages.Revise(t.Context(), secretary, m.ID, d))
		if after := c.again(m); after.StartsAt != m.StartsAt || after.Place != "Trường Hoa Sen" || after.Chair != "minh" {
			t.Errorf("after the notice: %+v", after)
		}
	})
}

func TestAgendaActions(t *testing.T) {
	t.Parallel()
	each(t, func(c *cell) {
		m := c.opened()
		ids := func() (out []string) {
			items, err := meeting.Items(t.Context(), c.DB, "r", m.ID)
			c.must(err)
			for _, i := range items {
				out = append(out, i.ID)
			}
			return out
		}
		before := ids()
		c.must(c.Pages.MoveItem(t.Context(), secretary, m.ID, before[1], -1))
		if after := ids(); after[0] != before[1] || after[1] != before[0] {
			t.Error("the item did not move up")
		}
		c.must(c.Pages.AddItem(t.Context(), secretary, m.ID, meeting.Item{Kind: meeting.Discussion, Title: "Ngõ 5 ngập nước", Minutes: 10}))
		c.must(c.Pages.RemoveItem(t.Context(), secretary, m.ID, before[0]))
		c.must(c.Pages.ChangeItem(t.Context(), secretary, m.ID, meeting.Item{ID: before[2], Kind: meeting.Directive, Title: "Đổi tên", Minutes: 7, Presenter: "minh"}))
		items, err := meeting.Items(t.Context(), c.DB, "r", m.ID)
		c.must(err)
		if len(items) != len(before) || items[1].Title != "Đổi tên" || items[1].Position != 2 {
			t.Errorf("agenda %+v", items)
		}
		for name, err := range map[string]error{
			"by who is away":            c.Pages.ChangeItem(t.Context(), secretary, m.ID, meeting.Item{ID: before[2], Kind: meeting.Report, Title: "x", Presenter: "long"}),
			"by who is not here":        c.Pages.AddItem(t.Context(), secretary, m.ID, meeting.Item{Kind: meeting.Report, Title: "x", Presenter: "nga"}),
			"chaired by a stranger":     c.Pages.Revise(t.Context(), secretary, m.ID, meeting.Details{Kind: m.Kind, Title: "x", StartsAt: m.StartsAt, Place: "x", Chair: "nga"}),
			"an item that is not there": c.Pages.RemoveItem(t.Context(), secretary, m.ID, before[0]),
			"a meeting out of reach":    c.Pages.RemoveItem(t.Context(), stranger, m.ID, before[1]),
			"by a member":               c.Pages.MoveItem(t.Context(), lan, m.ID, before[1], 1),
		} {
			if !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestPreparationActions(t *testing.T) {
	t.Parallel()
	each(t, func(c *cell) {
		m := c.opened()
		ctx := t.Context()
		c.must(c.Pages.RecordPremeeting(ctx, secretary, m.ID, meeting.Premeeting{HeldAt: when.On(2026, 11, 27).At(20, 0), Present: []string{"hoa", "nobody"}, Agreed: "- thống nhất nội dung"}))
		c.must(c.Pages.AddQuestion(ctx, secretary, m.ID, meeting.Focus{Text: "Vì sao còn ba hộ chưa ký?"}))
		c.must(c.Pages.AddAgreement(ctx, secretary, m.ID, meeting.Agreement{Name: "Vũ Thị Hạnh", Office: "Tổ trưởng dân phố", Text: "cùng vận động"}))
		c.must(c.Pages.AddGuest(ctx, secretary, m.ID, meeting.Guest{Name: "Hoàng Văn Nam", Office: "Bí thư chi bộ", Body: "Trường Hoa Sen"}))
		c.must(c.Pages.SaveDraft(ctx, secretary, m.ID, "một"))
		c.must(c.Pages.SaveDraft(ctx, secretary, m.ID, "một"))
		c.must(c.Pages.SaveDraft(ctx, secretary, m.ID, "hai"))
		p, err := meeting.PreparationOf(ctx, c.DB, c.again(m))
		c.must(err)
		if !slices.Equal(p.Premeeting.Present, []string{"hoa"}) || !slices.Equal(p.Premeeting.Absent, []string{"minh"}) {
			t.Errorf("committee: present %v, absent %v", p.Premeeting.Present, p.Premeeting.Absent)
		}
		if len(p.Focus) != 1 || len(p.Agreements) != 1 || len(p.Guests) != 2 || p.Guests[1].Superior || p.Draft.Version != 2 || p.Draft.Text != "hai" {
			t.Errorf("prepared %+v", p)
		}
		c.must(c.Pages.ReplyOfGuest(ctx, secretary, m.ID, p.Guests[1].ID, meeting.Coming))
		c.must(c.Pages.RemoveGuest(ctx, secretary, m.ID, p.Guests[1].ID))
		c.must(c.Pages.RemoveQuestion(ctx, secretary, m.ID, p.Focus[0].ID))
		c.must(c.Pages.RemoveAgreement(ctx, secretary, m.ID, p.Agreements[0].ID))
		if err := c.Pages.RemoveGuest(ctx, secretary, m.ID, p.Guests[1].ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("removed twice: %v", err)
		}
		if err := c.Pages.RecordPremeeting(ctx, secretary, m.ID, meeting.Premeeting{HeldAt: c.now, Present: []string{"nobody"}, Agreed: "x"}); fault.Of(err).Fields["present"] == "" {
			t.Errorf("a committee of nobody: %v", err)
		}
		c.must(c.Pages.Delete(ctx, secretary, m.ID))
		if _, err := meeting.Find(ctx, c.DB, "r", m.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("still there: %v", err)
		}
	})
}

func TestEvents(t *testing.T) {
	t.Parallel()
	each(t, func(c *cell) {
		draft, err := c.Pages.Convene(t.Context(), secretary, "cell", meeting.Convening{Kind: meeting.Ordinary, Month: december.Next()})
		c.must(err)
		m := c.noticed()
		for _, id := range []string{"lan", "tue"} {
			events, err := c.Pages.Events(t.Context(), c.DB, "r", id)
			c.must(err)
			if len(events) != 1 || events[0].URL != m.Path() || events[0].Title != "Sinh hoạt chi bộ" || events[0].Start != m.StartsAt || events[0].End.Sub(m.StartsAt).Minutes() != 95 || events[0].Changed != c.now {
				t.Errorf("%s: %+v (draft %s)", id, events, draft.ID)
			}
		}
		if events, err := c.Pages.Events(t.Context(), c.DB, "r", "nobody"); !fault.Is(err, fault.NotFound) {
			t.Errorf("events of nobody: %v, %v", events, err)
		}
	})
}

// The office of the day decides: who becomes secretary in January chairs in
// January.
func TestPeopleOfTheDay(t *testing.T) {
	t.Parallel()
	each(t, func(c *cell) {
		c.write(func(tx *db.Tx) error {
			o := organization.Office{Root: "r", ID: "new", Organization: "cell", Member: "minh", Post: organization.Secretary, From: when.On(2027, 1, 1)}
			if _, err := db.Exec(t.Context(), tx, `UPDATE organization_office SET until_on = '2026-12-31' WHERE id = 'secretary'`); err != nil {
				return err
			}
			if err := db.Insert(t.Context(), tx, "organization_office", o); err != nil {
				return err
			}
			return c.enter(tx, "moi", "Ngô Văn Mới", "cell", member.Official)
		})
		for i, want := range []string{"hoa", "minh"} {
			m, err := c.Pages.Convene(t.Context(), secretary, "cell", meeting.Convening{Kind: meeting.Ordinary, Month: december.Add(i)})
			c.must(err)
			if m.Chair != want {
				t.Errorf("%s is chaired by %s", m.Month, m.Chair)
			}
		}
	})
}
