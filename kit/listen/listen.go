// Package listen opens the address at which people reach the program.
//
// The service manager may have opened it already (sd_listen_fds(3), sd_notify(3) of
// systemd): then the address stays open while the program is restarted, and who comes
// meanwhile waits a moment and is not refused.
package listen

import (
	"context"
	"fmt"
	"net"
	"os"
	"strconv"
)

// firstSocket is the number of the first file that a service manager hands over.
const firstSocket = 3

// On returns the socket that the service manager has opened for this process, otherwise
// it opens address.
func On(ctx context.Context, address string) (net.Listener, error) {
	if !handed() {
		return Open(ctx, address)
	}
	f := os.NewFile(firstSocket, "socket")
	defer func() { _ = f.Close() }() // the listener has its own
	l, err := net.FileListener(f)
	if err != nil {
		return nil, fmt.Errorf("listen: the socket of the service manager: %w", err)
	}
	return l, nil
}

// Open opens address.
func Open(ctx context.Context, address string) (net.Listener, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen: %w", err)
	}
	return l, nil
}

// handed reports whether there is a socket for this process and not for its parent.
func handed() bool {
	pid, err := strconv.Atoi(os.Getenv("LISTEN_PID"))
	if err != nil || pid != os.Getpid() {
		return false
	}
	n, err := strconv.Atoi(os.Getenv("LISTEN_FDS"))
	return err == nil && n > 0
}

// State is what the service manager is told.
type State string

// States of the program.
const (
	Ready    State = "READY=1"
	Stopping State = "STOPPING=1"
)

// Tell tells the service manager how the program stands. Without one it does nothing.
func Tell(ctx context.Context, s State) error {
	address := os.Getenv("NOTIFY_SOCKET")
	if address == "" {
		return nil
	}
	c, err := new(net.Dialer).DialContext(ctx, "unixgram", address)
	if err != nil {
		return fmt.Errorf("tell the service manager: %w", err)
	}
	defer func() { _ = c.Close() }() // all has been said
	if _, err := c.Write([]byte(s)); err != nil {
		return fmt.Errorf("tell the service manager: %w", err)
	}
	return nil
}
