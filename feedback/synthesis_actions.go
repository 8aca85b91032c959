package feedback

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"chibo/conference"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/lesson"
	"chibo/member"
	"chibo/organization"
)

// File is all that is known of the feedback of a sitting, for those who read it.
type File struct {
	Place
	Unit        organization.Organization // the committee
	Counted     Counted
	Sheets      map[string]Sheet // by id
	Blocks      []Block          // the twelve
	Conclusions []Conclusion
	Cards       map[string]lesson.Counted // by the id of the conclusion
	Names       map[string]string         // of those who wrote texts, by id of the member
	Directs     bool                      // the reader concludes

	refused []string
}

// Block returns what was said in one cell.
func (f File) Block(x Cell) Block {
	i := slices.IndexFunc(f.Blocks, func(b Block) bool { return b.Cell == x })
	return f.Blocks[i]
}

// Proposals returns which remarks of a cell may be put together, without what was turned
// down.
func (f File) Proposals(x Cell) []Proposal {
	return slices.DeleteFunc(Propose(f.Block(x)), func(p Proposal) bool { return slices.Contains(f.refused, p.Key()) })
}

// View returns the file of a sitting.
func (s *Service) View(ctx context.Context, who access.Person, conferenceID, sittingID string) (File, error) {
	p, err := find(ctx, s.DB, who.Scope(conference.Keep), conferenceID, sittingID)
	if err != nil {
		return File{}, err
	}
	f := File{Place: p}
	if f.Unit, err = organization.Find(ctx, s.DB, p.Conference.Root, p.Conference.Organization); err != nil || !p.Opened {
		return f, err
	}
	f.Directs = who.MayAt(conference.Direct, f.Unit.Path)
	return f, s.fill(ctx, s.DB, &f)
}

// fill reads what was given and what was made of it.
func (s *Service) fill(ctx context.Context, q db.Q, f *File) error {
	r := f.Round
	given, err := sheets(ctx, q, r)
	if err != nil {
		return err
	}
	f.Sheets = map[string]Sheet{}
	for _, x := range given {
		f.Sheets[x.ID] = x
	}
	said, err := remarks(ctx, q, r)
	if err != nil {
		return err
	}
	gathered, err := groups(ctx, q, r)
	if err != nil {
		return err
	}
	written, err := texts(ctx, q, r)
	if err != nil {
		return err
	}
	f.Blocks = Arrange(said, gathered, written)
	if f.Counted, err = count(ctx, q, r); err != nil {
		return err
	}
	if f.refused, err = refusals(ctx, q, r); err != nil {
		return err
	}
	if f.Conclusions, err = conclusions(ctx, q, r); err != nil {
		return err
	}
	var subjects, writers []string
	for _, k := range f.Conclusions {
		subjects = append(subjects, k.ID)
	}
	for _, t := range written {
		writers = append(writers, t.WrittenBy)
	}
	if f.Cards, err = lesson.Of(ctx, q, r.Root, subjects...); err != nil {
		return err
	}
	f.Names, err = member.Names(ctx, q, r.Root, writers...)
	return err
}

// Gathering puts remarks of a cell together.
type Gathering struct {
	Cell
	Remarks []string // ids
	Group   string   // id; empty: a new one; alone: out of any
	Words   string   // of a new group
}

// alone, in the place of a group, takes remarks out of any.
const alone = "alone"

// Gather puts remarks into a group that is there, into a new one, or lets them stand alone.
func (s *Service) Gather(ctx context.Context, who access.Person, conferenceID, sittingID string, x Gathering) error {
	return s.change(ctx, who, conferenceID, sittingID, "feedback.gathered", func(tx *db.Tx, r Round) error {
		if len(x.Remarks) == 0 {
			return fault.New(fault.Invalid, "feedback.problem.none_chosen")
		}
		group := ""
		switch x.Group {
		case alone:
		case "":
			made := Group{Root: r.Root, ID: id.New(), Sitting: r.Sitting, Phase: x.Phase, Head: x.Head, Words: strings.TrimSpace(x.Words), MadeAt: s.now(), MadeBy: who.Member}
			if err := made.check(); err != nil {
				return err
			}
			if err := db.Insert(ctx, tx, "feedback_group", made); err != nil {
				return err
			}
			group = made.ID
		default:
			there, err := groupByID(ctx, tx, r, x.Group)
			if err != nil {
				return err
			}
			if there.Phase != x.Phase || there.Head != x.Head {
				return fault.New(fault.NotFound, "fault.not_found")
			}
			group = there.ID
		}
		n, err := place(ctx, tx, r, x.Cell, group, x.Remarks)
		if err == nil && n == 0 {
			err = fault.New(fault.NotFound, "fault.not_found")
		}
		return err
	})
}

