package locale

// Speak returns the language with this tag, "vi" or "en", and these texts by key, which the
// server has handed over.
func Speak(tag string, texts map[string]string) L {
	return L{&speech{tag: tag, texts: func() map[string]string { return texts }}}
}
