package delegation

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"chibo/conference"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/job"
	"chibo/kit/post"
)

// MailJob is the kind of the jobs that mail an invitation; its arguments are an envelope.
const MailJob = "delegation.mail"

// envelope names the delegate to whom an invitation goes.
type envelope struct{ Root, ID string }

// Mail hands the invitations of those with an address to the mail server, as far as none
// was mailed yet, and returns how many. They go one by one, in the background.
func (s *Service) Mail(ctx context.Context, who access.Person, conferenceID string) (n int, err error) {
	err = s.keep(ctx, who, conferenceID, "delegation.mailed", "", func(tx *db.Tx, x conference.Conference) error {
		all, err := unmailed(ctx, tx, x)
		if err != nil {
			return err
		}
		if len(all) == 0 || s.Post == nil {
			return fault.New(fault.Conflict, "delegation.problem.none_to_mail")
		}
		n = len(all)
		for _, d := range all {
			if err := job.Enqueue(ctx, tx, MailJob, envelope{d.Root, d.ID}, job.Unique(MailJob+":"+d.ID)); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

// Deliver does a job of kind MailJob. Who was replaced meanwhile gets no letter.
func (s *Service) Deliver(ctx context.Context, j job.Job) error {
	var to envelope
	if err := j.Decode(&to); err != nil {
		return errors.Join(err, job.ErrGiveUp)
	}
	d, err := byKey(ctx, s.DB, to.Root, to.ID)
	if err != nil || !d.Stands() || d.Email == "" || !d.MailedAt.IsZero() || s.Post == nil {
		return err
	}
	v, err := invitationOf(ctx, s.DB, d)
	if err != nil {
		return err
	}
	if err := s.Post(ctx, v.letter(s.Base)); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error { return markMailed(ctx, tx, d, s.now()) })
}

// letter is the invitation as a mail. Its address leads to the page of the person invited:
// like the paper it is for them alone.
func (v Invitation) letter(base string) post.Letter {
	var b strings.Builder
	fmt.Fprintf(&b, "Kính gửi: %s\n\n%s trân trọng kính mời %s dự %s.\n", v.addressee(), v.Committee.Name, v.whom(), v.occasion())
	for _, y := range v.ahead() {
		place := y.Venue + joined(", ", y.Address)
		fmt.Fprintf(&b, "\n%s\nThời gian: %s.\nĐịa điểm: %s.\n", y.Title, moment(y.StartsAt), place)
		if course := y.course(); len(course) > 0 {
			fmt.Fprintf(&b, "Chương trình:\n  %s\n", strings.Join(course, "\n  "))
		}
	}
	if v.Note.Words != "" {
		fmt.Fprintf(&b, "\n%s\n", v.Note.Words)
	}
	fmt.Fprintf(&b, `
%s

Trả lời dự hoặc vắng, xem giấy mời, lấy mã điểm danh tại trang dành riêng cho người được mời:

%s

Giấy mời số %s. Xin không chuyển thư này cho người khác.
`, v.request(), base+v.Delegate.Invitation(), numbered(v.Number))
	return post.Letter{To: v.Email, Subject: "Giấy mời dự " + v.occasion(), Text: b.String()}
}
