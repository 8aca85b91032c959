// Package post sends letters by SMTP.
package post

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"chibo/kit/job"
)

// Office hands letters to a mail server.
type Office struct {
	// Server is "smtp://host:587" or "smtps://host:465", with name and password
	// where the server wants them. STARTTLS is required unless the scheme is
	// "smtp+plain", which is for a relay on the same machine.
	Server string
	From   string // address of the sender
	Now    func() time.Time
}

// Letter is plain text to one person.
type Letter struct{ To, Subject, Text string }

// Send hands a letter to the server. Of an address that no server would take the error
// wraps job.ErrGiveUp.
func (o Office) Send(ctx context.Context, l Letter) error {
	msg, err := o.message(l)
	if err != nil {
		return err
	}
	client, err := o.client()
	if err != nil {
		return err
	}
	if err := client.DialAndSendWithContext(ctx, msg); err != nil {
		// The error ends up in the log, where no address belongs.
		return errors.New("mail: " + strings.ReplaceAll(err.Error(), l.To, "…"))
	}
	return nil
}

// Greet talks with the server as far as one can without a letter: it connects, begins TLS
// and signs in.
func (o Office) Greet(ctx context.Context) error {
	client, err := o.client()
	if err != nil {
		return err
	}
	if err := client.DialWithContext(ctx); err != nil {
		return fmt.Errorf("mail: %w", err)
	}
	return client.Close()
}

func (o Office) message(l Letter) (*mail.Msg, error) {
	msg := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := msg.FromFormat("Chi bộ", o.From); err != nil {
		return nil, fmt.Errorf("mail: sender: %w", err)
	}
	if err := msg.To(l.To); err != nil {
		return nil, fmt.Errorf("mail: address of who gets it: %w", errors.Join(err, job.ErrGiveUp))
	}
	msg.Subject(l.Subject)
	msg.SetDateWithValue(o.Now())
	msg.SetMessageID()
	msg.SetBodyString(mail.TypeTextPlain, l.Text)
	return msg, nil
}

func (o Office) client() (*mail.Client, error) {
	u, err := url.Parse(o.Server)
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
