package hall_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"chibo/app/world/worldtest"
	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/member"
	"chibo/proceedings"
)

// evenings runs a test on both databases.
func evenings(t *testing.T, f func(e *evening)) {
	t.Helper()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) { f(newEvening(t, w)) })
}

// TestAMemberChecksIn: code, name, digits, and the room has the mark with its way. A
// second press is answered as the first.
func TestAMemberChecksIn(t *testing.T) {
	t.Parallel()
	evenings(t, func(e *evening) {
		e.open("projector")
		m, p := e.roll[3], e.phone()
		p.Get("/vao").Is(200, "/vao").Says("Mã 6 chữ số", "không bắt buộc").Hides(e.meeting.Title, "<nav")
		p.scanned().Get("/vao/ten?q="+strings.ToLower(last(m.FullName))).Says(m.FullName, e.meeting.Title, e.meeting.Place).Hides("Chương trình", `href="/rooms`)
		p.Get("/vao/ten/"+m.ID).Is(200, "/vao/ten/"+m.ID).Says("4 số cuối", m.FullName).Hides("máy này nhiều người", m.CardNumber, m.Phone)
		p.check(m).Is(200, "/vao/xong").Says("Đồng chí "+m.FullName+" đã được điểm danh lúc 19:00", "chỉ ghi là có mặt", "Đăng nhập")
		if got := e.mark(m.ID); got.Status != proceedings.Present || got.CameBy != proceedings.Self || got.By != "" {
			e.t.Errorf("the room has %+v", got)
		}
		acts := len(e.state().Acts())
		p.check(m).Is(200, "/vao/xong").Says("đã được điểm danh lúc 19:00")
		if n := len(e.state().Acts()); n != acts {
			e.t.Errorf("%d acts after a second press, %d before", n, acts)
		}
		a := e.As("secretary").Get("/rooms/" + e.meeting.ID)
		for _, text := range []string{"tự điểm danh 1<", "19:00 · tự điểm danh<"} {
			if !strings.Contains(a.Body, text) {
				e.t.Errorf("the secretary's room lacks %q", text)
			}
		}
		if strings.Contains(e.Logged(), e.code().Token) || strings.Contains(e.Logged(), e.code().Digits) {
			e.t.Error("a code stands in the log")
		}
	})
}

func last(name string) string { return name[strings.LastIndexByte(name, ' ')+1:] }

// TestWithoutATicketNothingIsTold: no name, no title, no cell; a code that has run out
// and one of another evening lead nowhere.
func TestWithoutATicketNothingIsTold(t *testing.T) {
	t.Parallel()
	evenings(t, func(e *evening) {
		e.open("projector")
		m := e.roll[3]
		secrets := []string{m.FullName, e.meeting.Title, e.meeting.Place}
		for _, path := range []string{"/vao/ten", "/vao/ten?q=nguyen", "/vao/ten/" + m.ID, "/vao/xong", "/vao/tiep"} {
			e.phone().Get(path).Is(200, "/vao").Says("Máy này chưa có mã").Hides(secrets...)
		}
		e.phone().check(m).Is(200, "/vao").Hides(secrets...)
		old := e.code()
		e.Clock.Set(e.meeting.StartsAt.Add(-28 * time.Minute))
		e.phone().Get("/vao/"+old.Token).Is(422, "/vao/"+old.Token).Says("Mã này không còn dùng được").Hides(secrets...)
		e.phone().Post("/vao", "code", old.Digits).Is(422, "/vao").Says("Chưa đúng mã").Hides(secrets...)
		if got := e.mark(m.ID); got.Status != proceedings.Unmarked {
			e.t.Errorf("marked %s without a code", got.Status)
		}
		p := e.phone().scanned()
		e.Clock.Set(e.meeting.StartsAt.Add(-17 * time.Minute))
		p.Get("/vao/ten").Is(200, "/vao").Says("quá 10 phút")
	})
}

// TestTheDigitsAreTyped: six digits open the door as the picture does, with spaces too.
func TestTheDigitsAreTyped(t *testing.T) {
	t.Parallel()
	evenings(t, func(e *evening) {
		e.open("projector")
		p := e.phone()
		p.Post("/vao", "code", e.code().Grouped()).Is(200, "/vao/ten")
		p.check(e.roll[0]).Is(200, "/vao/xong")
		if got := e.mark(e.roll[0].ID); got.CameBy != proceedings.Self {
			e.t.Errorf("came by %q", got.CameBy)
		}
	})
}

