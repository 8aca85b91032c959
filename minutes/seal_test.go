package minutes

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/db/dbtest"
	"chibo/kit/fault"
	"chibo/meeting"
	"chibo/proceedings"
)

// TestFromClosingToSeal walks the whole road on the page of the minutes.
func TestFromClosingToSeal(t *testing.T) {
	t.Parallel()
	cells(t, func(c *cell) {
		c.get(c.base(), http.StatusNotFound) // nobody has come yet
		c.hold()
		if err := c.Add(c.Context(), c.who, c.meeting.ID, Adding{Text: "a", Reason: "b", Secret: secret}); !fault.Is(err, fault.Conflict) {
			c.Errorf("addition to nothing: %v", err)
		}
		page := c.get(c.base(), http.StatusOK)
		c.has(page, "Dự thảo", "Chỉ tiêu phân loại rác là cao", "Đọc lại trước chi bộ", "…-BB/CB")
		c.lacks(page, "Mã kiểm tra:")
		c.post(c.base()+"/seal", nil, http.StatusConflict)
		c.post(c.base()+"/sign", url.Values{"part": {"chair"}, "secret": {secret}}, http.StatusConflict)

		read := c.get(c.base()+"/read?p=1", http.StatusOK)
		c.has(read, "Đoạn 1/", "Đoạn sau", "Vào hồi 19 giờ")
		c.has(c.get(c.base()+"/read?p=999", http.StatusOK), "Đã đọc xong")
		c.post(c.base()+"/objections?p=2", url.Values{"speaker": {c.id("Vũ Quang Huy")}, "passage": {"roll"}, "text": {"Ghi thiếu giờ"}}, http.StatusSeeOther)
		c.has(c.get(c.base()+"/read?p=2", http.StatusOK), "Ghi thiếu giờ")
		c.has(c.post(c.base()+"/objections?p=2", url.Values{"passage": {"roll"}, "text": {"<b>ai?</b>"}}, http.StatusUnprocessableEntity), "&lt;b&gt;ai?&lt;/b&gt;")
		c.post(c.base()+"/readback", nil, http.StatusSeeOther)

		c.has(c.get(c.base(), http.StatusOK), "Ghi chi bộ đã thông qua")
		c.post(c.base()+"/adopt", url.Values{}, http.StatusUnprocessableEntity)
		c.post(c.base()+"/adopt", url.Values{"for": {"4"}}, http.StatusSeeOther)

		c.has(c.get(c.base(), http.StatusOK), "Lê Thị Minh xác nhận")
		wrong := c.post(c.base()+"/sign", url.Values{"part": {"minute_taker"}, "secret": {"sai bét"}}, http.StatusUnprocessableEntity)
		c.lacks(wrong, "sai bét")
		c.post(c.base()+"/sign", url.Values{"part": {"minute_taker"}, "secret": {secret}}, http.StatusSeeOther)
		c.post(c.base()+"/seal", nil, http.StatusConflict)
		c.post(c.base()+"/sign", url.Values{"part": {"chair"}, "secret": {secret}}, http.StatusSeeOther)
		c.has(c.get(c.base(), http.StatusOK), "Niêm phong biên bản")
		c.post(c.base()+"/seal", url.Values{"sign_for": {"T/M CHI ỦY"}}, http.StatusSeeOther)

		page = c.get(c.base(), http.StatusOK)
		c.has(page, "Đã niêm phong", "01-BB/CB", "01-NQ/CB", "T/M CHI ỦY", "Mã kiểm tra")
		m, err := meeting.Find(c.Context(), c.d, c.org.Root, c.meeting.ID)
		if err != nil || m.State != meeting.Sealed || m.SealedAt.IsZero() {
			c.Errorf("the meeting is %s, %v", m.State, err)
		}
		c.post(c.base()+"/seal", nil, http.StatusConflict)
		c.post(c.base()+"/words", url.Values{"passage": {"roll"}, "text": {"khác"}}, http.StatusConflict)
		c.post(c.base()+"/sign", url.Values{"part": {"chair"}, "secret": {secret}}, http.StatusConflict)
		c.fine(Verify(c.Context(), c.d))
		c.fine(audit.Verify(c.Context(), c.d))
	})
}

