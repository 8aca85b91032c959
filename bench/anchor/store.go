package main

// The table has a number of its own for each row and an index that keeps a member from coming
// twice: two trees to write, as anybody would lay it down who does not know how it is read.
const (
	table = `CREATE TABLE IF NOT EXISTS check_in (id INTEGER PRIMARY KEY, meeting INTEGER NOT NULL, member INTEGER NOT NULL,
		at INTEGER NOT NULL, way TEXT NOT NULL, UNIQUE (meeting, member))`
	insert = `INSERT INTO check_in (meeting, member, at, way) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`
)
