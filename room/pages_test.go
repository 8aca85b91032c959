package room_test

import (
	"bytes"
	"encoding/json"
	"image"
	"image/png"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"chibo/kit/access"
	"chibo/kit/id"
	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/library"
	"chibo/meeting"
	"chibo/proceedings"
	"chibo/room"
)

// reply is an answer of the program: status, place it sends the browser to, text.
type reply struct {
	status      int
	place, text string
}

func (r reply) has(t *testing.T, status int, texts ...string) {
	t.Helper()
	if r.status != status {
		t.Errorf("status %d, want %d", r.status, status)
	}
	for _, want := range texts {
		if !strings.Contains(r.text, want) {
			t.Errorf("lacks %q:\n%.2000s", want, r.text)
		}
	}
}

// handler serves the room to one person.
func (h *hall) handler(who access.Person) http.Handler {
	s := &web.Server{
		Routes:   room.Pages{Service: h.room}.Routes(),
		Identify: func(*http.Request) (access.Person, error) { return who, nil },
		Nav:      func(*web.Ctx) web.Nav { return web.Nav{} },
		Now:      func() when.Instant { return when.At(h.now()) },
		Log:      slog.New(slog.DiscardHandler),
	}
	return s.Handler()
}

func (h *hall) send(who access.Person, r *http.Request) reply {
	h.Helper()
	w := httptest.NewRecorder()
	h.handler(who).ServeHTTP(w, r.WithContext(h.Context()))
	return reply{w.Code, w.Header().Get("Location"), w.Body.String()}
}

func (h *hall) path(rest string) string { return "/rooms/" + h.meeting.ID + rest }

func (h *hall) get(rest string) reply {
	h.Helper()
	return h.send(keeper(), httptest.NewRequest(http.MethodGet, h.path(rest), nil))
}

func (h *hall) post(kind proceedings.ActKind, form url.Values) reply {
	h.Helper()
	r := httptest.NewRequest(http.MethodPost, h.path("/form/"+string(kind)), strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return h.send(keeper(), r)
}

func (h *hall) json(body string) reply {
	h.Helper()
	r := httptest.NewRequest(http.MethodPost, h.path("/acts"), strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	return h.send(keeper(), r)
}

// keeper holds meetings and prepares none.
func keeper() access.Person {
	who := operator()
	delete(who.Grants[0].Needs, meeting.Prepare)
	return who
}

// reader reads along.
func reader() access.Person {
	who := keeper()
	delete(who.Grants[0].Needs, room.Hold)
	delete(who.Grants[0].Needs, room.Write)
	return who
}

func TestRoomWithoutScript(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		h.get("").has(h.T, http.StatusOK, "Khai mạc buổi sinh hoạt", "Trần Văn Hòa", "0/4")
		h.post(proceedings.KindAttendance, url.Values{"member": {h.roll[0].ID}, "status": {"present"}}).has(h.T, http.StatusSeeOther)
		h.post(proceedings.KindOpen, url.Values{"chair": {h.roll[0].ID}, "place": {"Nhà văn hóa"}}).has(h.T, http.StatusSeeOther)
		items := h.state().Items
		h.post(proceedings.KindOpinion, url.Values{"speaker": {h.roll[0].ID}, "stance": {"ask"}, "text": {"Sao chưa bắt đầu?"}}).has(h.T, http.StatusSeeOther)
		h.post(proceedings.KindItemStart, url.Values{"item": {items[0].ID}}).has(h.T, http.StatusSeeOther)
		h.get("").has(h.T, http.StatusOK, "Sao chưa bắt đầu?") // what came before the first item stands under it
		got := h.post(proceedings.KindOpinion, url.Values{"item": {items[1].ID}, "speaker": {h.roll[0].ID}, "stance": {"ask"}, "text": {"Bao giờ?"}})
		got.has(h.T, http.StatusSeeOther)
		if want := h.path("?item="+items[1].ID) + "#act-"; !strings.HasPrefix(got.place, want) {
			h.Errorf("sent to %s, want %s…", got.place, want)
		}
		h.get("?item="+items[1].ID).has(h.T, http.StatusOK, "Bao giờ?", "Hỏi, kiến nghị", "Ý kiến này được giải quyết thế nào?", "chưa được trả lời")
		h.post(proceedings.KindTask, url.Values{"title": {"Việc"}, "owners": {h.roll[0].ID, h.roll[1].ID}, "due": {"28/12/2026"}}).has(h.T, http.StatusSeeOther)
		h.get("").has(h.T, http.StatusOK, "Sang phần tiếp", "28/12/2026")
		h.get("/log").has(h.T, http.StatusOK, "Bao giờ?", "Điểm danh")
		h.get("/paper").has(h.T, http.StatusOK, "PHIẾU GHI SINH HOẠT", "Trần Văn Hòa", "(không biểu quyết)")
	})
}

func TestRefusedFormKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		h.do(proceedings.KindOpen, proceedings.OpenBody{})
		got := h.post(proceedings.KindDestiny, url.Values{"opinion": {id.New()}, "fate": {"study"}, "text": {"<b>giao ai?</b>"}})
		got.has(h.T, http.StatusUnprocessableEntity, "&lt;b&gt;giao ai?&lt;/b&gt;", "Hãy chọn đồng chí được giao.", "Hãy ghi hạn.")
		got = h.post(proceedings.KindVoteCount, url.Values{"vote": {id.New()}, "for": {"mười"}})
		got.has(h.T, http.StatusUnprocessableEntity, "mười", "Hãy nhập một số")
		h.post(proceedings.KindVoteCount, url.Values{"vote": {id.New()}, "for": {""}}).has(h.T, http.StatusUnprocessableEntity, "không có ai thì ghi 0")
		h.post("dance", url.Values{}).has(h.T, http.StatusNotFound)
	})
}

func TestPressingTwiceIsOneAct(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		h.do(proceedings.KindOpen, proceedings.OpenBody{})
		form := url.Values{"act": {id.New()}, "text": {"Chi bộ nghỉ giải lao."}}
		h.post(proceedings.KindNote, form).has(h.T, http.StatusSeeOther)
		h.post(proceedings.KindNote, form).has(h.T, http.StatusSeeOther)
		if got := len(h.state().Notes); got != 1 {
			h.Errorf("%d notes after two presses", got)
		}
		form.Set("text", "Chi bộ họp tiếp.") // gone back and written anew
		h.post(proceedings.KindNote, form).has(h.T, http.StatusSeeOther)
		if got := len(h.state().Notes); got != 2 {
			h.Errorf("%d notes after another text", got)
		}
	})
}

func TestCorrectionByForm(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		h.do(proceedings.KindOpen, proceedings.OpenBody{Began: start})
		o := h.do(proceedings.KindOpinion, proceedings.OpinionBody{Speaker: h.roll[0].ID, Stance: proceedings.Inform, Text: "Đã nôp"})
		h.get("/acts/"+o).has(h.T, http.StatusOK, "Đã nôp", "Vì sao sửa", `value="`+o+`"`)
		h.get("/acts/"+h.state().Opening.Act).has(h.T, http.StatusOK, `value="2026-12-03T19:30"`)
		form := url.Values{"corrects": {o}, "because": {"gõ sai"}, "speaker": {h.roll[1].ID}, "stance": {"inform"}, "text": {"Đã nộp"}}
		h.post(proceedings.KindCorrect, form).has(h.T, http.StatusSeeOther)
		if got := h.state().Opinions[0]; got.Text != "Đã nộp" || got.Speaker != h.roll[1].ID {
			h.Errorf("corrected: %+v", got)
		}
		h.get("/acts/"+o).has(h.T, http.StatusOK, "Đã nộp")
		form.Set("text", "")
		h.post(proceedings.KindCorrect, form).has(h.T, http.StatusUnprocessableEntity, "Hãy ghi nội dung.", "gõ sai")
		h.post(proceedings.KindCorrect, url.Values{"corrects": {o}, "void": {"true"}}).has(h.T, http.StatusSeeOther)
		if got := h.state().Opinions; len(got) != 0 {
			h.Errorf("taken back: %+v", got)
		}
		h.get("/acts/"+id.New()).has(h.T, http.StatusNotFound)
	})
}

func TestPaperEvening(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		began := start.Add(-26 * 60 * 60 * 1e9)
		h.post(proceedings.KindOpen, url.Values{"paper": {"true"}, "began": {began.String()}}).has(h.T, http.StatusSeeOther)
		o := h.state().Opening
		if !o.Paper || o.Began != began || o.At == began || o.Received == 0 {
			h.Errorf("opening: %+v", o)
		}
		h.get("").has(h.T, http.StatusOK, "Buổi sinh hoạt ghi trên giấy: khai mạc 17 giờ 30, Thứ Tư, 02/12/2026", "nhập vào máy 19 giờ 30, Thứ Năm, 03/12/2026")
		task := url.Values{"title": {"Việc"}, "owners": {h.roll[0].ID}, "due": {began.Date().String()}}
		h.post(proceedings.KindTask, task).has(h.T, http.StatusSeeOther)
		h.post(proceedings.KindClose, url.Values{"ended": {began.Add(2 * 60 * 60 * 1e9).String()}}).has(h.T, http.StatusSeeOther)
		h.get("").has(h.T, http.StatusOK, "bế mạc 19 giờ 30, tất cả 120 phút")
	})
}

