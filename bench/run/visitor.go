package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"chibo/app"
	"chibo/app/world"
	"chibo/kit/access"
	"chibo/kit/when"
)

// world fills a directory of data with a made-up world as it stands at a moment, and returns
// the program behind it, which the caller closes.
func (b *bench) world(ctx context.Context, name string, size world.Size, at when.Instant) (*app.App, world.Facts, error) {
	dir := b.path(name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, world.Facts{}, err
	}
	clock := &world.Clock{}
	a, err := app.Open(ctx, app.Config{Database: filepath.Join(dir, app.DatabaseFile), Data: dir, Now: clock.Now, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		return nil, world.Facts{}, err
	}
	facts, err := world.Fill(ctx, a, clock, size, at)
	if err != nil {
		return nil, facts, errors.Join(err, a.Close())
	}
	return a, facts, nil
}

// accountOf returns the last account of a role.
func accountOf(facts world.Facts, role access.Role) (out world.Account) {
	for _, account := range facts.Accounts {
		if account.Role == role {
			out = account
		}
	}
	return out
}

// visitor is somebody at a browser.
type visitor struct {
	account world.Account
	address string
	client  *http.Client
}

// enter signs the visitor in.
func (v *visitor) enter(ctx context.Context, address string) error {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return err
	}
	v.address, v.client = "http://"+address, &http.Client{Jar: jar}
	_, _, err = v.ask(ctx, http.MethodPost, "/sign-in", "name", v.account.Name, "password", v.account.Password)
	return err
}

// ask sends a form, or asks for a page, and returns the answer.
func (v *visitor) ask(ctx context.Context, method, path string, fields ...string) (int, string, error) {
	form := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	r, err := http.NewRequestWithContext(ctx, method, v.address+path, strings.NewReader(form.Encode()))
	if err != nil {
		return 0, "", err
	}
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	} else {
		r.Header.Set("Hx-Request", "true") // as the page asks for its own card
	}
	answer, err := v.client.Do(r)
	if err != nil {
		return 0, "", err
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	return answer.StatusCode, string(body), err
}
