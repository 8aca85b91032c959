//go:build !js

package when

import (
	"time"
	_ "time/tzdata" // the zone of Viet Nam, also where the machine has no zone files
)

// VietNam is the zone in which people read clocks.
var VietNam = mustZone("Asia/Ho_Chi_Minh")

func mustZone(name string) *time.Location {
	l, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // tzdata is linked in
	}
	return l
}
