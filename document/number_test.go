package document

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/db/dbtest"
	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/organization"
)

func TestNumberText(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{1: "01-NQ/CB", 9: "09-NQ/CB", 10: "10-NQ/CB", 112: "112-NQ/CB"} {
		if got := (Number{N: n, Symbol: SymbolOf(Resolution, organization.Cell)}).String(); got != want {
			t.Errorf("%d is written %s, want %s", n, got, want)
		}
	}
	for level, want := range map[organization.Level]string{
		organization.Cell: "KH/CB", organization.PartyGroup: "KH/CB", organization.BaseCommittee: "KH/ĐU", organization.Ward: "KH/ĐU",
	} {
		if got := SymbolOf(Plan, level); got != want {
			t.Errorf("symbol of a %s: %s", level, got)
		}
	}
	if got := Unissued(Minutes, organization.Cell); got != "…-BB/CB" {
		t.Error(got)
	}
}

var noon = time.Date(2026, 12, 3, 12, 0, 0, 0, when.VietNam)

// office is a cell with its registers and its secretary.
type office struct {
	*Service
	cell organization.Organization
	who  access.Person
}

func open(t *testing.T, d *db.DB) office {
	t.Helper()
	now := func() time.Time { return noon }
	o := organization.Organization{Root: "base", ID: "base", Path: "/base/", Level: organization.BaseCommittee, Name: "Đảng bộ phường Sông Xanh"}
	cell := organization.Organization{Root: "base", ID: "cell", Parent: "base", Path: "/base/cell/", Level: organization.Cell, Kind: organization.Residential, Name: "Chi bộ Tổ dân phố 5"}
	term := organization.Term{Root: "base", ID: "t1", Organization: "cell", Name: "2025 - 2027", From: when.On(2025, 3, 1), Until: when.On(2027, 9, 1)}
	err := d.Tx(t.Context(), func(tx *db.Tx) error {
		for _, r := range []struct {
			table string
			row   any
		}{{"organization", o}, {"organization", cell}, {"organization_term", term}} {
			if err := db.Insert(t.Context(), tx, r.table, r.row); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	grant := access.Grant{Role: access.Secretary, Root: "base", Organization: "cell", Path: cell.Path, Needs: map[access.Need]bool{MayRead: true, MayNumber: true}}
	return office{
		&Service{DB: d, Now: now, Audit: audit.Log{Now: func() when.Instant { return when.At(noon) }}}, cell,
		access.Person{Account: "a", Member: "m", Root: "base", Grants: []access.Grant{grant}},
	}
}

func (o office) issue(ctx context.Context, kind Kind) (n Number, err error) {
	err = o.DB.Tx(ctx, func(tx *db.Tx) error {
		n, err = Issue(ctx, tx, "base", "cell", kind, "t1")
		return err
	})
	return n, err
}

func TestIssue(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := open(t, d)
		var got []string
		for _, k := range []Kind{Resolution, Resolution, Minutes, Resolution} {
			n, err := o.issue(t.Context(), k)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, n.String())
		}
		if diff := cmp.Diff([]string{"01-NQ/CB", "02-NQ/CB", "01-BB/CB", "03-NQ/CB"}, got); diff != "" {
			t.Error(diff)
		}
		if _, err := o.issue(t.Context(), Kind("")); err == nil {
			t.Error("a number for a kind without a symbol")
		}
	})
}

// TestIssueAtOnce checks that no number is given twice and none is lost when
// many issue at the same moment.
func TestIssueAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := open(t, d)
		const many = 40
		var mu sync.Mutex
		var got []int
		var wg sync.WaitGroup
		for range many {
			wg.Go(func() {
				n, err := o.issue(t.Context(), Resolution)
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				got = append(got, n.N)
			})
		}
		wg.Wait()
		slices.Sort(got)
		for i, n := range got {
			if n != i+1 {
				t.Fatalf("numbers %v", got)
			}
		}
	})
}

