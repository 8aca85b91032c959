package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"chibo/kit/search"
)

// readXLSX reads the worksheets of a workbook that the guard has passed.
func readXLSX(data []byte) ([]Sheet, error) {
	p, err := guard(data)
	if err != nil {
		return nil, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: maxInflated, UnzipXMLSizeLimit: maxInflated,
	})
	if err != nil {
		return nil, refuse("damaged")
	}
	sheets, err := readTabs(f, p)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	return sheets, nil
}

func readTabs(f *excelize.File, p *parts) ([]Sheet, error) {
	formats, err := readFormats(f)
	if err != nil {
		return nil, err
	}
	var sheets []Sheet
	for _, t := range p.tabs {
		rows, err := readRows(f, t.name, p.sheets[t.path], formats)
		if err != nil {
			return nil, err
		}
		sheets = append(sheets, Sheet{Name: search.Clean(t.name), Rows: rows})
	}
	return sheets, nil
}

// readRows reads one worksheet. The library gives up on some damage without a
// word, so what it gives is compared with what the guard has counted.
func readRows(f *excelize.File, name string, s *shape, formats *formats) ([]Row, error) {
	it, err := f.Rows(name)
	if err != nil {
		return nil, refuse("damaged")
	}
	grid := map[int][]Cell{}
	number, numbers := 0, 0
	for it.Next() {
		number++
		texts, err := it.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, errors.Join(refuse("damaged"), it.Close())
		}
		if len(texts) == 0 {
			continue
		}
		cells, read, err := readCells(texts, number, s, formats)
		if err != nil {
			return nil, errors.Join(err, it.Close())
		}
		grid[number] = cells
		numbers += read
	}
	if err := errors.Join(it.Error(), it.Close()); err != nil {
		return nil, fmt.Errorf("read rows of a sheet: %w", err)
	}
	if number != s.lastRow || numbers != s.numbers {
		return nil, refuse("damaged")
	}
	fillMerged(grid, s)
	return notBlank(grid, s.lastRow), nil
}

// readCells resolves the values of one row; numbers is how many of them are
// numbers by their type.
func readCells(texts []string, row int, s *shape, formats *formats) (cells []Cell, numbers int, err error) {
	cells = make([]Cell, len(texts))
	for i, text := range texts {
		l, valued := s.cells[at{i + 1, row}]
		if !valued || text == "" {
			continue
		}
		if utf8.RuneCountInString(text) > maxText {
			return nil, 0, refuse("long", "Cell", Address(i, row))
		}
		if l.kind == "" || l.kind == "n" {
			numbers++
		}
		cells[i] = formats.cell(text, l)
	}
	return cells, numbers, nil
}

// fillMerged gives every cell of a merged range the value of its first. Ranges
// reach as far as there are rows with values; beyond them nothing is filled.
func fillMerged(grid map[int][]Cell, s *shape) {
	room := maxCells
	for _, m := range s.merged {
		first := Row{Cells: grid[m.from.row]}.Cell(m.from.column - 1)
		if first.Kind == Empty {
			continue
		}
		first.Merged = true
		for row := m.from.row; row <= min(m.to.row, s.lastRow); row++ {
			for column := m.from.column; column <= min(m.to.column, maxColumns); column++ {
				if room--; room < 0 {
					return
				}
				for len(grid[row]) < column {
					grid[row] = append(grid[row], Cell{})
				}
				grid[row][column-1] = first
			}
		}
	}
}

// notBlank returns the rows that hold a value, in their order.
func notBlank(grid map[int][]Cell, last int) []Row {
	var rows []Row
	for n := 1; n <= last; n++ {
		if cells := trim(grid[n]); len(cells) > 0 {
			rows = append(rows, Row{Number: n, Cells: cells})
		}
	}
	return rows
}

// trim returns cells without the empty ones at the end.
func trim(cells []Cell) []Cell {
	for len(cells) > 0 && cells[len(cells)-1].Kind == Empty {
		cells = cells[:len(cells)-1]
	}
	return cells
}

// textCell returns the cell of words.
func textCell(text string) Cell {
	text = search.Clean(text)
	switch {
	case text == "":
		return Cell{}
	case strings.HasPrefix(text, "#") && strings.ToUpper(text) == text && strings.ContainsAny(text, "!?/"):
		return Cell{Kind: Error, Text: text} // #N/A, #REF!, #NAME?
	}
	return Cell{Kind: Text, Text: text}
}
