package member_test

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"chibo/kit/fault"
	"chibo/kit/locale"
	"chibo/kit/search"
	"chibo/kit/sheet"
	"chibo/kit/when"
	"chibo/member"
)

// sheetOf makes a sheet of made-up people, told apart by their cards.
func sheetOf(n int, position string) []byte {
	var text strings.Builder
	text.WriteString("Họ và tên;Ngày sinh;Số thẻ;Ngày vào Đảng;Ngày chính thức;Chức vụ\n")
	for i := range n {
		fmt.Fprintf(&text, "Trần Văn Hòa;%s;38%06d;03/02/2010;03/02/2011;%s\n", when.On(1960, time.January, 1+i).Slashed(), i, position)
	}
	return []byte(text.String())
}

// bring takes a sheet in as a person does: it is shown, then confirmed as it was seen.
func (w *ward) bring(data []byte) (member.Plan, member.Report, error) {
	w.t.Helper()
	id, err := w.s.Upload(w.t.Context(), w.secretary(), "one", "a.csv", data)
	if err != nil {
		return member.Plan{}, member.Report{}, err
	}
	seen, err := w.s.Preview(w.t.Context(), w.secretary(), id, "")
	if err != nil {
		w.t.Fatal(err)
	}
	report, err := w.s.Confirm(w.t.Context(), w.secretary(), id, "", seen.Plan.Digest(), locale.Vietnamese)
	return seen.Plan, report, err
}

// TestRollsOfAnyLength takes rolls in that fill no statement, one, and one and a bit, changes everybody, and
// finds all of it stored. The clock goes on meanwhile.
func TestRollsOfAnyLength(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 63, 64, 65, 129} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			inWard(t, func(t *testing.T, w *ward) {
				w.s.Now = func() time.Time {
					w.now = w.now.Add(time.Millisecond)
					return w.now
				}
				for _, step := range []struct {
					position                  string
					added, changed, unchanged int
				}{{"Giáo viên", n, 0, 0}, {"Giáo viên", 0, 0, n}, {"Tổ trưởng", 0, n, 0}} {
					_, report, err := w.bring(sheetOf(n, step.position))
					if n == 0 {
						if !fault.Is(err, fault.Invalid) {
							t.Errorf("nobody: %v", err)
						}
						continue
					}
					if err != nil || report.Added != step.added || report.Changed != step.changed || report.Unchanged != step.unchanged {
						t.Fatalf("%+v: %+v, %v", step, report, err)
					}
					roll, err := member.Roll(t.Context(), w.db, "ward", "one", today)
					if err != nil || len(roll) != n {
						t.Fatalf("%d on the roll, %v", len(roll), err)
					}
					cards := map[string]bool{}
					for _, e := range roll {
						cards[e.CardNumber] = true
						records, err := member.Records(t.Context(), w.db, "ward", "one", e.ID)
						if err != nil || e.Position != step.position || e.Standing != member.Official || e.Since != when.On(2011, time.February, 3) || len(records) != 2 || records[0].RecordedBy != "secretary" {
							t.Fatalf("%+v, %+v, %v", e, records, err)
						}
					}
					if len(cards) != n {
						t.Errorf("%d of %d cards", len(cards), n)
					}
				}
			})
		})
	}
}

