package web

import (
	"fmt"
	"io"
	"mime"
	"net/http"
	"time"
)

// streamPatience is how long a reader of a streamed file may take for one piece of it.
const streamPatience = time.Minute

// Stream answers with a file that the browser keeps under name, which is written while it
// is sent: it may be larger than what fits into memory. Where write fails after its first
// byte the answer is broken off, so that the browser does not take half a file for a whole
// one.
func (c *Ctx) Stream(name, contentType string, write func(io.Writer) error) error {
	h := c.Writer.Header()
	h.Set("Content-Type", contentType)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": fileName(name)}))
	h.Set("Content-Security-Policy", policyFile)
	c.Unzipped()
	w := &patient{Writer: c.Writer, control: http.NewResponseController(innermost(c.Writer))}
	err := write(w)
	if err == nil || !w.begun {
		return err
	}
	note(c.Context(), c.Request.Pattern, fmt.Errorf("writing %s: %w", contentType, err))
	panic(http.ErrAbortHandler)
}

// patient gives every piece its own time, since that of the server is for short answers.
type patient struct {
	io.Writer

	control *http.ResponseController
	begun   bool
}

func (w *patient) Write(p []byte) (int, error) {
	w.begun = true
	_ = w.control.SetWriteDeadline(time.Now().Add(streamPatience)) // where there is none, Write returns by itself
	return w.Writer.Write(p)
}
