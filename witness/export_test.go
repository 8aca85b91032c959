package witness

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/head"
)

// Steps of a renewal, for tests that end it between two of them.
var (
	Prepare = (*Service).prepare
	Tell    = func(s *Service, ctx context.Context, i head.Introduction) error {
		_, err := s.tell(ctx, access.Person{Name: "test"}, i)
		return err
	}
)
