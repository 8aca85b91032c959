package app_test

import (
	"encoding/json"
	"testing"
	"time"

	"chibo/app/world/worldtest"
	"chibo/briefing"
	"chibo/directive"
	"chibo/dossier"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/locale"
	"chibo/kit/when"
	"chibo/library"
	"chibo/meeting"
	"chibo/member"
	"chibo/notebook"
	"chibo/organization"
	"chibo/proceedings"
	"chibo/quality"
	"chibo/rating"
	"chibo/task"
	"chibo/theme"
	"chibo/training"
	"chibo/visit"
)

// pair is two facts that must fit together: what the program says of an example in which
// they do, and of one in which they do not, with the field beside which it stands and the
// words.
type pair struct {
	facts          string
	good, bad      error
	field, problem string
}

// TestFactsFitTogether holds examples against the checks that the forms themselves go through:
// facts that each are right, and cannot be so together.
func TestFactsFitTogether(t *testing.T) {
	t.Parallel()
	var all []pair
	for _, of := range [][]pair{ofPeople(), ofUnits(), ofPapers(), ofMeetings(), ofWork(), ofRatings(), ofCounts(t)} {
		all = append(all, of...)
	}
	for _, p := range all {
		t.Run(p.facts, func(t *testing.T) {
			if p.good != nil {
				t.Errorf("what fits is refused: %v", p.good)
			}
			e := fault.Of(p.bad)
			if p.bad == nil || e.Kind != fault.Invalid || e.Fields[p.field] != p.problem || len(e.Fields) != 1 {
				t.Errorf("what does not fit: %v, want %s: %s", p.bad, p.field, p.problem)
			}
			for _, l := range []locale.L{locale.Vietnamese, locale.English} {
				if said := l.T(p.problem); said == "" || said == p.problem {
					t.Errorf("no words for %s", p.problem)
				}
			}
		})
	}
	if len(all) < 40 {
		t.Errorf("%d pairs", len(all))
	}
}

// today is the day on which the examples are typed.
var today = worldtest.Now.Date()

// ago and ahead are days before and after it.
func ago(days int) when.Date   { return today.AddDays(-days) }
func ahead(days int) when.Date { return today.AddDays(days) }

// member of the examples: born, admitted and recognised.
func person(born, admitted, official when.Date) error {
	return member.Member{FullName: "Trần Văn Hòa", BornOn: born, AdmittedOn: admitted, OfficialOn: official}.Check(today)
}

func ofPeople() []pair {
	born, admitted, official := when.On(1980, time.May, 2), when.On(2012, time.March, 3), when.On(2013, time.March, 3)
	died := []member.Record{{From: when.On(2013, time.March, 3), Standing: member.Official}, {From: ago(30), Standing: member.Died}}
	stands := func(before []member.Record, s member.Standing, from when.Date) error {
		return member.CheckNext(before, member.Record{Standing: s, From: from}, today)
	}
	given := func(on when.Date) error {
		return member.Award{Title: "Giấy khen", GivenOn: on}.Check(today)
	}
	return []pair{
		{"born by today", person(today.AddDays(-30*366), when.Date{}, when.Date{}), person(ahead(1), when.Date{}, when.Date{}), "born_on", "member.problem.future"},
		{"born within a life", person(born, admitted, official), person(when.On(1850, time.May, 2), when.Date{}, when.Date{}), "born_on", "member.problem.old"},
		{"admitted by today", person(when.Date{}, today, when.Date{}), person(when.Date{}, ahead(1), when.Date{}), "admitted_on", "member.problem.future"},
		{"admitted at eighteen", person(when.On(1994, time.May, 2), admitted, official), person(when.On(1995, time.May, 2), admitted, official), "admitted_on", "member.problem.young"},
		{"recognised by today", person(when.Date{}, when.Date{}, today), person(when.Date{}, when.Date{}, ahead(1)), "official_on", "member.problem.future"},
		{"admitted before recognised", person(when.Date{}, when.On(1970, time.May, 2), when.On(1970, time.May, 2)), person(when.Date{}, when.On(1970, time.May, 2), when.On(1970, time.May, 1)), "official_on", "member.problem.official"},
		{"twelve months of probation", person(born, admitted, official), person(born, admitted, official.AddDays(-1)), "official_on", "member.problem.probation"},
		{"twelve months from a leap day", person(born, when.On(2012, time.February, 29), when.On(2013, time.February, 28)), person(born, when.On(2012, time.February, 29), when.On(2013, time.February, 27)), "official_on", "member.problem.probation"},
		{"probation comes first", stands(nil, member.Probationary, ago(5)), stands(died[:1], member.Probationary, ago(5)), "standing", "member.problem.follow"},
		{"nothing after death", stands(died[:1], member.Exempt, today), stands(died, member.Exempt, today), "standing", "member.problem.follow"},
		{"standing within a year", stands(nil, member.Official, ahead(366)), stands(nil, member.Official, ahead(367)), "from", "member.problem.far"},
		{"given by today", given(today), given(ahead(1)), "given_on", "member.problem.future"},
	}
}

