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

func HasContext(ctx context.Context, name string) (bool, error) {
	out, err := kubectl(ctx, "config", "get-contexts", "-o", "name")
	if err != nil {
		return false, err
	}
	return strings.Contains(out, name), nil
}

func HasPlugin(name string) (bool, error) {
	out, err := exec.Command("helm", "plugin", "list").Output()
	if err != nil {
		return false, err
	}
	return strings.Contains(string(out), name), nil
}
