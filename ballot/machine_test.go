package ballot_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"chibo/ballot"
	"chibo/kit/db"
	"chibo/kit/db/dbtest"
	"chibo/kit/fault"
)

// model is what a poll must do: a list of first ballots.
type model struct {
	ballots map[string]map[string]bool // member → options, once voted
	state   ballot.State
	tally   ballot.Tally
}

func (m *model) count(p ballot.Poll) ballot.Tally {
	t := ballot.Tally{Entitled: len(p.Entitled), Cast: len(m.ballots), Votes: map[string]int{}}
	for _, o := range p.Options {
		t.Votes[o.ID] = 0
	}
	for _, chosen := range m.ballots {
		if len(chosen) == 0 {
			t.Invalid++
		}
		for option := range chosen {
			t.Votes[option]++
		}
	}
	return t
}

// cast says how a ballot must be answered, empty for taken.
func (m *model) cast(p ballot.Poll, member string, chosen map[string]bool) string {
	first, voted := m.ballots[member]
	switch {
	case chosen["none of them"]:
		return "ballot.refused.unknown"
	case len(chosen) > p.Choose:
		return "ballot.refused.too_many"
	case member == "guest":
		return "fault.not_found"
	case voted && (p.Secret || cmp.Equal(first, chosen)):
		return ""
	case voted:
		return "ballot.refused.voted"
	case m.state != ballot.Running:
		return "ballot.refused.closed"
	}
	m.ballots[member] = chosen
	return ""
}

// close says how closing must be answered.
func (m *model) close(p ballot.Poll) string {
	switch {
	case m.state == ballot.Withdrawn:
		return "ballot.refused.withdrawn"
	case m.state == ballot.Closed:
		return ""
	case p.Secret && len(m.ballots) > 0 && len(m.ballots) < ballot.FewestCast:
		return "ballot.refused.few_cast"
	}
	m.state, m.tally = ballot.Closed, m.count(p)
	return ""
}

func keyOf(err error) string {
	if err == nil {
		return ""
	}
	return fault.Of(err).Key
}

// TestPollIsAMachine does anything in any order, restarts of the program among it:
// totals are ballots, and nobody's ballot counts twice or goes missing.
func TestPollIsAMachine(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHall(t, d)
		rapid.Check(t, func(r *rapid.T) {
			p := h.yesNo(rapid.Bool().Draw(r, "secret"), people(rapid.IntRange(5, 12).Draw(r, "entitled"))...)
			p.Options = append(p.Options, ballot.Option{ID: "third", Text: "Ý kiến khác"})
			p.Choose = rapid.IntRange(1, 3).Draw(r, "choose")
			h.open(t, p)
			m := &model{ballots: map[string]map[string]bool{}, state: ballot.Running}
			who := rapid.SampledFrom(append(people(len(p.Entitled)), "guest"))
			what := rapid.SliceOfN(rapid.SampledFrom([]string{"aye", "nay", "third", "aye", "nay", "third", "none of them"}), 0, 3)
			cast := func(r *rapid.T) {
				member, choices, chosen := who.Draw(r, "who"), what.Draw(r, "what"), map[string]bool{}
				for _, c := range choices {
					chosen[c] = true
				}
				if got, want := keyOf(h.cast(member, p, choices...)), m.cast(p, member, chosen); got != want {
					r.Fatalf("%s casts %v: %q, want %q", member, choices, got, want)
				}
			}
			r.Repeat(map[string]func(*rapid.T){
				"cast": cast, "cast again": cast, "cast once more": cast,
				"close": func(r *rapid.T) {
					got, err := h.close(p)
					if want := m.close(p); keyOf(err) != want {
						r.Fatalf("closed: %v, want %q", err, want)
					}
					if err == nil && !cmp.Equal(got, m.tally) {
						r.Fatalf("counted: %s", cmp.Diff(m.tally, got))
					}
				},
				"withdraw": func(r *rapid.T) {
					if rapid.IntRange(0, 5).Draw(r, "really") > 0 {
						r.Skip()
					}
					if err := h.try(func(ctx context.Context, tx *db.Tx) error { return h.Withdraw(ctx, tx, p.Root, p.ID) }); err != nil {
						r.Fatal(err)
					}
					if m.state == ballot.Running {
						m.state = ballot.Withdrawn
					}
				},
				"restart": func(r *rapid.T) {
					h.Service = serviceOn(t, d, h.vault)
					if err := h.Sweep(context.Background()); err != nil {
						r.Fatal(err)
					}
				},
				"": func(r *rapid.T) {
					if n, of, err := h.Voted(context.Background(), d, p.Root, p.ID); n != len(m.ballots) || of != len(p.Entitled) || err != nil {
						r.Fatalf("%d of %d have voted, %v; want %d", n, of, err, len(m.ballots))
					}
				},
			})
		})
	})
}
