package passkey

import "testing"

// TestSite: keys are bound to the address that the program was told, and offered only
// where browsers know them.
func TestSite(t *testing.T) {
	t.Parallel()
	for base, want := range map[string]string{
		"https://chibo.example":        "chibo.example https://chibo.example",
		"https://chibo.example/":       "chibo.example https://chibo.example",
		"https://chibo.example:8443":   "chibo.example https://chibo.example:8443",
		"http://localhost:8080":        "localhost http://localhost:8080",
		"http://chibo.localhost:8080":  "chibo.localhost http://chibo.localhost:8080",
		"http://chibo.example":         "",
		"http://127.0.0.1:8080":        "",
		"https://203.0.113.7":          "",
		"https://[2001:db8::7]":        "",
		"":                             "",
		"chibo.example":                "",
		"ftp://localhost":              "",
		"http://localhost.example":     "",
		"https://chibo.example%zz/...": "",
	} {
		host, origin, ok := siteOf(base)
		got := host + " " + origin
		if !ok {
			got = ""
		}
		if got != want {
			t.Errorf("%q: %q, want %q", base, got, want)
		}
	}
}
