package rating

import "chibo/kit/fault"

// Policy is what a cell has settled for its ratings. A round keeps what held when it
// was opened.
type Policy struct {
	Root         string `db:"root_id"`
	Organization string `db:"organization_id"`
	// Monthly: the cell also rates by the month (its own practice).
	Monthly bool
	Cap
	// InCell: the cell decides on its members; else the level above does. On the cell
	// itself the level above always decides (HD 43-HD/BTCTW, 31/10/2025, part 3).
	InCell bool
	Scheme Scheme
}

// DefaultPolicy is that of a cell that has settled nothing.
func DefaultPolicy(root, organization string) Policy {
	return Policy{Root: root, Organization: organization, Cap: DefaultCap()}
}

// Check says what is wrong with a policy.
func (p Policy) Check() error {
	var c fault.Check
	p.check(&c)
	for f, set := range p.Scheme {
		checkSet(&c, f, set)
	}
	return c.Err()
}
