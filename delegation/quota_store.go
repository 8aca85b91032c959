package delegation

import (
	"context"
	"slices"
	"strings"

	"chibo/conference"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/member"
	"chibo/organization"
)

func quotas(ctx context.Context, q db.Q, x conference.Conference) ([]Quota, error) {
	return db.All[Quota](ctx, q, `SELECT k.root_id, k.category_id, k.unit_id, k.places, k.reason, k.changed_at, k.changed_by FROM delegate_quota k
		JOIN conference_category y ON y.root_id = k.root_id AND y.id = k.category_id WHERE y.root_id = $1 AND y.conference_id = $2`, x.Root, x.ID)
}

func putQuota(ctx context.Context, tx *db.Tx, k Quota) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO delegate_quota (root_id, category_id, unit_id, places, reason, changed_at, changed_by) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (root_id, category_id, unit_id) DO UPDATE SET places = excluded.places, reason = excluded.reason,
			changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
		k.Root, k.Category, k.Unit, k.Places, k.Reason, k.ChangedAt, k.ChangedBy)
	return err
}

// Shares returns who sends how many to a conference, as the tree stands now.
func Shares(ctx context.Context, q db.Q, x conference.Conference) ([]Share, error) {
	b := basis{members: map[string]int{}}
	var err error
	if b.committee, err = organization.Find(ctx, q, x.Root, x.Organization); err != nil {
		return nil, err
	}
	if b.below, err = organization.Under(ctx, q, access.Whole("", b.committee.Path)); err != nil {
		return nil, err
	}
	b.deeper = slices.ContainsFunc(b.below, func(o organization.Organization) bool {
		return o.Level == organization.Cell && o.Parent != b.committee.ID
	})
	if b.lines, err = conference.Categories(ctx, q, x); err != nil {
		return nil, err
	}
	if b.sittings, err = conference.Sittings(ctx, q, x); err != nil {
		return nil, err
	}
	for _, y := range b.sittings {
		if y.Host == "" {
			continue
		}
		roll, err := hostRoll(ctx, q, y)
		if err != nil {
			return nil, err
		}
		b.members[y.Host] = len(roll)
	}
	b.changed, err = quotas(ctx, q, x)
	return b.shares(), err
}

// own returns what some units send where they name themselves, and how many they have
// named: for them alone the tree need not be read.
func own(ctx context.Context, q db.Q, x conference.Conference, units []organization.Organization) ([]Sent, error) {
	var b basis
	var err error
	if b.committee, err = organization.Find(ctx, q, x.Root, x.Organization); err != nil {
		return nil, err
	}
	b.below = slices.DeleteFunc(slices.Clone(units), func(o organization.Organization) bool {
		return !strings.HasPrefix(o.Path, b.committee.Path) || o.ID == b.committee.ID || !o.ClosedOn.IsZero()
	})
	if b.deeper, err = deeper(ctx, q, b.committee); err != nil {
		return nil, err
	}
	if b.lines, err = conference.Categories(ctx, q, x); err != nil {
		return nil, err
	}
	if b.changed, err = quotas(ctx, q, x); err != nil {
		return nil, err
	}
	var out []Sent
	for _, s := range b.shares() {
		if !s.Names() {
			continue
		}
		n, err := named(ctx, q, x, s)
		if err != nil {
			return nil, err
		}
		out = append(out, Sent{s, Count{Places: s.Places, Named: n}})
	}
	return out, nil
}

// deeper reports whether a cell stands below a committee, but not directly.
func deeper(ctx context.Context, q db.Q, committee organization.Organization) (bool, error) {
	n, err := db.One[int](ctx, q, `SELECT COUNT(*) FROM organization o WHERE o.level = 'cell' AND o.closed_on = '' AND o.parent_id <> $1
		AND o.path > $2 AND substr(o.path, 1, length($2)) = $2`, committee.ID, committee.Path)
	return n > 0, err
}

// hostRoll returns the members of the host of a sitting who are counted in its attendance
// on the day.
func hostRoll(ctx context.Context, q db.Q, y conference.Sitting) ([]member.Entry, error) {
	roll, err := member.Roll(ctx, q, y.HostRoot, y.Host, y.StartsAt.Date())
	var out []member.Entry
	for _, e := range roll {
		if e.Standing.CountsInAttendance() {
			out = append(out, e)
		}
	}
	return out, err
}
