package dossier

import (
	"time"

	"chibo/kit/when"
)

// Running says how the program is set up, as read when a pack is taken.
type Running struct {
	Version    string // of the program, as its build says; may be empty
	Postgres   bool   // else SQLite
	Bytes      int64  // of the database
	Tables     int    // in the inventory
	Listen     string // address and port; empty where the service manager holds it
	Base       string // address that people use; may be empty
	Secure     bool   // reached by https
	Proxy      bool   // something stands in front
	Nodes      bool   // several processes may run together
	Mail       bool   // a mail server is named
	Pushes     bool   // devices are called by their push services, without contents
	VaultApart bool   // the keys lie outside the data directory
	Copies     Copies
	Idle       Idle
	Roles      []Role
	FactorFrom when.Date // from when a second factor is asked of those with an office; zero: it is only offered
}

// Copies says how copies are made by themselves.
type Copies struct {
	On        bool
	Every     time.Duration
	Keep      int
	Encrypted bool
	Last      when.Instant // zero before the first
}

// Idle is after how long a session ends that nobody uses.
type Idle struct{ Own, Staff, Shared time.Duration }

// Role is a role and how many things it may do.
type Role struct {
	Name   string // end of the key account.role
	Rights int
}

// Verdict is how a control stands.
type Verdict string

// The verdicts. By people marks what no program can say of itself.
const (
	Met      Verdict = "met"
	NotMet   Verdict = "not_met"
	ByPeople Verdict = "by_people"
)

// Control is one measure that level 3 asks for, by the end of its key.
type Control struct {
	Key     string
	Verdict Verdict
}

// oldestCopy is the age past which a copy protects nobody: back in service within a day was
// asked of every operator ("6 giải pháp", Bộ Thông tin và Truyền thông, 27/6/2024).
const oldestCopy = 24 * time.Hour

// staffIdle is the longest that the session of an administrator may be left alone.
const staffIdle = 30 * time.Minute

// Controls says of each measure of the application part of TCVN 11930:2017, level 3, as it is
// reported (the text itself was not read), how the running program stands.
func (r Running) Controls(today when.Date, now when.Instant) []Control {
	met := func(b bool) Verdict {
		if b {
			return Met
		}
		return NotMet
	}
	copies := met(r.Copies.On && !r.Copies.Last.IsZero() && now.Sub(r.Copies.Last) <= r.Copies.Every+oldestCopy)
	sealed := met(r.Copies.Encrypted)
	if r.Postgres { // copied by means of its own, of which the program knows nothing
		copies, sealed = ByPeople, ByPeople
	}
	return []Control{
		{"identity", Met},
		{"second_factor", met(!r.FactorFrom.IsZero() && !today.Before(r.FactorFrom))},
		{"lockout", Met},
		{"idle", met(r.Idle.Staff <= staffIdle && r.Idle.Shared <= staffIdle)},
		{"roles", Met},
		{"log", Met},
		{"clock", ByPeople},
		{"transfer", met(r.Secure)},
		{"keys_apart", met(r.VaultApart)},
		{"copies", copies},
		{"copies_sealed", sealed},
		{"offline_copy", ByPeople},
		{"denial", Met},
		{"input", Met},
		{"disk", ByPeople},
		{"network", ByPeople},
		{"review", ByPeople},
	}
}
