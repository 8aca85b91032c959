//go:build !js

package minutes

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"chibo/kit/when"
)

// Part is the part somebody takes in signing.
type Part string

// Those who sign the minutes.
const (
	Chair       Part = "chair"
	MinuteTaker Part = "minute_taker"
)

// Parts lists those who sign, in the order in which they are asked.
var Parts = []Part{MinuteTaker, Chair}

// Signature says that somebody confirmed the minutes as they stood, with a
// secret of their own. It is no digital signature in the sense of the law.
type Signature struct {
	Root    string `db:"root_id"`
	Meeting string `db:"meeting_id"`
	Part    Part
	Member  string `db:"member_id"`
	Name    string
	// Digest is the SHA-256 of the text that was confirmed; a signature on
	// another text does not count.
	Digest string
	At     when.Instant `db:"signed_at"`
	By     string       `db:"signed_by"` // account of the device's session
}

// Step is one thing that must be there before the minutes can be sealed.
type Step string

// The steps, in their order.
const (
	StepClosed     Step = "closed"
	StepRead       Step = "read"
	StepAdopted    Step = "adopted"
	StepMinuteHand Step = "signed_minute_taker"
	StepChairHand  Step = "signed_chair"
)

// Missing returns the steps that are not done yet. Minutes may be adopted without
// a reading entered in the room only where the evening was held on paper; the
// meeting itself is the judge of that, so an adoption stands for the reading.
func Missing(r Record, signatures []Signature) []Step {
	var out []Step
	need := func(ok bool, s Step) {
		if !ok {
			out = append(out, s)
		}
	}
	need(r.Closed, StepClosed)
	need(r.ReadBack || r.Adopted, StepRead)
	need(r.Adopted, StepAdopted)
	if r.Beside { // most of its people have no account: they sign the paper
		return out
	}
	digest := r.Digest()
	need(signed(signatures, MinuteTaker, digest), StepMinuteHand)
	need(signed(signatures, Chair, digest), StepChairHand)
	return out
}

func signed(list []Signature, part Part, digest string) bool {
	return slices.ContainsFunc(list, func(s Signature) bool { return s.Part == part && s.Digest == digest })
}

// Digest is the SHA-256, in hexadecimal, of what those who sign have read: the
// passages as they stand, the counts of ballots and the resolution. Adoption and closing are no part of
// it, so that a meeting may sign before or after its last minute.
func (r Record) Digest() string {
	h := sha256.New()
	put := func(s string) { _, _ = fmt.Fprintf(h, "%d:%s,", len(s), s) } // a hash never fails to write
	put(r.Title)
	for _, p := range r.Passages {
		if p.Key == "adoption" || p.Key == "closing" {
			continue
		}
		put(p.Key)
		put(p.Heading)
		put(p.Text())
		if p.Table != nil {
			for _, row := range p.Table.Rows {
				for _, cell := range row {
					put(cell)
				}
			}
		}
	}
	for _, b := range r.Counts {
		put(b.Subject)
		put(b.Why)
		put(fmt.Sprint(b.Team, b.Summoned, b.Present, b.Issued, b.Returned, b.Valid, b.Invalid, b.Table.Rows))
		put(b.Result)
	}
	put(r.Resolution)
	for _, k := range r.Conclusion {
		put(k)
	}
	return hex.EncodeToString(h.Sum(nil))
}
