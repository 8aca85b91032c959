package member_test

import (
	"bytes"
	"encoding/json"
	"html"
	"mime/multipart"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/locale"
	"chibo/kit/sheet"
	"chibo/kit/when"
	"chibo/member"
)

func TestImportRoll(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		ctx, data := t.Context(), []byte(rollText+"5;Phan Văn Sai;31/02/1960;;;;\n")
		report, err := w.s.ImportRoll(ctx, w.secretary(), "one", "chi-bo.csv", data, true)
		if err != nil || !report.DryRun || report.Rows != 5 || report.Added != 4 || report.Refused != 1 || w.roll(w.one, today) != "" {
			t.Fatalf("dry run: %+v, %v, roll %s", report, err, w.roll(w.one, today))
		}
		if report, err = w.s.ImportRoll(ctx, w.secretary(), "one", "chi-bo.csv", data, false); err != nil || report.Added != 4 || report.DryRun {
			t.Fatalf("%+v, %v", report, err)
		}
		if got, want := w.roll(w.one, today), "Trần Văn Hòa official, Lê Thị Minh official, Cao Thị Ngân probationary, Đỗ Văn Thành official"; got != want {
			t.Errorf("roll %s, want %s", got, want)
		}
		if got := w.roll(w.one, when.On(1976, time.January, 1)); got != "Trần Văn Hòa probationary" {
			t.Errorf("roll of 1976: %s", got)
		}
		again, err := w.s.ImportRoll(ctx, w.secretary(), "one", "chi-bo.csv", data, false)
		if err != nil || again.Unchanged != 4 || again.Refused != 1 || again.Added+again.Changed != 0 {
			t.Errorf("the second time %+v, %v", again, err)
		}
		if len(report.Problems) != 1 || report.Problems[0].Cell != "C6" || !strings.Contains(report.Problems[0].Message, "31/02/1960") {
			t.Errorf("problems %+v", report.Problems)
		}
		if got := w.actions("ward", "one"); strings.Count(got, "member.imported") != 2 {
			t.Errorf("audit of the cell: %s", got)
		}
	})
}

// TestSomebodyOfAnotherCellIsRemarkedOn: a name and a date of birth that another cell has are told, for they may be one person.
func TestSomebodyOfAnotherCellIsRemarkedOn(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		if _, err := w.s.ImportRoll(t.Context(), w.clerk(), "two", "hai.csv", []byte("Họ và tên;Ngày sinh\nLê Hoà;03/02/1960\nLê Bình;1961\n"), false); err != nil {
			t.Fatal(err)
		}
		r, err := w.s.ImportRoll(t.Context(), w.secretary(), "one", "mot.csv", []byte("Họ và tên;Ngày sinh;Ngày chính thức\nLÊ HÒA;3-2-1960;1999\nLê Hòa;04/02/1960;1999\nLê Bình;1961;1999\n"), false)
		if err != nil || r.Added != 3 || len(r.Problems) != 1 || r.Problems[0].Cell != "A2" || r.Problems[0].Key != "member.roll.maybe_elsewhere" {
			t.Errorf("%+v, %v", r, err)
		}
	})
}

// TestAProfileIsKeptByItsHome: a cell in which somebody is for a time, or has been, neither reads by a sheet what
// their home keeps of them nor writes it. How they stand in the cell itself is its own.
func TestAProfileIsKeptByItsHome(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		ctx := t.Context()
		private := func(m *member.Member, _ *member.Record) {
			m.BornOn, m.BornKnown, m.Phone, m.Position = when.On(1990, time.March, 2), member.Full, "+84912345678", "Kế toán"
		}
		guest, left := w.add("Cao Thị Ngân", private), w.add("Đỗ Văn Thành", private)
		for _, m := range []member.Member{guest, left} {
			if err := w.s.Transfer(ctx, w.clerk(), m.ID, w.two.ID, when.On(2026, time.June, 1), ""); err != nil {
				t.Fatal(err)
			}
		}
		back := member.Moving{Member: guest.ID, To: w.one.ID, From: when.On(2026, time.July, 1)}
		if err := w.db.Tx(ctx, func(tx *db.Tx) error { return w.s.Move(ctx, tx, w.clerk(), back) }); err != nil {
			t.Fatal(err)
		}
		const text = "Họ và tên;Ngày sinh;Điện thoại;Chức vụ\nCao Thị Ngân;02/03/1990;0987654321;Thợ\nĐỗ Văn Thành;02/03/1990;0987654321;Thợ\n"
		seen := w.do(w.secretary(), "GET", w.upload("a.csv", []byte(text)).Header().Get("Location"), nil).Body.String()
		for _, secret := range []string{"0912345678", "84912345678", "Kế toán"} {
			if strings.Contains(strings.ReplaceAll(seen, " ", ""), strings.ReplaceAll(secret, " ", "")) {
				t.Errorf("the preview tells %q", secret)
			}
		}
		report, err := w.s.ImportRoll(ctx, w.secretary(), "one", "a.csv", []byte(text), false)
		if err != nil || report.Changed != 0 || report.Unchanged != 1 || report.Refused != 1 ||
			!slices.ContainsFunc(report.Problems, func(p member.Problem) bool { return p.Key == "member.roll.home_elsewhere" && p.Cell == "A2" }) {
			t.Errorf("%+v, %v", report, err)
		}
		for _, m := range []member.Member{guest, left} {
			if got, err := member.Find(ctx, w.db, "ward", m.ID); err != nil || got.Phone != "+84912345678" || got.Position != "Kế toán" {
				t.Errorf("the home of %s has %s, %s, %v", got.FullName, got.Phone, got.Position, err)
			}
		}
		if report, err = w.s.ImportRoll(ctx, w.secretary(), "one", "a.csv", []byte("Họ và tên;Ngày sinh;Tình trạng\nCao Thị Ngân;02/03/1990;chính thức\n"), false); err != nil || report.Changed != 1 {
			t.Errorf("how a guest stands here: %+v, %v", report, err)
		}
	})
}

