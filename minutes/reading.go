package minutes

import "slices"

// slide is one passage of the reading with the headings above it.
type slide struct {
	headings []string
	Passage
}

// slides are the passages that are read out, one after the other.
func (r Record) slides() []slide {
	var out []slide
	var above []string
	for _, p := range r.Passages {
		if p.Heading != "" {
			keep := min(max(p.Level-1, 0), len(above))
			above = append(slices.Clone(above[:keep]), p.Heading)
		}
		if p.Text() != "" || p.Table != nil {
			out = append(out, slide{above, p})
		}
	}
	return out
}
