package staging

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
)

// stored is a list as the text of a column; an empty list is an empty text.
func stored[T any](all []T) (driver.Value, error) {
	if len(all) == 0 {
		return "", nil
	}
	b, err := json.Marshal(all)
	return string(b), err
}

// restored reads a list that stored has written.
func restored[T any](src any, to *[]T) error {
	text, is := src.(string)
	if b, bytes := src.([]byte); bytes {
		text, is = string(b), true
	}
	if !is {
		return fmt.Errorf("staging: a list stored as %T", src)
	}
	*to = nil
	if text == "" {
		return nil
	}
	return json.Unmarshal([]byte(text), to)
}
