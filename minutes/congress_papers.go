//go:build !js

package minutes

import (
	"fmt"

	"chibo/document"
	"chibo/organization"
)

// presidium stands above the name under the papers of a congress.
const presidium = "T/M ĐOÀN CHỦ TỊCH"

// issuer is the body whose name heads the papers: the cell, or its congress.
func (s Sealed) issuer() string {
	if s.Congress {
		return congressOf(s.Cell)
	}
	return s.Cell
}

// body is who resolves.
func (s Sealed) body() string {
	if s.Congress {
		return "đại hội"
	}
	return "chi bộ"
}

// held says what took place.
func (s Sealed) held() string {
	if s.Congress {
		return s.Title + " được tiến hành"
	}
	return fmt.Sprintf("%s tiến hành %s", s.Cell, s.Title)
}

func (s Sealed) takerAs() string {
	switch {
	case s.Congress:
		return "THƯ KÝ ĐẠI HỘI"
	case s.Beside:
		return "THƯ KÝ"
	}
	return "NGƯỜI GHI BIÊN BẢN"
}

func (s Sealed) chairAs() string {
	switch {
	case s.Congress:
		return presidium
	case s.Beside:
		return "CHỦ TRÌ"
	}
	return "CHỦ TRÌ HỘI NGHỊ"
}

// unissued stands in the place of the number of a draft.
func (s Sealed) unissued(k document.Kind, l organization.Level) string {
	if s.Congress {
		return document.UnissuedOfCongress(k)
	}
	return document.Unissued(k, l)
}
