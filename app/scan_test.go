package app_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/db"
	"chibo/kit/scan/scantest"
)

// TestFilesAreScanned sends files to every route that takes some while a real clamd looks into
// them: what is clean comes in, the file by which scanners are tried is refused with words
// wherever it hides and stands in the log of deeds, and nothing of it is kept. Once the scanner
// is silent nothing comes in any more, unless that is wanted.
func TestFilesAreScanned(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	all := doors(t, w)
	d := scantest.Start(t)
	w.App.Scanner = d.Scanner
	send := func(x door, p packet) worldtest.Answer { return w.As(x.who).Do(sending(t, x.path, p, x.fields)) }
	refused := func(when, words string, bring func(door) packet) {
		t.Helper()
		kept := filesUnder(t, w)
		for _, x := range all {
			if a := send(x, bring(x)); a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Body, words) {
				t.Errorf("%s, %s: %d\n%.800s", x.Pattern, when, a.Status, a.Body)
			}
		}
		if left := filesUnder(t, w); !slices.Equal(kept, left) {
			t.Errorf("%s: files are kept: %v, before %v", when, left, kept)
		}
	}
	taken := func(when string) {
		t.Helper()
		for _, x := range all {
			if a := send(x, x.good); a.Status >= http.StatusBadRequest {
				t.Errorf("%s, %s: %d\n%.800s", x.Pattern, when, a.Status, a.Body)
			}
		}
	}
	const infected, unscanned = "Máy quét thấy mã độc", "Máy quét mã độc đang không trả lời"
	taken("clean")
	refused("the file of scanners", infected, func(x door) packet { return packet{"", x.good.name, scantest.EICAR} })
	hidden := packed(t, contents, word, inner{"word/media/a.bin", string(scantest.EICAR)})
	for _, x := range all {
		if slices.Contains(x.Takes.Endings, "docx") {
			if a := send(x, packet{"", "a.docx", hidden}); a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Body, infected) {
				t.Errorf("%s, hidden in a Word file: %d\n%.800s", x.Pattern, a.Status, a.Body)
			}
		}
	}
	details, err := db.All[string](t.Context(), w.App.DB, `SELECT detail FROM audit WHERE action = 'app.infected'`)
	if err != nil || len(details) < len(all) || !strings.Contains(details[0], "Eicar-Test") {
		t.Errorf("the log of deeds says %q, %v", details, err)
	}
	d.Stop()
	refused("silent", unscanned, func(x door) packet { return x.good })
	w.App.TakeUnscanned = true
	taken("silent, and that is no matter")
}