// TestRewordedAfterSigning checks that a signature holds for the text that was
// read, not for a later one.
func TestRewordedAfterSigning(t *testing.T) {
	t.Parallel()
	cells(t, func(c *cell) {
		c.hold()
		c.post(c.base()+"/adopt", url.Values{"for": {"4"}}, http.StatusSeeOther)
		for _, p := range Parts {
			c.post(c.base()+"/sign", url.Values{"part": {string(p)}, "secret": {secret}}, http.StatusSeeOther)
		}
		c.post(c.base()+"/words", url.Values{"passage": {"opening"}, "text": {"Lời khác."}}, http.StatusSeeOther)
		c.has(c.get(c.base(), http.StatusOK), "cần xác nhận lại", "Lời khác.")
		c.post(c.base()+"/seal", nil, http.StatusConflict)
		words := c.get(c.base()+"/words", http.StatusOK)
		c.has(words, "Lời khác.", "Dữ kiện ghi trong phòng họp", "Vào hồi 19 giờ")
		c.post(c.base()+"/words", url.Values{"passage": {"opening"}, "text": {""}}, http.StatusSeeOther)
		c.post(c.base()+"/seal", nil, http.StatusSeeOther) // what was signed stands again
	})
}

// TestSealedFilesStay checks that what is downloaded after the seal is what was
// sealed, byte for byte, with code and number, and that drafts say so.
func TestSealedFilesStay(t *testing.T) {
	t.Parallel()
	cells(t, func(c *cell) {
		c.hold()
		for _, path := range []string{"minutes.docx", "minutes.pdf", "resolution.docx", "resolution.pdf"} {
			c.get("/meetings/"+c.meeting.ID+"/"+path, http.StatusOK)
		}
		c.has(unzipped(t, c.get("/meetings/"+c.meeting.ID+"/minutes.docx", http.StatusOK)), "Dự thảo")
	})
	cells(t, func(c *cell) {
		seal := c.sealed()
		docx := c.get("/meetings/"+c.meeting.ID+"/minutes.docx", http.StatusOK)
		text := unzipped(t, docx)
		c.has(text, "01-BB/CB", ShowCode(seal.Code), "Lê Thị Minh", "Đã xác nhận trên phần mềm")
		c.lacks(text, "Dự thảo")
		c.has(unzipped(t, c.get("/meetings/"+c.meeting.ID+"/resolution.docx", http.StatusOK)), "01-NQ/CB", "46/46 hộ", "T/M CHI BỘ", "Tuyên truyền ngõ 45")
		c.clock.Add(1e9)
		if again := c.get("/meetings/"+c.meeting.ID+"/minutes.docx", http.StatusOK); again != docx {
			c.Error("the file changed")
		}
		sum := sha256.Sum256([]byte(docx))
		entries, err := audit.Of(c.Context(), c.d, c.org.Root, seal.ID)
		c.fine(err)
		if len(entries) != 1 || !strings.Contains(entries[0].Detail, hex.EncodeToString(sum[:])) {
			c.Errorf("the audit chain does not hold the hash of the file: %+v", entries)
		}
	})
}

