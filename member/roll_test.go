package member_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"

	"chibo/kit/fault"
	"chibo/kit/sheet"
	"chibo/kit/when"
	"chibo/member"
)

var today = when.On(2026, time.November, 20)

// book returns a workbook with the rows given; nil cells stay empty, dates are
// dates of Excel, and merged are ranges to be merged.
func book(t testing.TB, rows [][]any, merged ...string) []byte {
	t.Helper()
	f := excelize.NewFile()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	check(err)
	for r, row := range rows {
		for c, value := range row {
			at := sheet.Address(c, r+1)
			switch v := value.(type) {
			case nil:
			case when.Date:
				check(f.SetCellValue("Sheet1", at, time.Date(v.Year, v.Month, v.Day, 0, 0, 0, 0, time.UTC)))
				check(f.SetCellStyle("Sheet1", at, at, day))
			default:
				check(f.SetCellValue("Sheet1", at, value))
			}
		}
	}
	for _, area := range merged {
		from, to, _ := strings.Cut(area, ":")
		check(f.MergeCell("Sheet1", from, to))
	}
	var b bytes.Buffer
	_, err = f.WriteTo(&b)
	check(err)
	check(f.Close())
	return b.Bytes()
}

// readRoll reads the first sheet with people of a file.
func readRoll(sheets []sheet.Sheet) (member.SheetRoll, error) {
	rolls, err := member.ReadRolls(sheets, today)
	if err != nil {
		return member.SheetRoll{}, err
	}
	return rolls.Of("", "", nil), nil
}

func read(t testing.TB, data []byte) member.SheetRoll {
	t.Helper()
	sheets, err := sheet.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	roll, err := readRoll(sheets)
	if err != nil {
		t.Fatal(err)
	}
	return roll
}

// brief says what was read of a line in words.
func brief(l member.Line) string {
	words := []string{l.FullName, string(l.Sex), l.Born(), l.Admitted(), l.Official(), string(l.Standing)}
	if l.Refused() {
		words = append(words, "refused")
	}
	return strings.Join(words, "|")
}

func briefs(roll member.SheetRoll) (all []string) {
	for _, l := range roll.Lines {
		all = append(all, brief(l))
	}
	return all
}

// problems lists the problems of a roll as cell and key.
func problems(roll member.SheetRoll) (all []string) {
	for _, p := range member.Compare(roll, "r", "c", nil, today).Problems() {
		all = append(all, p.Cell+" "+p.Key)
	}
	return all
}

// TestReadRollAsPeopleKeepIt is a sheet with all that real ones have: titles and
// merged cells above, a header of two rows, the numbers of the columns, groups,
// blank rows, composed and decomposed letters, dates of every style, totals and
// signatures below.
func TestReadRollAsPeopleKeepIt(t *testing.T) {
	t.Parallel()
	roll := read(t, book(t, [][]any{
		{"ĐẢNG BỘ PHƯỜNG SÔNG XANH", nil, nil, nil, nil, "ĐẢNG CỘNG SẢN VIỆT NAM"},
		{"CHI BỘ TỔ DÂN PHỐ 17"},
		{"DANH SÁCH ĐẢNG VIÊN"},
		{},
		{"TT", "Họ và tên", "Năm sinh", nil, "Ngày vào Đảng", nil, "Trình độ", nil, "Ghi chú"},
		{nil, nil, "Nam", "Nữ", "Dự bị", "Chính thức", "Chuyên môn", "LLCT"},
		{1, 2, 3, 4, 5, 6, 7, 8, 9},
		{"I", "Đảng viên chính thức"},
		{1, norm.NFD.String("TRẦN VĂN HÒA"), "3-2-52", nil, "ngày 5 tháng 9 năm 1975", "05/9/1976", "ĐH Luật", "Cao cấp"},
		{2, "Lê Thị Minh", nil, 1960, when.On(1985, time.June, 1), when.On(1986, time.June, 1), "TC", "sơ cấp"},
		{3, "Đ/c Đỗ Văn Thành", "1948", nil, "10/1968", "10.1969", nil, nil, "được miễn sinh hoạt"},
		{},
		{"II", "Đảng viên dự bị"},
		{4, "Cao Thị Ngân", nil, "20/11/1999", "2026-03-26", nil},
		{nil, "Tổng số: 4 đồng chí"},
		{nil, nil, nil, nil, nil, nil, "Sông Xanh, ngày 20 tháng 11 năm 2026"},
		{nil, nil, nil, nil, nil, nil, "BÍ THƯ"},
		{nil, "Nguyễn Văn Ký"},
	}, "A1:D1", "A2:D2", "A3:I3", "A5:A6", "B5:B6", "C5:D5", "E5:F5", "G5:H5", "I5:I6"))
	want := []string{
		"Trần Văn Hòa|male|03/02/1952|05/09/1975|05/09/1976|official",
		"Lê Thị Minh|female|1960|01/06/1985|01/06/1986|official",
		"Đỗ Văn Thành|male|1948|10/1968|10/1969|official",
		"Cao Thị Ngân|female|20/11/1999|26/03/2026||probationary",
	}
	if diff := cmp.Diff(want, briefs(roll)); diff != "" {
		t.Errorf("(-want +read):\n%s", diff)
	}
	if l := roll.Lines[0]; l.Education != "ĐH Luật" || l.Theory != "Cao cấp" || l.Row != 9 {
		t.Errorf("read %+v", l.Member)
	}
	if diff := cmp.Diff([]string{"I11 member.roll.exempt_note"}, problems(roll)); diff != "" {
		t.Errorf("problems:\n%s", diff)
	}
}

