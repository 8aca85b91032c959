package scenario_test

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"chibo/app/world/worldtest"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/organization"
	"chibo/permit"
)

// xlsxHead begins every workbook.
const xlsxHead = "PK"

// rollOf is the address of the roll of the cell of somebody.
func rollOf(w *worldtest.World, name string) string {
	return "/members/export.xlsx?organization=" + w.Account(name).Organization
}

// given takes a list that is not held up.
func given(t *testing.T, w *worldtest.World, name, address string) {
	t.Helper()
	if a := w.As(name).Get(address); a.Status != http.StatusOK || !strings.HasPrefix(a.Body, xlsxHead) {
		t.Errorf("%s gets %s: %d %s", name, address, a.Status, a.Location())
	}
}

// held wants a list to be held up, and returns the page that says why.
func held(t *testing.T, w *worldtest.World, name, address string) string {
	t.Helper()
	a := w.As(name).Get(address)
	if a.Status != http.StatusSeeOther || !strings.HasPrefix(a.Location(), "/permits/") || strings.Contains(a.Body, xlsxHead) {
		t.Fatalf("%s is not asked about %s: %d %s", name, address, a.Status, a.Location())
	}
	return a.Location()
}

// settle lets everybody of the first cell and the ward have come in, more than a week ago.
func settle(t *testing.T, w *worldtest.World) {
	t.Helper()
	for _, name := range []string{"clerk", "committee", "administrator", "secretary", "deputy", "other secretary"} {
		w.As(name)
	}
	age(t, w, `UPDATE account SET created_at = created_at - 864000000`)
}

func age(t *testing.T, w *worldtest.World, change string, args ...any) {
	t.Helper()
	err := w.App.DB.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, change, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func logged(t *testing.T, w *worldtest.World, action string) int {
	t.Helper()
	n, err := db.One[int](t.Context(), w.App.DB, `SELECT count(*) FROM audit WHERE action = $1`, action)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestASecondListNeedsASecondPerson: the office takes the roll of a cell, and asks for that of
// another; its secretary reads who asks and why, agrees, and the list is taken once.
func TestASecondListNeedsASecondPerson(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		settle(t, w)
		first, second := rollOf(w, "member"), rollOf(w, "other member")
		given(t, w, "clerk", first)
		given(t, w, "clerk", first)
		if a := w.As("clerk").Get(strings.Replace(first, ".xlsx", ".csv", 1)); a.Status != http.StatusOK {
			t.Errorf("the same people in another form: %d", a.Status)
		}
		page := held(t, w, "clerk", second)
		if again := held(t, w, "clerk", second); again != page {
			t.Errorf("asked twice: %s and %s", page, again)
		}
		asks := w.Person("clerk").Name
		w.As("clerk").Reads(page, "Hôm nay đồng chí đã lấy một danh sách. Danh sách thứ hai trong ngày cần thêm một người đồng ý.", w.Account("other secretary").FullName)
		for _, name := range []string{"other secretary", "secretary", "member"} {
			if a := w.As(name).Get(page); a.Status != http.StatusNotFound {
				t.Errorf("%s opens what was not asked yet: %d", name, a.Status)
			}
		}
		w.As("clerk").Refused(http.StatusUnprocessableEntity, page+"/ask", "reason", " ")
		w.As("clerk").Refused(http.StatusUnprocessableEntity, page+"/ask", "reason", strings.Repeat("ệ", 501))
		w.As("clerk").Sends(page+"/ask", "reason", "Chuẩn bị đại hội chi bộ")
		w.As("clerk").Refused(http.StatusConflict, page+"/ask", "reason", "Việc khác")
		held(t, w, "clerk", second)
		w.As("clerk").Reads(page, "đồng chí thấy ở Thông báo và ở trang chủ", "Về trang chủ")

		// Nobody but those who were asked finds it, and the asker says nothing to it.
		for _, name := range []string{"secretary", "deputy", "member", "committee", "administrator", "clerk"} {
			w.As(name).Refused(http.StatusNotFound, page+"/answer", "yes", "true")
		}
		w.As("other secretary").Reads("/", asks, "Danh sách đảng viên")
		w.As("other secretary").Reads("/inbox", asks+" xin lấy thêm một danh sách")
		w.As("other secretary").Reads(page, asks, "Chuẩn bị đại hội chi bộ")
		w.As("other secretary").Refused(http.StatusUnprocessableEntity, page+"/answer", "answer", "")
		w.As("other secretary").Sends(page+"/answer", "yes", "true")
		w.As("other secretary").Refused(http.StatusConflict, page+"/answer", "answer", "Thôi")
		w.As("clerk").Reads("/", "Lấy được")
		w.As("clerk").Reads("/inbox", "đã đồng ý cho đồng chí lấy thêm danh sách")
		w.As("clerk").Reads(page, "export.xlsx?organization=")

		// What was agreed to is that list, by that account, once.
		held(t, w, "clerk", strings.Replace(second, ".xlsx", ".csv", 1))
		given(t, w, "clerk", second)
		if held(t, w, "clerk", second) == page {
			t.Error("the same consent is good twice")
		}
		for _, action := range []string{"permit.asked", "permit.given", "permit.taken"} {
			if n := logged(t, w, action); n != 1 {
				t.Errorf("%s stands %d times in the log", action, n)
			}
		}
	})
}

