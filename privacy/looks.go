package privacy

import (
	"context"
	"slices"
	"strings"

	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/member"
)

// Look is one look of somebody at what is kept of a person.
type Look struct {
	At   when.Instant
	Name string // empty for one who is on no roll
	What string // deed of the log: "member.viewed"
	// List says that it was a look at a list in which the person stands among others: the
	// log has one entry for all of them.
	List bool
}

// lookDeeds are what the log calls a look at a person's own record. Its object is the
// person, the hardship of a person or the line in a round of ratings.
var lookDeeds = []string{"member.viewed", "rating.viewed", "care.viewed", "notebook.viewed"}

// listDeeds are what it calls a look at a list, or a paper with many people in it. Its
// object is the cell, a unit above it, the round, the meeting whose excuses were read, the conference or the course.
var listDeeds = []string{
	"member.list_viewed", "member.exported", "rating.list_viewed", "rating.register_viewed", "care.list_viewed", "notebook.list_viewed",
	"study.list_viewed", "meeting.reasons_viewed", "task.people_viewed", "task.list_taken", "report.book_opened",
	"training.list_taken", "delegation.list_taken", "delegation.papers_taken", "reception.list_taken",
}

// mostRead is how many looks are read at most, the last ones.
const mostRead = 500

// LooksAt returns who has looked at what is kept of somebody, the last first: at their own
// records, and at the lists in which they stood on that day.
func LooksAt(ctx context.Context, q db.Q, root, memberID string) ([]Look, error) {
	stood, err := standingsOf(ctx, q, root, memberID)
	if err != nil {
		return nil, err
	}
	entries, err := looksOf(ctx, q, root, memberID, stood)
	if err != nil {
		return nil, err
	}
	var who []string
	var out []Look
	for _, e := range entries {
		list := slices.Contains(listDeeds, e.Action)
		if list && e.Unit && !stood.on(e.Object, e.At.Date()) {
			continue
		}
		out = append(out, Look{At: e.At, Name: e.Member, What: e.Action, List: list})
		who = append(who, e.Member)
	}
	names, err := member.Names(ctx, q, root, who...)
	for i := range out {
		out[i].Name = names[out[i].Name]
	}
	return out, err
}

// stood is how somebody has stood in cells, the newest first.
type stood []standingRow

// standingRow is a record with the path of its cell.
type standingRow struct {
	member.Record
	Path string
}

// on reports whether the person was on the roll of a unit, or of a cell below it, on day.
func (s stood) on(unit string, day when.Date) bool {
	seen := map[string]bool{}
	for _, r := range s {
		if seen[r.Organization] || day.Before(r.From) {
			continue
		}
		seen[r.Organization] = true // the newest that holds on that day
		if r.Standing.Listed() && slices.Contains(idsOf(r.Path), unit) {
			return true
		}
	}
	return false
}

// units returns the ids of the cells and of all that is above them.
func (s stood) units() []string {
	var ids []string
	for _, r := range s {
		ids = append(ids, idsOf(r.Path)...)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// idsOf returns the ids in the path of a unit.
func idsOf(path string) []string { return strings.Split(strings.Trim(path, "/"), "/") }
