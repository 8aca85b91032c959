package scenario_test

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/when"
	"chibo/member"
	"chibo/privacy"
)

// TestOwnData: people read once for what their data are kept, see who has looked, and
// take a copy that holds what the program knows of them and of nobody else.
func TestOwnData(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		me, home := w.As("member"), "Thông tin của đồng chí được dùng để làm gì"
		says(t, me.Get("/"), http.StatusOK, home)
		says(t, me.Post("/me/data/read"), http.StatusSeeOther)
		says(t, me.Post("/me/data/read"), http.StatusSeeOther)
		if strings.Contains(me.Get("/").Body, home) {
			t.Error("it is asked for again")
		}

		id := w.Person("member").Member
		says(t, me.Get("/me/data"), http.StatusOK, "Đồng chí đã đọc thông báo mục đích", "Chưa có ai ngoài đồng chí")
		says(t, w.As("secretary").Get("/members/"+id), http.StatusOK)
		says(t, me.Get("/members/"+id), http.StatusOK) // one's own look is not one
		says(t, me.Get("/me/data"), http.StatusOK, w.Account("secretary").FullName, "mở hồ sơ")

		var got struct {
			Name  string
			Looks []struct{ Name, What string }
			Kinds []struct {
				Kind  string
				Lists []struct {
					Name string
					Rows []map[string]string
				}
			}
		}
		a := me.Get("/me/data/copy.json")
		if err := json.Unmarshal([]byte(a.Body), &got); err != nil || got.Name != w.Account("member").FullName {
			t.Fatalf("the copy of %q: %v", got.Name, err)
		}
		if len(got.Looks) != 1 || got.Looks[0].Name != w.Account("secretary").FullName {
			t.Errorf("looks: %+v", got.Looks)
		}
		rows := map[string]int{}
		for _, k := range got.Kinds {
			for _, l := range k.Lists {
				rows[l.Name] = len(l.Rows)
			}
		}
		for _, name := range []string{"profile", "standings", "attended", "accounts", "sessions", "acknowledged", "log"} {
			if rows[name] == 0 {
				t.Errorf("the copy has no %s: %v", name, rows)
			}
		}
		other := w.Account("other member").FullName
		if strings.Contains(a.Body, other) {
			t.Errorf("the copy names %s of another cell", other)
		}
		says(t, me.Get("/me/data/copy.pdf"), http.StatusOK, "%PDF")
		for _, page := range []worldtest.Answer{me.Get("/me/data"), w.As("administrator").Get("/me/data"), w.As("clerk").Get("/me/data")} {
			says(t, page, http.StatusOK, "Từng loại thông tin")
			if key := regexp.MustCompile(`>(privacy|task|rating|meeting|account|organization|member)\.[a-z_.]+<`).FindString(page.Body); key != "" {
				t.Errorf("a text is missing: %s", key)
			}
		}
	})
}

