package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"chibo/kit/access"
	"chibo/kit/live"
)

// Live answers with a stream of events (see kit/live). The person is looked up again
// while they watch: the stream ends when the session has ended or src says that they may
// not watch any more.
func (c *Ctx) Live(hub *live.Hub, src live.Source) error {
	w := live.Watcher{Person: c.Who.Account, Who: known{
		server: c.server, host: c.Request.Host, address: c.Request.RemoteAddr,
		cookies:   strings.Join(c.Request.Header.Values("Cookie"), "; "),
		forwarded: strings.Join(c.Request.Header.Values("X-Forwarded-For"), ", "),
	}}
	return hub.Serve(innermost(c.Writer), c.Request, src, w)
}

// known is what must be kept of a request to know the person again. The rest, with the
// buffers of its connection, is let go.
type known struct {
	server                            *Server
	host, address, cookies, forwarded string
}

// Again says who the person is now.
func (k known) Again(ctx context.Context) (access.Person, error) {
	r := &http.Request{Method: http.MethodGet, URL: &url.URL{}, Host: k.host, RemoteAddr: k.address, Header: http.Header{}}
	for name, value := range map[string]string{"Cookie": k.cookies, "X-Forwarded-For": k.forwarded} {
		if value != "" {
			r.Header.Set(name, value)
		}
	}
	return k.server.Identify(r.WithContext(ctx))
}

// innermost is the writer of the server itself: what zips pages would hold events
// back.
func innermost(w http.ResponseWriter) http.ResponseWriter {
	for {
		outer, ok := w.(interface{ Unwrap() http.ResponseWriter })
		if !ok {
			return w
		}
		w = outer.Unwrap()
	}
}
