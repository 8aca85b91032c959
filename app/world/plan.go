package world

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"chibo/organization"
)

// plannedCell is a cell before it is founded.
type plannedCell struct {
	name  string
	kind  organization.Kind
	size  int // people on the roll
	start string
	place string
}

// share is how many cells of a ward in a hundred are of a kind, and how many
// people such a cell has, with what most others are measured against.
type share struct {
	kind    organization.Kind
	percent int
	weight  int // of its size against that of other cells
}

// shares follow the sources: most cells of a ward are of residential groups, with
// schools next, then agencies, enterprises, health and the forces; residential
// cells are the large ones.
var shares = []share{
	{organization.Residential, 58, 32},
	{organization.School, 17, 20},
	{organization.Agency, 9, 24},
	{organization.ArmedForces, 8, 15},
	{organization.Health, 4, 11},
	{organization.PrivateEnterprise, 4, 9},
}

// smallest is the least number of people of a made-up cell: with fewer than nine
// official members a cell has no committee, and fewer than three are none.
const smallest = 9

// plan lays out a ward of n cells with the given number of people in all, and
// says what becomes of the two when they cannot be had together.
func plan(r *rand.Rand, n, people int) []plannedCell {
	n = max(n, 1)
	people = max(people, n*smallest)
	var cells []plannedCell
	counts := countsOf(n)
	weights := 0
	for i, s := range shares {
		for k := range counts[i] {
			c := plannedCell{kind: s.kind, size: s.weight * (80 + r.IntN(41))} // a weight for now
			c.name, c.place, c.start = describe(s.kind, k)
			weights += c.size
			cells = append(cells, c)
		}
	}
	spread(cells, weights, people)
	return cells
}

// countsOf splits n cells by the shares, largest remainder first; the first kind
// always has one.
func countsOf(n int) []int {
	counts := make([]int, len(shares))
	order := make([]int, len(shares))
	left := n
	for i, s := range shares {
		counts[i], order[i] = n*s.percent/100, i
		left -= counts[i]
	}
	slices.SortStableFunc(order, func(a, b int) int { return (n*shares[b].percent)%100 - (n*shares[a].percent)%100 })
	for i := 0; left > 0; i, left = i+1, left-1 {
		counts[order[i%len(order)]]++
	}
	if counts[0] == 0 {
		largest := slices.Index(counts, slices.Max(counts))
		counts[largest]--
		counts[0]++
	}
	return counts
}

// spread turns weights into sizes that add up to people, none below smallest.
func spread(cells []plannedCell, weights, people int) {
	free := people - len(cells)*smallest
	given := 0
	for i := range cells {
		part := free * cells[i].size / weights
		cells[i].size = smallest + part
		given += part
	}
	for i := 0; given < free; i, given = (i+1)%len(cells), given+1 {
		cells[i].size++
	}
}

var (
	schools  = []string{"Trường Tiểu học Sông Xanh", "Trường THCS Sông Xanh", "Trường Mầm non Hoa Sen", "Trường THPT Cầu Gạo", "Trường Mầm non Hoa Mai"}
	agencies = []string{"Cơ quan Đảng, đoàn thể phường", "Cơ quan Ủy ban nhân dân phường", "Trung tâm Phục vụ hành chính công"}
	forces   = []string{"Công an phường", "Ban Chỉ huy Quân sự phường"}
	clinics  = []string{"Trạm Y tế phường", "Phòng khám Đa khoa Cầu Gạo"}
	firms    = []string{"Công ty May Bến Gạo", "Hợp tác xã Rau sạch Sông Xanh"}
)

// describe returns the name, the usual place and hour of the nth cell of a kind.
func describe(k organization.Kind, n int) (name, place, start string) {
	switch k {
	case organization.School:
		s := numbered(schools, n)
		return "Chi bộ " + s, "Phòng họp " + s, "16:30"
	case organization.Agency:
		return "Chi bộ " + numbered(agencies, n), "Phòng họp số 2, trụ sở phường", "07:30"
	case organization.ArmedForces:
		s := numbered(forces, n)
		return "Chi bộ " + s, "Hội trường " + s, "14:00"
	case organization.Health:
		s := numbered(clinics, n)
		return "Chi bộ " + s, "Phòng giao ban " + s, "16:30"
	case organization.PrivateEnterprise:
		s := numbered(firms, n)
		return "Chi bộ " + s, "Phòng họp " + s, "17:00"
	case organization.Residential, organization.StateEnterprise, organization.Student:
	}
	group := n + 1
	return fmt.Sprintf("Chi bộ Tổ dân phố %d", group), fmt.Sprintf("Nhà văn hóa Tổ dân phố %d", group), "19:30"
}

// numbered returns the nth name, or the last list round with a number.
func numbered(names []string, n int) string {
	if round := n / len(names); round > 0 {
		return fmt.Sprintf("%s %d", names[n%len(names)], round+1)
	}
	return names[n]
}
