package hall

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/member"
	"chibo/proceedings"
)

var evening = when.On(2026, 12, 3).At(19, 30)

func newDoor() Door {
	return Door{Root: "r", Meeting: id.New(), Key: newKey(), Projector: true, Poster: true}
}

// TestHowLongACodeIsGood: in its own half minute and in the one before and after.
func TestHowLongACodeIsGood(t *testing.T) {
	t.Parallel()
	d := newDoor()
	shown := when.Instant(turn(evening) * window.Milliseconds()) // a window begins
	c := d.CodeAt(proceedings.Self, shown)
	for after, good := range map[time.Duration]bool{
		-31 * time.Second:                  false,
		-30 * time.Second:                  true, // the clock of the asked is behind
		0:                                  true,
		29 * time.Second:                   true,
		59*time.Second + 999*1_000_000:     true,
		time.Minute:                        false,
		90 * time.Second:                   false,
		24 * time.Hour:                     false,
		time.Duration(c.Until-shown) * 1e6: false,
	} {
		at := shown.Add(after)
		if _, ok := d.knowsDigits(c.Digits, at); ok != good {
			t.Errorf("%v after it was shown: digits good %v", after, ok)
		}
		_, link, _ := readToken(c.Token)
		if via, ok := d.knowsLink(link, at); ok != good || ok && via != proceedings.Self {
			t.Errorf("%v after it was shown: link good %v by %q", after, ok, via)
		}
	}
	if c.Until != shown.Add(time.Minute) {
		t.Errorf("good until %v", c.Until.Sub(shown))
	}
}

func TestWhichCodesADoorTakes(t *testing.T) {
	t.Parallel()
	d := newDoor()
	other := newDoor()
	sameKey := Door{Meeting: id.New(), Key: d.Key, Projector: true, Poster: true}
	noPoster, onlyPoster := d, d
	noPoster.Poster, onlyPoster.Projector = false, false
	changing, poster := d.CodeAt(proceedings.Self, evening), d.CodeAt(proceedings.Poster, evening)
	for name, c := range map[string]struct {
		door Door
		code Code
		via  proceedings.Via
		good bool
	}{
		"the changing code":             {d, changing, proceedings.Self, true},
		"the poster":                    {d, poster, proceedings.Poster, true},
		"the poster of a later hour":    {d, d.CodeAt(proceedings.Poster, evening.Add(2*time.Hour)), proceedings.Poster, true},
		"another door":                  {other, changing, "", false},
		"another door's poster":         {other, poster, "", false},
		"the same key, another meeting": {sameKey, changing, "", false},
		"a poster that is not allowed":  {noPoster, poster, "", false},
		"only posters are allowed":      {onlyPoster, changing, "", false},
	} {
		_, link, ok := readToken(c.code.Token)
		if !ok {
			t.Fatalf("%s: no token", name)
		}
		if via, good := c.door.knowsLink(link, evening); good != c.good || via != c.via {
			t.Errorf("%s: link good %v by %q", name, good, via)
		}
		if via, good := c.door.knowsDigits(c.code.Digits, evening); good != c.good || via != c.via {
			t.Errorf("%s: digits good %v by %q", name, good, via)
		}
	}
	if changing.Token == poster.Token || strings.Contains(changing.Token, changing.Digits) {
		t.Error("codes tell of each other")
	}
}

func TestTokensThatAreNone(t *testing.T) {
	t.Parallel()
	good := newDoor().CodeAt(proceedings.Self, evening).Token
	for _, s := range []string{"", "a", good[1:], good + "A", good[:42] + "=", strings.Repeat("/", 43), strings.Repeat("A", 4000), "ten", "xong"} {
		if _, _, ok := readToken(s); ok {
			t.Errorf("%q is read as a token", s)
		}
	}
}

func TestDigitsAreSix(t *testing.T) {
	t.Parallel()
	d := newDoor()
	for n := range 200 {
		c := d.CodeAt(proceedings.Self, evening.Add(time.Duration(n)*window))
		if len(c.Digits) != codeDigits || onlyDigits(c.Grouped()) != c.Digits {
			t.Fatalf("%q", c.Digits)
		}
	}
}

// TestTwoDoorsOfOneCode: 1,500 doors have 6,000 codes at a time; those that two of them
// share are found as such.
func TestTwoDoorsOfOneCode(t *testing.T) {
	t.Parallel()
	all := make([]Entrance, 1500)
	of := map[string]Entrance{}
	for n := range all {
		all[n] = Entrance{Door: newDoor(), StartsAt: evening, State: meeting.Open, BegunAt: evening}
		of[all[n].Meeting] = all[n]
	}
	clashes := 0
	for digits, meetings := range byDigits(all, evening) {
		if len(meetings) > 1 {
			clashes++
		}
		for _, m := range meetings {
			if _, ok := of[m].knowsDigits(digits, evening); !ok {
				t.Fatalf("%s is no code of its door", digits)
			}
		}
	}
	if clashes == 0 {
		t.Error("no two doors have shared a code: the test shows nothing")
	}
}

