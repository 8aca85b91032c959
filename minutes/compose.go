package minutes

import (
	"fmt"
	"strings"

	"chibo/kit/when"
	"chibo/proceedings"
)

// Compose writes the minutes of a meeting as its acts tell it now. It never
// fails: what is not known yet is left out.
func Compose(s proceedings.State) Record {
	c := composer{state: s, record: Record{
		Meeting: s.Setup.Meeting, Cell: s.Setup.Cell, Congress: s.Congress(), Beside: s.Beside(), Title: subject(s.Setup),
		Began: s.Opening.Began, Ended: s.Closing.Ended, Chair: s.Opening.Chair, MinuteTaker: s.Opening.MinuteTaker,
		Closed: s.Phase == proceedings.Closed, ReadBack: len(s.Readbacks) > 0, Adopted: s.Adopted(),
	}}
	if c.record.Began.IsZero() { // the room is not open yet
		c.record.Began, c.record.Chair, c.record.MinuteTaker = s.Setup.StartsAt, s.Setup.Chair, s.Setup.MinuteTaker
	}
	c.record.ChairName, c.record.TakerName = s.Name(c.record.Chair), s.Name(c.record.MinuteTaker)
	for _, p := range s.Setup.Roll {
		if p.ID == c.record.Chair {
			c.record.ChairPost = p.Post
		}
	}
	c.opening()
	c.main()
	c.ending()
	c.papers()
	c.record.Counts = countsOf(s)
	c.word()
	return c.record
}

// composer fills a record from a state.
type composer struct {
	state  proceedings.State
	record Record
	facts  map[string]when.Instant // by passage: when the last fact under it was entered or corrected
	item   string                  // item of the agenda that is being written
}

// add appends a passage unless it says nothing.
func (c *composer) add(p Passage, from ...proceedings.Entry) {
	if p.Composed == "" && p.Table == nil && p.Heading == "" {
		return
	}
	p.Item = c.item
	if c.facts == nil {
		c.facts = map[string]when.Instant{}
	}
	for _, e := range from {
		c.facts[p.Key] = max(c.facts[p.Key], e.At, e.Corrected)
	}
	c.record.Passages = append(c.record.Passages, p)
}

func (c *composer) heading(key, text string, level int) {
	c.add(Passage{Key: key, Heading: text, Level: level})
}

func (c *composer) say(key string, from proceedings.Entry, format string, args ...any) {
	c.add(Passage{Key: key, Composed: fmt.Sprintf(format, args...)}, from)
}

// word puts the wordings of the minute-taker over the composed passages.
func (c *composer) word() {
	for i := range c.record.Passages {
		p := &c.record.Passages[i]
		if w, ok := c.state.Wordings[p.Key]; ok {
			p.Worded = w.Text
			p.Stale = c.facts[p.Key] > max(w.At, w.Corrected)
		}
	}
}

// subject is the trích yếu of the papers of a meeting.
func subject(s proceedings.Setup) string {
	month := s.StartsAt.Date()
	when := fmt.Sprintf("tháng %d năm %d", month.Month, month.Year)
	switch s.Kind {
	case proceedings.ThematicMeeting:
		return "sinh hoạt chi bộ chuyên đề, " + when
	case proceedings.CombinedMeeting:
		return "sinh hoạt chi bộ thường kỳ và chuyên đề " + when
	case proceedings.CongressMeeting:
		return congressOf(s.Cell)
	case proceedings.ExtraordinaryMeeting:
		return "họp chi bộ bất thường, " + month.Long()
	case proceedings.ProfessionalMeeting, proceedings.UnionMeeting:
		return uncapital(s.Title)
	}
	return "sinh hoạt chi bộ thường kỳ " + when
}

// portion says in which of the three parts an item stands.
func portion(kind string) int {
	switch kind {
	case proceedings.OpeningItem:
		return 1
	case proceedings.TasksItem, proceedings.AnswerItem, proceedings.ResolutionItem, proceedings.ScoringItem, proceedings.MinutesItem, proceedings.ClosingItem:
		return 3
	default:
		return 2
	}
}

// opening writes part I: reason, guests, secretary, roll, dues, agenda.
func (c *composer) opening() {
	s := c.state
	place := s.Opening.Place
	if place == "" {
		place = s.Setup.Place
	}
	text := fmt.Sprintf("Vào hồi %s, %s", c.record.Began.Clock(), c.record.Began.Date().Long())
	if place != "" {
		text += ", tại " + place
	}
	if s.Congress() {
		text += fmt.Sprintf(", %s được tiến hành.", c.record.Title)
	} else {
		text += fmt.Sprintf(", %s tiến hành %s.", c.record.Cell, c.record.Title)
	}
	if s.Opening.Paper {
		text += fmt.Sprintf("\n%s được ghi chép trên giấy; nội dung được nhập vào phần mềm lúc %s, %s.", c.gathering(),
			s.Opening.At.Clock(), s.Opening.At.Date().Long())
	}
	c.add(Passage{Key: "opening", Composed: text}, s.Opening.Entry)
	c.heading("part.1", "Phần mở đầu", 1)
	c.roll()
	c.validity()
	c.officers()
	for _, d := range s.Dues {
		c.say("dues."+d.Act, d.Entry, "%s", duesText(d))
	}
	c.agenda()
	for _, i := range s.Items {
		if portion(i.Kind) == 1 {
			c.itemContents(i)
		}
	}
}

