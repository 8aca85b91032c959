package world

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/lesson"
	"chibo/meeting"
	"chibo/proceedings"
)

// sitting writes the log of one evening.
type sitting struct {
	c     *cell
	state proceedings.State
	theme concern
	month when.Month
	at    when.Instant
	acts  []proceedings.Act
	here  []proceedings.Person // in the room
	votes int                  // how many of them may vote
	spoke int                  // how many times somebody was chosen to speak
	talks int                  // how many discussions there were
}

// put adds an act and lets some time pass; it returns the id of the act.
func (s *sitting) put(k proceedings.ActKind, body any, passes time.Duration) string {
	raw, err := json.Marshal(body)
	if err != nil {
		panic(err) // bodies of acts are flat
	}
	a := proceedings.Act{ID: id.New(), Meeting: s.state.Setup.Meeting, Kind: k, At: s.at, Body: raw}
	s.acts = append(s.acts, a)
	s.at = s.at.Add(passes)
	return a.ID
}

// hold lets the meeting happen from its opening to its closing.
func (b *builder) hold(ctx context.Context, c *cell, meetingID string, m when.Month) error {
	s, err := b.sit(ctx, c, meetingID)
	if err != nil {
		return err
	}
	for _, i := range s.state.Setup.Agenda {
		s.item(i)
	}
	s.finish()
	if err := b.enter(ctx, s); err != nil {
		return err
	}
	c.next, err = b.draftAfter(ctx, c, m)
	return err
}

// sit begins the log: opening and roll.
func (b *builder) sit(ctx context.Context, c *cell, meetingID string) (*sitting, error) {
	state, err := b.app.Rooms.StateOf(ctx, b.app.DB, c.org.Root, meetingID)
	if err != nil {
		return nil, fmt.Errorf("room of %s: %w", c.name, err)
	}
	begins := state.Setup.StartsAt.Add(time.Duration(c.r.IntN(6)) * time.Minute)
	s := &sitting{c: c, state: state, at: begins, month: state.Setup.StartsAt.Date().In()}
	s.theme = c.themeOf(s.month)
	s.put(proceedings.KindOpen, proceedings.OpenBody{Began: begins}, 0)
	for _, p := range state.Setup.Roll {
		s.mark(p)
	}
	s.at = begins.Add(time.Minute)
	for _, g := range state.Setup.Guests {
		if c.r.IntN(3) == 0 {
			s.put(proceedings.KindGuest, proceedings.GuestBody{Guest: g.ID}, time.Second)
		}
	}
	return s, nil
}

// enter appends what was written, as a device does: a hundred acts at a time.
func (b *builder) enter(ctx context.Context, s *sitting) error {
	for acts := range slices.Chunk(s.acts, 100) {
		answers, err := b.app.Rooms.Append(ctx, s.c.secretary, s.state.Setup.Meeting, acts)
		if err != nil {
			return fmt.Errorf("acts of %s: %w", s.c.name, err)
		}
		for i, a := range answers {
			if a.Err != nil {
				return fmt.Errorf("act %s of %s: %w", acts[i].Kind, s.c.name, a.Err)
			}
		}
	}
	return nil
}

// mark says where a member is tonight.
func (s *sitting) mark(p proceedings.Person) {
	m := proceedings.AttendanceBody{Member: p.ID, Status: proceedings.Present}
	chance := s.c.r.IntN(100)
	leads := p.Post != "" || p.ID == s.state.Setup.MinuteTaker
	switch {
	case p.Excuse != "":
		m.Status, m.Reason = proceedings.Excused, p.Excuse
	case !p.Counts && !p.Votes: // away or suspended
		return
	case !p.Counts && chance < 70:
		return // exempt, and at home
	case !leads && chance < 3:
		m.Status, m.Reason = proceedings.Excused, "sick"
	case !leads && chance < 4:
		m.Status = proceedings.Unexcused
	case !leads && chance < 8:
		m.Status = proceedings.Late
	}
	begins := s.at
	if m.Status == proceedings.Late {
		s.at = begins.Add(time.Duration(5+s.c.r.IntN(15)) * time.Minute)
	}
	if m.Status == proceedings.Present || m.Status == proceedings.Late {
		s.here = append(s.here, p)
		if p.Votes {
			s.votes++
		}
	}
	s.put(proceedings.KindAttendance, m, 0)
	s.at = begins
}

// someone returns one who is in the room, not twice the same in a row.
func (s *sitting) someone() string {
	s.spoke++
	return s.here[(s.spoke*7+s.c.r.IntN(3))%len(s.here)].ID
}

