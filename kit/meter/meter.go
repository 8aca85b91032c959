// Package meter counts what is asked of the program and shows it to Prometheus.
//
// Nothing that is counted tells of a person: a request is known by its route and by what
// became of it, never by its address or by who asked.
package meter

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Figure is one number that is read whenever somebody looks.
type Figure struct {
	Name string // chibo_jobs_waiting
	Help string
	// Read returns the number; with an error the figure is left out, the others stand.
	Read func(context.Context) (float64, error)
}

// Meter counts requests. It is the Meter of kit/web.
type Meter struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	took     *prometheus.HistogramVec
	refused  prometheus.Counter
	rationed *prometheus.CounterVec
}

// glances are the bounds of the counted times in seconds: at once, noticed, waited for,
// too slow, given up.
var glances = []float64{0.01, 0.05, 0.25, 1, 5, 30}

// What is refused to who has had too many, as the figures call it.
const (
	List   = "list"   // of people
	Record = "record" // of a person
	Search = "search"
)

// New returns a meter that also shows figures, the Go runtime and the process.
func New(figures ...Figure) *Meter {
	// What the last clearing of the heap found in use: what is asked for until the next goes up and
	// down beside it by four times as much.
	live := collectors.WithGoCollectorRuntimeMetrics(collectors.GoRuntimeMetricsRule{Matcher: regexp.MustCompile(`^/gc/heap/live:bytes$`)})
	m := &Meter{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "chibo_requests_total", Help: "Requests answered, by route and class of status.",
		}, []string{"route", "class"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "chibo_request_seconds", Help: "Time from request to answer, by route.", Buckets: glances,
		}, []string{"route"}),
		refused: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "chibo_refused_total", Help: "What was sent and turned away because the program was too busy.",
		}),
		rationed: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "chibo_rationed_total", Help: "Lists, records of people and searches that were refused to who had had too many, by kind.",
		}, []string{"kind"}),
	}
	for _, kind := range []string{List, Record, Search} {
		m.rationed.WithLabelValues(kind) // an alert sees the first one only as a step up from zero
	}
	m.registry.MustRegister(m.requests, m.took, m.refused, m.rationed, reading(figures),
		collectors.NewGoCollector(live), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Answered counts a request that was answered with status. The route is its pattern,
// "GET /tasks/{id}", empty where there is none.
func (m *Meter) Answered(route string, status int, took time.Duration) {
	if route == "" {
		route = "none"
	}
	m.requests.WithLabelValues(route, strconv.Itoa(status/100)+"xx").Inc()
	m.took.WithLabelValues(route).Observe(took.Seconds())
}

// Refused counts a request that was turned away.
func (m *Meter) Refused() { m.refused.Inc() }

// Rationed counts a list, a record or a search that was refused to who had had too many.
func (m *Meter) Rationed(kind string) { m.rationed.WithLabelValues(kind).Inc() }

// Handler shows all that is counted.
func (m *Meter) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError})
}

// patience is how long all figures together may take to read.
const patience = 5 * time.Second

// reading reads its figures when it is collected.
type reading []Figure

// Describe names the figures.
func (r reading) Describe(out chan<- *prometheus.Desc) {
	for _, f := range r {
		out <- f.desc()
	}
}

// Collect reads the figures.
func (r reading) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for _, f := range r {
		v, err := f.Read(ctx)
		if err != nil {
			out <- prometheus.NewInvalidMetric(f.desc(), fmt.Errorf("%s: %w", f.Name, err))
			continue
		}
		out <- prometheus.MustNewConstMetric(f.desc(), prometheus.GaugeValue, v)
	}
}

func (f Figure) desc() *prometheus.Desc { return prometheus.NewDesc(f.Name, f.Help, nil, nil) }
