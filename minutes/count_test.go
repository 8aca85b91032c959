package minutes

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chibo/document"
	"chibo/proceedings"
)

// elects holds an election of three from four on paper: two have as many votes at
// the last seat and are voted on again, as the meeting decides by more votes alone.
// It returns the two votes.
func (e *evening) elects() (first, again string) {
	e.t.Helper()
	e.here("ha", "hoa", "minh", "khanh", "lam", "lan", "thang")
	e.do(proceedings.KindOpen, proceedings.OpenBody{})
	e.do(proceedings.KindNominate, proceedings.NominateBody{Post: proceedings.CommitteePost, Members: []string{"ha", "minh", "khanh"}})
	e.do(proceedings.KindNominate, proceedings.NominateBody{Post: proceedings.CommitteePost, Members: []string{"hoa"}, By: "lam"})
	first = e.round(3, false, "ha", "minh", "khanh", "hoa")
	e.do(proceedings.KindVoteSheet, proceedings.VoteSheetBody{
		Vote: first, Issued: 7, Returned: 7, Invalid: 1, Why: "gạch hết tên", Votes: []string{"5", "4", "5", "4"}, Head: "lam", Tellers: []string{"lan"},
	})
	count, _ := e.state.Vote(first)
	e.do(proceedings.KindVoteConfirm, proceedings.VoteConfirmBody{Vote: first, Count: count.Last().Act, Member: "lam"})
	e.do(proceedings.KindVoteClose, proceedings.VoteCloseBody{Vote: first})
	again = e.round(1, true, "minh", "hoa")
	e.do(proceedings.KindVoteSheet, proceedings.VoteSheetBody{Vote: again, Issued: 7, Returned: 6, Votes: []string{"3", "2"}, Head: "lam", Tellers: []string{"lan"}})
	e.do(proceedings.KindVoteClose, proceedings.VoteCloseBody{Vote: again})
	return first, again
}

func (e *evening) round(seats int, relative bool, candidates ...string) string {
	e.t.Helper()
	return e.do(proceedings.KindVoteOpen, proceedings.VoteOpenBody{
		Item: "thao-luan", Matter: proceedings.MatterElection, Question: "Bầu chi ủy", Post: proceedings.CommitteePost, Seats: seats, Candidates: candidates, Relative: relative,
	})
}

// TestMinutesOfTheCount writes the papers of an election and of a matter decided by
// ballots, and what the minutes of the meeting say of them.
func TestMinutesOfTheCount(t *testing.T) {
	t.Parallel()
	e := newEvening(t)
	e.elects()
	v := e.do(proceedings.KindVoteOpen, proceedings.VoteOpenBody{Item: "thao-luan", Matter: proceedings.MatterAdmission, Question: "Kết nạp quần chúng Lý An vào Đảng"})
	e.do(proceedings.KindVoteSheet, proceedings.VoteSheetBody{Vote: v, Issued: 7, Returned: 7, For: 5, Against: 1, Head: "ha"})
	e.do(proceedings.KindVoteClose, proceedings.VoteCloseBody{Vote: v})
	open := e.do(proceedings.KindVoteOpen, proceedings.VoteOpenBody{Item: "thao-luan", Matter: proceedings.MatterAdmission, Question: "Đang bỏ phiếu"})
	e.do(proceedings.KindVoteSheet, proceedings.VoteSheetBody{Vote: open, Issued: 7, Returned: 7, For: 5, Head: "ha"})
	hands := e.do(proceedings.KindVoteOpen, proceedings.VoteOpenBody{Item: "thao-luan", Matter: proceedings.MatterResolution, Question: "Giơ tay"})
	e.do(proceedings.KindVoteCount, proceedings.VoteCountBody{Vote: hands, For: 7, ConfirmedBy: "hoa"})
	e.do(proceedings.KindVoteClose, proceedings.VoteCloseBody{Vote: hands})

	s := sealedOf(sampleHead(), Compose(e.state), e.state.Acts())
	if len(s.Counts) != 3 {
		t.Fatalf("%d counts have minutes, want those of the three closed ballots", len(s.Counts))
	}
	var papers strings.Builder
	for n, b := range s.Counts {
		d := s.countDoc(b, document.Seal{})
		papers.WriteString(d.Text() + "\n=====\n\n")
		writePaper(t, s.countName(n+1, PDF), d.PDF)
		writePaper(t, s.countName(n+1, DOCX), d.DOCX)
	}
	for _, p := range s.Passages {
		if strings.HasPrefix(p.Key, "vote.") {
			papers.WriteString(p.Text + "\n\n")
		}
	}
	golden(t, "counts.txt", papers.String())
}

