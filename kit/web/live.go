package web

import (
	"context"
	"net/http"
	"net/url"

	"chibo/kit/access"
	"chibo/kit/live"
)

// Live answers with a stream of events (see kit/live). The person is looked up again
// while they watch: the stream ends when the session has ended or src says that they may
// not watch any more.
func (c *Ctx) Live(hub *live.Hub, src live.Source) error {
	identify, again := c.server.Identify, remembered(c.Request)
	w := live.Watcher{Person: c.Who.Account, Who: func(ctx context.Context) (access.Person, error) {
		return identify(again.WithContext(ctx))
	}}
	return hub.Serve(innermost(c.Writer), c.Request, src, w)
}

// remembered is what must be kept of a request to know the person again. The rest,
// with the buffers of its connection, is let go.
func remembered(r *http.Request) *http.Request {
	head := http.Header{}
	for _, name := range []string{"Cookie", "X-Forwarded-For"} {
		if v := r.Header.Values(name); v != nil {
			head[name] = v
		}
	}
	return &http.Request{Method: r.Method, URL: &url.URL{Path: r.URL.Path}, Host: r.Host, RemoteAddr: r.RemoteAddr, Header: head}
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
