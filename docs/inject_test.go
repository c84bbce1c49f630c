package docs_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/errswallow/errswallow/internal/clitest"
)

// TestInject does what docs/inject.md says, in a copy of the incident, one command after
// the other, and compares what it quotes.
func TestInject(t *testing.T) {
	clitest.Slow(t, "runs every command of docs/inject.md")
	t.Parallel()
	text, _, _ := strings.Cut(read(t, "docs/inject.md"), "<!-- inject -->")
	dir, fixed := clitest.Copy(t, incident), false
	blocks := strings.Split(text, "```")
	ran := 0
	for i, block := range blocks {
		script, ok := strings.CutPrefix(block, "sh\n")
		if i%2 == 0 || !ok {
			continue
		}
		if fixed { // what follows is about the code as it was
			dir, fixed = clitest.Copy(t, incident), false
		}
		ran++
		fixed = strings.Contains(script, "-fix")
		// As a person would, go on after a status that says that something is found.
		out, status := shell(t, dir, script)
		if want := 3; i == 1 && status != want || i > 1 && status != 0 {
			t.Errorf("%s: status %d:\n%s", script, status, out)
		}
		if i+2 < len(blocks) {
			if quoted, ok := strings.CutPrefix(blocks[i+2], "text\n"); ok && !strings.Contains(out, quoted) {
				t.Errorf("%s prints:\n%s\nand docs/inject.md says:\n%s", script, out, quoted)
			}
		}
	}
	if ran != 5 {
		t.Errorf("%d commands, want 5", ran)
	}
}

// TestInjectProvisioner holds docs/inject.md to what becomes of faults in the reference
// provisioner.
func TestInjectProvisioner(t *testing.T) {
	clitest.Slow(t, "has each query of the provisioner fail in its tests")
	t.Parallel()
	_, quoted, _ := strings.Cut(read(t, "docs/inject.md"), "<!-- inject -->\n```text\n")
	quoted, _, _ = strings.Cut(quoted, "```")
	out, status := shell(t, "..", "errswallow inject -C provisioner -timeout 1m ./... 2> /dev/null")
	// Which test notices first is as it happens.
	sites := func(text string) string { return regexp.MustCompile(`(?m)^    .*\n`).ReplaceAllString(text, "") }
	if status != 0 || sites(out) != sites(quoted) {
		t.Errorf("status %d:\n%s\nwant:\n%s", status, out, quoted)
	}
}
