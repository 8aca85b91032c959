package reception

import (
	"unicode/utf8"

	"chibo/helper"
	"chibo/kit/access"
	"chibo/kit/fault"
)

// Serve is the need of whoever stands at a desk: the office of the committee, and those
// whom it has let in by a code without an account, at the desks of one conference.
const Serve access.Need = "reception.serve"

// Helper is somebody without an account at the desks of one conference: a seat and no
// session. They are told what a desk needs, names, posts, units, lines and seats, and
// nothing else; they take back what they have written down themselves; they settle no doubt.
type Helper struct {
	Root       string `db:"root_id"`
	ID         string
	Conference string `db:"conference_id"`
	Name       string
	Desk       string // which one they are to serve
	helper.Pass
}

// helpers is the table of helpers.
const helpers = "reception_helper"

// Person is who a helper is to the rest of the program.
func (h Helper) Person() access.Person {
	return access.Person{
		Account: h.ID, Name: h.Name, Root: h.Root,
		Seat: access.Seat{Conference: h.Conference, Place: "/conferences/" + h.Conference + "/desk", Needs: map[access.Need]bool{Serve: true}},
	}
}

// Invitation says who is to serve which desk.
type Invitation struct {
	Name string `form:"name"`
	Desk string `form:"desk"`
}

// longestHelper bounds the name of a helper, in letters: it stands beside every line of a roll.
const longestHelper = 100

func (i Invitation) check() error {
	var c fault.Check
	c.That(i.Name != "", "name", "reception.problem.helper")
	c.That(utf8.RuneCountInString(i.Name) <= longestHelper, "name", "reception.problem.helper_long")
	c.That(i.Desk != "" && utf8.RuneCountInString(i.Desk) <= longestDesk, "desk", "reception.problem.desk")
	return c.Err()
}
