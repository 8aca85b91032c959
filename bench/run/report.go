package main

import (
	"fmt"
	"log"
	"os"
	"runtime"
	"strings"
	"time"
)

// write writes what was measured.
func (b *bench) write(goals []goal) error {
	var out strings.Builder
	out.WriteString(`# How fast

Written by ` + "`make bench`" + `; the figures are those of the machine named below, and what carries over to another is the ratio to
[the bare anchor](../bench/anchor/main.go): net/http, the same SQLite driver, one writer, nothing checked and nothing drawn, asked in turn
with the program in the same run. Of the rounds the median counts. Why it is built so: [adr/0016](adr/0016-speed.md).

| goal | wanted | measured | against the anchor | met |
|---|---|---|---|---|
`)
	for _, g := range goals {
		met := "yes"
		if !g.met {
			met = "**no**"
		}
		fmt.Fprintf(&out, "| %s | %s | %s | %s | %s |\n", g.what, g.want, g.figure, g.ratio, met)
	}
	fmt.Fprintf(&out, "\nMeasured %s on %s, %d cores, Go %s, load generator and servers on the same cores; %d rounds, %d cells of 24 people, load average before: %s.\n",
		time.Now().Format(time.DateOnly), processor(), runtime.NumCPU(), strings.TrimPrefix(runtime.Version(), "go"), b.rounds, b.cells, b.loadavg)
	if b.out == "" {
		log.Print(out.String())
		return nil
	}
	return os.WriteFile(b.out, []byte(out.String()), 0o644)
}

// processor names the machine.
func processor() string {
	b, _ := os.ReadFile("/proc/cpuinfo") // a machine without it stays nameless
	for line := range strings.Lines(string(b)) {
		if name, ok := strings.CutPrefix(line, "model name"); ok {
			return strings.Trim(name, "\t :\n")
		}
	}
	return runtime.GOARCH
}

func loadavg() string {
	b, _ := os.ReadFile("/proc/loadavg")
	return strings.Join(strings.Fields(string(b))[:1], "")
}
