package main

import (
	"strconv"

	"chibo/bench/load"
	"chibo/bench/ward"
	"chibo/kit/id"
)

// bare is the request of the anchor; from keeps its rounds apart.
func (b *bench) bare(a *server, from int64) func([]byte, int64) []byte {
	return func(out []byte, n int64) []byte {
		body := "member=" + strconv.FormatInt(from+n, 10)
		return post(out, a.address, "/check-in/"+strconv.FormatInt(n/ward.People, 10), "", form, body)
	}
}

// The cells are shared out, so that no part of a run meets what another has left: in the
// first the rounds are held, in the others the peak, and in the last the thousand are
// told.
func (b *bench) early() []ward.Cell { return b.ward.Cells[:b.cells/early] }
func (b *bench) late() []ward.Cell  { return b.ward.Cells[b.cells/early : b.cells-1] }
func (b *bench) last() ward.Cell    { return b.ward.Cells[b.cells-1] }

// early is the share of the first cells.
const early = 3

// mark is the request by which a secretary marks one of the cell present. Cells take
// turns.
func (b *bench) mark(p *server, cells []ward.Cell) load.Load {
	return load.Load{Request: func(out []byte, n int64) []byte {
		c := cells[n%int64(len(cells))]
		who := c.Everybody[n/int64(len(cells))%ward.People]
		return post(out, p.address, "/rooms/"+c.Meeting+"/acts", c.Secretary.Cookie, "application/json", act(id.New(), who.Member))
	}}
}

// markIn is the request by which the secretary of a cell marks one after the other.
func (b *bench) markIn(p *server, c ward.Cell) func([]byte, int64) []byte {
	return func(out []byte, n int64) []byte {
		who := c.Everybody[n%ward.People]
		return post(out, p.address, "/rooms/"+c.Meeting+"/acts", c.Secretary.Cookie, "application/json", act(id.New(), who.Member))
	}
}

func act(id, member string) string {
	return `[{"id":"` + id + `","kind":"attendance","at":1,"body":{"member":"` + member + `","status":"present"}}]`
}

// checkIn is the request by which person from+n checks in, cell after cell.
func (b *bench) checkIn(p *server, from int64) func([]byte, int64) []byte {
	return func(out []byte, n int64) []byte {
		_, who := b.ward.Person(from + n)
		return post(out, p.address, "/vao/ten/"+who.Member, who.Ticket, form, "")
	}
}

// comeInTurn is the request by which the next of those who have not come checks in;
// cells take turns.
func (b *bench) comeInTurn(p *server) func([]byte, int64) []byte {
	cells := b.late()
	return func(out []byte, n int64) []byte {
		who := cells[n%int64(len(cells))].Everybody[n/int64(len(cells))%ward.People]
		return post(out, p.address, "/vao/ten/"+who.Member, who.Ticket, form, "")
	}
}

// screens are a thousand screens of these meetings, which they share.
func (b *bench) screens(p *server, cells []ward.Cell) load.Watch {
	return load.Watch{
		Address: p.address, Process: p.process(), Watchers: ward.Watchers, Mark: "id: ",
		Request: func(out []byte, n int) []byte {
			cell, who := cells[n%len(cells)], b.ward.Watcher(n)
			return listen(out, p.address, "/screens/"+cell.Meeting+"/live", who.Cookie)
		},
	}
}

// bareScreens are as many that watch the bare hub.
func bareScreens(a *server) load.Watch {
	return load.Watch{
		Address: a.address, Process: a.process(), Watchers: ward.Watchers, Mark: `"t":`,
		Request: func(out []byte, _ int) []byte { return listen(out, a.address, "/live", "") },
	}
}

// vote is the request by which person n casts a ballot, in the poll of the cell where
// none is named.
func (b *bench) vote(p *server, poll string) func([]byte, int64) []byte {
	return func(out []byte, n int64) []byte {
		c, who := b.ward.Person(n)
		id := poll
		if id == "" {
			id = c.Poll
		}
		return post(out, p.address, "/ballots/"+id, who.Cookie, form, "step=cast&choice=001")
	}
}

const form = "application/x-www-form-urlencoded"

// get appends a request.
func get(out []byte, host, path, cookie string) []byte {
	return append(head(out, "GET ", host, path, cookie), "\r\n\r\n"...)
}

// listen appends a request for a stream of events.
func listen(out []byte, host, path, cookie string) []byte {
	return append(head(out, "GET ", host, path, cookie), "\r\nAccept: text/event-stream\r\n\r\n"...)
}

// head appends the beginning of a request.
func head(out []byte, method, host, path, cookie string) []byte {
	out = append(append(out, method...), path...)
	out = append(append(out, " HTTP/1.1\r\nHost: "...), host...)
	if cookie != "" {
		out = append(append(out, "\r\nCookie: "...), cookie...)
	}
	return out
}

// post appends a request with a body.
func post(out []byte, host, path, cookie, kind, body string) []byte {
	out = head(out, "POST ", host, path, cookie)
	out = append(append(out, "\r\nContent-Type: "...), kind...)
	out = append(out, "\r\nSec-Fetch-Site: same-origin\r\nContent-Length: "...)
	out = strconv.AppendInt(out, int64(len(body)), 10)
	out = append(out, "\r\n\r\n"...)
	return append(out, body...)
}
