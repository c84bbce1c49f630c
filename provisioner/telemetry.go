package provisioner

import (
	"context"
	"errors"
	"log/slog"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
)

// Telemetry counts and logs what a Supervisor, a Proxy and a Monitor meet. Its
// counters are
//
//	provisioner.faults      queries that the engine did not answer, by class
//	provisioner.exits       dead containers that were found, by reason (absent, created, dead, oom, killed, terminated, success, failure)
//	provisioner.restarts    containers brought back, by cause (proxy, liveness) and outcome (ok, failed)
//	provisioner.suppressed  dead containers that were not, by reason (backoff, changed, closing, unwatched)
//	provisioner.silent      looks at an agent that is silent in a container that runs
//	provisioner.busy        requests answered with status 503, by reason (fault, alive, restarting, backoff, closing)
//
// The classes of faults are those of faultClass. What is said of every request in
// an outage is logged ten times, and then every ten seconds; attribute dropped is
// how often it was not. No attribute of a counter is a name that a caller chose.
type Telemetry struct {
	log                                                   *slog.Logger
	samples                                               sampler
	faults, exits, restarts, suppressions, silences, busy metric.Int64Counter
}

// NewTelemetry returns a Telemetry that logs to log and counts with meter, such
// as that of otel.Meter. The error is the meter's.
func NewTelemetry(log *slog.Logger, meter metric.Meter) (*Telemetry, error) {
	t := &Telemetry{log: log}
	var errs []error
	counter := func(name, description string) metric.Int64Counter {
		c, err := meter.Int64Counter(name, metric.WithDescription(description))
		errs = append(errs, err)
		return c
	}
	t.faults = counter("provisioner.faults", "queries that the engine did not answer")
	t.exits = counter("provisioner.exits", "dead containers that were found")
	t.restarts = counter("provisioner.restarts", "containers brought back because they were dead")
	t.suppressions = counter("provisioner.suppressed", "dead containers that were not brought back")
	t.silences = counter("provisioner.silent", "looks at an agent that is silent in a container that runs")
	t.busy = counter("provisioner.busy", "requests answered with status 503")
	return t, errors.Join(errs...)
}

func (t *Telemetry) fault(ctx context.Context, workspace string, err error) {
	class := faultClass(err)
	t.faults.Add(ctx, 1, word("class", class))
	t.samples.do("fault "+class, func(dropped int) {
		t.log.WarnContext(ctx, "engine did not say whether the container runs; taken for running",
			"workspace", workspace, "class", class, "error", err, "dropped", dropped)
	})
}

func (t *Telemetry) exit(ctx context.Context, workspace string, v Verdict) {
	t.exits.Add(ctx, 1, word("reason", v.exit()))
	t.log.WarnContext(ctx, "container is dead", "workspace", workspace, "container", v.ID,
		"reason", v.exit(), "status", v.Status, "exitCode", v.ExitCode, "oomKilled", v.OOMKilled)
}

func (t *Telemetry) restart(ctx context.Context, workspace, cause string, err error) {
	outcome := "ok"
	if err != nil {
		outcome = "failed"
		t.log.ErrorContext(ctx, "dead container not restarted", "workspace", workspace, "cause", cause, "class", faultClass(err), "error", err)
	} else {
		t.log.InfoContext(ctx, "dead container restarted", "workspace", workspace, "cause", cause)
	}
	t.restarts.Add(ctx, 1, word("cause", cause), word("outcome", outcome))
}

func (t *Telemetry) suppressed(ctx context.Context, workspace, reason string) {
	t.suppressions.Add(ctx, 1, word("reason", reason))
	t.samples.do("suppressed "+reason, func(dropped int) {
		t.log.InfoContext(ctx, "dead container left alone", "workspace", workspace, "reason", reason, "dropped", dropped)
	})
}

func (t *Telemetry) silent(ctx context.Context, workspace string) {
	t.silences.Add(ctx, 1)
	t.samples.do("silent", func(dropped int) {
		t.log.InfoContext(ctx, "agent is silent, and its container runs", "workspace", workspace, "dropped", dropped)
	})
}

func (t *Telemetry) answeredBusy(ctx context.Context, workspace, reason string, err error) {
	t.busy.Add(ctx, 1, word("reason", reason))
	t.samples.do("busy "+reason, func(dropped int) {
		t.log.InfoContext(ctx, "request answered busy", "workspace", workspace, "reason", reason, "error", err, "dropped", dropped)
	})
}

func word(key, value string) metric.MeasurementOption {
	return metric.WithAttributes(attribute.String(key, value))
}
