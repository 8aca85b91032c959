//go:build !js

package minutes

import (
	"context"
	"encoding/json"
	"fmt"

	"chibo/document"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/search"
)

// Found is a sealed meeting whose papers have the words that were looked for.
type Found struct {
	Entry
	Cell string // name
}

// Search returns the sealed meetings of a scope whose papers have a word that begins with
// each of the folded words, the newest first, at most most.
func Search(ctx context.Context, q db.Q, sc access.Scope, words []string, most int) ([]Found, error) {
	args := []any{most}
	return db.All[Found](ctx, q, `SELECT e.root_id, e.meeting_id, e.organization_id, e.day, e.title, e.number, e.second, e.second_kind, e.sealed_at, o.name AS cell
		FROM minutes_entry e JOIN organization o ON o.root_id = e.root_id AND o.id = e.organization_id
		WHERE `+sc.Where("o", &args)+` AND `+search.Where("e.folded", words, &args)+`
		ORDER BY e.day DESC, e.meeting_id DESC LIMIT $1`, args...)
}

// TextOf returns the words of the sealed papers of a meeting, without additions. The
// caller has checked who asks.
func TextOf(ctx context.Context, q db.Q, root, meeting string) (string, error) {
	seals, err := Seals(ctx, q, root, meeting)
	if err != nil || len(seals) == 0 {
		return "", err
	}
	var record Sealed
	if err := json.Unmarshal([]byte(seals[0].Record), &record); err != nil {
		return "", fmt.Errorf("seal %s: %w", seals[0].ID, err)
	}
	return record.text(), nil
}

// text returns the words of the papers of a record, as the search looks through them.
func (s Sealed) text() string {
	words := s.minutesDoc(document.Seal{}).Text()
	if second, ok := s.doc(Resolution, document.Seal{}); ok {
		words += second.Text()
	}
	return words
}
