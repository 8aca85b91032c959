package app_test

import (
	"bytes"
	"image"
	"image/png"
	"net/url"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/briefing"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/meeting"
	"chibo/news"
)

// consentStates say what somebody in a picture has answered who can be recognised there, and how
// the piece stands: chưa trả lời, đã đồng ý, không đồng ý, đã đồng ý và tin đã đăng, đã đồng ý và
// tin đã gỡ, không còn được ghi trong ảnh. Somebody is that person.
var consentStates = kind{
	name: "consents", letters: "cdtxgb", aside: "aside", relations: []string{"người trong ảnh", "bất cứ ai"}, tells: true,
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		ctx, s, secretary, of, about := t.Context(), h.w.App.News, h.known["secretary"], h.known["member"], h.w.Meeting(meeting.Sealed)
		h.noPiece(t, about)
		piece, err := s.Begin(ctx, secretary, about)
		must(t, err)
		must(t, s.AddPicture(ctx, secretary, piece.ID, "hoi-truong.png", dot(t), "Toàn cảnh"))
		pictures, err := news.Pictures(ctx, h.w.App.DB, piece.Root, piece.ID)
		must(t, err)
		picture := pictures[0].ID
		must(t, s.Name(ctx, secretary, piece.ID, picture, news.Naming{Caption: "Toàn cảnh", People: []string{of.Member}}))
		answer := map[string]news.Answer{"d": news.Yes, "t": news.No, "x": news.Yes, "g": news.Yes, "b": news.Yes}[state]
		if answer != "" {
			must(t, s.Consent(ctx, of, picture, answer))
		}
		if state == "x" || state == "g" {
			must(t, s.Publish(ctx, secretary, piece.ID))
		}
		switch state {
		case "g":
			must(t, s.Withdraw(ctx, secretary, piece.ID, "Có ảnh nhầm"))
		case "b":
			must(t, s.Name(ctx, secretary, piece.ID, picture, news.Naming{Caption: "Toàn cảnh", Nobody: true}))
		}
		return record{
			places: map[string]string{"{id}": piece.ID, "{code}": piece.Code, "{picture}": picture},
			form: func(path string) url.Values {
				switch {
				case strings.HasSuffix(path, "?yes"):
					return url.Values{"answer": {string(news.Yes)}}
				case strings.HasSuffix(path, "?no"):
					return url.Values{"answer": {string(news.No)}}
				}
				return url.Values{"caption": {"Cả chi bộ"}, "people": {secretary.Member}}
			},
			file: func(path string) *upload {
				if path == "/news/items/{id}/pictures" {
					return &upload{"file", "san.png", dot(t)}
				}
				return nil
			},
			as: func(who access.Person, relation string) access.Person {
				if relation == "người trong ảnh" {
					who.Root, who.Member = of.Root, of.Member
				}
				return who
			},
		}
	},
}

// noPiece takes away what is told of a meeting.
func (h *house) noPiece(t *testing.T, about string) {
	t.Helper()
	h.alter(t, []any{about}, `DELETE FROM news_person WHERE picture_id IN (SELECT p.id FROM news_picture p JOIN news_item i ON i.root_id = p.root_id AND i.id = p.item_id WHERE i.meeting_id = $1)`,
		`DELETE FROM news_picture WHERE item_id IN (SELECT id FROM news_item WHERE meeting_id = $1)`, `DELETE FROM news_item WHERE meeting_id = $1`)
}

// dot is a small picture.
func dot(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))))
	return b.Bytes()
}

// excuseStates are times in which a member of the first cell is not called to tell the news: đang
// miễn, đã hết ngày, đã thôi trước ngày. Somebody is the member.
var excuseStates = kind{
	name: "excuses", letters: "mqt", aside: "aside", relations: []string{"người được miễn"},
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		ctx, s, of, today := t.Context(), h.w.App.Briefings, h.known["member"], worldtest.Now.Date()
		h.alter(t, nil, `DELETE FROM briefing_excuse`)
		must(t, s.Excuse(ctx, of, h.cell, briefing.Excuse{Until: today.AddDays(40), Reason: "Ốm"}))
		id, err := db.One[string](ctx, h.w.App.DB, `SELECT id FROM briefing_excuse WHERE member_id = $1`, of.Member)
		must(t, err)
		switch state {
		case "q":
			h.alter(t, []any{id, today.AddDays(-1)}, `UPDATE briefing_excuse SET until = $2 WHERE id = $1`)
		case "t":
			must(t, s.Recall(ctx, of, h.cell, id))
		}
		return record{
			places: map[string]string{"{id}": id},
			form:   func(string) url.Values { return url.Values{"cell": {h.cell}} },
			as: func(who access.Person, _ string) access.Person {
				who.Root, who.Member = of.Root, of.Member
				return who
			},
		}
	},
}

// absenceStates say how a member of the first cell stands to the next meeting: chưa trả lời, xin
// vắng, xin vắng và đã được ghi nhận, sẽ dự; and xin vắng mà cuộc họp đã khai mạc. Somebody is the
// member.
var absenceStates = kind{
	name: "absences", letters: "cvndh", aside: "aside", relations: []string{"chính người ấy"}, tells: true,
	record: func(t *testing.T, h *house, state, _ string) record {
		t.Helper()
		ctx, s, of, next := t.Context(), h.w.App.Meetings, h.known["member"], h.w.Meeting(meeting.Noticed)
		h.alter(t, []any{of.Member}, `DELETE FROM meeting_response WHERE member_id = $1`)
		answer := meeting.Response{Member: of.Member, Reply: meeting.Away, Reason: meeting.Sick}
		switch state {
		case "v", "n", "h":
			must(t, s.Answer(ctx, of, next, answer))
		case "d":
			answer.Reply, answer.Reason = meeting.Coming, ""
			must(t, s.Answer(ctx, of, next, answer))
		}
		switch state {
		case "n":
			must(t, s.Acknowledge(ctx, h.known["secretary"], next, of.Member))
		case "h": // as if it had been opened meanwhile
			open := h.w.Meeting(meeting.Open)
			h.alter(t, []any{next, of.Member, open}, `UPDATE meeting_response SET meeting_id = $3 WHERE meeting_id = $1 AND member_id = $2`)
			next = open
		}
		return record{
			places: map[string]string{"{id}": next, "{member}": of.Member},
			form: func(string) url.Values {
				return url.Values{"reply": {string(meeting.Away)}, "reason": {string(meeting.Family)}, "note": {"Giỗ"}}
			},
			as: func(who access.Person, _ string) access.Person {
				who.Root, who.Member = of.Root, of.Member
				return who
			},
		}
	},
}