func (x Group) check() error {
	var c fault.Check
	c.That(Cell{x.Phase, x.Head}.Valid(), "words", "feedback.problem.empty")
	c.That(x.Words != "", "words", "feedback.problem.words")
	c.That(len([]rune(x.Words)) <= longest, "words", "feedback.problem.long")
	return c.Err()
}

// Reword changes the wording of a group.
func (s *Service) Reword(ctx context.Context, who access.Person, conferenceID, sittingID, groupID, words string) error {
	return s.change(ctx, who, conferenceID, sittingID, "feedback.reworded", func(tx *db.Tx, r Round) error {
		x, err := groupByID(ctx, tx, r, groupID)
		if err != nil {
			return err
		}
		x.Words, x.MadeAt, x.MadeBy = strings.TrimSpace(words), s.now(), who.Member
		if err := x.check(); err != nil {
			return err
		}
		return rewordGroup(ctx, tx, x)
	})
}

// Dissolve lets the remarks of a group stand alone again.
func (s *Service) Dissolve(ctx context.Context, who access.Person, conferenceID, sittingID, groupID string) error {
	return s.change(ctx, who, conferenceID, sittingID, "feedback.dissolved", func(tx *db.Tx, r Round) error {
		x, err := groupByID(ctx, tx, r, groupID)
		if err != nil {
			return err
		}
		return dissolve(ctx, tx, x)
	})
}

// TurnDown turns a proposal down: it does not come again as it is.
func (s *Service) TurnDown(ctx context.Context, who access.Person, conferenceID, sittingID, proposal string) error {
	return s.change(ctx, who, conferenceID, sittingID, "feedback.turned_down", func(tx *db.Tx, r Round) error {
		if proposal == "" || len(proposal) > 64 {
			return fault.New(fault.Invalid, "fault.unreadable")
		}
		return refuse(ctx, tx, r, proposal)
	})
}

// Draft words a block from its groups: how many said what, the most first.
func (b Block) Draft() string {
	var lines []string
	for _, x := range b.Groups {
		if n := len(x.Remarks); n > 0 {
			lines = append(lines, fmt.Sprintf("%d ý kiến: %s", n, sentence(x.Words)))
		}
	}
	if n := len(b.Alone); n > 0 && len(lines) > 0 {
		lines = append(lines, fmt.Sprintf("%d ý kiến khác.", n))
	} else if n > 0 {
		lines = append(lines, fmt.Sprintf("%d ý kiến.", n))
	}
	return strings.Join(lines, "\n")
}

// sentence is a wording on one line, with its full stop.
func sentence(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if text != "" && !strings.ContainsAny(text[len(text)-1:], ".!?") {
		text += "."
	}
	return text
}

// Words returns what the synthesis says of the block: what the office has written, else the
// draft.
func (b Block) Words() string {
	if b.Text.Text != "" {
		return b.Text.Text
	}
	return b.Draft()
}

// textRoom is how long the text of a block may be, in letters.
const textRoom = 10_000

// Write writes what the synthesis says of a cell; an empty text lets the draft speak again.
func (s *Service) Write(ctx context.Context, who access.Person, conferenceID, sittingID string, x Cell, text string) error {
	return s.change(ctx, who, conferenceID, sittingID, "feedback.written", func(tx *db.Tx, r Round) error {
		var c fault.Check
		c.That(x.Valid(), "text", "feedback.problem.empty")
		c.That(len([]rune(text)) <= textRoom, "text", "feedback.problem.text_long")
		if err := c.Err(); err != nil {
			return err
		}
		if strings.TrimSpace(text) == "" {
			return removeText(ctx, tx, r, x)
		}
		return writeText(ctx, tx, Text{Root: r.Root, Sitting: r.Sitting, Phase: x.Phase, Head: x.Head, Text: strings.TrimSpace(text), WrittenAt: s.now(), WrittenBy: who.Member})
	})
}
