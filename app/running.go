package app

import (
	"context"
	"runtime/debug"
	"strings"

	"chibo/account"
	"chibo/dossier"
	"chibo/factor"
	"chibo/kit/access"
	"chibo/organization"
	"chibo/privacy"
)

// running says how the program is set up for a unit, for the packs of package dossier.
func (a *App) running(ctx context.Context, o organization.Organization) (dossier.Running, error) {
	r := dossier.Running{
		Postgres: a.DB.Postgres(), Tables: len(privacy.Inventory()), Listen: a.Listen, Base: a.Base, Secure: a.Secure, Proxy: a.Proxy,
		Nodes: a.DB.Postgres() || a.NATS != "", Mail: a.SMTP != "", Pushes: !a.Quiet, VaultApart: !strings.HasPrefix(a.Vault, a.Data),
		Copies: dossier.Copies{On: a.Copies.Dir != "", Every: a.Copies.Every, Keep: a.Copies.Keep, Encrypted: len(a.Copies.Recipients) > 0},
	}
	if build, ok := debug.ReadBuildInfo(); ok {
		r.Version = build.Main.Version
	}
	lives := a.Accounts.Lives
	if lives == (account.Lives{}) {
		lives = account.DefaultLives
	}
	r.Idle = dossier.Idle{Own: lives.Own.Idle, Staff: lives.Staff.Idle, Shared: lives.Shared.Idle}
	for _, role := range access.Roles {
		if needs := rights[role]; len(needs) > 0 {
			r.Roles = append(r.Roles, dossier.Role{Name: string(role), Rights: len(needs)})
		}
	}
	var err error
	if r.Bytes, err = a.DB.Size(ctx); err != nil {
		return r, err
	}
	if r.FactorFrom, err = factor.DueFrom(ctx, a.DB, strings.Split(strings.Trim(o.Path, "/"), "/")); err != nil {
		return r, err
	}
	r.Copies.Last, _, err = a.LastCopy()
	return r, err
}
