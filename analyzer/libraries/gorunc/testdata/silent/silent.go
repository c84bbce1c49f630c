// Package silent looks at what runc says.
package silent

import (
	"context"
	"os/exec"
	"strings"

	"github.com/containerd/go-runc"
)

func Running(ctx context.Context, r *runc.Runc, id string) (bool, error) {
	c, err := r.State(ctx, id)
	if err != nil {
		if strings.Contains(err.Error(), "container does not exist") {
			return false, nil
		}
		return false, err
	}
	return c.Status == "running", nil
}

func State(ctx context.Context, r *runc.Runc, id string) (string, error) {
	c, err := r.State(ctx, id)
	if err != nil {
		return "", err
	}
	return c.Status, nil
}

func Started(ctx context.Context, r *runc.Runc, id string) bool { return r.Start(ctx, id) == nil }

func Exists(id string) (bool, error) {
	out, err := exec.Command("runc", "state", id).CombinedOutput()
	if err != nil && strings.Contains(string(out), "does not exist") {
		return false, nil
	}
	return err == nil, err
}
