package member

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"chibo/kit/search"
	"chibo/kit/sheet"
	"chibo/kit/text"
	"chibo/kit/when"
)

// dateForms are the ways in which sheets write a day, a month or a year, folded
// and without the word "ngày" before them.
var (
	numericDate = text.Pattern(`^(\d{1,4})\s*[-/. ,]\s*(\d{1,2})\s*[-/. ,]\s*(\d{1,4})( \d{1,2}:\d{2}(:\d{2})?)?$`)
	spelledDate = text.Pattern(`^(\d{1,2}) thang (\d{1,2}) nam (\d{4})$`)
	monthDate   = text.Pattern(`^(?:thang )?(\d{1,2})(?: nam |\s*[-/.]\s*)(\d{4})$`)
	yearDate    = text.Pattern(`^(?:nam |sn |sinh )?(\d{4})$`)
	serialDate  = text.Pattern(`^\d{5}(\.\d+)?$`)
	leading     = text.Pattern(`^(ngay sinh|ngay|sinh ngay)[: ]+`)
)

// ReadDate reads a day as sheets write it: 03/02/1985, 3-2-85, 3.2.1985,
// 1985-02-03, "ngày 3 tháng 2 năm 1985", 02/1985, 1985 or the bare serial number
// of Excel. A year of two digits is the latest one that does not lie after latest.
func ReadDate(text string, latest when.Date) (when.Date, Precision, error) {
	day, month, year, common := commonDate(text)
	precision := Full
	if !common {
		day, month, year, precision = anyDate(text, latest)
	}
	d := when.Date{Year: year, Month: time.Month(month), Day: day}
	if year < 1880 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 28 && when.On(year, d.Month, day) != d {
		return when.Date{}, Full, fmt.Errorf("%q is not a day of the calendar", text)
	}
	return d, precision, nil
}

// anyDate reads all forms by their patterns, zeros where the text has none of them.
func anyDate(text string, latest when.Date) (day, month, year int, precision Precision) {
	s := strings.Trim(search.Fold(text), "'`.,; ")
	if !digits(s[:min(len(s), 1)], 1, 1) {
		s = leading().ReplaceAllString(s, "")
	}
	if m := numericDate().FindStringSubmatch(s); m != nil {
		day, month, year = atoi(m[1]), atoi(m[2]), atoi(m[3])
		if len(m[1]) == 4 {
			day, year = year, day
		} else if len(m[3]) == 2 {
			year = century(year, month, day, latest)
		} else if len(m[3]) != 4 {
			year = 0
		}
	} else if m := spelledDate().FindStringSubmatch(s); m != nil {
		day, month, year = atoi(m[1]), atoi(m[2]), atoi(m[3])
	} else if m := monthDate().FindStringSubmatch(s); m != nil {
		day, month, year, precision = 1, atoi(m[1]), atoi(m[2]), MonthOnly
	} else if m := yearDate().FindStringSubmatch(s); m != nil {
		day, month, year, precision = 1, 1, atoi(m[1]), YearOnly
	} else if serialDate().MatchString(s) {
		n, _ := strconv.ParseFloat(s, 64) // digits, by serialDate
		if d, ok := sheet.SerialDate(n, false); ok {
			day, month, year = d.Day, int(d.Month), d.Year
		}
	}
	return day, month, year, precision
}

// commonDate reads the form of nearly all dates, two digits, two and four: patterns take
// thirty times as long.
func commonDate(s string) (day, month, year int, ok bool) {
	if len(s) != len("03/02/1985") || strings.IndexByte("/-.", s[2]) < 0 || strings.IndexByte("/-.", s[5]) < 0 {
		return 0, 0, 0, false
	}
	return atoi(s[:2]), atoi(s[3:5]), atoi(s[6:]), digits(s[:2], 2, 2) && digits(s[3:5], 2, 2) && digits(s[6:], 4, 4)
}

// century returns the latest year that ends in two digits and does not make the
// day lie after latest.
func century(year, month, day int, latest when.Date) int {
	y := latest.Year/100*100 + year
	if latest.Before(when.Date{Year: y, Month: time.Month(month), Day: day}) {
		y -= 100
	}
	return y
}

func atoi(s string) int { n, _ := strconv.Atoi(s); return n } // digits, by the forms
