package main

const (
	table = `CREATE TABLE IF NOT EXISTS check_in (meeting INTEGER, member INTEGER, at INTEGER, way TEXT,
		PRIMARY KEY (meeting, member)) WITHOUT ROWID`
	insert = `INSERT INTO check_in VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`
)
