package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"chibo/app"
	"chibo/app/world"
	"chibo/bench/ward"
	"chibo/kit/access"
	"chibo/kit/sheet"
	"chibo/kit/when"
	"chibo/organization"
)

const (
	// rollRows and mostRollRows are how many people the roll of a large cell has, and the largest
	// table that the program takes, which has a line for the header besides.
	rollRows     = 600
	mostRollRows = 20_000 - 1
	// besideFor is how long people check in while rolls come in, in a ward of people enough.
	besideFor = 20 * time.Second
)

// imports measures rolls that a clerk brings in through the pages: the upload, the page that shows
// what it would do, and the press that writes it, each into a cell that has nobody yet.
func (b *bench) imports(ctx context.Context) ([]goal, error) {
	b, err := b.apart(ctx, "import", apartCells)
	if err != nil {
		return nil, err
	}
	cells, err := b.emptyCells(ctx, 10*b.rounds+2*int(besideFor.Seconds())+8)
	if err != nil {
		return nil, err
	}
	p, err := b.program(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = p.stop() }()
	if err := b.look(ctx, p); err != nil {
		return nil, err
	}
	c := &clerk{visitor: visitor{account: accountOf(world.Facts{Accounts: b.ward.Accounts}, access.Clerk)}, cells: cells}
	if err := c.enter(ctx, p.address); err != nil {
		return nil, err
	}
	bare, err := openBare(ctx, b.path("bare.db"))
	if err != nil {
		return nil, err
	}
	defer func() { _ = bare.close() }()
	var goals []goal
	for _, one := range []struct {
		kind string
		most time.Duration
	}{{"csv", 60 * time.Millisecond}, {"xlsx", 110 * time.Millisecond}} {
		g, err := b.rolls(ctx, c, bare, one.kind, one.most)
		if err != nil {
			return nil, err
		}
		goals = append(goals, g)
	}
	together, err := b.rollsBeside(ctx, p, c)
	if err != nil {
		return nil, err
	}
	large, err := b.largeRolls(ctx, c, bare)
	return append(append(goals, together...), large), err
}

// rolls brings in rolls of one kind of file, and as many into the bare table, in turn.
func (b *bench) rolls(ctx context.Context, c *clerk, bare *bareTable, kind string, want time.Duration) (goal, error) {
	var own, uploads, previews, confirms, least []float64
	for n := range 4*b.rounds + 1 {
		file, err := c.roll(kind, rollRows)
		if err != nil {
			return goal{}, err
		}
		took, err := bare.take(ctx, kind, file)
		if err != nil {
			return goal{}, err
		}
		t, err := c.bring(ctx, kind, file, rollRows)
		if err != nil {
			return goal{}, err
		}
		if n == 0 {
			continue // warms both up
		}
		least = append(least, ms(took))
		uploads, previews, confirms = append(uploads, ms(t.upload)), append(previews, ms(t.preview)), append(confirms, ms(t.confirm))
		own = append(own, ms(t.upload+t.preview+t.confirm))
	}
	ratio := median(own) / median(least)
	return goal{
		what:   fmt.Sprintf("A roll of %d people and %d columns as %s, brought in by a clerk, %d times: upload, page of what it would do, press", rollRows, len(rollHeader), kind, len(own)),
		want:   fmt.Sprintf("p50 at most %d ms, 4 × bare reading and inserting", want.Milliseconds()),
		figure: fmt.Sprintf("p50 %.0f ms: %.0f + %.0f + %.0f", median(own), median(uploads), median(previews), median(confirms)),
		ratio:  fmt.Sprintf("%.1f × bare (%.0f ms)", ratio, median(least)),
		met:    median(own) <= ms(want) && ratio <= 4,
	}, nil
}

