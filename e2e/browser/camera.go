package browser

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	c "github.com/chromedp/chromedp"
	"rsc.io/qr"
)

// The picture of the camera, in points, and how many of them a point of a code has.
const (
	filmWidth, filmHeight = 640, 480
	filmScale             = 7
)

// Seeing is New with a camera before which somebody holds the QR code of text, and which
// pages may use.
func Seeing(t testing.TB, url string, size [2]int64, text string) *Page {
	t.Helper()
	film := filepath.Join(t.TempDir(), "film.y4m")
	picture, err := filmed(text)
	if err == nil {
		err = os.WriteFile(film, picture, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return open(&tab{t: t, url: url, home: t.TempDir(), size: size, film: film})
}

// camera are the options of a browser that has one.
func (p *Page) camera() []c.ExecAllocatorOption {
	if p.film == "" {
		return nil
	}
	return []c.ExecAllocatorOption{
		c.Flag("use-fake-device-for-media-stream", true), c.Flag("use-fake-ui-for-media-stream", true),
		c.Flag("use-file-for-fake-video-capture", p.film),
	}
}

// filmed is a film of one picture, a code on grey paper, as YUV4MPEG2.
func filmed(text string) ([]byte, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return nil, err
	}
	var film bytes.Buffer
	fmt.Fprintf(&film, "YUV4MPEG2 W%d H%d F10:1 Ip A1:1 C420jpeg\nFRAME\n", filmWidth, filmHeight)
	left, top := (filmWidth-code.Size*filmScale)/2, (filmHeight-code.Size*filmScale)/2
	for y := range filmHeight {
		for x := range filmWidth {
			light := byte(210)
			if code.Black((x-left+filmScale)/filmScale-1, (y-top+filmScale)/filmScale-1) {
				light = 40
			}
			film.WriteByte(light)
		}
	}
	film.Write(bytes.Repeat([]byte{128}, filmWidth*filmHeight/2)) // no colour
	return film.Bytes(), nil
}
