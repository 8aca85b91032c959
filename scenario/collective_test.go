package scenario_test

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/collective"
	"chibo/kit/db"
	"chibo/kit/id"
	"chibo/library"
	"chibo/meeting"
)

// lan and minh are people of the union who are no members of the Party.
const (
	lan  = "Phùng Thị Lan"
	minh = "Âu Dương Minh"
)

// union lets a cell list its trade union and lay out a meeting of it, and returns the id of
// the meeting and the people.
func union(t *testing.T, w *worldtest.World, who string) (string, []collective.Person) {
	t.Helper()
	cell := w.Account(who).Organization
	w.As(who).Sends("/collectives/people", "unit", cell, "kind", "union", "name", "Công đoàn Trường Sông Xanh", "superior", "Công đoàn phường Sông Xanh",
		"people", lan+", Tổ trưởng tổ Toán\n"+minh+"\tKế toán\nMạc Văn Ký")
	page := w.As(who).Sends("/collectives", "unit", cell, "kind", "union", "title", "Họp công đoàn tháng 12/2026", "starts_at", "2026-12-01T08:00",
		"place", "Phòng hội đồng", "agenda", "Tuyên bố lý do\nQuyên góp áo ấm\nKết luận")
	m := strings.TrimPrefix(page, "/collectives/meetings/")
	home, _ := w.Person(who).Home()
	people, err := collective.People(t.Context(), w.App.DB, home.Root, cell, meeting.Union)
	if err != nil || len(people) != 3 {
		t.Fatalf("%d people, %v", len(people), err)
	}
	return m, people
}

// enters sends a form of the room that must be taken.
func enters(t *testing.T, w *worldtest.World, who, m, kind string, fields ...string) string {
	t.Helper()
	act := id.New()
	w.As(who).Sends("/rooms/"+m+"/form/"+kind, append([]string{"act", act}, fields...)...)
	return act
}

