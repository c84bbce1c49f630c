package provisioner

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"strings"
	"syscall"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/client"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
)

// Telemetry counts and logs what a Supervisor, a Proxy and a Monitor meet. Its
// counters are
//
//	provisioner.faults    queries that the engine did not answer, by class
//	provisioner.restarts  containers restarted, by cause (proxy, liveness) and outcome (ok, failed)
//	provisioner.busy      requests answered with status 503, by reason (fault, alive, restarting)
//
// The classes of faults are deadline, canceled, eof, reset, refused,
// missing-socket, permission, unreachable, unavailable, internal, not-found,
// which is a 404 of something else than the container, and other.
type Telemetry struct {
	log                    *slog.Logger
	faults, restarts, busy metric.Int64Counter
}

// NewTelemetry returns a Telemetry that logs to log and counts with meter, such
// as that of otel.Meter. The error is the meter's.
func NewTelemetry(log *slog.Logger, meter metric.Meter) (*Telemetry, error) {
	t := &Telemetry{log: log}
	var errs [3]error
	t.faults, errs[0] = meter.Int64Counter("provisioner.faults", metric.WithDescription("queries that the engine did not answer"))
	t.restarts, errs[1] = meter.Int64Counter("provisioner.restarts", metric.WithDescription("containers restarted because they were dead"))
	t.busy, errs[2] = meter.Int64Counter("provisioner.busy", metric.WithDescription("requests answered with status 503"))
	return t, errors.Join(errs[:]...)
}

func (t *Telemetry) fault(ctx context.Context, workspace string, err error) {
	class := faultClass(err)
	t.faults.Add(ctx, 1, metric.WithAttributes(attribute.String("class", class)))
	t.log.WarnContext(ctx, "engine did not say whether the container runs; taken for running",
		"workspace", workspace, "class", class, "error", err)
}

func (t *Telemetry) restart(ctx context.Context, workspace, cause string, err error) {
	outcome := "ok"
	if err != nil {
		outcome = "failed"
		t.log.ErrorContext(ctx, "dead container not restarted", "workspace", workspace, "cause", cause, "class", faultClass(err), "error", err)
	} else {
		t.log.InfoContext(ctx, "dead container restarted", "workspace", workspace, "cause", cause)
	}
	t.restarts.Add(ctx, 1, metric.WithAttributes(attribute.String("cause", cause), attribute.String("outcome", outcome)))
}

func (t *Telemetry) answeredBusy(ctx context.Context, workspace, reason string, err error) {
	t.busy.Add(ctx, 1, metric.WithAttributes(attribute.String("reason", reason)))
	t.log.InfoContext(ctx, "request answered busy", "workspace", workspace, "reason", reason, "error", err)
}

// faultClass returns the class of an error of the Docker client. It looks at
// types first; the client turns most errors of connecting into one without a
// cause, whose words are all that is left.
func faultClass(err error) string {
	has := func(words string) bool { return strings.Contains(err.Error(), words) }
	var timeout net.Error
	switch {
	case errors.Is(err, context.Canceled):
		return "canceled"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return "deadline"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "eof"
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return "reset"
	case errors.Is(err, syscall.ECONNREFUSED), has("connection refused"):
		return "refused"
	case errors.Is(err, fs.ErrNotExist), has("no such file or directory"):
		return "missing-socket"
	case errors.Is(err, fs.ErrPermission), has("permission denied"):
		return "permission"
	case client.IsErrConnectionFailed(err):
		return "unreachable"
	case errdefs.IsUnavailable(err):
		return "unavailable"
	case errdefs.IsInternal(err):
		return "internal"
	case errdefs.IsNotFound(err):
		return "not-found"
	}
	return "other"
}
