// Package quality gives a meeting its marks (chấm chất lượng sinh hoạt chi bộ).
//
// Its story: when the chair has closed the meeting, the program drafts the marks by the
// sheet of that day (package rubric). What the record knows it counts, and each counted line opens its receipt:
// the acts it rests on, with their times. What needs judgement stays empty until people
// fill it. Then three hands: the cell committee scores, the members vote on it, the
// committee above confirms or adjusts with a reason (42-HD/BTCTW, 28/10/2025). No hand
// overwrites another: all numbers stay side by side. Weak points become remedies with a
// day, which stand before the next meetings until they are ticked.
//
// Nothing here rates a person, and a score that was given keeps the sheet it was given
// with.
package quality
