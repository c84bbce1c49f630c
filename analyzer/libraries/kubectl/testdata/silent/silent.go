// Package silent tells an object that does not exist from an API server that does not answer.
package silent

import (
	"context"
	"os/exec"
	"strings"
)

func kubectl(ctx context.Context, args ...string) (string, error) {
	out, err := exec.CommandContext(ctx, "kubectl", args...).CombinedOutput()
	return string(out), err
}

func Exists(ctx context.Context, name string) (bool, error) {
	out, err := kubectl(ctx, "get", "pod", name)
	if err != nil && strings.Contains(out, "NotFound") {
		return false, nil
	}
	return err == nil, err
}

func Ignored(ctx context.Context, name string) (bool, error) {
	out, err := kubectl(ctx, "get", "namespace", name, "--ignore-not-found")
	return strings.TrimSpace(out) != "", err
}

func Up() bool { return exec.Command("kubectl", "cluster-info").Run() == nil }

func Applied(file string) bool { return exec.Command("kubectl", "apply", "-f", file).Run() == nil }

func Upgrade(release, chart string) error {
	return exec.Command("helm", "upgrade", "--install", release, chart).Run()
}
