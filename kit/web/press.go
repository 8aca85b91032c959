package web

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	g "maragu.dev/gomponents"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/web/part"
)

// Every form that a page shows carries a key of that page. Who presses twice, or again because
// no answer came, sends the same key with the same words: the first press is done, and its
// answer is given once more. The key is kept in the transaction of the deed itself (db.Press),
// so that there is never one without the other.
//
// It concerns forms of people who have signed in, that lead to another page. What scripts send on one page says itself what
// is the same (acts have ids), and may mean the same words twice.

// pressLives is how long a press is remembered.
const pressLives = 24 * time.Hour

// answerComes is how long the second of two presses at once waits for the answer of the first.
const answerComes = time.Second

// keyed is where a page is written, with the key of its forms; see part.FormKey. A page of many
// lines is ten thousands of short texts, which go on together.
type keyed struct {
	*bufio.Writer

	key string
}

var drawn = sync.Pool{New: func() any { return bufio.NewWriterSize(nil, 16<<10) }}

// draw writes a page.
func draw(to io.Writer, page g.Node) error {
	w := drawn.Get().(*bufio.Writer)
	defer drawn.Put(w)
	w.Reset(to)
	defer w.Reset(nil) // it does not keep the request alive
	return errors.Join(page.Render(&keyed{Writer: w}), w.Flush())
}

// FormKey is the key of the forms of this page, made when the first of them is drawn.
func (k *keyed) FormKey() string {
	if k.key == "" {
		k.key = id.New()
	}
	return k.key
}

// navigates reports whether a browser waits for the next page.
func (c *Ctx) navigates() bool {
	mode := c.Request.Header.Get("Sec-Fetch-Mode")
	return c.Request.Method == http.MethodPost && !c.HX() && !c.wantsJSON() && (mode == "" || mode == "navigate")
}

// presses prepares a request for being the same press as another one. One whose answer is
// known already is db.ErrPressed before its handler looks for what the first may have taken
// away.
func (c *Ctx) presses(r Route) error {
	if c.server.DB == nil || r.Need == access.Public || r.Repeats || !c.navigates() {
		return nil
	}
	c.press = &db.Press{}
	c.Request = c.Request.WithContext(db.WithPress(c.Context(), c.press))
	if strings.HasPrefix(c.Request.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		if _, err := c.Values(); err != nil || c.press.Name == "" { // a form of one button is not read by anybody else
			return err
		}
		a, err := findPress(c.Context(), c.server.DB, c.press.Name)
		if err == nil && a.Path != "" {
			return db.ErrPressed
		}
		return err
	}
	return nil // the parts of an upload are read by its handler, which knows how large they may be
}

// nameThePress gives the press its name once its fields are read, and takes the key from
// among them.
func (c *Ctx) nameThePress(files []string) {
	key := c.form.Get(part.PressField)
	c.form.Del(part.PressField)
	if c.press == nil || !id.Valid(key) {
		return
	}
	slices.Sort(files)
	said := strings.Join(append([]string{key, c.Who.Account, c.Request.URL.RequestURI(), c.form.Encode()}, files...), "\x00")
	sum := sha256.Sum256([]byte(said))
	c.press.Name = base64.RawURLEncoding.EncodeToString(sum[:])
}

// kept reports whether something was written under the press of this request.
func (c *Ctx) kept() bool { return c.press != nil && c.press.Kept() }

// keepAnswer keeps where a press leads on to, before the browser is told.
func (c *Ctx) keepAnswer(path string) error {
	if !c.kept() || c.answered {
		return nil
	}
	c.answered = true
	now := c.server.Now()
	ctx := context.WithoutCancel(c.Context())
	return c.server.DB.Tx(ctx, func(tx *db.Tx) error {
		return answerPress(ctx, tx, c.press.Name, answered{path, c.told, now.Add(pressLives)}, now)
	})
}

// pressed answers a press whose handler has returned err. One that was kept and led nowhere
// may be pressed again.
func (c *Ctx) pressed(err error) error {
	if errors.Is(err, db.ErrPressed) {
		return c.answerAgain()
	}
	if !c.kept() || c.answered {
		return err
	}
	ctx := context.WithoutCancel(c.Context())
	dropped := c.server.DB.Tx(ctx, func(tx *db.Tx) error { return dropPress(ctx, tx, c.press.Name) })
	if err == nil {
		err = dropped
	}
	return err
}

// answerAgain gives the answer of the first press once more. Where it is not known, because
// the program died between the two, the person is sent to look.
func (c *Ctx) answerAgain() error {
	for end := time.Now().Add(answerComes); ; {
		a, err := findPress(c.Context(), c.server.DB, c.press.Name)
		if err != nil {
			return err
		}
		if a.Path != "" {
			if a.Message != "" {
				c.setFlash(a.Message)
			}
			return c.See(a.Path)
		}
		if time.Now().After(end) {
			break
		}
		select {
		case <-c.Context().Done():
			return c.Context().Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
	if from, err := url.Parse(c.Request.Referer()); err == nil && from.Path != "" && Local(from.Path) {
		return c.Done(from.Path, "fault.pressed")
	}
	return fault.New(fault.Conflict, "fault.pressed")
}
