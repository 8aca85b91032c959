package passkey

import (
	"encoding/base64"
	"encoding/json"
	"fmt"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"chibo/account"
	"chibo/kit/fault"
	"chibo/kit/when"
)

// ceremony is a question that was put to a device. It travels through the browser, sealed,
// so that strangers who open the sign-in page leave nothing behind here.
type ceremony struct {
	Session webauthn.SessionData
	Until   when.Instant
}

// question is what the page needs to put it: options for the browser as JSON, and the
// ceremony that comes back with the answer.
type question struct{ options, ceremony string }

func (s *Service) ask(options any, session *webauthn.SessionData, until when.Instant, about ...string) (question, error) {
	o, err := json.Marshal(options)
	if err != nil {
		return question{}, err
	}
	c, err := json.Marshal(ceremony{*session, until})
	if err != nil {
		return question{}, err
	}
	sealed, err := s.Key.Seal(c, about...)
	return question{string(o), sealed}, err
}

// read returns the ceremony of an answer, and a refusal when it is not one of ours, was
// put for another purpose or is too old.
func (s *Service) read(sealed string, about ...string) (ceremony, error) {
	var c ceremony
	plain, ok := s.Key.Open(sealed, about...)
	if !ok || json.Unmarshal(plain, &c) != nil || s.now() >= c.Until {
		return c, fault.New(fault.Conflict, "passkey.problem.late")
	}
	return c, nil
}

// site returns the relying party; nil where browsers know no passkeys.
func (s *Service) site() (*webauthn.WebAuthn, error) {
	host, origin, ok := siteOf(s.Base)
	if !ok {
		return nil, nil
	}
	w, err := webauthn.New(&webauthn.Config{
		RPID: host, RPDisplayName: "Chibo", RPOrigins: []string{origin},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: protocol.ResidentKeyRequired(),
			UserVerification: protocol.VerificationRequired,
		},
	})
	if err != nil {
		return nil, fmt.Errorf("relying party of %s: %w", s.Base, err)
	}
	return w, nil
}

// owner is an account as the library wants it.
type owner struct {
	account.Account
	keys []Passkey
}

// WebAuthnID is by what a device knows the account: its id, which says nothing of whose
// it is.
func (o owner) WebAuthnID() []byte          { return []byte(o.ID) }
func (o owner) WebAuthnName() string        { return o.SignName }
func (o owner) WebAuthnDisplayName() string { return o.FullName }

func (o owner) WebAuthnCredentials() []webauthn.Credential {
	var all []webauthn.Credential
	for _, k := range o.keys {
		id, err := base64.RawURLEncoding.DecodeString(k.Credential)
		public, otherErr := base64.RawURLEncoding.DecodeString(k.PublicKey)
		if err != nil || otherErr != nil {
			continue // no key that a device could have
		}
		all = append(all, webauthn.Credential{
			ID: id, PublicKey: public,
			Flags:         webauthn.CredentialFlags{UserPresent: true, UserVerified: true, BackupEligible: k.Eligible, BackupState: k.Copied},
			Authenticator: webauthn.Authenticator{SignCount: uint32(k.SignCount)}, // #nosec G115 -- the counter of an authenticator has 32 bits
		})
	}
	return all
}

// written returns what is kept of a credential.
func written(c *webauthn.Credential) Passkey {
	return Passkey{
		Credential: base64.RawURLEncoding.EncodeToString(c.ID), PublicKey: base64.RawURLEncoding.EncodeToString(c.PublicKey),
		SignCount: int64(c.Authenticator.SignCount), Eligible: c.Flags.BackupEligible, Copied: c.Flags.BackupState,
	}
}
