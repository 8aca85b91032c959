package minutes

import (
	"fmt"
	"strconv"
	"strings"

	"chibo/kit/when"
	"chibo/proceedings"
)

// roll writes who was there, who was not and why, and who was not expected.
func (c *composer) roll() {
	t := c.state.Tally()
	var late, left, excused, unexcused, apart, extra, after []string
	var entries []proceedings.Entry
	official, people := 0, c.state.People()
	for _, a := range c.state.Roll {
		if a.Votes {
			official++
		}
		entries = append(entries, a.Entry)
		if a.Came() && !a.Counts {
			extra = append(extra, a.Name+bracket(standing(a.Standing)))
		}
		if c.state.Afterwards(a) && !c.state.Opening.Paper {
			after = append(after, a.Name)
		}
		switch {
		case a.Status == proceedings.Late:
			late = append(late, a.Name+clock(" (", a.Arrived, ")"))
		case a.Status == proceedings.Left:
			left = append(left, a.Name+clock(" (lúc ", a.LeftAt, ")"))
		case a.Came():
		case !a.Counts:
			apart = append(apart, a.Name+bracket(standing(a.Standing)))
		case a.Status == proceedings.Excused:
			excused = append(excused, a.Name+bracket(reason(a.Reason)))
		case a.Status == proceedings.Unexcused:
			unexcused = append(unexcused, a.Name)
		}
	}
	c.record.Roll = Count{Listed: t.Listed, Counted: t.Counted, Came: t.CountedCame, Excused: len(excused), Unexcused: len(unexcused), NotCounted: len(apart)}
	lines := []string{
		fmt.Sprintf("Tổng số đảng viên của chi bộ: %d đồng chí, trong đó %d đồng chí có quyền biểu quyết.", t.Listed, official),
		fmt.Sprintf("Có mặt: %d/%d %s, đạt %s.", t.CountedCame, t.Counted, people, proceedings.Percent(t.CountedCame, t.Counted)),
	}
	if c.state.Beside() {
		lines[0] = fmt.Sprintf("Thành phần được mời: %d người.", t.Listed)
	}
	list := func(title string, names []string) {
		if len(names) > 0 {
			lines = append(lines, fmt.Sprintf("%s: %d %s: %s.", title, len(names), people, strings.Join(names, ", ")))
		}
	}
	list("Đến muộn", late)
	list("Về sớm", left)
	list("Vắng có lý do", excused)
	list("Vắng không có lý do", unexcused)
	list("Vắng, không tính vào tỷ lệ dự", apart)
	list("Có dự, không tính vào tỷ lệ dự", extra)
	list("Điểm danh bổ sung sau khi bế mạc", after)
	c.add(Passage{Key: "roll", Composed: strings.Join(lines, "\n")}, entries...)
}

// reason names a coded reason of absence.
func reason(code string) string {
	switch code {
	case proceedings.SickReason:
		return "ốm"
	case proceedings.OnDutyReason:
		return "công tác, trực"
	case proceedings.FamilyReason:
		return "việc gia đình"
	case proceedings.FarReason:
		return "đi xa"
	case proceedings.StudyReason:
		return "đi học"
	}
	return ""
}

// standing names why a member is not expected at a meeting.
func standing(s string) string {
	switch s {
	case proceedings.ExemptStanding:
		return "miễn sinh hoạt"
	case proceedings.AwayStanding:
		return "tạm thời sinh hoạt nơi khác"
	case proceedings.SuspendedStanding:
		return "đình chỉ sinh hoạt"
	default:
		return ""
	}
}

func (c *composer) itemHeading(i proceedings.Item) {
	c.item = i.ID
	c.heading("item."+i.ID, strings.TrimRight(i.Title, ". "), 2)
}

