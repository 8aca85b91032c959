package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
)

// leavePages lets go of the pages of the program file: what runs on asks for the few that it
// needs, and the others, which a start or a burst has touched, weigh no longer on a process
// that does nothing. They lie in the kernel's cache of files as long as nobody needs the room.
func leavePages() error {
	all, err := ownPages()
	for _, p := range all {
		if _, _, failed := syscall.Syscall(syscall.SYS_MADVISE, p.from, p.until-p.from, syscall.MADV_DONTNEED); failed != 0 {
			err = errors.Join(err, fmt.Errorf("pages of the program: %w", failed))
		}
	}
	return err
}

// pages is a stretch of memory.
type pages struct{ from, until uintptr }

// ownPages returns where the program file lies in memory and nothing is ever written.
func ownPages() ([]pages, error) {
	name, err := os.Readlink("/proc/self/exe")
	if err != nil {
		return nil, err
	}
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		return nil, err
	}
	var all []pages
	for line := range strings.Lines(string(maps)) {
		var p pages
		var may string
		if _, err := fmt.Sscanf(line, "%x-%x %s", &p.from, &p.until, &may); err != nil {
			return nil, fmt.Errorf("%q: %w", line, err)
		}
		if strings.HasSuffix(line, " "+name+"\n") && may[1] != 'w' {
			all = append(all, p)
		}
	}
	return all, nil
}
