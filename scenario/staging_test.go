package scenario_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"chibo/app/world/worldtest"
	"chibo/conference"
	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/pilot"
	"chibo/staging"
)

func TestDutiesAreLaidGivenAndTicked(t *testing.T) {
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		ctx, s, clerk, charged := t.Context(), w.App.Stagings, w.Person("clerk"), w.Person("member")
		x, y := openedConference(t, w)
		if err := s.Lay(ctx, clerk, x.ID, y.ID); err != nil {
			t.Fatal(err)
		}
		if err := s.Lay(ctx, clerk, x.ID, y.ID); !fault.Is(err, fault.Conflict) {
			t.Error("the standard list is laid twice:", err)
		}
		if err := s.Lay(ctx, w.Person("secretary"), x.ID, y.ID); !fault.Is(err, fault.NotFound) {
			t.Error("the host lays the list of the committee:", err)
		}
		own, err := s.Add(ctx, clerk, x.ID, staging.Duty{
			Sitting: y.ID, DueAt: worldtest.Now.Add(-time.Hour), What: "Mượn đàn", MemberRoot: charged.Root, Member: charged.Member,
		})
		if err != nil {
			t.Fatal(err)
		}
		if a := w.As("member").Get("/inbox"); !strings.Contains(a.Body, "Mượn đàn") {
			t.Error("who is in charge is not told")
		}
		if a := w.As("member").Get("/"); !strings.Contains(a.Body, "Mượn đàn") || !strings.Contains(a.Body, "Quá giờ") {
			t.Error("the home page of who is in charge does not say what is late")
		}
		stranger := w.Person("other member")
		own.MemberRoot, own.Member = stranger.Root, stranger.Member
		if err := s.Change(ctx, clerk, x.ID, own.ID, own); !fault.Is(err, fault.Invalid) {
			t.Error("somebody of a cell that has no part is put in charge:", err)
		}
		if err := s.Tick(ctx, w.Person("other secretary"), x.ID, own.ID, true); !fault.Is(err, fault.NotFound) {
			t.Error("a stranger ticks:", err)
		}
		if err := s.Tick(ctx, charged, x.ID, own.ID, true); err != nil {
			t.Fatal(err)
		}
		if a := w.As("member").Get("/"); strings.Contains(a.Body, "Mượn đàn") {
			t.Error("what is done still stands on the home page")
		}
		w.As("clerk").Sends(staging.Path(x.ID), "sitting", y.ID, "what", "Thuê phông", "charge", "Văn phòng", "day", y.StartsAt.Date().String(), "clock", "07:00")
		w.As("clerk").Reads(staging.Path(x.ID), "Thuê phông")
		moves(t, w, x, y)
	})
}

// moves moves the sitting by a day: what is open goes with it, what is done stays.
func moves(t *testing.T, w *worldtest.World, x conference.Conference, y conference.Sitting) {
	t.Helper()
	ctx, s, clerk := t.Context(), w.App.Stagings, w.Person("clerk")
	before, err := s.View(ctx, clerk, x.ID)
	if err != nil {
		t.Fatal(err)
	}
	y.StartsAt, y.EndsAt = y.StartsAt.Add(24*time.Hour), y.EndsAt.Add(24*time.Hour)
	if err := w.App.Conferences.ChangeSitting(ctx, clerk, x.ID, y.ID, y); err != nil {
		t.Fatal(err)
	}
	if err := s.Move(ctx, clerk, x.ID, y.ID); err != nil {
		t.Fatal(err)
	}
	after, err := s.View(ctx, clerk, x.ID)
	if err != nil {
		t.Fatal(err)
	}
	was := map[string]when.Instant{}
	for _, d := range before.Duties {
		was[d.ID] = d.DueAt
	}
	for _, d := range after.Duties {
		want := was[d.ID].Add(24 * time.Hour)
		if !d.DoneAt.IsZero() {
			want = was[d.ID]
		}
		if d.DueAt != want {
			t.Errorf("%s is due %s, want %s", d.What, d.DueAt, want)
		}
	}
}

