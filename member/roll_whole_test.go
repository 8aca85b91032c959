package member_test

import (
	"fmt"
	"html"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/locale"
	"chibo/member"
	"chibo/organization"
)

// fileOf is a workbook of sheets: their names, and the people of each with their dates of birth.
func fileOf(t *testing.T, sheets ...[]string) []byte {
	t.Helper()
	f := excelize.NewFile()
	for n, s := range sheets {
		err := f.SetSheetName("Sheet1", s[0])
		if n > 0 {
			_, err = f.NewSheet(s[0])
		}
		rows := append([]string{"Họ và tên;Ngày sinh;Ngày chính thức"}, s[1:]...)
		for i, text := range rows {
			for j, cell := range strings.Split(text, ";") {
				if err == nil {
					err = f.SetCellStr(s[0], fmt.Sprintf("%c%d", 'A'+j, i+1), cell)
				}
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestSheetsAreSharedOut divides the sheets of a file among the cells of somebody.
func TestSheetsAreSharedOut(t *testing.T) {
	t.Parallel()
	mine := []member.Unit{{ID: "1", Name: wardCells[0]}, {ID: "3", Name: wardCells[1]}}
	for name, c := range map[string]struct {
		tabs []string
		all  []string
		want string
	}{
		"each to its own":            {[]string{"TDP 1", "TDP 03"}, wardCells, "TDP 1→1 TDP 03→3"},
		"one of nobody":              {[]string{"TDP 1", "Cơ quan"}, wardCells, "TDP 1→1 Cơ quan:unknown -3"},
		"one of others":              {[]string{"TDP 1", "TDP số 13", "TDP 3"}, wardCells, "TDP 1→1 TDP 3→3 TDP số 13:foreign"},
		"two of one cell":            {[]string{"TDP 1", "TDP 01", "TDP 3"}, wardCells, "TDP 1→1 TDP 3→3 TDP 01:second"},
		"a name that two cells have": {[]string{"TDP 1", "TDP 3"}, append([]string{wardCells[0]}, wardCells...), "TDP 3→3 TDP 1:unknown -1"},
	} {
		got := rollsOf(t, wardBook(t, c.tabs...)).Share(mine, c.all)
		var said []string
		for _, s := range got.Sheets {
			said = append(said, s.Sheet+"→"+s.ID)
		}
		for _, s := range got.Strays {
			said = append(said, s.Sheet+":"+s.Why)
		}
		for _, u := range got.Bare {
			said = append(said, "-"+u.ID)
		}
		if diff := cmp.Diff(c.want, strings.Join(said, " ")); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	title := []byte("CHI BỘ TỔ DÂN PHỐ 3;;\n\nHọ và tên;Ngày sinh;Số thẻ\nLê An;1970;38000001\nLê Bình;1971;38000002\n")
	if got := rollsOf(t, title).Share(mine, wardCells); len(got.Sheets) != 1 || got.Sheets[0].ID != "3" {
		t.Errorf("by its title: %+v", got)
	}
}

// wholeWard is a ward with a third cell, which the clerk of the other two may not change, and their file.
func wholeWard(t *testing.T, w *ward) (clerk access.Person, three organization.Organization, data []byte) {
	t.Helper()
	units := &organization.Service{DB: w.db, Now: w.s.Now, Audit: w.s.Audit}
	three, err := units.Add(t.Context(), person("clerk", "/", organization.Manage), "ward", organization.Organization{
		ID: "three", Name: "Chi bộ Tổ dân phố 18", Level: organization.Cell, Kind: organization.Residential,
	})
	if err != nil {
		t.Fatal(err)
	}
	clerk = w.secretary()
	clerk.Grants = append(slices.Clone(clerk.Grants), access.Grant{Organization: "two", Path: w.two.Path, Needs: clerk.Grants[0].Needs})
	return clerk, three, fileOf(t,
		[]string{"Ghi chú", "Phan Văn Lạc;01/02/1970;03/02/2001"},
		[]string{"TDP 17", "Trần Văn Hòa;03/02/1960;03/02/1990", "Lê Thị Minh;04/02/1961;03/02/1991", "Đỗ Văn Sai;31/02/1960;03/02/1990"},
		[]string{"TDP 18", "Cao Thị Ngân;05/02/1962;03/02/1992"},
		[]string{"Tiểu học Sông Xanh A", "Đỗ Văn Thành;06/02/1963;03/02/1993"})
}

var wholeField = regexp.MustCompile(`name="(id|cell|digest)" value="([^"]*)"`)

// wholeForm returns the form of the page on a whole file.
func wholeForm(page string) url.Values {
	form := url.Values{}
	for _, m := range wholeField.FindAllStringSubmatch(page, -1) {
		form.Add(m[1], html.UnescapeString(m[2]))
	}
	return form
}

// TestAWholeFileThroughThePages walks the way of a clerk: from the preview to all sheets, to one of them, and takes
// them in with one press, twice.
func TestAWholeFileThroughThePages(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		clerk, three, data := wholeWard(t, w)
		id, err := w.s.Upload(t.Context(), clerk, "one", "ca phuong.xlsx", data)
		if err != nil {
			t.Fatal(err)
		}
		all := "/members/import/all?id=" + id
		if page := w.do(clerk, "GET", "/members/import?id="+id, nil).Body.String(); !strings.Contains(page, all) || !strings.Contains(page, "Nhập cả tệp: 2 chi bộ") {
			t.Errorf("the preview has no way to the whole file: %s", page)
		}
		page := w.do(clerk, "GET", all, nil).Body.String()
		for _, text := range []string{
			"Ghi vào danh sách của 2 chi bộ: thêm 3, thay đổi 0", "/members/import?id=" + id + ".one&amp;sheet=TDP+17",
			"Tên trang và tiêu đề bảng không cho biết", "Ghi Chi bộ Tổ dân phố 18, là chi bộ mà đồng chí không được sửa danh sách",
		} {
			if !strings.Contains(page, text) {
				t.Errorf("the whole file lacks %q: %s", text, page)
			}
		}
		if one := w.do(clerk, "GET", "/members/import?id="+id+".two&sheet=Ti%E1%BB%83u+h%E1%BB%8Dc+S%C3%B4ng+Xanh+A", nil); one.Code != 200 || !strings.Contains(one.Body.String(), "Đỗ Văn Thành") || strings.Contains(one.Body.String(), "Trần Văn Hòa") {
			t.Errorf("one of the sheets: %d %s", one.Code, one.Body)
		}
		if got := w.roll(w.one, today) + w.roll(w.two, today); got != "" {
			t.Fatalf("looking has written %s", got)
		}
		form := wholeForm(page)
		if got := w.do(w.clerk(), "POST", "/members/import/all", form).Code; got != 404 {
			t.Errorf("somebody else confirms: %d", got)
		}
		for range 2 { // pressing twice does it once
			if answer := w.do(clerk, "POST", "/members/import/all", form); answer.Code != 303 || answer.Header().Get("Location") != all {
				t.Fatalf("confirm: %d %s", answer.Code, answer.Body)
			}
		}
		page = w.do(clerk, "GET", all, nil).Body.String()
		for _, text := range []string{"Đã ghi xong tệp vào 2 chi bộ, còn 1 dòng chưa nhận", "Đã ghi một phần", "Đã ghi đủ", "/members/import?id=" + id + ".two", "Chi bộ Tổ dân phố 18"} {
			if !strings.Contains(page, text) {
				t.Errorf("the result lacks %q: %s", text, page)
			}
		}
		if one := w.do(clerk, "GET", "/members/import?id="+id+".one", nil).Body.String(); !strings.Contains(one, "31/02/1960") || !strings.Contains(one, all) {
			t.Errorf("the result of one cell: %s", one)
		}
		if answer := w.do(clerk, "GET", "/members/import?id="+id, nil); answer.Code != 303 || answer.Header().Get("Location") != all {
			t.Errorf("the upload itself: %d", answer.Code)
		}
		if got, want := w.roll(w.one, today)+"; "+w.roll(w.two, today)+"; "+w.roll(three, today), "Trần Văn Hòa official, Lê Thị Minh official; Đỗ Văn Thành official; "; sorted(got) != sorted(want) {
			t.Errorf("rolls %s, want %s", got, want)
		}
		for cell, want := range map[string]int{"one": 1, "two": 1, "three": 0} {
			if got := strings.Count(w.actions("ward", cell), "member.imported"); got != want {
				t.Errorf("%s was imported %d times", cell, got)
			}
		}
	})
}

func sorted(rolls string) string {
	parts := strings.Split(rolls, "; ")
	for n := range parts {
		names := strings.Split(parts[n], ", ")
		slices.Sort(names)
		parts[n] = strings.Join(names, ", ")
	}
	return strings.Join(parts, "; ")
}

// TestARollThatChangedIsSkipped changes one cell after the whole file was looked at: the other goes in, that one with
// the next press.
func TestARollThatChangedIsSkipped(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		clerk, _, data := wholeWard(t, w)
		id, err := w.s.Upload(t.Context(), clerk, "two", "ca phuong.xlsx", data)
		if err != nil {
			t.Fatal(err)
		}
		all := "/members/import/all?id=" + id
		form := wholeForm(w.do(clerk, "GET", all, nil).Body.String())
		if _, err := w.s.ImportRoll(t.Context(), clerk, "one", "khac.csv", []byte("Họ và tên;Ngày sinh;Ngày chính thức\nTrần Văn Hòa;03/02/1960;03/02/1990\n"), false); err != nil {
			t.Fatal(err)
		}
		answer := w.do(clerk, "POST", "/members/import/all", form)
		if page := answer.Body.String(); answer.Code != 409 || !strings.Contains(page, "Chưa ghi: Chi bộ Tổ dân phố 17.") || !strings.Contains(page, "Đã ghi 1 chi bộ, còn 1 chi bộ chưa ghi") {
			t.Errorf("%d %s", answer.Code, page)
		}
		if got := w.roll(w.one, today) + "; " + w.roll(w.two, today); got != "Trần Văn Hòa official; Đỗ Văn Thành official" {
			t.Errorf("rolls %s", got)
		}
		next := wholeForm(answer.Body.String())
		if len(next["cell"]) != 1 || next["cell"][0] != "one" {
			t.Errorf("the next press is for %q", next["cell"])
		}
		if answer := w.do(clerk, "POST", "/members/import/all", next); answer.Code != 303 {
			t.Errorf("the next press: %d %s", answer.Code, answer.Body)
		}
		if got := sorted(w.roll(w.one, today)); got != sorted("Trần Văn Hòa official, Lê Thị Minh official") {
			t.Errorf("roll %s", got)
		}
		if got := strings.Count(w.actions("ward", "two"), "member.imported"); got != 1 {
			t.Errorf("the other was imported %d times", got)
		}
	})
}

// TestTheLastPartHasNothingToWrite skips a cell whose people somebody else has brought in meanwhile: the page tells to press
// again, and there is a button for it.
func TestTheLastPartHasNothingToWrite(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		clerk, _, data := wholeWard(t, w)
		id, err := w.s.Upload(t.Context(), clerk, "one", "ca phuong.xlsx", data)
		if err != nil {
			t.Fatal(err)
		}
		form := wholeForm(w.do(clerk, "GET", "/members/import/all?id="+id, nil).Body.String())
		if _, err := w.s.ImportRoll(t.Context(), clerk, "two", "a.xlsx", data, false); err != nil {
			t.Fatal(err)
		}
		answer := w.do(clerk, "POST", "/members/import/all", form)
		if answer.Code != 409 || strings.Contains(answer.Body.String(), "Không có gì để ghi") {
			t.Errorf("%d %s", answer.Code, answer.Body)
		}
		if answer := w.do(clerk, "POST", "/members/import/all", wholeForm(answer.Body.String())); answer.Code != 303 {
			t.Errorf("the next press: %d %s", answer.Code, answer.Body)
		}
	})
}