// TestNaughtyTextsAreImported brings every naughty text in, as a name and in other columns: it is kept as the page
// has shown it, stays text there, and comes in again without a change.
func TestNaughtyTextsAreImported(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile("../app/testdata/naughty.json")
	if err != nil {
		t.Fatal(err)
	}
	var texts []struct{ Text string }
	if err := json.Unmarshal(b, &texts); err != nil {
		t.Fatal(err)
	}
	for _, s := range naughty {
		texts = append(texts, struct{ Text string }{s})
	}
	texts = slices.DeleteFunc(texts, func(n struct{ Text string }) bool { // for which a whole sheet is refused
		return strings.Contains(n.Text, "\x00") || utf8.RuneCountInString(n.Text) > 32_767
	})
	table := sheet.Table{Name: "Đảng viên", Header: []string{"Họ và tên", "Quê quán", "Nơi ở", "Email", "Ghi chú", "Số thẻ"}, Widths: make([]float64, 6)}
	for i, n := range texts {
		table.Rows = append(table.Rows,
			[]any{n.Text, "", "", "", "", fmt.Sprintf("39%06d", i)}, []any{"Lê Thị Minh", n.Text, n.Text, n.Text, n.Text, fmt.Sprintf("38%06d", i)})
	}
	book, err := table.XLSX()
	if err != nil {
		t.Fatal(err)
	}
	for kind, data := range map[string][]byte{"csv": table.CSV(), "xlsx": book} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			inWard(t, func(t *testing.T, w *ward) {
				answer := w.upload("naughty."+kind, data)
				at := answer.Header().Get("Location")
				if answer.Code != 303 {
					t.Fatalf("upload: %d %s", answer.Code, answer.Body)
				}
				shown := w.do(w.secretary(), "GET", at, nil)
				plan, err := w.s.Preview(t.Context(), w.secretary(), strings.TrimPrefix(at, "/members/import?id="), "")
				if err != nil || len(plan.Plan.Steps) < len(texts) {
					t.Fatalf("%d lines, %v", len(plan.Plan.Steps), err)
				}
				if answer := w.do(w.secretary(), "POST", "/members/import/confirm", hidden(shown.Body.String())); answer.Code != 303 {
					t.Fatalf("confirm: %d %s", answer.Code, answer.Body)
				}
				for _, page := range []string{shown.Body.String(), w.do(w.secretary(), "GET", at, nil).Body.String()} {
					if strings.Contains(page, "<script>alert") || strings.Contains(page, "<img src=x") {
						t.Error("a text has become a part of the page")
					}
				}
				roll, err := member.Roll(t.Context(), w.db, "ward", "one", today)
				if err != nil || len(roll) != plan.Plan.Count(member.Add) {
					t.Fatalf("%d on the roll of %d, %v", len(roll), plan.Plan.Count(member.Add), err)
				}
				stored := map[string]member.Member{}
				for _, e := range roll {
					stored[e.CardNumber] = e.Member
				}
				for _, s := range plan.Plan.Steps {
					got, there := stored[s.CardNumber]
					want := s.Member
					want.ID = got.ID
					if there != (s.Deed == member.Add) || there && got != want {
						t.Errorf("line %d, %s, is stored as %+v, want %+v", s.Row, s.Deed, got, want)
					}
				}
				for i, n := range texts {
					if m, there := stored[fmt.Sprintf("38%06d", i)]; there && m.Note != search.Clean(n.Text) && m.Note != "" {
						t.Errorf("%q is stored as %q", n.Text, m.Note)
					}
				}
				again, err := w.s.ImportRoll(t.Context(), w.secretary(), "one", "a."+kind, data, false)
				if err != nil || again.Added+again.Changed != 0 || again.Unchanged != len(roll) {
					t.Errorf("the second time %d added, %d changed, %d unchanged of %d, %v", again.Added, again.Changed, again.Unchanged, len(roll), err)
				}
			})
		})
	}
}

// TestAnImportSeesWhatHappensMeanwhile changes the roll after the plan was made and before it is carried out: then
// nothing is written, and the next look is at the roll as it is.
func TestAnImportSeesWhatHappensMeanwhile(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(w *ward, known member.Member) error{
		"somebody comes": func(w *ward, _ member.Member) error {
			_, err := w.s.Add(w.t.Context(), w.clerk(), "one", member.Member{FullName: "Phan Văn Mới"}, member.Record{Standing: member.Official, From: today})
			return err
		},
		"a profile changes": func(w *ward, known member.Member) error {
			known.Note = "vừa sửa"
			return w.s.Change(w.t.Context(), w.clerk(), known)
		},
		"somebody stands otherwise": func(w *ward, known member.Member) error {
			return w.s.Record(w.t.Context(), w.clerk(), member.Record{Organization: "one", Member: known.ID, Standing: member.Exempt, From: today})
		},
		"a record is mended": func(w *ward, known member.Member) error {
			return w.s.Record(w.t.Context(), w.clerk(), member.Record{Organization: "one", Member: known.ID, Standing: member.Official, From: when.On(2020, time.January, 1), Note: "QĐ 1"})
		},
		"a card of somebody known is given in another cell": func(w *ward, _ member.Member) error { return w.elsewhere("38000000") },
		"a card of somebody new is given in another cell":   func(w *ward, _ member.Member) error { return w.elsewhere("38000001") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inWard(t, func(t *testing.T, w *ward) {
				known := w.add("Trần Văn Hòa", func(m *member.Member, _ *member.Record) { m.BornOn = when.On(1960, time.January, 1) })
				id, err := w.s.Upload(t.Context(), w.secretary(), "one", "a.csv", sheetOf(3, "Giáo viên"))
				if err != nil {
					t.Fatal(err)
				}
				seen, err := w.s.Preview(t.Context(), w.secretary(), id, "")
				if err != nil || counts(seen.Plan) != [4]int{2, 1, 0, 0} {
					t.Fatalf("%v, %v", counts(seen.Plan), err)
				}
				asked := 0
				w.db.Heard = func(query string, _ []any) {
					if strings.Contains(query, "m.card_number IN") {
						asked++
					}
					if asked == 2 { // the last that a plan of three cards asks
						w.db.Heard = nil
						if err := change(w, known); err != nil {
							t.Error(err)
						}
					}
				}
				_, err = w.s.Confirm(t.Context(), w.secretary(), id, "", seen.Plan.Digest(), locale.Vietnamese)
				w.db.Heard = nil
				if !fault.Is(err, fault.Conflict) || asked != 2 {
					t.Errorf("confirmed: %v, %d", err, asked)
				}
				roll, err := member.Roll(t.Context(), w.db, "ward", "one", today)
				if err != nil || len(roll) > 2 {
					t.Errorf("%d on the roll, %v", len(roll), err)
				}
				for _, e := range roll {
					if e.Position != "" {
						t.Errorf("written: %+v", e)
					}
				}
				if seen, err = w.s.Preview(t.Context(), w.secretary(), id, ""); err != nil || seen.Report != nil {
					t.Fatalf("the next look: %+v, %v", seen.Report, err)
				}
				report, err := w.s.Confirm(t.Context(), w.secretary(), id, "", seen.Plan.Digest(), locale.Vietnamese)
				if err != nil || report.Added+report.Changed+report.Refused != 3 {
					t.Errorf("the second press: %+v, %v", report, err)
				}
			})
		})
	}
}

