package notice

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"time"

	"github.com/wneessen/go-mail"

	"chibo/kit/db"
	"chibo/kit/job"
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
	DB  *db.DB
	Now func() time.Time
	// Server is "smtp://host:587" or "smtps://host:465", with name and password
	// where the server wants them. STARTTLS is required unless the scheme is
	// "smtp+plain", which is for a relay on the same machine.
	Server string
	// From is the address of the sender, Base the address of the program.
	From, Base string
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
	if until, quiet := manner.Peace(when.At(m.Now())); quiet {
		return m.DB.Tx(ctx, func(tx *db.Tx) error {
			return job.Enqueue(ctx, tx, MailJob, to, job.Unique(MailJob+":"+to.Member), job.At(until))
		})
	}
	address, err := m.Address(ctx, m.DB, to.Root, to.Member)
	if err != nil || address == "" {
		return err
	}
	if err := m.deliver(ctx, address, len(notices)); err != nil {
		return err
	}
	return m.DB.Tx(ctx, func(tx *db.Tx) error {
		for _, n := range notices {
			if err := markMailed(ctx, tx, n, when.At(m.Now())); err != nil {
				return err
			}
		}
		return nil
	})
}

func (m *Mailer) deliver(ctx context.Context, address string, count int) error {
	letter, err := m.letter(address, count)
	if err != nil {
		return err
	}
	client, err := m.client()
	if err != nil {
		return err
	}
	if err := client.DialAndSendWithContext(ctx, letter); err != nil {
		return fmt.Errorf("mail: %w", err)
	}
	return nil
}

// letter writes the mail. Its text is Vietnamese whoever gets it: the language of
// a person is chosen on the device.
func (m *Mailer) letter(address string, count int) (*mail.Msg, error) {
	letter := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := letter.FromFormat("Chi bộ", m.From); err != nil {
		return nil, fmt.Errorf("mail: sender: %w", err)
	}
	if err := letter.To(address); err != nil {
		return nil, fmt.Errorf("mail: address of the member: %w", errors.Join(err, job.ErrGiveUp))
	}
	letter.Subject("Đồng chí có thông báo mới")
	letter.SetDateWithValue(m.Now())
	letter.SetMessageID()
	letter.SetBodyString(mail.TypeTextPlain, fmt.Sprintf(`Kính gửi đồng chí,

Đồng chí có %d thông báo mới chưa đọc. Nội dung không gửi qua thư; mời đồng chí xem tại:

%s/inbox

Nếu không muốn nhận thư này nữa, đồng chí tắt tại trang trên, mục "Báo qua thư điện tử".
`, count, m.Base))
	return letter, nil
}

func (m *Mailer) client() (*mail.Client, error) {
	u, err := url.Parse(m.Server)
	if err != nil {
		return nil, errors.New("mail: the address of the server cannot be read") // it may hold a password
	}
	options := []mail.Option{mail.WithTimeout(20 * time.Second)}
	switch u.Scheme {
	case "smtp":
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	case "smtps":
		options = append(options, mail.WithSSLPort(false))
	case "smtp+plain":
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		return nil, fmt.Errorf("mail: the address of the server begins with %q, want smtp, smtps or smtp+plain", u.Scheme)
	}
	host := u.Host
	if h, port, err := net.SplitHostPort(u.Host); err == nil {
		n, err := strconv.Atoi(port)
		if err != nil {
			return nil, fmt.Errorf("mail: port: %w", err)
		}
		host, options = h, append(options, mail.WithPort(n))
	}
	if name := u.User.Username(); name != "" {
		password, _ := u.User.Password()
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(name), mail.WithPassword(password))
	}
	return mail.NewClient(host, options...)
}