// TestOneSheetFirst confirms the sheet of the chosen cell from its preview: the others can be taken in after it, it is
// not taken in again.
func TestOneSheetFirst(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		clerk, _, data := wholeWard(t, w)
		id, err := w.s.Upload(t.Context(), clerk, "one", "ca phuong.xlsx", data)
		if err != nil {
			t.Fatal(err)
		}
		form := hidden(w.do(clerk, "GET", "/members/import?id="+id, nil).Body.String())
		if answer := w.do(clerk, "POST", "/members/import/confirm", form); answer.Code != 303 {
			t.Fatalf("one sheet: %d %s", answer.Code, answer.Body)
		}
		if page := w.do(clerk, "GET", "/members/import?id="+id, nil); page.Code != 200 || !strings.Contains(page.Body.String(), "Không có gì để ghi") {
			t.Errorf("the preview afterwards: %d %s", page.Code, page.Body)
		}
		all := "/members/import/all?id=" + id
		page := w.do(clerk, "GET", all, nil).Body.String()
		if !strings.Contains(page, "Đã ghi 1 chi bộ, còn 1 chi bộ chưa ghi") || !strings.Contains(page, "Ghi vào danh sách của 1 chi bộ: thêm 1, thay đổi 0") {
			t.Errorf("the whole file: %s", page)
		}
		if answer := w.do(clerk, "POST", "/members/import/all", wholeForm(page)); answer.Code != 303 {
			t.Errorf("the rest: %d %s", answer.Code, answer.Body)
		}
		for _, cell := range []string{"one", "two"} {
			if got := strings.Count(w.actions("ward", cell), "member.imported"); got != 1 {
				t.Errorf("%s was imported %d times", cell, got)
			}
		}
	})
}

