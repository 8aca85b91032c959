package web

import (
	"bytes"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"chibo/kit/fault"
	"chibo/kit/locale"
)

// turnAway refuses what is sent when it would have to wait too long, before it costs
// anything: the answer is drawn once, and nobody is looked up for it. It is logged once a
// second and not once a request.
func (s *Server) turnAway(writes *pace, next http.Handler) http.Handler {
	words := map[string]func() refusal{}
	for _, l := range []locale.L{locale.Vietnamese, locale.English} {
		words[l.Tag()] = sync.OnceValue(func() refusal { return s.refusal(l) })
	}
	var count, said atomic.Int64
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			next.ServeHTTP(w, r)
			return
		}
		if (s.Busy == nil || !s.Busy()) && writes.enter() {
			defer func() { writes.leave(time.Now()) }()
			next.ServeHTTP(w, r)
			return
		}
		words[locale.Of(r).Tag()]().answer(w, r)
		count.Add(1)
		if s.Meter != nil {
			s.Meter.Refused()
		}
		if now, last := time.Now().Unix(), said.Load(); now != last && said.CompareAndSwap(last, now) {
			s.Log.LogAttrs(r.Context(), slog.LevelWarn, "too busy: requests turned away", slog.Int64("count", count.Swap(0)))
		}
	})
}

// refusal says in one language that the program is busy: to people, to htmx, to
// programs.
type refusal struct{ page, fragment, program []byte }

func (s *Server) refusal(l locale.L) refusal {
	message := l.T("fault.busy")
	c := &Ctx{Request: &http.Request{}, L: l, server: s}
	body := failure(c, message, false)
	var page, fragment bytes.Buffer
	_ = document(c, Page{Title: l.T("fault.title"), Bare: true, Body: body}, Nav{}).Render(&page) // a buffer takes everything
	_ = body.Render(&fragment)
	return refusal{page.Bytes(), fragment.Bytes(), problem(fault.Busy, message, "")}
}

func (r refusal) answer(w http.ResponseWriter, req *http.Request) {
	c := &Ctx{Request: req}
	kind, body := typeHTML, r.page
	switch {
	case c.wantsJSON():
		kind, body = typeJSON, r.program
	case c.HX():
		body = r.fragment
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Retry-After", retryAfter)
	w.WriteHeader(fault.Status(fault.New(fault.Busy, "fault.busy")))
	_, _ = w.Write(body) // nobody is left to tell
}