// rollsBeside has people check in, then others while rolls come in as fast as a clerk could at best, and
// others while they come in as fast as only a tool does.
func (b *bench) rollsBeside(ctx context.Context, p *server, c *clerk) ([]goal, error) {
	third := int64(b.cells) * ward.People / 3
	last := min(besideFor, time.Duration(third)*time.Second/besideRate*9/10)
	quiet, err := b.beside(ctx, p, 0, last)
	if err != nil {
		return nil, err
	}
	var goals []goal
	for n, every := range []time.Duration{5 * time.Second, time.Second} {
		rolls, ended := 0, make(chan error, 1)
		until := time.Now().Add(last)
		go func() {
			var failed error
			for next := time.Now(); failed == nil && next.Before(until); next = next.Add(every) {
				time.Sleep(time.Until(next))
				var file []byte
				if file, failed = c.roll("csv", rollRows); failed == nil {
					_, failed = c.bring(ctx, "csv", file, rollRows)
				}
				rolls++
			}
			ended <- failed
		}()
		busy, err := b.beside(ctx, p, int64(n+1)*third, last)
		if err := errors.Join(err, <-ended); err != nil {
			return nil, err
		}
		times := ms(busy.P99) / ms(quiet.P99)
		goals = append(goals, goal{
			what: fmt.Sprintf("%d check-ins a second for %v while a roll of %d comes in every %v", besideRate, last.Round(time.Second), rollRows, every),
			want: "p99 at most 1.5 × that of quiet minutes", figure: fmt.Sprintf("%d and %d rolls, p50 %.1f, p99 %.1f, longest %.0f ms", busy.Done, rolls, ms(busy.P50), ms(busy.P99), ms(busy.Max)),
			ratio: fmt.Sprintf("p99 %.1f × quiet (%.1f ms)", times, ms(quiet.P99)),
			met:   times <= 1.5 && busy.Broken == 0 && busy.Done == total(busy.Statuses),
		})
	}
	return goals, nil
}

// largeRolls brings in the largest tables that the program takes.
func (b *bench) largeRolls(ctx context.Context, c *clerk, bare *bareTable) (goal, error) {
	var sum, least times
	for range b.rounds {
		file, err := c.roll("csv", mostRollRows)
		if err != nil {
			return goal{}, err
		}
		took, err := bare.take(ctx, "csv", file)
		if err != nil {
			return goal{}, err
		}
		t, err := c.bring(ctx, "csv", file, mostRollRows)
		if err != nil {
			return goal{}, err
		}
		sum = times{sum.upload + t.upload, sum.preview + t.preview, sum.confirm + t.confirm}
		least.confirm += took
	}
	rows := float64(b.rounds * mostRollRows)
	whole := sum.upload + sum.preview + sum.confirm
	perSecond, ratio := rows/whole.Seconds(), whole.Seconds()/least.confirm.Seconds()
	return goal{
		what: fmt.Sprintf("%.0f rows as CSV, %d in a file, which is the most that the program takes", rows, mostRollRows), want: "at least 40,000 rows a second, 4 × bare",
		figure: fmt.Sprintf("%.0f rows a second, the press alone %.0f; %.1f s: %.1f + %.1f + %.1f", perSecond, rows/sum.confirm.Seconds(),
			whole.Seconds(), sum.upload.Seconds(), sum.preview.Seconds(), sum.confirm.Seconds()),
		ratio: fmt.Sprintf("%.1f × bare (%.0f rows a second)", ratio, rows/least.confirm.Seconds()),
		met:   perSecond >= 40_000 && ratio <= 4,
	}, nil
}

// emptyCells founds cells of the ward that have nobody, and returns their ids.
func (b *bench) emptyCells(ctx context.Context, n int) (ids []string, err error) {
	err = b.inside(ctx, func(a *app.App) error {
		who, top, err := b.founder(ctx, a)
		if err != nil {
			return err
		}
		for i := range n {
			cell, err := a.Organizations.Add(ctx, who, top.ID, organization.Organization{Level: organization.Cell, Kind: organization.Residential, Name: fmt.Sprintf("Chi bộ mới %d", i+1)})
			if err != nil {
				return err
			}
			ids = append(ids, cell.ID)
		}
		return a.Supervision.Recount(ctx, access.Whole("", "/"))
	})
	return ids, err
}

// clerk brings rolls in, each into the next of the cells.
type clerk struct {
	visitor
	cells []string
	next  int // of the cells
	cards int // that were given out
}

// times is how long the three steps of an import took.
type times struct{ upload, preview, confirm time.Duration }

// planned are the hidden fields by which what was seen is confirmed.
var planned = regexp.MustCompile(`name="(id|digest)" value="([^"]*)"`)

