package member

import (
	"strings"

	"chibo/kit/search"
)

// Degree is the level of professional education.
type Degree string

// The degrees, from the lowest.
const (
	NoDegree     Degree = ""
	Elementary   Degree = "elementary"   // sơ cấp
	Intermediate Degree = "intermediate" // trung cấp
	College      Degree = "college"      // cao đẳng
	University   Degree = "university"   // đại học
	Master       Degree = "master"       // thạc sĩ
	Doctor       Degree = "doctor"       // tiến sĩ
)

// Degrees lists the degrees from the highest.
var Degrees = []Degree{Doctor, Master, University, College, Intermediate, Elementary}

// TheoryLevel is the level of political theory.
type TheoryLevel string

// The levels of political theory, from the lowest. A bachelor's degree in it
// (cử nhân chính trị) ranks with the advanced level.
const (
	NoTheory           TheoryLevel = ""
	ElementaryTheory   TheoryLevel = "elementary"
	IntermediateTheory TheoryLevel = "intermediate"
	AdvancedTheory     TheoryLevel = "advanced"
)

// TheoryLevels lists the levels of political theory from the highest.
var TheoryLevels = []TheoryLevel{AdvancedTheory, IntermediateTheory, ElementaryTheory}

// level pairs a way of writing, folded, with what it means.
type level[T any] struct {
	word  string
	means T
}

// degrees and theories are looked through from the highest, so that "Đại học;
// Thạc sĩ" is a master.
var (
	degrees = []level[Degree]{
		{"tien si", Doctor},
		{"tien sy", Doctor},
		{"ts", Doctor},
		{"thac si", Master},
		{"thac sy", Master},
		{"ths", Master},
		{"cao hoc", Master},
		{"dai hoc", University},
		{"cu nhan", University},
		{"ky su", University},
		{"bac si", University},
		{"dh", University},
		{"cao dang", College},
		{"cd", College},
		{"trung cap", Intermediate},
		{"tc", Intermediate},
		{"so cap", Elementary},
		{"sc", Elementary},
	}
	theories = []level[TheoryLevel]{
		{"cao cap", AdvancedTheory},
		{"cu nhan", AdvancedTheory},
		{"cc", AdvancedTheory},
		{"cn", AdvancedTheory},
		{"trung cap", IntermediateTheory},
		{"tc", IntermediateTheory},
		{"so cap", ElementaryTheory},
		{"sc", ElementaryTheory},
	}
)

// DegreeOf returns the highest degree that the words of a file name.
func DegreeOf(text string) Degree { return highest(text, degrees) }

// TheoryOf returns the highest level of political theory that the words of a
// file name.
func TheoryOf(text string) TheoryLevel { return highest(text, theories) }

func highest[T any](text string, levels []level[T]) (none T) {
	words := " " + strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return ' '
	}, search.Fold(text)) + " "
	for _, l := range levels {
		if strings.Contains(words, " "+l.word+" ") {
			return l.means
		}
	}
	return none
}

// Structure is the make-up of a cell (cơ cấu chi bộ): of all on the roll who count
// in its strength, how many are women and how many have each level of learning.
type Structure struct {
	All, Women int
	Degrees    map[Degree]int
	Theories   map[TheoryLevel]int
}

// StructureOf counts the make-up of a roll.
func StructureOf(roll []Entry) Structure {
	s := Structure{Degrees: map[Degree]int{}, Theories: map[TheoryLevel]int{}}
	for _, e := range roll {
		if !e.Standing.HeadCount() {
			continue
		}
		s.All++
		if e.Sex == Female {
			s.Women++
		}
		s.Degrees[DegreeOf(e.Education)]++
		s.Theories[TheoryOf(e.Theory)]++
	}
	return s
}
