package document

import (
	"chibo/kit/fault"
	"chibo/kit/web"
)

// Send answers with a paper as a file. Form is "docx" for a Word file that is taken
// away or "pdf" for one that the browser shows, anything else is not found; name is
// that of the file.
// It says at the foot who has taken it, and when.
func Send(c *web.Ctx, d Doc, name, form string) error {
	d.Taken = c.Taken()
	switch form {
	case "docx":
		data, err := d.DOCX()
		if err != nil {
			return err
		}
		return c.Download(name, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", data)
	case "pdf":
		data, err := d.PDF()
		if err != nil {
			return err
		}
		return c.Inline(name, "application/pdf", data)
	}
	return fault.New(fault.NotFound, "fault.not_found")
}
