package main

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"chibo/app"
	"chibo/kit/disk"
	"chibo/kit/job"
	"chibo/kit/post"
	"chibo/kit/scan"
	"chibo/kit/when"
)

// configuration looks whether what the program is told fits together.
func (d *doctor) configuration() []finding {
	var all []finding
	base, err := url.Parse(d.Base)
	switch {
	case d.Base == "":
		all = append(all, finding{"settings", look, "doctor.settings.nameless", nil, "doctor.settings.name"})
	case err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https":
		all = append(all, finding{"settings", ailing, "doctor.settings.unreadable", []any{"Base", d.Base}, "doctor.settings.name"})
	case base.Scheme == "https" && !d.Secure:
		all = append(all, finding{"settings", ailing, "doctor.settings.insecure", nil, "doctor.settings.secure"})
	case base.Scheme == "http" && d.Secure:
		all = append(all, finding{"settings", ailing, "doctor.settings.plain", nil, "doctor.settings.https"})
	}
	if d.SMTP != "" && d.From == "" {
		all = append(all, finding{"settings", ailing, "doctor.settings.senderless", nil, "doctor.settings.sender"})
	}
	if all == nil {
		all = append(all, finding{"settings", good, "doctor.settings.good", nil, ""})
	}
	return all
}

// tightShare is the part of a disk below which somebody should make room.
const tightShare = 0.15

// room looks at the disk.
func (d *doctor) room() finding {
	s, err := disk.Of(d.Data)
	args := []any{"Free", size(s.Free), "Share", share(s.Share())} // #nosec G115 -- no disk has 2^63 bytes
	switch {
	case err != nil:
		return finding{"disk", look, "doctor.disk.unknown", []any{"Why", err.Error()}, ""}
	case s.Free < disk.Tight:
		return finding{"disk", ailing, "doctor.disk.full", args, "doctor.disk.make"}
	case s.Share() < tightShare:
		return finding{"disk", look, "doctor.disk.tight", args, "doctor.disk.make"}
	}
	return finding{"disk", good, "doctor.disk.good", args, ""}
}

// Clocks that differ by more are looked at, or are wrong: a vote closes, a notice comes in
// time, by the clock of the server.
const (
	clockLook  = 2 * time.Second
	clockWrong = 30 * time.Second
)

// clockOfDatabase compares the clock with that of the database server, where there is one.
func clockOfDatabase(ctx context.Context, a *app.App) []finding {
	at, err := a.DB.Clock(ctx)
	if err != nil {
		return []finding{{"clock", look, "doctor.clock.unknown", []any{"Why", err.Error()}, ""}}
	}
	if at == 0 {
		return nil
	}
	return []finding{clock(when.Instant(at).Time(), time.Now())}
}

// clock compares the clock of another machine with this one's.
func clock(other, own time.Time) finding {
	by := other.Sub(own).Abs()
	args := []any{"By", by.Round(time.Second).String()}
	switch {
	case by > clockWrong:
		return finding{"clock", ailing, "doctor.clock.differs", args, "doctor.clock.set"}
	case by > clockLook:
		return finding{"clock", look, "doctor.clock.differs", args, "doctor.clock.set"}
	}
	return finding{"clock", good, "doctor.clock.good", nil, ""}
}

// Jobs that wait longer than this are not being done.
const jobsLate = time.Hour

// jobsOf looks at work that was put off.
func jobsOf(ctx context.Context, a *app.App) finding {
	now := when.At(a.Now())
	s, err := job.StandingAt(ctx, a.DB, now)
	args := []any{"Waiting", s.Waiting, "Failed", s.Failed}
	switch {
	case err != nil:
		return finding{"jobs", ailing, "doctor.database.closed", []any{"Why", err.Error()}, "doctor.database.open"}
	case s.Failed > 0:
		return finding{"jobs", look, "doctor.jobs.failed", args, "doctor.jobs.read"}
	case s.Oldest != 0 && now.Time().Sub(s.Oldest.Time()) > jobsLate:
		return finding{"jobs", look, "doctor.jobs.late", args, "doctor.jobs.run"}
	}
	return finding{"jobs", good, "doctor.jobs.good", args, ""}
}

// A copy is made every night: a day and some hours, and a week at the very most.
const (
	copyLook  = 26 * time.Hour
	copyWrong = 7 * 24 * time.Hour
)

