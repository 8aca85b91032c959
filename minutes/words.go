package minutes

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// sentence trims s and ends it with a full stop unless it ends with a mark.
func sentence(s string) string {
	s = strings.TrimSpace(s)
	if s == "" {
		return ""
	}
	last, _ := utf8.DecodeLastRuneInString(s)
	if strings.ContainsRune(".!?…:;\"”)", last) {
		return s
	}
	return s + "."
}

// after puts before in front of s where s says something.
func after(before, s string) string {
	if s == "" {
		return ""
	}
	return before + s
}

// bracket puts s behind a name, nothing where s is empty.
func bracket(s string) string {
	if s == "" {
		return ""
	}
	return " (" + s + ")"
}

// titled is how minutes name somebody with an office: "Trần Văn Hòa, Bí thư Chi bộ".
func titled(name, office, organisation string) string {
	out := name
	if office != "" {
		out += ", " + office
	}
	if organisation != "" {
		if office != "" {
			out += " " + organisation
		} else {
			out += ", " + organisation
		}
	}
	return out
}

// lasted writes a length of time in minutes, as the guidance counts it.
func lasted(d time.Duration) string {
	return fmt.Sprintf("%d phút", int(d.Round(time.Minute).Minutes()))
}

// capital makes the first letter large.
func capital(s string) string {
	if s == "" {
		return s
	}
	first, size := utf8.DecodeRuneInString(s)
	return strings.ToUpper(string(first)) + s[size:]
}

// uncapital makes the first letter small, for what goes on a sentence.
func uncapital(s string) string {
	if s == "" {
		return s
	}
	first, size := utf8.DecodeRuneInString(s)
	return strings.ToLower(string(first)) + s[size:]
}