// TestASheetAllRefused takes a file in of which one sheet has nobody who can be taken in.
func TestASheetAllRefused(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		clerk, _, _ := wholeWard(t, w)
		id, err := w.s.Upload(t.Context(), clerk, "one", "a.xlsx", fileOf(t, []string{"TDP 17", "Đỗ Văn Sai;31/02/1960;03/02/1990"}, []string{"Tiểu học Sông Xanh A", "Đỗ Văn Thành;06/02/1963;03/02/1993"}))
		if err != nil {
			t.Fatal(err)
		}
		seen, err := w.s.Whole(t.Context(), clerk, id)
		if err != nil || len(seen.Parts) != 2 || seen.Writes() != 1 || seen.Parts[0].Counts()[member.Refuse] != 1 {
			t.Fatalf("%+v, %v", seen, err)
		}
		digests := map[string]string{}
		for _, p := range seen.Parts {
			digests[p.SheetOf.ID] = p.Plan.Digest()
		}
		if skipped, err := w.s.ConfirmWhole(t.Context(), clerk, id, digests, locale.Vietnamese); err != nil || skipped != nil {
			t.Fatalf("%q, %v", skipped, err)
		}
		first, err := w.s.Whole(t.Context(), clerk, id)
		if err != nil || first.Waiting() != 0 || first.Parts[0].Report.Refused != 1 || first.Parts[0].Report.Added != 0 || first.Parts[1].Report.Added != 1 {
			t.Errorf("%+v, %v", first, err)
		}
		if got := w.roll(w.one, today); got != "" {
			t.Errorf("written: %s", got)
		}
		if page := w.do(clerk, "GET", "/members/import/all?id="+id, nil).Body.String(); !strings.Contains(page, "Không dòng nào nhận") {
			t.Errorf("the result says %s", page)
		}
	})
}

