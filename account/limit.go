package account

import (
	"time"

	"chibo/kit/limit"
)

// How often one may guess. Guesses at one name from one address stop after ten and
// go on at one a minute; so do guesses from one address at any names, more
// generously, for a whole hall may sit behind one address. Guesses at one name from
// all addresses together stop after a hundred and go on at a hundred a day, and from
// those a device is exempt on which the person has signed in before: the rightful
// owner stays in while strangers guess.
var (
	pairRate    = limit.Allowance{Burst: 10, Every: time.Minute}
	addressRate = limit.Allowance{Burst: 100, Every: time.Second}
	nameRate    = limit.Allowance{Burst: 100, Every: 24 * time.Hour / 100}
	// A PIN has a million values: five tries, then one in three minutes.
	pinRate = limit.Allowance{Burst: 5, Every: 3 * time.Minute}
)
