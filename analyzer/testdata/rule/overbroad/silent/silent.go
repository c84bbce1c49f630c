// Package silent has what overbroad must not report.
package silent

import (
	"context"
	"os"
	"regexp"
	"strings"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

type manager struct{ cli *client.Client }

func isNotFound(err error) bool {
	return err != nil && strings.Contains(err.Error(), "No such container")
}

func isMissing(err error) bool {
	return errdefs.IsNotFound(err) || err != nil && strings.HasPrefix(err.Error(), "Error response from daemon: No such")
}

var absent = regexp.MustCompile(`(?i)no such (container|image|volume)`)

func matchesRegexp(err error) bool {
	return err != nil && absent.MatchString(err.Error())
}

// It asks something else: whether the daemon can be reached.
func isUnreachable(err error) bool {
	return err != nil && (strings.Contains(err.Error(), "no such file") || strings.Contains(err.Error(), "refused"))
}

func (m *manager) Inline(ctx context.Context, id string) (bool, error) {
	_, err := m.cli.ContainerInspect(ctx, id)
	if err != nil {
		if strings.Contains(err.Error(), "No such container") {
			return false, nil
		}
		return true, err
	}
	return true, nil
}

// It is never handed the error of a query.
func isNoFile(err error) bool {
	return err != nil && strings.Contains(err.Error(), "no such file")
}

func (m *manager) Stop(ctx context.Context, id string) error {
	_, err := m.cli.ContainerInspect(ctx, id)
	if isNotFound(err) || isMissing(err) || matchesRegexp(err) || isUnreachable(err) {
		return nil
	}
	if _, err := os.Stat(id); err != nil || isNoFile(err) {
		return err
	}
	if err != nil {
		return err
	}
	return m.cli.ContainerStop(ctx, id, container.StopOptions{})
}