func TestHeadersInManyWordings(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]member.Column{
		"TT": member.ColNumber, "STT": member.ColNumber, "S.T.T": member.ColNumber, "Số TT": member.ColNumber,
		"Họ và tên": member.ColName, "Họ tên khai sinh": member.ColName, "HO VA TEN": member.ColName, "Họ, tên": member.ColName,
		"Họ và tên đảng viên": member.ColName, "Họ đệm": member.ColFamily, "Họ và tên đệm": member.ColFamily, "Tên": member.ColGiven,
		"Ngày, tháng, năm sinh": member.ColBorn, "Ngày sinh": member.ColBorn, "Năm sinh": member.ColBorn, "NTNS": member.ColBorn,
		"Ngày vào Đảng": member.ColAdmitted, "Ngày kết nạp": member.ColAdmitted, "Ngày vào Đảng (dự bị)": member.ColAdmitted,
		"Ngày chính thức": member.ColOfficial, "Ngày vào Đảng chính thức": member.ColOfficial, "Ngày công nhận chính thức": member.ColOfficial,
		"Số thẻ": member.ColCard, "Số thẻ ĐV": member.ColCard, "Số thẻ Đảng": member.ColCard,
		"Chức vụ": member.ColPosition, "Nghề nghiệp": member.ColPosition,
		"Trình độ": member.ColEducation, "Trình độ chuyên môn": member.ColEducation, "Trình độ LLCT": member.ColTheory,
		"LLCT": member.ColTheory, "Lý luận chính trị": member.ColTheory, "Trình độ văn hóa": member.ColSchooling,
		"SĐT": member.ColPhone, "Số ĐT": member.ColPhone, "Điện thoại": member.ColPhone, "Di động": member.ColPhone,
		"Email": member.ColEmail, "Giới tính": member.ColSex, "Nam/Nữ": member.ColSex, "Nữ": member.ColFemale,
		"Dân tộc": member.ColEthnicity, "Quê quán": member.ColHometown, "Số CCCD": member.ColCitizen, "Số định danh cá nhân": member.ColCitizen,
		"Nơi ở hiện nay": member.ColResidence, "Địa chỉ": member.ColResidence, "Đơn vị công tác": member.ColWorkplace,
		"Tổ đảng": member.ColGroup, "Thuộc tổ đảng": member.ColGroup, "Tổ sinh hoạt": member.ColGroup, "Tổ dân phố": "",
		"Lĩnh vực phụ trách": member.ColField, "Địa bàn phụ trách": member.ColArea, "Ghi chú": member.ColNote,
		"Tình trạng": member.ColStanding, "Diện đảng viên": member.ColStanding,
		"Tuổi Đảng": "", "Số QĐ công nhận chính thức": "", "Nơi sinh hoạt": "", "Ngày cấp CCCD": "", "Họ tên vợ (chồng)": "",
	} {
		named := "Họ và tên"
		if want == member.ColName {
			named = "Ghi chú"
		}
		if want == member.ColFamily || want == member.ColGiven {
			named = map[member.Column]string{member.ColFamily: "Tên", member.ColGiven: "Họ đệm"}[want]
		}
		for _, text := range []string{header, norm.NFD.String(header), strings.ToUpper(header)} {
			roll := read(t, []byte(`"`+text+`";"`+named+"\"\nLê An;Lê Bình\n"))
			if got := roll.Columns[0].Column; got != want {
				t.Errorf("%q is read as %q, want %q", text, got, want)
			}
		}
	}
}

func TestReadRollWithNamesInTwoColumns(t *testing.T) {
	t.Parallel()
	roll := read(t, []byte("STT;Họ đệm;Tên;Ngày sinh;Giới tính;Tình trạng\n1;Trần Văn;Hòa;3/2/85;Nam;Miễn SH\n2;Lê Thị;Minh;1/5/08;nữ;DB\n3;;;;;\n"))
	want := []string{
		"Trần Văn Hòa|male|03/02/1985|||exempt",
		"Lê Thị Minh|female|01/05/2008|||probationary", // eighteen, so not of 1908
	}
	if diff := cmp.Diff(want, briefs(roll)); diff != "" {
		t.Errorf("(-want +read):\n%s", diff)
	}
}

