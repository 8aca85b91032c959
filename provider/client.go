package provider

import (
	"context"
	"crypto/subtle"
	"fmt"
	"net/http"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"chibo/kit/fault"
)

// client is the provider as it has described itself.
type client struct {
	oauth2.Config
	provider *oidc.Provider
	verifier *oidc.IDTokenVerifier
}

// hearing bounds how long the provider may let this program wait.
var hearing = &http.Client{Timeout: answered}

// reach returns the provider, which is asked once to describe itself; fault.Busy where it
// cannot be reached.
func (s *Service) reach(ctx context.Context) (*client, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known != nil {
		return s.known, nil
	}
	// Its keys are fetched again in the name of whoever comes when they have changed.
	found, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), hearing), s.Settings.Issuer)
	if err != nil {
		s.Log.WarnContext(ctx, "the identity provider is not reached", "error", err)
		return nil, fault.New(fault.Busy, "provider.problem.silent", "Name", s.Settings.Name)
	}
	s.known = &client{
		Config: oauth2.Config{
			ClientID: s.Settings.Client, ClientSecret: s.Settings.Secret, Endpoint: found.Endpoint(),
			RedirectURL: strings.TrimRight(s.Base, "/") + returnPath, Scopes: []string{oidc.ScopeOpenID, "profile"},
		},
		provider: found,
		verifier: found.Verifier(&oidc.Config{ClientID: s.Settings.Client}),
	}
	return s.known, nil
}

// address is where the browser is sent.
func (c *client) address(e errand) string {
	return c.AuthCodeURL(e.State, oidc.Nonce(e.Nonce), oauth2.S256ChallengeOption(e.Verifier))
}

// person asks the provider who has come back with code. What is not from it, not for this
// program or not for this errand is refused as fault.Invalid.
func (c *client) person(ctx context.Context, e errand, code string) (person, error) {
	refused := fault.New(fault.Invalid, "provider.problem.refused")
	ctx = oidc.ClientContext(ctx, hearing)
	token, err := c.Exchange(ctx, code, oauth2.VerifierOption(e.Verifier))
	if err != nil {
		return person{}, fmt.Errorf("%w: exchange: %w", refused, err)
	}
	raw, _ := token.Extra("id_token").(string)
	said, err := c.verifier.Verify(ctx, raw)
	if err != nil {
		return person{}, fmt.Errorf("%w: verify: %w", refused, err)
	}
	if subtle.ConstantTimeCompare([]byte(said.Nonce), []byte(e.Nonce)) != 1 {
		return person{}, fmt.Errorf("%w: the nonce is another one", refused)
	}
	name, err := c.nameOf(ctx, said, token)
	return person{said.Subject, name}, err
}

// nameOf returns what the provider calls the person: in the token that names them, or when
// asked. Nothing but the page "Tôi" rests on it.
func (c *client) nameOf(ctx context.Context, said *oidc.IDToken, token *oauth2.Token) (string, error) {
	var claims struct {
		Name string `json:"name"`
	}
	if err := said.Claims(&claims); err != nil || claims.Name != "" {
		return claims.Name, err
	}
	told, err := c.provider.UserInfo(ctx, oauth2.StaticTokenSource(token))
	if err != nil || told.Subject != said.Subject {
		return "", nil // it keeps names to itself
	}
	err = told.Claims(&claims)
	return claims.Name, err
}