// TestAUnionMeetingIsWrittenDown follows a meeting beside the cell from the list of its people
// to its sealed minutes, and the next one, which finds what it has left.
func TestAUnionMeetingIsWrittenDown(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		x := sceneOf(t, w)
		m, people := union(t, w, "secretary")
		if people[0].Name != "Mạc Văn Ký" || people[1].Name != lan || people[1].Office != "Tổ trưởng tổ Toán" || people[2].Office != "Kế toán" {
			t.Errorf("people are %v", people)
		}
		x.see("secretary", "/collectives/meetings/"+m, "Quyên góp áo ấm", "Vào phòng họp", "3 người")
		x.see("minute-taker", "/", "Họp chuyên môn, công đoàn", "Họp công đoàn tháng 12/2026")
		x.see("minute-taker", "/rooms/"+m, lan, "người dự họp", "!đảng viên", "!chi bộ", "!Bầu chi ủy", "!Đảng phí", "!đảng phí")
		chair, taker := people[1].ID, people[2].ID
		enters(t, w, "minute-taker", m, "open", "chair", chair, "minute_taker", taker)
		for _, p := range people {
			enters(t, w, "minute-taker", m, "attendance", "member", p.ID, "status", "present")
		}
		x.see("secretary", "/rooms/"+m, "3/3", "!đảng viên", "!Chi bộ")
		items, err := meeting.Items(t.Context(), w.App.DB, x.root, m)
		x.must(err)
		enters(t, w, "minute-taker", m, "item.start", "item", items[1].ID)
		opinion := enters(t, w, "minute-taker", m, "opinion", "item", items[1].ID, "speaker", people[0].ID, "stance", "propose", "text", "Góp thêm sách vở")
		w.As("minute-taker").Refused(http.StatusConflict, "/rooms/"+m+"/form/destiny", "act", id.New(), "opinion", opinion, "fate", "passed_up", "text", "Kiến nghị")
		w.As("minute-taker").Refused(http.StatusConflict, "/rooms/"+m+"/form/dues", "act", id.New(), "paid", "3", "owing", "0")
		w.As("minute-taker").Refused(http.StatusConflict, "/rooms/"+m+"/form/vote.open", "act", id.New(), "question", "Bầu?", "matter", "resolution", "method", "ballot")
		enters(t, w, "minute-taker", m, "destiny", "opinion", opinion, "fate", "conclusion")
		vote := enters(t, w, "minute-taker", m, "vote.open", "question", "Góp mỗi người một ngày lương", "matter", "resolution", "item", items[1].ID)
		enters(t, w, "minute-taker", m, "vote.count", "vote", vote, "for", "2", "against", "1")
		enters(t, w, "minute-taker", m, "vote.close", "vote", vote)
		enters(t, w, "minute-taker", m, "task", "title", "Nhận và chuyển áo ấm", "owners", taker, "due", "2026-12-20", "item", items[1].ID)
		enters(t, w, "minute-taker", m, "conclude", "text", "Quyên góp trước ngày 20/12", "item", items[1].ID)
		enters(t, w, "minute-taker", m, "close")
		page := "/meetings/" + m + "/minutes"
		x.see("minute-taker", page, "CÔNG ĐOÀN TRƯỜNG SÔNG XANH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "2/3 người có mặt, đạt 66,7%",
			"Cuộc họp tiếp thu, đưa vào kết luận", "Cuộc họp phân công nhiệm vụ như sau", "Tổ trưởng tổ Toán", "!ĐẢNG CỘNG SẢN", "!đảng viên", "!Chi bộ tiếp thu", "!Mã riêng")
		enters(t, w, "minute-taker", m, "readback")
		w.As("minute-taker").Sends(page+"/adopt", "for", "3", "against", "0")
		w.As("minute-taker").Sends(page+"/seal", "sign_for", "")
		x.see("minute-taker", page, "đã niêm phong")
		if a := w.As("minute-taker").Get("/meetings/" + m + "/minutes.pdf"); a.Status != http.StatusOK || !strings.HasPrefix(a.Body, "%PDF") {
			t.Errorf("the sealed paper: %d", a.Status)
		}
		w.As("minute-taker").Refused(http.StatusConflict, "/collectives/meetings/"+m+"/drop")

		next := strings.TrimPrefix(w.As("secretary").Sends("/collectives", "unit", x.cell, "kind", "union", "title", "Họp công đoàn tháng 1/2027",
			"starts_at", "2027-01-05T08:00", "agenda", "Việc đã giao\nViệc mới"), "/collectives/meetings/")
		enters(t, w, "secretary", next, "open", "chair", chair, "minute_taker", taker)
		x.see("secretary", "/rooms/"+next, "Nhận và chuyển áo ấm")
	})
}

// TestATitleFollowsItsMonth: a meeting that moves to another month is called by that one, unless somebody has given it
// a title of their own.
func TestATitleFollowsItsMonth(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		x := sceneOf(t, w)
		m, people := union(t, w, "secretary")
		edit := "/collectives/meetings/" + m + "/edit"
		plan := func(title, start string) []string {
			return []string{"title", title, "starts_at", start, "place", "Phòng hội đồng", "agenda", "Một việc"}
		}
		w.As("secretary").Sends(edit, plan("Họp công đoàn tháng 12/2026", "2027-01-05T08:00")...)
		x.see("secretary", "/collectives/meetings/"+m, "Họp công đoàn tháng 1/2027", "!tháng 12/2026")
		w.As("secretary").Sends(edit, plan("Hội nghị công đoàn cuối năm", "2027-01-05T08:00")...)
		w.As("secretary").Sends(edit, plan("Hội nghị công đoàn cuối năm", "2026-12-29T08:00")...)
		x.see("secretary", "/collectives/meetings/"+m, "Hội nghị công đoàn cuối năm")
		w.As("secretary").Refused(http.StatusUnprocessableEntity, edit, append(plan("Họp", "2026-12-29T08:00"), "chair", people[0].ID, "minute_taker", people[0].ID)...)
	})
}

// ids are what differs between two readings of one page.
var ids = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)

// apart are the lines of two pages that differ.
func apart(before, after string) string {
	was := strings.Split(strings.ReplaceAll(before, ">", ">\n"), "\n")
	return strings.Join(slices.DeleteFunc(strings.Split(strings.ReplaceAll(after, ">", ">\n"), "\n"), func(line string) bool { return slices.Contains(was, line) }), "\n")
}

