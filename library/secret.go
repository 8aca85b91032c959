package library

import (
	"context"
	"errors"
	"strings"

	"golang.org/x/text/unicode/norm"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/search"
	"chibo/kit/text"
)

// The degrees of secrecy as they are stamped (Luật Bảo vệ bí mật nhà nước
// 117/2025/QH15, 10/12/2025). Marks of urgency and of circulation are none.
const (
	topSecret    = "TUYỆT MẬT" // #nosec G101 -- a mark on papers
	highlySecret = "TỐI MẬT"   // #nosec G101 -- a mark on papers
	secretMark   = "MẬT"
)

// secret refuses a paper that carries a mark of State secrecy.
func secret(mark string) error {
	return fault.New(fault.Invalid, refusedSecret, "Mark", mark)
}

// refusedSecret is the message to whoever brings a paper that carries a mark.
const refusedSecret = "library.refused.secret"

// RefuseMarked refuses a text that was pasted from a paper with a mark of State secrecy, in
// the named field of a form.
func RefuseMarked(field, text string) error {
	mark := markInText(text)
	if mark == "" {
		return nil
	}
	refused := fault.Of(secret(mark))
	refused.Fields = map[string]string{field: refusedSecret}
	return refused
}

// Marked writes into the log of deeds that a marked paper was brought and turned away, where
// that is what err says: somebody has to see where it came from (Luật Bảo vệ bí mật nhà nước
// 117/2025/QH15, 10/12/2025). Of the paper nothing is written down but its mark. It returns
// err.
func Marked(ctx context.Context, d *db.DB, log audit.Log, who access.Person, root string, use Use, err error) error {
	refused := fault.Of(err)
	if refused.Key != refusedSecret {
		return err
	}
	return errors.Join(err, d.Tx(ctx, func(tx *db.Tx) error {
		return log.Write(ctx, tx, who, root, "library.marked", use.Subject, map[string]any{"use": use.Kind, "mark": refused.Args["Mark"]})
	}))
}

// RefuseStated refuses what people themselves say is marked; unmarked is the box
// in which they state that it is not.
func RefuseStated(unmarked bool) error {
	if unmarked {
		return nil
	}
	return fault.New(fault.Invalid, "library.refused.stated")
}

// stamp is a paragraph that is nothing but a mark: "MẬT", "[TỐI MẬT]", "ĐỘ MẬT:
// TUYỆT MẬT". A mark within a sentence is talk of secrets, not a secret.
var stamp = text.Pattern(`^[\s\pP\pS]*(?:(?:ĐỘ|DẤU)\s+MẬT\s*:?\s*)?(TUYỆT\s+MẬT|TỐI\s+MẬT|MẬT)[\s\pP\pS]*$`)

// markInText returns the mark that a line of a paragraph is stamped with, empty
// when there is none.
func markInText(paragraph string) string {
	for line := range strings.Lines(norm.NFC.String(paragraph)) {
		if m := stamp().FindStringSubmatch(line); m != nil {
			return strings.Join(strings.Fields(m[1]), " ")
		}
	}
	return ""
}

func refuseMarkedText(office []byte) error {
	mark := ""
	err := paragraphs(office, func(text string) bool {
		mark = markInText(text)
		return mark == ""
	})
	if mark != "" {
		return secret(mark)
	}
	return err
}

// word splits a file name: letters and digits with their marks.
var word = text.Pattern(`[\pL\pM\pN]+`)

// markInName returns the mark that a file name carries: a higher degree, or "MẬT"
// in capitals or brackets that is not part of a longer word ("bí mật", "mật
// khẩu"). Names without accents say less: "TOI MAT" in small letters may be "tôi
// mất", and "MAT" alone may be "mặt".
func markInName(name string) string {
	name = norm.NFC.String(name)
	words := word().FindAllString(strings.ReplaceAll(name, "_", " "), -1)
	for i, w := range words {
		before, after := "", ""
		if i > 0 {
			before = words[i-1]
		}
		if i+1 < len(words) {
			after = words[i+1]
		}
		switch {
		case search.Fold(before+" "+w) == "tuyet mat":
			return topSecret
		case strings.EqualFold(before+" "+w, highlySecret), before+" "+w == "TOI MAT":
			return highlySecret
		case w == secretMark && search.Fold(before) != "bi" && !compound[search.Fold(after)],
			strings.EqualFold(w, secretMark) && strings.Contains(name, "("+w+")"):
			return secretMark
		}
	}
	return ""
}

// compound are the words after "mật" that make another word of it.
var compound = map[string]bool{"khau": true, "do": true, "ma": true, "thiet": true, "ong": true, "thu": true}
