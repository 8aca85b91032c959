package app_test

import (
	"strconv"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/ballot"
	"chibo/briefing"
	"chibo/directive"
	"chibo/dossier"
	"chibo/kit/fault"
	"chibo/kit/locale"
	"chibo/kit/sheet"
	"chibo/library"
	"chibo/meeting"
	"chibo/member"
	"chibo/minutes"
	"chibo/news"
	"chibo/notebook"
	"chibo/organization"
	"chibo/permit"
	"chibo/privacy"
	"chibo/quality"
	"chibo/rating"
	"chibo/task"
	"chibo/theme"
	"chibo/training"
	"chibo/visit"
	"chibo/witness"
)

// limit is how much of something is taken.
type limit struct {
	what string
	most int
	// take says what the program says to n of it.
	take func(n int) error
}

// TestLimitsHold takes as much of everything as there may be, and then one more: the one is
// taken, the other refused with a sentence that names the limit. Texts are of letters that take
// three bytes.
func TestLimitsHold(t *testing.T) {
	t.Parallel()
	for _, x := range append(limitsOfTexts(), limitsOfNumbers()...) {
		t.Run(x.what, func(t *testing.T) {
			if err := x.take(x.most); err != nil {
				t.Errorf("%d: %v", x.most, err)
			}
			err := x.take(x.most + 1)
			if err == nil || !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.TooLarge) {
				t.Fatalf("%d: %v", x.most+1, err)
			}
			for _, l := range []locale.L{locale.Vietnamese, locale.English} {
				if said := saidOf(l, err); !strings.Contains(said, l.Number(x.most)) && !strings.Contains(said, strconv.Itoa(x.most)) {
					t.Errorf("%d: %q does not name the limit", x.most+1, said)
				}
			}
		})
	}
}

// saidOf is what stands on the page: above the form and beside its fields.
func saidOf(l locale.L, err error) string {
	e := fault.Of(err)
	said := l.Fill(e.Key, e.Args)
	for _, key := range e.Fields {
		said += " " + l.Fill(key, e.Args)
	}
	return said
}

// text returns a limit of a text of what take puts into its place.
func text(what string, most int, take func(s string) error) limit {
	return limit{what, most, func(n int) error { return take(strings.Repeat("ữ", n)) }}
}

