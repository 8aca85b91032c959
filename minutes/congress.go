package minutes

import (
	"fmt"

	"chibo/proceedings"
)

// The words that the papers of a congress have in the place of those of a meeting.

// congressOf is the trích yếu of the papers of a congress: "Đại hội Chi bộ Tổ dân phố 5".
func congressOf(cell string) string { return "Đại hội " + cell }

// gathering is what minutes call the evening.
func (c *composer) gathering() string { return capital(c.state.Gathering()) }

// body is who adopts the minutes.
func (c *composer) body() string { return c.state.Body() }

// validity says whether a congress had its quorum (Điều lệ Đảng, 19/01/2011, art. 11.6).
func (c *composer) validity() {
	if !c.state.Congress() {
		return
	}
	q := c.state.Attended()
	text := "Đại hội hợp lệ"
	if !q.Met() {
		text = "Đại hội chưa đủ số đảng viên theo Điều lệ Đảng"
	}
	var marks []proceedings.Entry
	for _, a := range c.state.Roll {
		marks = append(marks, a.Entry)
	}
	text = fmt.Sprintf("%s: %d/%d đảng viên chính thức được triệu tập có mặt, cần ít nhất %d.", text, q.Here, q.Base, q.Needed)
	c.add(Passage{Key: "validity", Composed: text}, marks...)
}
