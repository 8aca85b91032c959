package app

import (
	"context"

	"chibo/account"
	"chibo/factor"
	"chibo/kit/db"
	"chibo/member"
	"chibo/notice"
	"chibo/passkey"
	"chibo/provider"
)

// dropFactors takes away all second factors of an account whose owner has lost them.
func dropFactors(ctx context.Context, tx *db.Tx, root, account string) error {
	if err := passkey.RemoveAll(ctx, tx, root, account); err != nil {
		return err
	}
	if _, err := provider.Remove(ctx, tx, root, account); err != nil {
		return err
	}
	return factor.Drop(ctx, tx, root, account)
}

// warnOwner tells somebody that a new code for their account was asked for, or given.
func (a *App) warnOwner(ctx context.Context, tx *db.Tx, of account.Account) error {
	m, err := member.Find(ctx, tx, of.Root, of.Member)
	if err != nil {
		return err
	}
	return notice.Tell(ctx, tx, notice.Message{Root: of.Root, Organization: m.Organization, Key: "account.recovery.notice", URL: "/", At: a.now()}, of.Member)
}
