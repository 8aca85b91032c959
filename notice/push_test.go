package notice_test

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"chibo/kit/db"
	"chibo/kit/db/dbtest"
	"chibo/kit/fault"
	"chibo/kit/job"
	"chibo/kit/when"
	"chibo/notice"
)

// subject is who answers for the calls of the tests.
const subject = "https://chibo.example"

// pushService is a push service that keeps what it is sent. Its address is
// https://example.com, a name in the certificate of httptest.
type pushService struct {
	client *http.Client
	mu     sync.Mutex
	caught []pushed
	status int // answered when not 0
}

// pushed is one call as it came in.
type pushed struct {
	header http.Header
	body   []byte
}

func catchPush(t *testing.T) *pushService {
	t.Helper()
	s := &pushService{}
	server := httptest.NewTLSServer(http.HandlerFunc(s.serve))
	t.Cleanup(server.Close)
	s.client = server.Client()
	transport := s.client.Transport.(*http.Transport)
	transport.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, server.Listener.Addr().String())
	}
	return s
}

func (s *pushService) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	s.caught = append(s.caught, pushed{r.Header, body})
	w.WriteHeader(max(s.status, http.StatusCreated))
}

func (s *pushService) answer(status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.status = status
}

func (s *pushService) take() []pushed {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := s.caught
	s.caught = nil
	return all
}

// phone is a device as its push service knows it, with the keys to read what comes.
type phone struct {
	key  *ecdh.PrivateKey
	auth []byte
	at   string
}

func newPhone(t *testing.T, at string) phone {
	t.Helper()
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	auth := make([]byte, 16)
	_, _ = rand.Read(auth) // never fails
	return phone{key, auth, "https://example.com/push/" + at}
}

func (p phone) device() notice.Device {
	return notice.Device{Endpoint: p.at, P256DH: base64.RawURLEncoding.EncodeToString(p.key.PublicKey().Bytes()), Auth: base64.RawURLEncoding.EncodeToString(p.auth), Name: "Chrome, Android"}
}

// read decrypts a call as a browser does (RFC 8188, RFC 8291).
func (p phone) read(t *testing.T, body []byte) notice.Call {
	t.Helper()
	salt, size, n := body[:16], binary.BigEndian.Uint32(body[16:20]), int(body[20])
	sender, err := ecdh.P256().NewPublicKey(body[21 : 21+n])
	if err != nil || int(size) < len(body)-21-n {
		t.Fatalf("the head of the message: %v, records of %d", err, size)
	}
	secret, err := p.key.ECDH(sender)
	if err != nil {
		t.Fatal(err)
	}
	derive := func(secret, salt []byte, info string, n int) []byte {
		out, err := hkdf.Key(sha256.New, secret, salt, info, n)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	shared := derive(secret, p.auth, "WebPush: info\x00"+string(p.key.PublicKey().Bytes())+string(sender.Bytes()), 32)
	block, err := aes.NewCipher(derive(shared, salt, "Content-Encoding: aes128gcm\x00", 16))
	if err != nil {
		t.Fatal(err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := gcm.Open(nil, derive(shared, salt, "Content-Encoding: nonce\x00", 12), body[21+n:], nil)
	if err != nil {
		t.Fatalf("the message does not open with the keys of the phone: %v", err)
	}
	text, found := strings.CutSuffix(strings.TrimRight(string(plain), "\x00"), "\x02")
	var c notice.Call
	if err := json.Unmarshal([]byte(text), &c); err != nil || !found {
		t.Fatalf("%q: %v", plain, err)
	}
	return c
}

// vouched checks who a call says that it comes from (RFC 8292).
func vouched(t *testing.T, h http.Header, public string) {
	t.Helper()
	token, key, _ := strings.Cut(strings.TrimPrefix(h.Get("Authorization"), "vapid t="), ", k=")
	parts := strings.Split(token, ".")
	if key != public || len(parts) != 3 {
		t.Fatalf("%q, want key %q", h.Get("Authorization"), public)
	}
	point, _ := base64.RawURLEncoding.DecodeString(key)
	signer, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), point)
	signature, _ := base64.RawURLEncoding.DecodeString(parts[2])
	digest := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	if err != nil || len(signature) != 64 || !ecdsa.Verify(signer, digest[:], new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])) {
		t.Fatal("the token is not signed with the key")
	}
	claims, _ := base64.RawURLEncoding.DecodeString(parts[1])
	var said struct {
		Aud, Sub string
		Exp      int64
	}
	if err := json.Unmarshal(claims, &said); err != nil || said.Aud != "https://example.com" || said.Sub != subject {
		t.Errorf("%s, %v", claims, err)
	}
	if left := time.Until(time.Unix(said.Exp, 0)); left <= 0 || left > 24*time.Hour {
		t.Errorf("the token holds for %s", left)
	}
}