func TestTickets(t *testing.T) {
	t.Parallel()
	d := newDoor()
	until := evening.Add(ticketLife)
	good := Ticket{Meeting: d.Meeting, Via: proceedings.Poster, Until: until}.Seal(d, "device")
	for name, c := range map[string]struct {
		door           Door
		cookie, device string
		at             when.Instant
		good           bool
	}{
		"as it was given":             {d, good, "device", evening, true},
		"in its last moment":          {d, good, "device", until - 1, true},
		"run out":                     {d, good, "device", until, false},
		"on another device":           {d, good, "other", evening, false},
		"without a device":            {d, Ticket{Meeting: d.Meeting, Until: until}.Seal(d, ""), "", evening, false},
		"at another door":             {newDoor(), good, "device", evening, false},
		"for another meeting":         {d, Ticket{Meeting: id.New(), Until: until}.Seal(d, "device"), "device", evening, false},
		"made by hand":                {d, strings.Repeat("A", len(good)), "device", evening, false},
		"with a letter changed":       {d, "B" + good[1:], "device", evening, false},
		"with its seal cut off":       {d, good[:30], "device", evening, false},
		"nothing":                     {d, "", "device", evening, false},
		"a code in place of a ticket": {d, d.CodeAt(proceedings.Self, evening).Token, "device", evening, false},
	} {
		got, ok := c.door.admits(c.cookie, c.device, c.at)
		if ok != c.good || ok && (got.Via != proceedings.Poster || got.Until != until) {
			t.Errorf("%s: %v %+v", name, ok, got)
		}
	}
	if d.deviceMark("device") == newDoor().deviceMark("device") {
		t.Error("a device is known again at another meeting")
	}
}

func TestWhenADoorIsOpen(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		state meeting.State
		begun when.Instant
		shut  bool
		at    time.Duration // from the start
		want  string
	}{
		"two hours before":          {meeting.Noticed, 0, false, -2 * time.Hour, ""},
		"earlier":                   {meeting.Noticed, 0, false, -2*time.Hour - time.Second, "hall.problem.early"},
		"opened early":              {meeting.Open, evening.Add(-3 * time.Hour), false, -3 * time.Hour, ""},
		"while it goes on":          {meeting.Open, evening, false, time.Hour, ""},
		"not opened in time":        {meeting.Noticed, 0, false, time.Hour, ""},
		"a draft":                   {meeting.Draft, 0, false, 0, "hall.problem.early"},
		"shut by hand":              {meeting.Open, evening, true, time.Hour, "hall.problem.shut"},
		"closed":                    {meeting.Closed, evening, false, time.Hour, "hall.problem.over"},
		"closed and shut":           {meeting.Closed, evening, true, time.Hour, "hall.problem.over"},
		"sealed":                    {meeting.Sealed, evening, false, time.Hour, "hall.problem.over"},
		"forgotten":                 {meeting.Open, evening, false, 12 * time.Hour, "hall.problem.over"},
		"opened the next morning":   {meeting.Open, evening.Add(13 * time.Hour), false, 14 * time.Hour, ""},
		"never opened, a day later": {meeting.Noticed, 0, false, 24 * time.Hour, "hall.problem.over"},
	} {
		e := Entrance{StartsAt: evening, State: c.state, BegunAt: c.begun}
		if c.shut {
			e.ShutAt = evening
		}
		err := e.Ajar(evening.Add(c.at))
		if (err == nil) != (c.want == "") || err != nil && fault.Of(err).Key != c.want {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	var roll []member.Entry
	for n, name := range []string{"Trần Văn Hòa", "Lê Thị Minh", "Đỗ Đức Anh"} {
		roll = append(roll, member.Entry{Member: member.Member{ID: fmt.Sprint(n), FullName: name}, Standing: member.Official})
	}
	for n := range 9 {
		roll = append(roll, member.Entry{Member: member.Member{ID: fmt.Sprint(3 + n), FullName: fmt.Sprintf("Nguyễn Văn %c", 'A'+n)}, Standing: member.Probationary})
	}
	roll = append(roll,
		member.Entry{Member: member.Member{ID: "barred", FullName: "Vũ Hòa"}, Standing: member.Suspended},
		member.Entry{Member: member.Member{ID: "gone", FullName: "Mai Hòa"}, Standing: member.Moved})
	for typed, want := range map[string]struct {
		ids  string
		more bool
		err  bool
	}{
		"hoa":         {"[0]", false, false},
		"HÒA":         {"[0]", false, false},
		"van hoa":     {"[0]", false, false},
		"do duc":      {"[2]", false, false},
		"đỗ":          {"[2]", false, false},
		"nguyen":      {"[3 4 5 6 7 8 9 10]", true, false},
		"zz":          {"[]", false, false},
		"h":           {"[]", false, true},
		" h ":         {"[]", false, true},
		"%":           {"[]", false, true},
		"":            {"[]", false, true},
		"van nguyen ": {"[]", false, false},
	} {
		found, more, err := match(roll, typed)
		ids := []string{}
		for _, e := range found {
			ids = append(ids, e.ID)
		}
		if fmt.Sprint(ids) != want.ids || more != want.more || (err != nil) != want.err {
			t.Errorf("%q: %v, more %v, %v", typed, ids, more, err)
		}
	}
}

func TestLastDigits(t *testing.T) {
	t.Parallel()
	for want, m := range map[string]member.Member{
		"[]":          {CardNumber: "123"},
		"[5678]":      {CardNumber: "12345678"},
		"[5678 0001]": {CardNumber: "12345678", Phone: "+84900000001"},
		"[0001]":      {Phone: "0900000001"},
	} {
		if got := fmt.Sprint(lastDigits(m.CardNumber, m.Phone)); got != want {
			t.Errorf("%+v: %s, want %s", m, got, want)
		}
	}
}
