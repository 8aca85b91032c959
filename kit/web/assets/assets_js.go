package assets

// names are the addresses that the server has told this device.
var names map[string]string

// Use sets the addresses of the files by their names.
func Use(addresses map[string]string) { names = addresses }

// URL returns the address of a file, empty for one that was not told.
func URL(name string) string { return names[name] }
