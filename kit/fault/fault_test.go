package fault_test

import (
	"errors"
	"fmt"
	"net/http"
	"testing"

	"chibo/kit/fault"
)

var errDisk = errors.New("disk is full")

func TestStatus(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		err  error
		want int
	}{
		{fault.New(fault.NotFound, "x"), http.StatusNotFound},
		{fmt.Errorf("around: %w", fault.New(fault.Conflict, "x")), http.StatusConflict},
		{fault.New(fault.SignIn, "x"), http.StatusUnauthorized},
		{errDisk, http.StatusInternalServerError},
	} {
		if got := fault.Status(tt.err); got != tt.want {
			t.Errorf("Status(%v) = %d, want %d", tt.err, got, tt.want)
		}
	}
	if e := fault.Of(errDisk); e.Kind != fault.Internal || e.Key != "fault.internal" {
		t.Errorf("a bug shows as %v", e)
	}
	if fault.Is(nil, fault.Internal) {
		t.Error("no error is an internal error")
	}
}

func TestCheckKeepsTheFirstProblemOfAField(t *testing.T) {
	t.Parallel()
	var c fault.Check
	if c.Err() != nil {
		t.Errorf("nothing was checked: %v", c.Err())
	}
	c.That(true, "name", "name.fine")
	c.That(false, "name", "name.missing")
	c.That(false, "name", "name.short")
	c.That(false, "day", "day.past")
	e := fault.Of(c.Err())
	if e.Kind != fault.Invalid || len(e.Fields) != 2 || e.Fields["name"] != "name.missing" {
		t.Errorf("Err = %v", e)
	}
	if got := e.Error(); got != "invalid: fault.form; day: day.past; name: name.missing" {
		t.Errorf("Error = %q", got)
	}
}

func TestArguments(t *testing.T) {
	t.Parallel()
	e := fault.Of(fault.New(fault.Invalid, "x.y", "Count", 3, "Name", "Lan"))
	if e.Args["Count"] != 3 || e.Args["Name"] != "Lan" {
		t.Errorf("Args = %v", e.Args)
	}
}
