package room

import (
	"chibo/kit/locale"
	"chibo/proceedings"
)

// The names of the values of acts on screen.

func statusText(l locale.L, s proceedings.Status) string { return l.Of("room.status", string(s)) }

func stanceText(l locale.L, s proceedings.Stance) string   { return l.Of("room.stance", string(s)) }
func fateText(l locale.L, f proceedings.Fate) string       { return l.Of("room.fate", string(f)) }
func formText(l locale.L, f proceedings.Form) string       { return l.Of("room.form", string(f)) }
func verdictText(l locale.L, v proceedings.Verdict) string { return l.Of("room.verdict", string(v)) }

func methodText(l locale.L, m proceedings.Method) string { return l.Of("room.method", string(m)) }

func matterText(l locale.L, m proceedings.Matter) string { return l.Of("room.matter", string(m)) }
func kindText(l locale.L, k proceedings.ActKind) string  { return l.Of("room.kind", string(k)) }
func reasonText(l locale.L, code string) string          { return l.Of("room.reason", code) }
func postText(l locale.L, post string) string            { return l.Of("room.post", post) }
func gapText(l locale.L, g proceedings.Gap) string {
	return l.T("room.gap."+g.Kind, "Name", g.Name, "Number", g.Number)
}

// Spoken is the language as it speaks of a kind of meeting.
func Spoken(l locale.L, kind string) locale.L {
	switch {
	case kind == proceedings.CongressMeeting:
		return l.Congress()
	case proceedings.Setup{Kind: kind}.Beside():
		return l.Beside()
	}
	return l
}