// unzipped returns the document part of a DOCX file.
func unzipped(t *testing.T, docx string) string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(docx), int64(len(docx)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := b.ReadFrom(f); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestCheckTellsLittle checks that a stranger with the code learns whether and
// when, compares a file, and learns nothing else.
func TestCheckTellsLittle(t *testing.T) {
	t.Parallel()
	cells(t, func(c *cell) {
		seal := c.sealed()
		pdf := c.get("/meetings/"+c.meeting.ID+"/minutes.pdf", http.StatusOK)
		hidden := []string{"Tổ dân phố", "Sông Xanh", "Hòa", "Minh", "rác", "BB/CB", "NQ/CB", "sinh hoạt chi bộ thường kỳ", c.meeting.ID, seal.Hash}
		for _, typed := range []string{seal.Code, strings.ToLower(ShowCode(seal.Code))} {
			page := c.stranger("/check/"+typed, http.StatusOK)
			c.has(page, "được niêm phong lúc", "03/12/2026")
			c.lacks(page, hidden...)
		}
		same := c.drop("/check/"+seal.Code, []byte(pdf), http.StatusOK)
		c.has(same, "đúng từng chữ")
		c.lacks(same, hidden...)
		changed := []byte(pdf)
		changed[len(changed)/2] ^= 1
		different := c.drop("/check/"+seal.Code, changed, http.StatusOK)
		c.has(different, "không phải là bản đã niêm phong")
		c.lacks(different, append(hidden, "đúng từng chữ")...)
		c.has(c.stranger("/check/000000000000", http.StatusNotFound), "Không có văn bản nào", "0000-0000-0000")
		c.has(c.drop("/check/000000000000", []byte(pdf), http.StatusNotFound), "Không có văn bản nào")
		c.stranger("/check?code="+strings.ToLower(ShowCode(seal.Code)), http.StatusSeeOther)
		c.has(c.stranger("/check", http.StatusOK), "12 chữ và số")
		c.stranger(c.base(), http.StatusSeeOther) // to sign in
		c.stranger("/check/%3Cscript%3E", http.StatusNotFound)
	})
}

func TestAdditions(t *testing.T) {
	t.Parallel()
	cells(t, func(c *cell) {
		c.sealed()
		add := func(text, reason, pass string, status int) string {
			return c.post(c.base()+"/additions", url.Values{"text": {text}, "reason": {reason}, "secret": {pass}}, status)
		}
		c.has(add("", "nhầm tên", secret, http.StatusUnprocessableEntity), "nhầm tên")
		c.has(add("Sửa tên", "", secret, http.StatusUnprocessableEntity), "Sửa tên")
		add("Sửa tên", "nhầm tên", "sai", http.StatusUnprocessableEntity)
		before := c.get("/meetings/"+c.meeting.ID+"/minutes.pdf", http.StatusOK)
		c.clock.Add(86_400_000)
		add("Đồng chí Huy gửi ý kiến bằng văn bản", "gửi sau buổi họp", secret, http.StatusSeeOther)
		add("Đính chính ngày hoàn thành", "ghi nhầm", secret, http.StatusSeeOther)
		c.has(c.get(c.base(), http.StatusOK), "Bổ sung lần 1", "Bổ sung lần 2")
		text := unzipped(t, c.get(c.base()+"/additions/1/docx", http.StatusOK))
		c.has(text, "BIÊN BẢN BỔ SUNG", "gửi sau buổi họp", "Trần Văn Hòa", "01-BB/CB", "ngày 04 tháng 12 năm 2026")
		c.get(c.base()+"/additions/3/docx", http.StatusNotFound)
		c.get(c.base()+"/additions/1/exe", http.StatusNotFound)
		if c.get("/meetings/"+c.meeting.ID+"/minutes.pdf", http.StatusOK) != before {
			c.Error("the addition changed the minutes")
		}
		c.fine(Verify(c.Context(), c.d))
	})
}

func TestRegister(t *testing.T) {
	t.Parallel()
	cells(t, func(c *cell) {
		here := "/minutes/" + c.org.ID
		c.hold()
		c.has(c.get(here, http.StatusOK), "Chưa niêm phong", "Cần hoàn tất biên bản", c.base(), "Không có biên bản nào")
		c.get(here+"/2026/bundle.zip", http.StatusNotFound)
		c.post(c.base()+"/adopt", url.Values{"for": {"4"}}, http.StatusSeeOther)
		for _, p := range Parts {
			c.post(c.base()+"/sign", url.Values{"part": {string(p)}, "secret": {secret}}, http.StatusSeeOther)
		}
		c.post(c.base()+"/seal", nil, http.StatusSeeOther)
		c.has(c.get(here, http.StatusOK), "Năm 2026", "01-BB/CB", "01-NQ/CB", "bundle.zip")
		for _, words := range []string{"phan loai rac", "PHÂN LOẠI", "46/46 hộ", "tuyen truyen ngo 45"} {
			c.has(c.get(here+"?q="+url.QueryEscape(words), http.StatusOK), "Tìm thấy 1", "01-BB/CB")
		}
		for _, words := range []string{"voi rong", "quyetnghi", "%", "_____________"} {
			c.has(c.get(here+"?q="+url.QueryEscape(words), http.StatusOK), "Không có biên bản nào")
		}
		c.has(c.get(here+"?year=2024", http.StatusOK), "Năm 2024", "Không có biên bản nào")
		bundle := c.get(here+"/2026/bundle.zip", http.StatusOK)
		z, err := zip.NewReader(strings.NewReader(bundle), int64(len(bundle)))
		c.fine(err)
		var names []string
		for _, f := range z.File {
			names = append(names, f.Name)
		}
		if got := strings.Join(names, "|"); got != "2026-12-03 Biên bản 01-BB-CB.docx|2026-12-03 Biên bản 01-BB-CB.pdf|2026-12-03 Nghị quyết 01-NQ-CB.docx|2026-12-03 Nghị quyết 01-NQ-CB.pdf" {
			c.Error(got)
		}
		c.get("/minutes/another", http.StatusNotFound)
		c.get("/minutes", http.StatusSeeOther)
	})
}

// TestCanonical checks the promise of the sealed text: the documented form, the
// same bytes after a round trip, the hash that stands beside it.
func TestCanonical(t *testing.T) {
	t.Parallel()
	cells(t, func(c *cell) {
		seal := c.sealed()
		var record Sealed
		c.fine(json.Unmarshal([]byte(seal.Record), &record))
		again, err := canonical(record)
		c.fine(err)
		if again != seal.Record {
			c.Errorf("another text after a round trip:\n%s\n%s", seal.Record, again)
		}
		if hashOf([]byte(seal.Record)) != seal.Hash || strings.Contains(seal.Record, "\n") || !strings.HasPrefix(seal.Record, `{"form":"chibo/minutes/1","root":`) {
			c.Errorf("not canonical: %.80s", seal.Record)
		}
	})
}

// TestSealedBySQL checks that the database itself refuses to change what is
// sealed.
func TestSealedBySQL(t *testing.T) {
	t.Parallel()
	cells(t, func(c *cell) {
		c.sealed()
		for _, s := range []string{`UPDATE seal SET record = 'x'`, `DELETE FROM seal`} {
			err := c.d.Tx(c.Context(), func(tx *db.Tx) error {
				_, err := db.Exec(c.Context(), tx, s)
				return err
			})
			if err == nil {
				c.Errorf("%s went through", s)
			}
		}
	})
}

// TestVerifyFindsTampering opens the file behind the program's back, takes the
// guards away and changes one thing.
func TestVerifyFindsTampering(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]string{
		"a word of the record":    `UPDATE seal SET record = REPLACE(record, 'Sông Xanh', 'Sông Hồng')`,
		"record and hash":         `UPDATE seal SET record = 'x', hash = '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881'`,
		"a paper":                 `UPDATE seal_file SET data = X'00' WHERE paper = 'minutes' AND form = 'pdf'`,
		"a paper and its hash":    `UPDATE seal_file SET data = X'00', hash = '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d' WHERE form = 'pdf'`,
		"a paper is gone":         `DELETE FROM seal_file WHERE form = 'docx'`,
		"the code":                `UPDATE seal SET code = '000000000000'`,
		"the code leads nowhere":  `UPDATE check_code SET seal_id = 'x'`,
		"the code is gone":        `DELETE FROM check_code`,
		"the seal is gone":        `DELETE FROM seal_file; DELETE FROM seal`,
		"the time":                `UPDATE check_code SET sealed_at = 1`,
		"the meeting is opened":   `UPDATE meeting SET state = 'closed' WHERE state = 'sealed'`,
		"an act is changed":       `UPDATE act SET body = REPLACE(body, 'cao', 'thấp') WHERE kind = 'opinion'`,
		"an act is taken away":    `DELETE FROM act WHERE kind = 'opinion'`,
		"an act is slipped in":    `INSERT INTO act (root_id, meeting_id, seq, id, kind, at, account_id, body, received) SELECT root_id, meeting_id, seq + 100, 'x', kind, at, account_id, body, received FROM act WHERE kind = 'opinion'`,
		"the audit entry is gone": `DELETE FROM audit WHERE action = 'minutes.sealed'`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "chibo.db")
			d, err := db.Open(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			c := newCell(t, d, meeting.Ordinary)
			c.sealed()
			c.fine(Verify(t.Context(), d))
			c.fine(d.Close())
			c.fine(behind(path, change))
			err = Verify(t.Context(), dbtest.Open(t, path))
			if _, ok := errors.AsType[*Broken](err); !ok {
				t.Errorf("not found: %v", err)
			}
		})
	}
}

