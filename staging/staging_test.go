package staging

import (
	"testing"
	"time"

	"chibo/conference"
	"chibo/kit/when"
)

// The standard list is laid backwards from the hours of the sitting: what falls on a
// weekend falls on the Friday before, what is past is due the next day, and nothing that
// is to stand at the start falls after it.
func TestTheStandardListIsLaidBackwards(t *testing.T) {
	on := func(day, h, m int) when.Instant { return when.On(2026, time.March, day).At(h, m) }
	sitting := conference.Sitting{ID: "y", Conference: "x", Venue: "Hội trường", StartsAt: on(26, 8, 0), EndsAt: on(26, 11, 0)} // a Thursday
	for _, k := range []struct {
		what string
		laid when.Instant
		due  when.Instant
	}{
		{"Khảo sát, giữ hội trường: sức chứa, lối đi, lối thoát nạn", on(1, 9, 0), on(12, 9, 0)},
		{"Phân công người dẫn chương trình, cán bộ hướng dẫn, phục vụ", on(1, 9, 0), on(13, 16, 0)}, // 14 March is a Saturday
		{"Mời cơ quan báo chí (nếu cần), bố trí góc báo chí", on(1, 9, 0), on(20, 9, 0)},            // 21 March is a Saturday
		{"Tổng duyệt", on(1, 9, 0), on(23, 14, 0)},
		{"Nước uống, bình hoa bàn chủ trì", on(1, 9, 0), on(26, 7, 0)},
		{"Dọn hội trường, trả thiết bị", on(1, 9, 0), on(26, 12, 0)},
		{"Tổng duyệt", on(24, 9, 0), on(25, 16, 0)},                      // past: the next day
		{"Tổng duyệt", on(25, 17, 0), on(26, 7, 0)},                      // the evening before: an hour before the start
		{"Tổng duyệt", on(27, 9, 0), on(23, 14, 0)},                      // all is over: as it should have been
		{"Nước uống, bình hoa bàn chủ trì", on(26, 6, 30), on(26, 7, 0)}, // still to come
	} {
		found := false
		for _, d := range Standard(sitting, k.laid) {
			if d.What == k.what {
				found = true
				if d.DueAt != k.due {
					t.Errorf("%s, laid %s: due %s, want %s", k.what, k.laid, d.DueAt, k.due)
				}
			}
			if err := d.check(); err != nil || d.PlannedFor != sitting.StartsAt {
				t.Errorf("%s: %v, planned for %s", d.What, err, d.PlannedFor)
			}
		}
		if !found {
			t.Errorf("%s is not on the list", k.what)
		}
	}
}

func TestTheStateOfADuty(t *testing.T) {
	noon := when.On(2026, time.March, 26).At(12, 0)
	for _, k := range []struct {
		duty Duty
		want State
	}{
		{Duty{DueAt: noon}, Open},
		{Duty{DueAt: noon - 1}, Late},
		{Duty{DueAt: noon - 1, DoneAt: noon}, Done},
	} {
		if got := k.duty.StateAt(noon); got != k.want {
			t.Errorf("%+v is %s, want %s", k.duty, got, k.want)
		}
	}
}
