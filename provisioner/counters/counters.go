// Package counters is a Telemetry of the provisioner whose counters can be read, for
// tests and examples.
package counters

import (
	"context"
	"log/slog"
	"strings"

	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"

	"github.com/errswallow/errswallow/provisioner"
)

// Counters are those of a Telemetry.
type Counters struct{ reader *metric.ManualReader }

// New returns a Telemetry that logs to log, and its counters. The error is the
// meter's.
func New(log *slog.Logger) (*provisioner.Telemetry, Counters, error) {
	reader := metric.NewManualReader()
	telemetry, err := provisioner.NewTelemetry(log, metric.NewMeterProvider(metric.WithReader(reader)).Meter("provisioner"))
	return telemetry, Counters{reader}, err
}

// Read returns what was counted: "provisioner.faults class=deadline" and how often.
// It panics if the counters cannot be read, which takes a reader that was closed.
func (c Counters) Read() map[string]int64 {
	var data metricdata.ResourceMetrics
	if err := c.reader.Collect(context.Background(), &data); err != nil {
		panic(err)
	}
	got := map[string]int64{}
	for _, scope := range data.ScopeMetrics {
		for _, m := range scope.Metrics {
			for _, point := range m.Data.(metricdata.Sum[int64]).DataPoints {
				name := m.Name
				for _, kv := range point.Attributes.ToSlice() {
					name += " " + string(kv.Key) + "=" + kv.Value.String()
				}
				got[name] = point.Value
			}
		}
	}
	return got
}

// Sum returns the sum of a counter over all its attributes.
func (c Counters) Sum(counter string) int {
	sum := int64(0)
	for name, value := range c.Read() {
		if name == counter || strings.HasPrefix(name, counter+" ") {
			sum += value
		}
	}
	return int(sum)
}
