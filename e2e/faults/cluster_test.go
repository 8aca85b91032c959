package faults

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// cluster is a PostgreSQL server of these tests alone, as safe as one that serves a province:
// everything acknowledged is on the disk.
type cluster struct {
	dir, port string
	env       []string // of its programs, besides that of the tests
}

// server is the one of this process. Worlds on PostgreSQL are filled in it.
var server *cluster

func TestMain(m *testing.M) {
	c, err := startCluster()
	if err != nil {
		fmt.Fprintln(os.Stderr, "PostgreSQL:", err)
		os.Exit(1)
	}
	server = c
	_ = os.Setenv("CHIBO_TEST_POSTGRES", c.address())
	status := m.Run()
	_ = c.control("-m", "immediate", "stop")
	_ = os.RemoveAll(c.dir)
	os.Exit(status)
}

func startCluster() (*cluster, error) {
	dir, err := os.MkdirTemp("", "chibo-faults-")
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	_ = l.Close()
	c := &cluster{dir: dir, port: port}
	if os.Geteuid() == 0 { // PostgreSQL refuses to run as root; there its own account does
		if out, err := exec.Command("chown", "postgres", dir).CombinedOutput(); err != nil {
			return nil, fmt.Errorf("chown: %w: %s", err, out)
		}
	}
	if err := c.run("initdb", "-D", c.data(), "-U", "chibo", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-k"); err != nil {
		return nil, err
	}
	return c, c.start()
}

func (c *cluster) data() string { return filepath.Join(c.dir, "data") }

func (c *cluster) address() string {
	return "postgres://chibo@127.0.0.1:" + c.port + "/postgres?sslmode=disable"
}

// start starts the server. Its background writer is slow, so that what does not wait for the
// disk by itself is not saved by chance.
func (c *cluster) start() error {
	return c.control("-l", filepath.Join(c.dir, "log"), "-o", "-p "+c.port+" -k "+c.dir+" -c listen_addresses=127.0.0.1 -c max_connections=100 -c wal_writer_delay=10s", "start")
}

// control runs pg_ctl and waits until it is done.
func (c *cluster) control(args ...string) error {
	return c.run("pg_ctl", append([]string{"-D", c.data(), "-w"}, args...)...)
}

// run runs a program of PostgreSQL, the newest on the machine.
func (c *cluster) run(name string, args ...string) error {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if err != nil || len(found) == 0 {
		return fmt.Errorf("%s is not installed: run make tools", name)
	}
	words := append([]string{slices.Max(found)}, args...)
	if os.Geteuid() == 0 {
		words = append([]string{"runuser", "-u", "postgres", "--"}, words...)
	}
	cmd := exec.Command(words[0], words[1:]...)
	cmd.Dir, cmd.Env = c.dir, append(os.Environ(), c.env...)
	var told strings.Builder
	if name != "pg_ctl" { // the server would keep the pipe open
		cmd.Stdout, cmd.Stderr = &told, &told
	}
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, told.String())
	}
	return nil
}
