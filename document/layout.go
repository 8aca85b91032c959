package document

import "chibo/kit/when"

// Layout is how papers look while one set of rules is in force. Lengths are in
// millimetres, type sizes and line spacing in points.
type Layout struct {
	// From is the first day in force, Until the last; zero where it is open.
	From, Until when.Date
	// Source names the documents the layout follows.
	Source string

	Width, Height            float64
	Top, Bottom, Left, Right float64
	FirstLine                float64

	// Font is the name in DOCX files; PDF uses a free face of the same widths.
	Font string
	// Body is the size of the text, Table and Recipients of the smaller texts,
	// Party of the line "ĐẢNG CỘNG SẢN VIỆT NAM", Title of the kind.
	Body, Table, Recipients, Party, Title float64
	// Leading is the exact line spacing of the body, Gap what stands between two
	// paragraphs.
	Leading, Gap float64

	// Rule stands under the subject.
	Rule string
}

// layouts are in order of their dates. HD 36-HD/VPTW and HD 05-HD/VPTW agree in
// page, margins and type; what the transcriptions leave open within a range
// (line spacing of exactly 18 to 20 points) is set in its middle.
var layouts = []Layout{
	{
		Until:  when.On(2026, 1, 8),
		Source: "Quy định số 66-QĐ/TW, ngày 06/02/2017; Hướng dẫn số 36-HD/VPTW, ngày 03/4/2018",
		Width:  210, Height: 297, Top: 20, Bottom: 20, Left: 30, Right: 15, FirstLine: 12.7,
		Font: "Times New Roman", Body: 14, Table: 13, Recipients: 12, Party: 15, Title: 16,
		Leading: 18, Gap: 6, Rule: "-----",
	},
	{
		From:   when.On(2026, 1, 9),
		Source: "Quy định số 399-QĐ/TW, ngày 09/01/2026; Hướng dẫn số 05-HD/VPTW, ngày 27/5/2026",
		Width:  210, Height: 297, Top: 20, Bottom: 20, Left: 30, Right: 15, FirstLine: 10,
		Font: "Times New Roman", Body: 14, Table: 13, Recipients: 12, Party: 15, Title: 16,
		Leading: 19, Gap: 6, Rule: "-----",
	},
}

// LayoutOn returns the layout in force on the day; the zero day takes the newest.
func LayoutOn(day when.Date) Layout {
	newest := layouts[len(layouts)-1]
	if day.IsZero() {
		return newest
	}
	for _, l := range layouts {
		if day.Within(l.From, l.Until) {
			return l
		}
	}
	return newest
}

// textWidth is the width between the margins.
func (l Layout) textWidth() float64 { return l.Width - l.Left - l.Right }
