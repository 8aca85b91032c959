package account

import (
	"context"

	"chibo/kit/db"
	"chibo/kit/web"
)

// Admit lets somebody in who has proven by another way than a password who they are, and
// leads them on to next. do is done in the transaction in which the session begins.
func (s *Service) Admit(c *web.Ctx, account string, proof Proof, shared bool, next string, do func(context.Context, *db.Tx) error) error {
	v := s.visit(c.Request)
	v.shared = shared
	o, err := s.admit(c.Context(), v, account, proof, do)
	if err != nil {
		return err
	}
	s.let(c, o)
	return c.See(local(next))
}

// Half returns who has typed the right password on the device and must show a second
// factor; false when nobody does.
func (s *Service) Half(c *web.Ctx) (Half, bool, error) {
	return s.half(c.Context(), s.token(c.Request))
}

// Pass lets somebody in who has shown a second factor. do is done in the transaction in
// which the session becomes theirs.
func (s *Service) Pass(c *web.Ctx, w Half, proof Proof, do func(context.Context, *db.Tx) error) error {
	if err := s.pass(c.Context(), w, proof, do); err != nil {
		return err
	}
	life := s.lives().Of(w.Shared, staff(w.Grants))
	c.Cookie(s.cookieName(), s.token(c.Request), int(life.Whole.Seconds()))
	return nil
}
