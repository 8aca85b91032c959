package faults

import (
	"database/sql"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	_ "modernc.org/sqlite" // the driver of the program

	"chibo/app/world/worldtest"
	"chibo/e2e/program"
	"chibo/meeting"
)

// mount mounts a file system at a new directory for the length of the test. It takes an
// administrator: the tests fail where they are run by somebody else.
func mount(t *testing.T, args ...string) string {
	t.Helper()
	dir := t.TempDir()
	if out, err := exec.Command("mount", append(args, dir)...).CombinedOutput(); err != nil {
		t.Fatalf("mount: %v: %s (run as root)", err, out)
	}
	t.Cleanup(func() { unmount(t, dir) })
	return dir
}

// unmount unmounts a directory, at once even if somebody is still in it.
func unmount(t *testing.T, dir string) {
	t.Helper()
	if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil && !errors.Is(err, syscall.EINVAL) {
		t.Error(err)
	}
}

// newDisk returns the image of an empty disk of so many megabytes.
func newDisk(t *testing.T, megabytes int64) string {
	t.Helper()
	image := filepath.Join(t.TempDir(), "disk")
	f, err := os.Create(image)
	if err == nil {
		err = errors.Join(f.Truncate(megabytes<<20), f.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("mkfs.ext4", "-q", image).CombinedOutput(); err != nil {
		t.Fatalf("mkfs.ext4: %v: %s", err, out)
	}
	return image
}

// flush makes whatever was written to a disk durable.
func flush(t *testing.T, disk string) {
	t.Helper()
	if out, err := exec.Command("sync", "-f", disk).CombinedOutput(); err != nil {
		t.Fatalf("sync: %v: %s", err, out)
	}
}

// served is a program on SQLite whose data lie on a disk of the test, with a writer.
type served struct {
	*load
	program *program.Process
	data    string
}

// serveOn puts a made-up ward on a disk and serves it.
func serveOn(t *testing.T, disk string) *served {
	t.Helper()
	w := worldtest.OnSQLite(t)
	data := filepath.Join(disk, "data")
	if err := errors.Join(w.Close(), os.CopyFS(data, os.DirFS(w.App.Data)), os.CopyFS(data, os.DirFS(filepath.Dir(w.App.Database)))); err != nil {
		t.Fatal(err)
	}
	flush(t, disk) // the tests' own copies
	p := program.StartServe(t, data)
	secretary := w.Account("secretary")
	at := place{p.URL, program.SignIn(t, p.URL, secretary.Name, secretary.Password)}
	return &served{newLoad(t, w.Meeting(meeting.Open), at), p, data}
}

// TestTheDiskFills: while the disk is full nothing is acknowledged, the program goes on, and
// once there is room again it writes as before, without being started again.
func TestTheDiskFills(t *testing.T) {
	disk := mount(t, "-t", "tmpfs", "-o", "size=96m", "tmpfs")
	s := serveOn(t, disk)
	ballast := filepath.Join(disk, "ballast")
	s.under(100, func() {
		if err := fill(ballast); err != nil {
			t.Error(err)
		}
		for before := s.unknown.Load(); s.unknown.Load() < before+50 && !t.Failed(); {
			s.pause()
		}
		if err := os.Remove(ballast); err != nil {
			t.Error(err)
		}
	})
	s.holds("disk full", program.ReadLog(t, s.places[0].client, s.program.URL, s.meeting))
	s.program.Stop()
	if out, err := program.Run(t, "verify", "--data", s.data); err != nil {
		t.Errorf("verify: %v\n%s", err, out)
	}
}

// TestAFullDiskThatIsNotAskedIsFound serves the anchor of the bench from a full disk, with the defect that it
// answers before a row is durable: what it acknowledges meanwhile must be missed.
func TestAFullDiskThatIsNotAskedIsFound(t *testing.T) {
	anchor := filepath.Join(t.TempDir(), "anchor")
	if out, err := exec.Command("go", "build", "-o", anchor, "chibo/bench/anchor").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	disk := mount(t, "-t", "tmpfs", "-o", "size=8m", "tmpfs")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	_ = l.Close()
	file := filepath.Join(disk, "anchor.db")
	server := exec.Command(anchor, "-early", "-listen", address, "-db", file)
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	end := sync.OnceFunc(func() { _, _ = server.Process.Kill(), server.Wait() })
	defer end()
	acknowledged := 0
	checkIn := func() bool {
		r, err := http.PostForm("http://"+address+"/check-in/1", url.Values{"member": {strconv.Itoa(acknowledged + 1)}})
		if err != nil {
			return false
		}
		_ = r.Body.Close()
		if r.StatusCode != http.StatusNoContent {
			return false
		}
		acknowledged++
		return true
	}
	for deadline := time.After(20 * time.Second); !checkIn(); {
		select {
		case <-deadline:
			t.Fatal("the anchor does not answer")
		case <-time.After(20 * time.Millisecond):
		}
	}
	if err := fill(filepath.Join(disk, "ballast")); err != nil {
		t.Fatal(err)
	}
	for range 500 {
		checkIn()
	}
	end()
	if err := os.Remove(filepath.Join(disk, "ballast")); err != nil {
		t.Fatal(err)
	}
	var kept int
	if err := openLite(t, file).QueryRow(`SELECT count(*) FROM check_in`).Scan(&kept); err != nil {
		t.Fatal(err)
	}
	if kept == acknowledged {
		t.Error("a full disk loses nothing of a program that does not ask it: the test shows nothing")
	}
	t.Logf("without asking %d of %d are lost", acknowledged-kept, acknowledged)
}

// fill writes a file until nothing more fits on its disk.
func fill(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	for _, size := range []int{1 << 20, 4 << 10} {
		for err = error(nil); err == nil; {
			_, err = f.Write(make([]byte, size))
		}
		if !errors.Is(err, syscall.ENOSPC) {
			return errors.Join(err, f.Close())
		}
	}
	return f.Close()
}

// cut copies what has reached a disk of which whoever uses it is stopped, and returns the copy
// mounted: what was written and not flushed is gone, as after a power cut.
func cut(t *testing.T, image string) string {
	t.Helper()
	copied := filepath.Join(t.TempDir(), "after")
	from, err := os.Open(image)
	if err != nil {
		t.Fatal(err)
	}
	to, err := os.Create(copied)
	if err == nil {
		_, err = io.Copy(to, from)
		err = errors.Join(err, to.Close(), from.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	return mount(t, "-o", "loop", copied)
}

// TestThePowerIsCut stops the program in the middle of its writing, takes what has reached
// the disk by then, and goes on with that: whatever was acknowledged is in it.
func TestThePowerIsCut(t *testing.T) {
	image := newDisk(t, 96)
	s := serveOn(t, mount(t, "-o", "loop", image))
	var after string
	done := make(chan struct{})
	for range writers {
		go s.write(0, done)
	}
	s.await(100 * *times)
	s.program.Signal(syscall.SIGSTOP)
	close(done)
	s.mu.Lock() // whatever is still on its way was acknowledged after the cut
	known := len(s.acknowledged)
	log := newLoad(t, s.meeting)
	for one, seq := range s.acknowledged {
		log.acknowledged[one] = seq
	}
	s.mu.Unlock()
	after = cut(t, image)
	s.program.Kill()

	p := program.StartServe(t, filepath.Join(after, "data"))
	if known < 100 {
		t.Errorf("only %d were acknowledged", known)
	}
	log.holds("power cut, SQLite", program.ReadLog(t, s.places[0].client, p.URL, s.meeting))
	p.Stop()
	if out, err := program.Run(t, "verify", "--data", filepath.Join(after, "data")); err != nil {
		t.Errorf("verify: %v\n%s", err, out)
	}
	unmount(t, after)
}

// TestAPowerCutFindsWhatIsNotFlushed writes with a database that does not wait for the disk:
// the same cut must show what it loses.
func TestAPowerCutFindsWhatIsNotFlushed(t *testing.T) {
	image := newDisk(t, 32)
	disk := mount(t, "-o", "loop", image)
	d := openLite(t, filepath.Join(disk, "careless.db"))
	if _, err := d.Exec(`CREATE TABLE act (id INTEGER PRIMARY KEY)`); err != nil {
		t.Fatal(err)
	}
	flush(t, disk)
	const acknowledged = 200
	for range acknowledged {
		if _, err := d.Exec(`INSERT INTO act DEFAULT VALUES`); err != nil {
			t.Fatal(err)
		}
	}
	var kept int
	after := openLite(t, filepath.Join(cut(t, image), "careless.db"))
	if err := after.QueryRow(`SELECT count(*) FROM act`).Scan(&kept); err != nil {
		t.Logf("the careless database does not open any more: %v", err)
	}
	if kept == acknowledged {
		t.Error("a power cut loses nothing of a database that does not flush: the test shows nothing")
	}
	t.Logf("without flushing %d of %d are lost", acknowledged-kept, acknowledged)
}

// openLite opens a database that does not wait for the disk.
func openLite(t *testing.T, path string) *sql.DB {
	t.Helper()
	d, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(OFF)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}