func duesText(d proceedings.Dues) string {
	text := fmt.Sprintf("Tình hình đảng phí: %d đồng chí đã đóng", d.Paid)
	if d.Owing > 0 {
		text += fmt.Sprintf(", %d đồng chí chưa đóng", d.Owing)
	}
	return sentence(text) + after(" ", sentence(d.Text))
}

func (c *composer) officers() {
	var lines []string
	if name := c.title(c.record.Chair); name != "" {
		lines = append(lines, "Chủ trì: "+name+".")
	}
	if name := c.title(c.record.MinuteTaker); name != "" {
		lines = append(lines, "Thư ký ghi biên bản: "+name+".")
	}
	c.add(Passage{Key: "officers", Composed: strings.Join(lines, "\n")}, c.state.Opening.Entry)
	var guests []string
	for _, g := range c.state.Guests {
		if g.Here {
			guests = append(guests, titled(g.Name, g.Office, g.Organisation))
		}
	}
	if len(guests) > 0 {
		c.say("guests", proceedings.Entry{}, "Đại biểu dự: %s.", strings.Join(guests, "; "))
	}
}

func (c *composer) agenda() {
	var b strings.Builder
	n := 0
	for _, i := range c.state.Items {
		if i.Kind == proceedings.OpeningItem {
			continue
		}
		n++
		fmt.Fprintf(&b, "\n%d. %s", n, sentence(i.Title))
	}
	if n > 0 {
		c.say("agenda", proceedings.Entry{}, "Chương trình %s:%s", strings.ToLower(c.gathering()), b.String())
	}
}

// main writes part II: the items in the order of the agenda, then what belongs to
// no item.
func (c *composer) main() {
	c.heading("part.2", "Nội dung và diễn biến", 1)
	reviewed := false
	for _, i := range c.state.Items {
		kind := i.Kind
		if portion(kind) != 2 || !c.hasContents(i) && !(kind == proceedings.ReviewItem && c.anyJudged()) {
			continue
		}
		c.itemHeading(i)
		c.itemContents(i)
		if kind == proceedings.ReviewItem && !reviewed {
			reviewed = true
			c.judged()
		}
		c.item = ""
	}
	if !reviewed && c.anyJudged() {
		c.heading("judged.heading", "Kết quả thực hiện nhiệm vụ được giao", 2)
		c.judged()
	}
	c.commended()
	c.guidance()
	c.loose()
}

// ending writes part III: conclusions, tasks, the minutes themselves, the end.
func (c *composer) ending() {
	c.heading("part.3", "Phần kết thúc", 1)
	given := false
	for _, i := range c.state.Items {
		kind := i.Kind
		if portion(kind) != 3 || !c.hasContents(i) && kind != proceedings.TasksItem {
			continue
		}
		if kind == proceedings.TasksItem && len(c.state.Tasks) == 0 && !c.hasContents(i) {
			continue
		}
		c.itemHeading(i)
		c.itemContents(i)
		if kind == proceedings.TasksItem && !given {
			given = true
			c.tasks()
		}
		c.item = ""
	}
	if !given && len(c.state.Tasks) > 0 {
		c.heading("tasks.heading", "Phân công nhiệm vụ", 2)
		c.tasks()
	}
	for _, k := range c.state.Conclusions {
		if k.Item == "" {
			c.say("conclusion."+k.Act, k.Entry, "%s%s", concluded("**Kết luận chung của chủ trì:** ", k.Text), sentence(k.Text))
		}
	}
	c.adoption()
}

// adoption writes how the minutes were read and adopted and when the meeting
// ended.
func (c *composer) adoption() {
	s := c.state
	if len(s.Objections) > 0 || s.Adopted() {
		c.heading("adoption.heading", "Thông qua biên bản", 2)
	}
	for _, o := range s.Objections {
		c.say("objection."+o.Act, o.Entry, "Đồng chí %s có ý kiến về biên bản: %s", s.Name(o.Speaker), sentence(o.Text))
	}
	if s.Adopted() {
		text := "Biên bản được đọc lại trước " + c.body() + " và được thông qua"
		if len(s.Readbacks) == 0 {
			text = "Biên bản được " + c.body() + " thông qua"
		}
		if a := s.Adoption; a.Vote == "" && a.For > 0 {
			text += fmt.Sprintf(": %d %s tán thành, %d %[2]s không tán thành", a.For, s.People(), a.Against)
		}
		c.say("adoption", s.Adoption.Entry, "%s.", text)
	}
	if s.Phase == proceedings.Closed {
		day := "cùng ngày"
		if s.Closing.Ended.Date() != c.record.Began.Date() {
			day = s.Closing.Ended.Date().Long()
		}
		c.say("closing", s.Closing.Entry, "%s kết thúc lúc %s, %s (%s).", c.gathering(), s.Closing.Ended.Clock(), day, lasted(s.Lasted(0)))
	}
}

// title is how a member is named with the office in the cell.
func (c *composer) title(id string) string {
	for _, p := range c.state.Setup.Roll {
		if p.ID == id {
			return "đồng chí " + titled(p.Name, office(p.Post), "")
		}
	}
	if name := c.state.Name(id); name != "" {
		return "đồng chí " + name
	}
	return ""
}

// office names a post in the cell as minutes do.
func office(post string) string {
	switch post {
	case "secretary":
		return "Bí thư Chi bộ"
	case "deputy":
		return "Phó Bí thư Chi bộ"
	case "committee_member":
		return "Chi ủy viên"
	}
	return post // of people beside the cell in words of their own
}
