package search

import "syscall/js"

// decomposed returns s with every letter apart from its marks (NFKD). The browser
// knows how; the tables of Go would be a tenth of the whole program.
func decomposed(s string) string { return normalize.Call("call", s, "NFKD").String() }

var normalize = js.Global().Get("String").Get("prototype").Get("normalize")
