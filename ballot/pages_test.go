package ballot_test

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chibo/app/world/worldtest"
	"chibo/ballot"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/id"
	"chibo/meeting"
	"chibo/member"
	"chibo/organization"
)

// evening opens polls in the first cell's meeting that runs.
type evening struct {
	*worldtest.World
	root, cell string
}

func newEvening(t *testing.T, w *worldtest.World) evening {
	t.Helper()
	who := w.Person("secretary")
	home, _ := who.Home()
	s := organization.Defaults(home.Root, home.Organization)
	s.From, s.SealedVotes, s.SealedVotesSource = worldtest.Now.Date(), true, "Quy chế làm việc của chi bộ"
	if err := w.App.Organizations.Settle(t.Context(), who, s); err != nil {
		t.Fatal(err)
	}
	return evening{w, home.Root, home.Organization}
}

// poll opens a poll for everybody on the roll who may vote.
func (e evening) poll(t *testing.T, secret bool, choose int, texts ...string) ballot.Poll {
	t.Helper()
	roll, err := member.Roll(t.Context(), e.App.DB, e.root, e.cell, worldtest.Now.Date())
	if err != nil {
		t.Fatal(err)
	}
	p := ballot.Poll{
		Root: e.root, Meeting: e.Meeting(meeting.Open), ID: id.New(), Organization: e.cell,
		Question: "Đề nghị công nhận đảng viên chính thức?", Secret: secret, Choose: choose,
	}
	for _, text := range texts {
		p.Options = append(p.Options, ballot.Option{ID: strings.ToLower(text), Text: text})
	}
	for _, m := range roll {
		if m.Standing.MayVote() {
			p.Entitled = append(p.Entitled, m.ID)
		}
	}
	e.inTx(t, func(ctx context.Context, tx *db.Tx) error { return e.App.Ballots.Open(ctx, tx, p) })
	return p
}

