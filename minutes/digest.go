package minutes

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// Digest is the SHA-256, in hexadecimal, of what those who sign have read: the
// passages as they stand and the resolution. Adoption and closing are no part of
// it, so that a meeting may sign before or after its last minute.
func (r Record) Digest() string {
	h := sha256.New()
	put := func(s string) { _, _ = fmt.Fprintf(h, "%d:%s,", len(s), s) } // a hash never fails to write
	put(r.Title)
	for _, p := range r.Passages {
		if p.Key == "adoption" || p.Key == "closing" {
			continue
		}
		put(p.Key)
		put(p.Heading)
		put(p.Text())
		if p.Table != nil {
			for _, row := range p.Table.Rows {
				for _, cell := range row {
					put(cell)
				}
			}
		}
	}
	put(r.Resolution)
	for _, k := range r.Conclusion {
		put(k)
	}
	return hex.EncodeToString(h.Sum(nil))
}