// TestARefusedList is not taken, and its asker reads why.
func TestARefusedList(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	settle(t, w)
	given(t, w, "clerk", rollOf(w, "member"))
	page := held(t, w, "clerk", rollOf(w, "other member"))
	w.As("clerk").Sends(page+"/ask", "reason", "Đối chiếu số liệu")
	w.As("other secretary").Sends(page+"/answer", "answer", "Chi bộ tự gửi")
	w.As("clerk").Reads(page, "không đồng ý", "Chi bộ tự gửi", "Lấy danh sách lần nữa", "Về trang chủ")
	w.As("other secretary").Reads(page, "đã không đồng ý", "Về trang chủ")
	if held(t, w, "clerk", rollOf(w, "other member")) == page {
		t.Error("a refusal is taken for a question that waits")
	}
}

// TestThoseOfTheCellAreNotBothered: whoever works in a cell takes its roll as often as they like,
// also where they work in two.
func TestThoseOfTheCellAreNotBothered(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	office := organization.Office{Organization: w.Account("other member").Organization, Member: w.Account("secretary").Member, Post: organization.CommitteeMember, From: worldtest.Now.Date()}
	if _, err := w.App.Organizations.Appoint(t.Context(), w.Person("administrator"), office); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		given(t, w, "secretary", rollOf(w, "member"))
		given(t, w, "secretary", rollOf(w, "other member"))
		given(t, w, "deputy", "/members/export.xlsx")
	}
	if n := logged(t, w, "permit.asked"); n != 0 {
		t.Errorf("%d were asked", n)
	}
}

// TestAPermitIsGoodOnItsDay: what was asked on a day cannot be answered on the next, and what was
// agreed to is not good any more; the day begins with a list for which nobody is asked.
func TestAPermitIsGoodOnItsDay(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		day := worldtest.Now.Date()
		w.Clock.Set(day.At(23, 55))
		settle(t, w)
		first, second, third := rollOf(w, "member"), rollOf(w, "other member"), strings.Replace(rollOf(w, "other member"), ".xlsx", ".csv", 1)
		given(t, w, "clerk", first)
		agreed, asked := held(t, w, "clerk", second), held(t, w, "clerk", third)
		for _, page := range []string{agreed, asked} {
			w.As("clerk").Sends(page+"/ask", "reason", "Đối chiếu số liệu")
		}
		w.As("other secretary").Sends(agreed+"/answer", "yes", "true")
		w.Clock.Set(day.AddDays(1).At(0, 2))
		w.As("other secretary").Refused(http.StatusConflict, asked+"/answer", "yes", "true")
		w.As("clerk").Reads(agreed, "Đã qua ngày", "Lấy danh sách lần nữa")
		given(t, w, "clerk", first)
		held(t, w, "clerk", second)
	})
}

// TestNobodyToAsk: the reason is enough, the list goes once, and those who keep watch are told.
func TestNobodyToAsk(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		age(t, w, `UPDATE account SET created_at = $1`, worldtest.Now.Add(-time.Hour)) // a ward that has begun today
		second := rollOf(w, "other member")
		given(t, w, "clerk", rollOf(w, "member"))
		page := held(t, w, "clerk", second)
		w.As("clerk").Reads(page, "hiện chưa có ai khác để hỏi")
		w.As("clerk").Sends(page+"/ask", "reason", "Chuẩn bị đại hội chi bộ")
		w.As("administrator").Reads("/inbox", w.Person("clerk").Name+" lấy thêm danh sách có tên người")
		given(t, w, "clerk", second)
		held(t, w, "clerk", second)
		if logged(t, w, "permit.alone") != 1 || logged(t, w, "permit.asked") != 0 {
			t.Error("the log does not say that nobody was asked")
		}
	})
}

// TestNobodyMakesTheirSecondPerson: whom the asker has given a code in these days is not asked,
// and does not answer when the code was given after the asking.
func TestNobodyMakesTheirSecondPerson(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		settle(t, w)
		second := rollOf(w, "other member")
		given(t, w, "clerk", rollOf(w, "member"))
		page := held(t, w, "clerk", second)
		w.As("clerk").Sends(page+"/ask", "reason", "Chuẩn bị đại hội chi bộ")
		hand(t, w, "clerk", "other secretary")
		w.As("other secretary").Refused(http.StatusNotFound, page+"/answer", "yes", "true")
		later := held(t, w, "clerk", strings.Replace(second, ".xlsx", ".csv", 1))
		if a := w.As("clerk").Get(later); strings.Contains(a.Body, w.Account("other secretary").FullName) {
			t.Error("whom the asker has given a code would be asked")
		}
	})
}

