//go:build js

// Device is the room in the browser: the rules of package proceedings and the
// views of room and minutes, compiled to WebAssembly, so that a whole evening can be held without a network.
// The script of the page (kit/web/assets/src/room) writes acts down, sends them
// and shows what is drawn here; see doc/adr/0010-room-without-a-network.md.
package main

import (
	"encoding/json"
	"net/url"
	"strings"
	"syscall/js"
	"time"

	"chibo/kit/fault"
	"chibo/kit/locale"
	"chibo/kit/web/assets"
	"chibo/kit/when"
	"chibo/minutes"
	"chibo/proceedings"
	"chibo/room"
)

// The script calls these; all arguments and answers are text. An answer is empty
// when all went well.
func main() {
	var (
		d *room.Device
		l locale.L
	)
	offer(map[string]func(arg ...string) string{
		// scene(json) begins with what the server told.
		"scene": func(arg ...string) string {
			var s room.Scene
			if err := json.Unmarshal([]byte(arg[0]), &s); err != nil {
				return err.Error()
			}
			l = locale.Speak(s.Language, s.Texts)
			assets.Use(s.Assets)
			d = room.NewDevice(s, l)
			return ""
		},
		// take(json) adds acts that the server has.
		"take": func(arg ...string) string {
			var acts []proceedings.Act
			if err := json.Unmarshal([]byte(arg[0]), &acts); err != nil {
				return err.Error()
			}
			d.Take(acts)
			return ""
		},
		// enter(json) adds an act made here; the answer is a room.Problem as JSON.
		"enter": func(arg ...string) string {
			var a proceedings.Act
			err := json.Unmarshal([]byte(arg[0]), &a)
			if err != nil {
				err = fault.New(fault.Invalid, "room.problem.body", "Detail", err.Error())
			} else {
				err = d.Enter(a)
			}
			if err == nil {
				return ""
			}
			b, err := json.Marshal(room.ProblemOf(l, err))
			if err != nil {
				return err.Error()
			}
			return string(b)
		},
		// keep(json) adds an act that was entered here before the page was opened.
		"keep": func(arg ...string) string {
			var a proceedings.Act
			if err := json.Unmarshal([]byte(arg[0]), &a); err != nil {
				return err.Error()
			}
			d.Keep(a)
			return ""
		},
		// drop(id) takes back an act that the server refused.
		"drop": func(arg ...string) string {
			d.Drop(arg[0])
			return ""
		},
		// draw(path, query) is the HTML for an address; empty: the server's page.
		"draw": func(arg ...string) string {
			var b strings.Builder
			query, _ := url.ParseQuery(strings.TrimPrefix(arg[1], "?")) // what cannot be read asks for nothing
			ok, err := d.Draw(&b, arg[0], query, when.At(time.Now()))
			if !ok && err == nil {
				ok, err = minutes.DrawOnDevice(&b, d, arg[0], query.Get("p"))
			}
			if !ok || err != nil {
				return ""
			}
			return b.String()
		},
	})
	select {} // the script calls as long as the page lives
}

// offer puts the functions where the script finds them: chiboDevice.
func offer(all map[string]func(arg ...string) string) {
	device := js.Global().Get("Object").New()
	for name, f := range all {
		device.Set(name, js.FuncOf(func(_ js.Value, args []js.Value) any {
			arg := make([]string, len(args))
			for n, a := range args {
				arg[n] = a.String()
			}
			return f(arg...)
		}))
	}
	js.Global().Set("chiboDevice", device)
}
