package delegation

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// TestSeats gives seats to any people in any blocks: nobody gets two, no seat is given
// twice, none lies outside its block, whoever sat before sits where they sat, and nobody is
// left standing before a free seat that is for them.
func TestSeats(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		blocks := drawBlocks(t)
		people := drawPeople(t)
		first, _ := place(blocks, people[:rapid.IntRange(0, len(people)).Draw(t, "came first")], nil)
		given, without := place(blocks, people, first)
		where, used := map[string]Seat{}, map[string]string{}
		for _, s := range append(first, given...) {
			b := blockOf(blocks, s.Block)
			if s.Seat < 1 || s.Seat > b.Size() {
				t.Fatalf("seat %d of a block of %d", s.Seat, b.Size())
			}
			if before, twice := where[s.Delegate]; twice {
				t.Fatalf("%s sits at %v and at %v", s.Delegate, before, s)
			}
			label := b.Label(s.Seat)
			if other, twice := used[label]; twice {
				t.Fatalf("%s and %s both sit at %s", other, s.Delegate, label)
			}
			where[s.Delegate], used[label] = s, s.Delegate
		}
		if len(where)+len(without) != len(people) {
			t.Fatalf("%d sit, %d stand, of %d", len(where), len(without), len(people))
		}
		free := newHall(blocks, append(first, given...))
		for _, p := range without {
			if b, n := free.free(p); n > 0 {
				t.Fatalf("%s stands before the free seat %s", p.ID, b.Label(n))
			}
		}
	})
}

func blockOf(blocks []Block, id string) Block {
	for _, b := range blocks {
		if b.ID == id {
			return b
		}
	}
	return Block{}
}

func drawBlocks(t *rapid.T) []Block {
	out := make([]Block, rapid.IntRange(0, 4).Draw(t, "blocks"))
	for i := range out {
		out[i] = Block{ID: fmt.Sprint("b", i), Name: string(rune('A' + i)), Position: i, Rows: rapid.IntRange(1, 3).Draw(t, "rows"), Seats: rapid.IntRange(1, 4).Draw(t, "seats")}
		out[i].For = rapid.SliceOfDistinct(rapid.SampledFrom([]string{"l0", "l1", "u0", "u1"}), rapid.ID).Draw(t, "for")
	}
	return out
}

func drawPeople(t *rapid.T) []Expected {
	out := make([]Expected, rapid.IntRange(0, 20).Draw(t, "people"))
	for i := range out {
		out[i] = Expected{Delegate: Delegate{
			ID: fmt.Sprint("p", i), Category: rapid.SampledFrom([]string{"l0", "l1", "l2"}).Draw(t, "line"),
			UnitID: rapid.SampledFrom([]string{"", "u0", "u1", "u2"}).Draw(t, "unit"),
		}}
	}
	return out
}

// TestLabels names seats as people read them.
func TestLabels(t *testing.T) {
	t.Parallel()
	rows, plain := Block{Name: "A", Rows: 3, Seats: 4}, Block{Name: "Khách", Rows: 1, Seats: 9}
	for label, is := range map[string]string{"A-1-1": rows.Label(1), "A-1-4": rows.Label(4), "A-2-1": rows.Label(5), "A-3-4": rows.Label(12), "Khách-9": plain.Label(9)} {
		if is != label {
			t.Errorf("%s, want %s", is, label)
		}
	}
}