func ofUnits() []pair {
	term := func(until when.Date) error {
		return organization.Term{Name: "2025 - 2030", From: ago(9), Until: until}.Check()
	}
	office := func(until when.Date) error {
		return organization.Office{Member: "m", Post: organization.Secretary, From: ago(9), Until: until}.Check(organization.Cell)
	}
	seat := func(until when.Date) error {
		return organization.Seat{Member: "m", Rank: organization.Head, From: ago(9), Until: until}.Check()
	}
	unit := func(parent organization.Level) error {
		return organization.Organization{Name: "Chi bộ 1", Level: organization.Cell, Kind: organization.Residential}.Check(organization.Organization{ID: "p", Level: parent})
	}
	post := func(l organization.Level) error {
		return organization.Office{Member: "m", Post: organization.Clerk, From: ago(9)}.Check(l)
	}
	votes := func(source string) error {
		s := organization.Defaults("r", "o")
		s.From, s.SealedVotes, s.SealedVotesSource = today, true, source
		return s.Check()
	}
	title := func(year int) error {
		return organization.Title{Year: year, Title: "Trong sạch, vững mạnh"}.Check(today)
	}
	return []pair{
		{"a term ends after it begins", term(ago(9)), term(ago(10)), "until", "organization.problem.until"},
		{"an office ends after it begins", office(ago(9)), office(ago(10)), "until", "organization.problem.until"},
		{"a seat ends after it begins", seat(ago(9)), seat(ago(10)), "until", "organization.problem.until"},
		{"a cell stands under a committee", unit(organization.Ward), unit(organization.Cell), "level", "organization.problem.place"},
		{"posts are those of the level", post(organization.Ward), post(organization.Cell), "post", "organization.problem.post"},
		{"secret votes rest on a decision", votes("01-QĐ/ĐU"), votes(""), "sealed_votes_source", "organization.problem.sealed_votes_source"},
		{"a title is of a year that has begun", title(today.Year), title(today.Year + 1), "year", "organization.problem.year"},
	}
}

func ofPapers() []pair {
	paper := func(dated, from, until when.Date) error {
		return library.Document{Level: library.Base, Source: library.Source{
			Number: "12-NQ/ĐU", Kind: "Nghị quyết", Body: "Đảng ủy phường", Title: "Về nước sạch", Date: dated, From: from, Until: until,
		}}.Validate(today)
	}
	stub := func(dated when.Date) error {
		return library.Stub{Number: "12-NQ/ĐU", DatedOn: dated, WhereKept: "Tủ văn phòng"}.Validate(today)
	}
	sent := func(form directive.Form, due when.Date, month when.Month) error {
		return directive.Directive{Citation: "Nghị quyết số 12-NQ/ĐU", Origin: directive.Committee, Form: form, Title: "Nước sạch", Text: "Vận động.", Due: due, Month: month}.Validate(today)
	}
	return []pair{
		{"signed by the day it is entered", paper(today, when.Date{}, when.Date{}), paper(ahead(1), when.Date{}, when.Date{}), "date", "library.problem.future"},
		{"no paper is older than the Party", paper(when.On(1930, time.February, 3), when.Date{}, when.Date{}), paper(when.On(1930, time.February, 2), when.Date{}, when.Date{}), "date", "library.problem.founded"},
		{"in force from its date", paper(ago(9), ago(9), when.Date{}), paper(ago(9), ago(10), when.Date{}), "from", "library.problem.from"},
		{"in force until after from", paper(ago(9), ago(5), ago(5)), paper(ago(9), ago(5), ago(6)), "until", "library.problem.until"},
		{"a paper kept elsewhere is signed too", stub(today), stub(ahead(1)), "dated_on", "library.problem.future"},
		{"work is due from today", sent(directive.ForWork, today, when.Month{}), sent(directive.ForWork, ago(1), when.Month{}), "due", "directive.problem.due"},
		{"work has a day", sent(directive.ForWork, ahead(9), when.Month{}), sent(directive.ForWork, when.Date{}, when.Month{}), "due", "directive.problem.task_due"},
		{"contents are for a meeting to come", sent(directive.ForAgenda, when.Date{}, today.In()), sent(directive.ForAgenda, when.Date{}, today.In().Add(-1)), "month", "directive.problem.month"},
	}
}