// copiesOf looks when the last copy was made. Of those that are made by the means of
// PostgreSQL nothing is known.
func copiesOf(a *app.App) []finding {
	if a.DB.Postgres() {
		return nil
	}
	at, found, err := a.LastCopy()
	args := []any{"At", at.Time().Format("02/01/2006 15:04")}
	switch age := a.Now().Sub(at.Time()); {
	case err != nil || !found:
		return []finding{{"copy", look, "doctor.copy.none", nil, "doctor.copy.make"}}
	case age > copyWrong:
		return []finding{{"copy", ailing, "doctor.copy.old", args, "doctor.copy.make"}}
	case age > copyLook:
		return []finding{{"copy", look, "doctor.copy.old", args, "doctor.copy.make"}}
	}
	return []finding{{"copy", good, "doctor.copy.good", args, ""}}
}

// certificateLate is how long before its end a certificate should have been renewed: it is
// done by itself a month before.
const certificateLate = 14 * 24 * time.Hour

// reach asks for the program by the address that people use: whether it answers, how long
// its certificate holds, what its clock says.
func (d *doctor) reach(ctx context.Context, client *http.Client) []finding {
	if !strings.HasPrefix(d.Base, "https://") {
		return nil
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(d.Base, "/")+"/readyz", nil)
	if err != nil {
		return nil // said of the settings
	}
	answer, err := client.Do(r)
	if err != nil {
		return []finding{{"reach", ailing, "doctor.reach.silent", []any{"Base", d.Base, "Why", err.Error()}, "doctor.reach.mend"}}
	}
	_ = answer.Body.Close() // only its head is read
	var all []finding
	if answer.StatusCode != http.StatusOK {
		all = append(all, finding{"reach", ailing, "doctor.reach.answers", []any{"Base", d.Base, "Status", answer.StatusCode}, "doctor.reach.mend"})
	}
	if answer.TLS != nil && len(answer.TLS.PeerCertificates) > 0 {
		until := answer.TLS.PeerCertificates[0].NotAfter
		args := []any{"Until", until.Format("02/01/2006")}
		if time.Until(until) < certificateLate {
			all = append(all, finding{"reach", look, "doctor.reach.ends", args, "doctor.reach.renew"})
		} else {
			all = append(all, finding{"reach", good, "doctor.reach.good", args, ""})
		}
	}
	if at, err := http.ParseTime(answer.Header.Get("Date")); err == nil {
		all = append(all, clock(at, time.Now().Truncate(time.Second)))
	}
	return all
}

// mail greets the mail server; no letter is sent.
func (d *doctor) mail(ctx context.Context) finding {
	if d.SMTP == "" {
		return finding{"mail", good, "doctor.mail.none", nil, ""}
	}
	if err := (post.Office{Server: d.SMTP, From: d.From, Now: time.Now}).Greet(ctx); err != nil {
		return finding{"mail", ailing, "doctor.mail.refuses", []any{"Why", err.Error()}, "doctor.mail.mend"}
	}
	return finding{"mail", good, "doctor.mail.good", nil, ""}
}

// calls looks whether push services will take calls: they want to know who asks.
func (d *doctor) calls() finding {
	switch {
	case d.Quiet:
		return finding{"calls", good, "doctor.calls.quiet", nil, ""}
	case !strings.HasPrefix(d.Base, "https://"):
		return finding{"calls", look, "doctor.calls.insecure", nil, "doctor.settings.https"}
	}
	return finding{"calls", good, "doctor.calls.good", nil, ""}
}

// signaturesLate is how old the signatures of a scanner may be: new ones come every day.
const signaturesLate = 7 * 24 * time.Hour

// scanner asks the virus scanner who it is.
func (d *doctor) scanner(ctx context.Context) finding {
	if d.Clamd == (scan.Scanner{}) {
		return finding{"scanner", look, "doctor.scanner.none", nil, "doctor.scanner.install"}
	}
	version, signatures, err := d.Clamd.Version(ctx)
	args := []any{"Version", version, "Day", signatures.Format("02/01/2006")}
	switch {
	case err != nil:
		return finding{"scanner", ailing, "doctor.scanner.silent", []any{"Why", err.Error()}, "doctor.scanner.mend"}
	case d.ClamdSilent == "take":
		return finding{"scanner", look, "doctor.scanner.open", args, "doctor.scanner.close"}
	case !signatures.IsZero() && time.Since(signatures) > signaturesLate:
		return finding{"scanner", look, "doctor.scanner.old", args, "doctor.scanner.renew"}
	}
	return finding{"scanner", good, "doctor.scanner.good", args, ""}
}
