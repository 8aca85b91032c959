//go:build !linux && !darwin

package disk

// Of returns ErrUnknown.
func Of(string) (Space, error) { return Space{}, ErrUnknown }
