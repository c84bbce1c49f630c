// Package fires takes an API server that does not answer for an object that does not exist.
package fires

import (
	"context"
	"os/exec"
	"strings"
)

func kubectl(ctx context.Context, args ...string) (string, error) {
	out, err := exec.CommandContext(ctx, "kubectl", append([]string{"--kubeconfig", "k"}, args...)...).Output()
	return string(out), err
}

func Exists(ctx context.Context, ns, name string) bool {
	_, err := kubectl(ctx, "-n", ns, "get", "pod", name)
	return err == nil // want `Exists: answers false, as for .* when kubectl get times out \(collapse\)`
}

func Ignored(ctx context.Context, name string) bool {
	out, _ := kubectl(ctx, "get", "namespace", name, "--ignore-not-found") // want `Ignored: drops the error of kubectl get and answers false, as for .* when kubectl get times out \(discard\)`
	return strings.TrimSpace(out) != ""
}

func Installed(release string) bool {
	return exec.Command("helm", "status", release, "-n", "default").Run() == nil // want `Installed: answers false, as for .* when helm status times out \(collapse\)`
}

func Reinstall(release, chart string) error {
	if err := exec.Command("helm", "status", release).Run(); err != nil {
		return exec.Command("helm", "install", release, chart).Run() // want `Reinstall: calls helm install, as for .* when helm status times out \(destroy\)`
	}
	return nil
}

func HasContext(ctx context.Context, name string) bool {
	_, err := kubectl(ctx, "config", "get-contexts", name)
	return err == nil // want `HasContext: answers false, as for a context that does not exist, when kubectl config get-contexts times out \(collapse\)`
}

func HasPlugin(name string) bool {
	out, err := exec.Command("helm", "plugin", "list").Output()
	if err != nil {
		return false // want `HasPlugin: answers false, as for a plugin that does not exist, when helm plugin list times out \(collapse\)`
	}
	return strings.Contains(string(out), name)
}
