package account

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"time"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/limit"
	"chibo/kit/when"
)

// visit is what a request says of the device it comes from.
type visit struct {
	address string // of the network
	token   string // of the session that the device has, empty without one
	device  string // token of the device, empty for a new one
	agent   string // the device in words
	shared  bool   // the person says that others use it too
}

// opened is a session that was just begun: what goes into the two cookies.
type opened struct {
	token, device string
	session       string // id
	proof         Proof
	advice        advice // on the password by which it was
	life          Life
	letters       Letters
}

// fine is how often the use of a session is noted, so that reading pages does not
// write with every press.
const fine = time.Minute

// Identify returns who makes a request: nobody without a living session, or when
// the person has no role left today.
func (s *Service) Identify(r *http.Request) (access.Person, error) {
	token := s.token(r)
	if token == "" {
		return access.Person{}, nil
	}
	ctx, tokenHash, now := r.Context(), hashToken(token), s.now()
	k, err := s.behind(ctx, tokenHash)
	if err != nil || k.Account == "" || !s.lives().Of(k.Shared, staff(k.grants)).Alive(k.Session, now) {
		return access.Person{}, err
	}
	if now.Sub(k.SeenAt) >= fine {
		s.uses.add(used{k.key(), now})
		s.memory.seen(tokenHash, now)
	}
	return access.Person{
		Account: k.Account, Member: k.Member, Name: k.FullName, Root: k.Root, Session: k.ID, Shared: k.Shared, Grants: k.grants,
	}, nil
}

func (s *Service) lives() Lives {
	if s.Lives == (Lives{}) {
		return DefaultLives
	}
	return s.Lives
}

// cookieName is bound to this very host where there is TLS.
func (s *Service) cookieName() string { return hostBound("chibo", s.Secure) }

func (s *Service) deviceCookie() string { return hostBound("chibo_device", s.Secure) }

func hostBound(name string, secure bool) string {
	if secure {
		return "__Host-" + name
	}
	return name
}

func (s *Service) token(r *http.Request) string { return cookie(r, s.cookieName()) }

// Token returns the secret of the session that a request belongs to; empty without
// one. It must never be written anywhere.
func (s *Service) Token(r *http.Request) string { return s.token(r) }

func cookie(r *http.Request, name string) string {
	k, err := r.Cookie(name)
	if err != nil || len(k.Value) > 100 {
		return ""
	}
	return k.Value
}

func (s *Service) visit(r *http.Request) visit {
	return visit{
		address: s.RemoteAddress(r), token: s.token(r), device: cookie(r, s.deviceCookie()), agent: DeviceName(r.UserAgent()),
	}
}

// RemoteAddress returns where a request comes from; of IPv6 the network, because one
// household has as many addresses as it likes.
func (s *Service) RemoteAddress(r *http.Request) string {
	if s.Address != nil {
		return s.Address(r)
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	a, err := netip.ParseAddr(host)
	if err != nil || a.Is4() || a.Is4In6() {
		return host
	}
	return netip.PrefixFrom(a.WithZone(""), 64).Masked().String()
}

// guesses are the buckets in which a failure at name from v is counted.
func guesses(v visit, purpose, name string) (pair, all []limit.Bucket) {
	pair = []limit.Bucket{{Key: purpose + ":" + name + "@" + v.address, Allowance: pairRate}}
	return pair, append(pair,
		limit.Bucket{Key: "address:" + v.address, Allowance: addressRate}, limit.Bucket{Key: purpose + ":" + name, Allowance: nameRate})
}

// SignIn opens a session for who knows name and password. Unknown names, closed
// accounts and wrong passwords are refused alike, after the same work.
func (s *Service) signIn(ctx context.Context, v visit, name, password string) (opened, error) {
	name = SignName(name, 0)
	a, found, err := accountByName(ctx, s.DB, name)
	if err != nil {
		return opened{}, err
	}
	pair, all := guesses(v, "in", name)
	if err := s.slowDown(ctx, a, v, all); err != nil {
		return opened{}, err
	}
	ok, err := matches(ctx, password, a.Password)
	if err != nil {
		return opened{}, err
	}
	if !ok || !found || !a.DisabledAt.IsZero() {
		return opened{}, s.refuse(ctx, a, v, all)
	}
	gs, err := s.grantsOf(ctx, a)
	if err != nil {
		return opened{}, err
	}
	if len(gs) == 0 {
		return opened{}, fault.New(fault.Forbidden, "account.problem.no_role")
	}
	if err := s.limits.Clear(ctx, s.DB, pair...); err != nil {
		return opened{}, err
	}
	proof, err := s.proofOf(ctx, a, v, gs)
	if err != nil {
		return opened{}, err
	}
	why, err := s.advise(ctx, a, gs, password)
	if err != nil {
		return opened{}, err
	}
	var o opened
	err = s.DB.Tx(ctx, func(tx *db.Tx) error {
		var err error
		o, err = s.begin(ctx, tx, a, v, gs, proof, "account.signed_in")
		return err
	})
	if err != nil {
		return opened{}, err
	}
	o.advice = why
	who := access.Person{Account: a.ID, Member: a.Member, Root: a.Root, Session: o.session}
	if err := s.keys().SignedIn(ctx, who, o.token, password); err != nil {
		s.Log.ErrorContext(ctx, "keys of a session", "error", err) // its owner is let in all the same and may open them by hand
	}
	return o, nil
}

// slowDown refuses when there were too many failures. Those at one name from
// anywhere do not count on a device on which its owner was before.
func (s *Service) slowDown(ctx context.Context, a Account, v visit, buckets []limit.Bucket) error {
	now := s.Now()
	tooMany := fault.New(fault.TooMany, "account.problem.too_many")
	if err := s.limits.Check(ctx, s.DB, now, tooMany, buckets[:2]...); err != nil {
		return err
	}
	if open, err := s.limits.Open(ctx, s.DB, now, buckets[2]); err != nil || open {
		return err
	}
	known, err := knownDevice(ctx, s.DB, a, hashToken(v.device))
	if err != nil || known && v.device != "" {
		return err
	}
	return tooMany
}

// refuse counts and records a failure. That of an unknown name goes into the
// program's own chain, so that both take one transaction.
func (s *Service) refuse(ctx context.Context, a Account, v visit, buckets []limit.Bucket) error {
	if err := s.limits.Charge(ctx, s.DB, s.Now(), buckets...); err != nil {
		return err
	}
	s.Log.LogAttrs(ctx, slog.LevelWarn, "sign-in refused", slog.String("account", a.ID), slog.String("address", v.address))
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		return s.Audit.Write(ctx, tx, access.Person{Account: a.ID, Member: a.Member}, a.Root, "account.refused", a.ID, nil)
	})
	if err != nil {
		return err
	}
	return fault.New(fault.Invalid, "account.problem.sign_in")
}

