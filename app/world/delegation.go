package world

import (
	"context"
	"errors"
	"fmt"

	"chibo/conference"
	"chibo/delegation"
	"chibo/kit/when"
)

// delegates returns the step in which the conference of the ward gets its people: most cells
// have named theirs, the office has invited guests and the press, the invitations are out,
// some have answered, and the hall has its seats.
func (b *builder) delegates(now when.Instant) []step {
	return []step{{now.Date().AddDays(-2).At(22, 15), b.gather}}
}

func (b *builder) gather(ctx context.Context) error {
	s, clerk := b.app.Delegations, b.scribe()
	all, err := b.app.Conferences.List(ctx, clerk, true)
	if err != nil || len(all) == 0 {
		return errors.Join(err, errors.New("there is no conference to send delegates to"))
	}
	x := all[0].Conference
	lines, err := conference.Categories(ctx, b.app.DB, x)
	if err != nil {
		return err
	}
	for _, y := range lines {
		if err := b.fillLine(ctx, x, y); err != nil {
			return fmt.Errorf("delegates, %s: %w", y.Title, err)
		}
	}
	if _, err := s.Issue(ctx, clerk, x.ID); err != nil {
		return err
	}
	return errors.Join(b.replies(ctx, x), b.hall(ctx, x, lines))
}

// guests are whom the office invites, with their units; nobody of them exists.
var guests = [][2]string{
	{"Ban Tổ chức Thành ủy", "Phó Trưởng phòng"}, {"Ủy ban Kiểm tra Thành ủy", "Kiểm tra viên"}, {"Ban Tuyên giáo Thành ủy", "Chuyên viên chính"}, {"Đảng ủy phường Cầu Gạo", "Phó Bí thư"},
}

// fillLine names the people of a line: the first cells send theirs, one each still lacks.
func (b *builder) fillLine(ctx context.Context, x conference.Conference, y conference.Category) error {
	s, clerk := b.app.Delegations, b.scribe()
	switch y.Source {
	case conference.FromHosts:
		_, err := s.TakeHosts(ctx, clerk, x.ID)
		return err
	case conference.FromOffice, conference.FromPress:
		for i, g := range guests[:min(y.Quota, len(guests))] {
			d := delegation.Delegate{Category: y.ID, Name: b.names.next().name, Unit: g[0], Post: g[1]}
			if y.Source == conference.FromPress {
				d.Unit, d.Post = "Báo Sông Xanh", "Phóng viên"
			}
			if i == 2 {
				break
			}
			if _, err := s.Enter(ctx, clerk, x.ID, d); err != nil {
				return err
			}
		}
		return nil
	}
	for i, c := range b.cells[:min(len(b.cells), 16)] {
		if i < 2 {
			continue // the hosts go all
		}
		for n := range 2 - i%2 {
			if _, err := s.Send(ctx, c.secretary, x.ID, c.org.ID, delegation.Delegate{Category: y.ID, Member: c.people[n].ID}); err != nil {
				return err
			}
		}
	}
	return nil
}

// replies lets two of three answer, one of whom cannot come.
func (b *builder) replies(ctx context.Context, x conference.Conference) error {
	all, err := delegation.Standing(ctx, b.app.DB, x)
	for i, d := range all {
		r := delegation.Reply{Answer: delegation.Coming}
		switch {
		case i%3 == 2:
			continue
		case i == 10:
			r = delegation.Reply{Answer: delegation.Declined, Reason: "Đi công tác", Proposed: "Đồng chí Phó Bí thư chi bộ"}
		}
		if err := b.app.Delegations.Reply(ctx, d.Code, r); err != nil {
			return err
		}
	}
	return err
}

// hall gives the last sitting its blocks and everybody a seat.
func (b *builder) hall(ctx context.Context, x conference.Conference, lines []conference.Category) error {
	s, clerk := b.app.Delegations, b.scribe()
	sittings, err := conference.Sittings(ctx, b.app.DB, x)
	if err != nil || len(sittings) == 0 {
		return err
	}
	last := sittings[len(sittings)-1].ID
	front := delegation.Block{Name: "A", Rows: 2, Seats: 6}
	for _, y := range lines {
		if y.Source == conference.FromOffice {
			front.For = append(front.For, y.ID)
		}
	}
	if err := errors.Join(s.AddBlock(ctx, clerk, x.ID, last, front), s.AddBlock(ctx, clerk, x.ID, last, delegation.Block{Name: "B", Rows: 12, Seats: 8})); err != nil {
		return err
	}
	_, _, err = s.Give(ctx, clerk, x.ID, last)
	return err
}
