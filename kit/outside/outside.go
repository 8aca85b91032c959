// Package outside makes requests to addresses that somebody else has named, such as
// the push service of a telephone. Such an address may point anywhere: at the
// machine itself, at a router of the office, at the data service of a cloud. So only
// https to public machines goes out, and what a name means is judged at the moment of
// the connection, when it can no longer change.
package outside

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"
)

// ErrInside says that an address leads to a machine that is not public.
var ErrInside = errors.New("outside: the address is not public")

// Check refuses an address to which no request will be made: anything but https at
// its own port to a host with a name.
func Check(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.User != nil || u.Opaque != "" {
		return fmt.Errorf("%w: not https", ErrInside)
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if port := u.Port(); port != "" && port != "443" {
		return fmt.Errorf("%w: port %s", ErrInside, port)
	}
	if _, err := netip.ParseAddr(host); err == nil || !strings.Contains(host, ".") {
		return fmt.Errorf("%w: a host without a name", ErrInside)
	}
	for _, end := range []string{".local", ".localhost", ".internal", ".lan", ".home.arpa", ".onion"} {
		if strings.HasSuffix(host, end) {
			return fmt.Errorf("%w: a name of an inner network", ErrInside)
		}
	}
	return nil
}

// inside are networks that are not the public internet and that netip does not name.
var inside = prefixes(
	"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
	"64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fec0::/10",
)

func prefixes(all ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(all))
	for i, s := range all {
		out[i] = netip.MustParsePrefix(s)
	}
	return out
}

// Public reports whether an address belongs to the public internet.
func Public(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if !a.IsValid() || !a.IsGlobalUnicast() || a.IsPrivate() {
		return false
	}
	for _, p := range inside {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

// Client returns a client that connects to public machines only, follows no redirects,
// asks no proxy, and gives up after patience.
func Client(patience time.Duration) *http.Client {
	dialer := &net.Dialer{Timeout: patience, Control: refuseInside}
	return &http.Client{
		Timeout: patience,
		Transport: &http.Transport{
			DialContext: dialer.DialContext, TLSHandshakeTimeout: patience, ResponseHeaderTimeout: patience,
			ForceAttemptHTTP2: true, MaxIdleConnsPerHost: 2, IdleConnTimeout: time.Minute, MaxResponseHeaderBytes: 64 << 10,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// refuseInside looks at the address after its name was looked up.
func refuseInside(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil || !Public(at.Addr()) {
		return ErrInside
	}
	return nil
}
