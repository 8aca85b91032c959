package notice

import (
	"context"
	"errors"
	"fmt"

	"chibo/kit/db"
	"chibo/kit/job"
	"chibo/kit/post"
	"chibo/kit/when"
)

// MailJob is the kind of the jobs that send mail; its arguments are a Recipient.
const MailJob = "notice.mail"

// Recipient is who gets a mail.
type Recipient struct {
	Root   string `db:"root_id"`
	Member string `db:"member_id"`
}

// Mailer sends "you have a notice" by SMTP. What the notice is about never leaves
// the program: a mail passes through machines of strangers and lies in boxes that
// whole families read.
type Mailer struct {
	DB   *db.DB
	Post post.Office
	Base string // address of the program
	// Address returns the mail address of a member, empty when there is none.
	Address func(ctx context.Context, q db.Q, root, member string) (string, error)
}

// Send does a job of kind MailJob: one mail for all that the member has not
// opened and no mail has spoken of. In the quiet hours of the member it waits for
// their end.
func (m *Mailer) Send(ctx context.Context, j job.Job) error {
	var to Recipient
	if err := j.Decode(&to); err != nil {
		return errors.Join(err, job.ErrGiveUp)
	}
	notices, err := unmailed(ctx, m.DB, to.Member)
	if err != nil || len(notices) == 0 {
		return err
	}
	manner, err := MannerOf(ctx, m.DB, to.Root, to.Member)
	if err != nil {
		return err
	}
	if until, quiet := manner.Peace(m.now()); quiet {
		return m.DB.Tx(ctx, func(tx *db.Tx) error {
			return job.Enqueue(ctx, tx, MailJob, to, job.Unique(MailJob+":"+to.Member), job.At(until))
		})
	}
	address, err := m.Address(ctx, m.DB, to.Root, to.Member)
	if err != nil || address == "" {
		return err
	}
	if err := m.Post.Send(ctx, m.letter(address, len(notices))); err != nil {
		return err
	}
	return m.DB.Tx(ctx, func(tx *db.Tx) error {
		for _, n := range notices {
			if err := markMailed(ctx, tx, n, m.now()); err != nil {
				return err
			}
		}
		return nil
	})
}

func (m *Mailer) now() when.Instant { return when.At(m.Post.Now()) }

// letter writes the mail. Its text is Vietnamese whoever gets it: the language of
// a person is chosen on the device.
func (m *Mailer) letter(address string, count int) post.Letter {
	return post.Letter{To: address, Subject: "Đồng chí có thông báo mới", Text: fmt.Sprintf(`Kính gửi đồng chí,

Đồng chí có %d thông báo mới chưa đọc. Nội dung không gửi qua thư; mời đồng chí xem tại:

%s/inbox

Nếu không muốn nhận thư này nữa, đồng chí tắt tại trang trên, mục "Báo qua thư điện tử".
`, count, m.Base)}
}
