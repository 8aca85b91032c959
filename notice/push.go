package notice

import (
	"encoding/base64"
	"slices"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/locale"
	"chibo/kit/outside"
	"chibo/kit/when"
)

// PushKeys are the keys by which a push service knows this program (RFC 8292), in the
// alphabet of addresses.
type PushKeys struct {
	Public  string `db:"public_key"`
	Private string `db:"private_key"`
}

// Device is a browser on which somebody has asked to be called when there is a notice.
type Device struct {
	Root   string `db:"root_id" form:"-"`
	ID     string `form:"-"`
	Member string `db:"member_id" form:"-"`
	// Endpoint is the address of the device at its push service. Whoever has it and the
	// two keys of the browser may call the device: it is shown to nobody and logged
	// nowhere.
	Endpoint string `form:"endpoint"`
	P256DH   string `db:"p256dh" form:"p256dh"`
	Auth     string `form:"auth"`
	// Name tells a person their devices apart: "Chrome, Android".
	Name     string       `db:"device" form:"-"`
	MadeAt   when.Instant `form:"-"`
	CalledAt when.Instant `form:"-"` // zero before the first call
}

// mostDevices is on how many devices a person is called at most; longestEndpoint how
// long an address may be, in bytes.
const (
	mostDevices     = 10
	longestEndpoint = 2000
)

func (d Device) check() error {
	ok := len(d.Endpoint) <= longestEndpoint && outside.Check(d.Endpoint) == nil && keyOf(d.P256DH, 65) && keyOf(d.Auth, 16)
	if !ok {
		return fault.New(fault.Invalid, "notice.problem.device")
	}
	return nil
}

// keyOf reports whether s is a key of n bytes in the alphabet of addresses.
func keyOf(s string, n int) bool {
	b, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(s, "="))
	return err == nil && len(b) == n
}

// kinds are the kinds of notices by the first word of their key. A call names them and
// says nothing else: neither what happened nor to whom.
var kinds = []string{"meeting", "task", "briefing", "theme", "directive", "matter", "ballot", "quality", "rating", "news"}

// Call is what a device shows: how many notices wait, and of which kinds. It says no
// more, because a telephone lies on tables and its screen lights up before strangers.
type Call struct {
	Title string `json:"title"`
	Body  string `json:"body"`
	// Path is the page that a press opens.
	Path string `json:"path"`
}

// callFor returns the call for notices that wait. It is Vietnamese whoever gets it: the
// language of a person is chosen on the device.
func callFor(notices []Notice) Call {
	l := locale.Vietnamese
	var named []string
	for _, n := range notices {
		kind, _, _ := strings.Cut(n.Key, ".")
		if !slices.Contains(kinds, kind) {
			kind = "other"
		}
		if name := l.Of("notice.kind", kind); !slices.Contains(named, name) {
			named = append(named, name)
		}
	}
	return Call{
		Title: l.T("notice.call.title"), Path: "/inbox",
		Body: l.T("notice.call.body", "Count", len(notices), "Kinds", strings.Join(named, ", ")),
	}
}
