package app_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"chibo/app/world/worldtest"
	"chibo/kit/db"
	"chibo/meeting"
	"chibo/rating"
)

// field is what only some may see of a person, by a line of testdata/fields.csv.
type field struct {
	name, place string          // where it stands for those who may see it
	text        string          // what stands in it: of one person and nobody else
	seen        map[string]bool // by role, and by the person
	elsewhere   bool            // the person sees it at another place
}

// themselves is the column of the person of whom the fields tell.
const themselves = "chính đồng chí ấy"

// ownFacts is what stands in the fields, by their names in the table.
var ownFacts = map[string]string{
	"điện thoại": "0912000777", "thư điện tử": "chimcu@songxanh.example", "số thẻ đảng": "88004711", "số căn cước": "079099001234",
	"ghi chú trong hồ sơ": "Có ghi chú chim én", "lý do vắng vì sức khỏe": "Mổ mắt chim cu", "hoàn cảnh khó khăn": ofHardship, "nhận xét của nơi cư trú": "Gương mẫu chim sáo",
	"tự đánh giá khi đợt xếp loại chưa gửi lên": "Ưu điểm chim công",
}

func readFields(t *testing.T) []field {
	t.Helper()
	f, err := os.Open("testdata/fields.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []field
	for _, row := range rows[1:] {
		x := field{name: row[0], place: row[1], text: ownFacts[row[0]], seen: map[string]bool{themselves: row[2] != "-"}, elsewhere: row[2] == "o"}
		if x.text == "" {
			t.Fatalf("nothing stands in %q", x.name)
		}
		for n, r := range columns {
			x.seen[string(r)] = row[3+n] == "x"
		}
		out = append(out, x)
	}
	return out
}

// TestFieldsAreForThoseWhoNeedThem puts texts that are nowhere else into what the program
// knows of one person, and asks every page, export and Word file as everybody: the table says
// who may see which. Who may sees it at its place.
//
// A run asks a third of the pages, as its seed chooses; -whole asks all.
func TestFieldsAreForThoseWhoNeedThem(t *testing.T) {
	t.Parallel()
	fields := readFields(t)
	h := newHouse(t, worldtest.OnSQLite(t))
	h.fill(t)
	chance := rand.New(rand.NewPCG(*seed, 3))
	asked := 0
	for _, v := range h.onlookers() {
		role := strings.TrimPrefix(v.name, "mere ")
		for _, x := range fields {
			path := strings.NewReplacer("/meetings/{id}", "/meetings/"+h.w.Meeting(meeting.Noticed), "{subject}", h.subject()).Replace(x.place)
			path = h.paths("GET " + path)[0]
			if role == themselves && x.elsewhere {
				continue
			}
			if a := h.ask(h.door, v.name, http.MethodGet, path); strings.Contains(plainOf(t, a), x.text) != x.seen[role] {
				t.Errorf("%s: %s: %s (%d): seen is not %v", x.name, v.name, path, a.Status, x.seen[role])
			}
		}
		for _, path := range h.looks() {
			if !*whole && chance.IntN(3) != 0 {
				continue
			}
			asked++
			text := plainOf(t, h.ask(h.door, v.name, http.MethodGet, path))
			for _, x := range fields {
				if !x.seen[role] && strings.Contains(text, x.text) {
					t.Errorf("%s: shown to %s at %s", x.name, v.name, path)
				}
			}
		}
	}
	t.Logf("%d pages asked with seed %d", asked, *seed)
}

// TestAdministratorsReadNoContents asks everything as those who keep accounts and units, of
// the ward, of the cell and of another ward: nothing that was said, given, noted or rated
// stands in any answer.
func TestAdministratorsReadNoContents(t *testing.T) {
	t.Parallel()
	h := newHouse(t, worldtest.OnSQLite(t))
	h.fill(t)
	words := h.contents(t)
	served := 0
	for _, name := range []string{"mere administrator", "administrator of the cell", "far administrator"} {
		for _, path := range h.looks() {
			a := h.ask(h.door, name, http.MethodGet, path)
			if a.Status == http.StatusOK {
				served++
			}
			text := plainOf(t, a)
			for _, w := range words {
				if strings.Contains(text, w) {
					t.Errorf("%s reads %q at %s", name, w, path)
				}
			}
		}
	}
	if len(words) < 50 || served < 30 {
		t.Errorf("%d texts, %d pages: the test shows little", len(words), served)
	}
	t.Logf("%d texts of contents, %d pages that administrators have", len(words), served)
}

// subject is the person of whom the fields tell.
func (h *house) subject() string { return h.params["/members/{id}"][0] }

// fill writes into the fields of the subject.
func (h *house) fill(t *testing.T) {
	t.Helper()
	ctx, w := t.Context(), h.w
	self := h.as(themselves)
	err := w.App.DB.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `UPDATE member SET phone = $1, email = $2, card_number = $3, citizen_id = $4, note = $5 WHERE id = $6`,
			ownFacts["điện thoại"], ownFacts["thư điện tử"], ownFacts["số thẻ đảng"], ownFacts["số căn cước"], ownFacts["ghi chú trong hồ sơ"], h.subject())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	// The place of residence has said something of the person.
	err = w.App.DB.Tx(ctx, func(tx *db.Tx) error {
		comment := h.params["/care/comments/{id}"][0]
		if _, err := db.Exec(ctx, tx, `DELETE FROM care_comment WHERE member_id = $1 AND id <> $2`, h.subject(), comment); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, `UPDATE care_comment SET member_id = $1, came_on = $2, merits = $3 WHERE id = $4`,
			h.subject(), worldtest.Now.Date(), ownFacts["nhận xét của nơi cư trú"], comment)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	// The people of the host are taken onto the list of delegates while the roll knows how to reach
	// them.
	err = w.App.DB.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `DELETE FROM delegate WHERE member_id = $1`, h.subject())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := w.App.Delegations.TakeHosts(ctx, h.as("clerk").who, h.params["/conferences/{id}"][0]); err != nil || n != 1 {
		t.Fatalf("%d people of the host, %v", n, err)
	}
	id, err := db.One[string](ctx, w.App.DB, `SELECT id FROM delegate WHERE member_id = $1`, h.subject())
	if err != nil {
		t.Fatal(err)
	}
	h.params["{delegate}"] = []string{id}
	away := meeting.Response{Member: h.subject(), Reply: meeting.Away, Reason: "sick", Note: ownFacts["lý do vắng vì sức khỏe"]}
	if err := w.App.Meetings.Answer(ctx, self.who, w.Meeting(meeting.Noticed), away); err != nil {
		t.Fatal(err)
	}
	card, err := w.App.Ratings.View(ctx, self.who, h.params["/ratings/{id}"][0], h.subject())
	if err != nil {
		t.Fatal(err)
	}
	own := rating.Self{Points: make(rating.Points, len(card.Round.Lines(card.Line.Form))), Claim: rating.NotDone, Strengths: ownFacts["tự đánh giá khi đợt xếp loại chưa gửi lên"]}
	if err := w.App.Ratings.RateSelf(ctx, self.who, h.params["/ratings/{id}"][0], h.subject(), own); err != nil {
		t.Fatal(err)
	}
}

