package directive

import (
	"strings"
	"testing"

	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/organization"
	"chibo/proceedings"
	"chibo/task"
)

func TestStage(t *testing.T) {
	t.Parallel()
	on := func(s meeting.State) Placed { return Placed{OnAgenda: true, Meet: s} }
	work := func(s task.State, v task.Verdict) Placed {
		return Placed{Delivery: Delivery{Task: "t"}, TaskState: s, Verdict: v}
	}
	for _, tt := range []struct {
		name string
		p    Placed
		want Stage
	}{
		{"just sent", Placed{}, Waiting},
		{"on a draft", on(meeting.Draft), Laid},
		{"noticed", on(meeting.Noticed), Laid},
		{"the cell sits", on(meeting.Open), Met},
		{"sealed, but nothing said that it was treated", on(meeting.Sealed), Met},
		{"treated", Placed{Delivery: Delivery{HandledAt: 1}, OnAgenda: true, Meet: meeting.Sealed}, Handled},
		{"taken off the agenda", Placed{Delivery: Delivery{Meeting: "m", Item: "i"}}, Waiting},
		{"given", work(task.Given, ""), Working},
		{"the owner says that it is done", work(task.DoneReported, ""), Working},
		{"judged done", work(task.Judged, task.Late), Handled},
		{"judged not done", work(task.Judged, task.NotDone), Working},
		{"withdrawn", work(task.Withdrawn, ""), Waiting},
	} {
		if got := tt.p.Stage(); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
	got := ProgressOf([]Placed{{}, {Readers: 2}, on(meeting.Draft), work(task.Judged, task.Done)})
	if want := (Progress{Sent: 4, Read: 1, Laid: 2, Handled: 1}); got != want {
		t.Errorf("progress %+v, want %+v", got, want)
	}
}

func TestAddressees(t *testing.T) {
	t.Parallel()
	day := when.On(2026, 12, 3)
	units := []organization.Organization{
		{ID: "ward", Level: organization.Ward},
		{ID: "kp1", Level: organization.Cell, Kind: organization.Residential},
		{ID: "kp2", Level: organization.Cell, Kind: organization.Residential, ClosedOn: when.On(2026, 1, 1)},
		{ID: "th", Level: organization.Cell, Kind: organization.School},
		{ID: "yt", Level: organization.Cell, Kind: organization.Health},
	}
	var ids []string
	for _, o := range (Addressees{Kinds: []organization.Kind{organization.Residential}, Cells: []string{"yt", "ward", "strange"}}).Of(units, day) {
		ids = append(ids, o.ID)
	}
	if got := strings.Join(ids, " "); got != "kp1 yt" {
		t.Errorf("addressed: %s", got)
	}
}

func TestValidate(t *testing.T) {
	t.Parallel()
	today := when.On(2026, 12, 3)
	good := Directive{Citation: "x", Origin: Programme, Form: ForAgenda, Title: "Quán triệt", Text: "Đoạn văn"}
	for _, tt := range []struct {
		field string
		wrong func(*Directive)
	}{
		{"", func(*Directive) {}},
		{"", func(d *Directive) { d.Due, d.Month = today, today.In() }},
		{"document", func(d *Directive) { d.Citation = "" }},
		{"origin", func(d *Directive) { d.Origin = "rumour" }},
		{"form", func(d *Directive) { d.Form = "" }},
		{"title", func(d *Directive) { d.Title = strings.Repeat("ế", 301) }},
		{"text", func(d *Directive) { d.Text = " \n" }},
		{"due", func(d *Directive) { d.Due = today.AddDays(-1) }},
		{"due", func(d *Directive) { d.Form = ForWork }},
		{"month", func(d *Directive) { d.Month = today.In().Add(-1) }},
		{"month", func(d *Directive) { d.Month = today.In().Add(36) }},
	} {
		d := good
		tt.wrong(&d)
		err := d.Validate(today)
		if tt.field == "" && err != nil || tt.field != "" && (err == nil || fault.Of(err).Fields[tt.field] == "") {
			t.Errorf("%q of %+v: %v", tt.field, d, err)
		}
	}
}

func TestNoteFitsAnAgenda(t *testing.T) {
	t.Parallel()
	d := Directive{Citation: "Kế hoạch số 1-KH/ĐU", Title: "x", Text: strings.Repeat("Đồng chí ế. ", 400)}
	if err := d.item().Validate(); err != nil {
		t.Errorf("the item does not fit: %v", err)
	}
	if !strings.HasPrefix(d.Note(), "Theo Kế hoạch số 1-KH/ĐU. ") || !strings.HasSuffix(d.Note(), "…") {
		t.Errorf("note %q", d.Note())
	}
	if got := heading("1. Chi bộ quán triệt Kế hoạch. Sau đó báo cáo."); got != "1. Chi bộ quán triệt Kế hoạch. Sau đó báo cáo" {
		t.Errorf("heading %q", got)
	}
}

func TestTreated(t *testing.T) {
	t.Parallel()
	with := func(p proceedings.Progress, began when.Instant) proceedings.State {
		return proceedings.State{Items: []proceedings.Item{
			{Planned: proceedings.Planned{ID: "opening"}, Progress: proceedings.Done, Started: began},
			{Planned: proceedings.Planned{ID: "directive"}, Progress: p},
		}}
	}
	for _, tt := range []struct {
		name  string
		state proceedings.State
		want  bool
	}{
		{"done", with(proceedings.Done, 1), true},
		{"passed over", with(proceedings.Skipped, 1), false},
		{"never begun", with(proceedings.Ahead, 1), false},
		{"typed from paper", with(proceedings.Ahead, 0), true},
		{"passed over on paper", with(proceedings.Skipped, 0), false},
		{"not there", proceedings.State{}, false},
	} {
		if got := treated(tt.state, "directive"); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}
