package document

import (
	"strings"
	"sync"

	"codeberg.org/go-pdf/fpdf"
	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifbolditalic"
	"github.com/go-fonts/liberation/liberationserifitalic"
	"github.com/go-fonts/liberation/liberationserifregular"
	"golang.org/x/image/font/sfnt"
)

// Liberation Serif has the widths of Times New Roman, every Vietnamese letter
// and a licence that lets it be embedded (SIL Open Font License 1.1).

// face is one style of the font in PDF files: whole, and cut down to what a
// Vietnamese paper usually needs, which is quicker to parse for each paper.
type face struct {
	style string
	whole []byte
	small func() []byte
}

var faces = map[string]face{
	"":   newFace("", liberationserifregular.TTF),
	"B":  newFace("B", liberationserifbold.TTF),
	"I":  newFace("I", liberationserifitalic.TTF),
	"BI": newFace("BI", liberationserifbolditalic.TTF),
}

func newFace(style string, ttf []byte) face {
	return face{style, ttf, sync.OnceValue(func() []byte { return fpdf.UTF8CutFont(ttf, usual()) })}
}

// usualRanges are the letters, marks and signs in the cut-down faces.
var usualRanges = [][2]rune{
	{0x20, 0x24F}, {0x300, 0x36F}, {0x1E00, 0x1EFF}, {0x2000, 0x206F}, {0x20AB, 0x20AB}, {0x2190, 0x2195}, {0x2212, 0x2265}, {0x25A1, 0x25A1},
}

var usual = sync.OnceValue(func() string {
	var b strings.Builder
	for _, r := range usualRanges {
		for c := r[0]; c <= r[1]; c++ {
			b.WriteRune(c)
		}
	}
	return b.String()
})

func isUsual(r rune) bool {
	for _, u := range usualRanges {
		if r >= u[0] && r <= u[1] {
			return true
		}
	}
	return false
}

// missing is drawn for what the font has no glyph for.
const missing = '\u25A1'

// covered holds the characters of the regular face; the other faces have the
// same.
var covered = sync.OnceValue(func() map[rune]bool {
	f, err := sfnt.Parse(liberationserifregular.TTF)
	if err != nil {
		panic(err) // the font is linked in
	}
	out := map[rune]bool{}
	var buf sfnt.Buffer
	for r := rune(' '); r <= 0xFFFF; r++ {
		if g, err := f.GlyphIndex(&buf, r); err == nil && g != 0 {
			out[r] = true
		}
	}
	return out
})

// drawable returns s with every sign that the font lacks replaced by an empty
// box, so that a reader sees that something stood there.
func drawable(s string) string {
	has := covered()
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\u200D', r >= 0xFE00 && r <= 0xFE0F:
			return -1 // joins or tints the sign before it; nothing to draw
		case isUsual(r) && r < 0x250, has[r]:
			return r
		}
		return missing
	}, s)
}