// line puts a service, a push service and a queue together; clock is moved by tests.
type line struct {
	*testing.T
	db    *db.DB
	s     *notice.Service
	push  *pushService
	clock when.Instant
	queue *job.Queue
}

func newLine(t *testing.T, d *db.DB) *line {
	l := &line{T: t, db: d, push: catchPush(t), clock: now}
	l.s = service(t, d)
	clock := func() time.Time { return l.clock.Time() }
	l.s.Now = clock
	p := &notice.Pusher{DB: d, Now: clock, Client: l.push.client, Subject: subject}
	l.queue = &job.Queue{DB: d, Now: clock, Handlers: map[string]job.Handler{notice.PushJob: p.Send}}
	if _, err := l.s.PushKey(t.Context()); err != nil {
		t.Fatal(err)
	}
	return l
}

// tells tells hoa something of a kind now and does what is due.
func (l *line) tells(key string) {
	l.Helper()
	m := message()
	m.Key, m.At = key, l.clock
	write(l.T, l.db, func(tx *db.Tx) error { return notice.Tell(l.Context(), tx, m, hoa.Member) })
	l.works()
}

func (l *line) works() {
	l.Helper()
	if _, err := l.queue.RunDue(l.Context()); err != nil {
		l.Fatal(err)
	}
}

func (l *line) passes(d time.Duration) { l.clock = l.clock.Add(d) }

// TestACallSaysThatThereIsANotice lets a phone be called, reads the call as the browser
// would, and checks who vouches for it.
func TestACallSaysThatThereIsANotice(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		l := newLine(t, d)
		l.tells("task.told.given")
		if n := len(l.push.take()); n != 0 {
			t.Fatalf("%d calls to somebody who has not asked", n)
		}
		p := newPhone(t, "abc")
		l.passes(time.Minute)
		if err := l.s.CallOn(t.Context(), hoa, p.device()); err != nil {
			t.Fatal(err)
		}
		l.passes(time.Minute)
		l.tells("meeting.told.noticed")
		got := l.push.take()
		if len(got) != 1 {
			t.Fatalf("%d calls", len(got))
		}
		key, err := l.s.PushKey(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		vouched(t, got[0].header, key)
		want := notice.Call{Title: "Chi bộ", Body: "Đồng chí có 1 thông báo mới: sinh hoạt.", Path: "/inbox"}
		if c := p.read(t, got[0].body); c != want {
			t.Errorf("%+v, want %+v", c, want)
		}
		if got[0].header.Get("Topic") == "" || got[0].header.Get("Ttl") == "" || got[0].header.Get("Ttl") == "0" {
			t.Errorf("%v", got[0].header)
		}
		l.works()
		if n := len(l.push.take()); n != 0 {
			t.Errorf("called %d times for the same notice", n)
		}
	})
}

