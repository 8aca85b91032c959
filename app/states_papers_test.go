package app_test

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"chibo/app/world/worldtest"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/head"
	"chibo/kit/job"
	"chibo/kit/locale"
	"chibo/organization"
	"chibo/report"
	"chibo/rubric"
	"chibo/witness"
)

// sketchStates are sheets that the ward writes: còn chỗ phải sửa, đủ để áp dụng, đã áp dụng, đã
// bỏ.
var sketchStates = kind{
	name: "sketches", letters: "tdab", aside: "far", fields: true,
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		ctx, s, committee := t.Context(), h.w.App.Rubrics, h.known["committee"]
		r := rubric.National(worldtest.Now.Date())
		r.Name, r.From = "Biểu mẫu", worldtest.Now.Date().AddDays(30)
		k, err := s.Begin(ctx, committee, committee.Grants[0].Organization, r)
		must(t, err)
		adopted := somebody()
		switch state {
		case "t":
			must(t, s.Rewrite(ctx, committee, k.ID, func(r *rubric.Rubric) error {
				r.Total++
				return nil
			}))
		case "a":
			kept, err := s.Adopt(ctx, committee, k.ID)
			must(t, err)
			adopted = kept.ID
		case "b":
			must(t, s.DropSketch(ctx, committee, k.ID))
		}
		return record{
			places: map[string]string{"{id}": k.ID, "{adopted}": adopted},
			form:   func(path string) url.Values { return formOfSketch(t, path, r) },
		}
	},
}

// formOfSketch returns what the right form of an address of a sheet sends that began as r.
func formOfSketch(t *testing.T, path string, r rubric.Rubric) url.Values {
	t.Helper()
	at := url.Values{"at": {"0"}, "was": {r.Lines[0].ID}}
	switch strings.TrimPrefix(path, "/sketches/{id}") {
	case "/head":
		return url.Values{"name": {"Biểu khác"}, "from": {r.From.String()}, "total": {"100"}, "number": {r.Source.Number}, "body": {r.Source.Body}, "date": {r.Source.Date.String()}}
	case "/levels":
		return url.Values{"from_good": {"92"}, "from_fair": {"70"}, "from_average": {"50"}, "from_poor": {"0"}}
	case "/text":
		r.Name = "Biểu khác"
		text, err := r.Text()
		must(t, err)
		return url.Values{"sheet": {string(text)}}
	case "/line":
		return url.Values{"new": {"behind"}, "at": {"0"}, "was": {r.Lines[0].ID}, "id": {"99"}, "text": {"Ý thêm"}, "max": {"5"}, "way": {string(rubric.Either)}}
	case "/line/move":
		at.Set("to", "down")
	}
	return at
}

// bookStates are year books of the first cell, in both versions: chưa lập, đang lập, đã lập, lập
// hỏng, đang lập mà quá mười phút không có tin, đang lập lại khi đã có quyển cũ. Each state has a
// year of its own, but for the two with a book.
var bookStates = kind{
	name: "books", letters: "clxhnm", aside: "aside", tells: true,
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		year := map[string]int{"c": 2019, "l": 2020, "h": 2021, "n": 2022}[state]
		switch state {
		case "x", "m":
			year = worldtest.Now.Date().Year
			h.bound(t, year)
		case "l", "h", "n":
			h.alter(t, []any{year}, `DELETE FROM year_book WHERE year = $1`)
			h.askForBooks(t, year)
		}
		now, set := worldtest.Now, `UPDATE year_book SET state = $2, asked_at = $3, progress = 30 WHERE year = $1`
		switch state {
		case "c":
			h.alter(t, []any{year}, `DELETE FROM year_book WHERE year = $1`)
		case "x":
			h.alter(t, []any{year, report.Made, now}, set)
		case "m":
			h.alter(t, []any{year, report.Asked, now}, set)
		case "h":
			h.alter(t, []any{year, report.Failed, now}, set)
		case "n":
			h.alter(t, []any{year, report.Asked, now.Add(-11 * time.Minute)}, set)
		}
		h.alter(t, []any{report.BindJob}, `DELETE FROM job WHERE kind = $1`)
		return record{
			places: map[string]string{"{organization}": h.cell, "{year}": strconv.Itoa(year)},
			form:   func(string) url.Values { return url.Values{} },
		}
	},
}

// askForBooks asks for the year books of the first cell.
func (h *house) askForBooks(t *testing.T, year int) {
	t.Helper()
	for _, v := range report.Versions {
		must(t, h.w.App.Reports.Ask(t.Context(), h.known["secretary"], h.cell, year, v))
	}
}

