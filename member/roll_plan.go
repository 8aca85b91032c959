package member

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"time"

	"chibo/kit/search"
	"chibo/kit/when"
)

// Deed says what taking in a line does.
type Deed string

// The deeds.
const (
	Add    Deed = "added"
	Change Deed = "changed"
	Leave  Deed = "unchanged"
	Refuse Deed = "refused"
)

// Deeds lists the deeds in the order in which they are counted.
var Deeds = []Deed{Add, Change, Leave, Refuse}

// Known is a person who is in the data of the base organisation already, with
// the records of how they stand in the cell of the import; those of other cells
// have none.
type Known struct {
	Member
	Records []Record
}

// Difference is one fact that a line changes.
type Difference struct {
	Column Column `json:"field"`
	From   string `json:"-"`
	To     string `json:"-"`
}

// Step is what becomes of one line.
type Step struct {
	Line
	Deed        Deed
	Differences []Difference
	// Member is the profile as it will be, with the id of the person known; records
	// are what will be recorded.
	Member  Member
	Records []Record
}

// Plan is what an import will do. Making it writes nothing.
type Plan struct {
	Roll  SheetRoll
	Steps []Step
	// Missing are people on the roll of whom the sheet says nothing. They are left
	// as they are.
	Missing []Entry
	known   []Known // with whom the sheet was compared
}

// Count returns how many lines come to deed d.
func (p Plan) Count(d Deed) int {
	n := 0
	for i := range p.Steps {
		if p.Steps[i].Deed == d {
			n++
		}
	}
	return n
}

// Problems returns all problems, those of the sheet first.
func (p Plan) Problems() []Problem {
	all := append([]Problem(nil), p.Roll.Problems...)
	for i := range p.Steps {
		all = append(all, p.Steps[i].Problems...)
	}
	return all
}

// Digest identifies the plan: two plans that do the same have the same digest. A
// confirmation carries it, so that what was seen is what is done.
func (p Plan) Digest() string {
	h := sha256.New()
	var step, whole []byte
	for i := range p.Steps {
		s := &p.Steps[i]
		step = append(strconv.AppendInt(step[:0], int64(s.Row), 10), s.Deed...)
		step = s.Member.appendFacts(append(step, apartBy...))
		for _, r := range s.Records {
			step = r.appendFacts(append(step, apartBy...))
		}
		whole = append(strconv.AppendInt(whole[:0], int64(len(step)), 10), ':')
		_, _ = h.Write(append(append(whole, step...), ',')) // a hash never fails to write
	}
	return hex.EncodeToString(h.Sum(nil))
}

// outcome returns the people known once the plan is carried out.
func (p *Plan) outcome() []Known {
	at := make(map[string]int, len(p.known))
	all := append(make([]Known, 0, len(p.known)+len(p.Steps)), p.known...)
	for i := range all {
		at[all[i].ID] = i
	}
	for i := range p.Steps {
		switch s := &p.Steps[i]; s.Deed {
		case Add:
			all = append(all, Known{s.Member, s.Records})
		case Change:
			k := &all[at[s.Member.ID]]
			k.Member = s.Member
			for _, r := range s.Records {
				same := func(other Record) bool { return other.From == r.From }
				k.Records = append(slices.DeleteFunc(slices.Clone(k.Records), same), r)
			}
		case Leave, Refuse:
		}
	}
	return all
}

// planner compares lines with the people known, of whom each can be meant once.
type planner struct {
	root, organization string
	today              when.Date
	known              []Known
	cards              map[string]int
	names              map[string][]int
	elsewhere          map[string][]when.Date // dates of birth of those of other cells, by name
	lines              []Line
	taken              map[int]*Line // by index of known
	named              map[int]bool  // those of whom the sheet says anything at all
	// Lines that add somebody, by card and by name.
	newCards map[string]*Line
	newNames map[string][]*Line
}

// Compare plans the import of a roll into the cell organization as of today. A
// person is known by the number of the card, else by name and date of birth;
// where one side does not know the date, by the name if nobody else has it.
func Compare(roll SheetRoll, root, organization string, known []Known, today when.Date) Plan {
	p := planner{
		root: root, organization: organization, today: today, known: known, lines: roll.Lines,
		cards: map[string]int{}, names: map[string][]int{}, elsewhere: map[string][]when.Date{}, taken: map[int]*Line{}, named: map[int]bool{},
		newCards: map[string]*Line{}, newNames: map[string][]*Line{},
	}
	for i := range known {
		k := &known[i]
		if k.CardNumber != "" {
			p.cards[k.CardNumber] = i
		}
		name := search.Identity(k.FullName)
		if len(k.Records) > 0 {
			p.names[name] = append(p.names[name], i)
		} else if !k.BornOn.IsZero() && k.BornKnown == Full {
			p.elsewhere[name] = append(p.elsewhere[name], k.BornOn)
		}
	}
	plan := Plan{Roll: roll, Steps: make([]Step, 0, len(roll.Lines)), known: known}
	for n := range roll.Lines {
		plan.Steps = append(plan.Steps, p.step(n))
	}
	for i := range known {
		k := &known[i]
		r, ok := On(k.Records, today)
		if !p.named[i] && ok && r.Standing.Listed() {
			plan.Missing = append(plan.Missing, Entry{Member: k.Member, Standing: r.Standing, Since: r.From})
		}
	}
	return plan
}