// TestNobodyOfAnotherCell: a ticket finds the roll of its own meeting and nobody else.
func TestNobodyOfAnotherCell(t *testing.T) {
	t.Parallel()
	evenings(t, func(e *evening) {
		e.open("projector")
		home, _ := e.Person("other secretary").Home()
		others, err := member.Roll(e.t.Context(), e.App.DB, home.Root, home.Organization, e.meeting.Day())
		if err != nil {
			e.t.Fatal(err)
		}
		p := e.phone().scanned()
		own := map[string]bool{}
		for _, m := range e.roll {
			own[m.ID] = true
		}
		tried := 0
		for _, m := range others {
			if own[m.ID] {
				continue
			}
			tried++
			p.Get("/vao/ten?q=" + last(m.FullName)).Hides(m.ID)
			p.Get("/vao/ten/"+m.ID).Is(404, "/vao/ten/"+m.ID).Hides(m.FullName)
			p.check(m).Is(404, "/vao/ten/"+m.ID)
		}
		if tried == 0 {
			e.t.Error("both cells have the same people: the test shows nothing")
		}
	})
}

// TestOneDeviceOnePerson: the second on a device is refused in plain words; where shared
// devices are allowed and it is said, it is not, and nothing of the first is left.
func TestOneDeviceOnePerson(t *testing.T) {
	t.Parallel()
	evenings(t, func(e *evening) {
		e.open("projector")
		p := e.phone().scanned()
		p.check(e.roll[0]).Is(200, "/vao/xong")
		p.check(e.roll[1], "shared", "on").Is(409, "/vao/ten/"+e.roll[1].ID).Says("Máy này đã điểm danh cho một đồng chí khác").Hides("4 số cuối")
		p.Get("/vao/ten").Is(200, "/vao/xong").Says(e.roll[0].FullName, "Mỗi máy điểm danh cho một người")
		if got := e.mark(e.roll[1].ID); got.Status != proceedings.Unmarked {
			e.t.Errorf("the second is %s", got.Status)
		}
		e.phone().scanned().check(e.roll[0]).Is(409, "/vao/ten/"+e.roll[0].ID).Says("bằng máy khác lúc 19:00")

		e.open("projector", "shared")
		p = e.phone().scanned()
		for n := 2; n < 5; n++ {
			m := e.roll[n]
			p.Get("/vao/ten").Is(200, "/vao/ten").Hides(e.roll[n-1].FullName)
			p.Get("/vao/ten/" + m.ID).Says("nhiều người dùng chung")
			p.check(m, "shared", "on").Is(200, "/vao/xong").Says(m.FullName, "Người tiếp theo")
			p.Get("/vao/tiep").Is(200, "/vao/ten").Hides(m.FullName)
			if got := e.mark(m.ID); got.CameBy != proceedings.Shared {
				e.t.Errorf("%d came by %q", n, got.CameBy)
			}
		}
		if n := e.state().CameBy(); n[proceedings.Shared] != 3 || n[proceedings.Self] != 1 {
			e.t.Errorf("came by %v", n)
		}
		if a := e.As("secretary").Get("/meetings/" + e.meeting.ID + "/door"); !strings.Contains(a.Body, "máy dùng chung") {
			e.t.Error("the door does not tell the ways")
		}
	})
}

// TestWrongAnswersEnd: after five, the right one does not help either; another member is
// not touched by it.
func TestWrongAnswersEnd(t *testing.T) {
	t.Parallel()
	evenings(t, func(e *evening) {
		e.open("projector")
		m := e.roll[2]
		for n := range 4 {
			e.phone().scanned().Post("/vao/ten/"+m.ID, "digits", fmt.Sprint(n)).Is(422, "/vao/ten/"+m.ID).Says("Chưa đúng")
		}
		e.phone().scanned().Post("/vao/ten/"+m.ID, "digits", "0").Is(429, "/vao/ten/"+m.ID).Says("sai 5 lần")
		e.phone().scanned().check(m).Is(429, "/vao/ten/"+m.ID).Says("sai 5 lần")
		if got := e.mark(m.ID); got.Status != proceedings.Unmarked {
			e.t.Errorf("marked %s", got.Status)
		}
		e.phone().scanned().check(e.roll[3]).Is(200, "/vao/xong")
		// Whoever has signed in as the member needs no digits.
		own := e.Account("member")
		p := e.phone()
		p.Post("/sign-in", "name", own.Name, "password", own.Password)
		me := e.Person("member").Member
		p.scanned().Get("/vao/ten").Says("Tôi có mặt")
		p.Post("/vao/ten/"+me).Is(200, "/vao/xong").Says("Theo dõi trên điện thoại")
		if got := e.mark(me); got.By != e.Person("member").Account || got.CameBy != proceedings.Self {
			e.t.Errorf("the room has %+v", got)
		}
	})
}

