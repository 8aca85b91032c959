// Package assets knows the addresses of the browser's files. On a device the server
// has told them; see Use.
package assets

var names map[string]string

// Use sets the addresses of the files by their names.
func Use(addresses map[string]string) { names = addresses }

// URL returns the address of a file, empty for one that was not told.
func URL(name string) string { return names[name] }
