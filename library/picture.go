package library

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/draw"

	"chibo/kit/fault"
)

// Limits of a picture: what is decoded, and the long edge of what is kept, which
// shows a sheet of A4 as sharply as a good scanner does.
const (
	maxPixels  = 40_000_000
	maxDecoded = 160 << 20
	longEdge   = 4000
)

// drawing lets one picture at a time be drawn: a large one takes much memory.
var drawing = make(chan struct{}, 1)

// redraw decodes a picture and writes it anew, turned as the camera meant it.
// Places, devices, previews and whatever hides behind the picture are gone.
func redraw(t Type, data []byte) ([]byte, error) {
	c, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fault.New(fault.Invalid, "library.refused.broken")
	}
	if c.Width <= 0 || c.Height <= 0 || c.Width > maxPixels/c.Height || c.Width*c.Height*bytesOf(c.ColorModel) > maxDecoded {
		return nil, fault.New(fault.TooLarge, "library.refused.pixels", "MP", maxPixels/1_000_000)
	}
	drawing <- struct{}{}
	defer func() { <-drawing }()
	m, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fault.New(fault.Invalid, "library.refused.broken")
	}
	m = shrink(m)
	var out bytes.Buffer
	if t == PNG {
		err = png.Encode(&out, m)
	} else {
		err = jpeg.Encode(&out, turn(m, orientation(data)), &jpeg.Options{Quality: 88})
	}
	return out.Bytes(), err
}

// bytesOf returns how many bytes a pixel takes once it is decoded.
func bytesOf(m color.Model) int {
	switch m {
	case color.GrayModel:
		return 1
	case color.Gray16Model:
		return 2
	case color.YCbCrModel:
		return 3
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	}
	if _, paletted := m.(color.Palette); paletted {
		return 1
	}
	return 4
}

// shrink scales a picture down to the long edge that is kept.
func shrink(m image.Image) image.Image {
	w, h := m.Bounds().Dx(), m.Bounds().Dy()
	if max(w, h) <= longEdge {
		return m
	}
	scale := float64(longEdge) / float64(max(w, h))
	out := image.NewRGBA(image.Rect(0, 0, max(1, int(float64(w)*scale)), max(1, int(float64(h)*scale))))
	draw.ApproxBiLinear.Scale(out, out.Bounds(), m, m.Bounds(), draw.Src, nil)
	return out
}

// turn returns m with the EXIF orientation o applied; 1 and unknown values leave
// it as it is.
func turn(m image.Image, o int) image.Image {
	if o < 2 || o > 8 {
		return m
	}
	w, h := m.Bounds().Dx(), m.Bounds().Dy()
	src := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(src, src.Bounds(), m, m.Bounds().Min, draw.Src)
	out := image.NewRGBA(src.Bounds())
	if o >= 5 {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			tx, ty := turned(o, x, y, w, h)
			copy(out.Pix[out.PixOffset(tx, ty):], src.Pix[src.PixOffset(x, y):][:4])
		}
	}
	return out
}

// turned returns where the pixel x, y of a picture of w by h comes to stand.
func turned(o, x, y, w, h int) (int, int) {
	switch o {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	}
	return y, w - 1 - x
}

// orientation reads the EXIF orientation of a JPEG file, 1 where there is none.
func orientation(data []byte) int {
	for at := 2; at+4 <= len(data) && data[at] == 0xff; {
		length := int(binary.BigEndian.Uint16(data[at+2:]))
		if data[at+1] == 0xda || length < 2 || at+2+length > len(data) {
			break // the picture itself begins, or the file lies
		}
		segment := data[at+4 : at+2+length]
		if data[at+1] == 0xe1 && bytes.HasPrefix(segment, []byte("Exif\x00\x00")) {
			return tiffOrientation(segment[6:])
		}
		at += 2 + length
	}
	return 1
}

// tiffOrientation looks for tag 0x0112 in the first directory of EXIF data.
func tiffOrientation(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 1
	}
	const entry = 12
	for i := range int64(order.Uint16(tiff[at:])) {
		p := at + 2 + i*entry
		if p+entry > int64(len(tiff)) {
			break
		}
		if order.Uint16(tiff[p:]) == 0x0112 {
			return int(order.Uint16(tiff[p+8:]))
		}
	}
	return 1
}
