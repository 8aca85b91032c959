package proceedings_test

import (
	"testing"

	"chibo/meeting"
	"chibo/member"
	"chibo/organization"
	"chibo/proceedings"
)

// TestVocabulary holds the words of a setup to those of the features that fill it.
func TestVocabulary(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]string{
		proceedings.OrdinaryMeeting: string(meeting.Ordinary), proceedings.ThematicMeeting: string(meeting.Thematic),
		proceedings.CombinedMeeting: string(meeting.Combined), proceedings.ExtraordinaryMeeting: string(meeting.Extraordinary),
		proceedings.CongressMeeting: string(meeting.Congress),
		proceedings.OpeningItem:     string(meeting.Opening), proceedings.ReviewItem: string(meeting.Review), proceedings.TasksItem: string(meeting.Tasks),
		proceedings.AnswerItem: string(meeting.Answer), proceedings.ResolutionItem: string(meeting.Resolution), proceedings.ScoringItem: string(meeting.Scoring),
		proceedings.MinutesItem: string(meeting.Minutes), proceedings.ClosingItem: string(meeting.Closing),
		proceedings.ExemptStanding: string(member.Exempt), proceedings.AwayStanding: string(member.Away), proceedings.SuspendedStanding: string(member.Suspended),
		proceedings.SecretaryPost: string(organization.Secretary), proceedings.DeputyPost: string(organization.Deputy), proceedings.CommitteePost: string(organization.CommitteeMember),
		proceedings.SickReason: string(meeting.Sick), proceedings.OnDutyReason: string(meeting.OnDuty), proceedings.FamilyReason: string(meeting.Family),
		proceedings.FarReason: string(meeting.FarAway), proceedings.StudyReason: string(meeting.Study),
	} {
		if word != want {
			t.Errorf("a setup says %q, the feature %q", word, want)
		}
	}
}