func TestReadRollOfNamesAlone(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"one column": "Họ và tên\nTrần Văn Hòa\nNguyễn Văn Miên\nTống Thị Lan\n",
		"numbered":   "TT,Họ tên\n1,Trần Văn Hòa\n2,Nguyễn Văn Miên\n3,Tống Thị Lan\n",
	} {
		want := []string{"Trần Văn Hòa|||||official", "Nguyễn Văn Miên|||||official", "Tống Thị Lan|||||official"}
		if diff := cmp.Diff(want, briefs(read(t, []byte(text)))); diff != "" {
			t.Errorf("%s (-want +read):\n%s", name, diff)
		}
	}
}

// TestReadRollWithLostGroups reads headers of two rows whose merged cells a CSV
// file has lost, and years of birth under "Nam" and "Nữ" whose group is gone.
func TestReadRollWithLostGroups(t *testing.T) {
	t.Parallel()
	want := []string{
		"Trần Văn Hòa|male|03/02/1952|05/09/1975|05/09/1976|official",
		"Lê Thị Minh|female|1960|06/1985|06/1986|official",
	}
	const rows = "1;Trần Văn Hòa;3-2-52;;05/9/1975;05/9/1976;912345678;ĐH\n2;Lê Thị Minh;;1960;6/1985;6/1986;;\n"
	for name, head := range map[string]string{
		"two rows": "TT;Họ và tên;Năm sinh;;Ngày vào Đảng;;SĐT;Trình độ\n;;Nam;Nữ;Dự bị;Chính thức;;\n",
		"one row":  "TT;Họ và tên;Nam;Nữ;Vào Đảng;Chính thức;SĐT;Trình độ\n",
	} {
		roll := read(t, []byte("CHI BỘ TỔ DÂN PHỐ 17\n"+head+rows))
		if diff := cmp.Diff(want, briefs(roll)); diff != "" {
			t.Errorf("%s (-want +read):\n%s", name, diff)
		}
		if m := roll.Lines[0].Member; m.Phone != "0912345678" || m.Education != "ĐH" {
			t.Errorf("%s: read %+v", name, m)
		}
	}
}

func TestReadRollCrosses(t *testing.T) {
	t.Parallel()
	roll := read(t, []byte("TT,Họ tên,Nữ,Chính thức,Dự bị\n1,Trần Văn Hòa,,x,\n2,Lê Thị Minh,x,,X\n"))
	want := []string{"Trần Văn Hòa|male||||official", "Lê Thị Minh|female||||probationary"}
	if diff := cmp.Diff(want, briefs(roll)); diff != "" {
		t.Errorf("(-want +read):\n%s", diff)
	}
}

func TestProblemsNameTheirCells(t *testing.T) {
	t.Parallel()
	const head = "TT;Họ và tên;Ngày sinh;Ngày vào Đảng;Ngày chính thức;Tình trạng;SĐT;Số thẻ\n"
	for name, tt := range map[string]struct{ row, want string }{
		"a day that is not in the calendar": {"1;Lê An;31/02/1960;;;;;", "C2 member.roll.date"},
		"month before day":                  {"1;Lê An;02/25/1960;;;;;", "C2 member.roll.date"},
		"words for a date":                  {"1;Lê An;không rõ;;;;;", "C2 member.roll.date"},
		"no name":                           {"1;;3/2/1960;;;;;", "B2 member.problem.name"},
		"a number for a name":               {"1;12345;3/2/1960;;;;;", "B2 member.problem.name"},
		"font's own encoding":               {"1;NguyÔn ThÞ H»ng;3/2/1960;;;;;", "B2 member.roll.legacy"},
		"one word":                          {"1;An;3/2/1960;;;;;", "B2 member.roll.one_word"},
		"born after admission":              {"1;Lê An;3/2/1990;3/2/2000;3/2/2001;;;", "D2 member.problem.young"},
		"official before admission":         {"1;Lê An;3/2/1960;3/2/2000;3/2/1999;;;", "E2 member.problem.official"},
		"admission to come":                 {"1;Lê An;3/2/1960;3/2/2027;;;;", "D2 member.problem.future"},
		"official to come":                  {"1;Lê An;3/2/1960;3/2/2026;3/2/2027;;;", "E2 member.roll.not_yet"},
		"a standing nobody knows":           {"1;Lê An;3/2/1960;;;hăng hái;;", "F2 member.roll.standing"},
		"somebody who has left":             {"1;Lê An;3/2/1960;;;Từ trần;;", "F2 member.roll.gone"},
		"a telephone with letters":          {"1;Lê An;3/2/1960;;;;hỏi con gái;", "G2 member.roll.left_out"},
		"a card with letters":               {"1;Lê An;3/2/1960;;;;;đã mất", "H2 member.roll.left_out"},
		"long probation":                    {"1;Lê An;3/2/1960;3/2/2010;;;;", "E2 member.roll.long_probation"},
		"a formula that failed":             {"1;Lê An;#REF!;;;;;", "C2 member.roll.formula"},
		"twice, by name and birth":          {"1;Lê An;3/2/1960;;;;;\n2;LÊ AN;03.02.1960;;;;;", "B3 member.roll.twice"},
		"twice, by card":                    {"1;Lê An;3/2/1960;;;;;38.123456\n2;Lê Văn An;4/2/1960;;;;;38123456", "B3 member.roll.twice"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := problems(read(t, []byte(head+tt.row+"\n")))
			if diff := cmp.Diff([]string{tt.want}, got); diff != "" {
				t.Errorf("(-want +said):\n%s", diff)
			}
		})
	}
}

