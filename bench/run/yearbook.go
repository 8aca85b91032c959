package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"chibo/app/world"
	"chibo/bench/load"
	"chibo/kit/access"
	"chibo/kit/when"
)

// yearbook measures the making of a year book, from the press to the file: a cell of
// twelve sealed meetings, their minutes so long that the book has about three hundred
// pages, in a program that has just started.
func (b *bench) yearbook(ctx context.Context) ([]goal, error) {
	y, err := b.fillYear(ctx)
	if err != nil {
		return nil, err
	}
	var took, most []float64
	pages := 0
	for n := range b.rounds {
		p, err := b.serve(ctx, "year")
		if err != nil {
			return nil, err
		}
		if err := y.enter(ctx, p.address); err != nil {
			return nil, errors.Join(err, p.stop())
		}
		if n == 0 {
			err = y.lengthen(ctx)
		}
		begin := time.Now()
		if err == nil {
			pages, err = y.bind(ctx)
		}
		took = append(took, time.Since(begin).Seconds())
		most = append(most, float64(load.Peak(p.process()))/(1<<20))
		if err := errors.Join(err, p.stop()); err != nil {
			return nil, err
		}
	}
	return []goal{{
		what: "Year book of a cell, twelve meetings, from the press to PDF and Word", want: "300 pages in at most 5 s, at most 200 MB",
		figure: fmt.Sprintf("%d pages in %.1f s, at most %.0f MB resident", pages, median(took), median(most)),
		met:    pages >= 300 && median(took) <= 5 && median(most) <= 200,
	}}, nil
}

// yearCell is the cell whose year is bound, and by whom.
type yearCell struct {
	visitor
	year     int
	meetings []string
}

// fillYear makes a cell that has held and sealed all meetings of a year.
func (b *bench) fillYear(ctx context.Context) (y yearCell, err error) {
	y.year = 2026
	a, facts, err := b.world(ctx, "year", world.Size{Cells: 1, People: 30, Months: 14, Seed: 1}, when.On(y.year+1, time.February, 5).At(9, 0))
	if err != nil {
		return y, err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	y.account = accountOf(facts, access.Secretary)
	y.meetings, err = sealedIn(ctx, a.DB, y.account.Organization, y.year)
	if err == nil && len(y.meetings) != 12 {
		err = fmt.Errorf("%d sealed meetings in %d", len(y.meetings), y.year)
	}
	return y, err
}

// lengthen seals an addition of about ten pages to the minutes of each meeting.
func (y *yearCell) lengthen(ctx context.Context) error {
	text := strings.Repeat("Đồng chí nêu tình hình các ngõ, việc đã làm và việc còn vướng, đề nghị chi bộ phân công cụ thể từng đảng viên phụ trách từng nhóm hộ.\n\n", 205)
	for _, id := range y.meetings {
		status, _, err := y.ask(ctx, http.MethodPost, "/meetings/"+id+"/minutes/additions", "text", text, "reason", "Ghi đủ ý kiến", "secret", y.account.Password)
		if err != nil || status >= 400 {
			return fmt.Errorf("an addition: %d, %w", status, err)
		}
	}
	return nil
}

// bind presses the button, waits for the book, and returns how many pages it has.
func (y *yearCell) bind(ctx context.Context) (int, error) {
	page := fmt.Sprintf("/years/%s/%d", y.account.Organization, y.year)
	if status, _, err := y.ask(ctx, http.MethodPost, page+"/books/open"); err != nil || status >= 400 {
		return 0, fmt.Errorf("the press: %d, %w", status, err)
	}
	for {
		_, body, err := y.ask(ctx, http.MethodGet, page+"/books/open")
		if err != nil {
			return 0, err
		}
		if strings.Contains(body, `role="status"`) {
			time.Sleep(200 * time.Millisecond)
			continue
		}
		if m := pagesMade.FindStringSubmatch(body); m != nil {
			return strconv.Atoi(m[1])
		}
		return 0, errors.New("no book was made")
	}
}

// pagesMade is what the page says of a book: "312 trang, 77 tài liệu".
var pagesMade = regexp.MustCompile(`(\d+) trang, \d+ tài liệu`)
