package document

import (
	"fmt"

	"chibo/kit/when"
	"chibo/organization"
)

// Number is a number taken from a register, for a paper or left blank. Numbers
// run without a gap from 1 within one organisation, kind of paper and term of
// office, not from year to year (399-QĐ/TW, 09/01/2026; HD 36-HD/VPTW,
// 03/4/2018, 1.3.1a).
type Number struct {
	Root         string `db:"root_id"`
	Organization string `db:"organization_id"`
	Kind         Kind
	Term         string `db:"term_id"` // empty where no term is known, the congress of its papers
	N            int
	// Symbol is what follows the hyphen: "NQ/CB".
	Symbol string
	// Blank numbers belong to no paper; Subject says why they were left out.
	Blank   bool
	Date    when.Date `db:"dated"`
	Subject string
	Link    string // page of the paper
}

// String returns the number as papers print it after "Số": "05-NQ/CB"; a zero
// stands before numbers under 10.
func (n Number) String() string { return fmt.Sprintf("%02d-%s", n.N, n.Symbol) }

// SymbolOf returns what follows the hyphen in the numbers of an organisation's
// papers: CB for a cell and what is below it, ĐU for a committee and its
// standing committee.
func SymbolOf(k Kind, l organization.Level) string {
	issuer := "CB"
	if l.Committee() {
		issuer = "ĐU"
	}
	return k.Symbol() + "/" + issuer
}

// symbolOfCongress returns what follows the hyphen in the numbers of a congress's
// papers: "NQ/ĐH".
func symbolOfCongress(k Kind) string { return k.Symbol() + "/ĐH" }

// UnissuedOfCongress is what stands in the place of the number of a draft of a
// congress: "…-NQ/ĐH".
func UnissuedOfCongress(k Kind) string { return "…-" + symbolOfCongress(k) }

// Unissued is what stands in the place of the number of a draft: "…-NQ/CB".
func Unissued(k Kind, l organization.Level) string { return "…-" + SymbolOf(k, l) }

// Register is one register as it stands.
type Register struct {
	Kind Kind
	Next int
}
