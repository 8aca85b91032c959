// Still serves the pages of the program and does nothing by itself: no jobs, no sweeps. With -sweep it
// keeps the board up to date as the program does, and counts the rest before it ends, so that the
// difference is what the board costs.
package main

import (
	"context"
	"errors"
	"flag"
	"log"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"chibo/app"
	"chibo/kit/access"
	"chibo/kit/web/assets"
)

func main() {
	data := flag.String("data", "", "data directory")
	listen := flag.String("listen", "127.0.0.1:0", "address to listen on")
	sweep := flag.Bool("sweep", false, "keep the board up to date")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *data, *listen, *sweep); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, data, listen string, sweep bool) (err error) {
	a, err := app.Open(ctx, app.Config{
		Database: filepath.Join(data, app.DatabaseFile), Data: data, Log: slog.New(slog.NewTextHandler(os.Stderr, nil)),
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	count := func(ctx context.Context) error { return a.Supervision.Recount(ctx, access.Whole("", "/")) }
	// What was left by a run before is not laid to this one.
	if err := errors.Join(assets.Load(), count(ctx)); err != nil {
		return err
	}
	swept := make(chan struct{})
	go func() {
		defer close(swept)
		if sweep {
			a.Supervision.Sweep(ctx)
		}
	}()
	server := &http.Server{Addr: listen, Handler: a.Handler(), ReadHeaderTimeout: 5 * time.Second}
	go func() {
		<-ctx.Done()
		_ = server.Close() // nobody asks any more
	}()
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	<-swept
	if !sweep {
		return nil
	}
	return count(context.WithoutCancel(ctx))
}