func TestImportWritesChanges(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		for _, text := range []string{rollText, "Họ và tên;Số thẻ;Chức vụ;Ngày chính thức\nTrần Văn Hòa;38000001;Tổ trưởng;\nCao Thị Ngân;38000003;;10/11/2026\n"} {
			if _, err := w.s.ImportRoll(t.Context(), w.secretary(), "one", "a.csv", []byte(text), false); err != nil {
				t.Fatal(err)
			}
		}
		roll, err := member.Roll(t.Context(), w.db, "ward", "one", today)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range roll {
			switch e.FullName {
			case "Trần Văn Hòa":
				if e.Position != "Tổ trưởng" || e.Official() != "05/09/1976" {
					t.Errorf("%+v", e)
				}
			case "Cao Thị Ngân":
				if e.Standing != member.Official || e.Since != when.On(2026, time.November, 10) || e.Official() != "10/11/2026" {
					t.Errorf("%+v", e)
				}
			}
		}
		if got := w.roll(w.one, when.On(2026, time.November, 9)); !strings.Contains(got, "Cao Thị Ngân probationary") {
			t.Errorf("the day before: %s", got)
		}
	})
}

func TestImportRefusesForeignCells(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		for cell, kind := range map[string]fault.Kind{"two": fault.NotFound, "far": fault.NotFound, "nowhere": fault.NotFound} {
			if _, err := w.s.ImportRoll(t.Context(), w.secretary(), cell, "a.csv", []byte(rollText), false); !fault.Is(err, kind) {
				t.Errorf("into %s: %v", cell, err)
			}
		}
		if _, err := w.s.ImportRoll(t.Context(), w.clerk(), "one", "a.csv", []byte(rollText), false); err != nil {
			t.Fatal(err)
		}
		// A card of one cell in the sheet of another names nobody there.
		report, err := w.s.ImportRoll(t.Context(), w.clerk(), "two", "a.csv", []byte("Họ và tên;Số thẻ\nTrần Văn Hòa;38000001\n"), false)
		if err != nil || report.Refused != 1 || report.Problems[1].Key != "member.roll.card_elsewhere" {
			t.Errorf("%+v, %v", report, err)
		}
	})
}

func TestReportJSON(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		report, err := w.s.ImportRoll(t.Context(), w.secretary(), "one", "a.csv", []byte("Họ tên;Ngày sinh\nLê An;3/13/1960\n"), true)
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(report)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range []string{`"rows":1`, `"added":0`, `"changed":0`, `"unchanged":0`, `"refused":1`, `"cell":"B2"`, `"severity":"error"`, `"code":"member.roll.date"`, `"column":"A","header":"Họ tên","field":"full_name"`, `"dry_run":true`} {
			if !strings.Contains(string(text), part) {
				t.Errorf("JSON lacks %s: %s", part, text)
			}
		}
	})
}

