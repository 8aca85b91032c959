package room

import (
	"chibo/kit/locale"
	"chibo/proceedings"
)

// Helper is who holds a second device.
type Helper struct {
	ID, Name  string
	Duty      proceedings.Duty
	InvitedBy string // name
}

// Words names a helper wherever it is said who has written what.
func (v Helper) Words(l locale.L) string {
	return l.T("room.helper.is", "Name", v.Name, "Duty", l.Of("room.duty", string(v.Duty)), "By", v.InvitedBy)
}
