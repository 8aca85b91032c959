package password

import (
	"bytes"
	"log/slog"
	"os"
	"strings"
	"testing"
)

// TestMain lets this test be the command that computes.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == "hash" {
		if err := Serve(os.Stdin, os.Stdout); err != nil {
			panic(err)
		}
		return
	}
	os.Exit(m.Run())
}

const secret = "thuyền ngược sông đầy 9 nhịp"

// agrees computes all that can be computed, and says when it does not hold together.
func agrees(t *testing.T) {
	t.Helper()
	stored, err := Hash(secret)
	if err != nil || !strings.HasPrefix(stored, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("%q is stored, %v", stored, err)
	}
	for said, right := range map[string]bool{secret: true, secret + " ": false, "": false} {
		if ok, err := Matches(said, stored); ok != right || err != nil {
			t.Errorf("%q matches: %v, %v", said, ok, err)
		}
	}
	for _, none := range []string{"", "$argon2id$", secret} {
		if ok, err := Matches(secret, none); ok || err == nil {
			t.Errorf("%q is compared with as if it were a hash", none)
		}
	}
	one, err := Key(secret, []byte("16 bytes of salt"))
	other, err2 := task{Secret: secret, Salt: []byte("16 bytes of salt")}.do().Key, err
	if err2 != nil || len(one) != 32 || !bytes.Equal(one, other) {
		t.Errorf("keys %x and %x, %v", one, other, err2)
	}
}

func TestComputedHere(t *testing.T) { agrees(t) }

// beginApart has everything computed by this test as a command of its own, and returns what is
// said in the log.
func beginApart(t *testing.T, command string) (*apart, *bytes.Buffer) {
	t.Helper()
	var said bytes.Buffer
	t.Cleanup(Apart(slog.New(slog.NewTextHandler(&said, nil)), command, "hash"))
	return elsewhere.Load(), &said
}

// TestComputedApart kills the process that computes, ends it as one that rests, and asks on.
func TestComputedApart(t *testing.T) {
	a, said := beginApart(t, os.Args[0])
	agrees(t)
	if len(a.idle) != 1 || a.idle[0].cmd.Process.Pid == os.Getpid() {
		t.Fatalf("%d processes rest", len(a.idle))
	}
	if said.Len() > 0 {
		t.Errorf("the log says %s", said)
	}

	killed := a.idle[0]
	if err := killed.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	agrees(t)
	if !strings.Contains(said.String(), "does not answer") || killed.cmd.ProcessState == nil {
		t.Errorf("of a process that was killed the log says %s", said)
	}
	if len(a.idle) != 1 || a.idle[0] == killed {
		t.Errorf("%d processes rest, no other among them", len(a.idle))
	}

	rested := a.idle[0]
	a.end()
	if s := rested.cmd.ProcessState; s == nil || !s.Success() {
		t.Errorf("who rests long enough ends with %v", s)
	}
	agrees(t)
}

func TestComputedHereWithoutAProcess(t *testing.T) {
	_, said := beginApart(t, "/nowhere")
	agrees(t)
	if !strings.Contains(said.String(), "can be started") {
		t.Errorf("the log says %s", said)
	}
}

func TestServeRefusesWhatIsNoTask(t *testing.T) {
	var out bytes.Buffer
	if err := Serve(strings.NewReader(`{"Secret":"a","Stored":"no hash"} nonsense`), &out); err == nil || !strings.Contains(out.String(), `"Problem":"`) {
		t.Errorf("%v, %s", err, &out)
	}
}
