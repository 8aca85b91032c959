package text_test

import (
	"reflect"
	"strings"
	"testing"
	"unsafe"

	"chibo/kit/text"
)

type inner struct{ Name string }

type packed struct {
	inner

	Kind   kind
	People []inner
	Words  []string
	Number int
	Else   map[string]string
	Next   *inner
	hidden string
}

type kind string

// TestPack: everything reads as before, and lies side by side.
func TestPack(t *testing.T) {
	t.Parallel()
	whole := strings.Repeat("0", 1000) + "1234"
	made := func() packed {
		return packed{
			inner: inner{"Nguyễn Văn An"}, Kind: "chính thức", People: []inner{{"Bình"}, {""}, {"Chi"}}, Words: []string{whole[1000:], "hai"},
			Number: 7, Else: map[string]string{"a": "b"}, Next: &inner{"Dung"}, hidden: "riêng",
		}
	}
	got, id := made(), "mã số"
	text.Pack(&got, &id)
	if want := made(); !reflect.DeepEqual(got, want) || id != "mã số" {
		t.Fatalf("%+v, %q", got, id)
	}
	at := unsafe.StringData(got.Name)
	for _, s := range []string{got.Name, string(got.Kind), got.People[0].Name, got.People[1].Name, got.People[2].Name, got.Words[0], got.Words[1], id} {
		if s != "" && unsafe.StringData(s) != at {
			t.Errorf("%q lies elsewhere", s)
		}
		at = (*byte)(unsafe.Add(unsafe.Pointer(at), len(s)))
	}
	text.Pack(new(packed), new(string)) // of nothing
}