// TestWhoMayTakeAWholeFileIn: somebody of one cell sees no way to the others, and a part reaches no cell that its
// uploader may not write to.
func TestWhoMayTakeAWholeFileIn(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		clerk, _, data := wholeWard(t, w)
		id, err := w.s.Upload(t.Context(), w.secretary(), "one", "a.xlsx", data)
		if err != nil {
			t.Fatal(err)
		}
		if page := w.do(w.secretary(), "GET", "/members/import?id="+id, nil).Body.String(); strings.Contains(page, "/members/import/all") {
			t.Errorf("a way to the whole file: %s", page)
		}
		if got := w.do(w.secretary(), "GET", "/members/import/all?id="+id, nil).Code; got != 404 {
			t.Errorf("the whole file: %d", got)
		}
		if id, err = w.s.Upload(t.Context(), clerk, "one", "a.xlsx", data); err != nil {
			t.Fatal(err)
		}
		far := clerk
		far.Grants = append(slices.Clone(clerk.Grants), access.Grant{Organization: "far", Path: w.far.Path, Needs: maps.Clone(clerk.Grants[0].Needs)})
		for who, parts := range map[*access.Person][]string{&clerk: {".three", ".far", ".", ".nowhere", ".one.two"}, &far: {".far", ".three"}} {
			for _, part := range parts {
				if _, err := w.s.Preview(t.Context(), *who, id+part, "TDP 18"); !fault.Is(err, fault.NotFound) {
					t.Errorf("preview of %s: %v", part, err)
				}
				if _, err := w.s.Confirm(t.Context(), *who, id+part, "TDP 18", "", locale.Vietnamese); !fault.Is(err, fault.NotFound) {
					t.Errorf("confirm of %s: %v", part, err)
				}
			}
		}
		other := clerk
		other.Account = "account-other"
		if _, err := w.s.Preview(t.Context(), other, id+".two", ""); !fault.Is(err, fault.NotFound) {
			t.Errorf("of another account: %v", err)
		}
		if _, err := w.s.ConfirmWhole(t.Context(), clerk, id, map[string]string{"three": "x"}, locale.Vietnamese); err != nil {
			t.Error(err)
		}
		for _, o := range []organization.Organization{w.one, w.two} {
			if got := w.roll(o, today); got != "" {
				t.Errorf("without a digest: %s", got)
			}
		}
	})
}
