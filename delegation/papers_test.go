package delegation

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"chibo/conference"
	"chibo/kit/when"
	"chibo/organization"
)

// sample is a made-up invitation to two sittings.
func sample(n int) Invitation {
	at := func(month time.Month, day, hour int) when.Instant { return when.On(2026, month, day).At(hour, 0) }
	return Invitation{
		Delegate:   Delegate{ID: fmt.Sprint(n), Name: []string{"Nguyễn Thị Minh Khuê", "Trần Văn Hòa", "Lê Quốc Bảo Khánh"}[n%3], Post: "Phó Bí thư Chi bộ", Unit: fmt.Sprintf("Chi bộ %d, Trường Trung học cơ sở Sông Xanh", n%60+1), Number: n + 1, Code: fmt.Sprintf("ABCDEFGHIJKLMNOPQRS%07d", n), IssuedAt: at(11, 20, 8)},
		Conference: conference.Conference{Title: "Tổ chức hội nghị chuyên đề sinh hoạt chi bộ mẫu"},
		Committee:  organization.Organization{Name: "Đảng ủy phường Sông Xanh", Superior: "Đảng bộ Thành phố", Town: "Sông Xanh"},
		Line:       conference.Category{Title: "Cấp ủy các chi bộ trực thuộc đảng bộ cơ sở", Source: conference.FromCells},
		Note:       Note{AnswerBy: when.On(2026, 12, 5), Words: "Đề nghị mang theo thẻ Đảng."},
		Attends: []Attended{
			{conference.Sitting{Title: "Hội nghị “sinh hoạt chi bộ thường kỳ” mẫu", StartsAt: at(12, 10, 8), EndsAt: at(12, 10, 11), Venue: "Hội trường Trường Sông Xanh", Address: "12 Bến Nước, phường Sông Xanh"}, "Chi bộ 01", fmt.Sprintf("A-%d-%d", n/20+1, n%20+1), conference.Programme{{Content: "Đón tiếp", Minutes: 15}, {Content: "Chi bộ thực hiện kỳ sinh hoạt mẫu", Minutes: 120}, {Content: "Kết luận", Minutes: 15}}},
			{conference.Sitting{Title: "Hội nghị “sinh hoạt chi bộ chuyên đề” mẫu", StartsAt: at(12, 24, 8), EndsAt: at(12, 24, 11), Venue: "Nhà văn hóa phường", Address: "3 Bến Nước, phường Sông Xanh"}, "Chi bộ 04", "", nil},
		},
	}
}

func samples(n int) []Invitation {
	out := make([]Invitation, n)
	for i := range out {
		out[i] = sample(i)
	}
	return out
}

// BenchmarkInvitations writes the invitations of a conference of a thousand, each with its
// QR code, as one file. The goal is under ten seconds.
func BenchmarkInvitations(b *testing.B) {
	all := samples(1000)
	for b.Loop() {
		if err := WriteInvitations(io.Discard, "https://chibo.example", all); err != nil {
			b.Fatal(err)
		}
	}
}

var update = flag.Bool("update", false, "write the golden files anew")

// TestPapersGolden compares an invitation to two sittings, one of the press, and a sheet of
// badges with what was looked at.
func TestPapersGolden(t *testing.T) {
	t.Parallel()
	press := sample(1)
	press.Line = conference.Category{Title: "Cơ quan báo chí", Source: conference.FromPress}
	press.Unit, press.Post, press.Attends = "Báo Sông Xanh", "Phóng viên", press.Attends[:1]
	var sheet strings.Builder
	for _, c := range badges("https://chibo.example", 5, when.On(2026, 11, 20), samples(3)).Cards {
		fmt.Fprintf(&sheet, "%s\n%s\n%s\n%s\n%s\n\n", c.Head, c.Name, strings.Join(c.Lines, " | "), c.Foot, c.URL)
	}
	for name, got := range map[string]string{
		"invitation.txt": sample(0).paper("https://chibo.example").Text(),
		"press.txt":      press.paper("https://chibo.example").Text(),
		"badges.txt":     sheet.String(),
	} {
		path := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil || string(want) != got {
			t.Errorf("%s differs (%v):\n%s", name, err, got)
		}
	}
}

// TestOccasion puts titles into a sentence.
func TestOccasion(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{
		"Tổ chức hội nghị mẫu": "hội nghị mẫu", "Hội nghị mẫu": "hội nghị mẫu", " Đại hội chi bộ": "đại hội chi bộ", "": "",
	} {
		if got := occasion(conference.Conference{Title: title}); got != want && title != "" {
			t.Errorf("%q: %q, want %q", title, got, want)
		}
	}
}

// TestNobodyIsInvitedToWhatIsOver: an invitation that is issued after a sitting has ended names those ahead, on
// paper and in the mail; one issued when all are over names all.
func TestNobodyIsInvitedToWhatIsOver(t *testing.T) {
	t.Parallel()
	for day, want := range map[when.Date][2]bool{
		when.On(2026, 12, 9):  {true, true},
		when.On(2026, 12, 10): {true, true},
		when.On(2026, 12, 11): {false, true},
		when.On(2026, 12, 25): {true, true},
	} {
		v := sample(0)
		v.IssuedAt = day.At(9, 0)
		for where, text := range map[string]string{"paper": v.paper("https://chibo.example").Text(), "mail": v.letter("https://chibo.example").Text} {
			if got := [2]bool{strings.Contains(text, "Hội trường Trường Sông Xanh"), strings.Contains(text, "Nhà văn hóa phường")}; got != want {
				t.Errorf("%s of %s names %v, want %v:\n%s", where, day, got, want, text)
			}
		}
	}
}