// TestGuessingIsSlowed: from one address twenty wrong codes, then a pause; a code that is
// scanned is never stopped by it.
func TestGuessingIsSlowed(t *testing.T) {
	t.Parallel()
	evenings(t, func(e *evening) {
		e.open("projector")
		p := e.phone()
		for range 20 {
			p.Post("/vao", "code", "12345").Is(422, "/vao")
		}
		p.Post("/vao", "code", e.code().Digits).Is(429, "/vao").Says("chờ một phút")
		e.phone().scanned()
		e.Clock.Set(when.At(e.Clock.Now().Add(time.Minute)))
		p.Post("/vao", "code", e.code().Digits).Is(200, "/vao/ten")
	})
}

// TestTheDoorFollowsTheMeeting: early, shut by hand, closed; late once it has been open
// for a while.
func TestTheDoorFollowsTheMeeting(t *testing.T) {
	t.Parallel()
	evenings(t, func(e *evening) {
		e.open("projector", "poster")
		poster := "/vao/" + e.door().CodeAt(proceedings.Poster, 0).Token
		e.at(-3 * time.Hour)
		e.phone().Get(poster).Is(409, poster).Says("Chưa đến giờ")
		e.at(0)
		e.enter(proceedings.KindAttendance, "member "+e.roll[0].ID+" status present")
		e.enter(proceedings.KindOpen, "place Hội-trường")
		p := e.phone()
		p.Get(poster).Is(200, "/vao/ten")
		p.check(e.roll[0]).Is(200, "/vao/xong").Says("đã được điểm danh lúc 19:30")
		if got := e.mark(e.roll[0].ID); got.CameBy != "" {
			e.t.Error("whoever was marked by the secretary is marked again")
		}
		e.at(14 * time.Minute)
		p = e.phone()
		p.Get(poster)
		p.check(e.roll[1]).Is(200, "/vao/xong")
		e.at(16 * time.Minute)
		p = e.phone()
		p.Get(poster)
		p.check(e.roll[2]).Is(200, "/vao/xong")
		if a, b := e.mark(e.roll[1].ID), e.mark(e.roll[2].ID); a.Status != proceedings.Present || b.Status != proceedings.Late || b.CameBy != proceedings.Poster {
			e.t.Errorf("%s after 14 minutes, %s by %q after 16", a.Status, b.Status, b.CameBy)
		}
		// Undone by the secretary: the phone says so and marks nothing.
		e.enter(proceedings.KindAttendance, "member "+e.roll[2].ID+" status unmarked")
		p.check(e.roll[2]).Says("Thư ký đã sửa").Hides("đã được điểm danh lúc")

		late := e.phone()
		late.Get(poster)
		if a := e.As("secretary").Post("/meetings/" + e.meeting.ID + "/door/shut"); a.Status != http.StatusSeeOther {
			e.t.Errorf("shut: %d", a.Status)
		}
		late.check(e.roll[4]).Says("Thư ký đã đóng")
		e.open("poster")
		late.check(e.roll[4]).Is(200, "/vao/xong") // the same key: the ticket and the poster are good again
		later := e.phone()
		later.Get(poster).Is(200, "/vao/ten")
		e.enter(proceedings.KindClose, "")
		later.check(e.roll[5]).Says("Buổi sinh hoạt đã kết thúc")
		e.phone().Get(poster).Is(409, poster)
		if got := e.mark(e.roll[5].ID); got.Status != proceedings.Unmarked {
			e.t.Errorf("marked %s after the closing", got.Status)
		}
	})
}

// TestTheProjectorShowsTheCode: to those who hold the meeting, while the door is open
// and as long as the code is good; a member who watches from home does not see it.
func TestTheProjectorShowsTheCode(t *testing.T) {
	t.Parallel()
	evenings(t, func(e *evening) {
		wall, again := "/screens/"+e.meeting.ID, "/meetings/"+e.meeting.ID+"/door/code"
		if a := e.As("secretary").Get(wall); !strings.Contains(a.Body, again) {
			e.t.Error("a projector that is there before the door does not ask for it")
		}
		e.open("projector")
		code := e.code()
		for _, path := range []string{wall, again} {
			a := e.As("secretary").Get(path)
			for _, text := range []string{code.Grouped(), fmt.Sprintf(`data-until="%d"`, code.Until), again} {
				if !strings.Contains(a.Body, text) {
					e.t.Errorf("%s lacks %s", path, text)
				}
			}
		}
		for _, who := range []string{"member", "committee"} {
			if a := e.As(who).Get(wall); a.Status != 200 || strings.Contains(a.Body, code.Grouped()) {
				e.t.Errorf("%s sees the code: %d", who, a.Status)
			}
			if a := e.As(who).Get(again); a.Status != 403 {
				e.t.Errorf("%s asks for the code: %d", who, a.Status)
			}
		}
		e.Clock.Set(e.meeting.StartsAt.Add(-29 * time.Minute))
		if a := e.As("secretary").Get(again); strings.Contains(a.Body, code.Grouped()) || !strings.Contains(a.Body, e.code().Grouped()) {
			e.t.Error("the code stays the same")
		}
		e.open("poster")
		if a := e.As("secretary").Get(again); strings.Contains(a.Body, e.code().Grouped()) {
			e.t.Error("a code that is not allowed is shown")
		}
	})
}

