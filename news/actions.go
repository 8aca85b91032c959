package news

import (
	"context"
	"slices"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/library"
	"chibo/meeting"
	"chibo/member"
	"chibo/notice"
	"chibo/organization"
	"chibo/room"
)

// What may be done with news, and by whom: see app/rights.go.
const (
	MayRead  access.Need = "news.read"
	MayWrite access.Need = "news.write"
)

// FileUse is the use of the pictures in the library. It has no gate there: who may see a
// picture is decided here, by its piece.
const FileUse = "news"

// Service does what people do with news.
type Service struct {
	DB    *db.DB
	Now   func() time.Time
	Audit audit.Log
	Files *library.Service
	Room  *room.Service
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

// Begin opens the piece about a meeting whose minutes are sealed, with a draft of its
// words; the one that is there already is returned as it is.
func (s *Service) Begin(ctx context.Context, who access.Person, meetingID string) (Item, error) {
	m, o, err := meeting.Get(ctx, s.DB, who.Scope(MayWrite), meetingID)
	if err != nil {
		return Item{}, err
	}
	if m.State != meeting.Sealed {
		return Item{}, fault.New(fault.Conflict, "news.refused.not_sealed")
	}
	f, err := s.facts(ctx, m, o)
	if err != nil {
		return Item{}, err
	}
	var i Item
	err = s.DB.Tx(ctx, func(tx *db.Tx) error {
		var there bool
		if i, there, err = ofMeeting(ctx, tx, m.Root, m.ID); err != nil || there {
			return err
		}
		w := Compose(f)
		i = Item{
			Root: m.Root, ID: id.New(), Organization: o.ID, Meeting: m.ID, Code: id.New(), Title: w.Title, Body: w.Body, Source: w.Source,
			State: Draft, CreatedAt: s.now(), CreatedBy: who.Member,
		}
		if err := insert(ctx, tx, i); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, i.Root, "news.begun", i.ID, map[string]string{"meeting": m.ID})
	})
	return i, err
}

// facts reads what a draft says of a meeting.
func (s *Service) facts(ctx context.Context, m meeting.Meeting, o organization.Organization) (Facts, error) {
	f := Facts{Cell: o.Name, Place: m.Place, Theme: m.Theme, Kind: m.Kind, Month: m.Month, Day: m.Day()}
	above, there, err := organization.Above(ctx, s.DB, o)
	if err != nil {
		return f, err
	}
	if there {
		f.Superior = above.Name
	}
	state, err := s.Room.StateOf(ctx, s.DB, m.Root, m.ID)
	if err != nil {
		return f, err
	}
	t := state.Tally()
	f.Came, f.Counted = t.CountedCame, t.Counted
	return f, nil
}

// change does something to a piece of a cell that who writes for; what is published is
// taken back before it is changed.
func (s *Service) change(ctx context.Context, who access.Person, itemID, action string, detail any, do func(tx *db.Tx, p placed) error) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		p, err := inScope(ctx, tx, who.Scope(MayWrite), itemID)
		if err != nil {
			return err
		}
		if p.State == Published {
			return fault.New(fault.Conflict, "news.refused.published")
		}
		if err := do(tx, p); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, p.Root, action, p.ID, detail)
	})
}

// Word changes the words of a piece.
func (s *Service) Word(ctx context.Context, who access.Person, itemID string, w Words) error {
	if err := w.Check(); err != nil {
		return err
	}
	return s.change(ctx, who, itemID, "news.worded", nil, func(tx *db.Tx, p placed) error {
		i := p.Item
		i.Title, i.Body, i.Source = w.Title, w.Body, w.Source
		return update(ctx, tx, i, p.State)
	})
}

// AddPicture adds a picture that was sent in. The library draws it anew: where and with
// what it was taken is gone.
func (s *Service) AddPicture(ctx context.Context, who access.Person, itemID, name string, data []byte, caption string) error {
	p, err := inScope(ctx, s.DB, who.Scope(MayWrite), itemID)
	if err != nil {
		return err
	}
	use := library.Use{Kind: FileUse, Subject: p.ID, Organization: p.Organization}
	_, err = s.Files.Keep(ctx, who, p.Root, name, data, use, func(tx *db.Tx, f library.File) error {
		if !f.Type.Picture() {
			return &fault.Error{Kind: fault.Invalid, Key: "fault.form", Fields: map[string]string{"file": "news.problem.picture"}}
		}
		return s.enclose(ctx, tx, who, p, f.ID, caption)
	})
	return err
}

