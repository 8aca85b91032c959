package app_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"chibo/account"
	"chibo/app/world/worldtest"
	"chibo/care"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/member"
	"chibo/privacy"
	"chibo/study"
)

// hardshipStates are hardships of a member of the first cell: đang khó khăn, có việc đã thống
// nhất chưa làm, việc đã làm; and đã qua khó khăn with a help that was not done. Somebody is the
// member.
var hardshipStates = kind{
	name: "hardships", letters: "mglq", aside: "aside", relations: []string{"người được ghi"},
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		ctx, s, secretary, of, today := t.Context(), h.w.App.Care, h.known["secretary"], h.known["member"], worldtest.Now.Date()
		x, err := s.Enter(ctx, secretary, care.Hardship{Organization: h.cell, Member: of.Member, Kind: care.Illness, What: "Nằm viện", Since: today.AddDays(-20)})
		must(t, err)
		deed := somebody()
		if state != "m" {
			d := care.Deed{What: "Thăm hỏi", DecidedOn: today.AddDays(-10)}
			if state == "l" {
				d.GivenOn = today.AddDays(-5)
			}
			must(t, s.Do(ctx, secretary, x.ID, d))
			v, err := s.View(ctx, secretary, x.ID)
			must(t, err)
			deed = v.Deeds[0].ID
		}
		if state == "q" {
			must(t, s.Close(ctx, secretary, x.ID, today, "Đã khỏe"))
		}
		return record{
			places: map[string]string{"{id}": x.ID, "{deed}": deed},
			form: func(string) url.Values {
				return url.Values{"what": {"Tặng quà"}, "amount": {"200000"}, "decided_on": {today.String()}, "on": {today.String()}, "outcome": {"Đã khỏe"}}
			},
			as: func(who access.Person, _ string) access.Person {
				who.Root, who.Member = of.Root, of.Member
				return who
			},
		}
	},
}

// residentStates are members of other cells who live at the first cell: đang cư trú, đã chuyển
// đi.
var residentStates = kind{
	name: "residents", letters: "od", aside: "aside",
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		ctx, s, secretary, today := t.Context(), h.w.App.Care, h.known["secretary"], worldtest.Now.Date()
		x, err := s.Receive(ctx, secretary, care.Resident{Organization: h.cell, FullName: "Đỗ Thị Xa", Cell: "Chi bộ Cơ khí", IntroducedOn: today.AddDays(-200)})
		must(t, err)
		if state == "d" {
			must(t, s.LetGo(ctx, secretary, x.ID))
		}
		return record{
			places: map[string]string{"{id}": x.ID},
			form: func(string) url.Values {
				return url.Values{"year": {today.String()[:4]}, "called": {"4"}, "came": {"3"}, "merits": {"Gương mẫu"}, "on": {today.String()}}
			},
		}
	},
}

// sessionStates are sessions of study of the first cell: mọi người có mặt, có người vắng, người
// vắng đã học bù.
var sessionStates = kind{
	name: "sessions", letters: "cvb", aside: "aside", fields: true,
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		ctx, s, secretary, missing, today := t.Context(), h.w.App.Study, h.known["secretary"], h.known["member"].Member, worldtest.Now.Date()
		x, err := s.Hold(ctx, secretary, study.Session{Organization: h.cell, On: today.AddDays(-9), Kind: study.Resolution, Subject: "Nghị quyết"})
		must(t, err)
		if state != "c" {
			must(t, s.Mark(ctx, secretary, x.ID, map[string]study.Presence{missing: study.Absent}))
		}
		if state == "b" {
			must(t, s.MakeUp(ctx, secretary, x.ID, missing, today.AddDays(-2)))
		}
		return record{
			places: map[string]string{"{id}": x.ID},
			form: func(path string) url.Values {
				if strings.HasSuffix(path, "/attendance") {
					return url.Values{"p_" + h.known["deputy"].Member: {string(study.Excused)}}
				}
				return url.Values{"member": {missing}, "on": {today.AddDays(-1).String()}}
			},
		}
	},
}

// requestStates are what a member of the first cell asks about their data: mới gửi, đã báo nhận,
// đã xin thêm ngày, đã thực hiện, không thực hiện được. Somebody is who asks.
var requestStates = kind{
	name: "requests", letters: "cngdt", aside: "aside", relations: []string{"người gửi"},
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		ctx, s, clerk, asks := t.Context(), h.w.App.Privacy, h.known["clerk"], h.known["member"]
		h.alter(t, nil, `DELETE FROM privacy_request`)
		places := map[string]string{}
		for place, a := range map[string]privacy.Asking{
			"{id}":      {Claim: privacy.Know, Text: "Ai đã xem hồ sơ?"},
			"{correct}": {Claim: privacy.Correct, Field: member.ColPhone, Value: "0912345678"},
			"{delete}":  {Claim: privacy.Delete, Text: "Thông báo cũ"},
		} {
			must(t, s.Ask(ctx, asks, a))
			id, err := db.One[string](ctx, h.w.App.DB, `SELECT id FROM privacy_request WHERE claim = $1`, a.Claim)
			must(t, err)
			if places[place] = id; state != "c" {
				must(t, s.Accept(ctx, clerk, id, false))
			}
			switch state {
			case "g":
				must(t, s.Extend(ctx, clerk, id, privacy.Extending{Days: 3, Why: "Hỏi chi bộ cũ"}))
			case "d":
				must(t, s.Answer(ctx, clerk, id, privacy.Reply{State: privacy.Done, Answer: "Đã làm"}))
			case "t":
				must(t, s.Answer(ctx, clerk, id, privacy.Reply{State: privacy.Refused, Answer: "Biên bản không xóa được"}))
			}
		}
		return record{
			places: places,
			form: func(string) url.Values {
				return url.Values{"days": {"3"}, "why": {"Hỏi chi bộ cũ"}, "state": {"done"}, "answer": {"Đã làm"}, "item": {privacy.Leftovers[0].Item}}
			},
			as: func(who access.Person, _ string) access.Person {
				who.Root, who.Member = asks.Root, asks.Member
				return who
			},
		}
	},
}

