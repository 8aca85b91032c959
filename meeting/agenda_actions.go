package meeting

import (
	"context"
	"slices"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
)

// arrange changes the agenda of a meeting as a whole.
func (s *Service) arrange(ctx context.Context, who access.Person, meetingID, action string, do func(tx *db.Tx, m Meeting, agenda []Item) ([]Item, error)) error {
	return s.change(ctx, who, meetingID, action, func(tx *db.Tx, m Meeting) (any, error) {
		agenda, err := Items(ctx, tx, m.Root, m.ID)
		if err != nil {
			return nil, err
		}
		if agenda, err = do(tx, m, agenda); err != nil {
			return nil, err
		}
		return map[string]any{"items": len(agenda)}, replaceItems(ctx, tx, m, agenda)
	})
}

// AddItem puts a new item before the closing steps of the agenda.
func (s *Service) AddItem(ctx context.Context, who access.Person, meetingID string, item Item) error {
	if err := item.Validate(); err != nil {
		return err
	}
	item.ID = id.New()
	return s.arrange(ctx, who, meetingID, "meeting.item.added", func(tx *db.Tx, m Meeting, agenda []Item) ([]Item, error) {
		if len(agenda) >= mostItems {
			return nil, fault.New(fault.Conflict, "meeting.problem.many_items", "Count", mostItems)
		}
		return placed(agenda, item), invited(ctx, tx, m, item.Presenter)
	})
}

// ChangeItem changes an item in its place.
func (s *Service) ChangeItem(ctx context.Context, who access.Person, meetingID string, item Item) error {
	if err := item.Validate(); err != nil {
		return err
	}
	return s.onItem(ctx, who, meetingID, item.ID, "meeting.item.changed", func(tx *db.Tx, m Meeting, agenda []Item, at int) ([]Item, error) {
		before := agenda[at]
		item.Position = before.Position
		agenda[at] = item
		if item.Presenter == before.Presenter {
			return agenda, nil
		}
		return agenda, invited(ctx, tx, m, item.Presenter)
	})
}

// MoveItem moves an item one step up (by -1) or down (by +1).
func (s *Service) MoveItem(ctx context.Context, who access.Person, meetingID, itemID string, by int) error {
	return s.onItem(ctx, who, meetingID, itemID, "meeting.item.moved", func(_ *db.Tx, _ Meeting, agenda []Item, _ int) ([]Item, error) {
		return moved(agenda, itemID, by), nil
	})
}

// RemoveItem takes an item off the agenda; its papers stay with the meeting.
func (s *Service) RemoveItem(ctx context.Context, who access.Person, meetingID, itemID string) error {
	return s.onItem(ctx, who, meetingID, itemID, "meeting.item.removed", func(_ *db.Tx, _ Meeting, agenda []Item, _ int) ([]Item, error) {
		return without(agenda, itemID), nil
	})
}

// mostItems bounds an agenda.
const mostItems = 60

func (s *Service) onItem(ctx context.Context, who access.Person, meetingID, itemID, action string, do func(tx *db.Tx, m Meeting, agenda []Item, at int) ([]Item, error)) error {
	return s.arrange(ctx, who, meetingID, action, func(tx *db.Tx, m Meeting, agenda []Item) ([]Item, error) {
		at := slices.IndexFunc(agenda, func(i Item) bool { return i.ID == itemID })
		if at < 0 {
			return nil, fault.New(fault.NotFound, "fault.not_found")
		}
		return do(tx, m, agenda, at)
	})
}
