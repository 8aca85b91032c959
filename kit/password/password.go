// Package password computes what is derived from passwords, PINs and typed codes: argon2id,
// made slow on purpose.
//
// It takes 20 ms of a processor and 19 MiB of memory, which are cleared before and
// collected after. While hundreds sign in, whoever only presses a button would wait for
// that. So a program that serves has it done apart (see Apart), by a process to which the
// machine gives what nobody else needs.
package password

import (
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/alexedwards/argon2id"
	"golang.org/x/crypto/argon2"
)

// cost is what one guess costs: 19 MiB and two passes, the least that OWASP's
// password storage guide asks of argon2id; about 20 ms.
var cost = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// Hash returns what is stored of a secret.
func Hash(secret string) (stored string, err error) {
	d, err := do(task{Secret: secret})
	return d.Stored, err
}

// Matches reports whether a secret is the one that stored was made of. It is an error for
// stored not to be a hash.
func Matches(secret, stored string) (bool, error) {
	if stored == "" {
		return false, errNoHash
	}
	d, err := do(task{Secret: secret, Stored: stored})
	return d.Matches, err
}

// Key returns 32 bytes that only who knows the secret can compute.
func Key(secret string, salt []byte) ([]byte, error) {
	d, err := do(task{Secret: secret, Salt: salt})
	return d.Key, err
}

var errNoHash = errors.New("password: nothing is stored to compare with")

// task is what is to be computed: a key where there is a salt, whether the secret is the
// one that was stored, or what is stored of it.
type task struct {
	Secret, Stored string
	Salt           []byte
}

// done is what came of a task.
type done struct {
	Stored  string
	Matches bool
	Key     []byte
	Problem string // why it could not be done
}

func (t task) do() (d done) {
	var err error
	switch {
	case t.Salt != nil:
		d.Key = argon2.IDKey([]byte(t.Secret), t.Salt, cost.Iterations, cost.Memory, cost.Parallelism, cost.KeyLength)
	case t.Stored != "":
		d.Matches, err = argon2id.ComparePasswordAndHash(t.Secret, t.Stored)
	default:
		d.Stored, err = argon2id.CreateHash(t.Secret, cost)
	}
	if err != nil {
		d.Problem = err.Error()
	}
	return d
}

var elsewhere atomic.Pointer[apart]

// do does a task apart where that can be had, and here otherwise: that a process cannot be
// started keeps nobody from signing in.
func do(t task) (done, error) {
	d, err := elsewhere.Load().do(t)
	if err != nil {
		d = t.do()
	}
	if d.Problem != "" {
		return done{}, fmt.Errorf("password: %s", d.Problem)
	}
	return d, nil
}