// TestTheCodeForLatecomers: while the meeting runs it stands on the page of those who hold
// it, for the projector shows what is discussed.
func TestTheCodeForLatecomers(t *testing.T) {
	t.Parallel()
	evenings(t, func(e *evening) {
		page := "/meetings/" + e.meeting.ID + "/door"
		shown := func() bool { return strings.Contains(e.As("secretary").Get(page).Body, e.code().Grouped()) }
		e.open("projector")
		if shown() {
			e.t.Error("the code stands on the page before the opening, beside the projector")
		}
		e.at(0)
		e.enter(proceedings.KindOpen, "place Phòng")
		if !shown() {
			e.t.Error("the code is missing")
		}
		e.open("poster")
		if shown() {
			e.t.Error("a code that is not allowed is shown")
		}
	})
}

// TestThePoster says where and when and nothing of the contents.
func TestThePoster(t *testing.T) {
	t.Parallel()
	evenings(t, func(e *evening) {
		at := "/meetings/" + e.meeting.ID + "/door/poster"
		e.open("projector")
		if a := e.As("secretary").Get(at); a.Status != 409 {
			e.t.Errorf("a poster that is not allowed: %d", a.Status)
		}
		e.open("poster")
		a := e.As("secretary").Get(at)
		for _, text := range []string{e.meeting.Title, e.meeting.Place, e.door().CodeAt(proceedings.Poster, 0).Grouped(), "Không tiện dùng máy"} {
			if !strings.Contains(a.Body, text) {
				e.t.Errorf("the poster lacks %q", text)
			}
		}
		if strings.Contains(a.Body, e.roll[0].FullName) || strings.Contains(a.Body, "<nav") {
			e.t.Error("the poster shows too much")
		}
		if a := e.As("member").Get(at); a.Status != 403 {
			e.t.Errorf("a member prints the poster: %d", a.Status)
		}
	})
}

// TestOnlyHoldersOpenADoor: a member may not, a neighbour finds none; a draft has none.
func TestOnlyHoldersOpenADoor(t *testing.T) {
	t.Parallel()
	evenings(t, func(e *evening) {
		at := "/meetings/" + e.meeting.ID + "/door"
		for who, want := range map[string]int{"member": 403, "other secretary": 404, "committee": 403, "minute-taker": 303} {
			if a := e.As(who).Post(at, "projector", "on"); a.Status != want {
				e.t.Errorf("%s: %d, want %d", who, a.Status, want)
			}
		}
		if a := e.As("secretary").Post(at); a.Status != 422 {
			e.t.Errorf("a door without a way: %d", a.Status)
		}
		if a := e.As("minute-taker").Get("/meetings/" + e.Meeting(meeting.Draft) + "/door"); a.Status != 404 {
			e.t.Errorf("the door of a draft: %d", a.Status)
		}
		if a := e.As("secretary").Post("/meetings/"+e.Meeting(meeting.Sealed)+"/door", "projector", "on"); a.Status != 409 {
			e.t.Errorf("the door of a sealed meeting: %d", a.Status)
		}
	})
}

// TestFiftyPressesAreOne: fifty at once for one person make one act, on one device and
// on fifty.
func TestFiftyPressesAreOne(t *testing.T) {
	t.Parallel()
	evenings(t, func(e *evening) {
		e.open("projector")
		one, many := e.roll[0], e.roll[1]
		shared := e.phone().scanned()
		var all sync.WaitGroup
		for range 50 {
			other := e.phone().scanned()
			all.Go(func() { shared.check(one) })
			all.Go(func() { other.check(many) })
		}
		all.Wait()
		n, err := db.One[int](e.t.Context(), e.App.DB, `SELECT count(*) FROM act WHERE meeting_id = $1 AND kind = 'attendance'`, e.meeting.ID)
		if err != nil || n != 2 {
			e.t.Errorf("%d acts (%v), want 2", n, err)
		}
		for n, a := range e.acts() {
			if a.Seq != int64(n+1) {
				e.t.Fatalf("act %d has number %d", n+1, a.Seq)
			}
		}
	})
}

func (e *evening) acts() []proceedings.Act {
	e.t.Helper()
	acts, err := e.App.Rooms.Log(e.t.Context(), e.App.DB, e.meeting.Root, e.meeting.ID, 0)
	if err != nil {
		e.t.Fatal(err)
	}
	return acts
}