// TestRequests: a correction is taken over at one press, a refusal has words, nobody
// answers their own, nobody of another cell sees one, and the clock runs out.
func TestRequests(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		me, secretary, clerk := w.As("member"), w.As("secretary"), w.As("clerk")
		id := w.Person("member").Member
		ask := func(who *worldtest.Visitor, fields ...string) worldtest.Answer {
			return who.Post("/me/data/requests", fields...)
		}
		says(t, ask(me, "claim", "correct", "field", "phone", "value", "không nhớ"), http.StatusUnprocessableEntity)
		says(t, ask(me, "claim", "correct", "field", "note", "value", "x"), http.StatusUnprocessableEntity, "chọn mục cần sửa")
		says(t, ask(me, "claim", "object"), http.StatusUnprocessableEntity, "viết vài lời")
		says(t, ask(me, "claim", "correct", "field", "phone", "value", "0912 345 678"), http.StatusSeeOther)
		says(t, ask(me, "claim", "object", "text", "Tôi không muốn ảnh chụp trong phòng họp."), http.StatusSeeOther)
		says(t, me.Get("/me/data"), http.StatusOK, "0912 345 678", "xong trước hết")
		says(t, me.Get("/privacy"), http.StatusForbidden)

		all, err := privacy.InScope(t.Context(), w.App.DB, w.Person("secretary").Scope(privacy.Handle), worldtest.Now)
		if err != nil || len(all) != 2 {
			t.Fatalf("%d requests, %v", len(all), err)
		}
		byClaim := map[privacy.Claim]privacy.Request{all[0].Claim: all[0], all[1].Claim: all[1]}
		if r := byClaim[privacy.Correct]; r.AcceptBy <= r.MadeAt || r.DueAt <= r.AcceptBy || byClaim[privacy.Object].DueAt <= r.DueAt {
			t.Errorf("the limits of %+v", r)
		}
		object := "/privacy/" + byClaim[privacy.Object].ID
		says(t, clerk.Post(object+"/extend", "days", "5", "why", "Phải hỏi người chụp."), http.StatusConflict, "báo đã nhận yêu cầu trước")
		says(t, w.As("other secretary").Post(object+"/accept"), http.StatusNotFound)
		says(t, clerk.Post(object+"/accept", "others", "true"), http.StatusSeeOther)
		says(t, clerk.Post(object+"/accept"), http.StatusConflict)
		says(t, clerk.Post(object+"/extend", "days", "16", "why", "x"), http.StatusUnprocessableEntity, "từ 1 đến 15")
		says(t, clerk.Post(object+"/extend", "days", "5", "why", "Phải hỏi người chụp."), http.StatusSeeOther)
		says(t, clerk.Post(object+"/extend", "days", "5", "why", "Nữa."), http.StatusConflict, "không gia hạn nữa được")
		says(t, me.Get("/me/data"), http.StatusOK, "gia hạn vì: Phải hỏi người chụp.")
		says(t, clerk.Get("/privacy/inventory"), http.StatusOK, "Nhạy cảm", "privacy_request")
		take := "/privacy/" + byClaim[privacy.Correct].ID + "/take"
		if a := w.As("other secretary").Post(take); a.Status != http.StatusNotFound {
			t.Errorf("for another cell: %d", a.Status)
		}
		says(t, secretary.Get("/privacy"), http.StatusOK, "0912 345 678", "Sửa hồ sơ theo đề nghị")
		says(t, secretary.Post(take), http.StatusSeeOther)
		says(t, secretary.Post(take), http.StatusConflict)
		m, err := member.Find(t.Context(), w.App.DB, byClaim[privacy.Correct].Root, id)
		if err != nil || m.Phone != "0912345678" {
			t.Errorf("the profile has %q, %v", m.Phone, err)
		}
		reply := "/privacy/" + byClaim[privacy.Object].ID + "/answer"
		says(t, clerk.Post(reply, "state", "refused"), http.StatusUnprocessableEntity, "viết lời trả lời")
		says(t, clerk.Post(reply, "state", "refused", "answer", "Ảnh thuộc hồ sơ kỳ họp."), http.StatusSeeOther)
		says(t, me.Get("/me/data"), http.StatusOK, "Ảnh thuộc hồ sơ kỳ họp.", "Đã sửa hồ sơ theo đề nghị.")
		says(t, me.Get("/inbox"), http.StatusOK, "đã được trả lời")

		says(t, ask(secretary, "claim", "know", "text", "Ai giữ bản sao lưu?"), http.StatusSeeOther)
		all, err = privacy.InScope(t.Context(), w.App.DB, w.Person("secretary").Scope(privacy.Handle), when.Instant(1<<62))
		if err != nil || len(all) != 1 {
			t.Fatalf("%d requests, %v", len(all), err)
		}
		says(t, secretary.Post("/privacy/"+all[0].ID+"/answer", "state", "done", "answer", "Tôi."), http.StatusForbidden)
		says(t, clerk.Post("/privacy/"+all[0].ID+"/answer", "state", "done", "answer", "Văn phòng."), http.StatusSeeOther)
	})
}
