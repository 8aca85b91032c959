package e2e

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"chibo/conference"
	"chibo/e2e/browser"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/staging"
)

// TestASittingIsMadeReady: the office lays the standard list and names a master of
// ceremonies, a duty is ticked on a phone, the committee approves the script, and its cards
// are turned by keyboard and stand where they were after a reload.
func TestASittingIsMadeReady(t *testing.T) {
	t.Parallel()
	w, in, seen := ward(t)
	ctx, clerk := t.Context(), w.Person("clerk")
	x, err := w.App.Conferences.Open(ctx, clerk, conference.Conference{Organization: w.Account("clerk").Organization, Title: "Hội nghị mẫu"})
	if err != nil {
		t.Fatal(err)
	}
	start := when.At(w.App.Now()).Date().AddDays(30).At(8, 0)
	y, err := w.App.Conferences.AddSitting(ctx, clerk, x.ID, conference.Sitting{
		Title: "Sinh hoạt chi bộ thường kỳ mẫu", Kind: meeting.Ordinary, Host: w.Account("secretary").Organization, StartsAt: start, EndsAt: start.Add(3 * time.Hour), Venue: "Hội trường",
	})
	if err != nil {
		t.Fatal(err)
	}
	office := in("clerk", browser.Desk)
	office.Go(x.Path())
	office.Press("Mở bảng phân công")
	office.Send("Lập danh mục mẫu")
	office.See("Tổng duyệt")
	seen.look(t, office, office.At())
	office.Go(staging.ScriptPath(x.ID, y.ID))
	office.Type("Hoặc ghi tên", "Trần Thị Bưởi")
	office.Send("Lưu")
	office.Send("Soạn thẻ từ chương trình")
	office.See("Đại biểu góp ý")

	phone := in("secretary", browser.Phone)
	phone.Go(staging.Path(x.ID))
	phone.In("Tổng duyệt").Send("Xong")
	phone.See("Đã đánh dấu xong")

	committee := in("committee", browser.Desk)
	committee.Go(staging.ScriptPath(x.ID, y.ID))
	committee.Send("Duyệt kịch bản")
	committee.See("Duyệt lần 1")
	committee.Press("Mở thẻ dẫn")
	committee.Arrive()
	committee.See("Ổn định tổ chức")
	committee.Key(kb.ArrowRight)
	committee.Wait("the second card", `document.querySelector(".cue:not(.off) h2").textContent === "Chào cờ"`)
	committee.Press("Tiếp")
	committee.Wait("the third card", `document.querySelector(".cue:not(.off) h2").textContent.startsWith("Tuyên bố")`)
	committee.Press("Bắt đầu")
	committee.Wait("the clock", `document.getElementById("cues-clock").textContent.includes("10:00")`)
	committee.Go(committee.At())
	committee.Wait("the card after a reload", `document.querySelector(".cue:not(.off) h2").textContent.startsWith("Tuyên bố")`)
}
