package account

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"chibo/kit/fault"
	"chibo/kit/password"
	"chibo/kit/web"
)

// pool bounds how many hashes are computed at once and how many wait for their turn, so that
// a flood of sign-ins takes neither all memory nor all processors.
type pool struct {
	turns   chan struct{}
	waiting atomic.Int64
	most    int64
}

// mostWaiting is how many wait for each hash that is computed: two seconds of them.
const mostWaiting = 100

func newPool(turns int) *pool {
	return &pool{turns: make(chan struct{}, turns), most: int64(mostWaiting * turns)}
}

// hashing leaves a processor to those who need no password.
var hashing = newPool(max(1, runtime.GOMAXPROCS(0)-1))

// enter waits for a turn, which the caller leaves; whoever comes when too many wait is told so
// at once. Who waits here is not among those by whom the pace of the program is measured: else
// a storm of sign-ins would have check-ins turned away.
func (p *pool) enter(ctx context.Context) (leave func(), err error) {
	if p.waiting.Add(1) > p.most {
		p.waiting.Add(-1)
		return nil, fault.New(fault.Busy, "account.problem.busy")
	}
	back := web.Aside(ctx)
	select {
	case p.turns <- struct{}{}:
		p.waiting.Add(-1)
		return func() { <-p.turns; back() }, nil
	case <-ctx.Done():
		p.waiting.Add(-1)
		back()
		return nil, ctx.Err()
	}
}

func slowly[T any](ctx context.Context, f func() (T, error)) (T, error) {
	leave, err := hashing.enter(ctx)
	if err != nil {
		var none T
		return none, err
	}
	defer leave()
	return f()
}

// hash returns what is stored of a password, PIN or code. It is slow: never call it
// inside a transaction.
func hash(ctx context.Context, secret string) (string, error) {
	return slowly(ctx, func() (string, error) { return password.Hash(composed(secret)) })
}

// nobody is the hash that a secret is compared with where there is none, so that a
// name that is unknown takes as long as one that is known.
var nobody = sync.OnceValues(func() (string, error) { return password.Hash(rand.Text()) })

// matches reports whether secret is the one that stored was made of. An empty
// stored matches nothing, and takes as long to say so.
func matches(ctx context.Context, secret, stored string) (bool, error) {
	none := stored == ""
	if none {
		var err error
		if stored, err = nobody(); err != nil {
			return false, fmt.Errorf("hash of nobody: %w", err)
		}
	}
	ok, err := slowly(ctx, func() (bool, error) { return password.Matches(composed(secret), stored) })
	return ok && !none, err
}

// Stretch returns 32 bytes that only who knows the password can compute, at the cost
// of a guess: a key for what the password alone may open. The salt belongs to what is
// opened, never to a stored password. It is slow: never call it inside a transaction.
func Stretch(ctx context.Context, secret string, salt []byte) ([]byte, error) {
	return slowly(ctx, func() ([]byte, error) { return password.Key(composed(secret), salt) })
}

// newToken returns 256 random bits as text for a cookie or a link.
func newToken() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails: see crypto/rand
	return base64.RawURLEncoding.EncodeToString(b)
}

// hashToken returns what is stored of a token. A token cannot be guessed, so its
// hash need not be slow.
func hashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// letters are those of printed codes: none that is taken for another.
const letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

const codeLength = 12

// newCode returns a code to be typed by hand, in groups: "K7M4-9QXP-2RTB", about
// 59 random bits.
func newCode() string {
	var b strings.Builder
	for i := range codeLength {
		if i > 0 && i%4 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(letters[randomIndex(len(letters))])
	}
	return b.String()
}

// randomIndex returns a number below n, at most 256, each as likely as the others.
func randomIndex(n int) int {
	var b [1]byte
	for {
		_, _ = rand.Read(b[:]) // never fails
		if int(b[0]) < 256-256%n {
			return int(b[0]) % n
		}
	}
}

// readCode returns a typed code as newCode wrote it: people type small letters and
// leave the dashes out.
func readCode(typed string) string {
	var b strings.Builder
	for _, r := range strings.ToUpper(typed) {
		if !strings.ContainsRune(letters, r) {
			continue
		}
		if n := b.Len(); n == 4 || n == 9 {
			b.WriteByte('-')
		}
		b.WriteRune(r)
	}
	return b.String()
}
