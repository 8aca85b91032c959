package e2e

import (
	"testing"
	"time"

	"chibo/app/world/worldtest"
	"chibo/conference"
	"chibo/delegation"
	"chibo/e2e/browser"
	"chibo/meeting"
)

// TestFromANameToASeat: a unit names its delegates on a phone, from the roll and by hand; the
// office issues the invitations and seats everybody; one delegate, who has no account, opens
// the invitation by its code and says that they cannot come; the unit names another.
func TestFromANameToASeat(t *testing.T) {
	t.Parallel()
	w, in, seen := ward(t)
	x := staged(t, w)
	phone := in("secretary", browser.Phone)
	phone.Go("/")
	phone.Press(x.Title)
	unit := phone.At()
	phone.Type("Tìm trong danh sách đảng viên", w.Account("member").FullName)
	phone.Send("Tìm")
	phone.Send("Cử")
	phone.See("Đã cử 1/2 đồng chí")
	phone.Press("Tự ghi tên người được cử")
	phone.Type("Họ và tên", "Lý Thị Gõ Tay")
	phone.Type("Chức vụ", "Chi ủy viên")
	phone.Send("Cử người này")
	phone.See("Đã cử 2/2 đồng chí")
	seen.look(t, phone, unit)

	office := in("clerk", browser.Desk)
	office.Go(x.Path())
	office.Press("Mở danh sách đại biểu")
	board := office.At()
	office.Press("Phát hành 2 giấy mời")
	office.Send("Phát hành")
	office.See("Đã phát hành 2 giấy mời.")
	seen.look(t, office, board)
	office.Resize(browser.Desk)
	office.Go(board)
	office.Press("Buổi mẫu")
	office.Type("Tên khối", "A")
	office.Type("Số hàng", "2")
	office.Type("Số ghế mỗi hàng", "5")
	office.Send("Thêm khối")
	office.Send("Xếp chỗ cho người chưa có")
	office.See("Đã xếp 2 chỗ")
	seen.look(t, office, office.At())

	all, err := delegation.Standing(t.Context(), w.App.DB, x)
	if err != nil {
		t.Fatal(err)
	}
	invitation := ""
	for _, d := range all {
		if d.Name == "Lý Thị Gõ Tay" {
			invitation = d.Invitation()
		}
	}
	guest := browser.New(t, browser.Run[string](office, `location.origin`), browser.Phone)
	guest.Go(invitation)
	guest.See("Hội trường phường, 12 Bến Nước")
	guest.See("A-1-")
	guest.Tick("Tôi không dự được")
	guest.Send("Gửi trả lời")
	guest.See("Hãy ghi lý do không dự được.")
	guest.Type("Lý do không dự được", "Đi công tác")
	guest.Type("Người đề nghị đi thay", "Hồ Đi Thay")
	guest.Send("Gửi trả lời")
	guest.See("Đã trả lời")
	seen.look(t, guest, invitation)

	phone.Resize(browser.Phone)
	phone.Go(unit)
	phone.See("Không dự được: Đi công tác.")
	phone.Press("Lý Thị Gõ Tay")
	phone.Send("Cử người thay")
	phone.See("Hồ Đi Thay")
	phone.See("Thay cho")
	seen.look(t, phone, phone.At())
	guest.Resize(browser.Phone)
	guest.Go(invitation)
	guest.See("không còn hiệu lực")
}

// staged is a conference of the ward to which every cell sends two.
func staged(t *testing.T, w *worldtest.World) conference.Conference {
	t.Helper()
	ctx, clerk, s, today := t.Context(), w.Person("clerk"), w.App.Conferences, worldtest.Now.Date()
	x, err := s.Open(ctx, clerk, conference.Conference{Organization: w.Account("clerk").Organization, Title: "Hội nghị sinh hoạt chi bộ mẫu", NamesBy: today.AddDays(10)})
	if err != nil {
		t.Fatal(err)
	}
	start := today.AddDays(30).At(8, 0)
	if _, err := s.AddSitting(ctx, clerk, x.ID, conference.Sitting{
		Title: "Buổi mẫu", Kind: meeting.Ordinary, Host: w.Account("other secretary").Organization,
		StartsAt: start, EndsAt: start.Add(3 * time.Hour), Venue: "Hội trường phường", Address: "12 Bến Nước",
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddCategory(ctx, clerk, x.ID, conference.Category{Title: "Cấp ủy các chi bộ", Source: conference.FromCells, Quota: 2}); err != nil {
		t.Fatal(err)
	}
	return x
}
