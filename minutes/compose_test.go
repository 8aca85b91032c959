package minutes

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chibo/document"
	"chibo/proceedings"
)

var update = flag.Bool("update", false, "write the golden files anew")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		keep(t, path, []byte(got))
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func keep(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestPapersOfAnEvening(t *testing.T) {
	t.Parallel()
	s := sampleSealed(t)
	text, err := canonical(s)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "record.json", text+"\n")
	hash := hashOf([]byte(text))
	code, err := CodeOf(hash)
	if err != nil {
		t.Fatal(err)
	}
	seal := document.Seal{Code: ShowCode(code), URL: "https://chibo.example/check/" + code}
	addition := SealedAddition{
		Form: formAddition, Cell: s.Cell, Superior: s.Superior, Place: s.Place, Title: s.Title, Number: s.Number, Of: hash, N: 1,
		Text: "Đồng chí Vũ Thị Lan gửi ý kiến bằng văn bản, nhất trí với nghị quyết.", Reason: "nhận được sau khi kết thúc", Name: "Nguyễn Thu Hà", At: s.Ended,
	}
	for name, d := range map[string]document.Doc{
		"minutes": s.minutesDoc(seal), "resolution": s.secondDoc(seal), "draft": sealedDraft(t).minutesDoc(document.Seal{}), "addition": addition.doc(seal),
	} {
		golden(t, name+".txt", d.Text())
		if dir := os.Getenv("CHIBO_PAPERS"); dir != "" {
			pdf, err := d.PDF()
			if err != nil {
				t.Fatal(err)
			}
			docx, err := d.DOCX()
			if err != nil {
				t.Fatal(err)
			}
			keep(t, filepath.Join(dir, name+".pdf"), pdf)
			keep(t, filepath.Join(dir, name+".docx"), docx)
		}
	}
}

// sealedDraft is the record of a meeting that has only just begun.
func sealedDraft(t *testing.T) Sealed {
	e := newEvening(t)
	e.here("ha", "minh")
	e.do(proceedings.KindOpen, proceedings.OpenBody{Paper: true, Began: began})
	return sealedOf(sampleHead(), Compose(e.state), e.state.Acts())
}

func TestComposeNeverNeedsMore(t *testing.T) {
	t.Parallel()
	r := Compose(proceedings.Begin(setup()))
	if r.Closed || r.Adopted || r.Chair != "ha" {
		t.Errorf("before the opening: %+v", r)
	}
	if r = Compose(proceedings.Begin(proceedings.Setup{})); r.Resolution != "" {
		t.Error("a resolution out of nothing")
	}
}

// TestMarkedAfterwards: whose mark was corrected after the closing is named, for nobody in
// the room saw it.
func TestMarkedAfterwards(t *testing.T) {
	t.Parallel()
	e := whole(t)
	roll := func() string {
		t.Helper()
		for _, p := range Compose(e.state).Passages {
			if p.Key == "roll" {
				return p.Composed
			}
		}
		t.Fatal("no roll")
		return ""
	}
	if strings.Contains(roll(), "bổ sung") {
		t.Errorf("before anything was added: %s", roll())
	}
	var ill proceedings.Attendee
	for _, a := range e.state.Roll {
		if a.ID == "lan" {
			ill = a
		}
	}
	e.do(proceedings.KindCorrect, map[string]any{"corrects": ill.Act, "because": "Đã báo ốm", "member": ill.ID, "status": proceedings.Excused, "reason": "sick"})
	if want := "Điểm danh bổ sung sau khi bế mạc: 1 đồng chí: " + ill.Name + "."; !strings.Contains(roll(), want) {
		t.Errorf("%q is not in %s", want, roll())
	}
}

