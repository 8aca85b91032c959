package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// parts is what the guard learned of a workbook: its XML read to the end once.
type parts struct {
	// sheets holds the shape of every worksheet by the path of its part.
	sheets map[string]*shape
	// tabs are the names of the worksheets in the order of their tabs, with the
	// path of the part of each.
	tabs []tab
	// strings is the number of shared strings.
	strings int
}

type tab struct{ name, path string }

// shape is what a worksheet's XML says besides the values, which the library
// reads: where values stand, of what type and style, and which cells are merged.
type shape struct {
	cells  map[at]look
	merged []area
	// lastRow is the number of the last row element.
	lastRow int
	// numbers counts the cells that hold a number; lastString is the highest index
	// into the table of shared strings, -1 when there is none.
	numbers, lastString int
}

// at is a place: column and row, both counted from 1.
type at struct{ column, row int }

// look is the type ("s", "n", "d" …) and the style of a cell.
type look struct {
	kind  string
	style int
}

// area is a merged range, ends included.
type area struct{ from, to at }

// guard inspects a workbook before the library opens it. It refuses what the
// library would read in part, slowly or with too much memory: too many or too
// large parts by their real inflated size, parts named outside the package, XML
// that is not well formed to its end, a DOCTYPE, deep nesting, another encoding,
// more rows or cells than a roll can have, and workbooks with macros.
func guard(data []byte) (*parts, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, refuse("damaged")
	}
	if err := guardNames(z.File); err != nil {
		return nil, err
	}
	p := &parts{sheets: map[string]*shape{}}
	left, xmls := int64(maxInflated), map[string][]byte{}
	for _, f := range z.File {
		text, err := inflate(f, left)
		if err != nil {
			return nil, err
		}
		left -= int64(len(text))
		if isXML(f.Name) {
			xmls[partName(f.Name)] = text
		}
	}
	inflated := maxInflated - left
	if inflated > 1<<20 && inflated > maxRatio*int64(len(data)) {
		return nil, refuse("bomb")
	}
	for name, text := range xmls {
		if err := p.inspect(name, text); err != nil {
			return nil, err
		}
	}
	for _, s := range p.sheets {
		if s.lastString >= p.strings {
			return nil, refuse("damaged")
		}
	}
	return p, p.order(xmls)
}

// guardNames refuses names that lead out of the package or stand twice, and
// files that are packages of another kind.
func guardNames(files []*zip.File) error {
	if len(files) > maxEntries {
		return refuse("bomb")
	}
	seen := map[string]bool{}
	for _, f := range files {
		name := partName(f.Name)
		if strings.ContainsAny(f.Name, "\\\x00:") || path.IsAbs(f.Name) || slices.Contains(strings.Split(f.Name, "/"), "..") || seen[name] {
			return refuse("damaged")
		}
		seen[name] = true
	}
	switch {
	case seen["xl/vbaproject.bin"]:
		return refuse("macro")
	case !seen["xl/workbook.xml"] || !seen["[content_types].xml"]:
		return refuse("other_package") // .ods, .xlsb, .docx, .zip
	}
	return nil
}

// partName is the name under which parts are told apart: without regard to case.
func partName(name string) string { return strings.ToLower(name) }

func isXML(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".xml", ".rels", ".vml":
		return true
	}
	return false
}

// inflate returns the content of f, at most left bytes of it: what the header of
// the part says of its size is not believed.
func inflate(f *zip.File, left int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, refuse("damaged")
	}
	text, err := io.ReadAll(io.LimitReader(r, left+1))
	if err = errors.Join(err, r.Close()); err != nil {
		return nil, refuse("damaged")
	}
	if int64(len(text)) > left {
		return nil, refuse("bomb")
	}
	return text, nil
}

// inspect reads one XML part to its end.
func (p *parts) inspect(name string, text []byte) error {
	v := visitor{parts: p, name: name}
	if strings.HasPrefix(name, "xl/worksheets/") && path.Ext(name) == ".xml" {
		v.shape = &shape{cells: map[at]look{}, lastString: -1}
		p.sheets[name] = v.shape
	}
	d := xml.NewDecoder(bytes.NewReader(text)) // refuses any encoding but UTF-8
	for {
		token, err := d.Token()
		switch {
		case errors.Is(err, io.EOF) && v.depth == 0:
			return nil
		case err != nil:
			return refuse("damaged")
		}
		if err := v.see(token); err != nil {
			return err
		}
	}
}

// visitor follows the elements of a part. In a worksheet its place moves as the
// specification says: an element without an address follows the one before.
type visitor struct {
	*parts
	*shape
	name   string
	depth  int
	inData bool // within sheetData
	at     at
	look   look
	text   []byte // of the value being read
	inText bool
	valued bool // the row has a value
	rows   int  // with a value
}

