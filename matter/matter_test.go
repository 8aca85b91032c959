package matter

import (
	"testing"
	"time"

	"chibo/kit/fault"
	"chibo/kit/when"
)

func TestThirtyWorkingDays(t *testing.T) {
	t.Parallel()
	for sent, want := range map[string]string{
		"2026-11-03": "2026-12-15", // six whole weeks
		"2026-11-07": "2026-12-18", // a Saturday: the first day that counts is Monday
		"2026-12-24": "2027-02-10", // over New Year and Tết, 5 to 9 February 2027 with its weekend
		"2027-04-05": "2027-05-19", // over the Hùng Kings, Reunification and the first of May, a Saturday
	} {
		day, err := when.ParseDate(sent)
		if err != nil {
			t.Fatal(err)
		}
		m := Matter{}.sent(day.At(20, 0))
		if m.AnswerBy.String() != want {
			t.Errorf("passed up on %s: answer by %s, want %s", sent, m.AnswerBy, want)
		}
		if m.Overdue(m.AnswerBy) || !m.Overdue(m.AnswerBy.AddDays(1)) {
			t.Errorf("passed up on %s: silence does not begin after %s", sent, m.AnswerBy)
		}
	}
}

func TestAnswer(t *testing.T) {
	t.Parallel()
	sent := when.Date{Year: 2026, Month: time.November, Day: 3}
	now := sent.AddDays(20).At(9, 0)
	waiting := Matter{}.sent(sent.At(20, 0))
	answered, err := waiting.answered(Reply{"đã khơi thông", sent.AddDays(18)}, "dung", now)
	if err != nil || answered.State != Answered || answered.Overdue(sent.AddDays(300)) {
		t.Fatalf("%+v, %v", answered, err)
	}
	taken, err := waiting.withdrawn("trùng")
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		matter Matter
		reply  Reply
		want   fault.Kind
	}{
		"no words":            {waiting, Reply{" ", sent}, fault.Invalid},
		"no day":              {waiting, Reply{"x", when.Date{}}, fault.Invalid},
		"before it was sent":  {waiting, Reply{"x", sent.AddDays(-1)}, fault.Invalid},
		"on a day to come":    {waiting, Reply{"x", now.Date().AddDays(1)}, fault.Invalid},
		"answered already":    {answered, Reply{"x", sent}, fault.Conflict},
		"taken back meantime": {taken, Reply{"x", sent}, fault.Conflict},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, err := tt.matter.answered(tt.reply, "dung", now); !fault.Is(err, tt.want) || got.Answer != tt.matter.Answer {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
}

func TestDaysLeft(t *testing.T) {
	t.Parallel()
	m := Matter{State: Waiting, AnswerBy: when.On(2026, time.December, 15)} // a Tuesday
	for day, want := range map[string]int{
		"2026-12-15": 0,
		"2026-12-14": 1,
		"2026-12-11": 2, // Friday: Monday and Tuesday are left
		"2026-12-12": 2, // Saturday
		"2026-12-16": -1,
		"2026-12-20": -3, // Sunday after Wednesday to Friday
	} {
		on, err := when.ParseDate(day)
		if err != nil {
			t.Fatal(err)
		}
		if got := m.Left(on); got != want {
			t.Errorf("on %s: %d working days, want %d", day, got, want)
		}
	}
}

func TestAlike(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		a, b string
		same bool
	}{
		{"Đèn chiếu sáng đầu ngõ 12 hỏng từ tháng trước", "Xin phường thay đèn chiếu sáng ở ngõ 45, hỏng đã lâu", true},
		{"Rãnh thoát nước cuối ngõ bị lấp khi thi công", "RANH THOAT NUOC tổ 5 bị đất lấp, mưa là ngập", true},
		{"Rãnh thoát nước cuối ngõ bị lấp khi thi công", "Đèn chiếu sáng đầu ngõ hỏng từ tháng trước", false},
		{"Đề nghị cấp trên xem xét giải quyết cho nhân dân", "Đề nghị cấp trên xem xét giải quyết cho nhân dân việc khác", false}, // no telling words
		{"Đèn đường", "Đèn đường hỏng", false}, // too little to say
		{"", "", false},
	} {
		if got := alike(tt.a, tt.b); got >= likeEnough != tt.same || got != alike(tt.b, tt.a) {
			t.Errorf("%q and %q: %d%%, want the same: %v", tt.a, tt.b, got, tt.same)
		}
	}
}