func TestActsOverHTTP(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		one, two := id.New(), id.New()
		body := `[{"id":"` + one + `","kind":"open","at":"2026-12-03T12:30:00.000Z","body":{}},
			{"id":"` + two + `","kind":"note","at":1796301000000,"body":{"text":"Đã tải lên"}},
			{"id":"` + id.New() + `","kind":"note","at":"yesterday","body":{}},
			{"id":"` + id.New() + `","kind":"vote.count","at":1796301000000,"body":{"for":-1}},
			17]`
		got := h.json(body)
		got.has(h.T, http.StatusOK)
		var answers []struct {
			ID    string
			Seq   int64
			Error *struct {
				Kind, Message string
				Fields        map[string]string
			}
		}
		if err := json.Unmarshal([]byte(got.text), &answers); err != nil || len(answers) != 5 {
			h.Fatalf("%v: %s", err, got.text)
		}
		if answers[0].Seq != 1 || answers[1].Seq != 2 || answers[1].Error != nil {
			h.Errorf("taken: %+v", answers[:2])
		}
		for _, a := range answers[2:] {
			if a.Seq != 0 || a.Error == nil || a.Error.Kind != "invalid" || a.Error.Message == "" {
				h.Errorf("refused: %+v", a)
			}
		}
		if answers[3].Error.Fields["for"] == "" {
			h.Errorf("the field is not named: %+v", answers[3].Error)
		}
		if again := h.json(body); !strings.HasPrefix(again.text, `[{"id":"`+one+`","seq":1},{"id":"`+two+`","seq":2}`) {
			h.Errorf("sent again: %s", again.text)
		}
		log := h.get("/acts?after=1")
		log.has(h.T, http.StatusOK, `"seq":2`, `"kind":"note"`, `"text":"Đã tải lên"`)
		if strings.Contains(log.text, one) || h.get("/acts?after=2").text != "[]" {
			h.Errorf("after: %s", log.text)
		}
	})
}

func TestBadBodies(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		h.json(`{`).has(h.T, http.StatusUnprocessableEntity, "invalid")
		h.json(`{"id":"x"}`).has(h.T, http.StatusUnprocessableEntity)
		h.json(`[`+strings.Repeat(`{},`, 500)+`{}]`).has(h.T, http.StatusRequestEntityTooLarge)
		h.json(`["`+strings.Repeat("a", 3<<20)+`"]`).has(h.T, http.StatusRequestEntityTooLarge)
		r := httptest.NewRequest(http.MethodPost, h.path("/acts"), strings.NewReader(`[]`))
		r.Header.Set("Content-Type", "text/plain")
		h.send(keeper(), r).has(h.T, http.StatusUnprocessableEntity)
		h.gapless(0)
	})
}

// hostile are texts that a field must keep as they are and show as text.
var hostile = []string{
	`<script>window.__xss=1</script>`, `"><img src=x onerror=alert(1)>`, `{{.Name}} ${7*7} #{7*7}`, `'; DROP TABLE act; --`,
	`=HYPERLINK("http://x")`, `javascript:alert(1)`, "Nguyễn 'Đỗ' \"Ưu\" & <Ơ>", "👩‍🌾 🇻🇳", "مرحبا", `\u0000`, `%00 %s %n`, "../../etc/passwd",
	strings.Repeat("dài", 900),
}

func TestHostileTextsStayTexts(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		h.do(proceedings.KindOpen, proceedings.OpenBody{})
		for _, text := range hostile {
			h.post(proceedings.KindNote, url.Values{"text": {text}}).has(h.T, http.StatusSeeOther)
		}
		page := h.get("")
		for n, note := range h.state().Notes {
			if note.Text != hostile[n] {
				h.Errorf("kept %q as %q", hostile[n], note.Text)
			}
			if strings.Contains(hostile[n], "<") && strings.Contains(page.text, hostile[n]) {
				h.Errorf("%q stands in the page as markup", hostile[n])
			}
		}
		if len(h.state().Notes) != len(hostile) {
			h.Errorf("%d notes", len(h.state().Notes))
		}
	})
}

