// Package notebook is the notebook of a member (sổ tay đảng viên, E81 of the elements
// of the field) and the cell's look at it (E82).
//
// Its story: nobody copies into a notebook what the program knows. For each meeting
// the page of a member fills itself: where and when, the agenda, the tasks given to
// the reader and what was said of them, the reader's own opinions, the conclusions and
// the resolution. Beside that stand the member's own notes, which are nobody else's: a
// key that the password opens seals them, so that neither who runs the machine nor who
// steals the database or a backup can read a word (see Lock). A year of it is printed
// as a booklet, for those without a telephone with lines to write on.
//
// The cell looks at the notebooks from time to time. What the program keeps of that is
// who showed theirs and when, and whether it was in order: never what stood in it.
package notebook

import (
	"strings"

	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/minutes"
	"chibo/proceedings"
	"chibo/task"
)

// The needs of notebooks.
const (
	// Own has a notebook of meetings.
	Own access.Need = "notebook.own"
	// Inspect enters who has shown a notebook, and prints booklets for others.
	Inspect access.Need = "notebook.inspect"
)

// Page is what the notebook of a member knows by itself of one meeting.
type Page struct {
	Meeting meeting.Meeting
	Cell    string // its name
	// NoticedAt is when the notice went out that holds; zero where none has.
	NoticedAt when.Instant
	Agenda    []meeting.Item
	// Given are the member's tasks of this meeting, Judged those that it has judged.
	Given  []task.Task
	Judged []proceedings.Judged
	// Opinions are the member's own, Conclusions those of the chair. Both, and
	// Resolution, are known once the meeting has closed.
	Opinions    []proceedings.Opinion
	Conclusions []proceedings.Conclusion
	Resolution  string // Markdown, empty where the meeting passed none
	// Topics names the items of the agenda, those that were added in the room too.
	Topics map[string]string
}

// Note is what a member has written for themselves on a meeting.
type Note struct {
	Meeting   string // id
	Text      string
	ChangedAt when.Instant // zero: never written
}

// longestNote is the most letters that a note of one meeting holds.
const longestNote = 20_000

// Validate says what is wrong with a note.
func (n Note) Validate() error {
	var c fault.Check
	c.That(len([]rune(n.Text)) <= longestNote, "text", "notebook.problem.long")
	return c.Err()
}

// Empty reports whether nothing is written.
func (n Note) Empty() bool { return strings.TrimSpace(n.Text) == "" }

// filled takes from the state of a room what the page of a member shows.
func (p *Page) filled(s proceedings.State, member string) {
	p.Topics = map[string]string{}
	for _, i := range s.Items {
		p.Topics[i.ID] = i.Title
	}
	for _, j := range s.Judged {
		if j.Verdict != "" && owns(j.Owners, member) {
			p.Judged = append(p.Judged, j)
		}
	}
	for _, o := range s.Opinions {
		if o.Speaker == member {
			p.Opinions = append(p.Opinions, o)
		}
	}
	p.Conclusions = s.Conclusions
	p.Resolution = minutes.Compose(s).Resolution
}

func owns(owners []string, member string) bool {
	for _, o := range owners {
		if o == member {
			return true
		}
	}
	return false
}
