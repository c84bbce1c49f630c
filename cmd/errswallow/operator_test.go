package main

import (
	"strings"
	"testing"

	"github.com/errswallow/errswallow/internal/clitest"
)

// TestOperator holds docs/kubernetes.md to what is reported of examples/operator.
func TestOperator(t *testing.T) {
	if !*everyLibrary {
		t.Skip("make libraries has the modules of Kubernetes")
	}
	t.Parallel()
	_, quoted, _ := strings.Cut(clitest.Read(t, "../../docs/kubernetes.md"), "make operator\n```\n\n```text\n")
	quoted, _, _ = strings.Cut(quoted, "```")
	stdout, stderr, status := run(t, "../../examples/operator", command, "./...")
	if status != findings || quoted == "" || !strings.HasPrefix(stdout+stderr, quoted) {
		t.Errorf("status %d:\n%s%s\nwant:\n%s", status, stdout, stderr, quoted)
	}
}