// TestSlides checks that every passage is read under its own headings.
func TestSlides(t *testing.T) {
	t.Parallel()
	var got []string
	for _, s := range Compose(whole(t).state).slides() {
		if s.Key == "opening" || s.Key == "roll" || s.Key == "judged" || s.Key == "adoption" || strings.HasPrefix(s.Key, "presenter.") || strings.HasPrefix(s.Key, "commended.") {
			got = append(got, strings.Join(s.headings, " / "))
		}
	}
	want := []string{
		"", "Phần mở đầu", "Nội dung và diễn biến / Thông tin thời sự, chính sách mới", "Nội dung và diễn biến / Đánh giá việc thực hiện nghị quyết tháng 11",
		"Nội dung và diễn biến / Biểu dương, nhắc nhở, phê bình", "Phần kết thúc / Thông qua biên bản",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestEveryMoment composes the minutes after each act of an evening: there is
// always a text, no key stands twice, and a passage that was there keeps its key.
func TestEveryMoment(t *testing.T) {
	t.Parallel()
	acts := whole(t).state.Acts()
	before := map[string]bool{}
	for n := range len(acts) + 1 {
		now := map[string]bool{}
		for _, p := range Compose(proceedings.Replay(setup(), acts[:n])).Passages {
			if now[p.Key] {
				t.Errorf("after %d acts: two passages %s", n, p.Key)
			}
			now[p.Key] = true
		}
		for key := range before {
			if !now[key] {
				t.Errorf("after %d acts: passage %s is gone", n, key)
			}
		}
		before = now
	}
}

func TestWordingKeepsTheFacts(t *testing.T) {
	t.Parallel()
	e := whole(t)
	opinion := e.state.Opinions[1]
	key := "opinion." + opinion.Act
	e.do(proceedings.KindWording, proceedings.WordingBody{Passage: key, Text: "Đồng chí Lâm băn khoăn về chỉ tiêu."})
	p, ok := Compose(e.state).Passage(key)
	if !ok || p.Text() != "Đồng chí Lâm băn khoăn về chỉ tiêu." || !strings.Contains(p.Composed, "Chỉ tiêu 46/46 hộ là cao") || p.Stale {
		t.Errorf("worded: %+v", p)
	}
	e.do(proceedings.KindCorrect, map[string]any{"corrects": opinion.Act, "item": "thao-luan", "speaker": "lam", "stance": "differ", "text": "Nên lấy 40 hộ."})
	p, _ = Compose(e.state).Passage(key)
	if !p.Stale || !strings.Contains(p.Composed, "Nên lấy 40 hộ") || !strings.Contains(p.Text(), "băn khoăn") {
		t.Errorf("after a correction: %+v", p)
	}
	e.do(proceedings.KindWording, proceedings.WordingBody{Passage: key})
	if p, _ = Compose(e.state).Passage(key); p.Worded != "" || p.Stale {
		t.Errorf("given back: %+v", p)
	}
}

// TestDigest checks that what was signed is what was read: any change of words
// changes it, adoption and closing do not.
func TestDigest(t *testing.T) {
	t.Parallel()
	e := whole(t)
	before := Compose(e.state).Digest()
	e.do(proceedings.KindAdopt, proceedings.AdoptBody{For: 5})
	if Compose(e.state).Digest() != before {
		t.Error("adopting again changed what was signed")
	}
	e.do(proceedings.KindWording, proceedings.WordingBody{Passage: "opening", Text: "Khác."})
	if Compose(e.state).Digest() == before {
		t.Error("another wording has the same digest")
	}
}

func TestMissing(t *testing.T) {
	t.Parallel()
	r := Compose(whole(t).state)
	hand := func(p Part, digest string) Signature { return Signature{Part: p, Digest: digest} }
	for _, c := range []struct {
		name   string
		record Record
		hands  []Signature
		want   []Step
	}{
		{"a new meeting", Compose(proceedings.Begin(setup())), nil, []Step{StepClosed, StepRead, StepAdopted, StepMinuteHand, StepChairHand}},
		{"adopted", r, nil, []Step{StepMinuteHand, StepChairHand}},
		{"one hand", r, []Signature{hand(Chair, r.Digest())}, []Step{StepMinuteHand}},
		{"signed another text", r, []Signature{hand(Chair, r.Digest()), hand(MinuteTaker, "old")}, []Step{StepMinuteHand}},
		{"ready", r, []Signature{hand(Chair, r.Digest()), hand(MinuteTaker, r.Digest())}, nil},
	} {
		if diff := cmp.Diff(c.want, Missing(c.record, c.hands)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestSecondPaper(t *testing.T) {
	t.Parallel()
	e := newEvening(t)
	e.here("ha", "minh", "hoa", "khanh", "lam")
	e.do(proceedings.KindOpen, proceedings.OpenBody{})
	kind := func() document.Kind { k, _ := Compose(e.state).Second(); return k }
	if kind() != "" {
		t.Error("a paper before anything was decided")
	}
	v := e.do(proceedings.KindVoteOpen, proceedings.VoteOpenBody{Matter: proceedings.MatterResolution, Question: "Thông qua"})
	e.do(proceedings.KindVoteCount, proceedings.VoteCountBody{Vote: v, For: 3, Against: 2})
	e.do(proceedings.KindVoteClose, proceedings.VoteCloseBody{Vote: v})
	if kind() != "" {
		t.Errorf("3 of 7 summoned passed a resolution: %s", e.state.Votes[0].Result.Words())
	}
	e.do(proceedings.KindConclude, proceedings.ConcludeBody{Text: "Làm lại dự thảo."})
	if kind() != document.Conclusion {
		t.Error("a conclusion takes the place of the resolution")
	}
	v = e.do(proceedings.KindVoteOpen, proceedings.VoteOpenBody{Matter: proceedings.MatterResolution, Question: "Thông qua bản sửa"})
	e.do(proceedings.KindVoteCount, proceedings.VoteCountBody{Vote: v, For: 4})
	e.do(proceedings.KindVoteClose, proceedings.VoteCloseBody{Vote: v})
	if kind() != document.Resolution {
		t.Error("4 of 7 pass")
	}
}

func TestCodes(t *testing.T) {
	t.Parallel()
	hash := hashOf([]byte("x"))
	code, err := CodeOf(hash)
	if err != nil || len(code) != codeLength {
		t.Fatal(code, err)
	}
	for _, typed := range []string{code, strings.ToLower(code), ShowCode(code), " " + ShowCode(code) + " "} {
		if got := ReadCode(typed); got != code {
			t.Errorf("%q read as %s", typed, got)
		}
	}
	if ReadCode("oIl-0") != "0110" {
		t.Error("letters that look like digits")
	}
	if _, err := CodeOf("zz"); err == nil {
		t.Error("a code of no hash")
	}
}

func TestCommittee(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Đảng bộ phường Sông Xanh": "Đảng ủy phường Sông Xanh", "ĐẢNG BỘ XÃ AN HÒA": "Đảng ủy XÃ AN HÒA", "Đảng ủy Trường": "Đảng ủy Trường", "": "Cấp ủy cấp trên",
	} {
		if got := committee(in); got != want {
			t.Errorf("committee(%q) = %q", in, got)
		}
	}
}
