package care

import (
	"testing"

	"chibo/kit/fault"
	"chibo/kit/when"
)

var today = when.On(2026, 12, 1)

// wrong names the field against which an error stands, "" where there is none, the key
// of a refusal else.
func wrong(err error) string {
	if err == nil {
		return ""
	}
	f := fault.Of(err)
	for field := range f.Fields {
		return field
	}
	return f.Key
}

func TestHardshipIsWrittenInWords(t *testing.T) {
	t.Parallel()
	good := Hardship{Member: "m", Kind: Illness, What: "Nằm viện dài ngày", Since: when.On(2026, 10, 5)}
	for name, c := range map[string]struct {
		change func(*Hardship)
		want   string
	}{
		"as it is":         {func(*Hardship) {}, ""},
		"nobody":           {func(h *Hardship) { h.Member = "" }, "member"},
		"no kind":          {func(h *Hardship) { h.Kind = "luck" }, "kind"},
		"nothing said":     {func(h *Hardship) { h.What = " " }, "what"},
		"no day":           {func(h *Hardship) { h.Since = when.Date{} }, "since"},
		"a day to come":    {func(h *Hardship) { h.Since = today.AddDays(1) }, "since"},
		"since this day":   {func(h *Hardship) { h.Since = today }, ""},
		"far too much ink": {func(h *Hardship) { h.What = string(make([]rune, longest+1)) }, "what"},
	} {
		h := good
		c.change(&h)
		if got := wrong(h.check(today)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestHardshipEndsOnce(t *testing.T) {
	t.Parallel()
	h := Hardship{Member: "m", Since: when.On(2026, 10, 5)}
	if _, err := h.closed(when.On(2026, 10, 4), "Đã khỏe", today); wrong(err) != "on" {
		t.Errorf("over before it began: %v", err)
	}
	over, err := h.closed(when.On(2026, 11, 20), "Đã khỏe", today)
	if err != nil || over.Open() {
		t.Fatalf("%+v, %v", over, err)
	}
	if _, err := over.closed(today, "lần nữa", today); wrong(err) != "care.refused.closed" {
		t.Errorf("over twice: %v", err)
	}
}

func TestDeeds(t *testing.T) {
	t.Parallel()
	visit := Deed{Member: "m", Occasion: Sick, What: "Thăm tại nhà", DecidedOn: when.On(2026, 11, 3)}
	for name, c := range map[string]struct {
		change func(*Deed)
		want   string
	}{
		"a visit":                   {func(*Deed) {}, ""},
		"help without a hardship":   {func(d *Deed) { d.Occasion = Help }, "occasion"},
		"help in a hardship":        {func(d *Deed) { d.Occasion, d.Hardship = Help, "h" }, ""},
		"a visit within a hardship": {func(d *Deed) { d.Hardship = "h" }, "occasion"},
		"money owed":                {func(d *Deed) { d.Amount = -1 }, "amount"},
		"a slip of the hand":        {func(d *Deed) { d.Amount = most + 1 }, "amount"},
		"done before it was agreed": {func(d *Deed) { d.GivenOn = when.On(2026, 11, 2) }, "given_on"},
		"done tomorrow":             {func(d *Deed) { d.GivenOn = today.AddDays(1) }, "given_on"},
	} {
		d := visit
		c.change(&d)
		if got := wrong(d.check(today)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	done, err := visit.given(when.Date{}, today)
	if err != nil || done.GivenOn != today {
		t.Fatalf("%+v, %v", done, err)
	}
	if _, err := done.given(today, today); wrong(err) != "care.refused.given" {
		t.Errorf("done twice: %v", err)
	}
	if n, sum := Sums([]Deed{{Amount: 500_000}, {Amount: 300_000, GivenOn: today}, {GivenOn: today}}); n != 2 || sum != 300_000 {
		t.Errorf("%d deeds, %d đồng", n, sum)
	}
}

func TestWhoIsAskedOfTheirHome(t *testing.T) {
	t.Parallel()
	v := Residence{Homes: map[string]Home{
		"working": {Member: "working", Cell: "Chi bộ 3"}, "soldier": {Member: "soldier", Cell: "Chi bộ 3", Excuse: FarAway},
		"secret": {Member: "secret", Excuse: NotIntroduced}, "asked": {Member: "asked", Cell: "Chi bộ 4"}, "gone": {Member: "gone", Cell: "Chi bộ 5"},
	}, Comments: map[string]Comment{"asked": {DueOn: when.On(2026, 11, 30)}}}
	for _, id := range []string{"working", "soldier", "secret", "asked", "unknown"} {
		v.Roll = append(v.Roll, entry(id))
	}
	if all := v.toAsk(); len(all) != 1 || all[0].Member != "working" {
		t.Errorf("asked: %v", all)
	}
	if v.Overdue(when.On(2026, 11, 30)) != 0 || v.Overdue(when.On(2026, 12, 1)) != 1 {
		t.Error("a comment is overdue from the day after it was wanted")
	}
	k, err := v.Comments["asked"].answered(Reply{On: today, Merits: "Gương mẫu"}, today)
	if err != nil || !k.Came() || k.Overdue(today.AddDays(30)) {
		t.Errorf("%+v, %v", k, err)
	}
	for name, r := range map[string]Remark{
		"called": {Year: 2026, Called: -1, Merits: "x", On: today}, "came": {Year: 2026, Came: 3, Called: 2, Merits: "x", On: today},
		"merits": {Year: 2026, On: today}, "year": {Year: 2027, Merits: "x", On: today}, "": {Year: 2026, Came: 2, Called: 2, Merits: "x", On: today},
	} {
		if got := wrong(r.check(today)); got != name {
			t.Errorf("%+v: %q, want %q", r, got, name)
		}
	}
}