func (e evening) inTx(t *testing.T, f func(context.Context, *db.Tx) error) {
	t.Helper()
	if err := e.App.DB.Tx(t.Context(), func(tx *db.Tx) error { return f(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

func TestBallotOnThePhone(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		e := newEvening(t, w)
		p := e.poll(t, true, 1, "Tán thành", "Không tán thành")
		for _, s := range []struct {
			who, path, step, choice string
			status                  int
			want, absent            []string
		}{
			{who: "stranger", path: p.Path(), status: 303},
			{who: "other member", path: p.Path(), status: 404, absent: []string{p.Question}},
			{who: "probationary", path: p.Path(), status: 404, absent: []string{p.Question}},
			{who: "member", path: "/", status: 200, want: []string{p.Question, "Bỏ phiếu kín", p.Path()}},
			{who: "member", path: "/meetings/" + p.Meeting, status: 200, want: []string{p.Path()}},
			{who: "probationary", path: "/meetings/" + p.Meeting, status: 200, absent: []string{p.Path()}},
			{who: "member", path: p.Path(), status: 200, want: []string{p.Question, "Không tán thành", "Phiếu trắng", "quản trị máy chủ đang chạy", "Đã bỏ phiếu 0/"}},
			{who: "member", path: p.Path(), step: "look", status: 422, want: []string{"Hãy chọn một phương án"}},
			{who: "member", path: p.Path(), step: "look", choice: "009", status: 422},
			{who: "member", path: p.Path(), step: "look", choice: "002", status: 200, want: []string{"Gửi phiếu", "Chọn lại", `value="002"`}},
			{who: "member", path: p.Path(), step: "edit", choice: "002", status: 200, want: []string{"Tiếp tục"}},
			{who: "member", path: p.Path(), status: 200, want: []string{"Đã bỏ phiếu 0/"}},
			{who: "other member", path: p.Path(), step: "cast", choice: "001", status: 404},
			{who: "probationary", path: p.Path(), step: "cast", choice: "001", status: 404},
			{who: "member", path: p.Path(), step: "cast", choice: "002", status: 303},
			{who: "member", path: p.Path(), status: 200, want: []string{"Phiếu đã nhận", "Đã bỏ phiếu 1/", `href="/phones/` + p.Meeting}, absent: []string{"tán thành", "Tán thành", "Gửi phiếu"}},
			{who: "member", path: p.Path(), step: "cast", choice: "001", status: 303},
			{who: "member", path: "/", status: 200, want: []string{"Phiếu đã nhận"}},
			{who: "secretary", path: p.Path(), status: 200, want: []string{"Đã bỏ phiếu 1/"}, absent: []string{"Phiếu đã nhận"}},
		} {
			var a worldtest.Answer
			if s.step == "" {
				a = w.As(s.who).Get(s.path)
			} else {
				a = w.As(s.who).Post(s.path, "choice", s.choice, "step", s.step)
			}
			if a.Status != s.status {
				t.Errorf("%s %s %s%s: %d, want %d", s.who, s.path, s.step, s.choice, a.Status, s.status)
			}
			for _, text := range s.want {
				if !strings.Contains(a.Body, text) {
					t.Errorf("%s %s %s%s: lacks %q", s.who, s.path, s.step, s.choice, text)
				}
			}
			for _, text := range s.absent {
				if strings.Contains(a.Body, text) {
					t.Errorf("%s %s %s%s: shows %q", s.who, s.path, s.step, s.choice, text)
				}
			}
		}
	})
}

func TestNamesOnThePhone(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		e := newEvening(t, w)
		p := e.poll(t, false, 2, "Lê Thị Minh", "Vũ Quang Huy", "Trần Văn Hòa")
		v := w.As("member")
		if a := v.Get(p.Path()); !strings.Contains(a.Body, "Bầu nhiều nhất 2") || !strings.Contains(a.Body, "công khai") {
			t.Errorf("the ballot: %s", a.Body)
		}
		cast := func(step string, answers ...string) worldtest.Answer {
			return v.Post(p.Path(), "o001", answers[0], "o002", answers[1], "o003", answers[2], "step", step)
		}
		if a := cast("look", "1", "1", "1"); a.Status != 422 || !strings.Contains(a.Body, "nhiều nhất 2") {
			t.Errorf("three of two: %d", a.Status)
		}
		if a := cast("look", "1", "", "1"); a.Status != 422 || !strings.Contains(a.Body, "Hãy chọn Bầu hoặc Không bầu.") {
			t.Errorf("a name left out: %d", a.Status)
		}
		if a := cast("look", "0", "0", "0"); a.Status != 200 || !strings.Contains(a.Body, "Phiếu trắng") {
			t.Errorf("nobody: %d", a.Status)
		}
		if a := cast("cast", "1", "0", "1"); a.Status != http.StatusSeeOther {
			t.Errorf("cast: %d", a.Status)
		}
		a := v.Get(p.Path())
		if !strings.Contains(a.Body, "Lê Thị Minh") || !strings.Contains(a.Body, "Trần Văn Hòa") || strings.Contains(a.Body, "Vũ Quang Huy") {
			t.Errorf("the receipt of an open vote: %s", a.Body)
		}
		e.inTx(t, func(ctx context.Context, tx *db.Tx) error {
			tally, err := e.App.Ballots.Close(ctx, tx, p.Root, p.ID)
			if tally.Votes["lê thị minh"] != 1 || tally.Votes["vũ quang huy"] != 0 || tally.Cast != 1 {
				t.Errorf("%+v", tally)
			}
			return err
		})
		for _, s := range []struct{ who, want string }{{"member", "Lựa chọn của đồng chí đã được ghi"}, {"secretary", "đồng chí chưa bỏ phiếu"}, {"secretary", `href="/phones/` + p.Meeting}} {
			if a := w.As(s.who).Get(p.Path()); !strings.Contains(a.Body, s.want) {
				t.Errorf("%s after the end: lacks %q", s.who, s.want)
			}
		}
		if a := w.As("secretary").Post(p.Path(), "o001", "1", "o002", "0", "o003", "0", "step", "cast"); a.Status != http.StatusSeeOther {
			t.Errorf("after the end: %d", a.Status)
		}
		if a := w.As("secretary").Get("/"); strings.Contains(a.Body, p.Path()) {
			t.Error("the home page leads to a poll that has ended")
		}
	})
}

