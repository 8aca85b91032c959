package quality

import (
	"slices"

	"chibo/meeting"
	"chibo/proceedings"
	"chibo/rubric"
)

// stepsComplete goes through the order of proceedings in force on the day and the
// cell's own agenda: every step of both was taken.
func (e Evening) stepsComplete() Receipt {
	var steps []Evidence
	missing := 0
	for _, i := range e.State.Items {
		done := e.taken(i)
		if !done {
			missing++
		}
		key := "step"
		if !done {
			key = "step_skipped"
		}
		steps = append(steps, Evidence{At: i.Started, URL: e.url("/minutes"), Says: says(key, "Title", i.Title), Against: !done})
	}
	for _, want := range e.Agenda.Items {
		on := slices.ContainsFunc(e.State.Items, func(i proceedings.Item) bool { return i.Kind == string(want.Kind) })
		if !on {
			missing++
			steps = append(steps, Evidence{Says: says("step_absent", "Title", want.Title), Against: true})
		}
	}
	if missing > 0 {
		return known(rubric.StepsComplete, rubric.Yes(false), says("steps_missing", "Count", missing), steps...)
	}
	return known(rubric.StepsComplete, rubric.Yes(len(steps) > 0), says("steps", "Count", len(steps)), steps...)
}

// taken reports whether a step was taken. Some leave a trace of their own besides the
// clock of their item; the scoring goes on while it is asked.
func (e Evening) taken(i proceedings.Item) bool {
	switch meeting.ItemKind(i.Kind) {
	case meeting.Opening, meeting.Closing:
		return e.State.Phase == proceedings.Closed && i.Progress != proceedings.Skipped
	case meeting.Minutes:
		return e.State.Adopted()
	case meeting.Scoring:
		return i.Progress != proceedings.Skipped
	}
	return i.Progress == proceedings.Done
}

func (e Evening) themeTreated() Receipt {
	if !e.Meeting.Kind.HasTheme() {
		return unknown(rubric.ThemeTreated, says("no_theme"))
	}
	for _, i := range e.State.Items {
		if meeting.ItemKind(i.Kind) == meeting.Theme && i.Progress == proceedings.Done {
			return known(rubric.ThemeTreated, rubric.Yes(true), says("theme", "Theme", e.Meeting.Theme), Evidence{At: i.Started, URL: e.url("/minutes"), Says: says("step", "Title", i.Title)})
		}
	}
	return known(rubric.ThemeTreated, rubric.Yes(false), says("theme_missing", "Theme", e.Meeting.Theme))
}

func (e Evening) praised() Receipt {
	var out []Evidence
	for _, c := range e.State.Commended {
		out = append(out, Evidence{At: c.At, URL: e.url("/minutes"), Says: says("form_"+string(c.Form), "Name", e.State.Name(c.Member))})
	}
	return known(rubric.PraiseOrRemind, rubric.Count(len(out)), says("praised", "Count", len(out)), out...)
}

// speaking names nobody: the share is the meeting's and no ranking of people.
func (e Evening) speaking() Receipt {
	v := e.State.Voices()
	if v.Came == 0 {
		return unknown(rubric.SpeakingShare, says("no_roll"))
	}
	return known(rubric.SpeakingShare, rubric.Share(len(v.Spoke), v.Came), says("speaking", "Spoke", len(v.Spoke), "Came", v.Came, "Percent", proceedings.Percent(len(v.Spoke), v.Came)),
		Evidence{URL: e.url("/minutes"), Says: says("opinions", "Count", len(e.State.Opinions))})
}

// ideology adds up the items of criticism and self-criticism and of answers to what
// members are concerned about.
func (e Evening) ideology() Receipt {
	var items []Evidence
	total := 0
	for _, i := range e.State.Items {
		kind := meeting.ItemKind(i.Kind)
		if kind != meeting.Criticism && kind != meeting.Answer || i.Started.IsZero() {
			continue
		}
		n := minutesOf(i.Spent(e.State.Closing.Ended))
		total += n
		items = append(items, Evidence{At: i.Started, URL: e.url("/minutes"), Says: says("item_minutes", "Title", i.Title, "Minutes", n)})
	}
	if len(items) == 0 {
		return unknown(rubric.IdeologyMinutes, says("no_ideology"))
	}
	return known(rubric.IdeologyMinutes, rubric.Count(total), says("ideology", "Minutes", total), items...)
}

// minutesComplete asks for what every minutes must have: the whole roll, a chair and a
// minute-taker, the reading back and the adoption.
func (e Evening) minutesComplete() Receipt {
	s := e.State
	parts := []struct {
		has bool
		key string
	}{
		{s.Tally().Unmarked == 0, "part_roll"},
		{s.Setup.Chair != "" || s.Opening.Chair != "", "part_chair"},
		{s.Setup.MinuteTaker != "" || s.Opening.MinuteTaker != "", "part_taker"},
		{len(s.Readbacks) > 0, "part_readback"},
		{s.Adopted(), "part_adopted"},
	}
	var out []Evidence
	whole := true
	for _, p := range parts {
		whole = whole && p.has
		out = append(out, Evidence{URL: e.url("/minutes"), Says: says(p.key), Against: !p.has})
	}
	if whole {
		return known(rubric.MinutesComplete, rubric.Yes(true), says("minutes"), out...)
	}
	return known(rubric.MinutesComplete, rubric.Yes(false), says("minutes_missing"), out...)
}

func (e Evening) concluded() Receipt {
	s := e.State
	var out []Evidence
	for _, c := range s.Conclusions {
		out = append(out, Evidence{At: c.At, URL: e.url("/minutes"), Says: says("conclusion")})
	}
	if s.Adopted() {
		out = append(out, Evidence{At: s.Adoption.At, URL: e.url("/minutes"), Says: says("adopted")})
	}
	if len(s.Conclusions) > 0 && s.Adopted() {
		return known(rubric.Concluded, rubric.Yes(true), says("concluded"), out...)
	}
	return known(rubric.Concluded, rubric.Yes(false), says("not_concluded"), out...)
}

func (e Evening) tasksGiven() Receipt {
	var out []Evidence
	loose := 0
	for _, t := range e.State.Tasks {
		whole := len(t.Owners) > 0 && !t.Due.IsZero()
		if !whole {
			loose++
		}
		out = append(out, Evidence{At: t.At, URL: "/tasks/" + t.ID, Says: says("task", "Title", t.Title, "Names", e.names(t.Owners)), Against: !whole})
	}
	switch {
	case len(out) == 0:
		return known(rubric.TasksGiven, rubric.Yes(false), says("no_tasks"))
	case loose > 0:
		return known(rubric.TasksGiven, rubric.Yes(false), says("tasks_loose", "Count", loose), out...)
	}
	return known(rubric.TasksGiven, rubric.Yes(true), says("tasks", "Count", len(out)), out...)
}
