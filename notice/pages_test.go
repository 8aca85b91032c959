package notice_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/meeting"
	"chibo/member"
	"chibo/notice"
)

var openForm = regexp.MustCompile(`action="(/inbox/[0-9a-f-]+/open)"`)

func TestInboxLeadsToWhatItSpeaksOf(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		v := w.As("probationary")
		inbox := v.Get("/inbox")
		found := openForm.FindStringSubmatch(inbox.Body)
		if inbox.Status != http.StatusOK || found == nil || !strings.Contains(inbox.Body, "mới") {
			t.Fatalf("%d %s", inbox.Status, inbox.Body)
		}
		if said := regexp.MustCompile(`Mời dự [^<]*`).FindString(inbox.Body); !regexp.MustCompile(`: \d\d giờ \d\d ngày \d\d/`).MatchString(said) {
			t.Errorf("the hour is not written as on the pages: %s", said)
		}
		if a := w.As("other member").Post(found[1]); a.Status != http.StatusNotFound {
			t.Errorf("somebody else's notice: %d", a.Status)
		}
		opened := v.Post(found[1])
		if opened.Status != http.StatusSeeOther || !strings.HasPrefix(opened.Location(), "/meetings/") {
			t.Errorf("%d to %s", opened.Status, opened.Location())
		}
		if a := v.Post("/inbox/read"); a.Status != http.StatusSeeOther {
			t.Errorf("read all: %d", a.Status)
		}
		if a := v.Get("/inbox"); !strings.Contains(a.Body, "Đã đọc hết") {
			t.Errorf("still unread: %s", a.Body)
		}
	})
}

// TestOpeningTicks follows a notice of a meeting to the list of who was told.
func TestOpeningTicks(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		root := w.Person("member").Root
		notices, err := meeting.Notices(t.Context(), w.App.DB, root, w.Meeting(meeting.Noticed))
		if err != nil || len(notices) == 0 {
			t.Fatal(err)
		}
		told := func() bool {
			ticks, err := notice.Ticks(t.Context(), w.App.DB, root, notices[0].ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, tick := range ticks {
				if tick.Member == w.Account("member").Member && tick.Way == notice.App {
					return true
				}
			}
			return false
		}
		if told() {
			t.Fatal("ticked before it was opened")
		}
		w.As("member").Post("/inbox/read")
		if !told() {
			t.Error("opened and not ticked")
		}
	})
}

var feedAddress = regexp.MustCompile(`http://[^"]+(/calendar/[a-z0-9]+\.ics)`)

func TestFeedOfAPhone(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		v, phone := w.As("member"), w.As("stranger")
		v.Post("/inbox/calendar")
		found := feedAddress.FindStringSubmatch(v.Get("/inbox").Body)
		if found == nil {
			t.Fatal("no address on the page")
		}
		feed := phone.Get(found[1])
		if feed.Status != http.StatusOK || !strings.HasPrefix(feed.Header.Get("Content-Type"), "text/calendar") {
			t.Fatalf("%d %v", feed.Status, feed.Header)
		}
		if !strings.Contains(feed.Body, "BEGIN:VEVENT") || !strings.Contains(feed.Body, w.Meeting(meeting.Noticed)) {
			t.Errorf("the next meeting is not there:\n%s", feed.Body)
		}
		if strings.Contains(feed.Body, w.Meeting(meeting.Draft)) || strings.Contains(feed.Body, "rác") {
			t.Errorf("says too much:\n%s", feed.Body)
		}
		for _, path := range []string{"/calendar/x.ics", strings.TrimSuffix(found[1], ".ics"), found[1] + ".ics"} {
			if a := phone.Get(path); a.Status != http.StatusNotFound {
				t.Errorf("%s: %d", path, a.Status)
			}
		}
		v.Post("/inbox/calendar/revoke")
		if a := phone.Get(found[1]); a.Status != http.StatusNotFound {
			t.Errorf("revoked: %d", a.Status)
		}
	})
}

// TestFeedEndsWithTheRoll keeps a phone from following a cell its owner has left.
func TestFeedEndsWithTheRoll(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		v := w.As("member")
		v.Post("/inbox/calendar")
		found := feedAddress.FindStringSubmatch(v.Get("/inbox").Body)
		if found == nil {
			t.Fatal("no address on the page")
		}
		a := w.Account("member")
		gone := member.Record{Organization: a.Organization, Member: a.Member, From: worldtest.Now.Date(), Standing: member.Removed}
		if err := w.App.Members.Record(t.Context(), w.Person("secretary"), gone); err != nil {
			t.Fatal(err)
		}
		if a := w.As("stranger").Get(found[1]); a.Status != http.StatusNotFound {
			t.Errorf("%d %s", a.Status, a.Body)
		}
	})
}