// bound has the year books of the first cell made where they are not yet.
func (h *house) bound(t *testing.T, year int) {
	t.Helper()
	n, err := db.One[int](t.Context(), h.w.App.DB, `SELECT COUNT(*) FROM year_book WHERE year = $1 AND made_at > 0`, year)
	must(t, err)
	if n < len(report.Versions) {
		h.askForBooks(t, year)
		must(t, h.w.App.WorkDue(t.Context()))
	}
}

// importStates are sheets that the secretary has loaded as the roll of the first cell: chờ xác
// nhận, danh sách chi bộ đã đổi sau khi xem trước, đã nhập, để quá một ngày. Somebody is who has
// loaded it.
var importStates = kind{
	name: "imports", letters: "cdnq", aside: "aside", relations: []string{"người nạp tệp"}, tells: true,
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		ctx, s, secretary := t.Context(), h.w.App.Members, h.known["secretary"]
		n, err := db.One[int](ctx, h.w.App.DB, `SELECT COUNT(*) FROM member`)
		must(t, err)
		data := fmt.Appendf(nil, "Họ và tên;Ngày sinh;Số thẻ\nPhan Thị Nhập;%s;%012d\n", worldtest.Now.Date().AddDays(-10_000-n).Slashed(), n)
		id, err := s.Upload(ctx, secretary, h.cell, "chi-bo.csv", data)
		must(t, err)
		seen, err := s.Preview(ctx, secretary, id, "")
		must(t, err)
		digest := seen.Plan.Digest()
		switch state {
		case "d":
			_, err = s.ImportRoll(ctx, secretary, h.cell, "chi-bo.csv", data, false)
		case "n":
			_, err = s.Confirm(ctx, secretary, id, "", digest, locale.Vietnamese)
		case "q":
			h.alter(t, []any{id, worldtest.Now.Add(-25 * time.Hour)}, `UPDATE member_import SET uploaded_at = $2 WHERE id = $1`)
		}
		must(t, err)
		return record{
			places: map[string]string{"{id}": id},
			form: func(string) url.Values {
				return url.Values{"id": {id}, "digest": {digest}}
			},
			as: func(who access.Person, _ string) access.Person {
				who.Account = secretary.Account
				return who
			},
		}
	},
}

// headStates are chains of a base committee under the ward beside what the ward keeps of them:
// chưa có mốc, khớp, cũ hơn mốc, viết lại, mốc bị sửa, đã ghi lý do. Somebody has their role in that
// committee itself.
var headStates = kind{
	name: "heads", letters: "cksvgl", aside: "far", relations: []string{"của chính đảng bộ ấy"},
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		ctx, s, ward := t.Context(), h.w.App.Witnesses, h.known["clerk"].Root
		below, err := h.w.App.Organizations.Add(ctx, h.known["clerk"], ward, organization.Organization{Name: "Đảng bộ Trường Mẫu", Level: organization.BaseCommittee, Town: "Sông Xanh"})
		must(t, err)
		if state != "c" {
			must(t, s.Take(ctx, job.Job{}))
		}
		now, found, err := s.HeadOf(ctx, h.w.App.DB, below.ID)
		must(t, err)
		if !found {
			t.Fatal("the committee has no chain")
		}
		key, err := head.ReadKey(s.Dir)
		must(t, err)
		receive := func(seq int64, hash string) {
			_, err := s.Receive(ctx, []head.Head{key.Sign(below.ID, seq, hash, worldtest.Now)})
			must(t, err)
		}
		switch state {
		case "s":
			receive(now.Seq+100, now.Hash)
		case "v":
			receive(now.Seq, strings.Repeat("ab", 32))
		case "g":
			h.alter(t, []any{below.ID, strings.Repeat("cd", 32)}, `UPDATE witness SET hash = $2 WHERE subject_id = $1`)
		case "l":
			receive(now.Seq+100, now.Hash)
			must(t, s.Settle(ctx, h.known["committee"], below.ID, witness.Settling{Reason: putBack}))
		}
		return record{
			places: map[string]string{"{id}": below.ID},
			form:   func(string) url.Values { return url.Values{"reason": {putBack}} },
			as: func(who access.Person, _ string) access.Person {
				g := who.Grants[0]
				g.Root, g.Organization, g.Path = "", below.ID, below.Path
				who.Root, who.Grants = below.ID, []access.Grant{g}
				return who
			},
		}
	},
}

// putBack is why a chain no longer agrees with its head.
const putBack = "Máy hỏng đĩa, đã khôi phục bản sao"
