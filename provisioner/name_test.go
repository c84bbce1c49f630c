package provisioner

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestName takes no name that could reach anything but a container of that name; the
// engine is not even asked.
func TestName(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { t.Errorf("asked: %s", r.URL) }))
	defer server.Close()
	for _, prefix := range []string{"", "ws-", "/../"} {
		p := New(dial(t, server.URL), Config{Prefix: prefix})
		for _, name := range []string{"", "/../0123456789ab", "../x", "/../../images/REF", "a/b", "a%2Fb", "a?force=1", "a#b", "a b", "a\x00", "ä", ".", "..", "-a", "a.next", strings.Repeat("a", 129)} {
			acts := map[string]func(context.Context, string) error{
				"Start": p.Start, "Stop": p.Stop, "Remove": p.Remove, "RemoveWithVolumes": p.RemoveWithVolumes, "Restart": p.Restart,
				"Revive":  func(ctx context.Context, name string) error { return p.Revive(ctx, name, Verdict{}) },
				"Address": func(ctx context.Context, name string) error { _, err := p.Address(ctx, name); return err },
				"Dial":    func(ctx context.Context, name string) error { _, err := p.Dial(ctx, name); return err },
			}
			for act, do := range acts {
				if err := do(t.Context(), name); !errors.Is(err, ErrName) {
					t.Errorf("%s of %q: %v, want %v", act, name, err, ErrName)
				}
			}
			if running, err := p.IsRunning(t.Context(), name); !running || !errors.Is(err, ErrName) {
				t.Errorf("IsRunning of %q = (%t, %v), want (true, %v)", name, running, err, ErrName)
			}
		}
	}
	if _, err := New(nil, Config{Prefix: "/../"}).IsRunning(t.Context(), "a"); !errors.Is(err, ErrName) {
		t.Errorf("a prefix that is a way out: %v, want %v", err, ErrName)
	}
	for _, name := range []string{"a", "Agent_1", "ws-abc123", "0.1", strings.Repeat("a", 100)} {
		if _, err := New(nil, Config{Prefix: "ws-"}).name(name); err != nil {
			t.Error(err)
		}
	}
}