// TestCallsEnd ends calls in each way: by the person, by the service that no longer
// knows the device, by another person who has the telephone now.
func TestCallsEnd(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		l := newLine(t, d)
		ctx := t.Context()
		on := func(p phone) {
			t.Helper()
			l.passes(time.Second)
			if err := l.s.CallOn(ctx, hoa, p.device()); err != nil {
				t.Fatal(err)
			}
			l.passes(time.Second)
		}
		have := func(want int) []notice.Device {
			t.Helper()
			all, err := l.s.Devices(ctx, hoa)
			if err != nil || len(all) != want {
				t.Fatalf("%d devices, want %d, %v", len(all), want, err)
			}
			return all
		}
		on(newPhone(t, "a"))
		device := have(1)[0]
		if err := l.s.DropDevice(ctx, minh, device.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("somebody else drops it: %v", err)
		}
		if err := l.s.DropDevice(ctx, hoa, device.ID); err != nil {
			t.Fatal(err)
		}
		l.tells("task.told.given")
		have(0)

		on(newPhone(t, "b"))
		l.push.answer(http.StatusGone)
		l.tells("task.told.given")
		have(0)
		l.push.answer(0)

		shared := newPhone(t, "c")
		on(shared)
		if err := l.s.CallOn(ctx, minh, shared.device()); err != nil {
			t.Fatal(err)
		}
		have(0)
		for n := range 12 {
			on(newPhone(t, strings.Repeat("d", n+1)))
		}
		have(10)
	})
}

// TestAServiceThatFailsIsLeftAlone lets a service fail, asks it no more for a while,
// and calls when it is well again.
func TestAServiceThatFailsIsLeftAlone(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		l := newLine(t, d)
		p, second := newPhone(t, "a"), newPhone(t, "b")
		for _, one := range []phone{p, second} {
			if err := l.s.CallOn(t.Context(), hoa, one.device()); err != nil {
				t.Fatal(err)
			}
		}
		l.passes(time.Minute)
		l.push.answer(http.StatusServiceUnavailable)
		l.tells("task.told.given")
		if n := len(l.push.take()); n != 1 {
			t.Errorf("asked %d times, want once: the second phone waits", n)
		}
		l.push.answer(0)
		l.passes(time.Hour)
		l.works()
		if n := len(l.push.take()); n != 2 {
			t.Errorf("%d calls when the service is well", n)
		}
	})
}

// TestCallsKeepThePeace calls nobody at night.
func TestCallsKeepThePeace(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		l := newLine(t, d)
		if err := l.s.CallOn(t.Context(), hoa, newPhone(t, "a").device()); err != nil {
			t.Fatal(err)
		}
		l.clock = when.On(2026, 12, 1).At(22, 30)
		l.tells("task.told.given")
		if n := len(l.push.take()); n != 0 {
			t.Errorf("%d calls at night", n)
		}
		l.clock = when.On(2026, 12, 2).At(7, 0)
		l.works()
		if n := len(l.push.take()); n != 1 {
			t.Errorf("%d calls in the morning", n)
		}
	})
}

// TestOnlyPushServicesAreCalled refuses addresses to which no call may go.
func TestOnlyPushServicesAreCalled(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := service(t, d)
		for name, change := range map[string]func(*notice.Device){
			"a machine of the office": func(d *notice.Device) { d.Endpoint = "https://192.168.1.1/push" },
			"this machine":            func(d *notice.Device) { d.Endpoint = "https://localhost/push" },
			"no cipher":               func(d *notice.Device) { d.Endpoint = "http://example.com/push" },
			"no address":              func(d *notice.Device) { d.Endpoint = "" },
			"too long":                func(d *notice.Device) { d.Endpoint += strings.Repeat("x", 2000) },
			"no key":                  func(d *notice.Device) { d.P256DH = "AAAA" },
			"no secret":               func(d *notice.Device) { d.Auth = "?" },
		} {
			device := newPhone(t, "a").device()
			change(&device)
			if err := s.CallOn(t.Context(), hoa, device); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		first, err := s.PushKey(t.Context())
		again, other := s.PushKey(t.Context())
		if errors.Join(err, other) != nil || first == "" || first != again {
			t.Errorf("the keys are made once: %q, %q, %v", first, again, errors.Join(err, other))
		}
	})
}