// TestRolledBackNumber checks that a number whose paper failed within the same
// transaction was never given.
func TestRolledBackNumber(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := open(t, d)
		failed := fmt.Errorf("the paper failed")
		err := d.Tx(t.Context(), func(tx *db.Tx) error {
			if _, err := Issue(t.Context(), tx, "base", "cell", Resolution, "t1"); err != nil {
				return err
			}
			return failed
		})
		if err != failed { //nolint:errorlint // the very error comes back
			t.Fatal(err)
		}
		if n, err := o.issue(t.Context(), Resolution); err != nil || n.N != 1 {
			t.Error(n, err)
		}
	})
}

func TestEnter(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := open(t, d)
		n, err := o.issue(t.Context(), Resolution)
		if err != nil {
			t.Fatal(err)
		}
		enter := func(subject string) error {
			return d.Tx(t.Context(), func(tx *db.Tx) error {
				return Enter(t.Context(), tx, n, when.On(2026, 12, 3), subject, "/meetings/x/minutes")
			})
		}
		if err := enter("về nhiệm vụ tháng 12"); err != nil {
			t.Fatal(err)
		}
		if err := enter("một văn bản khác"); !fault.Is(err, fault.Conflict) {
			t.Errorf("a number was given to a second paper: %v", err)
		}
		b, err := o.Book(t.Context(), d, o.who.Scope(MayRead), "cell")
		if err != nil {
			t.Fatal(err)
		}
		if len(b.Numbers) != 1 || b.Numbers[0].Subject != "về nhiệm vụ tháng 12" || b.Numbers[0].String() != "01-NQ/CB" || b.Term.Name != "2025 - 2027" {
			t.Errorf("register: %+v", b)
		}
	})
}

func TestStartAndBlank(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := open(t, d)
		set := func(next int) error {
			return o.SetStart(t.Context(), o.who, "cell", Start{Kind: Resolution, Next: next})
		}
		if err := set(15); err != nil {
			t.Fatal(err)
		}
		if n, err := o.issue(t.Context(), Resolution); err != nil || n.String() != "15-NQ/CB" {
			t.Error(n, err)
		}
		if err := o.LeaveBlank(t.Context(), o.who, "cell", Gap{Kind: Resolution, Reason: " in hỏng "}); err != nil {
			t.Fatal(err)
		}
		if n, err := o.issue(t.Context(), Resolution); err != nil || n.N != 17 {
			t.Error(n, err)
		}
		for _, used := range []int{0, -3, 15, 17, 10_000} {
			if err := set(used); !fault.Is(err, fault.Invalid) {
				t.Errorf("start set to %d: %v", used, err)
			}
		}
		if err := set(18); err != nil {
			t.Error(err)
		}
		if err := o.LeaveBlank(t.Context(), o.who, "cell", Gap{Kind: Resolution}); !fault.Is(err, fault.Invalid) {
			t.Errorf("blank without a reason: %v", err)
		}
		if err := o.SetStart(t.Context(), o.who, "cell", Start{Kind: Directive, Next: 2}); !fault.Is(err, fault.Invalid) {
			t.Errorf("a cell issues no directive: %v", err)
		}
		b, err := o.Book(t.Context(), d, o.who.Scope(MayRead), "cell")
		if err != nil {
			t.Fatal(err)
		}
		if n := b.Numbers[1]; !n.Blank || n.Subject != "in hỏng" || n.N != 16 {
			t.Errorf("blank number: %+v", n)
		}
		if b.Registers[0].Next != 18 || b.Registers[2].Next != 1 {
			t.Errorf("registers: %+v", b.Registers)
		}
	})
}

func TestRegistersOfOthers(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := open(t, d)
		stranger := access.Person{Account: "b", Grants: []access.Grant{{Root: "base", Path: "/base/other/", Needs: map[access.Need]bool{MayRead: true, MayNumber: true}}}}
		if _, err := o.Book(t.Context(), d, stranger.Scope(MayRead), "cell"); !fault.Is(err, fault.NotFound) {
			t.Errorf("read: %v", err)
		}
		if err := o.SetStart(t.Context(), stranger, "cell", Start{Kind: Resolution, Next: 5}); !fault.Is(err, fault.NotFound) {
			t.Errorf("set: %v", err)
		}
		if err := o.LeaveBlank(t.Context(), stranger, "cell", Gap{Kind: Resolution, Reason: "x"}); !fault.Is(err, fault.NotFound) {
			t.Errorf("blank: %v", err)
		}
	})
}
