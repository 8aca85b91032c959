// Package head signs the ends of the chains of package audit, so that an end can be kept
// where the database is not: on paper, in a file, at the committee above.
//
// A head names a base organisation, the number and the hash of the last entry of its chain
// and the moment, and bears an Ed25519 signature. Since the hash of an entry covers all
// entries before it, whoever keeps a head keeps a witness of everything up to it: a chain
// that was written anew, cut off, or put back from an older copy no longer has that entry.
package head

import (
	"crypto/ed25519"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"chibo/kit/when"
)

// Head is the end of a chain at a moment, signed.
type Head struct {
	Root      string
	Seq       int64        // number of the entry, from 1
	Hash      string       // of the entry, hex SHA-256
	At        when.Instant // when it was signed
	Key       string       // public key, base 32
	Signature string       // base 32
}

// form begins the text of a head; another form is another word.
const form = "CHIBO/HEAD/1"

var code = base32.StdEncoding.WithPadding(base32.NoPadding)

// Text returns h in one line of capitals, digits and / : -, which QR codes hold at five and
// a half bits a sign:
//
//	CHIBO/HEAD/1:ROOT:SEQ:HASH:AT:KEY:SIGNATURE
//
// SEQ and AT (milliseconds since 1970, UTC) are decimal; HASH, KEY and SIGNATURE are base 32
// (RFC 4648) without padding. What is signed is the text up to the last colon, without it.
func (h Head) Text() string { return h.signed() + ":" + h.Signature }

func (h Head) signed() string {
	hash, _ := hex.DecodeString(h.Hash) // a hash that is none gives a text that does not hold
	return strings.Join([]string{
		form, strings.ToUpper(h.Root), strconv.FormatInt(h.Seq, 10), code.EncodeToString(hash), strconv.FormatInt(int64(h.At), 10), h.Key,
	}, ":")
}

// Holds reports whether the signature is that of the key that h names. Whether that key is
// the right one, only who knows the key can say.
func (h Head) Holds() bool {
	return holds(h.Key, h.signed(), h.Signature)
}

// holds reports whether a signature of a text is that of a public key. Both must be written
// as this package writes them: base 32 has idle bits at the end, which would let another
// text mean the same.
func holds(key, text, signature string) bool {
	public, err := code.DecodeString(key)
	signed, failed := code.DecodeString(signature)
	return errors.Join(err, failed) == nil && len(public) == ed25519.PublicKeySize &&
		code.EncodeToString(public) == key && code.EncodeToString(signed) == signature &&
		ed25519.Verify(public, []byte(text), signed)
}

var errForm = errors.New("this is no head of a chain")

// Parse reads a text as Text gives it. It does not ask whether the signature holds.
func Parse(text string) (Head, error) {
	words := strings.Split(strings.ToUpper(strings.TrimSpace(text)), ":")
	if len(words) != 7 || words[0] != form {
		return Head{}, errForm
	}
	seq, err := strconv.ParseInt(words[2], 10, 64)
	hash, failed := code.DecodeString(words[3])
	at, late := strconv.ParseInt(words[4], 10, 64)
	if errors.Join(err, failed, late) != nil || seq < 1 || len(hash) != 32 {
		return Head{}, errForm
	}
	return Head{
		Root: strings.ToLower(words[1]), Seq: seq, Hash: hex.EncodeToString(hash), At: when.Instant(at), Key: words[5], Signature: words[6],
	}, nil
}

// Format returns heads as a file of lines; ParseAll reads it.
func Format(heads []Head) string {
	var b strings.Builder
	for _, h := range heads {
		b.WriteString(h.Text() + "\n")
	}
	return b.String()
}

// ParseAll reads a file of heads, one a line; empty lines and those that begin with # are
// passed over. A line that is no head, or whose signature does not hold, is an error.
func ParseAll(text string) ([]Head, error) {
	var all []Head
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		h, err := Parse(line)
		if err == nil && !h.Holds() {
			err = errors.New("its signature does not hold")
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n+1, err)
		}
		all = append(all, h)
	}
	return all, nil
}

// Short returns the first twenty signs of a public key in fours, for people who compare it
// with a paper: a hundred bits.
func Short(key string) string {
	var groups []string
	for n := 0; n+4 <= min(len(key), 20); n += 4 {
		groups = append(groups, key[n:n+4])
	}
	return strings.Join(groups, "-")
}
