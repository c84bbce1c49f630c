package provisioner_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestMutations undoes each of the fixes, one at a time, in a copy of the sources:
// the pass reports it, or a test fails that is named after what it breaks. It keeps
// the machine busy, so it is not parallel to the tests that wait.
func TestMutations(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the package anew for each mutation")
	}
	errswallow := filepath.Join(t.TempDir(), "errswallow")
	if out, err := exec.Command("go", "build", "-o", errswallow, "../cmd/errswallow").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, m := range []struct {
		name, file, old, new string
		rule                 string // that reports it, or
		test                 string // that fails
	}{
		{"the original IsRunning", "isrunning.go", `	if isContainerNotFound(err) {
		return false, nil
	}
	if err != nil {
		return true, fmt.Errorf("inspect workspace %s: %w", workspace, err)
	}`, `	if err != nil {
		return false, nil
	}
	fmt.Sprint()`, "collapse", ""},
		{"the fault not told", "isrunning.go", `return true, fmt.Errorf("inspect workspace %s: %w", workspace, err)`, `fmt.Println(err); return false, nil`, "collapse", ""},
		{"a fault told as not running", "isrunning.go", `return true, fmt.Errorf("inspect`, `return false, fmt.Errorf("inspect`, "", "TestContract"},
		{"the gate inverted", "isrunning.go", `if isContainerNotFound(err) {`, `if err != nil && !isContainerNotFound(err) {`, "collapse", ""},
		{"an open match", "isrunning.go", `\bno such container\b|\bcontainer not found\b`, `no such|not found`, "overbroad", ""},
		{"the error dropped", "supervisor.go", "running, err := s.containers.IsRunning(ctx, workspace)\n	if err != nil {\n		s.telemetry.fault(ctx, workspace, err)\n		return unknown\n	}", "running, _ := s.containers.IsRunning(ctx, workspace)", "", "TestProxyBusy"},
		{"a restart for a fault", "supervisor.go", "		s.telemetry.fault(ctx, workspace, err)\n		return unknown", "		running = false", "", "TestMonitor"},
		{"a stale verdict", "supervisor.go", " || life.generation != generation", "", "", "TestStaleVerdict"},
		{"restarts not coalesced", "supervisor.go", " || life.restarting ||", " ||", "", "TestSameVerdict"},
		{"no second attempt", "a2a_proxy.go", "backoff.WithMaxTries(t.config.Attempts)", "backoff.WithMaxTries(1)", "", "TestProxyTriesAgain"},
		{"the daemon asked for a caller that is gone", "a2a_proxy.go", "if r.Context().Err() != nil {", "if false {", "", "TestProxyRefuses"},
		{"no Retry-After", "a2a_proxy.go", `w.Header().Set("Retry-After"`, `w.Header().Set("X-Retry-After"`, "", "TestProxyBusy"},
		{"a shorter TTL", "liveness.go", "180*time.Second", "150*time.Second", "", "TestMonitor"},
		{"no deadline", "isrunning.go", "context.WithTimeout(ctx, p.config.Timeout)", "context.WithCancel(ctx)", "", "TestFaultClasses"},
		{"a fault of Remove taken for absence", "provisioner.go", "RemoveVolumes: true})\n	if err != nil && !isContainerNotFound(err) {", "RemoveVolumes: true})\n	if err != nil && isContainerNotFound(err) {", "", "TestFaults"},
	} {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			dir := copySources(t)
			name := filepath.Join(dir, "provisioner", m.file)
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Count(string(text), m.old) != 1 {
				t.Fatalf("%s holds %d of what is to be undone, want 1:\n%s", m.file, strings.Count(string(text), m.old), m.old)
			}
			if err := os.WriteFile(name, []byte(strings.Replace(string(text), m.old, m.new, 1)), 0o644); err != nil {
				t.Fatal(err)
			}
			pass := exec.Command("go", "vet", "-vettool="+errswallow, "./provisioner")
			pass.Dir = dir
			found, err := pass.CombinedOutput()
			if m.rule != "" {
				if err == nil || !strings.Contains(string(found), "("+m.rule+")") {
					t.Errorf("not reported as %s:\n%s", m.rule, found)
				}
				return
			}
			// A mutant must compile: it is not caught by failing to.
			test := exec.Command("go", "test", "-vet=off", "-timeout=60s", "-run=^"+m.test+"$/^[^r]", "./provisioner") // not on the real engine
			test.Dir = dir
			out, err := test.CombinedOutput()
			if err == nil || strings.Contains(string(out), "[build failed]") || !strings.Contains(string(out), "--- FAIL: "+m.test) && !strings.Contains(string(out), "panic: test timed out") {
				t.Errorf("%s does not fail on it: %v\n%s", m.test, err, out)
			}
		})
	}
}

// copySources copies the module's Go files that the package needs.
func copySources(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"go.mod", "go.sum", "internal", "provisioner"} {
		if out, err := exec.Command("cp", "-r", filepath.Join("..", name), dir).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	return dir
}
