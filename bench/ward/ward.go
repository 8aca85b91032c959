// Package ward fills a data directory with as many cells as a measurement needs: one
// made-up cell in the middle of its meeting, copied with its people, each of whom is
// signed in on a phone. Passwords would take an hour, so sessions are written as the
// program keeps them.
package ward

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"chibo/account"
	"chibo/app"
	"chibo/app/world"
	"chibo/ballot"
	"chibo/hall"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/organization"
	"chibo/proceedings"
)

// People is how many stand on the roll of each cell.
const People = 24

// Watchers is how many people may watch every meeting.
const Watchers = 1000

// Ward is what there is to be asked for.
type Ward struct {
	Cells []Cell
	// Poll is the id of a poll in which everybody of all cells has a ballot.
	Poll string
	// Accounts are those of the cell that was copied: people who sign in by password.
	Accounts []world.Account
	// Sealed is the id of a meeting of that cell whose minutes are sealed.
	Sealed string
}

// Cell is a cell in the middle of its meeting.
type Cell struct {
	Meeting   string // id
	Poll      string // id of a secret poll of the meeting
	Secretary Person
	Everybody []Person
}

// Person is somebody who is signed in.
type Person struct {
	Member string // id
	Cookie string // value of the header
	// Ticket is the header of the same person who has scanned the code at the door.
	Ticket string
}

// Person returns person n of all, cell after cell, round and round.
func (w Ward) Person(n int64) (Cell, Person) {
	c := w.Cells[n/People%int64(len(w.Cells))]
	return c, c.Everybody[n%People]
}

// Watcher returns somebody who may watch every meeting, round and round.
func (w Ward) Watcher(n int) Person {
	_, p := w.Person(int64(n % min(Watchers, len(w.Cells)*People)))
	return p
}