func TestWhoSeesWhat(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		h.do(proceedings.KindOpen, proceedings.OpenBody{})
		h.append(h.present(0))
		page := httptest.NewRequest(http.MethodGet, h.path(""), nil)
		along := h.send(reader(), page)
		along.has(h.T, http.StatusOK, "Trần Văn Hòa", "Đang họp")
		for _, absent := range []string{"Chưa phát biểu", "<form class=\"room-keys\"", "Sang phần tiếp", "/form/opinion"} {
			if strings.Contains(along.text, absent) {
				h.Errorf("who reads along sees %q", absent)
			}
		}
		h.get("").has(h.T, http.StatusOK, "Chưa phát biểu", "Chỉ người điều hành thấy")
		entry := httptest.NewRequest(http.MethodGet, h.path("/acts/"+h.state().Opening.Act), nil)
		h.send(reader(), entry).has(h.T, http.StatusForbidden)

		stranger := keeper()
		stranger.Grants[0].Path = "/elsewhere/"
		h.send(stranger, page).has(h.T, http.StatusNotFound)
		h.send(access.Person{}, page).has(h.T, http.StatusSeeOther)
		h.do(proceedings.KindClose, proceedings.CloseBody{})
		january := when.Month{Year: 2027, Month: 1}
		draft := must(meeting.Between(h.Context(), h.d, h.org.Root, h.org.ID, january, january))(h.T)[0]
		h.send(reader(), httptest.NewRequest(http.MethodGet, "/rooms/"+draft.ID, nil)).has(h.T, http.StatusNotFound)
	})
}

func TestFragment(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		h.fragment("waiting")
		for n := range 3 {
			h.append(h.present(n))
		}
		h.do(proceedings.KindOpen, proceedings.OpenBody{})
		item := h.state().Items[0].ID
		h.do(proceedings.KindItemStart, proceedings.ItemStartBody{Item: item})
		for range 2 {
			o := h.do(proceedings.KindOpinion, proceedings.OpinionBody{Item: item, Speaker: h.roll[0].ID, Stance: proceedings.Ask, Text: "Vì sao?"})
			v := h.do(proceedings.KindVoteOpen, proceedings.VoteOpenBody{Matter: proceedings.MatterResolution, Question: "Thông qua"})
			h.fragment("open")
			h.do(proceedings.KindDestiny, proceedings.DestinyBody{Opinion: o, Fate: proceedings.PassedUp})
			h.do(proceedings.KindVoteCount, proceedings.VoteCountBody{Vote: v, For: 1})
			h.do(proceedings.KindVoteClose, proceedings.VoteCloseBody{Vote: v})
		}
		h.do(proceedings.KindClose, proceedings.CloseBody{})
		h.fragment("closed")
	})
}

// fragment asks for the room as htmx does: a part of the page in which every id
// stands once, so that it can be laid over the old one.
func (h *hall) fragment(phase string) {
	h.Helper()
	r := httptest.NewRequest(http.MethodGet, h.path(""), nil)
	r.Header.Set("HX-Request", "true")
	got := h.send(keeper(), r)
	got.has(h.T, http.StatusOK, `<div class="room" id="room"`, `data-phase="`+phase+`"`)
	if strings.Contains(got.text, "<html") {
		h.Error("a fragment is no page")
	}
	for _, m := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(got.text, -1) {
		if strings.Count(got.text, m[0]) > 1 {
			h.Errorf("%s: id %q stands twice", phase, m[1])
		}
	}
}

func TestPhoto(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		h.do(proceedings.KindOpen, proceedings.OpenBody{})
		upload := func(unmarked string, data []byte) reply {
			var b bytes.Buffer
			w := multipart.NewWriter(&b)
			f := must(w.CreateFormFile("file", "ảnh.png"))(h.T)
			must(f.Write(data))(h.T)
			for name, value := range map[string]string{"caption": "Toàn cảnh", "unmarked": unmarked} {
				if err := w.WriteField(name, value); err != nil {
					h.Fatal(err)
				}
			}
			if err := w.Close(); err != nil {
				h.Fatal(err)
			}
			r := httptest.NewRequest(http.MethodPost, h.path("/photo"), io.NopCloser(&b))
			r.Header.Set("Content-Type", w.FormDataContentType())
			return h.send(keeper(), r)
		}
		var picture bytes.Buffer
		if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
			h.Fatal(err)
		}
		upload("", picture.Bytes()).has(h.T, http.StatusUnprocessableEntity)
		upload("true", []byte("%PDF-1.4 no picture")).has(h.T, http.StatusUnprocessableEntity)
		upload("true", picture.Bytes()).has(h.T, http.StatusSeeOther)
		photos := h.state().Photos
		if len(photos) != 1 || photos[0].Caption != "Toàn cảnh" {
			h.Fatalf("photos: %+v", photos)
		}
		files := must(library.Files(h.Context(), h.d, h.org.Root, "meeting", h.meeting.ID))(h.T)
		if len(files) != 1 || files[0].ID != photos[0].File {
			h.Errorf("files: %+v", files)
		}
		h.get("").has(h.T, http.StatusOK, "/files/"+photos[0].File)
	})
}
