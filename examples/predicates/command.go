package predicates

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// Command is IsRunning by the command line.
func Command(ctx context.Context, host, id string) (bool, error) {
	docker := exec.CommandContext(ctx, "docker", "container", "inspect", "--format", "{{.State.Status}}", id)
	docker.Env = append(os.Environ(), "DOCKER_HOST="+host)
	docker.WaitDelay = time.Second // a plugin that it has started may keep its output open
	var stdout, stderr bytes.Buffer
	docker.Stdout, docker.Stderr = &stdout, &stderr
	err := docker.Run()
	said := strings.TrimSpace(stderr.String())
	if err != nil && strings.HasPrefix(said, "Error response from daemon: No such container: ") && strings.HasSuffix(said, ": "+id) {
		return false, nil
	}
	if err != nil {
		return true, fmt.Errorf("%w: %s", err, said)
	}
	return runs(strings.TrimSpace(stdout.String()))
}