// step plans what becomes of line n.
func (p *planner) step(n int) Step {
	l := p.lines[n]
	name := search.Identity(l.FullName)
	at, found := p.find(&l, name)
	if found {
		p.named[at] = true
		if before, twice := p.taken[at]; twice {
			l.problem(Refusal, ColName, "member.roll.twice", "Cell", before.cell(ColName))
		} else if !l.Refused() { // a line that stays out does not keep a good one out
			p.taken[at] = &p.lines[n]
		}
	}
	s := Step{Line: l, Deed: Refuse, Member: l.Member}
	switch {
	case l.Refused():
	case found:
		s = p.change(l, &p.known[at])
	default:
		s = p.add(n, l, name)
	}
	if s.Refused() {
		s.Deed, s.Records = Refuse, nil
	}
	return s
}

// find returns the index of the person known whom a line means; name is what the name in the line
// is compared by.
func (p *planner) find(l *Line, name string) (at int, found bool) {
	if at, found = p.cards[l.CardNumber]; found && l.CardNumber != "" {
		k := &p.known[at]
		named := sameName(k.FullName, l.FullName)
		switch {
		case len(k.Records) == 0:
			l.problem(Refusal, ColCard, "member.roll.card_elsewhere")
		case !named && !p.sameBirth(l, &k.Member):
			l.problem(Refusal, ColCard, "member.roll.card_of_other")
		case !named:
			l.problem(Remark, ColName, "member.roll.renamed")
		}
		return at, true
	}
	var sure, maybe []int
	for _, i := range p.names[name] {
		switch k := &p.known[i]; {
		case l.BornOn.IsZero() != k.BornOn.IsZero():
			maybe = append(maybe, i)
		case p.sameBirth(l, &k.Member):
			sure = append(sure, i)
		}
	}
	switch {
	case len(sure) == 1:
		return sure[0], true
	case len(sure) > 1 || len(maybe) > 1:
		l.problem(Refusal, ColName, "member.roll.ambiguous")
	case len(maybe) == 1:
		l.problem(Remark, ColName, "member.roll.by_name")
		return maybe[0], true
	}
	return 0, false
}

// sameName reports whether two names are one, however they are written.
func sameName(a, b string) bool { return a == b || search.Identity(a) == search.Identity(b) }

// sameBirth reports whether the dates of birth may be the same day. Two that are
// not known are the same.
func (p *planner) sameBirth(l *Line, k *Member) bool {
	if l.BornOn.IsZero() || k.BornOn.IsZero() {
		return l.BornOn.IsZero() && k.BornOn.IsZero()
	}
	return sameDate(l.BornOn, l.BornKnown, k.BornOn, k.BornKnown)
}

// add plans a person who is new, by line n, unless a line before means the same one.
func (p *planner) add(n int, l Line, name string) Step {
	if before := p.before(&l, name); before != nil {
		l.problem(Refusal, ColName, "member.roll.twice", "Cell", before.cell(ColName))
		return Step{Line: l, Member: l.Member}
	}
	if l.CardNumber != "" {
		p.newCards[l.CardNumber] = &p.lines[n]
	}
	p.newNames[name] = append(p.newNames[name], &p.lines[n])
	if l.BornKnown == Full && slices.Contains(p.elsewhere[name], l.BornOn) {
		l.problem(Remark, ColName, "member.roll.maybe_elsewhere")
	}
	m := l.Member
	m.Root, m.Organization = p.root, p.organization
	return Step{Line: l, Deed: Add, Member: m, Records: p.firstRecords(&l)}
}

// before returns the line before l that adds the same person, nil where none does: by the
// card, else by name and birth where not both have a card.
func (p *planner) before(l *Line, name string) *Line {
	if other := p.newCards[l.CardNumber]; other != nil && l.CardNumber != "" {
		return other
	}
	for _, other := range p.newNames[name] {
		if p.sameBirth(l, &other.Member) && (l.CardNumber == "" || other.CardNumber == "") {
			return other
		}
	}
	return nil
}

