package factor

import (
	"testing"
	"time"

	"chibo/kit/access"
)

// The secret of RFC 6238, appendix B, "12345678901234567890".
const secretOfRFC = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

// TestStep: the codes of RFC 6238 are right in their half minute, the one before and the
// one after, and not again.
func TestStep(t *testing.T) {
	t.Parallel()
	const at, code = 1111111109, "081804" // RFC 6238, the last six of 07081804
	step := int64(at / period)
	for _, c := range []struct {
		name string
		now  int64
		last int64
		code string
		want bool
	}{
		{"now", at, 0, code, true},
		{"one before", at + period, 0, code, true},
		{"one after", at - period, 0, code, true},
		{"two before", at + 2*period, 0, code, false},
		{"two after", at - 2*period, 0, code, false},
		{"again", at, step, code, false},
		{"after a later one", at, step + 1, code, false},
		{"another", at, 0, "081805", false},
		{"none", at, 0, "", false},
	} {
		got, ok := stepOf(secretOfRFC, c.code, time.Unix(c.now, 0), c.last)
		if ok != c.want || ok && got != step {
			t.Errorf("%s: step %d, %v", c.name, got, ok)
		}
	}
}

// TestDemands is the table of roles and factors as it was decided; a role without a line
// would be one that nobody has thought of.
func TestDemands(t *testing.T) {
	t.Parallel()
	want := map[access.Role]Demand{
		access.Administrator: Due, access.Clerk: Due, access.Committee: Due, access.Department: Due, access.Secretary: Due,
		access.Deputy: Offered, access.MinuteTaker: Offered, access.Member: None, access.Probationary: None,
	}
	for _, r := range access.Roles {
		got, known := Demands[r]
		if !known || got != want[r] {
			t.Errorf("%s: %d, %v; want %d", r, got, known, want[r])
		}
	}
	if DemandOf([]access.Grant{{Role: access.Member}, {Role: access.Clerk}, {Role: access.Deputy}}) != Due || DemandOf(nil) != None {
		t.Error("the greatest demand of several roles counts")
	}
}

// TestPapers: a recovery code is the same however it is typed.
func TestPapers(t *testing.T) {
	t.Parallel()
	if hashPaper("abcd-ef2i-ohhh-2345") != hashPaper(" ABCD EF21 0HHH 2345") || hashPaper("ABCD") == hashPaper("ABCE") {
		t.Error("typed otherwise it is another code")
	}
	a, b := newPaper(), newPaper()
	if a == b || len(a) != 19 {
		t.Errorf("%q, %q", a, b)
	}
}
