package minutes

import (
	"fmt"
	"strconv"
	"strings"

	"chibo/kit/when"
	"chibo/proceedings"
)

// BallotCount is what the minutes of a count of secret ballots say (biên bản kiểm
// phiếu). No national form for the meeting of a cell was found; its contents are
// those that guides of Party elections share: who counted, how many were summoned
// and present, what became of the ballots, each name with its share of the official
// members summoned, who is elected.
type BallotCount struct {
	Vote    string       `json:"vote"`
	Subject string       `json:"subject"` // "bầu chi ủy lần 2"
	At      when.Instant `json:"at"`      // when the vote was closed; zero where paper was typed in later
	// Team are the names of those who counted, the head first; empty where ballots
	// were taken by phone and counted by the program.
	Team []string `json:"team"`
	// Confirmed is when the head confirmed the figures with a secret; zero: signs by
	// hand.
	Confirmed when.Instant `json:"confirmed"`
	Summoned  int          `json:"summoned"` // official members, the base of every share
	Present   int          `json:"present"`  // could vote
	Issued    int          `json:"issued"`
	Returned  int          `json:"returned"`
	Valid     int          `json:"valid"`
	Invalid   int          `json:"invalid"`
	Why       string       `json:"why"` // ballots are invalid
	// Asked says what the ballots asked, Table what they answered, Result what
	// follows.
	Asked  string `json:"asked"`
	Table  Table  `json:"table"`
	Result string `json:"result"`
}

// countsOf returns the minutes of every count of secret ballots that is closed, in
// the order of the votes.
func countsOf(s proceedings.State) []BallotCount {
	var out []BallotCount
	for _, v := range s.Votes {
		if v.IsClosed() && v.Counted() && (v.Last().Sheet != nil || v.Method == proceedings.Sealed) {
			out = append(out, countOf(s, v))
		}
	}
	return out
}

func countOf(s proceedings.State, v proceedings.Vote) BallotCount {
	c, r := v.Last(), v.Result
	b := BallotCount{
		Vote: v.ID, Subject: v.Race.Name(), Summoned: r.Base, Present: c.Entitled,
		Issued: c.Entitled, Returned: c.Cast, Valid: c.Cast,
		Result: v.Threshold() + " " + s.Verdict(v), Team: []string{},
	}
	if !s.Opening.Paper {
		b.At = v.Closed.At
	}
	if p := c.Sheet; p != nil {
		b.Issued, b.Returned, b.Valid, b.Invalid, b.Why = p.Issued, p.Returned, p.Valid(), p.Invalid, p.Why
		for _, m := range p.Team() {
			b.Team = append(b.Team, s.Name(m))
		}
		if c.Confirmed.Given() && c.Confirmed.Member == p.Head {
			b.Confirmed = c.Confirmed.At
		}
	}
	if v.Race.Held() {
		b.Asked = fmt.Sprintf("Số lượng cần bầu: %d đồng chí. Danh sách bầu: %d đồng chí.", v.Race.Seats, len(v.Race.Candidates))
		b.Table = namesTable(s, v)
	} else {
		b.Subject = "biểu quyết: " + strings.TrimRight(strings.TrimSpace(v.Question), ".")
		b.Asked = "Nội dung biểu quyết: " + sentence(v.Question)
		b.Table = answersTable(r)
	}
	return b
}

// namesTable has the candidates in the order of the ballot.
func namesTable(s proceedings.State, v proceedings.Vote) Table {
	t := Table{Columns: []Column{
		{"TT", .07, true}, {"Họ và tên", .33, false}, {"Số phiếu đồng ý", .15, true}, {"Tỷ lệ so với đảng viên chính thức được triệu tập", .25, true}, {"Kết quả", .2, true},
	}}
	ranks := map[string]proceedings.Rank{}
	for _, k := range v.Result.Outcome.Ranks {
		ranks[k.Member] = k
	}
	for n, m := range v.Race.Candidates {
		k := ranks[m]
		t.Rows = append(t.Rows, []string{
			strconv.Itoa(n + 1), s.Name(m), fmt.Sprintf("%d/%d", k.Votes, v.Result.Base), proceedings.Percent(k.Votes, v.Result.Base), fortune(k),
		})
	}
	return t
}

// fortune says what became of a candidate.
func fortune(k proceedings.Rank) string {
	switch {
	case k.Elected:
		return "Trúng cử"
	case k.Tied:
		return "Bằng phiếu"
	}
	return "Không trúng cử"
}

func answersTable(r proceedings.Result) Table {
	t := Table{Columns: []Column{
		{"TT", .07, true}, {"Ý kiến", .38, false}, {"Số phiếu", .2, true}, {"Tỷ lệ so với đảng viên chính thức được triệu tập", .35, true},
	}}
	for n, a := range []struct {
		name  string
		votes int
	}{{"Tán thành", r.For}, {"Không tán thành", r.Against}, {"Ý kiến khác", r.Other}} {
		t.Rows = append(t.Rows, []string{strconv.Itoa(n + 1), a.name, fmt.Sprintf("%d/%d", a.votes, r.Base), proceedings.Percent(a.votes, r.Base)})
	}
	return t
}
