package room_test

import (
	"testing"

	"chibo/meeting"
	"chibo/member"
	"chibo/organization"
	"chibo/room"
)

// TestVocabulary holds the words of a setup to those of the features that fill it.
func TestVocabulary(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]string{
		room.OrdinaryMeeting: string(meeting.Ordinary), room.ThematicMeeting: string(meeting.Thematic),
		room.CombinedMeeting: string(meeting.Combined), room.ExtraordinaryMeeting: string(meeting.Extraordinary),
		room.OpeningItem: string(meeting.Opening), room.ReviewItem: string(meeting.Review), room.TasksItem: string(meeting.Tasks),
		room.AnswerItem: string(meeting.Answer), room.ResolutionItem: string(meeting.Resolution), room.ScoringItem: string(meeting.Scoring),
		room.MinutesItem: string(meeting.Minutes), room.ClosingItem: string(meeting.Closing),
		room.ExemptStanding: string(member.Exempt), room.AwayStanding: string(member.Away), room.SuspendedStanding: string(member.Suspended),
		room.SecretaryPost: string(organization.Secretary), room.DeputyPost: string(organization.Deputy), room.CommitteePost: string(organization.CommitteeMember),
		room.SickReason: string(meeting.Sick), room.OnDutyReason: string(meeting.OnDuty), room.FamilyReason: string(meeting.Family),
		room.FarReason: string(meeting.FarAway), room.StudyReason: string(meeting.Study),
	} {
		if word != want {
			t.Errorf("a setup says %q, the feature %q", word, want)
		}
	}
}
