package dossier

import (
	"context"

	"chibo/account"
	"chibo/care"
	"chibo/kit/access"
	"chibo/meeting"
	"chibo/member"
	"chibo/minutes"
	"chibo/privacy"
	"chibo/rating"
	"chibo/study"
	"chibo/task"
	"chibo/theme"
)

// opens are the needs by which an account reads what others have, whether or not the look
// is written down, with the kind of data that each opens.
var opens = []struct {
	need access.Need
	kind privacy.Kind
}{
	{member.Read, privacy.Profile},
	{meeting.Read, privacy.Meetings},
	{minutes.MayRead, privacy.Meetings},
	{task.MayRead, privacy.Tasks},
	{theme.Read, privacy.Turns},
	{study.Lead, privacy.Study},
	{study.Oversee, privacy.Study},
	{rating.Lead, privacy.Ratings},
	{rating.Oversee, privacy.Ratings},
	{care.Lead, privacy.Care},
	{account.Manage, privacy.Account},
	{privacy.Handle, privacy.Requests},
}

// open returns what the accounts named may read of whom, by member: by the rights of today,
// which is all that is known of those of the day.
func (s *Service) open(ctx context.Context, root string, accounts []string) (map[string][]privacy.Kind, error) {
	out := map[string][]privacy.Kind{}
	for _, id := range accounts {
		who, found, err := s.Person(ctx, root, id)
		if err != nil {
			return nil, err
		}
		if !found {
			continue
		}
		for _, o := range opens {
			members, err := membersIn(ctx, s.DB, root, who.Scope(o.need))
			if err != nil {
				return nil, err
			}
			for _, m := range members {
				if m != who.Member {
					out[m] = append(out[m], o.kind)
				}
			}
		}
	}
	return out, nil
}
