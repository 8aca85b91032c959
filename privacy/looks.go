package privacy

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"chibo/account"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/member"
)

// Look is one look of somebody at what is kept of a person.
type Look struct {
	At   when.Instant
	Name string // empty for one whose account is gone
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
	"conference.bundle.taken", "minutes.bundle_taken", "dossier.traced", "account.list_viewed", rolesViewed,
}

// rolesViewed is a look at the list of those who were given a role by hand in a unit or below it,
// of which only they are told.
const rolesViewed = account.RolesViewed

// Which says which looks are meant.
type Which int

// The looks that may be meant.
const (
	AllLooks  Which = iota
	OwnLooks        // at the person's own records
	ListLooks       // at lists in which they stand
)

func (w Which) deeds() []string {
	switch w {
	case OwnLooks:
		return lookDeeds
	case ListLooks:
		return listDeeds
	}
	return slices.Concat(lookDeeds, listDeeds)
}

// Tells reports whether people are told of a deed as of a look at what is kept of them.
func Tells(deed string) bool { return slices.Contains(AllLooks.deeds(), deed) }

// Mark is a place among the looks at a person, which stand in several logs: those after it are
// older.
type Mark struct {
	At   when.Instant
	Seq  int64
	Root string
}

// last is the place before all looks: the first page begins there.
var last = Mark{At: math.MaxInt64}

func (m Mark) String() string { return fmt.Sprintf("%d-%d-%s", m.At, m.Seq, m.Root) }

// markOf reads a place as it stands in an address; what is none is the first page.
func markOf(text string) Mark {
	at, rest, _ := strings.Cut(text, "-")
	seq, root, _ := strings.Cut(rest, "-")
	ms, err := strconv.ParseInt(at, 10, 64)
	n, wrong := strconv.ParseInt(seq, 10, 64)
	if err != nil || wrong != nil {
		return last
	}
	return Mark{when.Instant(ms), n, root}
}

// mostRead is how many looks stand in a copy, the last ones.
const mostRead = 500

// LooksAt returns who has looked at what is kept of a member, the last first: at their own
// records, and at the lists in which they stood on that day.
func LooksAt(ctx context.Context, q db.Q, root, memberID string) ([]Look, error) {
	all, _, err := looksAfter(ctx, q, access.Person{Root: root, Member: memberID}, AllLooks, last, mostRead)
	return all, err
}

// looksAfter returns at most so many looks of others at what is kept of a person after a place,
// and the place after which there may be more; nil where there are none. Who was given a role by hand,
// as those who are on no roll, is told who has looked at the list of such roles.
func looksAfter(ctx context.Context, q db.Q, who access.Person, which Which, before Mark, most int) ([]Look, *Mark, error) {
	var stood stood
	if who.Member != "" {
		var err error
		if stood, err = standingsOf(ctx, q, who.Root, who.Member); err != nil {
			return nil, nil, err
		}
	}
	roles, err := rolesOf(ctx, q, who.Root, who.Account)
	if err != nil {
		return nil, nil, err
	}
	entries, err := looksOf(ctx, q, who, stood, roles, which.deeds(), before, most)
	if err != nil {
		return nil, nil, err
	}
	var out []Look
	for _, e := range entries {
		list := slices.Contains(listDeeds, e.Action)
		if list && e.Unit && !stood.on(e.Object, e.At.Date()) {
			continue
		}
		out = append(out, Look{At: e.At, Name: e.Name, What: e.Action, List: list})
	}
	if len(entries) < most {
		return out, nil, nil
	}
	end := entries[len(entries)-1]
	return out, &Mark{end.At, end.Seq, end.Root}, nil
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