// firstRecords are the records of a person who is new: the dates of the Party
// where they are known. A standing without a date holds from the start of the
// year, so that the meetings of this year can be entered.
func (p *planner) firstRecords(l *Line) []Record {
	january := when.On(p.today.Year, time.January, 1)
	var records []Record
	add := func(from when.Date, standing Standing) {
		if n := len(records); n > 0 && !records[n-1].From.Before(from) {
			records = records[:n-1] // the later one holds from that day
		}
		records = append(records, Record{Root: p.root, Organization: p.organization, From: from, Standing: standing})
	}
	if !l.AdmittedOn.IsZero() && (l.Standing == Probationary || !l.OfficialOn.IsZero()) {
		add(l.AdmittedOn, Probationary)
	}
	if !l.OfficialOn.IsZero() && l.Standing != Probationary && l.Standing != Here {
		add(l.OfficialOn, Official)
	}
	if n := len(records); n == 0 || records[n-1].Standing != l.Standing {
		from := january
		if n > 0 && !records[n-1].From.Before(from) {
			from = p.today
		}
		add(from, l.Standing)
	}
	return records
}

// change plans what a line changes of a person known. A cell without a value
// leaves what is there. The profile of somebody whose home is another cell is kept there: this one neither
// writes it nor is told what stands in it.
func (p *planner) change(l Line, k *Known) Step {
	if k.Organization != p.organization {
		return p.changeGuest(l, k)
	}
	m := k.Member
	var changes []Difference
	set := func(column Column, to *string, text string, same bool) {
		if text != "" && !same {
			changes = append(changes, Difference{column, *to, text})
			*to = text
		}
	}
	set(ColName, &m.FullName, l.FullName, sameName(l.FullName, m.FullName))
	for _, column := range textColumns {
		to, text := m.words(column), *l.words(column)
		set(column, to, text, *to == text)
	}
	if l.Sex != "" && l.Sex != m.Sex {
		changes = append(changes, Difference{ColSex, string(m.Sex), string(l.Sex)})
		m.Sex = l.Sex
	}
	day := func(column Column, to *when.Date, known *Precision, d when.Date, precision Precision) {
		coarser := sameDate(d, precision, *to, *known) && known.finer(precision)
		if d.IsZero() || d == *to && precision == *known || coarser {
			return
		}
		changes = append(changes, Difference{column, known.Text(*to), precision.Text(d)})
		*to, *known = d, precision
	}
	day(ColBorn, &m.BornOn, &m.BornKnown, l.BornOn, l.BornKnown)
	day(ColAdmitted, &m.AdmittedOn, &m.AdmittedKnown, l.AdmittedOn, l.AdmittedKnown)
	day(ColOfficial, &m.OfficialOn, &m.OfficialKnown, l.OfficialOn, l.OfficialKnown)
	s := Step{Line: l, Deed: Leave, Differences: changes, Member: m}
	if len(changes) > 0 {
		s.Member = m.Filed()
	}
	if s.Member.Check(p.today) != nil { // each side is right, but not both together
		s.problem(Refusal, ColName, "member.roll.contradicts")
	}
	p.changeStanding(&s, k)
	if len(s.Differences) > 0 || len(s.Records) > 0 {
		s.Deed = Change
	}
	return s
}

// changeGuest plans how somebody whose home is another cell stands in this one. The remark does not depend on
// whether the line says what stands in the profile, or it would tell.
func (p *planner) changeGuest(l Line, k *Known) Step {
	s := Step{Line: l, Deed: Leave, Member: k.Member}
	p.changeStanding(&s, k)
	if !s.Refused() {
		s.problem(Remark, ColName, "member.roll.home_elsewhere")
	}
	if len(s.Records) > 0 {
		s.Deed = Change
	}
	return s
}

// finer reports whether p knows at least as much of a date as q.
func (p Precision) finer(q Precision) bool {
	rank := map[Precision]int{Full: 2, MonthOnly: 1, YearOnly: 0}
	return rank[p] >= rank[q]
}

// changeStanding plans a record when the sheet says, or its dates show, that the
// person stands otherwise than recorded.
func (p *planner) changeStanding(s *Step, k *Known) {
	now, stands := On(k.Records, p.today)
	if !stands || !now.Standing.Listed() {
		s.problem(Refusal, ColName, "member.roll.left")
		return
	}
	becameOfficial := !s.Said && s.Line.Standing == Official && now.Standing == Probationary && !s.Line.OfficialOn.IsZero()
	if s.Line.Standing == now.Standing || !s.Said && !becameOfficial {
		return
	}
	from := p.today
	if s.Line.Standing == Official && now.From.Before(s.Line.OfficialOn) {
		from = s.Line.OfficialOn
	}
	r := Record{Root: k.Root, Organization: p.organization, Member: k.ID, From: from, Standing: s.Line.Standing}
	if CheckNext(k.Records, r, p.today) != nil {
		s.problem(Refusal, ColStanding, "member.problem.follow")
		return
	}
	s.Records = append(s.Records, r)
	s.Differences = append(s.Differences, Difference{ColStanding, string(now.Standing), string(r.Standing)})
}
