package listen

import "testing"

// TestOneAddressTakesHalf: where few files may be open, half of them are left for the others.
func TestOneAddressTakesHalf(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		most  int
		files uint64
		want  int
	}{{4096, 400, 200}, {4096, 1 << 20, 4096}, {100, 400, 100}, {0, 400, 0}} {
		if got := share(c.most, c.files); got != c.want {
			t.Errorf("of %d files, asked for %d: %d, want %d", c.files, c.most, got, c.want)
		}
	}
	if got := Share(1 << 30); got <= 0 || got >= 1<<30 {
		t.Errorf("of the files of this process: %d", got)
	}
}
