package document

import (
	"strings"
	"unicode"
)

// piece is a run of one style without a space inside.
type piece struct {
	text   string
	style  string // "", "B", "I" or "BI"
	width  float64
	spaced bool // a space stands before it; pieces without one continue a word
}

func (s Span) style() string {
	switch {
	case s.Bold && s.Italic:
		return "BI"
	case s.Bold:
		return "B"
	case s.Italic:
		return "I"
	}
	return ""
}

// splitLines cuts a text at its line ends; there is at least one line.
func splitLines(t Text) []Text {
	out := []Text{nil}
	for _, s := range t {
		for i, part := range strings.Split(clean(s.Text), "\n") {
			if i > 0 {
				out = append(out, nil)
			}
			s.Text = part
			out[len(out)-1] = append(out[len(out)-1], s)
		}
	}
	return out
}

// pieces cuts a line into the runs that are set one after the other.
func (p *pdf) pieces(t Text, size float64) []piece {
	var out []piece
	space := false
	for _, s := range t {
		text := drawable(s.Text)
		style := s.style()
		p.font(style, size)
		for i, w := range strings.Split(text, " ") {
			if i > 0 {
				space = true
			}
			if w == "" {
				continue
			}
			out = append(out, piece{w, style, p.GetStringWidth(w), space || len(out) == 0})
			space = false
		}
	}
	return out
}

// wrap breaks one line of text into rows of at most width, the first shorter by
// indent. A word longer than a row is cut where the row ends.
func (p *pdf) wrap(t Text, size, width, indent float64) [][]piece {
	p.font("", size)
	space := p.GetStringWidth(" ")
	rows := [][]piece{nil}
	left := width - indent
	for _, word := range wordsOf(p.pieces(t, size)) {
		need := widthOf(word)
		last := len(rows) - 1
		if len(rows[last]) > 0 {
			if need+space <= left {
				left -= need + space
				rows[last] = append(rows[last], word...)
				continue
			}
			rows, last, left = append(rows, nil), last+1, width
		}
		for need > left {
			head, tail := p.cut(word, size, left)
			rows[last] = append(rows[last], head...)
			word, need = tail, widthOf(tail)
			if len(word) == 0 {
				break
			}
			rows, last, left = append(rows, nil), last+1, width
		}
		rows[last] = append(rows[last], word...)
		left -= need
	}
	return rows
}

// wordsOf groups the pieces that no space parts.
func wordsOf(ps []piece) [][]piece {
	var out [][]piece
	for _, s := range ps {
		if s.spaced || len(out) == 0 {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], s)
	}
	return out
}

func widthOf(word []piece) (w float64) {
	for _, s := range word {
		w += s.width
	}
	return w
}

// cut splits a word so that its head fits into width; the head has at least one
// sign, and a mark stays with its letter.
func (p *pdf) cut(word []piece, size, width float64) (head, tail []piece) {
	for i, s := range word {
		if s.width <= width {
			head, width = append(head, s), width-s.width
			continue
		}
		p.font(s.style, size)
		at, w := 0, 0.0
		for j, r := range s.text {
			rw := p.GetStringWidth(string(r))
			if w+rw > width && !unicode.Is(unicode.Mn, r) && (j > 0 || len(head) > 0) {
				break
			}
			at, w = j+len(string(r)), w+rw
		}
		if at > 0 {
			head = append(head, piece{s.text[:at], s.style, p.GetStringWidth(s.text[:at]), s.spaced})
		}
		if at < len(s.text) {
			tail = append(tail, piece{s.text[at:], s.style, p.GetStringWidth(s.text[at:]), false})
		}
		return head, append(tail, word[i+1:]...)
	}
	return head, nil
}
