package feedback

import (
	"crypto/sha256"
	"encoding/base32"
	"slices"
	"strings"

	"chibo/kit/search"
)

// Proposal says that remarks of one cell may say the same. It is no more than that: people
// put remarks together, or do not.
type Proposal struct {
	// Group is the group that the remarks may join; empty: they would make a new one.
	Group   string
	Words   string // of the group that is there, or of the remark most like the others
	Remarks []Remark
}

// Key names the proposal by its remarks, so that one that was turned down stays away until
// another remark joins it.
func (p Proposal) Key() string {
	ids := []string{p.Group}
	for _, r := range p.Remarks {
		ids = append(ids, r.ID)
	}
	slices.Sort(ids)
	sum := sha256.Sum256([]byte(strings.Join(ids, " ")))
	return base32.StdEncoding.EncodeToString(sum[:20])
}

// What is alike: this part of the words of both together, and no fewer words in common.
const (
	alikeShare  = 0.5
	alikeShared = 3
)

// common are folded words that say nothing of what a remark is about.
var common = strings.Fields("va la cua cho cac nhung duoc co da dang se voi trong thi ma nay do de ve tu den mot moi con rat qua lam khi nhu bi o len ra vao dong chi toi can nen phai hon nua cung")

// bag returns the words of a text that say what it is about, each once, in order.
func bag(text string) []string {
	words := slices.DeleteFunc(strings.Fields(search.Words(text)), func(w string) bool { return slices.Contains(common, w) })
	slices.Sort(words)
	return slices.Compact(words)
}

// alike reports whether two bags have enough in common (Dice's measure).
func alike(a, b []string) bool {
	shared := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch strings.Compare(a[i], b[j]) {
		case 0:
			shared, i, j = shared+1, i+1, j+1
		case -1:
			i++
		default:
			j++
		}
	}
	if len(a) > 0 && shared == len(a) && shared == len(b) {
		return true
	}
	return shared >= alikeShared && float64(2*shared) >= alikeShare*float64(len(a)+len(b))
}

// Propose proposes which of the remarks of a block that stand alone may be put together:
// first into the groups that are there, then into new ones. No remark is in two proposals.
func Propose(b Block) []Proposal {
	rest, bags := b.Alone, make([][]string, len(b.Alone))
	for i, r := range rest {
		bags[i] = bag(r.Text)
	}
	taken := make([]bool, len(rest))
	var out []Proposal
	for _, x := range b.Groups {
		known := [][]string{bag(x.Words)}
		for _, r := range x.Remarks {
			known = append(known, bag(r.Text))
		}
		p := Proposal{Group: x.ID, Words: x.Words}
		for i, r := range rest {
			if !taken[i] && slices.ContainsFunc(known, func(k []string) bool { return alike(k, bags[i]) }) {
				taken[i] = true
				p.Remarks = append(p.Remarks, r)
			}
		}
		if len(p.Remarks) > 0 {
			out = append(out, p)
		}
	}
	return append(out, clusters(rest, bags, taken)...)
}

// clusters takes, again and again, the remark with the most others like it, together with
// those.
func clusters(rest []Remark, bags [][]string, taken []bool) []Proposal {
	near := make([][]int, len(rest))
	for i := range rest {
		for j := range i {
			if !taken[i] && !taken[j] && alike(bags[i], bags[j]) {
				near[i], near[j] = append(near[i], j), append(near[j], i)
			}
		}
	}
	free := func(i int) (n int) {
		for _, j := range near[i] {
			if !taken[j] {
				n++
			}
		}
		return n
	}
	var out []Proposal
	for {
		best, most := -1, 0
		for i := range rest {
			if n := free(i); !taken[i] && n > most {
				best, most = i, n
			}
		}
		if best < 0 {
			return out
		}
		p := Proposal{Words: rest[best].Text, Remarks: []Remark{rest[best]}}
		taken[best] = true
		for _, j := range near[best] {
			if !taken[j] {
				taken[j] = true
				p.Remarks = append(p.Remarks, rest[j])
			}
		}
		out = append(out, p)
	}
}
