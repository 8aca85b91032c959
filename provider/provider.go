// Package provider lets people in whom another house knows already: a ministry or a
// province that gives its staff one account for all programs, by OpenID Connect.
//
// Its story: somebody signs in here as ever, opens "Tôi", types the password once more and
// is led to the provider, who says who they are; from then on one press on the page of
// signing in is enough. Nobody is linked by a name or an address of mail that happens to
// be the same here and there, and nobody gets an account by coming from the provider.
//
// What was asked travels sealed in a cookie of the browser that asked (state, nonce, PKCE),
// so that no answer that was meant for somebody else opens anything. Where the provider
// cannot be reached, all other ways in are as they were.
package provider

import (
	"time"

	"chibo/kit/when"
)

// Settings is what the operator says of the provider.
type Settings struct {
	Name   string // as people know it: "Cổng định danh tỉnh"
	Issuer string // its address, below which /.well-known/openid-configuration lies; empty: there is none
	Client string // what it calls this program
	Secret string // what this program shows to it; empty for a public client
}

// Link says which account the provider's person has here.
type Link struct {
	Root            string `db:"root_id"`
	Account         string `db:"account_id"`
	Issuer, Subject string
	Name            string // what the provider called the person when the two were linked
	LinkedAt        when.Instant
	UsedAt          when.Instant // zero: never
}

// How long somebody may take at the provider, and the program to hear from it.
const (
	patience = 10 * time.Minute
	answered = 10 * time.Second
)

// errand is with what a browser was sent to the provider. It comes back sealed in a cookie.
type errand struct {
	State, Nonce, Verifier string
	Account                string // who wants to be linked; empty: who wants to be let in
	Shared                 bool   // several people use the device
	Next                   string // where to go on
	Until                  when.Instant
}

// person is what the provider has said.
type person struct{ subject, name string }
