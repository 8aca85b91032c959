package rubric

// YearRule says what a year of meetings must be for a level of the cell's year. The
// sheet of Đảng bộ Khối các cơ quan tỉnh Phú Thọ: tốt needs every meeting at least khá
// and seven meetings tốt.
type YearRule struct {
	Level Level `yaml:"level"`
	// All is the level that every meeting must reach at least.
	All Level `yaml:"all,omitempty"`
	// Count of the meetings must reach Reach at least.
	Reach Level `yaml:"reach,omitempty"`
	Count int   `yaml:"count,omitempty"`
	// Also is a condition that people must look at: the source names it in words, or
	// its text is not known here.
	Also string `yaml:"also,omitempty"`
}

// YearLine is one rule with what the meetings of the year make of it.
type YearLine struct {
	Rule YearRule
	// Meetings are those that count, AllReach those that reach Rule.All, Reached those
	// that reach Rule.Reach.
	Meetings, AllReach, Reached int
	Holds                       bool
}

// YearResult is how the rules judge a year.
type YearResult struct {
	Lines []YearLine
	// Level is that of the first rule that holds; empty where none does, where no
	// meeting is judged, or where the sheet has no rule for the year.
	Level Level
	// Also is what people must still look at before the level stands.
	Also string
}

// JudgeYear goes through the rules with the levels of the year's meetings.
func (r Rubric) JudgeYear(meetings []Level) YearResult {
	var out YearResult
	for _, rule := range r.Year {
		line := YearLine{Rule: rule, Meetings: len(meetings)}
		for _, l := range meetings {
			if rule.All == "" || l.AtLeast(rule.All) {
				line.AllReach++
			}
			if rule.Reach != "" && l.AtLeast(rule.Reach) {
				line.Reached++
			}
		}
		line.Holds = len(meetings) > 0 && line.AllReach == line.Meetings && line.Reached >= rule.Count
		if line.Holds && out.Level == "" {
			out.Level, out.Also = rule.Level, rule.Also
		}
		out.Lines = append(out.Lines, line)
	}
	return out
}
