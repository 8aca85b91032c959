package app

import (
	"strings"
	"unicode/utf8"

	"chibo/account"
	"chibo/briefing"
	"chibo/care"
	"chibo/collective"
	"chibo/conference"
	"chibo/digest"
	"chibo/directive"
	"chibo/document"
	"chibo/dossier"
	"chibo/kit/access"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/lesson"
	"chibo/library"
	"chibo/matter"
	"chibo/meeting"
	"chibo/member"
	"chibo/minutes"
	"chibo/news"
	"chibo/notebook"
	"chibo/notice"
	"chibo/organization"
	"chibo/pilot"
	"chibo/plan"
	"chibo/privacy"
	"chibo/quality"
	"chibo/rating"
	"chibo/report"
	"chibo/study"
	"chibo/supervision"
	"chibo/task"
	"chibo/theme"
	"chibo/training"
	"chibo/visit"
	"chibo/witness"
)

// place is one entry of the navigation: who sees it, and whether it stands at the
// thumb on a phone.
type place struct {
	section, url string
	icon         part.Icon
	need         access.Need
	tab          bool
}

// groups are the places in the order in which a reader meets them.
var groups = []struct {
	title  string
	places []place
}{
	{"", []place{
		{"home", "/", part.IconHome, access.SignedIn, true},
		{"inbox", "/inbox", part.IconBell, access.SignedIn, true},
		{"lookup", "/lookup", part.IconSearch, access.SignedIn, false},
	}},
	{"app.nav.group.cell", []place{
		{"meetings", "/meetings", part.IconCalendar, meeting.Follow, true},
		{"collectives", "/collectives", part.IconSpeech, collective.Keep, false},
		{"minutes", "/minutes", part.IconPaper, minutes.MayRead, false},
		{"quality", "/quality", part.IconChart, quality.MayRead, false},
		{"briefings", "/briefings", part.IconSpeech, briefing.Read, false},
		{"themes", "/themes", part.IconNotebook, theme.Follow, false},
		{"directives", "/directives", part.IconDown, directive.See, false},
		{"tasks", "/tasks", part.IconCheck, task.MayRead, true},
		{"matters", "/matters", part.IconUp, matter.MayRead, false},
		{"pilots", "/pilots", part.IconStar, pilot.MayRead, false},
		{"conferences", "/conferences", part.IconPeople, conference.MayRead, false},
		{"plans", "/plans", part.IconFlag, plan.Keep, false},
		{"lessons", "/lessons", part.IconFlag, lesson.MayRead, false},
		{"members", "/members", part.IconPeople, member.Read, false},
		{"ratings", "/ratings", part.IconStar, rating.See, false},
		{"study", "/study", part.IconBook, study.See, false},
		{"training", "/training", part.IconStar, training.Own, false},
		{"care", "/care", part.IconHand, care.See, false},
		{"news", "/news", part.IconSpeech, news.MayRead, false},
		{"years", "/years", part.IconBook, report.MayRead, false},
	}},
	{"app.nav.group.office", []place{
		{"board", "/board", part.IconChart, supervision.MayOversee, false},
		{"scores", "/scores", part.IconCheck, quality.MayConfirm, false},
		{"visits", "/visits", part.IconEye, visit.Follow, false},
		{"digests", "/digests", part.IconPaper, digest.MayCompose, false},
		{"organizations", "/organizations", part.IconTree, organization.Read, false},
		{"numbers", "/numbers", part.IconCopy, document.MayRead, false},
		{"accounts", "/accounts", part.IconKey, account.Manage, false},
		{"privacy", "/privacy", part.IconLock, privacy.Handle, false},
		{"dossiers", "/dossiers", part.IconPaper, dossier.Pack, false},
		{"library", "/library", part.IconBook, library.Read, false},
		{"heads", "/heads", part.IconLock, witness.See, false},
	}},
	{"app.nav.group.own", []place{
		{"notebook", "/notebook", part.IconNotebook, notebook.Own, false},
		{"data", "/me/data", part.IconLock, access.SignedIn, false},
		{"me", "/me", part.IconPerson, access.SignedIn, false},
	}},
}

// nav draws up what stands around every page for the person who asks. A failure to
// count the unread notices leaves the number out: the page matters more.
func (a *App) nav(c *web.Ctx) web.Nav {
	n := web.Nav{Brand: c.L.T("kit.brand"), Mark: "CB"}
	if !c.Who.SignedIn() {
		return n
	}
	if home, ok := c.Who.Home(); ok {
		n.Unit = home.Name
		n.Mark = mark(home.Name)
	}
	unread, err := notice.Unread(c.Context(), a.DB, c.Who)
	if err != nil {
		a.Log.ErrorContext(c.Context(), "unread notices", "error", err)
	}
	for _, g := range groups {
		group := web.Group{}
		if g.title != "" {
			group.Title = c.L.T(g.title)
		}
		for _, p := range g.places {
			if c.Who.Check(p.need) != nil {
				continue
			}
			link := web.Link{Section: p.section, URL: p.url, Icon: p.icon, Text: c.L.Of("app.nav", p.section)}
			if p.section == "inbox" {
				link.Badge = unread
			}
			group.Links = append(group.Links, link)
			if p.tab {
				n.Tabs = append(n.Tabs, link)
			}
		}
		if len(group.Links) > 0 {
			n.Groups = append(n.Groups, group)
		}
	}
	return n
}

// mark is two letters for a unit: the first of its first two words after the word
// for its kind.
func mark(name string) string {
	words := strings.Fields(strings.TrimPrefix(strings.TrimPrefix(name, "Chi bộ "), "Đảng bộ "))
	var b strings.Builder
	for _, w := range words[:min(2, len(words))] {
		r, _ := utf8.DecodeRuneInString(w)
		b.WriteRune(r)
	}
	return strings.ToUpper(b.String())
}
