// Package world makes up wards to try the program on: their cells, people and
// meetings, through the same actions that people use, by a clock that it moves.
//
// The demo fills one ward with a year of meetings; tests take a small one. Nobody
// and no place in it exists.
package world

import (
	"math/rand/v2"

	"chibo/member"
)

// Names are made up: each word alone is common, put together by chance. No list
// of real people was used.

// weighted is a list of words of which the first ones come more often.
type weighted []string

// pick takes a word: the earlier it stands, the more often it comes.
func (w weighted) pick(r *rand.Rand) string {
	// The smaller of two throws favours the front of the list.
	return w[min(r.IntN(len(w)), r.IntN(len(w)))]
}

var (
	families = weighted{
		"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Phan", "Ngô", "Dương", "Đinh", "Lý",
		"Trịnh", "Đoàn", "Mai", "Cao", "Lương", "Hà", "Tạ", "Chu", "Quách", "Thái", "Vương", "Kiều", "Đàm", "Nghiêm",
	}
	middlesOfMen = weighted{
		"Văn", "Đức", "Minh", "Quang", "Hữu", "Xuân", "Công", "Đình", "Ngọc", "Thanh", "Mạnh", "Tiến", "Trọng", "Bá", "Viết", "Khắc",
	}
	middlesOfWomen = weighted{
		"Thị", "Thị Thu", "Thị Thanh", "Thị Ngọc", "Thu", "Ngọc", "Thị Minh", "Thị Hồng", "Thị Kim", "Mai", "Thanh", "Thị Bích", "Phương", "Hồng",
	}
	givenOfMen = weighted{
		"Hòa", "Hùng", "Dũng", "Tuấn", "Long", "Thành", "Sơn", "Nam", "Hải", "Cường", "Thắng", "Bình", "Khánh", "Phúc", "Quân", "Toàn",
		"Trung", "Việt", "Đạt", "Kiên", "Lâm", "Nghĩa", "Phong", "Quý", "Tùng", "Vinh", "Ân", "Đông", "Giang", "Hiếu", "Hưng", "Thịnh",
	}
	givenOfWomen = weighted{
		"Lan", "Hương", "Hạnh", "Minh", "Hoa", "Mai", "Thủy", "Nga", "Yến", "Hằng", "Loan", "Dung", "Hiền", "Oanh", "Phượng", "Thảo",
		"Trang", "Tuyết", "Vân", "Xuân", "Ánh", "Bích", "Cúc", "Đào", "Huệ", "Khuyên", "Liên", "Ngân", "Quyên", "Sen", "Thơm", "Uyên",
	}
	hometowns = weighted{"xã Đồng Lúa", "xã Bến Tre Xanh", "phường Sông Xanh", "xã Núi Ngọc", "xã Suối Mây", "phường Cầu Gạo", "xã Hồ Sen"}
)

// person is somebody before being put on a roll.
type person struct {
	name string
	sex  member.Sex
}

// namer gives names that do not come twice.
type namer struct {
	r    *rand.Rand
	seen map[string]bool
}

func newNamer(r *rand.Rand) *namer { return &namer{r, map[string]bool{}} }

// next returns a person with a name that nobody has yet.
func (n *namer) next() person {
	for {
		p := n.throw()
		if !n.seen[p.name] {
			n.seen[p.name] = true
			return p
		}
	}
}

func (n *namer) throw() person {
	if n.r.IntN(100) < 42 {
		return person{families.pick(n.r) + " " + middlesOfWomen.pick(n.r) + " " + givenOfWomen.pick(n.r), member.Female}
	}
	return person{families.pick(n.r) + " " + middlesOfMen.pick(n.r) + " " + givenOfMen.pick(n.r), member.Male}
}
