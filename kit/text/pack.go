package text

import (
	"reflect"
	"strings"
)

// Pack moves the texts of all into one piece of memory. It is for what is kept for long of many:
// a person read from the database is a dozen small pieces, each of which the runtime looks at
// whenever it clears memory, and a part of a text keeps the whole of it. all are pointers to
// structs, slices or texts; what lies behind further pointers and in maps stays as it is.
func Pack(all ...any) {
	texts := make([]reflect.Value, 0, 16)
	for _, v := range all {
		texts = textsIn(reflect.ValueOf(v).Elem(), texts)
	}
	size := 0
	for _, t := range texts {
		size += t.Len()
	}
	var b strings.Builder
	b.Grow(size)
	for _, t := range texts {
		b.WriteString(t.String())
	}
	rest := b.String()
	for _, t := range texts {
		n := t.Len()
		t.SetString(rest[:n])
		rest = rest[n:]
	}
}

// textsIn adds the texts of v that can be set.
func textsIn(v reflect.Value, texts []reflect.Value) []reflect.Value {
	switch v.Kind() {
	case reflect.String:
		if v.CanSet() {
			texts = append(texts, v)
		}
	case reflect.Struct:
		for n := range v.NumField() {
			texts = textsIn(v.Field(n), texts)
		}
	case reflect.Slice:
		switch v.Type().Elem().Kind() {
		case reflect.String, reflect.Struct, reflect.Slice:
		default:
			return texts // numbers and bytes
		}
		for n := range v.Len() {
			texts = textsIn(v.Index(n), texts)
		}
	default:
	}
	return texts
}
