package proceedings

import (
	"fmt"
	"strings"
)

// The words of a result, for the minutes: they carry the arithmetic, so that whoever
// reads them can count again.

// Words is the result of a vote with its explanation.
func (s State) Words(v Vote) string {
	if !v.Race.Held() {
		return ballotWords(v) + v.Result.Words()
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s: bầu %d trong danh sách %d đồng chí. %s", v.Race.Title(), v.Race.Seats, len(v.Race.Candidates), ballotWords(v))
	r := v.Result
	lines := make([]string, len(r.Outcome.Ranks))
	for n, k := range r.Outcome.Ranks {
		lines[n] = fmt.Sprintf("đồng chí %s: %s%s", s.Name(k.Member), r.shareOf(k.Votes), k.words())
	}
	fmt.Fprintf(&b, "Kết quả: %s. %s %s", strings.Join(lines, "; "), v.Threshold(), s.Verdict(v))
	return b.String()
}

// Threshold says what the vote needs to pass or a candidate to be elected.
func (v Vote) Threshold() string {
	if v.Race.Relative {
		return fmt.Sprintf("Chi bộ quyết định lấy đồng chí có số phiếu cao hơn, không cần %s.", v.Result.Rule.Words())
	}
	return fmt.Sprintf("Cần %s số %s (tối thiểu %d).", v.Result.Rule.Words(), v.Result.Rule.base(), v.Result.Needed)
}

// CountedBy says who counted beside the one who entered the figures, and how that is
// known; empty where nobody was named.
func (s State) CountedBy(v Vote) string {
	c := v.Last()
	var said []string
	if c.Sheet != nil {
		team := make([]string, 0, len(c.Sheet.Tellers)+1)
		for _, m := range c.Sheet.Team() {
			name := s.Name(m)
			if m == c.Sheet.Head {
				name += " (tổ trưởng)"
			}
			team = append(team, name)
		}
		said = append(said, fmt.Sprintf("Tổ kiểm phiếu: %s.", strings.Join(team, ", ")))
	}
	switch {
	case c.Confirmed.Given():
		at := c.Confirmed.At
		said = append(said, fmt.Sprintf("Đồng chí %s tự xác nhận kết quả đếm bằng mã riêng lúc %s, ngày %s.", s.Name(c.Confirmed.Member), at.Clock(), at.Date().Slashed()))
	case c.ConfirmedBy != "":
		said = append(said, fmt.Sprintf("Người cùng đếm: đồng chí %s.", s.Name(c.ConfirmedBy)))
	}
	return strings.Join(said, " ")
}

// words says what became of a candidate; no word for one who was not elected.
func (k Rank) words() string {
	switch {
	case k.Elected:
		return ", trúng cử"
	case k.Tied:
		return ", bằng phiếu ở vị trí cuối"
	}
	return ""
}

// Verdict says whether the question passed, or who was elected and how it goes on.
func (s State) Verdict(v Vote) string {
	if !v.Race.Held() {
		return capital(v.Result.verdict()) + "."
	}
	o := v.Result.Outcome
	elected := "Không có đồng chí nào trúng cử."
	if len(o.Elected) > 0 {
		names := make([]string, len(o.Elected))
		for n, m := range o.Elected {
			names[n] = s.Name(m)
		}
		elected = fmt.Sprintf("Trúng cử %d đồng chí: %s.", len(names), strings.Join(names, ", "))
	}
	return strings.TrimSpace(elected + " " + v.Onwards())
}

// Onwards says what follows from a round of an election that has left seats empty.
func (v Vote) Onwards() string {
	o := v.Result.Outcome
	switch {
	case o.Left == 0:
		return ""
	case len(o.Tied) > 0:
		return fmt.Sprintf("Còn %d vị trí; bầu lại giữa %d đồng chí bằng phiếu.", o.Left, len(o.Tied))
	case v.Race.Round >= lastRound:
		return fmt.Sprintf("Đã bầu lần thứ %d, còn %d vị trí chưa bầu được: báo cáo cấp ủy cấp trên chỉ định (Điều lệ Đảng, Điều 24).", v.Race.Round, o.Left)
	}
	return fmt.Sprintf("Còn %d vị trí, bầu lần %d.", o.Left, v.Race.Round+1)
}

// Name is what a round is called in the middle of a sentence: "bầu chi ủy lần 2".
func (r Race) Name() string {
	name := "bầu " + postName(r.Post)
	switch {
	case r.Again:
		return fmt.Sprintf("%s lần %d, bầu lại giữa các đồng chí bằng phiếu", name, r.Round)
	case r.Round > 1:
		return fmt.Sprintf("%s lần %d", name, r.Round)
	}
	return name
}

// Title is Name as it begins a sentence.
func (r Race) Title() string { return capital(r.Name()) }

// postName names a post as minutes do.
func postName(post string) string {
	switch post {
	case CommitteePost:
		return "chi ủy"
	case SecretaryPost:
		return "bí thư chi bộ"
	case DeputyPost:
		return "phó bí thư chi bộ"
	}
	return post
}

// ballotWords says what became of the ballots, on paper or by phone; nothing for a
// count of hands.
func ballotWords(v Vote) string {
	c := v.Last()
	switch {
	case c.Sheet != nil:
		s := c.Sheet
		return fmt.Sprintf("Số phiếu phát ra %d, thu về %d, hợp lệ %d, không hợp lệ %d. ", s.Issued, s.Returned, s.Valid(), s.Invalid)
	case v.Method.Electronic() && v.Counted():
		return fmt.Sprintf("Được bỏ phiếu %d, đã bỏ phiếu %d. ", c.Entitled, c.Cast)
	}
	return ""
}

func (r Result) shareOf(votes int) string {
	return fmt.Sprintf("%d/%d %s, đạt %s", votes, r.Base, r.Rule.base(), Percent(votes, r.Base))
}
