package world

import (
	"context"
	"fmt"

	"chibo/digest"
	"chibo/kit/when"
)

// reports leaves the ward with an issued report on the meeting dates of a month and a draft on
// its scores.
func (b *builder) reports(ctx context.Context, month when.Month) error {
	for _, form := range []string{"register", "scores"} {
		id, err := b.app.Digests.Begin(ctx, b.superior(), digest.Start{Unit: b.ward.ID, Form: form, Month: month})
		if err != nil {
			return fmt.Errorf("report %s: %w", form, err)
		}
		if form != "register" {
			continue
		}
		if err := b.app.Digests.Issue(ctx, b.superior(), id, 1); err != nil {
			return fmt.Errorf("issue of report %s: %w", form, err)
		}
	}
	return nil
}
