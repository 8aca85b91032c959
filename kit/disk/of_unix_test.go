//go:build linux || darwin

package disk_test

import (
	"testing"

	"chibo/kit/disk"
)

func TestOf(t *testing.T) {
	t.Parallel()
	s, err := disk.Of(t.TempDir())
	if err != nil || s.Total == 0 || s.Free > s.Total || s.Share() < 0 || s.Share() > 1 {
		t.Errorf("%+v, %v", s, err)
	}
	if _, err := disk.Of("/there/is/no/such/directory"); err == nil {
		t.Error("a directory that does not exist has room")
	}
}
