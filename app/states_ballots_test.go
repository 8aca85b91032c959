package app_test

import (
	"net/url"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/ballot"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/id"
	"chibo/meeting"
	"chibo/member"
	"chibo/organization"
)

// ballotStates are polls, a public and a secret one side by side: chưa mở, đang bỏ phiếu, đã kiểm
// phiếu, đã rút lại. What somebody may do hangs on having a ballot and on having used it.
var ballotStates = kind{
	name: "ballots", letters: "cmkr", aside: "aside", tells: true,
	relations: []string{"không có phiếu", "chưa bỏ phiếu", "đã bỏ phiếu"},
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		roll, err := member.Roll(t.Context(), h.w.App.DB, h.known["secretary"].Root, h.cell, worldtest.Now.Date())
		must(t, err)
		var entitled []string
		for _, e := range roll[:ballot.FewestCast+1] {
			entitled = append(entitled, e.ID)
		}
		of := record{places: map[string]string{"{open}": h.poll(t, state, false, entitled), "{secret}": h.poll(t, state, true, entitled)}}
		of.form = func(string) url.Values { return url.Values{"choice": {"002"}} }
		of.as = func(who access.Person, relation string) access.Person {
			who.Root = h.known["secretary"].Root
			switch relation {
			case "chưa bỏ phiếu":
				who.Member = entitled[0]
			case "đã bỏ phiếu":
				who.Member = entitled[1]
			}
			return who
		}
		return of
	},
}

// poll holds a poll in which all have voted but the first, until it is in a state; the id of
// one that is still to come belongs to nothing.
func (h *house) poll(t *testing.T, state string, secret bool, entitled []string) string {
	t.Helper()
	if state == "c" {
		return somebody()
	}
	ctx, s, root := t.Context(), h.w.App.Ballots, h.known["secretary"].Root
	if secret {
		h.letVoteInSecret(t)
	}
	p := ballot.Poll{
		Root: root, Meeting: h.w.Meeting(meeting.Open), ID: id.New(), Organization: h.cell, Question: "Có đồng ý không?", Choose: 1, Secret: secret,
		Options: []ballot.Option{{ID: "a", Text: "A"}, {ID: "b", Text: "B"}}, Entitled: entitled,
	}
	must(t, h.w.App.DB.Tx(ctx, func(tx *db.Tx) error { return s.Open(ctx, tx, p) }))
	for _, m := range entitled[1:] {
		must(t, s.Cast(ctx, access.Person{Root: root, Member: m}, p.ID, []string{"a"}))
	}
	must(t, h.w.App.DB.Tx(ctx, func(tx *db.Tx) (err error) {
		switch state {
		case "k":
			_, err = s.Close(ctx, tx, root, p.ID)
		case "r":
			err = s.Withdraw(ctx, tx, root, p.ID)
		}
		return err
	}))
	return p.ID
}

// letVoteInSecret has the first cell decide that it votes in secret by telephone.
func (h *house) letVoteInSecret(t *testing.T) {
	t.Helper()
	ctx, secretary := t.Context(), h.known["secretary"]
	set, err := organization.SettingsOn(ctx, h.w.App.DB, secretary.Root, h.cell, worldtest.Now.Date())
	must(t, err)
	if !set.SealedVotes {
		set.Organization, set.From = h.cell, worldtest.Now.Date()
		set.SealedVotes, set.SealedVotesSource = true, "Nghị quyết số 12 của chi bộ"
		must(t, h.w.App.Organizations.Settle(ctx, secretary, set))
	}
}
