package head

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"chibo/kit/when"
)

// Introduction says that another key signs from now on. The key before it has signed this,
// so that whoever trusts that key trusts the new one; the new one has signed too, so that
// nobody introduces the key of somebody else.
type Introduction struct {
	Old, New     string       // public keys, base 32
	At           when.Instant // when it was signed
	ByOld, ByNew string       // signatures, base 32
}

// keyForm begins the text of an introduction.
const keyForm = "CHIBO/KEY/1"

// Introduce returns the introduction of the next key by k.
func (k Key) Introduce(next Key, at when.Instant) Introduction {
	i := Introduction{Old: k.Public(), New: next.Public(), At: at}
	i.ByOld, i.ByNew = k.sign(i.signed()), next.sign(i.signed())
	return i
}

// Text returns i in one line of capitals, as that of a head:
//
//	CHIBO/KEY/1:OLD:NEW:AT:BY-OLD:BY-NEW
//
// What both keys have signed is the text up to AT, without the colon that follows.
func (i Introduction) Text() string { return i.signed() + ":" + i.ByOld + ":" + i.ByNew }

func (i Introduction) signed() string {
	return strings.Join([]string{keyForm, i.Old, i.New, strconv.FormatInt(int64(i.At), 10)}, ":")
}

// Holds reports whether i is signed by both keys that it names, which are two.
func (i Introduction) Holds() bool {
	return i.Old != i.New && holds(i.Old, i.signed(), i.ByOld) && holds(i.New, i.signed(), i.ByNew)
}

// ParseIntroduction reads a text as Text gives it. It does not ask whether the signatures hold.
func ParseIntroduction(text string) (Introduction, error) {
	words := strings.Split(text, ":")
	if len(words) != 6 || words[0] != keyForm {
		return Introduction{}, errors.New("this is no introduction of a key")
	}
	at, err := strconv.ParseInt(words[3], 10, 64)
	if err != nil {
		return Introduction{}, fmt.Errorf("introduction of a key: %w", err)
	}
	return Introduction{Old: words[1], New: words[2], At: when.Instant(at), ByOld: words[4], ByNew: words[5]}, nil
}

// Turn is an entry of a chain from which on another key signs its ends.
type Turn struct {
	Seq        int64         // of the entry
	Introduced *Introduction // nil: the key before it was lost and could introduce nobody
	Found      string        // then the key that was found in its place
}

// Key returns the key that signs from t on.
func (t Turn) Key() string {
	if t.Introduced != nil {
		return t.Introduced.New
	}
	return t.Found
}

// Turns are those of one chain in their order.
type Turns []Turn

// Verify returns what is wrong with the first turn whose key may not follow the one before.
func (all Turns) Verify() error {
	for n, t := range all {
		switch {
		case t.Introduced == nil:
		case !t.Introduced.Holds():
			return fmt.Errorf("the introduction of a key in entry %d bears a signature that does not hold", t.Seq)
		case n > 0 && t.Introduced.Old != all[n-1].Key():
			return fmt.Errorf("the key of entry %d was introduced by one that did not sign then", t.Seq)
		}
	}
	return nil
}

// Signs reports whether a key is the one that signed when the chain ended with entry seq.
// Before the first turn it is the one that introduced; where that is lost, or there are no
// turns, nothing is known and any key may be it.
func (all Turns) Signs(key string, seq int64) bool {
	for n := len(all) - 1; n >= 0; n-- {
		if all[n].Seq <= seq {
			return key == all[n].Key()
		}
	}
	return len(all) == 0 || all[0].Introduced == nil || key == all[0].Introduced.Old
}

// Last returns the last turn; false where there is none.
func (all Turns) Last() (Turn, bool) {
	if len(all) == 0 {
		return Turn{}, false
	}
	return all[len(all)-1], true
}
