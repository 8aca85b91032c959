package plan

import (
	"fmt"
	"strings"

	"chibo/kit/when"
	"chibo/lesson"
)

// Compose words the report of a plan on a day from its state and from how far the lessons
// have come that the committee sent since the plan began. Texts of papers are Vietnamese
// whoever reads the screen.
func Compose(p Plan, all []State, lessons lesson.Count, day when.Date) Report {
	n := Count(all)
	results := []string{fmt.Sprintf("Tính đến %s, kế hoạch có %d việc: đã xong %d, đang làm %d, quá hạn %d, chưa đến kỳ %d.",
		day.Slashed(), len(all), n[Done], n[Running], n[Late], n[Ahead])}
	var faults, direction []string
	for _, x := range all {
		switch x.Standing {
		case Done, Running:
			if x.Last.ID != "" {
				results = append(results, "- "+line(x))
			}
		case Late:
			faults = append(faults, "- "+line(x)+" Hạn "+x.Until.Slashed()+".")
		case Ahead:
		}
		if x.Open() {
			direction = append(direction, fmt.Sprintf("- %s: %s, đến %s.", x.Owner, strings.TrimRight(x.What, ". "), x.Until.Slashed()))
		}
	}
	if lessons.Of > 0 {
		results = append(results, fmt.Sprintf("- Bài học rút kinh nghiệm: các chi bộ đã tiếp thu %d/%d lượt.", lessons.Learned, lessons.Of))
	}
	return Report{Root: p.Root, Plan: p.ID, On: day, Results: strings.Join(results, "\n"), Faults: strings.Join(faults, "\n"), Direction: strings.Join(direction, "\n")}
}

// line says in a sentence how far a step is.
func line(x State) string {
	text := strings.TrimRight(x.What, ". ")
	if x.Target > 0 {
		text += fmt.Sprintf(" (%d/%d %s)", x.Reached, x.Target, x.Unit)
	}
	if x.Last.Text != "" {
		text += ": " + strings.TrimRight(x.Last.Text, ". ")
	}
	return text + "."
}
