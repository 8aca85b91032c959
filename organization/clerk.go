package organization

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
)

// Entrust decides what the clerks of one's own committee read.
const Entrust access.Need = "organization.entrust"

// SetClerkReads decides whether the clerks of a committee read what stands in the minutes
// of the cells below, or their form and dates only. The committee decides it, not its
// clerk; ratings are open to no clerk either way.
func (s *Service) SetClerkReads(ctx context.Context, who access.Person, id string, reads bool) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		o, err := GetCommittee(ctx, tx, who.Scope(Entrust), id)
		if err != nil {
			return err
		}
		if err := putClerkReads(ctx, tx, o, reads); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, o.Root, "organization.clerk_reads", o.ID, map[string]bool{"reads": reads})
	})
}