// hasContents reports whether something was entered under an item; one of the
// main part only needs to have begun.
func (c *composer) hasContents(i proceedings.Item) bool {
	s := c.state
	return i.Progress == proceedings.Skipped || portion(i.Kind) == 2 && i.Progress != proceedings.Ahead ||
		has(s.Notes, func(n proceedings.Note) bool { return n.Item == i.ID }) ||
		has(s.Opinions, func(o proceedings.Opinion) bool { return o.Item == i.ID }) ||
		has(s.Conclusions, func(k proceedings.Conclusion) bool { return k.Item == i.ID }) ||
		has(s.Votes, func(v proceedings.Vote) bool { return v.Item == i.ID })
}

func has[T any](list []T, is func(T) bool) bool {
	for _, v := range list {
		if is(v) {
			return true
		}
	}
	return false
}

// itemContents writes what was said and decided under an item.
func (c *composer) itemContents(i proceedings.Item) {
	if i.Progress == proceedings.Skipped {
		c.say("skipped."+i.ID, i.Entry, "Nội dung này không tiến hành. Lý do: %s", sentence(i.Reason))
		return
	}
	if i.Presenter != "" && !i.Started.IsZero() && portion(i.Kind) > 1 {
		c.say("presenter."+i.ID, proceedings.Entry{}, "Đồng chí %s trình bày.", i.Presenter)
	}
	c.saidUnder(i.ID)
}

// saidUnder writes notes, opinions, votes and conclusions of one item; the empty
// id stands for none.
func (c *composer) saidUnder(item string) {
	s := c.state
	for _, n := range s.Notes {
		if n.Item == item {
			c.say("note."+n.Act, n.Entry, "%s", n.Text)
		}
	}
	for _, o := range s.Opinions {
		if o.Item == item {
			c.opinion(o)
		}
	}
	for _, v := range s.Votes {
		if v.Item == item {
			c.vote(v)
		}
	}
	for _, k := range s.Conclusions {
		if k.Item == item && item != "" {
			c.say("conclusion."+k.Act, k.Entry, "%s%s", concluded("**Kết luận:** ", k.Text), sentence(k.Text))
		}
	}
}

// concluded is the title before a conclusion, unless a set phrase has named who
// concludes.
func concluded(title, text string) string {
	if strings.HasPrefix(text, "Đồng chí ") {
		return ""
	}
	return title
}

// loose writes what was entered under no item, or under one that is gone.
func (c *composer) loose() {
	s := c.state
	none := func(item string) bool { _, ok := s.Item(item); return !ok }
	if has(s.Notes, func(n proceedings.Note) bool { return none(n.Item) }) || has(s.Opinions, func(o proceedings.Opinion) bool { return none(o.Item) }) ||
		has(s.Votes, func(v proceedings.Vote) bool { return none(v.Item) }) {
		c.heading("other", "Nội dung khác", 2)
		c.saidUnder("")
	}
}

// opinion writes one opinion under the name of its speaker, with what became of
// it.
func (c *composer) opinion(o proceedings.Opinion) {
	name := c.state.Name(o.Speaker)
	text := fmt.Sprintf("**Đồng chí %s**", name)
	said := strings.TrimSpace(o.Text)
	rest, named := strings.CutPrefix(said, "Đồng chí "+name)
	switch {
	case said == "":
		text += " nhất trí."
	case named: // a set phrase has put the name into the text
		text += " " + sentence(rest)
	default:
		text += fmt.Sprintf(" %s: %s", stance(o.Stance), sentence(said))
	}
	c.add(Passage{Key: "opinion." + o.Act, Composed: text + after(" ", c.destiny(o.Destiny))}, o.Entry, o.Destiny.Entry)
}

func stance(s proceedings.Stance) string {
	switch s {
	case proceedings.Agree:
		return "nhất trí"
	case proceedings.Differ:
		return "có ý kiến khác"
	case proceedings.Propose:
		return "đề nghị"
	case proceedings.Ask:
		return "hỏi"
	case proceedings.Inform:
	}
	return "phát biểu"
}