// Who finds the duties of a conference: all of them the office and the committee, those of
// its sitting the host, one's own whoever is in charge; units that only send delegates and
// strangers find none.
func TestWhoFindsDuties(t *testing.T) {
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		ctx, s, clerk, charged := t.Context(), w.App.Stagings, w.Person("clerk"), w.Person("member")
		x, y := openedConference(t, w)
		sends := conference.Category{Title: "Cấp ủy các chi bộ", Source: conference.FromBases, Quota: 2}
		if _, err := w.App.Conferences.AddCategory(ctx, clerk, x.ID, sends); err != nil {
			t.Fatal(err)
		}
		due := y.StartsAt.Add(-time.Hour)
		if _, err := s.Add(ctx, clerk, x.ID, staging.Duty{Sitting: y.ID, DueAt: due, What: "Kê bàn ghế", Charge: "Ủy ban"}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Add(ctx, clerk, x.ID, staging.Duty{Sitting: y.ID, DueAt: due, What: "Hướng dẫn để xe", MemberRoot: charged.Root, Member: charged.Member}); err != nil {
			t.Fatal(err)
		}
		for _, k := range []struct {
			name     string
			status   int
			all, own bool
		}{
			{"clerk", http.StatusOK, true, true},
			{"committee", http.StatusOK, true, true},
			{"secretary", http.StatusOK, true, true},
			{"member", http.StatusOK, false, true},
			{"other member", http.StatusNotFound, false, false},
			{"other secretary", http.StatusNotFound, false, false},
		} {
			for _, page := range []string{staging.Path(x.ID), staging.Path(x.ID) + "/sheet.xlsx"} {
				if a := w.As(k.name).Get(page); a.Status != k.status {
					t.Errorf("%s: %s answers %d", k.name, page, a.Status)
				}
			}
			a := w.As(k.name).Get(staging.Path(x.ID))
			if all, own := strings.Contains(a.Body, "Kê bàn ghế"), strings.Contains(a.Body, "Hướng dẫn để xe"); all != k.all || own != k.own {
				t.Errorf("%s sees all: %t, what a member is in charge of: %t", k.name, all, own)
			}
		}
	})
}

// The office names who leads and writes the cards, the committee approves; the cards that
// are run are the approved ones, whatever is written afterwards, and it is said.
func TestTheApprovedScriptIsRun(t *testing.T) {
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		ctx, s, clerk, leads := t.Context(), w.App.Stagings, w.Person("clerk"), w.Person("member")
		x, y := openedConference(t, w)
		page := staging.ScriptPath(x.ID, y.ID)
		if a := w.As("member").Get(page); a.Status != http.StatusNotFound {
			t.Error("a member who has no part in it reads the script:", a.Status)
		}
		if err := s.Name(ctx, clerk, x.ID, y.ID, staging.Script{MemberRoot: leads.Root, Member: leads.Member}); err != nil {
			t.Fatal(err)
		}
		if err := s.Approve(ctx, w.Person("committee"), x.ID, y.ID); !fault.Is(err, fault.Conflict) {
			t.Error("a script without cards is approved:", err)
		}
		if err := s.Write(ctx, clerk, x.ID, y.ID); err != nil {
			t.Fatal(err)
		}
		if a := w.As("member").Get(page + "/run"); a.Status != http.StatusConflict {
			t.Error("cards are run that nobody has approved:", a.Status)
		}
		if err := s.Approve(ctx, clerk, x.ID, y.ID); !fault.Is(err, fault.NotFound) {
			t.Error("the office approves:", err)
		}
		if err := s.Approve(ctx, w.Person("committee"), x.ID, y.ID); err != nil {
			t.Fatal(err)
		}
		sheet, err := s.Sheet(ctx, clerk, x.ID, y.ID)
		if err != nil {
			t.Fatal(err)
		}
		k := sheet.Deck[0]
		k.Words = "Lời chưa duyệt"
		if err := s.PutCard(ctx, clerk, x.ID, y.ID, k); err != nil {
			t.Fatal(err)
		}
		k.ID, k.Position, k.Title = "", 2, "Văn nghệ"
		if err := s.PutCard(ctx, w.Person("secretary"), x.ID, y.ID, k); !fault.Is(err, fault.NotFound) {
			t.Error("the host writes the script of the committee:", err)
		}
		if err := s.PutCard(ctx, clerk, x.ID, y.ID, k); err != nil {
			t.Fatal(err)
		}
		run := w.As("member").Get(page + "/run")
		if run.Status != http.StatusOK || strings.Contains(run.Body, "Lời chưa duyệt") || strings.Contains(run.Body, "<h2>Văn nghệ") || !strings.Contains(run.Body, "chưa duyệt lại: Ổn định tổ chức; Văn nghệ") {
			t.Error("what is run is not what was approved, or it is not said:", run.Status)
		}
		for name, want := range map[string]int{"clerk": http.StatusOK, "secretary": http.StatusOK, "other secretary": http.StatusNotFound, "other member": http.StatusNotFound} {
			for _, to := range []string{page, page + "/run", page + "/paper/docx"} {
				if a := w.As(name).Get(to); a.Status != want {
					t.Errorf("%s: %s answers %d", name, to, a.Status)
				}
			}
		}
	})
}

