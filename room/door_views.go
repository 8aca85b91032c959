package room

import (
	"fmt"
	"strings"

	g "maragu.dev/gomponents"

	"chibo/kit/web/part"
	"chibo/proceedings"
)

// doorCard says who came by which way and leads to the door, where members check
// themselves in: see package hall.
func (p screen) doorCard() g.Node {
	if !p.holds() || p.s.Phase == proceedings.Closed || p.s.Beside() { // who checks in is known by the roll of the cell
		return nil
	}
	return part.Card(
		part.CardHead(p.t("room.door")),
		g.If(p.cameBy() != "", part.Muted(g.Text(p.cameBy()))),
		part.LinkButton("/meetings/"+p.s.Setup.Meeting+"/door", p.t("room.door.open"), part.Wide, part.IconKey))
}

// cameBy says the numbers of those who checked themselves in, empty where none did.
func (p screen) cameBy() string {
	n := p.s.CameBy()
	var words []string
	for _, via := range proceedings.Vias[1:] {
		if n[via] > 0 {
			words = append(words, viaText(p, via)+" "+fmt.Sprint(n[via]))
		}
	}
	return strings.Join(words, " · ")
}

// viaText says a way in words.
func viaText(p screen, via proceedings.Via) string {
	if via == "" {
		return p.t("room.via.secretary")
	}
	return p.l.Of("room.via", string(via))
}

// viaWords says how a mark came into the roll where that is out of the ordinary.
func (p screen) viaWords(a proceedings.Attendee) []string {
	var words []string
	if a.CameBy != "" {
		words = append(words, viaText(p, a.CameBy))
	}
	if p.s.Afterwards(a) && !p.s.Opening.Paper {
		words = append(words, p.t("room.via.afterwards"))
	}
	return words
}