// destiny writes what the meeting made of an opinion.
func (c *composer) destiny(d proceedings.Destiny) string {
	said := sentence(d.Text)
	phrased := strings.HasPrefix(said, "Đồng chí ") || strings.HasPrefix(said, capital(c.body())+" ") // a set phrase is a sentence of its own
	if phrased && (d.Fate == proceedings.IntoConclusion || d.Fate == proceedings.Explained) {
		return said
	}
	switch d.Fate {
	case proceedings.IntoConclusion:
		return capital(c.body()) + " tiếp thu, đưa vào kết luận." + after(" ", said)
	case proceedings.Explained:
		return "Chủ trì giải thích, làm rõ: " + said
	case proceedings.PassedUp:
		return "Chi bộ kiến nghị lên cấp trên." + after(" ", said)
	case proceedings.ToStudy:
		return fmt.Sprintf("Giao đồng chí %s nghiên cứu, trả lời trước ngày %s.", c.state.Name(d.Who), d.Due.Slashed()) + after(" ", said)
	}
	return ""
}

// vote writes a vote with its arithmetic.
func (c *composer) vote(v proceedings.Vote) {
	if !v.Counted() {
		return
	}
	how := map[proceedings.Method]string{
		proceedings.Hand: "giơ tay", proceedings.Ballot: "phiếu kín", proceedings.Phone: "công khai, bằng điện thoại", proceedings.Sealed: "phiếu kín, bằng điện thoại",
	}[v.Method]
	text := fmt.Sprintf("**Biểu quyết** (%s): %s\n%s", how, sentence(v.Question), c.state.Words(v))
	last := v.Last()
	if names := c.names(last.AgainstNames); names != "" {
		text += fmt.Sprintf("\nKhông tán thành: %s.", names)
	}
	if names := c.names(last.OtherNames); names != "" {
		text += fmt.Sprintf("\nÝ kiến khác: %s.", names)
	}
	text += after("\n", c.state.CountedBy(v))
	c.add(Passage{Key: "vote." + v.ID, Composed: text}, v.Entry, last.Entry, last.Confirmed.Entry, v.Closed)
}

// commended writes praise, reminders and criticism.
func (c *composer) commended() {
	if len(c.state.Commended) == 0 {
		return
	}
	c.heading("commended", "Biểu dương, nhắc nhở, phê bình", 2)
	words := map[proceedings.Form]string{proceedings.Praise: "Biểu dương", proceedings.Reminder: "Nhắc nhở", proceedings.Criticism: "Phê bình"}
	for _, m := range c.state.Commended {
		c.say("commended."+m.Act, m.Entry, "%s đồng chí %s: %s", words[m.Form], c.state.Name(m.Member), sentence(m.Text))
	}
}

// guidance writes the words of superiors.
func (c *composer) guidance() {
	if len(c.state.Guidance) == 0 {
		return
	}
	c.heading("guidance", "Ý kiến chỉ đạo của cấp trên", 2)
	for _, k := range c.state.Guidance {
		c.say("guidance."+k.Act, k.Entry, "**Đồng chí %s:** %s", c.visitor(k.Speaker), sentence(k.Text))
	}
}

// visitor names a guest with office and organisation, a member by name.
func (c *composer) visitor(id string) string {
	for _, g := range c.state.Guests {
		if g.ID == id {
			return titled(g.Name, g.Office, g.Organisation)
		}
	}
	return c.state.Name(id)
}

func (c *composer) anyJudged() bool {
	return has(c.state.Judged, func(j proceedings.Judged) bool { return j.Verdict != "" })
}

