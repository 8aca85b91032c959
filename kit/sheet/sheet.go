// Package sheet reads the tables that people bring and writes the tables they
// take away.
//
// A sheet comes from anywhere: a workbook of Excel or LibreOffice, a CSV file of
// any separator, a file that only calls itself one of these. What it is is told by
// its content and never by its name. A workbook is inspected part by part before
// a library opens it (see guard), because a broken or hostile one must be refused
// whole: a roll of which half the rows are read is worse than none. What comes out
// is rows of cells with their addresses, composed text and resolved dates.
//
// Written tables hold text and numbers only, never a formula.
package sheet

import (
	"bytes"
	"strings"

	"github.com/xuri/excelize/v2"

	"chibo/kit/fault"
	"chibo/kit/when"
)

// Limits of what is read. A roll of the largest base organisation has a few
// thousand rows.
const (
	MaxBytes    = 10 << 20 // of the file
	maxInflated = 64 << 20 // of all parts of a workbook together
	maxRatio    = 100      // inflated to packed, of a workbook over 1 MiB inflated
	maxEntries  = 200      // parts of a workbook
	maxDepth    = 64       // of nested elements
	maxRows     = 20_000   // with a value
	maxColumns  = 100
	maxCells    = 400_000 // with a value
	maxText     = 32_767  // letters in a cell, as in Excel
)

// Endings are those of the names of files that are read.
var Endings = []string{"xlsx", "csv"}

// Kind says what a cell holds.
type Kind int

// The kinds.
const (
	Empty  Kind = iota
	Text        // words
	Number      // a number in plain digits, as typed: "912345678", "1.5"
	Date        // a day; Cell.Date holds it
	Bool        // TRUE or FALSE
	Error       // a formula that failed: "#N/A"
)

// Cell is one cell. Its text is composed (NFC), trimmed and free of letters that
// cannot be seen; line breaks within it are single spaces.
type Cell struct {
	Kind Kind
	Text string
	// Date is set when Kind is Date.
	Date when.Date
	// Merged says that the cell lies in a merged range and shows the value of the
	// range's first cell.
	Merged bool
}

// Row is one row that is not blank.
type Row struct {
	// Number counts from 1 as the program that shows the sheet does.
	Number int
	// Cells holds the columns from A on; columns after the last value are left out.
	Cells []Cell
}

// Cell returns the cell of column c, counted from 0; columns not there are empty.
func (r Row) Cell(c int) Cell {
	if c < 0 || c >= len(r.Cells) {
		return Cell{}
	}
	return r.Cells[c]
}

// Sheet is one table of a file.
type Sheet struct {
	// Name is the name of the tab, empty for CSV.
	Name string
	Rows []Row
}

// Address returns the address of column c, counted from 0, in row number r: C7.
func Address(c, r int) string {
	name, err := excelize.CoordinatesToCellName(c+1, r)
	if err != nil {
		return ""
	}
	return name
}

// Column returns the letters of column c, counted from 0.
func Column(c int) string {
	name, err := excelize.ColumnNumberToName(c + 1)
	if err != nil {
		return ""
	}
	return name
}

// slots bounds how many files are read at a time, and with them the memory.
var slots = make(chan struct{}, 2)

// Read reads the tables of a file, in their order. The error is a fault that
// says what to do with the file: it is of another kind, damaged, too large, or
// not what it seems.
func Read(data []byte) ([]Sheet, error) {
	slots <- struct{}{}
	defer func() { <-slots }()
	switch {
	case len(data) > MaxBytes:
		return nil, fault.New(fault.TooLarge, "sheet.problem.bytes", "Most", MaxBytes>>20)
	case len(bytes.TrimSpace(data)) == 0:
		return nil, refuse("empty")
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return readXLSX(data)
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		if bytes.Contains(data, utf16Text("EncryptedPackage")) {
			return nil, refuse("password")
		}
		return nil, refuse("xls")
	case bytes.HasPrefix(data, []byte("%PDF")):
		return nil, refuse("pdf")
	}
	text, err := decode(data)
	if err != nil {
		return nil, err
	}
	if start := strings.ToLower(text[:min(len(text), 400)]); strings.HasPrefix(strings.TrimSpace(start), "<") {
		return nil, refuse("html") // a page or an XML file that calls itself .xls
	}
	return readCSV(text)
}

// Fits refuses a file that could be read but whose name ends like another kind: what it is
// sent on to goes by the name.
func Fits(name string, data []byte) error {
	workbook := bytes.HasPrefix(data, []byte("PK\x03\x04"))
	if workbook != strings.HasSuffix(strings.ToLower(strings.TrimRight(name, ". ")), ".xlsx") {
		return refuse("ending")
	}
	return nil
}

// refuse returns the fault for a file that is not read, by the last word of its
// message key.
func refuse(why string, args ...any) error {
	return fault.New(fault.Invalid, "sheet.problem."+why, args...)
}

// utf16Text returns ASCII text as the directory of a compound file spells it.
func utf16Text(s string) []byte {
	var b []byte
	for _, c := range []byte(s) {
		b = append(b, c, 0)
	}
	return b
}
