package rubric

import (
	"slices"
	"strconv"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/when"
)

// Sketch is a sheet that is being written (biểu đang soạn). It is kept between two
// sittings at the desk and need not be sound until it is put in force.
type Sketch struct {
	Root         string `db:"root_id"`
	ID           string
	Organization string `db:"organization_id"`
	// Sheet is YAML, as of a kept sheet.
	Sheet string
	At    when.Instant `db:"changed_at"`
	By    string       `db:"changed_by"`
}

// Path returns the page of the sketch.
func (k Sketch) Path() string { return "/sketches/" + k.ID }

// Blank is a sheet to begin with where none is copied: the total and the levels of
// 42-HD/BTCTW (28/10/2025) and no line.
func Blank() Rubric {
	return Rubric{
		ID: "new", Total: Whole(100),
		Levels: []Threshold{{Good, Whole(90)}, {Fair, Whole(70)}, {Average, Whole(50)}, {Poor, 0}},
	}
}

// Placed is a line with its place in the sheet: its number in reading order, and how
// deep it stands, 1 for a criterion.
type Placed struct {
	Line
	At, Depth int
}

// Placed returns all lines in reading order.
func (r Rubric) Placed() []Placed {
	var out []Placed
	var walk func(lines []Line, depth int)
	walk = func(lines []Line, depth int) {
		for _, l := range lines {
			out = append(out, Placed{l, len(out), depth})
			walk(l.Lines, depth+1)
		}
	}
	walk(r.Lines, 1)
	return out
}

// Spot is where a line stands: its number in reading order, and the id that whoever
// edits has seen there, so that nobody writes over a line that has moved meanwhile.
type Spot struct {
	At  int    `form:"at"`
	Was string `form:"was"`
}

// find returns the lines among which the spot stands, and its place among them.
func (r *Rubric) find(s Spot) (*[]Line, int, error) {
	left := s.At
	among, i, ok := find(&r.Lines, &left)
	if s.At < 0 || !ok || (*among)[i].ID != s.Was {
		return nil, 0, fault.New(fault.Conflict, "rubric.problem.line_moved")
	}
	return among, i, nil
}

func find(lines *[]Line, left *int) (*[]Line, int, bool) {
	for i := range *lines {
		if *left == 0 {
			return lines, i, true
		}
		*left--
		if among, k, ok := find(&(*lines)[i].Lines, left); ok {
			return among, k, true
		}
	}
	return nil, 0, false
}

// LineAt returns the line of a spot.
func (r *Rubric) LineAt(s Spot) (Line, error) {
	among, i, err := r.find(s)
	if err != nil {
		return Line{}, err
	}
	return (*among)[i], nil
}

// Put writes a line over the one of the spot; its sub-lines stay.
func (r *Rubric) Put(s Spot, l Line) error {
	among, i, err := r.find(s)
	if err == nil {
		l.Lines = (*among)[i].Lines
		(*among)[i] = l
	}
	return err
}

// Insert puts a line behind the one of the spot, or as its last sub-line; behind the last
// criterion where s.At is negative. It returns the spot of the new line. What got sub-lines
// gives its points through them and loses its own way of scoring.
func (r *Rubric) Insert(s Spot, inside bool, l Line) (Spot, error) {
	if s.At < 0 {
		at := size(r.Lines)
		r.Lines = append(r.Lines, l)
		return Spot{at, l.ID}, nil
	}
	among, i, err := r.find(s)
	if err != nil {
		return s, err
	}
	over := (*among)[i]
	at := s.At + 1 + size(over.Lines)
	if inside {
		(*among)[i] = Line{ID: over.ID, Text: over.Text, Max: over.Max, Floor: over.Floor, Note: over.Note, Lines: append(over.Lines, l)}
	} else {
		*among = slices.Insert(*among, i+1, l)
	}
	return Spot{at, l.ID}, nil
}

// size counts lines with their sub-lines.
func size(lines []Line) int {
	n := len(lines)
	for _, l := range lines {
		n += size(l.Lines)
	}
	return n
}

// Remove takes a line out, with its sub-lines.
func (r *Rubric) Remove(s Spot) error {
	among, i, err := r.find(s)
	if err == nil {
		*among = slices.Delete(*among, i, i+1)
	}
	return err
}

// Move changes places with the neighbour above or below, and returns where the line then
// stands; at the edge it stays.
func (r *Rubric) Move(s Spot, up bool) (Spot, error) {
	among, i, err := r.find(s)
	if err != nil {
		return s, err
	}
	all := *among
	switch {
	case up && i > 0:
		s.At -= 1 + size(all[i-1].Lines)
		all[i-1], all[i] = all[i], all[i-1]
	case !up && i+1 < len(all):
		s.At += 1 + size(all[i+1].Lines)
		all[i+1], all[i] = all[i], all[i+1]
	}
	return s, nil
}

// neighbours returns the ids of the lines with which Move would change places; empty
// where there is none.
func (r *Rubric) neighbours(s Spot) (above, below string) {
	among, i, err := r.find(s)
	if err != nil {
		return "", ""
	}
	if i > 0 {
		above = (*among)[i-1].ID
	}
	if i+1 < len(*among) {
		below = (*among)[i+1].ID
	}
	return above, below
}

// NextID proposes the number of a line that Insert would put there: "2.3" behind "2.2".
func (r *Rubric) NextID(s Spot, inside bool) string {
	among, i, err := r.find(s)
	switch {
	case s.At < 0 || err != nil:
		return strconv.Itoa(len(r.Lines) + 1)
	case inside:
		over := (*among)[i]
		return over.ID + "." + strconv.Itoa(len(over.Lines)+1)
	}
	before, last, cut := cutLast((*among)[i].ID)
	n, err := strconv.Atoi(last)
	if err != nil {
		return ""
	}
	if cut {
		before += "."
	}
	return before + strconv.Itoa(n+1)
}

func cutLast(id string) (before, last string, cut bool) {
	if at := strings.LastIndex(id, "."); at >= 0 {
		return id[:at], id[at+1:], true
	}
	return "", id, false
}
