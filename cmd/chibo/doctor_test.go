package main

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"chibo/kit/scan/scantest"
)

// TestReach looks at an https address that answers, one that says it is not ready and one
// whose clock is an hour ahead.
func TestReach(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		status int
		ahead  time.Duration
		want   map[string]grade
	}{
		{"well", http.StatusOK, 0, map[string]grade{"reach": good, "clock": good}},
		{"not ready", http.StatusServiceUnavailable, 0, map[string]grade{"reach": ailing, "clock": good}},
		{"clock", http.StatusOK, time.Hour, map[string]grade{"reach": good, "clock": ailing}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path != "/readyz" {
					t.Errorf("asked for %s", r.URL.Path)
				}
				w.Header().Set("Date", time.Now().Add(tt.ahead).UTC().Format(http.TimeFormat))
				w.WriteHeader(tt.status)
			}))
			defer s.Close()
			d := doctor{address: address{Base: s.URL}}
			got := map[string]grade{}
			for _, f := range d.reach(t.Context(), s.Client()) {
				if got[f.of] != ailing {
					got[f.of] = f.grade
				}
			}
			for of, want := range tt.want {
				if got[of] != want {
					t.Errorf("%s is %q, want %q", of, got[of], want)
				}
			}
		})
	}
}

// TestClock: two seconds are nothing, half a minute is wrong.
func TestClock(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 12, 3, 19, 30, 0, 0, time.UTC)
	for by, want := range map[time.Duration]grade{0: good, -2 * time.Second: good, 3 * time.Second: look, -30 * time.Second: look, 31 * time.Second: ailing} {
		if f := clock(now.Add(by), now); f.grade != want {
			t.Errorf("%v is %q, want %q", by, f.grade, want)
		}
	}
}

// TestConfiguration: what does not fit together.
func TestConfiguration(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		address
		want grade
	}{
		{address{}, look},
		{address{Base: "https://chibo.example", Secure: true}, good},
		{address{Base: "https://chibo.example"}, ailing},
		{address{Base: "http://chibo.example", Secure: true}, ailing},
		{address{Base: "chibo.example"}, ailing},
		{address{Base: "https://chibo.example", Secure: true, SMTP: "smtp://x"}, ailing},
	} {
		d := doctor{address: tt.address}
		if f := d.configuration(); f[len(f)-1].grade != tt.want {
			t.Errorf("%+v is %q, want %q", tt.address, f[len(f)-1].grade, tt.want)
		}
	}
}

// TestScanner: none, a real one, one that has gone, and one whose silence lets files in.
func TestScanner(t *testing.T) {
	t.Parallel()
	clamd := scantest.Start(t)
	of := func(d address) grade { return (&doctor{address: d}).scanner(t.Context()).grade }
	if got := of(address{}); got != look {
		t.Errorf("none is %q", got)
	}
	if got := of(address{Clamd: clamd.Scanner, ClamdSilent: "refuse"}); got != good {
		t.Errorf("one that answers is %q", got)
	}
	if got := of(address{Clamd: clamd.Scanner, ClamdSilent: "take"}); got != look {
		t.Errorf("one whose silence lets files in is %q", got)
	}
	clamd.Stop()
	if got := of(address{Clamd: clamd.Scanner, ClamdSilent: "refuse"}); got != ailing {
		t.Errorf("one that has gone is %q", got)
	}
}