// TestChoiceHasNoLength holds that what crosses the line is equally long whatever is
// chosen, zipped or not.
func TestChoiceHasNoLength(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		e := newEvening(t, w)
		one := e.poll(t, true, 1, "Có", "Không tán thành & <có lý do khác>", "Ý kiến")
		many := e.poll(t, true, 3, "Lê Thị Minh", "Vũ Huy", "An")
		forms := map[string][][]string{
			one.Path():  {{"choice", "000"}, {"choice", "001"}, {"choice", "002"}, {"choice", "003"}},
			many.Path(): {},
		}
		for i := range 8 {
			bit := func(n int) string { return string('0' + rune(i>>n&1)) }
			forms[many.Path()] = append(forms[many.Path()], []string{"o001", bit(0), "o002", bit(1), "o003", bit(2)})
		}
		for path, all := range forms {
			for _, step := range []string{"look", "edit"} {
				lengths := map[int]bool{}
				for _, f := range all {
					a := w.As("member").Post(path, append(f, "step", step)...)
					if a.Status != http.StatusOK || a.Header.Get("Content-Encoding") != "" {
						t.Errorf("%s %v: %d %s", step, f, a.Status, a.Header.Get("Content-Encoding"))
					}
					lengths[len(a.Body)] = true
				}
				if len(lengths) != 1 {
					t.Errorf("%s of %s: pages of %v bytes", step, path, lengths)
				}
			}
		}
	})
}

// TestNoPageTellsAPart holds that while a poll runs every page reads the same to
// everybody, whatever has been chosen so far.
func TestNoPageTellsAPart(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		e := newEvening(t, w)
		ids := regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}`)
		look := func(choice string) map[string]string {
			p := e.poll(t, true, 1, "Tán thành", "Không tán thành")
			for i, m := range p.Entitled {
				who := access.Person{Account: "a", Member: m, Root: e.root}
				if err := e.App.Ballots.Cast(t.Context(), who, p.ID, []string{p.Options[choiceOf(choice, i)].ID}); err != nil {
					t.Fatal(err)
				}
			}
			pages := map[string]string{}
			for _, role := range []string{"member", "probationary", "secretary", "deputy", "minute-taker", "committee", "clerk", "administrator", "other secretary", "stranger"} {
				for _, path := range []string{"/", "/inbox", "/meetings/" + p.Meeting, "/rooms/" + p.Meeting, "/rooms/" + p.Meeting + "/acts?after=0", p.Path()} {
					a := w.As(role).Get(path)
					pages[role+" "+ids.ReplaceAllString(path, "·")] = fmt.Sprint(a.Status) + ids.ReplaceAllString(a.Body, "·")
				}
			}
			e.inTx(t, func(ctx context.Context, tx *db.Tx) error { return e.App.Ballots.Withdraw(ctx, tx, p.Root, p.ID) })
			return pages
		}
		ayes, nays := look("ayes"), look("nays")
		if !strings.Contains(ayes["secretary /ballots/·"], "Đã bỏ phiếu") {
			t.Error("the secretary does not see how many have voted")
		}
		for page := range ayes {
			if diff := cmp.Diff(ayes[page], nays[page]); diff != "" {
				t.Errorf("%s tells what was chosen:\n%s", page, diff)
			}
		}
	})
}

// choiceOf is the option that the voter with this number chooses: nearly all the one
// or nearly all the other.
func choiceOf(choice string, i int) int {
	if (choice == "ayes") == (i > 0) {
		return 0
	}
	return 1
}