// behind runs statements on a SQLite file without the program and without its
// guards.
func behind(path, statements string) error {
	s, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	drop, err := dropTriggers(s)
	if err != nil {
		return errors.Join(err, s.Close())
	}
	_, err = s.Exec(drop + statements)
	return errors.Join(err, s.Close())
}

// TestNumbersSurviveFailure checks that a second try at sealing uses the numbers
// of the first.
func TestNumbersSurviveFailure(t *testing.T) {
	t.Parallel()
	cells(t, func(c *cell) {
		c.hold()
		d, err := c.Load(c.Context(), c.d, c.who, MayWrite, c.meeting.ID)
		c.fine(err)
		for range 2 {
			record, err := c.number(c.Context(), d)
			if err != nil || record.Number != "01-BB/CB" || record.Second != "01-NQ/CB" {
				c.Errorf("numbers %s, %s: %v", record.Number, record.Second, err)
			}
		}
	})
}

// TestLateActStopsTheSeal checks that nothing enters the log unseen while the
// papers are made.
func TestLateActStopsTheSeal(t *testing.T) {
	t.Parallel()
	cells(t, func(c *cell) {
		c.sealed()
		_, err := c.Room.Append(c.Context(), c.who, c.meeting.ID, nil)
		c.fine(err)
		raw, err := json.Marshal(proceedings.WordingBody{Passage: "roll", Text: "khác"})
		c.fine(err)
		answers, err := c.Room.Append(c.Context(), c.who, c.meeting.ID, []proceedings.Act{{ID: uuid(77), Kind: proceedings.KindWording, At: began, Body: raw}})
		c.fine(err)
		if !fault.Is(answers[0].Err, fault.Conflict) {
			c.Errorf("an act after the seal: %+v", answers)
		}
	})
}

// dropTriggers returns the statements that take the guards away.
func dropTriggers(s *sql.DB) (drop string, err error) {
	rows, err := s.Query(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return "", err
		}
		drop += "DROP TRIGGER " + name + ";"
	}
	return drop, rows.Err()
}
