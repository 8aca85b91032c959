// Package app puts the features together. It is the only package that knows all
// of them: it wires what one hands to another, joins the routes, says which role
// may do what, and draws the home page and the navigation around every page.
package app
