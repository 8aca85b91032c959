package quality

import (
	"strconv"

	"chibo/kit/locale"
	"chibo/kit/when"
	"chibo/rubric"
)

// Receipt is a figure with what it rests on.
type Receipt struct {
	Fact rubric.Fact `json:"fact"`
	// Known is false where the record does not say: the line stays open.
	Known bool `json:"known"`
	rubric.Measured
	Says     Said       `json:"says"` // the figure in one sentence
	Evidence []Evidence `json:"evidence,omitempty"`
}

// Evidence is one act or fact, with its moment (0: none) and the page that shows it.
type Evidence struct {
	At  when.Instant `json:"at,omitempty"`
	URL string       `json:"url,omitempty"`
	// Against: it is what keeps the figure from being full.
	Against bool `json:"against,omitempty"`
	Says    Said `json:"says"`
}

// Said is a text of kit/locale below "quality.receipt." with its placeholders, kept so
// that it is read in the language of the reader.
type Said struct {
	Key  string            `json:"key"`
	Args map[string]string `json:"args,omitempty"`
}

// Text says it.
func (s Said) Text(l locale.L) string {
	args := make(map[string]any, len(s.Args))
	for k, v := range s.Args {
		args[k] = v
	}
	return l.Fill("quality.receipt."+s.Key, args)
}

// says makes a text; args are pairs of placeholder and value.
func says(key string, args ...any) Said {
	s := Said{Key: key, Args: map[string]string{}}
	for i := 0; i+1 < len(args); i += 2 {
		name := args[i].(string)
		switch v := args[i+1].(type) {
		case string:
			s.Args[name] = v
		case int:
			s.Args[name] = strconv.Itoa(v)
		}
	}
	return s
}

// known makes a receipt of a figure.
func known(f rubric.Fact, figure rubric.Figure, said Said, evidence ...Evidence) Receipt {
	return Receipt{Fact: f, Known: true, Measured: rubric.Measured{Figure: figure}, Says: said, Evidence: evidence}
}

// unknown makes a receipt that says why there is no figure.
func unknown(f rubric.Fact, said Said, evidence ...Evidence) Receipt {
	return Receipt{Fact: f, Says: said, Evidence: evidence}
}

// KnownOf returns the figures of receipts that are known.
func KnownOf(all []Receipt) rubric.Known {
	out := rubric.Known{}
	for _, r := range all {
		if r.Known {
			out[r.Fact] = r.Measured
		}
	}
	return out
}

// Of returns the receipts that a line rests on.
func Of(l rubric.Line, all []Receipt) []Receipt {
	var out []Receipt
	for _, f := range l.Facts() {
		for _, r := range all {
			if r.Fact == f {
				out = append(out, r)
			}
		}
	}
	return out
}
