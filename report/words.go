package report

import "chibo/kit/locale"

// words say what is missing: "Tháng 07/2026: không có kỳ sinh hoạt".
func (g Gap) words(l locale.L) string {
	return l.T("report.gap."+string(g.Kind), "Month", l.Month(g.Month), "Title", g.Title)
}
