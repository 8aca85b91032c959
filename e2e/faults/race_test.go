package faults

import (
	"database/sql"
	"flag"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"testing"

	"chibo/app/world"
	"chibo/app/world/worldtest"
	"chibo/ballot"
	"chibo/e2e/program"
	"chibo/kit/db"
	"chibo/kit/id"
	"chibo/meeting"
	"chibo/organization"
)

// The size of the race for ballots; 500 and 200 are what a province has to bear.
var (
	polls = flag.Int("polls", 10, "how many polls are raced for")
	posts = flag.Int("posts", 40, "how many ballots are sent at once to each of two nodes, for each poll")
)

// voter is somebody with a session that every node knows.
type voter struct {
	member string
	client *http.Client
}

// racers are the two nodes of a ward and those who vote at them.
type racers struct {
	*worldtest.World
	nodes  []*program.Process
	voters []voter
}

func newRacers(t *testing.T) *racers {
	t.Helper()
	r := &racers{World: worldtest.OnPostgres(t)}
	for range 2 {
		r.nodes = append(r.nodes, program.StartServe(t, r.App.Data, "--database-url", r.App.Database))
	}
	known := map[string]bool{}
	secretary := r.Account("secretary")
	for _, a := range r.Accounts {
		if a.Member != "" && a.Organization == secretary.Organization && !known[a.Member] {
			known[a.Member] = true
			r.voters = append(r.voters, voter{a.Member, program.SignIn(t, r.nodes[len(known)%2].URL, a.Name, a.Password)})
		}
	}
	return r
}

// open opens a poll in which every voter has a ballot.
func (r *racers) open(t *testing.T, secret bool) ballot.Poll {
	t.Helper()
	home, _ := r.Person("secretary").Home()
	p := ballot.Poll{
		Root: home.Root, Meeting: r.Meeting(meeting.Open), ID: id.New(), Organization: home.Organization, Secret: secret, Choose: 1,
		Question: "Tổ chức ngày hội đại đoàn kết?", Options: []ballot.Option{{ID: "yes", Text: "Tán thành"}, {ID: "no", Text: "Không tán thành"}},
	}
	for _, v := range r.voters {
		p.Entitled = append(p.Entitled, v.member)
	}
	if err := r.App.DB.Tx(t.Context(), func(tx *db.Tx) error { return r.App.Ballots.Open(t.Context(), tx, p) }); err != nil {
		t.Fatal(err)
	}
	return p
}

// vote sends ballots of all voters to both nodes at once, many of each, which differ.
func (r *racers) vote(t *testing.T, p ballot.Poll) {
	t.Helper()
	var work sync.WaitGroup
	for n := range 2 * *posts {
		work.Go(func() {
			v := r.voters[n/2%len(r.voters)]
			answer, err := v.client.PostForm(r.nodes[n%2].URL+p.Path(), url.Values{"choice": {fmt.Sprintf("%03d", 1+rand.IntN(2))}})
			if err != nil {
				t.Error(err)
				return
			}
			_, _ = io.Copy(io.Discard, answer.Body)
			_ = answer.Body.Close()
			if answer.StatusCode != http.StatusSeeOther {
				t.Errorf("a ballot is answered with %s", answer.Status)
			}
		})
	}
	work.Wait()
}

