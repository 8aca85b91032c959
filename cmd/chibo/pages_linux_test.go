package main

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// TestLeavePages brings the whole program file into memory and lets go of it: less than half
// may be back when it is looked at.
func TestLeavePages(t *testing.T) {
	own, err := ownPages()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range own {
		const populate = 22 // MADV_POPULATE_READ
		if _, _, err := syscall.Syscall(syscall.SYS_MADVISE, p.from, p.until-p.from, populate); err != 0 {
			t.Fatal(err)
		}
	}
	before := resident(t, own)
	if err := leavePages(); err != nil {
		t.Fatal(err)
	}
	if before < 10<<10 {
		t.Fatalf("%d KB of the program lie in memory", before)
	}
	if after := resident(t, own); after > before/2 {
		t.Errorf("%d KB of the program lie in memory, %d before", after, before)
	}
}

// resident returns how many KB of the parts of the program file lie in the memory of this process.
func resident(t *testing.T, own []pages) (sum int) {
	t.Helper()
	f, err := os.Open("/proc/self/smaps")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	within := false
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var p pages
		if _, err := fmt.Sscanf(lines.Text(), "%x-%x ", &p.from, &p.until); err == nil {
			within = slices.Contains(own, p)
		}
		if text, found := strings.CutPrefix(lines.Text(), "Rss:"); found && within {
			kb := 0
			if _, err := fmt.Sscan(text, &kb); err != nil {
				t.Fatal(err)
			}
			sum += kb
		}
	}
	return sum
}
