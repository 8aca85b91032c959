package world

import (
	"context"
	"fmt"
	"slices"

	"chibo/directive"
	"chibo/kit/access"
	"chibo/kit/when"
	"chibo/library"
	"chibo/organization"
)

// directives returns the steps in which the ward sends three paragraphs down: one that the
// cells had on the agenda of the last month, one as a task, one that is fresh.
func (b *builder) directives(last when.Month, now when.Instant) []step {
	met := b.cells[0].settings.StartsAt(last).Date()
	yesterday := now.Date().AddDays(-1)
	return []step{
		{met.AddDays(-14).At(9, 0), func(ctx context.Context) error {
			return b.sendDown(ctx, wardPlan(met.AddDays(-16)), directive.Order{
				Origin: directive.Committee, Form: directive.ForAgenda, Title: "Quán triệt Kế hoạch nâng cao chất lượng sinh hoạt chi bộ của Đảng ủy phường",
				Due: met.AddDays(20), Kinds: organization.Kinds,
			}, 0)
		}},
		{met.AddDays(4).At(9, 0), func(ctx context.Context) error {
			return b.sendDown(ctx, wardProgramme(met.AddDays(2)), directive.Order{
				Origin: directive.Programme, Form: directive.ForWork, Title: "Rà soát, bổ sung hồ sơ đảng viên của chi bộ",
				Due: met.AddDays(40), Kinds: []organization.Kind{organization.Residential, organization.School},
			}, 1)
		}},
		{yesterday.At(9, 0), func(ctx context.Context) error {
			return b.sendDown(ctx, frontCall(yesterday.AddDays(-2)), directive.Order{
				Origin: directive.Front, Form: directive.ForAgenda, Title: "Phát động phong trào “Ngày Chủ nhật xanh” ở khu dân cư",
				Due: yesterday.AddDays(45), Kinds: []organization.Kind{organization.Residential},
			}, 0)
		}},
	}
}

// sendDown enters a document of the ward and sends one of its paragraphs.
func (b *builder) sendDown(ctx context.Context, e library.Entry, o directive.Order, paragraph int) error {
	office := slices.IndexFunc(b.accounts, func(a Account) bool { return a.Role == access.Clerk })
	who := b.person(b.accounts[office], b.ward)
	e.Organization = b.ward.ID
	d, err := b.app.Library.Enter(ctx, who, e)
	if err != nil {
		return fmt.Errorf("document %s: %w", e.Number, err)
	}
	o.Organization, o.Document, o.Text = b.ward.ID, d.ID, d.Paragraphs()[paragraph]
	sent, err := b.app.Directives.Send(ctx, who, o)
	if err != nil {
		return fmt.Errorf("directive from %s: %w", e.Number, err)
	}
	for n, c := range b.cells {
		if n%3 == 2 {
			continue // has not opened it
		}
		if err := b.app.Directives.Read(ctx, c.secretary, sent.ID); err != nil {
			return fmt.Errorf("%s reads %s: %w", c.name, e.Number, err)
		}
	}
	return nil
}

func wardPlan(on when.Date) library.Entry {
	return library.Entry{
		Level: library.Base, Number: "21-KH/ĐU", Kind: "Kế hoạch", Body: "Đảng ủy phường Sông Xanh", Date: on,
		Title: "về nâng cao chất lượng sinh hoạt chi bộ", Text: `Mỗi chi bộ quán triệt Kế hoạch này trong kỳ sinh hoạt gần nhất; bí thư gợi ý trước ba câu hỏi trọng tâm để đảng viên chuẩn bị ý kiến.

Đảng ủy viên phụ trách dự sinh hoạt với chi bộ ít nhất mỗi quý một lần.`,
	}
}

func wardProgramme(on when.Date) library.Entry {
	return library.Entry{
		Level: library.Base, Number: "22-CTr/ĐU", Kind: "Chương trình", Body: "Đảng ủy phường Sông Xanh", Date: on,
		Title: "công tác tháng tới của Đảng ủy phường", Text: `Sơ kết công tác dân vận, báo cáo Ban Thường vụ.

Chi bộ khu phố, trường học rà soát hồ sơ đảng viên, bổ sung giấy tờ còn thiếu, gửi danh sách về Văn phòng Đảng ủy.`,
	}
}

func frontCall(on when.Date) library.Entry {
	return library.Entry{
		Level: library.Base, Number: "05-TTr/MTTQ", Kind: "Tờ trình", Body: "Ủy ban Mặt trận Tổ quốc phường Sông Xanh", Date: on,
		Title: "phối hợp phát động phong trào “Ngày Chủ nhật xanh”", Text: `Đề nghị các chi bộ khu phố đưa nội dung phong trào vào sinh hoạt, phân công đảng viên gương mẫu tham gia dọn vệ sinh sáng Chủ nhật.`,
	}
}
