package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"chibo/app"
	"chibo/app/world"
	"chibo/bench/load"
	"chibo/bench/ward"
	"chibo/kit/access"
	"chibo/kit/id"
)

// soak is a program that is used lightly for a long time: does it hold more and more?
//
// It goes in rounds. In each a cell sits in its meeting, two rounds long: people come in and
// vote, the secretary marks, screens follow and are shut again; meanwhile somebody signs in by
// password, reads pages, takes a file home and signs out. After each round is written down what
// the process holds.
type soak struct {
	*bench
	server  *server
	metrics string        // address of the figures
	every   time.Duration // how long a round takes; 0: as fast as it is answered
	rounds  int
	forget  bool // screens are never shut: a leak, by which a test sees that one is found

	client  *http.Client
	screens []net.Conn
	asked   int
	turn    time.Time // when the next request is due
	gap     time.Duration
}

// roundEvery is the pace of a soak, roundsEach how many rounds a cell sits.
const (
	roundEvery = 10 * time.Second
	roundsEach = 2
	// asks is about how many requests a round has, by which they are spread over it.
	asks = 50
)

// soaked is the part "soak": it fills a ward of as many cells as there will be evenings, so that
// no cell has to sit twice, and lets the program be used for o.long.
func (b *bench) soaked(ctx context.Context) ([]goal, error) {
	s := &soak{bench: b, every: roundEvery, rounds: int(b.lasting / roundEvery)}
	series, cores, err := s.run(ctx)
	if err != nil {
		return nil, err
	}
	return series.goals(fmt.Sprintf("%d requests in %v, %.2f cores", s.asked, b.lasting, cores)), nil
}

// run fills, starts, uses and stops the program, and returns what it held and how many cores it
// took.
func (s *soak) run(ctx context.Context) (all series, cores float64, err error) {
	s.cells = s.rounds/roundsEach + 1
	if err := s.fill(ctx); err != nil {
		return nil, 0, err
	}
	if s.metrics, err = free(ctx); err != nil {
		return nil, 0, err
	}
	if s.server, err = s.serve(ctx, "data", "--metrics-listen", s.metrics); err != nil {
		return nil, 0, err
	}
	s.client = &http.Client{Timeout: time.Minute}
	defer func() {
		s.shut()
		err = errors.Join(err, s.server.stop())
	}()
	began := time.Now()
	s.turn, s.gap = began, s.every/asks
	for n := range s.rounds {
		if err := s.round(ctx, n); err != nil {
			return all, 0, fmt.Errorf("round %d: %w", n, err)
		}
		if err := s.quiet(ctx); err != nil {
			return all, 0, err
		}
		one, err := s.look(ctx, time.Since(began))
		if err != nil {
			return all, 0, err
		}
		all = append(all, one)
		if s.every > 0 && (n+1)%int(5*time.Minute/s.every) == 0 {
			log.Print(one)
		}
		if err := s.until(ctx, began.Add(time.Duration(n+1)*s.every)); err != nil {
			return all, 0, err
		}
	}
	return all, load.Spent(s.server.process()).Seconds() / time.Since(began).Seconds(), nil
}

// until waits for a moment, which may have passed.
func (s *soak) until(ctx context.Context, at time.Time) error {
	s.turn = at
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(time.Until(at)):
		return nil
	}
}

// round is one round.
func (s *soak) round(ctx context.Context, n int) error {
	cell, half := s.ward.Cells[n/roundsEach], n%roundsEach
	const share = ward.People / roundsEach
	if err := s.watch(ctx, cell, 3*n); err != nil {
		return err
	}
	for k, who := range cell.Everybody[half*share : (half+1)*share] {
		steps := [][5]string{
			{http.MethodGet, "/vao/ten/" + who.Member, who.Ticket},
			{http.MethodPost, "/vao/ten/" + who.Member, who.Ticket, form, ""},
			{http.MethodPost, "/ballots/" + cell.Poll, who.Cookie, form, "step=cast&choice=001"},
		}
		if k%4 == 0 {
			steps = append(steps,
				[5]string{http.MethodGet, "/", who.Cookie},
				[5]string{http.MethodGet, "/rooms/" + cell.Meeting, cell.Secretary.Cookie},
				[5]string{http.MethodPost, "/rooms/" + cell.Meeting + "/acts", cell.Secretary.Cookie, "application/json", act(id.New(), who.Member)})
		}
		for _, a := range steps {
			if _, err := s.ask(ctx, a[0], a[1], a[2], a[3], a[4]); err != nil {
				return err
			}
		}
	}
	if half == roundsEach-1 && !s.forget {
		s.shut()
	}
	if n%3 == 0 {
		if err := s.visit(ctx, n/3); err != nil {
			return err
		}
	}
	// What is told after screens were shut finds them gone.
	_, err := s.ask(ctx, http.MethodPost, "/rooms/"+cell.Meeting+"/acts", cell.Secretary.Cookie, "application/json", act(id.New(), cell.Everybody[0].Member))
	return err
}

