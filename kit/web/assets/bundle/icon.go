package main

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"math"
	"path/filepath"
)

// iOS puts no vector picture on the home screen, and fills what is transparent with
// black: these are the icon of icon.svg without round corners, which the device cuts itself.

// iconSides are the sides of the pictures in pixels, as devices ask for them.
var iconSides = []int{180, 192, 512}

// The colours and the two lines of icon.svg, whose side is 64: a speech bubble with a
// tick in it. The corners of the bubble are rounded by bow.
var (
	iconGround = color.NRGBA{0xb0, 0x1c, 0x2e, 0xff}
	iconLine   = color.NRGBA{0xff, 0xd9, 0x77, 0xff}

	bubble = []point{{20, 18}, {44, 18}, {48, 22}, {48, 40}, {44, 44}, {32, 44}, {22, 52}, {22, 44}, {20, 44}, {16, 40}, {16, 22}, {20, 18}}
	bows   = map[int]point{1: {44, 22}, 3: {44, 40}, 8: {20, 40}, 10: {20, 22}} // centre of the corner that begins at that point
	tick   = []point{{24, 31}, {30, 37}, {41, 25}}
)

const (
	iconSide = 64.0
	halfLine = 2.0 // half the width of the lines
	bowSteps = 8
)

type point struct{ x, y float64 }

// drawIcon returns the icon as PNG.
func drawIcon(side int) ([]byte, error) {
	lines := append(rounded(bubble, bows), segments(tick)...)
	scale := float64(side) / iconSide
	img := image.NewNRGBA(image.Rect(0, 0, side, side))
	for y := range side {
		for x := range side {
			p := point{(float64(x) + 0.5) / scale, (float64(y) + 0.5) / scale}
			near := math.Inf(1)
			for _, l := range lines {
				near = min(near, l.distance(p))
			}
			img.SetNRGBA(x, y, mixed(iconGround, iconLine, min(1, max(0, (halfLine-near)*scale+0.5))))
		}
	}
	var b bytes.Buffer
	err := png.Encode(&b, img)
	return b.Bytes(), err
}

// segment is a straight line from a to b.
type segment struct{ a, b point }

func (s segment) distance(p point) float64 {
	dx, dy := s.b.x-s.a.x, s.b.y-s.a.y
	t := min(1, max(0, ((p.x-s.a.x)*dx+(p.y-s.a.y)*dy)/(dx*dx+dy*dy)))
	return math.Hypot(p.x-s.a.x-t*dx, p.y-s.a.y-t*dy)
}

func segments(points []point) []segment {
	var all []segment
	for n := 1; n < len(points); n++ {
		all = append(all, segment{points[n-1], points[n]})
	}
	return all
}

// rounded is the line through points, in which those that have a centre begin a quarter
// of a circle.
func rounded(points []point, centres map[int]point) []segment {
	var smooth []point
	for n, p := range points {
		smooth = append(smooth, p)
		c, ok := centres[n]
		if !ok {
			continue
		}
		r, from := math.Hypot(p.x-c.x, p.y-c.y), math.Atan2(p.y-c.y, p.x-c.x)
		for step := 1; step < bowSteps; step++ {
			sin, cos := math.Sincos(from + float64(step)/bowSteps*math.Pi/2)
			smooth = append(smooth, point{c.x + r*cos, c.y + r*sin})
		}
	}
	return segments(smooth)
}

// mixed is a with so much of b.
func mixed(a, b color.NRGBA, share float64) color.NRGBA {
	mix := func(a, b uint8) uint8 { return uint8(math.Round(float64(a)*(1-share) + float64(b)*share)) }
	return color.NRGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 0xff}
}

// keepIcons writes the pictures into dist and adds their hashed names to names.
func keepIcons(dist string, names map[string]string) error {
	for _, side := range iconSides {
		content, err := drawIcon(side)
		if err != nil {
			return err
		}
		name := fmt.Sprintf("icon%d", side)
		names[name+".png"] = fmt.Sprintf("%s-%08X.png", name, crc32.ChecksumIEEE(content))
		if err := keep(filepath.Join(dist, names[name+".png"]), content); err != nil {
			return err
		}
	}
	return nil
}
