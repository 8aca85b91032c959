// Anchor is the least that any server of this kind has to do: net/http, the same
// SQLite driver, one writer that commits what has queued up, a hub that hands events
// to streams. Nothing is checked and nothing is drawn. What the program does is
// measured as a share of what the anchor does in the same minute on the same machine,
// because figures by themselves say more about the machine than about the program.
package main

import (
	"flag"
	"log"
	"net"
	"net/http"
	"strconv"
	"time"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:0", "address to listen on")
	file := flag.String("db", "anchor.db", "SQLite file")
	early := flag.Bool("early", false, "answer before the row is durable: a defect planted for the tests")
	flag.Parse()
	w, err := open(*file)
	if err != nil {
		log.Fatal(err)
	}
	w.early = *early
	go w.loop()
	l, err := net.Listen("tcp", *listen)
	if err != nil {
		log.Fatal(err)
	}
	server := &http.Server{Handler: routes(w, &hub{}), ReadHeaderTimeout: 5 * time.Second}
	log.Fatal(server.Serve(l))
}

// routes is the whole anchor: one durable write, one stream.
func routes(w *writer, h *hub) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("POST /check-in/{meeting}", func(out http.ResponseWriter, r *http.Request) {
		meeting, _ := strconv.ParseInt(r.PathValue("meeting"), 10, 64) // 0 will do: the anchor checks nothing
		member, _ := strconv.ParseInt(r.PostFormValue("member"), 10, 64)
		if err := w.put(meeting, member); err != nil {
			http.Error(out, err.Error(), http.StatusInternalServerError)
			return
		}
		out.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("GET /live", h.stream)
	mux.HandleFunc("POST /live", func(out http.ResponseWriter, r *http.Request) {
		h.send([]byte("data: {\"t\":" + r.URL.Query().Get("t") + ",\"yes\":123,\"no\":45,\"abstain\":6,\"present\":174}\n\n"))
		out.WriteHeader(http.StatusNoContent)
	})
	return mux
}
