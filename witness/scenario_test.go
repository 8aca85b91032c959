package witness_test

import (
	"errors"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"chibo/app/world/worldtest"
	"chibo/kit/db"
	"chibo/kit/head"
	"chibo/kit/job"
	"chibo/organization"
	"chibo/witness"
)

// TestAnOlderCopyIsSeen hands the heads of a ward and of a committee under it over, puts an
// older state in their place, and lets the committee above settle it.
func TestAnOlderCopyIsSeen(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		s, ctx := w.App.Witnesses, t.Context()
		ward := w.Person("clerk").Root
		if _, err := w.App.Organizations.Add(ctx, w.Person("clerk"), ward, organization.Organization{Name: "Đảng bộ Trường Trung học Sông Xanh", Level: organization.BaseCommittee}); err != nil {
			t.Fatal(err)
		}
		clerk, committee := w.As("clerk"), w.As("committee")
		clerk.Reads("/heads", "Đảng bộ Trường Trung học Sông Xanh", "Chờ mốc đầu tiên")
		for range 2 { // again finds nothing new below
			if err := s.Take(ctx, job.Job{}); err != nil {
				t.Fatal(err)
			}
		}
		clerk.Reads("/heads", "Khớp", "Đảng bộ phường Sông Xanh giữ mốc dòng")
		if err := w.App.Verify(ctx); err != nil {
			t.Fatal(err)
		}
		heads, err := s.All(ctx)
		if err != nil || len(heads) < 2 {
			t.Fatalf("%d heads, %v", len(heads), err)
		}
		clerk.Reads("/heads?head="+heads[0].Text(), "Khớp", "Dữ liệu đang dùng")
		clerk.Reads("/heads?head=CHIBO", "Đây không phải nội dung mã QR")

		// What was signed after the copy that is in use now.
		var later []head.Head
		for _, h := range heads {
			later = append(later, signingKey(t, s).Sign(h.Root, h.Seq+100, h.Hash, w.App.Witnesses.Audit.Now()))
		}
		if found, err := s.Receive(ctx, later); err != nil || len(found) != len(heads) || found[0].State != witness.Behind {
			t.Fatalf("found %v, %v", found, err)
		}
		if f, ok := errors.AsType[*witness.Finding](w.App.Verify(ctx)); !ok || f.State != witness.Behind {
			t.Errorf("verified: %v", f)
		}
		for _, who := range []string{"clerk", "committee", "administrator"} {
			w.As(who).Reads("/", "không khớp mốc niêm phong")
		}
		if page := w.As("secretary").Get("/").Body; strings.Contains(page, "không khớp mốc") {
			t.Error("somebody is frightened who can do nothing about it")
		}
		if err := s.Take(ctx, job.Job{}); err != nil { // must not bury the witness
			t.Fatal(err)
		}
		committee.Reads("/heads", "Dữ liệu cũ hơn mốc")
		clerk.Refused(http.StatusForbidden, "/heads/"+heads[0].Root+"/settle", "reason", "x")
		committee.Refused(http.StatusUnprocessableEntity, "/heads/"+heads[0].Root+"/settle", "reason", "")
		w.Clock.Set(worldtest.Now.Add(time.Second))
		for _, h := range heads {
			committee.Sends("/heads/"+h.Root+"/settle", "reason", "Máy hỏng đĩa, đã khôi phục bản sao")
			committee.Refused(http.StatusConflict, "/heads/"+h.Root+"/settle", "reason", "Lần nữa")
		}
		if err := w.App.Verify(ctx); err != nil {
			t.Error(err)
		}
	})
}

// TestARewrittenLogIsSeen takes the guards of the log away and writes a chain that holds in
// itself: only the witness knows better.
func TestARewrittenLogIsSeen(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	s, ctx := w.App.Witnesses, t.Context()
	heads, err := s.All(ctx)
	if err != nil || len(heads) == 0 {
		t.Fatal(err)
	}
	forged := heads[0]
	forged.Hash = strings.Repeat("ab", 32)
	for _, c := range []struct {
		h    head.Head
		want witness.State
	}{
		{heads[0], witness.Agrees},
		{forged, witness.Forged},
		{signingKey(t, s).Sign(forged.Root, forged.Seq, forged.Hash, forged.At), witness.Other},
		{signingKey(t, s).Sign(forged.Root, forged.Seq+1, forged.Hash, forged.At), witness.Behind},
		{signingKey(t, s).Sign("nowhere", 1, forged.Hash, forged.At), witness.Behind},
	} {
		found, err := s.Against(ctx, []head.Head{c.h})
		switch {
		case err != nil:
			t.Error(err)
		case c.want == witness.Agrees && len(found) > 0, c.want != witness.Agrees && (len(found) != 1 || found[0].State != c.want):
			t.Errorf("%s: found %v", c.want, found)
		}
	}
}

// TestTheFileBesideTheKeyRemembers puts an older database under the same vault.
func TestTheFileBesideTheKeyRemembers(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	s, ctx := *w.App.Witnesses, t.Context()
	s.Dir = t.TempDir()
	if _, err := head.OpenKey(s.Dir); err != nil {
		t.Fatal(err)
	}
	heads, err := s.All(ctx)
	if err != nil {
		t.Fatal(err)
	}
	later := signingKey(t, &s).Sign(heads[0].Root, heads[0].Seq+100, heads[0].Hash, heads[0].At)
	if err := os.WriteFile(s.Dir+"/heads.txt", []byte(head.Format([]head.Head{later})), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Remember(ctx); err != nil {
		t.Fatal(err)
	}
	if known, err := s.Remembered(); err != nil || len(known) != len(heads) || known[0] != later {
		t.Errorf("the lost head was forgotten: %v, %v", known, err)
	}
	if err := s.Recall(ctx); err != nil {
		t.Fatal(err)
	}
	w.As("committee").Reads("/heads", "Dữ liệu cũ hơn mốc")
	if err := os.WriteFile(s.Dir+"/heads.txt", []byte(strings.Replace(later.Text(), "A", "B", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Verify(ctx); err == nil {
		t.Error("an altered file holds")
	}
}

// TestRestoredStandsInTheLog looks for the line in every chain.
func TestRestoredStandsInTheLog(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	heads, err := w.App.Witnesses.All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := w.App.Witnesses.Restored(t.Context(), worldtest.Now); err != nil {
		t.Fatal(err)
	}
	for _, h := range heads {
		detail, err := db.One[string](t.Context(), w.App.DB, `SELECT detail FROM audit WHERE root_id = $1 AND action = 'data.restored'`, h.Root)
		if err != nil || !strings.Contains(detail, h.Hash) {
			t.Errorf("%s, %v", detail, err)
		}
	}
	if err := w.App.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

// signingKey is the key in the vault.
func signingKey(t *testing.T, s *witness.Service) head.Key {
	t.Helper()
	key, err := head.ReadKey(s.Dir)
	if err != nil {
		t.Fatal(err)
	}
	return key
}
