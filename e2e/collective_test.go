package e2e

import (
	"strings"
	"testing"
	"time"

	"chibo/e2e/browser"
)

// TestAUnionMeetingOnOneTelephone writes down the people of a trade union, opens its meeting
// from the home page, loses the network in the middle of it and ends with sealed minutes
// that name no Party.
func TestAUnionMeetingOnOneTelephone(t *testing.T) {
	t.Parallel()
	h := newHall(t)
	h.Go("/")
	h.Press("Mục khác")
	h.Press("Họp chuyên môn, công đoàn")
	h.See("không phải sinh hoạt chi bộ")
	h.In("Họp công đoàn").Press("Ghi tên và danh sách")
	h.Type("Tên ở đầu biên bản", "Công đoàn Trường Sông Xanh")
	h.Type("Cấp trên", "Công đoàn phường Sông Xanh")
	h.Type("Người dự họp", "Phùng Thị Lan, Tổ trưởng tổ Toán\nÂu Dương Minh, Kế toán\nMạc Văn Ký")
	h.Send("Lưu")
	h.See("Đã lưu tên và danh sách")
	h.In("Họp công đoàn").Press("Mở cuộc họp")
	h.Type("Thời gian", time.Now().In(time.FixedZone("", 7*3600)).Format("2006-01-02T15:04"))
	h.Choose("Chủ trì", "Phùng Thị Lan · Tổ trưởng tổ Toán")
	h.Choose("Thư ký", "Mạc Văn Ký")
	h.Send("Mở cuộc họp")
	h.See("Đã mở cuộc họp")
	h.meeting = h.At()[strings.LastIndex(h.At(), "/")+1:]
	h.Go("/")
	h.Press("Họp công đoàn tháng")
	h.Press("Vào phòng họp")
	h.ready()
	h.Press("Khai mạc cuộc họp")
	h.See("Đang họp")
	h.Press("Điểm danh")
	for _, name := range []string{"Phùng Thị Lan", "Âu Dương Minh", "Mạc Văn Ký"} {
		h.Press("Có mặt: " + name)
		h.See("Vừa ghi: " + name)
	}
	h.Press("Ghi chép")
	h.next()
	h.next()
	h.delivered()
	h.server.Kill()
	h.say("Đề nghị thăm đoàn viên ốm")
	h.count("Trích quỹ thăm hỏi")
	h.give("Thăm đoàn viên ốm")
	h.Miss("Bầu chi ủy")
	h.Miss("Đảng phí")
	h.server.Again()
	h.delivered()
	h.Press("Bế mạc cuộc họp")
	h.Press("Bế mạc cuộc họp")
	h.See("Cuộc họp đã bế mạc")
	h.delivered()
	h.Go("/meetings/" + h.meeting + "/minutes")
	h.Press("Đọc lại trước cuộc họp")
	of := browser.Run[int](h.Page, `Number(document.body.innerText.match(/Đoạn 1\/(\d+)/)[1])`)
	for range of - 1 {
		h.Press("Đoạn sau")
	}
	h.Press("Đã đọc xong")
	h.Type("Tán thành", "3")
	h.Press("Ghi cuộc họp đã thông qua")
	h.Press("Niêm phong biên bản")
	h.See("Niêm phong ngay?")
	h.Press("Niêm phong biên bản")
	h.See("đã niêm phong")
	paper := docxText(t, h.Fetch("Word"))
	for _, want := range []string{"CÔNG ĐOÀN TRƯỜNG SÔNG XANH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Thăm đoàn viên ốm", "3 người tán thành"} {
		if !strings.Contains(paper, want) {
			t.Errorf("the minutes lack %q:\n%s", want, paper)
		}
	}
	for _, never := range []string{"ảng viên", "hi bộ", "ĐẢNG"} {
		if strings.Contains(paper, never) {
			t.Errorf("the minutes of a union say %q:\n%s", never, paper)
		}
	}
}