// upload posts a file as a browser does.
func (w *ward) upload(name string, data []byte) *httptest.ResponseRecorder {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	file, err := form.CreateFormFile("file", name)
	if err == nil {
		_, err = file.Write(data)
	}
	if err == nil {
		err = form.WriteField("organization", "one")
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		w.t.Fatal(err)
	}
	r := httptest.NewRequest("POST", "/members/import", &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return w.serve(w.secretary(), r)
}

var hiddenField = regexp.MustCompile(`name="(id|digest)" value="([^"]*)"`)

// hidden returns the hidden fields of the form that confirms an import.
func hidden(page string) url.Values {
	form := url.Values{}
	for _, m := range hiddenField.FindAllStringSubmatch(page, -1) {
		form.Set(m[1], html.UnescapeString(m[2]))
	}
	return form
}

// TestImportThroughThePages walks the way of a secretary: choose a file, see what
// it would do, confirm, see what it did.
func TestImportThroughThePages(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		answer := w.upload("chi bo 17.csv", []byte(rollText))
		at := answer.Header().Get("Location")
		if answer.Code != 303 || !strings.HasPrefix(at, "/members/import?id=") {
			t.Fatalf("upload: %d to %s: %s", answer.Code, at, answer.Body)
		}
		preview := w.do(w.secretary(), "GET", at, nil)
		for _, text := range []string{"Trần Văn Hòa", "Ngày vào Đảng", "Ghi vào danh sách: thêm 4, thay đổi 0", "Chưa ghi gì"} {
			if preview.Code != 200 || !strings.Contains(preview.Body.String(), text) {
				t.Errorf("the preview (%d) lacks %q", preview.Code, text)
			}
		}
		if got := w.roll(w.one, today); got != "" {
			t.Fatalf("the preview has written %s", got)
		}
		form := hidden(preview.Body.String())
		if got := w.do(w.clerk(), "POST", "/members/import/confirm", form).Code; got != 404 {
			t.Errorf("somebody else confirms: %d", got)
		}
		for range 2 { // pressing twice does it once
			if answer := w.do(w.secretary(), "POST", "/members/import/confirm", form); answer.Code != 303 || answer.Header().Get("Location") != at {
				t.Fatalf("confirm: %d %s", answer.Code, answer.Body)
			}
		}
		if report := w.do(w.secretary(), "GET", at, nil).Body.String(); !strings.Contains(report, "Đã ghi đủ: 4 đồng chí") {
			t.Errorf("the report says %s", report)
		}
		if got := strings.Count(w.actions("ward", "one"), "member.imported"); got != 1 {
			t.Errorf("imported %d times", got)
		}
	})
}

func TestConfirmWantsThePlanThatWasSeen(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		at := w.upload("a.csv", []byte(rollText)).Header().Get("Location")
		form := hidden(w.do(w.secretary(), "GET", at, nil).Body.String())
		w.add("Trần Văn Hòa", func(m *member.Member, _ *member.Record) { m.CardNumber = "38000001" })
		answer := w.do(w.secretary(), "POST", "/members/import/confirm", form)
		if answer.Code != 409 || !strings.Contains(answer.Body.String(), "Danh sách đã thay đổi") {
			t.Fatalf("confirm: %d %s", answer.Code, answer.Body)
		}
		if got := w.roll(w.one, today); got != "Trần Văn Hòa official" {
			t.Errorf("written: %s", got)
		}
		if answer = w.do(w.secretary(), "POST", "/members/import/confirm", hidden(answer.Body.String())); answer.Code != 303 {
			t.Errorf("the second look is not confirmed: %d", answer.Code)
		}
		form.Set("digest", "made up")
		at = w.upload("b.csv", []byte("Họ tên\nLê An\n")).Header().Get("Location")
		form.Set("id", strings.TrimPrefix(at, "/members/import?id="))
		if answer = w.do(w.secretary(), "POST", "/members/import/confirm", form); answer.Code != 409 {
			t.Errorf("a digest made up is taken: %d", answer.Code)
		}
	})
}

func TestUploadSaysWhatToDo(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		for name, tt := range map[string]struct {
			data string
			want string
		}{
			"old.xlsx":   {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Lưu thành (Save As)"},
			"page.xlsx":  {"<html><table></table></html>", "trang web"},
			"list.csv":   {"a;b\n1;2\n", "không đọc được danh sách"},
			"nobody.csv": {"TT;Họ và tên;Ngày sinh\n", "chưa có đồng chí nào"},
		} {
			answer := w.upload(name, []byte(tt.data))
			if answer.Code != 422 || !strings.Contains(answer.Body.String(), tt.want) {
				t.Errorf("%s: %d, no %q", name, answer.Code, tt.want)
			}
		}
	})
}

func TestDraftsAreForgotten(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		id, err := w.s.Upload(t.Context(), w.secretary(), "one", "a.csv", []byte(rollText))
		if err != nil {
			t.Fatal(err)
		}
		w.now = w.now.Add(25 * time.Hour)
		if _, err := w.s.Upload(t.Context(), w.secretary(), "one", "b.csv", []byte(rollText)); err != nil {
			t.Fatal(err)
		}
		if _, err := w.s.Confirm(t.Context(), w.secretary(), id, "", "", locale.Vietnamese); !fault.Is(err, fault.NotFound) {
			t.Errorf("an old upload is still there: %v", err)
		}
	})
}

