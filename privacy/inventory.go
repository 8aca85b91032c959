package privacy

import (
	_ "embed" // inventory.txt
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Class is how carefully a column is to be kept.
type Class string

// The classes, the least delicate first. Nghị định 356/2025/NĐ-CP, arts. 3 and 4, tells the
// personal from the sensitive; secret is what opens something else.
const (
	Ordinary  Class = "ordinary"
	Personal  Class = "personal"
	Sensitive Class = "sensitive"
	Secret    Class = "secret"
)

// Classes lists the classes in their order.
var Classes = []Class{Ordinary, Personal, Sensitive, Secret}

// Holding is one table of the database in the inventory.
type Holding struct {
	Kind    Kind // of which purpose, basis and retention follow
	Table   string
	Columns int   // how many the table has
	Class   Class // of its columns but for Except
	// Except are the columns of another class.
	Except map[string]Class
}

// Count returns how many columns of the table have a class.
func (h Holding) Count(c Class) int {
	n := 0
	for _, other := range h.Except {
		if other == c {
			n++
		}
	}
	if h.Class == c {
		n += h.Columns - len(h.Except)
	}
	return n
}

//go:embed inventory.txt
var inventoryText string

// Inventory lists every table of the database, by kind. It is read with the first question.
var Inventory = sync.OnceValue(func() []Holding { return mustParse(inventoryText) })

func mustParse(text string) []Holding {
	all, err := parseInventory(text)
	if err != nil {
		panic(err) // the file is part of the program, and a test reads it
	}
	return all
}

// parseInventory reads lines as inventory.txt explains them.
func parseInventory(text string) ([]Holding, error) {
	var out []Holding
	var kind Kind
	for n, line := range strings.Split(text, "\n") {
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
			continue
		case strings.HasPrefix(line, "["):
			kind = Kind(strings.Trim(line, "[]"))
			continue
		}
		h, err := parseHolding(kind, line)
		if err != nil {
			return nil, fmt.Errorf("inventory, line %d: %w", n+1, err)
		}
		out = append(out, h)
	}
	return out, nil
}

// parseHolding reads "member 28 personal; sensitive: ethnicity note".
func parseHolding(kind Kind, line string) (Holding, error) {
	parts := strings.Split(line, "; ")
	head := strings.Fields(parts[0])
	if len(head) != 3 || !slices.Contains(slices.Concat(Kinds, upkeep), kind) {
		return Holding{}, fmt.Errorf("%q of kind %q", line, kind)
	}
	columns, err := strconv.Atoi(head[1])
	h := Holding{Kind: kind, Table: head[0], Columns: columns, Class: Class(head[2]), Except: map[string]Class{}}
	for _, p := range parts[1:] {
		class, names, _ := strings.Cut(p, ": ")
		for _, name := range strings.Fields(names) {
			if h.Except[name] != "" || !slices.Contains(Classes, Class(class)) || Class(class) == h.Class {
				return h, fmt.Errorf("column %s.%s, class %q", h.Table, name, class)
			}
			h.Except[name] = Class(class)
		}
	}
	if !slices.Contains(Classes, h.Class) {
		return h, fmt.Errorf("table %s, class %q", h.Table, h.Class)
	}
	return h, err
}

// Held returns the tables of a kind.
func Held(k Kind) []Holding {
	var out []Holding
	for _, h := range Inventory() {
		if h.Kind == k {
			out = append(out, h)
		}
	}
	return out
}

// AllKinds are the kinds of the page of one's own data and those that speak of no person
// in the first place.
func AllKinds() []Kind { return slices.Concat(Kinds, upkeep) }
