package listen

import (
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
)

// home is how many bits of an IPv6 address name one house: who has it has all addresses
// that begin so.
const home = 64

// PerAddress lets at most most connections of one address (of one /64 with IPv6) be open
// at a time and closes what comes beyond, so that nobody takes all that there are. Zero
// lets everybody in.
func PerAddress(l net.Listener, most int) net.Listener {
	if most <= 0 {
		return l
	}
	return &perAddress{Listener: l, most: most, open: map[netip.Addr]int{}}
}

// Share returns how many connections one address may have where most are asked for: no more
// than half of the files that this process may have open (ulimit -n), so that there is room
// for the others and for the database.
func Share(most int) int { return share(most, mayOpen()) }

func share(most int, files uint64) int {
	if half := files / 2; most > 0 && uint64(most) > half {
		return int(half) // #nosec G115 -- less than most
	}
	return most
}

type perAddress struct {
	net.Listener

	most int
	mu   sync.Mutex
	open map[netip.Addr]int
}

// Accept returns the next connection of an address that has not too many.
func (l *perAddress) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		from := house(c.RemoteAddr())
		if l.enter(from) {
			return &guest{Conn: c, house: l, from: from}, nil
		}
		_ = c.Close() // nothing was said yet
	}
}

func (l *perAddress) enter(from netip.Addr) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open[from] >= l.most {
		return false
	}
	l.open[from]++
	return true
}

func (l *perAddress) leave(from netip.Addr) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open[from]--; l.open[from] == 0 {
		delete(l.open, from)
	}
}

// house returns what connections of a are counted by; those that are not of TCP have the
// zero address in common.
func house(a net.Addr) netip.Addr {
	tcp, ok := a.(*net.TCPAddr)
	if !ok {
		return netip.Addr{}
	}
	from := tcp.AddrPort().Addr().Unmap().WithZone("")
	if from.Is4() {
		return from
	}
	p, err := from.Prefix(home)
	if err != nil {
		return from
	}
	return p.Addr()
}

// guest is a connection that is counted until it is closed.
type guest struct {
	net.Conn

	house *perAddress
	from  netip.Addr
	gone  atomic.Bool
}

// Close closes the connection.
func (g *guest) Close() error {
	if g.gone.CompareAndSwap(false, true) {
		g.house.leave(g.from)
	}
	return g.Conn.Close()
}
