package collective

import (
	"context"

	"chibo/kit/db"
	"chibo/meeting"
)

// Find returns a collective of a cell; one of which nothing was written down has no name.
func Find(ctx context.Context, q db.Q, root, organization string, k meeting.Kind) (Collective, error) {
	c, found, err := db.Maybe[Collective](ctx, q, `SELECT root_id, organization_id, kind, name, superior FROM collective
		WHERE root_id = $1 AND organization_id = $2 AND kind = $3`, root, organization, k)
	if !found {
		c = Collective{Root: root, Organization: organization, Kind: k}
	}
	return c, err
}

// People returns who belongs to a collective, in the Vietnamese order of given names.
func People(ctx context.Context, q db.Q, root, organization string, k meeting.Kind) ([]Person, error) {
	return db.All[Person](ctx, q, `SELECT root_id, id, organization_id, kind, name, office, sort_key FROM collective_person
		WHERE root_id = $1 AND organization_id = $2 AND kind = $3 ORDER BY sort_key, id`, root, organization, k)
}

// put writes a collective with all its people in the place of what stood there.
func put(ctx context.Context, tx *db.Tx, c Collective, people []Person) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO collective (root_id, organization_id, kind, name, superior) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (root_id, organization_id, kind) DO UPDATE SET name = excluded.name, superior = excluded.superior`,
		c.Root, c.Organization, c.Kind, c.Name, c.Superior)
	if err != nil {
		return err
	}
	_, err = db.Exec(ctx, tx, `DELETE FROM collective_person WHERE root_id = $1 AND organization_id = $2 AND kind = $3`, c.Root, c.Organization, c.Kind)
	if err != nil {
		return err
	}
	return db.InsertAll(ctx, tx, "collective_person", people)
}
