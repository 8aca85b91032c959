package account

import (
	"slices"
	"time"

	"chibo/kit/access"
	"chibo/kit/when"
)

// Recovery is a new code that one person has asked for and another is to confirm: nobody
// alone comes by the account of somebody who decides or signs (OWASP ASVS 5.0, 6.4.4).
type Recovery struct {
	Root    string `db:"root_id"`
	ID      string
	Account string `db:"account_id"`
	// Drops says that the second factors go too: their owner has lost telephone and paper.
	Drops       bool
	AskedBy     string // account
	AskedName   string
	AskedAt     when.Instant
	ConfirmedBy string       // account, empty until then
	EndedAt     when.Instant // confirmed or taken back
}

// recoveryLife is how long somebody may confirm.
const recoveryLife = 72 * time.Hour

// settledIn is for how long nobody confirms what was asked for by whoever let them in, or the other way
// round: one person with two accounts is not two.
const settledIn = 7 * 24 * time.Hour

// warned is how long the owner of an account sees on the home page that a new code was
// asked for.
const warned = 14 * 24 * time.Hour

// byTwo are the roles whose accounts nobody opens alone.
var byTwo = []access.Role{access.Administrator, access.Clerk, access.Committee, access.Department, access.Secretary}

// needsTwo reports whether a new code for an account takes two persons: where it replaces
// the password of somebody with such a role, and wherever second factors go. The first
// code of an account that was never used takes one.
func needsTwo(a Account, gs []access.Grant, drops bool) bool {
	return drops || a.Password != "" && slices.ContainsFunc(gs, func(g access.Grant) bool { return slices.Contains(byTwo, g.Role) })
}

// mayConfirm reports whether who may confirm a recovery of the account of a person with
// the given grants: somebody who manages all of it, has not asked for it and is not its
// owner.
func mayConfirm(who access.Person, r Recovery, gs []access.Grant) bool {
	return who.Account != r.AskedBy && who.Account != r.Account && MayManage(who, gs)
}