// elsewhere gives a card to somebody of another cell.
func (w *ward) elsewhere(card string) error {
	_, err := w.s.Add(w.t.Context(), w.clerk(), "two", member.Member{FullName: "Phan Văn Mới", CardNumber: card}, member.Record{Standing: member.Official, From: today})
	return err
}

// TestFactsAreAllThatIsStored changes every field of a person and of a record: none may change unseen.
func TestFactsAreAllThatIsStored(t *testing.T) {
	t.Parallel()
	plan := func(m member.Member, r member.Record) string {
		return member.Plan{Steps: []member.Step{{Deed: member.Add, Member: m, Records: []member.Record{r}}}}.Digest()
	}
	seen := map[string]string{plan(member.Member{}, member.Record{}): "nothing"}
	for _, of := range []any{&member.Member{}, &member.Record{}} {
		v := reflect.ValueOf(of).Elem()
		for i := range v.NumField() {
			v.SetZero()
			switch f := v.Field(i); f.Interface().(type) {
			case when.Date:
				f.Set(reflect.ValueOf(today))
			case when.Instant:
				f.SetInt(1)
			default:
				f.SetString("x")
			}
			m, _ := of.(*member.Member)
			r, _ := of.(*member.Record)
			if m == nil {
				m = &member.Member{}
			}
			if r == nil {
				r = &member.Record{}
			}
			digest, name := plan(*m, *r), v.Type().Field(i).Name
			if other, twice := seen[digest]; twice {
				t.Errorf("%s of %T is as %s", name, of, other)
			}
			seen[digest] = name
		}
	}
}

// TestLongRollsAreShownInPart makes a page of more lines than it shows: those that need a look are on it.
func TestLongRollsAreShownInPart(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		data := append(sheetOf(1200, "Giáo viên"), "Phan Văn Sai;31/02/1960;;;;\n"...)
		at := w.upload("a.csv", data).Header().Get("Location")
		page := w.do(w.secretary(), "GET", at, nil).Body.String()
		for text, want := range map[string]bool{
			"Bảng chỉ hiện 1.000 trong 1.201 dòng": true, "Phan Văn Sai": true, "thêm 1200": true, ">1.000<": true, ">1.001<": false, ">1.202<": true,
		} {
			if strings.Contains(page, text) != want {
				t.Errorf("%q is on the page: %v", text, !want)
			}
		}
		if answer := w.do(w.secretary(), "POST", "/members/import/confirm", hidden(page)); answer.Code != 303 {
			t.Errorf("confirm: %d", answer.Code)
		}
		if roll, err := member.Roll(t.Context(), w.db, "ward", "one", today); err != nil || len(roll) != 1200 {
			t.Errorf("%d on the roll, %v", len(roll), err)
		}
	})
}