// as returns one of the people of the house.
func (h *house) as(name string) visitor {
	n := slices.IndexFunc(h.people, func(v visitor) bool { return v.name == name })
	return h.people[n]
}

// onlookers are the person of whom the fields tell, and one person of each role who is nothing
// else.
func (h *house) onlookers() []visitor {
	out := []visitor{h.as(themselves)}
	for _, r := range columns {
		out = append(out, h.as("mere "+string(r)))
	}
	return out
}

// looks are the addresses of all that can be looked at, for meetings of each state.
func (h *house) looks() []string {
	var out []string
	for _, r := range h.server.Routes {
		for _, path := range h.paths(r.Pattern) {
			if strings.HasPrefix(r.Pattern, "GET ") && !ofSessions(path) {
				out = append(out, path)
			}
		}
	}
	return out
}

// contents are the texts of what was said, given, heard and rated.
func (h *house) contents(t *testing.T) []string {
	t.Helper()
	words := []string{ofMatter, ofHardship, ofStudy, ofPoll}
	for _, s := range ownFacts {
		words = append(words, s)
	}
	for _, query := range []string{`SELECT title FROM task`, `SELECT text FROM feedback_remark`, `SELECT act FROM feedback_conclusion`} {
		all, err := db.All[string](t.Context(), h.w.App.DB, query)
		if err != nil {
			t.Fatal(err)
		}
		words = append(words, all...)
	}
	bodies, err := db.All[string](t.Context(), h.w.App.DB, `SELECT body FROM act WHERE kind IN ('note', 'opinion', 'guidance', 'commend', 'conclude', 'resolution', 'task')`)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range bodies {
		var fields map[string]any
		if err := json.Unmarshal([]byte(b), &fields); err != nil {
			t.Fatal(err)
		}
		for _, v := range fields {
			if s, ok := v.(string); ok && strings.Contains(s, " ") {
				words = append(words, s)
			}
		}
	}
	slices.Sort(words)
	return slices.DeleteFunc(slices.Compact(words), func(s string) bool { return utf8.RuneCountInString(s) < 8 })
}

// plainOf returns the text of an answer, of a Word file, spreadsheet or zip file that of
// everything in it.
func plainOf(t *testing.T, a worldtest.Answer) string {
	t.Helper()
	if !strings.HasPrefix(a.Body, "PK\x03\x04") {
		return a.Body
	}
	z, err := zip.NewReader(strings.NewReader(a.Body), int64(len(a.Body)))
	if err != nil {
		t.Fatal(err)
	}
	var all bytes.Buffer
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&all, r); err != nil {
			t.Fatal(err)
		}
		_ = r.Close()
	}
	return all.String()
}