// TestMeetingsBesideTheCellLeaveNoTrace: whatever the pages of the cell and of those above it
// say, they say after the union has met; and nobody sees its meeting but those who hold the
// meetings of the cell.
func TestMeetingsBesideTheCellLeaveNoTrace(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		x := sceneOf(t, w)
		pages := map[string][]string{
			"secretary": {
				"/meetings", "/meetings/new?cell=" + x.cell, "/minutes/" + x.cell, "/tasks", "/matters", "/quality/" + x.cell + "/2026", "/briefings", "/themes", "/ratings", "/notebook", "/years/" + x.cell + "/2026", "/lookup?q=quyên+góp",
				"/numbers/" + x.cell, "/study", "/lessons", "/members", "/visits", "/care",
			},
			"member":    {"/", "/meetings", "/minutes/" + x.cell, "/tasks", "/notebook", "/me/data", "/inbox"},
			"committee": {"/", "/board", "/visits", "/meetings/cells", "/scores", "/digests", "/matters"},
			"clerk":     {"/", "/board", "/digests", "/meetings/cells"},
		}
		read := func() map[string]string {
			said := map[string]string{}
			for who, paths := range pages {
				for _, path := range paths {
					a := w.As(who).Get(path)
					if a.Status != http.StatusOK {
						t.Errorf("%s %s: %d", who, path, a.Status)
					}
					said[who+" "+path] = ids.ReplaceAllString(a.Body, "")
				}
			}
			return said
		}
		read() // looks are written down at the first reading
		before := read()
		m, people := union(t, w, "secretary")
		enters(t, w, "secretary", m, "open", "chair", people[0].ID, "minute_taker", people[1].ID)
		for _, p := range people {
			enters(t, w, "secretary", m, "attendance", "member", p.ID, "status", "present")
		}
		enters(t, w, "secretary", m, "opinion", "speaker", people[2].ID, "stance", "agree", "text", "Nhất trí quyên góp")
		enters(t, w, "secretary", m, "task", "title", "Quyên góp", "owners", people[0].ID, "due", "2026-12-20")
		enters(t, w, "secretary", m, "commend", "member", people[0].ID, "form", "praise", "text", "Nhiệt tình")
		enters(t, w, "secretary", m, "conclude", "text", "Quyên góp")
		enters(t, w, "secretary", m, "close")
		enters(t, w, "secretary", m, "readback")
		w.As("secretary").Sends("/meetings/"+m+"/minutes/adopt", "for", "3", "against", "0")
		w.As("secretary").Sends("/meetings/"+m+"/minutes/seal", "sign_for", "")
		for at, said := range read() {
			if said != before[at] {
				t.Errorf("%s has changed:\n%s", at, apart(before[at], said))
			}
		}
		home, _ := w.Person("secretary").Home()
		for who, opens := range map[string]bool{"secretary": true, "minute-taker": true, "member": false, "committee": false} {
			err := meeting.Gate(t.Context(), w.App.DB, w.Person(who), home.Path, library.Use{Kind: meeting.FileUse, Subject: m})
			if (err == nil) != opens {
				t.Errorf("the pictures of the meeting for the %s: %v", who, err)
			}
		}
		for _, who := range []string{"member", "probationary", "committee", "clerk", "administrator", "other secretary"} {
			for _, path := range []string{"/collectives/meetings/" + m, "/rooms/" + m, "/rooms/" + m + "/acts", "/screens/" + m, "/phones/" + m, "/meetings/" + m, "/meetings/" + m + "/minutes", "/meetings/" + m + "/minutes.pdf"} {
				if a := w.As(who).Get(path); a.Status != http.StatusNotFound && a.Status != http.StatusForbidden || strings.Contains(a.Body, lan) {
					t.Errorf("%s at %s: %d", who, path, a.Status)
				}
			}
		}
		rows, err := db.One[int](t.Context(), w.App.DB, `SELECT (SELECT count(*) FROM task WHERE meeting_id = $1) + (SELECT count(*) FROM room_voice WHERE meeting_id = $1)`, m)
		if err != nil || rows != 0 {
			t.Errorf("%d rows of the cell's ledgers speak of the meeting, %v", rows, err)
		}
	})
}
