package password

import (
	"runtime"
	"syscall"
	"testing"
)

// TestYield lowers a thread, which ends with its goroutine: nobody else gets it.
func TestYield(t *testing.T) {
	nice := make(chan int)
	go func() {
		runtime.LockOSThread()
		if err := yield(); err != nil {
			t.Error(err)
		}
		n, err := syscall.Getpriority(syscall.PRIO_PROCESS, 0)
		if err != nil {
			t.Error(err)
		}
		nice <- 20 - n // as the kernel says it
	}()
	if n := <-nice; n != 19 {
		t.Errorf("nice %d", n)
	}
}
