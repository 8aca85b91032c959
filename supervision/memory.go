package supervision

import (
	"strings"
	"sync"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/web"
	"chibo/matter"
	"chibo/organization"
	"chibo/quality"
)

// memory keeps what was drawn of boards, so that the board of a country, which many have open in
// one evening, is drawn once for all who see the same in it. Nothing rests on it: when a figure
// or the tree has changed, all of it is forgotten.
type memory struct {
	once   sync.Once
	watch  *db.Watch
	boards db.Memory[string, drawn]
}

// drawn is a board without what is shown under it.
type drawn struct{ lead, body string }

// mostDrawn is how many boards are remembered: some 60 KB each.
const mostDrawn = 64

// now returns the number with which is remembered what is read after it.
func (m *memory) now(d *db.DB) int64 {
	m.once.Do(func() {
		m.watch = d.Watch("organization", "board_cell", "board_month", "board_start", "board_sum", "board_total", "board_total_start")
	})
	return m.watch.Number()
}

// keyOf returns what the board of a unit is remembered by: all that decides what is drawn of it.
// False for a reader to whom its rows do not show the same kinds of figures.
func (s *Service) keyOf(c *web.Ctx, ask Query, unit organization.Organization) (string, bool) {
	key := []string{unit.ID, ask.address(""), s.now().Date().String(), c.L.Tag()}
	for _, need := range []access.Need{quality.MayRead, matter.MayRead} {
		switch {
		case c.Who.MayAt(need, unit.Path):
			key = append(key, "sees")
		case hasBelow(c.Who, need, unit.Path):
			return "", false
		default:
			key = append(key, "")
		}
	}
	return strings.Join(key, "\n"), true
}

// hasBelow reports whether somebody has a need in some unit below a path.
func hasBelow(who access.Person, need access.Need, path string) bool {
	for _, g := range who.Grants {
		if g.Needs[need] && strings.HasPrefix(g.Path, path) {
			return true
		}
	}
	return false
}
