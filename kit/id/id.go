//go:build !js

// Package id makes the identifiers of records.
package id

import (
	"time"

	"github.com/google/uuid"
)

// New returns a new identifier: a UUID of version 7, which sorts by the time it
// was made, in its 36-letter lower-case form.
func New() string { return uuid.Must(uuid.NewV7()).String() }

// Valid reports whether s is an identifier in the form that New gives.
func Valid(s string) bool {
	u, err := uuid.Parse(s)
	return err == nil && u.String() == s
}

// MadeAt returns when an identifier that New gave was made, the zero time of any other
// text.
func MadeAt(s string) time.Time {
	u, err := uuid.Parse(s)
	if err != nil || u.Version() != 7 {
		return time.Time{}
	}
	return time.Unix(u.Time().UnixTime())
}