func (v *visitor) see(token xml.Token) error {
	switch t := token.(type) {
	case xml.Directive:
		return refuse("doctype")
	case xml.StartElement:
		if v.depth++; v.depth > maxDepth {
			return refuse("bomb")
		}
		if v.shape != nil {
			return v.start(t)
		}
		if v.name == "xl/sharedstrings.xml" && v.depth == 2 && t.Name.Local == "si" {
			v.strings++
		}
	case xml.EndElement:
		v.depth--
		if v.shape != nil {
			return v.end(t)
		}
	case xml.CharData:
		if v.inText {
			v.text = append(v.text, t...)
		}
	}
	return nil
}

func (v *visitor) start(t xml.StartElement) error {
	switch name := t.Name.Local; {
	case name == "sheetData":
		v.inData = true
	case name == "mergeCell":
		return v.merge(attribute(t, "ref"))
	case !v.inData:
	case name == "row":
		return v.startRow(attribute(t, "r"))
	case name == "c":
		return v.startCell(t)
	case name == "v", name == "is":
		v.text, v.inText = v.text[:0], true
		return v.value()
	}
	return nil
}

func (v *visitor) end(t xml.EndElement) error {
	switch name := t.Name.Local; {
	case name == "sheetData":
		v.inData = false
	case !v.inData:
	case name == "row" && v.valued:
		v.rows++
	case name == "v":
		v.inText = false
		return v.endValue(string(v.text))
	case name == "is":
		v.inText = false
	}
	return nil
}

// endValue keeps what the values must be compared with later.
func (v *visitor) endValue(text string) error {
	switch v.look.kind {
	case "", "n":
		if text != "" {
			v.numbers++
		}
	case "s":
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 {
			return refuse("damaged")
		}
		v.lastString = max(v.lastString, n)
	}
	return nil
}

func (v *visitor) startRow(r string) error {
	row := v.at.row + 1
	if r != "" {
		n, err := strconv.Atoi(r)
		if err != nil || n <= v.at.row || n > excelize.TotalRows {
			return refuse("damaged")
		}
		row = n
	}
	v.at, v.valued, v.lastRow = at{row: row}, false, row
	return nil
}

func (v *visitor) startCell(t xml.StartElement) error {
	v.at.column++
	if r := attribute(t, "r"); r != "" {
		column, row, err := excelize.CellNameToCoordinates(r)
		if err != nil || row != v.at.row || column < v.at.column {
			return refuse("damaged")
		}
		v.at.column = column
	}
	v.look = look{kind: attribute(t, "t")}
	if s := attribute(t, "s"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 0 {
			return refuse("damaged")
		}
		v.look.style = n
	}
	return nil
}

func (v *visitor) value() error {
	switch {
	case len(v.cells) >= maxCells, v.rows >= maxRows:
		return refuse("rows", "Most", maxRows)
	case v.at.column > maxColumns:
		return refuse("columns", "Most", maxColumns, "Cell", Address(v.at.column-1, v.at.row))
	}
	v.cells[v.at], v.valued = v.look, true
	return nil
}

func (v *visitor) merge(ref string) error {
	from, to, _ := strings.Cut(ref, ":")
	a, err := place(from)
	b, err2 := place(to)
	if err != nil || err2 != nil || b.column < a.column || b.row < a.row || len(v.merged) > maxRows {
		return refuse("damaged")
	}
	v.merged = append(v.merged, area{a, b})
	return nil
}

func place(ref string) (at, error) {
	column, row, err := excelize.CellNameToCoordinates(strings.ReplaceAll(ref, "$", ""))
	return at{column, row}, err
}

func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// order finds the tabs of the workbook and the part of each.
func (p *parts) order(xmls map[string][]byte) error {
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
			// Strict workbooks name the relation in another space.
			StrictID string `xml:"http://purl.oclc.org/ooxml/officeDocument/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var relations struct {
		All []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if xml.Unmarshal(xmls["xl/workbook.xml"], &book) != nil || xml.Unmarshal(xmls["xl/_rels/workbook.xml.rels"], &relations) != nil {
		return refuse("damaged")
	}
	target := map[string]string{}
	for _, r := range relations.All {
		to := r.Target
		if !path.IsAbs(to) {
			to = path.Join("/xl", to)
		}
		target[r.ID] = partName(strings.TrimPrefix(path.Clean(to), "/"))
	}
	for _, s := range book.Sheets {
		part := target[s.ID+s.StrictID]
		if p.sheets[part] != nil { // a chart sheet is none
			p.tabs = append(p.tabs, tab{s.Name, part})
		}
	}
	if len(p.tabs) == 0 {
		return refuse("damaged")
	}
	return nil
}