// TakePaper adds a picture that stands with the papers of the meeting.
func (s *Service) TakePaper(ctx context.Context, who access.Person, itemID, file string) error {
	p, err := inScope(ctx, s.DB, who.Scope(MayWrite), itemID)
	if err != nil {
		return err
	}
	papers, err := s.papers(ctx, p.Item)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(papers, func(f library.File) bool { return f.ID == file }) {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error { return s.enclose(ctx, tx, who, p, file, "") })
}

// papers returns the pictures among the papers of the meeting that the piece does not show
// yet.
func (s *Service) papers(ctx context.Context, i Item) ([]library.File, error) {
	files, err := library.Files(ctx, s.DB, i.Root, meeting.FileUse, i.Meeting)
	if err != nil {
		return nil, err
	}
	there, err := Pictures(ctx, s.DB, i.Root, i.ID)
	return slices.DeleteFunc(files, func(f library.File) bool {
		return !f.Type.Picture() || slices.ContainsFunc(there, func(p Picture) bool { return p.File == f.ID })
	}), err
}

func (s *Service) enclose(ctx context.Context, tx *db.Tx, who access.Person, p placed, file, caption string) error {
	there, err := Pictures(ctx, tx, p.Root, p.ID)
	if err != nil {
		return err
	}
	switch {
	case p.State == Published:
		return fault.New(fault.Conflict, "news.refused.published")
	case len(there) >= maxPictures:
		return fault.New(fault.Conflict, "news.refused.many", "Most", maxPictures)
	case len([]rune(caption)) > maxTitle:
		return &fault.Error{Kind: fault.Invalid, Key: "fault.form", Fields: map[string]string{"caption": fault.TooLong(maxTitle)}}
	}
	picture := Picture{Root: p.Root, ID: id.New(), Item: p.ID, File: file, Caption: caption, AddedAt: s.now()}
	if err := insertPicture(ctx, tx, picture); err != nil {
		return err
	}
	return s.Audit.Write(ctx, tx, who, p.Root, "news.picture_added", p.ID, map[string]string{"picture": picture.ID, "file": file})
}

// DropPicture takes a picture out, with the answers of those who are in it.
func (s *Service) DropPicture(ctx context.Context, who access.Person, itemID, picture string) error {
	return s.change(ctx, who, itemID, "news.picture_dropped", map[string]string{"picture": picture}, func(tx *db.Tx, p placed) error {
		one, err := pictureOf(ctx, tx, p.Item, picture)
		if err != nil {
			return err
		}
		return deletePicture(ctx, tx, one)
	})
}

func pictureOf(ctx context.Context, q db.Q, i Item, picture string) (Picture, error) {
	all, err := Pictures(ctx, q, i.Root, i.ID)
	if err != nil {
		return Picture{}, err
	}
	at := slices.IndexFunc(all, func(p Picture) bool { return p.ID == picture })
	if at < 0 {
		return Picture{}, fault.New(fault.NotFound, "fault.not_found")
	}
	return all[at], nil
}

// Naming says who can be recognised in a picture, and the line under it.
type Naming struct {
	Caption string   `form:"caption"`
	People  []string `form:"people"` // ids of members
	Nobody  bool     `form:"nobody"`
}

// Name says who is in a picture: those who are new are asked, the answers of the others
// stay, and whoever is no longer named is asked no more.
func (s *Service) Name(ctx context.Context, who access.Person, itemID, picture string, n Naming) error {
	var c fault.Check
	c.That(len(n.People) == 0 || !n.Nobody, "nobody", "news.problem.nobody")
	c.That(len(n.People) > 0 || n.Nobody, "people", "news.problem.people")
	c.AtMost(n.Caption, maxTitle, "caption")
	if err := c.Err(); err != nil {
		return err
	}
	return s.change(ctx, who, itemID, "news.people_named", map[string]any{"picture": picture, "people": len(n.People)}, func(tx *db.Tx, p placed) error {
		one, err := pictureOf(ctx, tx, p.Item, picture)
		if err != nil {
			return err
		}
		if err := s.onRoll(ctx, tx, p, n.People); err != nil {
			return err
		}
		one.Caption, one.Nobody = n.Caption, n.Nobody
		if err := updatePicture(ctx, tx, one); err != nil {
			return err
		}
		return s.ask(ctx, tx, p, one, n.People)
	})
}

func (s *Service) onRoll(ctx context.Context, q db.Q, p placed, people []string) error {
	roll, err := member.Roll(ctx, q, p.Root, p.Organization, s.now().Date())
	if err != nil {
		return err
	}
	for _, one := range people {
		if !slices.ContainsFunc(roll, func(e member.Entry) bool { return e.ID == one }) {
			return &fault.Error{Kind: fault.Invalid, Key: "fault.form", Fields: map[string]string{"people": "news.problem.people"}}
		}
	}
	return nil
}

