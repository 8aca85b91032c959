package care

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chibo/kit/when"
	"chibo/member"
	"chibo/organization"
)

var anew = flag.Bool("update", false, "write the golden files anew")

func entry(id string) member.Entry { return member.Entry{Member: member.Member{ID: id}} }

func TestPapers(t *testing.T) {
	t.Parallel()
	o := organization.Organization{Name: "Chi bộ Tổ dân phố 5", Superior: "ĐẢNG BỘ PHƯỜNG SÔNG XANH", Town: "Sông Xanh"}
	asked := Comment{Year: 2026, Cell: "Chi bộ Tổ dân phố 9, phường Cầu Gạo", AskedOn: when.On(2026, 11, 2), DueOn: when.On(2026, 11, 30)}
	came := asked
	came.Merits, came.Faults = "Gương mẫu chấp hành quy định nơi cư trú.", "Ít dự họp dân."
	r := Resident{FullName: "Phan Thị Sen", Cell: "Chi bộ Trường Tiểu học Hồ Sen", Address: "ngõ 12", IntroducedOn: when.On(2024, 3, 1)}
	for name, text := range map[string]string{
		"asked.txt":  commentDoc(o, "Trần Văn Hòa", asked).Text(),
		"came.txt":   commentDoc(o, "Trần Văn Hòa", came).Text(),
		"remark.txt": remarkDoc(o, r, Remark{Year: 2026, Came: 3, Called: 4, Merits: "Nhiệt tình.", On: when.On(2026, 11, 20)}).Text(),
	} {
		path := filepath.Join("testdata", name)
		if *anew {
			if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), text); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