// item plays one item of the agenda.
func (s *sitting) item(i proceedings.Planned) {
	s.put(proceedings.KindItemStart, proceedings.ItemStartBody{Item: i.ID}, 30*time.Second)
	ends := s.at.Add(time.Duration(max(1, i.Minutes)) * time.Minute)
	note := func(text string) {
		s.put(proceedings.KindNote, proceedings.NoteBody{Item: i.ID, Text: text}, time.Minute)
	}
	switch meeting.ItemKind(i.Kind) {
	case meeting.Opening:
		s.put(proceedings.KindDues, proceedings.DuesBody{Paid: len(s.state.Setup.Roll) - 1, Owing: 1, Text: "Một đồng chí nộp trong tuần."}, time.Minute)
	case meeting.Information:
		note(currentAffairs.pick(s.c.r))
	case meeting.Directive:
		note("Quán triệt văn bản mới của cấp trên; liên hệ với nhiệm vụ của chi bộ.")
	case meeting.Report:
		note(reports.pick(s.c.r))
	case meeting.Review:
		s.judge()
	case meeting.Criticism:
		s.put(proceedings.KindOpinion, proceedings.OpinionBody{Item: i.ID, Speaker: s.someone(), Stance: proceedings.Inform, Text: criticisms.pick(s.c.r)}, 2*time.Minute)
	case meeting.Theme:
		note("Trình bày chuyên đề, liên hệ thực tiễn " + s.theme.title + " của chi bộ.")
	case meeting.Discussion:
		if i.Title == lesson.ItemTitle {
			note("Chi bộ tiếp thu; phân công phó bí thư theo dõi việc làm theo.")
			break
		}
		s.discuss(i.ID, s.topic())
	case meeting.Tasks:
		s.give(i.ID)
	case meeting.Answer:
		s.settleCarried()
	case meeting.Resolution:
		s.resolve(i.ID)
	case meeting.Scoring:
		note("Chi bộ tự đánh giá buổi sinh hoạt: đúng trình tự, nhiều ý kiến sát thực tế.")
	case meeting.Minutes:
		s.adopt()
	case meeting.Closing:
		s.put(proceedings.KindCommend, proceedings.CommendBody{Member: s.someone(), Form: proceedings.Praise, Text: praises.pick(s.c.r)}, time.Minute)
	}
	if s.at < ends {
		s.at = ends
	}
}

// judge gives a verdict on the tasks whose day has come.
func (s *sitting) judge() {
	day := s.state.Setup.StartsAt.Date()
	for _, t := range s.state.Setup.Tasks {
		if day.Before(t.Due) {
			continue
		}
		v := proceedings.VerdictBody{Task: t.ID, Verdict: proceedings.DoneFine, Report: reportsOfTasks.pick(s.c.r), Reached: t.Target}
		switch n := s.c.r.IntN(10); {
		case n < 3:
			v.Verdict = proceedings.DoneWell
		case n == 8:
			v.Verdict, v.Cause = proceedings.DoneLate, causes.pick(s.c.r)
		case n == 9:
			v.Verdict, v.Cause, v.Remedy, v.Reached = proceedings.NotDone, causes.pick(s.c.r), remedies.pick(s.c.r), t.Target/2
		}
		s.put(proceedings.KindVerdict, v, time.Minute)
	}
}

// topic returns what a discussion is about: the month's concern, and where a theme
// is treated too, the next month's one first.
func (s *sitting) topic() concern {
	s.talks++
	if s.talks == 1 && s.state.Setup.Kind == string(meeting.Combined) {
		return s.c.themeOf(s.month.Next())
	}
	return s.theme
}

// discuss lets people speak and answers what asks for an answer.
func (s *sitting) discuss(item string, about concern) {
	say := func(stance proceedings.Stance, text string) string {
		return s.put(proceedings.KindOpinion, proceedings.OpinionBody{Item: item, Speaker: s.someone(), Stance: stance, Text: text}, 3*time.Minute)
	}
	for n, text := range about.opinions {
		stance := proceedings.Inform
		if n == len(about.opinions)-1 {
			stance = proceedings.Agree
		}
		say(stance, text)
	}
	proposal := say(proceedings.Propose, about.proposal)
	s.put(proceedings.KindDestiny, s.destiny(proposal), time.Minute)
	if s.c.r.IntN(3) == 0 {
		other := say(proceedings.Differ, "Theo tôi nên làm từng bước, tháng này tập trung một việc cho dứt điểm.")
		s.put(proceedings.KindDestiny, proceedings.DestinyBody{Opinion: other, Fate: proceedings.Explained, Text: "Chi ủy đã cân nhắc nhân lực; việc nào cũng có người phụ trách riêng."}, time.Minute)
	}
	for range 1 + s.c.r.IntN(3) {
		say(proceedings.Agree, "")
	}
	s.put(proceedings.KindConclude, proceedings.ConcludeBody{Item: item, Text: about.conclusion}, time.Minute)
}

