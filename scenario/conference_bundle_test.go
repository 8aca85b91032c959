package scenario_test

import (
	"archive/zip"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"chibo/app/world/worldtest"
	"chibo/conference"
	"chibo/delegation"
	"chibo/feedback"
	"chibo/kit/audit"
	"chibo/meeting"
	"chibo/reception"
)

// Those who keep a conference take its file, and it stands in the log; nobody else gets it.
// What is there stands in the file, and what is not in its table of contents.
func TestTheFileOfAConference(t *testing.T) {
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		ctx, clerk := t.Context(), w.Person("clerk")
		x, y := openedConference(t, w)
		written(t, w, x)
		path := x.Path() + "/file.zip"
		for who, status := range map[string]int{"secretary": http.StatusForbidden, "member": http.StatusForbidden, "other secretary": http.StatusForbidden} {
			if a := w.As(who).Get(path); a.Status != status {
				t.Errorf("%s takes the file: %d", who, a.Status)
			}
		}
		if a := w.As("clerk").Get("/conferences/nowhere/file.zip"); a.Status != http.StatusNotFound {
			t.Error("a conference that is not:", a.Status)
		}
		names, contents := taken(t, w, path)
		if len(names) != 2 || !strings.Contains(contents, "Kế hoạch chưa được ban hành.") || !strings.Contains(contents, "Bàn đón tiếp chưa điểm danh ai.") {
			t.Errorf("an empty file has %v\n%s", names, contents)
		}

		issued(t, w, x)
		w.As("clerk").Sends(x.Path()+"/sittings/"+y.ID+"/programme", "content_1", "Sinh hoạt mẫu", "minutes_1", "90")
		held, err := w.App.Conferences.AddSitting(ctx, clerk, x.ID, conference.Sitting{
			Title: "Buổi đã họp", Kind: meeting.Ordinary, Host: y.Host, Meeting: w.Meeting(meeting.Sealed),
			StartsAt: y.StartsAt, EndsAt: y.StartsAt.Add(time.Hour), Venue: "Hội trường",
		})
		if err != nil {
			t.Fatal(err)
		}
		lines, err := conference.Categories(ctx, w.App.DB, x)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.App.Receptions.Write(ctx, clerk, x.ID, held.ID, reception.Event{Kind: reception.Came, Way: reception.WalkIn, Name: "Lý Thị Hoa", Unit: "Hội Khuyến học", Category: lines[0].ID, Desk: "Bàn 1"}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.App.Delegations.Enter(ctx, clerk, x.ID, delegation.Delegate{Category: lines[0].ID, Name: "Trần Thị Bưởi", Unit: "Hội Khuyến học"}); err != nil {
			t.Fatal(err)
		}
		w.As("clerk").Sends(x.Path() + "/delegates/issue")
		if err := w.App.Stagings.Lay(ctx, clerk, x.ID, held.ID); err != nil {
			t.Fatal(err)
		}
		round, err := w.App.Feedback.Open(ctx, clerk, x.ID, held.ID, feedback.Opening{OpensAt: worldtest.Now, ClosesAt: worldtest.Now.Add(24 * time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		w.As("stranger").Sends(round.Path(), "sending", strings.Repeat("x", 21), "chairing.limit.1", "Kết luận dài")
		names, contents = taken(t, w, path)
		got := strings.Join(names, " ")
		for _, want := range []string{
			`01-ke-hoach-so-01-kh-du\.docx`, `01-ke-hoach-so-01-kh-du\.pdf`, `02-chuong-trinh-\S+\.docx`, `\d\d-danh-sach-dai-bieu\.docx`, `\d\d-giay-moi-1\.pdf`, `\d\d-phan-cong-cong-tac-to-chuc\.xlsx`, `\d\d-diem-danh-buoi-da-hop\.pdf`, `\d\d-y-kien-gop-y-buoi-da-hop\.xlsx`, `\d\d-tong-hop-y-kien-gop-y-buoi-da-hop\.docx`, `00-muc-luc\.docx`, `00-muc-luc\.pdf`,
		} {
			if !regexp.MustCompile(want).MatchString(got) {
				t.Errorf("%s is missing in %s", want, got)
			}
		}
		for _, want := range []string{"Danh sách đại biểu", "Giấy mời (1)", "Phân công", "Kịch bản chưa được duyệt.", "Biên bản: Buổi đã họp", "góp ý", "Thẻ rút kinh nghiệm", "Hình ảnh", "Chi bộ thực hiện chưa chọn kỳ sinh hoạt mẫu."} {
			if !strings.Contains(contents, want) {
				t.Errorf("the table of contents does not say %q:\n%s", want, contents)
			}
		}
		// The committee reads the sealed minutes of its cells.
		names, _ = takenBy(t, w, "committee", path)
		if got := strings.Join(names, " "); !strings.Contains(got, "-bien-ban-buoi-da-hop.pdf") {
			t.Error("the committee gets", got)
		}
		deeds, err := audit.Of(ctx, w.App.DB, x.Root, x.ID)
		if err != nil || !slices.ContainsFunc(deeds, func(d audit.Entry) bool { return d.Action == "conference.bundle.taken" }) {
			t.Errorf("the log says %v, %v", deeds, err)
		}
	})
}

// taken is the file as the office takes it: the names in it, and its table of contents.
func taken(t *testing.T, w *worldtest.World, path string) (names []string, contents string) {
	t.Helper()
	return takenBy(t, w, "clerk", path)
}

func takenBy(t *testing.T, w *worldtest.World, who, path string) (names []string, contents string) {
	t.Helper()
	a := w.As(who).Get(path)
	if a.Status != http.StatusOK || a.Header.Get("Content-Type") != "application/zip" {
		t.Fatal(who, a.Status, a.Body)
	}
	z, err := zip.NewReader(strings.NewReader(a.Body), int64(len(a.Body)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		names = append(names, f.Name)
		data := read(t, f)
		if f.Name == "00-muc-luc.docx" {
			contents = wordsOf(t, data)
		}
		if kind := data[:4]; strings.HasSuffix(f.Name, ".pdf") && kind != "%PDF" || strings.HasSuffix(f.Name, "x") && kind != "PK\x03\x04" {
			t.Errorf("%s begins with %q", f.Name, kind)
		}
	}
	return names, contents
}

func read(t *testing.T, f *zip.File) string {
	t.Helper()
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(fmt.Errorf("%s: %w", f.Name, err))
	}
	return string(data)
}

// wordsOf are the words of a Word file.
func wordsOf(t *testing.T, data string) string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		if f.Name == "word/document.xml" {
			return regexp.MustCompile(`<[^>]*>`).ReplaceAllString(read(t, f), "")
		}
	}
	t.Fatal("no words")
	return ""
}
