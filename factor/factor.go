// Package factor asks for more than a password: a code of six digits that an
// authenticator on the telephone shows anew each half minute (RFC 6238), or one of ten
// recovery codes on paper.
//
// Its story: a secretary scans a picture once and types the first code; ten recovery
// codes are printed and put away. From then on a password alone opens nothing on a device
// that the program has not seen before. On one's own device the code is asked for again
// after ninety days; on a device of several people, each time.
//
// It is offered to all who hold an office. The administrator of a đảng bộ may set a day
// from which those who keep others' data must have it: see Demands. A passkey is both
// factors in one and needs no code.
package factor

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/hex"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"chibo/kit/access"
	"chibo/kit/when"
)

// Factor is the authenticator of an account.
type Factor struct {
	Root    string `db:"root_id"`
	Account string `db:"account_id"`
	Secret  string // sealed
	MadeAt  when.Instant
	// ConfirmedAt is when its owner has shown the first code; zero before.
	ConfirmedAt when.Instant
	// Step is the last half minute since 1970 whose code was taken.
	Step int64
}

// Demand is what the second factor is to a role.
type Demand int

// The demands, the greatest last.
const (
	None    Demand = iota // not offered: the password is enough
	Offered               // whoever wants it may have it
	Due                   // asked for once the rule of the đảng bộ holds
)

// Demands says what the second factor is to each role: due to those who see or keep what
// belongs to many others (OWASP ASVS 5.0, 6.3.3), offered to the others with an office.
var Demands = map[access.Role]Demand{
	access.Administrator: Due,
	access.Clerk:         Due,
	access.Committee:     Due,
	access.Department:    Due,
	access.Secretary:     Due,
	access.Deputy:        Offered,
	access.MinuteTaker:   Offered,
	access.Member:        None,
	access.Probationary:  None,
}

// Rule is from when the second factor is due in a unit and below it.
type Rule struct {
	Root         string    `db:"root_id"`
	Organization string    `db:"organization_id"`
	From         when.Date `db:"from_on"`
	SetBy        string    // account
	SetAt        when.Instant
}

// DemandOf returns what the second factor is to somebody.
func DemandOf(gs []access.Grant) Demand {
	most := None
	for _, g := range gs {
		most = max(most, Demands[g.Role])
	}
	return most
}

// unitsDue returns the units whose rules reach somebody: those where a grant of theirs is
// due, and all above.
func unitsDue(gs []access.Grant) []string {
	var ids []string
	for _, g := range gs {
		if Demands[g.Role] == Due {
			ids = append(ids, strings.Split(strings.Trim(g.Path, "/"), "/")...)
		}
	}
	return ids
}

const (
	period     = 30 // seconds that a code is shown
	digits     = otp.DigitsSix
	secretSize = 20               // bytes
	settingUp  = 15 * time.Minute // a secret that was shown must be confirmed in that time
)

// newSecret returns a secret in base32, as it is typed by hand.
func newSecret() string {
	b := make([]byte, secretSize)
	_, _ = rand.Read(b) // never fails: see crypto/rand
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b)
}

// link returns what an authenticator reads from the picture.
func link(secret, name string) (string, error) {
	raw, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret)
	if err != nil {
		return "", err
	}
	k, err := totp.Generate(totp.GenerateOpts{Issuer: "Chibo", AccountName: name, Secret: raw, Period: period, Digits: digits})
	if err != nil {
		return "", err
	}
	return k.URL(), nil
}

// stepOf returns the half minute whose code was typed: that of now, the one before or the
// one after, as clocks differ; false for any other code, and for one that is not later
// than the last that was taken.
func stepOf(secret, code string, now time.Time, last int64) (int64, bool) {
	at := now.Unix() / period
	for step := at - 1; step <= at+1; step++ {
		want, err := hotp.GenerateCodeCustom(secret, uint64(step), hotp.ValidateOpts{Digits: digits}) // #nosec G115 -- steps since 1970 are above zero
		if err == nil && step > last && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			return step, true
		}
	}
	return 0, false
}

// isCode reports whether s looks like what an authenticator shows; people type a space in
// its middle.
func isCode(s string) (string, bool) {
	s = strings.ReplaceAll(s, " ", "")
	return s, len(s) == digits.Length() && strings.Trim(s, "0123456789") == ""
}

// papers is how many recovery codes are printed at once.
const papers = 10

// newPaper returns a recovery code of 80 random bits, in groups: "K7M4-QXPA-2RTB-HHJ3".
func newPaper() string {
	s := rand.Text()
	return s[0:4] + "-" + s[4:8] + "-" + s[8:12] + "-" + s[12:16]
}

// hashPaper returns what is kept of a recovery code, however it was typed. It cannot be
// guessed, so its hash need not be slow.
func hashPaper(typed string) string {
	plain := strings.NewReplacer("-", "", " ", "", "0", "O", "1", "I").Replace(strings.ToUpper(typed))
	sum := sha256.Sum256([]byte(plain))
	return hex.EncodeToString(sum[:])
}
