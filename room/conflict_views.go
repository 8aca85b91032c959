package room

import (
	"cmp"
	"encoding/json"
	"strconv"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/web/part"
	"chibo/proceedings"
)

// conflicts shows above everything else what two devices have written differently,
// for somebody to choose.
func (p screen) conflicts() g.Node {
	if len(p.s.Conflicts) == 0 {
		return nil
	}
	return part.Card(h.ID("room-conflicts"), part.Bad, h.Role("region"), h.Aria("labelledby", "room-conflicts-title"),
		h.Header(h.H2(h.ID("room-conflicts-title"), g.Text(p.t("room.conflict.title"))), part.Tag(part.Bad, strconv.Itoa(len(p.s.Conflicts)))),
		h.P(h.Role("status"), g.Text(p.t("room.conflict.text"))),
		g.Map(p.s.Conflicts, p.conflict))
}

func (p screen) conflict(c proceedings.Conflict) g.Node {
	id := "conflict-" + c.Sides[0].Act
	return h.Section(h.Class("room-conflict"), h.Aria("labelledby", id),
		h.H3(h.ID(id), g.Text(p.placeWords(c.Place))),
		g.If(c.Blocks(), part.Muted(g.Text(p.t("room.conflict.blocks")))),
		h.Ul(h.Class("room-sides"), g.Map(c.Sides, p.side)))
}

// side is one of the acts to choose from, in words, with the key that chooses it.
func (p screen) side(s proceedings.Side) g.Node {
	says := p.sideWords(s)
	return h.Li(h.ID("side-"+s.Act), g.If(s.Holds, h.Class("now")),
		h.Div(h.Class("room-words room-said"), h.TabIndex("0"), h.Role("group"), h.Aria("label", short(says, 120)), g.Text(says)),
		h.Small(g.Text(strings.Join(nonEmpty(p.writers[s.By], p.t("room.conflict.at", "Time", p.l.Clock(s.At)), p.machine(s)), " · "))),
		g.If(s.Holds, h.P(part.Tag(part.Info, p.t("room.conflict.holds")))),
		g.If(p.takes(proceedings.KindChoose), p.key(proceedings.KindChoose, p.t("room.conflict.choose"), "chosen", s.Act, part.Primary, part.Wide, part.IconCheck,
			h.Aria("label", p.t("room.conflict.choose_what", "What", short(says, 120))))))
}

// machine says on which device a side was written, seen from this one.
func (p screen) machine(s proceedings.Side) string {
	switch {
	case s.Device == "":
		return p.t("room.conflict.server")
	case s.Device == p.device:
		return p.t("room.conflict.here")
	}
	return p.t("room.conflict.elsewhere")
}

// placeWords names a place as people know it.
func (p screen) placeWords(at proceedings.Place) string {
	name := ""
	switch at.Kind {
	case proceedings.CountPlace, proceedings.ResultPlace:
		v, _ := p.s.Vote(at.Ref)
		name = v.Question
	case proceedings.ItemPlace:
		i, _ := p.s.Item(at.Ref)
		name = i.Title
	case proceedings.VerdictPlace:
		j, _ := p.s.Due(at.Ref)
		name = j.Title
	case proceedings.DestinyPlace:
		o, _ := p.s.Opinion(at.Ref)
		m, _ := p.s.Matter(at.Ref)
		name = cmp.Or(o.Text, m.Text)
	case proceedings.MarkPlace:
		name = p.s.Name(at.Ref)
	case proceedings.WithdrawalPlace:
		_, member, _ := strings.Cut(at.Ref, " ")
		name = p.s.Name(member)
	case proceedings.CorrectionPlace:
		if a, ok := p.s.Act(at.Ref); ok {
			name = kindText(p.l, a.Kind)
		}
	}
	return p.t("room.conflict.place."+string(at.Kind), "Name", short(name, 120))
}

// sideWords says what a side puts into its place.
func (p screen) sideWords(s proceedings.Side) string {
	switch b := s.Body.(type) {
	case *proceedings.VoteCountBody:
		return p.t("room.conflict.count", "For", b.For, "Against", b.Against)
	case *proceedings.VoteSheetBody:
		return p.sheetWords(b)
	case *proceedings.AttendanceBody:
		words := []string{statusText(p.l, b.Status)}
		if b.Reason != "" {
			words = append(words, reasonText(p.l, b.Reason))
		}
		return strings.Join(words, " · ")
	case *proceedings.ItemStartBody, *proceedings.ItemFinishBody, *proceedings.VoteCloseBody:
		return kindText(p.l, s.Kind) + " · " + p.l.Clock(s.At)
	case *proceedings.ItemSkipBody:
		return kindText(p.l, s.Kind) + " · " + b.Reason
	case *proceedings.VerdictBody:
		return strings.Join(nonEmpty(verdictText(p.l, b.Verdict), positive(b.Reached), b.Report, b.Cause, b.Remedy), " · ")
	case *proceedings.DestinyBody:
		return fateText(p.l, b.Fate) + ": " + p.destinyWords(proceedings.Destiny{Text: b.Text, Who: b.Who, Due: b.Due})
	case *proceedings.WithdrawBody:
		return p.t("room.conflict.withdrawal", "For", b.For)
	case *proceedings.ResolutionBody:
		return b.Text
	case *proceedings.WordingBody:
		return cmp.Or(b.Text, p.t("room.conflict.wording"))
	case *proceedings.AdoptBody:
		return p.t("room.conflict.count", "For", b.For, "Against", b.Against)
	case *proceedings.OpenBody:
		return strings.Join(nonEmpty(p.l.Clock(cmp.Or(b.Began, s.At)), p.s.Name(b.Chair), p.s.Name(b.MinuteTaker), b.Place), " · ")
	case *proceedings.CloseBody:
		return p.l.Clock(cmp.Or(b.Ended, s.At))
	case *proceedings.CorrectBody:
		return p.correctionWords(b, s)
	}
	return ""
}

// sheetWords says what a count sheet has counted: for and against, or the ballots for
// each candidate.
func (p screen) sheetWords(b *proceedings.VoteSheetBody) string {
	words := []string{p.t("room.conflict.sheet", "Issued", b.Issued, "Returned", b.Returned, "Invalid", b.Invalid)}
	v, _ := p.s.Vote(b.Vote)
	if !v.Race.Held() {
		return words[0] + "\n" + p.t("room.conflict.count", "For", b.For, "Against", b.Against)
	}
	for n, m := range v.Race.Candidates {
		if n < len(b.Votes) {
			words = append(words, p.s.Name(m)+": "+b.Votes[n])
		}
	}
	return strings.Join(words, "\n")
}

// correctionWords says what a correction puts in place of its act.
func (p screen) correctionWords(b *proceedings.CorrectBody, s proceedings.Side) string {
	target, ok := p.s.Act(b.Corrects)
	if !ok || b.Void {
		return p.t("room.conflict.void")
	}
	fix, ok := p.s.Act(s.Act)
	if !ok {
		return ""
	}
	now, err := proceedings.Corrected(target.Kind, fix.Body, false)
	if err != nil {
		return ""
	}
	if words := p.sideWords(proceedings.Side{Entry: s.Entry, Kind: target.Kind, Body: now}); words != "" {
		return words
	}
	raw, err := json.Marshal(now)
	if err != nil {
		return ""
	}
	return p.gist(proceedings.Act{Kind: target.Kind, Body: raw})
}
