package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"chibo/app"
	"chibo/app/world"
	"chibo/conference"
	"chibo/delegation"
	"chibo/kit/access"
	"chibo/kit/when"
)

// invited is how many people the conference has.
const invited = 1000

// invitations measures how long the office of a conference of a thousand waits for the file
// of all invitations, each with its QR code, from the press to the last byte.
func (b *bench) invitations(ctx context.Context) ([]goal, error) {
	clerk, page, err := b.fillConference(ctx)
	if err != nil {
		return nil, err
	}
	var took []float64
	size := 0
	for range b.rounds {
		p, err := b.serve(ctx, "conference")
		if err != nil {
			return nil, err
		}
		err = clerk.enter(ctx, p.address)
		begin := time.Now()
		if err == nil {
			size, err = clerk.print(ctx, page)
		}
		took = append(took, time.Since(begin).Seconds())
		if err := errors.Join(err, p.stop()); err != nil {
			return nil, err
		}
	}
	return []goal{{
		what: fmt.Sprintf("Invitations of a conference of %d people as one PDF, from the press to the whole file", invited), want: "under 10 s",
		figure: fmt.Sprintf("%.1f s, %.1f MB", median(took), float64(size)/(1<<20)), met: median(took) < 10,
	}}, nil
}

// print presses the button and returns the size of the file.
func (v *visitor) print(ctx context.Context, page string) (int, error) {
	status, body, err := v.ask(ctx, http.MethodPost, page+"/print")
	if err == nil && (status != http.StatusOK || !strings.HasPrefix(body, "%PDF")) {
		err = fmt.Errorf("the press: %d, no PDF", status)
	}
	return len(body), err
}

// fillConference makes a conference whose delegates have their numbers, and returns its clerk
// and the page of its delegates.
func (b *bench) fillConference(ctx context.Context) (v visitor, page string, err error) {
	now := when.On(2026, time.November, 5).At(9, 0)
	a, facts, err := b.world(ctx, "conference", world.Size{Cells: 1, People: 12, Months: 2, Seed: 1}, now)
	if err != nil {
		return v, "", err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	v.account = accountOf(facts, access.Clerk)
	clerk := app.Operator()
	x, err := a.Conferences.Open(ctx, clerk, conference.Conference{Organization: v.account.Organization, Title: "Tổ chức hội nghị chuyên đề sinh hoạt chi bộ mẫu"})
	if err != nil {
		return v, "", err
	}
	start := now.Date().AddDays(30).At(8, 0)
	if _, err := a.Conferences.AddSitting(ctx, clerk, x.ID, conference.Sitting{Title: "Sinh hoạt mẫu", StartsAt: start, EndsAt: start.Add(3 * time.Hour), Venue: "Hội trường", Address: "12 Bến Nước"}); err != nil {
		return v, "", err
	}
	line, err := a.Conferences.AddCategory(ctx, clerk, x.ID, conference.Category{Title: "Đại biểu mời", Source: conference.FromOffice, Quota: invited})
	if err != nil {
		return v, "", err
	}
	for n := range invited {
		if _, err := a.Delegations.Enter(ctx, clerk, x.ID, delegation.Delegate{Category: line.ID, Name: fmt.Sprintf("Đại Biểu %03d", n), Unit: fmt.Sprintf("Đơn vị %d", n%60)}); err != nil {
			return v, "", err
		}
	}
	_, err = a.Delegations.Issue(ctx, clerk, x.ID)
	return v, x.Path() + "/delegates", err
}
