package text

import (
	"regexp"
	"sync"
)

// Pattern returns a regular expression that is compiled when it is first used: all of them
// together took a tenth of the time in which the program starts, and few evenings need one.
func Pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
