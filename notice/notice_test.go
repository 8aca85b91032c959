package notice_test

import (
	"encoding/json"
	"testing"

	"chibo/kit/when"
	"chibo/notice"
)

func message() notice.Message {
	return notice.Message{Root: "r", Organization: "cell", Key: "task.told.given", Args: notice.Args{"Title": "Trồng cây", "Due": "03/12/2026"}, URL: "/tasks/1", Subject: "m12", At: 1000}
}

func TestMessageCheck(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		change func(*notice.Message)
		ok     bool
	}{
		"as it is":            {func(*notice.Message) {}, true},
		"no moment":           {func(m *notice.Message) { m.At = 0 }, false},
		"no key":              {func(m *notice.Message) { m.Key = "" }, false},
		"no unit":             {func(m *notice.Message) { m.Organization = "" }, false},
		"another site":        {func(m *notice.Message) { m.URL = "https://elsewhere.example/" }, false},
		"another site, sly":   {func(m *notice.Message) { m.URL = "//elsewhere.example/" }, false},
		"another site, slyer": {func(m *notice.Message) { m.URL = `/\elsewhere.example/` }, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := message()
			tt.change(&m)
			if err := m.Check(); (err == nil) != tt.ok {
				t.Errorf("Check = %v", err)
			}
		})
	}
}

func TestArgsKeepNumbersAsWritten(t *testing.T) {
	t.Parallel()
	stored, err := notice.Args{"Count": 1_200_000, "Name": "Hòa"}.Value()
	if err != nil {
		t.Fatal(err)
	}
	var back notice.Args
	if err := back.Scan(stored); err != nil || back["Count"] != json.Number("1200000") || back["Name"] != "Hòa" {
		t.Errorf("%v, %v", back, err)
	}
}

func TestToldIsTheFirstWay(t *testing.T) {
	t.Parallel()
	tick := func(member string, way notice.Way, at when.Instant) notice.Tick {
		return notice.Tick{Member: member, Way: way, At: at}
	}
	told := notice.Told([]notice.Tick{tick("hoa", notice.App, 30), tick("hoa", notice.Phone, 10), tick("minh", notice.Paper, 20)})
	if len(told) != 2 || told["hoa"].Way != notice.Phone || told["minh"].Way != notice.Paper {
		t.Errorf("%v", told)
	}
}

func TestParseWay(t *testing.T) {
	t.Parallel()
	for _, w := range notice.Ways {
		if got, err := notice.ParseWay(string(w)); err != nil || got != w {
			t.Errorf("%s: %v", w, err)
		}
	}
	if _, err := notice.ParseWay("pigeon"); err == nil {
		t.Error("an unknown way is taken")
	}
}