func ofMeetings() []pair {
	start := ahead(2).At(19, 30)
	met := func(at when.Instant) error {
		return meeting.Premeeting{HeldAt: at, Present: []string{"m"}, Agreed: "Thống nhất."}.Validate(meeting.Meeting{StartsAt: start})
	}
	month := func(at when.Date) error {
		return meeting.Meeting{Kind: meeting.Ordinary, Title: "Sinh hoạt", Month: today.In(), StartsAt: at.At(19, 30)}.Validate()
	}
	answer := func(reason meeting.Reason) error {
		return meeting.Response{Reply: meeting.Away, Reason: reason}.Validate()
	}
	prepared := func(due when.Date) error {
		return theme.Theme{Title: "Học tập Bác", Kind: meeting.Thematic, Month: today.In(), Due: due}.Validate()
	}
	excused := func(until when.Date) error {
		return briefing.Excuse{Member: "m", Until: until, Reason: "Ốm"}.Validate(today)
	}
	shown := func(on when.Date) error {
		return notebook.Showing{Members: []string{"m"}, ShownOn: on, InOrder: "yes"}.Validate(today)
	}
	seen := func(mark visit.Mark, remedy string, due when.Date) error {
		return visit.Remark{Head: visit.Conduct, Mark: mark, Text: "Ít ý kiến", Remedy: remedy, Due: due}.Check(today)
	}
	return []pair{
		{"the committee meets before the meeting", met(start), met(start + 1), "held_at", "meeting.problem.held_after"},
		{"a meeting lies near its month", month(today), month(ahead(120)), "starts_at", "meeting.problem.far"},
		{"who stays away says why", answer(meeting.Sick), answer(""), "reason", "meeting.problem.reason"},
		{"a theme is ready in its month", prepared(today.In().Last()), prepared(today.In().Last().AddDays(1)), "due", "theme.problem.due"},
		{"excused until a day to come", excused(ahead(1)), excused(today), "until", "briefing.problem.until"},
		{"excused for two years at most", excused(ahead(731)), excused(ahead(732)), "until", "briefing.problem.far"},
		{"shown by today", shown(today), shown(ahead(1)), "shown_on", "notebook.problem.day"},
		{"what is good needs no mending", seen(visit.Good, "", when.Date{}), seen(visit.Good, "Gợi ý", ahead(9)), "remedy", "visit.problem.good_remedy"},
		{"mended after it was seen", seen(visit.Limited, "Gợi ý", today), seen(visit.Limited, "Gợi ý", ago(1)), "due", "visit.problem.due_past"},
	}
}

func ofWork() []pair {
	work := func(change func(*task.Task)) error {
		x := task.Task{Title: "Vận động", Owners: []string{"m"}, Origin: task.ByLeader, GivenAt: worldtest.Now, Due: ahead(9)}
		change(&x)
		return x.Check()
	}
	due := func(on when.Date) error { return work(func(x *task.Task) { x.Due = on }) }
	hour := func(on when.Date) error { return work(func(x *task.Task) { x.Due, x.DueTime = on, "15:30" }) }
	target := func(unit string) error { return work(func(x *task.Task) { x.Target, x.Unit = 40, unit }) }
	source := func(text string) error {
		return work(func(x *task.Task) { x.Origin, x.Source = task.ByDirective, text })
	}
	judged := func(v task.Verdict, remedy string) error {
		return task.Judgement{Verdict: v, Cause: "Mưa lũ", Remedy: remedy}.Check()
	}
	mended := func(due when.Date) error {
		return quality.Remedy{Weakness: "Ít ý kiến", Remedy: "Gợi ý", Due: due}.Validate(today)
	}
	span := func(until when.Instant) error {
		return dossier.Span{From: worldtest.Now, Until: until}.Validate()
	}
	course := func(until when.Date) error {
		return training.Course{Title: "Bí thư chi bộ", Body: "Đảng ủy phường", From: today, Until: until}.Check()
	}
	return []pair{
		{"due after it was given", due(today), due(ago(1)), "due", "task.problem.due"},
		{"an hour is of a day", hour(today), hour(when.Date{}), "due_time", "task.problem.due_time"},
		{"a number counts something", target("hộ"), target(""), "unit", "task.problem.unit"},
		{"what was directed names the directive", source("12-NQ/ĐU"), source(""), "source", "task.problem.source"},
		{"what is not done has a remedy", judged(task.NotDone, "Làm bù"), judged(task.NotDone, ""), "remedy", "task.problem.remedy"},
		{"a fault is mended after it was found", mended(today), mended(ago(1)), "due", "quality.problem.due"},
		{"a time ends after it begins", span(worldtest.Now), span(worldtest.Now - 1), "until", "dossier.problem.until"},
		{"a course ends after it begins", course(today), course(ago(1)), "until", "training.problem.order"},
	}
}

