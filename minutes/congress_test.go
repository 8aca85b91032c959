package minutes

import (
	"errors"
	"net/http"
	"net/url"
	"testing"

	"chibo/document"
	"chibo/kit/db"
	"chibo/kit/db/dbtest"
	"chibo/kit/fault"
	"chibo/meeting"
	"chibo/proceedings"
)

// TestCongressFromQuorumToSeal holds the congress of a cell of four: nobody is elected
// by two, three are enough; its papers speak of a congress and have numbers of their own.
func TestCongressFromQuorumToSeal(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCell(t, d, meeting.Congress)
		c.congress()
		page := c.get(c.base(), http.StatusOK)
		c.has(page, "…-BB/ĐH", "Đại hội Chi bộ Tổ dân phố 5 được tiến hành", "Đại hội hợp lệ: 3/4 đảng viên chính thức được triệu tập có mặt, cần ít nhất 3.", "Chương trình đại hội:", "T/M ĐOÀN CHỦ TỊCH", "THƯ KÝ ĐẠI HỘI")
		c.lacks(page, "sinh hoạt chi bộ", "T/M CHI ỦY")
		c.post(c.base()+"/adopt", url.Values{"for": {"3"}}, http.StatusSeeOther)
		for _, p := range Parts {
			c.post(c.base()+"/sign", url.Values{"part": {string(p)}, "secret": {secret}}, http.StatusSeeOther)
		}
		c.post(c.base()+"/seal", url.Values{"sign_for": {"T/M CHI ỦY"}}, http.StatusSeeOther)
		page = c.get(c.base(), http.StatusOK)
		c.has(page, "01-BB/ĐH", "01-NQ/ĐH", "Đại hội thảo luận và quyết nghị:", "được đại hội biểu quyết thông qua", "Biên bản kiểm phiếu")
		c.lacks(page, "T/M CHI ỦY")
		c.fine(Verify(c.Context(), c.d))

		registers := &document.Service{DB: c.d, Now: c.time, Audit: c.Audit}
		book, err := registers.Book(c.Context(), c.d, c.who.Scope(document.MayRead), c.org.ID)
		c.fine(err)
		if len(book.Numbers) != 2 || book.Numbers[0].String() != "01-BB/ĐH" {
			t.Errorf("the register shows %v", book.Numbers)
		}
		for _, r := range book.Registers {
			if r.Next != 1 {
				t.Errorf("the congress has taken a number of the term: %+v", r)
			}
		}
	})
}

// congress holds a congress up to its closing: the secretary is elected.
func (c *cell) congress() {
	c.Helper()
	comes := func(name string) {
		c.do(proceedings.KindAttendance, proceedings.AttendanceBody{Member: c.id(name), Status: proceedings.Present})
	}
	comes("Trần Văn Hòa")
	comes("Lê Thị Minh")
	c.do(proceedings.KindOpen, proceedings.OpenBody{Chair: c.id("Trần Văn Hòa"), MinuteTaker: c.id("Lê Thị Minh")})
	elected := []string{c.id("Trần Văn Hòa")}
	c.do(proceedings.KindNominate, proceedings.NominateBody{Post: proceedings.SecretaryPost, Members: elected})
	ballot := proceedings.VoteOpenBody{Question: "Bầu bí thư", Matter: proceedings.MatterElection, Post: proceedings.SecretaryPost, Seats: 1, Candidates: elected}
	_, err := c.try(proceedings.KindVoteOpen, ballot)
	var refusal *fault.Error
	if !errors.As(err, &refusal) || refusal.Key != "room.problem.congress_quorum" {
		c.Fatalf("two of four: %v", err)
	}
	comes("Vũ Quang Huy")
	v := c.do(proceedings.KindVoteOpen, ballot)
	c.do(proceedings.KindVoteSheet, proceedings.VoteSheetBody{
		Vote: v, Head: c.id("Vũ Quang Huy"), Issued: 3, Returned: 3, Votes: []string{"3"},
	})
	c.do(proceedings.KindVoteClose, proceedings.VoteCloseBody{Vote: v})
	c.do(proceedings.KindResolution, proceedings.ResolutionBody{Text: draft})
	v = c.do(proceedings.KindVoteOpen, proceedings.VoteOpenBody{Matter: proceedings.MatterResolution, Question: "Thông qua nghị quyết đại hội"})
	c.do(proceedings.KindVoteCount, proceedings.VoteCountBody{Vote: v, For: 3})
	c.do(proceedings.KindVoteClose, proceedings.VoteCloseBody{Vote: v})
	c.do(proceedings.KindClose, proceedings.CloseBody{})
}