// hand writes down that one has given another a code, as account.issue does.
func hand(t *testing.T, w *worldtest.World, from, to string) {
	t.Helper()
	a, giver := w.Person(to), w.Person(from)
	err := w.App.DB.Tx(t.Context(), func(tx *db.Tx) error {
		return w.App.Audit.Write(t.Context(), tx, giver, a.Root, "account.code_issued", a.Account, nil)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestAConsentUsedTwiceAtOnce gives one list, by whatever node it is taken.
func TestAConsentUsedTwiceAtOnce(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		settle(t, w)
		second := rollOf(w, "other member")
		given(t, w, "clerk", rollOf(w, "member"))
		page := held(t, w, "clerk", second)
		w.As("clerk").Sends(page+"/ask", "reason", "Chuẩn bị đại hội chi bộ")
		w.As("other secretary").Sends(page+"/answer", "yes", "true")
		clerks := []*worldtest.Visitor{w.As("clerk"), w.As("clerk")}
		if w.App.DB.Postgres() {
			clerks[1] = clerks[0].At(w.Node(nil))
		}
		answers, at := make(chan int, 16), make(chan struct{})
		for n := range cap(answers) {
			clerks[n%2].Get(page) // whoever comes first is no longer slower
			go func() {
				<-at
				answers <- clerks[n%2].Get(second).Status
			}()
		}
		close(at)
		files := 0
		for range cap(answers) {
			if <-answers == http.StatusOK {
				files++
			}
		}
		if files != 1 {
			t.Errorf("one consent gives %d files", files)
		}
	})
}

// TestTwoFirstListsAtOnce: of two lists that are wanted at the same moment one is the first.
func TestTwoFirstListsAtOnce(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		clerks := []*worldtest.Visitor{w.As("clerk"), w.As("clerk")}
		if w.App.DB.Postgres() {
			clerks[1] = clerks[0].At(w.Node(nil))
		}
		addresses := []string{rollOf(w, "member"), rollOf(w, "other member")}
		var files [2]atomic.Int32
		var all sync.WaitGroup
		for n := range 8 {
			all.Go(func() {
				if clerks[n%2].Get(addresses[n%2]).Status == http.StatusOK {
					files[n%2].Add(1)
				}
			})
		}
		all.Wait()
		if one, other := files[0].Load(), files[1].Load(); one*other != 0 || one+other != 4 {
			t.Errorf("%d and %d files of two lists, want four of one", one, other)
		}
	})
}

// TestWhoIsAsked: whoever may take the same list; where nobody of the cell or the office does, the
// committee and the administrators of the ward; one whose account is closed or new is nobody.
func TestWhoIsAsked(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		settle(t, w)
		given(t, w, "clerk", rollOf(w, "member"))
		page := held(t, w, "clerk", rollOf(w, "other member"))
		name := func(who string) string { return w.Account(who).FullName }
		asked := func(names []string, not ...string) {
			t.Helper()
			said := w.As("clerk").Reads(page, names...)
			for _, n := range not {
				if strings.Contains(said, n) {
					t.Errorf("%s would be asked", n)
				}
			}
		}
		asked([]string{name("other secretary")}, name("committee"), name("administrator"), name("secretary"), name("other member"))
		age(t, w, `UPDATE account SET disabled_at = 1 WHERE member_id = $1`, w.Account("other secretary").Member)
		asked([]string{name("committee"), name("administrator")}, name("other secretary"), name("secretary"), name("member"))
		age(t, w, `UPDATE account SET created_at = $1 WHERE member_id = $2`, worldtest.Now, w.Account("committee").Member)
		asked([]string{name("administrator")}, name("committee"))
		w.As("clerk").Sends(page+"/ask", "reason", "Chuẩn bị đại hội chi bộ")
		w.As("administrator").Reads(page, name("clerk"))
		w.As("administrator").Sends(page+"/answer", "yes", "true")
		given(t, w, "clerk", rollOf(w, "other member"))
	})
}

// TestRightsThatWereLentAreNoSecondPerson: somebody who stands in for the office is not asked.
func TestRightsThatWereLentAreNoSecondPerson(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	settle(t, w)
	age(t, w, `UPDATE account SET disabled_at = 1 WHERE member_id = $1`, w.Account("other secretary").Member)
	given(t, w, "clerk", rollOf(w, "member"))
	page := held(t, w, "clerk", rollOf(w, "other member"))
	w.As("clerk").Sends(page+"/ask", "reason", "Chuẩn bị đại hội chi bộ")
	lent := w.Person("committee")
	lent.Grants = slices.Clone(lent.Grants)
	for n := range lent.Grants {
		lent.Grants[n].For = w.Account("other secretary").Member
	}
	if err := w.App.Permits.Answer(t.Context(), lent, strings.TrimPrefix(page, "/permits/"), permit.Words{Yes: true}); !fault.Is(err, fault.NotFound) {
		t.Errorf("by rights that were lent: %v", err)
	}
	if err := w.App.Permits.Answer(t.Context(), w.Person("committee"), strings.TrimPrefix(page, "/permits/"), permit.Words{Yes: true}); err != nil {
		t.Errorf("by rights of one's own: %v", err)
	}
}
