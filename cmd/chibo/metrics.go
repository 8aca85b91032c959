package main

import (
	"errors"
	"net/http"
	"time"

	"chibo/app"
	"chibo/kit/listen"
	"chibo/kit/meter"
)

// count lets a count what it is asked and shows it at the address of s, where there is one,
// until the function that it returns is called.
func (s *serve) count(c console, a *app.App) (end func() error, err error) {
	if s.Metrics == "" {
		return func() error { return nil }, nil
	}
	l, err := listen.Open(c.ctx, s.Metrics)
	if err != nil {
		return nil, err
	}
	m := meter.New(a.Figures()...)
	a.Meter = m
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", m.Handler())
	server := &http.Server{Handler: mux, ReadTimeout: 10 * time.Second, WriteTimeout: 30 * time.Second}
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	return func() error {
		err := server.Close()
		if e := <-served; !errors.Is(e, http.ErrServerClosed) {
			err = errors.Join(err, e)
		}
		return err
	}, nil
}