// destiny is what becomes of a proposal.
func (s *sitting) destiny(opinion string) proceedings.DestinyBody {
	d := proceedings.DestinyBody{Opinion: opinion, Fate: proceedings.IntoConclusion}
	switch s.c.r.IntN(4) {
	case 0:
		d.Fate, d.Text = proceedings.PassedUp, "Gửi kèm báo cáo tháng của chi bộ."
	case 1:
		d.Fate, d.Text, d.Who, d.Due = proceedings.ToStudy, "Khảo sát rồi báo cáo kỳ tới.", s.c.people[1].ID, s.due()
	}
	return d
}

// due is the day before the next meeting.
func (s *sitting) due() when.Date {
	return s.c.settings.StartsAt(s.month.Next()).Date().AddDays(-1)
}

// give gives the tasks of the coming month.
func (s *sitting) give(item string) {
	next := s.c.themeOf(s.month.Next())
	for _, t := range []concern{s.theme, next} {
		s.put(proceedings.KindTask, proceedings.TaskBody{
			Item: item, Title: t.task, Owners: s.owners(), Due: s.due(), DoneWhen: t.doneWhen, Target: t.target, Unit: t.unit,
		}, time.Minute)
	}
	s.put(proceedings.KindTask, proceedings.TaskBody{
		Item: item, Title: "Chuẩn bị tin thời sự tháng " + s.month.Next().Slashed(), Owners: []string{s.someone()}, Due: s.due(),
	}, time.Minute)
}

// owners are one or two people of the room.
func (s *sitting) owners() []string {
	first, second := s.someone(), s.someone()
	if first == second || s.c.r.IntN(2) == 0 {
		return []string{first}
	}
	return []string{first, second}
}

// settleCarried answers what earlier meetings have left open.
func (s *sitting) settleCarried() {
	for _, p := range s.state.Setup.Carried {
		if p.Subject == "" || s.c.r.IntN(3) == 0 {
			continue
		}
		s.put(proceedings.KindDestiny, proceedings.DestinyBody{Opinion: p.Subject, Fate: proceedings.Explained, Text: "Đã làm rõ và trả lời tại buổi sinh hoạt."}, time.Minute)
	}
	for _, a := range s.acts {
		if a.Kind == proceedings.KindGuest {
			var g proceedings.GuestBody
			if json.Unmarshal(a.Body, &g) == nil && g.Guest != "" {
				s.put(proceedings.KindGuidance, proceedings.GuidanceBody{Speaker: g.Guest, Text: guidances.pick(s.c.r)}, 2*time.Minute)
			}
		}
	}
}

// resolve puts the draft resolution to the vote.
func (s *sitting) resolve(item string) {
	s.put(proceedings.KindConclude, proceedings.ConcludeBody{Item: item, Text: "Chi bộ thống nhất nội dung dự thảo nghị quyết và các ý kiến đã tiếp thu."}, time.Minute)
	vote := s.put(proceedings.KindVoteOpen, proceedings.VoteOpenBody{
		Item: item, Matter: proceedings.MatterResolution, Question: "Thông qua nghị quyết tháng " + s.month.Slashed(),
	}, 30*time.Second)
	s.put(proceedings.KindVoteCount, proceedings.VoteCountBody{Vote: vote, For: s.votes - s.c.r.IntN(2)}, 30*time.Second)
	s.put(proceedings.KindVoteClose, proceedings.VoteCloseBody{Vote: vote}, 30*time.Second)
}

func (s *sitting) adopt() {
	s.put(proceedings.KindReadback, proceedings.ReadbackBody{}, 3*time.Minute)
	s.put(proceedings.KindAdopt, proceedings.AdoptBody{For: len(s.here)}, time.Minute)
}

// finish closes the meeting; minutes that no item of the agenda has brought are
// adopted before.
func (s *sitting) finish() {
	adopted := false
	for _, a := range s.acts {
		adopted = adopted || a.Kind == proceedings.KindAdopt
	}
	if !adopted {
		s.adopt()
	}
	s.put(proceedings.KindClose, proceedings.CloseBody{}, 0)
}
