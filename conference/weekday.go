package conference

import (
	"strings"
	"time"

	"chibo/document"
	"chibo/kit/text"
	"chibo/kit/when"
)

// Slip is a day of the week that does not belong to its date.
type Slip struct {
	Cited string // as it stands in the text
	Day   when.Date
	Right string // "thứ Năm"
}

// dayOfWeek finds "thứ năm, ngày 28 tháng 3 năm 2024" and "Thứ 5 (28/3/2024)".
var dayOfWeek = text.Pattern(`(?i)(chủ nhật|thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7]))[\s,(–-]*(?:ngày\s+)?(\d{1,2})(?:\s*[/.-]\s*|\s+tháng\s+)(\d{1,2})(?:\s*[/.-]\s*|\s+năm\s+)(\d{4})`)

// weekdays are the ways in which people write a day of the week.
var weekdays = map[string]time.Weekday{
	"chủ nhật": time.Sunday, "thứ hai": time.Monday, "thứ ba": time.Tuesday, "thứ tư": time.Wednesday, "thứ năm": time.Thursday, "thứ sáu": time.Friday, "thứ bảy": time.Saturday,
	"thứ 2": time.Monday, "thứ 3": time.Tuesday, "thứ 4": time.Wednesday, "thứ 5": time.Thursday, "thứ 6": time.Friday, "thứ 7": time.Saturday,
}

// Weekdays reads the dates of a text that have a day of the week before them, and returns
// those where the two do not belong together. A date that is none is left alone.
func Weekdays(text string) []Slip {
	var out []Slip
	for _, m := range dayOfWeek().FindAllStringSubmatch(text, -1) {
		day, err := when.ParseDate(m[2] + "/" + m[3] + "/" + m[4])
		said := weekdays[strings.Join(strings.Fields(strings.ToLower(m[1])), " ")]
		if err == nil && day.Weekday() != said {
			out = append(out, Slip{Cited: m[0], Day: day, Right: document.Weekday(day)})
		}
	}
	return out
}