// ask brings the people of a picture to those named, and tells whoever is new.
func (s *Service) ask(ctx context.Context, tx *db.Tx, p placed, one Picture, people []string) error {
	for _, was := range one.People {
		if !slices.Contains(people, was.Member) {
			if err := deletePerson(ctx, tx, was); err != nil {
				return err
			}
		}
	}
	slices.Sort(people)
	for _, id := range slices.Compact(people) {
		if slices.ContainsFunc(one.People, func(was Person) bool { return was.Member == id }) {
			continue
		}
		if err := insertPerson(ctx, tx, Person{Root: p.Root, Picture: one.ID, Member: id, AskedAt: s.now()}); err != nil {
			return err
		}
		m := notice.Message{Root: p.Root, Organization: p.Organization, Key: "news.told.asked", Args: notice.Args{"Title": p.Title}, URL: "/news/consents", Subject: one.ID, At: s.now()}
		if err := notice.Tell(ctx, tx, m, id); err != nil {
			return err
		}
	}
	return nil
}

// Publish opens the public page of a piece.
func (s *Service) Publish(ctx context.Context, who access.Person, itemID string) error {
	return s.change(ctx, who, itemID, "news.published", nil, func(tx *db.Tx, p placed) error {
		pictures, err := Pictures(ctx, tx, p.Root, p.ID)
		if err != nil {
			return err
		}
		if !Ready(pictures) {
			return fault.New(fault.Conflict, "news.refused.consent")
		}
		i := p.Item
		i.State, i.PublishedAt, i.Reason = Published, s.now(), ""
		return update(ctx, tx, i, p.State)
	})
}

// Withdraw takes a published piece back, with a reason. From this moment on its page and
// its pictures are not found.
func (s *Service) Withdraw(ctx context.Context, who access.Person, itemID, reason string) error {
	var c fault.Check
	c.That(reason != "", "reason", "news.problem.reason")
	c.AtMost(reason, maxTitle, "reason")
	if err := c.Err(); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		p, err := inScope(ctx, tx, who.Scope(MayWrite), itemID)
		if err != nil {
			return err
		}
		return s.takeBack(ctx, tx, who, p.Item, reason)
	})
}

func (s *Service) takeBack(ctx context.Context, tx *db.Tx, who access.Person, i Item, reason string) error {
	if i.State != Published {
		return fault.New(fault.Conflict, "news.refused.meanwhile")
	}
	i.State, i.Reason, i.WithdrawnAt = Withdrawn, reason, s.now()
	if err := update(ctx, tx, i, Published); err != nil {
		return err
	}
	return s.Audit.Write(ctx, tx, who, i.Root, "news.withdrawn", i.ID, nil)
}

// Consent takes what somebody in a picture says. Who no longer agrees takes the piece back
// with it, and the committee of the cell is told. Whoever says the same again changes nothing.
func (s *Service) Consent(ctx context.Context, who access.Person, picture string, a Answer) error {
	if a != Yes && a != No {
		return fault.New(fault.Invalid, "news.problem.answer")
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		q, err := askedAbout(ctx, tx, who.Root, who.Member, picture)
		if err != nil || q.Answer == a {
			return err
		}
		if err := putAnswer(ctx, tx, who.Root, picture, who.Member, a, s.now()); err != nil {
			return err
		}
		if err := s.Audit.Write(ctx, tx, who, who.Root, "news.consent", picture, map[string]any{"answer": a}); err != nil {
			return err
		}
		i, err := find(ctx, tx, who.Root, q.Item)
		if err != nil {
			return err
		}
		if a == No && i.State == Published {
			if err := s.takeBack(ctx, tx, who, i, ""); err != nil {
				return err
			}
		}
		return s.tellLeaders(ctx, tx, i, a)
	})
}

// tellLeaders tells the committee of the cell that somebody in a picture has answered;
// what and who stands on the page of the piece.
func (s *Service) tellLeaders(ctx context.Context, tx *db.Tx, i Item, a Answer) error {
	key := "news.told.agreed"
	if a == No {
		key = "news.told.refused"
	}
	offices, err := organization.OfficesOn(ctx, tx, i.Root, i.Organization, s.now().Date())
	if err != nil {
		return err
	}
	var told []string
	for _, o := range offices {
		if o.Post.Leads() {
			told = append(told, o.Member)
		}
	}
	m := notice.Message{Root: i.Root, Organization: i.Organization, Key: key, Args: notice.Args{"Title": i.Title}, URL: i.Path(), At: s.now()}
	return notice.Tell(ctx, tx, m, told...)
}