// begin opens a session and ends the one that the device had: a session is never
// carried over from one person, or from before the signing-in, to the next.
func (s *Service) begin(ctx context.Context, tx *db.Tx, a Account, v visit, gs []access.Grant, proof Proof, action string) (opened, error) {
	now := s.now()
	if err := s.endToken(ctx, tx, v.token, now); err != nil {
		return opened{}, err
	}
	o := opened{token: newToken(), device: v.device, proof: proof, life: s.lives().Of(v.shared, staff(gs)), letters: a.Letters}
	if o.device == "" {
		o.device = newToken()
	}
	session := Session{
		Root: a.Root, ID: id.New(), Account: a.ID, TokenHash: hashToken(o.token), DeviceHash: hashToken(o.device),
		Device: v.agent, Shared: v.shared, Proof: proof, CreatedAt: now, SeenAt: now,
	}
	o.session = session.ID
	if err := insertSession(ctx, tx, session); err != nil {
		return opened{}, err
	}
	who := access.Person{Account: a.ID, Member: a.Member}
	return o, s.Audit.Write(ctx, tx, who, a.Root, action, session.ID, map[string]any{"shared": v.shared, "proof": proof})
}

func (s *Service) endToken(ctx context.Context, tx *db.Tx, token string, at when.Instant) error {
	if token == "" {
		return nil
	}
	old, found, err := sessionByToken(ctx, tx, hashToken(token))
	if err != nil || !found {
		return err
	}
	_, err = s.endSession(ctx, tx, old.Root, old.Account, old.ID, at)
	return err
}

// endSession ends one session and reports whether it was open. Once that is durable it is
// forgotten here, and by the watch in other programs.
func (s *Service) endSession(ctx context.Context, tx *db.Tx, root, account, session string, at when.Instant) (bool, error) {
	tokenHash, found, err := endOne(ctx, tx, root, account, session, at)
	if found {
		tx.AfterCommit(func() { s.memory.ended(tokenHash) })
	}
	return found, err
}

// signOut ends the session of who on the server: its token is worth nothing
// afterwards, wherever it was copied to.
func (s *Service) signOut(ctx context.Context, who access.Person) error {
	if !who.SignedIn() {
		return nil
	}
	now := s.now()
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if _, err := s.endSession(ctx, tx, who.Root, who.Account, who.Session, now); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, who.Root, "account.signed_out", who.Session, nil)
	})
}

// sessions lists the person's own sessions that live, the latest first.
func (s *Service) sessions(ctx context.Context, who access.Person) ([]Session, error) {
	open, err := openSessions(ctx, s.DB, who.Root, who.Account)
	if err != nil {
		return nil, err
	}
	now, alive := s.now(), open[:0]
	for _, o := range open {
		o.SeenAt = s.uses.last(o)
		if s.lives().Of(o.Shared, staff(who.Grants)).Alive(o, now) {
			alive = append(alive, o)
		}
	}
	return alive, nil
}

// endOwn ends one of the person's own sessions.
func (s *Service) endOwn(ctx context.Context, who access.Person, session string) error {
	now := s.now()
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		was, err := s.endSession(ctx, tx, who.Root, who.Account, session, now)
		if err != nil {
			return err
		}
		if !was {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		return s.Audit.Write(ctx, tx, who, who.Root, "account.sessions_ended", who.Account, map[string]any{"sessions": 1})
	})
}

// SignOutEverywhere ends all sessions of who but the present one.
func (s *Service) SignOutEverywhere(ctx context.Context, who access.Person) error {
	return s.endAll(ctx, who, Account{Root: who.Root, ID: who.Account}, who.Session)
}

func (s *Service) endAll(ctx context.Context, who access.Person, a Account, except string) error {
	now := s.now()
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		n, err := endSessions(ctx, tx, a.Root, a.ID, except, now)
		if err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, a.Root, "account.sessions_ended", a.ID, map[string]any{"sessions": n})
	})
}
