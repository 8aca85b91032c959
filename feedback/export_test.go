package feedback

import "chibo/kit/when"

// SynthesisText is the synthesis as plain text.
func SynthesisText(f File, day when.Date) string { return synthesisDoc(f, day).Text() }
