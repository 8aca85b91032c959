package world

import (
	"fmt"
	"math/rand/v2"
	"time"

	"chibo/kit/when"
	"chibo/member"
	"chibo/organization"
)

// resident is somebody before being put on the roll of a cell.
type resident struct {
	member.Member
	standing member.Standing
	since    when.Date
}

// life says how people of a kind of cell are: their ages and what they do.
type life struct {
	youngest, oldest int
	work             weighted
	degrees          weighted
}

var lives = map[organization.Kind]life{
	organization.Residential: {
		24, 86,
		weighted{"Hưu trí", "Buôn bán nhỏ", "Công chức phường", "Thợ điện", "Giáo viên", "Nội trợ", "Công nhân"},
		weighted{"Trung học phổ thông", "Trung cấp", "Đại học Kinh tế", "Đại học Sư phạm", "Cao đẳng"},
	},
	organization.School: {
		24, 59,
		weighted{"Giáo viên", "Tổ trưởng chuyên môn", "Nhân viên thư viện", "Kế toán"},
		weighted{"Đại học Sư phạm", "Thạc sĩ Giáo dục học", "Cao đẳng Sư phạm"},
	},
	organization.Agency: {
		26, 59,
		weighted{"Công chức", "Chuyên viên", "Văn thư", "Cán bộ đoàn thể"},
		weighted{"Đại học Luật", "Đại học Hành chính", "Thạc sĩ Quản lý công"},
	},
	organization.ArmedForces: {
		22, 56,
		weighted{"Cảnh sát khu vực", "Cán bộ trực ban", "Trợ lý tác chiến"},
		weighted{"Đại học An ninh", "Đại học Cảnh sát", "Trung cấp"},
	},
	organization.Health: {
		24, 59,
		weighted{"Bác sĩ", "Điều dưỡng", "Y sĩ", "Dược sĩ"},
		weighted{"Đại học Y", "Đại học Điều dưỡng", "Cao đẳng Dược"},
	},
	organization.PrivateEnterprise: {
		25, 58,
		weighted{"Quản đốc", "Công nhân may", "Kế toán", "Tổ trưởng sản xuất"},
		weighted{"Trung cấp", "Đại học Kinh tế", "Cao đẳng nghề"},
	},
}

var (
	theories = weighted{"Trung cấp", "Sơ cấp", "Cao cấp"}
	fields   = weighted{"Kinh tế - xã hội", "An ninh trật tự", "Vệ sinh môi trường", "Văn hóa, khuyến học", "Dân vận", "Tuyên giáo", "Kiểm tra, giám sát", "Công tác thanh niên"}
)

// largeCell is the number of people above which a cell of the demo has groups (tổ
// đảng).
const largeCell = 30

// settle makes the people of a cell as they stand on the day the demo's year
// begins. Cards and telephone numbers count up from nothing and belong to nobody.
func settle(r *rand.Rand, n *namer, c plannedCell, first int, day when.Date) []resident {
	l := lives[c.kind]
	people := make([]resident, c.size)
	for i := range people {
		p := n.next()
		age := l.youngest + r.IntN(l.oldest-l.youngest+1)
		born := when.On(day.Year-age, time.Month(1+r.IntN(12)), 1+r.IntN(28))
		admitted := when.On(min(born.Year+20+r.IntN(15), day.Year-2), time.Month(1+r.IntN(12)), 1+r.IntN(28))
		m := member.Member{
			FullName: p.name, Sex: p.sex, BornOn: born, Ethnicity: "Kinh", Hometown: hometowns.pick(r),
			CardNumber: fmt.Sprintf("99%08d", first+i), Phone: fmt.Sprintf("0900%06d", first+i),
			AdmittedOn: admitted, OfficialOn: when.On(admitted.Year+1, admitted.Month, admitted.Day),
			Education: l.degrees.pick(r), Theory: theories.pick(r), Position: l.work.pick(r), Residence: hometowns.pick(r),
		}
		if i%4 == 1 {
			m.Field, m.Area = fields.pick(r), fmt.Sprintf("Cụm dân cư số %d", 1+r.IntN(4))
		}
		if c.size > largeCell {
			m.Group = fmt.Sprintf("Tổ đảng %d", 1+i*(c.size/30+1)/c.size)
		}
		people[i] = resident{m, member.Official, day}
	}
	stand(r, c, people, day)
	return people
}

// stand gives a few people of every cell another standing than official. The
// first ones stay official: they are chosen into offices.
func stand(r *rand.Rand, c plannedCell, people []resident, day when.Date) {
	last := len(people) - 1
	probation := &people[last]
	probation.standing = member.Probationary
	probation.BornOn = when.On(day.Year-21-r.IntN(8), time.Month(1+r.IntN(12)), 1+r.IntN(28))
	probation.AdmittedOn, probation.OfficialOn = day.AddDays(-30), when.Date{}
	if c.kind != organization.Residential || len(people) < 14 {
		return
	}
	for i, s := range []member.Standing{member.Exempt, member.Exempt, member.Away} {
		p := &people[last-1-i]
		p.standing = s
		if s == member.Exempt {
			p.BornOn = when.On(day.Year-80-r.IntN(9), time.Month(1+r.IntN(12)), 1+r.IntN(28))
			p.AdmittedOn, p.OfficialOn = when.On(1972+r.IntN(9), time.May, 19), when.On(1982, time.May, 19)
			p.Position = "Hưu trí"
		}
	}
}