func limitsOfTexts() []limit {
	document := func(change func(*library.Document)) error {
		d := library.Document{Level: library.Base, Source: library.Source{Number: "12-NQ/ĐU", Kind: "Nghị quyết", Body: "Đảng ủy", Title: "Nước", Date: today}}
		change(&d)
		return d.Validate(today)
	}
	of := func(change func(*member.Member)) error {
		m := member.Member{FullName: "Trần Văn Hòa"}
		change(&m)
		return m.Check(today)
	}
	work := func(change func(*task.Task)) error {
		x := task.Task{Title: "Vận động", Owners: []string{"m"}, Origin: task.ByLeader, GivenAt: worldtest.Now, Due: today, Target: 1, Unit: "hộ"}
		change(&x)
		return x.Check()
	}
	addition := func(text, reason string) error { return minutes.Addition{Text: text, Reason: reason}.Validate() }
	lines := rating.LinesOf(rating.Serving, nil)
	return []limit{
		text("name of a member", 100, func(s string) error { return of(func(m *member.Member) { m.FullName = s }) }),
		text("residence of a member", 300, func(s string) error { return of(func(m *member.Member) { m.Residence = s }) }),
		text("note on a member", 2000, func(s string) error { return of(func(m *member.Member) { m.Note = s }) }),
		text("title of an award", 300, func(s string) error { return member.Award{Title: s, GivenOn: today}.Check(today) }),
		text("name of a unit", 200, func(s string) error {
			return organization.Organization{Name: s, Level: organization.Ward}.Check(organization.Organization{})
		}),
		text("name of a term", 200, func(s string) error { return organization.Term{Name: s, From: today}.Check() }),
		text("name of a department", 200, func(s string) error {
			return organization.Department{Kind: organization.DepartmentKinds[0], Name: s, Duties: organization.AllDuties[:1]}.Check()
		}),
		text("title of a unit", 200, func(s string) error { return organization.Title{Year: 2025, Title: s}.Check(today) }),
		text("number of a paper", 60, func(s string) error {
			return document(func(d *library.Document) { d.Number = "1" + strings.TrimPrefix(s, "ữ") })
		}),
		text("kind of a paper", 60, func(s string) error { return document(func(d *library.Document) { d.Kind = s }) }),
		text("body of a paper", 120, func(s string) error { return document(func(d *library.Document) { d.Body = s }) }),
		text("title of a paper", 500, func(s string) error { return document(func(d *library.Document) { d.Title = s }) }),
		text("text of a paper", 60_000, func(s string) error { return document(func(d *library.Document) { d.Text = s }) }),
		text("where a paper is kept", 300, func(s string) error {
			return library.Stub{Number: "12", DatedOn: today, WhereKept: s}.Validate(today)
		}),
		text("title of a meeting", 300, func(s string) error {
			return meeting.Meeting{Kind: meeting.Ordinary, Title: s, Month: today.In(), StartsAt: worldtest.Now}.Validate()
		}),
		text("title of an item", 300, func(s string) error { return meeting.Item{Title: s, Kind: meeting.ItemKinds[0]}.Validate() }),
		text("note on an item", 2000, func(s string) error {
			return meeting.Item{Title: "Thảo luận", Kind: meeting.ItemKinds[0], Note: s}.Validate()
		}),
		text("what the committee agreed", 20_000, func(s string) error {
			return meeting.Premeeting{HeldAt: worldtest.Now, Present: []string{"m"}, Agreed: s}.Validate(meeting.Meeting{StartsAt: worldtest.Now})
		}),
		text("name of a guest", 300, func(s string) error { return meeting.Guest{Name: s}.Validate() }),
		text("question to be discussed", 2000, func(s string) error { return meeting.Focus{Text: s}.Validate() }),
		text("note of who stays away", 2000, func(s string) error {
			return meeting.Response{Reply: meeting.Coming, Note: s}.Validate()
		}),
		text("part of a report on current affairs", 8000, func(s string) error { return briefing.Parts{National: s}.Validate() }),
		text("reason for another list", 500, func(s string) error { return permit.Words{Reason: s}.CheckReason() }),
		text("answer about another list", 500, func(s string) error { return permit.Words{Answer: s}.CheckAnswer() }),
		text("reason of an excuse", 500, func(s string) error {
			return briefing.Excuse{Member: "m", Until: ahead(1), Reason: s}.Validate(today)
		}),
		text("title of a theme", 300, func(s string) error {
			return theme.Theme{Title: s, Kind: meeting.Thematic, Month: today.In()}.Validate()
		}),
		text("questions of a theme", 4000, func(s string) error {
			return theme.Theme{Title: "Học tập Bác", Questions: s, Kind: meeting.Thematic, Month: today.In()}.Validate()
		}),
		text("remark on a theme", 500, func(s string) error { return theme.Judgement{Rating: theme.Ratings[0], Remark: s}.Validate() }),
		text("title of contents sent down", 300, func(s string) error {
			return directive.Directive{Citation: "c", Origin: directive.Committee, Form: directive.ForAgenda, Title: s, Text: "t"}.Validate(today)
		}),
		text("text of contents sent down", 4000, func(s string) error {
			return directive.Directive{Citation: "c", Origin: directive.Committee, Form: directive.ForAgenda, Title: "t", Text: s}.Validate(today)
		}),
		text("title of a task", 300, func(s string) error { return work(func(x *task.Task) { x.Title = s }) }),
		text("when a task is done", 4000, func(s string) error { return work(func(x *task.Task) { x.DoneWhen = s }) }),
		text("unit of a task", 40, func(s string) error { return work(func(x *task.Task) { x.Unit = s }) }),
		text("cause that work was late", 4000, func(s string) error { return task.Judgement{Verdict: task.Late, Cause: s}.Check() }),
		text("addition to minutes", 40_000, func(s string) error { return addition(s, "Bổ sung") }),
		text("reason of an addition", 1000, func(s string) error { return addition("Bổ sung", s) }),
		text("title of news", 200, func(s string) error { return news.Words{Title: s, Body: "b", Source: "s"}.Check() }),
		text("body of news", 6000, func(s string) error { return news.Words{Title: "t", Body: s, Source: "s"}.Check() }),
		text("strengths in a self-rating", 4000, func(s string) error {
			points := make(rating.Points, len(lines))
			return rating.Self{Points: points, Claim: rating.NotDone, Strengths: s}.Check(lines)
		}),
		text("body that decides a rating", 300, func(s string) error { return rating.Ruling{Number: "1", Body: s, On: today}.Check(today) }),
		text("weakness to be mended", 1000, func(s string) error {
			return quality.Remedy{Weakness: s, Remedy: "r", Due: today}.Validate(today)
		}),
		text("remark of a visit", 1000, func(s string) error {
			return visit.Remark{Head: visit.Conduct, Mark: visit.Good, Text: s}.Check(today)
		}),
		text("title of a course", 300, func(s string) error {
			return training.Course{Title: s, Body: "b", From: today, Until: today}.Check()
		}),
		text("private note", 20_000, func(s string) error { return notebook.Note{Text: s}.Validate() }),
		text("remark on a notebook", 500, func(s string) error {
			return notebook.Showing{Members: []string{"m"}, ShownOn: today, InOrder: "yes", Remark: s}.Validate(today)
		}),
		text("request about one's data", 2000, func(s string) error {
			return privacy.Asking{Claim: privacy.Delete, Text: s}.Validate(member.Member{}, today)
		}),
		text("why a finding is settled", 1000, func(s string) error { return witness.Settling{Reason: s}.Validate() }),
	}
}