// delegationStates say how long the secretary of the first cell has handed their work over to
// the minute-taker: chưa đến ngày, đang làm thay, đã hết ngày, đã thôi trước ngày. Somebody is
// one of the two; who stands in may do what was handed over.
var delegationStates = kind{
	name: "delegations", letters: "chqt", aside: "aside", relations: []string{"người ủy quyền", "người làm thay"},
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		ctx, s, giver, receiver, today := t.Context(), h.w.App.Accounts, h.known["secretary"], h.known["minute-taker"], worldtest.Now.Date()
		h.alter(t, nil, `DELETE FROM account_delegation`)
		from := today
		if state == "c" {
			from = today.AddDays(2)
		}
		d, err := s.Delegate(ctx, giver, account.Delegation{Organization: h.cell, Role: access.Secretary, Receiver: receiver.Member, From: from, Until: today.AddDays(9)})
		must(t, err)
		switch state {
		case "q":
			h.alter(t, []any{d.ID, today.AddDays(-9), today.AddDays(-1)}, `UPDATE account_delegation SET from_on = $2, until_on = $3 WHERE id = $1`)
		case "t":
			must(t, s.EndDelegation(ctx, giver, d.ID))
		}
		standsIn, _, err := s.Person(ctx, receiver.Root, receiver.Account)
		must(t, err)
		return record{
			places: map[string]string{"{id}": d.ID, "{meeting}": h.w.Meeting("draft")},
			form:   func(string) url.Values { return url.Values{} },
			as: func(who access.Person, relation string) access.Person {
				if relation == "người ủy quyền" {
					who.Root, who.Member = giver.Root, giver.Member
					return who
				}
				who.Root, who.Member = receiver.Root, receiver.Member
				lent := slices.DeleteFunc(slices.Clone(standsIn.Grants), func(g access.Grant) bool { return g.For == "" })
				who.Grants = append(slices.Clone(who.Grants), lent...)
				return who
			},
		}
	},
}

// accountStates are the account of a member of the first cell: đang dùng, đang dùng và đã có
// người xin cấp lại, đã đóng.
var accountStates = kind{
	name: "accounts", letters: "mxk", aside: "aside",
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		of := h.known["member"]
		h.alter(t, []any{of.Account}, `DELETE FROM account_recovery WHERE account_id = $1`)
		h.alter(t, []any{of.Account}, `UPDATE account SET disabled_at = 0 WHERE id = $1`)
		switch state {
		case "x":
			a := h.askIn(stateLine{method: "POST", path: "/accounts/{id}/recovery"}, "mere clerk", record{places: map[string]string{"{id}": of.Account}, form: func(string) url.Values { return nil }})
			if a.Status >= 400 {
				t.Fatal(a.Status)
			}
		case "k":
			must(t, h.w.App.Accounts.Close(t.Context(), h.known["clerk"], of.Account))
		}
		return record{places: map[string]string{"{id}": of.Account}, form: func(string) url.Values { return url.Values{} }}
	},
}

// memberStates are people on the roll of the first cell: chính thức, được miễn sinh hoạt, đi sinh
// hoạt tạm thời nơi khác, đã chuyển sang chi bộ thứ hai, bị xóa tên.
var memberStates = kind{
	name: "members", letters: "cmskx", aside: "far", fields: true,
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		ctx, s, clerk, today := t.Context(), h.w.App.Members, h.known["clerk"], worldtest.Now.Date()
		to := h.known["aside secretary"].Grants[0].Organization
		m, err := s.Add(ctx, clerk, h.cell, member.Member{FullName: "Hồ Văn Chuyển"}, member.Record{From: today.AddDays(-40), Standing: member.Official})
		must(t, err)
		switch state {
		case "m", "s", "x":
			standing := map[string]member.Standing{"m": member.Exempt, "s": member.Away, "x": member.Removed}[state]
			must(t, s.Record(ctx, clerk, member.Record{Organization: h.cell, Member: m.ID, From: today.AddDays(-10), Standing: standing}))
		case "k":
			must(t, s.Transfer(ctx, clerk, m.ID, to, today.AddDays(-10), ""))
			to = h.cell
		}
		return record{
			places: map[string]string{"{id}": m.ID},
			form: func(path string) url.Values {
				switch path {
				case "/members/{id}/standing":
					standing := member.Suspended
					if state == "x" || state == "k" {
						standing = member.Official
					}
					return url.Values{"organization": {h.cell}, "standing": {string(standing)}, "from": {today.String()}}
				case "/members/{id}/transfer":
					return url.Values{"to": {to}, "from": {today.String()}}
				case "/members/{id}/awards":
					return url.Values{"title": {"Giấy khen"}, "giver": {"Đảng ủy phường"}, "given_on": {today.String()}}
				}
				return url.Values{"full_name": {"Hồ Văn Chuyến"}}
			},
		}
	},
}