// TestExportComesBack takes the roll out through the pages and puts it in again:
// nothing changes.
func TestExportComesBack(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		w.add("Trần Văn Hòa", func(m *member.Member, _ *member.Record) {
			m.Phone, m.Position, m.Note = "+84912345678", "=HYPERLINK(1)", "- Ba Hòa"
			m.BornOn, m.BornKnown = when.On(1952, time.January, 1), member.YearOnly
		})
		w.add("Lê Thị Minh", func(_ *member.Member, r *member.Record) { r.Standing = member.Exempt })
		for _, kind := range []string{"xlsx", "csv"} {
			answer := w.do(w.secretary(), "GET", "/members/export."+kind, nil)
			if answer.Code != 200 || !strings.Contains(answer.Header().Get("Content-Disposition"), "2026-11-20") {
				t.Fatalf("export: %d %s", answer.Code, answer.Header())
			}
			report, err := w.s.ImportRoll(t.Context(), w.secretary(), "one", "back."+kind, answer.Body.Bytes(), true)
			if err != nil || report.Unchanged != 2 || report.Rows != 2 || len(report.Problems) != 0 {
				t.Errorf("%s comes back as %+v, %v", kind, report, err)
			}
		}
		if got := w.do(w.reader(), "GET", "/members/export.csv", nil).Code; got != 403 {
			t.Errorf("a reader takes the roll out: %d", got)
		}
		writer := person("writer", w.one.Path, member.Read, member.Write)
		if got := w.do(writer, "GET", "/members/export.csv", nil).Body.String(); strings.Contains(got, "0912345678") || strings.Contains(got, "84912345678") || !strings.Contains(got, "Trần Văn Hòa") {
			t.Errorf("who may not see private facts takes out %s", got)
		}
		if got := w.do(w.secretary(), "GET", "/members/template.xlsx", nil); got.Code != 200 {
			t.Errorf("template: %d", got.Code)
		}
		if got := strings.Count(w.actions("ward", "one"), "member.exported"); got != 3 {
			t.Errorf("%d exports are noted", got)
		}
	})
}

// TestAnUploadIsReadAsOfToday shows an upload today and tomorrow: a day that was to come has
// come then, though the sheet was read before.
func TestAnUploadIsReadAsOfToday(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		id, err := w.s.Upload(t.Context(), w.secretary(), "one", "a.csv", []byte("Họ và tên;Ngày vào Đảng;Ngày chính thức\nCao Thị Ngân;21/11/2025;21/11/2026\n"))
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []member.Standing{member.Probationary, member.Official} {
			for range 2 { // the second time it is remembered
				p, err := w.s.Preview(t.Context(), w.secretary(), id, "")
				if err != nil || len(p.Plan.Steps) != 1 || p.Plan.Steps[0].Standing != want {
					t.Fatalf("on %v: %+v, %v", w.now, p.Plan.Steps, err)
				}
			}
			w.now = w.now.Add(23 * time.Hour)
		}
	})
}

// TestPlansOfOneSheetAreApart makes two plans of one sheet that was read once: what the second
// says against a line does not stand in the first.
func TestPlansOfOneSheetAreApart(t *testing.T) {
	t.Parallel()
	sheets, err := sheet.Read([]byte("Họ và tên;Số thẻ;Điện thoại;Email;Số căn cước\nTrần Văn Hòa;38000001;không;không;không\n"))
	if err != nil {
		t.Fatal(err)
	}
	roll, err := readRoll(sheets)
	if err != nil {
		t.Fatal(err)
	}
	last := func(p member.Plan) string { all := p.Steps[0].Problems; return all[len(all)-1].Key }
	elsewhere := member.Known{Member: member.Member{ID: "a", FullName: "Trần Văn Hòa", CardNumber: "38000001"}}
	renamed := member.Known{Member: member.Member{ID: "b", Organization: "one", FullName: "Trần Văn Hoàn", CardNumber: "38000001"}, Records: []member.Record{{Standing: member.Official, From: today}}}
	first := member.Compare(roll, "ward", "one", []member.Known{elsewhere}, today)
	second := member.Compare(roll, "ward", "one", []member.Known{renamed}, today)
	if last(first) != "member.roll.card_elsewhere" || last(second) != "member.roll.renamed" {
		t.Errorf("the first says %s, the second %s", last(first), last(second))
	}
}