// judged writes the table of last month's tasks.
func (c *composer) judged() {
	if !c.anyJudged() {
		return
	}
	t := &Table{Columns: []Column{
		{"TT", .07, true}, {"Nhiệm vụ", .27, false}, {"Người thực hiện", .19, false}, {"Đánh giá", .14, true}, {"Kết quả, nguyên nhân, biện pháp", .33, false},
	}}
	var entries []proceedings.Entry
	for _, j := range c.state.Judged {
		if j.Verdict == "" {
			continue
		}
		entries = append(entries, j.Entry)
		t.Rows = append(t.Rows, []string{
			strconv.Itoa(len(t.Rows) + 1), j.Title, c.names(j.Owners), verdict(j.Verdict), remarks(j),
		})
	}
	c.record.Judged = t
	c.add(Passage{Key: "judged", Composed: capital(c.body()) + " đánh giá kết quả thực hiện nhiệm vụ được giao:", Table: t}, entries...)
}

func verdict(v proceedings.Verdict) string {
	switch v {
	case proceedings.DoneWell:
		return "Hoàn thành tốt"
	case proceedings.DoneFine:
		return "Hoàn thành"
	case proceedings.DoneLate:
		return "Hoàn thành chậm"
	case proceedings.NotDone:
		return "Chưa hoàn thành"
	}
	return ""
}

func remarks(j proceedings.Judged) string {
	var out []string
	if j.Target > 0 {
		out = append(out, fmt.Sprintf("Đạt %d/%d %s.", j.Reached, j.Target, j.Unit))
	}
	out = append(out, sentence(j.Report), after("Nguyên nhân: ", sentence(j.Cause)), after("Biện pháp: ", sentence(j.Remedy)))
	return strings.Join(strings.Fields(strings.Join(out, " ")), " ")
}

// tasks writes the table of tasks given.
func (c *composer) tasks() {
	if len(c.state.Tasks) == 0 {
		return
	}
	t := &Table{Columns: []Column{{"TT", .07, true}, {"Nhiệm vụ", .45, false}, {"Người thực hiện", .29, false}, {"Thời hạn", .19, true}}}
	var entries []proceedings.Entry
	for _, g := range c.state.Tasks {
		title := g.Title
		if g.Target > 0 {
			title += fmt.Sprintf(" (chỉ tiêu: %d %s)", g.Target, g.Unit)
		}
		title += after(". Yêu cầu: ", strings.TrimRight(g.DoneWhen, ". "))
		entries = append(entries, g.Entry)
		t.Rows = append(t.Rows, []string{strconv.Itoa(len(t.Rows) + 1), title, c.names(g.Owners), g.Due.Slashed()})
	}
	c.record.Tasks = t
	c.add(Passage{Key: "tasks", Composed: c.assigns(), Table: t}, entries...)
}

// assigns leads to the table of tasks.
func (c *composer) assigns() string {
	if c.state.Beside() {
		return "Cuộc họp phân công nhiệm vụ như sau:"
	}
	return capital(c.body()) + " phân công nhiệm vụ cho đảng viên như sau:"
}

// papers finds what the second paper says: the resolution that was passed, or
// the conclusions.
func (c *composer) papers() {
	s := c.state
	for _, v := range s.Votes {
		if v.Rule.Matter == proceedings.MatterResolution && v.IsClosed() && v.Result.Passed && strings.TrimSpace(s.Resolution.Text) != "" {
			c.record.Resolution, c.record.Passed = s.Resolution.Text, v.Result.Share()
		}
	}
	for _, k := range s.Conclusions {
		c.record.Conclusion = append(c.record.Conclusion, k.Text)
	}
	for _, o := range s.Objections {
		c.record.Objections = append(c.record.Objections, Objection{s.Name(o.Speaker), o.Passage, o.Text})
	}
}

func (c *composer) names(ids []string) string {
	var out []string
	for _, id := range ids {
		if name := c.state.Name(id); name != "" {
			out = append(out, name)
		}
	}
	return strings.Join(out, ", ")
}

func clock(before string, at when.Instant, end string) string {
	if at.IsZero() {
		return ""
	}
	return before + at.Clock() + end
}
