package delegation

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"chibo/kit/fault"
)

// Block is a block of seats in the hall of a sitting: a name, so many rows of so many
// seats. Of a block of one row only the number of its seats is known.
type Block struct {
	Root     string `db:"root_id" form:"-"`
	ID       string `form:"-"`
	Sitting  string `db:"sitting_id" form:"-"`
	Position int    `form:"-"`
	Name     string `form:"name"`
	Rows     int    `db:"row_count" form:"rows"`
	Seats    int    `db:"row_seats" form:"seats"` // of each row
	// For are the ids of the lines and units for whom it is kept; nobody: for all others.
	For []string `db:"-" form:"for"`
}

// Size returns how many can sit in the block.
func (b Block) Size() int { return b.Rows * b.Seats }

// Label names a seat, counted from 1 through the rows: "A-3-12", of a block of one row
// "A-12".
func (b Block) Label(seat int) string {
	if b.Rows <= 1 {
		return fmt.Sprintf("%s-%d", b.Name, seat)
	}
	return fmt.Sprintf("%s-%d-%d", b.Name, (seat-1)/b.Seats+1, (seat-1)%b.Seats+1)
}

func (b Block) check() error {
	var c fault.Check
	c.That(strings.TrimSpace(b.Name) != "", "name", "delegation.problem.block")
	c.That(len([]rune(b.Name)) <= 20, "name", "delegation.problem.block_long")
	c.That(b.Rows >= 1 && b.Rows <= 100, "rows", "delegation.problem.rows")
	c.That(b.Seats >= 1 && b.Seats <= 2000, "seats", "delegation.problem.seats")
	return c.Err()
}

// Seat is where somebody sits in a sitting.
type Seat struct {
	Root     string `db:"root_id"`
	Sitting  string `db:"sitting_id"`
	Delegate string `db:"delegate_id"`
	Block    string `db:"block_id"`
	Seat     int    // counted from 1 through the rows of the block
}

// place gives everybody without a seat the lowest free one of the blocks kept for their
// unit, else for their line, else for all others; whoever has a seat keeps it. It returns
// the new seats in the order of people, and who found none.
func place(blocks []Block, people []Expected, taken []Seat) (given []Seat, without []Expected) {
	h := newHall(blocks, taken)
	for _, p := range people {
		if h.seated[p.ID] {
			continue
		}
		if b, n := h.free(p); n > 0 {
			h.take(b.ID, n)
			given = append(given, Seat{Root: b.Root, Sitting: b.Sitting, Delegate: p.ID, Block: b.ID, Seat: n})
			continue
		}
		without = append(without, p)
	}
	return given, without
}

// hall is who sits where while seats are given.
type hall struct {
	blocks []Block
	used   map[string]map[int]bool // by block and seat
	next   map[string]int          // no seat below is free
	seated map[string]bool         // by delegate
}

func newHall(blocks []Block, taken []Seat) *hall {
	h := &hall{slices.Clone(blocks), map[string]map[int]bool{}, map[string]int{}, map[string]bool{}}
	slices.SortStableFunc(h.blocks, func(a, b Block) int { return cmp.Compare(a.Position, b.Position) })
	for _, s := range taken {
		h.take(s.Block, s.Seat)
		h.seated[s.Delegate] = true
	}
	return h
}

func (h *hall) take(block string, seat int) {
	if h.used[block] == nil {
		h.used[block] = map[int]bool{}
	}
	h.used[block][seat] = true
}

// free returns the seat that is somebody's next, 0 where all are taken.
func (h *hall) free(p Expected) (Block, int) {
	for _, kept := range []func(Block) bool{
		func(b Block) bool { return p.UnitID != "" && slices.Contains(b.For, p.UnitID) },
		func(b Block) bool { return slices.Contains(b.For, p.Category) },
		func(b Block) bool { return len(b.For) == 0 },
	} {
		for _, b := range h.blocks {
			if !kept(b) {
				continue
			}
			for n := max(1, h.next[b.ID]); n <= b.Size(); n++ {
				if h.next[b.ID] = n; !h.used[b.ID][n] {
					return b, n
				}
			}
		}
	}
	return Block{}, 0
}