// visit is somebody who signs in by password, reads, takes a file home and signs out. Those who
// may take lists of people do so every twelfth time: they may take forty an hour.
func (s *soak) visit(ctx context.Context, n int) error {
	roles := []access.Role{access.Secretary, access.Clerk, access.Member, access.Committee}
	v := visitor{account: accountOf(world.Facts{Accounts: s.ward.Accounts}, roles[n%len(roles)])}
	if err := v.enter(ctx, s.server.address); err != nil {
		return err
	}
	paths := []string{"/", "/meetings", "/tasks", "/me", "/me/data"}
	switch v.account.Role {
	case access.Secretary:
		paths = append(paths, "/members", "/meetings/"+s.ward.Sealed+"/minutes", "/meetings/"+s.ward.Sealed+"/minutes.pdf", "/meetings/"+s.ward.Sealed+"/minutes.docx", "/tasks/ledger.xlsx")
		if n%12 == 0 {
			paths = append(paths, "/members/export.xlsx")
		}
	case access.Clerk:
		paths = append(paths, "/board", "/board.xlsx", "/organizations")
	}
	for _, path := range paths {
		s.asked++
		status, body, err := v.ask(ctx, http.MethodGet, path)
		if err != nil {
			return err
		}
		if status != http.StatusOK {
			return fmt.Errorf("%s asks for %s: %d %.200s", v.account.Role, path, status, body)
		}
		if err := s.until(ctx, s.turn.Add(s.gap)); err != nil {
			return err
		}
	}
	status, _, err := v.ask(ctx, http.MethodPost, "/sign-out")
	v.client.CloseIdleConnections()
	if err == nil && status >= 400 {
		err = fmt.Errorf("signing out: %d", status)
	}
	return err
}

// ask asks once, when it is due, and takes no refusal.
func (s *soak) ask(ctx context.Context, method, path, cookie, kind, body string) (string, error) {
	if err := s.until(ctx, s.turn.Add(s.gap)); err != nil {
		return "", err
	}
	r, err := http.NewRequestWithContext(ctx, method, "http://"+s.server.address+path, strings.NewReader(body))
	if err != nil {
		return "", err
	}
	r.Header.Set("Cookie", cookie)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	s.asked++
	return s.read(r)
}

// read sends a request and reads the answer to its end.
func (s *soak) read(r *http.Request) (string, error) {
	answer, err := s.client.Do(r)
	if err != nil {
		return "", err
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode >= 400 {
		err = fmt.Errorf("%s %s: %d %.200s", r.Method, r.URL.Path, answer.StatusCode, text)
	}
	return string(text), err
}

// watch lets three more screens follow a meeting, of people who have none: nobody may have many.
func (s *soak) watch(ctx context.Context, cell ward.Cell, from int) error {
	for n := from; n < from+3; n++ {
		c, err := new(net.Dialer).DialContext(ctx, "tcp", s.server.address)
		if err != nil {
			return err
		}
		if _, err := c.Write(listen(nil, s.server.address, "/screens/"+cell.Meeting+"/live", s.ward.Watcher(n).Cookie)); err != nil {
			return errors.Join(err, c.Close())
		}
		go func() { _, _ = io.Copy(io.Discard, c) }() // until it is shut
		s.screens = append(s.screens, c)
	}
	return nil
}

// shut shuts all screens, as a browser that is killed does: with a word of the kernel's alone.
func (s *soak) shut() {
	for _, c := range s.screens {
		if t, ok := c.(*net.TCPConn); ok {
			_ = t.SetLinger(0) // best effort: the program finds a screen that is gone in any case
		}
		_ = c.Close()
	}
	s.screens = nil
}

// quiet waits, where rounds follow without a rest, until the program has found out which
// screens were shut: within a beat of its streams.
func (s *soak) quiet(ctx context.Context) error {
	for begun := time.Now(); s.every == 0 && time.Since(begun) < time.Minute; {
		f, err := s.figures(ctx)
		if err != nil || int(f["chibo_watchers"]) <= len(s.screens) {
			return err
		}
		if err := s.until(ctx, time.Now().Add(20*time.Millisecond)); err != nil {
			return err
		}
	}
	return nil
}

// figures reads what the program says of itself.
func (s *soak) figures(ctx context.Context) (map[string]float64, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.metrics+"/metrics", nil)
	if err != nil {
		return nil, err
	}
	text, err := s.read(r)
	all := map[string]float64{}
	for line := range strings.Lines(text) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		var v float64
		if _, err := fmt.Sscan(value, &v); err == nil && !strings.HasPrefix(name, "#") {
			all[name] = v
		}
	}
	return all, err
}

// look says what the process holds now.
func (s *soak) look(ctx context.Context, at time.Duration) (sample, error) {
	f, err := s.figures(ctx)
	if err != nil {
		return sample{}, err
	}
	one := sample{at: at}
	for n, h := range measures {
		one.values[n] = f[h.figure]
	}
	one.values[pss] = float64(load.Memory(s.server.process()))
	for n, end := range map[int]string{database: "", wal: "-wal"} {
		info, err := os.Stat(s.path("data/" + app.DatabaseFile + end))
		if err != nil {
			return one, err
		}
		one.values[n] = float64(info.Size())
	}
	return one, nil
}
