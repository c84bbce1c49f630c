package provisioner_test

import (
	"io"
	"net/http"
	"testing"

	"github.com/errswallow/errswallow/provisioner"
	"github.com/errswallow/errswallow/provisioner/dockerfault"
)

// TestFaultClasses counts each fault, as the real client tells of it.
func TestFaultClasses(t *testing.T) {
	t.Parallel()
	b := inProcess(t, provisioner.Config{Timeout: dockerfault.Patience})
	b.start(t, "a")
	for fault, class := range map[dockerfault.Fault]string{
		dockerfault.Stall:         "deadline",
		dockerfault.EOF:           "eof",
		dockerfault.Truncated:     "eof",
		dockerfault.Reset:         "reset",
		dockerfault.Refused:       "unreachable",
		dockerfault.MissingSocket: "unreachable",
		dockerfault.InternalError: "internal",
		dockerfault.BadGateway:    "other",
		dockerfault.Unavailable:   "unavailable",
		dockerfault.PageNotFound:  "not-found",
	} {
		tel, counts := telemetry(t, io.Discard)
		supervisor := provisioner.NewSupervisor(b.provisioner, tel)
		supervisor.Watch("a")
		injected := b.faults.Inject(dockerfault.Injection{Fault: fault, Path: "/containers/*/json"})
		// The agent answers no attempt in time, on whatever machine.
		if w := delegate(t, provisioner.NewProxy(supervisor, impatient), "a", fault.String()[:3], "1m"); w.Code != http.StatusServiceUnavailable {
			t.Errorf("%s: status %d: %s", fault, w.Code, w.Body)
		}
		injected.Remove()
		got := counts.read(t)
		if got["provisioner.faults class="+class] != 1 {
			t.Errorf("%s: counted %v, want one of class %s", fault, got, class)
		}
	}
}
