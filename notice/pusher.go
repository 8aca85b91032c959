package notice

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	webpush "github.com/SherClockHolmes/webpush-go"

	"chibo/kit/db"
	"chibo/kit/job"
	"chibo/kit/when"
)

// PushJob is the kind of the jobs that call a device.
const PushJob = "notice.push"

const (
	callLives = 12 * time.Hour  // how long a service keeps a call for a device that is off
	callRest  = 5 * time.Minute // how long a service that failed is left alone
	callTopic = "inbox"         // a newer call takes the place of one that still waits
)

// Pusher calls devices by their push services (RFC 8030, 8291, 8292). What a call says
// is encrypted for the browser alone; the service sees that there is one.
type Pusher struct {
	DB  *db.DB
	Now func() time.Time
	// Client makes the requests; see kit/outside.
	Client webpush.HTTPClient
	// Subject is who answers for the calls: an https address or a mail address, which
	// push services want.
	Subject string

	mu      sync.Mutex
	resting map[string]when.Instant // until when a service is left alone, by host
}

// Send does a job of kind PushJob: one call for all that the member has not opened and
// this device was not called for. In the quiet hours of the member it waits for their
// end. A device that its service no longer knows is dropped. A service that fails is
// left alone for a while, so that those who wait for others need not wait for it.
func (p *Pusher) Send(ctx context.Context, j job.Job) error {
	var c call
	if err := j.Decode(&c); err != nil {
		return errors.Join(err, job.ErrGiveUp)
	}
	d, there, err := deviceOf(ctx, p.DB, c)
	if err != nil || !there {
		return err
	}
	notices, err := uncalled(ctx, p.DB, d.Member, max(d.MadeAt, d.CalledAt))
	if err != nil || len(notices) == 0 {
		return err
	}
	manner, err := MannerOf(ctx, p.DB, d.Root, d.Member)
	if err != nil {
		return err
	}
	until, wait := manner.Peace(when.At(p.Now()))
	if !wait {
		until, wait = p.rests(d)
	}
	if wait {
		return p.DB.Tx(ctx, func(tx *db.Tx) error {
			return job.Enqueue(ctx, tx, PushJob, c, job.Unique(PushJob+":"+c.Device), job.At(until))
		})
	}
	gone, err := p.call(ctx, d, callFor(notices))
	if err != nil {
		return err
	}
	return p.DB.Tx(ctx, func(tx *db.Tx) error {
		if gone {
			_, err := dropDevice(ctx, tx, d.Root, d.Member, d.ID)
			return err
		}
		return markCalled(ctx, tx, d, notices[len(notices)-1].ToldAt)
	})
}

// call sends one call and reports whether its service no longer knows the device. No
// error names the address of the device.
func (p *Pusher) call(ctx context.Context, d Device, what Call) (gone bool, err error) {
	keys, there, err := pushKeys(ctx, p.DB)
	if err != nil || !there {
		return false, err
	}
	text, err := json.Marshal(what)
	if err != nil {
		return false, err
	}
	to := &webpush.Subscription{Endpoint: d.Endpoint, Keys: webpush.Keys{Auth: d.Auth, P256dh: d.P256DH}}
	answer, err := webpush.SendNotificationWithContext(ctx, text, to, &webpush.Options{
		HTTPClient: p.Client, Subscriber: p.Subject, VAPIDPublicKey: keys.Public, VAPIDPrivateKey: keys.Private,
		TTL: int(callLives.Seconds()), Topic: callTopic, Urgency: webpush.UrgencyNormal,
	})
	if err != nil {
		p.rest(d)
		if wrapped, ok := errors.AsType[*url.Error](err); ok {
			err = wrapped.Err // without the address
		}
		return false, fmt.Errorf("push: %w", err)
	}
	defer func() { _ = answer.Body.Close() }()
	switch {
	case answer.StatusCode < 300:
		return false, nil
	case answer.StatusCode == http.StatusNotFound || answer.StatusCode == http.StatusGone:
		return true, nil
	case answer.StatusCode == http.StatusTooManyRequests || answer.StatusCode >= 500:
		p.rest(d)
		return false, fmt.Errorf("push: the service answers %d", answer.StatusCode)
	}
	return false, errors.Join(fmt.Errorf("push: the service answers %d", answer.StatusCode), job.ErrGiveUp)
}

// service is the host of the push service of a device.
func service(d Device) string {
	u, err := url.Parse(d.Endpoint)
	if err != nil {
		return ""
	}
	return u.Host
}

// rest leaves the service of a device alone for a while.
func (p *Pusher) rest(d Device) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.resting == nil {
		p.resting = map[string]when.Instant{}
	}
	p.resting[service(d)] = when.At(p.Now()).Add(callRest)
}

// rests reports whether and until when the service of a device is left alone.
func (p *Pusher) rests(d Device) (until when.Instant, rests bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	until = p.resting[service(d)]
	return until, until > when.At(p.Now())
}