// Fill makes a ward of so many cells in the empty directory dir.
func Fill(ctx context.Context, dir string, cells int) (w Ward, err error) {
	a, facts, now, err := begin(ctx, dir)
	if err != nil {
		return w, err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	c := copier{app: a, now: now}
	w.Accounts = facts.Accounts
	for _, m := range facts.Meetings {
		if m.State == meeting.Sealed {
			w.Sealed = m.ID
		}
		if m.State == meeting.Open {
			c.meeting, c.cell = m.ID, m.Organization
		}
	}
	if err := c.read(ctx); err != nil {
		return w, err
	}
	for n := range cells {
		cell, err := c.write(ctx, n+1)
		if err != nil {
			return w, fmt.Errorf("cell %d: %w", n, err)
		}
		w.Cells = append(w.Cells, cell)
	}
	if w.Poll, err = c.poll(ctx, w); err != nil {
		return w, err
	}
	// On an evening the board has long been counted; a fresh ward would have it counted
	// under everything that is measured.
	return w, a.Supervision.Recount(ctx, access.Whole("", "/"))
}

// begin opens the program on the empty directory dir, with one made-up cell in it, whose
// time is now.
func begin(ctx context.Context, dir string) (*app.App, world.Facts, when.Instant, error) {
	clock, now := &world.Clock{}, when.At(time.Now())
	a, err := app.Open(ctx, app.Config{
		Database: filepath.Join(dir, app.DatabaseFile), Data: dir, Now: clock.Now,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	if err != nil {
		return nil, world.Facts{}, now, err
	}
	facts, err := world.Fill(ctx, a, clock, world.Size{Cells: 1, People: People, Months: 2, Seed: 1}, now)
	if err != nil {
		return nil, facts, now, errors.Join(err, a.Close())
	}
	return a, facts, now, nil
}

// copier holds the rows of one cell.
type copier struct {
	app           *app.App
	now           when.Instant
	meeting, cell string
	root          string
	secretary     string // member
	tables        []table
	ids           []string
	signed        int // people who have signed in
}

// table is rows of one table.
type table struct {
	name    string
	columns []string
	rows    [][]any
}

var uuid = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)

// read reads the cell, having allowed it secret votes by phone.
func (c *copier) read(ctx context.Context) error {
	o, err := organization.Get(ctx, c.app.DB, access.Whole("", "/"), c.cell)
	if err != nil {
		return err
	}
	c.root = o.Root
	set, err := organization.SettingsOn(ctx, c.app.DB, o.Root, o.ID, c.now.Date())
	if err != nil {
		return err
	}
	set.Root, set.Organization, set.From = o.Root, o.ID, c.now.Date()
	set.SealedVotes, set.SealedVotesSource = true, "bench"
	err = c.app.DB.Tx(ctx, func(tx *db.Tx) error { return allowSealed(ctx, tx, set) })
	if err != nil {
		return err
	}
	if c.secretary, err = secretaryOf(ctx, c.app.DB, c.cell); err != nil {
		return err
	}
	if c.tables, err = read(ctx, c.app.DB, c.cell, c.meeting); err != nil {
		return err
	}
	own := map[string]bool{}
	for _, t := range c.tables {
		for _, row := range t.rows {
			for _, v := range row {
				s, _ := v.(string)
				for _, found := range uuid.FindAllString(s, -1) {
					own[found] = true
				}
			}
		}
	}
	for _, part := range strings.Split(strings.TrimSuffix(o.Path, o.ID+"/"), "/") {
		delete(own, part) // what stands above the cell is there once
	}
	delete(own, c.root)
	for one := range own {
		c.ids = append(c.ids, one)
	}
	return nil
}

// nth is an id of the n-th copy.
func nth(id string, n int) string { return id[:len(id)-6] + fmt.Sprintf("%06x", n) }

func (c *copier) write(ctx context.Context, n int) (Cell, error) {
	pairs := make([]string, 0, 2*len(c.ids))
	for _, one := range c.ids {
		pairs = append(pairs, one, nth(one, n))
	}
	change := strings.NewReplacer(pairs...)
	cell := Cell{Meeting: nth(c.meeting, n)}
	err := c.app.DB.Tx(ctx, func(tx *db.Tx) error {
		for _, t := range c.tables {
			for _, row := range t.rows {
				if err := write(ctx, tx, t, copied(t, row, change, n)); err != nil {
					return err
				}
			}
		}
		door, err := c.door(ctx, tx, cell.Meeting)
		if err != nil {
			return err
		}
		for _, member := range c.members() {
			c.signed++
			p, err := c.signIn(ctx, tx, nth(member, n), c.signed <= Watchers)
			if err != nil {
				return err
			}
			p.Ticket = p.Cookie + c.scan(door)
			cell.Everybody = append(cell.Everybody, p)
			if member == c.secretary {
				cell.Secretary = p
			}
		}
		p := c.question(cell.Meeting, nth(c.cell, n), cell.Everybody)
		cell.Poll = p.ID
		return c.app.Ballots.Open(ctx, tx, p)
	})
	return cell, err
}

// copied is a row of the n-th copy.
func copied(t table, row []any, change *strings.Replacer, n int) []any {
	out := make([]any, len(row))
	for i, v := range row {
		s, text := v.(string)
		switch {
		case text && t.columns[i] == "card_number" && s != "":
			out[i] = fmt.Sprintf("%06d%s", n, s[min(6, len(s)):])
		case text:
			out[i] = change.Replace(s)
		default:
			out[i] = v
		}
	}
	return out
}

// members returns the ids of the people of the cell.
func (c *copier) members() (ids []string) {
	for _, t := range c.tables {
		if t.name == "member" {
			for _, row := range t.rows {
				ids = append(ids, row[1].(string))
			}
		}
	}
	return ids
}

// signIn makes an account of a member and a session of it; a committee member may watch
// every meeting.
func (c *copier) signIn(ctx context.Context, tx *db.Tx, member string, committee bool) (Person, error) {
	who, token := id.New(), id.New()
	sum := sha256.Sum256([]byte(token))
	err := addSession(ctx, tx, c.root, who, member, hex.EncodeToString(sum[:]), c.now)
	if committee && err == nil {
		err = db.Insert(ctx, tx, "account_grant", account.Given{
			Root: c.root, ID: id.New(), Account: who, Organization: c.root, Role: access.Committee, GivenAt: c.now,
		})
	}
	return Person{Member: member, Cookie: "chibo=" + token}, err
}

// door opens the door of a meeting.
func (c *copier) door(ctx context.Context, tx *db.Tx, meeting string) (hall.Door, error) {
	d := hall.Door{Root: c.root, Meeting: meeting, Key: id.New(), Projector: true, OpenedAt: c.now}
	return d, db.Insert(ctx, tx, "door", d)
}

// scan returns the cookies of a phone that has scanned the code at a door. A hall's
// tickets are good for minutes; these for as long as may be measured.
func (c *copier) scan(d hall.Door) string {
	device := id.New()
	t := hall.Ticket{Meeting: d.Meeting, Via: proceedings.Self, Until: c.now.Add(12 * time.Hour)}
	return "; " + hall.TicketCookie + "=" + t.Seal(d, device) + "; " + hall.DeviceCookie + "=" + device
}

func (c *copier) question(meeting, cell string, people []Person) ballot.Poll {
	p := ballot.Poll{
		Root: c.root, Meeting: meeting, ID: id.New(), Organization: cell, Question: "Thông qua?", Secret: true, Choose: 1,
		Options: []ballot.Option{{ID: "aye", Text: "Tán thành"}, {ID: "nay", Text: "Không tán thành"}},
	}
	for _, one := range people {
		p.Entitled = append(p.Entitled, one.Member)
	}
	return p
}

// poll opens the poll of everybody.
func (c *copier) poll(ctx context.Context, w Ward) (string, error) {
	var all []Person
	for _, cell := range w.Cells {
		all = append(all, cell.Everybody...)
	}
	p := c.question(c.meeting, c.cell, all)
	return p.ID, c.app.DB.Tx(ctx, func(tx *db.Tx) error { return c.app.Ballots.Open(ctx, tx, p) })
}
