package db

import "testing"

func TestParametersWithoutNames(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{
		`SELECT 1`: `SELECT 1`,
		`INSERT INTO a VALUES ($1, $2), ($3, $4)`:             `INSERT INTO a VALUES (?, ?), (?, ?)`,
		`SELECT a FROM b WHERE c = $1 AND d = $2`:             `SELECT a FROM b WHERE c = ? AND d = ?`,
		`SELECT a FROM b WHERE c = $2 AND d = $1`:             `SELECT a FROM b WHERE c = $2 AND d = $1`,
		`SELECT a FROM b WHERE c = $1 OR d = $1`:              `SELECT a FROM b WHERE c = ? OR d = ?1`,
		`SELECT a FROM b WHERE c = $1 OR d LIKE '$x'`:         `SELECT a FROM b WHERE c = $1 OR d LIKE '$x'`,
		`SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $1`:       `SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?1`,
		`SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10`: `SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?10`,
		`INSERT INTO a VALUES ($1, $2), ($1, $3)`:             `INSERT INTO a VALUES (?, ?), (?1, ?)`,
		`SELECT $0`:  `SELECT $0`,
		`SELECT $10`: `SELECT $10`,
	} {
		if got := unnamed(query); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
}
