package account

import (
	"context"
	"runtime"
	"sync"
	"testing"

	"chibo/kit/fault"
)

// TestOnlySoManyWaitForTheirTurn fills the pool and its queue: whoever comes then is told at
// once, whoever gives up makes room, and all who wait get their turn.
func TestOnlySoManyWaitForTheirTurn(t *testing.T) {
	t.Parallel()
	p := newPool(1)
	leave, err := p.enter(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, giveUp := context.WithCancel(t.Context())
	var work sync.WaitGroup
	for range mostWaiting {
		work.Go(func() {
			if _, err := p.enter(ctx); err == nil {
				t.Error("two have the only turn")
			}
		})
	}
	for p.waiting.Load() < mostWaiting {
		runtime.Gosched()
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.enter(gone); !fault.Is(err, fault.Busy) {
		t.Errorf("one more than may wait: %v", err)
	}
	giveUp()
	work.Wait()
	for range mostWaiting {
		work.Go(func() {
			leave, err := p.enter(t.Context())
			if err != nil {
				t.Error(err)
				return
			}
			leave()
		})
	}
	leave()
	work.Wait()
	if n := p.waiting.Load(); n != 0 {
		t.Errorf("%d wait still", n)
	}
}