// writePaper keeps a paper where CHIBO_PAPERS says, to be looked at.
func writePaper(t *testing.T, name string, write func() ([]byte, error)) {
	t.Helper()
	data, err := write()
	if err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("CHIBO_PAPERS"); dir != "" {
		keep(t, filepath.Join(dir, name), data)
	}
}

// TestSignedIsWhatWasCounted checks that a signature under the minutes of the
// meeting covers the counts that are sealed with them.
func TestSignedIsWhatWasCounted(t *testing.T) {
	t.Parallel()
	e := newEvening(t)
	e.elects()
	r := Compose(e.state)
	was := r.Digest()
	r.Counts[0].Why = "lý do khác"
	if r.Digest() == was {
		t.Error("another reason for invalid ballots is the same text")
	}
}

// TestCountIsSealedWithTheMinutes checks that the minutes of a count are there as
// soon as the vote is closed, and after the seal are its bytes.
func TestCountIsSealedWithTheMinutes(t *testing.T) {
	t.Parallel()
	cells(t, func(c *cell) {
		for _, e := range c.roll {
			c.do(proceedings.KindAttendance, proceedings.AttendanceBody{Member: e.ID, Status: proceedings.Present})
		}
		c.do(proceedings.KindOpen, proceedings.OpenBody{Chair: c.id("Trần Văn Hòa"), MinuteTaker: c.id("Lê Thị Minh")})
		v := c.do(proceedings.KindVoteOpen, proceedings.VoteOpenBody{Matter: proceedings.MatterDiscipline, Question: "Khiển trách đồng chí A"})
		docx := c.base() + "/counts/" + v + "/docx"
		c.get(docx, http.StatusNotFound)
		c.do(proceedings.KindVoteSheet, proceedings.VoteSheetBody{Vote: v, Issued: 4, Returned: 4, For: 3, Against: 1, Head: c.id("Vũ Quang Huy")})
		c.get(docx, http.StatusNotFound) // may still be counted again
		c.do(proceedings.KindVoteClose, proceedings.VoteCloseBody{Vote: v})
		before := c.get(docx, http.StatusOK)
		c.has(unzipped(t, before), "kiểm phiếu biểu quyết: Khiển trách đồng chí A", "3/4", "75%", "TỔ TRƯỞNG TỔ KIỂM PHIẾU", "Vũ Quang Huy")
		c.lacks(unzipped(t, before), "Dự thảo")
		c.get(c.base()+"/counts/"+v+"/txt", http.StatusNotFound)
		c.get(c.base()+"/counts/khac/docx", http.StatusNotFound)
		c.has(c.get(c.base(), http.StatusOK), docx)
		c.do(proceedings.KindClose, proceedings.CloseBody{})
		c.seals()
		after := c.get(docx, http.StatusOK)
		c.has(unzipped(t, after), "Mã kiểm tra", "Đã xác nhận trên phần mềm")
		c.clock.Add(1e9)
		if c.get(docx, http.StatusOK) != after {
			c.Error("the file changed")
		}
		c.has(c.get(c.base(), http.StatusOK), docx)
		c.fine(Verify(c.Context(), c.d))
	})
}

// seals has the minutes of a closed meeting read, adopted, signed and sealed.
func (c *cell) seals() {
	c.Helper()
	c.post(c.base()+"/readback", nil, http.StatusSeeOther)
	c.post(c.base()+"/adopt", url.Values{"for": {"4"}}, http.StatusSeeOther)
	for _, p := range Parts {
		c.post(c.base()+"/sign", url.Values{"part": {string(p)}, "secret": {secret}}, http.StatusSeeOther)
	}
	c.post(c.base()+"/seal", url.Values{"sign_for": {"T/M CHI BỘ"}}, http.StatusSeeOther)
}
