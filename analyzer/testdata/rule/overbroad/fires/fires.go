// Package fires has the shapes of overbroad.
package fires

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/docker/docker/client"
)

type manager struct{ cli *client.Client }

func isNotFound(err error) bool {
	return err != nil && strings.Contains(err.Error(), "no such") // want `^isNotFound: answers true, as for absence, to the fault "error during connect: .*: no such file or directory" \(overbroad\)$`
}

func isMissing(err error) bool {
	return err != nil && strings.Contains(strings.ToLower(err.Error()), "not found") // want `isMissing: .* "Error response from daemon: page not found" \(overbroad\)`
}

var absent = regexp.MustCompile(`(?i)no such|not found`)

func matchesRegexp(err error) bool {
	return err != nil && absent.MatchString(err.Error()) // want `matchesRegexp: .* \(overbroad\)`
}

func inList(err error) bool {
	for _, text := range []string{"No such container", "not found"} {
		if err != nil && strings.Contains(err.Error(), text) {
			return true // want `inList: .* \(overbroad\)`
		}
	}
	return false
}

func (m *manager) Inline(ctx context.Context, id string) (bool, error) {
	_, err := m.cli.ContainerInspect(ctx, id)
	if err != nil {
		if strings.Contains(err.Error(), "not found") {
			return false, nil // want `Inline: takes a fault for the absence of a container: its match is true when ContainerInspect fails with "Error response from daemon: page not found" \(overbroad\)`
		}
		return true, err
	}
	return true, nil
}

func (m *manager) Stop(ctx context.Context, id string) error {
	_, err := m.cli.ContainerInspect(ctx, id)
	if isNotFound(err) || isMissing(err) || matchesRegexp(err) || inList(err) {
		return nil
	}
	return err
}

// Whoever imports it hands it what he likes.
func IsGone(err error) bool {
	return err != nil && strings.HasSuffix(err.Error(), "not found") // want `IsGone: .* "Error response from daemon: page not found" \(overbroad\)`
}

func isNoSuchContainer(err error) bool {
	return err != nil // want `isNoSuchContainer: answers true, as for absence, to the fault "context deadline exceeded" \(overbroad\)`
}

func (m *manager) Has(ctx context.Context, id string) error {
	_, err := m.cli.ContainerInspect(ctx, id)
	if isNoSuchContainer(err) {
		return fmt.Errorf("no container %s", id)
	}
	return err
}
