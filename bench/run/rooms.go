package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	c "github.com/chromedp/chromedp"
)

// slower is how many times slower than this machine the telephone of a secretary is taken to be.
const slower = 4

// whenReady notes in a page at what moment after the press the program of the room
// has taken over from the server. It looks at the mark that the page itself goes by.
const whenReady = `new MutationObserver(() => {
	if (!window.chiboReady && document.documentElement.dataset.device === "ready") window.chiboReady = performance.now();
}).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-device"], childList: true })`

// rooms measures how long a room takes from the press that opens it until it would go on
// without a network, in a browser whose processor is throttled: by somebody who has never been there,
// and again, when the browser has kept the files.
func (b *bench) rooms(ctx context.Context) (goals []goal, err error) {
	p, err := b.program(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, p.stop()) }()
	var first, again []float64
	for n := range b.rounds {
		cell := b.ward.Cells[n%len(b.ward.Cells)]
		took, err := b.visit(ctx, "http://"+p.address, "/rooms/"+cell.Meeting, strings.TrimPrefix(cell.Secretary.Cookie, "chibo="))
		if err != nil {
			return nil, err
		}
		first, again = append(first, took[0]), append(again, took[1:]...)
	}
	for _, visits := range []struct {
		who  string
		took []float64
	}{{"by somebody who has never been there", first}, {"with its files kept by the browser", again}} {
		who, took := visits.who, visits.took
		goals = append(goals, goal{
			what: fmt.Sprintf("A room, from the press that opens it until its own program is ready, on a processor throttled %d times, %s", slower, who), want: "at most 1.5 s",
			figure: fmt.Sprintf("%.2f s, longest %.2f s of %d", median(took), slices.Max(took), len(took)), met: median(took) <= 1.5,
		})
	}
	return goals, nil
}

// visit opens a page three times in a browser that is new, and returns after how many seconds each was ready.
func (b *bench) visit(ctx context.Context, base, path, session string) (took []float64, err error) {
	home, err := os.MkdirTemp(b.dir, "browser-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(home)) }()
	program, err := exec.LookPath("chromium-headless-shell")
	if err != nil {
		program = "chromium"
	}
	all, stop := c.NewExecAllocator(ctx, append(c.DefaultExecAllocatorOptions[:], c.ExecPath(program), c.NoSandbox, c.UserDataDir(home), c.Flag("disable-background-networking", true))...)
	defer stop()
	tab, shut := c.NewContext(all)
	defer shut()
	if err := c.Do(tab); err != nil { // starts it, for as long as tab lives
		return nil, err
	}
	patient, tired := context.WithTimeout(tab, time.Minute)
	defer tired()
	err = c.Do(patient, c.Func(func(ctx context.Context, target *c.Target) error {
		_, throttled := cdp.Call(ctx, target, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: slower})
		_, known := cdp.Call(ctx, target, network.SetCookie, network.SetCookieParams{Name: "chibo", Value: session, URL: base})
		_, noted := cdp.Call(ctx, target, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: whenReady})
		return errors.Join(throttled, known, noted)
	}))
	for range 3 {
		if err != nil {
			return nil, err
		}
		if err = c.Do(patient, c.Navigate(base+path)); err != nil {
			return nil, err
		}
		if _, err = c.Run(patient, c.Poll[bool](`window.chiboReady > 0`, c.WithPollingTimeout(30*time.Second))); err != nil {
			return nil, fmt.Errorf("the room is not ready: %w", err)
		}
		var ms float64
		if ms, err = c.Run(patient, c.Evaluate[float64](`window.chiboReady`)); err == nil {
			took = append(took, ms/1000)
		}
	}
	return took, err
}
