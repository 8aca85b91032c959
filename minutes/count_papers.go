//go:build !js

package minutes

import (
	"fmt"
	"strconv"

	"chibo/document"
)

// countDoc lays out the minutes of a count. They carry no number: the team that
// counts keeps no register of papers. Nor are they a draft before the meeting is
// sealed: the head of the team signs them by hand in the room.
func (s Sealed) countDoc(b BallotCount, seal document.Seal) document.Doc {
	d := s.paper(s.day(), seal)
	d.Kind, d.Subject, d.Mark = document.Minutes, "kiểm phiếu "+b.Subject, ""
	d.Body = append(d.Body, document.Para(s.countOpening(b)))
	d.Body = append(d.Body, b.teamBlocks()...)
	d.Body = append(d.Body, document.Heading{Level: 1, Text: "Số phiếu"})
	for _, line := range b.ballotLines() {
		d.Body = append(d.Body, document.Para(line))
	}
	d.Body = append(d.Body,
		document.Heading{Level: 1, Text: "Kết quả"}, document.Paragraph{Text: document.Plain(b.Asked), Keep: true},
		b.Table.block(), document.Para(b.Result+" "+b.ending(s.body())))
	d.Signatures = []document.Signature{s.countHand(b), s.hand(Chair, s.chairAs())}
	return d
}

func (s Sealed) countOpening(b BallotCount) string {
	where := fmt.Sprintf("Tại buổi %s của %s, %s", s.Title, s.Cell, s.day().Long())
	if s.Congress {
		where = fmt.Sprintf("Tại %s, %s", s.Title, s.day().Long())
	}
	if len(b.Team) == 0 {
		return where + ", phiếu kín gửi bằng điện thoại được phần mềm trộn và đếm khi kết thúc bỏ phiếu."
	}
	return where + ", tổ kiểm phiếu đã phát, thu và kiểm phiếu."
}

// teamBlocks names those who counted.
func (b BallotCount) teamBlocks() []document.Block {
	if len(b.Team) == 0 {
		return nil
	}
	list := document.List{Start: 1}
	for n, name := range b.Team {
		part := "tổ viên"
		if n == 0 {
			part = "tổ trưởng"
		}
		list.Items = append(list.Items, document.Plain(fmt.Sprintf("Đồng chí %s, %s.", name, part)))
	}
	return []document.Block{document.Heading{Level: 1, Text: "Thành phần tổ kiểm phiếu"}, list}
}

// ballotLines say who could vote and what became of the ballots.
func (b BallotCount) ballotLines() []string {
	out := []string{
		fmt.Sprintf("Đảng viên chính thức được triệu tập: %d đồng chí. Có mặt, được bỏ phiếu: %d đồng chí. Vắng mặt: %d đồng chí.", b.Summoned, b.Present, max(0, b.Summoned-b.Present)),
		fmt.Sprintf("Số phiếu phát ra: %d; thu về: %d; hợp lệ: %d; không hợp lệ: %d.", b.Issued, b.Returned, b.Valid, b.Invalid),
	}
	if b.Why != "" {
		out[1] += " Lý do không hợp lệ: " + sentence(b.Why)
	}
	return out
}

// ending says when the result was told to the body that voted.
func (b BallotCount) ending(body string) string {
	if b.At.IsZero() {
		return "Kết quả đã được công bố trước " + body + "."
	}
	return fmt.Sprintf("Kết quả đã được công bố trước %s lúc %s cùng ngày.", body, b.At.Clock())
}

// countHand is the signature of the head of the team; of the minute-taker where the
// program has counted.
func (s Sealed) countHand(b BallotCount) document.Signature {
	if len(b.Team) == 0 {
		return s.hand(MinuteTaker, s.takerAs())
	}
	out := document.Signature{As: "TỔ TRƯỞNG TỔ KIỂM PHIẾU", Name: b.Team[0]}
	if !b.Confirmed.IsZero() {
		out.Note = confirmed(b.Confirmed)
	}
	return out
}

// countPaper is the part that a count has in addresses and among the files of a
// seal; n counts from 1.
func countPaper(n int) Paper { return Paper("count-" + strconv.Itoa(n)) }

// countName names the file of a count so that it lies beside the minutes.
func (s Sealed) countName(n int, f Form) string {
	return fmt.Sprintf("%s Biên bản kiểm phiếu %d.%s", s.day(), n, f)
}

// counts returns the counts of which a dossier has minutes.
func (s *Service) counts(d Dossier) []BallotCount {
	record, _ := s.record(d)
	return record.Counts
}

// count returns the minutes of the count of a vote, with its number from 1; 0 where
// there is none.
func (s Sealed) count(vote string) (BallotCount, int) {
	for n, b := range s.Counts {
		if b.Vote == vote {
			return b, n + 1
		}
	}
	return BallotCount{}, 0
}