// The committee has the contents of the meeting that is performed appraised item by item: the
// host answers what is to be changed, and only when all is agreed the script is approved.
func TestContentsAreAppraisedBeforeTheScript(t *testing.T) {
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		ctx, s, committee, host := t.Context(), w.App.Stagings, w.Person("committee"), w.Person("secretary")
		x, y := openedConference(t, w)
		page := staging.ScriptPath(x.ID, y.ID)
		w.As("committee").Refused(http.StatusConflict, page+"/appraisal", "appraisers", committee.Member)
		if err := w.App.Conferences.Meet(ctx, host, x.ID, y.ID, w.Meeting(meeting.Draft)); err != nil {
			t.Fatal(err)
		}
		if err := s.Write(ctx, w.Person("clerk"), x.ID, y.ID); err != nil {
			t.Fatal(err)
		}
		w.As("clerk").Refused(http.StatusForbidden, page+"/appraisal", "appraisers", committee.Member)
		w.As("committee").Refused(http.StatusUnprocessableEntity, page+"/appraisal")
		w.As("committee").Sends(page+"/appraisal", "appraisers", committee.Member)
		w.As("committee").Refused(http.StatusConflict, page+"/appraisal", "appraisers", committee.Member)
		w.As("committee").Refused(http.StatusConflict, page+"/approve")

		sheet, err := s.Sheet(ctx, host, x.ID, y.ID)
		if err != nil || !sheet.Appraisal.Asked || sheet.Appraisal.Path == "" || sheet.Appraisal.Of == 0 {
			t.Fatalf("the host finds %+v, %v", sheet.Appraisal, err)
		}
		w.As("secretary").Sends(sheet.Appraisal.Path + "/submit")
		judge := func(change bool) {
			t.Helper()
			f, err := w.App.Pilots.View(ctx, committee, strings.TrimPrefix(sheet.Appraisal.Path, "/pilots/"))
			if err != nil {
				t.Fatal(err)
			}
			verdicts := map[string]pilot.Verdict{}
			for n, i := range f.Items {
				switch {
				case i.Standing == pilot.Agreed:
				case n == 0 && change:
					verdicts[i.ID] = pilot.Verdict{Kind: pilot.Change, Text: "Nêu rõ hai việc trọng tâm."}
				default:
					verdicts[i.ID] = pilot.Verdict{Kind: pilot.Agree}
				}
			}
			if err := w.App.Pilots.Appraise(ctx, committee, f.ID, verdicts); err != nil {
				t.Fatal(err)
			}
		}
		judge(true)
		w.As("committee").Refused(http.StatusConflict, page+"/approve")
		w.As("clerk").Reads(page, "Chờ chi bộ sửa")
		items, err := meeting.Items(ctx, w.App.DB, host.Root, w.Meeting(meeting.Draft))
		if err != nil {
			t.Fatal(err)
		}
		if err := w.App.Pilots.Submit(ctx, host, strings.TrimPrefix(sheet.Appraisal.Path, "/pilots/"), map[string]string{items[0].ID: "Đã nêu hai việc."}); err != nil {
			t.Fatal(err)
		}
		judge(false)
		w.As("clerk").Reads(page, "Đã thẩm định")
		w.As("committee").Sends(page + "/approve")
	})
}