func limitsOfNumbers() []limit {
	settings := func(change func(*organization.Settings)) error {
		s := organization.Defaults("r", "o")
		s.From = today
		change(&s)
		return s.Check()
	}
	table := func(rows, columns int) error {
		row := strings.Repeat("x;", columns-1) + "x\n"
		_, err := sheet.Read([]byte("\ufeff" + strings.Repeat(row, rows)))
		return err
	}
	return []limit{
		{"days of notice", 30, func(n int) error { return settings(func(s *organization.Settings) { s.NoticeDays = n }) }},
		{"minutes of a meeting", 480, func(n int) error { return settings(func(s *organization.Settings) { s.MinMinutes = n }) }},
		{"minutes of a speaker", 60, func(n int) error { return settings(func(s *organization.Settings) { s.SpeakingMinutes = n }) }},
		{"minutes of an item", 600, func(n int) error {
			return meeting.Item{Title: "t", Kind: meeting.ItemKinds[0], Minutes: n}.Validate()
		}},
		{"years that a course is worth", 20, func(n int) error {
			return training.Course{Title: "t", Body: "b", From: today, Until: today, Years: n}.Check()
		}},
		{"accounts asked about at once", 50, func(n int) error {
			return dossier.Span{From: worldtest.Now, Until: worldtest.Now, Accounts: make([]string, n)}.Validate()
		}},
		{"days asked about at once", 366, func(n int) error {
			return dossier.Span{From: today.Start(), Until: today.AddDays(n).Start()}.Validate()
		}},
		{"options of a ballot", 256, func(n int) error {
			p := ballot.Poll{Question: "Bầu ai?", Choose: 1, Entitled: []string{"m"}}
			for i := range n {
				p.Options = append(p.Options, ballot.Option{ID: strconv.Itoa(i + 1), Text: "Đồng chí " + strconv.Itoa(i+1)})
			}
			return p.Check()
		}},
		{"rows of a table", 20_000, func(n int) error { return table(n, 2) }},
		{"columns of a table", 100, func(n int) error { return table(1, n) }},
	}
}
