package proceedings

// The words that a Setup is written in. A setup is frozen as it was on the evening
// and is read again years later, also by programs that know no other feature, so
// its words stand here. They are those of the features they come from: a test
// holds them together.
const (
	OrdinaryMeeting      = "ordinary"
	ThematicMeeting      = "thematic"
	CombinedMeeting      = "combined"
	ExtraordinaryMeeting = "extraordinary"
	CongressMeeting      = "congress"
	ProfessionalMeeting  = "professional"
	UnionMeeting         = "union"

	OpeningItem    = "opening"
	ReviewItem     = "review"
	TasksItem      = "tasks"
	AnswerItem     = "answer"
	ResolutionItem = "resolution"
	ScoringItem    = "scoring"
	MinutesItem    = "minutes"
	ClosingItem    = "closing"

	ExemptStanding    = "exempt"
	AwayStanding      = "away"
	SuspendedStanding = "suspended"

	SecretaryPost = "secretary"
	DeputyPost    = "deputy"
	CommitteePost = "committee_member"

	SickReason   = "sick"
	OnDutyReason = "duty"
	FamilyReason = "family"
	FarReason    = "far"
	StudyReason  = "study"
)
