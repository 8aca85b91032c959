package account

import (
	"context"
	"net/url"

	"chibo/kit/access"
	"chibo/kit/when"
)

// Rule is after how many months a base organisation wants passwords changed. There is none
// unless it lays one down: a change by the calendar makes passwords worse (OWASP ASVS 5.0,
// 6.2.10), but some provinces ask for one.
type Rule struct {
	Root   string `db:"root_id"`
	Months int
	SetBy  string // account
	SetAt  when.Instant
}

// mostMonths is the longest time after which a rule may want a change.
const mostMonths = 36

// due reports whether a password that was set at one moment is to be changed by now.
func (r Rule) due(set, now when.Instant) bool {
	return r.Months > 0 && !now.Time().Before(set.Time().AddDate(0, r.Months, 0))
}

// advice is why a password that has let its owner in should be changed; empty: it need not.
type advice string

// Whoever gets advice is in already and may put it off: nobody is locked out on the evening of
// a meeting because of a rule that is younger than their password.
const (
	tooShort advice = "short"
	tooKnown advice = "weak"
	tooOld   advice = "old"
)

// advise says whether the password by which somebody has come in should be changed: one that
// would not be taken today, and one that is older than the base organisation wants.
func (s *Service) advise(ctx context.Context, a Account, gs []access.Grant, password string) (advice, error) {
	f, err := s.facts(ctx, a, gs)
	if err != nil {
		return "", err
	}
	switch problemOfPassword(password, f) {
	case "":
	case "account.problem.short", "account.problem.short_lead":
		return tooShort, nil
	default:
		return tooKnown, nil
	}
	r, err := ruleOf(ctx, s.DB, a.Root)
	if err != nil || !r.due(max(a.PasswordAt, a.CreatedAt), s.now()) {
		return "", err
	}
	return tooOld, nil
}

// path is where somebody with advice is led, and from there on to next.
func (a advice) path(next string) string {
	if a == "" {
		return next
	}
	return "/me/password?why=" + string(a) + "&next=" + url.QueryEscape(next)
}
