package account

import "strings"

// DeviceName says in two words what a browser calls itself in many: "Chrome,
// Android". It is shown to the person alone, to tell their devices apart.
func DeviceName(userAgent string) string {
	browser := firstOf(userAgent, [][2]string{
		{"Zalo", "Zalo"},
		{"coc_coc", "Cốc Cốc"},
		{"EdgA/", "Edge"},
		{"Edg/", "Edge"},
		{"SamsungBrowser", "Samsung"},
		{"OPR/", "Opera"},
		{"Firefox/", "Firefox"},
		{"CriOS", "Chrome"},
		{"Chrome/", "Chrome"},
		{"Safari/", "Safari"},
	})
	system := firstOf(userAgent, [][2]string{
		{"Android", "Android"},
		{"iPhone", "iPhone"},
		{"iPad", "iPad"},
		{"Windows", "Windows"},
		{"Mac OS X", "Mac"},
		{"CrOS", "Chromebook"},
		{"Linux", "Linux"},
	})
	return strings.Trim(browser+", "+system, ", ")
}

// firstOf returns the second word of the first pair whose first word stands in s.
func firstOf(s string, pairs [][2]string) string {
	for _, p := range pairs {
		if strings.Contains(s, p[0]) {
			return p[1]
		}
	}
	return ""
}
