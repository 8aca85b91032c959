package matter

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"chibo/kit/fault"
	"chibo/kit/search"
)

// Likeness is how much two matters seem to be about the same: the share, in percent, of the
// telling words of the shorter one that stand in the other too.
type Likeness int

const (
	// fewestShared is how many telling words two texts must have in common at least:
	// two texts that share "đèn đường" alone may be about anything.
	fewestShared = 3
	// likeEnough is the Likeness from which a matter is offered as likely the same.
	likeEnough Likeness = 50
)

// plain are folded words that say nothing of what a matter is about.
var plain = sync.OnceValue(func() map[string]bool {
	return words("ai anh ba bac ban bi boi ca cac cai can cap cho chi chua co con cua da dan de den di do dong duoc em gi giai hay ho hon i kien la lai lam len ma moi mot nay nen neu nghi nguoi nhan nhieu nhu nhung phai phan o qua quyet ra rang rat sau se so sang tai tren trong truoc tu tung va vao van ve vi viec voi xem xet xin y yeu")
})

// words returns the folded words of a text, each once: those of letters, of two at
// least.
func words(text string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.FieldsFunc(search.Fold(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if len([]rune(w)) > 1 {
			out[w] = true
		}
	}
	return out
}

// telling returns the words of a text that say what it is about.
func telling(text string) map[string]bool {
	out := words(text)
	for w := range plain() {
		delete(out, w)
	}
	return out
}

// alike returns the Likeness of two texts, 0 where they share too little to say.
func alike(a, b string) Likeness {
	short, long := telling(a), telling(b)
	if len(short) > len(long) {
		short, long = long, short
	}
	shared := 0
	for w := range short {
		if long[w] {
			shared++
		}
	}
	if shared < fewestShared {
		return 0
	}
	return Likeness(100 * shared / len(short))
}

// likely returns those of the candidates that seem to be about the same as m, the
// likeliest first, and the others in their order.
func likely(m Matter, candidates []placed) (same, others []placed) {
	for _, c := range candidates {
		if alike(m.Text, c.Text) >= likeEnough {
			same = append(same, c)
		} else {
			others = append(others, c)
		}
	}
	slices.SortStableFunc(same, func(a, b placed) int { return int(alike(m.Text, b.Text) - alike(m.Text, a.Text)) })
	return same, others
}

// mergeable refuses matters that cannot be treated as one: all must wait for the same
// committee.
func mergeable(all []placed) error {
	var c fault.Check
	c.That(len(all) > 1, "with", "matter.problem.with")
	if err := c.Err(); err != nil {
		return err
	}
	for _, m := range all {
		if m.State != Waiting {
			return fault.New(fault.Conflict, "matter.refused.settled", "Name", m.Name())
		}
		if m.ReceivedBy == "" || m.ReceivedBy != all[0].ReceivedBy {
			return fault.New(fault.Conflict, "matter.refused.other_committee", "Name", m.Name())
		}
	}
	return nil
}
