package notice

import (
	"context"

	webpush "github.com/SherClockHolmes/webpush-go"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/job"
)

// PushKey returns the public key that a browser wants when somebody asks to be called.
// The keys are made at the first time.
func (s *Service) PushKey(ctx context.Context) (string, error) {
	keys, err := s.keys(ctx)
	return keys.Public, err
}

func (s *Service) keys(ctx context.Context) (PushKeys, error) {
	keys, there, err := pushKeys(ctx, s.DB)
	if err != nil || there {
		return keys, err
	}
	if keys.Private, keys.Public, err = webpush.GenerateVAPIDKeys(); err != nil {
		return keys, err
	}
	err = s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := putPushKeys(ctx, tx, keys, s.now()); err != nil {
			return err
		}
		keys, _, err = pushKeys(ctx, tx) // somebody may have been first
		return err
	})
	return keys, err
}

// CallOn keeps a device on which the person has asked to be called. The oldest goes
// where there are too many.
func (s *Service) CallOn(ctx context.Context, who access.Person, d Device) error {
	if err := onRoll(who); err != nil {
		return err
	}
	if err := d.check(); err != nil {
		return err
	}
	d.Root, d.ID, d.Member, d.MadeAt = who.Root, id.New(), who.Member, s.now()
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := putDevice(ctx, tx, d); err != nil {
			return err
		}
		if err := forgetOldest(ctx, tx, who.Root, who.Member, mostDevices); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, who.Root, "notice.push_on", d.ID, nil)
	})
}

// DropDevice ends the calls on one of the person's devices.
func (s *Service) DropDevice(ctx context.Context, who access.Person, deviceID string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		n, err := dropDevice(ctx, tx, who.Root, who.Member, deviceID)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		return s.Audit.Write(ctx, tx, who, who.Root, "notice.push_off", deviceID, nil)
	})
}

// Devices returns the devices on which the person is called, the newest first.
func (s *Service) Devices(ctx context.Context, who access.Person) ([]Device, error) {
	if who.Member == "" {
		return nil, nil
	}
	return devices(ctx, s.DB, who.Root, who.Member)
}

// askForCalls leaves a job for each device on which one of the members wants to be
// called. Several facts before the job runs make one call. Every device has a job of
// its own, so that one whose service refuses does not let another be called twice.
func askForCalls(ctx context.Context, tx *db.Tx, members []string) error {
	calls, err := toCall(ctx, tx, members)
	if err != nil {
		return err
	}
	for _, c := range calls {
		if err := job.Enqueue(ctx, tx, PushJob, c, job.Unique(PushJob+":"+c.Device)); err != nil {
			return err
		}
	}
	return nil
}
