package dossier

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
)

// actorsIn returns everybody who did something in a span, the busiest first.
func actorsIn(ctx context.Context, q db.Q, root string, s Span) ([]Actor, error) {
	return db.All[Actor](ctx, q, `SELECT a.root_id, a.account_id, COALESCE(MAX(c.full_name), '') AS name, COUNT(*) AS deeds, 0 AS people
		FROM audit a LEFT JOIN account c ON c.root_id = a.root_id AND c.id = a.account_id
		WHERE a.root_id = $1 AND a.at BETWEEN $2 AND $3 AND a.account_id <> ''
		GROUP BY a.root_id, a.account_id ORDER BY COUNT(*) DESC, a.account_id`, root, s.From, s.Until)
}

// touchedIn returns whom the deeds of a span have reached. The object of a deed is a person,
// an account, a hardship, a request, a round of ratings, a course, a conference, a meeting or a unit with
// all below it: the last five stand for everybody in them. What one does to oneself is left out.
func touchedIn(ctx context.Context, q db.Q, root string, s Span) ([]Touch, error) {
	args := []any{root, s.From, s.Until}
	chosen := ""
	if len(s.Accounts) > 0 {
		chosen = " AND a.account_id IN " + db.In(&args, s.Accounts...)
	}
	return db.All[Touch](ctx, q, `
		WITH done AS (
			SELECT a.account_id, a.member_id AS doer, a.action, a.object_id, COUNT(*) AS times, MIN(a.at) AS first, MAX(a.at) AS last
			FROM audit a WHERE a.root_id = $1 AND a.at BETWEEN $2 AND $3`+chosen+`
			GROUP BY a.account_id, a.member_id, a.action, a.object_id
		), reached AS (
			SELECT m.id AS object_id, m.id AS member_id FROM member m WHERE m.root_id = $1
			UNION SELECT c.id, c.member_id FROM account c WHERE c.root_id = $1 AND c.member_id <> ''
			UNION SELECT h.id, h.member_id FROM care_hardship h WHERE h.root_id = $1
			UNION SELECT r.id, r.member_id FROM privacy_request r WHERE r.root_id = $1
			UNION SELECT g.round_id, g.subject FROM rating g JOIN member m ON m.root_id = g.root_id AND m.id = g.subject WHERE g.root_id = $1
			UNION SELECT t.id, m.id FROM meeting t JOIN member m ON m.root_id = t.root_id AND m.organization_id = t.organization_id WHERE t.root_id = $1
			UNION SELECT t.course_id, t.member_id FROM training_seat t WHERE t.root_id = $1
			UNION SELECT d.conference_id, d.member_id FROM delegate d WHERE d.root_id = $1 AND d.member_id <> ''
			UNION SELECT o.id, m.id FROM organization o
				JOIN organization u ON u.root_id = o.root_id AND (u.id = o.id OR u.path LIKE o.path || '%')
				JOIN member m ON m.root_id = u.root_id AND m.organization_id = u.id WHERE o.root_id = $1
		)
		SELECT CAST($1 AS TEXT) AS root_id, d.account_id, d.action, x.member_id, SUM(d.times) AS times, MIN(d.first) AS first, MAX(d.last) AS last
		FROM done d JOIN reached x ON x.object_id = d.object_id
		WHERE x.member_id <> d.doer GROUP BY d.account_id, d.action, x.member_id`, args...)
}

// membersIn returns the members of a base organisation within a scope.
func membersIn(ctx context.Context, q db.Q, root string, sc access.Scope) ([]string, error) {
	args := []any{root}
	return db.All[string](ctx, q, `SELECT m.id FROM member m JOIN organization o ON o.root_id = m.root_id AND o.id = m.organization_id
		WHERE m.root_id = $1 AND `+sc.Where("o", &args), args...)
}

// peopleOf returns the names of the members of a base organisation and the names of their
// cells, by member.
func peopleOf(ctx context.Context, q db.Q, root string) (names, units map[string]string, err error) {
	type person struct{ ID, FullName, Name string }
	all, err := db.All[person](ctx, q, `SELECT m.id, m.full_name, o.name FROM member m
		JOIN organization o ON o.root_id = m.root_id AND o.id = m.organization_id WHERE m.root_id = $1`, root)
	names, units = map[string]string{}, map[string]string{}
	for _, p := range all {
		names[p.ID], units[p.ID] = p.FullName, p.Name
	}
	return names, units, err
}
