package task

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/search"
)

// Found is a task that has the words that were looked for.
type Found struct {
	Task
	Cell string // name
}

// Search returns the tasks of a scope that have a word that begins with each of the folded
// words, the newest first, at most most; without their owners.
func Search(ctx context.Context, q db.Q, sc access.Scope, words []string, most int) ([]Found, error) {
	args := []any{most}
	return db.All[Found](ctx, q, `SELECT `+columns+`, o.name AS cell
		FROM task t JOIN organization o ON o.root_id = t.root_id AND o.id = t.organization_id
		WHERE `+sc.Where("o", &args)+` AND `+search.Where("t.folded", words, &args)+newestFirst+` LIMIT $1`, args...)
}
