//go:build !js

package room

import (
	"context"
	"encoding/json"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/meeting"
)

// Arrival is a member who comes in by a way of their own.
type Arrival struct {
	Root, Meeting, Member string
	Via                   Via
}

// Arrive marks a member present, or late, within tx, and returns since when the roll
// has the member in the room. Who is marked as being here already stays as marked.
//
// A whole hall arrives at once: the log is not folded here, in the turn of the writer,
// but by whoever looks at it next.
func (s *Service) Arrive(ctx context.Context, tx *db.Tx, who access.Person, a Arrival) (when.Instant, error) {
	r, err := lock(ctx, tx, a.Root, a.Meeting)
	if err != nil {
		return 0, err
	}
	at, err := thresholdOf(ctx, tx, a)
	if err != nil {
		return 0, err
	}
	if err := at.admits(); err != nil {
		return 0, err
	}
	was, err := Whereabouts(ctx, tx, a.Root, a.Meeting, a.Member)
	if err != nil || was.Here() {
		return was.Arrived, err
	}
	now := when.At(s.Now())
	body := AttendanceBody{Member: a.Member, Status: Present}
	if at.State == meeting.Open && now.Sub(at.OpenedAt) > LateAfter {
		body.Status = Late
	}
	raw, err := json.Marshal(body)
	if err != nil {
		return 0, err
	}
	act := Act{ID: id.New(), Meeting: a.Meeting, Kind: KindAttendance, At: now, By: who.Account, Via: a.Via, Body: raw, Seq: r.Seq + 1, Seen: r.Seq, Received: now}
	if r.Seq == 0 {
		if err := makeRoom(ctx, tx, a.Root, a.Meeting); err != nil {
			return 0, err
		}
	}
	if err := insert(ctx, tx, a.Root, act); err != nil {
		return 0, err
	}
	if s.Bus != nil {
		tx.AfterCommit(func() { s.Bus.Publish(Topic(a.Root, a.Meeting)) })
	}
	detail := map[string]any{"act": act.Seq, "member": a.Member, "via": a.Via}
	return now, s.Audit.Write(ctx, tx, who, a.Root, "room.arrived", a.Meeting, detail)
}

// threshold is what Arrive must know of a meeting.
type threshold struct {
	State    meeting.State
	OpenedAt when.Instant
	Listed   bool // not missing from the roll that was frozen at the opening
}

func (t threshold) admits() error {
	switch {
	case t.State == meeting.Draft:
		return fault.New(fault.Conflict, "room.problem.draft")
	case t.State.Reached(meeting.Closed):
		return fault.New(fault.Conflict, "room.problem.closed")
	case !t.Listed:
		return fault.New(fault.Conflict, "room.problem.not_on_roll")
	}
	return nil
}

// Whereabouts returns where the log has one member: its acts on others are not read.
func Whereabouts(ctx context.Context, q db.Q, root, meetingID, memberID string) (Attendee, error) {
	acts, err := marks(ctx, q, root, meetingID, memberID)
	if err != nil {
		return Attendee{}, err
	}
	return Replay(Setup{Roll: []Person{{ID: memberID}}}, acts).Roll[0], nil
}