func TestNumbersThatExcelHasShortened(t *testing.T) {
	t.Parallel()
	roll := read(t, book(t, [][]any{{"Họ tên", "SĐT", "CCCD", "Số thẻ"}, {"Lê An", 912345678, 1099012345, "38 123 456"}}))
	if m := roll.Lines[0].Member; m.Phone != "0912345678" || m.CitizenID != "001099012345" || m.CardNumber != "38123456" {
		t.Errorf("read %+v", m)
	}
	if diff := cmp.Diff([]string{" member.roll.no_standing", "C2 member.roll.zeros"}, problems(roll)); diff != "" {
		t.Errorf("(-want +said):\n%s", diff)
	}
}

func TestTurnedDatesAreSuspected(t *testing.T) {
	t.Parallel()
	roll := read(t, book(t, [][]any{
		{"Họ tên", "Ngày sinh", "Tình trạng"},
		{"Lê An", "25/02/1960", "CT"},
		{"Lê Bình", "13/10/1961", "CT"},
		{"Lê Chi", when.On(1960, time.March, 2), "CT"},
		{"Lê Dung", when.On(1961, time.May, 4), "CT"},
	}))
	if diff := cmp.Diff([]string{" member.roll.turned"}, problems(roll)); diff != "" {
		t.Errorf("(-want +said):\n%s", diff)
	}
}

func TestSheetsWithoutARoll(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"a;b;c\n1;2;3\n", "Tên hàng;Số lượng\nGạo;5\n", "Ngày sinh;Ghi chú\n3/2/1985;x\n"} {
		sheets, err := sheet.Read([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := readRoll(sheets); fault.Of(err).Key != "member.roll.no_header" {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func FuzzReadRoll(f *testing.F) {
	f.Add("TT;Họ và tên;Ngày sinh;Tình trạng\n1;Trần Văn Hòa;3/2/85;Miễn\n")
	f.Add("Họ đệm,Tên,Nam,Nữ\nTrần,Hòa,x,\nTổng số,,,\n")
	f.Add("I\tĐảng viên dự bị\nHọ tên\tNgày\n\tvào Đảng\n")
	f.Fuzz(func(t *testing.T, text string) {
		sheets, err := sheet.Read([]byte(text))
		if err != nil {
			return
		}
		roll, err := readRoll(sheets)
		if err != nil {
			return
		}
		for _, l := range roll.Lines {
			if !l.Refused() && (l.Member.Check(today) != nil || !l.Standing.Listed() || l.Filed() != l.Member) {
				t.Errorf("a line passes that must not: %+v", l)
			}
		}
	})
}

// TestASheetIsReadAlikeEachTime reads lines that say two things at once: a plan that another reading does not bear out
// could not be confirmed.
func TestASheetIsReadAlikeEachTime(t *testing.T) {
	t.Parallel()
	data := []byte("Họ và tên;Nam;Nữ;Ngày vào Đảng;Ngày chính thức;Điện thoại\nLê An;1960;1971;;;\nPhan Bình;1960;hôm qua;x;x;\nCao Ngân;2030;;1970;1960;\n")
	first := read(t, data)
	want := []string{"Lê An|male|1960|||official", "Phan Bình|male|1960|||official", "Cao Ngân|male|2030|1970|1960|official|refused"}
	for range 30 {
		again := read(t, data)
		if diff := cmp.Diff(want, briefs(again)); diff != "" {
			t.Fatalf("(-want +read):\n%s", diff)
		}
		if diff := cmp.Diff(problems(first), problems(again)); diff != "" {
			t.Fatalf("(-first +again):\n%s", diff)
		}
	}
}