func ofRatings() []pair {
	round := func(month when.Month, self, review when.Date) error {
		return rating.Round{Span: rating.Quarterly, Month: month, SelfBy: self, ReviewOn: review}.Check(today)
	}
	ruled := func(on when.Date) error {
		return rating.Ruling{Number: "12-QĐ/ĐU", Body: "Đảng ủy phường", On: on}.Check(today)
	}
	lines := rating.LinesOf(rating.Serving, nil)
	claims := func(l rating.Level) error {
		points := make(rating.Points, len(lines))
		for n, line := range lines {
			points[n] = line.Max * 8 / 10
		}
		return rating.Self{Points: points, Claim: l}.Check(lines)
	}
	votes := func(v rating.Votes) error { return rating.Rule{Base: 10}.Check(v) }
	quarter := today.In().Quarter().First()
	return []pair{
		{"a period has begun", round(quarter, today, today), round(quarter.Add(3), today, today), "month", "rating.problem.ahead"},
		{"reviewed after the self-rating", round(quarter, today, today), round(quarter, today, ago(1)), "review_on", "rating.problem.order"},
		{"decided by today", ruled(today), ruled(ahead(1)), "on", "rating.problem.future"},
		{"a level has its points", claims(rating.Good), claims(rating.Excellent), "claim", "rating.problem.band"},
		{"no level has less than no votes", votes(rating.Votes{Good: 10}), votes(rating.Votes{Good: -1, Done: 2}), "good", "rating.problem.votes"},
		{"no more votes than may vote", votes(rating.Votes{Good: 6, Done: 4}), votes(rating.Votes{Good: 6, Done: 5}), "invalid", "rating.problem.votes_sum"},
	}
}

// ofCounts holds sheets of a counting team against a vote by paper in a meeting of five, of
// whom four came and may vote.
func ofCounts(t *testing.T) []pair {
	t.Helper()
	setup := proceedings.Setup{Meeting: id.New(), Kind: proceedings.OrdinaryMeeting, Chair: "a", StartsAt: worldtest.Now, Rules: proceedings.RulesOn(today)}
	for _, name := range []string{"a", "b", "c", "d"} {
		setup.Roll = append(setup.Roll, proceedings.Person{ID: name, Name: name, Standing: "official", Votes: true, Summoned: true, Counts: true})
	}
	s, now := proceedings.Begin(setup), worldtest.Now
	act := func(kind proceedings.ActKind, body any) proceedings.Act {
		raw, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		now = now.Add(time.Minute)
		return proceedings.Act{ID: id.New(), Meeting: setup.Meeting, Kind: kind, At: now, By: "account", Body: raw}
	}
	do := func(kind proceedings.ActKind, body any) string {
		a := act(kind, body)
		if err := proceedings.Accept(s, a); err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		s = proceedings.Fold(s, a)
		return a.ID
	}
	do(proceedings.KindOpen, proceedings.OpenBody{})
	for _, p := range setup.Roll {
		do(proceedings.KindAttendance, proceedings.AttendanceBody{Member: p.ID, Status: proceedings.Present})
	}
	paper := do(proceedings.KindVoteOpen, proceedings.VoteOpenBody{Matter: proceedings.MatterResolution, Question: "Thông qua?", Method: proceedings.Ballot})
	hands := do(proceedings.KindVoteOpen, proceedings.VoteOpenBody{Matter: proceedings.MatterProgramme, Question: "Chương trình?", Method: proceedings.Hand})
	sheet := func(issued, returned, invalid, yes, no int) error {
		return proceedings.Accept(s, act(proceedings.KindVoteSheet, proceedings.VoteSheetBody{Vote: paper, Issued: issued, Returned: returned, Invalid: invalid, For: yes, Against: no, Head: "d"}))
	}
	count := func(yes, no int) error {
		return proceedings.Accept(s, act(proceedings.KindVoteCount, proceedings.VoteCountBody{Vote: hands, For: yes, Against: no}))
	}
	return []pair{
		{"no more ballots than voters", sheet(4, 4, 0, 4, 0), sheet(5, 4, 0, 4, 0), "issued", "room.problem.too_many_issued"},
		{"no more come back than were given out", sheet(4, 3, 0, 3, 0), sheet(3, 4, 0, 3, 0), "returned", "room.problem.returned"},
		{"no more are spoilt than come back", sheet(4, 2, 2, 0, 0), sheet(4, 2, 3, 0, 0), "invalid", "room.problem.spoilt"},
		{"valid ones are for, against or blank", sheet(4, 4, 1, 2, 1), sheet(4, 4, 1, 2, 2), "for", "room.problem.valid_sum"},
		{"no more hands than voters", count(3, 1), count(4, 1), "for", "room.problem.sum"},
	}
}
