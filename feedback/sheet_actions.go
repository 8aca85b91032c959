package feedback

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/limit"
)

// mending is how long a device may take its sheet back or add to it.
const mending = 15 * time.Minute

// sendingRate is how many sheets one address may send under one code. A hall is behind one
// address; the device of whoever is over it keeps what was typed and sends it again. Another
// address, and a new code, are not touched by it.
var sendingRate = limit.Allowance{Burst: 600, Every: 300 * time.Millisecond}

// Giver is who gives feedback, as far as it is known: nothing of it where the round is not
// named but the sheet that the device may still mend.
type Giver struct {
	Sheet      string // id, from the ticket of the device
	Delegate   string // id
	MemberRoot string
	Member     string // id
}

// known reports whether the round knows the giver by more than a device.
func (g Giver) known() bool { return g.Delegate != "" || g.Member != "" }

// derived returns a random-looking id of a thing of a sending; the same for the same
// sending, so that a second time is found, and telling nothing of the sending.
func derived(sending string, n int) string {
	sum := sha256.Sum256([]byte(sending + "/" + strconv.Itoa(n)))
	return base32.StdEncoding.EncodeToString(sum[:])[:26]
}

// Give takes what somebody has sent: a new sheet, or more for the sheet that the giver has.
// Sent twice it is taken once.
func (s *Service) Give(ctx context.Context, r Round, who Giver, x Sending) (Sheet, error) {
	if r.StateAt(s.now()) != Open {
		return Sheet{}, fault.New(fault.Conflict, "feedback.problem."+string(r.StateAt(s.now())))
	}
	if len(x.ID) < 16 || len(x.ID) > 64 {
		return Sheet{}, fault.New(fault.Invalid, "fault.unreadable")
	}
	if err := x.check(r.Named && !who.known()); err != nil {
		return Sheet{}, err
	}
	var sheet Sheet
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		before, has, err := sheetOf(ctx, tx, r, who)
		if err != nil {
			return err
		}
		if has {
			sheet = before
		} else if sheet, has, err = sheetByID(ctx, tx, r, derived(x.ID, 0)); err != nil {
			return err
		}
		if !has {
			sheet = s.fresh(r, who, x)
			if err := db.Insert(ctx, tx, "feedback_sheet", sheet); err != nil {
				return err
			}
		}
		return add(ctx, tx, sheet, x)
	})
	if db.IsUnique(err) { // the same sending at the same time
		err = nil
	}
	return sheet, err
}

// sheetOf returns the sheet that a giver has given before.
func sheetOf(ctx context.Context, q db.Q, r Round, who Giver) (Sheet, bool, error) {
	switch {
	case who.Delegate != "":
		return sheetOfDelegate(ctx, q, r, who.Delegate)
	case who.Member != "":
		return sheetOfMember(ctx, q, r, who.Member)
	case who.Sheet != "":
		return sheetByID(ctx, q, r, who.Sheet)
	}
	return Sheet{}, false, nil
}

// fresh is a new sheet. Where the round is not named it holds the day and nothing else.
func (s *Service) fresh(r Round, who Giver, x Sending) Sheet {
	sheet := Sheet{Root: r.Root, ID: derived(x.ID, 0), Sitting: r.Sitting, GivenOn: s.now().Date()}
	if r.Named {
		sheet.GivenAt, sheet.Name, sheet.Unit = s.now(), x.Name, x.Unit
		sheet.Delegate, sheet.MemberRoot, sheet.Member = who.Delegate, who.MemberRoot, who.Member
	}
	return sheet
}

// add writes the remarks of a sending unless they are there.
func add(ctx context.Context, tx *db.Tx, sheet Sheet, x Sending) error {
	there, err := hasRemark(ctx, tx, sheet.Root, derived(x.ID, 1))
	if err != nil || there {
		return err
	}
	rows := make([]Remark, len(x.Said))
	for i, y := range x.Said {
		rows[i] = Remark{Root: sheet.Root, ID: derived(x.ID, i+1), Sheet: sheet.ID, Sitting: sheet.Sitting, Phase: y.Phase, Head: y.Head, Item: y.Item, Text: y.Text}
	}
	return db.InsertAll(ctx, tx, "feedback_remark", rows)
}

// Ticket is what a device holds to mend the sheet it has sent; the server keeps nothing of
// it but the secret of the round.
func (s *Service) Ticket(r Round, sheet string) string {
	at := strconv.FormatInt(s.Now().Unix(), 10)
	return sheet + "." + at + "." + sign(r, sheet, at)
}

func sign(r Round, sheet, at string) string {
	mac := hmac.New(sha256.New, []byte(r.Secret))
	_, _ = fmt.Fprintf(mac, "%s.%s.%s", r.Sitting, sheet, at) // a hash takes everything
	return hex.EncodeToString(mac.Sum(nil))
}

// Redeem returns the sheet that a ticket lets its device mend and until when, or nothing.
func (s *Service) Redeem(r Round, ticket string) (sheet string, until time.Time) {
	parts := strings.Split(ticket, ".")
	if len(parts) != 3 || !hmac.Equal([]byte(parts[2]), []byte(sign(r, parts[0], parts[1]))) {
		return "", time.Time{}
	}
	unix, err := strconv.ParseInt(parts[1], 10, 64)
	until = time.Unix(unix, 0).Add(mending)
	if err != nil || s.Now().After(until) {
		return "", time.Time{}
	}
	return parts[0], until
}

// TakeBack removes what a giver has given, while the round is open.
func (s *Service) TakeBack(ctx context.Context, r Round, who Giver) error {
	if r.StateAt(s.now()) != Open {
		return fault.New(fault.Conflict, "feedback.problem.closed")
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		sheet, has, err := sheetOf(ctx, tx, r, who)
		if err != nil {
			return err
		}
		if !has {
			return fault.New(fault.Conflict, "feedback.problem.too_late")
		}
		return removeSheet(ctx, tx, sheet)
	})
}

// Paper is a sheet of paper as the office types it in.
type Paper struct {
	Number int    `form:"number"`
	Name   string `form:"name"`
	Unit   string `form:"unit"`
	Said   []Said `form:"-"`
}

// TypeIn takes a sheet of paper, also after the round has closed. Its number stands on the
// paper; the same number is not taken twice.
func (s *Service) TypeIn(ctx context.Context, who access.Person, conferenceID, sittingID string, p Paper) error {
	err := s.change(ctx, who, conferenceID, sittingID, "feedback.typed", func(tx *db.Tx, r Round) error {
		x := Sending{ID: rand.Text(), Name: p.Name, Unit: p.Unit, Said: p.Said}
		if err := x.check(r.Named); err != nil {
			return err
		}
		var c fault.Check
		c.That(p.Number > 0 && p.Number <= 100_000, "number", "feedback.problem.number")
		if err := c.Err(); err != nil {
			return err
		}
		sheet := s.fresh(r, Giver{}, x)
		sheet.Number = p.Number
		if err := db.Insert(ctx, tx, "feedback_sheet", sheet); err != nil {
			return err
		}
		return add(ctx, tx, sheet, x)
	})
	if db.IsUnique(err) {
		var c fault.Check
		c.That(false, "number", "feedback.problem.number_taken")
		err = c.Err()
	}
	return err
}
