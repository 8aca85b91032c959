package ballot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"slices"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/organization"
)

// Service holds polls.
type Service struct {
	DB    *db.DB
	Now   func() time.Time
	Audit audit.Log
	Vault *Vault
	// Changed is told after each ballot and when a poll opens or ends, so that screens
	// read again how many have voted; nil where there are none.
	Changed func(root, meeting string)

	memory   memory
	castings db.Batch[*casting]
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

// lockName is what ballots share and the count holds alone: a ballot is either in the
// box before the count or refused after it.
func (p Poll) lockName() string { return "ballot/" + p.Root + "/" + p.ID }

// Allowed reports whether the rule of a cell in force on day lets it vote in secret
// by phone. No rule of the Party found says so: a cell has to decide it and to say on
// what that rests.
func Allowed(ctx context.Context, q db.Q, root, organizationID string, day when.Date) (bool, error) {
	set, err := organization.SettingsOn(ctx, q, root, organizationID, day)
	return set.SealedVotes, err
}

// Open opens a poll in the transaction of the fact that it follows from. Opening it
// again changes nothing. A secret poll is refused where the cell's rule does not
// allow it and for fewer than FewestEntitled people.
//
// The key of a secret poll is written to the disk before Open returns, which holds
// up the writer for as long as the disk takes; polls open seldom.
func (s *Service) Open(ctx context.Context, tx *db.Tx, p Poll) error {
	if err := p.Check(); err != nil {
		return err
	}
	_, found, err := findPoll(ctx, tx, p.Root, p.ID)
	if err != nil || found {
		return err
	}
	if p.Secret {
		if p.Fewest, err = s.fewest(ctx, tx, p); err != nil {
			return err
		}
		if err := s.Vault.add(p.Root, p.ID); err != nil {
			return err
		}
	}
	if err := insertPoll(ctx, tx, p, s.now()); err != nil {
		return err
	}
	for _, member := range p.Entitled {
		if err := insertVoter(ctx, tx, p, member); err != nil {
			return err
		}
	}
	s.tell(tx, p)
	return s.Audit.Write(ctx, tx, access.Who(ctx), p.Root, "ballot.opened", p.ID,
		map[string]any{"secret": p.Secret, "entitled": len(p.Entitled)})
}

// fewest returns the number of ballots that the cell wants counted at least, and
// refuses a secret poll that its rule does not allow.
func (s *Service) fewest(ctx context.Context, q db.Q, p Poll) (int, error) {
	set, err := organization.SettingsOn(ctx, q, p.Root, p.Organization, s.now().Date())
	switch {
	case err != nil:
		return 0, err
	case !set.SealedVotes:
		return 0, fault.New(fault.Conflict, "ballot.refused.not_allowed")
	case set.FewVotesShown:
		return 0, nil
	}
	return FewestCast, nil
}

func (s *Service) tell(tx *db.Tx, polls ...Poll) {
	if s.Changed == nil {
		return
	}
	for _, p := range polls {
		tx.AfterCommit(func() { s.Changed(p.Root, p.Meeting) })
	}
}

// Cast puts the ballot of who into the box; no choice at all is a blank ballot. It
// counts once. Sent again, the same ballot is taken as said already. In a secret poll
// nobody can tell whether it is the same: the first one counts, whatever the second
// says. A poll in which who has no ballot is not found.
func (s *Service) Cast(ctx context.Context, who access.Person, id string, choices []string) error {
	p, err := s.poll(ctx, who.Root, id)
	if err != nil {
		return err
	}
	b, err := p.fill(choices)
	if err != nil {
		return err
	}
	c := &casting{poll: p, member: who.Member, slip: b}
	if err := s.seal(c); err != nil {
		return err
	}
	if err := s.castings.Run(ctx, s.DB, c, s.cast); err != nil {
		return err
	}
	return c.refused
}

// casting is a ballot on its way into the box.
type casting struct {
	poll    Poll
	member  string
	slip    slip
	sealed  string // ciphertext of a secret ballot; empty where the key is gone
	refused error  // what became of it
}

// seal seals a secret ballot, before the writer's turn.
func (s *Service) seal(c *casting) error {
	if !c.poll.Secret {
		return nil
	}
	x, err := s.Vault.box(c.poll.Root, c.poll.ID)
	if errors.Is(err, errNoKey) {
		return nil // closed meanwhile, voted long ago, or lost: the transaction finds out
	}
	if err == nil {
		c.sealed = x.seal(c.slip)
	}
	return err
}

// cast puts ballots into their boxes.
func (s *Service) cast(ctx context.Context, tx *db.Tx, all []*casting) error {
	if err := share(ctx, tx, all); err != nil {
		return err
	}
	first, err := mark(ctx, tx, all)
	if err != nil {
		return err
	}
	var counted, others []*casting
	for n, c := range all {
		c.refused = nil
		switch {
		case !first[n]:
			others = append(others, c)
		case c.poll.Secret && c.sealed == "":
			return fault.New(fault.Conflict, "ballot.refused.lost") // and the mark goes
		default:
			counted = append(counted, c)
		}
	}
	if err := put(ctx, tx, counted); err != nil {
		return err
	}
	s.tell(tx, polls(counted)...)
	for _, c := range others {
		if c.refused, err = s.again(ctx, tx, c.poll, c.member, c.slip); err != nil {
			return err
		}
	}
	return nil
}

// polls returns the polls into which ballots come, in an order that is always the same.
func polls(all []*casting) []Poll {
	found := map[string]Poll{}
	for _, c := range all {
		found[c.poll.lockName()] = c.poll
	}
	sorted := make([]Poll, 0, len(found))
	for _, name := range slices.Sorted(maps.Keys(found)) {
		sorted = append(sorted, found[name])
	}
	return sorted
}

// share lets no poll be counted while ballots come into it. The order keeps two
// programs from waiting for each other.
func share(ctx context.Context, tx *db.Tx, all []*casting) error {
	for _, p := range polls(all) {
		if err := tx.Share(ctx, p.lockName()); err != nil {
			return err
		}
	}
	return nil
}

// again answers a ballot that set no mark.
func (s *Service) again(ctx context.Context, tx *db.Tx, p Poll, member string, b slip) (refused, err error) {
	has, entitled, err := voted(ctx, tx, p.Root, p.ID, member)
	switch {
	case err != nil:
		return nil, err
	case !entitled:
		return fault.New(fault.NotFound, "fault.not_found"), nil
	case !has:
		return fault.New(fault.Conflict, "ballot.refused.closed"), nil
	case p.Secret:
		return nil, nil
	}
	first, found, err := choiceOf(ctx, tx, p.Root, p.ID, member)
	if err != nil || found && first == p.named(b) {
		return nil, err
	}
	return fault.New(fault.Conflict, "ballot.refused.voted"), nil
}

// Close ends a poll and counts it; closing it again gives the same tally. A secret
// poll is counted in memory and in a shuffled order; its ciphertext goes in the same
// transaction and its key after it. It is refused, and nothing is guessed, where the
// key is lost or the ballots do not fit the marks: the poll has to be withdrawn and
// held again. It is refused too while so few have voted that the totals would tell
// who chose what, unless the cell had decided to see them all the same.
func (s *Service) Close(ctx context.Context, tx *db.Tx, root, id string) (Tally, error) {
	row, err := s.alone(ctx, tx, root, id)
	if err != nil {
		return Tally{}, err
	}
	switch row.State {
	case Closed:
		return row.Tally, nil
	case Withdrawn:
		return Tally{}, fault.New(fault.Conflict, "ballot.refused.withdrawn")
	case Running:
	}
	t, err := s.count(ctx, tx, row.Poll)
	if err != nil {
		return Tally{}, err
	}
	if err := s.end(ctx, tx, row.Poll, Closed, t); err != nil {
		return Tally{}, err
	}
	return t, s.Audit.Write(ctx, tx, access.Who(ctx), root, "ballot.closed", id, map[string]any{"cast": t.Cast, "entitled": t.Entitled})
}

// Withdraw ends a poll without a count, for good: its secret ballots and its key go.
// Withdrawing one that has ended changes nothing.
func (s *Service) Withdraw(ctx context.Context, tx *db.Tx, root, id string) error {
	row, err := s.alone(ctx, tx, root, id)
	if err != nil || row.State != Running {
		return err
	}
	if err := s.end(ctx, tx, row.Poll, Withdrawn, ""); err != nil {
		return err
	}
	return s.Audit.Write(ctx, tx, access.Who(ctx), root, "ballot.withdrawn", id, nil)
}

// alone returns a poll into which nobody is putting a ballot any more.
func (s *Service) alone(ctx context.Context, tx *db.Tx, root, id string) (pollRow, error) {
	if err := tx.Alone(ctx, Poll{Root: root, ID: id}.lockName()); err != nil {
		return pollRow{}, err
	}
	row, found, err := findPoll(ctx, tx, root, id)
	if err == nil && !found {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	return row, err
}

func (s *Service) end(ctx context.Context, tx *db.Tx, p Poll, state State, tally any) error {
	if err := end(ctx, tx, p, state, tally, s.now()); err != nil {
		return err
	}
	s.tell(tx, p)
	if !p.Secret {
		return nil
	}
	tx.AfterCommit(func() {
		if err := s.Vault.destroy(p.Root, p.ID); err != nil {
			// Sweep tries again.
			slog.ErrorContext(ctx, "key of a closed poll", "poll", p.ID, "error", err)
		}
	})
	return dropSealed(ctx, tx, p.Root, p.ID)
}

func (s *Service) count(ctx context.Context, tx *db.Tx, p Poll) (Tally, error) {
	all, err := turnoutOf(ctx, tx, p.Root, p.ID)
	if err != nil {
		return Tally{}, err
	}
	// Where nobody has voted, the totals tell nothing.
	if all.Voted > 0 && all.Voted < p.Fewest {
		return Tally{}, fault.New(fault.Conflict, "ballot.refused.few_cast", "Count", all.Voted, "Least", p.Fewest)
	}
	read := s.readNamed
	if p.Secret {
		read = s.readSealed
	}
	slips, err := read(ctx, tx, p)
	if err != nil {
		return Tally{}, err
	}
	if len(slips) != all.Voted {
		return Tally{}, fault.New(fault.Conflict, "ballot.refused.misfit", "Ballots", len(slips), "Marks", all.Voted)
	}
	return p.count(all.Entitled, slips), nil
}

func (s *Service) readSealed(ctx context.Context, tx *db.Tx, p Poll) ([]slip, error) {
	sealed, err := sealedOf(ctx, tx, p.Root, p.ID)
	if err != nil {
		return nil, err
	}
	x, err := s.Vault.box(p.Root, p.ID)
	if errors.Is(err, errNoKey) {
		return nil, fault.New(fault.Conflict, "ballot.refused.lost")
	}
	if err != nil {
		return nil, err
	}
	rand.Shuffle(len(sealed), func(i, j int) { sealed[i], sealed[j] = sealed[j], sealed[i] }) // #nosec G404 -- the top level source is ChaCha8 with a seed of the system
	slips := make([]slip, len(sealed))
	for i, text := range sealed {
		if slips[i], err = x.open(text); err != nil {
			return nil, fault.New(fault.Conflict, "ballot.refused.forged")
		}
	}
	return slips, nil
}

func (s *Service) readNamed(ctx context.Context, tx *db.Tx, p Poll) ([]slip, error) {
	rows, err := namedOf(ctx, tx, p.Root, p.ID)
	if err != nil {
		return nil, err
	}
	slips := make([]slip, len(rows))
	for i, r := range rows {
		if slips[i], err = p.fill(choices(r.Choices)); err != nil {
			return nil, err
		}
	}
	return slips, nil
}

// Voted returns how many of how many have voted. It is all that anybody learns of a
// poll that runs.
func (s *Service) Voted(ctx context.Context, q db.Q, root, id string) (n, of int, err error) {
	t, err := turnoutOf(ctx, q, root, id)
	return t.Voted, t.Entitled, err
}

// Named returns what each voter of an open poll has chosen, by member: the IDs of
// options. A secret poll has no names and gives none.
func (s *Service) Named(ctx context.Context, q db.Q, root, id string) (map[string][]string, error) {
	rows, err := namedOf(ctx, q, root, id)
	if err != nil {
		return nil, err
	}
	all := make(map[string][]string, len(rows))
	for _, r := range rows {
		all[r.Member] = choices(r.Choices)
	}
	return all, nil
}

// OpenFor returns the polls of a meeting that run and in which this member has a
// ballot; an empty meeting stands for all meetings.
func (s *Service) OpenFor(ctx context.Context, q db.Q, root, meeting, member string) ([]Poll, error) {
	if member == "" {
		return nil, nil
	}
	return runningFor(ctx, q, root, meeting, member)
}

// orphaned is how old a key must be before it counts as that of a poll which never
// came to be; a poll may be opening at this very moment.
const orphaned = time.Hour

// OpenIn returns the polls of a meeting that run, for those who see the meeting.
func (s *Service) OpenIn(ctx context.Context, q db.Q, root, meeting string) ([]Underway, error) {
	return running(ctx, q, root, meeting)
}

// Sweep destroys the keys that a crash has left behind: those of polls that have
// ended and those of polls that never opened. The program calls it when it starts.
func (s *Service) Sweep(ctx context.Context) error {
	keys, err := s.Vault.list()
	if err != nil {
		return fmt.Errorf("vault: %w", err)
	}
	for _, k := range keys {
		row, found, err := findPoll(ctx, s.DB, k.root, k.poll)
		if err != nil {
			return err
		}
		if found && row.State == Running || !found && time.Since(k.made) < orphaned {
			continue
		}
		if err := s.Vault.destroy(k.root, k.poll); err != nil {
			return fmt.Errorf("vault: %w", err)
		}
	}
	return nil
}
