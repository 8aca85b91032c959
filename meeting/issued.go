package meeting

import (
	"context"

	"chibo/document"
	"chibo/kit/db"
	"chibo/member"
	"chibo/organization"
)

// Issued returns the papers with which a meeting was called, its notice and its
// programme, as they were given last; none for a meeting of which no notice was given.
func Issued(ctx context.Context, q db.Q, m Meeting, cell organization.Organization) ([]document.Doc, error) {
	given, err := Notices(ctx, q, m.Root, m.ID)
	if err != nil || len(given) == 0 {
		return nil, err
	}
	d := dossier{Cell: cell, Notice: given[len(given)-1]}
	if d.Preparation, err = PreparationOf(ctx, q, m); err != nil {
		return nil, err
	}
	people := []string{m.Chair}
	for _, i := range d.Items {
		people = append(people, i.Presenter)
	}
	if d.Names, err = member.Names(ctx, q, m.Root, people...); err != nil {
		return nil, err
	}
	return []document.Doc{d.noticeDoc(), d.agendaDoc()}, nil
}
