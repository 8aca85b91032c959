package room

import (
	"fmt"
	"slices"
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/web/part"
	"chibo/proceedings"
)

// electionCard holds the lists of those who stand, post by post, in the order in
// which they are elected. It stays folded in the meetings that elect nobody; in a congress
// it says first whether enough are there to elect.
func (p screen) electionCard() g.Node {
	held := len(p.s.Nominations) > 0
	if !held && !p.takes(proceedings.KindNominate) {
		return nil
	}
	posts := []string{proceedings.SecretaryPost, proceedings.DeputyPost}
	if p.s.Large() {
		posts = []string{proceedings.CommitteePost, proceedings.SecretaryPost, proceedings.DeputyPost}
	}
	all := g.Group{
		part.Muted(g.Text(p.electionOrder())),
		g.Map(posts, p.post),
	}
	if q, asked := p.s.Quorum(); asked {
		return part.Card(h.ID("room-election"), part.CardHead(p.t("room.election")), p.quorum(q), all)
	}
	if held {
		return part.Card(h.ID("room-election"), part.CardHead(p.t("room.election")), all)
	}
	return part.Card(h.ID("room-election"), part.Details(p.t("room.election.open"), h.ID("more-election"), all))
}

func (p screen) electionOrder() string {
	if p.s.Large() {
		return p.t("room.election.large")
	}
	return p.t("room.election.small")
}

// post is the list for one post with what can be done next.
func (p screen) post(post string) g.Node {
	var list []g.Node
	for _, n := range p.s.Nominations {
		if n.Post == post {
			list = append(list, p.nominationLine(n))
		}
	}
	return h.Section(h.ID("post-"+post), h.Class("room-vote"),
		h.H3(g.Text(postText(p.l, post))),
		g.If(len(list) == 0, part.Muted(g.Text(p.t("room.election.nobody")))),
		g.If(len(list) > 0, part.List(list...)),
		g.If(p.s.Exhausted(post), part.Note(part.Warn, g.Text(p.t("room.election.third")))),
		p.roundForm(post),
		p.nominateForm(post))
}

func (p screen) nominationLine(n proceedings.Nomination) g.Node {
	how := p.t("room.election.by_committee")
	switch {
	case n.Own():
		how = p.t("room.election.own")
	case n.By != "":
		how = p.t("room.election.by", "Name", p.s.Name(n.By))
	}
	elected := slices.Contains(p.s.Elected(n.Post), n.Member)
	w := n.Withdrawal
	said := g.Group{
		h.B(g.Text(p.s.Name(n.Member))), h.Small(g.Text(how)),
		g.If(w.Act != "", h.Small(g.Text(p.t("room.election.asked", "For", w.For, "Base", w.Base, "Needed", w.Needed)))),
	}
	switch {
	case elected:
		return part.Item(part.Grow(said), part.Tag(part.OK, p.t("room.election.elected")))
	case !n.Stands():
		return part.Item(part.Grow(said), part.Tag(part.Plain, p.t("room.election.withdrawn")))
	}
	f := with("withdraw-"+n.Post+"-"+n.Member, "post", n.Post, "member", n.Member)
	withdraw := p.more(proceedings.KindWithdraw, n.Post+n.Member, p.t("room.election.withdraw"), p.t("room.election.withdraw_button"), f)
	return part.Item(part.Grow(said, withdraw), p.mend(n.Entry))
}

func (p screen) nominateForm(post string) g.Node {
	f := with("nominate-"+post, "post", post)
	return p.more(proceedings.KindNominate, post, p.t("room.election.nominate"), p.t("room.election.nominate_button"), f)
}

// roundForm opens the next round, filled in with what follows from the rounds
// before: those who are equal, or those who still stand, and the seats left.
func (p screen) roundForm(post string) g.Node {
	standing := p.s.Standing(post)
	if len(standing) == 0 || !p.takes(proceedings.KindVoteOpen) || p.s.Exhausted(post) {
		return nil
	}
	race, seats := proceedings.Race{Post: post, Round: 1}, 1
	if post == proceedings.CommitteePost {
		seats = 0
	}
	rounds := p.s.Rounds(post)
	about := post + "-" + strconv.Itoa(len(rounds)) // what was typed for one round is nothing to the next
	if len(rounds) > 0 {
		last := rounds[len(rounds)-1]
		o := last.Result.Outcome
		if !last.IsClosed() || o.Left == 0 {
			return nil
		}
		seats, race.Round = o.Left, last.Race.Round+1
		if len(o.Tied) > 0 {
			standing, race.Round, race.Again = o.Tied, last.Race.Round, true
		}
	}
	f := with("round-"+post, "item", p.focus, "matter", string(proceedings.MatterElection), "question", race.Title(), "post", post)
	if seats > 0 {
		f.Values.Set("seats", strconv.Itoa(seats))
	}
	f.Values["candidates"] = standing
	if race.Round == 1 && !race.Again {
		return p.write(proceedings.KindVoteOpen, about, p.t("room.election.round"), f)
	}
	button := p.t("room.election.round_next", "Round", race.Round)
	if race.Again {
		button = p.t("room.election.round_again")
	}
	return p.write(proceedings.KindVoteOpen, about, button, f)
}

