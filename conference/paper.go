package conference

import (
	"io"

	"chibo/document"
	"chibo/kit/sheet"
	"chibo/kit/web"
)

// PaperKind says where a paper stands in the file of a conference.
type PaperKind string

// The kinds, in the order of the file.
const (
	PlanPaper      PaperKind = "plan"
	ProgrammePaper PaperKind = "programme"
	DelegateList   PaperKind = "delegates"
	InvitedPaper   PaperKind = "invitations"
	DutyList       PaperKind = "duties"
	ScriptPaper    PaperKind = "script"
	RehearsalPaper PaperKind = "rehearsal"
	RollPaper      PaperKind = "roll"
	MinutesPaper   PaperKind = "minutes"
	RemarkList     PaperKind = "remarks"
	SynthesisPaper PaperKind = "synthesis"
	LessonList     PaperKind = "lessons"
	Photograph     PaperKind = "photographs"
)

// paperKinds lists the kinds in the order of the file, with how the table of contents calls
// one of which there is nothing.
var paperKinds = []struct {
	Kind PaperKind
	Name string
}{
	{PlanPaper, "Kế hoạch"},
	{ProgrammePaper, "Chương trình"},
	{DelegateList, "Danh sách đại biểu"},
	{InvitedPaper, "Giấy mời"},
	{DutyList, "Phân công, công tác tổ chức"},
	{ScriptPaper, "Kịch bản điều hành"},
	{RehearsalPaper, "Biên bản tổng duyệt"},
	{RollPaper, "Điểm danh đại biểu"},
	{MinutesPaper, "Biên bản kỳ sinh hoạt mẫu"},
	{RemarkList, "Ý kiến góp ý"},
	{SynthesisPaper, "Tổng hợp ý kiến góp ý"},
	{LessonList, "Thẻ rút kinh nghiệm"},
	{Photograph, "Hình ảnh"},
}

// Paper is one paper of the file of a conference, in one form or several.
type Paper struct {
	Kind PaperKind
	// Title is how the table of contents calls it; the names of its files follow from it.
	Title string
	Forms []PaperForm
	// Lack says why there is no such paper; it has no forms then.
	Lack string
}

// PaperForm is a paper as a file with an ending such as "docx".
type PaperForm struct {
	Ending string
	Write  func(io.Writer) error
}

// Papers offers the papers that another feature has of a conference to a reader who keeps
// it. Nothing is laid out before it is written.
type Papers func(*web.Ctx, Conference) ([]Paper, error)

// Lacking is a paper that is not there, with the reason in the words of the table of
// contents.
func Lacking(kind PaperKind, title, reason string) Paper {
	return Paper{Kind: kind, Title: title, Lack: reason}
}

// Document is a paper that is read and changed in Word and printed from PDF.
func Document(kind PaperKind, title string, d document.Doc) Paper {
	return Paper{Kind: kind, Title: title, Forms: []PaperForm{{"docx", whole(d.DOCX)}, {"pdf", whole(d.PDF)}}}
}

// Table is a paper for Excel.
func Table(kind PaperKind, title string, t sheet.Table) Paper {
	return Paper{Kind: kind, Title: title, Forms: []PaperForm{{"xlsx", whole(t.XLSX)}}}
}

// Finished is a paper whose bytes are read from where they are kept.
func Finished(kind PaperKind, title, ending string, read func() ([]byte, error)) Paper {
	return Paper{Kind: kind, Title: title, Forms: []PaperForm{{ending, whole(read)}}}
}

func whole(read func() ([]byte, error)) func(io.Writer) error {
	return func(w io.Writer) error {
		data, err := read()
		if err != nil {
			return err
		}
		_, err = w.Write(data)
		return err
	}
}
