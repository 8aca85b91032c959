package meeting

import (
	"testing"

	"chibo/kit/fault"
	"chibo/kit/when"
)

func TestRoad(t *testing.T) {
	t.Parallel()
	ways := map[State][]State{Draft: {Noticed, Open}, Noticed: {Open}, Open: {Closed}, Closed: {Sealed}, Sealed: nil}
	for _, from := range States {
		for _, to := range States {
			want := false
			for _, s := range ways[from] {
				want = want || s == to
			}
			got, err := (Meeting{State: from}).Advance(to, 1000)
			if (err == nil) != want {
				t.Errorf("%s to %s: %v", from, to, err)
			}
			if want && (got.State != to || got.NoticedAt+got.OpenedAt+got.ClosedAt+got.SealedAt != 1000) {
				t.Errorf("%s to %s gives %+v", from, to, got)
			}
			if !want && !fault.Is(err, fault.Conflict) {
				t.Errorf("%s to %s: %v is no conflict", from, to, err)
			}
		}
	}
}

func TestReached(t *testing.T) {
	t.Parallel()
	if !Sealed.Reached(Open) || Draft.Reached(Noticed) || !Noticed.Reached(Noticed) {
		t.Error("the order of the road is lost")
	}
}

func TestTitleOf(t *testing.T) {
	t.Parallel()
	m := when.Month{Year: 2026, Month: 12}
	for k, want := range map[Kind]string{
		Ordinary:      "Sinh hoạt thường kỳ tháng 12/2026",
		Thematic:      "Sinh hoạt chuyên đề quý IV/2026",
		Combined:      "Sinh hoạt thường kỳ và chuyên đề tháng 12/2026",
		Extraordinary: "Họp bất thường ngày 09/12/2026",
	} {
		if got := TitleOf(k, m, when.On(2026, 12, 9)); got != want {
			t.Errorf("%s: %q", k, got)
		}
	}
}

func TestResponses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		in    Response
		field string
	}{
		"coming":            {Response{Reply: Coming}, ""},
		"ill":               {Response{Reply: Away, Reason: Sick}, ""},
		"no answer":         {Response{}, "reply"},
		"away for nothing":  {Response{Reply: Away}, "reason"},
		"an unknown reason": {Response{Reply: Away, Reason: "holiday"}, "reason"},
		"a novel":           {Response{Reply: Coming, Note: string(make([]byte, maxNote+1))}, "note"},
	} {
		err := c.in.Validate()
		if (err == nil) != (c.field == "") || err != nil && fault.Of(err).Fields[c.field] == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if (Response{Reply: Away}).Excused() || !(Response{Reply: Away, AcknowledgedAt: 1}).Excused() || (Response{Reply: Coming, AcknowledgedAt: 1}).Excused() {
		t.Error("excused without the secretary's word, or coming and excused")
	}
}

func TestValidateTime(t *testing.T) {
	t.Parallel()
	m := Meeting{Kind: Ordinary, Title: "x", Month: when.Month{Year: 2026, Month: 12}}
	for day, ok := range map[when.Date]bool{
		when.On(2026, 12, 3): true, when.On(2027, 1, 5): true, when.On(2026, 11, 1): true,
		when.On(2026, 10, 1): false, when.On(2027, 4, 1): false, when.On(2062, 12, 3): false,
	} {
		m.StartsAt = day.At(19, 30)
		if err := m.Validate(); (err == nil) != ok {
			t.Errorf("%s: %v", day, err)
		}
	}
	m.StartsAt = 0
	if fault.Of(m.Validate()).Fields["starts_at"] != "meeting.problem.starts_at" {
		t.Error("a meeting without a time")
	}
}
