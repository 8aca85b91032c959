package member

import (
	"chibo/kit/sheet"
)

// sheetColumns are the columns of a written roll: every one is understood when
// the sheet is read again.
var sheetColumns = []struct {
	column  Column
	title   string
	width   float64
	private bool
	text    func(Entry) string
}{
	{ColName, "Họ và tên", 28, false, func(e Entry) string { return e.FullName }},
	{ColSex, "Giới tính", 10, false, func(e Entry) string { return sexWords[e.Sex] }},
	{ColBorn, "Ngày sinh", 13, false, func(e Entry) string { return e.Born() }},
	{ColEthnicity, "Dân tộc", 11, false, func(e Entry) string { return e.Ethnicity }},
	{ColHometown, "Quê quán", 24, false, func(e Entry) string { return e.Hometown }},
	{ColCard, "Số thẻ đảng viên", 18, true, func(e Entry) string { return e.CardNumber }},
	{ColAdmitted, "Ngày vào Đảng", 13, false, func(e Entry) string { return e.Admitted() }},
	{ColOfficial, "Ngày chính thức", 13, false, func(e Entry) string { return e.Official() }},
	{ColStanding, "Tình trạng", 18, false, func(e Entry) string { return sheetStandings[e.Standing] }},
	{ColEducation, "Trình độ chuyên môn", 24, false, func(e Entry) string { return e.Education }},
	{ColTheory, "Lý luận chính trị", 16, false, func(e Entry) string { return e.Theory }},
	{ColPosition, "Chức vụ, công việc", 24, false, func(e Entry) string { return e.Position }},
	{ColWorkplace, "Nơi công tác", 24, false, func(e Entry) string { return e.Workplace }},
	{ColResidence, "Nơi ở", 28, false, func(e Entry) string { return e.Residence }},
	{ColGroup, "Tổ đảng", 14, false, func(e Entry) string { return e.Group }},
	{ColField, "Lĩnh vực phụ trách", 20, false, func(e Entry) string { return e.Field }},
	{ColArea, "Địa bàn phụ trách", 20, false, func(e Entry) string { return e.Area }},
	{ColPhone, "Điện thoại", 15, true, func(e Entry) string { return e.Phone }},
	{ColEmail, "Email", 24, true, func(e Entry) string { return e.Email }},
	{ColCitizen, "Số căn cước", 16, true, func(e Entry) string { return e.CitizenID }},
	{ColNote, "Ghi chú", 28, true, func(e Entry) string { return e.Note }},
}

// sexWords and sheetStandings are the words of a written roll.
var (
	sexWords       = map[Sex]string{Male: "Nam", Female: "Nữ"}
	sheetStandings = map[Standing]string{
		Probationary: "Dự bị", Official: "Chính thức", Exempt: "Miễn sinh hoạt", Away: "Tạm chuyển đi",
		Here: "Tạm chuyển đến", Suspended: "Đình chỉ sinh hoạt", Moved: "Đã chuyển đi", Removed: "Đã ra khỏi Đảng", Died: "Từ trần",
	}
)

// WriteRoll returns a roll as a table with titles above it. Private columns are
// left out unless private.
func WriteRoll(titles []string, roll []Entry, private bool) sheet.Table {
	t := sheet.Table{Name: "Đảng viên", Titles: titles, Header: []string{"TT"}, Widths: []float64{6}}
	for _, c := range sheetColumns {
		if private || !c.private {
			t.Header, t.Widths = append(t.Header, c.title), append(t.Widths, c.width)
		}
	}
	for i, e := range roll {
		row := []any{i + 1}
		for _, c := range sheetColumns {
			if private || !c.private {
				row = append(row, c.text(e))
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
