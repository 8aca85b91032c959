package app

import (
	"context"

	"chibo/document"
	"chibo/kit/db"
	"chibo/organization"
)

// inspections is the part of a year book that lists who has shown their notebook: for the
// committee of the cell, which inspects them.
func (a *App) inspections(ctx context.Context, q db.Q, cell organization.Organization, year int, full bool) (document.Part, error) {
	part := document.Part{Title: "Kiểm tra sổ tay đảng viên"}
	if !full {
		return part, nil
	}
	d, there, err := a.Notebooks.Bound(ctx, q, cell, year)
	if there {
		part.Chapters = []document.Chapter{{Title: "Danh sách kiểm tra sổ tay trong năm", Doc: d}}
	}
	return part, err
}
