package main

import (
	"errors"
	"fmt"

	"chibo/app"
	"chibo/organization"
)

// account is chibo account: the way into a new program. There is no account by
// default, so there is none to be guessed.
type account struct {
	store `embed:""`
	Name  string `help:"Full name of the administrator." required:""`
	Unit  string `help:"Name of the unit to administer; it becomes the first of the tree." required:"" placeholder:"NAME"`
	Level string `help:"Level of the unit." enum:"province,ward,base_committee,cell" default:"ward"`
	Kind  string `help:"Kind of the cell, where the unit is one." enum:",residential,agency,school,health,state_enterprise,private_enterprise,student,armed_forces" default:""`
}

// Run makes the first unit and its administrator and prints the one-time code.
func (cmd *account) Run(c console) error {
	a, err := cmd.open(c, true, nil)
	if err != nil {
		return err
	}
	return errors.Join(cmd.first(c, a), a.Close())
}

func (cmd *account) first(c console, a *app.App) error {
	slip, err := a.First(c.ctx, cmd.Name, organization.Organization{
		Name: cmd.Unit, Level: organization.Level(cmd.Level), Kind: organization.Kind(cmd.Kind),
	})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.out, "name: %s\ncode: %s\nlink: %s\nuntil: %s\n",
		slip.SignName, slip.Code, slip.Link, slip.Until.Time().Format("02/01/2006 15:04"))
	return err
}
