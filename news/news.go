// Package news lets a cell tell others of a meeting: a short piece of news (tin, bài) with
// pictures, on a page of its own that everybody may read.
//
// Its story: the minutes of a meeting are sealed, and the secretary opens a draft that
// already says what may be said: the day, the place, how many came, the theme. Names,
// votes and ratings are not in it. Pictures come from the papers of the meeting or are
// sent in; whoever can be recognised in one is ticked by name and asked, and says yes or
// no. The piece is published once all have agreed, names its source, and is taken back at
// any time: by the cell, or by anybody in a picture who no longer agrees (Luật
// 91/2025/QH15 on personal data). Nothing on its page follows the reader.
package news

import (
	"fmt"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/meeting"
)

// State says where a piece stands.
type State string

// The states.
const (
	Draft     State = "draft"
	Published State = "published"
	Withdrawn State = "withdrawn" // taken back; may be published again
)

// States lists the states in the order of the list.
var States = []State{Draft, Published, Withdrawn}

// Item is one piece of news from one meeting.
type Item struct {
	Root         string `db:"root_id"`
	ID           string
	Organization string `db:"organization_id"` // id of the cell
	Meeting      string `db:"meeting_id"`
	// Code stands in the public address; nobody can guess it before it is published.
	Code                string
	Title, Body, Source string
	State               State
	// Reason is why it was taken back; empty where somebody in a picture no longer agrees.
	Reason      string
	CreatedAt   when.Instant
	CreatedBy   string
	PublishedAt when.Instant
	WithdrawnAt when.Instant
}

// Path returns the page on which the cell works at the piece.
func (i Item) Path() string { return "/news/items/" + i.ID }

// Public returns the page that everybody may read.
func (i Item) Public() string { return "/news/" + i.Code }

// Words are what people write of a piece.
type Words struct {
	Title  string `form:"title"`
	Body   string `form:"body"`
	Source string `form:"source"`
}

const (
	maxTitle    = 200
	maxBody     = 6000
	maxPictures = 8
)

// Check returns the problems of what was typed.
func (w Words) Check() error {
	var c fault.Check
	c.That(strings.TrimSpace(w.Title) != "", "title", "news.problem.title")
	c.AtMost(w.Title, maxTitle, "title")
	c.That(strings.TrimSpace(w.Body) != "", "body", "news.problem.body")
	c.AtMost(w.Body, maxBody, "body")
	c.That(strings.TrimSpace(w.Source) != "", "source", "news.problem.source")
	c.AtMost(w.Source, maxTitle, "source")
	return c.Err()
}

// Answer is what somebody in a picture says.
type Answer string

// The answers; none yet is empty.
const (
	Yes Answer = "yes"
	No  Answer = "no"
)

// Person is somebody who can be recognised in a picture.
type Person struct {
	Root       string `db:"root_id"`
	Picture    string `db:"picture_id"`
	Member     string `db:"member_id"`
	Answer     Answer
	AskedAt    when.Instant
	AnsweredAt when.Instant
}

// Picture is one picture of a piece, with who is in it.
type Picture struct {
	Root    string `db:"root_id"`
	ID      string
	Item    string `db:"item_id"`
	File    string `db:"file_id"`
	Caption string
	// Nobody says that no person can be recognised: somebody has looked and said so.
	Nobody  bool
	AddedAt when.Instant
	People  []Person `db:"-"`
}

// Gap is what a piece still lacks before it may be published.
type Gap string

// The gaps of a picture.
const (
	Unsaid  Gap = "unsaid"  // nobody has said who is in it
	Waiting Gap = "waiting" // somebody has not answered
	Refused Gap = "refused" // somebody does not agree
)

// Gap returns what the picture lacks, empty where it may be shown: everybody in it agrees,
// or nobody can be recognised. One refusal outweighs what else is missing.
func (p Picture) Gap() Gap {
	gap := Gap("")
	for _, one := range p.People {
		switch one.Answer {
		case No:
			return Refused
		case Yes:
		default:
			gap = Waiting
		}
	}
	if len(p.People) == 0 && !p.Nobody {
		return Unsaid
	}
	return gap
}

// Ready reports whether a piece with these pictures may be published.
func Ready(pictures []Picture) bool {
	for _, p := range pictures {
		if p.Gap() != "" {
			return false
		}
	}
	return true
}

// Facts are what a draft says of a meeting, from its sealed minutes. No name of a person,
// no vote and no rating is among them.
type Facts struct {
	Cell, Superior, Place, Theme string
	Kind                         meeting.Kind
	Month                        when.Month
	Day                          when.Date
	Came, Counted                int
}

// sorts name the kinds of meetings within a sentence.
var sorts = map[meeting.Kind]string{
	meeting.Ordinary: "sinh hoạt thường kỳ", meeting.Thematic: "sinh hoạt chuyên đề",
	meeting.Combined: "sinh hoạt thường kỳ gắn với chuyên đề", meeting.Extraordinary: "sinh hoạt bất thường",
}

// Compose writes the draft of a piece from the facts of a meeting.
func Compose(f Facts) Words {
	month := fmt.Sprintf("tháng %d/%d", f.Month.Month, f.Month.Year)
	title := f.Cell + " " + sorts[f.Kind] + " " + month
	if f.Theme != "" {
		title = f.Cell + " sinh hoạt chuyên đề “" + f.Theme + "”"
	}
	where := ""
	if f.Place != "" {
		where = ", tại " + f.Place
	}
	body := fmt.Sprintf("Ngày %s%s, %s tổ chức %s %s.", f.Day.Slashed(), where, f.Cell, sorts[f.Kind], month)
	if f.Counted > 0 {
		body += fmt.Sprintf(" Tham dự có %d/%d đảng viên, đạt %s.", f.Came, f.Counted, percent(f.Came, f.Counted))
	}
	if f.Theme != "" {
		body += "\n\nChi bộ đã sinh hoạt chuyên đề “" + f.Theme + "”."
	}
	source := f.Cell
	if f.Superior != "" {
		source += ", " + f.Superior
	}
	return Words{Title: title, Body: body, Source: source}
}

// percent writes a share with one decimal, as in Vietnamese papers: "91,7%".
func percent(part, whole int) string {
	tenths := (part*2000 + whole) / (2 * whole)
	if tenths%10 == 0 {
		return fmt.Sprintf("%d%%", tenths/10)
	}
	return fmt.Sprintf("%d,%d%%", tenths/10, tenths%10)
}