// TestEachVoterHasOneBallot: however often and wherever they press, there are as many
// ballots as voters, and both nodes count them alike.
func TestEachVoterHasOneBallot(t *testing.T) {
	r := newRacers(t)
	secretary := r.Person("secretary")
	home, _ := secretary.Home()
	s := organization.Defaults(home.Root, home.Organization)
	s.From, s.SealedVotes, s.SealedVotesSource = worldtest.Now.Date(), true, "Quy chế làm việc của chi bộ"
	if err := r.App.Organizations.Settle(t.Context(), secretary, s); err != nil {
		t.Fatal(err)
	}
	if len(r.voters) < ballot.FewestEntitled {
		t.Fatalf("only %d can vote", len(r.voters))
	}
	ballots := 0
	for n := range *polls {
		p := r.open(t, n%2 == 0)
		r.vote(t, p)
		var tally ballot.Tally
		err := r.App.DB.Tx(t.Context(), func(tx *db.Tx) (err error) {
			tally, err = r.App.Ballots.Close(t.Context(), tx, p.Root, p.ID)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		sum := 0
		for votes := range maps.Values(tally.Votes) {
			sum += votes
		}
		if sum != len(r.voters) || tally.Cast != len(r.voters) {
			t.Errorf("%d voters: %+v", len(r.voters), tally)
		}
		ballots += tally.Cast
	}
	t.Logf("%d polls, %d posts: %d ballots of %d", *polls, *polls**posts*2, ballots, *polls*len(r.voters))
}

// TestACarelessRaceIsFound has two nodes look first and write then, without a key: as many presses
// at once must make more than one ballot of a voter.
func TestACarelessRaceIsFound(t *testing.T) {
	pool, err := sql.Open("pgx", server.address())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = pool.Close() }()
	pool.SetMaxOpenConns(32)
	if _, err := pool.ExecContext(t.Context(), `CREATE TABLE careless (poll INT, voter INT)`); err != nil {
		t.Fatal(err)
	}
	most := 0
	for poll := 0; most < 2 && poll < 50; poll++ {
		var work sync.WaitGroup
		for range 2 * *posts {
			work.Go(func() {
				var voted bool
				err := pool.QueryRowContext(t.Context(), `SELECT EXISTS (SELECT 1 FROM careless WHERE poll = $1 AND voter = 1)`, poll).Scan(&voted)
				if err == nil && !voted {
					_, err = pool.ExecContext(t.Context(), `INSERT INTO careless VALUES ($1, 1)`, poll)
				}
				if err != nil {
					t.Error(err)
				}
			})
		}
		work.Wait()
		if err := pool.QueryRowContext(t.Context(), `SELECT count(*) FROM careless WHERE poll = $1`, poll).Scan(&most); err != nil {
			t.Fatal(err)
		}
	}
	if most < 2 {
		t.Error("nobody votes twice where nothing forbids it: the race shows nothing")
	}
	t.Logf("without a key one voter has %d ballots", most)
}

// TestOneSeals presses the seal of a meeting many times at once on both nodes: one press seals
// it, the others are told that it is sealed.
func TestOneSeals(t *testing.T) {
	r := newRacers(t)
	secretary, at := r.Account("secretary"), "/meetings/"+r.Meeting(meeting.Closed)+"/minutes"
	client := program.SignIn(t, r.nodes[0].URL, secretary.Name, secretary.Password)
	send := func(node int, path string, fields url.Values) int {
		answer, err := client.PostForm(r.nodes[node].URL+at+path, fields)
		if err != nil {
			t.Error(err)
			return 0
		}
		_, _ = io.Copy(io.Discard, answer.Body)
		_ = answer.Body.Close()
		return answer.StatusCode
	}
	home, _ := r.Person("secretary").Home()
	m, err := meeting.Find(t.Context(), r.App.DB, home.Root, r.Meeting(meeting.Closed))
	if err != nil {
		t.Fatal(err)
	}
	password := func(member string) string {
		n := slices.IndexFunc(r.Accounts, func(a world.Account) bool { return a.Member == member })
		if n < 0 {
			t.Fatalf("%s cannot sign", member)
		}
		return r.Accounts[n].Password
	}
	for _, step := range []struct {
		path   string
		fields url.Values
	}{
		{"/readback", nil},
		{"/adopt", url.Values{"for": {"9"}}},
		{"/sign", url.Values{"part": {"minute_taker"}, "secret": {password(m.MinuteTaker)}}},
		{"/sign", url.Values{"part": {"chair"}, "secret": {password(m.Chair)}}},
	} {
		if status := send(0, step.path, step.fields); status != http.StatusSeeOther {
			t.Fatalf("%s: %d", step.path, status)
		}
	}
	answers := make([]int, 2**posts)
	var work sync.WaitGroup
	for n := range answers {
		work.Go(func() { answers[n] = send(n%2, "/seal", url.Values{"sign_for": {"T/M CHI BỘ"}}) })
	}
	work.Wait()
	count := map[int]int{}
	for _, status := range answers {
		count[status]++
	}
	if count[http.StatusSeeOther] != 1 || count[http.StatusConflict] != len(answers)-1 {
		t.Errorf("answers by status: %v", count)
	}
	if err := r.App.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}
