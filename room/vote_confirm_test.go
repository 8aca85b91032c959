package room_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"chibo/account"
	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/proceedings"
	"chibo/room"
)

const ownSecret = "mưa rào đầu hạ xanh"

// enroll gives everybody an account with the same password.
func (h *hall) enroll() {
	h.Helper()
	hash := must(account.Hash(h.Context(), ownSecret))(h.T)
	for _, e := range h.roll {
		must(0, h.d.Tx(h.Context(), func(tx *db.Tx) error {
			_, err := account.Enroll(h.Context(), tx, h.org.Root, e.ID, e.FullName, hash, when.At(h.now()))
			return err
		}))(h.T)
	}
}

// confirms posts the form of a second person.
func (h *hall) confirms(vote, count, member, secret string) reply {
	h.Helper()
	form := url.Values{"count": {count}, "member": {member}, "secret": {secret}}
	r := httptest.NewRequest(http.MethodPost, h.path("/votes/"+vote+"/confirm"), strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return h.send(keeper(), r)
}

// TestSecondPersonConfirmsACount lets people stand by a count of hands with secrets
// of their own, and nobody in their place.
func TestSecondPersonConfirmsACount(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		h.enroll()
		hoa, minh, huy := h.member("Trần Văn Hòa"), h.member("Lê Thị Minh"), h.member("Vũ Quang Huy")
		h.do(proceedings.KindOpen, proceedings.OpenBody{Chair: hoa})
		for _, m := range []string{hoa, minh} {
			h.do(proceedings.KindAttendance, proceedings.AttendanceBody{Member: m, Status: proceedings.Present})
		}
		vote := h.do(proceedings.KindVoteOpen, proceedings.VoteOpenBody{Matter: proceedings.MatterProgramme, Question: "Thông qua chương trình"})
		count := h.do(proceedings.KindVoteCount, proceedings.VoteCountBody{Vote: vote, For: 1, ConfirmedBy: minh})
		h.get("").has(t, http.StatusOK, "ghi tên, chưa tự xác nhận", "/votes/"+vote+"/confirm")

		h.refused("room.problem.confirm_alone", proceedings.KindVoteConfirm, proceedings.VoteConfirmBody{Vote: vote, Count: count, Member: minh})
		h.confirms(vote, count, "", ownSecret).has(t, http.StatusUnprocessableEntity, "Hãy chọn đồng chí xác nhận")
		h.confirms(vote, count, huy, ownSecret).has(t, http.StatusConflict, "không có mặt")
		h.confirms(vote, "another", minh, ownSecret).has(t, http.StatusConflict, "vừa được nhập lại")
		wrong := h.confirms(vote, count, minh, "sai bét nhé")
		wrong.has(t, http.StatusUnprocessableEntity)
		if strings.Contains(wrong.text, "sai bét nhé") {
			t.Error("the page repeats the secret")
		}
		before := len(h.log())
		h.confirms(vote, count, minh, ownSecret).has(t, http.StatusSeeOther)
		h.gapless(before + 1)
		for _, a := range h.log() {
			if strings.Contains(string(a.Body), ownSecret) {
				t.Errorf("%s has the secret: %s", a.Kind, a.Body)
			}
		}
		h.get("").has(t, http.StatusOK, "Đồng chí Lê Thị Minh tự xác nhận kết quả đếm bằng mã riêng")

		h.do(proceedings.KindVoteCount, proceedings.VoteCountBody{Vote: vote, For: 2}) // counted anew: nobody stands by that yet
		v, _ := h.state().Vote(vote)
		if v.Last().Confirmed.Given() || !v.Counts[0].Confirmed.Given() {
			t.Errorf("counts: %+v", v.Counts)
		}
	})
}

// TestWhoEnteredIsNoSecondPerson: the one who is signed in has entered the count.
func TestWhoEnteredIsNoSecondPerson(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		err := h.room.Confirm(h.Context(), operator(), h.meeting.ID, "vote", room.Confirming{Member: operator().Member})
		if err == nil || !strings.Contains(err.Error(), "room.problem.second_self") {
			t.Errorf("confirms for oneself: %v", err)
		}
	})
}

// member returns the id of somebody on the roll.
func (h *hall) member(name string) string {
	h.Helper()
	for _, e := range h.roll {
		if e.FullName == name {
			return e.ID
		}
	}
	h.Fatalf("nobody is called %s", name)
	return ""
}
