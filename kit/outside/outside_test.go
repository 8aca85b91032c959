package outside_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
	"time"

	"chibo/kit/outside"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"https://updates.push.services.example/wpush/v2/abc": true,
		"https://push.example.com:443/x":                     true,
		"http://push.example.com/x":                          false,
		"https://push.example.com:8443/x":                    false,
		"https://name:word@push.example.com/x":               false,
		"https://127.0.0.1/x":                                false,
		"https://[::1]/x":                                    false,
		"https://8.8.8.8/x":                                  false, // no push service is called by number
		"https://localhost/x":                                false,
		"https://router/x":                                   false,
		"https://files.office.local/x":                       false,
		"https://metadata.google.internal./x":                false,
		"file:///etc/passwd":                                 false,
		"":                                                   false,
		"https://":                                           false,
	} {
		if err := outside.Check(address); (err == nil) != want {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func TestPublic(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"142.250.66.74": true, "2404:6800:4005:80b::200a": true, "::ffff:142.250.66.74": true,
		"127.0.0.1": false, "::1": false, "10.1.2.3": false, "172.16.0.1": false, "192.168.1.1": false, "169.254.169.254": false, "fe80::1%eth0": false,
		"fd00::1": false, "0.0.0.0": false, "::": false, "100.64.0.1": false, "224.0.0.1": false, "255.255.255.255": false, "::ffff:127.0.0.1": false,
		"64:ff9b::7f00:1": false, "2002:7f00:1::": false,
	} {
		if got := outside.Public(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
}

// TestClientStaysOutside asks a server of this very machine, which is there and would
// answer.
func TestClientStaysOutside(t *testing.T) {
	t.Parallel()
	asked := false
	server := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	t.Cleanup(server.Close)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := outside.Client(5 * time.Second).Do(r)
	if err == nil {
		_ = answer.Body.Close()
	}
	if !errors.Is(err, outside.ErrInside) || asked {
		t.Errorf("asked: %v, %v", asked, err)
	}
}