// A rehearsal is set, timed and concluded; what is to be changed are duties of the list, and
// its record keeps them whatever becomes of them.
func TestASittingIsRehearsed(t *testing.T) {
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		ctx, s, clerk, host := t.Context(), w.App.Stagings, w.Person("clerk"), w.Person("secretary")
		x, y := openedConference(t, w)
		script := staging.ScriptPath(x.ID, y.ID)
		set := []string{"day", worldtest.Now.Date().String(), "clock", "00:00", "place", "Hội trường", "chair", "Lê Văn Thảo", "people", "Chi ủy\nVăn phòng"}
		w.As("secretary").Refused(http.StatusForbidden, script+"/rehearsals", set...)
		w.As("clerk").Refused(http.StatusUnprocessableEntity, script+"/rehearsals", "place", "Hội trường")
		w.As("clerk").Sends(script+"/rehearsals", set...)
		if a := w.As("secretary").Get("/inbox"); !strings.Contains(a.Body, "Mời đồng chí dự tổng duyệt") {
			t.Error("the host is not told of the rehearsal")
		}
		find := func() staging.Rehearsal {
			t.Helper()
			sheet, err := s.Sheet(ctx, clerk, x.ID, y.ID)
			if err != nil || len(sheet.Rehearsals) != 1 {
				t.Fatal(sheet.Rehearsals, err)
			}
			return sheet.Rehearsals[0]
		}
		page := find().Path()
		w.As("clerk").Refused(http.StatusConflict, page+"/times")
		if err := s.Write(ctx, clerk, x.ID, y.ID); err != nil {
			t.Fatal(err)
		}
		sheet, err := s.Sheet(ctx, clerk, x.ID, y.ID)
		if err != nil {
			t.Fatal(err)
		}
		first, second := sheet.Deck[0], sheet.Deck[1]
		w.As("clerk").Refused(http.StatusConflict, page+"/conclude", "outcome", "passed")
		w.As("clerk").Refused(http.StatusUnprocessableEntity, page+"/times", "took_"+first.ID, "nhanh")
		w.As("clerk").Sends(page+"/times", "took_"+first.ID, "9", "took_"+second.ID, "4")
		w.As("clerk").Reads(page, "Thực tế 13 phút, dự kiến 10 phút.")
		if err := s.DropCard(ctx, clerk, x.ID, y.ID, second.ID); err != nil {
			t.Fatal(err)
		}
		w.As("clerk").Reads(page, "Thực tế 13 phút") // a card that was dropped later was still run through
		w.As("clerk").Refused(http.StatusUnprocessableEntity, page+"/conclude", "outcome", "again")
		due := y.StartsAt.Date().AddDays(-1)
		remark := []string{"what", "Rút lời dẫn còn hai phút", "person", host.Root + "/" + host.Member, "day", due.String(), "clock", "16:00"}
		w.As("clerk").Refused(http.StatusUnprocessableEntity, page+"/remarks", append(remark, "card", "không có")...)
		w.As("clerk").Sends(page+"/remarks", append(remark, "card", first.ID)...)
		w.As("secretary").Reads(staging.Path(x.ID), "Rút lời dẫn còn hai phút")
		w.As("clerk").Refused(http.StatusConflict, page+"/drop")
		w.As("clerk").Sends(page+"/conclude", "outcome", "again", "words", "Làm lại phần mở đầu")
		w.As("clerk").Refused(http.StatusConflict, page+"/times", "took_"+first.ID, "5")
		all, err := s.View(ctx, clerk, x.ID)
		if err != nil || len(all.Duties) != 1 {
			t.Fatal(all.Duties, err)
		}
		if err := s.Remove(ctx, clerk, x.ID, all.Duties[0].ID); err != nil {
			t.Fatal(err)
		}
		if r := find(); len(r.Runs) != len(sheet.Deck) || len(r.Runs[0].Remarks) != 1 || r.Runs[0].Remarks[0].Charge != host.Name || r.Outcome != staging.Again {
			t.Errorf("the record is %+v", r)
		}
		w.As("secretary").Reads(page, "Rút lời dẫn còn hai phút – "+host.Name)
		w.As("secretary").Reads(x.Path(), "Cần duyệt lại")
		for name, want := range map[string]int{"clerk": http.StatusOK, "secretary": http.StatusOK, "other secretary": http.StatusNotFound, "member": http.StatusNotFound} {
			for _, to := range []string{page, page + "/paper/docx"} {
				if a := w.As(name).Get(to); a.Status != want {
					t.Errorf("%s: %s answers %d", name, to, a.Status)
				}
			}
		}
	})
}

// A sitting that was prepared is removed with what was prepared for it.
func TestASittingIsRemovedWithWhatWasPrepared(t *testing.T) {
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		ctx, s, clerk := t.Context(), w.App.Stagings, w.Person("clerk")
		x, y := openedConference(t, w)
		if err := s.Lay(ctx, clerk, x.ID, y.ID); err != nil {
			t.Fatal(err)
		}
		if err := s.Write(ctx, clerk, x.ID, y.ID); err != nil {
			t.Fatal(err)
		}
		if err := s.Name(ctx, clerk, x.ID, y.ID, staging.Script{Master: "Trần Thị Bưởi"}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Rehearse(ctx, clerk, x.ID, y.ID, staging.Rehearsal{StartsAt: worldtest.Now, Place: "Hội trường"}); err != nil {
			t.Fatal(err)
		}
		w.As("clerk").Sends(x.Path() + "/sittings/" + y.ID + "/remove")
		work, err := s.View(ctx, clerk, x.ID)
		if err != nil || len(work.Duties)+len(work.Sittings) > 0 {
			t.Errorf("%d duties and %d sittings are left, %v", len(work.Duties), len(work.Sittings), err)
		}
	})
}