// bring brings a roll in and returns how long it took; all its rows must be taken.
func (c *clerk) bring(ctx context.Context, kind string, file []byte, rows int) (t times, err error) {
	cell := c.cells[c.next]
	c.next++
	body, contentType, err := fileForm(cell, "roll."+kind, file)
	if err != nil {
		return t, err
	}
	begin := time.Now()
	_, at, err := c.do(ctx, http.MethodPost, "/members/import", contentType, body)
	t.upload = time.Since(begin)
	if err != nil {
		return t, err
	}
	begin = time.Now()
	page, _, err := c.do(ctx, http.MethodGet, at, "", nil)
	t.preview = time.Since(begin)
	if err != nil {
		return t, err
	}
	press := url.Values{}
	for _, m := range planned.FindAllStringSubmatch(page, -1) {
		press.Set(m[1], m[2])
	}
	begin = time.Now()
	_, at, err = c.do(ctx, http.MethodPost, "/members/import/confirm", form, []byte(press.Encode()))
	t.confirm = time.Since(begin)
	if err != nil {
		return t, err
	}
	done, _, err := c.do(ctx, http.MethodGet, at, "", nil)
	if err == nil && !strings.Contains(done, fmt.Sprintf("Đã ghi đủ: %d đồng chí", rows)) {
		err = fmt.Errorf("not all of %d rows are on the roll: %.1500s", rows, done[max(0, strings.Index(done, "<main")):])
	}
	return t, err
}

// do asks for something that is not followed further, and returns the page and where it leads.
func (c *clerk) do(ctx context.Context, method, path, kind string, body []byte) (page, at string, err error) {
	r, err := http.NewRequestWithContext(ctx, method, c.address+path, bytes.NewReader(body))
	if err != nil {
		return "", "", err
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	client := *c.client
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	answer, err := client.Do(r)
	if err != nil {
		return "", "", err
	}
	text, err := io.ReadAll(answer.Body)
	err = errors.Join(err, answer.Body.Close())
	if err == nil && (method == http.MethodPost && answer.StatusCode != http.StatusSeeOther || method == http.MethodGet && answer.StatusCode != http.StatusOK) {
		err = fmt.Errorf("%s %s: %s: %.2000s", method, path, answer.Status, text)
	}
	return string(text), answer.Header.Get("Location"), err
}

// fileForm is the form by which a browser sends a file for a cell.
func fileForm(cell, name string, file []byte) ([]byte, string, error) {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, err := w.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write(file)
	}
	err = errors.Join(err, w.WriteField("organization", cell), w.Close())
	return body.Bytes(), w.FormDataContentType(), err
}

var rollHeader = []string{
	"TT", "Họ và tên", "Giới tính", "Ngày sinh", "Dân tộc", "Quê quán", "Số thẻ đảng viên", "Ngày vào Đảng", "Ngày chính thức", "Trình độ chuyên môn", "Lý luận chính trị", "Chức vụ, công việc",
}

var (
	families = []string{"Trần", "Lê", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương"}
	middles  = []string{"Văn", "Thị", "Đức", "Thu", "Minh", "Ngọc", "Quang", "Thanh"}
	givens   = []string{"An", "Bình", "Chi", "Dũng", "Giang", "Hòa", "Khánh", "Lan", "Mai", "Nam", "Oanh", "Phúc", "Quyên", "Sơn", "Thảo", "Uyên", "Vinh", "Xuân", "Yến"}
)

// roll makes a file with so many made-up people, whose cards nobody else has.
func (c *clerk) roll(kind string, rows int) ([]byte, error) {
	t := sheet.Table{Name: "Đảng viên", Header: rollHeader, Widths: make([]float64, len(rollHeader))}
	for i := range t.Widths {
		t.Widths[i] = 15
	}
	for i := range rows {
		c.cards++
		n := c.cards
		born := when.On(1950, time.January, 1).AddDays(n * 7 % 10_900) // nobody is admitted as a child
		joined := when.On(2000, time.January, 1).AddDays(n * 3 % 7_000)
		t.Rows = append(t.Rows, []any{
			i + 1, families[n%10] + " " + middles[n/10%8] + " " + givens[n/80%19], []string{"Nam", "Nữ"}[n%2], born.Slashed(), "Kinh", "Sông Xanh, Bến Hồ",
			fmt.Sprintf("9%08d", n), joined.Slashed(), joined.AddDays(366).Slashed(), "Đại học", "Trung cấp", []string{"Giáo viên", "Nông dân", "Hưu trí"}[n%3],
		})
	}
	if kind == "csv" {
		return t.CSV(), nil
	}
	return t.XLSX()
}
