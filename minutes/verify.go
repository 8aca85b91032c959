//go:build !js

package minutes

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"strings"

	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/meeting"
	"chibo/room"
)

// Broken says which seal does not hold, and why.
type Broken struct {
	Root, Seal string
	What       string
}

func (b *Broken) Error() string {
	return fmt.Sprintf("seal %s of %s does not hold: %s", b.Seal, b.Root, b.What)
}

// Verify checks every seal of the program: record, papers, code, log of the room
// and entry in the audit chain agree. It returns a *Broken for the first that
// does not hold. The chain itself is checked by audit.Verify.
func Verify(ctx context.Context, q db.Q) error {
	const page = 200
	var last sealKey
	for {
		keys, err := sealsAfter(ctx, q, last, page)
		if err != nil {
			return err
		}
		if len(keys) == 0 {
			return verifyCodes(ctx, q)
		}
		for _, last = range keys {
			if err := verifySeal(ctx, q, last); err != nil {
				return err
			}
		}
	}
}

// verifyCodes finds a seal that is gone by the code that was printed of it.
func verifyCodes(ctx context.Context, q db.Q) error {
	c, found, err := lostSeal(ctx, q)
	if err == nil && found {
		err = &Broken{c.Root, c.Seal, "it is gone, but its check code was given out"}
	}
	return err
}

func verifySeal(ctx context.Context, q db.Q, key sealKey) error {
	broken := func(format string, args ...any) error { return &Broken{key.Root, key.ID, fmt.Sprintf(format, args...)} }
	s, err := findSeal(ctx, q, key.Root, key.ID)
	if err != nil {
		return err
	}
	if hashOf([]byte(s.Record)) != s.Hash {
		return broken("its record was changed")
	}
	if code, err := CodeOf(s.Hash); err != nil || code != s.Code {
		return broken("its code is not that of its hash")
	}
	row, found, err := findCode(ctx, q, s.Code)
	if err != nil {
		return err
	}
	if !found || row.Root != s.Root || row.Seal != s.ID || row.At != s.At {
		return broken("its check code leads elsewhere")
	}
	files, err := filesOf(ctx, q, s.Root, s.ID)
	if err != nil {
		return err
	}
	for _, f := range files {
		if hashOf(f.Data) != f.Hash {
			return broken("the file %s was changed", f.Name)
		}
	}
	if what, err := unwitnessed(ctx, q, s, files); err != nil || what != "" {
		if err != nil {
			return err
		}
		return broken("%s", what)
	}
	what, err := contradicted(ctx, q, s)
	if err == nil && what != "" {
		err = broken("%s", what)
	}
	return err
}

// unwitnessed says how the audit chain contradicts a seal; empty when it bears
// it out.
func unwitnessed(ctx context.Context, q db.Q, s Seal, files []File) (string, error) {
	entries, err := audit.Of(ctx, q, s.Root, s.ID)
	if err != nil {
		return "", err
	}
	want := witnessOf(s, files)
	for _, e := range entries {
		var d struct {
			witness
			Detail *witness `json:"detail"` // of what was done in the place of others
		}
		if e.Action != actionSealed || json.Unmarshal([]byte(e.Detail), &d) != nil {
			continue
		}
		got := d.witness
		if d.Detail != nil {
			got = *d.Detail
		}
		if got.Hash == want.Hash && got.Code == want.Code && got.Meeting == want.Meeting && got.N == want.N && maps.Equal(got.Files, want.Files) {
			return "", nil
		}
		return "the audit chain tells of another record or of other papers", nil
	}
	return "the audit chain does not know it", nil
}

// contradicted says how meeting and log contradict what was sealed; empty when
// they agree.
func contradicted(ctx context.Context, q db.Q, s Seal) (string, error) {
	m, err := meeting.FindAny(ctx, q, s.Root, s.Meeting)
	if err != nil {
		return "", err
	}
	if m.State != meeting.Sealed {
		return "its meeting is not sealed any more", nil
	}
	if s.N > 0 {
		return additionContradicted(ctx, q, s)
	}
	var record Sealed
	if err := json.Unmarshal([]byte(s.Record), &record); err != nil {
		return "its record cannot be read", nil //nolint:nilerr // that it cannot be read is the finding
	}
	if record.Form != formMinutes || record.Meeting != s.Meeting {
		return "its record is that of another meeting", nil
	}
	acts, err := (&room.Service{}).Log(ctx, q, s.Root, s.Meeting, 0)
	if err != nil {
		return "", err
	}
	if len(acts) != record.ActCount || actsDigest(acts) != record.Acts {
		return "the log of the room was changed after sealing", nil
	}
	return "", nil
}

// additionContradicted checks that an addition speaks of the minutes it stands
// beside.
func additionContradicted(ctx context.Context, q db.Q, s Seal) (string, error) {
	var record SealedAddition
	if err := json.Unmarshal([]byte(s.Record), &record); err != nil {
		return "its record cannot be read", nil //nolint:nilerr // that it cannot be read is the finding
	}
	seals, err := Seals(ctx, q, s.Root, s.Meeting)
	if err != nil {
		return "", err
	}
	if len(seals) == 0 || seals[0].N != 0 || !strings.EqualFold(seals[0].Hash, record.Of) {
		return "the minutes it adds to are gone or changed", nil
	}
	return "", nil
}