// round draws the fields of an election's round.
func (w writer) round() g.Node {
	post := w.f.Value("post")
	standing := w.s.Standing(post)
	for _, m := range w.f.Values["candidates"] {
		if !slices.Contains(standing, m) {
			standing = append(standing, m) // of a round that is over
		}
	}
	var people []part.Option
	for _, m := range standing {
		people = append(people, part.Option{Value: m, Text: w.s.Name(m)})
	}
	question := w.f.Hidden("question")
	if w.whole {
		question = w.f.Input("question", w.t("room.field.question"), part.Required)
	}
	seats := w.f.Hidden("seats")
	if post == proceedings.CommitteePost {
		seats = w.f.Number("seats", w.t("room.field.seats"), part.Short, part.Required, part.Help(w.t("room.field.seats.help")))
	}
	return g.Group{
		w.item(), w.f.Hidden("matter"), w.f.Hidden("post"), question,
		w.pick("candidates", w.t("room.field.candidates"), people),
		seats,
		g.If(w.s.Between(post, w.f.Values["candidates"]), w.f.Check("relative", w.t("room.field.relative"), part.Help(w.t("room.field.relative.help")))),
		g.If(w.s.Setup.SealedVotes, w.f.Radios("method", w.t("room.field.method"), choices(w.l, methodText, proceedings.Ballot, proceedings.Sealed), part.Line)),
	}
}

func (w writer) nominate() g.Node {
	post := w.f.Value("post")
	var people []part.Option
	for _, a := range w.s.Roll {
		n, there := w.s.Nomination(post, a.ID)
		if w.s.MayStand(post, a.ID) == nil && (w.whole || !there || !n.Stands()) {
			people = append(people, part.Option{Value: a.ID, Text: a.Name})
		}
	}
	return g.Group{
		w.f.Hidden("post"),
		w.pick("members", w.t("room.field.members"), people),
		w.one("by", w.t("room.field.by"), w.members(w.t("room.election.by_committee")), part.Help(w.t("room.field.by.help"))),
	}
}

func (w writer) withdraw() g.Node {
	return g.Group{
		w.f.Hidden("post"), w.f.Hidden("member"),
		w.f.Number("for", w.t("room.field.withdraw_for"), part.Short, part.Required, part.Help(w.t("room.field.withdraw_for.help"))),
	}
}

// ranks shows a counted round: the votes of each candidate and who is elected.
func (p screen) ranks(v proceedings.Vote) g.Node {
	r := v.Result
	var rows []part.Row
	for _, k := range r.Outcome.Ranks {
		tag := g.Text("")
		switch {
		case k.Elected:
			tag = part.Tag(part.OK, p.t("room.election.elected"))
		case k.Tied:
			tag = part.Tag(part.Warn, p.t("room.election.tied"))
		}
		rows = append(rows, part.Row{
			g.Text(p.s.Name(k.Member)), part.Number(fmt.Sprintf("%d/%d", k.Votes, r.Base)), part.Number(proceedings.Percent(k.Votes, r.Base)), tag,
		})
	}
	return g.Group{
		part.Table(v.Question, part.Heads(p.t("room.election.name"), p.t("room.election.votes"), p.t("room.election.share"), p.t("room.election.result")), rows...),
		part.Muted(g.Text(p.t("room.vote.threshold", "Rule", r.Rule.Words(), "Base", r.Base, "Needed", r.Needed))),
		g.If(!v.Possible(), part.Note(part.Bad, g.Text(p.t("room.vote.impossible")))),
		g.If(v.Possible() && v.Onwards() != "", part.Note(part.Warn, g.Text(v.Onwards()))),
	}
}
